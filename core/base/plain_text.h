// Text that may be shown: well-formed UTF-8 without control characters.
//
// A terminal obeys control characters and some browsers hide what stands behind them, so no text
// that a pack or a worker chose reaches a person with one in it. Line feeds and tabs are plain;
// the other C0 characters, DEL, the C1 characters (which some terminals take for escape
// sequences) and those that turn the direction of writing are not. Pure functions, any thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// True for well-formed UTF-8 without control characters and without NUL.
bool plain_text(const char *bytes, size_t length);
// Makes a NUL-terminated text plain: each control character becomes blanks of the same length, each
// byte that is not UTF-8 becomes '?'. Line feeds and tabs stay.
void plain_text_clean(char *text);
// As plain_text_clean, and line feeds and tabs become blanks: for what is shown within a line,
// where a line feed would let a name pose as lines of ours.
void plain_text_clean_line(char *text);
