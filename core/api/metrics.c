// /metrics: how the server does, for Prometheus. scripts/package/README.md says what to alarm on.
#include <stdio.h>
#include <unistd.h>

#include "core/api/api_inside.h"
#include "core/run/worker_process.h"
#include "db/store_health.h"

static void metric(Buffer *out, const char *name, const char *kind, const char *help) {
    buffer_printf(out, "# HELP biaochi_%s %s\n# TYPE biaochi_%s %s\n", name, help, name, kind);
}

static void single(Buffer *out, const char *name, const char *kind, const char *help,
                   double value) {
    metric(out, name, kind, help);
    buffer_printf(out, "biaochi_%s %.17g\n", name, value);
}

static void append_requests(Buffer *out, const HttpStatistics *http) {
    metric(out, "http_requests_total", "counter",
           "Requests that are over, by class of status; none: their client left.");
    buffer_printf(out, "biaochi_http_requests_total{class=\"none\"} %llu\n",
                  (unsigned long long)http->by_status_class[0]);
    for (int c = 1; c < 6; c++)
        buffer_printf(out, "biaochi_http_requests_total{class=\"%dxx\"} %llu\n", c,
                      (unsigned long long)http->by_status_class[c]);
    single(out, "http_refused_total", "counter", "Requests refused before anybody saw them.",
           (double)http->refused);
    single(out, "http_overloaded_total", "counter",
           "Requests refused because too many were open, or held too much.",
           (double)http->overloaded);
    single(out, "http_body_bytes", "gauge", "Bytes of request bodies that are held.",
           (double)http->body_bytes);
    single(out, "http_answer_bytes", "gauge", "Bytes of answers that wait to be taken.",
           (double)http->answer_bytes);
    single(out, "http_received_bytes_total", "counter", "Bytes of request bodies.",
           (double)http->bytes_received);
    single(out, "http_sent_bytes_total", "counter", "Bytes of answers' bodies.",
           (double)http->bytes_sent);
}

static void append_latency(Buffer *out, const HttpStatistics *http) {
    uint64_t below = 0;
    metric(out, "http_request_seconds", "histogram", "From a request's line to its answer.");
    for (int b = 0; b < 15; b++) {
        below += http->latency[b];
        buffer_printf(out, "biaochi_http_request_seconds_bucket{le=\"%g\"} %llu\n",
                      (double)http_latency_bounds_us[b] / 1e6, (unsigned long long)below);
    }
    below += http->latency[15];
    buffer_printf(out,
                  "biaochi_http_request_seconds_bucket{le=\"+Inf\"} %llu\n"
                  "biaochi_http_request_seconds_sum %.6f\n"
                  "biaochi_http_request_seconds_count %llu\n",
                  (unsigned long long)below, (double)http->latency_sum_us / 1e6,
                  (unsigned long long)below);
}

static void append_connections(Buffer *out, const HttpStatistics *http) {
    single(out, "http_connections", "gauge", "Open connections.", http->connections);
    single(out, "http_requests_open", "gauge", "Requests not answered yet.", http->requests_open);
    single(out, "http_streams", "gauge", "Open event streams.", http->streams);
    single(out, "http_turned_away_total", "counter",
           "Connections refused because their address had as many as it may.",
           (double)http->turned_away);
    single(out, "http_handshakes_alone_total", "counter",
           "TLS connections that ended without a request.", (double)http->handshakes_alone);
}

static void append_refusals(Buffer *out, const ApiRefusals *refused) {
    metric(out, "queue_refused_total", "counter", "Calls refused because their queue was full.");
    buffer_printf(out,
                  "biaochi_queue_refused_total{queue=\"desk\"} %llu\n"
                  "biaochi_queue_refused_total{queue=\"aside\"} %llu\n"
                  "biaochi_queue_refused_total{queue=\"door\"} %llu\n",
                  (unsigned long long)refused->desk, (unsigned long long)refused->aside,
                  (unsigned long long)refused->door);
    single(out, "streams_refused_total", "counter",
           "Event streams refused because there were too many.", (double)refused->streams);
}

static void append_service(Buffer *out, const Service *service) {
    ServiceLoad load = service_load(service);
    const Board *board = service_board(service);
    single(out, "ready", "gauge", "1 when all active packs have been evaluated.",
           service_is_ready(service));
    single(out, "desk_waiting", "gauge", "Changes waiting for the desk.",
           (double)load.desk_waiting);
    single(out, "aside_waiting", "gauge", "Jobs waiting in the side queue.",
           (double)load.aside_waiting);
    single(out, "aside_working", "gauge", "Jobs of the side queue at work.",
           (double)load.aside_working);
    single(out, "board_revision", "counter", "Changes that readers have seen.",
           (double)board->revision);
    metric(out, "pack_regions", "gauge", "Regions with results, by active pack.");
    for (size_t i = 0; i < board->count; i++)
        buffer_printf(out, "biaochi_pack_regions{pack=\"%s\"} %u\n",
                      board->packs[i]->description->id, board->packs[i]->region_count);
    metric(out, "pack_failed_rules", "gauge",
           "Rules that failed on the figures there are, counted once a region, by active pack.");
    for (size_t i = 0; i < board->count; i++)
        buffer_printf(out, "biaochi_pack_failed_rules{pack=\"%s\"} %zu\n",
                      board->packs[i]->description->id, board->packs[i]->failures.rules);
}

