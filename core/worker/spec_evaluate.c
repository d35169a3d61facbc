// Evaluating what a spec gives: see spec_evaluate.h.
#include "core/worker/spec_evaluate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/eval/result_json.h"

enum { EARLIEST_YEAR = 1900, LATEST_YEAR = 2200 };

typedef struct SpecData {
    const Description *description;
    DatasetBuilder *builder;
    int year;
    Error *error;
} SpecData;

// The years of a series come as a record with the years as texts, or as an array when Lua saw one;
// only records are meant here.
static bool put_years(SpecData *data, int series, int region, const json_t *years,
                      const char *key) {
    const char *text;
    json_t *value;
    json_object_foreach((json_t *)years, text, value) {
        char *end;
        long year = strtol(text, &end, 10);
        if (*end || !json_is_number(value) || year < EARLIEST_YEAR || year > LATEST_YEAR)
            return error_set(data->error, ERROR_PACK,
                             T("evaluate: observations of \"%s\" must be numbers by year",
                               "evaluate:\"%s\" 的监测值应为按年份列出的数值"),
                             key);
        dataset_put(data->builder, series, region, (int)year, json_number_value(value));
    }
    return true;
}

// Refuses a name with the nearest one that is known.
static bool refuse_name(SpecData *data, const char *key, const char *const *names, size_t count) {
    const char *near = nearest_name(key, names, count);
    return error_set(
        data->error, ERROR_PACK,
        T("evaluate: \"%s\" is not known here%s%s%s", "evaluate：此处没有 \"%s\"%s%s%s"), key,
        near ? T(" (did you mean \"", "（是否应为 \"") : "", near ? near : "",
        near ? T("\"?)", "\"？）") : "");
}

static bool check_keys(SpecData *data, const json_t *object, const char *const *names,
                       size_t count) {
    const char *key;
    json_t *ignored;
    json_object_foreach((json_t *)object, key, ignored) {
        bool known = false;
        for (size_t i = 0; i < count; i++)
            known = known || strcmp(names[i], key) == 0;
        if (!known) return refuse_name(data, key, names, count);
    }
    return true;
}

static bool check_breakdown(SpecData *data, const char *breakdown) {
    const Description *description = data->description;
    const char **names = memory_new(description->breakdown_count + 1, sizeof *names);
    bool known = strcmp(breakdown, "total") == 0;
    for (size_t i = 0; i < description->breakdown_count; i++) {
        names[i] = description->breakdowns[i].id;
        known = known || strcmp(names[i], breakdown) == 0;
    }
    if (!known) refuse_name(data, breakdown, names, description->breakdown_count);
    free(names);
    return known;
}

static bool unknown_key(SpecData *data, const char *key) {
    const Description *description = data->description;
    const char **names = memory_new(description->series_count, sizeof *names);
    for (size_t i = 0; i < description->series_count; i++)
        names[i] = description->series[i].id;
    refuse_name(data, key, names, description->series_count);
    free(names);
    return false;
}

static bool put_observation(SpecData *data, int region, const char *key, const json_t *value) {
    char id[128];
    snprintf(id, sizeof id, "%s", key);
    char *dot = strchr(id, '.');
    const char *breakdown = "total";
    if (dot) {
        *dot = '\0';
        breakdown = dot + 1;
    }
    if (description_series(data->description, id) < 0) return unknown_key(data, id);
    if (!check_breakdown(data, breakdown)) return false;
    int series = dataset_add_series(data->builder, id, breakdown, data->error);
    if (series < 0) return false;
    if (json_is_number(value)) {
        dataset_put(data->builder, series, region, data->year, json_number_value(value));
        return true;
    }
    if (json_is_object(value)) return put_years(data, series, region, value, key);
    return error_set(data->error, ERROR_PACK,
                     T("evaluate: \"%s\" must be a number or numbers by year",
                       "evaluate:\"%s\" 应为数值或按年份列出的数值"),
                     key);
}

static bool put_region(SpecData *data, const char *code, const json_t *observations) {
    int region = dataset_add_region(data->builder, code, data->error);
    if (region < 0) return false;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)observations, key, value) {
        if (!put_observation(data, region, key, value)) return false;
    }
    return true;
}

static int compare_codes(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

// In order of code, as the store gives them: ordinal ranks break ties by it.
static bool put_children(SpecData *data, const json_t *regions, int parent) {
    const char **codes = memory_new(json_object_size(regions), sizeof *codes), *code;
    json_t *ignored;
    size_t count = 0;
    json_object_foreach((json_t *)regions, code, ignored) codes[count++] = code;
    qsort(codes, count, sizeof *codes, compare_codes);
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        const json_t *region = json_object_get(regions, codes[i]);
        static const char *const keys[] = {"observations"};
        good = check_keys(data, region, keys, 1) &&
               put_region(data, codes[i], json_object_get(region, "observations"));
        int index = good ? dataset_find_region(data->builder, codes[i]) : parent;
        if (index != parent) dataset_set_parent(data->builder, index, parent);
    }
    free(codes);
    return good;
}

