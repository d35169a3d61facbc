// "Did you mean …".
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/nearest.h"

static const char *const names[] = {
    "maternal_mortality", "infant_mortality", NULL, "孕产妇死亡率",
    "婴儿死亡率",         "内蒙古自治区",     "市", "region",
};

static const char *nearest(const char *wanted) {
    return nearest_name(wanted, names, sizeof names / sizeof *names);
}

static void finds_one_mistake_of_each_sort(void **state) {
    (void)state;
    assert_string_equal(nearest("maternal_mortalty"), "maternal_mortality");
    assert_string_equal(nearest("maternal_mortallity"), "maternal_mortality");
    assert_string_equal(nearest("maternal_mortolity"), "maternal_mortality");
    assert_string_equal(nearest("materanl_mortality"), "maternal_mortality");
    assert_string_equal(nearest("reigon"), "region");
}

static void a_wrong_chinese_character_is_one_mistake(void **state) {
    (void)state;
    assert_string_equal(nearest("孕产妇死忘率"), "孕产妇死亡率");
    assert_string_equal(nearest("婴幼儿死亡率"), "婴儿死亡率");
}

static void case_and_full_width_count_for_nothing(void **state) {
    (void)state;
    assert_string_equal(nearest("REGION"), "region");
    assert_string_equal(nearest("\uff32\uff45gion"), "region");
}

static void the_closest_wins(void **state) {
    (void)state;
    const char *const close[] = {"abcdefgh_1", "abcdefgh_22", "abcdefgh_2", "abcdefgh_3"};
    assert_ptr_equal(nearest_name("abcdefgh_2", close, 4), close[2]);
    assert_ptr_equal(nearest_name("abcdefgh_9", close, 4), close[0]); // the first of equals
}

static void a_name_that_goes_on_is_found(void **state) {
    (void)state;
    assert_string_equal(nearest("内蒙古"), "内蒙古自治区");
    assert_string_equal(nearest("infant"), "infant_mortality");
}

static void nothing_close_is_null(void **state) {
    (void)state;
    assert_null(nearest("income_gap"));
    assert_null(nearest("人均收入"));
    assert_null(nearest("县")); // one character has no room for a mistake
    assert_null(nearest(""));
    assert_null(nearest_name("x", NULL, 0));
}

static void long_texts_are_never_close(void **state) {
    (void)state;
    char text[NEAREST_MAX_CHARACTERS + 2];
    memset(text, 'a', sizeof text);
    text[NEAREST_MAX_CHARACTERS] = '\0';
    const char *const same[] = {text};
    assert_ptr_equal(nearest_name(text, same, 1), text);
    text[NEAREST_MAX_CHARACTERS] = 'a';
    text[NEAREST_MAX_CHARACTERS + 1] = '\0';
    assert_null(nearest_name(text, same, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_one_mistake_of_each_sort),
        cmocka_unit_test(a_wrong_chinese_character_is_one_mistake),
        cmocka_unit_test(case_and_full_width_count_for_nothing),
        cmocka_unit_test(the_closest_wins),
        cmocka_unit_test(a_name_that_goes_on_is_found),
        cmocka_unit_test(nothing_close_is_null),
        cmocka_unit_test(long_texts_are_never_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
