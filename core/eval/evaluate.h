// Evaluating regions: formulas, figures, warnings and assessments, in that order.
//
// This is the part of a run that needs the pack's rules, so it happens inside a worker, through a
// RuleCaller. The same dataset, description, year and rules give the same results to the last byte,
// whatever else the process did before. One thread.
#pragma once

#include "core/eval/figures.h"
#include "core/pack/rule.h"

// Kept with every run: goes up when the same rules and data could give other figures.
enum { ENGINE_VERSION = 1 };

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

typedef void (*TraceFunction)(const RuleTrace *trace, void *context);

typedef struct EvaluationOptions {
    int year;
    const uint8_t *skipped_rules; // by rule: 1 for one that must not be called again; NULL for none
    TraceFunction trace;          // NULL when nobody watches
    void *trace_context;
    size_t traced_region; // whose calls are traced
} EvaluationOptions;

typedef struct Evaluation Evaluation;

// Derives the formulas' columns for all regions and years up to the year evaluated.
Evaluation *evaluation_new(const Description *description, const Dataset *dataset,
                           const EvaluationOptions *options, RuleCaller caller);
// The results of one region; init and free the result around it.
void evaluation_region(Evaluation *evaluation, size_t region, RegionResult *result);
void evaluation_free(Evaluation *evaluation);
