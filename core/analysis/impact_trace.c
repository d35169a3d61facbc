// Tracing changed figures to their causes: see impact_inside.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/impact_inside.h"
#include "core/base/decimal.h"
#include "core/eval/message.h"
#include "core/stats/progress.h"

// One input of a rule, on both sides.
typedef struct InputPair {
    const Input *inputs[SIDES];
    int indicators[SIDES], plans[SIDES]; // that it speaks of, by that side's index
} InputPair;

// What an input is on one side.
typedef struct Figure {
    const char *word; // NULL for a number
    double number;    // NaN where there is none
} Figure;

double impact_value(const Comparison *comparison, int side, int pair) {
    const Indicator *indicator = comparison->report->indicators[pair].declared[side];
    if (!indicator) return NAN;
    size_t index = (size_t)(indicator - impact_description(comparison->report, side)->indicators);
    return comparison->results[side].indicators[index].metrics[METRIC_VALUE];
}

Status impact_status(const Comparison *comparison, int side, int pair) {
    const Indicator *indicator = comparison->report->indicators[pair].declared[side];
    if (!indicator) return STATUS_NOT_APPLICABLE;
    size_t index = (size_t)(indicator - impact_description(comparison->report, side)->indicators);
    return (Status)comparison->results[side].indicators[index].statuses[0];
}

// ---- indicators --------------------------------------------------------------------------------

static const uint64_t *set_of(const Comparison *comparison, const uint64_t *sets, int pair) {
    return sets + (size_t)pair * comparison->causes.words;
}

static bool has_another_value(const Comparison *comparison, int pair) {
    return !impact_same_figure(impact_value(comparison, IMPACT_BEFORE, pair),
                               impact_value(comparison, IMPACT_AFTER, pair));
}

void impact_trace_value(const Comparison *comparison, int pair, uint64_t *set) {
    const Causes *causes = &comparison->causes;
    const ImpactIndicatorSum *sum = &comparison->report->indicators[pair];
    RuleSubject subjects[SIDES];
    for (int s = 0; s < SIDES; s++)
        subjects[s] = (RuleSubject){sum->declared[s] ? sum->declared[s]->formula : -1, -1, -1};
    uint64_t *own = causes_new_set(causes);
    causes_add_indicator(causes, pair, cause_moves_value, own);
    impact_trace_rule(comparison, subjects, NULL, NULL, own);
    causes_join(causes, set,
                causes_is_empty(causes, own) ? set_of(comparison, causes->values, pair) : own);
    free(own);
}

void impact_trace_status(const Comparison *comparison, int pair, uint64_t *set) {
    const Causes *causes = &comparison->causes;
    const uint64_t *judging = set_of(comparison, causes->judging, pair);
    causes_add_indicator(causes, pair, cause_is_presence, set);
    causes_join(causes, set, judging);
    if (has_another_value(comparison, pair))
        impact_trace_value(comparison, pair, set);
    else if (causes_is_empty(causes, judging)) // an earlier year's value
        causes_join(causes, set, set_of(comparison, causes->values, pair));
}

static void trace_metric(const Comparison *comparison, const InputPair *pair, Metric metric,
                         uint64_t *set) {
    int indicator = comparison->indicator_pairs[IMPACT_AFTER][pair->indicators[IMPACT_AFTER]];
    if (metric == METRIC_VALUE)
        impact_trace_value(comparison, indicator, set);
    else
        impact_trace_status(comparison, indicator, set);
    // Other regions' values make a place among peers.
    if (metric >= METRIC_PEERS_MEAN && metric <= METRIC_PEERS_DEVIATION)
        causes_join(&comparison->causes, set,
                    set_of(comparison, comparison->causes.values, indicator));
}

// ---- plans -------------------------------------------------------------------------------------

static bool is_counted_in(const Comparison *comparison, int side, int pair,
                          const InputPair *figure) {
    const Indicator *indicator = comparison->report->indicators[pair].declared[side];
    int domain = figure->inputs[side]->domain;
    return indicator && indicator->plan == figure->plans[side] &&
           (domain < 0 || indicator->domain == domain);
}

