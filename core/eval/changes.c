// What a change reaches: the inputs of rules decide, figure by figure.
#include <string.h>

#include "core/eval/evaluation.h"

static bool has_bit(uint64_t bits, int bit) {
    return bits >> bit & 1;
}

// Whether an indicator changed in what an input says of it. Who looks back at earlier years cannot
// tell from this year's figures alone.
static bool indicator_is_touched(const Changes *changes, int indicator, uint64_t figures,
                                 bool looks_back) {
    uint64_t bits = changes->indicators[indicator];
    return looks_back ? bits != 0 : (bits & figures) != 0;
}

static bool counts_are_touched(const Evaluation *evaluation, int plan_index, int domain,
                               bool looks_back) {
    const Plan *plan = &evaluation->description->plans[plan_index];
    uint64_t figures = UINT64_C(1) << CHANGED_STATUS;
    if (plan->conventions.expected_counts) figures |= UINT64_C(1) << METRIC_REACH_YEAR;
    const int *members = domain >= 0 ? plan->domains[domain].indicators : plan->indicators;
    size_t count = domain >= 0 ? plan->domains[domain].indicator_count : plan->indicator_count;
    for (size_t i = 0; i < count; i++)
        if (indicator_is_touched(evaluation->changes, members[i], figures, looks_back)) return true;
    return false;
}

// Breakdowns that a unit's own fact may stand in are not told apart here: a call too many changes
// nothing.
static bool value_is_touched(const Evaluation *evaluation, const Input *input,
                             const Subject *subject, bool looks_back) {
    const Description *description = evaluation->description;
    int series =
        input->series >= 0 ? input->series : description->indicators[subject->indicator].series;
    bool of_unit = subject->unit >= 0 && description->series[series].kind == SERIES_FACT;
    for (size_t i = 0; i < evaluation->changes->value_count; i++) {
        const ChangedValue *value = &evaluation->changes->values[i];
        bool in_sight = looks_back || value->year == evaluation->layout->year;
        if (value->series == series && in_sight &&
            (of_unit || value->breakdown == input->breakdown))
            return true;
    }
    return false;
}

static bool input_is_touched(const Evaluation *evaluation, const Input *input,
                             const Subject *subject, bool looks_back) {
    int indicator = input->indicator >= 0 ? input->indicator : subject->indicator;
    int plan = input->plan >= 0 ? input->plan : subject->plan;
    switch (input->kind) {
        case INPUT_METRIC:
            return indicator_is_touched(evaluation->changes, indicator,
                                        UINT64_C(1) << input->metric, looks_back);
        case INPUT_STATUS:
            return indicator_is_touched(evaluation->changes, indicator,
                                        UINT64_C(1) << CHANGED_STATUS, looks_back);
        case INPUT_ON_TRACK:
            return indicator_is_touched(evaluation->changes, indicator,
                                        UINT64_C(1) << METRIC_PROGRESS | UINT64_C(1) << METRIC_PACE,
                                        looks_back);
        case INPUT_SERIES:
            return has_bit(evaluation->changes->indicators[indicator], CHANGED_HISTORY);
        case INPUT_VALUE: return value_is_touched(evaluation, input, subject, looks_back);
        case INPUT_PLAN: return counts_are_touched(evaluation, plan, input->domain, looks_back);
        case INPUT_POINTS:
        case INPUT_YEAR:
        case INPUT_PLAN_START:
        case INPUT_PLAN_END:
        case INPUT_PLAN_PACE: return false;
    }
    return true;
}

bool calls_are_touched(const Evaluation *evaluation, int rule, const Subject *subject,
                       bool looks_back) {
    if (!evaluation->changes) return true;
    const Rule *about = &evaluation->description->rules[rule];
    for (size_t i = 0; i < about->input_count; i++)
        if (input_is_touched(evaluation, &about->inputs[i], subject, looks_back)) return true;
    return false;
}
