// How many values a JSON text has, before it is parsed.
//
// A parsed value takes up to a hundred times the bytes of its text, so a text that somebody else
// wrote is counted before memory is taken for it. Pure; any thread.
#pragma once

#include <stddef.h>

// Counts by what stands around values, so that a text that is no JSON has a number too; one that is
// has at most one value more.
size_t json_count_values(const char *bytes, size_t length);
