// Times as people write them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/clock.h"

enum { MINUTE_S = 60, DAY_S = 24 * 3600 };

static const int64_t second = 1000000;

static void assert_span(const char *text, const char *begins, int64_t seconds) {
    int64_t first, last;
    char printed[32];
    assert_true(clock_parse(text, &first, &last));
    clock_format(first, printed, sizeof printed);
    assert_string_equal(printed, begins);
    assert_int_equal(last - first + 1, seconds * second);
}

static void use_zone(const char *zone) {
    setenv("TZ", zone, 1);
    tzset();
}

static void a_time_is_as_long_as_what_it_names(void **state) {
    (void)state;
    use_zone("Asia/Shanghai");
    assert_span("2026-11-22", "2026-11-22 00:00:00", DAY_S);
    assert_span("2026-12-31", "2026-12-31 00:00:00", DAY_S);
    assert_span("2026-11-22 08:30", "2026-11-22 08:30:00", MINUTE_S);
    assert_span("2026-11-22T08:30", "2026-11-22 08:30:00", MINUTE_S);
    assert_span("2026-11-22 08:30:15", "2026-11-22 08:30:15", 1);
    assert_span("2026-11-22T00:30:15Z", "2026-11-22 08:30:15", 1);
    int64_t first, last;
    assert_true(clock_parse("2026-11-22", &first, &last));
    assert_int_equal(first, INT64_C(1795276800) * second); // midnight in Beijing
}

static void programs_are_told_the_time_in_utc(void **state) {
    char printed[CLOCK_UTC_SIZE];
    (void)state;
    use_zone("Asia/Shanghai");
    clock_format_utc(INT64_C(1795276800) * second + 42, printed);
    assert_string_equal(printed, "2026-11-21T16:00:00.000042Z");
    clock_format_utc(-1, printed);
    assert_string_equal(printed, "1969-12-31T23:59:59.999999Z");
    clock_format_utc(-second, printed);
    assert_string_equal(printed, "1969-12-31T23:59:59.000000Z");
    clock_format_utc(0, printed);
    assert_string_equal(printed, "1970-01-01T00:00:00.000000Z");
}

static void a_day_with_a_change_of_clocks_is_longer(void **state) {
    (void)state;
    use_zone("CET-1CEST,M3.5.0,M10.5.0/3");
    assert_span("2026-10-25", "2026-10-25 00:00:00", DAY_S + 3600);
    assert_span("2026-03-29", "2026-03-29 00:00:00", DAY_S - 3600);
}

static void what_is_no_time_is_refused(void **state) {
    static const char *const texts[] = {"",
                                        "yesterday",
                                        "2026",
                                        "2026-13-01",
                                        "2026-02-30",
                                        "2026-11-22 25:00",
                                        "22.11.2026",
                                        "2026-11-22 08:30x",
                                        "2026-11-22T08:30:00.Z",
                                        "2026-11-22T08:30:00.1",
                                        "2026-11-22T08:30:00.1234567Z",
                                        "2026-02-30T08:30:00.1Z",
                                        " 2026- 11-22",
                                        "2026-11-22 ",
                                        "2026-11-2208:30",
                                        "2026-11-22  08:30",
                                        "2026-11-22 08: 30",
                                        "2026-11-22\t08:30",
                                        "2026-11-22T 08:30:00Z",
                                        "2026- 11-22T08:30:00.1Z"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int64_t first, last;
        if (clock_parse(texts[i], &first, &last)) fail_msg("“%s” is taken for a time", texts[i]);
    }
}

static void a_time_in_utc_has_its_microseconds_whatever_the_zone(void **state) {
    char text[CLOCK_UTC_SIZE];
    (void)state;
    use_zone("CST-8");
    clock_format_utc(INT64_C(1795276800) * 1000000 + 42, text);
    assert_string_equal(text, "2026-11-21T16:00:00.000042Z");
    int64_t first, last;
    assert_true(clock_parse(text, &first, &last));
    assert_int_equal(first, INT64_C(1795276800) * 1000000 + 42);
    assert_int_equal(last, first);
    assert_true(clock_parse("2026-11-21T16:00:00.5Z", &first, &last));
    assert_int_equal(first, INT64_C(1795276800) * 1000000 + 500000);
    assert_int_equal(last, first + 99999);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_as_long_as_what_it_names),
        cmocka_unit_test(programs_are_told_the_time_in_utc),
        cmocka_unit_test(a_day_with_a_change_of_clocks_is_longer),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(a_time_in_utc_has_its_microseconds_whatever_the_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
