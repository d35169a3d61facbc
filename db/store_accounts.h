// Accounts as they are stored: the part of the store that only core/auth asks.
//
// The rules of store.h hold: who may call what, on which thread, what errors mean.
#pragma once

#include "db/store.h"

// Rows of accounts and what belongs to them. What they mean, and which changes are allowed, is for
// core/auth, which alone calls these. A time of 0 stands for none. The puts note what they changed
// for the audit log, never a password, a hash or a secret; but for what happens at a login, which
// core/auth words itself (store_put_audit).

typedef struct StoreAccount {
    const char *name, *title; // the title may be NULL
    int64_t created_at_us;
    const char *created_by;
    int64_t disabled_at_us;
    bool must_change_password;
    int failures, lockouts; // see store_put_sign_in
    int64_t locked_until_us, logged_in_at_us;
    const char *logged_in_from;     // address
    int64_t password_changed_at_us; // 0: it has none
} StoreAccount;

typedef struct StoreGrant {
    const char *account, *role, *region; // region: a code or "*"
    const char *unit;                    // or "*"
    int64_t granted_at_us;
    const char *granted_by;
} StoreGrant;

typedef struct StoreSession {
    int64_t id;
    const char *account, *token_hash;
    const char *previous_hash; // what counts too until previous_until_us; or NULL
    int64_t previous_until_us;
    int rotation; // how often the token was changed
    const char *csrf_seed;
    int64_t began_at_us, rotated_at_us, seen_at_us;
    const char *address, *client; // as it was at the login; either may be NULL
} StoreSession;

typedef struct StoreToken {
    int64_t id;
    const char *account, *name, *secret_hash;
    const char *scopes, *region; // "read,data"; a code or "*"
    int64_t created_at_us;
    const char *created_by;
    int64_t expires_at_us, used_at_us, revoked_at_us;
    const char *revoked_by;
} StoreToken;

// Begins a change of accounts: from here to the commit nobody else changes any. What store_read_*
// then reads is what is there, but for what this transaction itself did. `*version` is that of the
// change; store_accounts_version gives the last one committed, 0 at first.
MUST_CHECK bool store_change_accounts(StoreTransaction *transaction, int64_t *version,
                                      Error *error);

// ERROR_CONFLICT when there is one of that name. Only name, title and created_* are taken.
MUST_CHECK bool store_add_account(StoreTransaction *transaction, const StoreAccount *account,
                                  Error *error);
// `*changed` is false when it was so already, or there is no such account; so in what follows.
MUST_CHECK bool store_set_account_title(StoreTransaction *transaction, const char *account,
                                        const char *title, bool *changed, Error *error);
// 0 takes it into use again.
MUST_CHECK bool store_set_account_disabled(StoreTransaction *transaction, const char *account,
                                           int64_t disabled_at_us, bool *changed, Error *error);
// Takes failures, lockouts, locked_until_us and logged_in_*. Not noted.
MUST_CHECK bool store_put_sign_in(StoreTransaction *transaction, const StoreAccount *account,
                                  Error *error);

// Passwords kept of an account, the one in force among them.
enum { STORE_PASSWORDS_KEPT = 5 };
typedef struct StorePassword {
    int64_t number; // greater for the newer
    const char *hash;
} StorePassword;
typedef bool (*StorePasswordFunction)(const StorePassword *password, void *context, Error *error);
// A new password.
MUST_CHECK bool store_put_password(StoreTransaction *transaction, const char *account,
                                   const char *hash, int64_t changed_at_us, bool must_change,
                                   Error *error);
// The same password, hashed anew. Not noted.
MUST_CHECK bool store_put_password_hash(StoreTransaction *transaction, const char *account,
                                        const StorePassword *password, Error *error);
// The newest first.
MUST_CHECK bool store_read_passwords(Store *store, const char *account, StorePasswordFunction each,
                                     void *context, Error *error);

MUST_CHECK bool store_add_grant(StoreTransaction *transaction, const StoreGrant *grant,
                                bool *changed, Error *error);
MUST_CHECK bool store_remove_grant(StoreTransaction *transaction, const StoreGrant *grant,
                                   bool *changed, Error *error);

// The id of a session or of a token about to be put, for its secret.
MUST_CHECK bool store_next_session(StoreTransaction *transaction, int64_t *id, Error *error);
MUST_CHECK bool store_next_token(StoreTransaction *transaction, int64_t *id, Error *error);
// Not noted: the login is.
MUST_CHECK bool store_add_session(StoreTransaction *transaction, const StoreSession *session,
                                  Error *error);
// Takes id, token_hash, previous_*, rotation and rotated_at_us. Nothing happens unless the rotation
// is greater than the one that is stored. Not noted.
MUST_CHECK bool store_rotate_session(StoreTransaction *transaction, const StoreSession *session,
                                     Error *error);
MUST_CHECK bool store_touch_session(StoreTransaction *transaction, int64_t id, int64_t seen_at_us,
                                    Error *error); // not noted
MUST_CHECK bool store_end_session(StoreTransaction *transaction, const char *account, int64_t id,
                                  bool *changed, Error *error);
// All of the account but `except` (0: all).
MUST_CHECK bool store_end_sessions(StoreTransaction *transaction, const char *account,
                                   int64_t except, Error *error);
// Sessions that began before the first time or after the last, or were seen last before the second.
// Not noted.
MUST_CHECK bool store_forget_sessions(StoreTransaction *transaction, int64_t began_at_us,
                                      int64_t seen_at_us, int64_t ahead_us, Error *error);

// Takes all but used_* and revoked_*.
MUST_CHECK bool store_add_token(StoreTransaction *transaction, const StoreToken *token,
                                Error *error);
MUST_CHECK bool store_touch_token(StoreTransaction *transaction, int64_t id, int64_t used_at_us,
                                  Error *error); // not noted
// Takes id, account and revoked_*.
MUST_CHECK bool store_revoke_token(StoreTransaction *transaction, const StoreToken *token,
                                   bool *changed, Error *error);

typedef bool (*StoreAccountFunction)(const StoreAccount *account, void *context, Error *error);
typedef bool (*StoreGrantFunction)(const StoreGrant *grant, void *context, Error *error);
typedef bool (*StoreSessionFunction)(const StoreSession *session, void *context, Error *error);
typedef bool (*StoreTokenFunction)(const StoreToken *token, void *context, Error *error);
// In order of the account's name, then of role, region and unit, or of id; `account` NULL for all.
MUST_CHECK bool store_read_accounts(Store *store, const char *account, StoreAccountFunction each,
                                    void *context, Error *error);
MUST_CHECK bool store_read_grants(Store *store, const char *account, StoreGrantFunction each,
                                  void *context, Error *error);
MUST_CHECK bool store_read_sessions(Store *store, const char *account, StoreSessionFunction each,
                                    void *context, Error *error);
MUST_CHECK bool store_read_tokens(Store *store, const char *account, StoreTokenFunction each,
                                  void *context, Error *error);
