// Errors in the shape of the command line and in that of the API.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/view/problems_json.h"

static json_t *parse(Buffer *out) {
    json_t *json = json_loads(out->data, JSON_REJECT_DUPLICATES, NULL);
    if (!json) fail_msg("no JSON: %s", out->data);
    buffer_free(out);
    return json;
}

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
    Buffer out = {0};
    error_set(&error, ERROR_PACK, "unknown name \"x\"");
    error_at(&error, "pack.lua", 12, 3);
    error_hint(&error, "did you mean \"y\"?");
    view_error_json(&error, &out);
    assert_json(parse(&out),
                "{\"error\": {\"code\": \"pack\", \"message\": \"unknown name \\\"x\\\"\","
                " \"where\": {\"file\": \"pack.lua\", \"line\": 12, \"column\": 3},"
                " \"hint\": \"did you mean \\\"y\\\"?\"}, \"problems\": []}");
}

static void what_an_error_does_not_know_is_null(void **state) {
    (void)state;
    Error error = {0};
    Buffer out = {0};
    error_set(&error, ERROR_NOT_FOUND, "no such run");
    view_error_json(&error, &out);
    assert_json(parse(&out), "{\"error\": {\"code\": \"not_found\", \"message\": \"no such run\","
                             " \"where\": null, \"hint\": null}, \"problems\": []}");
    error_at(&error, "pack.lua", 0, 0);
    view_error_json(&error, &out);
    json_t *json = parse(&out);
    const json_t *where = json_object_get(json_object_get(json, "error"), "where");
    assert_string_equal(json_string_value(json_object_get(where, "file")), "pack.lua");
    assert_true(json_is_null(json_object_get(where, "line")));
    assert_true(json_is_null(json_object_get(where, "column")));
    json_decref(json);
}

static void the_first_of_several_stands_for_all(void **state) {
    (void)state;
    ProblemList problems = {.limit = 2};
    Buffer out = {0};
    for (int line = 1; line <= 5; line++)
        problems_addf(&problems, ERROR_INPUT, "rows.csv", line, 0, "row %d", line);
    view_problems_json(&problems, &out);
    assert_json(parse(&out),
                "{\"error\": {\"code\": \"input\", \"message\": \"row 1\", \"where\": {\"file\":"
                " \"rows.csv\", \"line\": 1, \"column\": null}, \"hint\": null}, \"problems\": ["
                "{\"code\": \"input\", \"message\": \"row 1\", \"where\": {\"file\": \"rows.csv\","
                " \"line\": 1, \"column\": null}, \"hint\": null},"
                "{\"code\": \"input\", \"message\": \"row 2\", \"where\": {\"file\": \"rows.csv\","
                " \"line\": 2, \"column\": null}, \"hint\": null}], \"more_problems\": 3}");
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
    Buffer out = {0};
    error_set(&error, ERROR_INPUT, "cannot read \xFF\xC0");
    error_at(&error, "\xE4\xB8.csv", 1, 0);
    view_error_json(&error, &out);
    json_t *json = parse(&out);
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(json, "error"), "message")),
        "cannot read \uFFFD\uFFFD");
    json_decref(json);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_says_what_where_and_what_to_do),
        cmocka_unit_test(what_an_error_does_not_know_is_null),
        cmocka_unit_test(the_first_of_several_stands_for_all),
        cmocka_unit_test(the_command_line_has_a_flat_shape),
        cmocka_unit_test(bytes_that_are_no_text_still_give_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
