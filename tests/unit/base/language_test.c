// Which language messages are in.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/language.h"
#include "core/base/parallel.h"

static const char *const variables[] = {"BIAOCHI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};

static int forget_environment(void **state) {
    (void)state;
    for (int i = 0; i < 4; i++)
        unsetenv(variables[i]);
    language_set(LANGUAGE_ENGLISH);
    return 0;
}

static void gives_the_text_of_the_language(void **state) {
    (void)state;
    assert_string_equal(T("year", "年份"), "year");
    language_set(LANGUAGE_CHINESE);
    assert_true(language_is_chinese());
    assert_string_equal(T("year", "年份"), "年份");
}

static void earlier_variables_win(void **state) {
    (void)state;
    for (int i = 3; i >= 0; i--) {
        const char *value = i % 2 ? "zh_CN.UTF-8" : "en_US.UTF-8";
        setenv(variables[i], value, 1);
        language_set_from_environment();
        assert_int_equal(language_is_chinese(), i % 2);
    }
}

static void empty_variables_are_passed_over(void **state) {
    (void)state;
    setenv("BIAOCHI_LANG", "", 1);
    setenv("LC_ALL", "", 1);
    setenv("LANG", "zh", 1);
    language_set_from_environment();
    assert_true(language_is_chinese());
}

static void without_variables_nothing_changes(void **state) {
    (void)state;
    language_set(LANGUAGE_CHINESE);
    language_set_from_environment();
    assert_true(language_is_chinese());
    setenv("LANG", "C", 1);
    language_set_from_environment();
    assert_false(language_is_chinese());
}

static bool note_language(int part, int parts, void *context, Error *error) {
    (void)parts, (void)error;
    ((bool *)context)[part] = language_is_chinese();
    return true;
}

static void a_thread_that_reads_another_language_changes_no_other(void **state) {
    (void)state;
    bool chinese[3] = {false};
    language_use(LANGUAGE_CHINESE);
    assert_string_equal(T("year", "年份"), "年份");
    assert_true(parallel_run(3, note_language, chinese, NULL)); // work done for it is in it too
    assert_true(chinese[0] && chinese[1] && chinese[2]);
    language_use_usual();
    assert_string_equal(T("year", "年份"), "year");
    assert_true(parallel_run(3, note_language, chinese, NULL));
    assert_false(chinese[0] || chinese[1] || chinese[2]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(gives_the_text_of_the_language, forget_environment),
        cmocka_unit_test_setup(earlier_variables_win, forget_environment),
        cmocka_unit_test_setup(empty_variables_are_passed_over, forget_environment),
        cmocka_unit_test_setup(without_variables_nothing_changes, forget_environment),
        cmocka_unit_test_setup(a_thread_that_reads_another_language_changes_no_other,
                               forget_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
