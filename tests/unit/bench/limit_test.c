// The limit against the definitions in core/stats, to the last bit; tests/spec/bench_spec.lua holds
// it against a whole evaluation.
#include "core/bench/limit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/decimal.h"
#include "core/base/memory.h"
#include "core/pack/metric.h"
#include "core/stats/forecast.h"
#include "core/stats/progress.h"
#include "core/stats/rank.h"
#include "core/stats/volatility.h"

// One series as core/stats takes it.
typedef struct History {
    int years[NATION_MOST_YEARS];
    double values[NATION_MOST_YEARS];
    size_t count;
    double value, baseline; // NaN where missing
} History;

static History history_of(const Nation *nation, int indicator, int region) {
    History history = {.value = nation_column(nation, indicator, NATION_CURRENT_YEAR)[region],
                       .baseline = nation_column(nation, indicator, NATION_BASELINE_YEAR)[region]};
    for (int year = nation->first_year; year <= NATION_CURRENT_YEAR; year++) {
        double value = nation_column(nation, indicator, year)[region];
        if (isnan(value)) continue;
        history.years[history.count] = year;
        history.values[history.count++] = value;
    }
    return history;
}

static void assert_same(double found, double expected, const char *what, int indicator,
                        int region) {
    bool same = isnan(found) ? isnan(expected) : found == expected;
    if (!same)
        fail_msg("%s of indicator %d in region %d: %.17g, not %.17g", what, indicator, region,
                 found, expected);
}

static double bounded(const NationKind *kind, const History *history, double forecast) {
    bool positive = true, share = kind->is_share;
    for (size_t i = 0; i < history->count; i++) {
        positive = positive && history->values[i] >= 0;
        share = share && history->values[i] <= 100;
    }
    if (positive && forecast < 0) return 0;
    return share && forecast > 100 ? 100 : forecast;
}

static Status status_of(const NationIndicator *about, double value) {
    if (isnan(value)) return STATUS_NO_DATA;
    double now = decimal_round(value, 2, ROUNDING_HALF_UP);
    if (about->at_least ? now >= about->target : now <= about->target) return STATUS_MET;
    double allowed =
        decimal_round(fabs(about->target) * NATION_NEAR_PERCENT / 100, 9, ROUNDING_HALF_UP);
    double distance = decimal_round(fabs(now - about->target), 9, ROUNDING_HALF_UP);
    return distance <= allowed ? STATUS_NEAR : STATUS_UNMET;
}

static void check_figures(const Nation *nation, const Results *results, int i, int r) {
    const NationIndicator *about = &nation->indicators[i];
    const NationKind *kind = &nation_kinds[about->kind];
    History history = history_of(nation, i, r);
    size_t cell = (size_t)i * (size_t)nation->size.regions + (size_t)r;
    TargetSide side = about->at_least ? TARGET_SIDE_UP : TARGET_SIDE_DOWN;
    ForecastModel model;
    bool fitted = !isnan(history.value) &&
                  forecast_fit(FORECAST_OLS, history.years, history.values, history.count, &model);
    double next =
               fitted ? bounded(kind, &history, forecast_at(&model, NATION_CURRENT_YEAR + 1)) : NAN,
           final = fitted ? bounded(kind, &history, forecast_at(&model, NATION_TARGET_YEAR)) : NAN;
    assert_same(results->statuses[cell], status_of(about, history.value), "status", i, r);
    assert_same(results->progress[cell],
                progress_toward(history.value, history.baseline, about->target, side), "progress",
                i, r);
    assert_same(results->forecast[cell], next, "forecast", i, r);
    assert_same(results->forecast_final[cell], final, "forecast_final", i, r);
    assert_same(results->volatility[cell],
                volatility_of(history.years, history.values, history.count), "volatility", i, r);
}

// Every number of years, so that gaps fall on every place, and a number of regions that is no
// multiple of a vector's width.
static void figures_are_those_of_stats(void **state) {
    (void)state;
    size_t seen[STATUS_COUNT] = {0}, without_forecast = 0;
    for (int years = NATION_LEAST_YEARS; years <= NATION_MOST_YEARS; years++) {
        NationSize size = {203, 40, years, (uint64_t)years};
        Nation *nation = nation_new(&size);
        Results results;
        results_init(&results, size.indicators, size.regions);
        limit_compute(nation, 2, &results, NULL);
        for (int i = 0; i < size.indicators; i++) {
            for (int r = 0; r < size.regions; r++) {
                check_figures(nation, &results, i, r);
                seen[results.statuses[i * size.regions + r]]++;
                without_forecast += isnan(results.forecast[i * size.regions + r]) &&
                                    results.statuses[i * size.regions + r] != STATUS_NO_DATA;
            }
        }
        results_free(&results);
        nation_free(nation);
    }
    for (int status = STATUS_MET; status <= STATUS_NO_DATA; status++)
        assert_true(seen[status] > 100);
    assert_true(without_forecast > 10);
}

static void ranks_are_those_of_stats(void **state) {
    (void)state;
    NationSize size = {500, 16, 10, 1};
    Nation *nation = nation_new(&size);
    Results results;
    int32_t *ranks = memory_new(500, sizeof *ranks);
    results_init(&results, size.indicators, size.regions);
    limit_compute(nation, 2, &results, NULL);
    rank_values(results.scores, 500, true, RANK_COMPETITION, ranks);
    assert_memory_equal(ranks, results.ranks, 500 * sizeof *ranks);
    for (int r = 0; r < 500; r++) {
        double score = results.scores[r];
        assert_true(score >= 0 && score <= 100);
        assert_true(score == decimal_round(score, 2, ROUNDING_HALF_UP));
    }
    free(ranks);
    results_free(&results);
    nation_free(nation);
}

static void any_number_of_threads_finds_the_same(void **state) {
    (void)state;
    NationSize size = {101, 24, 10, 3};
    Nation *nation = nation_new(&size);
    uint64_t first = 0;
    for (int threads = 1; threads <= 150; threads += threads < 8 ? 1 : 71) {
        Results results;
        results_init(&results, size.indicators, size.regions);
        limit_compute(nation, threads, &results, NULL);
        if (threads == 1) first = results_checksum(&results);
        assert_true(results_checksum(&results) == first);
        results_free(&results);
    }
    nation_free(nation);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_those_of_stats),
        cmocka_unit_test(ranks_are_those_of_stats),
        cmocka_unit_test(any_number_of_threads_finds_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
