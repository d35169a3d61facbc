// The results of one region: the canonical bytes they are kept and compared as, and their reading.
//
// A region's bytes are a header, its record (layout.h) and the rules that failed. The same results
// always make the same bytes: little-endian, NaN in one form, no −0, no addresses, no time. What
// follows from the rest (fixed targets, messages of warnings, counts, rates, totals, grades, ranks)
// is not in them and is derived when read. Records come from workers, so nothing in them is
// believed before record_is_sound has seen a copy that no worker can write.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/eval/layout.h"
#include "core/pack/rule.h"

typedef struct IndicatorResult {
    double metrics[METRIC_COUNT];      // NaN where missing, and where it was not needed
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
    int subject; // index of the indicator, plan or unit the rule was called for; -1 for the region
    CallOutcome outcome;
    const char *message;
} RuleFailure;

typedef struct RegionResult {
    int year;
    IndicatorResult *indicators; // as many as the description has
    double *values;              // the kept values, in the layout's order
    const ResultLayout *layout;  // what it was read by
    RaisedWarning *warnings;
    size_t warning_count, warning_capacity;
    AssessmentResult *assessments;
    size_t assessment_count, assessment_capacity;
    RuleFailure *failures; // by rule and subject
    size_t failure_count;
    Arena arena; // owns texts and items
} RegionResult;

enum { MAX_FAILURES_PER_REGION = 1000 };

// Whether a record holds what it may: indexes and enums in range, numbers missing or finite within
// ±1e15, scores within the items' points. `own`: it is the pack's own region's, with the units'.
bool record_is_sound(const ResultLayout *layout, const uint8_t *record, bool own);

// Whether an index may be a failure's subject.
bool result_subject_is_known(const Description *description, int subject);

// A region's canonical bytes; whoever gives them says how long they live.
typedef struct ResultBytes {
    const char *data;
    size_t length;
} ResultBytes;

// Where a record lies in canonical bytes, and how long they are without failures.
enum { RESULT_RECORD_AT = 8 };
size_t result_size(const ResultLayout *layout, bool own);
// Writes what stands around a record when no rule failed; `bytes` has result_size bytes.
void result_frame(const ResultLayout *layout, bool own, uint8_t *bytes);
// Appends the canonical bytes of a sound record and of failures in order of rule and subject.
void result_encode(const ResultLayout *layout, const uint8_t *record, bool own,
                   const RuleFailure *failures, size_t failure_count, Buffer *out);
// The record inside canonical bytes; NULL when they are not of this layout.
const uint8_t *result_record(const ResultLayout *layout, const char *bytes, size_t length);
// One metric of an indicator from a record of this layout; NaN where it is missing or not needed.
double result_metric(const ResultLayout *layout, const uint8_t *record, int indicator,
                     Metric metric);
// Whether bytes of this layout tell of failures.
bool result_has_failures(const ResultLayout *layout, const char *bytes, size_t length);
// Reads of sound bytes only the failures; whatever else `result` has is empty. Free with
// result_free.
void result_read_failures(const ResultLayout *layout, ResultBytes bytes, RegionResult *result);
// Reads bytes that are not trusted; everything is checked, and nothing may be left over. Errors:
// ERROR_WORKER saying what was wrong. The layout must outlive the result. Free with result_free.
MUST_CHECK bool result_decode(const char *bytes, size_t length, const ResultLayout *layout,
                              RegionResult *result, Error *error);
void result_free(RegionResult *result);
