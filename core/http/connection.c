// Open sockets: who is at the other end, what each is at, and how long that may take.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "core/base/clock.h"
#include "core/http/inside.h"
#include "core/http/socket_bytes.h"

int connection_socket(const HttpConnection *connection) {
    return MHD_get_connection_info(connection->handle, MHD_CONNECTION_INFO_CONNECTION_FD)
        ->connect_fd;
}

HttpConnection *connection_of(struct MHD_Connection *handle) {
    return MHD_get_connection_info(handle, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

// ---- opening and closing -----------------------------------------------------------------------

static void write_address(const struct sockaddr *address, char *out, socklen_t size) {
    snprintf(out, size, "-");
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const void *)address;
        inet_ntop(AF_INET, &four->sin_addr, out, size);
    } else if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const void *)address;
        if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
            inet_ntop(AF_INET, &six->sin6_addr.s6_addr[12], out, size);
        else
            inet_ntop(AF_INET6, &six->sin6_addr, out, size);
    }
}

static void name_peer(HttpConnection *connection) {
    HttpPeer *peer = &connection->peer;
    const struct sockaddr *address =
        MHD_get_connection_info(connection->handle, MHD_CONNECTION_INFO_CLIENT_ADDRESS)
            ->client_addr;
    peer->secure = connection->daemon->speaks_tls;
    write_address(address, peer->address, sizeof peer->address);
}

static void name_local_peer(HttpConnection *connection) {
    HttpPeer *peer = &connection->peer;
    struct ucred who = {.uid = UINT32_MAX};
    socklen_t size = sizeof who;
    getsockopt(connection_socket(connection), SOL_SOCKET, SO_PEERCRED, &who, &size);
    snprintf(peer->address, sizeof peer->address, "local");
    peer->local = peer->secure = true;
    peer->user = who.uid;
}

static int connections_from(const HttpServer *server, const char *address) {
    int count = 0;
    char network[NETWORK_SIZE];
    network_of(address, network);
    for (const HttpConnection *each = server->connections; each; each = each->after)
        count += strcmp(each->network, network) == 0;
    return count;
}

enum MHD_Result connection_may_open(void *context, const struct sockaddr *address, socklen_t size) {
    (void)size;
    const HttpDaemon *daemon = context;
    HttpServer *server = daemon->server;
    const HttpOptions *options = &server->options;
    char from[sizeof((HttpPeer){0}).address];
    if (daemon->is_local) return MHD_YES;
    write_address(address, from, sizeof from);
    if (address_list_has(&options->proxies, from)) return MHD_YES;
    if (connections_from(server, from) < options->most_connections_per_address) return MHD_YES;
    server->statistics.turned_away++;
    return MHD_NO;
}

// Where there are as many as there may be, the one that has been idle longest makes room. False
// when all are at work.
static bool make_room(HttpServer *server) {
    HttpConnection *idlest = NULL;
    for (HttpConnection *each = server->connections; each; each = each->after)
        if (each->phase == CONNECTION_IDLE && !each->is_cut &&
            (!idlest || each->since_ms <= idlest->since_ms))
            idlest = each;
    if (idlest) connection_cut(idlest);
    return idlest != NULL;
}

static void opened(HttpDaemon *daemon, struct MHD_Connection *handle, void **socket_context) {
    HttpServer *server = daemon->server;
    HttpConnection *connection = memory_new(1, sizeof *connection);
    connection->daemon = daemon;
    connection->handle = handle;
    if (daemon->is_local)
        name_local_peer(connection);
    else
        name_peer(connection);
    network_of(connection->peer.address, connection->network);
    if (daemon->speaks_tls)
        connection->credentials = tls_credentials_use(server->credentials, handle);
    connection_enter(connection, CONNECTION_IDLE);
    if (server->statistics.connections >= server->options.most_connections)
        connection->is_surplus = !make_room(server);
    connection->after = server->connections;
    if (server->connections) server->connections->before = connection;
    server->connections = connection;
    server->statistics.connections++;
    daemon->unasked++;
    *socket_context = connection;
}

static void closed(HttpConnection *connection) {
    HttpServer *server = connection->daemon->server;
    unread_closing(connection);
    if (connection->lingers && !server->is_ending)
        linger_begin(server, connection_socket(connection));
    if (connection->after) connection->after->before = connection->before;
    if (connection->before)
        connection->before->after = connection->after;
    else
        server->connections = connection->after;
    server->statistics.connections--;
    connection->daemon->unasked -= !connection->has_asked;
    tls_credentials_release(connection->credentials);
    free(connection);
}

void connection_notify(void *context, struct MHD_Connection *handle, void **socket_context,
                       enum MHD_ConnectionNotificationCode code) {
    if (code == MHD_CONNECTION_NOTIFY_STARTED)
        opened(context, handle, socket_context);
    else
        closed(*socket_context);
}

void connection_enter(HttpConnection *connection, ConnectionPhase phase) {
    connection->phase = phase;
    connection->was_probed = false;
    connection->entered_ms = connection->since_ms = clock_monotonic_ms();
    if (phase == CONNECTION_SENDING)
        connection->taken = connection->taken_before = socket_taken(connection_socket(connection));
}

void connection_resume(HttpConnection *connection) {
    MHD_resume_connection(connection->handle);
    daemon_wake(connection->daemon);
}

void connection_cut(HttpConnection *connection) {
    connection->is_cut = true;
    connection->since_ms = clock_monotonic_ms();
    if (connection->request) connection->request->is_abandoned = true;
    shutdown(connection_socket(connection), SHUT_RDWR);
}

void connection_let_go(HttpConnection *connection) {
    if (connection->phase == CONNECTION_STREAMING)
        http_stream_close(connection->request->stream);
    else if (connection->phase == CONNECTION_IDLE)
        shutdown(connection_socket(connection), SHUT_RD); // what has arrived is still read
}

// ---- answers past MHD --------------------------------------------------------------------------

static void write_bytes(const HttpConnection *connection, const Buffer *bytes) {
    if (connection->daemon->speaks_tls) {
        tls_write(connection->handle, bytes);
        return;
    }
    ssize_t sent = send(connection_socket(connection), bytes->data, bytes->length,
                        MSG_DONTWAIT | MSG_NOSIGNAL);
    (void)sent; // a client that takes nothing is not waited for
}

void connection_last_words(HttpConnection *connection, HttpAnswer *answer) {
    Buffer out = {0};
    char date[64];
    size_t length = answer->bytes.length;
    const char *bytes = answer->body ? http_body_bytes(answer->body, &length) : answer->bytes.data;
    time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &parts);
    buffer_printf(&out, "HTTP/1.1 %d %s\r\nDate: %s\r\nConnection: close\r\n", answer->status,
                  answer_reason(answer->status), date);
    if (answer->type) buffer_printf(&out, "Content-Type: %s\r\n", answer->type);
    for (size_t i = 0; i < answer->header_count; i++)
        buffer_printf(&out, "%s: %s\r\n", answer->headers[i].name, answer->headers[i].value);
    buffer_printf(&out, "Content-Length: %zu\r\n\r\n", length);
    buffer_append(&out, bytes, length);
    write_bytes(connection, &out);
    buffer_free(&out);
    answer_release(answer);
    connection->is_cut = connection->lingers = true;
    connection->since_ms = clock_monotonic_ms();
}
