// Building explanations: see explain.h.
#include "core/registry/explain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/eval/figures.h"
#include "core/eval/tally.h"

enum { MAX_DEPTH = 12 };

typedef struct SeenObservation {
    StoreObservation row; // texts in the arena
} SeenObservation;

typedef struct Explainer {
    const ExplainRequest *request;
    const Description *description;
    RegionResult result;
    json_t *traces;
    SeenObservation *observations;
    size_t observation_count, observation_capacity;
    int depth;
    Arena arena;
} Explainer;

// ---- nodes -------------------------------------------------------------------------------------

static json_t *new_node(const char *title) {
    json_t *node = json_object();
    json_object_set_new(node, "title", json_string(title));
    return node;
}

static void add_child(json_t *node, json_t *child) {
    json_t *children = json_object_get(node, "children");
    if (!children) {
        children = json_array();
        json_object_set_new(node, "children", children);
    }
    json_array_append_new(children, child);
}

static void set_text(json_t *node, const char *key, const char *text) {
    if (text) json_object_set_new(node, key, json_string(text));
}

static void set_figure(json_t *node, double value, int digits, Rounding rounding, const char *unit) {
    char text[DECIMAL_TEXT_SIZE], with_unit[DECIMAL_TEXT_SIZE + 64];
    if (isnan(value)) {
        set_text(node, "value", T("no data", "缺数据"));
        return;
    }
    decimal_fixed(value, digits, rounding, text);
    snprintf(with_unit, sizeof with_unit, "%s%s%.40s", text, unit && *unit && strcmp(unit, "%") ? " " : "", unit ? unit : "");
    set_text(node, "value", with_unit);
}

static void set_rule(json_t *node, const Rule *rule) {
    json_object_set_new(node, "rule", json_pack("{s:s, s:i, s:s}", "file", rule->file, "line", rule->line, "owner", rule->owner));
}

// ---- observations ------------------------------------------------------------------------------

static bool keep_observation(const StoreObservation *row, void *context, Error *error) {
    (void)error;
    Explainer *explainer = context;
    if (description_series(explainer->description, row->indicator) < 0) return true;
    ARRAY_RESERVE(explainer->observations, explainer->observation_count, explainer->observation_capacity);
    StoreObservation *copy = &explainer->observations[explainer->observation_count++].row;
    *copy = *row;
    const char **texts[] = {&copy->region, &copy->indicator, &copy->breakdown, &copy->value_text,
                            &copy->kind,   &copy->source,    &copy->note,      &copy->entered_by};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_string(&explainer->arena, *texts[i]);
    return true;
}

static json_t *observation_node(const StoreObservation *row) {
    char title[64], when[32];
    snprintf(title, sizeof title, T("observation %d", "监测值 %d 年"), row->year);
    clock_format(row->entered_at_us, when, sizeof when);
    json_t *node = new_node(title), *about = json_object();
    set_text(node, "value", isnan(row->value) ? T("withdrawn", "已撤回") : row->value_text);
    set_text(about, "region", row->region);
    set_text(about, "indicator", row->indicator);
    set_text(about, "breakdown", row->breakdown);
    json_object_set_new(about, "year", json_integer(row->year));
    if (!isnan(row->value)) json_object_set_new(about, "value", json_real(row->value));
    json_object_set_new(about, "revision", json_integer(row->revision));
    json_object_set_new(about, "data_version", json_integer(row->data_version));
    set_text(about, "kind", row->kind);
    set_text(about, "source", row->source);
    set_text(about, "note", row->note);
    set_text(about, "entered_by", row->entered_by);
    set_text(about, "entered_at", when);
    json_object_set_new(node, "observation", about);
    return node;
}

// The observations of a series, of one year or (0) of all years up to the one explained.
static size_t add_observations(Explainer *explainer, json_t *node, int series, const char *breakdown, int only_year) {
    const char *id = explainer->description->series[series].id;
    size_t added = 0;
    for (size_t i = 0; i < explainer->observation_count; i++) {
        const StoreObservation *row = &explainer->observations[i].row;
        bool wanted = strcmp(row->indicator, id) == 0 && strcmp(row->breakdown, breakdown) == 0 &&
                      row->year <= explainer->request->year && (only_year == 0 || row->year == only_year);
        if (!wanted) continue;
        add_child(node, observation_node(row));
        added++;
    }
    return added;
}

