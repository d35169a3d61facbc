// UTF-8: is it well formed, and how many columns does it take on a terminal.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// True when the bytes are well-formed UTF-8 (no overlong forms, surrogates or code points beyond
// U+10FFFF). On false `*bad`, when given, is the offset of the first byte that is not.
bool utf8_valid(const char *bytes, size_t length, size_t *bad);
// Terminal columns of a well-formed NUL-terminated text: East Asian wide and fullwidth characters
// take two, combining marks none, control characters one.
size_t utf8_width(const char *text);
// Bytes of the longest prefix that fits in `columns` columns without splitting a character.
size_t utf8_prefix(const char *text, size_t columns);
