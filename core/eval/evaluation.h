// What the passes of an evaluation share; included by core/eval/{evaluate,calls,warnings,assess,
// changes}.c only.
#pragma once

#include "core/eval/block.h"
#include "core/eval/evaluate.h"

// What changed in the one region of a block; NULL stands for everything.
typedef struct Changes {
    const ChangedValue *values; // with those of formulas that changed
    size_t value_count;
    // By indicator: a bit for each metric whose figure of the year differs from the record's,
    // CHANGED_STATUS likewise, CHANGED_HISTORY for every indicator looked at again; 0 for others.
    uint64_t *indicators;
} Changes;

// Calls of a rule that ran over their budget.
typedef struct OverBudget {
    int count;
    CallOutcome last;
} OverBudget;

struct Evaluation {
    const Description *description;
    const ResultLayout *layout;
    const ResultArea *area;
    EvaluationOptions options;
    RuleCaller caller;
    FigureSource source;
    Families families;
    Block block;
    const Changes *changes; // of the block at hand; NULL: everything is evaluated
    uint64_t calls;
    int64_t phases_ns[EVALUATION_PHASE_COUNT];
    OverBudget *over_budget;      // by rule, in the range at hand
    bool told[FIGURE_LANES];      // of the block: regions in which the formula at hand failed
    uint32_t lanes[FIGURE_LANES]; // of the block: regions that are evaluated
    size_t lane_count;
    uint8_t *records[FIGURE_LANES]; // of the block's regions, by lane
    uint64_t *changed_bits;         // room for Changes
    ChangedValue *changed_values;   // likewise
    size_t changed_capacity;
};

// ---- calls.c: one rule for many lanes ----------------------------------------------------------

// What a rule is called for.
typedef struct Subject {
    int back; // years before the year evaluated
    int indicator, plan, assessment, item, veto, warning, unit;
    double points;
    int about; // what a failure names: the indicator, plan or unit; -1 the region
} Subject;

// A subject that nothing is said about yet.
extern const Subject subject_none;

// What the calls gave, by lane.
typedef struct Answers {
    uint8_t kinds[FIGURE_LANES]; // RuleValueKind; RULE_NIL where `failed`
    double numbers[FIGURE_LANES];
    bool failed[FIGURE_LANES];
    bool stopped[FIGURE_LANES]; // failed for another reason than the rule's code
} Answers;

// What a place takes from its rule.
typedef struct Expected {
    RuleValueKind kind;       // or nil
    const char *const *words; // RULE_TEXT: one of these
    size_t word_count;
    double low, high;              // RULE_NUMBER
    const char *english, *chinese; // what to say when it gave something else
    bool needs_all;                // a missing input makes the result nil without a call
} Expected;

// Calls a rule for lanes of the block. An answer of another kind than expected is a failure like
// any other; failures are reported, of a formula the first in each lane since `told` was cleared.
void calls_make(Evaluation *evaluation, int rule, const Subject *subject, const Expected *expected,
                const uint32_t *lanes, size_t lane_count, Answers *answers);
// Whether what changed can reach the rule's result for that subject.
bool calls_are_touched(const Evaluation *evaluation, int rule, const Subject *subject,
                       bool looks_back);

// ---- the passes --------------------------------------------------------------------------------

// Warnings on one indicator, as soon as its figures are there; then those on plans and the region.
void warnings_on_indicator(Evaluation *evaluation, int indicator);
void warnings_on_the_rest(Evaluation *evaluation);
void assessments_pass(Evaluation *evaluation);

static inline uint8_t *evaluation_record(const Evaluation *evaluation, uint32_t lane) {
    return evaluation->records[lane];
}
