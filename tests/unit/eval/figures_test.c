// Statuses and metrics of one indicator against hand-made data.
#include "tests/unit/eval/figures_fixture.h"

#include "core/eval/message.h"
#include "core/eval/peers.h"

typedef struct Case {
    const char *target, *more, *conventions;
    Value values[8];
    Status wanted;
} Case;

#define MET STATUS_MET
#define NEAR STATUS_NEAR
#define UNMET STATUS_UNMET
#define NO_DATA STATUS_NO_DATA

static void judge_cases(const Case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Description *description = describe(cases[i].target, cases[i].more ? cases[i].more : "",
                                            cases[i].conventions ? cases[i].conventions : "{}");
        IndicatorResult result;
        judge_series(description, cases[i].values, 2024, &result);
        if (result.statuses[0] != cases[i].wanted)
            fail_msg("case %zu: %s with %g in %d is %s, not %s", i, cases[i].target,
                     cases[i].values[0].value, cases[i].values[0].year,
                     status_name(result.statuses[0]), status_name(cases[i].wanted));
        description_free(description);
    }
}

#define JUDGE(cases) judge_cases(cases, sizeof(cases) / sizeof *(cases))

static void every_kind_of_target_is_judged(void **state) {
    (void)state;
    static const char full[] = "{'kind':'at_least','value':90}",
                      most[] = "{'kind':'at_most','value':12}";
    static const char rises[] = "{'kind':'rises','per':'year'}",
                      term[] = "{'kind':'falls','per':'term','years':3}";
    static const char narrows[] = "{'kind':'narrows','per':'plan'}", slows[] = "{'kind':'slows'}";
    static const char keeps[] = "{'kind':'keeps_at_least','value':95}";
    static const char within[] =
        "{'kind':'within','low':103,'high':107,'outer_low':100,'outer_high':110}";
    static const char all[] =
        "{'kind':'all_of','parts':[{'kind':'at_least','value':10},{'kind':'at_most','value':20}]}";
    static const char any[] =
        "{'kind':'any_of','parts':[{'kind':'at_most','value':10},{'kind':'at_least','value':20}]}";
    const Case cases[] = {
        {full, 0, 0, {{2024, 90}}, MET},
        {full, 0, 0, {{2024, 89.99}}, UNMET},
        {full, 0, 0, {{2023, 95}}, NO_DATA},
        {most, 0, 0, {{2024, 12}}, MET},
        {most, 0, 0, {{2024, 12.01}}, UNMET},
        {"{'kind':'above','value':0}", 0, 0, {{2024, 0}}, UNMET},
        {"{'kind':'above','value':0}", 0, 0, {{2024, 0.01}}, MET},
        {"{'kind':'below','value':5}", 0, 0, {{2024, 5}}, UNMET},
        {"{'kind':'below','value':5}", 0, 0, {{2024, 4.99}}, MET},
        {"{'kind':'around','value':100,'tolerance':5}", 0, 0, {{2024, 95}}, MET},
        {"{'kind':'around','value':100,'tolerance':5}", 0, 0, {{2024, 105.01}}, UNMET},
        {"{'kind':'around','value':1.1,'tolerance':0.1}",
         0,
         0,
         {{2024, 1.2}},
         MET}, // 1.2 − 1.1 is not 0.1
        {"{'kind':'around','value':1.1,'tolerance':0.1}", 0, 0, {{2024, 1}}, MET}, // nor 1.1 − 1
        {within, 0, 0, {{2024, 103}}, MET},
        {within, 0, 0, {{2024, 107.01}}, NEAR},
        {within, 0, 0, {{2024, 100}}, NEAR},
        {within, 0, 0, {{2024, 99.99}}, UNMET},
        {keeps, 0, 0, {{2024, 95}, {2022, 95}}, MET},
        {keeps, 0, 0, {{2024, 96}, {2022, 94}}, NEAR}, // it is back
        {keeps, 0, 0, {{2024, 96}, {2020, 94}}, MET},  // before the plan
        {keeps, 0, 0, {{2024, 94}, {2022, 99}}, UNMET},
        {rises, 0, 0, {{2024, 51}, {2023, 50}}, MET},
        {rises, 0, 0, {{2024, 50}, {2023, 50}}, UNMET},
        {rises, 0, 0, {{2024, 51}, {2022, 50}}, MET}, // the last that is known
        {rises, 0, 0, {{2024, 51}}, NO_DATA},
        {rises, ",'baseline':50", 0, {{2024, 51}}, MET}, // the baseline is what is known
        {term, 0, 0, {{2024, 49}, {2021, 50}, {2023, 40}}, MET},
        {term, 0, 0, {{2024, 51}, {2021, 50}, {2023, 60}}, UNMET},
        {narrows, 0, 0, {{2024, -3}, {2020, 4}}, MET},
        {narrows, 0, 0, {{2024, -5}, {2020, 4}}, UNMET},
        {slows, 0, 0, {{2024, 13}, {2023, 12}, {2022, 10}}, MET},
        {slows, 0, 0, {{2024, 14}, {2023, 12}, {2022, 10}}, UNMET},
        {slows, 0, 0, {{2024, 13}, {2023, 12}, {2021, 10}}, NO_DATA},
        {slows, 0, 0, {{2024, 13}, {2023, 12}}, NO_DATA},
        {"{'kind':'not_below','indicator':'other'}", 0, 0, {{2024, 50}}, MET},
        {"{'kind':'not_below','indicator':'other'}", 0, 0, {{2024, 49.99}}, UNMET},
        {"{'kind':'not_above','indicator':'other'}", 0, 0, {{2024, 50.01}}, UNMET},
        {"{'kind':'not_below','indicator':'other','times':0.9}", 0, 0, {{2024, 45}}, MET},
        {"{'kind':'not_below','indicator':'other','times':0.9}", 0, 0, {{2024, 44.99}}, UNMET},
        {"{'kind':'not_below','indicator':'other','tolerance':0.1}", 0, 0, {{2024, 49.9}}, MET},
        {"{'kind':'not_above','indicator':'other','tolerance':0.1}", 0, 0, {{2024, 50.1}}, MET},
        {"{'kind':'not_above','indicator':'other','tolerance':0.1}", 0, 0, {{2024, 50.11}}, UNMET},
        {"{'kind':'not_below','indicator':'other_rural'}", 0, 0, {{2024, 50}}, NO_DATA},
        {"{'kind':'evidence'}", 0, 0, {{2024, 1}}, MET},
        {"{'kind':'evidence'}", 0, 0, {{2024, 0}}, UNMET},
        {all, 0, 0, {{2024, 15}}, MET},
        {all, 0, 0, {{2024, 21}}, UNMET},
        {all, 0, 0, {{2023, 15}}, NO_DATA},
        {any, 0, 0, {{2024, 10}}, MET},
        {any, 0, 0, {{2024, 15}}, UNMET},
    };
    JUDGE(cases);
}

