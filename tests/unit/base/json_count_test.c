// Values of JSON texts, counted.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/json_count.h"

static size_t count(const char *text) {
    return json_count_values(text, strlen(text));
}

static void values_are_counted_by_what_stands_around_them(void **state) {
    (void)state;
    assert_int_equal(count("17"), 0);
    assert_int_equal(count("[1, 2, 3]"), 3);
    assert_int_equal(count("[[], [], {}]"), 6);
    assert_int_equal(count("{\"a\": 1, \"b\": {\"c\": [true]}}"), 4);
}

static void what_stands_in_texts_does_not_count(void **state) {
    (void)state;
    assert_int_equal(count("[\"a,b[c{\", \"\\\",[\\\\\"]"), 2);
    assert_int_equal(count("\"never closed ,,,,"), 0);
    assert_int_equal(count("\"ends in an escape \\"), 0);
    assert_int_equal(json_count_values("[1,2,3", 2), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_counted_by_what_stands_around_them),
        cmocka_unit_test(what_stands_in_texts_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
