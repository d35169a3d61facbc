// What back-tests keep of each year's results: see backtest_inside.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/backtest_inside.h"
#include "core/eval/judge.h"

// NaN where the record does not have it.
static double value_of(const ResultLayout *layout, const uint8_t *record, size_t indicator) {
    double value = NAN;
    uint32_t kept = layout->kept[indicator];
    if (kept & (1u << METRIC_VALUE))
        memcpy(&value,
               record + layout->metrics[indicator] +
                   sizeof value * (size_t)layout_metric_place(kept, METRIC_VALUE),
               sizeof value);
    return value;
}

static bool has_milestone(const Indicator *indicator, int year) {
    for (size_t i = 0; i < indicator->milestone_count; i++)
        if (indicator->milestones[i].year == year) return true;
    return false;
}

// Targets whose milestone can be held against a value alone.
static bool is_plain(const Target *target) {
    return target->kind == TARGET_AT_LEAST || target->kind == TARGET_AT_MOST ||
           target->kind == TARGET_ABOVE || target->kind == TARGET_BELOW;
}

// How the value stands against what is due in the year itself.
static Status due_status(const Description *description, size_t index, int year, double value,
                         Status status) {
    const Indicator *indicator = &description->indicators[index];
    const Target *target = &indicator->target_sets[0].target;
    bool milestone = indicator->conventions.at == AT_FINAL && has_milestone(indicator, year) &&
                     is_plain(target) && status != STATUS_NOT_APPLICABLE;
    if (!milestone) return status;
    Judged judged = {.indicator = indicator,
                     .plan = &description->plans[indicator->plan],
                     .year = year,
                     .value = value,
                     .baseline = NAN,
                     .at_milestone = true};
    return judge(&judged, target);
}

static void take_region(YearResults *results, size_t row, const ResultLayout *layout,
                        const uint8_t *record) {
    const Description *description = layout->description;
    size_t count = description->indicator_count;
    for (size_t i = 0; i < count; i++) {
        size_t cell = row * count + i;
        double value = value_of(layout, record, i);
        Status status = (Status)record[layout->statuses[i]];
        results->states[cell] = (uint8_t)status;
        results->has_value[cell] = !isnan(value);
        results->due[cell] = (uint8_t)due_status(description, i, layout->year, value, status);
    }
    for (size_t w = 0; w < description->warning_count; w++)
        if (results->levels[w])
            memcpy(results->levels[w] + row * count, record + layout->levels[w], count);
}

static void note_failures(YearList *list, const ResultLayout *layout, const ResultBytes *bytes) {
    RegionResult result;
    Error error = {0};
    if (!result_has_failures(layout, bytes->data, bytes->length) ||
        !result_decode(bytes->data, bytes->length, layout, &result, &error))
        return;
    for (size_t i = 0; i < result.failure_count; i++)
        list->failures[result.failures[i].rule]++;
    result_free(&result);
}

static void know_region(YearList *list, const char *code) {
    if (map_get(&list->by_code, code) != MAP_MISSING) return;
    ARRAY_RESERVE(list->codes, list->code_count, list->code_capacity);
    map_put(&list->by_code, code, (int64_t)list->code_count);
    list->codes[list->code_count++] = arena_string(&list->arena, code);
}

void year_results_take(YearList *list, YearResults *results, const Run *run,
                       const Description *description, const bool *tested) {
    size_t cells = run->region_count * description->indicator_count;
    ResultLayout *layout = layout_new(description, run->year, false);
    results->there = true;
    results->states = memory_new(cells, sizeof *results->states);
    results->due = memory_new(cells, sizeof *results->due);
    results->has_value = memory_new(cells, sizeof *results->has_value);
    results->levels = memory_new(description->warning_count, sizeof *results->levels);
    for (size_t w = 0; w < description->warning_count; w++)
        if (tested[w]) results->levels[w] = memory_new(cells, sizeof **results->levels);
    for (size_t r = 0; r < run->region_count; r++) {
        const ResultBytes *bytes = &run->regions[r].bytes;
        const uint8_t *record = result_record(layout, bytes->data, bytes->length);
        if (!record) continue;
        know_region(list, run->regions[r].code);
        map_put(&results->rows, run->regions[r].code, (int64_t)results->row_count);
        take_region(results, results->row_count++, layout, record);
        note_failures(list, layout, bytes);
    }
    layout_free(layout);
}

void year_list_index(YearList *list) {
    for (size_t y = 0; y < list->count; y++) {
        YearResults *results = &list->items[y];
        if (!results->there) continue;
        results->row_of = memory_new(list->code_count, sizeof *results->row_of);
        for (size_t c = 0; c < list->code_count; c++)
            results->row_of[c] = (int32_t)map_get(&results->rows, list->codes[c]);
    }
}

const YearResults *year_list_find(const YearList *list, int year) {
    if (list->count == 0) return NULL;
    int place = year - list->items[0].year;
    if (place < 0 || place >= (int)list->count || !list->items[place].there) return NULL;
    return &list->items[place];
}

void year_list_free(YearList *list, size_t warning_count) {
    for (size_t y = 0; y < list->count; y++) {
        YearResults *results = &list->items[y];
        for (size_t w = 0; results->levels && w < warning_count; w++)
            free(results->levels[w]);
        free(results->levels);
        free(results->states);
        free(results->due);
        free(results->has_value);
        free(results->row_of);
        map_free(&results->rows);
    }
    free(list->items);
    free(list->failures);
    free(list->codes);
    map_free(&list->by_code);
    arena_free(&list->arena);
    *list = (YearList){0};
}
