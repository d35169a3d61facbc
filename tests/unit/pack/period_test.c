// Months of a year under each convention.
#include "tests/unit/pack/sample.h"

#include "core/pack/period.h"

static const int terms[] = {2016, 2021, 2026};
static const Plan with_terms = {.terms = terms, .term_count = 3};

static void assert_text(PeriodType type, int year, const char *wanted) {
    Period period;
    char text[PERIOD_TEXT_SIZE];
    assert_true(period_of(type, &with_terms, year, &period));
    period_text(&period, text);
    assert_string_equal(text, wanted);
}

static void a_year_has_twelve_months(void **state) {
    (void)state;
    assert_text(PERIOD_CALENDAR_YEAR, 2024, "2024-01 … 2024-12");
    assert_text(PERIOD_HEALTH_YEAR, 2024, "2023-10 … 2024-09");
    assert_text(PERIOD_APRIL_MARCH, 2024, "2024-04 … 2025-03");
}

static void a_term_runs_to_the_next(void **state) {
    (void)state;
    assert_text(PERIOD_TERM, 2016, "2016-01 … 2020-12");
    assert_text(PERIOD_TERM, 2025, "2021-01 … 2025-12");
    assert_text(PERIOD_TERM, 2026, "2026-01 …");
    assert_text(PERIOD_TERM, 2040, "2026-01 …");
}

static void there_is_no_term_before_the_first(void **state) {
    (void)state;
    Period period;
    const Plan without = {.term_count = 0};
    assert_false(period_of(PERIOD_TERM, &with_terms, 2015, &period));
    assert_false(period_of(PERIOD_TERM, &without, 2024, &period));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_year_has_twelve_months),
                                       cmocka_unit_test(a_term_runs_to_the_next),
                                       cmocka_unit_test(there_is_no_term_before_the_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
