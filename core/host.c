// The composition root of `serve`: builds every part in order, drains, stops. See host.h.
#include "core/host.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <uv.h>

#include "core/api/api.h"
#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/run/notify.h"
#include "core/run/server_log.h"
#include "core/run/worker_process.h"

enum { CERTIFICATE_SOON_DAYS = 14 };

typedef enum CertificateState {
    CERTIFICATE_GOOD,
    CERTIFICATE_SOON,  // for so many days only
    CERTIFICATE_OVER,  // not any more
    CERTIFICATE_EARLY, // not yet
} CertificateState;

typedef struct Host {
    const HostOptions *options;
    uv_loop_t loop;
    Service *service;
    Door *door;
    Api *api;
    HttpServer *server;
    Notifier *notifier;
    uv_signal_t signals[3]; // SIGTERM, SIGINT, SIGHUP
    uv_timer_t beat, keep;
    FILE *access_log;             // NULL: none
    bool log_fails;               // its last line could not be written
    CertificateState certificate; // that was last said; good is not
    uint64_t losses_said;         // workers
    bool ready, stopping;
} Host;

void host_socket_path(const char *workspace, char *path, size_t size) {
    snprintf(path, size, "%s/biaochi.sock", workspace);
}

// ---- what is said -------------------------------------------------------------------------------

static void say_problem(const Error *error, void *context) {
    (void)context;
    server_log_error(error);
}

static void say_notice(const char *line, void *context) {
    (void)context;
    server_log("%s", line);
}

// A number that does not grow is seldom meant.
static const char *former_of(const ServiceEvent *event, char text[120]) {
    const char *former = event->retired_version;
    int order = former ? strverscmp(event->pack->description->version, former) : 1;
    text[0] = '\0';
    if (order < 0)
        snprintf(text, 120, T("; a lower number than %.64s before", "；版本号低于此前的 %.64s"),
                 former);
    else if (order == 0)
        snprintf(text, 120, "%s",
                 T("; the same number as before, but other contents", "；版本号未变，但内容不同"));
    return text;
}

static void say_pack(const ServiceEvent *event) {
    const BoardPack *pack = event->pack;
    char former[120];
    if (pack->layout)
        server_log(T("%s %s answers (%.12s), run %lld%s", "%s %s 已生效（%.12s），运行 %lld%s"),
                   pack->description->id, pack->description->version,
                   pinned_pack(pack->version)->bundle.hash, (long long)pack->run,
                   former_of(event, former));
    else
        server_log(T("%s %s has no results: %s%s", "%s %s 尚无结果：%s%s"), pack->description->id,
                   pack->description->version, pack->problem.message, former_of(event, former));
}

static void say_retired(const BoardRetired *retired) {
    server_log(
        T("%s %s is out of service (%.12s); its folder is taken again once it is saved again",
          "%s %s 已停用（%.12s）；其文件夹重新保存后方再启用"),
        retired->pack, retired->version, retired->hash);
}

static void tell_how_many(const Host *host) {
    const Board *board = service_board(host->service);
    size_t answering = 0;
    for (size_t i = 0; i < board->count; i++)
        answering += board->packs[i]->layout != NULL;
    notify_status(host->notifier,
                  T("%zu of %zu active packs answer", "%zu/%zu 个激活的评估包已生效"), answering,
                  board->count);
}

static void tell_manager(const Host *host, ServiceEventKind kind) {
    bool counts = kind == EVENT_READY || kind == EVENT_PACK || kind == EVENT_RETIRED;
    if (!host->ready || host->stopping || !counts) return;
    if (kind == EVENT_READY) notify_ready(host->notifier);
    tell_how_many(host);
}

static void take_event(const ServiceEvent *event, void *context) {
    Host *host = context;
    if (!host->api) return; // the start failed, and the service is on its way to its end
    if (event->kind == EVENT_PACK) say_pack(event);
    if (event->kind == EVENT_RETIRED) say_retired(event->gone);
    if (event->kind == EVENT_READY) {
        server_log("%s", T("ready", "已就绪"));
        host->ready = true;
    }
    tell_manager(host, event->kind);
    api_take_event(host->api, event);
}

// A request may come while a start fails, when there is no API: it is never answered.
static bool expect_body(HttpRequest *request, size_t declared, size_t *most, void *context) {
    Api *api = ((Host *)context)->api;
    return !api || api_expect_body(request, declared, most, api);
}

static bool is_probe(const HttpRequest *request, void *context) {
    (void)context;
    return api_is_probe(request);
}

static void handle(HttpRequest *request, void *context) {
    Api *api = ((Host *)context)->api;
    if (api) api_handle(request, api);
}

static void refuse(HttpAnswer *answer, const char *code, const char *message, const char *hint,
                   void *context) {
    api_refuse(answer, code, message, hint, ((Host *)context)->api);
}

