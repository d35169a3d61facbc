// What a connection may take its time for, and what happens when it takes longer.
//
// MHD's own limit is one of inactivity: a client that sends a byte now and then is never over it.
// These are absolute, and cover each phase of a connection.
#include <sys/socket.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/http/inside.h"
#include "core/http/socket_bytes.h"

static void refuse_slow_request(HttpConnection *connection) {
    HttpRequest *request = connection->request;
    language_use(http_request_language(request));
    request_refuse_and_close(request, 408, "request_timeout",
                             T("the request did not come whole in time", "请求未能按时完整到达"),
                             T("check the connection and send it again", "请检查网络后重新发送"));
    HttpAnswer answer = answer_of_refusal(request->server, &request->refusal);
    request->status = answer.status;
    language_use_usual();
    connection_last_words(connection, &answer);
    shutdown(connection_socket(connection), SHUT_RD); // so that MHD sees an end, and closes
}

static int64_t allowed_ms(const HttpConnection *connection) {
    const HttpOptions *options = &connection->daemon->server->options;
    switch (connection->phase) {
        case CONNECTION_IDLE:
            return connection->has_asked || options->idle_ms < options->request_ms
                       ? options->idle_ms
                       : options->request_ms;
        case CONNECTION_READING: return options->request_ms;
        case CONNECTION_SENDING: return options->answer_ms;
        case CONNECTION_STREAMING:
            return stream_is_waiting(connection->request->stream) ? options->answer_ms : INT64_MAX;
        case CONNECTION_WORKING: break;
    }
    return INT64_MAX;
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

// Whether the client took some of its answer since this was last asked.
static bool takes_its_answer(HttpConnection *connection, int64_t now_ms) {
    if (connection->phase != CONNECTION_SENDING && connection->phase != CONNECTION_STREAMING)
        return false;
    int64_t taken = socket_taken(connection_socket(connection));
    if (taken == connection->taken) return false;
    connection->taken = taken;
    connection->since_ms = now_ms;
    return true;
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
        if (now_ms - connection->since_ms < allowed_ms(connection)) continue;
        if (takes_its_answer(connection, now_ms)) continue;
        // A request of which the handler knows nothing can still be answered.
        if (connection->phase == CONNECTION_READING && connection->request->stage < REQUEST_HANDED)
            refuse_slow_request(connection);
        else
            connection_cut(connection);
    }
}
