// Who asks, and whether he may: see access.h.
#include "core/api/access.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/api/api_inside.h"
#include "core/base/clock.h"

// ---- proxies -----------------------------------------------------------------------------------

// Nobody reaches the Unix socket but the server's own user and root, who need not lie about it.
static bool is_trusted_proxy(const ApiCall *call) {
    const HttpPeer *peer = http_request_peer(call->request);
    return peer->local || address_list_has(&call->api->options.proxies, peer->address);
}

// The last address of X-Forwarded-For is what the proxy itself saw; those before it are hearsay.
static void read_address(ApiCall *call) {
    const char *chain = http_request_last_header(call->request, "X-Forwarded-For");
    const char *comma = chain ? strrchr(chain, ',') : NULL;
    const char *last = comma ? comma + 1 : chain;
    if (last && is_trusted_proxy(call) && address_without_port(last, call->address)) return;
    snprintf(call->address, sizeof call->address, "%s", http_request_peer(call->request)->address);
}

void access_find_address(ApiCall *call) {
    read_address(call);
    http_request_name_address(call->request, call->address);
}

// Whether the client's own connection is TLS, or stays within the machine.
static bool is_secure(const ApiCall *call) {
    const char *scheme = http_request_last_header(call->request, "X-Forwarded-Proto");
    return http_request_peer(call->request)->secure ||
           (scheme && is_trusted_proxy(call) && strcasecmp(scheme, "https") == 0);
}

// ---- cookies -----------------------------------------------------------------------------------

// A browser takes a name with that prefix from the host itself alone, and only over TLS.
static const char *cookie_name(const ApiCall *call) {
    return is_secure(call) ? "__Host-biaochi" : "biaochi";
}

void access_set_cookie(ApiCall *call, const char *token) {
    bool secure = is_secure(call);
    snprintf(call->cookie, sizeof call->cookie, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s",
             cookie_name(call), token ? token : "", secure ? "; Secure" : "",
             token ? "" : "; Max-Age=0");
}

void access_add_headers(ApiCall *call, HttpAnswer *answer) {
    if (call->cookie[0]) http_answer_header(answer, "Set-Cookie", call->cookie);
}

// ---- who asks ----------------------------------------------------------------------------------

// The token behind "Bearer"; "" for another scheme, which is no good; NULL without the header.
static const char *bearer_of(const HttpRequest *request) {
    static const char scheme[] = "Bearer ";
    const char *header = http_request_header(request, "Authorization");
    if (!header) return NULL;
    return strncasecmp(header, scheme, sizeof scheme - 1) == 0 ? header + sizeof scheme - 1 : "";
}

// A proxy that runs as the server's user must not lend its rights to whoever it serves.
static bool is_forwarded(const HttpRequest *request) {
    static const char *const marks[] = {"Forwarded", "Via", "X-Forwarded-For", "X-Real-IP"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (http_request_header(request, marks[i])) return true;
    return false;
}

static void refuse_scheme(Error *error) {
    error_set(error, ERROR_UNIDENTIFIED, "%s",
              T("Authorization takes \"Bearer\" and an API token, and no other scheme",
                "Authorization 只接受“Bearer”加访问令牌，不接受其他方式"));
    error_hint(error, "%s",
               T("with name and password log in by POST /api/v1/session",
                 "以用户名和密码登录请用 POST /api/v1/session"));
}

static bool identify(ApiCall *call, bool early, Error *error) {
    const HttpPeer *peer = http_request_peer(call->request);
    const DoorRequest shown = {.session = http_request_cookie(call->request, cookie_name(call)),
                               .bearer = bearer_of(call->request),
                               .address = call->address,
                               .local = peer->local && !is_forwarded(call->request),
                               .user = peer->user,
                               .login = http_request_header(call->request, "X-Biaochi-User"),
                               .keeps_token = early,
                               .now_us = clock_now_us()};
    Door *door = call->api->options.door;
    DoorAnswer answer;
    call->cookie[0] = '\0';
    bool good = door_identify(door, &shown, &answer, error);
    if (!good && shown.bearer && !*shown.bearer) refuse_scheme(error);
    // While the body came another request may have had the session's token changed.
    if (!good && call->expected && door_recheck(door, &call->caller, shown.now_us)) {
        *error = (Error){0};
        return true;
    }
    call->caller = answer.caller;
    call->actor = caller_actor(&call->caller);
    if (answer.new_token[0]) access_set_cookie(call, answer.new_token);
    if (!good && !shown.bearer) access_set_cookie(call, NULL);
    http_request_name_user(call->request, call->caller.name);
    return good;
}

static bool refuse(ApiCall *call, const Error *error) {
    if (error->code == ERROR_UNIDENTIFIED) call->challenge = true;
    api_fail(call, error);
    return false;
}

// ---- forgery -----------------------------------------------------------------------------------

static bool is_safe(const ApiCall *call) {
    return strcmp(http_request_method(call->request), "GET") == 0;
}

// Whether "https://host:port" names the host that the request was sent to.
static bool is_own_origin(const HttpRequest *request, const char *origin) {
    const char *host = http_request_header(request, "Host"), *begin = strstr(origin, "://");
    return host && begin && strcasecmp(begin + 3, host) == 0;
}

// What a browser says of where a request comes from; other clients say nothing.
static bool comes_from_elsewhere(const HttpRequest *request) {
    const char *site = http_request_header(request, "Sec-Fetch-Site");
    const char *origin = http_request_header(request, "Origin");
    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0) return true;
    return origin && !is_own_origin(request, origin);
}

