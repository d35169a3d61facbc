// Calling a rule for the lanes of a block: its arguments as columns, its answers checked.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/eval/evaluation.h"
#include "core/eval/tally.h"
#include "core/stats/progress.h"

enum { MAX_ARGUMENTS = 64 };

const Subject subject_none = {.indicator = -1,
                              .plan = -1,
                              .assessment = -1,
                              .item = -1,
                              .veto = -1,
                              .warning = -1,
                              .unit = -1,
                              .about = -1};

// ---- arguments ---------------------------------------------------------------------------------

// A series as an argument is fetched region by region.
typedef struct SeriesArgument {
    const Block *block;
    int series, year;
} SeriesArgument;

typedef union ArgumentRoom {
    double numbers[FIGURE_LANES];
    uint8_t codes[FIGURE_LANES];
    SeriesArgument series;
} ArgumentRoom;

typedef struct Arguments {
    RuleColumn columns[MAX_ARGUMENTS];
    ArgumentRoom rooms[MAX_ARGUMENTS];
    size_t count;
} Arguments;

static const char *const *status_words(void) {
    static const char *words[STATUS_COUNT];
    for (int s = 0; s < STATUS_COUNT && !words[s]; s++)
        words[s] = status_name((Status)s);
    return words;
}

static RuleColumn number_column(double number) {
    return (RuleColumn){.kind = RULE_COLUMN_NUMBER, .number = number};
}

static RuleColumn numbers_column(const double *numbers) {
    return numbers ? (RuleColumn){.kind = RULE_COLUMN_NUMBERS, .numbers = numbers}
                   : number_column(NAN);
}

static RuleColumn status_column(const uint8_t *statuses) {
    return (RuleColumn){.kind = RULE_COLUMN_WORDS,
                        .codes = statuses,
                        .words = status_words(),
                        .word_count = STATUS_COUNT};
}

// Nothing where the indicator has no target in the set.
static RuleColumn status_of_set(Block *block, int back, int indicator, int set) {
    int place = description_target_set(block->layout->description, indicator, set);
    if (place < 0) return number_column(NAN);
    return status_column(block_statuses(block, back, indicator) + (size_t)place * FIGURE_LANES);
}

static RuleColumn on_track_column(Block *block, int back, int indicator, uint8_t *codes) {
    const double *progress = block_metric(block, back, indicator, METRIC_PROGRESS);
    const double *pace = block_metric(block, back, indicator, METRIC_PACE);
    for (size_t k = 0; k < block->count; k++)
        codes[k] = isnan(progress[k]) || isnan(pace[k]) ? 2 : progress[k] >= pace[k];
    return (RuleColumn){.kind = RULE_COLUMN_BOOLEANS, .codes = codes};
}

static size_t fetch_series(const void *context, size_t lane, int *years, double *values) {
    const SeriesArgument *argument = context;
    return figure_history(argument->block->source, argument->series, argument->year,
                          argument->block->first + lane, years, values);
}

static RuleColumn series_column(const Block *block, int year, int series, SeriesArgument *room) {
    *room = (SeriesArgument){block, series, year};
    return (RuleColumn){.kind = RULE_COLUMN_SERIES, .series = fetch_series, .series_context = room};
}

// A fact in a unit's assessment is the unit's own; what the region as a whole did is not its doing.
static RuleColumn value_column(const Block *block, const Input *input, const Subject *subject,
                               double *room) {
    const Description *description = block->layout->description;
    int series =
        input->series >= 0 ? input->series : description->indicators[subject->indicator].series;
    const Series *about = &description->series[series];
    int breakdown = input->breakdown;
    if (breakdown < 0 && subject->unit >= 0 && about->kind == SERIES_FACT)
        breakdown = (int)(description->breakdown_count - description->unit_count) + subject->unit;
    const double *column = figure_column(block->source, series, breakdown,
                                         block->years[subject->back].year, block->first);
    if (about->kind != SERIES_FACT || isnan(about->default_value)) return numbers_column(column);
    if (!column) return number_column(about->default_value);
    for (size_t k = 0; k < block->count; k++)
        room[k] = isnan(column[k]) ? about->default_value : column[k];
    return numbers_column(room);
}

