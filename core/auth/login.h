// Logging in, out, and changing one's own password.
//
// These block, some for as long as hashing a password takes: for a queued job. What each changed
// goes to the audit log, and `account` is the account as it is afterwards, for door_apply; also on
// false, when it has a name. Free it with account_free.
#pragma once

#include "core/auth/accounts.h"

typedef struct LoginRequest {
    const char *name, *password; // as they were sent: anything
    const char *address;         // of the client
    const char *client;          // its User-Agent; NULL: unknown
} LoginRequest;

typedef struct Login {
    Account account;
    int64_t session;
    char token[SECRET_TEXT_SIZE]; // to be shown to the client and forgotten
    // The login before this one, for the person to recognize: 0 and "" when there was none.
    int64_t last_at_us;
    char last_from[ADDRESS_SIZE];
    int failures; // wrong passwords since then
} Login;

// Wrong name, wrong password and a locked account, whatever the password, give the same
// ERROR_UNIDENTIFIED after the same time; the right password of an account that is disabled, or a
// one-time password that is over, is told so (ERROR_FORBIDDEN). A one-time password stays good
// until it is changed, so that nobody is locked out who did not get to choose another; each login
// with it ends the session before. The call's caller is not looked at.
MUST_CHECK bool login(const AuthCall *call, const LoginRequest *request, Login *out, Error *error);

typedef struct PasswordChange {
    Account account;
    char token[SECRET_TEXT_SIZE]; // takes the place of the session's
} PasswordChange;

// For a caller with a session, which goes on with a new token; the account's other sessions end.
// ERROR_FORBIDDEN when the old password is wrong, which counts as a failed login; ERROR_INPUT when
// the new one breaks a rule.
MUST_CHECK bool login_change_password(const AuthCall *call, const char *old, const char *new,
                                      PasswordChange *out, Error *error);

// Ends the sessions of all accounts, and says how many. For a store that no door has loaded.
MUST_CHECK bool logout_everybody(StoreTransaction *transaction, Store *store, int64_t *ended,
                                 Error *error);
// Ends the caller's own session.
MUST_CHECK bool logout(const AuthCall *call, Account *account, Error *error);
