// The passes of an evaluation: see evaluate.h.
#include "core/eval/evaluate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/eval/rule_input.h"

enum { MAX_ARGUMENTS = 64 };

// A failure of a formula, noted when columns are derived and handed to its region's result.
typedef struct DerivedFailure {
    size_t region;
    RuleFailure failure;
} DerivedFailure;

struct Evaluation {
    const Description *description;
    FigureSource source;
    EvaluationOptions options;
    RuleCaller caller;
    bool *disabled;          // by rule: it ran over its budget, so it is not called again
    bool *wants_peers;       // by indicator: some rule names its place among peers
    int frames;              // years looked at: 1, or more when a warning must hold
    IndicatorResult **frame; // by years before: the figures of the region at hand
    DerivedFailure *derived_failures;
    size_t derived_failure_count, derived_failure_capacity;
    bool *derived_failed; // by region, of the formula at hand: its failure was noted
    Arena arena;          // texts of derived failures
};

static void trace_call(const Evaluation *evaluation, int rule, const Subject *subject,
                       const RuleValue *arguments, const RuleValue *result, const Error *error) {
    if (!evaluation->options.trace || subject->region != evaluation->options.traced_region) return;
    RuleTrace trace = {.rule = rule,
                       .year = subject->year,
                       .region = (int)subject->region,
                       .indicator = subject->indicator,
                       .plan = subject->plan,
                       .assessment = subject->assessment,
                       .item = subject->item,
                       .veto = subject->veto,
                       .warning = subject->warning,
                       .unit = subject->unit,
                       .arguments = arguments,
                       .result = result,
                       .error = error};
    evaluation->options.trace(&trace, evaluation->options.trace_context);
}

// Calls a rule for a subject. With `needs_all`, a missing input makes the result nil without a
// call.
static CallOutcome call_rule(Evaluation *evaluation, int rule, const Subject *subject,
                             bool needs_all, RuleValue *result, Error *error) {
    const Rule *about = &evaluation->description->rules[rule];
    RuleValue arguments[MAX_ARGUMENTS];
    ArgumentRoom room;
    *result = (RuleValue){.kind = RULE_NIL};
    for (size_t i = 0; i < about->input_count; i++) {
        arguments[i] = rule_input(&evaluation->source, &about->inputs[i], subject, &room);
        if (needs_all && arguments[i].kind == RULE_NIL) return CALL_OK;
    }
    CallOutcome outcome;
    bool skipped = evaluation->options.skipped_rules && evaluation->options.skipped_rules[rule];
    if (skipped) {
        outcome = CALL_STUCK;
        error_set(error, ERROR_LIMIT, "%s", T("did not stop at its budget", "到达限额后未停止"));
    } else if (evaluation->disabled[rule]) {
        outcome = CALL_OVER_TIME;
        error_set(error, ERROR_LIMIT, "%s",
                  T("not called again after it ran over its budget", "超出限额后不再调用"));
    } else {
        outcome = evaluation->caller.call(evaluation->caller.context, rule, arguments,
                                          about->input_count, result, error);
        if (outcome == CALL_OVER_TIME || outcome == CALL_OVER_MEMORY)
            evaluation->disabled[rule] = true;
    }
    bool good = outcome == CALL_OK;
    trace_call(evaluation, rule, subject, arguments, good ? result : NULL, good ? NULL : error);
    return outcome;
}

static RuleFailure make_failure(Arena *arena, int rule, int subject, CallOutcome outcome,
                                const Error *error) {
    char text[1400];
    // The language of messages must not reach the stored bytes: what std and the host say about an
    // outcome is told by the outcome; only the pack's own words are kept.
    const char *message = outcome == CALL_RAISED ? error->message : "";
    if (error->line > 0)
        snprintf(text, sizeof text, "%s:%d%s%s", error->file, error->line, *message ? ": " : "",
                 message);
    else
        snprintf(text, sizeof text, "%s", message);
    for (char *at = text; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7f) *at = ' ';
    return (RuleFailure){rule, subject, outcome, arena_string(arena, text)};
}

static void add_failure(RegionResult *result, RuleFailure failure) {
    if (result->failure_count >= MAX_FAILURES_PER_REGION) return;
    ARRAY_RESERVE(result->failures, result->failure_count, result->failure_capacity);
    result->failures[result->failure_count++] = failure;
}

static void note_failure(RegionResult *result, int rule, int subject, CallOutcome outcome,
                         const Error *error) {
    add_failure(result, make_failure(&result->arena, rule, subject, outcome, error));
}

// A result of a kind the place does not allow is a failure like any other.
static CallOutcome wrong_kind(Error *error, const char *wanted) {
    error_set(error, ERROR_PACK, T("must give %s", "应返回%s"), wanted);
    return CALL_BAD_RESULT;
}