// ---- traces ------------------------------------------------------------------------------------

typedef struct TraceKey {
    int rule, year, indicator, plan, assessment, item, unit;
} TraceKey;

static int trace_integer(const json_t *trace, const char *key) {
    return (int)json_integer_value(json_object_get(trace, key));
}

static const json_t *find_trace(const Explainer *explainer, TraceKey key) {
    size_t index;
    json_t *trace;
    json_array_foreach(explainer->traces, index, trace) {
        if (trace_integer(trace, "rule") == key.rule && trace_integer(trace, "year") == key.year &&
            trace_integer(trace, "indicator") == key.indicator && trace_integer(trace, "plan") == key.plan &&
            trace_integer(trace, "assessment") == key.assessment && trace_integer(trace, "item") == key.item &&
            trace_integer(trace, "unit") == key.unit)
            return trace;
    }
    return NULL;
}

static const char *value_text(const json_t *value, char out[DECIMAL_TEXT_SIZE]) {
    if (json_is_number(value)) {
        decimal_shortest(json_number_value(value), out);
        return out;
    }
    if (json_is_boolean(value)) return json_is_true(value) ? T("true", "是") : T("false", "否");
    if (json_is_string(value)) return json_string_value(value);
    if (json_is_object(value)) return T("series", "历年值");
    return T("missing", "缺失");
}

// ---- the tree ----------------------------------------------------------------------------------

static json_t *indicator_node(Explainer *explainer, int index);
static json_t *plan_node(Explainer *explainer, int plan, int domain);

static json_t *series_node(Explainer *explainer, int series, const char *breakdown) {
    const Series *about = &explainer->description->series[series];
    json_t *node = new_node(about->title);
    set_text(node, "id", about->id);
    size_t found = add_observations(explainer, node, series, breakdown, explainer->request->year);
    if (found == 0 && strcmp(breakdown, STORE_NO_BREAKDOWN) != 0) return node;
    if (found == 0 && about->kind == SERIES_FACT && !isnan(about->default_value)) {
        set_figure(node, about->default_value, about->digits, ROUNDING_HALF_UP, about->unit);
        add_child(node, new_node(T("nothing entered: the fact's default", "未填报：取事实的默认值")));
    } else if (found == 0) {
        set_text(node, "value", T("no data", "缺数据"));
    }
    return node;
}

// What an input's value came from; NULL for what stands by itself (points, years).
static json_t *input_source(Explainer *explainer, const Input *input, int indicator, int plan, int unit) {
    const Description *description = explainer->description;
    if (explainer->depth >= MAX_DEPTH) return NULL;
    explainer->depth++;
    json_t *node = NULL;
    switch (input->kind) {
        case INPUT_METRIC:
        case INPUT_STATUS:
        case INPUT_ON_TRACK:
        case INPUT_SERIES:
            if (input->indicator >= 0) node = indicator_node(explainer, input->indicator);
            break;
        case INPUT_VALUE: {
            int series = input->series >= 0 ? input->series : indicator >= 0 ? description->indicators[indicator].series : -1;
            const char *breakdown = input->breakdown >= 0 ? description->breakdowns[input->breakdown].id : STORE_NO_BREAKDOWN;
            if (series < 0) break;
            if (unit >= 0 && input->breakdown < 0 && description->series[series].kind == SERIES_FACT)
                breakdown = description->units[unit].id;
            int of = description->series[series].indicator;
            bool whole = input->breakdown < 0 && of >= 0 && of != indicator;
            node = whole ? indicator_node(explainer, of) : series_node(explainer, series, breakdown);
            break;
        }
        case INPUT_PLAN: node = plan_node(explainer, input->plan >= 0 ? input->plan : plan, input->domain); break;
        case INPUT_POINTS:
        case INPUT_YEAR:
        case INPUT_PLAN_START:
        case INPUT_PLAN_END:
        case INPUT_PLAN_PACE: break;
    }
    explainer->depth--;
    return node;
}

