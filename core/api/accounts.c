// /api/v1/accounts: accounts of others, their grants, sessions and API tokens.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/account_job.h"
#include "core/base/clock.h"

// ---- reading -----------------------------------------------------------------------------------

// Who manages the accounts of a region sees those that have a role in it; those without any role
// are for whoever manages all.
static bool is_for(const ApiCall *call, const Account *account) {
    for (size_t i = 0; i < account->grant_count; i++)
        if (api_may(call, ACTION_ACCOUNTS_READ, account->grants[i].region)) return true;
    return account->grant_count == 0 && api_may(call, ACTION_ACCOUNTS_READ, REGION_EVERYWHERE);
}

static void list(ApiCall *call) {
    const Door *door = call->api->options.door;
    OpenCounts *open = door_count_all_open(door, clock_now_us());
    json_t *rows = json_array();
    for (size_t i = 0; i < door_account_count(door); i++) {
        const Account *account = door_account_at(door, i);
        if (is_for(call, account))
            json_array_append_new(rows, account_job_json_of(call, account, open[i]));
    }
    free(open);
    api_answer_json(call, 200, json_pack("{s:o}", "accounts", rows));
}

// The account of the path; NULL: there is none for the caller, and the call is answered.
static const Account *account_of(ApiCall *call) {
    const char *name = api_parameter(call, "account");
    const Account *account = door_account(call->api->options.door, name);
    if (account && is_for(call, account)) return account;
    api_failf(call, ERROR_NOT_FOUND, T("there is no account \"%s\"", "没有账号“%s”"), name);
    return NULL;
}

static void show(ApiCall *call) {
    const Account *account = account_of(call);
    if (account) api_answer_json(call, 200, account_job_json(call, account));
}

static void add_session(const Session *session, void *context) {
    json_array_append_new(context, api_session_to_json(session, false));
}

static void answer_sessions(ApiCall *call) {
    json_t *rows = json_array();
    door_each_session(call->api->options.door, api_parameter(call, "account"), clock_now_us(),
                      add_session, rows);
    api_answer_json(call, 200, json_pack("{s:o}", "sessions", rows));
}

static void list_sessions(ApiCall *call) {
    if (account_of(call)) answer_sessions(call);
}

static void add_token(const Token *token, void *context) {
    json_array_append_new(context, api_token_to_json(token, clock_now_us()));
}

static void answer_tokens(ApiCall *call) {
    json_t *rows = json_array();
    door_each_token(call->api->options.door, api_parameter(call, "account"), add_token, rows);
    api_answer_json(call, 200, json_pack("{s:o}", "tokens", rows));
}

static void list_tokens(ApiCall *call) {
    if (account_of(call)) answer_tokens(call);
}

// ---- adding ------------------------------------------------------------------------------------

static bool take_grant(AccountJob *job, const char *role, const char *region, const char *unit) {
    Grant *grant = &job->grants[job->grant_count];
    if (!region) region = REGION_EVERYWHERE;
    if (!unit) unit = "";
    if (strlen(region) >= sizeof grant->region || strlen(unit) >= sizeof grant->unit)
        return account_job_refuse(
            job, "grants",
            T("has a region or a unit that is too long", "中有过长的 region 或 unit"));
    if (!role_parse(role, &grant->role, &job->error)) {
        api_fail(job->call, &job->error);
        account_job_free(job);
        return false;
    }
    snprintf(grant->region, sizeof grant->region, "%s", region);
    snprintf(grant->unit, sizeof grant->unit, "%s", unit);
    job->grant_count++;
    return true;
}

static bool is_text_or_absent(const json_t *value) {
    return !value || json_is_null(value) || json_is_string(value);
}

