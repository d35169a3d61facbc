// BLAKE2b over fields: see digest.h.
#include "db/digest.h"

#include <math.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

// Fields are short: they are gathered before they are hashed.
enum { STAGED_BYTES = 256, STATE_ALIGNMENT = 64 };

struct Digest {
    crypto_generichash_state state;
    uint8_t staged[STAGED_BYTES];
    size_t staged_length;
};

static void begin(Digest *digest) {
    crypto_generichash_init(&digest->state, NULL, 0, DIGEST_BYTES);
    digest->staged_length = 0;
}

// The state wants an alignment that malloc does not promise.
Digest *digest_new(void) {
    Digest *digest = memory_new_aligned(STATE_ALIGNMENT, sizeof *digest);
    begin(digest);
    return digest;
}

void digest_free(Digest *digest) {
    free(digest);
}

static void flush(Digest *digest) {
    crypto_generichash_update(&digest->state, digest->staged, digest->staged_length);
    digest->staged_length = 0;
}

static void append(Digest *digest, const void *bytes, size_t length) {
    if (digest->staged_length + length > STAGED_BYTES) flush(digest);
    if (length > STAGED_BYTES) {
        crypto_generichash_update(&digest->state, bytes, length);
        return;
    }
    memcpy(digest->staged + digest->staged_length, bytes, length);
    digest->staged_length += length;
}

// The lowest byte first.
static void append_number(Digest *digest, uint64_t number, size_t size) {
    uint8_t bytes[sizeof number];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(number >> (8 * i));
    append(digest, bytes, size);
}

void digest_small(Digest *digest, uint32_t number) {
    append_number(digest, number, sizeof number);
}

void digest_text(Digest *digest, const char *text) {
    size_t length = text ? strlen(text) : 0;
    digest_small(digest, (uint32_t)length);
    if (length > 0) append(digest, text, length);
}

void digest_integer(Digest *digest, int64_t integer) {
    append_number(digest, (uint64_t)integer, sizeof integer);
}

void digest_real(Digest *digest, double real) {
    const double one_form = isnan(real) ? (double)NAN : real == 0 ? 0.0 : real;
    uint64_t bits;
    memcpy(&bits, &one_form, sizeof bits);
    append_number(digest, bits, sizeof bits);
}

void digest_bytes(Digest *digest, const uint8_t bytes[DIGEST_BYTES]) {
    append(digest, bytes, DIGEST_BYTES);
}

void digest_end(Digest *digest, uint8_t out[DIGEST_BYTES]) {
    flush(digest);
    crypto_generichash_final(&digest->state, out, DIGEST_BYTES);
    begin(digest);
}

void digest_print(const uint8_t bytes[DIGEST_BYTES], char out[HASH_TEXT_SIZE]) {
    sodium_bin2hex(out, HASH_TEXT_SIZE, bytes, DIGEST_BYTES);
}
