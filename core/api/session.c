// /api/v1/session: logging in and out, who one is, one's password and sessions.
#include <stdio.h>
#include <string.h>

#include "core/api/access.h"
#include "core/api/account_job.h"
#include "core/api/api_inside.h"
#include "core/base/clock.h"

static Door *door_of(const ApiCall *call) {
    return call->api->options.door;
}

// ---- who one is --------------------------------------------------------------------------------

static void add_once(json_t *regions, const char *region) {
    for (size_t i = 0; i < json_array_size(regions); i++)
        if (strcmp(json_string_value(json_array_get(regions, i)), region) == 0) return;
    json_array_append_new(regions, json_string(region));
}

// Where the caller may do it: the heads of the regions.
static json_t *regions_of(const ApiCall *call, Action action) {
    const Caller *caller = &call->caller;
    json_t *regions = json_array();
    if (caller->kind == CALLER_LOCAL) add_once(regions, REGION_EVERYWHERE);
    for (size_t i = 0; i < caller->grant_count; i++) {
        const char *granted = caller->grants[i].region;
        if (!role_may(caller->grants[i].role, action)) continue;
        if (api_may(call, action, granted))
            add_once(regions, granted);
        else if (caller->kind == CALLER_TOKEN && api_may(call, action, caller->token_region))
            add_once(regions, caller->token_region);
    }
    return regions;
}

static json_t *rights_to_json(const ApiCall *call) {
    json_t *rights = json_array();
    for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
        if (api_may(call, (Action)action, NULL))
            json_array_append_new(rights, json_pack("{s:s, s:s, s:o}", "action",
                                                    action_name((Action)action), "title",
                                                    action_title((Action)action), "regions",
                                                    regions_of(call, (Action)action)));
    return rights;
}

typedef struct OwnSession {
    int64_t id;
    json_t *json;
} OwnSession;

static void find_own(const Session *session, void *context) {
    OwnSession *own = context;
    if (session->id == own->id) own->json = api_session_to_json(session, true);
}

static json_t *self_to_json(const ApiCall *call) {
    static const char *const kinds[] = {"nobody", "session", "token", "local"};
    const Caller *caller = &call->caller;
    const Door *door = door_of(call);
    const Account *account = door_account(door, caller->name);
    char csrf[SECRET_CSRF_SIZE], scopes[SCOPES_TEXT_SIZE];
    OwnSession own = {.id = caller->session};
    json_t *grants = json_array();
    for (size_t i = 0; i < caller->grant_count; i++)
        json_array_append_new(grants, api_grant_to_json(call, &caller->grants[i]));
    door_csrf(door, caller, csrf);
    scopes_text(caller->scopes, scopes);
    if (own.id) door_each_session(door, caller->name, clock_now_us(), find_own, &own);
    return json_pack("{s:s, s:o, s:o, s:b, s:s?, s:s?, s:o, s:o, s:o}", "kind", kinds[caller->kind],
                     "name", view_text_to_json(caller->name), "title",
                     view_text_or_null(account ? account->title : NULL), "must_change_password",
                     caller->must_change_password, "csrf", csrf[0] ? csrf : NULL, "scopes",
                     scopes[0] ? scopes : NULL, "session", own.json ? own.json : json_null(),
                     "grants", grants, "rights", rights_to_json(call));
}

static void show(ApiCall *call) {
    api_answer_json(call, 200, self_to_json(call));
}

// ---- logging in --------------------------------------------------------------------------------

static bool may_try(ApiCall *call) {
    int64_t retry_us;
    if (door_may_try(door_of(call), call->address, clock_now_us(), &retry_us)) return true;
    call->api->counts.throttled++;
    api_fail_later(call, retry_us);
    return false;
}

// The caller is from now on whoever the token says.
static void become(ApiCall *call, const char *token) {
    DoorAnswer answer;
    Error error = {0};
    const DoorRequest request = {
        .session = token, .address = call->address, .now_us = clock_now_us()};
    (void)!door_identify(door_of(call), &request, &answer, &error);
    call->caller = answer.caller;
    http_request_name_user(call->request, call->caller.name);
    access_set_cookie(call, token);
}

static bool act_log_in(AccountJob *job) {
    const LoginRequest request = {.name = job->name,
                                  .password = job->password,
                                  .address = job->call->address,
                                  .client = http_request_header(job->call->request, "User-Agent")};
    bool good = login(&job->auth, &request, &job->login, &job->error);
    job->account = job->login.account;
    job->is_login = true;
    return good;
}

static void logged_in(AccountJob *job) {
    ApiCall *call = job->call;
    const Login *login = &job->login;
    door_forgive(door_of(call), call->address, clock_now_us());
    become(call, login->token);
    json_t *self = self_to_json(call);
    json_object_set_new(self, "last_login",
                        json_pack("{s:o, s:o, s:i}", "at", view_time_to_json(login->last_at_us),
                                  "from", view_text_or_null(login->last_from), "failures",
                                  login->failures));
    api_answer_json(call, 200, self);
}

