// Well-formedness, width and walking of UTF-8.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/utf8.h"

static size_t first_bad(const char *bytes) {
    size_t bad = SIZE_MAX;
    return utf8_valid(bytes, strlen(bytes), &bad) ? SIZE_MAX : bad;
}

static void accepts_every_length_of_character(void **state) {
    (void)state;
    assert_int_equal(first_bad(""), SIZE_MAX);
    assert_int_equal(first_bad("a\u00e9\u4e2d\U00020000"), SIZE_MAX);
    assert_int_equal(first_bad("\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80"),
                     SIZE_MAX);
    assert_int_equal(first_bad("\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"), SIZE_MAX);
    assert_true(utf8_valid("a\0b", 3, NULL));
}

static void refuses_what_is_not_well_formed(void **state) {
    (void)state;
    assert_int_equal(first_bad("ab\x80"), 2);             // a continuation alone
    assert_int_equal(first_bad("\xC0\x80"), 0);           // overlong NUL
    assert_int_equal(first_bad("\xC1\xBF"), 0);           // overlong
    assert_int_equal(first_bad("a\xE0\x9F\xBF"), 1);      // overlong in three
    assert_int_equal(first_bad("\xF0\x8F\xBF\xBF"), 0);   // overlong in four
    assert_int_equal(first_bad("\u4e2d\xED\xA0\x80"), 3); // surrogate
    assert_int_equal(first_bad("\xF4\x90\x80\x80"), 0);   // beyond U+10FFFF
    assert_int_equal(first_bad("\xF5\x80\x80\x80"), 0);
    assert_int_equal(first_bad("\xE4\xB8z"), 0);
    assert_int_equal(first_bad("\xFF"), 0);
}

static void refuses_a_character_cut_at_the_end(void **state) {
    (void)state;
    const char text[] = "x\xF0\xA0\x80\x80";
    for (size_t length = 2; length < 5; length++) {
        size_t bad = 0;
        assert_false(utf8_valid(text, length, &bad));
        assert_int_equal(bad, 1);
    }
    assert_true(utf8_valid(text, 5, NULL));
}

static void counts_terminal_columns(void **state) {
    (void)state;
    assert_int_equal(utf8_width(""), 0);
    assert_int_equal(utf8_width("abc"), 3);
    assert_int_equal(utf8_width("孕产妇死亡率"), 12);
    assert_int_equal(utf8_width("\uff21\uff1a\u3002"), 6); // full-width A and colon, 。
    assert_int_equal(utf8_width("\U00020000"), 2);
    assert_int_equal(utf8_width("caf\u00e9 \u2026 \u00b1"), 8);
    assert_int_equal(utf8_width("e\u0301"), 1);            // combining acute
    assert_int_equal(utf8_width("\u845b\U000e0100"), 2);   // Han with a variation selector
    assert_int_equal(utf8_width("\u1112\u1161\u11ab"), 2); // Hangul in parts
    assert_int_equal(utf8_width("\ud55c\uff71\uffe5"), 5); // Hangul, half-width kana, ¥
    assert_int_equal(utf8_width("\U0001f600"), 2);
    assert_int_equal(utf8_width("\u200b\ufeff"), 0);
    assert_int_equal(utf8_width("\u303f\u303e"), 3); // the half fill space is narrow
    assert_int_equal(utf8_width("a\tb"), 3);
}

static void prefix_never_splits_a_character(void **state) {
    (void)state;
    assert_int_equal(utf8_prefix("中文ab", 0), 0);
    assert_int_equal(utf8_prefix("中文ab", 1), 0);
    assert_int_equal(utf8_prefix("中文ab", 2), 3);
    assert_int_equal(utf8_prefix("中文ab", 3), 3);
    assert_int_equal(utf8_prefix("中文ab", 5), 7);
    assert_int_equal(utf8_prefix("中文ab", 99), 8);
    assert_int_equal(utf8_prefix("e\u0301x", 1), 3); // the mark stays with its letter
}

static void walks_any_bytes(void **state) {
    (void)state;
    uint32_t character;
    const char *text = "A\u4e2d\U0010ffff";
    text = utf8_next(text, &character);
    assert_int_equal(character, 'A');
    text = utf8_next(text, &character);
    assert_int_equal(character, 0x4E2D);
    text = utf8_next(text, &character);
    assert_int_equal(character, 0x10FFFF);
    assert_ptr_equal(utf8_next(text, &character), text);
    assert_int_equal(character, 0);

    const char *broken = "\xE4\xB8";
    assert_ptr_equal(utf8_next(broken, &character), broken + 1);
    assert_int_equal(character, 0xFFFD);
}

static void the_first_character_is_read_within_its_bytes(void **state) {
    (void)state;
    uint32_t character = 1;
    assert_int_equal(utf8_first("", 0, &character), 0);
    assert_int_equal(character, 0);
    assert_int_equal(utf8_first("\u4e2d", 3, &character), 3);
    assert_int_equal(character, 0x4E2D);
    assert_int_equal(utf8_first("\u4e2d", 2, &character), 1); // the third byte is not there
    assert_int_equal(character, 0xFFFD);
    assert_int_equal(utf8_first("\0", 1, &character), 1);
    assert_int_equal(character, 0);
}

static void characters_are_counted(void **state) {
    (void)state;
    assert_int_equal(utf8_count(""), 0);
    assert_int_equal(utf8_count("临河q"), 3);
    assert_int_equal(utf8_count("\xf0\x9f\x98\x80\xff"), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_every_length_of_character),
        cmocka_unit_test(refuses_what_is_not_well_formed),
        cmocka_unit_test(refuses_a_character_cut_at_the_end),
        cmocka_unit_test(counts_terminal_columns),
        cmocka_unit_test(prefix_never_splits_a_character),
        cmocka_unit_test(walks_any_bytes),
        cmocka_unit_test(the_first_character_is_read_within_its_bytes),
        cmocka_unit_test(characters_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
