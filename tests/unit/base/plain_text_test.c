// Text without control characters.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/plain_text.h"

static void plain_texts_are_plain(void **state) {
    (void)state;
    static const char *const texts[] = {
        "",         "text",         "两癌\t筛查\n", "\xc2\xa0",
        "\xc3\x9b", "\xe2\x80\x9b", "“—”…",         "\xf0\x9f\x98\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char copy[64];
        snprintf(copy, sizeof copy, "%s", texts[i]);
        assert_true(plain_text(copy, strlen(copy)));
        plain_text_clean(copy);
        assert_string_equal(copy, texts[i]);
    }
}

// Under AddressSanitizer a look behind the text fails: bytes that end with a character of two bytes
// were once read for one more.
static void no_byte_behind_the_text_is_looked_at(void **state) {
    (void)state;
    static const char *const texts[] = {"\xc2\xa0", "两\xc2\xb7", "…",
                                        "题",       "",           "\xf0\x9f\x98\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t length = strlen(texts[i]);
        char *exact = malloc(length + !length);
        memcpy(exact, texts[i], length);
        assert_true(plain_text(exact, length));
        assert_true(plain_text_line(exact, length));
        free(exact);
    }
}

static void others_are_cleaned(void **state) {
    (void)state;
    static const struct {
        const char *text;
        const char *clean;
    } texts[] = {{"\x1b[2J", " [2J"},
                 {"a\rb", "a b"},
                 {"a\x7f", "a "},
                 {"a\xc2\x9b"
                  "b",
                  "a  b"},
                 {"李\u202e娜", "李   娜"}, // is shown as another name
                 {"\u2066", "   "},
                 {"\xff\xfe", "??"},
                 {"\xe4\xb8", "??"},
                 {"\xed\xa0\x80", "???"},
                 {"题\x07题", "题 题"},
                 {"\xc2", "?"},
                 {"\xc0\x9b", "??"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char copy[64];
        snprintf(copy, sizeof copy, "%s", texts[i].text);
        assert_false(plain_text(copy, strlen(copy)));
        plain_text_clean(copy);
        assert_string_equal(copy, texts[i].clean);
        assert_true(plain_text(copy, strlen(copy)));
    }
}

static void a_line_has_no_line_breaks_or_tabs(void **state) {
    (void)state;
    static const struct {
        const char *text, *clean;
    } texts[] = {{"临河\n区", "临河 区"}, {"a\tb", "a b"}, {"a\x1b\n", "a  "}};
    assert_true(plain_text_line("临河区", strlen("临河区")));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char copy[64];
        snprintf(copy, sizeof copy, "%s", texts[i].text);
        assert_false(plain_text_line(copy, strlen(copy)));
        plain_text_clean_line(copy);
        assert_string_equal(copy, texts[i].clean);
    }
}

static void a_line_has_no_line_feeds_in_it(void **state) {
    (void)state;
    char text[] = "a\nready\n\tFAKE\x1b….lua\n";
    plain_text_clean_line(text);
    assert_string_equal(text, "a ready  FAKE ….lua ");
    char plain[] = "";
    plain_text_clean_line(plain);
    assert_string_equal(plain, "");
}

static void a_nul_is_not_plain(void **state) {
    (void)state;
    assert_false(plain_text("a\0b", 3));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_texts_are_plain),
        cmocka_unit_test(no_byte_behind_the_text_is_looked_at),
        cmocka_unit_test(others_are_cleaned),
        cmocka_unit_test(a_line_has_no_line_breaks_or_tabs),
        cmocka_unit_test(a_line_has_no_line_feeds_in_it),
        cmocka_unit_test(a_nul_is_not_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
