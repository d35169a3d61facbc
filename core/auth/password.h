// Passwords: what a good one is, and how it is kept.
//
// Kept is an argon2id hash, whose text says with what it was made, so that what a hash costs may
// change and old ones still be checked. Hashing takes its time and memory on purpose: never on the
// loop's thread. The other functions are quick. Any thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

enum {
    PASSWORD_LEAST_CHARACTERS = 10,
    PASSWORD_LONG_CHARACTERS = 16, // from here the kinds of characters do not matter
    PASSWORD_LEAST_CLASSES = 3,    // of small and capital letters, digits, others
    PASSWORD_LEAST_DIFFERENT = 6,  // characters, however long it is
    PASSWORD_MOST_BYTES = 128,
    PASSWORD_HASH_SIZE = 128,
    PASSWORD_GENERATED_SIZE = 20,
};

// What making or checking a hash costs.
typedef struct PasswordCost {
    unsigned long long passes;
    size_t memory_bytes;
} PasswordCost;

PasswordCost password_cost_usual(void);

// Whether it may be the password of the account of this name. ERROR_INPUT says which rule it
// breaks; that it must not be an old one of the account is for who knows those.
MUST_CHECK bool password_is_good(const char *password, const char *account, Error *error);
// A password to be used once: PASSWORD_GENERATED_SIZE - 1 characters that are not mistaken for one
// another.
void password_generate(char out[PASSWORD_GENERATED_SIZE]);

// Blocks. ERROR_SYSTEM when there is no memory for it.
MUST_CHECK bool password_hash(const char *password, PasswordCost cost, char out[PASSWORD_HASH_SIZE],
                              Error *error);
// Blocks. `hash` NULL stands for an account that is not there or has no password: it takes as long
// and gives false.
bool password_matches(const char *password, const char *hash, PasswordCost cost);
// Whether the hash was made at another cost.
bool password_is_outdated(const char *hash, PasswordCost cost);
