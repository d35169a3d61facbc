// Finding what is to be explained, running its region again and checking that against the run: see
// explain.h.
#include "core/registry/explain.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/eval/evaluate.h"
#include "core/registry/explain_inside.h"

// ---- finding what is asked for -----------------------------------------------------------------

typedef struct Asked {
    int assessment, item, plan, domain, series, warning;
} Asked;

static bool find_dotted(const Description *description, const char *item, Asked *asked) {
    char left[128];
    const char *dot = strchr(item, '.');
    if (!dot || (size_t)(dot - item) >= sizeof left) return false;
    memcpy(left, item, (size_t)(dot - item));
    left[dot - item] = '\0';
    asked->assessment = description_assessment(description, left);
    if (asked->assessment >= 0) {
        asked->item = assessment_item(&description->assessments[asked->assessment], dot + 1);
        return asked->item >= 0;
    }
    asked->plan = description_plan(description, left);
    for (size_t d = 0; asked->plan >= 0 && d < description->plans[asked->plan].domain_count; d++)
        if (strcmp(description->plans[asked->plan].domains[d].id, dot + 1) == 0)
            asked->domain = (int)d;
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
        asked->item = assessment_item(&description->assessments[a], item);
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
    size_t most = description->series_count + description->plan_count +
                  description->assessment_count + description->warning_count;
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
    problems_addf(
        problems, ERROR_NOT_FOUND, NULL, 0, 0,
        T("pack \"%s\" has no item, plan, indicator, objective, task, data item, fact or warning \"%s\"",
          "评估包 \"%s\" 中没有名为 \"%s\" 的考核项、规划、指标、目标、任务、数据项、事实或预警"),
        description->id, item);
    const char *near = nearest_name(item, names, count);
    if (near)
        problems_hint(problems, T("did you mean \"%s\"?", "是否应为 \"%s\"?"), near);
    else
        problems_hint(problems, "%s",
                      T("what the pack declares is listed with it; forms, reports "
                        "and the like are not evaluated",
                        "评估包的声明见其内容列表；报表、报告等不参与评估"));
    free(names);
}

static int find_unit(const Description *description, const char *unit) {
    for (size_t i = 0; unit && i < description->unit_count; i++)
        if (strcmp(description->units[i].id, unit) == 0 ||
            strcmp(description->units[i].title, unit) == 0)
            return (int)i;
    return -1;
}

static void name_a_unit(const Description *description, const Assessment *assessment,
                        ProblemList *problems) {
    for (size_t i = 0; i < description->unit_count; i++) {
        if (!assessment_is_of_unit(assessment, i)) continue;
        problems_hint(problems, T("such as %s", "如 %s"), description->units[i].id);
        return;
    }
}

static void unknown_unit(const Description *description, const Assessment *assessment,
                         const char *unit, ProblemList *problems) {
    if (unit)
        problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                      T("pack \"%s\" has no unit \"%s\"", "评估包 \"%s\" 中没有成员单位 \"%s\""),
                      description->id, unit);
    else
        problems_addf(problems, ERROR_USAGE, NULL, 0, 0,
                      T("\"%s\" assesses units: name one", "\"%s\" 的对象是成员单位：请指定一个"),
                      assessment->id);
    name_a_unit(description, assessment, problems);
}

static const AssessmentResult *find_assessed(const Explainer *explainer, const Asked *asked,
                                             ProblemList *problems) {
    const Description *description = explainer->description;
    const Assessment *assessment = &description->assessments[asked->assessment];
    int unit = assessment->of == OF_UNIT ? find_unit(description, explainer->request->unit) : -1;
    if (assessment->of == OF_UNIT && unit < 0) {
        unknown_unit(description, assessment, explainer->request->unit, problems);
        return NULL;
    }
    if (unit >= 0 && !assessment_is_of_unit(assessment, (size_t)unit)) {
        problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                      T("\"%s\" does not assess the unit %s", "\"%s\" 不考核单位 %s"),
                      assessment->id, explainer->request->unit);
        name_a_unit(description, assessment, problems);
        return NULL;
    }
    for (size_t i = 0; i < explainer->result.assessment_count; i++) {
        const AssessmentResult *assessed = &explainer->result.assessments[i];
        if (assessed->assessment == asked->assessment && assessed->unit == unit) return assessed;
    }
    problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                  T("\"%s\" does not assess region %s", "\"%s\" 不考核行政区划 %s"), assessment->id,
                  explainer->request->region);
    return NULL;
}

static void add_series_asked(Explainer *explainer, json_t *parent, int series) {
    const Series *about = &explainer->description->series[series];
    if (about->indicator >= 0) {
        explain_add_indicator(explainer, parent, about->indicator);
        return;
    }
    json_t *node = explain_grow(explainer, parent, about->title);
    explain_set_text(node, "id", about->id);
    explain_add_history(explainer, node, series);
}

