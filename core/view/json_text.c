// JSON trees as text: see json_text.h.
#include "core/view/json_text.h"

#include "core/base/clock.h"
#include "core/base/json_writer.h"

static void append_text(Buffer *out, const char *text) {
    JsonWriter json = {.out = out};
    json_writer_string(&json, text);
}

static void append_object(Buffer *out, const json_t *object) {
    const char *key, *between = "";
    json_t *value;
    buffer_text(out, "{");
    json_object_foreach((json_t *)object, key, value) {
        buffer_text(out, between);
        append_text(out, key);
        buffer_text(out, ":");
        view_json_append(out, value);
        between = ",";
    }
    buffer_text(out, "}");
}

static void append_array(Buffer *out, const json_t *array) {
    size_t index;
    const json_t *value;
    buffer_text(out, "[");
    json_array_foreach(array, index, value) {
        if (index > 0) buffer_text(out, ",");
        view_json_append(out, value);
    }
    buffer_text(out, "]");
}

void view_json_append(Buffer *out, const json_t *json) {
    JsonWriter scalar = {.out = out};
    if (!json) {
        json_writer_null(&scalar);
        return;
    }
    switch (json_typeof(json)) {
        case JSON_OBJECT: append_object(out, json); break;
        case JSON_ARRAY: append_array(out, json); break;
        case JSON_STRING: json_writer_string(&scalar, json_string_value(json)); break;
        case JSON_INTEGER: json_writer_integer(&scalar, json_integer_value(json)); break;
        case JSON_REAL: json_writer_number(&scalar, json_real_value(json)); break;
        case JSON_TRUE: json_writer_boolean(&scalar, true); break;
        case JSON_FALSE: json_writer_boolean(&scalar, false); break;
        case JSON_NULL: json_writer_null(&scalar); break;
    }
}

json_t *view_text_to_json(const char *text) {
    json_t *json = text ? json_string(text) : json_null();
    if (json) return json;
    Buffer mended = {0};
    append_text(&mended, text);
    json = json_loadb(mended.data, mended.length, JSON_DECODE_ANY, NULL);
    buffer_free(&mended);
    return json;
}

json_t *view_text_or_null(const char *text) {
    return text && *text ? view_text_to_json(text) : json_null();
}

json_t *view_time_to_json(int64_t epoch_us) {
    char text[CLOCK_UTC_SIZE];
    if (!epoch_us) return json_null();
    clock_format_utc(epoch_us, text);
    return json_string(text);
}
