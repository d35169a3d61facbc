// Writes JSON as a stream onto a Buffer: two-space indents, one member or element a line; or
// `compact`, for programs alone, without line feeds and blanks.
//
// Start from a zeroed struct with `out` set; the writer owns nothing and nothing is to be freed.
// The caller pairs begin and end and gives every member of an object its key first; a call out of
// order is a programming error and aborts. What comes out is always valid JSON: bytes that are not
// UTF-8 become U+FFFD, figures that are not finite become null. One thread at a time.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "core/base/memory.h"

enum { JSON_WRITER_MAX_DEPTH = 64 };

typedef struct JsonWriter {
    Buffer *out;  // the caller's
    bool compact; // set before the first call
    int depth;
    bool after_key;                        // the next value stands behind its key
    bool is_object[JSON_WRITER_MAX_DEPTH]; // by level: object or array
    bool has_members[JSON_WRITER_MAX_DEPTH];
} JsonWriter;

void json_writer_begin_object(JsonWriter *json);
void json_writer_end_object(JsonWriter *json);
void json_writer_begin_array(JsonWriter *json);
void json_writer_end_array(JsonWriter *json);

// The key of the next value; only inside an object.
void json_writer_key(JsonWriter *json, const char *key);

void json_writer_string(JsonWriter *json, const char *text); // NULL writes null
// The shortest decimal; NaN and infinities write null.
void json_writer_number(JsonWriter *json, double value);
void json_writer_integer(JsonWriter *json, int64_t value);
void json_writer_boolean(JsonWriter *json, bool value);
void json_writer_null(JsonWriter *json);

// A member of an object: its key, then its value.
void json_writer_put_string(JsonWriter *json, const char *key, const char *text);
void json_writer_put_number(JsonWriter *json, const char *key, double value);
void json_writer_put_integer(JsonWriter *json, const char *key, int64_t value);
void json_writer_put_boolean(JsonWriter *json, const char *key, bool value);
