// The passes of an evaluation over ranges of regions: see evaluate.h.
#include "core/eval/evaluate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/memory.h"
#include "core/eval/evaluation.h"
#include "core/stats/columns.h"

Evaluation *evaluation_new(const ResultLayout *layout, const Dataset *dataset,
                           const ResultArea *area, const EvaluationOptions *options,
                           RuleCaller caller) {
    const Description *description = layout->description;
    Evaluation *evaluation = memory_new(1, sizeof *evaluation);
    evaluation->description = description;
    evaluation->layout = layout;
    evaluation->area = area;
    evaluation->options = *options;
    evaluation->caller = caller;
    figure_source_init(&evaluation->source, description, dataset, layout->year, area->derived);
    evaluation->source.kernels = !options->without_kernels;
    columns_use((ColumnsLevel)(COLUMNS_BEST - options->simd_levels_below));
    families_init(&evaluation->families, dataset);
    int years = 1;
    for (size_t w = 0; w < description->warning_count; w++)
        if (description->warnings[w].hold > years) years = description->warnings[w].hold;
    block_init(&evaluation->block, &evaluation->source, layout, area, &evaluation->families, years);
    evaluation->over_budget = memory_new(description->rule_count, sizeof(OverBudget));
    evaluation->changed_bits = memory_new(description->indicator_count, sizeof(uint64_t));
    return evaluation;
}

void evaluation_free(Evaluation *evaluation) {
    if (!evaluation) return;
    block_free(&evaluation->block);
    families_free(&evaluation->families);
    figure_source_free(&evaluation->source);
    free(evaluation->over_budget);
    free(evaluation->changed_bits);
    free(evaluation->changed_values);
    free(evaluation);
}

const int64_t *evaluation_phases_ns(const Evaluation *evaluation) {
    return evaluation->phases_ns;
}

// Books the time since `began` to a phase and gives the time now.
static int64_t book(Evaluation *evaluation, EvaluationPhase phase, int64_t began) {
    int64_t now = clock_monotonic_ns();
    evaluation->phases_ns[phase] += now - began;
    return now;
}

uint64_t evaluation_calls(const Evaluation *evaluation) {
    return evaluation->calls;
}

static void enter(Evaluation *evaluation, size_t first, size_t count, const uint64_t *changes) {
    block_move(&evaluation->block, first, count, changes);
    evaluation->lane_count = 0;
    for (size_t k = 0; k < count; k++)
        evaluation->records[k] = area_record(evaluation->area, first + k);
    for (size_t k = 0; k < count; k++)
        if (!evaluation->options.roles || evaluation->options.roles[first + k] == REGION_EVALUATED)
            evaluation->lanes[evaluation->lane_count++] = (uint32_t)k;
}

static size_t block_size(size_t at, size_t to) {
    return to - at < FIGURE_LANES ? to - at : FIGURE_LANES;
}

// ---- formulas ----------------------------------------------------------------------------------

static const Expected a_number = {.kind = RULE_NUMBER,
                                  .low = -INFINITY,
                                  .high = INFINITY,
                                  .english = "a number",
                                  .chinese = "数值",
                                  .needs_all = true};

// Derives one year of one indicator for lanes of the block; it is missing in the others. Lanes in
// which the call was stopped are taken out of `lanes`: older years would end so too, and late.
// Gives how many are left.
static size_t derive_year(Evaluation *evaluation, int indicator, int year, uint32_t *lanes,
                          size_t lane_count) {
    Block *block = &evaluation->block;
    Subject subject = subject_none;
    Answers answers;
    subject.indicator = subject.about = indicator;
    const Indicator *derived = &evaluation->description->indicators[indicator];
    Expected expected = a_number;
    expected.needs_all = !derived->partial;
    // Formulas read this year's values only, so a block of that year serves.
    int kept = block->years[0].year;
    block->years[0].year = year;
    calls_make(evaluation, derived->formula, &subject, &expected, lanes, lane_count, &answers);
    block->years[0].year = kept;
    double *column =
        (double *)figure_column(&evaluation->source, derived->series, -1, year, block->first);
    for (size_t k = 0; k < block->count; k++)
        column[k] = NAN;
    size_t left = 0;
    for (size_t i = 0; i < lane_count; i++) {
        uint32_t lane = lanes[i];
        if (answers.kinds[lane] == RULE_NUMBER) column[lane] = answers.numbers[lane];
        if (!answers.stopped[lane]) lanes[left++] = lane;
    }
    return left;
}

