// Any bytes on a connection to a running server.
//
// Built by clang with -fsanitize=fuzzer,address,undefined from this file and what it reaches; seeds
// are in tests/fuzz/corpus/http_request. Besides memory errors it aborts when what reaches the
// handler, or what is answered, is not what message.h and server.h promise.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/plain_text.h"
#include "core/http/server.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { TURNS_TO_ANSWER = 4, MOST_TURNS = 1000 };

static uv_loop_t loop;
static HttpServer *server;
static struct sockaddr_un address = {.sun_family = AF_UNIX};

static void require(bool holds, const char *promise) {
    if (holds) return;
    fprintf(stderr, "promise broken: %s\n", promise);
    abort();
}

static void handle(HttpRequest *request, void *context) {
    (void)context;
    size_t length;
    const char *path = http_request_path(request), *method = http_request_method(request);
    const char *host = http_request_header(request, "Host");
    HttpAnswer answer = {.status = 200, .type = "text/plain"};
    require(path[0] == '/' && plain_text(path, strlen(path)), "the path is plain");
    require(!strstr(path, "/../") && !strstr(path, "//"), "the path goes down");
    require(method[strspn(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0',
            "the method is upper case");
    require(strcmp(method, "HEAD") != 0, "a HEAD is a GET");
    require(!host || (*host && !strpbrk(host, " ,/")), "the host is one");
    const char *body = http_request_body(request, &length);
    require(length <= 1000 && body[length] == '\0', "the body is limited and ended");
    buffer_append(&answer.bytes, body, length);
    http_answer(request, &answer);
}

static void refuse(HttpAnswer *answer, const char *code, const char *message, const char *hint,
                   void *context) {
    (void)context, (void)hint;
    require(answer->status >= 400 && *code && *message, "a refusal says why");
    answer->type = "text/plain";
    buffer_text(&answer->bytes, code);
}

static void write_log(const HttpLogLine *line, void *context) {
    (void)context;
    require(plain_text(line->path, strlen(line->path)), "paths in the log are plain");
    require(plain_text(line->method, strlen(line->method)), "methods in the log are plain");
    require(!strpbrk(line->path, "\n\t"), "a line of the log is one line");
}

static void end(void) {
    http_server_free(server);
    uv_loop_close(&loop);
}

static void start(void) {
    const HttpOptions options = {.socket_path = address.sun_path,
                                 .largest_body = 1000,
                                 .handle = handle,
                                 .refuse = refuse,
                                 .log = write_log};
    Error error = {0};
    snprintf(address.sun_path, sizeof address.sun_path, "/tmp/biaochi_fuzz_%d", (int)getpid());
    require(uv_loop_init(&loop) == 0, "there is a loop");
    if (!http_server_start(&loop, &options, &server, &error)) {
        fprintf(stderr, "%s\n", error.message);
        exit(1);
    }
    atexit(end);
}

// Takes what was answered; it begins as an answer does.
static void take_answers(int client) {
    static char piece[65536];
    ssize_t got = recv(client, piece, sizeof piece - 1, 0);
    if (got <= 0) return;
    piece[got] = '\0';
    require(strncmp(piece, "HTTP/1.1 ", 9) == 0, "an answer begins with its line");
    int status = atoi(piece + 9);
    require(status == 100 || (status >= 200 && status < 600), "an answer has a status");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (!server) start();
    int client = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    require(client >= 0, "there is a socket");
    require(connect(client, (struct sockaddr *)&address, sizeof address) == 0, "it is listened at");
    ssize_t sent = send(client, bytes, length, MSG_NOSIGNAL);
    require(sent == (ssize_t)length, "a few bytes are taken at once");
    for (int i = 0; i < TURNS_TO_ANSWER; i++)
        uv_run(&loop, UV_RUN_NOWAIT);
    take_answers(client);
    close(client);
    int turns = 0;
    while (http_server_statistics(server).connections > 0 && turns++ < MOST_TURNS)
        uv_run(&loop, UV_RUN_NOWAIT);
    require(turns < MOST_TURNS, "a connection ends with its client");
    return 0;
}
