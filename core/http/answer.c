// From an answer to what MHD sends: entity tags, compression, headers.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/clock.h"
#include "core/http/inside.h"

const char *answer_reason(int status) {
    return MHD_get_reason_phrase_for((unsigned)status);
}

const int64_t http_latency_bounds_us[15] = {1000,    2000,    5000,     10000,    20000,
                                            50000,   100000,  200000,   500000,   1000000,
                                            2000000, 5000000, 10000000, 30000000, 60000000};

static void count_latency(HttpStatistics *statistics, int64_t took_us) {
    size_t i = 0;
    while (i < 15 && took_us > http_latency_bounds_us[i])
        i++;
    statistics->latency[i]++;
    statistics->latency_sum_us += took_us;
}

static bool is_text(const char *type) {
    static const char *const beginnings[] = {"text/",
                                             "application/json",
                                             "application/javascript",
                                             "application/xml",
                                             "image/svg+xml",
                                             "application/problem+json",
                                             "application/vnd.oai.openapi"};
    for (size_t i = 0; type && i < sizeof beginnings / sizeof *beginnings; i++)
        if (strncasecmp(type, beginnings[i], strlen(beginnings[i])) == 0) return true;
    return false;
}

// ---- the headers -------------------------------------------------------------------------------

static void add_header(struct MHD_Response *response, const char *name, const char *value) {
    if (MHD_add_response_header(response, name, value) == MHD_YES) return;
    fprintf(stderr, "biaochi: an answer cannot have the header %s\n", name);
    abort();
}

static void add_etag(struct MHD_Response *response, const char *etag, bool is_packed) {
    char value[HTTP_ETAG_SIZE + 8];
    if (!*etag) return;
    // Compressed it is the same only weakly.
    snprintf(value, sizeof value, "%s\"%s\"", is_packed ? "W/" : "", etag);
    add_header(response, "ETag", value);
}

void answer_queue_response(HttpRequest *request, const HttpAnswer *answer,
                           struct MHD_Response *response) {
    for (size_t i = 0; i < answer->header_count; i++)
        add_header(response, answer->headers[i].name, answer->headers[i].value);
    if (request->connection->daemon->speaks_tls)
        add_header(response, "Strict-Transport-Security", "max-age=604800");
    if (request->server->is_draining) request->is_last = true;
    if (request->is_last) add_header(response, "Connection", "close");
    request->status = answer->status;
    request->stage = REQUEST_ANSWERED;
    connection_enter(request->connection,
                     request->stream ? CONNECTION_STREAMING : CONNECTION_SENDING);
    count_latency(&request->server->statistics, (clock_monotonic_ns() - request->began_ns) / 1000);
    // MHD takes none for a connection that it is closing.
    if (MHD_queue_response(request->connection->handle, (unsigned)answer->status, response) !=
        MHD_YES)
        connection_cut(request->connection);
    MHD_destroy_response(response);
}

static void release_body(void *context) {
    http_body_release(context);
}

static bool is_unchanged(const HttpRequest *request, const HttpAnswer *answer) {
    return answer->status == 200 && strcmp(request->method, "GET") == 0 &&
           http_etag_listed(http_request_header(request, "If-None-Match"), answer->etag);
}

static void queue_body(HttpRequest *request, HttpAnswer *answer);

// What a request has changed is told whatever it takes.
static bool may_hold(HttpRequest *request, HttpBody *body) {
    return body_size(body) <= HTTP_FREE_BYTES || strcmp(request->method, "GET") != 0 ||
           budget_hold_answer(request, body);
}

// The cookie is kept: it may be a session's new token, and the one before soon counts no more.
static void put_off(HttpRequest *request, const HttpAnswer *instead_of) {
    const Refusal refusal = refusal_of(
        503, "busy", T("too many large answers wait to be taken", "等待接收的大型应答过多"),
        T("take those that you have asked for, then try again", "请先接收完已请求的内容，再重试"));
    HttpAnswer answer = answer_of_refusal(request->server, &refusal);
    for (size_t i = 0; i < instead_of->header_count; i++)
        if (strcasecmp(instead_of->headers[i].name, "Set-Cookie") == 0)
            http_answer_header(&answer, "Set-Cookie", instead_of->headers[i].value);
    request->server->statistics.overloaded++;
    queue_body(request, &answer);
    answer_release(&answer);
}

static void queue_body(HttpRequest *request, HttpAnswer *answer) {
    HttpBody *body = answer->body ? answer->body : http_body_new(&answer->bytes);
    answer->body = NULL;
    if (!may_hold(request, body)) {
        http_body_release(body);
        put_off(request, answer);
        return;
    }
    size_t length;
    const char *data = http_body_bytes(body, &length);
    Buffer plain = {.data = (char *)data, .length = length};
    bool may_pack = is_text(answer->type) && length >= SMALLEST_PACKED;
    const Buffer *packed = may_pack && http_request_takes_gzip(request) ? body_packed(body) : NULL;
    const Buffer *bytes = packed ? packed : &plain;
    budget_recount_answer(body);
    if (!request->is_head) request->sent = bytes->length;
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        bytes->length, bytes->data, release_body, body);
    if (answer->type) add_header(response, "Content-Type", answer->type);
    if (may_pack) add_header(response, "Vary", "Accept-Encoding");
    if (packed) add_header(response, "Content-Encoding", "gzip");
    add_etag(response, answer->etag, packed != NULL);
    answer_queue_response(request, answer, response);
}

static void queue_unchanged(HttpRequest *request, HttpAnswer *answer) {
    struct MHD_Response *response = MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
    if (is_text(answer->type)) add_header(response, "Vary", "Accept-Encoding");
    add_etag(response, answer->etag, false);
    answer->status = 304;
    answer_queue_response(request, answer, response);
}

void answer_queue(HttpRequest *request, HttpAnswer *answer) {
    if (is_unchanged(request, answer))
        queue_unchanged(request, answer);
    else
        queue_body(request, answer);
    answer_release(answer);
}

HttpAnswer answer_of_refusal(HttpServer *server, const Refusal *refusal) {
    HttpAnswer answer = {.status = refusal->status};
    if (refusal->status == 503) http_answer_header(&answer, "Retry-After", "1");
    server->options.refuse(&answer, refusal->code, refusal->message, refusal->hint,
                           server->options.context);
    return answer;
}
