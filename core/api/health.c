// /healthz, /readyz and /metrics: whether the server lives, answers, and how it does.
#include <stdio.h>
#include <unistd.h>

#include "core/api/api_inside.h"

static void answer_text(ApiCall *call, int status, const char *text) {
    Buffer bytes = {0};
    buffer_text(&bytes, text);
    api_answer_bytes(call, status, "text/plain; charset=utf-8", &bytes);
}

static void healthz(ApiCall *call) {
    answer_text(call, 200, "ok\n");
}

static void readyz(ApiCall *call) {
    bool ready = service_is_ready(api_service(call)) && !call->api->draining;
    answer_text(call, ready ? 200 : 503,
                ready                 ? "ready\n"
                : call->api->draining ? "draining\n"
                                      : "starting\n");
}

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
    single(out, "http_turned_away_total", "counter",
           "Connections refused because their address had as many as it may.",
           (double)http->turned_away);
    single(out, "http_body_bytes", "gauge", "Bytes of request bodies that are held.",
           (double)http->body_bytes);
    single(out, "http_answer_bytes", "gauge", "Bytes of answers that wait to be taken.",
           (double)http->answer_bytes);
    single(out, "http_received_bytes_total", "counter", "Bytes of request bodies.",
           (double)http->bytes_received);
    single(out, "http_sent_bytes_total", "counter", "Bytes of answers' bodies.",
           (double)http->bytes_sent);
    single(out, "http_connections", "gauge", "Open connections.", http->connections);
    single(out, "http_requests_open", "gauge", "Requests not answered yet.", http->requests_open);
    single(out, "http_streams", "gauge", "Open event streams.", http->streams);
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

static void append_process(Buffer *out) {
    long size = 0, resident = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file) return;
    if (fscanf(file, "%ld %ld", &size, &resident) == 2)
        single(out, "resident_bytes", "gauge", "Memory of the host process.",
               (double)resident * (double)sysconf(_SC_PAGESIZE));
    fclose(file);
}

static void metrics(ApiCall *call) {
    Buffer out = {0};
    HttpStatistics http = http_server_statistics(call->api->server);
    append_requests(&out, &http);
    append_latency(&out, &http);
    append_refusals(&out, &call->api->refused);
    append_service(&out, api_service(call));
    append_process(&out);
    api_answer_bytes(call, 200, "text/plain; version=0.0.4; charset=utf-8", &out);
}

static const ApiRoute routes[] = {
    {{"GET", "/healthz", 0}, healthz, ACTION_NONE, API_OPEN},
    {{"GET", "/readyz", 0}, readyz, ACTION_NONE, API_OPEN},
    {{"GET", "/metrics", 0}, metrics, ACTION_METRICS_READ, API_ANYWHERE},
};
const ApiResource api_health = {routes, sizeof routes / sizeof *routes};
