// Changes of accounts, from call to answer: see account_job.h.
#include "core/api/account_job.h"

#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"
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

// Wrong passwords, before what they did to the account is known here.
static void count_wrong(const AccountJob *job) {
    Api *api = job->call->api;
    if (job->good || !job->password) return;
    if (job->is_login && job->error.code != ERROR_STORE) api->counts.logins_failed++;
    if (!job->account.name[0]) return;
    const Account *before = door_account(api->options.door, job->account.name);
    if (before && job->account.lockouts > before->lockouts) api->counts.lockouts++;
}

static void done(void *context) {
    AccountJob *job = context;
    count_wrong(job);
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
    return json_pack("{s:s, s:s, s:o, s:o, s:o}", "role", role_name(grant->role), "title",
                     role_title(grant->role), "region", view_text_to_json(grant->region), "name",
                     view_text_to_json(place ? place->name : NULL), "unit",
                     view_text_or_null(grant->unit));
}

static const char *state_of(const Account *account, int64_t now_us) {
    if (account->disabled_at_us) return "disabled";
    return account_is_locked(account, now_us) ? "locked" : "active";
}

json_t *account_job_json_of(const ApiCall *call, const Account *account, OpenCounts open) {
    const Door *door = call->api->options.door;
    const int64_t now_us = clock_now_us();
    json_t *grants = json_array();
    for (size_t i = 0; i < account->grant_count; i++)
        json_array_append_new(grants, api_grant_to_json(call, &account->grants[i]));
    return json_pack(
        "{s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:b, s:o, s:o, s:i, s:o, s:o, s:o, s:I, s:I}", "name",
        account->name, "title", view_text_or_null(account->title), "state",
        state_of(account, now_us), "grants", grants, "created_at",
        view_time_to_json(account->created_at_us), "created_by",
        view_text_to_json(account->created_by), "disabled_at",
        view_time_to_json(account->disabled_at_us), "must_change_password",
        account_must_change_password(account, door_settings(door), now_us), "password_changed_at",
        view_time_to_json(account->password_changed_at_us), "one_time_password_until",
        view_time_to_json(account_one_time_until_us(account, door_settings(door))), "failures",
        account->failures, "locked_until", view_time_to_json(account->locked_until_us),
        "logged_in_at", view_time_to_json(account->logged_in_at_us), "logged_in_from",
        view_text_or_null(account->logged_in_from), "sessions", (json_int_t)open.sessions, "tokens",
        (json_int_t)open.tokens);
}

json_t *account_job_json(const ApiCall *call, const Account *account) {
    const Door *door = call->api->options.door;
    return account_job_json_of(call, account, door_count_open(door, account->name, clock_now_us()));
}

void account_job_answer(AccountJob *job) {
    const Account *account = door_account(job->call->api->options.door, job->name);
    api_answer_json(job->call, 200, account_job_json(job->call, account));
}