static int last_year(const Evaluation *evaluation) {
    const DatasetHeader *header = evaluation->source.dataset->header;
    int last = header->first_year + (int)header->year_count - 1;
    return last < evaluation->layout->year ? last : evaluation->layout->year;
}

// One failure a region is told, the newest year's.
static void derive_formula(Evaluation *evaluation, int indicator) {
    uint32_t lanes[FIGURE_LANES];
    size_t count = evaluation->block.count;
    int first_year = evaluation->source.dataset->header->first_year;
    for (size_t k = 0; k < count; k++)
        lanes[k] = (uint32_t)k;
    memset(evaluation->told, 0, sizeof evaluation->told);
    for (int year = last_year(evaluation); year >= first_year; year--)
        count = derive_year(evaluation, indicator, year, lanes, count);
}

static void derive_block(Evaluation *evaluation, size_t first, size_t count) {
    const Description *description = evaluation->description;
    block_move(&evaluation->block, first, count, NULL);
    for (size_t f = 0; f < description->formula_count; f++)
        derive_formula(evaluation, description->formula_order[f]);
}

// What went on before must not show in what a range gives.
static void begin_range(Evaluation *evaluation) {
    memset(evaluation->over_budget, 0,
           evaluation->description->rule_count * sizeof *evaluation->over_budget);
}

void evaluation_derive(Evaluation *evaluation, size_t from, size_t to) {
    int64_t began = clock_monotonic_ns();
    begin_range(evaluation);
    for (size_t at = from; at < to; at += FIGURE_LANES)
        derive_block(evaluation, at, block_size(at, to));
    book(evaluation, PHASE_FORMULAS, began);
}

// ---- records -----------------------------------------------------------------------------------

// Whether two figures are the same to the last bit, as missing ones are.
static bool is_same(const void *left, const void *right) {
    return memcmp(left, right, sizeof(double)) == 0;
}

static void put_statuses(Evaluation *evaluation, int indicator, const uint8_t *statuses,
                         uint64_t *changed) {
    size_t offset = evaluation->layout->statuses[indicator];
    for (size_t s = 0; s < evaluation->description->indicators[indicator].target_set_count; s++) {
        for (size_t i = 0; i < evaluation->lane_count; i++) {
            uint32_t lane = evaluation->lanes[i];
            uint8_t *place = evaluation_record(evaluation, lane) + offset + s;
            if (changed && *place != statuses[s * FIGURE_LANES + lane])
                *changed |= UINT64_C(1) << CHANGED_STATUS;
            *place = statuses[s * FIGURE_LANES + lane];
        }
    }
}

// Puts the kept figures of one region; what changed is noted.
static void put_metrics(const double *const *columns, size_t count, uint32_t lane, uint8_t *place,
                        const int *metrics, uint64_t *changed) {
    for (size_t c = 0; c < count; c++, place += sizeof(double)) {
        if (changed && !is_same(place, &columns[c][lane])) *changed |= UINT64_C(1) << metrics[c];
        memcpy(place, &columns[c][lane], sizeof(double));
    }
}

