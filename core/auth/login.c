// Logging in and changing one's password: see login.h.
#include "core/auth/login.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "core/auth/change.h"
#include "core/base/clock.h"
#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "core/base/text.h"
#include "db/store_accounts.h"

// ---- the password in force ---------------------------------------------------------------------

typedef struct CurrentPassword {
    int64_t number; // 0: there is none
    char hash[PASSWORD_HASH_SIZE];
} CurrentPassword;

static bool take_newest(const StorePassword *password, void *context, Error *error) {
    (void)error;
    CurrentPassword *current = context;
    if (current->number > 0) return true;
    current->number = password->number;
    snprintf(current->hash, sizeof current->hash, "%s", password->hash);
    return true;
}

// Reads the account and its password; both stay empty when there is no account.
static bool read_sign_in(const AuthCall *call, const char *name, Account *account,
                         CurrentPassword *current, Error *error) {
    Error ignored = {0};
    *current = (CurrentPassword){0};
    *account = (Account){0};
    if (!account_name_is_good(name, &ignored)) return true;
    if (!account_read(call->store, name, account, error)) return error->code == ERROR_NOT_FOUND;
    return store_read_passwords(call->store, name, take_newest, current, error);
}

static bool is_right(const AuthCall *call, const CurrentPassword *current, const char *password) {
    return password_matches(password, current->number ? current->hash : NULL,
                            call->settings->password_cost);
}

// ---- failing -----------------------------------------------------------------------------------

static bool refuse(Error *error) {
    error_set(error, ERROR_UNIDENTIFIED, "%s", T("name or password is wrong", "账号名或密码有误"));
    return error_hint(
        error, "%s",
        T("after several wrong passwords an account is locked for a while and takes the right one "
          "no more; a security administrator can unlock it or reset the password",
          "多次输错密码后账号将被锁定一段时间，其间正确的密码也不能登录；"
          "可请安全管理员解除锁定或重置密码"));
}

static int64_t lock_length(const AuthSettings *settings, int lockouts) {
    int64_t length = settings->first_lock_us;
    for (int i = 1; i < lockouts && length < settings->longest_lock_us; i++)
        length *= 2;
    return length < settings->longest_lock_us ? length : settings->longest_lock_us;
}

typedef struct Failure {
    const AuthCall *call;
    const char *name;    // of the account, or of none that there is; NULL where it could be none
    bool counts;         // as a wrong password of that account, unless it is locked
    const char *address; // of the client
    const char *action;  // for the audit log
    const char *why;
    int64_t change; // that counting it was; 0 before
} Failure;

static bool put_entry(StoreTransaction *transaction, const char *action, const char *subject,
                      const char *key, const char *value, Error *error) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_string(&json, key, value);
    json_writer_end_object(&json);
    const StoreAuditEntry entry = {.action = action, .subject = subject, .detail = detail.data};
    bool good = store_put_audit(transaction, &entry, error);
    buffer_free(&detail);
    return good;
}

// Counts the failure, and locks the account when it was one too many. While it is locked nothing
// is counted, so that a lock ends.
static bool count_failure(StoreTransaction *transaction, Failure *failure, Error *error) {
    const AuthCall *call = failure->call;
    const AuthSettings *settings = call->settings;
    Account account;
    if (!store_change_accounts(transaction, &failure->change, error) ||
        !account_read(call->store, failure->name, &account, error))
        return false;
    StoreAccount state = {.name = failure->name,
                          .failures = account.failures + 1,
                          .lockouts = account.lockouts,
                          .locked_until_us = account.locked_until_us,
                          .logged_in_at_us = account.logged_in_at_us,
                          .logged_in_from = account.logged_in_from};
    bool was_locked = account_is_locked(&account, call->now_us);
    bool locks = !was_locked && state.failures % settings->most_failures == 0;
    if (locks) state.locked_until_us = call->now_us + lock_length(settings, ++state.lockouts);
    char until[32];
    clock_format(state.locked_until_us, until, sizeof until);
    bool good = was_locked || store_put_sign_in(transaction, &state, error);
    if (good && locks)
        good = put_entry(transaction, "account.lock", failure->name, "until", until, error);
    account_free(&account);
    return good;
}