// The rule and what it was given; the inputs' sources below each.
static void add_rule(Explainer *explainer, json_t *node, TraceKey key, bool with_sources) {
    const Rule *rule = &explainer->description->rules[key.rule];
    const json_t *trace = find_trace(explainer, key);
    set_rule(node, rule);
    const char *failed = json_string_value(json_object_get(trace, "error"));
    if (failed) set_text(node, "error", failed);
    for (size_t i = 0; i < rule->input_count; i++) {
        const Input *input = &rule->inputs[i];
        char text[DECIMAL_TEXT_SIZE];
        json_t *child = new_node(input->name);
        const json_t *argument = json_array_get(json_object_get(trace, "arguments"), i);
        if (trace) set_text(child, "value", value_text(argument, text));
        json_t *source = with_sources ? input_source(explainer, input, key.indicator, key.plan, key.unit) : NULL;
        if (source) add_child(child, source);
        add_child(node, child);
    }
}

static void add_warnings(Explainer *explainer, json_t *node, int indicator) {
    const Description *description = explainer->description;
    for (size_t w = 0; w < explainer->result.warning_count; w++) {
        const RaisedWarning *raised = &explainer->result.warnings[w];
        const Warning *warning = &description->warnings[raised->warning];
        if (warning->on != ON_INDICATOR || raised->subject != indicator) continue;
        char title[300];
        snprintf(title, sizeof title, T("warning: %s", "预警：%s"), warning->title);
        json_t *child = new_node(title);
        set_text(child, "id", warning->id);
        set_text(child, "value", level_name(raised->level));
        if (raised->message[0]) set_text(child, "detail", raised->message);
        TraceKey key = {warning->level, explainer->request->year, indicator, description->indicators[indicator].plan, -1, -1, -1};
        add_rule(explainer, child, key, false);
        add_child(node, child);
    }
}

static json_t *indicator_node(Explainer *explainer, int index) {
    const Indicator *indicator = &explainer->description->indicators[index];
    const IndicatorResult *figures = &explainer->result.indicators[index];
    const Conventions *conventions = &indicator->conventions;
    json_t *node = new_node(indicator->title);
    char detail[256], number[DECIMAL_TEXT_SIZE];
    set_text(node, "id", indicator->id);
    set_figure(node, figures->metrics[METRIC_VALUE], indicator->digits, conventions->rounding, indicator->unit);
    int length = snprintf(detail, sizeof detail, "%s", status_name((Status)figures->statuses[0]));
    if (!isnan(figures->metrics[METRIC_TARGET])) {
        decimal_shortest(decimal_round(figures->metrics[METRIC_TARGET], 4, ROUNDING_HALF_UP), number);
        length += snprintf(detail + length, sizeof detail - (size_t)length, T(", target %s %s", "，目标 %s %s"),
                           target_kind_name(indicator->target_sets[0].target.kind), number);
    }
    if (!isnan(figures->metrics[METRIC_PROGRESS])) {
        decimal_fixed(figures->metrics[METRIC_PROGRESS] * 100, conventions->digits, conventions->rounding, number);
        snprintf(detail + length, sizeof detail - (size_t)length, T(", progress %s%%", "，完成率 %s%%"), number);
    }
    set_text(node, "detail", detail);
    json_object_set_new(node, "declared", json_pack("{s:s, s:i}", "file", indicator->file, "line", indicator->line));
    if (indicator->formula >= 0 && explainer->depth < MAX_DEPTH) {
        TraceKey key = {indicator->formula, explainer->request->year, index, -1, -1, -1, -1};
        add_rule(explainer, node, key, true);
    } else {
        add_observations(explainer, node, indicator->series, STORE_NO_BREAKDOWN, 0);
    }
    if (explainer->depth == 0) add_warnings(explainer, node, index);
    return node;
}

static json_t *plan_node(Explainer *explainer, int plan_index, int domain) {
    const Plan *plan = &explainer->description->plans[plan_index];
    AttainmentCounts counts = tally_counts(explainer->description, explainer->result.indicators, plan_index, domain);
    json_t *node = new_node(domain >= 0 ? plan->domains[domain].title : plan->title);
    set_text(node, "id", domain >= 0 ? plan->domains[domain].id : plan->id);
    set_figure(node, tally_attainment_percent(plan, counts), plan->conventions.digits, plan->conventions.rounding, "%");
    char detail[200];
    snprintf(detail, sizeof detail, T("met %d of %d assessable; near-met %d, unmet %d, no data %d, not applicable %d",
                                      "达标 %d / 可评 %d；基本达标 %d，未达标 %d，缺数据 %d，不适用 %d"),
             counts.met, tally_assessable(plan, counts), counts.near_met, counts.unmet, counts.no_data, counts.not_applicable);
    set_text(node, "detail", detail);
    const int *members = domain >= 0 ? plan->domains[domain].indicators : plan->indicators;
    size_t count = domain >= 0 ? plan->domains[domain].indicator_count : plan->indicator_count;
    explainer->depth++;
    for (size_t i = 0; i < count; i++)
        add_child(node, indicator_node(explainer, members[i]));
    explainer->depth--;
    return node;
}

