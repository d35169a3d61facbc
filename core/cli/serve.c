// biaochi serve: the workspace over HTTP, until it is told to stop.
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/host.h"

enum {
    USUAL_PORT = 8080,
    USUAL_DRAIN_S = 30,
    USUAL_WAITING = 256,
    USUAL_PASSWORD_DAYS = 90,
    MOST_PORT = 65535,
    MOST_DRAIN_S = 86400,
    MOST_WAITING = 100000,
    MOST_PASSWORD_DAYS = 36500,
    MOST_SIDE_THREADS = 8
};

typedef struct ServeValues {
    const char *listen, *certificate, *key, *packs, *access_log;
    const char *password_days, *proxy, *drain, *queue;
} ServeValues;

// Digits and nothing else.
static bool parse_number(const char *text, long least, long most, long *number) {
    enum { MOST_DIGITS = 9 };
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > MOST_DIGITS || text[digits]) return false;
    *number = strtol(text, NULL, 10);
    return *number >= least && *number <= most;
}

// Names are not looked up: they may stand for several addresses, or for others tomorrow.
static bool is_numeric(const char *address, bool bracketed) {
    struct in6_addr bytes;
    return inet_pton(bracketed ? AF_INET6 : AF_INET, address, &bytes) == 1;
}

// "127.0.0.1:8080", "[::1]:8080", ":0"; without a port the usual one.
static bool parse_address(const char *text, char address[64], int *port) {
    const char *colon = strrchr(text, ':');
    const char *bracket = strchr(text, ']');
    if (bracket && colon && colon < bracket) colon = NULL;
    size_t length = colon ? (size_t)(colon - text) : strlen(text);
    bool bracketed = text[0] == '[' && bracket == text + length - 1;
    if (bracketed) {
        text++;
        length -= 2;
    }
    bool nothing = length == 0 && (bracketed || !colon); // every address is ":8080"
    if (nothing || length >= 64 || (!bracketed && memchr(text, ':', length))) return false;
    memcpy(address, text, length);
    address[length] = '\0';
    if (length && !is_numeric(address, bracketed)) return false;
    long number = USUAL_PORT;
    bool good = colon ? parse_number(colon + 1, 0, MOST_PORT, &number)
                      : !parse_number(text, 0, MOST_PORT, &number); // "8080" alone is a slip
    *port = (int)number;
    return good;
}

// "90", or "never".
static bool parse_days(const char *text, long *days) {
    *days = 0;
    return strcmp(text, "never") == 0 || parse_number(text, 1, MOST_PASSWORD_DAYS, days);
}

// Said before an address is taken. An older database becomes one of this version here.
static bool try_workspace(const Cli *cli, Error *error) {
    Buffer path = {0};
    Store *store;
    bool good = store_open(cli_database_path(cli, &path), STORE_OPEN, &store, error);
    if (good) store_close(store);
    buffer_free(&path);
    return good;
}

// How long, how many.
typedef struct Bounds {
    long drain_s, waiting, password_days;
} Bounds;

// Gives the exit code.
static int take_bounds(Cli *cli, const ServeValues *serve, Bounds *bounds) {
    *bounds = (Bounds){USUAL_DRAIN_S, USUAL_WAITING, USUAL_PASSWORD_DAYS};
    if (serve->drain && !parse_number(serve->drain, 0, MOST_DRAIN_S, &bounds->drain_s))
        return cli_usage_error(cli,
                               T("--drain takes a number of seconds up to %d, not \"%s\"",
                                 "--drain 应为不超过 %d 的秒数，而不是“%s”"),
                               MOST_DRAIN_S, serve->drain);
    if (serve->queue && !parse_number(serve->queue, 1, MOST_WAITING, &bounds->waiting))
        return cli_usage_error(cli,
                               T("--queue takes a number from 1 to %d, not \"%s\"",
                                 "--queue 应为 1 至 %d 的整数，而不是“%s”"),
                               MOST_WAITING, serve->queue);
    if (serve->password_days && !parse_days(serve->password_days, &bounds->password_days))
        return cli_usage_error(cli,
                               T("--password-days takes a number of days or never, not \"%s\"",
                                 "--password-days 应为天数或 never，而不是“%s”"),
                               serve->password_days);
    return EXIT_DONE;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    const ServeValues *serve = values;
    char address[64];
    AddressList proxies = {0};
    int port;
    Bounds bounds;
    int code = take_bounds(cli, serve, &bounds);
    if (code != EXIT_DONE) return code;
    if (!parse_address(serve->listen ? serve->listen : "127.0.0.1", address, &port))
        return cli_usage_error(
            cli,
            T("--listen takes a numeric ADDRESS:PORT, like 127.0.0.1:8080, not \"%s\"",
              "--listen 应为数字形式的 地址:端口（如 127.0.0.1:8080），而不是“%s”"),
            serve->listen);
    if (serve->proxy && !address_list_read(&proxies, serve->proxy))
        return cli_usage_error(
            cli,
            T("--proxy takes up to %d numeric addresses or networks (10.8.0.0/16) "
              "with commas between them, not \"%s\"",
              "--proxy 应为以逗号分隔的数字形式的地址或网段（如 10.8.0.0/16），"
              "最多 %d 个，而不是“%s”"),
            ADDRESS_LIST_MOST, serve->proxy);
    if (!serve->certificate != !serve->key)
        return cli_usage_error(cli, "%s",
                               T("--tls-certificate and --tls-key belong together",
                                 "--tls-certificate 与 --tls-key 须同时给出"));
    int threads = cli->jobs.parallel < MOST_SIDE_THREADS ? cli->jobs.parallel : MOST_SIDE_THREADS;
    const HostOptions options = {.workspace = cli->workspace,
                                 .address = *address ? address : "::",
                                 .port = port,
                                 .certificate = serve->certificate,
                                 .key = serve->key,
                                 .proxies = proxies,
                                 .packs_folder = serve->packs,
                                 .access_log = serve->access_log,
                                 .worker_program = cli->jobs.worker_program,
                                 .workers = threads,
                                 .deadline_ms = cli->jobs.deadline_ms,
                                 .password_days = bounds.password_days,
                                 .drain_ms = bounds.drain_s * 1000,
                                 .most_waiting = bounds.waiting};
    Error error = {0};
    bool good = try_workspace(cli, &error) && host_serve(&options, &error);
    return good ? EXIT_DONE : cli_fail(cli, &error);
}

