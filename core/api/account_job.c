// Changes of accounts, from call to answer: see account_job.h.
#include "core/api/account_job.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"

AccountJob *account_job_new(ApiCall *call, bool (*act)(AccountJob *job),
                            void (*answer)(AccountJob *job)) {
    AccountJob *job = memory_new(1, sizeof *job);
    *job = (AccountJob){.call = call, .act = act, .answer = answer};
    job->auth = (AuthCall){.settings = door_settings(call->api->options.door),
                           .caller = &call->caller,
                           .now_us = clock_now_us()};
    return job;
}

void account_job_free(AccountJob *job) {
    account_free(&job->account);
    json_decref(job->body);
    explicit_bzero(job, sizeof *job);
    free(job);
}

// ---- decoding ----------------------------------------------------------------------------------

// With the job's error.
static bool fail(AccountJob *job) {
    api_fail(job->call, &job->error);
    account_job_free(job);
    return false;
}

bool account_job_refuse(AccountJob *job, const char *field, const char *should) {
    api_member_refuse(job->body, field, should, &job->error);
    return fail(job);
}

bool account_job_read(AccountJob *job, const char *const *members) {
    if (api_body_object(job->call, members, &job->body)) return true;
    account_job_free(job);
    return false;
}

bool account_job_text(AccountJob *job, const char *field, bool needed, const char **out) {
    return api_member_text(job->body, field, needed, out, &job->error) || fail(job);
}

bool account_job_number(AccountJob *job, const char *parameter) {
    char *end;
    const char *text = api_parameter(job->call, parameter);
    job->id = strtoll(text, &end, 10);
    if (end != text && !*end && job->id > 0) return true;
    api_failf(job->call, ERROR_NOT_FOUND, T("\"%s\" is no number of one", "“%s”不是有效的编号"),
              text);
    account_job_free(job);
    return false;
}

// ---- working -----------------------------------------------------------------------------------

static void work(Store *store, void *context) {
    AccountJob *job = context;
    job->auth.store = store;
    job->good = job->act(job);
}

static void done(void *context) {
    AccountJob *job = context;
    api_apply_account(job->call->api, &job->account);
    if (job->good)
        job->answer(job);
    else
        api_fail(job->call, &job->error);
    account_job_free(job);
}

bool account_job_end_session(AccountJob *job) {
    return accounts_end_session(&job->auth, job->name, job->id, &job->account, &job->error);
}

bool account_job_revoke_token(AccountJob *job) {
    return tokens_revoke(&job->auth, job->name, job->id, &job->account, &job->error);
}

void account_job_begin(AccountJob *job) {
    if (!api_at_door(job->call, work, done, job)) account_job_free(job);
}

// ---- answers -----------------------------------------------------------------------------------

json_t *api_grant_to_json(const ApiCall *call, const Grant *grant) {
    const BoardPlace *place = board_place(service_board(api_service(call)), grant->region);
    return json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "role", role_name(grant->role), "title",
                     role_title(grant->role), "region", grant->region, "name",
                     place ? place->name : NULL, "unit", grant->unit[0] ? grant->unit : NULL);
}

static const char *state_of(const Account *account, int64_t now_us) {
    if (account->disabled_at_us) return "disabled";
    return account_is_locked(account, now_us) ? "locked" : "active";
}

static void count_session(const Session *session, void *context) {
    (void)session;
    ++*(json_int_t *)context;
}

static void count_token(const Token *token, void *context) {
    if (!token_is_over(token, clock_now_us())) ++*(json_int_t *)context;
}

json_t *account_job_json(const ApiCall *call, const Account *account) {
    const Door *door = call->api->options.door;
    const int64_t now_us = clock_now_us();
    json_int_t sessions = 0, tokens = 0;
    json_t *grants = json_array();
    for (size_t i = 0; i < account->grant_count; i++)
        json_array_append_new(grants, api_grant_to_json(call, &account->grants[i]));
    door_each_session(door, account->name, now_us, count_session, &sessions);
    door_each_token(door, account->name, count_token, &tokens);
    return json_pack(
        "{s:s, s:s?, s:s, s:o, s:o, s:s, s:o, s:b, s:o, s:o, s:i, s:o, s:o, s:s?, s:I, s:I}",
        "name", account->name, "title", account->title[0] ? account->title : NULL, "state",
        state_of(account, now_us), "grants", grants, "created_at",
        view_time_to_json(account->created_at_us), "created_by", account->created_by, "disabled_at",
        view_time_to_json(account->disabled_at_us), "must_change_password",
        account_must_change_password(account, door_settings(door), now_us), "password_changed_at",
        view_time_to_json(account->password_changed_at_us), "one_time_password_until",
        view_time_to_json(account_one_time_until_us(account, door_settings(door))), "failures",
        account->failures, "locked_until", view_time_to_json(account->locked_until_us),
        "logged_in_at", view_time_to_json(account->logged_in_at_us), "logged_in_from",
        account->logged_in_from[0] ? account->logged_in_from : NULL, "sessions", sessions, "tokens",
        tokens);
}

void account_job_answer(AccountJob *job) {
    const Account *account = door_account(job->call->api->options.door, job->name);
    api_answer_json(job->call, 200, account_job_json(job->call, account));
}
