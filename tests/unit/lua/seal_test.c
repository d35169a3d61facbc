// What a loaded pack's rules may hold: which functions are refused because they keep something from
// one call to the next, and that tables made at load can be read as ever and not be changed.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/language.h"
#include "tests/unit/lua/small_pack.h"

static SmallPack *open_pack(const char *prelude, const char *rule) {
    language_set(LANGUAGE_ENGLISH);
    return small_pack_open(&sandbox_default_limits, NULL, prelude, &rule, 1);
}

// ---- what is assigned --------------------------------------------------------------------------

// Expects as many problems as there are lines, ended by 0, each naming the variable.
static void expect_assignments(const char *prelude, const char *rule, const char *name,
                               const int *lines) {
    SmallPack *pack = open_pack(prelude, rule);
    const json_t *problems = json_object_get(pack->description, "problems");
    size_t count = 0;
    for (; lines[count]; count++) {
        const json_t *problem = json_array_get(problems, count);
        const char *message = json_string_value(json_object_get(problem, "message"));
        if (!message || !strstr(message, name)) fail_msg("%s: %s", rule, message ? message : "-");
        assert_int_equal(json_integer_value(json_object_get(problem, "line")), lines[count]);
        assert_string_equal(json_string_value(json_object_get(problem, "file")), "pack.lua");
        assert_non_null(json_string_value(json_object_get(problem, "hint")));
    }
    if (json_array_size(problems) != count)
        fail_msg("%s: %zu problems", rule, json_array_size(problems));
    small_pack_free(pack);
}

static const int none[] = {0}, first[] = {1, 0}, second[] = {2, 0}, third[] = {3, 0};

static void a_rule_may_not_assign_what_outlives_the_call(void **state) {
    (void)state;
    expect_assignments("local n = 0", "function(x) n = n + 1 return n end", "'n'", second);
    expect_assignments("local n = 0", "function(x)\nn = x end", "'n'", third);
    expect_assignments("", "function(x) _ENV = {} end", "'_ENV'", second);
    expect_assignments("local a, n = 1, 2",
                       "function(x)\nlocal function f() return function() n = a end end f()() end",
                       "'n'", third);
}

static void nor_may_a_function_that_it_can_reach(void **state) {
    (void)state;
    expect_assignments("local n = 0 local function f() n = n + 1 end", "function(x) f() end", "'n'",
                       first);
    expect_assignments("local function new() local n = 0 return function() n = n + 1 return n end "
                       "end local f = new()",
                       "function(x) return f() end", "'n'", first);
    expect_assignments("local n = 0 local t = { { f = function() n = 1 end } }",
                       "function(x) return t end", "'n'", first);
    expect_assignments("local n = 0 local t = { [function() n = 1 end] = true }",
                       "function(x) return t end", "'n'", first);
    expect_assignments("local n = 0 local function f() n = n + 1 end",
                       "function(x) f()\nn = nil end", "'n'", (const int[]){3, 1, 0});
    expect_assignments("local n = 0 local function f() n = n + 1 end", "function(x) n = f() end",
                       "'n'", (const int[]){2, 1, 0});
}

static void what_lives_for_one_call_may_be_assigned(void **state) {
    (void)state;
    expect_assignments(
        "", "function(x) local n = 0 local function f() n = n + x end f() return n end", "", none);
    expect_assignments("",
                       "function(x) local function f() return function() x = x + 1 end end f()() "
                       "return x end",
                       "", none);
    expect_assignments("local function new() local n = 0 return function() n = n + 1 return n end "
                       "end",
                       "function(x) local f = new() f() return f() end", "", none);
    expect_assignments("local n = 0 local function unused() n = 1 end unused()",
                       "function(x) return n end", "", none);
    expect_assignments("local f function f(n) return n > 0 and f(n - 1) or 0 end",
                       "function(x) return f(x) end", "", none);
    expect_assignments("local deduct, text = deduct, string",
                       "function(x) return deduct(x, 1) + #text.format('%d', 1) end", "", none);
}