static bool take_grants(AccountJob *job) {
    const json_t *grants = json_object_get(job->body, "grants");
    size_t count = json_array_size(grants);
    if (count == 0 || count > ACCOUNT_MOST_GRANTS)
        return account_job_refuse(job, "grants",
                                  T("must be a list of 1 to 16", "应为含 1 至 16 项的列表"));
    for (size_t i = 0; i < count; i++) {
        const json_t *grant = json_array_get(grants, i), *role = json_object_get(grant, "role"),
                     *region = json_object_get(grant, "region"),
                     *unit = json_object_get(grant, "unit");
        // A region that is misspelt must not mean everywhere.
        size_t known = (role != NULL) + (region != NULL) + (unit != NULL);
        if (!json_is_string(role) || !is_text_or_absent(region) || !is_text_or_absent(unit) ||
            json_object_size(grant) != known)
            return account_job_refuse(
                job, "grants",
                T("must hold grants with the texts \"role\", \"region\" and \"unit\" and no others",
                  "中的授权只能含文本“role”“region”“unit”"));
        if (!take_grant(job, json_string_value(role), json_string_value(region),
                        json_string_value(unit)))
            return false;
    }
    return true;
}

static bool act_add(AccountJob *job) {
    const NewAccount account = {.name = job->name,
                                .title = job->title,
                                .password = job->password ? job->password : job->generated,
                                .grants = job->grants,
                                .grant_count = job->grant_count};
    return accounts_add(&job->auth, &account, &job->account, &job->error);
}

// With the password that was made for it, which is told this once.
static void answer_with_password(AccountJob *job, int status) {
    const Account *account = door_account(job->call->api->options.door, job->name);
    json_t *json = account_job_json(job->call, account);
    if (!job->password) json_object_set_new(json, "one_time_password", json_string(job->generated));
    api_answer_json(job->call, status, json);
}

static void added(AccountJob *job) {
    answer_with_password(job, 201);
}

static void begin_add(ApiCall *call) {
    static const char *const members[] = {"name", "title", "password", "grants", NULL};
    AccountJob *job = account_job_new(call, act_add, added);
    password_generate(job->generated);
    if (account_job_read(job, members) && account_job_text(job, "name", true, &job->name) &&
        account_job_text(job, "title", false, &job->title) &&
        account_job_text(job, "password", false, &job->password) && take_grants(job))
        account_job_begin(job);
}

// ---- changing ----------------------------------------------------------------------------------

// A job about the account of the path; NULL: there is none, and the call is answered.
static AccountJob *job_of(ApiCall *call, bool (*act)(AccountJob *job),
                          void (*answer)(AccountJob *job)) {
    if (!account_of(call)) return NULL;
    AccountJob *job = account_job_new(call, act, answer);
    job->name = api_parameter(call, "account");
    return job;
}

static bool act_title(AccountJob *job) {
    return accounts_set_title(&job->auth, job->name, job->title, &job->account, &job->error);
}

static void begin_title(ApiCall *call) {
    static const char *const members[] = {"title", NULL};
    AccountJob *job = job_of(call, act_title, account_job_answer);
    if (job && account_job_read(job, members) && account_job_text(job, "title", true, &job->title))
        account_job_begin(job);
}

static bool act_disable(AccountJob *job) {
    return accounts_disable(&job->auth, job->name, &job->account, &job->error);
}

static bool act_enable(AccountJob *job) {
    return accounts_enable(&job->auth, job->name, &job->account, &job->error);
}

static bool act_unlock(AccountJob *job) {
    return accounts_unlock(&job->auth, job->name, &job->account, &job->error);
}

static void begin_simple(ApiCall *call, bool (*act)(AccountJob *job)) {
    AccountJob *job = job_of(call, act, account_job_answer);
    if (job) account_job_begin(job);
}

static void begin_disable(ApiCall *call) {
    begin_simple(call, act_disable);
}

static void begin_enable(ApiCall *call) {
    begin_simple(call, act_enable);
}

static void begin_unlock(ApiCall *call) {
    begin_simple(call, act_unlock);
}

static bool act_reset(AccountJob *job) {
    return accounts_reset_password(&job->auth, job->name, job->generated, &job->account,
                                   &job->error);
}

static void reset(AccountJob *job) {
    answer_with_password(job, 200);
}

static void begin_reset(ApiCall *call) {
    AccountJob *job = job_of(call, act_reset, reset);
    if (!job) return;
    password_generate(job->generated);
    account_job_begin(job);
}

// ---- grants ------------------------------------------------------------------------------------

static bool act_grant(AccountJob *job) {
    return accounts_grant(&job->auth, job->name, &job->grants[0], &job->account, &job->error);
}

static bool act_revoke(AccountJob *job) {
    return accounts_revoke(&job->auth, job->name, &job->grants[0], &job->account, &job->error);
}