static RuleColumn plan_column(Block *block, const Input *input, int back, int plan_index,
                              double *room) {
    const Plan *plan = &block->layout->description->plans[plan_index];
    const AttainmentCounts *counts =
        block_counts(block, back, plan_index, input->domain, input->set);
    for (size_t k = 0; k < block->count; k++)
        room[k] = tally_figure(plan, counts[k], input->figure);
    return numbers_column(room);
}

static RuleColumn argument_column(Block *block, const Input *input, const Subject *subject,
                                  ArgumentRoom *room) {
    const Description *description = block->layout->description;
    int indicator = input->indicator >= 0 ? input->indicator : subject->indicator;
    int plan = input->plan >= 0 ? input->plan : subject->plan;
    int back = subject->back, year = block->years[back].year;
    switch (input->kind) {
        case INPUT_METRIC:
            return numbers_column(block_metric(block, back, indicator, input->metric));
        case INPUT_STATUS: return status_of_set(block, back, indicator, input->set);
        case INPUT_ON_TRACK: return on_track_column(block, back, indicator, room->codes);
        case INPUT_SERIES:
            return series_column(block, year, description->indicators[indicator].series,
                                 &room->series);
        case INPUT_VALUE: return value_column(block, input, subject, room->numbers);
        case INPUT_PLAN: return plan_column(block, input, back, plan, room->numbers);
        case INPUT_POINTS: return number_column(subject->points);
        case INPUT_YEAR: return number_column(year);
        case INPUT_PLAN_START: return number_column(description->plans[plan].first_year);
        case INPUT_PLAN_END: return number_column(description->plans[plan].last_year);
        case INPUT_PLAN_PACE:
            return number_column(progress_pace(year, description->plans[plan].baseline_year,
                                               description->plans[plan].last_year));
    }
    return number_column(NAN);
}

static void take_arguments(Evaluation *evaluation, const Rule *rule, const Subject *subject,
                           Arguments *arguments) {
    arguments->count = rule->input_count;
    for (size_t i = 0; i < rule->input_count; i++)
        arguments->columns[i] =
            argument_column(&evaluation->block, &rule->inputs[i], subject, &arguments->rooms[i]);
}

static bool is_missing(const RuleColumn *column, uint32_t lane) {
    switch (column->kind) {
        case RULE_COLUMN_NUMBERS: return isnan(column->numbers[lane]);
        case RULE_COLUMN_NUMBER: return isnan(column->number);
        case RULE_COLUMN_BOOLEANS: return column->codes[lane] > 1;
        case RULE_COLUMN_WORDS:
        case RULE_COLUMN_SERIES: return false;
    }
    return false;
}

static bool has_missing(const Arguments *arguments, uint32_t lane) {
    for (size_t i = 0; i < arguments->count; i++)
        if (is_missing(&arguments->columns[i], lane)) return true;
    return false;
}

// ---- traces ------------------------------------------------------------------------------------

typedef struct Call {
    Evaluation *evaluation;
    int rule;
    const Subject *subject;
    const Expected *expected;
    const Arguments *arguments;
    Answers *answers;
} Call;

typedef struct SeriesRoom {
    int years[FIGURE_MAX_YEARS];
    double values[FIGURE_MAX_YEARS];
} SeriesRoom;

static RuleValue argument_of(const RuleColumn *column, uint32_t lane, SeriesRoom *room) {
    if (is_missing(column, lane)) return (RuleValue){.kind = RULE_NIL};
    switch (column->kind) {
        case RULE_COLUMN_NUMBERS:
            return (RuleValue){.kind = RULE_NUMBER, .number = column->numbers[lane]};
        case RULE_COLUMN_NUMBER: return (RuleValue){.kind = RULE_NUMBER, .number = column->number};
        case RULE_COLUMN_WORDS:
            return (RuleValue){.kind = RULE_TEXT, .text = column->words[column->codes[lane]]};
        case RULE_COLUMN_BOOLEANS:
            return (RuleValue){.kind = RULE_BOOLEAN, .number = column->codes[lane]};
        case RULE_COLUMN_SERIES: break;
    }
    RuleValue value = {.kind = RULE_SERIES, .years = room->years, .values = room->values};
    value.count = column->series(column->series_context, lane, room->years, room->values);
    return value;
}

