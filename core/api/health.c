// /healthz, /readyz and /metrics: whether the server lives, answers, and how it does.
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

static void metrics(ApiCall *call) {
    Buffer out = {0};
    api_write_metrics(call->api, &out);
    api_answer_bytes(call, 200, "text/plain; version=0.0.4; charset=utf-8", &out);
}

static const ApiRoute routes[] = {
    {{"GET", "/healthz", 0}, healthz, ACTION_NONE, API_OPEN},
    {{"GET", "/readyz", 0}, readyz, ACTION_NONE, API_OPEN},
    {{"GET", "/metrics", 0}, metrics, ACTION_METRICS_READ, API_ANYWHERE},
};
const ApiResource api_health = {routes, sizeof routes / sizeof *routes};
