// Encodings of whole files.
#include <errno.h>
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/utf8.h"
#include "core/io/text_decode.h"

static void append_gb18030(Buffer *out, const char *text) {
    iconv_t converter = iconv_open("GB18030", "UTF-8");
    assert_true(converter != (iconv_t)-1);
    char bytes[1024], *from = (char *)text, *to = bytes;
    size_t left = strlen(text), room = sizeof bytes;
    assert_int_equal(iconv(converter, &from, &left, &to, &room), 0);
    buffer_append(out, bytes, sizeof bytes - room);
    iconv_close(converter);
}

static void assert_decodes(const void *bytes, size_t length, TextEncoding encoding,
                           const char *expected) {
    Buffer out = {0};
    TextEncoding found = (TextEncoding)99;
    Error error = {0};
    if (!text_decode(bytes, length, "f.csv", &out, &found, &error)) fail_msg("%s", error.message);
    assert_int_equal(found, encoding);
    assert_int_equal(out.length, strlen(expected));
    assert_string_equal(out.data, expected);
    buffer_free(&out);
}

static Error assert_refused(const void *bytes, size_t length, int line, int column) {
    Buffer out = {0};
    buffer_text(&out, "before");
    Error error = {0};
    assert_false(text_decode(bytes, length, "f.csv", &out, NULL, &error));
    assert_string_equal(out.data, "before");
    assert_int_equal(error.code, ERROR_INPUT);
    assert_string_equal(error.file, "f.csv");
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
    assert_true(error.hint[0] != '\0');
    buffer_free(&out);
    return error;
}

static void utf8_is_taken_as_it_is(void **state) {
    (void)state;
    const char *text = "地区,年份\r\n临河区,2020\r\n\U00020000";
    assert_decodes(text, strlen(text), TEXT_UTF8, text);
    assert_decodes("", 0, TEXT_UTF8, "");
    assert_decodes(NULL, 0, TEXT_UTF8, "");
    assert_decodes("year,value\n", 11, TEXT_UTF8, "year,value\n");
}

static void a_utf8_mark_is_dropped(void **state) {
    (void)state;
    const char *text = "\xEF\xBB\xBF地区\n";
    assert_decodes(text, strlen(text), TEXT_UTF8, "地区\n");
    assert_decodes("\xEF\xBB\xBF", 3, TEXT_UTF8, "");
}

static void marked_utf8_with_other_bytes_is_refused(void **state) {
    (void)state;
    const char *text = "\xEF\xBB\xBF地区\n临\xC1\xD9\n";
    Error error = assert_refused(text, strlen(text), 2, 2);
    assert_non_null(strstr(error.message, "UTF-8"));
}

static void utf16_is_refused_with_the_way_out(void **state) {
    (void)state;
    Error error = assert_refused("\xFF\xFEy\0e\0", 6, 1, 1);
    assert_non_null(strstr(error.message, "UTF-16"));
    assert_non_null(strstr(error.hint, "CSV UTF-8"));
    error = assert_refused("\xFE\xFF\0y", 4, 1, 1);
    assert_non_null(strstr(error.message, "UTF-16"));
}

static void a_nul_is_refused_where_it_stands(void **state) {
    (void)state;
    Error error = assert_refused("a,b\n中,\0x", 9, 2, 3);
    assert_non_null(strstr(error.message, "NUL"));
    assert_refused("\0", 1, 1, 1);
}

static void gb18030_is_converted(void **state) {
    (void)state;
    Buffer bytes = {0};
    const char *text =
        "地区,指标,年份\r\n临河区,孕产妇死亡率,2020\r\n\u73a5\u5586\u6dfc,\u20ac\u2030,1\n";
    append_gb18030(&bytes, text);
    assert_decodes(bytes.data, bytes.length, TEXT_GB18030, text);
    assert_decodes("\xD6\xD0\xCE\xC4", 4, TEXT_GB18030, "中文");
    buffer_free(&bytes);
}

static void four_byte_characters_are_converted(void **state) {
    (void)state;
    assert_decodes("\xD6\xD0\x81\x39\xEE\x39\x95\x32\x82\x36,1", 12, TEXT_GB18030,
                   "中\u3400\U00020000,1");
    assert_decodes("\x95\x32\x82\x36", 4, TEXT_GB18030, "\U00020000");
}

static void a_gb18030_mark_is_dropped(void **state) {
    (void)state;
    assert_decodes("\x84\x31\x95\x33\xD6\xD0", 6, TEXT_GB18030, "中");
}

static void long_gb18030_lines_are_converted_whole(void **state) {
    (void)state;
    Buffer bytes = {0}, expected = {0};
    for (int i = 0; i < 20000; i++) {
        buffer_append(&bytes, "\xD6\xD0", 2);
        buffer_text(&expected, "中");
    }
    assert_decodes(bytes.data, bytes.length, TEXT_GB18030, expected.data);
    buffer_free(&bytes);
    buffer_free(&expected);
}

// As GB18030 both lines would decode, the first into nonsense.
static void gb18030_after_utf8_is_mixed(void **state) {
    (void)state;
    Buffer bytes = {0};
    buffer_text(&bytes, "region,year\n中文,2020\n");
    append_gb18030(&bytes, "临河区,2021\n");
    Error error = assert_refused(bytes.data, bytes.length, 3, 1);
    assert_non_null(strstr(error.message, "mixes two encodings"));
    assert_non_null(strstr(error.message, "line 2 is UTF-8"));
    buffer_free(&bytes);
}

