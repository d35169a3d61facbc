// SHA-256 of bytes, as 64 lower-case hexadecimal digits.
#pragma once

#include <stddef.h>

enum { HASH_TEXT_SIZE = 65 }; // digits and NUL

void hash_bytes(const void *bytes, size_t length, char out[HASH_TEXT_SIZE]);