// ---- formulas ----------------------------------------------------------------------------------

static void derive_cell(Evaluation *evaluation, int indicator, int year, size_t region) {
    const DatasetHeader *header = evaluation->source.dataset->header;
    int rule = evaluation->description->indicators[indicator].formula;
    double *cell =
        &evaluation->source
             .derived[indicator]
                     [(size_t)(year - header->first_year) * header->region_count + region];
    Subject subject = subject_none;
    subject.region = region;
    subject.year = year;
    subject.indicator = indicator;
    RuleValue value;
    Error error = {0};
    CallOutcome outcome = call_rule(evaluation, rule, &subject, true, &value, &error);
    if (outcome == CALL_OK && value.kind != RULE_NUMBER && value.kind != RULE_NIL)
        outcome = wrong_kind(&error, T("a number", "数值"));
    if (outcome == CALL_OK) {
        *cell = value.kind == RULE_NUMBER ? value.number : NAN;
        return;
    }
    if (evaluation->derived_failed[region]) return; // one a region; the newest year comes first
    evaluation->derived_failed[region] = true;
    ARRAY_RESERVE(evaluation->derived_failures, evaluation->derived_failure_count,
                  evaluation->derived_failure_capacity);
    evaluation->derived_failures[evaluation->derived_failure_count++] = (DerivedFailure){
        region, make_failure(&evaluation->arena, rule, indicator, outcome, &error)};
}

static void derive_columns(Evaluation *evaluation) {
    const Description *description = evaluation->description;
    const DatasetHeader *header = evaluation->source.dataset->header;
    size_t cells = (size_t)header->year_count * header->region_count;
    for (size_t i = 0; i < description->formula_count; i++) {
        int indicator = description->formula_order[i];
        double *column = memory_new(cells, sizeof *column);
        for (size_t c = 0; c < cells; c++)
            column[c] = NAN;
        evaluation->source.derived[indicator] = column;
        int last = header->first_year + (int)header->year_count - 1;
        if (last > evaluation->options.year) last = evaluation->options.year;
        memset(evaluation->derived_failed, 0, header->region_count * sizeof(bool));
        for (int year = last; year >= header->first_year; year--)
            for (size_t region = 0; region < header->region_count; region++)
                derive_cell(evaluation, indicator, year, region);
    }
}

// ---- making ------------------------------------------------------------------------------------

static bool is_peer_metric(Metric metric) {
    return metric >= METRIC_PEERS_MEAN && metric <= METRIC_PARENT_VALUE;
}

static void note_peers(Evaluation *evaluation, const Input *inputs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (inputs[i].kind != INPUT_METRIC || !is_peer_metric(inputs[i].metric)) continue;
        for (size_t k = 0; k < evaluation->description->indicator_count; k++)
            if (inputs[i].indicator < 0 || inputs[i].indicator == (int)k)
                evaluation->wants_peers[k] = true;
    }
}

Evaluation *evaluation_new(const Description *description, const Dataset *dataset,
                           const EvaluationOptions *options, RuleCaller caller) {
    Evaluation *evaluation = memory_new(1, sizeof *evaluation);
    evaluation->description = description;
    evaluation->options = *options;
    evaluation->caller = caller;
    figure_source_init(&evaluation->source, description, dataset);
    evaluation->disabled = memory_new(description->rule_count, sizeof(bool));
    evaluation->wants_peers = memory_new(description->indicator_count, sizeof(bool));
    for (size_t r = 0; r < description->rule_count; r++)
        note_peers(evaluation, description->rules[r].inputs, description->rules[r].input_count);
    evaluation->derived_failed = memory_new(dataset->header->region_count, sizeof(bool));
    evaluation->frames = 1;
    for (size_t w = 0; w < description->warning_count; w++) {
        const Warning *warning = &description->warnings[w];
        note_peers(evaluation, warning->message_inputs, warning->message_input_count);
        if (warning->hold > evaluation->frames) evaluation->frames = warning->hold;
    }
    evaluation->frame = memory_new((size_t)evaluation->frames, sizeof *evaluation->frame);
    for (int k = 0; k < evaluation->frames; k++)
        evaluation->frame[k] = memory_new(description->indicator_count, sizeof(IndicatorResult));
    derive_columns(evaluation);
    return evaluation;
}

void evaluation_free(Evaluation *evaluation) {
    if (!evaluation) return;
    for (int k = 0; k < evaluation->frames; k++)
        free(evaluation->frame[k]);
    free(evaluation->frame);
    free(evaluation->disabled);
    free(evaluation->wants_peers);
    free(evaluation->derived_failures);
    free(evaluation->derived_failed);
    figure_source_free(&evaluation->source);
    arena_free(&evaluation->arena);
    free(evaluation);
}

// ---- warnings ----------------------------------------------------------------------------------

