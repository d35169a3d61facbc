// A run that is being shown, and what all that show it share. One thread.
#pragma once

#include "core/registry/samples.h"
#include "core/view/region_names.h"

typedef struct RunView {
    const Run *run;
    const Description *description;
    const ResultLayout *layout; // of the run's results
    const RegionNames *names;
    const char *region;     // the region shown in full
    bool only_region;       // json and csv carry that region alone
    bool found;             // the run was stored before
    bool all;               // also indicators without data
    const Samples *samples; // of kind "sample", up to the run's year
    // Whether a region may be told of to whoever asks; NULL: all may.
    bool (*may_tell)(const char *region, const void *context);
    const void *may_tell_context;
} RunView;

// What the rules gave over all regions of a run.
typedef struct RunTotals {
    size_t warnings, warned_regions, failures;
    bool over_budget; // see run_ran_over_budget
} RunTotals;

// Observations of kind "sample" behind what is shown: those of the region shown, or of all regions
// where it reported nothing or all are carried.
size_t run_view_samples(const RunView *view);
RunTotals run_view_totals(const RunView *view);
// The results of the run's region at a place; false when the stored bytes are damaged. Free with
// result_free.
MUST_CHECK bool run_view_decode(const RunView *view, size_t place, RegionResult *result);
// Whether a rule failed for the run's region at a place.
bool run_view_has_failures(const RunView *view, size_t place);
// Whether a region may be told of.
bool run_view_may_tell(const RunView *view, const char *region);
// Whether json and csv carry the run's region at a place: all that may be told of, or one.
bool run_view_carries(const RunView *view, size_t place);
const char *run_view_name(const RunView *view, const char *code);
bool run_view_plan_is_current(const RunView *view, const Plan *plan);
// The severest warning raised for an indicator.
WarningLevel run_view_worst_level(const RunView *view, const RegionResult *result, int indicator);
