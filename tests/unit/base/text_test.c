// Small things to do with texts.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/text.h"

static void the_end_of_a_text_is_its_last_bytes(void **state) {
    (void)state;
    assert_true(text_ends_with("pack.lua", ".lua"));
    assert_true(text_ends_with(".lua", ".lua"));
    assert_true(text_ends_with("98％", "％"));
    assert_true(text_ends_with("", ""));
    assert_false(text_ends_with("pack.luac", ".lua"));
    assert_false(text_ends_with("lua", ".lua"));
    assert_false(text_ends_with("", "x"));
}

static void a_missing_text_equals_none_but_another_missing_one(void **state) {
    (void)state;
    const char text[] = "优秀", copy[] = "优秀";
    assert_true(text_equal(text, copy));
    assert_true(text_equal(NULL, NULL));
    assert_false(text_equal(text, "良好"));
    assert_false(text_equal(text, NULL));
    assert_false(text_equal(NULL, ""));
}

static void a_text_that_does_not_fit_ends_with_a_whole_character(void **state) {
    (void)state;
    char out[8];
    text_copy(out, sizeof out, "标尺标尺");
    assert_string_equal(out, "标尺");
    text_format(out, sizeof out, "%s%s", "12", "标尺");
    assert_string_equal(out, "12标");
    text_format(out, sizeof out, "%s", "1234标");
    assert_string_equal(out, "1234标");
    text_copy(out, sizeof out, NULL);
    assert_string_equal(out, "");
    text_copy(out, 1, "标");
    assert_string_equal(out, "");
    text_copy(out, 3, "abcd");
    assert_string_equal(out, "ab");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_end_of_a_text_is_its_last_bytes),
        cmocka_unit_test(a_missing_text_equals_none_but_another_missing_one),
        cmocka_unit_test(a_text_that_does_not_fit_ends_with_a_whole_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
