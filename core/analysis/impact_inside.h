// What the files of impact share; included by core/analysis/impact*.c only.
//
// A set of causes is a row of bits, one a cause, of `words` words. Indicators, plans and warnings
// of both versions are paired by id, each once, so that a pair may be there on one side alone.
#pragma once

#include "core/analysis/impact.h"

// Which differences of a declaration are meant.
typedef bool (*CauseFilter)(const Difference *difference);

typedef struct Causes {
    const DifferenceList *differences;
    const ImpactReport *report;
    size_t words;
    Map by_node; // "kind id" → its first difference
    Map kept;    // a set as text → where it is in `sets`
    ImpactBecause *sets;
    size_t set_count, set_capacity;
    uint64_t *values;  // by indicator: causes of its values in any year
    uint64_t *judging; // by indicator: causes of how values are judged
} Causes;

// A plan of either version.
typedef struct PlanPair {
    const Plan *declared[SIDES];
    bool counts_otherwise; // by other conventions
} PlanPair;

typedef struct Comparison {
    ImpactReport *report;
    Causes causes;
    PlanPair *plans;
    size_t plan_count;
    // By index in that side's description.
    int *indicator_pairs[SIDES], *plan_pairs[SIDES], *assessment_pairs[SIDES];
    uint64_t *by_region; // causes of what changes in the region at hand
    // The region at hand.
    const char *region;
    bool present[SIDES];
    RegionResult results[SIDES];
    const uint8_t *records[SIDES];
    Arena arena; // of this region
} Comparison;

// ---- impact_causes.c: sets of causes -----------------------------------------------------------
// The report's differences, pairs and sums are there.
void causes_init(Causes *causes, const Comparison *comparison);
void causes_free(Causes *causes);
// A new, empty set; free it.
uint64_t *causes_new_set(const Causes *causes);
void causes_clear(const Causes *causes, uint64_t *set);
void causes_join(const Causes *causes, uint64_t *set, const uint64_t *other);
bool causes_is_empty(const Causes *causes, const uint64_t *set);
// Adds the differences of one declaration that the filter wants.
void causes_add_own(const Causes *causes, const char *kind, const char *id, CauseFilter wants,
                    uint64_t *set);
// Adds those of an indicator, whatever kind it is on either side.
void causes_add_indicator(const Causes *causes, int pair, CauseFilter wants, uint64_t *set);
// Adds that std is another one, where it is.
void causes_add_std(const Causes *causes, uint64_t *set);
// The set as the report keeps it, each once.
ImpactBecause causes_keep(Causes *causes, Arena *arena, const uint64_t *set);

bool cause_matters(const Difference *difference); // all that results can follow from
bool cause_is_presence(const Difference *difference);
bool cause_is_conventions(const Difference *difference);
bool cause_moves_value(const Difference *difference); // of an indicator
bool cause_moves_judging(const Difference *difference);
bool cause_moves_counting(const Difference *difference); // in what it is counted

// ---- impact_trace.c: figures, and where changed ones come from ---------------------------------
// What a rule is called for, on one side.
typedef struct RuleSubject {
    int rule;            // −1: there is none
    int indicator, plan; // of that side; −1 for none
} RuleSubject;

// Whether two figures are the same; NaN is like NaN.
static inline bool impact_same_figure(double left, double right) {
    return left == right || (left != left && right != right);
}
double impact_value(const Comparison *comparison, int side, int pair);
Status impact_status(const Comparison *comparison, int side, int pair);
// Adds the causes of an indicator's other value, or of its other status.
void impact_trace_value(const Comparison *comparison, int pair, uint64_t *set);
void impact_trace_status(const Comparison *comparison, int pair, uint64_t *set);
// Adds the causes of those inputs of a rule that are other figures on the other side, and lists
// them: `*inputs` grows in the report's arena.
void impact_trace_rule(const Comparison *comparison, const RuleSubject subjects[SIDES],
                       ChangedInput **inputs, size_t *count, uint64_t *set);
// Where nothing was found: everything that the inputs of the rule could pass on, then std.
void impact_trace_further(const Comparison *comparison, const RuleSubject subjects[SIDES],
                          uint64_t *set);

// ---- the changes of one region -----------------------------------------------------------------
void impact_compare_scores(Comparison *comparison);     // impact_scores.c
void impact_compare_indicators(Comparison *comparison); // impact_changes.c
void impact_compare_warnings(Comparison *comparison);   // impact_changes.c
void impact_compare_failures(Comparison *comparison);   // impact_changes.c
void impact_count_gone(Comparison *comparison);         // impact_gone.c
// Lists what is gone, before any region.
void impact_list_gone(Comparison *comparison);
// Keeps a set, and counts it to the region's.
ImpactBecause impact_keep(Comparison *comparison, const uint64_t *set);

// ---- impact_sums.c: after all regions ----------------------------------------------------------
// Gives scores their places, drops those that did not change, and puts the regions' ranges right.
void impact_finish_scores(ImpactReport *report);
void impact_sum_up(ImpactReport *report);
