// Summary figures against R, and with values missing.
#include "core/stats/summary.h"

#include "tests/unit/stats/expected_rows.h"

static const double TOLERANCE = 1e-12; // both sum doubles; R's mean adds a second pass
static ExpectedRow rows[EXPECTED_MOST_ROWS];

static void compare_with_r(const char *prefix, double (*figure)(const double *, size_t)) {
    size_t count = expected_rows(prefix, rows);
    for (size_t i = 0; i < count; i++) {
        TestSeries series = expected_series(rows[i].about);
        assert_row(&rows[i], figure(series.values, series.count), TOLERANCE);
    }
}

static void test_against_r(void **state) {
    (void)state;
    compare_with_r("mean,", summary_mean);
    compare_with_r("median,", summary_median);
    compare_with_r("sample_deviation,", summary_sample_deviation);
    compare_with_r("median_deviation,", summary_median_deviation);
}

static void test_quantiles_against_r(void **state) {
    (void)state;
    size_t count = expected_rows("quantile", rows);
    for (size_t i = 0; i < count; i++) {
        TestSeries series = expected_series(rows[i].about);
        double quantile = summary_quantile(series.values, series.count, rows[i].argument);
        assert_row(&rows[i], quantile, TOLERANCE);
    }
}

static void test_missing_values_are_skipped(void **state) {
    (void)state;
    const double values[] = {NAN, 4, 1, NAN, 7, 2};
    assert_int_equal(summary_count(values, 6), 4);
    assert_near(summary_mean(values, 6), 3.5, 0, "mean");
    assert_near(summary_median(values, 6), 3, 0, "median");
    assert_near(summary_quantile(values, 6, 0.25), 1.75, 0, "quartile");
    assert_near(summary_minimum(values, 6), 1, 0, "minimum");
    assert_near(summary_maximum(values, 6), 7, 0, "maximum");
    assert_near(summary_population_deviation(values, 6), sqrt(21.0 / 4), 0, "population");
    assert_near(summary_sample_deviation(values, 6), sqrt(21.0 / 3), 0, "sample");
}

static void test_too_few_values(void **state) {
    (void)state;
    const double values[] = {NAN, 5, NAN};
    assert_true(isnan(summary_mean(values, 1)));
    assert_true(isnan(summary_median(values, 1)));
    assert_true(isnan(summary_minimum(values, 1)));
    assert_true(isnan(summary_maximum(values, 0)));
    assert_true(isnan(summary_population_deviation(values, 0)));
    assert_true(isnan(summary_median_deviation(values, 0)));
    assert_near(summary_median(values, 3), 5, 0, "one value");
    assert_near(summary_population_deviation(values, 3), 0, 0, "one value");
    assert_true(isnan(summary_sample_deviation(values, 3)));
    assert_true(isnan(summary_quantile(values, 3, 1.01)));
    assert_true(isnan(summary_quantile(values, 3, -0.01)));
    assert_true(isnan(summary_quantile(values, 3, NAN)));
}

static void test_median_is_half_way_exactly(void **state) {
    (void)state;
    const double values[] = {12.3, 12.1};
    assert_true(summary_median(values, 2) == (12.1 + 12.3) / 2);
    const double equal[] = {0.1, 0.1, 0.1};
    assert_true(summary_quantile(equal, 3, 1.0 / 3) == 0.1);
}

static void test_robust_scores(void **state) {
    (void)state;
    double values[] = {10, 11, 12, NAN, 13, 40};
    double scores[6];
    summary_robust_scores(values, 6, scores);
    assert_near(scores[0], -2 / 1.4826, TOLERANCE, "low");
    assert_near(scores[2], 0, 0, "median");
    assert_true(isnan(scores[3]));
    assert_near(scores[5], 28 / 1.4826, TOLERANCE, "outlier");
    summary_robust_scores(values, 6, values);
    assert_memory_equal(values, scores, sizeof scores);

    const double mostly_equal[] = {5, 5, 5, 9};
    summary_robust_scores(mostly_equal, 4, scores);
    assert_true(isnan(scores[0]) && isnan(scores[3]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_against_r),
        cmocka_unit_test(test_quantiles_against_r),
        cmocka_unit_test(test_missing_values_are_skipped),
        cmocka_unit_test(test_too_few_values),
        cmocka_unit_test(test_median_is_half_way_exactly),
        cmocka_unit_test(test_robust_scores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
