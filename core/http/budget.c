// How much memory the bodies of requests and of answers may hold: of all together, and of one
// asker.
//
// Whoever sends bodies that never end, or takes none of his answers, must not fill what others
// need.
#include <string.h>

#include "core/http/inside.h"

enum { SHARES = 3 }; // of which one asker may have one

// An account where the handler has named one, else a network.
static const char *asker_of(const HttpRequest *request) {
    bool is_named = request->user && strcmp(request->user, "-") != 0;
    return is_named ? request->user : request->network;
}

static size_t held_elsewhere(const HttpRequest *request, HeldKind kind) {
    const char *asker = asker_of(request);
    size_t bytes = 0;
    for (const HttpConnection *each = request->server->connections; each; each = each->after) {
        const HttpRequest *other = each->request;
        if (other && other != request && other->held[kind] && strcmp(asker_of(other), asker) == 0)
            bytes += other->held[kind];
    }
    return bytes;
}

static size_t *total_of(HttpServer *server, HeldKind kind) {
    HttpStatistics *statistics = &server->statistics;
    return kind == HELD_BODY ? &statistics->body_bytes : &statistics->answer_bytes;
}

static size_t most_of(const HttpServer *server, HeldKind kind) {
    const HttpOptions *options = &server->options;
    return kind == HELD_BODY ? options->most_body_bytes : options->most_answer_bytes;
}

static void count(HttpRequest *request, HeldKind kind, size_t bytes) {
    if (request->server) *total_of(request->server, kind) += bytes - request->held[kind];
    request->held[kind] = bytes;
}

bool budget_hold(HttpRequest *request, HeldKind kind, size_t bytes) {
    size_t most = most_of(request->server, kind);
    size_t others = *total_of(request->server, kind) - request->held[kind];
    if (bytes > request->held[kind]) {
        if (others + bytes > most) return false;
        size_t own = held_elsewhere(request, kind);
        if (own > 0 && own + bytes > most / SHARES) return false;
    }
    count(request, kind, bytes);
    return true;
}

void budget_let_go(HttpRequest *request, HeldKind kind) {
    count(request, kind, 0);
}

// ---- bodies of answers -------------------------------------------------------------------------

// Behind the first holder, whose share it is, where there is one.
static void join_holders(HttpRequest *request, HttpBody *body) {
    HttpRequest *first = body->holders;
    request->held_body = body;
    body->references++;
    request->holder_before = first;
    request->holder_after = first ? first->holder_after : NULL;
    if (request->holder_after) request->holder_after->holder_before = request;
    if (first)
        first->holder_after = request;
    else
        body->holders = request;
}

static void leave_holders(HttpRequest *request, HttpBody *body) {
    if (request->holder_after) request->holder_after->holder_before = request->holder_before;
    if (request->holder_before)
        request->holder_before->holder_after = request->holder_after;
    else
        body->holders = request->holder_after;
    request->holder_before = request->holder_after = NULL;
    request->held_body = NULL;
}

bool budget_hold_answer(HttpRequest *request, HttpBody *body) {
    if (!body->holders && !budget_hold(request, HELD_ANSWER, body_size(body))) return false;
    join_holders(request, body);
    return true;
}

void budget_recount_answer(const HttpBody *body) {
    if (body->holders) count(body->holders, HELD_ANSWER, body_size(body));
}

void budget_let_go_answer(HttpRequest *request) {
    HttpBody *body = request->held_body;
    if (!body) return;
    budget_let_go(request, HELD_ANSWER);
    leave_holders(request, body);
    budget_recount_answer(body); // the next one's from now on
    http_body_release(body);
}
