// /api/v1/analyses: what results say about rules and regions, and figures that ask for a second
// look.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/api/question.h"
#include "core/base/decimal.h"
#include "core/view/analysis_json.h"

// One analysis of all active packs, or of one; answered with a list under "analyses".
typedef struct AnalysisQuestion {
    ApiQuestion question;
    union {
        WeightsQuery weights;
        DifferencesQuery differences;
        BacktestQuery warnings;
        DataQuery data;
    } query;
    RegionNames names;
    json_t *found;
} AnalysisQuestion;

static void release(ApiQuestion *question) {
    AnalysisQuestion *asked = (AnalysisQuestion *)question;
    region_names_free(&asked->names);
    json_decref(asked->found);
}

static AnalysisQuestion *begin(ApiCall *call) {
    AnalysisQuestion *asked = api_question_new(call, sizeof *asked);
    asked->question.release = release;
    asked->found = json_array();
    return asked;
}

static bool is_own(const Description *description, const void *question) {
    return api_question_may(question, ACTION_ANALYSE, description->region);
}

// What is said of all regions of a pack is for those who may see all of them: of the packs asked
// for those are analysed that are the caller's, and one at least must be. False with a problem.
static bool keep_own(AnalysisQuestion *asked, Store *store, AnalysedPacks *packs) {
    ApiQuestion *question = &asked->question;
    PackList active;
    Error error = {0};
    size_t own = 0;
    if (!api_question_read_regions(question, store)) return false;
    if (packs->pack && !registry_require_pack(store, packs->pack, &error))
        return api_question_fail(question, &error);
    if (!registry_load_active(store, packs->pack, &active, &error))
        return api_question_fail(question, &error);
    const char *region = active.items[0].description->region;
    for (size_t i = 0; i < active.count; i++)
        own += is_own(active.items[i].description, question);
    bool good = own > 0 || api_question_require(question, ACTION_ANALYSE, region, false);
    pack_list_free(&active);
    packs->wants = is_own;
    packs->context = question;
    return good;
}

// A query that could be decoded is asked; of another the call was answered.
static void ask(AnalysisQuestion *asked, bool decoded, ApiQuestionWork work) {
    if (decoded)
        api_question_ask(&asked->question, work);
    else
        api_question_drop(&asked->question);
}

// Whether the names could be read and hold the regions asked for, NULL for none.
static bool read_names(AnalysisQuestion *asked, Store *store, const char *first,
                       const char *second) {
    Error error = {0};
    return (region_names_read(store, &asked->names, &error) &&
            (!first || region_names_require(&asked->names, first, &error)) &&
            (!second || region_names_require(&asked->names, second, &error))) ||
           api_question_fail(&asked->question, &error);
}

static void finish(AnalysisQuestion *asked, bool good, AnalysisFailure *failure) {
    if (good) asked->question.answer = json_pack("{s:O}", "analyses", asked->found);
    for (size_t i = 0; !good && i < failure->problems.count; i++)
        problems_add(&asked->question.problems, &failure->problems.items[i]);
    analysis_failure_free(failure);
}

// ---- weights ------------------------------------------------------------------------------------

static void take_weighed(const Weighed *weighed, void *context) {
    AnalysisQuestion *asked = context;
    json_array_append_new(asked->found, view_weights_json(weighed, &asked->names));
}

static void weigh(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    AnalysisQuestion *asked = (AnalysisQuestion *)question;
    AnalysisFailure failure;
    if (!keep_own(asked, store, &asked->query.weights.packs) ||
        !read_names(asked, store, NULL, NULL))
        return;
    bool good = analysis_weights(store, &asked->query.weights, take_weighed, asked, &failure);
    finish(asked, good, &failure);
}

// The share by which points are moved, or "any" split of them.
static bool decode_spread(ApiCall *call, WeightsQuery *query) {
    const char *text = api_query(call, "spread");
    query->draw = WEIGHTS_SPREAD;
    query->spread = ANALYSIS_USUAL_SPREAD;
    if (text && strcmp(text, "any") == 0) query->draw = WEIGHTS_DIRICHLET;
    if (!text || query->draw == WEIGHTS_DIRICHLET) return true;
    if (decimal_parse(text, &query->spread) && query->spread > 0 && query->spread <= 1) return true;
    api_failf(call, ERROR_USAGE,
              T("spread is above 0 and at most 1, such as 0.2, or \"any\", not \"%s\"",
                "spread 应大于 0 且不超过 1（如 0.2），或为 any，而不是“%s”"),
              text);
    return false;
}

static void weights(ApiCall *call) {
    AnalysisQuestion *asked = begin(call);
    WeightsQuery *query = &asked->query.weights;
    int64_t runs = ANALYSIS_USUAL_RUNS, seed = ANALYSIS_USUAL_SEED;
    query->packs.pack = api_question_query(&asked->question, "pack");
    query->assessment = api_question_query(&asked->question, "assessment");
    bool decoded = api_question_year(&asked->question, "year", &query->year) &&
                   api_query_integer(call, "runs", 1, ANALYSIS_MOST_RUNS, &runs) &&
                   api_query_integer(call, "seed", 0, INT64_MAX, &seed) &&
                   decode_spread(call, query);
    query->runs = (size_t)runs;
    query->seed = (uint64_t)seed;
    ask(asked, decoded, weigh);
}

// ---- differences --------------------------------------------------------------------------------

static void take_difference(const char *assessment, const DifferencesReport *report,
                            void *context) {
    AnalysisQuestion *asked = context;
    json_array_append_new(asked->found, view_differences_json(assessment, report, &asked->names));
}

