// Reading accounts and asking about them: see account.h.
#include "core/auth/account.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/map.h"
#include "core/base/text.h"
#include "db/store_accounts.h"

// ---- reading -----------------------------------------------------------------------------------

typedef struct Reading {
    AccountList list;
    Map by_name; // → index into the list
} Reading;

#define COPY(out, text) text_copy(out, sizeof(out), text)

static bool add_account(const StoreAccount *row, void *context, Error *error) {
    (void)error;
    Reading *reading = context;
    AccountList *list = &reading->list;
    ARRAY_RESERVE(list->items, list->count, list->capacity);
    Account *account = &list->items[list->count];
    *account = (Account){.created_at_us = row->created_at_us,
                         .disabled_at_us = row->disabled_at_us,
                         .must_change_password = row->must_change_password,
                         .password_changed_at_us = row->password_changed_at_us,
                         .failures = row->failures,
                         .lockouts = row->lockouts,
                         .locked_until_us = row->locked_until_us,
                         .logged_in_at_us = row->logged_in_at_us,
                         .version = list->version};
    COPY(account->name, row->name);
    COPY(account->title, row->title);
    COPY(account->created_by, row->created_by);
    COPY(account->logged_in_from, row->logged_in_from);
    map_put(&reading->by_name, row->name, (int64_t)list->count++);
    return true;
}

// NULL for one that was added since the accounts were read.
static Account *find(Reading *reading, const char *name) {
    int64_t place = map_get(&reading->by_name, name);
    return place == MAP_MISSING ? NULL : &reading->list.items[place];
}

// A role of a later version of the program gives no right in this one.
static bool add_grant(const StoreGrant *row, void *context, Error *error) {
    (void)error;
    Account *account = find(context, row->account);
    Grant grant = {0};
    if (!account || account->grant_count == ACCOUNT_MOST_GRANTS ||
        !role_from_name(row->role, &grant.role))
        return true;
    COPY(grant.region, row->region);
    COPY(grant.unit, strcmp(row->unit, REGION_EVERYWHERE) == 0 ? "" : row->unit);
    account->grants[account->grant_count++] = grant;
    return true;
}

static bool add_session(const StoreSession *row, void *context, Error *error) {
    (void)error;
    Account *account = find(context, row->account);
    if (!account) return true;
    ARRAY_RESERVE(account->sessions, account->session_count, account->session_capacity);
    Session *session = &account->sessions[account->session_count++];
    *session = (Session){.id = row->id,
                         .previous_until_us = row->previous_until_us,
                         .rotation = row->rotation,
                         .began_at_us = row->began_at_us,
                         .rotated_at_us = row->rotated_at_us,
                         .seen_at_us = row->seen_at_us};
    COPY(session->token_hash, row->token_hash);
    COPY(session->previous_hash, row->previous_hash);
    COPY(session->csrf_seed, row->csrf_seed);
    COPY(session->address, row->address);
    COPY(session->client, row->client);
    return true;
}

static bool add_token(const StoreToken *row, void *context, Error *error) {
    Account *account = find(context, row->account);
    if (!account) return true;
    ARRAY_RESERVE(account->tokens, account->token_count, account->token_capacity);
    Token *token = &account->tokens[account->token_count++];
    *token = (Token){.id = row->id,
                     .created_at_us = row->created_at_us,
                     .expires_at_us = row->expires_at_us,
                     .used_at_us = row->used_at_us,
                     .revoked_at_us = row->revoked_at_us};
    COPY(token->name, row->name);
    COPY(token->secret_hash, row->secret_hash);
    COPY(token->region, row->region);
    COPY(token->created_by, row->created_by);
    COPY(token->revoked_by, row->revoked_by);
    return scopes_parse(row->scopes, &token->scopes, error);
}

static bool read_all(Store *store, const char *name, Reading *reading, Error *error) {
    bool good = store_accounts_version(store, &reading->list.version, error) &&
                store_read_accounts(store, name, add_account, reading, error) &&
                store_read_grants(store, name, add_grant, reading, error) &&
                store_read_sessions(store, name, add_session, reading, error) &&
                store_read_tokens(store, name, add_token, reading, error);
    map_free(&reading->by_name);
    if (!good) account_list_free(&reading->list);
    return good;
}

