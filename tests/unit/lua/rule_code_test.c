// What tells rules apart: the digests of their code and of what they use depend on what they do,
// not on where they stand, what their variables are called or in which order tables were filled.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/lua/small_pack.h"

// The last of the rules of a pack.
static json_t *describe(const char *prelude, const char *rule) {
    SmallPack *pack = small_pack_open(&sandbox_default_limits, NULL, prelude, &rule, 1);
    const json_t *rules = json_object_get(pack->description, "rules");
    json_t *found = json_deep_copy(json_array_get(rules, json_array_size(rules) - 1));
    small_pack_free(pack);
    return found;
}

static bool are_same(const char *key, json_t *left, json_t *right) {
    assert_non_null(json_object_get(left, "code"));
    const json_t *of_left = json_object_get(left, key), *of_right = json_object_get(right, key);
    bool same = of_left ? json_equal(of_left, of_right) : !of_right;
    json_decref(left);
    json_decref(right);
    return same;
}

static void a_rule_that_moved_is_the_same(void **state) {
    (void)state;
    const char *rule = "function(year) if year > 2020 then return 'red' end end";
    assert_true(are_same("code", describe("", rule),
                         describe("local a, b = 1, 2\n\nlocal c = a + b",
                                  "function(year)\n  -- why\n  if year > 2020 then\n    return "
                                  "'red' end end")));
    assert_true(
        are_same("uses", describe("local limit = 3", "function(year) return limit end"),
                 describe("local other = 1 local limit = 3", "function(year) return limit end")));
    assert_true(
        are_same("code", describe("local limit = 3", "function(year) return limit end"),
                 describe("local other = 1 local limit = 3", "function(year) return limit end")));
}

static void another_constant_operator_or_input_is_another_rule(void **state) {
    (void)state;
    const char *rule = "function(year) if year > 2020 then return 'red' end end";
    static const char *const others[] = {
        "function(year) if year > 2021 then return 'red' end end",
        "function(year) if year >= 2020 then return 'red' end end",
        "function(year) if year > 2020 then return 'blue' end end",
        "function(year) if year > 2020.0 then return 'red' end end",
        "function(plan_end) if plan_end > 2020 then return 'red' end end",
        "function(year) local f = function() return year > 2020 end return f() and 'red' or nil end"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(are_same("code", describe("", rule), describe("", others[i])));
}

static void functions_inside_a_rule_count(void **state) {
    (void)state;
    assert_false(are_same("code",
                          describe("", "function() return (function() return 'red' end)() end"),
                          describe("", "function() return (function() return 'blue' end)() end")));
}

static void what_a_rule_uses_is_told_by_name(void **state) {
    (void)state;
    const char *rule = "function(year) return pick(limits[1], year) end";
    const char *one = "local limits = { 1, low = 2, high = { 3 } } "
                      "local function pick(a, b) return a > b and 'red' or nil end";
    const char *same = "local limits = { high = { 3 }, low = 2, 1 } \n"
                       "local function pick(x, y) return x > y and 'red' or nil end";
    const char *table = "local limits = { 1, low = 2, high = { 4 } } "
                        "local function pick(a, b) return a > b and 'red' or nil end";
    assert_true(are_same("uses", describe(one, rule), describe(same, rule)));
    assert_true(are_same("code", describe(one, rule), describe(table, rule)));
    json_t *left = describe(one, rule), *right = describe(table, rule);
    const json_t *uses = json_object_get(left, "uses"), *others = json_object_get(right, "uses");
    assert_int_equal(json_object_size(uses), 2); // the environment is not among them
    assert_true(json_equal(json_object_get(uses, "pick"), json_object_get(others, "pick")));
    assert_false(json_equal(json_object_get(uses, "limits"), json_object_get(others, "limits")));
    json_decref(left);
    json_decref(right);
}

static void what_is_used_is_followed_to_the_end(void **state) {
    (void)state;
    const char *rule = "function() return first() end";
    const char *form = "local step = %d local function third() return step end "
                       "local function second() return third() end "
                       "local first = function() return second() end";
    char one[400], two[400];
    snprintf(one, sizeof one, form, 1);
    snprintf(two, sizeof two, form, 2);
    assert_true(are_same("uses", describe(one, rule), describe(one, rule)));
    assert_false(are_same("uses", describe(one, rule), describe(two, rule)));
}

static void functions_of_lua_and_std_are_told_apart(void **state) {
    (void)state;
    const char *rule = "function(year) return f(year) end";
    assert_false(are_same("uses", describe("local f = math.floor", rule),
                          describe("local f = math.ceil", rule)));
    assert_true(are_same("uses", describe("local f = math.floor", rule),
                         describe("local f = math.floor", rule)));
    assert_false(
        are_same("uses", describe("local f = round", rule), describe("local f = truncate", rule)));
}

// The order in which rules lead into a ring must not show.
static void rings_are_followed_once(void **state) {
    (void)state;
    const char *ring = "local even, odd "
                       "function even(n) return n == 0 or odd(n - 1) end "
                       "function odd(n) return n ~= 0 and even(n - 1) end ";
    const char *rule = "function(year) return even(year) and 'red' or nil end";
    char with_another[600];
    snprintf(with_another, sizeof with_another,
             "%s warning \"first\" { on = \"region\", title = \"预警\", level = "
             "function(year) return odd(year) and 'red' or nil end }",
             ring);
    assert_true(are_same("uses", describe(ring, rule), describe(with_another, rule)));
    const char *table = "local t = { 1 } t.self = t";
    assert_true(are_same("uses", describe(table, "function() return t[1] end"),
                         describe(table, "function() return t[1] end")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_that_moved_is_the_same),
        cmocka_unit_test(another_constant_operator_or_input_is_another_rule),
        cmocka_unit_test(functions_inside_a_rule_count),
        cmocka_unit_test(what_a_rule_uses_is_told_by_name),
        cmocka_unit_test(what_is_used_is_followed_to_the_end),
        cmocka_unit_test(functions_of_lua_and_std_are_told_apart),
        cmocka_unit_test(rings_are_followed_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
