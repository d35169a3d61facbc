// The results of one region, and the canonical bytes they are kept and compared as.
//
// A worker sends each region's results as bytes; the host stores those bytes and compares them on
// replay, so the same results always make the same bytes: little-endian, NaN in one form, no
// addresses, no time. What follows from the rest (counts, rates, totals, grades, ranks) is not in
// them; core/eval/tally.h derives it on both sides.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/pack/description.h"
#include "core/pack/rule.h"

typedef struct IndicatorResult {
    double metrics[METRIC_COUNT];
    uint8_t statuses[MAX_TARGET_SETS]; // Status by target set; the first counts
} IndicatorResult;

typedef struct RaisedWarning {
    int warning; // index in the description
    int subject; // index of the indicator or plan; -1 for the region
    WarningLevel level;
    const char *message; // "" for none
} RaisedWarning;

typedef enum ItemState {
    ITEM_SCORED,
    ITEM_NO_DATA,
    ITEM_NOT_APPLICABLE,
    ITEM_FAILED,
    ITEM_STATE_COUNT
} ItemState;
const char *item_state_name(ItemState state);

typedef struct ItemResult {
    ItemState state; // of items without items of their own
    double score;    // 0 unless scored
} ItemResult;

// One subject of one assessment: the region, or one of its units.
typedef struct AssessmentResult {
    int assessment;
    int unit;          // index of the unit, -1 for the region
    ItemResult *items; // as many as the assessment has
    int veto;          // the first that struck, -1 for none
} AssessmentResult;

typedef struct RuleFailure {
    int rule;
    int subject; // index of the indicator or plan the rule was called for; -1 for the region
    CallOutcome outcome;
    const char *message;
} RuleFailure;

typedef struct RegionResult {
    IndicatorResult *indicators; // as many as the description has
    RaisedWarning *warnings;
    size_t warning_count, warning_capacity;
    AssessmentResult *assessments;
    size_t assessment_count, assessment_capacity;
    RuleFailure *failures;
    size_t failure_count, failure_capacity;
    Arena arena; // owns texts and items
} RegionResult;

enum { MAX_FAILURES_PER_REGION = 1000 };

void result_init(RegionResult *result, const Description *description);
void result_free(RegionResult *result);

// Appends the canonical bytes.
void result_encode(const RegionResult *result, const Description *description, Buffer *out);
// Reads bytes that are not trusted: everything is checked against the description (indexes,
// enums, finite numbers within ±1e15, scores within the item's points, UTF-8, lengths, nothing
// left over). Errors: ERROR_WORKER saying what was wrong.
MUST_CHECK bool result_decode(const char *bytes, size_t length, const Description *description,
                              RegionResult *result, Error *error);
