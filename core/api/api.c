// Calls, from request to answer: see api.h.
#include "core/api/api.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/access.h"
#include "core/api/api_inside.h"
#include "core/base/clock.h"
#include "core/pack/pack_names.h"

static const ApiResource *const resources[] = {
    &api_accounts,   &api_activate,      &api_analyses,     &api_audit,      &api_candidates,
    &api_events,     &api_explanations,  &api_exports,      &api_figures,    &api_health,
    &api_impact,     &api_imports,       &api_observations, &api_openapi,    &api_pack_contents,
    &api_pack_files, &api_pack_versions, &api_packs,        &api_properties, &api_refresh,
    &api_regions,    &api_results,       &api_rounds,       &api_runs,       &api_samples,
    &api_session,    &api_tokens,        &api_warnings,
};
enum { RESOURCES = sizeof resources / sizeof *resources };

// ---- making -------------------------------------------------------------------------------------

// A route that says nothing of rights is a programming error.
static void check_route(const ApiRoute *route) {
    bool asks = route->place != API_KNOWN && route->place != API_OPEN;
    if (asks == (route->action != ACTION_NONE)) return;
    fprintf(stderr, "%s %s declares no action\n", route->http.method, route->http.pattern);
    abort();
}

static HttpRouter *make_router(void) {
    const HttpRoute **routes = NULL;
    size_t count = 0, capacity = 0;
    for (size_t r = 0; r < RESOURCES; r++)
        for (size_t i = 0; i < resources[r]->count; i++) {
            check_route(&resources[r]->routes[i]);
            ARRAY_RESERVE(routes, count, capacity);
            routes[count++] = &resources[r]->routes[i].http;
        }
    HttpRouter *router = http_router_new(routes, count);
    free(routes);
    return router;
}

Api *api_new(const ApiOptions *options) {
    Api *api = memory_new(1, sizeof *api);
    unsigned char random[8];
    api->options = *options;
    api->began_us = clock_now_us();
    api->router = make_router();
    api->events = event_hub_new();
    api->kept = kept_bodies_new();
    api->openapi = openapi_body_new();
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(api->boot, sizeof api->boot, random, sizeof random);
    return api;
}

void api_free(Api *api) {
    event_hub_free(api->events);
    kept_bodies_free(api->kept);
    http_body_release(api->openapi);
    http_router_free(api->router);
    free(api);
}

void api_set_server(Api *api, const HttpServer *server) {
    api->server = server;
}

void api_set_draining(Api *api) {
    api->draining = true;
}

// ---- requests -----------------------------------------------------------------------------------

// The request's call, which may have begun with its headers.
static ApiCall *begin_call(Api *api, HttpRequest *request) {
    ApiCall *call = http_request_data(request);
    if (call) return call;
    call = memory_new(1, sizeof *call);
    http_request_put(request, call, free);
    *call = (ApiCall){.api = api, .request = request, .language = http_request_language(request)};
    call->route = (const ApiRoute *)http_router_find(api->router, http_request_method(request),
                                                     http_request_path(request), &call->parameters,
                                                     call->methods);
    access_find_address(call);
    return call;
}

// A large body is not waited for from who has no right to send it; a small one costs less than the
// connection that would end with the refusal.
bool api_expect_body(HttpRequest *request, size_t declared, size_t *most, void *context) {
    ApiCall *call = begin_call(context, request);
    const ApiRoute *route = call->route;
    if (route && route->http.largest_body) *most = route->http.largest_body;
    if (route && route->place == API_OPEN) *most = HTTP_FREE_BYTES;
    return declared <= HTTP_FREE_BYTES || (route && access_is_given(call));
}

