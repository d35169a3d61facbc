// Errors in the shape of the command line and in that of the API.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/view/problems_json.h"

static json_t *expect(const char *format) {
    json_t *json = json_loads(format, 0, NULL);
    assert_non_null(json);
    return json;
}

static void assert_json(json_t *got, const char *wanted_text) {
    json_t *wanted = expect(wanted_text);
    char *text = json_dumps(got, JSON_INDENT(2));
    if (!json_equal(got, wanted)) fail_msg("%s\nis not\n%s", text, wanted_text);
    free(text);
    json_decref(wanted);
    json_decref(got);
}

static void an_error_says_what_where_and_what_to_do(void **state) {
    (void)state;
    Error error = {0};
    error_set(&error, ERROR_PACK, "unknown name \"x\"");
    error_at(&error, "pack.lua", 12, 3);
    error_hint(&error, "did you mean \"y\"?");
    assert_json(view_error_json(&error),
                "{\"code\": \"pack\", \"message\": \"unknown name \\\"x\\\"\","
                " \"where\": {\"file\": \"pack.lua\", \"line\": 12, \"column\": 3},"
                " \"hint\": \"did you mean \\\"y\\\"?\"}");
}

static void what_an_error_does_not_know_is_null(void **state) {
    (void)state;
    Error error = {0};
    error_set(&error, ERROR_NOT_FOUND, "no such run");
    assert_json(view_error_json(&error), "{\"code\": \"not_found\", \"message\": \"no such run\","
                                         " \"where\": null, \"hint\": null}");
    error_at(&error, "pack.lua", 0, 0);
    assert_json(view_error_json(&error),
                "{\"code\": \"not_found\", \"message\": \"no such run\", \"where\": {\"file\":"
                " \"pack.lua\", \"line\": null, \"column\": null}, \"hint\": null}");
}

static void problems_are_a_list_of_the_same_shape(void **state) {
    (void)state;
    ProblemList problems = {0};
    problems_addf(&problems, ERROR_INPUT, "rows.csv", 1, 0, "row %d", 1);
    problems_addf(&problems, ERROR_LIMIT, NULL, 0, 0, "too many");
    assert_json(view_problems_json(&problems),
                "[{\"code\": \"input\", \"message\": \"row 1\", \"where\": {\"file\": \"rows.csv\","
                " \"line\": 1, \"column\": null}, \"hint\": null},"
                "{\"code\": \"limit\", \"message\": \"too many\", \"where\": null,"
                " \"hint\": null}]");
    problems_free(&problems);
}

static void the_command_line_has_a_flat_shape(void **state) {
    (void)state;
    ProblemList problems = {0};
    problems_addf(&problems, ERROR_PACK, "pack.lua", 4, 0, "bad");
    assert_json(view_failure_json(&problems),
                "{\"ok\": false, \"problems\": [{\"code\": \"pack\", \"message\": \"bad\","
                " \"file\": \"pack.lua\", \"line\": 4, \"column\": null, \"hint\": null}],"
                " \"more_problems\": 0}");
    problems_free(&problems);
}

static void bytes_that_are_no_text_still_give_json(void **state) {
    (void)state;
    Error error = {0};
    error_set(&error, ERROR_INPUT, "cannot read \xFF\xC0");
    error_at(&error, "\xE4\xB8.csv", 1, 0);
    json_t *json = view_error_json(&error);
    assert_non_null(json);
    assert_string_equal(json_string_value(json_object_get(json, "message")),
                        "cannot read \uFFFD\uFFFD");
    json_decref(json);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_says_what_where_and_what_to_do),
        cmocka_unit_test(what_an_error_does_not_know_is_null),
        cmocka_unit_test(problems_are_a_list_of_the_same_shape),
        cmocka_unit_test(the_command_line_has_a_flat_shape),
        cmocka_unit_test(bytes_that_are_no_text_still_give_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