static const AssessmentResult *find_assessed(const Explainer *explainer, int assessment, int unit) {
    for (size_t i = 0; i < explainer->result.assessment_count; i++) {
        const AssessmentResult *assessed = &explainer->result.assessments[i];
        if (assessed->assessment == assessment && assessed->unit == unit) return assessed;
    }
    return NULL;
}

static json_t *item_node(Explainer *explainer, const AssessmentResult *assessed, const AssessmentTotal *total, int index) {
    const Description *description = explainer->description;
    const Assessment *assessment = &description->assessments[assessed->assessment];
    const Item *item = &assessment->items[index];
    char score[DECIMAL_TEXT_SIZE], points[DECIMAL_TEXT_SIZE], value[100];
    json_t *node = new_node(item->title);
    decimal_fixed(total->item_scores[index], description->conventions.digits, description->conventions.rounding, score);
    decimal_shortest(total->item_points[index], points);
    snprintf(value, sizeof value, "%s / %s", score, points);
    set_text(node, "id", item->id);
    set_text(node, "value", value);
    if (item->score >= 0) {
        set_text(node, "detail", item_state_name(assessed->items[index].state));
        TraceKey key = {item->score, explainer->request->year, -1, assessment->plan, assessed->assessment, index, assessed->unit};
        add_rule(explainer, node, key, true);
        return node;
    }
    for (size_t i = 0; i < assessment->item_count; i++)
        if (assessment->items[i].parent == index) add_child(node, item_node(explainer, assessed, total, (int)i));
    return node;
}

static json_t *assessment_node(Explainer *explainer, const AssessmentResult *assessed, int only_item) {
    const Description *description = explainer->description;
    const Assessment *assessment = &description->assessments[assessed->assessment];
    AssessmentTotal total = tally_assessment(description, assessed, &explainer->arena);
    if (only_item >= 0) return item_node(explainer, assessed, &total, only_item);
    json_t *node = new_node(assessment->title);
    set_text(node, "id", assessment->id);
    set_figure(node, total.total, description->conventions.digits, description->conventions.rounding, "");
    if (total.grade >= 0) set_text(node, "detail", assessment->grades[total.grade].name);
    for (size_t i = 0; i < assessment->item_count; i++)
        if (assessment->items[i].parent < 0) add_child(node, item_node(explainer, assessed, &total, (int)i));
    for (size_t v = 0; v < assessment->veto_count; v++) {
        if (assessed->veto != (int)v) continue;
        json_t *veto = new_node(assessment->vetoes[v].title);
        set_text(veto, "value", T("struck", "成立"));
        TraceKey key = {assessment->vetoes[v].when, explainer->request->year, -1, assessment->plan, assessed->assessment, -1, assessed->unit};
        add_rule(explainer, veto, key, true);
        add_child(node, veto);
    }
    return node;
}

// ---- finding what is asked for -----------------------------------------------------------------

typedef struct Asked {
    int assessment, item, plan, domain, series, warning;
} Asked;

static int find_item(const Assessment *assessment, const char *id) {
    for (size_t i = 0; i < assessment->item_count; i++)
        if (strcmp(assessment->items[i].id, id) == 0) return (int)i;
    return -1;
}

