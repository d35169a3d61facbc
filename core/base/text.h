// Small questions about texts that <string.h> leaves open. Pure functions, any thread.
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

bool text_ends_with(const char *text, const char *end);
// NULL is like NULL, and like nothing else.
bool text_equal(const char *left, const char *right);
// Takes the part of a UTF-8 character off the end of a text that was cut: with it all of the text
// would be unprintable.
void text_drop_partial_character(char *text);
// As vsnprintf, but a text that is too long is cut at a character's boundary.
void text_format(char *out, size_t size, const char *format, va_list arguments);
