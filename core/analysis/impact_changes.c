// Indicators, warnings and failures of one region under both versions: see impact_inside.h.
#include <stdlib.h>
#include <string.h>

#include "core/analysis/impact_inside.h"

static int index_of_indicator(const Comparison *comparison, int side, size_t pair) {
    const Indicator *indicator = comparison->report->indicators[pair].declared[side];
    return indicator ? (int)(indicator - impact_description(comparison->report, side)->indicators)
                     : -1;
}

static int index_of_plan(const Comparison *comparison, int side, size_t pair) {
    const Plan *plan = comparison->plans[pair].declared[side];
    return plan ? (int)(plan - impact_description(comparison->report, side)->plans) : -1;
}

// ---- indicators --------------------------------------------------------------------------------

static void compare_indicator(Comparison *comparison, size_t pair, uint64_t *set) {
    ImpactReport *report = comparison->report;
    const ImpactIndicatorSum *sum = &report->indicators[pair];
    ImpactIndicator change = {.region = comparison->region, .indicator = (int)pair};
    RuleSubject formulas[SIDES];
    for (int s = 0; s < SIDES; s++) {
        change.values[s] = impact_value(comparison, s, (int)pair);
        change.statuses[s] = impact_status(comparison, s, (int)pair);
        formulas[s] = (RuleSubject){sum->declared[s]->formula, -1, -1};
    }
    bool same_value = impact_same_figure(change.values[0], change.values[1]);
    if (same_value && change.statuses[0] == change.statuses[1]) return;
    causes_clear(&comparison->causes, set);
    if (!same_value) {
        impact_trace_rule(comparison, formulas, &change.inputs, &change.input_count, set);
        impact_trace_value(comparison, (int)pair, set);
    }
    if (change.statuses[0] != change.statuses[1]) impact_trace_status(comparison, (int)pair, set);
    if (causes_is_empty(&comparison->causes, set)) causes_add_std(&comparison->causes, set);
    change.because = impact_keep(comparison, set);
    ARRAY_RESERVE(report->indicator_changes, report->indicator_change_count,
                  report->indicator_change_capacity);
    report->indicator_changes[report->indicator_change_count++] = change;
}

void impact_compare_indicators(Comparison *comparison) {
    if (!comparison->present[IMPACT_BEFORE] || !comparison->present[IMPACT_AFTER]) return;
    uint64_t *set = causes_new_set(&comparison->causes);
    for (size_t i = 0; i < comparison->report->indicator_count; i++) {
        const ImpactIndicatorSum *sum = &comparison->report->indicators[i];
        if (sum->declared[IMPACT_BEFORE] && sum->declared[IMPACT_AFTER])
            compare_indicator(comparison, i, set);
    }
    free(set);
}

// ---- warnings ----------------------------------------------------------------------------------

// What a warning may be raised for: the pair of an indicator or of a plan, −1 for the region.
typedef struct WarnedOf {
    WarningSubject on;
    int pair;
} WarnedOf;

static int subject_index(const Comparison *comparison, int side, WarnedOf of) {
    if (of.on == ON_REGION) return 0;
    return of.on == ON_INDICATOR ? index_of_indicator(comparison, side, (size_t)of.pair)
                                 : index_of_plan(comparison, side, (size_t)of.pair);
}

static WarningLevel level_of(const Comparison *comparison, int side, const Warning *warning,
                             WarnedOf of) {
    int subject = subject_index(comparison, side, of);
    if (!comparison->present[side] || !warning || warning->on != of.on || subject < 0)
        return LEVEL_NONE;
    size_t index = (size_t)(warning - impact_description(comparison->report, side)->warnings);
    size_t place = comparison->report->sides[side].layout->levels[index] + (size_t)subject;
    return (WarningLevel)comparison->records[side][place];
}

static RuleSubject warning_subject(const Comparison *comparison, int side, const Warning *warning,
                                   WarnedOf of) {
    const Description *description = impact_description(comparison->report, side);
    if (!warning || warning->on != of.on) return (RuleSubject){-1, -1, -1};
    int subject = subject_index(comparison, side, of);
    RuleSubject found = {warning->level, -1, -1};
    if (of.on == ON_INDICATOR && subject >= 0) {
        found.indicator = subject;
        found.plan = description->indicators[subject].plan;
    } else if (of.on == ON_PLAN) {
        found.plan = subject;
    } else if (description->plan_count == 1) {
        found.plan = 0;
    }
    return found;
}

static void name_subject(const Comparison *comparison, WarnedOf of, ImpactWarning *change) {
    if (of.on == ON_INDICATOR) {
        change->subject = comparison->report->indicators[of.pair].id;
        change->subject_title = comparison->report->indicators[of.pair].title;
    } else if (of.on == ON_PLAN) {
        const PlanPair *pair = &comparison->plans[of.pair];
        const Plan *plan = pair->declared[IMPACT_AFTER] ? pair->declared[IMPACT_AFTER]
                                                        : pair->declared[IMPACT_BEFORE];
        change->subject = plan->id;
        change->subject_title = plan->title;
    }
}

