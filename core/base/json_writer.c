// JSON as a stream: see json_writer.h.
#include "core/base/json_writer.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/decimal.h"
#include "core/base/utf8.h"

static void require(bool in_order) {
    if (in_order) return;
    fputs("biaochi: JSON written out of order\n", stderr);
    abort();
}

static void new_line(JsonWriter *json) {
    if (json->compact) return;
    buffer_append(json->out, "\n", 1);
    for (int i = 0; i < json->depth; i++)
        buffer_append(json->out, "  ", 2);
}

static void begin_member(JsonWriter *json) {
    bool *has_members = &json->has_members[json->depth - 1];
    if (*has_members) buffer_text(json->out, ",");
    *has_members = true;
    new_line(json);
}

static void begin_value(JsonWriter *json) {
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->depth == 0) return;
    require(!json->is_object[json->depth - 1]);
    begin_member(json);
}

static void begin_container(JsonWriter *json, bool object) {
    begin_value(json);
    require(json->depth < JSON_WRITER_MAX_DEPTH);
    buffer_text(json->out, object ? "{" : "[");
    json->is_object[json->depth] = object;
    json->has_members[json->depth] = false;
    json->depth++;
}

static void end_container(JsonWriter *json, bool object) {
    require(json->depth > 0 && !json->after_key && json->is_object[json->depth - 1] == object);
    json->depth--;
    if (json->has_members[json->depth]) new_line(json);
    buffer_text(json->out, object ? "}" : "]");
}

void json_writer_begin_object(JsonWriter *json) {
    begin_container(json, true);
}

void json_writer_end_object(JsonWriter *json) {
    end_container(json, true);
}

void json_writer_begin_array(JsonWriter *json) {
    begin_container(json, false);
}

void json_writer_end_array(JsonWriter *json) {
    end_container(json, false);
}

static const char *short_escape(unsigned char byte) {
    switch (byte) {
        case '"': return "\\\"";
        case '\\': return "\\\\";
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        default: return NULL;
    }
}

static void append_character(Buffer *out, const char *at, const char *next, uint32_t code_point) {
    const char *escape = code_point < 0x80 ? short_escape((unsigned char)code_point) : NULL;
    bool malformed = code_point == 0xFFFD && next == at + 1;
    if (escape)
        buffer_text(out, escape);
    else if (code_point < 0x20 || code_point == 0x7F)
        buffer_printf(out, "\\u%04x", (unsigned)code_point);
    else if (malformed)
        buffer_text(out, "\xEF\xBF\xBD");
    else
        buffer_append(out, at, (size_t)(next - at));
}

// Bytes at the beginning of the text that stand for themselves.
static size_t plain_run(const char *text) {
    size_t length = 0;
    for (;; length++) {
        unsigned char byte = (unsigned char)text[length];
        if (byte < 0x20 || byte >= 0x7F || byte == '"' || byte == '\\') return length;
    }
}

static void append_quoted(Buffer *out, const char *text) {
    buffer_text(out, "\"");
    while (*text) {
        size_t plain = plain_run(text);
        buffer_append(out, text, plain);
        text += plain;
        if (!*text) break;
        uint32_t code_point;
        const char *next = utf8_next(text, &code_point);
        append_character(out, text, next, code_point);
        text = next;
    }
    buffer_text(out, "\"");
}

void json_writer_key(JsonWriter *json, const char *key) {
    require(json->depth > 0 && !json->after_key && json->is_object[json->depth - 1]);
    begin_member(json);
    append_quoted(json->out, key);
    buffer_text(json->out, json->compact ? ":" : ": ");
    json->after_key = true;
}

static void append_value(JsonWriter *json, const char *text) {
    begin_value(json);
    buffer_text(json->out, text);
}

void json_writer_string(JsonWriter *json, const char *text) {
    if (!text) {
        json_writer_null(json);
        return;
    }
    begin_value(json);
    append_quoted(json->out, text);
}

void json_writer_number(JsonWriter *json, double value) {
    if (!isfinite(value)) {
        json_writer_null(json);
        return;
    }
    char text[DECIMAL_TEXT_SIZE];
    decimal_shortest(value, text);
    append_value(json, text);
}

void json_writer_integer(JsonWriter *json, int64_t value) {
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, value);
    append_value(json, text);
}

void json_writer_boolean(JsonWriter *json, bool value) {
    append_value(json, value ? "true" : "false");
}

void json_writer_null(JsonWriter *json) {
    append_value(json, "null");
}

void json_writer_put_string(JsonWriter *json, const char *key, const char *text) {
    json_writer_key(json, key);
    json_writer_string(json, text);
}

void json_writer_put_number(JsonWriter *json, const char *key, double value) {
    json_writer_key(json, key);
    json_writer_number(json, value);
}

void json_writer_put_integer(JsonWriter *json, const char *key, int64_t value) {
    json_writer_key(json, key);
    json_writer_integer(json, value);
}

void json_writer_put_boolean(JsonWriter *json, const char *key, bool value) {
    json_writer_key(json, key);
    json_writer_boolean(json, value);
}
