// The tree of an explanation: rules, indicators, plans and items. See explain_inside.h.
#include <math.h>
#include <stdio.h>

#include "core/base/language.h"
#include "core/pack/period.h"
#include "core/pack/target_text.h"
#include "core/registry/explain_inside.h"

// ---- rules -------------------------------------------------------------------------------------

// Each plan has a place for itself, followed by one for each domain.
static Telling *telling_of_plan(const Explainer *explainer, int plan, int domain) {
    size_t place = 0;
    for (int p = 0; p < plan; p++)
        place += 1 + explainer->description->plans[p].domain_count;
    return &explainer->plans[place + (size_t)(domain + 1)];
}

static void add_series_or_indicator(Explainer *explainer, json_t *parent, int series,
                                    const Input *input, int unit) {
    const Series *about = &explainer->description->series[series];
    int breakdown = input ? input->breakdown : -1;
    if (breakdown < 0 && about->indicator >= 0)
        explain_add_indicator(explainer, parent, about->indicator);
    else
        explain_add_series(explainer, parent, series, breakdown,
                           breakdown < 0 && about->kind == SERIES_FACT ? unit : -1);
}

static int indicator_of(const Input *input, TraceKey key) {
    return input->indicator >= 0 ? input->indicator : key.indicator;
}

// What an input's value came from; nothing for what stands by itself (points, years) and for the
// indicator or plan below which the rule is shown.
static void add_source(Explainer *explainer, json_t *node, const Input *input, TraceKey key) {
    const Description *description = explainer->description;
    bool is_inside = input->indicator < 0 && key.indicator >= 0 &&
                     explainer->indicators[key.indicator] == BEING_TOLD;
    int indicator = indicator_of(input, key);
    switch (input->kind) {
        case INPUT_METRIC:
        case INPUT_STATUS:
        case INPUT_ON_TRACK:
        case INPUT_SERIES:
            if (indicator >= 0 && !is_inside) explain_add_indicator(explainer, node, indicator);
            break;
        case INPUT_VALUE:
            if (input->series >= 0)
                add_series_or_indicator(explainer, node, input->series, input, key.unit);
            else if (key.indicator >= 0 && !(is_inside && input->breakdown < 0))
                add_series_or_indicator(explainer, node,
                                        description->indicators[key.indicator].series, input,
                                        key.unit);
            break;
        case INPUT_PLAN: {
            int plan = input->plan >= 0 ? input->plan : key.plan;
            bool is_below = input->plan < 0 && plan >= 0 &&
                            *telling_of_plan(explainer, plan, input->domain) == BEING_TOLD;
            if (plan >= 0 && !is_below) explain_add_plan(explainer, node, plan, input->domain);
            break;
        }
        case INPUT_POINTS:
        case INPUT_YEAR:
        case INPUT_PLAN_START:
        case INPUT_PLAN_END:
        case INPUT_PLAN_PACE: break;
    }
}

void explain_add_rule(Explainer *explainer, json_t *node, TraceKey key, bool with_sources) {
    const Rule *rule = &explainer->description->rules[key.rule];
    const json_t *call = explain_find_call(explainer, key);
    const json_t *result = json_object_get(call, "result");
    char text[DECIMAL_TEXT_SIZE];
    explain_set_rule(node, rule);
    explain_set_text(node, "error", json_string_value(json_object_get(call, "error")));
    if (result)
        explain_set_text(node, "result",
                         json_is_null(result) ? T("nothing", "无")
                                              : explain_value_text(result, text));
    for (size_t i = 0; i < rule->input_count && !explainer->full; i++) {
        json_t *child = explain_grow(explainer, node, rule->inputs[i].name);
        const json_t *argument = json_array_get(json_object_get(call, "arguments"), i);
        if (call) explain_set_text(child, "value", explain_value_text(argument, text));
        if (rule->inputs[i].kind == INPUT_METRIC)
            explain_note_others(explainer, child, indicator_of(&rule->inputs[i], key),
                                rule->inputs[i].metric);
        if (with_sources) add_source(explainer, child, &rule->inputs[i], key);
    }
}

// ---- telling once ------------------------------------------------------------------------------

