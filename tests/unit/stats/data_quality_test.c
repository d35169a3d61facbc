// Robust scores, last digits and coincidences against figures worked out by hand.
#include "core/stats/data_quality.h"

#include <math.h>
#include <string.h>

#include "tests/unit/stats/expected_rows.h"

static void one_far_value_does_not_hide_itself(void **state) {
    (void)state;
    // Median 3, absolute deviations 2 1 0 1 97 with the median 1; an ordinary z of the last
    // were 1.8.
    const double values[] = {1, 2, 3, 4, 100};
    double scores[5];
    quality_scores(values, 5, 0, scores);
    assert_near(scores[4], 97 / 1.4826, 1e-3, "far");
    assert_near(scores[0], -2 / 1.4826, 1e-4, "near");
    assert_true(scores[2] == 0);
}

static void a_spread_below_the_last_digit_is_none(void **state) {
    (void)state;
    double values[] = {50, 50, 50, 50, 50, 50.2, NAN};
    double scores[7];
    quality_scores(values, 7, 0, scores);
    assert_near(scores[5], 6 / sqrt(M_PI_2), 1e-9, "by the mean deviation 0.2/6");
    quality_scores(values, 7, 0.1, values); // in place
    assert_near(values[5], 2, 1e-9, "two steps");
    assert_true(values[0] == 0);
    assert_true(isnan(values[6]));
    const double equal[] = {50, 50, 50};
    quality_scores(equal, 3, 0, scores);
    assert_true(isnan(scores[0]));
}

static void a_steady_trend_has_no_outliers(void **state) {
    (void)state;
    const int years[] = {2010, 2011, 2012, 2013, 2014, 2015, 2016, 2018};
    double values[] = {10, 12, 14, 16, 18, 20, 22, 26}, scores[8];
    quality_trend_scores(years, values, 8, 0.1, scores);
    for (int i = 0; i < 8; i++)
        assert_near(scores[i], 0, 1e-9, "on the line");
    values[3] = 19; // 3 above the line, whose slope one value does not change
    quality_trend_scores(years, values, 8, 0.1, scores);
    assert_near(scores[3], 8 / sqrt(M_PI_2), 1e-9, "off the line, by the mean deviation 3/8");
    assert_near(scores[4], 0, 1e-9, "still on it");
    quality_trend_scores(years, values, 2, 0.1, scores);
    assert_true(isnan(scores[0]) && isnan(scores[1]));
}

// Q(9/2, x/2) by the finite sum for odd degrees of freedom (Abramowitz and Stegun 26.4.4).
static double chi_square_9_above(double x) {
    double sum = 1 + x / 3 + x * x / 15 + x * x * x / 105;
    return erfc(sqrt(x / 2)) + sqrt(2 * x / M_PI) * exp(-x / 2) * sum;
}

static void heaped_digits_are_found(void **state) {
    (void)state;
    const size_t heaped[10] = {28, 8, 8, 8, 8, 8, 8, 8, 8, 8};
    DigitTest test = quality_digit_test(heaped);
    assert_int_equal(test.total, 100);
    assert_true(test.reliable);
    assert_near(test.chi_square, 36, 1e-12, "18²/10 + 9·2²/10");
    assert_near(test.p, chi_square_9_above(36), 1e-12, "p");
    assert_near(test.residuals[0], 18 / 3.0, 1e-12, "of digit 0");
    assert_near(test.residuals[1], -2 / 3.0, 1e-12, "of digit 1");
}

static void even_and_few_digits_are_not(void **state) {
    (void)state;
    const size_t even[10] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, few[10] = {40, 9}, none[10] = {0};
    assert_true(quality_digit_test(even).chi_square == 0);
    assert_true(quality_digit_test(even).p == 1);
    assert_true(quality_digit_test(even).reliable);
    assert_false(quality_digit_test(few).reliable);
    assert_false(quality_digit_test(none).reliable);
}

static void coincidences(void **state) {
    (void)state;
    // A mean of one figure: 30·0.1·0.3989·2.563/spread = 1; ten groups of three, each of chance
    // 1 − e⁻¹·2.5.
    double spread = 3 * 0.3989 * 2.563;
    assert_near(quality_coincidence(3, 30, 0.1, spread), 10 * (1 - 2.5 * exp(-1)), 1e-9, "ten");
    assert_true(quality_coincidence(10, 30, 0.1, spread) < 1e-5);
    assert_true(quality_coincidence(3, 30, 0.1, spread / 100) == 1);
    assert_true(quality_coincidence(1, 30, 0.1, spread) == 1);
    assert_true(quality_coincidence(3, 30, 0.1, 0) == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_far_value_does_not_hide_itself),
        cmocka_unit_test(a_spread_below_the_last_digit_is_none),
        cmocka_unit_test(a_steady_trend_has_no_outliers),
        cmocka_unit_test(heaped_digits_are_found),
        cmocka_unit_test(even_and_few_digits_are_not),
        cmocka_unit_test(coincidences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