// What a reader sees decides: figures are compared as they are printed.
static void figures_are_compared_as_printed(void **state) {
    (void)state;
    static const char most[] = "{'kind':'at_most','value':12}",
                      least[] = "{'kind':'at_least','value':90}";
    static const char slows[] = "{'kind':'slows'}";
    static const char rises[] = "{'kind':'rises','per':'year'}";
    const Case cases[] = {
        {most, ",'digits':1", 0, {{2024, 12.04}}, MET},
        {most, ",'digits':1", 0, {{2024, 12.05}}, UNMET},
        {most, ",'digits':1", "{'rounding':'truncate'}", {{2024, 12.09}}, MET},
        {most, ",'digits':1", "{'rounding':'half_even'}", {{2024, 12.05}}, MET},
        {most, ",'digits':2", 0, {{2024, 12.004999999999999}}, MET},
        {least, ",'digits':0", 0, {{2024, 89.5}}, MET},
        {least, ",'digits':0", 0, {{2024, 89.49}}, UNMET},
        {least, ",'digits':2", 0, {{2024, 89.99499999}}, UNMET},
        {"{'kind':'at_least','value':2.68}",
         ",'digits':2",
         0,
         {{2024, 2.675}},
         MET}, // as a person rounds
        {"{'kind':'at_least','value':0.3}", ",'digits':12", 0, {{2024, 0.1 + 0.2}}, MET},
        // Rises are differences of what is printed, without the noise of binary.
        {slows, ",'digits':1", 0, {{2022, 10.2}, {2023, 10.3}, {2024, 10.4}}, UNMET},
        {slows, ",'digits':1", 0, {{2022, 10.2}, {2023, 10.25}, {2024, 10.3}}, MET},   // 0.1, 0
        {slows, ",'digits':1", 0, {{2022, 10.25}, {2023, 10.3}, {2024, 10.3}}, UNMET}, // 0, 0
        {slows, ",'digits':1", 0, {{2022, 10.7}, {2023, 10.5}, {2024, 10.25}}, UNMET}, // −0.2, −0.2
        {slows, ",'digits':1", 0, {{2022, 10.5}, {2023, 10.25}, {2024, 10}}, MET}, // −0.2, −0.3
        {rises, ",'digits':1", 0, {{2024, 50.04}, {2023, 50}}, UNMET},
        {rises, ",'digits':1", 0, {{2024, 50.05}, {2023, 50}}, MET},
    };
    JUDGE(cases);
}

