// Small questions about texts that <string.h> leaves open. Pure functions, any thread.
#pragma once

#include <stdbool.h>

bool text_ends_with(const char *text, const char *end);
// NULL is like NULL, and like nothing else.
bool text_equal(const char *left, const char *right);
