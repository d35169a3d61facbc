// Sockets that MHD has closed before their client had said all: read until the client stops.
//
// A socket closed with bytes unread, or one that bytes still come to, is reset, and a reset takes
// from the client the answer that it has not read yet: that its body was too large, say. So a
// copy of the descriptor stays open a little longer, and what comes is thrown away.
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/http/inside.h"

enum { LINGER_MS = 2000, PIECES_A_TURN = 16 };

struct HttpLinger {
    uv_poll_t poll; // first, so that the handle's pointer is this struct's
    HttpServer *server;
    HttpLinger *before, *after;
    int socket;
    int64_t until_ms;
};

static void linger_closed(uv_handle_t *handle) {
    HttpLinger *linger = (HttpLinger *)handle;
    handle->data = linger->server;
    server_handle_closed(handle);
    free(linger);
}

static void linger_end(HttpLinger *linger) {
    HttpServer *server = linger->server;
    if (linger->after) linger->after->before = linger->before;
    if (linger->before)
        linger->before->after = linger->after;
    else
        server->lingers = linger->after;
    server->linger_count--;
    uv_close((uv_handle_t *)&linger->poll, linger_closed);
    close(linger->socket);
}

static void something_came(uv_poll_t *poll, int status, int events) {
    (void)events;
    HttpLinger *linger = (HttpLinger *)poll;
    char piece[16384];
    ssize_t got = status < 0 ? 0 : 1;
    for (int i = 0; i < PIECES_A_TURN && got > 0; i++)
        got = recv(linger->socket, piece, sizeof piece, MSG_DONTWAIT);
    bool is_over = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
    if (is_over) linger_end(linger);
}

void linger_begin(HttpServer *server, int socket) {
    int copy = server->linger_count < MOST_LINGERING ? fcntl(socket, F_DUPFD_CLOEXEC, 0) : -1;
    if (copy < 0) return;
    HttpLinger *linger = memory_new(1, sizeof *linger);
    shutdown(copy, SHUT_WR);
    linger->server = server;
    linger->socket = copy;
    linger->until_ms = clock_monotonic_ms() + LINGER_MS;
    linger->after = server->lingers;
    if (server->lingers) server->lingers->before = linger;
    server->lingers = linger;
    server->linger_count++;
    server->open_handles++;
    uv_poll_init(server->loop, &linger->poll, copy);
    uv_poll_start(&linger->poll, UV_READABLE, something_came);
}

void linger_sweep(HttpServer *server, bool all) {
    int64_t now_ms = clock_monotonic_ms();
    for (HttpLinger *linger = server->lingers, *next; linger; linger = next) {
        next = linger->after;
        if (all || now_ms >= linger->until_ms) linger_end(linger);
    }
}
