// Making and reading secrets: see secret.h.
#include "core/auth/secret.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum {
    RANDOM_BYTES = 32,
    RANDOM_TEXT = 43, // as base64 without padding
    MOST_DIGITS = 18, // of a number that fits an int64_t whatever its digits
    PREFIX = 3,
};
_Static_assert(PREFIX + MOST_DIGITS + 1 + RANDOM_TEXT < SECRET_TEXT_SIZE, "a text has its place");

static const char *const prefixes[] = {[SECRET_SESSION] = "bs_", [SECRET_TOKEN] = "bc_"};

static void random_text(char out[RANDOM_TEXT + 1]) {
    unsigned char bytes[RANDOM_BYTES];
    (void)!sodium_init();
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out, RANDOM_TEXT + 1, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

void secret_new(SecretKind kind, int64_t id, char text[SECRET_TEXT_SIZE],
                char hash[HASH_TEXT_SIZE]) {
    char secret[RANDOM_TEXT + 1];
    random_text(secret);
    snprintf(text, SECRET_TEXT_SIZE, "%s%lld_%s", prefixes[kind], (long long)id, secret);
    sodium_memzero(secret, sizeof secret);
    hash_bytes(text, strlen(text), hash);
}

// One spelling a number: no sign, no zero in front.
static size_t read_number(const char *text, int64_t *number) {
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > MOST_DIGITS || text[0] == '0') return 0;
    *number = 0;
    for (size_t i = 0; i < digits; i++)
        *number = *number * 10 + (text[i] - '0');
    return digits;
}

bool secret_parse(SecretKind kind, const char *text, int64_t *id, char hash[HASH_TEXT_SIZE]) {
    static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    if (strncmp(text, prefixes[kind], PREFIX) != 0) return false;
    size_t digits = read_number(text + PREFIX, id);
    if (digits == 0 || text[PREFIX + digits] != '_') return false;
    const char *secret = text + PREFIX + digits + 1;
    if (strnlen(secret, RANDOM_TEXT + 1) != RANDOM_TEXT || strspn(secret, base64) != RANDOM_TEXT)
        return false;
    hash_bytes(text, strlen(text), hash);
    return true;
}

bool secret_equals(const char *kept, const char *shown) {
    size_t length = strlen(kept);
    return length > 0 && strlen(shown) == length && sodium_memcmp(kept, shown, length) == 0;
}

void secret_seed_new(char seed[SECRET_SEED_SIZE]) {
    unsigned char bytes[RANDOM_BYTES];
    (void)!sodium_init();
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(seed, SECRET_SEED_SIZE, bytes, sizeof bytes);
}

void secret_csrf(const char *seed, char csrf[SECRET_CSRF_SIZE]) {
    static const char purpose[] = "biaochi csrf";
    unsigned char digest[RANDOM_BYTES];
    crypto_generichash(digest, sizeof digest, (const unsigned char *)purpose, sizeof purpose - 1,
                       (const unsigned char *)seed, strlen(seed));
    sodium_bin2base64(csrf, SECRET_CSRF_SIZE, digest, sizeof digest,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool secret_csrf_equals(const char *seed, const char *shown) {
    char csrf[SECRET_CSRF_SIZE];
    secret_csrf(seed, csrf);
    return shown && secret_equals(csrf, shown);
}
