// "Did you mean …": the known name that a misspelt one was probably meant to be.
//
// Distance is counted in characters, not bytes, so that one wrong Chinese character is one mistake.
// Pure functions, any thread.
#pragma once

#include <stddef.h>

enum { NEAREST_MAX_CHARACTERS = 64 };

// The name closest to `wanted`, one of the `names` pointers, or NULL when none is close: about one
// mistake (a character wrong, missing, added, or two swapped) in every three characters is allowed.
// Case and full-width forms of ASCII count for nothing. A name that goes on where `wanted` stops
// ("内蒙古" for "内蒙古自治区") is taken when no name is within the mistakes allowed. Among equals
// the first wins. Texts beyond NEAREST_MAX_CHARACTERS are never close; NULL names are skipped.
const char *nearest_name(const char *wanted, const char *const *names, size_t count);