// Who tried is who the client says it is, which the log must not take for granted.
static bool note_failure(StoreTransaction *transaction, void *context, Error *error) {
    Failure *failure = context;
    const StoreActor actor = {.who = "-", .means = "web", .address = failure->address};
    return store_audit_by(transaction, &actor, error) &&
           (!failure->counts || count_failure(transaction, failure, error)) &&
           put_entry(transaction, failure->action, failure->name, "why", failure->why, error);
}

// `*change` is the change of accounts that it was, 0 for none.
static bool store_failure(Failure *failure, int64_t *change, Error *error) {
    if (!store_write(failure->call->store, note_failure, failure, error)) return false;
    *change = failure->change;
    return true;
}

// Some type their password where the name goes: what could be no name is not written down.
static bool fail_login(const AuthCall *call, const LoginRequest *request, const Account *account,
                       int64_t *change, Error *error) {
    Error ignored = {0};
    bool known = account->name[0] != '\0';
    Failure failure = {.call = call,
                       .name = account_name_is_good(request->name, &ignored) ? request->name : NULL,
                       .counts = known,
                       .address = request->address,
                       .action = "login.failed",
                       .why = known ? "password" : "unknown account"};
    return store_failure(&failure, change, error) && refuse(error);
}

// ---- succeeding --------------------------------------------------------------------------------

typedef struct Opening {
    const AuthCall *call;
    const LoginRequest *request;
    const Account *account; // as it was when the password was compared
    const CurrentPassword *password;
    const char *new_hash; // of the same password, made at another cost; "" to leave the old one
    Login *out;
    int64_t change;
} Opening;

// One that logs in too often elsewhere loses the oldest of its sessions. With a password that must
// be changed there is one at a time: whoever else learned it shows when its owner comes.
static bool make_room(StoreTransaction *transaction, const Opening *opening, Error *error) {
    const Account *account = opening->account;
    const AuthSettings *settings = opening->call->settings;
    const int64_t now_us = opening->call->now_us;
    size_t most = account->must_change_password ? 0 : (size_t)settings->most_sessions - 1;
    size_t open = 0;
    bool ended;
    const int64_t unseen_us = settings->session_idle_us + SESSION_SEEN_LATENESS_US;
    if (!store_forget_sessions(transaction, now_us - settings->session_lasts_us, now_us - unseen_us,
                               now_us + SECRETS_AHEAD_US, error))
        return false;
    for (size_t i = 0; i < account->session_count; i++)
        open += !session_is_over(&account->sessions[i], settings, now_us);
    for (size_t i = 0; i < account->session_count && open > most; i++) {
        if (session_is_over(&account->sessions[i], settings, now_us)) continue;
        if (!store_end_session(transaction, account->name, account->sessions[i].id, &ended, error))
            return false;
        open--;
    }
    return true;
}

static bool add_session(StoreTransaction *transaction, const Opening *opening, Error *error) {
    const int64_t now_us = opening->call->now_us;
    Login *out = opening->out;
    char hash[HASH_TEXT_SIZE], seed[SECRET_SEED_SIZE], client[CLIENT_SIZE];
    if (!store_next_session(transaction, &out->session, error)) return false;
    secret_new(SECRET_SESSION, out->session, out->token, hash);
    secret_seed_new(seed);
    text_copy(client, sizeof client, opening->request->client);
    plain_text_clean(client);
    const StoreSession session = {.id = out->session,
                                  .account = opening->account->name,
                                  .token_hash = hash,
                                  .csrf_seed = seed,
                                  .began_at_us = now_us,
                                  .rotated_at_us = now_us,
                                  .seen_at_us = now_us,
                                  .address = opening->request->address,
                                  .client = client};
    return store_add_session(transaction, &session, error);
}

// With the right password.
static bool may_enter(const AuthCall *call, const Account *account) {
    return account->disabled_at_us == 0 && !account_is_locked(account, call->now_us) &&
           !account_one_time_is_over(account, call->settings, call->now_us);
}

// Hashing takes long enough for the account to be disabled, locked or given another password.
static bool still_holds(const Opening *opening, Error *error) {
    const AuthCall *call = opening->call;
    Account now;
    CurrentPassword password;
    if (!read_sign_in(call, opening->account->name, &now, &password, error)) return false;
    bool holds = may_enter(call, &now) && password.number == opening->password->number;
    account_free(&now);
    return holds || refuse(error);
}

