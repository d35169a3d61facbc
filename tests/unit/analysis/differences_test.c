// Inputs that differ between two explanations: which are noted, under which item.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/analysis/differences_inside.h"

// An item that holds one, which has an input, a rule that says whether it applies, and a source
// below the input.
static json_t *tree_of(const char *done, const char *applies, const char *extra) {
    json_t *tree =
        json_pack("{s:s, s:[{s:s, s:s, s:[{s:s, s:s, s:s, s:{s:i}, s:["
                  "{s:s, s:s, s:{s:i}, s:[{s:s, s:s}]}, {s:s, s:s, s:[{s:s, s:s, s:s}]}]}]}]}",
                  "title", "Assessment", "children", "title", "Holder", "id", "holder", "children",
                  "title", "Leaf", "id", "leaf", "value", "1.00 / 2", "rule", "line", 7, "children",
                  "title", "applies", "value", "true", "rule", "line", 8, "children", "title",
                  "has_school", "value", applies, "title", "done", "value", done, "children",
                  "title", "Source", "id", "done", "value", "ignored");
    assert_non_null(tree);
    json_t *leaf = json_array_get(
        json_object_get(json_array_get(json_object_get(tree, "children"), 0), "children"), 0);
    if (extra)
        json_array_append_new(json_object_get(leaf, "children"),
                              json_pack("{s:s, s:s}", "title", "extra", "value", extra));
    return tree;
}

static DifferencesReport report_of(ItemDifference items[2]) {
    items[0] = (ItemDifference){.id = "holder", .parent = -1};
    items[1] = (ItemDifference){.id = "leaf", .parent = 0, .leaf = true};
    return (DifferencesReport){.items = items, .item_count = 2};
}

static void compare(DifferencesReport *report, json_t *first, json_t *second) {
    differences_compare_inputs(report, (const json_t *const[SIDES]){first, second});
    json_decref(first);
    json_decref(second);
}

static void test_inputs_that_differ_are_noted(void **state) {
    (void)state;
    ItemDifference items[2];
    DifferencesReport report = report_of(items);
    compare(&report, tree_of("3", "1", NULL), tree_of("4", "0", NULL));
    assert_int_equal(items[0].input_count, 0);
    assert_int_equal(items[1].input_count, 2);
    assert_string_equal(items[1].inputs[0].name, "has_school");
    assert_string_equal(items[1].inputs[0].values[0], "1");
    assert_string_equal(items[1].inputs[0].values[1], "0");
    assert_string_equal(items[1].inputs[1].name, "done");
    assert_string_equal(items[1].inputs[1].values[1], "4");
    arena_free(&report.arena);
}

static void test_inputs_that_are_the_same_are_not(void **state) {
    (void)state;
    ItemDifference items[2];
    DifferencesReport report = report_of(items);
    compare(&report, tree_of("3", "1", NULL), tree_of("3", "1", NULL));
    assert_int_equal(items[1].input_count, 0);
    arena_free(&report.arena);
}

static void test_an_input_of_one_side_alone_differs(void **state) {
    (void)state;
    ItemDifference items[2];
    DifferencesReport report = report_of(items);
    compare(&report, tree_of("3", "1", NULL), tree_of("3", "1", "9"));
    assert_int_equal(items[1].input_count, 1);
    assert_string_equal(items[1].inputs[0].name, "extra");
    assert_null(items[1].inputs[0].values[0]);
    assert_string_equal(items[1].inputs[0].values[1], "9");
    arena_free(&report.arena);
}

static void test_an_item_of_one_side_alone_has_that_sides_inputs(void **state) {
    (void)state;
    ItemDifference items[2];
    DifferencesReport report = report_of(items);
    compare(&report, tree_of("3", "1", NULL), json_pack("{s:s}", "title", "Assessment"));
    assert_int_equal(items[1].input_count, 2);
    assert_null(items[1].inputs[0].values[1]);
    arena_free(&report.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_inputs_that_differ_are_noted),
        cmocka_unit_test(test_inputs_that_are_the_same_are_not),
        cmocka_unit_test(test_an_input_of_one_side_alone_differs),
        cmocka_unit_test(test_an_item_of_one_side_alone_has_that_sides_inputs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