static void put_indicator(Evaluation *evaluation, int indicator, uint64_t *changed) {
    const ResultLayout *layout = evaluation->layout;
    Block *block = &evaluation->block;
    const double *columns[METRIC_COUNT];
    int metrics[METRIC_COUNT];
    size_t count = 0;
    put_statuses(evaluation, indicator, block_statuses(block, 0, indicator), changed);
    for (int m = 0; m < METRIC_COUNT; m++) {
        if (!(layout->kept[indicator] >> m & 1)) continue;
        metrics[count] = m;
        columns[count++] = block_metric(block, 0, indicator, (Metric)m);
    }
    for (size_t i = 0; i < evaluation->lane_count; i++) {
        uint32_t lane = evaluation->lanes[i];
        put_metrics(columns, count, lane, evaluation->records[lane] + layout->metrics[indicator],
                    metrics, changed);
    }
}

static void put_values(Evaluation *evaluation) {
    const ResultLayout *layout = evaluation->layout;
    for (size_t v = 0; v < layout->value_count; v++) {
        size_t offset = layout->values_at + v * sizeof(double);
        for (size_t i = 0; i < evaluation->lane_count; i++) {
            uint32_t lane = evaluation->lanes[i];
            double value = figure_plain(figure_value(&evaluation->source, layout->values[v].series,
                                                     layout->values[v].breakdown, layout->year,
                                                     evaluation->block.first + lane));
            memcpy(evaluation->records[lane] + offset, &value, sizeof value);
        }
    }
}

static void evaluate_block(Evaluation *evaluation) {
    if (evaluation->lane_count == 0) return;
    int64_t began = clock_monotonic_ns();
    evaluation->block.group.known = false;
    evaluation->changes = NULL;
    // One by one, while an indicator's figures are near.
    for (size_t i = 0; i < evaluation->description->indicator_count; i++) {
        put_indicator(evaluation, (int)i, NULL);
        began = book(evaluation, PHASE_FIGURES, began);
        warnings_on_indicator(evaluation, (int)i);
        began = book(evaluation, PHASE_WARNINGS, began);
    }
    put_values(evaluation);
    began = book(evaluation, PHASE_FIGURES, began);
    warnings_on_the_rest(evaluation);
    began = book(evaluation, PHASE_WARNINGS, began);
    assessments_pass(evaluation);
    book(evaluation, PHASE_ASSESSMENTS, began);
}

void evaluation_range(Evaluation *evaluation, size_t from, size_t to) {
    begin_range(evaluation);
    for (size_t at = from; at < to; at += FIGURE_LANES) {
        enter(evaluation, at, block_size(at, to), NULL);
        evaluate_block(evaluation);
    }
}

// ---- changes -----------------------------------------------------------------------------------

static void add_value(Evaluation *evaluation, size_t *count, ChangedValue value) {
    ARRAY_RESERVE(evaluation->changed_values, *count, evaluation->changed_capacity);
    evaluation->changed_values[(*count)++] = value;
}

bool rule_reads_changed(const Rule *rule, const ChangedValue *value) {
    for (size_t i = 0; i < rule->input_count; i++) {
        const Input *input = &rule->inputs[i];
        if (input->kind == INPUT_VALUE && input->series == value->series &&
            input->breakdown == value->breakdown)
            return true;
    }
    return false;
}

// Derives one cell again; whether its bits are others now.
static bool derive_again(Evaluation *evaluation, int indicator, int year) {
    uint32_t lane = 0;
    int series = evaluation->description->indicators[indicator].series;
    const double *cell =
        figure_column(&evaluation->source, series, -1, year, evaluation->block.first);
    if (!cell) return false;
    double before = *cell;
    derive_year(evaluation, indicator, year, &lane, 1);
    return !is_same(&before, cell);
}

static bool reads_any(const Evaluation *evaluation, const Rule *rule, size_t count, int year) {
    for (size_t v = 0; v < count; v++)
        if (evaluation->changed_values[v].year == year &&
            rule_reads_changed(rule, &evaluation->changed_values[v]))
            return true;
    return false;
}

