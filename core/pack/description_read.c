// Texts, numbers and indexes out of a worker's JSON: see description_inside.h.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "core/pack/description_inside.h"

static bool is_plain(Maker *maker, const char *text, size_t length, const char *file, int line) {
    if (plain_text(text, length)) return true;
    problems_addf(maker->problems, ERROR_PACK, file, line, 0, "%s",
                  T("a text contains a control character", "文本含有控制字符"));
    return false;
}

// Texts and names of fields go to terminals: an escape sequence is an attack or a mistake.
bool maker_texts_are_plain(Maker *maker, const json_t *node, const char *file, int line) {
    const json_t *item;
    const char *key;
    size_t index;
    if (json_is_string(node))
        return is_plain(maker, json_string_value(node), json_string_length(node), file, line);
    bool plain = true;
    const json_t *own_file = json_object_get(node, "file");
    if (json_is_string(own_file) &&
        plain_text(json_string_value(own_file), json_string_length(own_file))) {
        file = json_string_value(own_file);
        line = maker_integer(node, "line", 0);
    }
    json_object_foreach((json_t *)node, key, item) plain &=
        is_plain(maker, key, strlen(key), file, line) &
        maker_texts_are_plain(maker, item, file, line);
    json_array_foreach(node, index, item) plain &= maker_texts_are_plain(maker, item, file, line);
    return plain;
}

const char *maker_text(Maker *maker, const json_t *node, const char *key, const char *missing) {
    const char *text = json_string_value(json_object_get(node, key));
    return text ? arena_string(&maker->description->arena, text) : missing;
}

double maker_number(const json_t *node, const char *key, double missing) {
    const json_t *value = json_object_get(node, key);
    double number = json_is_number(value) ? json_number_value(value) : missing;
    return isfinite(number) && fabs(number) <= 1e15 ? number : missing;
}

int maker_integer(const json_t *node, const char *key, int missing) {
    const json_t *value = json_object_get(node, key);
    if (!json_is_integer(value)) return missing;
    json_int_t number = json_integer_value(value);
    return number >= -1000000000 && number <= 1000000000 ? (int)number : missing;
}

size_t maker_size(const json_t *array) {
    return json_is_array(array) ? json_array_size(array) : 0;
}

int maker_rule(Maker *maker, const json_t *node, const char *key) {
    int rule = maker_integer(node, key, -1);
    return rule >= 0 && (size_t)rule < maker->description->rule_count ? rule : -1;
}

bool maker_is(const json_t *node, const char *key, const char *wanted) {
    const char *text = json_string_value(json_object_get(node, key));
    return text && strcmp(text, wanted) == 0;
}

int maker_choice(const json_t *node, const char *key, const char *const *names, int count,
                 int missing) {
    for (int i = 0; i < count; i++)
        if (maker_is(node, key, names[i])) return i;
    return missing;
}

void *maker_array(Maker *maker, size_t count, size_t size) {
    return arena_new(&maker->description->arena, count ? count : 1, size);
}

const char *maker_owner(Maker *maker, const char *kind, const char *id) {
    char text[256];
    snprintf(text, sizeof text, "%s \"%s\"", kind, id);
    return arena_string(&maker->description->arena, text);
}

const char *const *maker_texts(Maker *maker, const json_t *list, size_t *count) {
    const char **texts = maker_array(maker, maker_size(list), sizeof *texts);
    *count = 0;
    for (size_t i = 0; i < maker_size(list); i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text) texts[(*count)++] = arena_string(&maker->description->arena, text);
    }
    return texts;
}
