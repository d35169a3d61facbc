// Texts of sessions and tokens: made, read, and refused in whatever form.
#include "core/auth/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SECRET "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN_-9"

static void what_is_made_is_read(void **state) {
    (void)state;
    static const int64_t ids[] = {1, 17, INT64_C(999999999999999999)};
    for (size_t i = 0; i < 3; i++) {
        char text[SECRET_TEXT_SIZE], hash[HASH_TEXT_SIZE], shown[HASH_TEXT_SIZE];
        int64_t id;
        secret_new(SECRET_TOKEN, ids[i], text, hash);
        assert_int_equal(strncmp(text, "bc_", 3), 0);
        assert_true(secret_parse(SECRET_TOKEN, text, &id, shown));
        assert_int_equal(id, ids[i]);
        assert_true(secret_equals(hash, shown));
        assert_false(secret_parse(SECRET_SESSION, text, &id, shown));
    }
}

static void no_two_are_the_same(void **state) {
    (void)state;
    char one[SECRET_TEXT_SIZE], other[SECRET_TEXT_SIZE], hash[HASH_TEXT_SIZE];
    secret_new(SECRET_SESSION, 1, one, hash);
    secret_new(SECRET_SESSION, 1, other, hash);
    assert_string_not_equal(one, other);
}

static void other_forms_are_refused(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "",
        "bc_",
        "bc_1",
        "bc_1_",
        "bc_1_" SECRET "x",
        "bc_1_abc",
        "bc__" SECRET,
        "bc_0_" SECRET,
        "bc_01_" SECRET,
        "bc_-1_" SECRET,
        "bc_+1_" SECRET,
        "bc_ 1_" SECRET,
        "bc_1000000000000000000_" SECRET,
        "bc_99999999999999999999999999_" SECRET,
        "bs_1_" SECRET,
        "BC_1_" SECRET,
        " bc_1_" SECRET,
        "bc_1_" SECRET " ",
        "bc_1_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN+/9",
        "bc_1_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN_9=",
        "bc_1_\xff\xff\xff\xff",
        "bc_1.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN_-9",
    };
    char hash[HASH_TEXT_SIZE];
    int64_t id;
    assert_true(secret_parse(SECRET_TOKEN, "bc_1_" SECRET, &id, hash));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (secret_parse(SECRET_TOKEN, wrong[i], &id, hash)) fail_msg("%s was taken", wrong[i]);
}

// Every single character changed, left out or put in: not one of them opens what the right one did.
static void a_text_with_one_mistake_is_another(void **state) {
    (void)state;
    char text[SECRET_TEXT_SIZE], hash[HASH_TEXT_SIZE], shown[HASH_TEXT_SIZE];
    int64_t id;
    secret_new(SECRET_TOKEN, 42, text, hash);
    size_t length = strlen(text);
    for (size_t at = 0; at < length; at++) {
        char changed[2 * SECRET_TEXT_SIZE];
        for (int byte = 1; byte < 256; byte++) {
            if ((char)byte == text[at]) continue;
            memcpy(changed, text, length + 1);
            changed[at] = (char)byte;
            assert_false(secret_parse(SECRET_TOKEN, changed, &id, shown) &&
                         secret_equals(hash, shown));
        }
        snprintf(changed, sizeof changed, "%.*s%s", (int)at, text, text + at + 1);
        assert_false(secret_parse(SECRET_TOKEN, changed, &id, shown) && secret_equals(hash, shown));
        snprintf(changed, sizeof changed, "%.*s7%s", (int)at, text, text + at);
        assert_false(secret_parse(SECRET_TOKEN, changed, &id, shown) && secret_equals(hash, shown));
    }
}

static void an_empty_hash_equals_nothing(void **state) {
    (void)state;
    assert_false(secret_equals("", ""));
    assert_false(secret_equals("", "a"));
    assert_false(secret_equals("a", ""));
    assert_false(secret_equals("ab", "a"));
    assert_true(secret_equals("ab", "ab"));
}

static void a_csrf_token_goes_with_its_session(void **state) {
    (void)state;
    char one[SECRET_SEED_SIZE], other[SECRET_SEED_SIZE], csrf[SECRET_CSRF_SIZE],
        again[SECRET_CSRF_SIZE];
    secret_seed_new(one);
    secret_seed_new(other);
    secret_csrf(one, csrf);
    secret_csrf(one, again);
    assert_string_equal(csrf, again);
    assert_int_equal(strlen(csrf), SECRET_CSRF_SIZE - 1);
    assert_true(secret_csrf_equals(one, csrf));
    assert_false(secret_csrf_equals(other, csrf));
    assert_false(secret_csrf_equals(one, NULL));
    assert_false(secret_csrf_equals(one, ""));
    assert_false(secret_csrf_equals(one, one));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_made_is_read),
        cmocka_unit_test(no_two_are_the_same),
        cmocka_unit_test(other_forms_are_refused),
        cmocka_unit_test(a_text_with_one_mistake_is_another),
        cmocka_unit_test(an_empty_hash_equals_nothing),
        cmocka_unit_test(a_csrf_token_goes_with_its_session),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