static void an_iterator_made_at_load_is_state_too(void **state) {
    (void)state;
    expect_assignments("local step = pairs { 1, 2 }", "function(x) return (step()) end", "`pairs`",
                       second);
    expect_assignments("local held = { { pairs { 1, 2 } } }", "function(x) return held[1][1]() end",
                       "`pairs`", second);
    expect_assignments("local step, list, at = ipairs { 1, 2 }",
                       "function(x) return (step(list, at)) end", "", none);
}

// Lines are kept as small steps from instruction to instruction, with a whole number now and then.
static void the_line_is_told_however_long_the_function(void **state) {
    (void)state;
    for (int gap = 0; gap <= 1200; gap += 60) {
        Buffer rule = {0};
        buffer_text(&rule, "function(x) local s = 'a' .. x\n");
        for (int i = 0; i < gap; i++)
            buffer_text(&rule,
                        i % 3 == 0 ? "s = s .. 'b' .. 1.5 .. 7 .. (s == 'c' and s or '')\n" : "\n");
        for (int i = 0; i < gap; i++)
            buffer_text(&rule, "\n");
        buffer_text(&rule, "n = s\nreturn function() local a = 1 return a end end");
        const int line[] = {3 + 2 * gap, 0};
        expect_assignments("local n", rule.data, "'n'", line);
        buffer_free(&rule);
    }
}

static void many_constants_and_functions_are_read(void **state) {
    (void)state;
    Buffer rule = {0};
    buffer_text(&rule, "function(x) local t = { nil, true, false, 1, 0.5, -3, 'short', '");
    for (int i = 0; i < 300; i++)
        buffer_text(&rule, "long ");
    buffer_text(&rule, "' }\n");
    for (int i = 0; i < 400; i++)
        buffer_printf(&rule,
                      "t[%d.25] = function(a, ...) local k <const> = %d.5 return a + k, t.f%d "
                      "end\n",
                      i, i, i);
    buffer_text(&rule, "n = t end");
    const int line[] = {2 + 401, 0};
    expect_assignments("local n", rule.data, "'n'", line);
    buffer_free(&rule);
}

static void one_place_is_told_once(void **state) {
    (void)state;
    expect_assignments(
        "local n = 0 local list = {} for i = 1, 1000 do list[i] = function() n = i end end",
        "function(x) return list end", "'n'", first);
}

// ---- what is changed ---------------------------------------------------------------------------

static const char tables[] =
    "local list, record = { 3, 1, 2 }, { a = 1, [true] = 'yes', inner = { 5, 6 }, [2.5] = 'x' } "
    "local empty = {} record.itself = record local key = {} record[key] = 'by table'";

typedef struct Called {
    uint8_t kind;
    double number;
    CallOutcome outcome;
    Error error;
} Called;

static bool note_failure(void *context, uint32_t lane, CallOutcome outcome, const Error *error) {
    (void)lane;
    Called *called = context;
    called->outcome = outcome;
    called->error = *error;
    return true;
}

static Called call(SmallPack *pack, double argument) {
    Called called = {.outcome = CALL_OK};
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBER, .number = argument};
    const RuleBatch batch = {.columns = &column,
                             .column_count = 1,
                             .lanes = (const uint32_t[]){0},
                             .lane_count = 1,
                             .kinds = &called.kind,
                             .numbers = &called.number,
                             .failed = note_failure,
                             .failed_context = &called};
    assert_true(small_pack_call(pack, &batch));
    return called;
}

static void tables_made_at_load_read_as_ever(void **state) {
    (void)state;
    static const char *const truths[] = {
        "#list == 3",
        "list[1] == 3 and list[4] == nil",
        "#empty == 0 and empty[1] == nil",
        "record.a == 1 and record[true] == 'yes' and record[2.5] == 'x' and record.b == nil",
        "#record.inner == 2 and record.inner[2] == 6",
        "record.itself == record and record.itself.itself.a == 1",
        "record[key] == 'by table'",
        "table.concat(list, ',') == '3,1,2'",
        "select('#', table.unpack(list)) == 3 and math.max(table.unpack(list)) == 3",
        "(function() local sum = 0 for i, v in ipairs(list) do sum = sum + i * v end return sum "
        "end)() == 11",
        "(function() local text = '' for k, v in pairs(record.inner) do text = text .. k .. v end "
        "return text end)() == '1526'",
        "(function() local copy = table.move(list, 1, #list, 1, {}) table.sort(copy) return "
        "table.concat(copy) end)() == '123'",
        "('a-b'):gsub('%a', record) == '1-b'",
        "weighted(list, { 1, 1 }) == (3 * 1 + 1) / 2",
        "type(list) == 'table' and tostring(list) == 'table'",
    };
    for (size_t i = 0; i < sizeof truths / sizeof truths[0]; i++) {
        char rule[512];
        snprintf(rule, sizeof rule, "function(x) return %s, list, record, empty, key end",
                 truths[i]);
        SmallPack *pack = open_pack(tables, rule);
        Called called = call(pack, 1);
        if (called.outcome != CALL_OK || called.kind != RULE_BOOLEAN || called.number != 1)
            fail_msg("%s: %s", truths[i], called.error.message);
        small_pack_free(pack);
    }
}

