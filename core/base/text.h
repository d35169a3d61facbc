// Small things to do with texts that <string.h> leaves open. Pure functions, any thread.
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

bool text_ends_with(const char *text, const char *end);
// NULL is like NULL, and like nothing else.
bool text_equal(const char *left, const char *right);
// Into `size` bytes, the NUL among them. What does not fit is left off behind a whole character,
// since half of one would make the text unfit to be shown. NULL is copied as "".
void text_copy(char *out, size_t size, const char *text);
void text_format(char *out, size_t size, const char *format, ...) FORMAT(3, 4);
void text_format_list(char *out, size_t size, const char *format, va_list arguments);