static bool is_covers(const Difference *difference) {
    return difference->field && strcmp(difference->field, "covers") == 0;
}

static void trace_warning(Comparison *comparison, const ImpactWarningSum *sum, WarnedOf of,
                          ImpactWarning *change, uint64_t *set) {
    const Causes *causes = &comparison->causes;
    RuleSubject subjects[SIDES];
    causes_clear(causes, set);
    causes_add_own(causes, "warning", sum->id, cause_matters, set);
    if (of.on == ON_INDICATOR) causes_add_indicator(causes, of.pair, cause_is_presence, set);
    if (of.on == ON_PLAN) causes_add_own(causes, "plan", change->subject, cause_is_presence, set);
    if (comparison->present[IMPACT_BEFORE] != comparison->present[IMPACT_AFTER])
        causes_add_own(causes, "pack", "", is_covers, set);
    for (int s = 0; s < SIDES; s++)
        subjects[s] = warning_subject(comparison, s, sum->declared[s], of);
    impact_trace_rule(comparison, subjects, &change->inputs, &change->input_count, set);
    if (causes_is_empty(causes, set)) impact_trace_further(comparison, subjects, set);
}

static void compare_warning(Comparison *comparison, size_t index, WarnedOf of, uint64_t *set) {
    ImpactReport *report = comparison->report;
    const ImpactWarningSum *sum = &report->warnings[index];
    ImpactWarning change = {.region = comparison->region, .warning = (int)index};
    for (int s = 0; s < SIDES; s++)
        change.levels[s] = level_of(comparison, s, sum->declared[s], of);
    if (change.levels[IMPACT_BEFORE] == change.levels[IMPACT_AFTER]) return;
    name_subject(comparison, of, &change);
    trace_warning(comparison, sum, of, &change, set);
    change.because = impact_keep(comparison, set);
    ARRAY_RESERVE(report->warning_changes, report->warning_change_count,
                  report->warning_change_capacity);
    report->warning_changes[report->warning_change_count++] = change;
}

void impact_compare_warnings(Comparison *comparison) {
    uint64_t *set = causes_new_set(&comparison->causes);
    const ImpactReport *report = comparison->report;
    for (size_t w = 0; w < report->warning_count; w++) {
        for (size_t i = 0; i < report->indicator_count; i++)
            compare_warning(comparison, w, (WarnedOf){ON_INDICATOR, (int)i}, set);
        for (size_t p = 0; p < comparison->plan_count; p++)
            compare_warning(comparison, w, (WarnedOf){ON_PLAN, (int)p}, set);
        compare_warning(comparison, w, (WarnedOf){ON_REGION, -1}, set);
    }
    free(set);
}

// ---- failures ----------------------------------------------------------------------------------

// The other side's failures name rules and subjects by its own indexes, so ids are compared.
static bool is_of_rule(const Comparison *comparison, int side, const RuleFailure *failure,
                       const char *owner) {
    return strcmp(impact_description(comparison->report, side)->rules[failure->rule].owner,
                  owner) == 0;
}

// How often rules of that owner failed in the region before.
static size_t failed_before(const Comparison *comparison, const char *owner) {
    const RegionResult *result = &comparison->results[IMPACT_BEFORE];
    size_t count = 0;
    for (size_t i = 0; comparison->present[IMPACT_BEFORE] && i < result->failure_count; i++)
        count += is_of_rule(comparison, IMPACT_BEFORE, &result->failures[i], owner);
    return count;
}

static ImpactFailure *failure_of(ImpactReport *report, const Rule *rule) {
    for (size_t i = 0; i < report->failure_count; i++)
        if (report->failures[i].rule == rule) return &report->failures[i];
    report->failures =
        memory_resize(report->failures, report->failure_count + 1, sizeof *report->failures);
    report->failures[report->failure_count] = (ImpactFailure){.rule = rule};
    return &report->failures[report->failure_count++];
}

static void note_failure(Comparison *comparison, const Rule *rule, const RuleFailure *failure) {
    ImpactFailure *noted = failure_of(comparison->report, rule);
    if (noted->regions++ > 0) return;
    noted->region = comparison->region;
    noted->outcome = failure->outcome;
    noted->message = arena_string(&comparison->report->arena, failure->message);
}

void impact_compare_failures(Comparison *comparison) {
    const RegionResult *result = &comparison->results[IMPACT_AFTER];
    const Description *description = impact_description(comparison->report, IMPACT_AFTER);
    if (!comparison->present[IMPACT_AFTER]) return;
    // Those of a rule stand together.
    for (size_t i = 0, end; i < result->failure_count; i = end) {
        const RuleFailure *first = &result->failures[i];
        for (end = i + 1; end < result->failure_count && result->failures[end].rule == first->rule;)
            end++;
        const Rule *rule = &description->rules[first->rule];
        if (end - i > failed_before(comparison, rule->owner)) note_failure(comparison, rule, first);
    }
}
