// Analyses of the data by the active packs, warnings and the figures themselves: see analysis.h.
#include <stdlib.h>
#include <string.h>

#include "core/analysis/analysis_inside.h"
#include "core/base/language.h"
#include "core/base/nearest.h"

// ---- warnings ----------------------------------------------------------------------------------

typedef struct Testing {
    const JobHost *host;
    Store *store;
    const BacktestQuery *query;
    BacktestedFunction each;
    void *context;
} Testing;

static bool find_warning(const Description *description, const char *id, int *index,
                         ProblemList *problems) {
    *index = -1;
    if (!id) return true;
    const char **names = memory_new(description->warning_count, sizeof *names);
    for (size_t w = 0; w < description->warning_count; w++) {
        names[w] = description->warnings[w].id;
        if (strcmp(names[w], id) == 0) *index = (int)w;
    }
    if (*index < 0) {
        problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                      T("pack \"%s\" has no warning \"%s\"", "评估包“%s”中没有预警“%s”"),
                      description->id, id);
        const char *near = nearest_name(id, names, description->warning_count);
        if (near) problems_hint(problems, T("did you mean \"%s\"?", "是否应为“%s”？"), near);
    }
    free(names);
    return *index >= 0;
}

// Whether anything fell due; when nothing did, says so.
static bool has_outcomes(const BacktestQuery *query, const Description *description,
                         const BacktestReport *report, ProblemList *problems) {
    size_t cases = 0, pending = 0;
    for (size_t w = 0; w < report->warning_count; w++) {
        cases += backtest_cases(&report->warnings[w].levels[LEVEL_NONE]);
        pending += report->warnings[w].levels[LEVEL_NONE].pending;
    }
    if (cases > 0) return true;
    problems_addf(
        problems, ERROR_NOT_FOUND, NULL, 0, 0,
        T("too few years to judge pack \"%s\": of %d–%d nothing fell due by %d; %zu cases "
          "are not yet due",
          "年份太少，无法判定评估包“%s”：%d—%d 年的指标至 %d 年均未到期，待到期 %zu 例"),
        description->id, report->first_year, report->last_year, report->newest_year, pending);
    if (query->horizon)
        problems_hint(problems, "%s",
                      T("use a shorter horizon, or import more years",
                        "请缩短 horizon（预见年数），或导入更多年份的数据"));
    else
        problems_hint(problems, "%s",
                      T("a horizon of 1 asks instead whether indicators are met a year later",
                        "可将 horizon（预见年数）设为 1，改看一年后是否达标"));
    return false;
}

static bool test_pack(void *context, const LoadedPack *pack, ProblemList *problems) {
    const Testing *testing = context;
    const BacktestQuery *query = testing->query;
    const Description *description = pack->description;
    BacktestRequest request = {.pack = pack,
                               .first_year = query->first_year,
                               .last_year = query->last_year,
                               .horizon = query->horizon,
                               .who = query->who};
    BacktestReport report;
    Backtested tested = {.description = description, .report = &report, .horizon = query->horizon};
    Error error = {0};
    if (!find_warning(description, query->warning, &request.warning, problems) ||
        !backtest_run(testing->host, testing->store, &request, &report, problems))
        return false;
    bool good = has_outcomes(query, description, &report, problems);
    if (good && !analysis_count_samples(testing->store, description, report.newest_year,
                                        &tested.samples, &error)) {
        problems_add(problems, &error);
        good = false;
    }
    if (good) testing->each(&tested, testing->context);
    backtest_free(&report);
    return good;
}

bool analysis_warnings(const JobHost *host, Store *store, const BacktestQuery *query,
                       BacktestedFunction each, void *context, AnalysisFailure *failure) {
    Testing testing = {host, store, query, each, context};
    return analysis_of_packs(store, &query->packs, test_pack, &testing, failure);
}

// ---- data --------------------------------------------------------------------------------------

typedef struct Examining {
    Store *store;
    const DataQuery *query;
    ExaminedFunction each;
    void *context;
} Examining;

static bool examine_pack(void *context, const LoadedPack *pack, ProblemList *problems) {
    const Examining *examining = context;
    const QualityRequest request = {.description = pack->description,
                                    .region = examining->query->region,
                                    .year = examining->query->year};
    QualityReport report;
    Error error = {0};
    if (!quality_examine(examining->store, &request, &report, &error)) {
        problems_add(problems, &error);
        return false;
    }
    examining->each(pack->description, &report, examining->context);
    quality_free(&report);
    return true;
}

bool analysis_data(Store *store, const DataQuery *query, ExaminedFunction each, void *context,
                   AnalysisFailure *failure) {
    Examining examining = {store, query, each, context};
    return analysis_of_packs(store, &query->packs, examine_pack, &examining, failure);
}
