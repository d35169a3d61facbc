// Progress, pace and change, with the worked example and the published year-on-year changes.
#include "core/stats/progress.h"

#include "core/base/decimal.h"
#include "tests/unit/stats/expected_rows.h"

static const double EXACT = 1e-14;

static void assert_prints(double value, int digits, const char *expected) {
    char text[DECIMAL_TEXT_SIZE];
    decimal_fixed(value, digits, ROUNDING_HALF_UP, text);
    assert_string_equal(text, expected);
}

static void test_worked_example(void **state) {
    (void)state;
    assert_prints(100 * progress_toward(14.3, 16.9, 12, TARGET_SIDE_DOWN), 2, "53.06");
    assert_prints(100 * progress_pace(2024, 2020, 2030), 0, "40");
    assert_near(progress_required_change(14.3, 12, 2024, 2030), -2.3 / 6, EXACT, "required");
}

static void test_progress_is_not_capped(void **state) {
    (void)state;
    assert_near(progress_toward(80, 50, 70, TARGET_SIDE_UP), 1.5, EXACT, "beyond the target");
    assert_near(progress_toward(45, 50, 70, TARGET_SIDE_UP), -0.25, EXACT, "away from the target");
    assert_near(progress_toward(18, 16, 12, TARGET_SIDE_DOWN), -0.5, EXACT, "away, downward");
    assert_near(progress_toward(70, 50, 70, TARGET_SIDE_UP), 1, 0, "on the target");
}

static void test_baseline_that_meets_the_target(void **state) {
    (void)state;
    assert_true(progress_toward(95, 92, 90, TARGET_SIDE_UP) == 1);
    assert_true(progress_toward(90, 90, 90, TARGET_SIDE_UP) == 1);
    assert_true(progress_toward(89.9, 92, 90, TARGET_SIDE_UP) == 0);
    assert_true(progress_toward(11, 10, 12, TARGET_SIDE_DOWN) == 1);
    assert_true(progress_toward(12.1, 12, 12, TARGET_SIDE_DOWN) == 0);
}

static void test_missing_values(void **state) {
    (void)state;
    assert_true(isnan(progress_toward(NAN, 1, 2, TARGET_SIDE_UP)));
    assert_true(isnan(progress_toward(1, NAN, 2, TARGET_SIDE_UP)));
    assert_true(isnan(progress_toward(1, 2, NAN, TARGET_SIDE_DOWN)));
    assert_true(isnan(progress_required_change(NAN, 12, 2024, 2030)));
    assert_true(isnan(progress_required_change(14, NAN, 2024, 2030)));
    assert_true(isnan(progress_change_percent(NAN, 1)));
    assert_true(isnan(progress_change_percent(1, NAN)));
    assert_true(isnan(progress_change_percent(1, 0)));
}

static void test_pace_outside_the_plan(void **state) {
    (void)state;
    assert_near(progress_pace(2019, 2020, 2030), -0.1, EXACT, "before");
    assert_near(progress_pace(2032, 2020, 2030), 1.2, EXACT, "after");
    assert_true(isnan(progress_pace(2020, 2020, 2020)));
    assert_true(isnan(progress_pace(2020, 2030, 2020)));
}

static void test_no_year_left_to_change_in(void **state) {
    (void)state;
    assert_true(isnan(progress_required_change(14.3, 12, 2030, 2030)));
    assert_true(isnan(progress_required_change(14.3, 12, 2031, 2030)));
    assert_near(progress_required_change(14.3, 12, 2029, 2030), -2.3, EXACT, "the last year");
}

static void test_recent_change(void **state) {
    (void)state;
    TestSeries maternal = expected_series("maternal");
    assert_near(progress_recent_change(maternal.years, maternal.values, maternal.count),
                (14.3 - 16.9) / 4, EXACT, "2020 to 2024");

    const int years[] = {2014, 2016, 2017, 2018, 2019, 2020, 2021};
    const double values[] = {5, 10, NAN, 12, 13, 15, 18};
    assert_near(progress_recent_change(years, values, 7), 8.0 / 5, EXACT, "with a gap");
    const double ended[] = {5, 10, 12, NAN, NAN, NAN, NAN};
    assert_near(progress_recent_change(years, ended, 7), 7.0 / 3, EXACT, "missing at the end");
    const double single[] = {NAN, NAN, 12, NAN, NAN, NAN, NAN};
    assert_true(isnan(progress_recent_change(years, single, 7)));
    assert_true(isnan(progress_recent_change(years, values, 0)));
}

static void test_changes_as_published(void **state) {
    (void)state;
    assert_prints(progress_change_percent(14.3, 15.1), 1, "-5.3");
    assert_prints(progress_change_percent(15.7, 16.1), 1, "-2.5");
    assert_prints(progress_change_percent(18.3, 19.6), 1, "-6.6");
    assert_prints(progress_change_percent(18.3, 30.0), 1, "-39.0");
    assert_prints(progress_change_percent(16.9, 30.0), 1, "-43.7");
    assert_prints(progress_change_percent(-1, -2), 1, "50.0");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_worked_example),
        cmocka_unit_test(test_progress_is_not_capped),
        cmocka_unit_test(test_baseline_that_meets_the_target),
        cmocka_unit_test(test_missing_values),
        cmocka_unit_test(test_pace_outside_the_plan),
        cmocka_unit_test(test_no_year_left_to_change_in),
        cmocka_unit_test(test_recent_change),
        cmocka_unit_test(test_changes_as_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