static WarningLevel warning_level(Evaluation *evaluation, const Warning *warning, Subject *subject,
                                  RegionResult *result, int about) {
    WarningLevel least = LEVEL_RED;
    for (int back = 0; back < warning->hold; back++) {
        subject->year = evaluation->options.year - back;
        subject->figures = evaluation->frame[back];
        RuleValue value;
        Error error = {0};
        CallOutcome outcome = call_rule(evaluation, warning->level, subject, false, &value, &error);
        WarningLevel level = LEVEL_NONE;
        if (outcome == CALL_OK && value.kind == RULE_TEXT) level = level_from_name(value.text);
        bool wrong = outcome == CALL_OK &&
                     (level == LEVEL_COUNT || (value.kind != RULE_TEXT && value.kind != RULE_NIL));
        if (wrong)
            outcome = wrong_kind(&error, T("\"red\", \"orange\", \"yellow\", \"blue\" or nil",
                                           " \"red\"、\"orange\"、\"yellow\"、\"blue\" 或 nil"));
        if (outcome != CALL_OK) {
            note_failure(result, warning->level, about, outcome, &error);
            return LEVEL_NONE;
        }
        if (level < least) least = level;
        if (least == LEVEL_NONE) break;
    }
    subject->year = evaluation->options.year;
    subject->figures = evaluation->frame[0];
    return least;
}

static bool is_wanted(const Warning *warning, int subject) {
    if (warning->only_count == 0) return true;
    for (size_t i = 0; i < warning->only_count; i++)
        if (warning->only[i] == subject) return true;
    return false;
}

static void warn_about(Evaluation *evaluation, int index, int about, Subject *subject,
                       RegionResult *result) {
    const Warning *warning = &evaluation->description->warnings[index];
    if (warning->level < 0 || !is_wanted(warning, about)) return;
    subject->warning = index;
    WarningLevel level = warning_level(evaluation, warning, subject, result, about);
    if (level == LEVEL_NONE) return;
    ARRAY_RESERVE(result->warnings, result->warning_count, result->warning_capacity);
    result->warnings[result->warning_count++] = (RaisedWarning){
        index, about, level, rule_message(&evaluation->source, warning, subject, &result->arena)};
}

static bool in_plan_years(const Plan *plan, int year) {
    return year >= plan->first_year && year <= plan->last_year;
}

static void raise_warnings(Evaluation *evaluation, size_t region, RegionResult *result) {
    const Description *description = evaluation->description;
    for (size_t w = 0; w < description->warning_count; w++) {
        Subject subject = subject_none;
        subject.region = region;
        if (description->warnings[w].on == ON_REGION)
            warn_about(evaluation, (int)w, -1, &subject, result);
        for (size_t p = 0; p < description->plan_count; p++) {
            const Plan *plan = &description->plans[p];
            if (!in_plan_years(plan, evaluation->options.year)) continue;
            subject.plan = (int)p;
            if (description->warnings[w].on == ON_PLAN)
                warn_about(evaluation, (int)w, (int)p, &subject, result);
            for (size_t i = 0;
                 description->warnings[w].on == ON_INDICATOR && i < plan->indicator_count; i++) {
                subject.indicator = plan->indicators[i];
                if (result->indicators[subject.indicator].statuses[0] == STATUS_NOT_APPLICABLE)
                    continue;
                warn_about(evaluation, (int)w, subject.indicator, &subject, result);
            }
        }
    }
}

// ---- assessments -------------------------------------------------------------------------------

static bool item_applies(Evaluation *evaluation, const Item *item, Subject *subject,
                         RegionResult *result) {
    if (item->applies < 0) return true;
    RuleValue value;
    Error error = {0};
    CallOutcome outcome = call_rule(evaluation, item->applies, subject, false, &value, &error);
    if (outcome == CALL_OK && value.kind != RULE_BOOLEAN && value.kind != RULE_NIL)
        outcome = wrong_kind(&error, T("true or false", " true 或 false"));
    if (outcome != CALL_OK) note_failure(result, item->applies, -1, outcome, &error);
    return !(outcome == CALL_OK && value.kind == RULE_BOOLEAN && value.number == 0);
}

static ItemResult score_item(Evaluation *evaluation, const Item *item, Subject *subject,
                             RegionResult *result) {
    const ItemResult failed = {ITEM_FAILED, 0}, missing = {ITEM_NO_DATA, 0};
    RuleValue value;
    Error error = {0};
    CallOutcome outcome = call_rule(evaluation, item->score, subject, false, &value, &error);
    if (outcome == CALL_OK && value.kind != RULE_NUMBER && value.kind != RULE_NIL)
        outcome = wrong_kind(&error, T("a number or nil", "数值或 nil"));
    bool capped = evaluation->description->conventions.cap_items;
    if (outcome == CALL_OK && value.kind == RULE_NUMBER && !capped &&
        (value.number < 0 || value.number > item->points))
        outcome = wrong_kind(&error, T("between 0 and the item's points", " 0 与分值之间的数"));
    if (outcome != CALL_OK) {
        note_failure(result, item->score, -1, outcome, &error);
        return failed;
    }
    if (value.kind == RULE_NIL) return missing;
    return (ItemResult){ITEM_SCORED, fmin(fmax(value.number, 0), item->points)};
}