// Adds the formulas' values that follow from those that changed; an order in which each formula
// comes after what it needs makes one pass enough. As in a whole run the newest year comes first.
static size_t derive_changes(Evaluation *evaluation, size_t count) {
    const Description *description = evaluation->description;
    int first_year = evaluation->source.dataset->header->first_year;
    for (size_t f = 0; f < description->formula_count; f++) {
        int indicator = description->formula_order[f];
        const Rule *rule = &description->rules[description->indicators[indicator].formula];
        size_t known = count;
        memset(evaluation->told, 0, sizeof evaluation->told);
        for (int year = last_year(evaluation); year >= first_year; year--)
            if (reads_any(evaluation, rule, known, year) &&
                derive_again(evaluation, indicator, year))
                add_value(evaluation, &count,
                          (ChangedValue){description->indicators[indicator].series, -1, year});
    }
    return count;
}

static bool compares_with(const Target *target, const ChangedValue *value) {
    bool relative = target->kind == TARGET_NOT_BELOW || target->kind == TARGET_NOT_ABOVE;
    if (relative && target->series == value->series && target->breakdown == value->breakdown)
        return true;
    for (size_t i = 0; i < target->part_count; i++)
        if (compares_with(&target->parts[i], value)) return true;
    return false;
}

// Whether an indicator's figures are made from a value: of its own never from breakdowns.
static bool is_made_from(const Indicator *indicator, const ChangedValue *value) {
    bool own = indicator->series == value->series || indicator->counts == value->series ||
               indicator->among == value->series;
    if (own && value->breakdown < 0) return true;
    for (size_t s = 0; s < indicator->target_set_count; s++)
        if (compares_with(&indicator->target_sets[s].target, value)) return true;
    return false;
}

static void mark_indicators(Evaluation *evaluation, size_t value_count, const int *peers,
                            size_t peer_count) {
    const Description *description = evaluation->description;
    uint64_t *bits = evaluation->changed_bits;
    memset(bits, 0, description->indicator_count * sizeof *bits);
    for (size_t i = 0; i < description->indicator_count; i++)
        for (size_t v = 0; v < value_count && bits[i] == 0; v++)
            if (evaluation->changed_values[v].year <= evaluation->layout->year &&
                is_made_from(&description->indicators[i], &evaluation->changed_values[v]))
                bits[i] = UINT64_C(1) << CHANGED_HISTORY;
    for (size_t i = 0; i < peer_count; i++)
        bits[peers[i]] |= UINT64_C(1) << CHANGED_HISTORY;
}

void evaluation_change(Evaluation *evaluation, size_t region, const ChangedValue *values,
                       size_t value_count, const int *peers, size_t peer_count) {
    const Description *description = evaluation->description;
    size_t count = 0;
    begin_range(evaluation);
    enter(evaluation, region, 1, NULL);
    evaluation->changes = NULL;
    // What ran over in changes long ago says nothing of this one.
    memset(evaluation->over_budget, 0, description->rule_count * sizeof *evaluation->over_budget);
    for (size_t v = 0; v < value_count; v++)
        add_value(evaluation, &count, values[v]);
    count = derive_changes(evaluation, count);
    if (evaluation->lane_count == 0) return;
    mark_indicators(evaluation, count, peers, peer_count);
    enter(evaluation, region, 1, evaluation->changed_bits);
    evaluation->block.group.known = false;
    Changes changes = {evaluation->changed_values, count, evaluation->changed_bits};
    evaluation->changes = &changes;
    for (size_t i = 0; i < description->indicator_count; i++)
        if (changes.indicators[i]) put_indicator(evaluation, (int)i, &changes.indicators[i]);
    put_values(evaluation);
    for (size_t i = 0; i < description->indicator_count; i++)
        warnings_on_indicator(evaluation, (int)i);
    warnings_on_the_rest(evaluation);
    assessments_pass(evaluation);
    evaluation->changes = NULL;
}