static void append_certificate(Buffer *out, const HttpServer *server) {
    HttpCertificate dates;
    if (http_server_certificate(server, &dates))
        single(out, "tls_not_after_seconds", "gauge",
               "When the certificate is over, in seconds since 1970.",
               (double)dates.not_after_us / 1e6);
}

static void append_counts(Buffer *out, const ApiCounts *counts) {
    single(out, "logins_failed_total", "counter", "Logins refused: wrong name, password or state.",
           (double)counts->logins_failed);
    single(out, "lockouts_total", "counter", "Accounts locked after wrong passwords.",
           (double)counts->lockouts);
    single(out, "logins_throttled_total", "counter",
           "Logins refused because their address had tried too often.", (double)counts->throttled);
    metric(out, "candidates_total", "counter",
           "Packs that were checked, tested or activated, by how that ended.");
    buffer_printf(out,
                  "biaochi_candidates_total{result=\"good\"} %llu\n"
                  "biaochi_candidates_total{result=\"failed\"} %llu\n",
                  (unsigned long long)counts->candidates_good,
                  (unsigned long long)counts->candidates_failed);
    metric(out, "faults_total", "counter", "Calls answered 500, by what failed.");
    static const ErrorCode codes[] = {ERROR_STORE, ERROR_WORKER, ERROR_SYSTEM};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        buffer_printf(out, "biaochi_faults_total{code=\"%s\"} %llu\n", error_code_name(codes[i]),
                      (unsigned long long)counts->faults[codes[i]]);
}

static void append_workers(Buffer *out) {
    static const char *const names[WORKER_OUTCOMES] = {
        [WORKER_DIED] = "died",       [WORKER_OVERDUE] = "overdue", [WORKER_STUCK] = "stuck",
        [WORKER_GARBAGE] = "garbage", [WORKER_ABSENT] = "absent",
    };
    WorkerLosses losses = worker_losses();
    metric(out, "workers_lost_total", "counter",
           "Worker processes that ended otherwise than they were asked to, by how.");
    for (int i = 0; i < WORKER_OUTCOMES; i++)
        if (names[i])
            buffer_printf(out, "biaochi_workers_lost_total{how=\"%s\"} %llu\n", names[i],
                          (unsigned long long)losses.by_outcome[i]);
}

static void append_store(Buffer *out, Store *store) {
    StoreHealth health;
    StoreSpace space;
    Error ignored = {0};
    store_health(store, &health);
    metric(out, "store_writes_total", "counter", "Transactions that changed something.");
    buffer_printf(out,
                  "biaochi_store_writes_total{result=\"good\"} %llu\n"
                  "biaochi_store_writes_total{result=\"failed\"} %llu\n",
                  (unsigned long long)health.written, (unsigned long long)health.failed);
    single(out, "store_failing", "gauge",
           "1 while the database refuses what is written, or its file was replaced.",
           health.failing || !store_is_in_place(store));
    if (!store_read_space(store, &space, &ignored)) return;
    single(out, "store_bytes", "gauge", "Size of the database.", (double)space.database_bytes);
    single(out, "store_log_bytes", "gauge", "Size of its write-ahead log.",
           (double)space.log_bytes);
    single(out, "store_free_bytes", "gauge", "Free space on its disk.", (double)space.free_bytes);
}

static void append_process(Buffer *out, const Api *api) {
    metric(out, "build_info", "gauge", "1; the program's version.");
    buffer_printf(out, "biaochi_build_info{version=\"%s\",schema=\"%d\"} 1\n", api->options.version,
                  store_schema_version());
    single(out, "start_time_seconds", "gauge", "When the server began, in seconds since 1970.",
           (double)api->began_us / 1e6);
    long size = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file) return;
    if (fscanf(file, "%ld %ld", &size, &resident) == 2)
        single(out, "resident_bytes", "gauge", "Memory of the host process.",
               (double)resident * (double)sysconf(_SC_PAGESIZE));
    fclose(file);
}

void api_write_metrics(const Api *api, Buffer *out) {
    HttpStatistics http = http_server_statistics(api->server);
    append_requests(out, &http);
    append_connections(out, &http);
    append_latency(out, &http);
    append_refusals(out, &api->refused);
    append_certificate(out, api->server);
    append_counts(out, &api->counts);
    append_service(out, api->options.service);
    append_workers(out);
    append_store(out, service_store(api->options.service));
    append_process(out, api);
}
