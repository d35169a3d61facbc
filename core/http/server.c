// The server's start, drain and end: see server.h.
#include "core/http/server.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/http/inside.h"

enum { SHORTEST_SWEEP_MS = 10, LONGEST_SWEEP_MS = 1000 };

// ---- start -------------------------------------------------------------------------------------

static int64_t or_usual(int64_t value, int64_t usual) {
    return value > 0 ? value : usual;
}

// Each connection takes a descriptor: some are left for what else the program opens, and for what
// outlives connections. Without any, those who connect could not even be told so.
static int most_for_descriptors(int most) {
    enum { FOR_THE_REST = 128 + MOST_LINGERING + SPARE_CONNECTIONS };
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > INT_MAX) return most;
    int all = (int)limit.rlim_cur, least = all / 4;
    int left = all - FOR_THE_REST > least ? all - FOR_THE_REST : least;
    return left < most ? left : most;
}

static HttpOptions complete(const HttpOptions *given) {
    HttpOptions options = *given;
    options.address = memory_copy_string(given->address);
    options.certificate = memory_copy_string(given->certificate);
    options.key = memory_copy_string(given->key);
    options.socket_path = memory_copy_string(given->socket_path);
    options.largest_headers = (size_t)or_usual((int64_t)given->largest_headers, 8 << 10);
    options.largest_body = (size_t)or_usual((int64_t)given->largest_body, 1 << 20);
    options.largest_stream = (size_t)or_usual((int64_t)given->largest_stream, 256 << 10);
    options.most_connections = most_for_descriptors((int)or_usual(given->most_connections, 2048));
    options.most_connections_per_address = (int)or_usual(given->most_connections_per_address, 256);
    options.most_requests = (int)or_usual(given->most_requests, 512);
    options.most_body_bytes = (size_t)or_usual((int64_t)given->most_body_bytes, 256 << 20);
    options.most_answer_bytes = (size_t)or_usual((int64_t)given->most_answer_bytes, 256 << 20);
    options.least_rate = (size_t)or_usual((int64_t)given->least_rate, 16 << 10);
    options.idle_ms = or_usual(given->idle_ms, 60000);
    options.request_ms = or_usual(given->request_ms, 30000);
    options.answer_ms = or_usual(given->answer_ms, 30000);
    return options;
}

static void look_around(uv_timer_t *timer) {
    HttpServer *server = timer->data;
    connection_sweep(server);
    linger_sweep(server, false);
    server_look_for_end(server);
}

static void begin_sweeps(HttpServer *server) {
    const HttpOptions *options = &server->options;
    int64_t every_ms = options->idle_ms;
    if (options->request_ms < every_ms) every_ms = options->request_ms;
    if (options->answer_ms < every_ms) every_ms = options->answer_ms;
    every_ms /= 8;
    if (every_ms < SHORTEST_SWEEP_MS) every_ms = SHORTEST_SWEEP_MS;
    if (every_ms > LONGEST_SWEEP_MS) every_ms = LONGEST_SWEEP_MS;
    uv_timer_init(server->loop, &server->sweep);
    server->sweep.data = server;
    server->open_handles++;
    uv_timer_start(&server->sweep, look_around, (uint64_t)every_ms, (uint64_t)every_ms);
}

static bool start_wide(HttpServer *server, const TlsFiles *files, Error *error) {
    const HttpOptions *options = &server->options;
    int listener;
    return (!files || tls_credentials_new(files, &server->credentials, error)) &&
           listen_tcp(options->address, options->port, &listener, &server->port, error) &&
           daemon_start(server, &server->daemons[0], listener, files, error);
}

static bool start_secure(HttpServer *server, Error *error) {
    TlsFiles files;
    if (!tls_read_files(server->options.certificate, server->options.key, &files, error))
        return false;
    bool good = start_wide(server, &files, error);
    tls_free_files(&files);
    return good;
}

static bool start_local(HttpServer *server, Error *error) {
    int listener;
    if (!listen_local(server->options.socket_path, &listener, &server->socket_lock, error)) {
        server->socket_lock = -1;
        return false;
    }
    server->daemons[1].is_local = true;
    return daemon_start(server, &server->daemons[1], listener, NULL, error);
}

static bool start_daemons(HttpServer *server, Error *error) {
    const HttpOptions *options = &server->options;
    server->daemons[0].listener = server->daemons[1].listener = -1;
    if (!options->certificate != !options->key)
        return error_set(
            error, ERROR_INPUT,
            T("a certificate and a key are needed together", "证书与私钥必须同时给出"));
    if (options->address &&
        !(options->certificate ? start_secure(server, error) : start_wide(server, NULL, error)))
        return false;
    return !options->socket_path || start_local(server, error);
}