// As what an indicator counts in a plan, or in one of its domains.
static Status counted_as(const Comparison *comparison, int side, int pair,
                         const InputPair *figure) {
    if (!is_counted_in(comparison, side, pair, figure)) return STATUS_NOT_APPLICABLE;
    const Description *description = impact_description(comparison->report, side);
    const Indicator *indicator = comparison->report->indicators[pair].declared[side];
    int index = (int)(indicator - description->indicators), set = figure->inputs[side]->set;
    const IndicatorResult *result = &comparison->results[side].indicators[index];
    int place = description_target_set(description, index, set);
    if (place < 0) return STATUS_NOT_APPLICABLE;
    if (set > 0) return (Status)result->statuses[place];
    return tally_counted_status(indicator, &description->plans[indicator->plan],
                                (Status)result->statuses[0], result->metrics[METRIC_REACH_YEAR]);
}

static void trace_counted(const Comparison *comparison, int pair, const InputPair *figure,
                          uint64_t *set) {
    if (counted_as(comparison, IMPACT_BEFORE, pair, figure) ==
        counted_as(comparison, IMPACT_AFTER, pair, figure))
        return;
    if (is_counted_in(comparison, IMPACT_BEFORE, pair, figure) &&
        is_counted_in(comparison, IMPACT_AFTER, pair, figure))
        impact_trace_status(comparison, pair, set);
    else
        causes_add_indicator(&comparison->causes, pair, cause_moves_counting, set);
}

static void trace_plan(const Comparison *comparison, const InputPair *figure, uint64_t *set) {
    const Causes *causes = &comparison->causes;
    uint64_t *own = causes_new_set(causes);
    for (size_t i = 0; i < comparison->report->indicator_count; i++)
        trace_counted(comparison, (int)i, figure, own);
    int pair = comparison->plan_pairs[IMPACT_AFTER][figure->plans[IMPACT_AFTER]];
    const PlanPair *plan = &comparison->plans[pair];
    const char *id = plan->declared[IMPACT_AFTER]->id;
    if (plan->counts_otherwise) {
        causes_add_own(causes, "pack", "", cause_is_conventions, own);
        causes_add_own(causes, "plan", id, cause_is_conventions, own);
    }
    if (causes_is_empty(causes, own)) causes_add_own(causes, "plan", id, cause_matters, own);
    causes_join(causes, set, own);
    free(own);
}

// ---- inputs ------------------------------------------------------------------------------------

static Figure metric_figure(const Comparison *comparison, int side, const InputPair *pair,
                            Metric metric) {
    const IndicatorResult *results = comparison->results[side].indicators;
    return (Figure){NULL, results[pair->indicators[side]].metrics[metric]};
}

static Figure status_figure(const Comparison *comparison, int side, const InputPair *pair) {
    int indicator = pair->indicators[side];
    int place = description_target_set(impact_description(comparison->report, side), indicator,
                                       pair->inputs[side]->set);
    if (place < 0) return (Figure){NULL, NAN};
    const IndicatorResult *result = &comparison->results[side].indicators[indicator];
    return (Figure){status_name((Status)result->statuses[place]), 0};
}

static Figure track_figure(const Comparison *comparison, int side, const InputPair *pair) {
    int on_track = result_on_track(&comparison->results[side].indicators[pair->indicators[side]]);
    return (Figure){on_track < 0 ? NULL : on_track ? "true" : "false", NAN};
}

static Figure plan_figure(const Comparison *comparison, int side, const InputPair *pair) {
    const Description *description = impact_description(comparison->report, side);
    const Input *input = pair->inputs[side];
    AttainmentCounts counts = tally_counts_of_set(description, comparison->results[side].indicators,
                                                  pair->plans[side], input->domain, input->set);
    return (Figure){NULL,
                    tally_figure(&description->plans[pair->plans[side]], counts, input->figure)};
}

// A fact that was not reported has its default; what was observed is the same on both sides.
static Figure default_figure(const Comparison *comparison, int side, const InputPair *pair) {
    const Series *series =
        &impact_description(comparison->report, side)->series[pair->inputs[side]->series];
    return (Figure){NULL, series->default_value};
}

static Figure fixed_figure(const Comparison *comparison, int side, const InputPair *pair) {
    const Plan *plan = &impact_description(comparison->report, side)->plans[pair->plans[side]];
    int year = comparison->report->year;
    switch (pair->inputs[side]->kind) {
        case INPUT_PLAN_START: return (Figure){NULL, plan->first_year};
        case INPUT_PLAN_END: return (Figure){NULL, plan->last_year};
        default: return (Figure){NULL, progress_pace(year, plan->baseline_year, plan->last_year)};
    }
}

