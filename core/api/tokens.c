// /api/v1/tokens: one's own API tokens.
#include <string.h>

#include "core/api/account_job.h"
#include "core/base/clock.h"

#define DAY_US (INT64_C(86400) * 1000000)

json_t *api_token_to_json(const Token *token, int64_t now_us) {
    json_t *scopes = json_array();
    for (int scope = 0; scope < SCOPE_COUNT; scope++)
        if (token->scopes & SCOPE_BIT(scope))
            json_array_append_new(scopes, json_string(scope_name((Scope)scope)));
    return json_pack("{s:I, s:o, s:o, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
                     (json_int_t)token->id, "name", view_text_to_json(token->name), "scopes",
                     scopes, "region", view_text_to_json(token->region), "state",
                     token->revoked_at_us           ? "revoked"
                     : token_is_over(token, now_us) ? "expired"
                                                    : "active",
                     "created_at", view_time_to_json(token->created_at_us), "created_by",
                     view_text_to_json(token->created_by), "expires_at",
                     view_time_to_json(token->expires_at_us), "used_at",
                     view_time_to_json(token->used_at_us), "revoked_at",
                     view_time_to_json(token->revoked_at_us), "revoked_by",
                     view_text_or_null(token->revoked_by));
}

typedef struct TokenList {
    json_t *rows;
    int64_t only; // 0: all
} TokenList;

static void add_token(const Token *token, void *context) {
    const TokenList *list = context;
    if (list->only == 0 || list->only == token->id)
        json_array_append_new(list->rows, api_token_to_json(token, clock_now_us()));
}

static void answer_tokens(ApiCall *call) {
    TokenList list = {.rows = json_array()};
    door_each_token(call->api->options.door, call->caller.name, add_token, &list);
    api_answer_json(call, 200, json_pack("{s:o}", "tokens", list.rows));
}

// ---- making ------------------------------------------------------------------------------------

static bool act_add(AccountJob *job) {
    return tokens_add(&job->auth, job->name, &job->new_token, &job->account, &job->id, job->text,
                      &job->error);
}

static void added(AccountJob *job) {
    TokenList list = {.rows = json_array(), .only = job->id};
    door_each_token(job->call->api->options.door, job->name, add_token, &list);
    json_t *token = json_incref(json_array_get(list.rows, 0));
    json_decref(list.rows);
    json_object_set_new(token, "text", json_string(job->text));
    api_answer_json(job->call, 201, token);
}

static bool take_scopes(AccountJob *job) {
    const json_t *scopes = json_object_get(job->body, "scopes");
    for (size_t i = 0; i < json_array_size(scopes); i++) {
        const char *name = json_string_value(json_array_get(scopes, i));
        ScopeSet scope;
        if (!name || !scopes_parse(name, &scope, &job->error)) {
            if (!name) break;
            api_fail(job->call, &job->error);
            account_job_free(job);
            return false;
        }
        job->new_token.scopes |= scope;
    }
    return job->new_token.scopes ||
           account_job_refuse(job, "scopes",
                              T("must be a list of read, data, evaluate, packs, audit, metrics",
                                "应为列表，可含 read、data、evaluate、packs、audit、metrics"));
}

static bool take_days(AccountJob *job) {
    const json_t *days = json_object_get(job->body, "days");
    const int64_t most = job->auth.settings->token_lasts_us;
    job->new_token.lasts_us = most;
    if (!days || json_is_null(days)) return true;
    if (!json_is_integer(days) || json_integer_value(days) < 1 ||
        json_integer_value(days) > most / DAY_US)
        return account_job_refuse(
            job, "days", T("must be a whole number from 1 to 366", "应为 1 至 366 的整数"));
    job->new_token.lasts_us = json_integer_value(days) * DAY_US;
    return true;
}

static void begin_add(ApiCall *call) {
    static const char *const members[] = {"name", "region", "scopes", "days", NULL};
    AccountJob *job = account_job_new(call, act_add, added);
    job->name = call->caller.name;
    if (account_job_read(job, members) &&
        account_job_text(job, "name", true, &job->new_token.name) &&
        account_job_text(job, "region", false, &job->new_token.region) && take_scopes(job) &&
        take_days(job))
        account_job_begin(job);
}

// ---- revoking ----------------------------------------------------------------------------------

static void revoked(AccountJob *job) {
    answer_tokens(job->call);
}

static void begin_revoke(ApiCall *call) {
    AccountJob *job = account_job_new(call, account_job_revoke_token, revoked);
    job->name = call->caller.name;
    if (account_job_number(job, "token")) account_job_begin(job);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/tokens", 0}, answer_tokens, ACTION_OWN_TOKENS, API_ANYWHERE},
    {{"POST", "/api/v1/tokens", API_SMALL_BODY}, begin_add, ACTION_OWN_TOKENS, API_ANYWHERE},
    {{"DELETE", "/api/v1/tokens/{token}", 0}, begin_revoke, ACTION_OWN_TOKENS, API_ANYWHERE},
};
const ApiResource api_tokens = {routes, sizeof routes / sizeof *routes};
