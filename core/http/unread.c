// Requests that end before this server hears of them, because MHD could not read their line.
//
// MHD tells of a request once its line has been read, and closes the connection where it cannot
// be, as a rule without a word. What is seen here is only that a connection is being closed which
// had no request and whose client had said something: that is answered, as far as it still can be,
// and logged.
#include <errno.h>
#include <sys/socket.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/http/inside.h"
#include "core/http/socket_bytes.h"

static bool client_is_there(int socket) {
    char byte;
    ssize_t got = recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got > 0 || (got < 0 && errno == EAGAIN);
}

// Whether something came on a connection that never had a request; `*has_answered`: MHD knew a
// word to say (414, 505).
static bool something_came(int socket, bool *has_answered) {
    uint64_t received, sent;
    if (!socket_bytes(socket, &received, &sent)) return client_is_there(socket);
    *has_answered = sent > 0;
    return received > 1;
}

static void log_unread(HttpConnection *connection) {
    HttpServer *server = connection->daemon->server;
    HttpLogLine line = {.began_us = clock_now_us(),
                        .id = ++server->last_id,
                        .address = connection->peer.address,
                        .user = "-",
                        .method = "-",
                        .path = "-",
                        .status = 400};
    server->statistics.refused++;
    server->statistics.by_status_class[4]++;
    if (server->options.log) server->options.log(&line, server->options.context);
}

void unread_closing(HttpConnection *connection) {
    int socket = connection_socket(connection);
    HttpServer *server = connection->daemon->server;
    bool has_answered = false;
    if (connection->is_cut || connection->is_last || server->is_ending ||
        connection->phase != CONNECTION_IDLE)
        return;
    if (!(connection->has_asked ? client_is_there(socket) : something_came(socket, &has_answered)))
        return;
    connection->lingers = true;
    // What came may have been no more than TLS itself, which has said its last already.
    if (connection->daemon->speaks_tls) {
        server->statistics.handshakes_alone += !connection->has_asked;
        return;
    }
    log_unread(connection);
    if (has_answered) return;
    const Refusal refusal =
        refusal_of(400, "bad_request", T("the request's line is malformed", "请求行格式不正确"),
                   connection->has_asked ? ""
                                         : T("does this port speak the protocol that was used?",
                                             "请确认所用协议与该端口一致"));
    HttpAnswer answer = answer_of_refusal(server, &refusal);
    connection_last_words(connection, &answer);
}