static bool open_session(StoreTransaction *transaction, void *context, Error *error) {
    Opening *opening = context;
    const Account *account = opening->account;
    const StoreActor actor = {
        .who = account->name, .means = "web", .address = opening->request->address};
    const StoreAccount state = {.name = account->name,
                                .logged_in_at_us = opening->call->now_us,
                                .logged_in_from = opening->request->address};
    const StorePassword password = {.number = opening->password->number, .hash = opening->new_hash};
    const StoreAuditEntry entry = {.action = "login", .subject = account->name};
    return store_change_accounts(transaction, &opening->change, error) &&
           store_audit_by(transaction, &actor, error) && still_holds(opening, error) &&
           store_put_sign_in(transaction, &state, error) &&
           (!opening->new_hash[0] ||
            store_put_password_hash(transaction, account->name, &password, error)) &&
           make_room(transaction, opening, error) && add_session(transaction, opening, error) &&
           store_put_audit(transaction, &entry, error);
}

static bool refuse_disabled(Error *error) {
    error_set(error, ERROR_FORBIDDEN, "%s", T("the account is disabled", "账号已停用"));
    return error_hint(error, "%s",
                      T("a security administrator can enable it", "安全管理员可启用账号"));
}

static bool refuse_over(const AuthCall *call, Error *error) {
    error_set(error, ERROR_FORBIDDEN, "%s",
              T("the one-time password is no longer valid", "一次性密码已失效"));
    return error_hint(error,
                      T("it is valid for %lld days; a security administrator can reset it",
                        "一次性密码的有效期为 %lld 天；可请安全管理员重置密码"),
                      (long long)(call->settings->one_time_lasts_us / 86400 / 1000000));
}

static const char *why_refused(const AuthCall *call, const Account *account) {
    if (account_is_locked(account, call->now_us)) return "locked";
    return account->disabled_at_us ? "disabled" : "one-time password over";
}

// While an account is locked the right password is answered as a wrong one, in as much time, or
// whoever guesses would go on guessing and be told when he is right.
static bool refuse_right_password(const AuthCall *call, const LoginRequest *request,
                                  const Account *account, int64_t *change, Error *error) {
    bool locked = account_is_locked(account, call->now_us);
    Failure failure = {.call = call,
                       .name = account->name,
                       .counts = locked,
                       .address = request->address,
                       .action = "login.refused",
                       .why = why_refused(call, account)};
    if (!store_failure(&failure, change, error)) return false;
    if (locked) return refuse(error);
    return account->disabled_at_us ? refuse_disabled(error) : refuse_over(call, error);
}

static bool complete(const AuthCall *call, const LoginRequest *request, const Account *account,
                     const CurrentPassword *password, Login *out, int64_t *change, Error *error) {
    char new_hash[PASSWORD_HASH_SIZE] = "";
    Opening opening = {.call = call,
                       .request = request,
                       .account = account,
                       .password = password,
                       .new_hash = new_hash,
                       .out = out};
    if (password_is_outdated(password->hash, call->settings->password_cost) &&
        !password_hash(request->password, call->settings->password_cost, new_hash, error))
        return false;
    out->last_at_us = account->logged_in_at_us;
    snprintf(out->last_from, sizeof out->last_from, "%s", account->logged_in_from);
    out->failures = account->failures;
    if (!store_write(call->store, open_session, &opening, error)) return false;
    *change = opening.change;
    return true;
}

bool login(const AuthCall *call, const LoginRequest *request, Login *out, Error *error) {
    Account account;
    CurrentPassword password;
    *out = (Login){0};
    if (!read_sign_in(call, request->name, &account, &password, error)) return false;
    bool right = is_right(call, &password, request->password), good = false;
    int64_t change = 0;
    if (!right)
        fail_login(call, request, &account, &change, error);
    else if (!may_enter(call, &account))
        refuse_right_password(call, request, &account, &change, error);
    else
        good = complete(call, request, &account, &password, out, &change, error);
    Error unread = {0};
    bool read = !account.name[0] ||
                account_read(call->store, account.name, &out->account, good ? error : &unread);
    out->account.change = change;
    account_free(&account);
    sodium_memzero(&password, sizeof password);
    return good && read;
}

