// Which figures are computed and where they stand: see layout.h.
#include "core/eval/layout.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/eval/judge.h"
#include "core/stats/progress.h"

enum { CACHE_LINE = 64 };

static uint32_t bit(Metric metric) {
    return 1u << metric;
}

// ---- what is needed ----------------------------------------------------------------------------

static uint32_t metrics_of(const Input *input) {
    switch (input->kind) {
        case INPUT_METRIC: return bit(input->metric);
        case INPUT_ON_TRACK: return bit(METRIC_PROGRESS) | bit(METRIC_PACE);
        default: return 0;
    }
}

// Indicators a rule or a message is about; count 0: all of them.
typedef struct Subjects {
    const int *indexes;
    size_t count;
} Subjects;

// An input without an indicator of its own speaks of any of them.
static void need(ResultLayout *layout, const Input *inputs, size_t count, Subjects subjects) {
    size_t subject_count =
        subjects.count > 0 ? subjects.count : layout->description->indicator_count;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = metrics_of(&inputs[i]);
        if (inputs[i].indicator >= 0) {
            layout->needed[inputs[i].indicator] |= bits;
            continue;
        }
        for (size_t k = 0; bits && k < subject_count; k++)
            layout->needed[subjects.count > 0 ? subjects.indexes[k] : (int)k] |= bits;
    }
}

static void keep_value(ResultLayout *layout, int series, int breakdown) {
    if (layout_find_value(layout, series, breakdown) >= 0) return;
    layout->values = memory_resize(layout->values, layout->value_count + 1, sizeof *layout->values);
    layout->values[layout->value_count++] = (KeptValue){series, breakdown};
}

// A breakdown named alone means that of the indicator the warning is about.
static void keep_values(ResultLayout *layout, const Warning *warning) {
    const Description *description = layout->description;
    for (size_t i = 0; i < warning->message_input_count; i++) {
        const Input *input = &warning->message_inputs[i];
        if (input->kind != INPUT_VALUE) continue;
        if (input->series >= 0) {
            keep_value(layout, input->series, input->breakdown);
            continue;
        }
        for (size_t k = 0; k < description->indicator_count; k++)
            keep_value(layout, description->indicators[k].series, input->breakdown);
    }
}

static Subjects subjects_of(const Warning *warning) {
    return warning->on == ON_INDICATOR ? (Subjects){warning->only, warning->only_count}
                                       : (Subjects){0};
}

static void need_for_rules(ResultLayout *layout) {
    const Description *description = layout->description;
    Subjects *subjects = memory_new(description->rule_count, sizeof *subjects);
    for (size_t w = 0; w < description->warning_count; w++) {
        const Warning *warning = &description->warnings[w];
        if (warning->level >= 0) subjects[warning->level] = subjects_of(warning);
    }
    for (size_t r = 0; r < description->rule_count; r++)
        need(layout, description->rules[r].inputs, description->rules[r].input_count, subjects[r]);
    free(subjects);
}

static void find_needed(ResultLayout *layout, bool everything) {
    const Description *description = layout->description;
    const uint32_t all = (1u << METRIC_COUNT) - 1;
    uint32_t always = everything ? all
                                 : description->figures | bit(METRIC_VALUE) | bit(METRIC_TARGET) |
                                       bit(METRIC_PROGRESS) | bit(METRIC_PACE);
    for (size_t i = 0; i < description->indicator_count; i++) {
        const Indicator *indicator = &description->indicators[i];
        layout->needed[i] = always;
        if (description->plans[indicator->plan].conventions.expected_counts)
            layout->needed[i] |= bit(METRIC_REACH_YEAR);
    }
    need_for_rules(layout);
    for (size_t w = 0; w < description->warning_count; w++) {
        const Warning *warning = &description->warnings[w];
        need(layout, warning->message_inputs, warning->message_input_count, subjects_of(warning));
        keep_values(layout, warning);
    }
}

// ---- what need not be kept ---------------------------------------------------------------------

// The number a person would call the target's, where it does not depend on the region.
static bool fixed_number(const Target *target, double *number) {
    if (target->kind == TARGET_NOT_BELOW || target->kind == TARGET_NOT_ABOVE) return false;
    *number = target->value;
    if (target->part_count == 0) return true;
    *number = NAN;
    for (size_t i = 0; i < target->part_count && isnan(*number); i++)
        if (!fixed_number(&target->parts[i], number)) return false;
    return true;
}

bool layout_constant(const Description *description, int index, Metric metric, int year,
                     double *value) {
    const Indicator *indicator = &description->indicators[index];
    const Plan *plan = &description->plans[indicator->plan];
    switch (metric) {
        case METRIC_PACE: *value = progress_pace(year, plan->baseline_year, plan->last_year); break;
        case METRIC_TARGET:
            if (!fixed_number(&indicator->target_sets[0].target, value)) return false;
            break;
        case METRIC_MILESTONE:
            *value = judge_milestone(indicator, year);
            if (isnan(*value) && !fixed_number(&indicator->target_sets[0].target, value))
                return false;
            break;
        default: return false;
    }
    if (!isfinite(*value) || fabs(*value) > 1e15) *value = NAN;
    if (*value == 0) *value = 0; // never −0
    return true;
}