static void trace(const Call *call, uint32_t lane, const RuleValue *result, const Error *error) {
    const Evaluation *evaluation = call->evaluation;
    size_t region = evaluation->block.first + lane;
    if (!evaluation->options.trace || region != evaluation->options.traced_region) return;
    RuleValue values[MAX_ARGUMENTS];
    SeriesRoom room;
    for (size_t i = 0; i < call->arguments->count; i++)
        values[i] = argument_of(&call->arguments->columns[i], lane, &room);
    const Subject *subject = call->subject;
    RuleTrace traced = {.rule = call->rule,
                        .year = evaluation->block.years[subject->back].year,
                        .region = (int)region,
                        .indicator = subject->indicator,
                        .plan = subject->plan,
                        .assessment = subject->assessment,
                        .item = subject->item,
                        .veto = subject->veto,
                        .warning = subject->warning,
                        .unit = subject->unit,
                        .arguments = values,
                        .result = result,
                        .error = error};
    evaluation->options.trace(&traced, evaluation->options.context);
}

static void trace_answer(const Call *call, uint32_t lane) {
    const Answers *answers = call->answers;
    RuleValue result = {.kind = (RuleValueKind)answers->kinds[lane],
                        .number = answers->numbers[lane]};
    if (result.kind == RULE_TEXT)
        result.text = answers->numbers[lane] >= 0
                          ? call->expected->words[(size_t)answers->numbers[lane]]
                          : "?";
    trace(call, lane, &result, NULL);
}

// ---- failures ----------------------------------------------------------------------------------

// The language of messages must not reach the stored bytes: what std and the host say about an
// outcome is told by the outcome; only the pack's own words are kept.
static void report(const Call *call, uint32_t lane, CallOutcome outcome, const Error *error) {
    Evaluation *evaluation = call->evaluation;
    char text[1400];
    const char *message = outcome == CALL_RAISED ? error->message : "";
    if (error->line > 0)
        snprintf(text, sizeof text, "%s:%d%s%s", error->file, error->line, *message ? ": " : "",
                 message);
    else
        snprintf(text, sizeof text, "%s", message);
    for (char *at = text; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f) *at = ' ';
    call->answers->failed[lane] = true;
    call->answers->stopped[lane] = outcome != CALL_RAISED && outcome != CALL_BAD_RESULT;
    call->answers->kinds[lane] = RULE_NIL;
    if (evaluation->description->rules[call->rule].place == PLACE_FORMULA) {
        if (evaluation->told[lane]) return;
        evaluation->told[lane] = true;
    }
    RuleFailure failure = {call->rule, call->subject->about, outcome, text};
    if (evaluation->options.failed)
        evaluation->options.failed(evaluation->options.context, evaluation->block.first + lane,
                                   &failure);
}

static bool is_over_budget(CallOutcome outcome) {
    return outcome == CALL_OVER_TIME || outcome == CALL_OVER_MEMORY;
}

// False once the rule has run over too often: what it costs to go on is more than it can give, and
// the host begins again without it.
static bool lane_failed(void *context, uint32_t lane, CallOutcome outcome, const Error *error) {
    const Call *call = context;
    trace(call, lane, NULL, error);
    report(call, lane, outcome, error);
    OverBudget *over = &call->evaluation->over_budget[call->rule];
    if (is_over_budget(outcome)) *over = (OverBudget){over->count + 1, outcome};
    return over->count < MOST_CALLS_OVER_BUDGET;
}

static void skip(const Call *call, uint32_t lane, CallOutcome outcome) {
    Error error = {0};
    error_set(&error, ERROR_LIMIT, "%s",
              outcome == CALL_STUCK
                  ? T("did not stop at its budget", "到达限额后未停止")
                  : T("not called again after it ran over its budget", "超出限额后不再调用"));
    const Rule *rule = &call->evaluation->description->rules[call->rule];
    error_at(&error, rule->file, rule->line, 0);
    trace(call, lane, NULL, &error);
    report(call, lane, outcome, &error);
}