// Whether what is below the node is to be told here. If not, the node says where it is.
static bool begin_telling(Explainer *explainer, json_t *node, Telling *telling) {
    if (!node) return false;
    if (*telling != NOT_TOLD) {
        json_object_set_new(node, "see_above", json_true());
        return false;
    }
    if (explainer->depth >= EXPLAIN_MAX_DEPTH) {
        explain_grow(explainer, node,
                     T("too deep to go on here: explain it by its own name",
                       "层级过深，此处不再展开：请单独查询"));
        return false;
    }
    *telling = BEING_TOLD;
    explainer->depth++;
    return true;
}

static void end_telling(Explainer *explainer, Telling *telling) {
    *telling = TOLD;
    explainer->depth--;
}

// ---- indicators --------------------------------------------------------------------------------

static const YearValue *milestone_in_force(const Explainer *explainer, const Indicator *indicator) {
    if (indicator->conventions.at != AT_MILESTONE) return NULL;
    for (size_t i = 0; i < indicator->milestone_count; i++)
        if (indicator->milestones[i].year >= explainer->request->year)
            return &indicator->milestones[i];
    return NULL;
}

static void set_standing(const Explainer *explainer, json_t *node, const Indicator *indicator,
                         const IndicatorResult *figures) {
    const Conventions *conventions = &indicator->conventions;
    const YearValue *milestone = milestone_in_force(explainer, indicator);
    char number[DECIMAL_TEXT_SIZE];
    Buffer detail = {0};
    buffer_text(&detail, status_name((Status)figures->statuses[0]));
    if (!isnan(figures->metrics[METRIC_TARGET])) {
        decimal_shortest(decimal_round(figures->metrics[METRIC_TARGET], 4, ROUNDING_HALF_UP),
                         number);
        buffer_printf(&detail, T(", target %s %s", "，目标 %s %s"),
                      target_kind_name(indicator->target_sets[0].target.kind), number);
    }
    if (milestone) {
        decimal_shortest(milestone->value, number);
        buffer_printf(&detail, T(", milestone of %d: %s", "，%d 年阶段目标 %s"), milestone->year,
                      number);
    }
    if (!isnan(figures->metrics[METRIC_PROGRESS])) {
        decimal_fixed(figures->metrics[METRIC_PROGRESS] * 100, conventions->digits,
                      conventions->rounding, number);
        buffer_printf(&detail, T(", progress %s%%", "，完成率 %s%%"), number);
    }
    Period period;
    char months[PERIOD_TEXT_SIZE];
    if (conventions->period != PERIOD_CALENDAR_YEAR &&
        period_of(conventions->period, &explainer->description->plans[indicator->plan],
                  explainer->request->year, &period)) {
        period_text(&period, months);
        buffer_printf(&detail, T(", period %s", "，周期 %s"), months);
    }
    explain_set_text(node, "detail", detail.data);
    buffer_free(&detail);
}

// How the other target sets judge the value.
static void add_other_targets(Explainer *explainer, json_t *node, const Indicator *indicator,
                              const IndicatorResult *figures) {
    for (size_t s = 1; s < indicator->target_set_count; s++) {
        const TargetSet *set = &indicator->target_sets[s];
        char title[120];
        Buffer text = {0};
        snprintf(title, sizeof title, T("target: %s", "%s目标"), target_set_title(set->id));
        target_text(&set->target, explainer->description, &text);
        json_t *child = explain_grow(explainer, node, title);
        explain_set_text(child, "value", text.data);
        explain_set_text(child, "detail", status_name((Status)figures->statuses[s]));
        buffer_free(&text);
    }
}

// The other series a target speaks of.
static void add_compared(Explainer *explainer, json_t *node, const Target *target) {
    for (size_t i = 0; i < target->part_count; i++)
        add_compared(explainer, node, &target->parts[i]);
    if (target->kind != TARGET_NOT_BELOW && target->kind != TARGET_NOT_ABOVE) return;
    json_t *child = explain_grow(explainer, node, T("compared with", "对照"));
    const Input compared = {.breakdown = target->breakdown};
    if (target->series >= 0)
        add_series_or_indicator(explainer, child, target->series, &compared, -1);
}