// Notes the constants of an indicator, and gives the metrics that are none.
static uint32_t varying(ResultLayout *layout, size_t indicator) {
    uint32_t bits = layout->needed[indicator];
    for (int m = 0; m < METRIC_COUNT; m++) {
        double value;
        bool constant =
            layout_constant(layout->description, (int)indicator, (Metric)m, layout->year, &value);
        layout->constants[indicator * METRIC_COUNT + (size_t)m] = constant ? value : NAN;
        if (constant) bits &= ~bit((Metric)m);
    }
    return bits;
}

// ---- places ------------------------------------------------------------------------------------

static size_t take(size_t *at, size_t bytes) {
    size_t place = *at;
    *at += bytes;
    return place;
}

static bool is_own(const Assessment *assessment) {
    return assessment->of == OF_UNIT;
}

static void place_numbers(ResultLayout *layout) {
    const Description *description = layout->description;
    size_t at = 0;
    for (size_t i = 0; i < description->indicator_count; i++) {
        layout->kept[i] = varying(layout, i);
        layout->columns[i] = layout->column_count;
        layout->column_count += (size_t)__builtin_popcount(layout->needed[i]);
        layout->metrics[i] =
            take(&at, (size_t)__builtin_popcount(layout->kept[i]) * sizeof(double));
    }
    layout->values_at = take(&at, layout->value_count * sizeof(double));
    for (size_t a = 0; a < description->assessment_count; a++) {
        const Assessment *assessment = &description->assessments[a];
        AssessmentPlace *place = &layout->assessments[a];
        place->subject_count = is_own(assessment) ? description->unit_count : 1;
        if (!is_own(assessment)) place->scores = take(&at, assessment->item_count * sizeof(double));
    }
    layout->number_bytes = at;
}

static void place_bytes(ResultLayout *layout) {
    const Description *description = layout->description;
    size_t at = layout->number_bytes;
    for (size_t i = 0; i < description->indicator_count; i++) {
        size_t sets = description->indicators[i].target_set_count;
        layout->status_rows[i] = layout->status_row_count;
        layout->status_row_count += sets;
        layout->statuses[i] = take(&at, sets);
    }
    for (size_t w = 0; w < description->warning_count; w++)
        layout->levels[w] =
            take(&at, layout_warning_subjects(description, &description->warnings[w]));
    for (size_t a = 0; a < description->assessment_count; a++) {
        if (is_own(&description->assessments[a])) continue;
        layout->assessments[a].states = take(&at, description->assessments[a].item_count);
        layout->assessments[a].vetoes = take(&at, 1);
    }
    layout->end = at;
    layout->size = (at + 7) & ~(size_t)7;
}

static void place_units(ResultLayout *layout) {
    const Description *description = layout->description;
    size_t at = layout->size;
    for (size_t a = 0; a < description->assessment_count; a++) {
        size_t cells = description->unit_count * description->assessments[a].item_count;
        if (is_own(&description->assessments[a]))
            layout->assessments[a].scores = take(&at, cells * sizeof(double));
    }
    layout->own_numbers = at - layout->size;
    for (size_t a = 0; a < description->assessment_count; a++) {
        if (!is_own(&description->assessments[a])) continue;
        size_t cells = description->unit_count * description->assessments[a].item_count;
        layout->assessments[a].states = take(&at, cells);
        layout->assessments[a].vetoes = take(&at, description->unit_count);
    }
    layout->own_end = at;
    layout->own_size = (at + 7) & ~(size_t)7;
}

ResultLayout *layout_new(const Description *description, int year, bool everything) {
    ResultLayout *layout = memory_new(1, sizeof *layout);
    size_t indicators = description->indicator_count;
    layout->description = description;
    layout->year = year;
    layout->needed = memory_new(indicators, sizeof *layout->needed);
    layout->kept = memory_new(indicators, sizeof *layout->kept);
    layout->constants = memory_new(indicators * METRIC_COUNT, sizeof *layout->constants);
    layout->columns = memory_new(indicators, sizeof *layout->columns);
    layout->metrics = memory_new(indicators, sizeof *layout->metrics);
    layout->statuses = memory_new(indicators, sizeof *layout->statuses);
    layout->status_rows = memory_new(indicators, sizeof *layout->status_rows);
    layout->levels = memory_new(description->warning_count, sizeof *layout->levels);
    layout->assessments = memory_new(description->assessment_count, sizeof *layout->assessments);
    find_needed(layout, everything);
    place_numbers(layout);
    place_bytes(layout);
    place_units(layout);
    return layout;
}

void layout_free(ResultLayout *layout) {
    if (!layout) return;
    free(layout->needed);
    free(layout->kept);
    free(layout->constants);
    free(layout->columns);
    free(layout->metrics);
    free(layout->statuses);
    free(layout->status_rows);
    free(layout->values);
    free(layout->levels);
    free(layout->assessments);
    free(layout);
}

size_t layout_stride(const ResultLayout *layout) {
    return (layout->size + CACHE_LINE - 1) & ~(size_t)(CACHE_LINE - 1);
}

size_t layout_warning_subjects(const Description *description, const Warning *warning) {
    switch (warning->on) {
        case ON_INDICATOR: return description->indicator_count;
        case ON_PLAN: return description->plan_count;
        case ON_REGION: return 1;
    }
    return 1;
}

int layout_find_value(const ResultLayout *layout, int series, int breakdown) {
    for (size_t i = 0; i < layout->value_count; i++)
        if (layout->values[i].series == series && layout->values[i].breakdown == breakdown)
            return (int)i;
    return -1;
}
