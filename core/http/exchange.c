// A request from its line to its answer's end, as MHD tells of it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/http/inside.h"
#include "core/http/socket_bytes.h"

// MHD looks after connections with a time limit of their own, and after them alone, before it reads
// from sockets. A resumed one needs that: it would otherwise be read from first, and a client that
// has sent all it had to say would be taken for one that has left. Nothing waits this long.
enum { LOOKED_AFTER_S = 1 << 20, USUAL_S = 0 };

// ---- what comes --------------------------------------------------------------------------------

void *exchange_line_came(void *context, const char *target, struct MHD_Connection *handle) {
    (void)context;
    HttpConnection *connection = connection_of(handle);
    connection->request = request_new(connection, target ? target : "");
    connection->daemon->unasked -= !connection->has_asked;
    connection->has_asked = true;
    connection_enter(connection, CONNECTION_READING);
    return connection->request;
}

static void answer_refusal(HttpRequest *request) {
    HttpAnswer answer = answer_of_refusal(request->server, &request->refusal);
    if (request->refusal.closes) request->connection->lingers = true;
    answer_queue(request, &answer);
}

static void refuse_large_body(HttpRequest *request) {
    char hint[128];
    snprintf(hint, sizeof hint, T("at most %zu bytes are taken here", "此处最多接受 %zu 字节"),
             request->largest_body);
    request_refuse_and_close(request, 413, "body_too_large",
                             T("the request's body is too large", "请求体过大"), hint);
}

static void refuse_for_load(HttpRequest *request, bool closes) {
    const char *message = T("the server has too much to do", "服务器正忙");
    const char *hint = T("try again in a moment", "请稍后重试");
    request->server->statistics.overloaded++;
    if (closes)
        request_refuse_and_close(request, 503, "busy", message, hint);
    else
        request_refuse(request, 503, "busy", message, hint);
}

static void hand_over(HttpRequest *request) {
    HttpServer *server = request->server;
    request->stage = REQUEST_HANDED;
    server->statistics.requests_open++;
    connection_enter(request->connection, CONNECTION_WORKING);
    server->options.handle(request, server->options.context);
}

static void suspend(HttpRequest *request) {
    struct MHD_Connection *handle = request->connection->handle;
    MHD_set_connection_option(handle, MHD_CONNECTION_OPTION_TIMEOUT, (unsigned)LOOKED_AFTER_S);
    MHD_suspend_connection(handle);
    request->is_suspended = true;
}

// The body that follows is not waited for, so that the connection ends.
static void hand_over_at_once(HttpRequest *request) {
    request->is_last = request->connection->lingers = true;
    hand_over(request);
    if (request->stage == REQUEST_HANDED) suspend(request);
}

// SIZE_MAX: it is not said.
static size_t declared_length(const HttpRequest *request) {
    const char *length = http_request_header(request, "Content-Length");
    if (http_request_header(request, "Transfer-Encoding")) return SIZE_MAX;
    // MHD has seen to it that these are digits, and not too many.
    return length ? strtoull(length, NULL, 10) : 0;
}

static void expect_body(HttpRequest *request, size_t declared) {
    const HttpOptions *options = &request->server->options;
    request->largest_body = options->largest_body;
    if (declared == 0) return;
    if (options->expect_body &&
        !options->expect_body(request, declared, &request->largest_body, options->context))
        hand_over_at_once(request);
    else if (declared != SIZE_MAX && declared > request->largest_body)
        refuse_large_body(request);
}

// Who asks whether a busy server lives must not be told to come back later.
static bool is_probe(const HttpRequest *request) {
    const HttpOptions *options = &request->server->options;
    return options->is_probe && options->is_probe(request, options->context);
}

static void headers_came(HttpRequest *request, const char *method, const char *version) {
    request_read_head(request, method, version);
    request->stage = REQUEST_BODY;
    if (request->connection->is_surplus && !is_probe(request)) refuse_for_load(request, true);
    if (request->connection->is_surplus) request->is_last = true;
    size_t declared = declared_length(request);
    if (request->refusal.status == 0) expect_body(request, declared);
    if (request->stage != REQUEST_BODY) return;
    // A client that waits to be told to go on is told now, and a large body is not waited for; the
    // connection then ends.
    bool waits = http_request_header(request, "Expect") != NULL;
    if (request->refusal.status && (waits || declared > HTTP_FREE_BYTES))
        request->refusal.closes = true;
    if (request->refusal.closes) answer_refusal(request);
}

// False when there is too much of others' already.
static bool keep_piece(HttpRequest *request, const char *bytes, size_t length) {
    size_t size = request->body.length + length;
    if (size > HTTP_FREE_BYTES && !budget_hold(request, HELD_BODY, size - HTTP_FREE_BYTES))
        return false;
    buffer_append(&request->body, bytes, length);
    return true;
}

// False when the connection is to be closed.
static bool body_came(HttpRequest *request, const char *bytes, size_t length) {
    request->received += length;
    if (request->refusal.status == 0 && request->received > request->largest_body)
        refuse_large_body(request);
    if (request->refusal.status == 0 && !keep_piece(request, bytes, length))
        refuse_for_load(request, true);
    if (!request->refusal.closes) return true;
    HttpAnswer answer = answer_of_refusal(request->server, &request->refusal);
    request->status = answer.status;
    connection_last_words(request->connection, &answer);
    return false;
}

