// Attainment rates under each convention, with the published Pingdingshan figures.
#include "core/stats/attainment.h"

#include "core/base/decimal.h"
#include "tests/unit/stats/expected_rows.h"

static void assert_prints(double value, Rounding rounding, const char *expected) {
    char text[DECIMAL_TEXT_SIZE];
    decimal_fixed(value, 2, rounding, text);
    assert_string_equal(text, expected);
}

static void test_published_rates(void **state) {
    (void)state;
    AttainmentCounts women = {.met = 26, .unmet = 3}, children = {.met = 51, .unmet = 2};
    assert_prints(attainment_percent(women, false, false), ROUNDING_TRUNCATE, "89.65");
    assert_prints(attainment_percent(children, false, false), ROUNDING_TRUNCATE, "96.22");
    assert_prints(attainment_percent(women, false, false), ROUNDING_HALF_UP, "89.66");
    assert_prints(attainment_percent(children, false, false), ROUNDING_HALF_UP, "96.23");
    assert_near(attainment_rate(women, false, false), 26.0 / 29, 0, "fraction");
}

static void test_conventions(void **state) {
    (void)state;
    AttainmentCounts counts = {
        .met = 10, .near_met = 4, .unmet = 6, .no_data = 5, .not_applicable = 7};
    assert_near(attainment_rate(counts, false, false), 10.0 / 20, 0, "strict");
    assert_near(attainment_rate(counts, true, false), 14.0 / 20, 0, "near counts");
    assert_near(attainment_rate(counts, false, true), 10.0 / 25, 0, "no data is unmet");
    assert_near(attainment_rate(counts, true, true), 14.0 / 25, 0, "both");
    assert_near(attainment_percent(counts, true, true), 56, 0, "per cent");
}

static void test_nothing_assessable(void **state) {
    (void)state;
    AttainmentCounts counts = {.no_data = 3, .not_applicable = 2};
    assert_true(isnan(attainment_rate(counts, true, false)));
    assert_true(isnan(attainment_percent(counts, true, false)));
    assert_true(attainment_rate(counts, true, true) == 0);
}

// 100 × (29/100) is 28.999999999999996 in doubles, and was truncated to 28.99.
static void test_whole_per_cents_survive_truncation(void **state) {
    (void)state;
    for (int met = 0; met <= 100; met++) {
        AttainmentCounts counts = {.met = met, .unmet = 100 - met};
        assert_true(attainment_percent(counts, false, false) == met);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_rates),
        cmocka_unit_test(test_conventions),
        cmocka_unit_test(test_nothing_assessable),
        cmocka_unit_test(test_whole_per_cents_survive_truncation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