// The outcome a rule's call for a region is to count as without a call; CALL_OK: call it.
static CallOutcome skipped_outcome(const Evaluation *evaluation, int rule, size_t region) {
    for (size_t i = 0; i < evaluation->options.skipped_count; i++) {
        const SkippedRule *skipped = &evaluation->options.skipped[i];
        if (skipped->rule == rule && (skipped->region < 0 || (size_t)skipped->region == region))
            return skipped->outcome;
    }
    const OverBudget *over = &evaluation->over_budget[rule];
    return over->count >= MOST_CALLS_OVER_BUDGET ? over->last : CALL_OK;
}

// A result of a kind the place does not take is a failure like any other.
static bool is_expected(const Expected *expected, RuleValueKind kind, double number) {
    if (kind == RULE_NIL) return true;
    if (kind != expected->kind) return false;
    if (kind == RULE_TEXT) return number >= 0;
    return kind != RULE_NUMBER || (number >= expected->low && number <= expected->high);
}

static void refuse(const Call *call, uint32_t lane) {
    const Rule *rule = &call->evaluation->description->rules[call->rule];
    Error error = {0};
    error_set(&error, ERROR_PACK, T("must give %s", "应返回%s"),
              T(call->expected->english, call->expected->chinese));
    error_at(&error, rule->file, rule->line, 0);
    report(call, lane, CALL_BAD_RESULT, &error);
}

// ---- calling -----------------------------------------------------------------------------------

// Lanes to call for; the others are answered here.
static size_t choose_lanes(const Call *call, const uint32_t *lanes, size_t count,
                           uint32_t *chosen) {
    const Evaluation *evaluation = call->evaluation;
    bool any_skipped = evaluation->options.skipped_count > 0 ||
                       evaluation->over_budget[call->rule].count >= MOST_CALLS_OVER_BUDGET;
    size_t chosen_count = 0;
    memset(call->answers->kinds, RULE_NIL, sizeof call->answers->kinds);
    memset(call->answers->failed, 0, sizeof call->answers->failed);
    memset(call->answers->stopped, 0, sizeof call->answers->stopped);
    if (!any_skipped && !call->expected->needs_all) {
        memcpy(chosen, lanes, count * sizeof *lanes);
        return count;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t lane = lanes[i];
        CallOutcome outcome =
            any_skipped ? skipped_outcome(evaluation, call->rule, evaluation->block.first + lane)
                        : CALL_OK;
        bool missing = call->expected->needs_all && has_missing(call->arguments, lane);
        if (outcome == CALL_OK && !missing)
            chosen[chosen_count++] = lane;
        else if (!missing)
            skip(call, lane, outcome);
    }
    return chosen_count;
}

void calls_make(Evaluation *evaluation, int rule, const Subject *subject, const Expected *expected,
                const uint32_t *lanes, size_t lane_count, Answers *answers) {
    Arguments arguments;
    uint32_t chosen[FIGURE_LANES];
    take_arguments(evaluation, &evaluation->description->rules[rule], subject, &arguments);
    Call call = {evaluation, rule, subject, expected, &arguments, answers};
    size_t count = choose_lanes(&call, lanes, lane_count, chosen);
    RuleBatch batch = {.rule = rule,
                       .columns = arguments.columns,
                       .column_count = arguments.count,
                       .lanes = chosen,
                       .lane_count = count,
                       .first_region = (int)evaluation->block.first,
                       .answer_words = expected->words,
                       .answer_word_count = expected->word_count,
                       .kinds = answers->kinds,
                       .numbers = answers->numbers,
                       .failed = lane_failed,
                       .failed_context = &call};
    if (count == 0) return;
    evaluation->calls += count;
    size_t reached = count;
    if (!evaluation->caller.call_batch(evaluation->caller.context, &batch)) {
        // The lane that failed last ended it; those behind it are told so.
        while (reached > 0 && !answers->failed[chosen[reached - 1]])
            reached--;
        for (size_t i = reached; i < count; i++)
            skip(&call, chosen[i], evaluation->over_budget[rule].last);
    }
    for (size_t i = 0; i < reached; i++) {
        uint32_t lane = chosen[i];
        if (answers->failed[lane]) continue;
        if (evaluation->options.trace) trace_answer(&call, lane);
        if (!is_expected(expected, (RuleValueKind)answers->kinds[lane], answers->numbers[lane]))
            refuse(&call, lane);
    }
}
