// Small things to do with texts: see text.h.
#include "core/base/text.h"

#include <stdio.h>
#include <string.h>

bool text_ends_with(const char *text, const char *end) {
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

bool text_equal(const char *left, const char *right) {
    return left && right ? strcmp(left, right) == 0 : left == right;
}

// The beginning of a character at the end of a text that was cut.
static void drop_partial_character(char *text) {
    size_t length = strlen(text), start = length;
    while (start > 0 && length - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0) return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length - (start - 1) < wanted) text[start - 1] = '\0';
}

void text_copy(char *out, size_t size, const char *text) {
    text_format(out, size, "%s", text ? text : "");
}

void text_format(char *out, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    text_format_list(out, size, format, arguments);
    va_end(arguments);
}

void text_format_list(char *out, size_t size, const char *format, va_list arguments) {
    int wanted = vsnprintf(out, size, format, arguments);
    if (wanted >= 0 && (size_t)wanted >= size) drop_partial_character(out);
}
