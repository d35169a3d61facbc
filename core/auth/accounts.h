// What is done to accounts by those who manage them.
//
// Each function is one transaction: whether the caller may do it is decided on what is there then,
// what was changed goes to the audit log, and `out` gets the account as it is afterwards, for
// door_apply; free it with account_free. They block: for a queued job, or the command line. On
// false nothing was changed. Common errors: ERROR_NOT_FOUND when there is no such account,
// ERROR_FORBIDDEN when the caller may not manage it: nobody manages an account of his own, nor one
// with a role in a region beyond his, nor, unless he manages all, one without any;
// ERROR_UNIDENTIFIED when his session has ended meanwhile.
#pragma once

#include "core/auth/account.h"

// On whose behalf, when, with what. Borrowed.
typedef struct AuthCall {
    Store *store;
    const AuthSettings *settings;
    const Caller *caller;
    int64_t now_us;
} AuthCall;

typedef struct NewAccount {
    const char *name, *title; // the title may be NULL
    const char *password;     // must be changed at the first login, within some days
    const Grant *grants;
    size_t grant_count;
} NewAccount;

// ERROR_CONFLICT when there is one of that name, or roles may not meet.
MUST_CHECK bool accounts_add(const AuthCall *call, const NewAccount *account, Account *out,
                             Error *error);
MUST_CHECK bool accounts_set_title(const AuthCall *call, const char *name, const char *title,
                                   Account *out, Error *error);
// Both end the account's sessions when they change anything. A reporter's grant names a unit, no
// other does; an auditor's names no region, because there is one log for all of them.
// ERROR_CONFLICT when roles may not meet, or a region would be left that nobody manages the
// accounts of; ERROR_NOT_FOUND for a region or a unit that is not there, or when there is no such
// grant to revoke.
MUST_CHECK bool accounts_grant(const AuthCall *call, const char *name, const Grant *grant,
                               Account *out, Error *error);
MUST_CHECK bool accounts_revoke(const AuthCall *call, const char *name, const Grant *grant,
                                Account *out, Error *error);
// The new password must be changed at the next login, within some days. Ends the account's sessions
// and the lock that wrong passwords brought about; its API tokens stay.
MUST_CHECK bool accounts_reset_password(const AuthCall *call, const char *name,
                                        const char *password, Account *out, Error *error);
// A disabled account has no sessions, and its tokens open nothing. ERROR_CONFLICT when a
// region would be left that nobody manages the accounts of.
MUST_CHECK bool accounts_disable(const AuthCall *call, const char *name, Account *out,
                                 Error *error);
MUST_CHECK bool accounts_enable(const AuthCall *call, const char *name, Account *out, Error *error);
// Ends the lock that wrong passwords brought about, and forgets them.
MUST_CHECK bool accounts_unlock(const AuthCall *call, const char *name, Account *out, Error *error);
// `session` 0 ends all. ERROR_NOT_FOUND when there is no such session.
MUST_CHECK bool accounts_end_session(const AuthCall *call, const char *name, int64_t session,
                                     Account *out, Error *error);
