// Talking to the workspace's server: see server_client.h.
#include "core/cli/server_client.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/host.h"

enum { ANSWER_S = 600, LARGEST_ANSWER = 64 * 1024 * 1024 };

// A socket connected to the server; -1 and errno when there is none.
static int connect_to(const Cli *cli) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const struct timeval patience = {.tv_sec = ANSWER_S};
    host_socket_path(cli->workspace, address.sun_path, sizeof address.sun_path);
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0) return descriptor;
    int number = errno;
    close(descriptor);
    errno = number;
    return -1;
}

bool server_is_there(const Cli *cli) {
    int descriptor = connect_to(cli);
    if (descriptor >= 0) close(descriptor);
    return descriptor >= 0;
}

// ---- problems that the server tells -------------------------------------------------------------

static ErrorCode code_of(const char *name) {
    for (int code = ERROR_USAGE; code <= ERROR_BUSY; code++)
        if (name && strcmp(error_code_name((ErrorCode)code), name) == 0) return (ErrorCode)code;
    return ERROR_SYSTEM;
}

static const char *text_of(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    return text ? text : "";
}

static void add_problem(const json_t *row, ProblemList *problems) {
    const json_t *where = json_object_get(row, "where");
    Error error = {0};
    error_set(&error, code_of(json_string_value(json_object_get(row, "code"))), "%s",
              text_of(row, "message"));
    error_hint(&error, "%s", text_of(row, "hint"));
    error_at(&error, text_of(where, "file"),
             (int)json_integer_value(json_object_get(where, "line")),
             (int)json_integer_value(json_object_get(where, "column")));
    problems_add(problems, &error);
}

static void add_problems(const json_t *answer, int status, ProblemList *problems) {
    size_t i, before = problems->count;
    const json_t *row;
    json_array_foreach(json_object_get(answer, "problems"), i, row) add_problem(row, problems);
    problems->dropped += (size_t)json_integer_value(json_object_get(answer, "more_problems"));
    if (problems->count == before)
        problems_addf(problems, ERROR_SYSTEM, NULL, 0, 0,
                      T("the server answered with status %d", "服务器以状态 %d 应答"), status);
}

// ---- one call -----------------------------------------------------------------------------------

// Both ends are ours and the answer ends with the connection, so this needs no more of HTTP than a
// status line and an empty line.
static void append_request(Buffer *out, const ServerCall *call) {
    buffer_printf(out,
                  "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  "Accept-Language: %s\r\nX-Biaochi-User: %s\r\nContent-Type: %s\r\n"
                  "Content-Length: %zu\r\n\r\n",
                  call->method, call->path, T("en", "zh"), cli_login(),
                  call->type ? call->type : "application/json", call->length);
    buffer_append(out, call->body, call->length);
}

static bool send_all(int descriptor, const Buffer *bytes) {
    size_t sent = 0;
    while (sent < bytes->length) {
        ssize_t count = send(descriptor, bytes->data + sent, bytes->length - sent, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        sent += (size_t)count;
    }
    return true;
}

static bool receive_all(int descriptor, Buffer *out) {
    char room[65536];
    while (out->length <= LARGEST_ANSWER) {
        ssize_t count = recv(descriptor, room, sizeof room, 0);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        if (count == 0) return true;
        buffer_append(out, room, (size_t)count);
    }
    errno = EMSGSIZE;
    return false;
}

// The status, and where the body begins; 0 when it is no answer.
static int read_head(const Buffer *bytes, size_t *body) {
    const char *end = bytes->length ? strstr(bytes->data, "\r\n\r\n") : NULL;
    int status;
    if (!end || sscanf(bytes->data, "HTTP/1.1 %3d", &status) != 1) return 0;
    *body = (size_t)(end - bytes->data) + strlen("\r\n\r\n");
    return status;
}

// Status 0 and errno when there is no answer.
static int perform(const Cli *cli, const ServerCall *call, json_t **answer) {
    Buffer bytes = {0};
    size_t body = 0;
    int status = 0, descriptor = connect_to(cli), number = errno;
    append_request(&bytes, call);
    if (descriptor >= 0 && send_all(descriptor, &bytes)) {
        buffer_clear(&bytes);
        number = receive_all(descriptor, &bytes) ? 0 : errno;
        status = number ? 0 : read_head(&bytes, &body);
    }
    if (descriptor >= 0) close(descriptor);
    *answer = status ? json_loadb(bytes.data + body, bytes.length - body, 0, NULL) : NULL;
    buffer_free(&bytes);
    errno = number;
    return status;
}

bool server_call(const Cli *cli, const ServerCall *call, json_t **answer, ProblemList *problems) {
    int status = perform(cli, call, answer);
    if (status >= 200 && status < 300 && *answer) return true;
    if (status == 0) {
        Error error = {0};
        error_set_errno(
            &error, errno ? errno : ECONNRESET, "%s",
            T("the server of this workspace does not answer", "本工作区的服务器没有应答"));
        error_hint(&error, "%s",
                   T("it may be stopping; try again", "服务器可能正在停止，请稍后重试"));
        problems_add(problems, &error);
    } else {
        add_problems(*answer, status, problems);
    }
    json_decref(*answer);
    *answer = NULL;
    return false;
}

void server_say_it_answers(void) {
    fputs(T("the running server answers with it\n", "运行中的服务器已据此更新\n"), stderr);
}

// What was printed so far is there before the server is waited for: a token is told only once.
static void refresh(const Cli *cli, const char *path) {
    if (!server_is_there(cli)) return;
    const ServerCall call = {.method = "POST", .path = path};
    fflush(stdout);
    ProblemList problems = {0};
    json_t *answer;
    if (server_call(cli, &call, &answer, &problems))
        server_say_it_answers();
    else
        fprintf(
            stderr,
            T("stored, but the running server says: %s\n", "已入库，但运行中的服务器提示：%s\n"),
            problems.items[0].message);
    json_decref(answer);
    problems_free(&problems);
}

void server_refresh(const Cli *cli) {
    refresh(cli, "/api/v1/refresh");
}

void server_refresh_accounts(const Cli *cli) {
    refresh(cli, "/api/v1/refresh?of=accounts");
}
