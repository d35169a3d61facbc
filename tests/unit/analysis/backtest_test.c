// Cases, events and leads counted over years that are made up.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/analysis/backtest_inside.h"

enum { FIRST = 2018, LAST = 2022, YEARS = LAST - FIRST + 1 };

// One indicator, due in a milestone's year 2020 and at the plan's end 2022, and one warning on it.
static const TargetSet target_set = {.id = "own", .target = {.kind = TARGET_AT_LEAST, .value = 70}};
static const YearValue milestone = {2020, 50};

typedef struct World {
    Plan plan;
    Indicator indicator;
    Warning warning;
    Description description;
    YearList list;
    BacktestRequest request;
    BacktestReport report;
} World;

// A letter a year in each text: status when due "m" met, "n" near, "u" unmet, "-" no data (and no
// value); "." a year without results. Levels "y" yellow, "r" red, "." none.
static Status status_of(char letter) {
    return letter == 'm'   ? STATUS_MET
           : letter == 'n' ? STATUS_NEAR
           : letter == 'u' ? STATUS_UNMET
                           : STATUS_NO_DATA;
}

static void put_year(World *world, int place, char due, char level) {
    YearResults *results = &world->list.items[place];
    *results = (YearResults){.year = FIRST + place, .there = due != '.'};
    if (!results->there) return;
    results->row_count = 1;
    results->row_of = memory_new(1, sizeof *results->row_of);
    results->states = memory_new(1, 1);
    results->due = memory_new(1, 1);
    results->has_value = memory_new(1, sizeof *results->has_value);
    results->levels = memory_new(1, sizeof *results->levels);
    results->levels[0] = memory_new(1, 1);
    results->states[0] = results->due[0] = (uint8_t)status_of(due);
    results->has_value[0] = due != '-';
    results->levels[0][0] = level == 'r' ? LEVEL_RED : level == 'y' ? LEVEL_YELLOW : LEVEL_NONE;
}

static WarningBacktest count(World *world, const char due[YEARS + 1], const char levels[YEARS + 1],
                             int horizon, bool near_counts) {
    WarningBacktest test = {.warning = 0};
    world->plan =
        (Plan){.first_year = FIRST, .last_year = LAST, .conventions = {.near_counts = near_counts}};
    world->indicator = (Indicator){.target_sets = &target_set,
                                   .target_set_count = 1,
                                   .milestones = &milestone,
                                   .milestone_count = 1};
    world->warning = (Warning){.on = ON_INDICATOR};
    world->description = (Description){.plans = &world->plan,
                                       .plan_count = 1,
                                       .indicators = &world->indicator,
                                       .indicator_count = 1,
                                       .warnings = &world->warning,
                                       .warning_count = 1};
    world->list = (YearList){
        .count = YEARS, .items = memory_new(YEARS, sizeof(YearResults)), .code_count = 1};
    for (int i = 0; i < YEARS; i++)
        put_year(world, i, due[i], levels[i]);
    world->request = (BacktestRequest){.horizon = horizon};
    world->report = (BacktestReport){.first_year = FIRST, .last_year = LAST, .newest_year = LAST};
    backtest_count(&world->list, &world->description, &world->request, &world->report, &test);
    return test;
}

static void drop(World *world, WarningBacktest *test) {
    free(test->indicators);
    year_list_free(&world->list, 1);
}

static void assert_cases(const BacktestCounts *counts, size_t hits, size_t misses,
                         size_t false_alarms, size_t silences) {
    assert_int_equal(counts->hits, hits);
    assert_int_equal(counts->misses, misses);
    assert_int_equal(counts->false_alarms, false_alarms);
    assert_int_equal(counts->silences, silences);
    assert_int_equal(backtest_cases(counts), hits + misses + false_alarms + silences);
}

// 2018 and 2019 are due in 2020, 2020 and 2021 in 2022; 2022 in nothing.
static void test_due_years_are_milestones_and_the_end(void **state) {
    (void)state;
    World world;
    WarningBacktest test = count(&world, "uuuum", "yy.r.", 0, false);
    assert_cases(&test.levels[LEVEL_NONE], 2, 0, 1, 1);
    assert_int_equal(test.levels[LEVEL_NONE].due_years, 2);
    assert_int_equal(test.levels[LEVEL_NONE].events, 1);
    assert_true(backtest_lead(&test.levels[LEVEL_NONE]) == 2); // 2018 and 2019, then 2020
    assert_true(fabs(backtest_precision(&test.levels[LEVEL_NONE]) - 2.0 / 3) < 1e-15);
    assert_true(backtest_recall(&test.levels[LEVEL_NONE]) == 1);
    assert_cases(&test.levels[LEVEL_RED], 0, 2, 1, 1);
    assert_true(isnan(backtest_lead(&test.levels[LEVEL_RED])));
    assert_int_equal(test.raised[LEVEL_YELLOW], 2);
    assert_int_equal(test.raised[LEVEL_RED], 1);
    drop(&world, &test);
}

