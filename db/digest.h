// A digest over fields: what the audit log says a part of a table holds.
//
// BLAKE2b-256 over typed fields in the order given, each with its length where that varies, so that
// no two sequences of fields have the same bytes. Pure; one thread a digest.
#pragma once

#include <stdint.h>

#include "core/base/hash.h"

enum { DIGEST_BYTES = 32 };

typedef struct Digest Digest;

Digest *digest_new(void);
void digest_free(Digest *digest); // NULL is allowed

void digest_text(Digest *digest, const char *text); // NULL and "" are the same
void digest_small(Digest *digest, uint32_t number);
void digest_integer(Digest *digest, int64_t integer);
void digest_real(Digest *digest, double real); // 0 and −0 are the same, and so is every NaN
void digest_bytes(Digest *digest, const uint8_t bytes[DIGEST_BYTES]); // another digest
// The digest of the fields so far; the next field begins a new one.
void digest_end(Digest *digest, uint8_t out[DIGEST_BYTES]);

// As 64 lower-case hexadecimal digits.
void digest_print(const uint8_t bytes[DIGEST_BYTES], char out[HASH_TEXT_SIZE]);
