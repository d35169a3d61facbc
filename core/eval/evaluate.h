// Evaluating regions: formulas, figures, warnings and assessments, in that order.
//
// This is the part of a run that needs the pack's rules, so it happens inside a worker, through a
// RuleCaller. It goes block by block over ranges of regions and writes their records into the
// shared area; the same dataset, description, year and rules give the same records to the last
// byte, whatever ranges they were cut into and whatever the process did before. After a change only
// what depends on it is computed again, with the same bytes as if everything were. One thread.
#pragma once

#include "core/eval/area.h"
#include "core/eval/figures.h"
#include "core/pack/rule.h"

// Kept with every run: goes up when the same rules and data could give other figures or bytes.
enum { ENGINE_VERSION = 3 };

typedef enum RegionRole {
    REGION_COMPARED,  // here for comparison only
    REGION_EVALUATED, // results are wanted
    REGION_SILENT,    // would be evaluated, but reported nothing for the year
    REGION_ROLE_COUNT
} RegionRole;

// What a rule was given and gave, for explanations.
typedef struct RuleTrace {
    int rule;
    int year;
    int region;                                // index in the dataset
    int indicator, plan;                       // what it was called for; -1 when not applicable
    int assessment, item, veto, warning, unit; // likewise
    const RuleValue *arguments;                // as many as the rule has inputs
    const RuleValue *result;                   // NULL when the call failed
    const Error *error;                        // NULL when it did not
} RuleTrace;

// A rule that must not be called (again), and what its calls count as having ended in.
typedef struct SkippedRule {
    int rule;
    int region; // -1: everywhere
    CallOutcome outcome;
} SkippedRule;

// Calls of one rule that may run over their budget before it is not called any more.
enum { MOST_CALLS_OVER_BUDGET = 5 };

typedef struct EvaluationOptions {
    const uint8_t *roles; // by region: RegionRole; NULL: all are evaluated
    const SkippedRule *skipped;
    size_t skipped_count;
    // A rule failed for a region; in any order, the message lives until the return.
    void (*failed)(void *context, size_t region, const RuleFailure *failure);
    void (*trace)(const RuleTrace *trace, void *context); // NULL when nobody watches
    void *context;                                        // of both
    size_t traced_region;                                 // whose calls are traced
    bool without_kernels;                                 // see FigureSource
    int simd_levels_below;                                // the best of ColumnsLevel
} EvaluationOptions;

// A figure that changed: its series' value in a breakdown (−1: the total) and year.
typedef struct ChangedValue {
    int series, breakdown, year;
} ChangedValue;

// Whether the rule takes that series in that breakdown as a parameter, whatever the year.
bool rule_reads_changed(const Rule *rule, const ChangedValue *value);

// Where the time of an evaluation went, part by part.
typedef enum EvaluationPhase {
    PHASE_FORMULAS,
    PHASE_FIGURES, // with their writing into records
    PHASE_WARNINGS,
    PHASE_ASSESSMENTS,
    EVALUATION_PHASE_COUNT
} EvaluationPhase;

typedef struct Evaluation Evaluation;

// All but the caller must outlive the evaluation.
Evaluation *evaluation_new(const ResultLayout *layout, const Dataset *dataset,
                           const ResultArea *area, const EvaluationOptions *options,
                           RuleCaller caller);
void evaluation_free(Evaluation *evaluation);
// Computes the formulas' columns of the regions from … to − 1, for all years up to the year.
// Every region's must be there before any region is evaluated.
void evaluation_derive(Evaluation *evaluation, size_t from, size_t to);
// Writes the records of the regions from … to − 1 that are evaluated.
void evaluation_range(Evaluation *evaluation, size_t from, size_t to);
// Brings one region's formulas and record up to date after `values` of it changed. `peers` are
// indicators whose place among peers may have changed because of other regions.
void evaluation_change(Evaluation *evaluation, size_t region, const ChangedValue *values,
                       size_t value_count, const int *peers, size_t peer_count);
// Rule calls made so far, and the time spent so far by EvaluationPhase.
uint64_t evaluation_calls(const Evaluation *evaluation);
const int64_t *evaluation_phases_ns(const Evaluation *evaluation);