// A path is the client's: with a quote or a blank as they are it could pass for the rest of a line.
static void write_path(FILE *log, const char *path) {
    for (; *path; path++)
        if (strchr(" \"\\%", *path))
            fprintf(log, "%%%02X", (unsigned)*path);
        else
            putc(*path, log);
}

// Says once that lines are lost, until one is written again.
static void look_at_log(Host *host) {
    Error error = {0};
    bool failed = ferror(host->access_log) != 0;
    if (failed && !host->log_fails) {
        error_set_errno(&error, errno, T("cannot write the access log %s", "无法写入访问日志 %s"),
                        host->options->access_log);
        say_problem(&error, NULL);
    }
    host->log_fails = failed;
    clearerr(host->access_log);
}

static void log_request(const HttpLogLine *line, void *context) {
    Host *host = context;
    char when[CLOCK_ZONED_SIZE];
    if (!host->access_log) return;
    clock_format_zoned(line->began_us, when);
    fprintf(host->access_log, "%s %s %s \"%s ", when, line->address, line->user, line->method);
    write_path(host->access_log, line->path);
    fprintf(host->access_log, "\" %d %zu %zu %.3f %llu %s\n", line->status, line->received,
            line->sent, (double)line->took_us / 1000, (unsigned long long)line->id,
            line->was_cut ? "cut" : "whole");
    look_at_log(host);
}

// ---- stopping -----------------------------------------------------------------------------------

static void service_closed(void *context) {
    Host *host = context;
    for (size_t i = 0; i < 3; i++)
        uv_close((uv_handle_t *)&host->signals[i], NULL);
    notify_close(host->notifier);
    uv_stop(&host->loop); // what the server still has on it is closed with the server
}

static void door_closed(void *context) {
    Host *host = context;
    service_close(host->service, service_closed, host);
    host->service = NULL;
}

static void drained(void *context) {
    Host *host = context;
    unsigned long long cut = http_server_statistics(host->server).cut_at_drain;
    if (cut > 0)
        server_log(T("drained; %llu requests were cut off", "收尾结束，中断了 %llu 个请求"), cut);
    else
        server_log("%s", T("drained", "收尾结束"));
    uv_close((uv_handle_t *)&host->beat, NULL);
    uv_close((uv_handle_t *)&host->keep, NULL);
    api_close_door(host->api, door_closed, host);
}

static void stop(Host *host) {
    if (host->stopping) return;
    host->stopping = true;
    HttpStatistics http = http_server_statistics(host->server);
    server_log(T("draining: %d connections, %d event streams; at most %lld s",
                 "正在收尾：连接 %d 个，事件流 %d 个，最多等待 %lld 秒"),
               http.connections, http.streams, (long long)host->options->drain_ms / 1000);
    notify_stopping(host->notifier);
    notify_status(host->notifier, "%s", T("draining", "正在收尾"));
    api_set_draining(host->api);
    http_server_drain(host->server, host->options->drain_ms, drained, host);
}

// A second signal does not wait for the drain's end.
static void told_to_stop(uv_signal_t *handle, int number) {
    if (((Host *)handle->data)->stopping) _Exit(128 + number);
    stop(handle->data);
}

// The file is opened beside the one in use, which stays where that fails.
static bool open_log(Host *host, Error *error) {
    const char *path = host->options->access_log;
    if (!path || (host->access_log && host->access_log == stdout)) return true;
    FILE *log = strcmp(path, "-") == 0 ? stdout : fopen(path, "ae");
    if (!log)
        return error_set_errno(error, errno,
                               T("cannot write the access log %s", "无法写入访问日志 %s"), path);
    setvbuf(log, NULL, _IOLBF, 0);
    if (host->access_log) fclose(host->access_log);
    host->access_log = log;
    return true;
}

// What was in use before stays in use.
static void say_reload_failed(const Host *host, const Error *error) {
    say_problem(error, NULL);
    notify_status(host->notifier, T("reloading failed: %s", "重新加载失败：%s"), error->message);
}

// ---- the certificate ----------------------------------------------------------------------------

static CertificateState certificate_state(const HttpCertificate *dates) {
    const int64_t now_us = clock_now_us(), day_us = INT64_C(86400) * 1000000;
    if (now_us < dates->not_before_us) return CERTIFICATE_EARLY;
    if (now_us >= dates->not_after_us) return CERTIFICATE_OVER;
    return dates->not_after_us - now_us < CERTIFICATE_SOON_DAYS * day_us ? CERTIFICATE_SOON
                                                                         : CERTIFICATE_GOOD;
}