static json_t *build_tree(Explainer *explainer, const Asked *asked, ProblemList *problems) {
    const AssessmentResult *assessed = NULL;
    if (asked->assessment >= 0 && !(assessed = find_assessed(explainer, asked, problems)))
        return NULL;
    json_t *above = json_object(); // holds the tree as its only child
    explainer->asks_figure = asked->plan >= 0 || asked->series >= 0;
    if (assessed && asked->item >= 0)
        explain_add_item(explainer, above, assessed, asked->item);
    else if (assessed)
        explain_add_assessment(explainer, above, assessed);
    else if (asked->plan >= 0)
        explain_add_plan(explainer, above, asked->plan, asked->domain);
    else if (asked->warning >= 0)
        explain_add_warning(explainer, above, asked->warning);
    else
        add_series_asked(explainer, above, asked->series);
    json_t *tree = json_incref(json_array_get(json_object_get(above, "children"), 0));
    json_decref(above);
    return tree;
}

// ---- reading -----------------------------------------------------------------------------------

static bool keep_observation(const StoreObservation *row, void *context, Error *error) {
    (void)error;
    Explainer *explainer = context;
    int series = description_series(explainer->description, row->indicator);
    if (series < 0) return true;
    ARRAY_RESERVE(explainer->observations, explainer->observation_count,
                  explainer->observation_capacity);
    SeenObservation *seen = &explainer->observations[explainer->observation_count++];
    *seen = (SeenObservation){series, *row};
    const char **texts[] = {&seen->row.region,     &seen->row.indicator, &seen->row.breakdown,
                            &seen->row.value_text, &seen->row.kind,      &seen->row.source,
                            &seen->row.note,       &seen->row.entered_by};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_string(&explainer->arena, *texts[i]);
    return true;
}

// A worker's number, which must be an index below `count`, or -1.
static bool read_index(const json_t *trace, const char *name, size_t count, int *index) {
    json_int_t value = json_integer_value(json_object_get(trace, name));
    if (value < -1 || value >= (json_int_t)count) return false;
    *index = (int)value;
    return true;
}

static bool read_call(const Description *description, json_t *trace, NotedCall *call) {
    TraceKey *key = &call->key;
    json_int_t year = json_integer_value(json_object_get(trace, "year"));
    call->trace = trace;
    key->year = (int)year;
    if (year < 1 || year > 9999) return false;
    return read_index(trace, "rule", description->rule_count, &key->rule) &&
           read_index(trace, "indicator", description->indicator_count, &key->indicator) &&
           read_index(trace, "plan", description->plan_count, &key->plan) &&
           read_index(trace, "assessment", description->assessment_count, &key->assessment) &&
           read_index(trace, "unit", description->unit_count, &key->unit) &&
           (key->assessment < 0
                ? read_index(trace, "item", 0, &key->item)
                : read_index(trace, "item", description->assessments[key->assessment].item_count,
                             &key->item));
}

// Formulas are derived for all regions; only this one's calls are of interest. What a worker says
// is not trusted: calls that make no sense are left out.
static void take_calls(Explainer *explainer, const json_t *traces, int region) {
    explainer->traces = json_incref((json_t *)traces);
    explainer->calls = memory_new(json_array_size(traces), sizeof *explainer->calls);
    size_t index;
    json_t *trace;
    json_array_foreach(traces, index, trace) {
        NotedCall *call = &explainer->calls[explainer->call_count];
        if (json_integer_value(json_object_get(trace, "region")) != region) continue;
        if (read_call(explainer->description, trace, call)) explainer->call_count++;
    }
}

// ---- running -----------------------------------------------------------------------------------

static bool find_region(const RunData *data, const ExplainRequest *request, int *region,
                        ProblemList *problems) {
    const Dataset *dataset = data->dataset;
    for (uint32_t r = 0; r < dataset->header->region_count; r++) {
        if (strcmp(dataset->regions[r].code, request->region) != 0) continue;
        *region = (int)r;
        if (data->roles[r] == REGION_EVALUATED) return true;
        if (data->roles[r] != REGION_SILENT) break;
        problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                      T("region %s reported nothing for %d", "行政区划 %s 未报送 %d 年的数据"),
                      request->region, request->year);
        problems_hint(problems,
                      T("data version %lld has nothing of it; import its figures, then evaluate",
                        "数据版本 %lld 中没有其数据；请导入后重新评估"),
                      (long long)request->data_version);
        return false;
    }
    problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                  T("pack \"%s\" does not evaluate region %s", "评估包 \"%s\" 不评估行政区划 %s"),
                  request->pack->description->id, request->region);
    return false;
}

