// A server on a loop and clients beside it in the same thread: whoever waits for something runs
// the loop meanwhile, so that nothing happens between two lines of a test that it did not ask for.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <uv.h>

#include "core/base/clock.h"
#include "core/http/server.h"

enum { TRIAL_LIMIT_MS = 20000, TRIAL_MOST_HELD = 64, TRIAL_MOST_LINES = 4096 };

typedef struct TrialLine {
    int status;
    size_t received, sent;
    bool was_cut;
    uint64_t id;
    char method[20], path[100], address[64], user[32];
} TrialLine;

typedef struct Trial {
    uv_loop_t loop;
    HttpServer *server;
    // What the handler does; `held` are requests it kept for later.
    void (*handle)(struct Trial *trial, HttpRequest *request);
    HttpRequest *held[TRIAL_MOST_HELD];
    size_t held_count, handled;
    HttpStream *stream;
    int streams_closed;
    TrialLine lines[TRIAL_MOST_LINES];
    size_t line_count;
    char folder[64];
    bool drained;
} Trial;

static inline void trial_answer(HttpRequest *request, int status, const char *text) {
    HttpAnswer answer = {.status = status, .type = "text/plain; charset=utf-8"};
    buffer_text(&answer.bytes, text);
    http_answer(request, &answer);
}

static inline void trial_handle(HttpRequest *request, void *context) {
    Trial *trial = context;
    trial->handled++;
    trial->handle(trial, request);
}

static inline void trial_hold(Trial *trial, HttpRequest *request) {
    assert_true(trial->held_count < TRIAL_MOST_HELD);
    trial->held[trial->held_count++] = request;
}

// Says what it was asked: "GET /path body".
static inline void trial_echo(Trial *trial, HttpRequest *request) {
    (void)trial;
    HttpAnswer answer = {.status = 200, .type = "text/plain"};
    size_t length;
    const char *body = http_request_body(request, &length);
    buffer_printf(&answer.bytes, "%s %s ", http_request_method(request),
                  http_request_path(request));
    buffer_append(&answer.bytes, body, length);
    http_answer(request, &answer);
}

static inline void trial_refuse(HttpAnswer *answer, const char *code, const char *message,
                                const char *hint, void *context) {
    (void)context;
    answer->type = "application/json";
    buffer_printf(&answer->bytes, "{\"code\":\"%s\",\"message\":\"%s\",\"hint\":\"%s\"}", code,
                  message, hint);
}

static inline void trial_log(const HttpLogLine *line, void *context) {
    Trial *trial = context;
    if (trial->line_count == TRIAL_MOST_LINES) return;
    TrialLine *out = &trial->lines[trial->line_count++];
    out->status = line->status;
    out->received = line->received;
    out->sent = line->sent;
    out->was_cut = line->was_cut;
    out->id = line->id;
    snprintf(out->method, sizeof out->method, "%s", line->method);
    snprintf(out->path, sizeof out->path, "%s", line->path);
    snprintf(out->address, sizeof out->address, "%s", line->address);
    snprintf(out->user, sizeof out->user, "%s", line->user);
}

static inline HttpOptions trial_options(Trial *trial) {
    return (HttpOptions){.address = "127.0.0.1",
                         .handle = trial_handle,
                         .refuse = trial_refuse,
                         .log = trial_log,
                         .context = trial};
}

static inline void trial_start(Trial *trial, const HttpOptions *options) {
    Error error = {0};
    if (!http_server_start(&trial->loop, options, &trial->server, &error))
        fail_msg("%s", error.message);
}

static inline int trial_set_up(void **state) {
    Trial *trial = memory_new(1, sizeof *trial);
    trial->handle = trial_echo;
    snprintf(trial->folder, sizeof trial->folder, "/tmp/biaochi_http_XXXXXX");
    *state = trial;
    return mkdtemp(trial->folder) && uv_loop_init(&trial->loop) == 0 ? 0 : -1;
}

