// A JSON tree as text for programs: without line feeds and blanks, figures exact and as short as
// they read back. However deep the tree is. Pure; any thread.
#pragma once

#include <jansson.h>

#include "core/base/memory.h"

// Appends it, members in their order. What is no number in JSON is null, and so is NULL.
void view_json_append(Buffer *out, const json_t *json);
// A text that nobody has looked at, as one from a database or from a client: bytes that are not
// UTF-8 become U+FFFD, where jansson would make no tree at all. Null for NULL. New reference.
json_t *view_text_to_json(const char *text);
json_t *view_text_or_null(const char *text); // null for "" too
// A moment (epoch µs) as RFC 3339 in UTC; null for 0. New reference.
json_t *view_time_to_json(int64_t epoch_us);