// A case a year ahead of each event: 2019, 2020, 2021 are unmet, 2022 is met; 2023 is not there.
static void test_a_horizon_looks_so_many_years_ahead(void **state) {
    (void)state;
    World world;
    WarningBacktest test = count(&world, "uuuum", "yy.r.", 1, false);
    const BacktestCounts *all = &test.levels[LEVEL_NONE];
    assert_cases(all, 2, 1, 1, 0);
    assert_int_equal(all->pending, 1);
    assert_int_equal(all->events, 3);
    assert_int_equal(all->warned_events, 2);
    assert_int_equal(all->lead_sum, 1 + 1); // 2018 foretold 2019, not 2020
    drop(&world, &test);
}

// Warned of 2020, which came; what is due in 2022 was first warned of in 2020.
static void test_a_warning_of_one_milestone_is_no_lead_for_the_next(void **state) {
    (void)state;
    World world;
    WarningBacktest test = count(&world, "uuuuu", "yyyy.", 0, false);
    const BacktestCounts *all = &test.levels[LEVEL_NONE];
    assert_int_equal(all->warned_events, 2);
    assert_int_equal(all->lead_sum, 2 + 2);
    drop(&world, &test);
}

// Unmet every year: a year ahead is all that each warning was.
static void test_what_stays_unmet_is_not_foreseen_the_longer(void **state) {
    (void)state;
    World world;
    WarningBacktest test = count(&world, "uuuuu", "yyyy.", 1, false);
    assert_int_equal(test.levels[LEVEL_NONE].warned_events, 4);
    assert_true(backtest_lead(&test.levels[LEVEL_NONE]) == 1);
    drop(&world, &test);
}

// Met in 2019 and 2020, unmet in 2021, warned since 2018.
static void test_an_early_warning_that_lasts_is_lead(void **state) {
    (void)state;
    World world;
    WarningBacktest test = count(&world, "mmmum", "yyy..", 1, false);
    assert_cases(&test.levels[LEVEL_NONE], 1, 0, 2, 1);
    assert_true(backtest_lead(&test.levels[LEVEL_NONE]) == 3);
    drop(&world, &test);
}

static void test_what_went_out_gave_no_lead(void **state) {
    (void)state;
    World world;
    WarningBacktest test = count(&world, "uuuum", "r....", 0, false);
    assert_cases(&test.levels[LEVEL_NONE], 1, 1, 0, 2);
    assert_int_equal(test.levels[LEVEL_NONE].events, 1);
    assert_int_equal(test.levels[LEVEL_NONE].warned_events, 0);
    drop(&world, &test);
}

static void test_near_met_counts_as_the_conventions_say(void **state) {
    (void)state;
    World world;
    WarningBacktest test = count(&world, "uunun", ".....", 0, false);
    assert_cases(&test.levels[LEVEL_NONE], 0, 4, 0, 0);
    drop(&world, &test);
    test = count(&world, "uunun", ".....", 0, true);
    assert_cases(&test.levels[LEVEL_NONE], 0, 0, 0, 4);
    drop(&world, &test);
}

// Without a value there is no case; without one when due the outcome is unknown.
static void test_missing_years_are_no_cases_and_no_outcomes(void **state) {
    (void)state;
    World world;
    WarningBacktest test = count(&world, "u-.u-", "yyyyy", 0, false);
    const BacktestCounts *all = &test.levels[LEVEL_NONE];
    assert_cases(all, 0, 0, 0, 0);
    assert_int_equal(all->unknown, 2);
    assert_int_equal(backtest_verdict(all), BACKTEST_NO_CASE);
    drop(&world, &test);
}

static void test_verdicts(void **state) {
    (void)state;
    BacktestCounts counts = {.hits = 4, .silences = 2, .events = 4, .due_years = 2};
    assert_int_equal(backtest_verdict(&counts), BACKTEST_FEW_YEARS);
    counts.due_years = BACKTEST_FEWEST_YEARS;
    assert_int_equal(backtest_verdict(&counts), BACKTEST_FEW_EVENTS);
    counts.events = BACKTEST_FEWEST_EVENTS;
    assert_int_equal(backtest_verdict(&counts), BACKTEST_FAIR);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_due_years_are_milestones_and_the_end),
        cmocka_unit_test(test_a_horizon_looks_so_many_years_ahead),
        cmocka_unit_test(test_a_warning_of_one_milestone_is_no_lead_for_the_next),
        cmocka_unit_test(test_what_stays_unmet_is_not_foreseen_the_longer),
        cmocka_unit_test(test_an_early_warning_that_lasts_is_lead),
        cmocka_unit_test(test_what_went_out_gave_no_lead),
        cmocka_unit_test(test_near_met_counts_as_the_conventions_say),
        cmocka_unit_test(test_missing_years_are_no_cases_and_no_outcomes),
        cmocka_unit_test(test_verdicts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
