// A JSON tree as text for programs: without line feeds and blanks, figures exact and as short as
// they read back. However deep the tree is. Pure; any thread.
#pragma once

#include <jansson.h>

#include "core/base/memory.h"

// Appends it, members in their order. What is no number in JSON is null.
void view_json_append(Buffer *out, const json_t *json);
// A moment (epoch µs) as RFC 3339 in UTC; null for 0. New reference.
json_t *view_time_to_json(int64_t epoch_us);