// ---- one's own password ------------------------------------------------------------------------

typedef struct OwnPassword {
    const char *hash;
    char *token; // of the session, made anew
} OwnPassword;

static bool act_change(StoreTransaction *transaction, Change *change, Error *error) {
    const AuthCall *call = change->call;
    OwnPassword *own = change->details;
    const Session *before = account_session(&change->before, call->caller->session);
    if (!before)
        return error_set(error, ERROR_UNIDENTIFIED, "%s", T("the session has ended", "会话已结束"));
    char hash[HASH_TEXT_SIZE];
    secret_new(SECRET_SESSION, before->id, own->token, hash);
    const StoreSession session = {.id = before->id,
                                  .token_hash = hash,
                                  .rotation = before->rotation + 1,
                                  .rotated_at_us = call->now_us};
    return store_put_password(transaction, change->name, own->hash, call->now_us, false, error) &&
           store_rotate_session(transaction, &session, error) &&
           store_end_sessions(transaction, change->name, before->id, error);
}

static bool refuse_locked(const Account *account, Error *error) {
    char until[32];
    clock_format(account->locked_until_us, until, sizeof until);
    error_set(error, ERROR_FORBIDDEN,
              T("the account is locked until %s, because of wrong passwords",
                "账号因多次输错密码被锁定至 %s"),
              until);
    return error_hint(error, "%s",
                      T("a security administrator can unlock it", "安全管理员可解除锁定"));
}

static bool refuse_old(const AuthCall *call, int64_t *change, Error *error) {
    Failure failure = {.call = call,
                       .name = call->caller->name,
                       .counts = true,
                       .address = call->caller->address,
                       .action = "password.refused",
                       .why = "password"};
    return store_failure(&failure, change, error) &&
           error_set(error, ERROR_FORBIDDEN, "%s", T("the old password is wrong", "原密码有误"));
}

bool login_change_password(const AuthCall *call, const char *old, const char *new,
                           PasswordChange *out, Error *error) {
    const char *name = call->caller->name;
    char hash[PASSWORD_HASH_SIZE];
    Account account;
    CurrentPassword password;
    *out = (PasswordChange){0};
    OwnPassword own = {.hash = hash, .token = out->token};
    Change change = {
        .call = call, .name = name, .right = CHANGE_OWN, .act = act_change, .details = &own};
    if (!read_sign_in(call, name, &account, &password, error)) return false;
    int64_t counted = 0;
    bool good = false;
    if (account_is_locked(&account, call->now_us))
        refuse_locked(&account, error); // whatever the old password: nobody guesses on
    else if (!is_right(call, &password, old))
        refuse_old(call, &counted, error);
    else
        good = change_hash_password(call, name, new, hash, error) &&
               change_run(&change, &out->account, error);
    Error unread = {0};
    if (!good && account.name[0]) {
        (void)!account_read(call->store, name, &out->account, &unread);
        out->account.change = counted;
    }
    account_free(&account);
    sodium_memzero(&password, sizeof password);
    return good;
}

// ---- leaving -----------------------------------------------------------------------------------

static bool act_leave(StoreTransaction *transaction, Change *change, Error *error) {
    const StoreAuditEntry entry = {.action = "logout", .subject = change->name};
    bool ended;
    return store_put_audit(transaction, &entry, error) &&
           store_end_session(transaction, change->name, change->call->caller->session, &ended,
                             error);
}

bool logout(const AuthCall *call, Account *account, Error *error) {
    Change change = {
        .call = call, .name = call->caller->name, .right = CHANGE_OWN, .act = act_leave};
    return change_run(&change, account, error);
}

typedef struct Ending {
    StoreTransaction *transaction;
    int64_t *ended;
} Ending;

static bool end_one(const StoreSession *session, void *context, Error *error) {
    const Ending *ending = context;
    bool ended;
    ++*ending->ended;
    return store_end_session(ending->transaction, session->account, session->id, &ended, error);
}

bool logout_everybody(StoreTransaction *transaction, Store *store, int64_t *ended, Error *error) {
    Ending ending = {transaction, ended};
    int64_t version;
    *ended = 0;
    return store_change_accounts(transaction, &version, error) &&
           store_read_sessions(store, NULL, end_one, &ending, error);
}