// What the limits of a rate from few events come from, where somebody asked for them.
static void add_counted(Explainer *explainer, json_t *node, int index) {
    const Indicator *indicator = &explainer->description->indicators[index];
    const IndicatorResult *figures = &explainer->result.indicators[index];
    if (indicator->counts < 0 || isnan(figures->metrics[METRIC_COUNT_LOW])) return;
    json_t *child = explain_grow(explainer, node, T("events counted", "事件数"));
    char low[DECIMAL_TEXT_SIZE], high[DECIMAL_TEXT_SIZE] = "…", detail[160];
    decimal_fixed(figures->metrics[METRIC_COUNT_LOW], indicator->digits, ROUNDING_HALF_UP, low);
    if (!isnan(figures->metrics[METRIC_COUNT_HIGH]))
        decimal_fixed(figures->metrics[METRIC_COUNT_HIGH], indicator->digits, ROUNDING_HALF_UP,
                      high);
    snprintf(detail, sizeof detail,
             T("as good as anything from %s to %s", "与 %s 至 %s 无实质差别"), low, high);
    explain_set_text(child, "detail", detail);
    add_series_or_indicator(explainer, child, indicator->counts, NULL, -1);
    if (indicator->among >= 0)
        add_series_or_indicator(explainer, child, indicator->among, NULL, -1);
}

void explain_add_indicator(Explainer *explainer, json_t *parent, int index) {
    const Indicator *indicator = &explainer->description->indicators[index];
    const IndicatorResult *figures = &explainer->result.indicators[index];
    json_t *node = explain_grow(explainer, parent, indicator->title);
    explain_set_text(node, "id", indicator->id);
    explain_set_figure(node, figures->metrics[METRIC_VALUE], indicator->digits,
                       indicator->conventions.rounding, indicator->unit);
    set_standing(explainer, node, indicator, figures);
    if (node)
        json_object_set_new(
            node, "declared",
            json_pack("{s:s, s:i}", "file", indicator->file, "line", indicator->line));
    if (!begin_telling(explainer, node, &explainer->indicators[index])) return;
    if (indicator->formula >= 0) {
        TraceKey key = {indicator->formula, explainer->request->year, index, -1, -1, -1, -1};
        explain_add_rule(explainer, node, key, true);
    } else {
        explain_add_history(explainer, node, indicator->series);
    }
    add_other_targets(explainer, node, indicator, figures);
    add_counted(explainer, node, index);
    if (indicator->target_set_count)
        add_compared(explainer, node, &indicator->target_sets[0].target);
    if (explainer->asks_figure && explainer->depth == 1)
        explain_add_raised(explainer, node, ON_INDICATOR, index);
    end_telling(explainer, &explainer->indicators[index]);
}

// ---- plans -------------------------------------------------------------------------------------

void explain_add_plan(Explainer *explainer, json_t *parent, int plan_index, int domain) {
    const Plan *plan = &explainer->description->plans[plan_index];
    AttainmentCounts counts =
        tally_counts(explainer->description, explainer->result.indicators, plan_index, domain);
    json_t *node =
        explain_grow(explainer, parent, domain >= 0 ? plan->domains[domain].title : plan->title);
    explain_set_text(node, "id", domain >= 0 ? plan->domains[domain].id : plan->id);
    explain_set_figure(node, tally_attainment_percent(plan, counts), plan->conventions.digits,
                       plan->conventions.rounding, "%");
    char detail[200];
    snprintf(detail, sizeof detail,
             T("met %d of %d assessable; near-met %d, unmet %d, no data %d, not applicable %d",
               "达标 %d / 可评 %d；基本达标 %d，未达标 %d，缺数据 %d，不适用 %d"),
             counts.met, tally_assessable(plan, counts), counts.near_met, counts.unmet,
             counts.no_data, counts.not_applicable);
    explain_set_text(node, "detail", detail);
    Telling *telling = telling_of_plan(explainer, plan_index, domain);
    if (!begin_telling(explainer, node, telling)) return;
    const int *members = domain >= 0 ? plan->domains[domain].indicators : plan->indicators;
    size_t count = domain >= 0 ? plan->domains[domain].indicator_count : plan->indicator_count;
    for (size_t i = 0; i < count && !explainer->full; i++)
        explain_add_indicator(explainer, node, members[i]);
    if (explainer->asks_figure && explainer->depth == 1 && domain < 0)
        explain_add_raised(explainer, node, ON_PLAN, plan_index);
    end_telling(explainer, telling);
}

