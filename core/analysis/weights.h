// Sensitivity of an assessment's places to the items' points: core/stats/weight_sensitivity.h over
// the results of a run.
//
// The share of its points that each item earned is held as the run has it; rules are not called
// again. What the conventions say of items that do not apply, of ties, and of ranking on printed or
// exact figures holds in every draw as in the run. A veto sets a grade and moves no place. One
// thread.
#pragma once

#include "core/analysis/assessed.h"
#include "core/stats/weight_sensitivity.h"

typedef struct WeightsRequest {
    const Run *run;
    const Description *description; // of the pack the run was made with
    int assessment;
    WeightDraw draw;
    double spread; // 0…1, of WEIGHTS_SPREAD
    size_t runs;
    uint64_t seed;
} WeightsRequest;

typedef struct WeightsSubject {
    const char *region; // code; the run's
    int unit;           // index, −1 for the region itself
    double score;       // as it is ranked
    int32_t rank;
    RankSpread spread;
} WeightsSubject;

// Free with weights_free.
typedef struct WeightsReport {
    WeightsSubject *subjects; // by place, then in the run's order
    size_t subject_count;
    int *items; // indexes of the items that hold no others, the most influential first
    WeightInfluence *influences; // in the same order
    size_t item_count;
    WeightOutcome outcome;
} WeightsReport;

// ERROR_NOT_FOUND when fewer than two are assessed: nobody has a place then.
MUST_CHECK bool weights_analyse(const WeightsRequest *request, WeightsReport *report, Error *error);
void weights_free(WeightsReport *report);