static Figure figure_of(const Comparison *comparison, int side, const InputPair *pair) {
    const Input *input = pair->inputs[side];
    switch (input->kind) {
        case INPUT_METRIC: return metric_figure(comparison, side, pair, input->metric);
        case INPUT_STATUS: return status_figure(comparison, side, pair);
        case INPUT_ON_TRACK: return track_figure(comparison, side, pair);
        case INPUT_PLAN: return plan_figure(comparison, side, pair);
        case INPUT_VALUE:
            return pair->indicators[side] >= 0 ? metric_figure(comparison, side, pair, METRIC_VALUE)
                                               : default_figure(comparison, side, pair);
        case INPUT_PLAN_START:
        case INPUT_PLAN_END:
        case INPUT_PLAN_PACE: return fixed_figure(comparison, side, pair);
        case INPUT_SERIES:
        case INPUT_POINTS:
        case INPUT_YEAR: break;
    }
    return (Figure){NULL, NAN};
}

static bool is_same(const Figure *left, const Figure *right) {
    if (left->word || right->word)
        return left->word && right->word && strcmp(left->word, right->word) == 0;
    return impact_same_figure(left->number, right->number);
}

// What a breakdown says was observed, and only this year's value of an indicator is in its record.
static void find_subjects(const Comparison *comparison, int side, const RuleSubject *subject,
                          InputPair *pair) {
    const Input *input = pair->inputs[side];
    pair->indicators[side] = input->indicator >= 0 ? input->indicator : subject->indicator;
    pair->plans[side] = input->plan >= 0 ? input->plan : subject->plan;
    if (input->kind != INPUT_VALUE) return;
    bool whole = input->series >= 0 && input->breakdown < 0;
    pair->indicators[side] =
        whole ? impact_description(comparison->report, side)->series[input->series].indicator : -1;
}

static bool needs(const Comparison *comparison, int side, const InputPair *pair, Metric metric) {
    const ResultLayout *layout = comparison->report->sides[side].layout;
    return layout->needed[pair->indicators[side]] >> metric & 1;
}

// Whether the records tell what the input is on both sides.
static bool is_told(const Comparison *comparison, const InputPair *pair) {
    const Input *input = pair->inputs[IMPACT_AFTER];
    if (input->kind != pair->inputs[IMPACT_BEFORE]->kind) return false;
    for (int s = 0; s < SIDES; s++) {
        bool of_indicator = input->kind == INPUT_METRIC || input->kind == INPUT_STATUS ||
                            input->kind == INPUT_ON_TRACK || input->kind == INPUT_SERIES;
        bool of_plan = input->kind == INPUT_PLAN || input->kind == INPUT_PLAN_START ||
                       input->kind == INPUT_PLAN_END || input->kind == INPUT_PLAN_PACE;
        if ((of_indicator && pair->indicators[s] < 0) || (of_plan && pair->plans[s] < 0))
            return false;
        if (input->kind == INPUT_METRIC && !needs(comparison, s, pair, input->metric)) return false;
        if (input->kind == INPUT_VALUE && pair->indicators[s] < 0 && pair->inputs[s]->series < 0)
            return false;
    }
    return true;
}

static void trace_input(const Comparison *comparison, const InputPair *pair, uint64_t *set) {
    const Input *input = pair->inputs[IMPACT_AFTER];
    const Causes *causes = &comparison->causes;
    const Description *after = impact_description(comparison->report, IMPACT_AFTER);
    switch (input->kind) {
        case INPUT_METRIC: trace_metric(comparison, pair, input->metric, set); return;
        case INPUT_STATUS:
        case INPUT_ON_TRACK: trace_metric(comparison, pair, METRIC_TARGET, set); return;
        case INPUT_PLAN: trace_plan(comparison, pair, set); return;
        case INPUT_VALUE:
            if (pair->indicators[IMPACT_AFTER] >= 0)
                trace_metric(comparison, pair, METRIC_VALUE, set);
            else
                causes_add_own(causes, "fact", after->series[input->series].id, cause_matters, set);
            return;
        case INPUT_PLAN_START:
        case INPUT_PLAN_END:
        case INPUT_PLAN_PACE:
            causes_add_own(causes, "plan", after->plans[pair->plans[IMPACT_AFTER]].id,
                           cause_matters, set);
            return;
        case INPUT_SERIES:
        case INPUT_POINTS:
        case INPUT_YEAR: return;
    }
}

