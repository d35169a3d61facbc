// Looking at a run: see run_view.h.
#include "core/cli/run_view.h"

#include <stdio.h>
#include <string.h>

RunTotals run_view_totals(const RunView *view) {
    RunTotals totals = {.over_budget = run_ran_over_budget(view->run, view->description)};
    for (size_t r = 0; r < view->run->region_count; r++) {
        RegionResult result;
        if (!run_view_decode(view, r, &result)) continue;
        totals.warnings += result.warning_count;
        totals.warned_regions += result.warning_count > 0;
        totals.failures += result.failure_count;
        result_free(&result);
    }
    return totals;
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
