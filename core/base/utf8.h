// UTF-8: is it well formed, and how many columns does it take on a terminal.
//
// Widths come from a table of Unicode 14 compiled in, not from wcwidth: that one answers by the
// process's locale, and a report must have the same columns everywhere. Pure functions, any thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// True when the bytes are well-formed UTF-8 (no overlong forms, surrogates or code points beyond
// U+10FFFF). On false `*bad`, when given, is the offset of the first byte that is not.
bool utf8_valid(const char *bytes, size_t length, size_t *bad);
// Terminal columns of a well-formed NUL-terminated text: East Asian wide and fullwidth characters
// take two, combining marks none, control characters one.
size_t utf8_width(const char *text);
// Bytes of the longest prefix that fits in `columns` columns without splitting a character.
size_t utf8_prefix(const char *text, size_t columns);
// Characters (code points) of a NUL-terminated text; a byte that belongs to none counts as one.
size_t utf8_count(const char *text);
// Reads the first character of `length` bytes, of which none behind them is looked at, and returns
// the bytes it takes: 0 and the code point 0 when there are none. A byte that begins no well-formed
// character is read alone, as U+FFFD.
size_t utf8_first(const char *bytes, size_t length, uint32_t *code_point);
// Reads one character of a NUL-terminated text and returns where the next one begins. At the NUL
// the code point is 0 and the place stays. A byte that begins no well-formed character is read
// alone, as U+FFFD, so any bytes can be walked.
const char *utf8_next(const char *text, uint32_t *code_point);