static const Option options[] = {
    {"listen", OPTION_TEXT, offsetof(ServeValues, listen), "ADDRESS:PORT",
     "where to listen (default: 127.0.0.1:8080; :8080 means every address, port 0 any free one)",
     "监听地址（默认 127.0.0.1:8080；:8080 表示所有地址，端口 0 表示任选空闲端口）"},
    {"tls-certificate", OPTION_TEXT, offsetof(ServeValues, certificate), "FILE",
     "PEM file with the certificate chain: HTTPS", "PEM 格式的证书链文件（启用 HTTPS）"},
    {"tls-key", OPTION_TEXT, offsetof(ServeValues, key), "FILE", "PEM file with its private key",
     "PEM 格式的私钥文件"},
    {"proxy", OPTION_TEXT, offsetof(ServeValues, proxy), "ADDRESS[,ADDRESS…]",
     "trust X-Forwarded-For and X-Forwarded-Proto from proxies at these addresses or networks",
     "这些地址或网段为反向代理：采信其 X-Forwarded-For 和 X-Forwarded-Proto"},
    {"packs", OPTION_TEXT, offsetof(ServeValues, packs), "DIR",
     "watch this folder: a pack saved below it is checked, tested and activated",
     "监视该文件夹：其中保存的评估包经检查、测试后自动激活"},
    {"access-log", OPTION_TEXT, offsetof(ServeValues, access_log), "FILE",
     "append a line for every request (- for standard output)",
     "每个请求记录一行（- 表示标准输出）"},
    {"drain", OPTION_TEXT, offsetof(ServeValues, drain), "SECONDS",
     "how long requests under way may take after SIGTERM (default: 30)",
     "收到 SIGTERM 后等待在途请求的秒数（默认 30）"},
    {"password-days", OPTION_TEXT, offsetof(ServeValues, password_days), "N|never",
     "days after which a password must be changed (default: 90)",
     "密码的有效天数，过期须修改（默认 90，never 表示不过期）"},
    {"queue", OPTION_TEXT, offsetof(ServeValues, queue), "N",
     "how many jobs may wait before clients are asked to try again later (default: 256)",
     "允许排队的任务数，超出时请客户端稍后重试（默认 256）"},
};

const Command command_serve = {
    .name = "serve",
    .usage = "[OPTIONS]",
    .english = "serve the workspace over HTTP until told to stop",
    .chinese = "以 HTTP 提供工作区的服务，直到收到停止信号",
    .details_english =
        "Active packs are evaluated at the start and kept up to date: a figure that changes is in\n"
        "every answer at once. Besides the address, the server answers on biaochi.sock in the\n"
        "workspace, for its own user alone. SIGTERM and SIGINT end it after the requests under\n"
        "way; SIGHUP opens the access log and the certificate anew.",
    .details_chinese =
        "启动时评估全部已激活的评估包，此后随数据变化即时更新。除监听地址外，还在工作区的\n"
        "biaochi.sock 上只为本用户提供服务。收到 SIGTERM 或 SIGINT 后处理完在途请求再退出；\n"
        "收到 SIGHUP 时重新打开访问日志和证书。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(ServeValues),
    .run = run,
};
