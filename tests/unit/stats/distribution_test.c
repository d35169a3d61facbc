// Quantiles against R's qt, qgamma and pgamma.
#include "core/stats/distribution.h"

#include "tests/unit/stats/expected_rows.h"

static const double TOLERANCE = 1e-9;
static ExpectedRow rows[EXPECTED_MOST_ROWS];

static void compare_with_r(const char *prefix, double (*figure)(const ExpectedRow *)) {
    size_t count = expected_rows(prefix, rows);
    for (size_t i = 0; i < count; i++)
        assert_row(&rows[i], figure(&rows[i]), TOLERANCE);
}

static double student(const ExpectedRow *row) {
    return distribution_student_quantile(row->argument, atoi(row->about));
}

static double gamma_quantile(const ExpectedRow *row) {
    return distribution_gamma_quantile(row->argument, strtod(row->about, NULL));
}

static double gamma_below(const ExpectedRow *row) {
    return distribution_gamma_below(strtod(row->about, NULL), row->argument);
}

static void test_student_against_r(void **state) {
    (void)state;
    compare_with_r("student,", student);
}

static void test_gamma_against_r(void **state) {
    (void)state;
    compare_with_r("gamma,", gamma_quantile);
    compare_with_r("gamma_below,", gamma_below);
}

static void test_closed_forms(void **state) {
    (void)state;
    assert_near(distribution_student_quantile(0.75, 1), 1, TOLERANCE, "Cauchy quartile");
    assert_near(distribution_student_quantile(0.9, 2), 0.8 / sqrt(2 * 0.9 * 0.1), TOLERANCE, "two");
    assert_near(distribution_gamma_quantile(0.5, 1), log(2), TOLERANCE, "exponential median");
    assert_near(distribution_gamma_below(1, 3), 1 - exp(-3), TOLERANCE, "exponential");
}

static void test_quantile_and_share_are_inverse(void **state) {
    (void)state;
    for (double shape = 0.25; shape < 3000; shape *= 1.7) {
        for (double probability = 0.01; probability < 1; probability += 0.07) {
            double x = distribution_gamma_quantile(probability, shape);
            assert_near(distribution_gamma_below(shape, x), probability, 1e-10, "round trip");
        }
    }
}

// R: pchisq(x, degrees, lower.tail = FALSE), ppois(k - 1, mean, lower.tail = FALSE); those of the
// table are the usual critical values.
static void test_tails(void **state) {
    (void)state;
    assert_near(distribution_chi_square_above(16.918977604620448, 9), 0.05, 1e-12, "5 %");
    assert_near(distribution_chi_square_above(27.877164871256568, 9), 0.001, 1e-12, "0.1 %");
    assert_near(distribution_chi_square_above(3.8414588206941254, 1), 0.05, 1e-12, "one");
    assert_near(distribution_chi_square_above(3, 2), exp(-1.5), 1e-14, "two");
    assert_near(distribution_chi_square_above(400, 2) / exp(-200), 1, 1e-9, "far out");
    assert_near(distribution_poisson_at_least(1, 0.3), 1 - exp(-0.3), 1e-14, "any");
    assert_near(distribution_poisson_at_least(3, 2), 1 - 5 * exp(-2), 1e-14, "three");
    assert_true(distribution_poisson_at_least(0, 2) == 1);
    assert_true(distribution_chi_square_above(0, 9) == 1);
    assert_true(distribution_chi_square_above(INFINITY, 9) == 0);
    assert_true(isnan(distribution_chi_square_above(-1, 9)));
    assert_true(isnan(distribution_chi_square_above(1, 0)));
    assert_true(isnan(distribution_poisson_at_least(-1, 2)));
    assert_true(isnan(distribution_poisson_at_least(1, NAN)));
}

static void test_arguments_out_of_range(void **state) {
    (void)state;
    assert_true(isnan(distribution_student_quantile(0, 3)));
    assert_true(isnan(distribution_student_quantile(1, 3)));
    assert_true(isnan(distribution_student_quantile(NAN, 3)));
    assert_true(isnan(distribution_student_quantile(0.9, 0)));
    assert_true(isnan(distribution_gamma_quantile(0, 2)));
    assert_true(isnan(distribution_gamma_quantile(1, 2)));
    assert_true(isnan(distribution_gamma_quantile(0.5, 0)));
    assert_true(isnan(distribution_gamma_quantile(0.5, NAN)));
    assert_true(isnan(distribution_gamma_below(2, -1)));
    assert_true(isnan(distribution_gamma_below(0, 1)));
    assert_true(distribution_gamma_below(2, 0) == 0);
    assert_true(distribution_gamma_below(2, INFINITY) == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_student_against_r),
        cmocka_unit_test(test_gamma_against_r),
        cmocka_unit_test(test_closed_forms),
        cmocka_unit_test(test_quantile_and_share_are_inverse),
        cmocka_unit_test(test_tails),
        cmocka_unit_test(test_arguments_out_of_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