static inline int trial_tear_down(void **state) {
    Trial *trial = *state;
    char command[100];
    if (trial->server) http_server_free(trial->server);
    int busy = uv_loop_close(&trial->loop);
    snprintf(command, sizeof command, "rm -rf '%s'", trial->folder);
    busy |= system(command);
    free(trial);
    return busy;
}

// How many are over.
static inline uint64_t trial_requests(const Trial *trial) {
    const HttpStatistics statistics = http_server_statistics(trial->server);
    uint64_t count = 0;
    for (size_t i = 0; i < 6; i++)
        count += statistics.by_status_class[i];
    return count;
}

// ---- waiting -----------------------------------------------------------------------------------

// Runs the loop until the condition holds; the test fails when it never does.
#define WAIT_FOR(trial, condition)                                                                 \
    do {                                                                                           \
        int64_t until_ms = clock_monotonic_ms() + TRIAL_LIMIT_MS;                                  \
        while (!(condition)) {                                                                     \
            if (clock_monotonic_ms() > until_ms) fail_msg("never: %s", #condition);                \
            trial_turn(trial);                                                                     \
        }                                                                                          \
    } while (0)

// One turn of the loop, which waits a moment where there is nothing to do.
static inline void trial_turn(Trial *trial) {
    if (uv_run(&trial->loop, UV_RUN_NOWAIT) == 0) poll(NULL, 0, 1);
    struct pollfd loop = {.fd = uv_backend_fd(&trial->loop), .events = POLLIN};
    poll(&loop, 1, 1);
}

static inline void trial_pass(Trial *trial, int64_t ms) {
    int64_t until_ms = clock_monotonic_ms() + ms;
    while (clock_monotonic_ms() < until_ms)
        trial_turn(trial);
}

// ---- clients -----------------------------------------------------------------------------------

typedef struct Client {
    Trial *trial;
    int socket;
    Buffer in; // what came and was not taken yet
    bool at_end;
} Client;

static inline Client client_of_socket(Trial *trial, int socket_fd) {
    fcntl(socket_fd, F_SETFL, fcntl(socket_fd, F_GETFL) | O_NONBLOCK);
    return (Client){.trial = trial, .socket = socket_fd};
}

static inline Client client_connect(Trial *trial) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)http_server_port(trial->server)),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int socket_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(socket_fd >= 0);
    assert_int_equal(connect(socket_fd, (struct sockaddr *)&address, sizeof address), 0);
    return client_of_socket(trial, socket_fd);
}

static inline void client_close(Client *client) {
    close(client->socket);
    buffer_free(&client->in);
}

static inline void client_read(Client *client) {
    char piece[65536];
    ssize_t got = recv(client->socket, piece, sizeof piece, 0);
    if (got > 0) buffer_append(&client->in, piece, (size_t)got);
    if (got == 0 || (got < 0 && errno != EAGAIN)) client->at_end = true;
}

static inline void client_send_bytes(Client *client, const char *bytes, size_t length) {
    while (length) {
        ssize_t sent = send(client->socket, bytes, length, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) return; // the server closed; the test sees it
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
        trial_turn(client->trial);
    }
}

static inline void client_send(Client *client, const char *text) {
    client_send_bytes(client, text, strlen(text));
}

// Runs the loop while reading, until the condition holds.
#define CLIENT_WAIT(client, condition) WAIT_FOR((client)->trial, (client_read(client), (condition)))

typedef struct Answer {
    int status;
    char head[4096];
    Buffer body; // to be freed by answer_free
} Answer;

// The header's value in `out`, or NULL.
static inline const char *answer_header(const Answer *answer, const char *name, char out[256]) {
    size_t length = strlen(name);
    for (const char *line = answer->head; (line = strstr(line, "\r\n"));) {
        line += 2;
        if (strncasecmp(line, name, length) != 0 || line[length] != ':') continue;
        const char *value = line + length + 1 + strspn(line + length + 1, " ");
        snprintf(out, 256, "%.*s", (int)strcspn(value, "\r"), value);
        return out;
    }
    return NULL;
}

