// Small questions about texts that <string.h> leaves open. Pure functions, any thread.
#pragma once

#include <stdbool.h>

bool text_ends_with(const char *text, const char *end);
// NULL is like NULL, and like nothing else.
bool text_equal(const char *left, const char *right);
// Drops the bytes of a UTF-8 character that a cut left at the end, which would make the whole text
// unprintable. A text that ends with a whole character stays as it is.
void text_drop_partial_character(char *text);
