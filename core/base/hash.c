// SHA-256 through libsodium: see hash.h.
#include "core/base/hash.h"

#include <sodium.h>

void hash_bytes(const void *bytes, size_t length, char out[HASH_TEXT_SIZE]) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, bytes, length);
    sodium_bin2hex(out, HASH_TEXT_SIZE, digest, sizeof digest);
}
