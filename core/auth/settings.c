// The usual settings: see settings.h.
#include "core/auth/settings.h"

#define SECONDS(count) (INT64_C(1000000) * (count))
#define MINUTES(count) SECONDS(INT64_C(60) * (count))
#define HOURS(count) MINUTES(INT64_C(60) * (count))
#define DAYS(count) HOURS(INT64_C(24) * (count))

AuthSettings auth_settings_usual(void) {
    return (AuthSettings){
        .password_cost = password_cost_usual(),
        .password_lasts_us = DAYS(90),
        .one_time_lasts_us = DAYS(7),
        .session_idle_us = MINUTES(30),
        .session_lasts_us = HOURS(12),
        .session_rotates_us = MINUTES(15),
        .session_overlap_us = SECONDS(30),
        .most_sessions = 10,
        .most_failures = 5,
        .first_lock_us = MINUTES(15),
        .longest_lock_us = HOURS(24),
        .token_lasts_us = DAYS(366),
        .most_tokens = 20,
        .address_tries = 20,
        .address_refill_us = MINUTES(1),
    };
}