static bool find_dotted(const Description *description, const char *item, Asked *asked) {
    char left[128];
    const char *dot = strchr(item, '.');
    if (!dot || (size_t)(dot - item) >= sizeof left) return false;
    memcpy(left, item, (size_t)(dot - item));
    left[dot - item] = '\0';
    asked->assessment = description_assessment(description, left);
    if (asked->assessment >= 0) {
        asked->item = find_item(&description->assessments[asked->assessment], dot + 1);
        return asked->item >= 0;
    }
    asked->plan = description_plan(description, left);
    for (size_t d = 0; asked->plan >= 0 && d < description->plans[asked->plan].domain_count; d++)
        if (strcmp(description->plans[asked->plan].domains[d].id, dot + 1) == 0) asked->domain = (int)d;
    return asked->domain >= 0;
}

static bool find_asked(const Description *description, const char *item, Asked *asked) {
    *asked = (Asked){-1, -1, -1, -1, -1, -1};
    if (find_dotted(description, item, asked)) return true;
    *asked = (Asked){-1, -1, -1, -1, -1, -1};
    if ((asked->assessment = description_assessment(description, item)) >= 0) return true;
    if ((asked->series = description_series(description, item)) >= 0) return true;
    if ((asked->plan = description_plan(description, item)) >= 0) return true;
    for (size_t a = 0; a < description->assessment_count; a++) {
        asked->item = find_item(&description->assessments[a], item);
        if (asked->item < 0) continue;
        asked->assessment = (int)a;
        return true;
    }
    for (size_t w = 0; w < description->warning_count; w++)
        if (strcmp(description->warnings[w].id, item) == 0) asked->warning = (int)w;
    return asked->warning >= 0;
}

bool explain_knows(const Description *description, const char *item) {
    Asked asked;
    return find_asked(description, item, &asked);
}

static void unknown_item(const Description *description, const char *item, ProblemList *problems) {
    size_t most = description->series_count + description->plan_count + description->assessment_count + description->warning_count;
    for (size_t a = 0; a < description->assessment_count; a++)
        most += description->assessments[a].item_count;
    const char **names = memory_new(most, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < description->series_count; i++)
        names[count++] = description->series[i].id;
    for (size_t i = 0; i < description->plan_count; i++)
        names[count++] = description->plans[i].id;
    for (size_t i = 0; i < description->warning_count; i++)
        names[count++] = description->warnings[i].id;
    for (size_t a = 0; a < description->assessment_count; a++) {
        names[count++] = description->assessments[a].id;
        for (size_t i = 0; i < description->assessments[a].item_count; i++)
            names[count++] = description->assessments[a].items[i].id;
    }
    problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                  T("pack \"%s\" has no item, plan, indicator, data item, fact or warning \"%s\"",
                    "评估包 \"%s\" 中没有名为 \"%s\" 的考核项、规划、指标、数据项、事实或预警"),
                  description->id, item);
    const char *near = nearest_name(item, names, count);
    if (near) problems_hint(problems, T("did you mean \"%s\"?", "是否应为 \"%s\"?"), near);
    free(names);
}

static int find_unit(const Description *description, const char *unit) {
    for (size_t i = 0; unit && i < description->unit_count; i++)
        if (strcmp(description->units[i].id, unit) == 0 || strcmp(description->units[i].title, unit) == 0) return (int)i;
    return -1;
}

static json_t *assessment_of(Explainer *explainer, const Asked *asked, ProblemList *problems) {
    const Description *description = explainer->description;
    const Assessment *assessment = &description->assessments[asked->assessment];
    int unit = find_unit(description, explainer->request->unit);
    if (assessment->of == OF_UNIT && unit < 0) {
        problems_addf(problems, ERROR_USAGE, NULL, 0, 0, T("\"%s\" assesses units: name one with --unit",
                                                           "\"%s\" 的对象是成员单位：请用 --unit 指定"), assessment->id);
        if (description->unit_count) problems_hint(problems, T("such as --unit %s", "如 --unit %s"), description->units[0].id);
        return NULL;
    }
    const AssessmentResult *assessed = find_assessed(explainer, asked->assessment, assessment->of == OF_UNIT ? unit : -1);
    if (assessed) return assessment_node(explainer, assessed, asked->item);
    problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0, T("\"%s\" does not assess region %s", "\"%s\" 不考核行政区划 %s"),
                  assessment->id, explainer->request->region);
    return NULL;
}

