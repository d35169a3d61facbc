// How much memory the bodies of requests and of answers may hold: of all together, and of one
// asker.
//
// Whoever sends bodies that never end, or takes none of his answers, must not fill what others
// need.
#include <string.h>

#include "core/http/inside.h"

enum { SHARES = 3 }; // of which one asker may have one

// An account where the handler has named one, else an address.
static const char *asker_of(const HttpRequest *request) {
    bool is_named = request->user && strcmp(request->user, "-") != 0;
    return is_named ? request->user : request->client;
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

bool budget_hold(HttpRequest *request, HeldKind kind, size_t bytes) {
    size_t *total = total_of(request->server, kind), most = most_of(request->server, kind);
    size_t others = *total - request->held[kind];
    if (bytes > request->held[kind]) {
        if (others + bytes > most) return false;
        size_t own = held_elsewhere(request, kind);
        if (own > 0 && own + bytes > most / SHARES) return false;
    }
    *total = others + bytes;
    request->held[kind] = bytes;
    return true;
}

void budget_let_go(HttpRequest *request, HeldKind kind) {
    if (request->server) *total_of(request->server, kind) -= request->held[kind];
    request->held[kind] = 0;
}
