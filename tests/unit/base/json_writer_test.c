// JSON as text, exactly.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "core/base/json_writer.h"

static void write_nested(Buffer *out, bool compact) {
    JsonWriter json = {.out = out, .compact = compact};
    json_writer_begin_object(&json);
    json_writer_key(&json, "region");
    json_writer_string(&json, "临河区");
    json_writer_key(&json, "years");
    json_writer_begin_array(&json);
    json_writer_integer(&json, 2020);
    json_writer_integer(&json, INT64_MIN);
    json_writer_begin_object(&json);
    json_writer_end_object(&json);
    json_writer_end_array(&json);
    json_writer_key(&json, "none");
    json_writer_begin_array(&json);
    json_writer_end_array(&json);
    json_writer_key(&json, "met");
    json_writer_boolean(&json, true);
    json_writer_key(&json, "reason");
    json_writer_null(&json);
    json_writer_end_object(&json);
}

static void writes_nested_values_indented(void **state) {
    (void)state;
    Buffer out = {0};
    write_nested(&out, false);
    assert_string_equal(out.data, "{\n"
                                  "  \"region\": \"临河区\",\n"
                                  "  \"years\": [\n"
                                  "    2020,\n"
                                  "    -9223372036854775808,\n"
                                  "    {}\n"
                                  "  ],\n"
                                  "  \"none\": [],\n"
                                  "  \"met\": true,\n"
                                  "  \"reason\": null\n"
                                  "}");
    buffer_free(&out);
}

static void writes_nothing_between_when_compact(void **state) {
    (void)state;
    Buffer out = {0};
    write_nested(&out, true);
    assert_string_equal(out.data, "{\"region\":\"临河区\",\"years\":[2020,-9223372036854775808,{}],"
                                  "\"none\":[],\"met\":true,\"reason\":null}");
    buffer_free(&out);
}

static const char *one_string(Buffer *out, const char *text) {
    buffer_clear(out);
    JsonWriter json = {.out = out};
    json_writer_string(&json, text);
    return out->data;
}

static const char *one_number(Buffer *out, double value) {
    buffer_clear(out);
    JsonWriter json = {.out = out};
    json_writer_number(&json, value);
    return out->data;
}

static void escapes_strings(void **state) {
    (void)state;
    Buffer out = {0};
    assert_string_equal(one_string(&out, "a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    assert_string_equal(one_string(&out, "\n\r\t\x01\x1f\x7f"),
                        "\"\\n\\r\\t\\u0001\\u001f\\u007f\"");
    assert_string_equal(one_string(&out, "\u00e9\u4e2d\U00020000"), "\"\u00e9\u4e2d\U00020000\"");
    assert_string_equal(one_string(&out, "x\xFFy\xE4\xB8"), "\"x\uFFFDy\uFFFD\uFFFD\"");
    assert_string_equal(one_string(&out, "\uFFFD"), "\"\uFFFD\"");
    assert_string_equal(one_string(&out, NULL), "null");
    buffer_free(&out);
}

static void numbers_are_as_short_as_they_read_back(void **state) {
    (void)state;
    Buffer out = {0};
    assert_string_equal(one_number(&out, 12.4), "12.4");
    assert_string_equal(one_number(&out, 0.1 + 0.2), "0.30000000000000004");
    assert_string_equal(one_number(&out, -0.0), "0");
    assert_string_equal(one_number(&out, 1e22), "1e+22");
    assert_string_equal(one_number(&out, NAN), "null");
    assert_string_equal(one_number(&out, -INFINITY), "null");
    buffer_free(&out);
}

static void a_parser_reads_every_byte_back(void **state) {
    (void)state;
    char text[128];
    for (int i = 1; i < 128; i++)
        text[i - 1] = (char)i;
    text[127] = '\0';
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    json_writer_begin_array(&json);
    json_writer_string(&json, text);
    json_writer_end_array(&json);
    json_error_t error;
    json_t *root = json_loads(out.data, 0, &error);
    assert_non_null(root);
    assert_string_equal(json_string_value(json_array_get(root, 0)), text);
    json_decref(root);
    buffer_free(&out);
}

static void puts_a_member_with_its_key(void **state) {
    (void)state;
    Buffer out = {0};
    JsonWriter json = {.out = &out, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_string(&json, "name", "临河区");
    json_writer_put_string(&json, "hint", NULL);
    json_writer_put_number(&json, "value", 14.3);
    json_writer_put_integer(&json, "year", 2024);
    json_writer_put_boolean(&json, "met", false);
    json_writer_end_object(&json);
    assert_string_equal(
        out.data, "{\"name\":\"临河区\",\"hint\":null,\"value\":14.3,\"year\":2024,\"met\":false}");
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_nested_values_indented),
        cmocka_unit_test(writes_nothing_between_when_compact),
        cmocka_unit_test(puts_a_member_with_its_key),
        cmocka_unit_test(escapes_strings),
        cmocka_unit_test(numbers_are_as_short_as_they_read_back),
        cmocka_unit_test(a_parser_reads_every_byte_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
