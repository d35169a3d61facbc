// What a run says of those an assessment assesses, taken apart into items: the common ground of the
// analyses of scores.
//
// A subject is a region or a unit of the pack's own region. Its leaves are the items that hold no
// others; everything else follows from them. One thread.
#pragma once

#include "core/eval/tally.h"
#include "core/registry/runs.h"

// One subject of an assessment in a run. Free with assessed_free.
typedef struct Assessed {
    const char *region; // code; the run's
    RegionResult result;
    const AssessmentResult *results; // in `result`
    AssessmentTotal total;           // in the result's arena
} Assessed;

// The subject: a region, or with `unit` (index; −1 for none) a unit of it. ERROR_NOT_FOUND when
// the run has no results of it, or does not assess it by that assessment.
MUST_CHECK bool assessed_read(const Run *run, const ResultLayout *layout, int assessment,
                              const char *region, int unit, Assessed *assessed, Error *error);
void assessed_free(Assessed *assessed);

// What part of its points an item that holds no others earned: 0 without data or after a failure;
// NaN where it does not apply, or 1 where the conventions give its points in full.
double assessed_share(const Description *description, const AssessmentResult *results, size_t item);
// Whether an item holds no others.
bool assessed_is_leaf(const Item *item);