static bool ancestor_is_out(const Assessment *assessment, const ItemResult *items, size_t item) {
    int parent = assessment->items[item].parent;
    return parent >= 0 && items[parent].state == ITEM_NOT_APPLICABLE;
}

static void assess(Evaluation *evaluation, int index, int unit, size_t region,
                   RegionResult *result) {
    const Assessment *assessment = &evaluation->description->assessments[index];
    Subject subject = subject_none;
    subject.region = region;
    subject.year = evaluation->options.year;
    subject.figures = evaluation->frame[0];
    subject.assessment = index;
    subject.unit = unit;
    subject.plan = assessment->plan;
    AssessmentResult assessed = {
        index, unit, arena_new(&result->arena, assessment->item_count + 1, sizeof(ItemResult)), -1};
    for (size_t i = 0; i < assessment->item_count; i++) {
        const Item *item = &assessment->items[i];
        subject.item = (int)i;
        subject.points = item->points;
        bool applies = !ancestor_is_out(assessment, assessed.items, i) &&
                       item_applies(evaluation, item, &subject, result);
        if (!applies)
            assessed.items[i].state = ITEM_NOT_APPLICABLE;
        else if (item->score >= 0)
            assessed.items[i] = score_item(evaluation, item, &subject, result);
    }
    subject.item = -1;
    for (size_t v = 0; v < assessment->veto_count && assessed.veto < 0; v++) {
        RuleValue value;
        Error error = {0};
        if (assessment->vetoes[v].when < 0) continue;
        subject.veto = (int)v;
        CallOutcome outcome =
            call_rule(evaluation, assessment->vetoes[v].when, &subject, true, &value, &error);
        if (outcome == CALL_OK && value.kind != RULE_BOOLEAN && value.kind != RULE_NIL)
            outcome = wrong_kind(&error, T("true or false", " true 或 false"));
        if (outcome != CALL_OK)
            note_failure(result, assessment->vetoes[v].when, -1, outcome, &error);
        if (outcome == CALL_OK && value.kind == RULE_BOOLEAN && value.number != 0)
            assessed.veto = (int)v;
    }
    ARRAY_RESERVE(result->assessments, result->assessment_count, result->assessment_capacity);
    result->assessments[result->assessment_count++] = assessed;
}

static void run_assessments(Evaluation *evaluation, size_t region, RegionResult *result) {
    const Description *description = evaluation->description;
    const DatasetRegion *regions = evaluation->source.dataset->regions;
    bool is_self = strcmp(regions[region].code, description->region) == 0;
    int parent = regions[region].parent;
    bool is_child = parent >= 0 && strcmp(regions[parent].code, description->region) == 0;
    for (size_t a = 0; a < description->assessment_count; a++) {
        switch (description->assessments[a].of) {
            case OF_REGION: assess(evaluation, (int)a, -1, region, result); break;
            case OF_SELF:
                if (is_self) assess(evaluation, (int)a, -1, region, result);
                break;
            case OF_CHILDREN:
                if (is_child) assess(evaluation, (int)a, -1, region, result);
                break;
            case OF_UNIT:
                for (size_t u = 0; is_self && u < description->unit_count; u++)
                    assess(evaluation, (int)a, (int)u, region, result);
                break;
        }
    }
}

void evaluation_region(Evaluation *evaluation, size_t region, RegionResult *result) {
    const Description *description = evaluation->description;
    if (evaluation->caller.enter_region)
        evaluation->caller.enter_region(evaluation->caller.context, (int)region);
    for (int back = 0; back < evaluation->frames; back++) {
        for (size_t i = 0; i < description->indicator_count; i++) {
            IndicatorResult *figures = &evaluation->frame[back][i];
            int year = evaluation->options.year - back;
            figure_indicator(&evaluation->source, (int)i, year, region, figures);
            if (evaluation->wants_peers[i])
                figure_peers(&evaluation->source, (int)i, year, region, figures);
        }
    }
    memcpy(result->indicators, evaluation->frame[0],
           description->indicator_count * sizeof *result->indicators);
    for (size_t i = 0; i < evaluation->derived_failure_count; i++)
        if (evaluation->derived_failures[i].region == region)
            add_failure(result, evaluation->derived_failures[i].failure);
    raise_warnings(evaluation, region, result);
    run_assessments(evaluation, region, result);
}
