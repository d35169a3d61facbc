// Past years evaluated with what was known in them: see backtest.h.
#include "core/analysis/backtest.h"

#include <stdlib.h>

#include "core/analysis/backtest_inside.h"
#include "core/base/language.h"

typedef struct Backtesting {
    const JobHost *host;
    Store *store;
    const BacktestRequest *request;
    BacktestReport *report;
    bool *tested;         // by warning
    int64_t data_version; // that all years see; 0 before the first
    YearList years;
} Backtesting;

// ---- what is tested ----------------------------------------------------------------------------

static bool choose_warnings(Backtesting *testing, ProblemList *problems) {
    const Description *description = testing->request->pack->description;
    BacktestReport *report = testing->report;
    int only = testing->request->warning;
    testing->tested = memory_new(description->warning_count, sizeof *testing->tested);
    report->warnings = memory_new(description->warning_count, sizeof *report->warnings);
    for (size_t w = 0; w < description->warning_count; w++) {
        if (only >= 0 && only != (int)w) continue;
        if (description->warnings[w].on == ON_INDICATOR) {
            testing->tested[w] = true;
            report->warnings[report->warning_count++].warning = (int)w;
        } else {
            report->left_out++;
        }
    }
    if (report->warning_count > 0) return true;
    if (only >= 0) {
        problems_addf(
            problems, ERROR_USAGE, NULL, 0, 0,
            T("\"%s\" is not judged on indicators: that one is met or not in a later year "
              "says nothing of it",
              "“%s”不是对指标判定的预警：指标日后是否达标与它无关"),
            description->warnings[only].id);
        problems_hint(problems, "%s",
                      T("only warnings with on = \"indicator\" can be back-tested",
                        "只能回测 on = \"indicator\" 的预警"));
    } else {
        problems_addf(
            problems, ERROR_NOT_FOUND, NULL, 0, 0,
            T("pack \"%s\" has no warning on indicators", "评估包“%s”没有对指标判定的预警"),
            description->id);
    }
    return false;
}

// ---- years -------------------------------------------------------------------------------------

static int first_planned_year(const Description *description) {
    int first = 0;
    for (size_t p = 0; p < description->plan_count; p++)
        if (first == 0 || description->plans[p].first_year < first)
            first = description->plans[p].first_year;
    return first;
}

// `*nobody_reports` as of RunRequest.
static bool evaluate(const Backtesting *testing, int year, Run *run, bool *nobody_reports,
                     ProblemList *problems) {
    RunRequest request = {.pack = testing->request->pack,
                          .year = year,
                          .who = testing->request->who,
                          .data_version = testing->data_version,
                          .nobody_reports = nobody_reports};
    return run_evaluate_aside(testing->host, testing->store, &request, run, problems);
}

// A year in which nobody reported is passed over.
static bool take_year(Backtesting *testing, YearResults *results, ProblemList *problems) {
    const Description *description = testing->request->pack->description;
    Run run;
    ProblemList found = {0};
    bool nobody_reports = false;
    bool good = evaluate(testing, results->year, &run, &nobody_reports, &found);
    if (good) {
        year_results_take(&testing->years, results, &run, description, testing->tested);
        testing->report->evaluated_years++;
        run_free(&run);
    }
    bool passed = good || nobody_reports;
    for (size_t i = 0; !passed && i < found.count; i++)
        problems_add(problems, &found.items[i]);
    problems_free(&found);
    return passed;
}

// The newest year comes first: it says how far the others can go.
static bool take_newest(Backtesting *testing, Run *newest, ProblemList *problems) {
    BacktestReport *report = testing->report;
    const BacktestRequest *request = testing->request;
    if (!evaluate(testing, 0, newest, NULL, problems)) return false;
    report->newest_year = newest->year;
    testing->data_version = newest->data_version;
    report->first_year =
        request->first_year ? request->first_year : first_planned_year(request->pack->description);
    report->last_year = request->last_year && request->last_year < report->newest_year
                            ? request->last_year
                            : report->newest_year;
    if (report->first_year <= report->last_year) return true;
    problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                  T("pack \"%s\": there is nothing to judge from %d on: the newest data are of %d",
                    "评估包“%s”：%d 年起没有可判定的数据，最新数据为 %d 年"),
                  request->pack->description->id, report->first_year, report->newest_year);
    run_free(newest);
    return false;
}

static bool take_years(Backtesting *testing, ProblemList *problems) {
    const Description *description = testing->request->pack->description;
    BacktestReport *report = testing->report;
    Run newest;
    if (!take_newest(testing, &newest, problems)) return false;
    YearList *years = &testing->years;
    int count = report->newest_year - report->first_year + 1;
    years->count = (size_t)count;
    years->items = memory_new(years->count, sizeof *years->items);
    years->failures = memory_new(description->rule_count, sizeof *years->failures);
    for (size_t y = 0; y < years->count; y++)
        years->items[y].year = report->first_year + (int)y;
    year_results_take(years, &years->items[years->count - 1], &newest, description,
                      testing->tested);
    report->evaluated_years = 1;
    run_free(&newest);
    bool good = true;
    for (size_t y = 0; y + 1 < years->count && good; y++)
        good = take_year(testing, &years->items[y], problems);
    return good;
}

bool backtest_run(const JobHost *host, Store *store, const BacktestRequest *request,
                  BacktestReport *report, ProblemList *problems) {
    Backtesting testing = {.host = host, .store = store, .request = request, .report = report};
    const Description *description = request->pack->description;
    *report = (BacktestReport){0};
    bool good = choose_warnings(&testing, problems) && take_years(&testing, problems);
    if (good) year_list_index(&testing.years);
    for (size_t w = 0; good && w < report->warning_count; w++) {
        WarningBacktest *warning = &report->warnings[w];
        backtest_count(&testing.years, description, request, report, warning);
        warning->failures = testing.years.failures[description->warnings[warning->warning].level];
    }
    year_list_free(&testing.years, description->warning_count);
    free(testing.tested);
    if (!good) backtest_free(report);
    return good;
}

void backtest_free(BacktestReport *report) {
    for (size_t w = 0; w < report->warning_count; w++)
        free(report->warnings[w].indicators);
    free(report->warnings);
    *report = (BacktestReport){0};
}