static void say_certificate(const HttpCertificate *dates, CertificateState state) {
    char when[CLOCK_ZONED_SIZE];
    clock_format_zoned(state == CERTIFICATE_EARLY ? dates->not_before_us : dates->not_after_us,
                       when);
    switch (state) {
        case CERTIFICATE_GOOD: break;
        case CERTIFICATE_SOON:
            server_log(
                T("warning: the certificate is good until %s only; renew it, then send SIGHUP",
                  "警告：证书将于 %s 到期；请更换证书并发送 SIGHUP"),
                when);
            break;
        case CERTIFICATE_OVER:
            server_log(T("warning: the certificate was good until %s: clients will refuse it",
                         "警告：证书已于 %s 过期，客户端将拒绝连接"),
                       when);
            break;
        case CERTIFICATE_EARLY:
            server_log(T("warning: the certificate is good from %s on only: clients will refuse it",
                         "警告：证书自 %s 起才有效，此前客户端将拒绝连接"),
                       when);
            break;
    }
}

// Says how it stands when that has changed.
static void look_at_certificate(Host *host) {
    HttpCertificate dates;
    if (!http_server_certificate(host->server, &dates)) return;
    CertificateState state = certificate_state(&dates);
    if (state != host->certificate) say_certificate(&dates, state);
    host->certificate = state;
}

static void look_at_key(const Host *host) {
    struct stat about;
    const char *path = host->options->key;
    if (path && stat(path, &about) == 0 && (about.st_mode & (S_IROTH | S_IWOTH)))
        server_log(
            T("warning: everybody on this machine may read or change the private key %s (mode "
              "%04o); `chmod 640` it",
              "警告：本机所有用户都能读取或修改私钥 %s（权限 %04o），请执行 `chmod 640`"),
            path, (unsigned)about.st_mode & 07777);
}

static void renew_certificate(Host *host) {
    Error error = {0};
    HttpCertificate before, now;
    char when[CLOCK_ZONED_SIZE];
    if (!http_server_certificate(host->server, &before)) return;
    bool renewed = http_server_reload_tls(host->server, &error);
    (void)!http_server_certificate(host->server, &now);
    clock_format_zoned(now.not_after_us, when);
    if (!renewed) {
        say_reload_failed(host, &error);
        server_log(
            T("the certificate in use stays; it is good until %s", "继续使用原证书，有效期至 %s"),
            when);
    } else if (now.not_after_us != before.not_after_us ||
               now.not_before_us != before.not_before_us) {
        server_log(T("certificate renewed, good until %s", "证书已更换，有效期至 %s"), when);
    }
    look_at_key(host);
    look_at_certificate(host);
}

// Log files that were rotated and certificates that were renewed are opened anew.
static void told_to_reopen(uv_signal_t *handle, int number) {
    Host *host = handle->data;
    (void)number;
    bool tells = host->ready && !host->stopping;
    if (tells) notify_reloading(host->notifier);
    if (tells) tell_how_many(host); // not what an earlier failure said
    Error error = {0};
    if (!open_log(host, &error)) say_reload_failed(host, &error);
    if (host->options->certificate) renew_certificate(host);
    if (tells) notify_ready(host->notifier);
}

// ---- beginning ----------------------------------------------------------------------------------

static void beat(uv_timer_t *timer) {
    api_beat(((Host *)timer->data)->api);
}

// Of workers that were lost by ones and twos, and of many at once, one line a second.
static void look_at_workers(Host *host) {
    WorkerLosses losses = worker_losses();
    unsigned long long fresh = losses.count - host->losses_said;
    host->losses_said = losses.count;
    if (fresh == 1)
        server_log(T("a worker was lost: %s", "一个工作进程意外结束：%s"), losses.last);
    else if (fresh > 1)
        server_log(
            T("%llu workers were lost, the last one: %s", "%llu 个工作进程意外结束，最后一个：%s"),
            fresh, losses.last);
}

static void keep(uv_timer_t *timer) {
    Host *host = timer->data;
    api_keep_door(host->api);
    look_at_certificate(host);
    look_at_workers(host);
}

static void watch_signals(Host *host) {
    static const int numbers[] = {SIGTERM, SIGINT, SIGHUP};
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); // a file that may not grow is an error of who writes it
    for (size_t i = 0; i < 3; i++) {
        uv_signal_init(&host->loop, &host->signals[i]);
        host->signals[i].data = host;
        uv_signal_start(&host->signals[i], i < 2 ? told_to_stop : told_to_reopen, numbers[i]);
    }
    uv_timer_init(&host->loop, &host->beat);
    host->beat.data = host;
    uv_timer_start(&host->beat, beat, API_BEAT_MS, API_BEAT_MS);
    uv_timer_init(&host->loop, &host->keep);
    host->keep.data = host;
    uv_timer_start(&host->keep, keep, API_KEEP_MS, API_KEEP_MS);
}

