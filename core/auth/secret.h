// Secrets that machines show: sessions' and API tokens' texts, of which only the hash is kept.
//
// A text is "bs_17_…" (a session) or "bc_17_…" (an API token): what it is, the number it is kept
// under, and 256 random bits. Looking it up by number and comparing the hash in constant time tells
// nobody how near a guess was. Pure functions but for the randomness; any thread.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/hash.h"

typedef enum SecretKind { SECRET_SESSION, SECRET_TOKEN } SecretKind;

enum {
    SECRET_TEXT_SIZE = 72, // with the NUL, as below
    SECRET_SEED_SIZE = 65,
    SECRET_CSRF_SIZE = 44,
};

// Makes a text and the hash to be kept of it. `id` is at least 1.
void secret_new(SecretKind kind, int64_t id, char text[SECRET_TEXT_SIZE],
                char hash[HASH_TEXT_SIZE]);
// The number and the hash of a text as somebody sent it; false when it has not the form.
MUST_CHECK bool secret_parse(SecretKind kind, const char *text, int64_t *id,
                             char hash[HASH_TEXT_SIZE]);
// Compares hashes in a time that tells nothing. An empty hash equals none.
bool secret_equals(const char *kept, const char *shown);

// What a session's CSRF token is derived from: random, kept with the session, told to nobody.
void secret_seed_new(char seed[SECRET_SEED_SIZE]);
// The token that goes with the seed: the same as long as the session lives.
void secret_csrf(const char *seed, char csrf[SECRET_CSRF_SIZE]);
// Whether `shown` (NULL for none) is that token.
bool secret_csrf_equals(const char *seed, const char *shown);
