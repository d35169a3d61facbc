// Volatility and the Poisson interval, against R's sd() and poisson.test().
#include "core/stats/volatility.h"

#include "tests/unit/stats/expected_rows.h"

static ExpectedRow rows[EXPECTED_MOST_ROWS];

static void test_volatility_against_r(void **state) {
    (void)state;
    size_t count = expected_rows("volatility,", rows);
    for (size_t i = 0; i < count; i++) {
        TestSeries series = expected_series(rows[i].about);
        double volatility = volatility_of(series.years, series.values, series.count);
        assert_row(&rows[i], volatility, 1e-12);
    }
}

static void test_only_consecutive_years_change(void **state) {
    (void)state;
    const int years[] = {2014, 2015, 2016, 2018, 2019, 2020, 2021};
    const double values[] = {10, 11, 14, 90, 91, NAN, 95};
    // The changes are 1, 3 and 1; from 14 to 90 and from 91 to 95 two years passed.
    double mean = (10 + 11 + 14 + 90 + 91 + 95) / 6.0;
    assert_near(volatility_of(years, values, 7), sqrt(4.0 / 3) / mean, 1e-12, "gaps");
    assert_true(isnan(volatility_of(years, values, 4)));
    assert_true(isnan(volatility_of(years, values, 0)));
}

static void test_level_is_absolute(void **state) {
    (void)state;
    const int years[] = {2017, 2018, 2019, 2020};
    const double below_zero[] = {-10, -11, -14, -15}, about_zero[] = {-1, 1, -1, 1};
    assert_near(volatility_of(years, below_zero, 4), sqrt(4.0 / 3) / 12.5, 1e-12, "negative");
    assert_true(isnan(volatility_of(years, about_zero, 4)));
    const double steady[] = {0.1, 0.1, 0.1, 0.1};
    assert_true(volatility_of(years, steady, 4) == 0);
}

static void test_poisson_interval_against_r(void **state) {
    (void)state;
    size_t count = expected_rows("poisson:", rows);
    for (size_t i = 0; i < count; i++) {
        double low, high, events = strtod(rows[i].about, NULL);
        assert_true(volatility_poisson_interval(events, &low, &high));
        double bound = strcmp(rows[i].what, "poisson:low") == 0 ? low : high;
        assert_row(&rows[i], bound, events > 100000 ? 1e-6 : 1e-9);
    }
}

static void test_two_deaths_are_noise(void **state) {
    (void)state;
    double low, high;
    assert_true(volatility_poisson_interval(2, &low, &high));
    assert_near(low, 0.24220928, 1e-6, "low");
    assert_near(high, 7.22468766, 1e-6, "high");
}

static void test_counts_that_are_none(void **state) {
    (void)state;
    const double wrong[] = {-1, NAN, INFINITY, -INFINITY};
    for (size_t i = 0; i < 4; i++) {
        double low = 1, high = 1;
        assert_false(volatility_poisson_interval(wrong[i], &low, &high));
        assert_true(isnan(low) && isnan(high));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_volatility_against_r),
        cmocka_unit_test(test_only_consecutive_years_change),
        cmocka_unit_test(test_level_is_absolute),
        cmocka_unit_test(test_poisson_interval_against_r),
        cmocka_unit_test(test_two_deaths_are_noise),
        cmocka_unit_test(test_counts_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