static bool open_service(Host *host, Error *error) {
    const HostOptions *options = host->options;
    Buffer database = {0};
    buffer_printf(&database, "%s/biaochi.db", options->workspace);
    ServiceOptions service = {.database = database.data,
                              .packs_folder = options->packs_folder,
                              .worker_program = options->worker_program,
                              .workers = options->workers,
                              .deadline_ms = options->deadline_ms,
                              .most_waiting = (size_t)options->most_waiting,
                              .problem = say_problem,
                              .notice = say_notice,
                              .event = take_event,
                              .context = host};
    bool good = service_open(&host->loop, &service, &host->service, error);
    buffer_free(&database);
    return good;
}

static bool open_door(Host *host, Error *error) {
    const int64_t day_us = INT64_C(86400) * 1000000;
    AuthSettings settings = auth_settings_usual();
    DoorContents contents;
    if (!door_read(service_store(host->service), &contents, error)) return false;
    settings.password_lasts_us = host->options->password_days * day_us;
    host->door = door_new(&settings);
    door_load(host->door, &contents);
    return true;
}

static bool open_server(Host *host, Error *error) {
    const HostOptions *options = host->options;
    char socket_path[256];
    host_socket_path(options->workspace, socket_path, sizeof socket_path);
    HttpOptions http = {.address = options->address,
                        .port = options->port,
                        .certificate = options->certificate,
                        .key = options->key,
                        .socket_path = socket_path,
                        .proxies = options->proxies,
                        .expect_body = expect_body,
                        .is_probe = is_probe,
                        .handle = handle,
                        .refuse = refuse,
                        .log = host->access_log ? log_request : NULL,
                        .context = host};
    return http_server_start(&host->loop, &http, &host->server, error);
}

static void open_api(Host *host) {
    const ApiOptions options = {.service = host->service,
                                .version = BIAOCHI_VERSION,
                                .door = host->door,
                                .proxies = host->options->proxies,
                                .problem = say_problem,
                                .context = host};
    host->api = api_new(&options);
    api_set_server(host->api, host->server);
}

static bool is_of_this_machine(const char *address) {
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static void say_where(const Host *host) {
    const HostOptions *options = host->options;
    char socket_path[256];
    host_socket_path(options->workspace, socket_path, sizeof socket_path);
    if (options->address) {
        bool brackets = strchr(options->address, ':') != NULL;
        server_log(T("serving %s://%s%s%s:%d", "服务地址：%s://%s%s%s:%d"),
                   options->certificate ? "https" : "http", brackets ? "[" : "", options->address,
                   brackets ? "]" : "", http_server_port(host->server));
        if (!options->certificate && options->proxies.count == 0 &&
            !is_of_this_machine(options->address))
            server_log("%s",
                       T("warning: without --tls-certificate passwords cross the network in the "
                         "clear, unless a proxy speaks TLS (--proxy)",
                         "警告：未启用 --tls-certificate，除非由反向代理提供 TLS（--proxy），"
                         "密码将以明文在网络上传输"));
    }
    server_log(T("serving %s", "本机接口：%s"), socket_path);
    look_at_key(host);
}

// Connections, the database's files and workers' sockets all count.
static void allow_many_descriptors(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) return; // it is as it was
}

// The addresses come first: where another server has them nothing is evaluated in vain. Nobody is
// answered before the loop runs.
static bool begin(Host *host, Error *error) {
    allow_many_descriptors();
    if (!open_log(host, error) || !open_server(host, error) || !open_service(host, error))
        return false;
    if (!open_door(host, error)) return false;
    open_api(host);
    watch_signals(host);
    host->notifier = notify_open(&host->loop);
    notify_status(host->notifier, "%s", T("evaluating the active packs", "正在评估已激活的评估包"));
    say_where(host);
    look_at_certificate(host);
    return true;
}

// The server goes first, since there is nothing yet that could answer.
static void give_up(Host *host) {
    if (host->server) http_server_free(host->server);
    host->server = NULL;
    if (host->service) service_close(host->service, NULL, NULL);
}

bool host_serve(const HostOptions *options, Error *error) {
    Host host = {.options = options};
    int failed = uv_loop_init(&host.loop);
    if (failed)
        return error_set_errno(error, -failed, "%s",
                               T("the server cannot begin", "服务器无法启动"));
    bool good = begin(&host, error);
    if (!good) give_up(&host);
    uv_run(&host.loop, UV_RUN_DEFAULT);
    if (host.server) http_server_free(host.server);
    if (host.api) api_free(host.api);
    door_free(host.door);
    if (host.access_log && host.access_log != stdout) fclose(host.access_log);
    uv_run(&host.loop, UV_RUN_DEFAULT);
    uv_loop_close(&host.loop);
    return good;
}
