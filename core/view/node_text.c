// What a declaration's field says: see node_text.h.
#include "core/view/node_text.h"

#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"

static void say_number(Buffer *out, const json_t *value) {
    char text[DECIMAL_TEXT_SIZE];
    decimal_shortest(json_number_value(value), text);
    buffer_text(out, text);
}

// Targets are written as the pack wrote them: at_least(90), all_of(rises(year), at_least(50)).
static void say_object(Buffer *out, const json_t *object) {
    const char *kind = json_string_value(json_object_get(object, "kind"));
    const char *key, *between = "";
    const json_t *value;
    bool ratio = json_object_get(object, "whole") != NULL;
    if (kind) buffer_printf(out, "%s(", ratio ? "ratio" : kind);
    json_object_foreach((json_t *)object, key, value) {
        if (strcmp(key, "kind") == 0 || (ratio && strcmp(key, "value") == 0)) continue;
        buffer_text(out, between);
        if (!kind && !json_is_object(value)) buffer_printf(out, "%s=", key);
        node_text_value(out, value);
        between = kind ? ", " : " ";
    }
    if (kind) buffer_text(out, ")");
}

void node_text_value(Buffer *out, const json_t *value) {
    size_t index;
    const json_t *part;
    if (json_is_string(value)) buffer_text(out, json_string_value(value));
    if (json_is_number(value)) say_number(out, value);
    if (json_is_boolean(value)) buffer_text(out, json_is_true(value) ? "true" : "false");
    if (json_is_object(value)) say_object(out, value);
    json_array_foreach(value, index, part) {
        if (index > 0) buffer_text(out, T("; ", "；"));
        node_text_value(out, part);
    }
}