static void near_is_a_share_of_the_target(void **state) {
    (void)state;
    static const char most[] = "{'kind':'at_most','value':20}",
                      least[] = "{'kind':'at_least','value':20}";
    static const char half[] = "{'near_percent':0.5}", five[] = "{'near_percent':5}";
    const Case cases[] = {
        {most,
         ",'digits':1",
         half,
         {{2024, 20.1}},
         NEAR}, // exactly half a per cent, in spite of binary
        {most, ",'digits':1", half, {{2024, 20.2}}, UNMET},
        {most, ",'digits':1", "{}", {{2024, 20.1}}, UNMET},
        {least, ",'digits':1", five, {{2024, 19}}, NEAR},
        {least, ",'digits':1", five, {{2024, 18.9}}, UNMET},
        {least, ",'digits':1", five, {{2024, 20}}, MET},
        {least, ",'digits':1", five, {{2024, 30}}, MET},
        {"{'kind':'at_least','value':-20}", ",'digits':1", five, {{2024, -21}}, NEAR},
    };
    JUDGE(cases);
}

static void milestones_are_for_their_years(void **state) {
    (void)state;
    static const char least[] = "{'kind':'at_least','value':70}";
    static const char due[] = ",'milestones':[{'year':2023,'value':50},{'year':2025,'value':60}]";
    const Case cases[] = {
        {least, due, "{'at':'milestone'}", {{2024, 60}}, MET}, // that of 2025 is the next
        {least, due, "{'at':'milestone'}", {{2024, 59}}, UNMET},
        {least, due, "{'at':'final'}", {{2024, 60}}, UNMET},
    };
    JUDGE(cases);
    Description *description = describe(least, due, "{'at':'milestone'}");
    IndicatorResult result;
    const Value values[] = {{2023, 50}, {2026, 69}, {0, 0}};
    judge_series(description, values, 2023, &result);
    assert_int_equal(result.statuses[0], STATUS_MET);
    assert_true(result.metrics[METRIC_MILESTONE] == 50);
    judge_series(description, values, 2026, &result); // past the last milestone the target is due
    assert_int_equal(result.statuses[0], STATUS_UNMET);
    assert_true(result.metrics[METRIC_MILESTONE] == 70);
    description_free(description);
}

static void assert_near(double got, double wanted) {
    if (!(fabs(got - wanted) <= 1e-9)) fail_msg("%.12g is not %.12g", got, wanted);
}

