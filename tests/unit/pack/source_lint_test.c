// Comparisons used as an index are found with their line, and nothing else is.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/pack/source_lint.h"

static size_t lint(const char *text, int *line) {
    BundleFile file = {"pack.lua", text, strlen(text)};
    Bundle bundle = {.files = &file, .count = 1};
    ProblemList problems = {0};
    bool good = source_lint(&bundle, &problems);
    size_t count = problems.count;
    assert_int_equal(good, count == 0);
    if (count && line) *line = problems.items[0].line;
    problems_free(&problems);
    return count;
}

static void finds_each_comparison(void **state) {
    (void)state;
    static const char *const bad[] = {
        "x = t[a < b]",        "x = t[a > b]",       "x = t[a <= b]",
        "x = t[a >= b]",       "x = t[a == b]",      "x = t[a ~= b]",
        "x = { [a < b] = 1 }", "x = t[u[1] < 2]",    "x = t[(a < b)]",
        "x = t[ ((a == b)) ]", "x = t[not (a < b)]", "x = t[(a < b) and 1 or 2]"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(lint(bad[i], NULL), 1);
}

static void names_the_line(void **state) {
    (void)state;
    int line = 0;
    assert_int_equal(lint("-- t[a < b]\nlocal s = [[\nt[a<b] ]]\nlocal x = t[\n  a < b]", &line),
                     1);
    assert_int_equal(line, 5);
}

static void leaves_good_code_alone(void **state) {
    (void)state;
    static const char *const good[] = {"if t[a] < b then end",
                                       "x = t[f(a < b)]",
                                       "x = t[f(not (a < b))]",
                                       "x = t[a << 2]",
                                       "x = t[a >> 2]",
                                       "x = t['a < b']",
                                       "x = t[\"]\\\" a < b\"]",
                                       "x = [==[ t[a < b] ]==]",
                                       "--[[ t[a < b] ]] x = 1",
                                       "t[a] = b == c",
                                       "x = t[#t] == 2",
                                       "local x <const> = 1",
                                       ""};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(lint(good[i], NULL), 0);
}

static void survives_broken_source(void **state) {
    (void)state;
    static const char *const broken[] = {"[[",    "\"abc", "--[==[ x", "]]]]",
                                         "t[[[[", "'\\",   "t[a <"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        lint(broken[i], NULL);
    char deep[2000];
    memset(deep, '[', sizeof deep - 1);
    for (size_t i = 1; i < sizeof deep - 1; i += 2)
        deep[i] = 'x';
    deep[sizeof deep - 1] = '\0';
    assert_int_equal(lint(deep, NULL), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_each_comparison), cmocka_unit_test(names_the_line),
        cmocka_unit_test(leaves_good_code_alone), cmocka_unit_test(survives_broken_source)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
