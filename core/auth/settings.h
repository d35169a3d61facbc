// What a site may set about accounts, and the usual values. Plain data, any thread.
#pragma once

#include <stdint.h>

#include "core/auth/password.h"

typedef struct AuthSettings {
    PasswordCost password_cost;
    int64_t password_lasts_us; // then it must be changed; 0: for ever
    int64_t
        one_time_lasts_us; // a first or a reset password that was not changed opens nothing then

    int64_t session_idle_us;    // a session ends that was not used for so long
    int64_t session_lasts_us;   // and so long after its login whatever its use
    int64_t session_rotates_us; // its token is changed after so long
    int64_t session_overlap_us; // and the one before counts for so long yet
    int most_sessions;          // of an account; a further login ends the oldest

    int most_failures;       // wrong passwords in a row that lock the account
    int64_t first_lock_us;   // for so long; each lock after it twice as long
    int64_t longest_lock_us; // but no longer than this

    int64_t token_lasts_us; // at most
    int most_tokens;        // of an account, not counting what is revoked or expired

    int address_tries; // logins from one address at once, and again over the time that follows
    int64_t address_refill_us;
} AuthSettings;

AuthSettings auth_settings_usual(void);