bool api_is_probe(const HttpRequest *request) {
    static const char *const paths[] = {"/healthz", "/readyz", "/metrics"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        if (strcmp(http_request_path(request), paths[i]) == 0) return true;
    return false;
}

static void no_route(ApiCall *call) {
    const char *routes = call->methods;
    HttpAnswer answer = {.status = *routes ? 405 : 404};
    char allowed[96] = "";
    // Each path answers OPTIONS, and HEAD where it answers GET.
    if (*routes)
        snprintf(allowed, sizeof allowed, "%s%s, OPTIONS", routes,
                 strstr(routes, "GET") ? ", HEAD" : "");
    if (*allowed) http_answer_header(&answer, "Allow", allowed);
    if (*allowed && strcmp(http_request_method(call->request), "OPTIONS") == 0) {
        answer.status = 204;
    } else if (*allowed) {
        char hint[128];
        snprintf(hint, sizeof hint, T("this path takes %s", "该路径接受的方法：%s"), allowed);
        api_refuse(&answer, "method_not_allowed",
                   T("the method is not allowed here", "该路径不接受此方法"), hint, call->api);
    } else {
        api_refuse(
            &answer, "not_found", T("there is no such path", "没有该路径"),
            T("GET /api/v1/openapi.json lists the paths", "GET /api/v1/openapi.json 列出全部路径"),
            call->api);
    }
    http_answer(call->request, &answer);
}

typedef struct QueryCheck {
    const ApiRoute *route;
    const char *unknown; // the first one; NULL: none
} QueryCheck;

static void check_parameter(const char *name, const char *value, void *context) {
    (void)value;
    QueryCheck *check = context;
    if (!check->unknown && !http_route_takes(&check->route->http, name)) check->unknown = name;
}

// A misspelt parameter would not be missed, and what it was to spare would be changed, or what it
// was to leave out told.
static bool check_query(ApiCall *call) {
    // Balancers add one to their probes, lest a cache answer.
    if (api_is_probe(call->request)) return true;
    QueryCheck check = {.route = call->route};
    http_request_each_query(call->request, check_parameter, &check);
    if (!check.unknown) return true;
    api_failf(call, ERROR_USAGE, T("there is no parameter \"%s\" here", "此处没有参数“%s”"),
              check.unknown);
    return false;
}

// What a body says that is not looked at would be missed no more than a parameter. One that says
// nothing is sent by clients that send one with every POST.
static bool check_body(ApiCall *call) {
    size_t length;
    const char *body = http_request_body(call->request, &length);
    if (call->route->http.largest_body > 0 || length == 0) return true;
    if (length == 2 && memcmp(body, "{}", 2) == 0) return true;
    Error error = {0};
    error_set(&error, ERROR_USAGE, "%s", T("this path takes no body", "该路径不接受请求体"));
    error_hint(
        &error, "%s",
        T("what it takes stands in the path and the query", "所需内容均在路径和查询参数中给出"));
    api_fail(call, &error);
    return false;
}

void api_handle(HttpRequest *request, void *context) {
    ApiCall *call = begin_call(context, request);
    language_use(call->language);
    if (!call->route)
        no_route(call);
    else if (access_check(call) && check_query(call) && check_body(call))
        call->route->handle(call);
    language_use_usual();
}

Service *api_service(const ApiCall *call) {
    return call->api->options.service;
}

const char *api_parameter(const ApiCall *call, const char *name) {
    const char *value = http_parameter(&call->parameters, name);
    return value ? value : "";
}

const char *api_query(const ApiCall *call, const char *name) {
    return http_request_query(call->request, name);
}

bool api_query_integer(ApiCall *call, const char *name, int64_t least, int64_t most,
                       int64_t *value) {
    const char *text = api_query(call, name);
    if (!text) return true;
    char *end;
    long long number = strtoll(text, &end, 10);
    if (end != text && !*end && number >= least && number <= most) {
        *value = number;
        return true;
    }
    api_failf(call, ERROR_USAGE,
              T("%s takes a whole number from %lld to %lld, not \"%s\"",
                "%s 应为 %lld 至 %lld 之间的整数，而不是“%s”"),
              name, (long long)least, (long long)most, text);
    return false;
}

bool api_query_boolean(ApiCall *call, const char *name, bool *value) {
    const char *text = api_query(call, name);
    if (!text) return true;
    bool yes = strcmp(text, "true") == 0;
    if (yes || strcmp(text, "false") == 0) {
        *value = yes;
        return true;
    }
    api_failf(call, ERROR_USAGE,
              T("%s takes true or false, not \"%s\"", "%s 应为 true 或 false，而不是“%s”"), name,
              text);
    return false;
}

// ---- packs --------------------------------------------------------------------------------------

const char *api_pack_region(const ApiCall *call, const char *id) {
    const Board *board = service_board(api_service(call));
    const BoardPack *pack = board_find(board, id);
    const BoardRetired *retired = pack ? NULL : board_find_retired(board, id);
    return pack ? pack->description->region : retired ? retired->region : NULL;
}

const char *api_known_pack(ApiCall *call) {
    const char *region = api_pack_region(call, api_parameter(call, "pack"));
    if (!region) (void)api_pack(call); // says why there is none
    return region;
}

static void refuse_retired(ApiCall *call, const char *id) {
    Error error = {0};
    error_set(&error, ERROR_NOT_FOUND,
              T("pack \"%s\" was taken out of service", "评估包“%s”已停用"), id);
    error_hint(&error, "%s",
               T("roll it back, or activate one of its versions, to have it again",
                 "如需恢复，请回退该评估包，或激活其某个版本"));
    api_fail(call, &error);
}

const BoardPack *api_pack(ApiCall *call) {
    return api_pack_called(call, api_parameter(call, "pack"));
}

static void refuse_pack(ApiCall *call, const char *id) {
    const Board *board = service_board(api_service(call));
    PackNames names = {0};
    Error error = {0};
    for (size_t i = 0; i < board->count; i++)
        pack_names_add(&names, board->packs[i]->description->id);
    pack_names_refuse(&names, id, &error);
    pack_names_free(&names);
    api_fail(call, &error);
}

const BoardPack *api_pack_called(ApiCall *call, const char *id) {
    const BoardPack *pack = board_find(service_board(api_service(call)), id);
    if (!pack && !service_is_ready(api_service(call)))
        api_fail_busy(call);
    else if (!pack && board_find_retired(service_board(api_service(call)), id))
        refuse_retired(call, id);
    else if (!pack)
        refuse_pack(call, id);
    return pack;
}

const BoardPack *api_pack_results(ApiCall *call) {
    const BoardPack *pack = api_pack(call);
    if (pack && !pack->layout) {
        api_fail(call, &pack->problem);
        return NULL;
    }
    return pack;
}

int api_region(ApiCall *call, const BoardPack *pack) {
    const char *code = api_parameter(call, "region");
    int region = board_find_region(pack, code);
    if (region >= 0 && pack->regions[region].bytes.length) return region;
    api_failf(call, ERROR_NOT_FOUND,
              T("pack \"%s\" has no results of region %s for %d",
                "评估包“%s”没有行政区划 %s %d 年的结果"),
              pack->description->id, code, pack->year);
    return -1;
}

// ---- jobs ---------------------------------------------------------------------------------------

bool api_aside(ApiCall *call, AsideWork work, WorkQueueDone done, void *context) {
    if (service_aside(api_service(call), &call->actor, work, done, context)) return true;
    call->api->refused.aside++;
    api_fail_busy(call);
    return false;
}

bool api_is_in_vain(const ApiCall *call, Error *error) {
    bool asks = strcmp(http_request_method(call->request), "GET") == 0;
    if (service_is_closing(api_service(call)))
        error_set(error, ERROR_CANCELLED, "%s",
                  T("the server stops; this was not begun", "服务器正在停止，此项未开始处理"));
    else if (asks && http_request_is_abandoned(call->request))
        error_set(error, ERROR_CANCELLED, "%s",
                  T("the client left before this was begun", "客户端已离开，此项未开始处理"));
    else
        return false;
    error_hint(error, "%s", T("nothing was changed; ask again", "未作任何更改；请重新请求"));
    return true;
}

bool api_at_desk(ApiCall *call, DeskWork work, WorkQueueDone done, void *context) {
    if (service_at_desk(api_service(call), &call->actor, work, done, context)) return true;
    call->api->refused.desk++;
    api_fail_busy(call);
    return false;
}

bool api_at_door(ApiCall *call, DoorWork work, WorkQueueDone done, void *context) {
    if (service_at_door(api_service(call), &call->actor, work, done, context)) return true;
    call->api->refused.door++;
    api_fail_busy(call);
    return false;
}
