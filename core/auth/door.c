// Who asks, answered from memory: see door.h. What it knows is kept by door_contents.c.
#include "core/auth/door.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/auth/door_inside.h"
#include "core/base/language.h"
#include "core/base/plain_text.h"

// ---- sessions ----------------------------------------------------------------------------------

static bool refuse(Error *error, const char *message) {
    error_set(error, ERROR_UNIDENTIFIED, "%s", message);
    return error_hint(error, "%s", T("log in again", "请重新登录"));
}

static bool is_previous(const Session *session, const char *hash, int64_t now_us) {
    return now_us < session->previous_until_us && secret_equals(session->previous_hash, hash);
}

// The next token; the one before counts a little longer, for requests under way.
static void rotate(const Door *door, LiveSession *live, int64_t now_us) {
    Session *session = &live->session;
    memcpy(session->previous_hash, session->token_hash, sizeof session->previous_hash);
    session->previous_until_us = now_us + door->settings.session_overlap_us;
    secret_new(SECRET_SESSION, session->id, live->text, session->token_hash);
    session->rotated_at_us = now_us;
    session->rotation++;
    live->rotation_unwritten = true;
}

static void take_rights(const Door *door, const Account *account, int64_t now_us, Caller *caller) {
    memcpy(caller->grants, account->grants, sizeof caller->grants);
    caller->grant_count = account->grant_count;
    caller->must_change_password = caller->kind == CALLER_SESSION &&
                                   account_must_change_password(account, &door->settings, now_us);
}

static void fill_caller(const Door *door, const Account *account, const DoorRequest *request,
                        Caller *caller) {
    snprintf(caller->name, sizeof caller->name, "%s", account->name);
    snprintf(caller->address, sizeof caller->address, "%s", request->address);
    take_rights(door, account, request->now_us, caller);
}

static void show_token(const Door *door, LiveSession *live, bool current, int64_t now_us,
                       DoorAnswer *out) {
    if (current && live->session.rotated_at_us + door->settings.session_rotates_us <= now_us) {
        rotate(door, live, now_us);
        current = false;
    }
    // Told again to whoever still has the one before: the answer that told it may have been lost.
    if (!current) snprintf(out->new_token, sizeof out->new_token, "%s", live->text);
    if (current) live->text[0] = '\0';
}

static bool identify_session(Door *door, const DoorRequest *request, DoorAnswer *out,
                             Error *error) {
    const int64_t now_us = request->now_us;
    const char *ended = T("the session has ended", "会话已结束");
    char hash[HASH_TEXT_SIZE];
    int64_t id;
    LiveSession *live = secret_parse(SECRET_SESSION, request->session, &id, hash)
                            ? door_find_session(door, id)
                            : NULL;
    if (!live || session_is_over(&live->session, &door->settings, now_us) ||
        live->account->disabled_at_us != 0)
        return refuse(error, ended);
    bool current = secret_equals(live->session.token_hash, hash);
    if (!current && !is_previous(&live->session, hash, now_us)) return refuse(error, ended);
    if (!request->keeps_token) show_token(door, live, current, now_us, out);
    if (now_us > live->session.seen_at_us) live->session.seen_at_us = now_us;
    out->caller = (Caller){.kind = CALLER_SESSION, .means = "web", .session = id};
    fill_caller(door, live->account, request, &out->caller);
    return true;
}

// ---- tokens ------------------------------------------------------------------------------------

static bool refuse_token(Error *error, const char *message) {
    error_set(error, ERROR_UNIDENTIFIED, "%s", message);
    return error_hint(error, "%s", T("its owner can make another one", "令牌所有者可另行生成"));
}

static bool identify_token(Door *door, const DoorRequest *request, DoorAnswer *out, Error *error) {
    char hash[HASH_TEXT_SIZE];
    int64_t id;
    LiveToken *live =
        secret_parse(SECRET_TOKEN, request->bearer, &id, hash) ? door_find_token(door, id) : NULL;
    if (!live || !secret_equals(live->token.secret_hash, hash) || live->token.revoked_at_us > 0)
        return refuse_token(error, T("there is no such API token", "访问令牌无效"));
    if (live->token.created_at_us > request->now_us + SECRETS_AHEAD_US)
        return refuse_token(error, T("the API token was made at a time that has not come yet: the "
                                     "clock is wrong, or was",
                                     "访问令牌的生成时间尚未到来：服务器时钟有误或曾经有误"));
    if (token_is_over(&live->token, request->now_us))
        return refuse_token(error, T("the API token has expired", "访问令牌已过期"));
    if (live->account->disabled_at_us != 0)
        return refuse_token(
            error, T("the account of the API token is disabled", "访问令牌所属账号已停用"));
    live->token.used_at_us = request->now_us;
    out->caller =
        (Caller){.kind = CALLER_TOKEN, .means = "token", .token = id, .scopes = live->token.scopes};
    snprintf(out->caller.token_region, sizeof out->caller.token_region, "%s", live->token.region);
    fill_caller(door, live->account, request, &out->caller);
    return true;
}

// ---- all ---------------------------------------------------------------------------------------

// Over the Unix socket, whoever could change the workspace's files anyway.
static void identify_local(const Door *door, const DoorRequest *request, DoorAnswer *out) {
    if (!request->local || (request->user != 0 && request->user != geteuid())) return;
    char login[ACCOUNT_NAME_SIZE];
    const char *own = request->user == 0 ? "root" : door->own_login;
    snprintf(login, sizeof login, "%s", request->login && *request->login ? request->login : own);
    plain_text_clean_line(login);
    out->caller = caller_local(login);
}

bool door_identify(Door *door, const DoorRequest *request, DoorAnswer *out, Error *error) {
    *out = (DoorAnswer){.caller = {.kind = CALLER_NOBODY, .name = "-", .means = "api"}};
    snprintf(out->caller.address, sizeof out->caller.address, "%s", request->address);
    if (request->bearer) return identify_token(door, request, out, error);
    if (request->session) return identify_session(door, request, out, error);
    identify_local(door, request, out);
    return true;
}

bool door_recheck(const Door *door, Caller *caller, int64_t now_us) {
    const Account *account = NULL;
    if (caller->kind == CALLER_SESSION) {
        const LiveSession *live = door_find_session(door, caller->session);
        if (live && !session_is_over(&live->session, &door->settings, now_us))
            account = live->account;
    } else if (caller->kind == CALLER_TOKEN) {
        const LiveToken *live = door_find_token(door, caller->token);
        if (live && !token_is_over(&live->token, now_us)) account = live->account;
    } else {
        return caller->kind == CALLER_LOCAL;
    }
    if (!account || account->disabled_at_us != 0) return false;
    take_rights(door, account, now_us, caller);
    return true;
}

void door_csrf(const Door *door, const Caller *caller, char csrf[SECRET_CSRF_SIZE]) {
    const LiveSession *live = door_find_session(door, caller->session);
    csrf[0] = '\0';
    if (live) secret_csrf(live->session.csrf_seed, csrf);
}

bool door_csrf_is_right(const Door *door, const Caller *caller, const char *shown) {
    const LiveSession *live = door_find_session(door, caller->session);
    return live && secret_csrf_equals(live->session.csrf_seed, shown);
}

bool door_may_try(Door *door, const char *address, int64_t now_us, int64_t *retry_us) {
    bool begins;
    if (throttle_take(door->throttle, address, now_us, retry_us, &begins)) return true;
    if (begins) door_note_refused(door, address);
    return false;
}

void door_forgive(Door *door, const char *address, int64_t now_us) {
    throttle_give(door->throttle, address, now_us);
}