static inline void client_take(Client *client, size_t length) {
    memmove(client->in.data, client->in.data + length, client->in.length - length);
    client->in.length -= length;
}

static inline void client_take_chunks(Client *client, Answer *answer) {
    for (;;) {
        CLIENT_WAIT(client,
                    client->in.length && memmem(client->in.data, client->in.length, "\r\n", 2));
        char *end;
        size_t size = strtoul(client->in.data, &end, 16);
        size_t line = (size_t)(end - client->in.data) + 2;
        CLIENT_WAIT(client, client->in.length >= line + size + 2);
        buffer_append(&answer->body, client->in.data + line, size);
        client_take(client, line + size + 2);
        if (size == 0) return;
    }
}

// Takes the head of the next answer, then what its headers say is its body.
static inline Answer client_answer(Client *client, bool is_head) {
    Answer answer = {0};
    char value[256];
    CLIENT_WAIT(client,
                client->at_end || (client->in.length &&
                                   memmem(client->in.data, client->in.length, "\r\n\r\n", 4)));
    char *end =
        client->in.length ? memmem(client->in.data, client->in.length, "\r\n\r\n", 4) : NULL;
    if (!end) return answer; // status 0: the connection was closed
    size_t length = (size_t)(end + 4 - client->in.data);
    assert_true(length < sizeof answer.head);
    memcpy(answer.head, client->in.data, length);
    client_take(client, length);
    assert_int_equal(sscanf(answer.head, "HTTP/1.1 %d", &answer.status), 1);
    if (is_head || answer.status == 304 || answer.status == 204 || answer.status < 200)
        return answer;
    if (answer_header(&answer, "Transfer-Encoding", value)) {
        client_take_chunks(client, &answer);
    } else if (answer_header(&answer, "Content-Length", value)) {
        size_t size = strtoul(value, NULL, 10);
        CLIENT_WAIT(client, client->at_end || client->in.length >= size);
        assert_true(client->in.length >= size);
        buffer_append(&answer.body, client->in.data, size);
        client_take(client, size);
    }
    return answer;
}

static inline void answer_free(Answer *answer) {
    buffer_free(&answer->body);
}

static inline const char *answer_text(const Answer *answer) {
    return answer->body.data ? answer->body.data : "";
}

// Whether the server closes the connection, with nothing more said.
static inline void client_expect_end(Client *client) {
    CLIENT_WAIT(client, client->at_end);
    assert_int_equal(client->in.length, 0);
}

// A request on a connection of its own, and the status it gets; 0 when closed without a word.
static inline int status_of(Trial *trial, const char *text) {
    Client client = client_connect(trial);
    client_send(&client, text);
    Answer answer = client_answer(&client, strncmp(text, "HEAD", 4) == 0);
    answer_free(&answer);
    client_close(&client);
    return answer.status;
}

// Sends `sent` bytes of a body that is said to have `declared`; 0: in one chunk.
static inline void client_post(Client *client, const char *line, size_t declared, size_t sent) {
    Buffer text = {0};
    buffer_printf(&text, "%s HTTP/1.1\r\nHost: here\r\n", line);
    if (declared)
        buffer_printf(&text, "Content-Length: %zu\r\n\r\n", declared);
    else
        buffer_printf(&text, "Transfer-Encoding: chunked\r\n\r\n%zX\r\n", sent);
    for (size_t i = 0; i < sent; i++)
        buffer_text(&text, "b");
    if (!declared) buffer_text(&text, "\r\n0\r\n\r\n");
    client_send_bytes(client, text.data, text.length);
    buffer_free(&text);
}

static inline void assert_code(const Answer *answer, int status, const char *code) {
    char expected[100];
    assert_int_equal(answer->status, status);
    snprintf(expected, sizeof expected, "{\"code\":\"%s\"", code);
    assert_memory_equal(answer_text(answer), expected, strlen(expected));
}

#define HTTP_TEST(function) cmocka_unit_test_setup_teardown(function, trial_set_up, trial_tear_down)
