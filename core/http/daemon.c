// MHD on the loop: its epoll descriptor is polled, and it is run when something is there.
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/http/inside.h"

// Runs in a row while MHD says that it has more to do; then the loop's other work has its turn.
enum { MOST_RUNS = 16 };
// While the rest of a TLS handshake is awaited MHD says that it has more to do, though it has not,
// and would be run without end: it is given a tenth of the time, and at least that much rest. What
// really comes for it ends the rest.
enum { REST_MS = 2, REST_RUNS = 10 };

static bool has_more(const HttpDaemon *daemon) {
    MHD_UNSIGNED_LONG_LONG wait_ms;
    return MHD_get_timeout(daemon->handle, &wait_ms) == MHD_YES && wait_ms == 0;
}

static void run(HttpDaemon *daemon);

static void rested(uv_timer_t *timer) {
    run(timer->data);
}

static void run_again(uv_idle_t *idle) {
    run(idle->data);
}

void daemon_wake(HttpDaemon *daemon) {
    uv_idle_start(&daemon->again, run_again);
}

static void run(HttpDaemon *daemon) {
    int64_t began_ns = clock_monotonic_ns();
    uv_idle_stop(&daemon->again);
    uv_timer_stop(&daemon->rest);
    MHD_run(daemon->handle);
    bool shakes_hands = daemon->speaks_tls && daemon->unasked > 0;
    for (int i = 1; i < MOST_RUNS && !shakes_hands && has_more(daemon); i++)
        MHD_run(daemon->handle);
    if (has_more(daemon) && !shakes_hands) daemon_wake(daemon);
    if (has_more(daemon) && shakes_hands) {
        int64_t rest_ms = REST_MS + REST_RUNS * (clock_monotonic_ns() - began_ns) / 1000000;
        uv_timer_start(&daemon->rest, rested, (uint64_t)rest_ms, 0);
    }
    server_look_for_end(daemon->server);
}

static void something_is_there(uv_poll_t *poll, int status, int events) {
    (void)status, (void)events;
    run(poll->data);
}

static struct MHD_Daemon *start(HttpDaemon *daemon, const TlsFiles *files) {
    const HttpOptions *options = &daemon->server->options;
    // A head that is a little too large is still read whole, so that it is answered by this server
    // and not by MHD; beside it stand MHD's own lists of what it found.
    const size_t memory = 2 * options->largest_headers;
    const struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, files ? files->certificate.data : NULL},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, files ? files->key.data : NULL},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"},
        {MHD_OPTION_END, 0, NULL},
    };
    const struct MHD_OptionItem list[] = {
        {MHD_OPTION_LISTEN_SOCKET, daemon->listener, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)memory, NULL},
        // A few more, so that they can be told that there are too many.
        {MHD_OPTION_CONNECTION_LIMIT, options->most_connections + SPARE_CONNECTIONS, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, 0, NULL}, // deadline.c
        // What its strict mode refuses head.c refuses too, with more, and in this server's words.
        {MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)connection_notify, daemon},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)exchange_ended, daemon},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)exchange_line_came, daemon},
        {files ? MHD_OPTION_ARRAY : MHD_OPTION_END, 0, (void *)tls},
        {MHD_OPTION_END, 0, NULL},
    };
    // "Turbo" leaves the last word on a plain connection to this server (unread.c).
    return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME |
                                (files ? MHD_USE_TLS : MHD_USE_TURBO),
                            0, connection_may_open, daemon, exchange_part_came, daemon,
                            MHD_OPTION_ARRAY, list, MHD_OPTION_END);
}

bool daemon_start(HttpServer *server, HttpDaemon *daemon, int listener, const TlsFiles *files,
                  Error *error) {
    daemon->server = server;
    daemon->listener = listener;
    daemon->speaks_tls = files != NULL;
    daemon->handle = start(daemon, files);
    if (!daemon->handle)
        return error_set(error, ERROR_SYSTEM,
                         T("the HTTP library cannot be started", "无法启动 HTTP 库"));
    int descriptor = MHD_get_daemon_info(daemon->handle, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    uv_poll_init(server->loop, &daemon->poll, descriptor);
    uv_idle_init(server->loop, &daemon->again);
    uv_timer_init(server->loop, &daemon->rest);
    daemon->poll.data = daemon->again.data = daemon->rest.data = daemon;
    daemon->has_handles = true;
    server->open_handles += 3;
    uv_poll_start(&daemon->poll, UV_READABLE, something_is_there);
    MHD_run(daemon->handle); // takes the listening socket into its epoll set
    return true;
}

void daemon_quiesce(HttpDaemon *daemon) {
    if (daemon->listener < 0) return;
    if (daemon->handle) MHD_quiesce_daemon(daemon->handle);
    close(daemon->listener);
    daemon->listener = -1;
}

void daemon_stop(HttpDaemon *daemon) {
    daemon_quiesce(daemon);
    if (daemon->has_handles) {
        daemon->poll.data = daemon->again.data = daemon->rest.data = daemon->server;
        uv_close((uv_handle_t *)&daemon->poll, server_handle_closed);
        uv_close((uv_handle_t *)&daemon->again, server_handle_closed);
        uv_close((uv_handle_t *)&daemon->rest, server_handle_closed);
    }
    if (daemon->handle) MHD_stop_daemon(daemon->handle);
    daemon->handle = NULL;
}