// Maternal mortality: base 16.9 in 2020, target 12 in 2030, 14.3 in 2024.
static void the_worked_example_comes_out(void **state) {
    (void)state;
    Description *description = describe("{'kind':'at_most','value':12}", ",'digits':1", "{}");
    const Value values[] = {{2020, 16.9}, {2023, 15}, {2024, 14.3}, {0, 0}};
    IndicatorResult result;
    judge_series(description, values, 2024, &result);
    const double *metrics = result.metrics;
    assert_near(metrics[METRIC_PROGRESS], 2.6 / 4.9);
    assert_near(metrics[METRIC_PACE], 0.4);
    assert_near(metrics[METRIC_GAP], 2.3);
    assert_near(metrics[METRIC_CHANGE], -0.7);
    assert_near(metrics[METRIC_PREVIOUS], 15);
    assert_near(metrics[METRIC_BASELINE], 16.9);
    assert_near(metrics[METRIC_TARGET], 12);
    assert_near(metrics[METRIC_REQUIRED_CHANGE], -2.3 / 6);
    assert_near(metrics[METRIC_RECENT_CHANGE], -2.6 / 4);
    assert_near(metrics[METRIC_YEARS_OF_DATA], 3);
    assert_int_equal(result_on_track(&result), 1);
    description_free(description);
}

static void a_declared_baseline_stands_in_for_a_missing_one(void **state) {
    (void)state;
    Description *description = describe("{'kind':'at_most','value':12}", ",'baseline':20", "{}");
    IndicatorResult result;
    const Value without[] = {{2024, 16}, {0, 0}}, with[] = {{2020, 18}, {2024, 16}, {0, 0}};
    judge_series(description, without, 2024, &result);
    assert_near(result.metrics[METRIC_PROGRESS], 0.5);
    judge_series(description, with, 2024, &result);
    assert_near(result.metrics[METRIC_PROGRESS], 2.0 / 6);
    description_free(description);
}

static void reaching_is_this_year_once_the_target_is_met(void **state) {
    (void)state;
    Description *description = describe("{'kind':'at_least','value':70}", "", "{}");
    IndicatorResult result;
    const Value met[] = {{2022, 60}, {2023, 65}, {2024, 72}, {0, 0}},
                rising[] = {{2022, 50}, {2023, 52}, {2024, 54}, {0, 0}};
    judge_series(description, met, 2024, &result);
    assert_near(result.metrics[METRIC_REACH_YEAR], 2024);
    judge_series(description, rising, 2024, &result);
    assert_near(result.metrics[METRIC_REACH_YEAR], 2032); // two points a year
    assert_near(result.metrics[METRIC_FORECAST], 56);
    description_free(description);
}

static void other_years_and_regions_are_not_applicable(void **state) {
    (void)state;
    const Value values[] = {{2020, 1}, {2024, 1}, {0, 0}};
    IndicatorResult result;
    Description *description = describe("{'kind':'at_least','value':1}", "", "{}");
    judge_series(description, values, 2020, &result);
    assert_int_equal(result.statuses[0], STATUS_NOT_APPLICABLE);
    assert_true(isnan(result.metrics[METRIC_VALUE]));
    judge_series(description, values, 2021, &result);
    assert_int_equal(result.statuses[0], STATUS_NO_DATA);
    description_free(description);
    description = describe("{'kind':'at_least','value':1}", ",'applies_to':['150821']", "{}");
    judge_series(description, values, 2024, &result);
    assert_int_equal(result.statuses[0], STATUS_NOT_APPLICABLE);
    description_free(description);
}

static void figures_that_results_cannot_hold_are_missing(void **state) {
    (void)state;
    const Value values[] = {{2020, -9e14}, {2023, -9e14}, {2024, 9e14}, {0, 0}};
    Description *description = describe("{'kind':'at_least','value':1}", "", "{}");
    IndicatorResult result;
    judge_series(description, values, 2024, &result);
    for (int m = 0; m < METRIC_COUNT; m++)
        assert_true(isnan(result.metrics[m]) || fabs(result.metrics[m]) <= 1e15);
    assert_true(isnan(result.metrics[METRIC_CHANGE]));
    description_free(description);
}