bool account_read(Store *store, const char *name, Account *out, Error *error) {
    Reading reading = {0};
    *out = (Account){0};
    // An empty name would stand for all of them.
    if (*name && !read_all(store, name, &reading, error)) return false;
    if (reading.list.count == 0) {
        error_set(error, ERROR_NOT_FOUND, T("there is no account \"%s\"", "没有账号“%s”"), name);
        return error_hint(error, "%s",
                          T("the list of accounts shows those there are", "已有账号见账号列表"));
    }
    *out = reading.list.items[0];
    free(reading.list.items);
    return true;
}

bool account_list_read(Store *store, AccountList *out, Error *error) {
    Reading reading = {0};
    bool good = read_all(store, NULL, &reading, error);
    *out = reading.list;
    return good;
}

void account_free(Account *account) {
    free(account->sessions);
    free(account->tokens);
    *account = (Account){0};
}

void account_list_free(AccountList *list) {
    for (size_t i = 0; i < list->count; i++)
        account_free(&list->items[i]);
    free(list->items);
    *list = (AccountList){0};
}

// ---- asking ------------------------------------------------------------------------------------

bool account_name_is_good(const char *name, Error *error) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    enum { SHORTEST = 2 };
    size_t length = strnlen(name, ACCOUNT_NAME_SIZE);
    bool begins_well = *name && !strchr("._-", name[0]);
    if (begins_well && length >= SHORTEST && length < ACCOUNT_NAME_SIZE &&
        strspn(name, letters) == length)
        return true;
    error_set(error, ERROR_INPUT,
              T("\"%.80s\" cannot be an account's name", "“%.80s”不能作为账号名"), name);
    return error_hint(error,
                      T("%d to %d small letters, digits, dots, - and _, a letter or digit first",
                        "账号名为 %d 至 %d 个小写字母、数字、点、- 和 _，以字母或数字开头"),
                      SHORTEST, ACCOUNT_NAME_SIZE - 1);
}

RoleSet account_roles(const Account *account) {
    RoleSet roles = 0;
    for (size_t i = 0; i < account->grant_count; i++)
        roles |= ROLE_BIT(account->grants[i].role);
    return roles;
}

// What a clock wrote that was wrong then, or it is wrong now. Clocks that are put right by a little
// are not meant.
static bool is_ahead(int64_t at_us, int64_t now_us) {
    return at_us > now_us + SECRETS_AHEAD_US;
}

bool account_is_locked(const Account *account, int64_t now_us) {
    return account->locked_until_us > now_us;
}

bool account_must_change_password(const Account *account, const AuthSettings *settings,
                                  int64_t now_us) {
    return account->must_change_password ||
           (settings->password_lasts_us > 0 &&
            account->password_changed_at_us + settings->password_lasts_us <= now_us);
}

int64_t account_one_time_until_us(const Account *account, const AuthSettings *settings) {
    return account->must_change_password
               ? account->password_changed_at_us + settings->one_time_lasts_us
               : 0;
}

bool account_one_time_is_over(const Account *account, const AuthSettings *settings,
                              int64_t now_us) {
    return account->must_change_password &&
           (is_ahead(account->password_changed_at_us, now_us) ||
            account_one_time_until_us(account, settings) <= now_us);
}

Session *account_session(const Account *account, int64_t id) {
    for (size_t i = 0; i < account->session_count; i++)
        if (account->sessions[i].id == id) return &account->sessions[i];
    return NULL;
}

bool session_is_over(const Session *session, const AuthSettings *settings, int64_t now_us) {
    return is_ahead(session->began_at_us, now_us) ||
           session->seen_at_us + settings->session_idle_us <= now_us ||
           session->began_at_us + settings->session_lasts_us <= now_us;
}

bool token_is_over(const Token *token, int64_t now_us) {
    return token->revoked_at_us > 0 || token->expires_at_us <= now_us ||
           is_ahead(token->created_at_us, now_us);
}