static void utf8_after_gb18030_is_mixed(void **state) {
    (void)state;
    Buffer bytes = {0};
    append_gb18030(&bytes, "地区,年份\n临河区,2021\n");
    buffer_text(&bytes, "2020,中文\n");
    Error error = assert_refused(bytes.data, bytes.length, 3, 6);
    assert_non_null(strstr(error.message, "this line is UTF-8, line 1 is GB18030"));
    buffer_free(&bytes);
}

static void both_in_one_line_is_told_at_the_place(void **state) {
    (void)state;
    Buffer bytes = {0};
    buffer_text(&bytes, "地区,说明\n临河区,");
    append_gb18030(&bytes, "情况");
    buffer_text(&bytes, "\n");
    assert_refused(bytes.data, bytes.length, 2, 5);
    buffer_free(&bytes);
}

static void bytes_of_neither_are_told_at_the_place(void **state) {
    (void)state;
    Buffer bytes = {0};
    append_gb18030(&bytes, "地区,说明\n临河区,x");
    buffer_text(&bytes, "\xFF\n");
    Error error = assert_refused(bytes.data, bytes.length, 2, 6);
    assert_non_null(strstr(error.message, "neither UTF-8 nor GB18030"));
    buffer_free(&bytes);
}

static void a_file_cut_in_a_character_is_refused(void **state) {
    (void)state;
    assert_refused("中文\n中\xE6\x96", 12, 2, 2);
}

// CD A8 is "通" in GBK and U+0368, a combining mark, in UTF-8.
static void a_gbk_line_that_happens_to_be_utf8_goes_with_the_file(void **state) {
    (void)state;
    Buffer bytes = {0};
    append_gb18030(&bytes, "地区,说明\n通,1\n");
    assert_true(utf8_valid(bytes.data + 10, 2, NULL));
    assert_decodes(bytes.data, bytes.length, TEXT_GB18030, "地区,说明\n通,1\n");
    buffer_free(&bytes);
}

// E9A1 B0E9 B0A1 are three Han characters of GB2312, and E9A1B0 E9B0A1 two of UTF-8.
static void a_chance_line_inside_gb2312_goes_with_the_file(void **state) {
    (void)state;
    Buffer bytes = {0}, expected = {0};
    append_gb18030(&bytes, "地区\n");
    buffer_text(&bytes, "\xE9\xA1\xB0\xE9\xB0\xA1\n");
    assert_true(utf8_valid("\xE9\xA1\xB0\xE9\xB0\xA1", 6, NULL));
    TextEncoding encoding;
    assert_true(text_decode(bytes.data, bytes.length, NULL, &expected, &encoding, NULL));
    assert_int_equal(encoding, TEXT_GB18030);
    assert_string_equal(expected.data, "地区\n椤伴啊\n");
    buffer_free(&bytes);
    buffer_free(&expected);
}

// ---- files -------------------------------------------------------------------------------------

static void write_file(char path[32], const void *bytes, size_t length) {
    strcpy(path, "/tmp/text_decode_XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, length), length);
    close(descriptor);
}

static void a_file_is_read_and_decoded(void **state) {
    (void)state;
    char path[32];
    write_file(path, "\xD6\xD0\n", 3);
    Buffer out = {0};
    TextEncoding encoding;
    assert_true(text_decode_file(path, 0, &out, &encoding, NULL));
    assert_string_equal(out.data, "中\n");
    assert_int_equal(encoding, TEXT_GB18030);
    unlink(path);
    buffer_free(&out);
}

static void a_file_may_be_as_long_as_the_limit(void **state) {
    (void)state;
    char path[32], bytes[100001];
    memset(bytes, 'x', sizeof bytes);
    write_file(path, bytes, sizeof bytes);
    Buffer out = {0};
    Error error = {0};
    assert_false(text_decode_file(path, 100000, &out, NULL, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
    assert_string_equal(error.file, path);
    assert_non_null(strstr(error.message, "100000"));
    assert_true(text_decode_file(path, 100001, &out, NULL, &error));
    assert_int_equal(out.length, 100001);
    unlink(path);
    buffer_free(&out);
}

static void a_file_that_is_not_there_is_named(void **state) {
    (void)state;
    Buffer out = {0};
    Error error = {0};
    assert_false(text_decode_file("/nonexistent/观测.csv", 0, &out, NULL, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_string_equal(error.file, "/nonexistent/观测.csv");
    assert_false(text_decode_file("/", 0, &out, NULL, &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
    buffer_free(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_taken_as_it_is),
        cmocka_unit_test(a_utf8_mark_is_dropped),
        cmocka_unit_test(marked_utf8_with_other_bytes_is_refused),
        cmocka_unit_test(utf16_is_refused_with_the_way_out),
        cmocka_unit_test(a_nul_is_refused_where_it_stands),
        cmocka_unit_test(gb18030_is_converted),
        cmocka_unit_test(four_byte_characters_are_converted),
        cmocka_unit_test(a_gb18030_mark_is_dropped),
        cmocka_unit_test(long_gb18030_lines_are_converted_whole),
        cmocka_unit_test(gb18030_after_utf8_is_mixed),
        cmocka_unit_test(utf8_after_gb18030_is_mixed),
        cmocka_unit_test(both_in_one_line_is_told_at_the_place),
        cmocka_unit_test(bytes_of_neither_are_told_at_the_place),
        cmocka_unit_test(a_file_cut_in_a_character_is_refused),
        cmocka_unit_test(a_gbk_line_that_happens_to_be_utf8_goes_with_the_file),
        cmocka_unit_test(a_chance_line_inside_gb2312_goes_with_the_file),
        cmocka_unit_test(a_file_is_read_and_decoded),
        cmocka_unit_test(a_file_may_be_as_long_as_the_limit),
        cmocka_unit_test(a_file_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
