// Looking at a run: see run_view.h.
#include "core/cli/run_view.h"

#include <stdio.h>
#include <string.h>

#include "core/base/language.h"

static size_t count_warnings(const RunView *view, const uint8_t *record) {
    size_t count = 0;
    for (size_t w = 0; w < view->description->warning_count; w++) {
        size_t subjects =
            layout_warning_subjects(view->description, &view->description->warnings[w]);
        for (size_t s = 0; s < subjects; s++)
            count += record[view->layout->levels[w] + s] != LEVEL_NONE;
    }
    return count;
}

static size_t count_failures(const RunView *view, size_t place) {
    RegionResult result;
    if (!run_view_has_failures(view, place) || !run_view_decode(view, place, &result)) return 0;
    size_t count = result.failure_count;
    result_free(&result);
    return count;
}

// Only the few regions with failures are decoded: messages of warnings take their time.
RunTotals run_view_totals(const RunView *view) {
    RunTotals totals = {.over_budget = run_ran_over_budget(view->run, view->description)};
    for (size_t r = 0; r < view->run->region_count; r++) {
        const ResultBytes *bytes = &view->run->regions[r].bytes;
        const uint8_t *record = result_record(view->layout, bytes->data, bytes->length);
        size_t warnings = record ? count_warnings(view, record) : 0;
        totals.warnings += warnings;
        totals.warned_regions += warnings > 0;
        totals.failures += count_failures(view, r);
    }
    return totals;
}

size_t run_view_samples(const RunView *view) {
    bool shown = run_find_region(view->run, view->region) >= 0;
    return shown ? samples_of_region(view->samples, view->region) : view->samples->count;
}

const char *const run_view_sample_name = "sample_observations";

const char *run_view_sample_title(void) {
    return T("sample data", "样例数据");
}

size_t run_view_columns(const RunView *view, size_t count) {
    return samples_are_there(view->samples) ? count : count - 1;
}

void run_view_sample_cell(const RunView *view, OutputTable *table, size_t count) {
    char text[64];
    if (!samples_are_there(view->samples)) return;
    snprintf(text, sizeof text, T("%zu values", "样例 %zu 个"), count);
    if (count == 1) snprintf(text, sizeof text, "%s", T("1 value", "样例 1 个"));
    output_text(table, count ? text : "");
}

bool run_view_has_failures(const RunView *view, size_t place) {
    const ResultBytes *bytes = &view->run->regions[place].bytes;
    return result_has_failures(view->layout, bytes->data, bytes->length);
}

bool run_view_decode(const RunView *view, size_t place, RegionResult *result) {
    Error error = {0};
    const ResultBytes *bytes = &view->run->regions[place].bytes;
    return result_decode(bytes->data, bytes->length, view->layout, result, &error);
}

bool run_view_carries(const RunView *view, size_t place) {
    return !view->only_region || strcmp(view->run->regions[place].code, view->region) == 0;
}

const char *run_view_name(const RunView *view, const char *code) {
    return region_names_get(view->names, code);
}

bool run_view_plan_is_current(const RunView *view, const Plan *plan) {
    return view->run->year >= plan->first_year && view->run->year <= plan->last_year;
}

WarningLevel run_view_worst_level(const RunView *view, const RegionResult *result, int indicator) {
    WarningLevel worst = LEVEL_NONE;
    for (size_t w = 0; w < result->warning_count; w++) {
        const RaisedWarning *raised = &result->warnings[w];
        if (view->description->warnings[raised->warning].on == ON_INDICATOR &&
            raised->subject == indicator && raised->level > worst)
            worst = raised->level;
    }
    return worst;
}

void run_view_print_table(OutputTable *table, const char *title) {
    Error error = {0};
    if (table->count == 0) {
        output_free(table);
        return;
    }
    printf("\n%s\n", title);
    // A reader that went away (`| head`) is found by whoever prints last.
    (void)!output_print(table, OUTPUT_TABLE, stdout, &error);
    output_free(table);
}
