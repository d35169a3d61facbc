// Making and revoking API tokens: see tokens.h.
#include "core/auth/tokens.h"

#include <string.h>

#include "core/auth/change.h"
#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "db/store_accounts.h"

typedef struct Making {
    const NewToken *token;
    int64_t id;
    char *text;
} Making;

static bool check_form(const AuthCall *call, const NewToken *token, Error *error) {
    size_t length = strlen(token->name);
    if (length == 0 || length >= TOKEN_NAME_SIZE || !plain_text_line(token->name, length))
        return error_set(error, ERROR_INPUT,
                         T("a token's name is one line of at most %d bytes",
                           "令牌名称须为一行不超过 %d 字节的文本"),
                         TOKEN_NAME_SIZE - 1);
    if (token->scopes == 0)
        return error_set(error, ERROR_INPUT, "%s",
                         T("a token needs a scope", "令牌须至少有一个权限范围"));
    if (token->lasts_us > 0 && token->lasts_us <= call->settings->token_lasts_us) return true;
    return error_set(error, ERROR_INPUT,
                     T("a token is valid for 1 to %lld days", "令牌有效期应为 1 至 %lld 天"),
                     (long long)(call->settings->token_lasts_us / 86400 / 1000000));
}

// Whether the owner may do anything of the scope in that region.
static bool owner_may(const Account *owner, Scope scope, const char *region,
                      const RegionTree *tree) {
    for (size_t i = 0; i < owner->grant_count; i++) {
        const Grant *grant = &owner->grants[i];
        if (region && !region_tree_within(tree, region, grant->region)) continue;
        for (int action = 0; action < ACTION_COUNT; action++)
            if (action_scope((Action)action) == scope && role_may(grant->role, (Action)action))
                return true;
    }
    return false;
}

static bool check_region(const Change *change, const char *region, Error *error) {
    return !region || strcmp(region, REGION_EVERYWHERE) == 0 ||
           region_tree_has(change->tree, region) ||
           error_set(error, ERROR_NOT_FOUND, T("there is no region %s", "没有行政区划 %s"), region);
}

// Names those that a token of the owner could have. Always false.
static bool hint_scopes(const Change *change, const char *region, Error *error) {
    char possible[SCOPES_TEXT_SIZE];
    ScopeSet scopes = 0;
    for (int scope = 0; scope < SCOPE_COUNT; scope++)
        if (owner_may(&change->before, (Scope)scope, region, change->tree))
            scopes |= SCOPE_BIT(scope);
    scopes_text(scopes, possible);
    if (!scopes)
        return error_hint(error, "%s",
                          T("no role of this account is good for a token there",
                            "该账号在此没有可用于访问令牌的角色"));
    return error_hint(
        error,
        T("by the roles of %s a token could have: %s", "按 %s 的角色，令牌可用的权限范围：%s"),
        change->name, possible);
}

static bool check_scopes(const Change *change, const NewToken *token, Error *error) {
    for (int scope = 0; scope < SCOPE_COUNT; scope++) {
        if (!(token->scopes & SCOPE_BIT(scope)) ||
            owner_may(&change->before, (Scope)scope, token->region, change->tree))
            continue;
        if (token->region)
            error_set(error, ERROR_FORBIDDEN,
                      T("%s has nothing of the scope \"%s\" in region %s",
                        "%s 没有权限范围“%s”（行政区划 %s）"),
                      change->name, scope_name((Scope)scope), token->region);
        else
            error_set(error, ERROR_FORBIDDEN,
                      T("%s has nothing of the scope \"%s\"", "%s 没有权限范围“%s”"), change->name,
                      scope_name((Scope)scope));
        return hint_scopes(change, token->region, error);
    }
    return true;
}

static bool check_count(const Change *change, Error *error) {
    int open = 0, most = change->call->settings->most_tokens;
    for (size_t i = 0; i < change->before.token_count; i++)
        open += !token_is_over(&change->before.tokens[i], change->call->now_us);
    if (open < most) return true;
    error_set(error, ERROR_LIMIT,
              T("%s has %d tokens already, which is the most", "%s 已有 %d 个令牌，达到上限"),
              change->name, open);
    return error_hint(error, "%s", T("revoke one first", "请先撤销一个"));
}

static bool act_add(StoreTransaction *transaction, Change *change, Error *error) {
    Making *making = change->details;
    const NewToken *token = making->token;
    const AuthCall *call = change->call;
    char hash[HASH_TEXT_SIZE], scopes[SCOPES_TEXT_SIZE];
    if (call->caller->kind != CALLER_LOCAL &&
        !rights_require(call->caller, ACTION_OWN_TOKENS, NULL, change->tree, error))
        return false;
    if (!check_region(change, token->region, error) || !check_scopes(change, token, error) ||
        !check_count(change, error) || !store_next_token(transaction, &making->id, error))
        return false;
    secret_new(SECRET_TOKEN, making->id, making->text, hash);
    scopes_text(token->scopes, scopes);
    const StoreToken row = {.id = making->id,
                            .account = change->name,
                            .name = token->name,
                            .secret_hash = hash,
                            .scopes = scopes,
                            .region = token->region ? token->region : REGION_EVERYWHERE,
                            .created_at_us = call->now_us,
                            .created_by = call->caller->name,
                            .expires_at_us = call->now_us + token->lasts_us};
    return store_add_token(transaction, &row, error);
}

bool tokens_add(const AuthCall *call, const char *owner, const NewToken *token, Account *out,
                int64_t *id, char text[SECRET_TEXT_SIZE], Error *error) {
    Making making = {.token = token, .text = text};
    Change change = {
        .call = call, .name = owner, .right = CHANGE_OWN, .act = act_add, .details = &making};
    *out = (Account){0};
    if (!check_form(call, token, error) || !change_run(&change, out, error)) return false;
    if (id) *id = making.id;
    return true;
}

static bool act_revoke(StoreTransaction *transaction, Change *change, Error *error) {
    const int64_t *id = change->details;
    const StoreToken row = {.id = *id,
                            .account = change->name,
                            .revoked_at_us = change->call->now_us,
                            .revoked_by = change->call->caller->name};
    bool changed;
    if (!store_revoke_token(transaction, &row, &changed, error)) return false;
    return changed ||
           error_set(error, ERROR_NOT_FOUND,
                     T("%s has no token %lld that could be revoked", "%s 没有可撤销的令牌 %lld"),
                     change->name, (long long)*id);
}

bool tokens_revoke(const AuthCall *call, const char *owner, int64_t id, Account *out,
                   Error *error) {
    Change change = {
        .call = call, .name = owner, .right = CHANGE_BY_EITHER, .act = act_revoke, .details = &id};
    return change_run(&change, out, error);
}