static json_t *warning_node(Explainer *explainer, int index) {
    const Warning *warning = &explainer->description->warnings[index];
    json_t *node = new_node(warning->title);
    set_text(node, "id", warning->id);
    set_rule(node, &explainer->description->rules[warning->level]);
    for (size_t w = 0; w < explainer->result.warning_count; w++) {
        const RaisedWarning *raised = &explainer->result.warnings[w];
        if (raised->warning != index) continue;
        json_t *child = warning->on == ON_INDICATOR ? indicator_node(explainer, raised->subject)
                        : warning->on == ON_PLAN    ? plan_node(explainer, raised->subject, -1)
                                                    : new_node(explainer->request->region);
        set_text(child, "detail", raised->message[0] ? raised->message : level_name(raised->level));
        add_child(node, child);
    }
    if (!json_object_get(node, "children")) set_text(node, "value", T("not raised", "未触发"));
    return node;
}

static json_t *build_tree(Explainer *explainer, const Asked *asked, ProblemList *problems) {
    if (asked->assessment >= 0) return assessment_of(explainer, asked, problems);
    if (asked->plan >= 0) return plan_node(explainer, asked->plan, asked->domain);
    if (asked->warning >= 0) return warning_node(explainer, asked->warning);
    int indicator = explainer->description->series[asked->series].indicator;
    if (indicator >= 0) return indicator_node(explainer, indicator);
    json_t *node = new_node(explainer->description->series[asked->series].title);
    set_text(node, "id", explainer->description->series[asked->series].id);
    add_observations(explainer, node, asked->series, STORE_NO_BREAKDOWN, 0);
    return node;
}

// ---- running -----------------------------------------------------------------------------------

static int find_region(const Dataset *dataset, const char *code) {
    for (uint32_t r = 0; r < dataset->header->region_count; r++)
        if (strcmp(dataset->regions[r].code, code) == 0 && dataset->regions[r].role == REGION_EVALUATED)
            return (int)r;
    return -1;
}

// Evaluates the one region with tracing and takes its results and traces.
static bool trace_region(const JobHost *host, Explainer *explainer, const Dataset *dataset, int region, ProblemList *problems) {
    const LoadedPack *pack = explainer->request->pack;
    PackJob job = {.kind = JOB_EVALUATE, .bundle = &pack->bundle, .std = &pack->std, .expected = pack->description_json, .dataset = dataset,
                   .year = explainer->request->year, .trace = true, .one_region = true,
                   .first_region = region, .last_region = region + 1};
    jobs_run(host, &job, 1);
    for (size_t i = 0; i < job.problems.count; i++)
        problems_add(problems, &job.problems.items[i]);
    Error error = {0};
    bool good = job.good;
    if (good && !result_decode(job.regions[region].data, job.regions[region].length, explainer->description, &explainer->result, &error)) {
        problems_add(problems, &error);
        good = false;
    }
    // Formulas are derived for all regions; only this one's calls are of interest.
    explainer->traces = json_array();
    size_t index;
    json_t *trace;
    json_array_foreach(job.traces, index, trace)
        if (trace_integer(trace, "region") == region) json_array_append(explainer->traces, trace);
    job_free(&job);
    return good;
}

json_t *explain_build(const JobHost *host, Store *store, const ExplainRequest *request, ProblemList *problems) {
    Explainer explainer = {.request = request, .description = request->pack->description};
    Error error = {0};
    Asked asked;
    json_t *tree = NULL;
    if (!find_asked(explainer.description, request->item, &asked)) {
        unknown_item(explainer.description, request->item, problems);
        return NULL;
    }
    Dataset *dataset = run_build_dataset(store, explainer.description, request->regions, request->year, request->data_version, &error);
    StoreObservationQuery query = {.region = request->region, .as_of = request->data_version};
    if (!dataset || !store_read_observations(store, &query, keep_observation, &explainer, &error)) {
        problems_add(problems, &error);
        goto out;
    }
    int region = find_region(dataset, request->region);
    if (region < 0) {
        problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0, T("pack \"%s\" does not evaluate region %s", "评估包 \"%s\" 不评估行政区划 %s"),
                      explainer.description->id, request->region);
        goto out;
    }
    if (trace_region(host, &explainer, dataset, region, problems)) tree = build_tree(&explainer, &asked, problems);
out:
    result_free(&explainer.result);
    json_decref(explainer.traces);
    free(explainer.observations);
    arena_free(&explainer.arena);
    dataset_free(dataset);
    return tree;
}