static void begin_login(ApiCall *call) {
    static const char *const members[] = {"name", "password", NULL};
    AccountJob *job = account_job_new(call, act_log_in, logged_in);
    if (!account_job_read(job, members) || !account_job_text(job, "name", true, &job->name) ||
        !account_job_text(job, "password", true, &job->password))
        return;
    if (may_try(call))
        account_job_begin(job);
    else
        account_job_free(job);
}

// ---- leaving -----------------------------------------------------------------------------------

static bool act_leave(AccountJob *job) {
    return logout(&job->auth, &job->account, &job->error);
}

static void left(AccountJob *job) {
    access_set_cookie(job->call, NULL);
    api_answer_json(job->call, 200,
                    json_pack("{s:I}", "ended", (json_int_t)job->call->caller.session));
}

static bool has_session(ApiCall *call) {
    if (call->caller.kind == CALLER_SESSION) return true;
    api_failf(call, ERROR_NOT_FOUND, "%s", T("this request has no session", "该请求没有会话"));
    return false;
}

static void begin_logout(ApiCall *call) {
    if (has_session(call)) account_job_begin(account_job_new(call, act_leave, left));
}

// ---- one's password ----------------------------------------------------------------------------

static bool act_change(AccountJob *job) {
    bool good = login_change_password(&job->auth, job->old_password, job->password, &job->changed,
                                      &job->error);
    job->account = job->changed.account;
    return good;
}

static void changed(AccountJob *job) {
    ApiCall *call = job->call;
    door_forgive(door_of(call), call->address, clock_now_us());
    become(call, job->changed.token);
    show(call);
}

static void begin_change(ApiCall *call) {
    static const char *const members[] = {"old", "new", NULL};
    if (!has_session(call)) return;
    AccountJob *job = account_job_new(call, act_change, changed);
    if (!account_job_read(job, members) ||
        !account_job_text(job, "old", true, &job->old_password) ||
        !account_job_text(job, "new", true, &job->password))
        return;
    if (may_try(call))
        account_job_begin(job);
    else
        account_job_free(job);
}

// ---- one's sessions ----------------------------------------------------------------------------

typedef struct SessionList {
    const ApiCall *call;
    json_t *rows;
} SessionList;

json_t *api_session_to_json(const Session *session, bool is_own) {
    return json_pack("{s:I, s:o, s:o, s:o, s:o, s:b}", "id", (json_int_t)session->id, "began_at",
                     view_time_to_json(session->began_at_us), "seen_at",
                     view_time_to_json(session->seen_at_us), "address",
                     view_text_or_null(session->address), "client",
                     view_text_or_null(session->client), "this", is_own);
}

static void add_session(const Session *session, void *context) {
    const SessionList *list = context;
    json_array_append_new(list->rows,
                          api_session_to_json(session, session->id == list->call->caller.session));
}

static void answer_sessions(ApiCall *call) {
    SessionList list = {.call = call, .rows = json_array()};
    door_each_session(door_of(call), call->caller.name, clock_now_us(), add_session, &list);
    api_answer_json(call, 200, json_pack("{s:o}", "sessions", list.rows));
}

static void ended(AccountJob *job) {
    if (job->id == job->call->caller.session) access_set_cookie(job->call, NULL);
    answer_sessions(job->call);
}

// The one that asks too.
static void ended_all(AccountJob *job) {
    access_set_cookie(job->call, NULL);
    answer_sessions(job->call);
}

static void begin_end_all(ApiCall *call) {
    AccountJob *job = account_job_new(call, account_job_end_session, ended_all);
    job->name = call->caller.name;
    account_job_begin(job);
}

static void begin_end(ApiCall *call) {
    AccountJob *job = account_job_new(call, account_job_end_session, ended);
    job->name = call->caller.name;
    if (account_job_number(job, "session")) account_job_begin(job);
}

static const ApiRoute routes[] = {
    {{"POST", "/api/v1/session", API_SMALL_BODY}, begin_login, ACTION_NONE, API_OPEN},
    {{"GET", "/api/v1/session", 0}, show, ACTION_NONE, API_KNOWN},
    {{"DELETE", "/api/v1/session", 0}, begin_logout, ACTION_NONE, API_KNOWN},
    {{"POST", "/api/v1/session/password", API_SMALL_BODY}, begin_change, ACTION_NONE, API_KNOWN},
    {{"GET", "/api/v1/session/sessions", 0}, answer_sessions, ACTION_OWN_ACCOUNT, API_ANYWHERE},
    {{"DELETE", "/api/v1/session/sessions", 0}, begin_end_all, ACTION_OWN_ACCOUNT, API_ANYWHERE},
    {{"DELETE", "/api/v1/session/sessions/{session}", 0},
     begin_end,
     ACTION_OWN_ACCOUNT,
     API_ANYWHERE},
};
const ApiResource api_session = {routes, sizeof routes / sizeof *routes};