static bool put_request(SpecData *data, const json_t *request) {
    static const char *const keys[] = {"year", "observations", "regions"};
    const char *code = data->description->region;
    if (!check_keys(data, request, keys, 3)) return false;
    if (!put_region(data, code, json_object_get(request, "observations"))) return false;
    return put_children(data, json_object_get(request, "regions"),
                        dataset_find_region(data->builder, code));
}

// What the regions' rules could not do, for the results that are read back.
typedef struct SpecFailures {
    RuleFailure *items;
    size_t *regions;
    size_t count, capacity;
    Arena texts;
} SpecFailures;

static void note_failure(void *context, size_t region, const RuleFailure *failure) {
    SpecFailures *failures = context;
    if (failures->count == failures->capacity) {
        failures->capacity = failures->capacity ? 2 * failures->capacity : 16;
        failures->items =
            memory_resize(failures->items, failures->capacity, sizeof *failures->items);
        failures->regions =
            memory_resize(failures->regions, failures->capacity, sizeof *failures->regions);
    }
    failures->items[failures->count] = *failure;
    failures->items[failures->count].message = arena_string(&failures->texts, failure->message);
    failures->regions[failures->count++] = region;
}

static void encode_region(const ResultLayout *layout, const ResultArea *area, size_t region,
                          const SpecFailures *failures, Buffer *bytes) {
    RuleFailure *own = memory_new(failures->count, sizeof *own);
    size_t count = 0;
    for (size_t i = 0; i < failures->count; i++)
        if (failures->regions[i] == region) own[count++] = failures->items[i];
    result_encode(layout, area_record(area, region), (int)region == area->own_region, own, count,
                  bytes);
    free(own);
}

// The results of one region, read back from their bytes as everybody reads them.
static json_t *region_to_json(const ResultLayout *layout, const ResultArea *area, size_t region,
                              const SpecFailures *failures, Error *error) {
    Buffer bytes = {0};
    RegionResult result;
    encode_region(layout, area, region, failures, &bytes);
    json_t *object = NULL;
    if (result_decode(bytes.data, bytes.length, layout, &result, error)) {
        object = result_to_json(layout->description, &result, layout->year);
        result_free(&result);
    }
    buffer_free(&bytes);
    return object;
}

static json_t *evaluate_dataset(const SpecContext *context, const Dataset *dataset, int year,
                                Error *error) {
    ResultLayout *layout = layout_new(context->description, year, true);
    size_t regions = dataset->header->region_count;
    void *memory = memory_new(area_bytes(layout, dataset), 1);
    ResultArea area;
    area_place(&area, layout, dataset, area_own_region(context->description, dataset), memory);
    SpecFailures failures = {0};
    EvaluationOptions options = {.failed = note_failure, .context = &failures};
    Evaluation *evaluation = evaluation_new(layout, dataset, &area, &options, context->caller);
    evaluation_derive(evaluation, 0, regions);
    evaluation_range(evaluation, 0, regions);
    json_t *whole = NULL, *all = json_object();
    bool good = true;
    for (size_t r = 0; r < regions && good; r++) {
        json_t *object = region_to_json(layout, &area, r, &failures, error);
        good = object != NULL;
        if (r == 0 && good) whole = json_copy(object);
        if (good) json_object_set_new(all, dataset->regions[r].code, object);
    }
    json_object_set_new(whole, "regions", all);
    if (!good) {
        json_decref(whole);
        whole = NULL;
    }
    evaluation_free(evaluation);
    layout_free(layout);
    arena_free(&failures.texts);
    free(failures.items);
    free(failures.regions);
    free(memory);
    return whole;
}

static void span_of_years(const json_t *observations, int *first, int *last) {
    const char *key, *text;
    json_t *value, *ignored;
    json_object_foreach((json_t *)observations, key, value) {
        json_object_foreach(json_is_object(value) ? value : NULL, text, ignored) {
            int year = atoi(text);
            if (year >= EARLIEST_YEAR && year < *first) *first = year;
            if (year <= LATEST_YEAR && year > *last) *last = year;
        }
    }
}

json_t *spec_evaluate_request(void *context_pointer, const json_t *request, Error *error) {
    const SpecContext *context = context_pointer;
    const json_t *year = json_object_get(request, "year");
    if (!json_is_integer(year) || json_integer_value(year) < EARLIEST_YEAR ||
        json_integer_value(year) > LATEST_YEAR) {
        error_set(error, ERROR_PACK,
                  T("evaluate needs a year, such as evaluate { year = 2024, … }",
                    "evaluate 需要年份，如 evaluate { year = 2024, … }"));
        return NULL;
    }
    SpecData data = {
        .description = context->description, .year = (int)json_integer_value(year), .error = error};
    int first = data.year, last = data.year;
    span_of_years(json_object_get(request, "observations"), &first, &last);
    const char *code;
    json_t *region;
    json_object_foreach(json_object_get(request, "regions"), code, region)
        span_of_years(json_object_get(region, "observations"), &first, &last);
    data.builder = dataset_builder_new(first, last);
    if (!put_request(&data, request)) {
        dataset_builder_free(data.builder);
        return NULL;
    }
    Dataset *dataset = dataset_finish(data.builder);
    json_t *result = evaluate_dataset(context, dataset, data.year, error);
    dataset_free(dataset);
    return result;
}
