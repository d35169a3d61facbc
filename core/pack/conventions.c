// Reading and writing conventions: see conventions.h.
#include "core/pack/conventions.h"

#include <stdio.h>
#include <string.h>

#include "core/base/language.h"

const Conventions conventions_default = {.rounding = ROUNDING_HALF_UP,
                                         .digits = 2,
                                         .count_evidence = true,
                                         .cap_items = true,
                                         .method_version = "1"};

// One convention that is a choice among names; the place of a name is its enum's value.
typedef struct Choice {
    const char *name;
    const char *const *values;
    int count;
    size_t offset;
} Choice;

static const char *const rounding_names[] = {"half_up", "truncate", "half_even"};
static const char *const at_names[] = {"final", "milestone"};
static const char *const no_data_names[] = {"excluded", "unmet"};
static const char *const ties_names[] = {"competition", "dense", "ordinal"};
static const char *const rank_names[] = {"printed", "exact"};
static const char *const inapplicable_names[] = {"redistributed", "full", "excluded"};
static const char *const period_names[] = {"calendar_year", "health_year", "april_march", "term"};

#define CHOICE(name, values, field)                                                                \
    { name, values, sizeof(values) / sizeof((values)[0]), offsetof(Conventions, field) }

static const Choice choices[] = {
    CHOICE("rounding", rounding_names, rounding),
    CHOICE("at", at_names, at),
    CHOICE("no_data", no_data_names, no_data),
    CHOICE("ties", ties_names, ties),
    CHOICE("rank_on", rank_names, rank_on),
    CHOICE("inapplicable", inapplicable_names, inapplicable),
    CHOICE("period", period_names, period),
};
_Static_assert(sizeof(Rounding) == sizeof(int), "choices are read and written as int");

static const struct {
    const char *name;
    size_t offset;
} flags[] = {{"near_counts", offsetof(Conventions, near_counts)},
             {"expected_counts", offsetof(Conventions, expected_counts)},
             {"count_evidence", offsetof(Conventions, count_evidence)},
             {"cap_items", offsetof(Conventions, cap_items)}};

static bool refuse(const char *name, Error *error) {
    return error_set(error, ERROR_PACK,
                     T("convention '%s' has no such value", "口径 '%s' 没有这样的取值"), name);
}

static bool read_choices(Conventions *base, const json_t *json, Error *error) {
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        const json_t *value = json_object_get(json, choices[i].name);
        if (!value) continue;
        const char *text = json_string_value(value);
        int found = -1;
        for (int k = 0; text && k < choices[i].count; k++)
            if (strcmp(choices[i].values[k], text) == 0) found = k;
        if (found < 0) return refuse(choices[i].name, error);
        memcpy((char *)base + choices[i].offset, &found, sizeof found);
    }
    return true;
}

bool conventions_overlay(Conventions *base, const json_t *json, Error *error) {
    if (!json_is_object(json)) return true;
    if (!read_choices(base, json, error)) return false;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        const json_t *value = json_object_get(json, flags[i].name);
        if (!value) continue;
        if (!json_is_boolean(value)) return refuse(flags[i].name, error);
        *(bool *)((char *)base + flags[i].offset) = json_is_true(value);
    }
    const json_t *digits = json_object_get(json, "digits");
    if (digits) {
        if (!json_is_integer(digits) || json_integer_value(digits) < 0 ||
            json_integer_value(digits) > DECIMAL_MAX_DIGITS)
            return refuse("digits", error);
        base->digits = (int)json_integer_value(digits);
    }
    const json_t *near_percent = json_object_get(json, "near_percent");
    if (near_percent) {
        if (!json_is_number(near_percent) || !(json_number_value(near_percent) >= 0) ||
            json_number_value(near_percent) > 100)
            return refuse("near_percent", error);
        base->near_percent = json_number_value(near_percent);
    }
    const json_t *version = json_object_get(json, "method_version");
    if (version) {
        if (!json_is_string(version) || json_string_length(version) >= sizeof base->method_version)
            return refuse("method_version", error);
        snprintf(base->method_version, sizeof base->method_version, "%s",
                 json_string_value(version));
    }
    return true;
}

json_t *conventions_to_json(const Conventions *conventions) {
    json_t *json = json_object();
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        int value;
        memcpy(&value, (const char *)conventions + choices[i].offset, sizeof value);
        json_object_set_new(json, choices[i].name, json_string(choices[i].values[value]));
    }
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        json_object_set_new(
            json, flags[i].name,
            json_boolean(*(const bool *)((const char *)conventions + flags[i].offset)));
    json_object_set_new(json, "digits", json_integer(conventions->digits));
    json_object_set_new(json, "near_percent", json_real(conventions->near_percent));
    json_object_set_new(json, "method_version", json_string(conventions->method_version));
    return json;
}