bool http_server_start(uv_loop_t *loop, const HttpOptions *options, HttpServer **out,
                       Error *error) {
    HttpServer *server = memory_new(1, sizeof *server);
    server->loop = loop;
    server->socket_lock = -1;
    server->options = complete(options);
    begin_sweeps(server);
    if (!start_daemons(server, error)) {
        http_server_free(server);
        return false;
    }
    *out = server;
    return true;
}

int http_server_port(const HttpServer *server) {
    return server->port;
}

HttpStatistics http_server_statistics(const HttpServer *server) {
    return server->statistics;
}

bool http_server_certificate(const HttpServer *server, HttpCertificate *out) {
    if (!server->credentials) return false;
    *out = tls_credentials_dates(server->credentials);
    return true;
}

static bool is_good_now(HttpCertificate dates) {
    int64_t now_us = clock_now_us();
    return dates.not_before_us <= now_us && now_us < dates.not_after_us;
}

// A renewal that went wrong must not take away what works.
static bool may_replace(const HttpServer *server, const TlsCredentials *by, Error *error) {
    HttpCertificate dates = tls_credentials_dates(by);
    if (is_good_now(dates) || !is_good_now(tls_credentials_dates(server->credentials))) return true;
    char when[CLOCK_ZONED_SIZE];
    bool is_over = dates.not_after_us <= clock_now_us();
    clock_format_zoned(is_over ? dates.not_after_us : dates.not_before_us, when);
    return error_set(
        error, ERROR_CONFLICT,
        is_over ? T("the certificate in %s was good until %s", "%s 中的证书已于 %s 过期")
                : T("the certificate in %s is good from %s on only", "%s 中的证书自 %s 起才有效"),
        server->options.certificate, when);
}

bool http_server_reload_tls(HttpServer *server, Error *error) {
    TlsFiles files;
    TlsCredentials *credentials = NULL;
    if (!server->credentials) return true;
    if (!tls_read_files(server->options.certificate, server->options.key, &files, error))
        return false;
    bool good = tls_credentials_new(&files, &credentials, error);
    tls_free_files(&files);
    if (!good) return false;
    if (!may_replace(server, credentials, error)) {
        tls_credentials_release(credentials);
        return false;
    }
    tls_credentials_release(server->credentials);
    server->credentials = credentials;
    return true;
}

// ---- drain and end -----------------------------------------------------------------------------

static void take_no_more(HttpServer *server) {
    for (size_t i = 0; i < 2; i++)
        daemon_quiesce(&server->daemons[i]);
    if (server->socket_lock < 0) return;
    unlink(server->options.socket_path);
    close(server->socket_lock);
    server->socket_lock = -1;
}

void http_server_drain(HttpServer *server, int64_t within_ms, void (*drained)(void *context),
                       void *context) {
    server->is_draining = true;
    server->drain_until_ms = clock_monotonic_ms() + within_ms;
    server->drained = drained;
    server->drained_context = context;
    take_no_more(server);
    for (HttpConnection *connection = server->connections; connection;
         connection = connection->after)
        connection_let_go(connection);
    // Told of by the timer, never from within this call.
    uv_timer_start(&server->sweep, look_around, 0, SHORTEST_SWEEP_MS);
}

void server_look_for_end(HttpServer *server) {
    if (!server->is_draining || server->is_drained) return;
    bool is_over = clock_monotonic_ms() >= server->drain_until_ms;
    if (server->connections && !is_over) return;
    for (HttpConnection *connection = server->connections; connection;
         connection = connection->after) {
        server->statistics.cut_at_drain += connection->request != NULL;
        connection_cut(connection);
    }
    server->is_drained = true;
    uv_timer_stop(&server->sweep);
    if (server->drained) server->drained(server->drained_context);
}

void server_handle_closed(uv_handle_t *handle) {
    HttpServer *server = handle->data;
    server->open_handles--;
}

// MHD does not stop while connections are suspended. What the handler has not answered yet stays
// its own until it does.
static void resume_all(HttpServer *server) {
    for (HttpConnection *connection = server->connections; connection;
         connection = connection->after) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection->handle, MHD_CONNECTION_INFO_CONNECTION_SUSPENDED);
        if (info->suspended) MHD_resume_connection(connection->handle);
    }
}

void http_server_free(HttpServer *server) {
    server->is_ending = true;
    take_no_more(server);
    resume_all(server);
    for (size_t i = 0; i < 2; i++)
        daemon_stop(&server->daemons[i]);
    linger_sweep(server, true);
    uv_close((uv_handle_t *)&server->sweep, server_handle_closed);
    while (server->open_handles > 0)
        uv_run(server->loop, UV_RUN_ONCE);
    tls_credentials_release(server->credentials);
    free((char *)server->options.address);
    free((char *)server->options.certificate);
    free((char *)server->options.key);
    free((char *)server->options.socket_path);
    free(server);
}
