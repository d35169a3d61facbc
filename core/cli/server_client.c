// Talking to the workspace's server: see server_client.h.
#include "core/cli/server_client.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/host.h"

enum { CONNECT_MS = 2000, ANSWER_S = 600, LARGEST_ANSWER = 64 * 1024 * 1024 };

bool server_is_there(const Cli *cli) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    host_socket_path(cli->workspace, address.sun_path, sizeof address.sun_path);
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool there =
        descriptor >= 0 && connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0;
    if (descriptor >= 0) close(descriptor);
    return there;
}

static size_t take_bytes(char *bytes, size_t one, size_t count, void *context) {
    Buffer *answer = context;
    if (answer->length + count > LARGEST_ANSWER) return 0;
    buffer_append(answer, bytes, one * count);
    return count;
}

// ---- problems that the server tells -------------------------------------------------------------

static ErrorCode code_of(const char *name) {
    for (int code = ERROR_USAGE; code <= ERROR_FORBIDDEN; code++)
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

static void add_problems(const json_t *answer, long status, ProblemList *problems) {
    size_t i, before = problems->count;
    const json_t *row;
    json_array_foreach(json_object_get(answer, "problems"), i, row) add_problem(row, problems);
    problems->dropped += (size_t)json_integer_value(json_object_get(answer, "more_problems"));
    if (problems->count == before)
        problems_addf(problems, ERROR_SYSTEM, NULL, 0, 0,
                      T("the server answered with status %ld", "服务器以状态 %ld 应答"), status);
}

// ---- one call -----------------------------------------------------------------------------------

static struct curl_slist *headers_of(const ServerCall *call) {
    char type[128];
    struct curl_slist *headers = curl_slist_append(NULL, "Expect:");
    headers = curl_slist_append(headers, T("Accept-Language: en", "Accept-Language: zh"));
    snprintf(type, sizeof type, "Content-Type: %s", call->type ? call->type : "application/json");
    return curl_slist_append(headers, type);
}

static CURLcode perform(const Cli *cli, const ServerCall *call, Buffer *answer, long *status) {
    char socket_path[256];
    Buffer url = {0};
    CURL *curl = curl_easy_init();
    if (!curl) return CURLE_FAILED_INIT;
    host_socket_path(cli->workspace, socket_path, sizeof socket_path);
    buffer_printf(&url, "http://localhost%s", call->path);
    struct curl_slist *headers = headers_of(call);
    curl_easy_setopt(curl, CURLOPT_UNIX_SOCKET_PATH, socket_path);
    curl_easy_setopt(curl, CURLOPT_URL, url.data);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call->method);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)ANSWER_S);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
    if (strcmp(call->method, "GET") != 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call->body ? call->body : "");
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->length);
    }
    CURLcode outcome = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    buffer_free(&url);
    return outcome;
}

bool server_call(const Cli *cli, const ServerCall *call, json_t **answer, ProblemList *problems) {
    Buffer bytes = {0};
    long status = 0;
    CURLcode outcome = perform(cli, call, &bytes, &status);
    *answer = bytes.length ? json_loadb(bytes.data, bytes.length, 0, NULL) : NULL;
    buffer_free(&bytes);
    bool good = outcome == CURLE_OK && status >= 200 && status < 300 && *answer;
    if (good) return true;
    if (outcome != CURLE_OK) {
        problems_addf(
            problems, ERROR_SYSTEM, NULL, 0, 0,
            T("the server of this workspace does not answer: %s", "本工作区的服务器没有应答：%s"),
            curl_easy_strerror(outcome));
        problems_hint(problems, "%s",
                      T("it may be stopping; try again", "服务器可能正在停止，请稍后重试"));
    } else {
        add_problems(*answer, status, problems);
    }
    json_decref(*answer);
    *answer = NULL;
    return false;
}

void server_refresh(const Cli *cli) {
    if (!server_is_there(cli)) return;
    const ServerCall call = {.method = "POST", .path = "/api/v1/refresh"};
    ProblemList problems = {0};
    json_t *answer;
    if (server_call(cli, &call, &answer, &problems))
        fputs(T("the running server answers with it\n", "运行中的服务器已据此更新\n"), stderr);
    else
        fprintf(
            stderr,
            T("stored, but the running server says: %s\n", "已入库，但运行中的服务器提示：%s\n"),
            problems.items[0].message);
    json_decref(answer);
    problems_free(&problems);
}