static void what_nobody_asked_for_is_missing(void **state) {
    (void)state;
    Error error = {0};
    Description *description = describe("{'kind':'at_most','value':12}", "", "{}");
    DatasetBuilder *builder = dataset_builder_new(FIRST_YEAR, LAST_YEAR);
    size_t region = (size_t)dataset_add_region(builder, "150802", &error);
    int series = dataset_add_series(builder, "judged", "total", &error);
    for (int year = 2018; year <= 2024; year++)
        dataset_put(builder, series, (int)region, year, 20 - 0.7 * (year - 2018));
    Dataset *dataset = dataset_finish(builder);
    FigureSource source;
    IndicatorResult all, one;
    figure_source_init(&source, description, dataset, 2024, NULL);
    figure_indicator(&source, 0, 2024, region, ALL_METRICS, &all);
    for (int m = 0; m < METRIC_COUNT; m++) {
        figure_indicator(&source, 0, 2024, region, 1u << m, &one);
        assert_int_equal(one.statuses[0], STATUS_UNMET);
        for (int k = 0; k < METRIC_COUNT; k++)
            if (k != m) assert_true(isnan(one.metrics[k]));
        assert_memory_equal(&one.metrics[m], &all.metrics[m], sizeof(double));
        // Peers and the parent are told by peers.h; the indicator counts no events.
        bool counts = m == METRIC_COUNT_LOW || m == METRIC_COUNT_HIGH;
        assert_int_equal(isnan(one.metrics[m]), counts || PEER_METRICS >> m & 1);
    }
    figure_source_free(&source);
    dataset_free(dataset);
    description_free(description);
}

// However far back the dataset goes, histories are those of a dataset made for this year.
static void histories_begin_twenty_years_before_the_baseline(void **state) {
    (void)state;
    Description *description = describe("{'kind':'at_most','value':12}", "", "{}");
    int years[FIGURE_MAX_YEARS];
    double values[FIGURE_MAX_YEARS];
    assert_int_equal(figure_first_year(description, 2024), 2000);
    assert_int_equal(figure_first_year(description, 1990), 1970);
    assert_int_equal(figure_first_year(description, 2200), 2200 - FIGURE_MAX_YEARS + 1);
    Error error = {0};
    DatasetBuilder *builder = dataset_builder_new(1900, 2030);
    int region = dataset_add_region(builder, "150802", &error);
    int series = dataset_add_series(builder, "judged", "total", &error);
    for (int year = 1900; year <= 2030; year++)
        if (year % 10 != 5) dataset_put(builder, series, region, year, year);
    Dataset *dataset = dataset_finish(builder);
    FigureSource source;
    figure_source_init(&source, description, dataset, 2024, NULL);
    size_t count = figure_history(&source, 0, 2024, 0, years, values);
    assert_int_equal(count, 23); // 2000 … 2024 without 2005 and 2015
    assert_int_equal(years[0], 2000);
    assert_int_equal(years[22], 2024);
    for (size_t i = 0; i < count; i++)
        assert_true(values[i] == years[i]);
    figure_source_free(&source);
    dataset_free(dataset);
    description_free(description);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_target_is_judged),
        cmocka_unit_test(figures_are_compared_as_printed),
        cmocka_unit_test(near_is_a_share_of_the_target),
        cmocka_unit_test(milestones_are_for_their_years),
        cmocka_unit_test(the_worked_example_comes_out),
        cmocka_unit_test(a_declared_baseline_stands_in_for_a_missing_one),
        cmocka_unit_test(reaching_is_this_year_once_the_target_is_met),
        cmocka_unit_test(other_years_and_regions_are_not_applicable),
        cmocka_unit_test(figures_that_results_cannot_hold_are_missing),
        cmocka_unit_test(what_nobody_asked_for_is_missing),
        cmocka_unit_test(histories_begin_twenty_years_before_the_baseline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
