// API tokens: made by their owner, for programs.
//
// A token does what its scopes say of what its owner may, in its region and below; so it can never
// do more than its owner, and less when the owner loses a role. The functions block, like those of
// accounts.h, and `out` is for door_apply.
#pragma once

#include "core/auth/accounts.h"

typedef struct NewToken {
    const char *name; // what it is for
    ScopeSet scopes;
    const char *region; // NULL: wherever its owner may
    int64_t lasts_us;   // at most what the settings allow
} NewToken;

// For the caller's own account; a local caller makes them for anybody. `text` is the token, to be
// shown once: it cannot be read again. `id` may be NULL. ERROR_FORBIDDEN when the owner has nothing
// of a scope, or nothing in the region; ERROR_LIMIT when it has too many tokens.
MUST_CHECK bool tokens_add(const AuthCall *call, const char *owner, const NewToken *token,
                           Account *out, int64_t *id, char text[SECRET_TEXT_SIZE], Error *error);
// By the owner, or whoever manages the account. ERROR_NOT_FOUND when there is none to revoke.
MUST_CHECK bool tokens_revoke(const AuthCall *call, const char *owner, int64_t id, Account *out,
                              Error *error);
