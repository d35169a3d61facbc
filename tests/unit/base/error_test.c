// Errors, their places and hints, and lists of them.
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/error.h"
#include "core/base/utf8.h"

static void says_what_where_and_what_to_do(void **state) {
    (void)state;
    Error error;
    assert_false(error_set(&error, ERROR_INPUT, "value %d is wrong", 7));
    assert_false(error_at(&error, "data.csv", 3, 9));
    assert_false(error_hint(&error, "write %s", "8"));
    assert_int_equal(error.code, ERROR_INPUT);
    assert_string_equal(error.message, "value 7 is wrong");
    assert_string_equal(error.file, "data.csv");
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 9);
    assert_string_equal(error.hint, "write 8");
}

static void setting_again_forgets_the_place(void **state) {
    (void)state;
    Error error;
    error_set(&error, ERROR_INPUT, "first");
    error_at(&error, "a", 1, 2);
    error_hint(&error, "hint");
    error_set(&error, ERROR_LIMIT, "second");
    assert_string_equal(error.file, "");
    assert_string_equal(error.hint, "");
    assert_int_equal(error.line, 0);
}

static void a_null_error_is_allowed(void **state) {
    (void)state;
    assert_false(error_set(NULL, ERROR_INPUT, "x"));
    assert_false(error_set_errno(NULL, ENOENT, "x"));
    assert_false(error_at(NULL, "f", 1, 1));
    assert_false(error_hint(NULL, "x"));
}

static void names_the_system_error(void **state) {
    (void)state;
    Error error;
    error_set_errno(&error, ENOENT, "cannot open %s", "x.db");
    assert_int_equal(error.code, ERROR_SYSTEM);
    char expected[128];
    snprintf(expected, sizeof expected, "cannot open x.db: %s", strerror(ENOENT));
    assert_string_equal(error.message, expected);
}

// Every alignment of the cut to the characters, of two, three and four bytes.
static void a_cut_never_splits_a_character(void **state) {
    (void)state;
    static const char *const characters[] = {"\u00e9", "\u4e2d", "\U00020000"};
    for (size_t which = 0; which < 3; which++) {
        for (size_t shift = 0; shift < 5; shift++) {
            char text[3000] = "";
            memset(text, 'x', shift);
            size_t step = strlen(characters[which]), end = shift;
            for (; end + step < sizeof text; end += step)
                memcpy(text + end, characters[which], step + 1);

            Error error;
            error_set(&error, ERROR_INPUT, "%s", text);
            error_hint(&error, "%s", text);
            error_at(&error, text, 1, 1);
            const char *cut[] = {error.message, error.hint, error.file};
            const size_t sizes[] = {sizeof error.message, sizeof error.hint, sizeof error.file};
            for (int i = 0; i < 3; i++) {
                size_t length = strlen(cut[i]);
                assert_true(utf8_valid(cut[i], length, NULL));
                assert_in_range(length, sizes[i] - step, sizes[i] - 1);
            }
        }
    }
}

static void a_text_that_just_fits_is_kept_whole(void **state) {
    (void)state;
    Error error;
    char text[sizeof error.hint];
    memset(text, 'x', sizeof text);
    strcpy(text + sizeof text - 4, "中");
    error_hint(&error, "%s", text);
    assert_string_equal(error.hint, text);
}

static void every_code_has_its_name(void **state) {
    (void)state;
    assert_string_equal(error_code_name(ERROR_NONE), "none");
    assert_string_equal(error_code_name(ERROR_INPUT), "input");
    assert_string_equal(error_code_name(ERROR_NOT_FOUND), "not_found");
    for (int i = ERROR_NONE; i <= ERROR_SYSTEM; i++)
        for (int j = ERROR_NONE; j < i; j++)
            assert_string_not_equal(error_code_name(i), error_code_name(j));
    assert_string_equal(error_code_name((ErrorCode)99), "unknown");
}

static void a_list_keeps_up_to_its_limit_and_counts_the_rest(void **state) {
    (void)state;
    ProblemList problems = {.limit = 3};
    for (int i = 1; i <= 5; i++) {
        problems_addf(&problems, ERROR_INPUT, "f.csv", i, 2, "problem %d", i);
        problems_hint(&problems, "hint %d", i);
    }
    assert_int_equal(problems.count, 3);
    assert_int_equal(problems.dropped, 2);
    assert_string_equal(problems.items[2].message, "problem 3");
    assert_string_equal(problems.items[2].hint, "hint 3"); // not that of a dropped one
    assert_int_equal(problems.items[2].line, 3);
    problems_free(&problems);
    assert_int_equal(problems.count, 0);
}

static void a_list_keeps_a_thousand_unless_told(void **state) {
    (void)state;
    ProblemList problems = {0};
    problems_hint(&problems, "of nothing");
    for (int i = 0; i < 1001; i++)
        problems_addf(&problems, ERROR_INPUT, NULL, 0, 0, "x");
    assert_int_equal(problems.count, 1000);
    assert_int_equal(problems.dropped, 1);
    assert_string_equal(problems.items[0].file, "");
    problems_free(&problems);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_where_and_what_to_do),
        cmocka_unit_test(setting_again_forgets_the_place),
        cmocka_unit_test(a_null_error_is_allowed),
        cmocka_unit_test(names_the_system_error),
        cmocka_unit_test(a_cut_never_splits_a_character),
        cmocka_unit_test(a_text_that_just_fits_is_kept_whole),
        cmocka_unit_test(every_code_has_its_name),
        cmocka_unit_test(a_list_keeps_up_to_its_limit_and_counts_the_rest),
        cmocka_unit_test(a_list_keeps_a_thousand_unless_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
