// Looking at a run: see run_view.h.
#include "core/view/run_view.h"

#include <string.h>

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

bool run_view_has_failures(const RunView *view, size_t place) {
    const ResultBytes *bytes = &view->run->regions[place].bytes;
    return result_has_failures(view->layout, bytes->data, bytes->length);
}

bool run_view_decode(const RunView *view, size_t place, RegionResult *result) {
    Error error = {0};
    const ResultBytes *bytes = &view->run->regions[place].bytes;
    return result_decode(bytes->data, bytes->length, view->layout, result, &error);
}

bool run_view_may_tell(const RunView *view, const char *region) {
    return !view->may_tell || view->may_tell(region, view->may_tell_context);
}

bool run_view_carries(const RunView *view, size_t place) {
    const char *code = view->run->regions[place].code;
    return view->only_region ? strcmp(code, view->region) == 0 : run_view_may_tell(view, code);
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
