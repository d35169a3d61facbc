// Trees as text.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/view/json_text.h"

static void assert_text(json_t *json, const char *wanted) {
    Buffer out = {0};
    view_json_append(&out, json);
    assert_string_equal(out.data, wanted);
    buffer_free(&out);
    json_decref(json);
}

static void figures_are_exact_and_short(void **state) {
    (void)state;
    assert_text(json_real(0.1), "0.1");
    assert_text(json_real(0.1 + 0.2), "0.30000000000000004");
    assert_text(json_real(2), "2");
    assert_text(json_real(1e22), "1e+22");
    assert_text(json_integer(9007199254740993), "9007199254740993");
}

static void trees_are_written_in_their_order_without_blanks(void **state) {
    (void)state;
    assert_text(json_pack("{s:[i, f, s], s:{}, s:[], s:n, s:b, s:b}", "z", 1, 2.5, "临河\"", "a",
                          "list", "none", "yes", 1, "no", 0),
                "{\"z\":[1,2.5,\"临河\\\"\"],\"a\":{},\"list\":[],\"none\":null,\"yes\":true,"
                "\"no\":false}");
}

static void trees_may_be_deep(void **state) {
    (void)state;
    enum { DEPTH = 1000 };
    json_t *json = json_array();
    for (int i = 0; i < DEPTH; i++)
        json = json_pack("{s:o}", "children", json_pack("[o]", json));
    Buffer out = {0};
    view_json_append(&out, json);
    json_t *again = json_loads(out.data, 0, NULL);
    assert_true(json_equal(again, json));
    json_decref(again);
    json_decref(json);
    buffer_free(&out);
}

static void texts_that_are_not_utf8_are_mended_and_do_not_crash(void **state) {
    (void)state;
    assert_text(json_pack("{s:o, s:i}", "who", view_text_to_json("张\xe5\xbc"), "n", 1),
                "{\"who\":\"张\xef\xbf\xbd\xef\xbf\xbd\",\"n\":1}");
    assert_text(view_text_to_json("临\"河\n"), "\"临\\\"河\\n\"");
    assert_text(view_text_to_json(""), "\"\"");
    assert_text(view_text_to_json(NULL), "null");
    assert_text(view_text_or_null(""), "null");
    assert_text(NULL, "null");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_exact_and_short),
        cmocka_unit_test(trees_are_written_in_their_order_without_blanks),
        cmocka_unit_test(trees_may_be_deep),
        cmocka_unit_test(texts_that_are_not_utf8_are_mended_and_do_not_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
