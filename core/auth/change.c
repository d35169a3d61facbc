// The frame that all changes of accounts share: see change.h.
#include "core/auth/change.h"

#include <string.h>

#include "core/base/language.h"
#include "db/store_accounts.h"

// The caller's rights are those that the door knew when the call came in. A change of them, here or
// by another process, ends his sessions: while this one is there they are what they were.
static bool require_session(const AuthCall *call, Error *error) {
    Account account;
    if (call->caller->kind != CALLER_SESSION) return true;
    if (!account_read(call->store, call->caller->name, &account, error)) return false;
    bool there = account_session(&account, call->caller->session) != NULL;
    account_free(&account);
    if (there) return true;
    error_set(error, ERROR_UNIDENTIFIED, "%s", T("the session has ended", "会话已结束"));
    return error_hint(error, "%s", T("log in again", "请重新登录"));
}

bool change_begin(StoreTransaction *transaction, Change *change, Error *error) {
    const StoreActor actor = caller_actor(change->call->caller);
    return store_change_accounts(transaction, &change->number, error) &&
           require_session(change->call, error) && store_audit_by(transaction, &actor, error);
}

bool change_read(const Change *change, Account *out, Error *error) {
    if (!account_read(change->call->store, change->name, out, error)) return false;
    out->change = change->number;
    return true;
}

// ---- rights ------------------------------------------------------------------------------------

static bool is_own(const Change *change) {
    return strcmp(change->call->caller->name, change->name) == 0;
}

static bool refuse_own(Error *error) {
    error_set(error, ERROR_FORBIDDEN, "%s",
              T("nobody manages his own account", "不得管理本人的账号"));
    return error_hint(error, "%s",
                      T("another security administrator has to do it", "须由另一名安全管理员操作"));
}

// Whoever manages the accounts of a county does not reset the password of the province's; nor of
// one without a role, which may have been the province's, and may be again.
static bool require_manager(const Change *change, Error *error) {
    const Caller *caller = change->call->caller;
    const Account *account = &change->before;
    if (!rights_require(caller, ACTION_ACCOUNTS_WRITE, NULL, change->tree, error)) return false;
    if (is_own(change)) return refuse_own(error);
    if (account->grant_count == 0)
        return rights_require(caller, ACTION_ACCOUNTS_WRITE, REGION_EVERYWHERE, change->tree,
                              error);
    for (size_t i = 0; i < account->grant_count; i++)
        if (!rights_require(caller, ACTION_ACCOUNTS_WRITE, account->grants[i].region, change->tree,
                            error))
            return false;
    return true;
}

static bool require_right(const Change *change, Error *error) {
    const Caller *caller = change->call->caller;
    bool own = is_own(change) || caller->kind == CALLER_LOCAL;
    switch (change->right) {
        case CHANGE_BY_MANAGER: return require_manager(change, error);
        case CHANGE_BY_EITHER:
            if (!own) return require_manager(change, error);
            break;
        case CHANGE_OWN: break;
    }
    if (own) return rights_require(caller, ACTION_OWN_ACCOUNT, NULL, change->tree, error);
    return error_set(error, ERROR_FORBIDDEN, T("only %s may do that", "此操作只能由 %s 本人进行"),
                     change->name);
}

// ---- running -----------------------------------------------------------------------------------

static bool perform(StoreTransaction *transaction, void *context, Error *error) {
    Change *change = context;
    return change_begin(transaction, change, error) &&
           region_tree_read(change->call->store, &change->tree, error) &&
           account_read(change->call->store, change->name, &change->before, error) &&
           require_right(change, error) && change->act(transaction, change, error);
}

bool change_run(Change *change, Account *out, Error *error) {
    *out = (Account){0};
    bool good =
        store_write(change->call->store, perform, change, error) && change_read(change, out, error);
    region_tree_free(change->tree);
    account_free(&change->before);
    return good;
}

// ---- passwords ---------------------------------------------------------------------------------

typedef struct OldPasswords {
    const char *password;
    PasswordCost cost;
    bool met;
} OldPasswords;

static bool compare_password(const StorePassword *old, void *context, Error *error) {
    (void)error;
    OldPasswords *passwords = context;
    passwords->met =
        passwords->met || password_matches(passwords->password, old->hash, passwords->cost);
    return true;
}

bool change_hash_password(const AuthCall *call, const char *account, const char *password,
                          char hash[PASSWORD_HASH_SIZE], Error *error) {
    OldPasswords old = {.password = password, .cost = call->settings->password_cost};
    if (!password_is_good(password, account, error) ||
        !store_read_passwords(call->store, account, compare_password, &old, error))
        return false;
    if (old.met)
        return error_set(error, ERROR_INPUT,
                         T("the password is among the last %d of this account",
                           "该密码与本账号最近 %d 次使用的密码之一相同"),
                         STORE_PASSWORDS_KEPT);
    return password_hash(password, call->settings->password_cost, hash, error);
}