static void request_came(HttpRequest *request) {
    const HttpServer *server = request->server;
    if (!request->refusal.status &&
        server->statistics.requests_open >= server->options.most_requests && !is_probe(request))
        refuse_for_load(request, false);
    if (request->refusal.status) {
        answer_refusal(request);
        return;
    }
    hand_over(request);
    if (request->stage == REQUEST_HANDED) suspend(request);
}

enum MHD_Result exchange_part_came(void *context, struct MHD_Connection *handle, const char *url,
                                   const char *method, const char *version, const char *bytes,
                                   size_t *length, void **place) {
    (void)context, (void)handle, (void)url;
    HttpRequest *request = *place;
    bool good = true;
    language_use(http_request_language(request));
    switch (request->stage) {
        case REQUEST_LINE: headers_came(request, method, version); break;
        case REQUEST_BODY:
            if (*length)
                good = body_came(request, bytes, *length);
            else
                request_came(request);
            break;
        case REQUEST_HANDED:
        case REQUEST_ANSWERED: break;
    }
    language_use_usual();
    if (bytes) *length = 0;
    return good ? MHD_YES : MHD_NO;
}

// ---- what is answered --------------------------------------------------------------------------

// Takes note that the handler has answered. False when there is nobody left to answer: then the
// request is gone.
static bool take_answer(HttpRequest *request, HttpAnswer *answer) {
    if (request->stage != REQUEST_HANDED) {
        fprintf(stderr, "biaochi: request %llu was answered twice\n",
                (unsigned long long)request->id);
        abort();
    }
    request->stage = REQUEST_ANSWERED;
    if (!request->server) {
        answer_release(answer);
        request_free(request);
        return false;
    }
    request->server->statistics.requests_open--;
    return true;
}

static void resume(HttpRequest *request) {
    if (!request->is_suspended) return;
    request->is_suspended = false;
    connection_resume(request->connection);
}

void http_answer(HttpRequest *request, HttpAnswer *answer) {
    if (!take_answer(request, answer)) return;
    answer_queue(request, answer);
    resume(request);
}

HttpStream *http_stream_open(HttpRequest *request, HttpAnswer *answer,
                             void (*closed)(HttpStream *stream, void *context), void *context) {
    if (!take_answer(request, answer)) return NULL;
    HttpStream *stream = stream_begin(request, answer, closed, context);
    resume(request);
    return stream;
}

// ---- how it ended ------------------------------------------------------------------------------

// Of an answer that was cut only the kernel knows how much of it was taken: of what went to the
// client, which is the head too, and under TLS what that adds.
static void look_at_cut(HttpRequest *request, enum MHD_RequestTerminationCode code) {
    const HttpConnection *connection = request->connection;
    if (code == MHD_REQUEST_TERMINATED_COMPLETED_OK || request->stream) return;
    request->was_cut = request->status == 0 || connection->phase == CONNECTION_SENDING;
    if (connection->phase != CONNECTION_SENDING) return;
    int64_t taken = socket_taken(connection_socket(connection)) - connection->taken_before;
    if (taken >= 0 && (uint64_t)taken < request->sent) request->sent = (size_t)taken;
}

static void write_log(const HttpRequest *request) {
    const HttpServer *server = request->server;
    if (!server->options.log) return;
    HttpLogLine line = {
        .began_us = request->began_us,
        .took_us = (clock_monotonic_ns() - request->began_ns) / 1000,
        .id = request->id,
        .address = request->client,
        .user = request->user ? request->user : "-",
        .method = request->is_head ? "HEAD" : request->method,
        .path = request->parsed.path,
        .status = request->status,
        .received = request->received,
        .sent = request->sent,
        .was_cut = request->was_cut,
    };
    server->options.log(&line, server->options.context);
}

static void count(HttpRequest *request) {
    HttpStatistics *statistics = &request->server->statistics;
    statistics->refused += request->refusal.status >= 400 && request->refusal.status < 500;
    statistics->by_status_class[request->status / 100 % 6]++;
    statistics->bytes_received += request->received;
    statistics->bytes_sent += request->sent;
}

void exchange_ended(void *context, struct MHD_Connection *handle, void **place,
                    enum MHD_RequestTerminationCode code) {
    (void)context;
    HttpRequest *request = *place;
    if (!request) return;
    HttpConnection *connection = request->connection;
    *place = NULL;
    connection->request = NULL;
    connection->is_last =
        request->is_last || request->refusal.closes || code != MHD_REQUEST_TERMINATED_COMPLETED_OK;
    MHD_set_connection_option(handle, MHD_CONNECTION_OPTION_TIMEOUT, (unsigned)USUAL_S);
    look_at_cut(request, code);
    connection_enter(connection, CONNECTION_IDLE);
    if (request->server->is_draining) connection_let_go(connection);
    // What MHD itself found wrong it has answered itself.
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(handle, MHD_CONNECTION_INFO_HTTP_STATUS);
    if (request->status == 0 && info) {
        request->status = (int)info->http_status;
        request->refusal.status = request->status;
        connection->lingers = true;
    }
    count(request);
    write_log(request);
    stream_ended(request->stream);
    budget_let_go_answer(request);
    // A handler that has not answered yet still holds it: the server is being freed.
    if (request->stage != REQUEST_HANDED) request_drop_body(request);
    request->connection = NULL;
    request->server = NULL;
    if (request->stage != REQUEST_HANDED) request_free(request);
}