static const Input *find_input(const Rule *rule, const char *name) {
    for (size_t i = 0; i < rule->input_count; i++)
        if (strcmp(rule->inputs[i].name, name) == 0) return &rule->inputs[i];
    return NULL;
}

static const char *figure_text(const Figure *figure, Arena *arena) {
    char text[DECIMAL_TEXT_SIZE];
    if (figure->word) return figure->word;
    if (isnan(figure->number)) return NULL;
    decimal_shortest(figure->number, text);
    return arena_string(arena, text);
}

static void list_input(const Comparison *comparison, const Figure figures[SIDES], const char *name,
                       ChangedInput *input) {
    Arena *arena = &comparison->report->arena;
    *input = (ChangedInput){.name = name};
    for (int s = 0; s < SIDES; s++)
        input->values[s] = figure_text(&figures[s], arena);
}

// Finds the input on both sides, and what it is there; false where it is the same or not told.
static bool read_input(const Comparison *comparison, const Input *after, const Rule *before,
                       const RuleSubject subjects[SIDES], InputPair *pair, Figure figures[SIDES]) {
    *pair = (InputPair){.inputs = {find_input(before, after->name), after}};
    if (!pair->inputs[IMPACT_BEFORE]) return false; // the rule itself is another one
    for (int s = 0; s < SIDES; s++)
        find_subjects(comparison, s, &subjects[s], pair);
    if (!is_told(comparison, pair)) return false;
    for (int s = 0; s < SIDES; s++)
        figures[s] = figure_of(comparison, s, pair);
    return !is_same(&figures[IMPACT_BEFORE], &figures[IMPACT_AFTER]);
}

void impact_trace_rule(const Comparison *comparison, const RuleSubject subjects[SIDES],
                       ChangedInput **inputs, size_t *count, uint64_t *set) {
    const Rule *rules[SIDES];
    for (int s = 0; s < SIDES; s++) {
        if (subjects[s].rule < 0 || !comparison->present[s]) return;
        rules[s] = &impact_description(comparison->report, s)->rules[subjects[s].rule];
    }
    for (size_t i = 0; i < rules[IMPACT_AFTER]->input_count; i++) {
        const Input *input = &rules[IMPACT_AFTER]->inputs[i];
        InputPair pair;
        Figure figures[SIDES];
        if (!read_input(comparison, input, rules[IMPACT_BEFORE], subjects, &pair, figures))
            continue;
        trace_input(comparison, &pair, set);
        // Whether a fact was reported, and its default plays no part, is in no record.
        bool is_default = input->kind == INPUT_VALUE && pair.indicators[IMPACT_AFTER] < 0;
        if (!inputs || is_default) continue;
        ChangedInput *grown =
            arena_new(&comparison->report->arena, *count + 1, sizeof *grown); // few
        if (*count) memcpy(grown, *inputs, *count * sizeof *grown);
        *inputs = grown;
        list_input(comparison, figures, input->name, &grown[(*count)++]);
    }
}

// ---- where nothing was found -------------------------------------------------------------------

static void join_all_of(const Comparison *comparison, int side, int indicator, uint64_t *set) {
    const Causes *causes = &comparison->causes;
    if (indicator < 0) return;
    int pair = comparison->indicator_pairs[side][indicator];
    causes_join(causes, set, set_of(comparison, causes->values, pair));
    causes_join(causes, set, set_of(comparison, causes->judging, pair));
}

void impact_trace_further(const Comparison *comparison, const RuleSubject subjects[SIDES],
                          uint64_t *set) {
    for (int s = 0; s < SIDES; s++) {
        if (subjects[s].rule < 0) continue;
        const Description *description = impact_description(comparison->report, s);
        const Rule *rule = &description->rules[subjects[s].rule];
        join_all_of(comparison, s, subjects[s].indicator, set);
        for (size_t i = 0; i < rule->input_count; i++) {
            const Input *input = &rule->inputs[i];
            int of_series = input->series >= 0 ? description->series[input->series].indicator : -1;
            join_all_of(comparison, s, input->indicator, set);
            join_all_of(comparison, s, of_series, set);
        }
    }
    if (causes_is_empty(&comparison->causes, set)) causes_add_std(&comparison->causes, set);
}
