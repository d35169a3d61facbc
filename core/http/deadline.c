// What a connection may take its time for, and what happens when it takes longer.
//
// MHD's own limit is one of inactivity: a client that sends a byte now and then is never over it.
// Those for requests and answers are therefore absolute, and grow with what has come or was taken:
// a client may be slow, but no slower than the least rate. Streams have no end; one ends whose
// reader takes nothing of what waits for it.
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/http/inside.h"
#include "core/http/socket_bytes.h"

static void refuse_slow_request(HttpConnection *connection) {
    HttpRequest *request = connection->request;
    const HttpOptions *options = &request->server->options;
    char hint[256];
    language_use(http_request_language(request));
    snprintf(hint, sizeof hint,
             T("check the connection and send it again; after %lld seconds at least %zu KiB are to "
               "come each second",
               "请检查网络后重新发送；超过 %lld 秒后，每秒至少应到达 %zu KiB"),
             (long long)(options->request_ms / 1000), options->least_rate >> 10);
    request_refuse_and_close(request, 408, "request_timeout",
                             T("the request did not come whole in time", "请求未能按时完整到达"),
                             hint);
    HttpAnswer answer = answer_of_refusal(request->server, &request->refusal);
    request->status = answer.status;
    language_use_usual();
    connection_last_words(connection, &answer);
    shutdown(connection_socket(connection), SHUT_RD); // so that MHD sees an end, and closes
}

// How long it may take when so many bytes came, or were taken, meanwhile.
static int64_t time_for(const HttpConnection *connection, int64_t usual_ms, int64_t bytes) {
    const size_t rate = connection->daemon->server->options.least_rate;
    return usual_ms + bytes * 1000 / (int64_t)rate;
}

// Whether the client took some of its answer since this was last asked.
static bool takes_its_answer(HttpConnection *connection, int64_t now_ms) {
    int64_t taken = socket_taken(connection_socket(connection));
    if (taken == connection->taken) return false;
    connection->taken = taken;
    connection->since_ms = now_ms;
    return true;
}

// Takes it at once or, slowly, at the least rate. Whoever may open the Unix socket, where bytes are
// not counted, could end the server as well.
static bool is_late_with_answer(HttpConnection *connection, int64_t now_ms) {
    const int64_t usual_ms = connection->daemon->server->options.answer_ms;
    if (now_ms - connection->entered_ms < usual_ms) return false;
    bool takes = takes_its_answer(connection, now_ms);
    if (!takes && now_ms - connection->since_ms >= usual_ms) return true;
    return !connection->daemon->is_local &&
           now_ms - connection->entered_ms >=
               time_for(connection, usual_ms, connection->taken - connection->taken_before);
}

static bool is_late(HttpConnection *connection, int64_t now_ms) {
    const HttpOptions *options = &connection->daemon->server->options;
    int64_t most_ms = options->idle_ms;
    switch (connection->phase) {
        case CONNECTION_IDLE:
            if (!connection->has_asked && options->request_ms < most_ms)
                most_ms = options->request_ms;
            break;
        case CONNECTION_READING:
            most_ms =
                time_for(connection, options->request_ms, (int64_t)connection->request->received);
            break;
        case CONNECTION_SENDING: return is_late_with_answer(connection, now_ms);
        case CONNECTION_STREAMING:
            return stream_is_waiting(connection->request->stream) &&
                   now_ms - connection->since_ms >= options->answer_ms &&
                   !takes_its_answer(connection, now_ms);
        case CONNECTION_WORKING: return false;
    }
    return now_ms - connection->since_ms >= most_ms;
}

// MHD waits for edges, and one edge may bring bytes and the end of what a client has to say. It
// reads the first, and would wait for the second for ever: so an idle connection is asked once, and
// one that was cut is cut again.
enum { CUT_AGAIN_MS = 500 };

static bool has_left(HttpConnection *connection) {
    char byte;
    if (connection->phase != CONNECTION_IDLE || connection->was_probed) return false;
    connection->was_probed = true;
    return recv(connection_socket(connection), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

// Whoever said that no more will come has most likely left. His answer is sent all the same; what
// it costs to work out may be spared.
static void look_for_abandonment(HttpConnection *connection) {
    struct pollfd place = {.fd = connection_socket(connection), .events = POLLRDHUP};
    if (connection->phase == CONNECTION_WORKING && poll(&place, 1, 0) == 1)
        connection->request->is_abandoned = true;
}

void connection_sweep(HttpServer *server) {
    int64_t now_ms = clock_monotonic_ms();
    for (HttpConnection *connection = server->connections; connection;
         connection = connection->after) {
        if (connection->is_cut) {
            if (now_ms - connection->since_ms >= CUT_AGAIN_MS) connection_cut(connection);
            continue;
        }
        if (has_left(connection)) connection_cut(connection);
        look_for_abandonment(connection);
        if (!is_late(connection, now_ms)) continue;
        // A request of which the handler knows nothing can still be answered.
        if (connection->phase == CONNECTION_READING && connection->request->stage < REQUEST_HANDED)
            refuse_slow_request(connection);
        else
            connection_cut(connection);
    }
}
