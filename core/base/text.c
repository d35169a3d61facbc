// Small questions about texts: see text.h.
#include "core/base/text.h"

#include <string.h>

bool text_ends_with(const char *text, const char *end) {
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

bool text_equal(const char *left, const char *right) {
    return left && right ? strcmp(left, right) == 0 : left == right;
}