static void tables_made_at_load_cannot_be_changed(void **state) {
    (void)state;
    static const char *const changes[] = {
        "list[1] = 4",
        "list[4] = 4",
        "list[1] = nil",
        "record.a = 2",
        "record.b = 2",
        "record.inner[1] = 2",
        "record.itself.itself.inner[3] = 2",
        "empty[1] = 1",
        "key.x = 1",
        "table.insert(list, 4)",
        "table.insert(list, 1, 4)",
        "table.remove(list)",
        "table.sort(list)",
        "table.move({ 1 }, 1, 1, 1, list)",
        "(function() x = pcall(function() list[1] = 4 end) error('a table made when the pack was "
        "loaded cannot be changed') end)()",
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char rule[512];
        snprintf(rule, sizeof rule,
                 "function(x)\nif x == 1 then %s end return list[1] + record.a + "
                 "(record.inner[1] or 0) + #empty + (key.x or 0) + #list end",
                 changes[i]);
        SmallPack *pack = open_pack(tables, rule);
        Called called = call(pack, 1);
        assert_int_equal(called.outcome, CALL_RAISED);
        if (!strstr(called.error.message,
                    "a table made when the pack was loaded cannot be changed"))
            fail_msg("%s: %s", changes[i], called.error.message);
        assert_int_equal(called.error.line, 3);
        called = call(pack, 0);
        assert_int_equal(called.outcome, CALL_OK);
        assert_true(called.number == 3 + 1 + 5 + 0 + 0 + 3);
        small_pack_free(pack);
    }
}

static void tables_of_the_call_may_be_changed(void **state) {
    (void)state;
    SmallPack *pack =
        open_pack("local function fill(t, x) t[1] = x t[#t + 1] = 2 return t end",
                  "function(x) local t = fill({}, x) table.insert(t, 3) t[1] = nil t[1] "
                  "= x table.sort(t) return #t + t[1] end");
    Called called = call(pack, 1);
    assert_int_equal(called.outcome, CALL_OK);
    assert_true(called.number == 4);
    small_pack_free(pack);
}

// A pack may hang its tables as deep as it likes.
static void a_long_chain_of_tables_is_sealed(void **state) {
    (void)state;
    SmallPack *pack =
        open_pack("local chain = {} for _ = 1, 50000 do chain = { chain } end",
                  "function(x) local at = chain while at[1] do at = at[1] end at[1] = 1 "
                  "end");
    Called called = call(pack, 1);
    assert_int_equal(called.outcome, CALL_RAISED);
    assert_non_null(strstr(called.error.message, "cannot be changed"));
    small_pack_free(pack);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_may_not_assign_what_outlives_the_call),
        cmocka_unit_test(nor_may_a_function_that_it_can_reach),
        cmocka_unit_test(what_lives_for_one_call_may_be_assigned),
        cmocka_unit_test(an_iterator_made_at_load_is_state_too),
        cmocka_unit_test(the_line_is_told_however_long_the_function),
        cmocka_unit_test(many_constants_and_functions_are_read),
        cmocka_unit_test(one_place_is_told_once),
        cmocka_unit_test(tables_made_at_load_read_as_ever),
        cmocka_unit_test(tables_made_at_load_cannot_be_changed),
        cmocka_unit_test(tables_of_the_call_may_be_changed),
        cmocka_unit_test(a_long_chain_of_tables_is_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