// ---- items -------------------------------------------------------------------------------------

static TraceKey key_of_item(const Explainer *explainer, const AssessmentResult *assessed, int item,
                            int rule) {
    const Assessment *assessment = &explainer->description->assessments[assessed->assessment];
    return (TraceKey){
        rule,          explainer->request->year, -1, assessment->plan, assessed->assessment, item,
        assessed->unit};
}

static void add_applies(Explainer *explainer, json_t *node, const AssessmentResult *assessed,
                        int index, int rule) {
    TraceKey key = key_of_item(explainer, assessed, index, rule);
    const json_t *call = explain_find_call(explainer, key);
    json_t *child = explain_grow(explainer, node, T("applies", "是否适用"));
    if (!call) {
        explain_set_rule(child, &explainer->description->rules[rule]);
        explain_set_text(
            child, "value",
            T("not asked: the item it belongs to does not apply", "未判断：所属考核项不适用"));
        return;
    }
    // The engine takes only a clear "false" as one.
    bool applies = !json_is_false(json_object_get(call, "result"));
    explain_set_text(child, "value", applies ? T("true", "是") : T("false", "否"));
    explain_add_rule(explainer, child, key, true);
}

static void add_item(Explainer *explainer, json_t *parent, const AssessmentResult *assessed,
                     const AssessmentTotal *total, int index) {
    const Description *description = explainer->description;
    const Assessment *assessment = &description->assessments[assessed->assessment];
    const Item *item = &assessment->items[index];
    ItemState state = assessed->items[index].state;
    char score[DECIMAL_TEXT_SIZE], points[DECIMAL_TEXT_SIZE], value[100];
    json_t *node = explain_grow(explainer, parent, item->title);
    decimal_fixed(total->item_scores[index], description->conventions.digits,
                  description->conventions.rounding, score);
    decimal_shortest(decimal_round(total->item_points[index], description->conventions.digits,
                                   description->conventions.rounding),
                     points);
    snprintf(value, sizeof value, "%s / %s", score, points);
    explain_set_text(node, "id", item->id);
    explain_set_text(node, "value", value);
    if (item->score >= 0 || state == ITEM_NOT_APPLICABLE)
        explain_set_text(node, "detail", item_state_name(state));
    if (item->applies >= 0) add_applies(explainer, node, assessed, index, item->applies);
    if (item->score >= 0 && state == ITEM_NOT_APPLICABLE)
        explain_set_rule(node, &description->rules[item->score]); // it was not called
    else if (item->score >= 0)
        explain_add_rule(explainer, node, key_of_item(explainer, assessed, index, item->score),
                         true);
    for (size_t i = 0; i < assessment->item_count; i++)
        if (assessment->items[i].parent == index)
            add_item(explainer, node, assessed, total, (int)i);
}

void explain_add_item(Explainer *explainer, json_t *parent, const AssessmentResult *assessed,
                      int item) {
    AssessmentTotal total = tally_assessment(explainer->description, assessed, &explainer->arena);
    add_item(explainer, parent, assessed, &total, item);
}

void explain_add_assessment(Explainer *explainer, json_t *parent,
                            const AssessmentResult *assessed) {
    const Description *description = explainer->description;
    const Assessment *assessment = &description->assessments[assessed->assessment];
    AssessmentTotal total = tally_assessment(description, assessed, &explainer->arena);
    json_t *node = explain_grow(explainer, parent, assessment->title);
    explain_set_text(node, "id", assessment->id);
    explain_set_figure(node, total.total, description->conventions.digits,
                       description->conventions.rounding, "");
    if (total.grade >= 0) explain_set_text(node, "detail", assessment->grades[total.grade].name);
    for (size_t i = 0; i < assessment->item_count; i++)
        if (assessment->items[i].parent < 0) add_item(explainer, node, assessed, &total, (int)i);
    if (assessed->veto < 0) return;
    const Veto *struck = &assessment->vetoes[assessed->veto];
    json_t *veto = explain_grow(explainer, node, struck->title);
    explain_set_text(veto, "value", T("struck", "成立"));
    explain_add_rule(explainer, veto, key_of_item(explainer, assessed, -1, struck->when), true);
}