static void compare(const JobHost *host, Store *store, ApiQuestion *question) {
    AnalysisQuestion *asked = (AnalysisQuestion *)question;
    const DifferencesQuery *query = &asked->query.differences;
    AnalysisFailure failure;
    if (!read_names(asked, store, query->regions[0], query->regions[1])) return;
    bool good = analysis_differences(host, store, query, take_difference, asked, &failure);
    finish(asked, good, &failure);
}

// Two regions, or one in two years: `from` and `to` then, of which the later is the first side.
static bool decode_sides(AnalysisQuestion *asked) {
    ApiQuestion *question = &asked->question;
    DifferencesQuery *query = &asked->query.differences;
    int year = 0;
    query->regions[0] = api_question_needs(question, "region");
    if (!query->regions[0] || !api_question_year(question, "year", &year) ||
        !api_question_year(question, "to", &query->years[0]) ||
        !api_question_year(question, "from", &query->years[1]))
        return false;
    query->regions[1] = api_question_query(question, "other");
    bool of_years = query->years[0] && query->years[1] && query->years[0] != query->years[1];
    bool no_years = !query->years[0] && !query->years[1];
    bool of_regions = query->regions[1] && strcmp(query->regions[0], query->regions[1]) != 0;
    if (of_regions && no_years) {
        query->years[0] = query->years[1] = year;
        return true;
    }
    if (!query->regions[1] && of_years && !year) {
        query->regions[1] = query->regions[0];
        return true;
    }
    api_failf(question->call, ERROR_USAGE, "%s",
              T("give another region as other, with a year if need be; or two years, from and to",
                "请以 other 指定另一行政区划（可另加 year），或以 from 和 to 指定两个年份"));
    return false;
}

static void differences(ApiCall *call) {
    AnalysisQuestion *asked = begin(call);
    DifferencesQuery *query = &asked->query.differences;
    query->packs.pack = api_question_query(&asked->question, "pack");
    query->assessment = api_question_query(&asked->question, "assessment");
    query->unit = api_question_query(&asked->question, "unit");
    ask(asked,
        decode_sides(asked) && api_require(call, ACTION_ANALYSE, query->regions[0]) &&
            api_require(call, ACTION_ANALYSE, query->regions[1]),
        compare);
}

// ---- warnings -----------------------------------------------------------------------------------

static void take_backtested(const Backtested *tested, void *context) {
    AnalysisQuestion *asked = context;
    for (size_t w = 0; w < tested->report->warning_count; w++)
        json_array_append_new(asked->found,
                              view_backtest_json(tested, &tested->report->warnings[w]));
}

static void back_test(const JobHost *host, Store *store, ApiQuestion *question) {
    AnalysisQuestion *asked = (AnalysisQuestion *)question;
    AnalysisFailure failure;
    if (!keep_own(asked, store, &asked->query.warnings.packs)) return;
    bool good =
        analysis_warnings(host, store, &asked->query.warnings, take_backtested, asked, &failure);
    finish(asked, good, &failure);
}

static bool are_in_order(ApiCall *call, const BacktestQuery *query) {
    if (!query->first_year || !query->last_year || query->first_year <= query->last_year)
        return true;
    api_failf(call, ERROR_USAGE, T("from %d is after to %d", "from %d 晚于 to %d"),
              query->first_year, query->last_year);
    return false;
}

static void warnings(ApiCall *call) {
    AnalysisQuestion *asked = begin(call);
    BacktestQuery *query = &asked->query.warnings;
    int64_t horizon = 0;
    query->packs.pack = api_question_query(&asked->question, "pack");
    query->warning = api_question_query(&asked->question, "warning");
    query->who = asked->question.caller.name;
    bool decoded = api_question_year(&asked->question, "from", &query->first_year) &&
                   api_question_year(&asked->question, "to", &query->last_year) &&
                   api_query_integer(call, "horizon", 1, ANALYSIS_MOST_HORIZON, &horizon) &&
                   are_in_order(call, query);
    query->horizon = (int)horizon;
    ask(asked, decoded, back_test);
}

// ---- data ---------------------------------------------------------------------------------------

static void take_examined(const Description *description, const QualityReport *report,
                          void *context) {
    AnalysisQuestion *asked = context;
    json_array_append_new(asked->found, view_data_json(description, report, &asked->names));
}

static void examine(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    AnalysisQuestion *asked = (AnalysisQuestion *)question;
    DataQuery *query = &asked->query.data;
    AnalysisFailure failure;
    if ((!query->region && !keep_own(asked, store, &query->packs)) ||
        !read_names(asked, store, query->region, NULL))
        return;
    bool good = analysis_data(store, query, take_examined, asked, &failure);
    finish(asked, good, &failure);
}

static void data(ApiCall *call) {
    AnalysisQuestion *asked = begin(call);
    DataQuery *query = &asked->query.data;
    query->packs.pack = api_question_query(&asked->question, "pack");
    query->region = api_question_query(&asked->question, "region");
    bool may = !query->region || api_require(call, ACTION_ANALYSE, query->region);
    ask(asked, may && api_question_year(&asked->question, "year", &query->year), examine);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/analyses/weights?assessment&pack&runs&seed&spread&year", 0},
     weights,
     ACTION_ANALYSE,
     API_ANYWHERE},
    {{"GET", "/api/v1/analyses/differences?assessment&from&other&pack&region&to&unit&year", 0},
     differences,
     ACTION_ANALYSE,
     API_ANYWHERE},
    {{"GET", "/api/v1/analyses/warnings?from&horizon&pack&to&warning", 0},
     warnings,
     ACTION_ANALYSE,
     API_ANYWHERE},
    {{"GET", "/api/v1/analyses/data?pack&region&year", 0}, data, ACTION_ANALYSE, API_ANYWHERE},
};
const ApiResource api_analyses = {routes, sizeof routes / sizeof *routes};