// A token is not sent by a browser on its own, a cookie is.
static bool is_own_wish(ApiCall *call, Error *error) {
    if (is_safe(call) || call->caller.kind == CALLER_TOKEN) return true;
    if (comes_from_elsewhere(call->request))
        return error_set(error, ERROR_FORBIDDEN, "%s",
                         T("the request comes from another site", "请求来自其他网站"));
    if (call->caller.kind != CALLER_SESSION || call->route->place == API_OPEN) return true;
    const char *csrf = http_request_header(call->request, "X-CSRF-Token");
    if (door_csrf_is_right(call->api->options.door, &call->caller, csrf)) return true;
    error_set(error, ERROR_FORBIDDEN, "%s",
              csrf ? T("X-CSRF-Token is not this session's", "X-CSRF-Token 不属于本会话")
                   : T("X-CSRF-Token is missing", "缺少 X-CSRF-Token"));
    return error_hint(
        error, "%s",
        T("GET /api/v1/session gives the session's", "可由 GET /api/v1/session 取得本会话的值"));
}

// ---- rights ------------------------------------------------------------------------------------

static const RegionTree *regions(const ApiCall *call) {
    return door_regions(call->api->options.door);
}

bool api_may(const ApiCall *call, Action action, const char *region) {
    return rights_allow(&call->caller, action, region, regions(call));
}

bool api_may_part(const ApiCall *call, Action action, const char *region) {
    return rights_allow_part(&call->caller, action, region, regions(call));
}

static bool require(const ApiCall *call, Action action, const char *region, Error *error) {
    return rights_require(&call->caller, action, region, regions(call), error);
}

bool api_require(ApiCall *call, Action action, const char *region) {
    Error error = {0};
    return require(call, action, region, &error) || refuse(call, &error);
}

bool api_require_about(ApiCall *call, Action action, const char *region, const char *pack) {
    Error error = {0};
    if (!region && pack) region = api_pack_region(call, pack);
    // Of a pack that is not active the answer says that there is none.
    if (!region && pack) return api_require(call, action, NULL);
    if (region) return api_require(call, action, region);
    if (require(call, action, REGION_EVERYWHERE, &error)) return true;
    if (error.code == ERROR_FORBIDDEN)
        error_hint(&error, "%s",
                   T("name a region or a pack of yours", "请指明本人权限内的行政区划或评估包"));
    return refuse(call, &error);
}

// Who has the right nowhere at all is not told whether there is such a pack.
static bool require_pack(const ApiCall *call, bool part, Error *error) {
    const Action action = call->route->action;
    if (!require(call, action, NULL, error)) return false;
    const char *region = api_pack_region(call, api_parameter(call, "pack"));
    if (!region || (part && api_may_part(call, action, region))) return true;
    return require(call, action, region, error);
}

static bool require_route(const ApiCall *call, Error *error) {
    const ApiRoute *route = call->route;
    switch (route->place) {
        case API_OPEN: return true;
        case API_KNOWN: break;
        case API_ANYWHERE: return require(call, route->action, NULL, error);
        case API_EVERYWHERE: return require(call, route->action, REGION_EVERYWHERE, error);
        case API_REGION: return require(call, route->action, api_parameter(call, "region"), error);
        case API_PACK: return require_pack(call, false, error);
        case API_PART_OF_PACK: return require_pack(call, true, error);
    }
    return call->caller.kind != CALLER_NOBODY || require(call, ACTION_OWN_ACCOUNT, NULL, error);
}

static bool look(ApiCall *call, bool early, Error *error) {
    return (identify(call, early, error) || call->route->place == API_OPEN) &&
           is_own_wish(call, error) && require_route(call, error);
}

bool access_is_given(ApiCall *call) {
    call->expected = look(call, true, &call->refusal);
    return call->expected;
}

bool access_check(ApiCall *call) {
    Error error = {0};
    // A second look could find otherwise: the clock may have been set back.
    if (call->refusal.code && !call->expected) return refuse(call, &call->refusal);
    return look(call, false, &error) || refuse(call, &error);
}