// What was computed now explains the run only when it is what the run holds.
static bool is_as_stored(const ExplainRequest *request, const ResultBytes *computed,
                         ProblemList *problems) {
    const Run *run = request->run;
    if (!run) return true;
    int place = run_find_region(run, request->region);
    const ResultBytes *stored = place >= 0 ? &run->regions[place].bytes : NULL;
    if (stored && stored->length == computed->length &&
        memcmp(stored->data, computed->data, stored->length) == 0)
        return true;
    if (run->engine_version != ENGINE_VERSION) {
        problems_addf(problems, ERROR_CONFLICT, NULL, 0, 0,
                      T("run %lld was made by engine %d and cannot be explained by engine %d",
                        "运行 %lld 由引擎 %d 产生，引擎 %d 无法说明"),
                      (long long)run->id, run->engine_version, ENGINE_VERSION);
        problems_hint(
            problems,
            T("evaluate %d again and explain the new run", "请重新评估 %d 年，再说明新的运行"),
            run->year);
        return false;
    }
    problems_addf(
        problems, ERROR_CONFLICT, NULL, 0, 0,
        T("run %lld holds other figures for region %s than its rules give now, so they cannot be explained",
          "运行 %lld 所存行政区划 %s 的结果与其规则现在算出的不同，无法说明"),
        (long long)run->id, request->region);
    problems_hint(
        problems,
        T("a rule ran over its budget in one of them, or the stored data was changed; "
          "a replay of run %lld computes the whole run again",
          "可能是某条规则在其中一次超出限额，也可能是已存数据被改动；重放运行 %lld 可重算整次运行"),
        (long long)run->id);
    return false;
}

// Evaluates the one region with its calls noted, and takes the results and the calls.
static bool run_again(const JobHost *host, Explainer *explainer, const RunData *data, int region,
                      ProblemList *problems) {
    const ExplainRequest *request = explainer->request;
    Error error = {0};
    PackCode code = loaded_pack_code(request->pack);
    EngineRequest asked = {.pack = &code,
                           .dataset = data->dataset,
                           .roles = data->roles,
                           .year = request->year,
                           .traced_region = region};
    Engine *engine = engine_new(host, &asked, &error);
    bool good = engine && engine_run(engine, problems);
    if (good) {
        ResultBytes bytes = engine_bytes(engine, (size_t)region);
        good =
            is_as_stored(request, &bytes, problems) &&
            result_decode(bytes.data, bytes.length, explainer->layout, &explainer->result, &error);
    }
    if (error.code != ERROR_NONE) problems_add(problems, &error);
    if (good) take_calls(explainer, engine_traces(engine), region);
    engine_free(engine);
    return good;
}

static void init_explainer(Explainer *explainer, const ExplainRequest *request) {
    const Description *description = request->pack->description;
    *explainer = (Explainer){.request = request,
                             .description = description,
                             .layout = layout_new(description, request->year, false)};
    size_t places = description->plan_count;
    for (size_t p = 0; p < description->plan_count; p++)
        places += description->plans[p].domain_count;
    explainer->indicators = memory_new(description->indicator_count, sizeof *explainer->indicators);
    explainer->plans = memory_new(places, sizeof *explainer->plans);
}

static void free_explainer(Explainer *explainer) {
    samples_free(&explainer->samples);
    result_free(&explainer->result);
    layout_free(explainer->layout);
    json_decref(explainer->traces);
    free(explainer->calls);
    free(explainer->observations);
    free(explainer->indicators);
    free(explainer->plans);
    arena_free(&explainer->arena);
}

json_t *explain_build(const JobHost *host, Store *store, const ExplainRequest *request,
                      ProblemList *problems) {
    const Description *description = request->pack->description;
    const json_t *regions =
        request->run ? json_object_get(request->run->identity, "regions") : NULL;
    Error error = {0};
    Asked asked;
    json_t *tree = NULL;
    int region;
    if (!find_asked(description, request->item, &asked)) {
        unknown_item(description, request->item, problems);
        return NULL;
    }
    Explainer explainer;
    init_explainer(&explainer, request);
    RunData data;
    StoreObservationQuery query = {.region = request->region, .as_of = request->data_version};
    RunDataQuery wanted = {.description = description,
                           .regions = regions,
                           .year = request->year,
                           .data_version = request->data_version};
    if (!run_read_data(store, &wanted, &data, &error) ||
        !store_read_observations(store, &query, keep_observation, &explainer, &error) ||
        !explain_read_samples(&explainer, store, &data, &error)) {
        problems_add(problems, &error);
        goto out;
    }
    if (find_region(&data, request, &region, problems) &&
        run_again(host, &explainer, &data, region, problems))
        tree = build_tree(&explainer, &asked, problems);
    if (tree) explain_mark_samples(tree);
out:
    free_explainer(&explainer);
    run_data_free(&data);
    return tree;
}