static void begin_grant(ApiCall *call) {
    static const char *const members[] = {"role", "region", "unit", NULL};
    AccountJob *job = job_of(call, act_grant, account_job_answer);
    const char *role, *region, *unit;
    if (job && account_job_read(job, members) && account_job_text(job, "role", true, &role) &&
        account_job_text(job, "region", false, &region) &&
        account_job_text(job, "unit", false, &unit) && take_grant(job, role, region, unit))
        account_job_begin(job);
}

static void begin_revoke(ApiCall *call) {
    AccountJob *job = job_of(call, act_revoke, account_job_answer);
    if (job && take_grant(job, api_parameter(call, "role"), api_query(call, "region"),
                          api_query(call, "unit")))
        account_job_begin(job);
}

// ---- sessions and tokens -----------------------------------------------------------------------

static void ended(AccountJob *job) {
    answer_sessions(job->call);
}

static void begin_end_all(ApiCall *call) {
    AccountJob *job = job_of(call, account_job_end_session, ended);
    if (job) account_job_begin(job);
}

static void begin_end(ApiCall *call) {
    AccountJob *job = job_of(call, account_job_end_session, ended);
    if (job && account_job_number(job, "session")) account_job_begin(job);
}

static void token_revoked(AccountJob *job) {
    answer_tokens(job->call);
}

static void begin_revoke_token(ApiCall *call) {
    AccountJob *job = job_of(call, account_job_revoke_token, token_revoked);
    if (job && account_job_number(job, "token")) account_job_begin(job);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/accounts", 0}, list, ACTION_ACCOUNTS_READ, API_ANYWHERE},
    {{"POST", "/api/v1/accounts", 65536}, begin_add, ACTION_ACCOUNTS_WRITE, API_ANYWHERE},
    {{"GET", "/api/v1/accounts/{account}", 0}, show, ACTION_ACCOUNTS_READ, API_ANYWHERE},
    {{"PUT", "/api/v1/accounts/{account}/title", API_SMALL_BODY},
     begin_title,
     ACTION_ACCOUNTS_WRITE,
     API_ANYWHERE},
    {{"POST", "/api/v1/accounts/{account}/disable", 0},
     begin_disable,
     ACTION_ACCOUNTS_WRITE,
     API_ANYWHERE},
    {{"POST", "/api/v1/accounts/{account}/enable", 0},
     begin_enable,
     ACTION_ACCOUNTS_WRITE,
     API_ANYWHERE},
    {{"POST", "/api/v1/accounts/{account}/unlock", 0},
     begin_unlock,
     ACTION_ACCOUNTS_WRITE,
     API_ANYWHERE},
    {{"POST", "/api/v1/accounts/{account}/password", 0},
     begin_reset,
     ACTION_ACCOUNTS_WRITE,
     API_ANYWHERE},
    {{"POST", "/api/v1/accounts/{account}/grants", API_SMALL_BODY},
     begin_grant,
     ACTION_ACCOUNTS_WRITE,
     API_ANYWHERE},
    {{"DELETE", "/api/v1/accounts/{account}/grants/{role}?region&unit", 0},
     begin_revoke,
     ACTION_ACCOUNTS_WRITE,
     API_ANYWHERE},
    {{"GET", "/api/v1/accounts/{account}/sessions", 0},
     list_sessions,
     ACTION_ACCOUNTS_READ,
     API_ANYWHERE},
    {{"DELETE", "/api/v1/accounts/{account}/sessions", 0},
     begin_end_all,
     ACTION_ACCOUNTS_WRITE,
     API_ANYWHERE},
    {{"DELETE", "/api/v1/accounts/{account}/sessions/{session}", 0},
     begin_end,
     ACTION_ACCOUNTS_WRITE,
     API_ANYWHERE},
    {{"GET", "/api/v1/accounts/{account}/tokens", 0},
     list_tokens,
     ACTION_ACCOUNTS_READ,
     API_ANYWHERE},
    {{"DELETE", "/api/v1/accounts/{account}/tokens/{token}", 0},
     begin_revoke_token,
     ACTION_ACCOUNTS_WRITE,
     API_ANYWHERE},
};
const ApiResource api_accounts = {routes, sizeof routes / sizeof *routes};
