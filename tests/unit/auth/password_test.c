// What a good password is, and how it is kept.
#include "core/auth/password.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"

// As little as libsodium takes.
static const PasswordCost quick = {.passes = 1, .memory_bytes = 8192};

typedef struct Case {
    const char *password, *complaint; // NULL: it is good
} Case;

static void each_rule_is_named_when_it_is_broken(void **state) {
    (void)state;
    static const Case cases[] = {
        {"Mulberry-17", NULL},
        {"三江源头鹰击长空Ab", NULL}, // ten characters, three kinds
        {"correct horse battery", NULL},
        {"一二三四五六七八九十百千万亿兆京", NULL}, // sixteen characters of one kind
        {"", "the password is too short"},
        {"Mulb-17", "the password is too short"},
        {"三江源头鹰Ab1", "the password is too short"}, // characters count, not bytes
        {"mulberrypie", "the password has too few kinds of characters"},
        {"mulberry171", "the password has too few kinds of characters"},
        {"mulberryMulber", "the password has too few kinds of characters"},
        {"Zhang.Wei-2026", "the password contains the account's name"},
        {"xxZHANG.WEI77", "the password contains the account's name"},
        {"P@ssw0rd2026", "the password is one of the commonest"},
        {"!!Admin12345", "the password is one of the commonest"},
        {"1qaz@WSX3edc", "the password is one of the commonest"},
        {"Aa123456789!", "the password is one of the commonest"},
        {"123456789012345678", "the password is one of the commonest"},
        {"1Qaz2wsx3edc4rfv", "the password is one of the commonest"},
        {"Aaaaaaaaa1", "the password repeats too few characters"}, // three kinds, and long enough
        {"aaaaaaaaaaaaaaaaaaaaaaaa", "the password repeats too few characters"},
        {"\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200bAa1-",
         "the password repeats too few characters"}, // mostly of no width
        {"Mulberry\xc2\x85-17", "the password has a control character in it"},
        {"Mulberry\t-17", "the password has a control character in it"},
        {"Mulberry\x7f-17", "the password has a control character in it"},
        {"Mulberry-\xff\xfe", "the password is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Error error = {0};
        bool good = password_is_good(cases[i].password, "zhang.wei", &error);
        if (!cases[i].complaint && !good) fail_msg("%s: %s", cases[i].password, error.message);
        if (!cases[i].complaint) continue;
        if (good) fail_msg("%s is good", cases[i].password);
        assert_int_equal(error.code, ERROR_INPUT);
        if (strncmp(error.message, cases[i].complaint, strlen(cases[i].complaint)) != 0)
            fail_msg("%s: %s", cases[i].password, error.message);
    }
}

static void a_password_has_an_end(void **state) {
    (void)state;
    char password[131];
    Error error = {0};
    memset(password, 'x', sizeof password);
    memcpy(password, "Mulberry-17", 11);
    password[128] = '\0';
    assert_true(password_is_good(password, "li", &error));
    password[128] = 'x', password[129] = '\0';
    assert_false(password_is_good(password, "li", &error));
    assert_string_equal(error.message, "the password is longer than 128 bytes");
}

// It named the other rules only.
static void the_hint_names_the_rule_about_names(void **state) {
    (void)state;
    Error error = {0};
    language_set(LANGUAGE_ENGLISH);
    assert_false(password_is_good("Zhang.Wei-2026", "zhang.wei", &error));
    assert_non_null(strstr(error.hint, "no account's name in it"));
}

static void a_short_name_may_be_in_a_password_by_chance(void **state) {
    (void)state;
    Error error = {0};
    assert_true(password_is_good("Brilliant-17", "li", &error));
}

static void generated_passwords_are_good_and_never_the_same(void **state) {
    (void)state;
    char one[PASSWORD_GENERATED_SIZE], other[PASSWORD_GENERATED_SIZE];
    Error error = {0};
    for (int i = 0; i < 100; i++) {
        password_generate(one);
        password_generate(other);
        assert_int_equal(strlen(one), PASSWORD_GENERATED_SIZE - 1);
        assert_true(password_is_good(one, "zhang.wei", &error));
        assert_string_not_equal(one, other);
    }
}

static void a_hash_knows_its_password_and_its_cost(void **state) {
    (void)state;
    const PasswordCost dearer = {.passes = 2, .memory_bytes = 8192};
    char one[PASSWORD_HASH_SIZE], other[PASSWORD_HASH_SIZE];
    Error error = {0};
    assert_true(password_hash("Mulberry-17", quick, one, &error));
    assert_true(password_hash("Mulberry-17", quick, other, &error));
    assert_string_not_equal(one, other); // each has its salt
    assert_int_equal(strncmp(one, "$argon2id$v=19$m=8,t=1,p=1$", 27), 0);
    assert_true(password_matches("Mulberry-17", one, quick));
    assert_true(password_matches("Mulberry-17", one, dearer)); // the hash says how it was made
    assert_false(password_matches("Mulberry-18", one, quick));
    assert_false(password_matches("", one, quick));
    assert_false(password_is_outdated(one, quick));
    assert_true(password_is_outdated(one, dearer));
}

static void no_password_matches_where_there_is_none(void **state) {
    (void)state;
    assert_false(password_matches("Mulberry-17", NULL, quick));
    assert_false(password_matches("", NULL, quick));
    assert_false(password_matches("Mulberry-17", "", quick));
    assert_false(password_matches("Mulberry-17", "$argon2id$broken", quick));
}

static void hashing_that_memory_does_not_suffice_for_is_told(void **state) {
    (void)state;
    const PasswordCost endless = {.passes = 1, .memory_bytes = (size_t)1 << 50};
    char hash[PASSWORD_HASH_SIZE];
    Error error = {0};
    assert_false(password_hash("Mulberry-17", endless, hash, &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
}

static void the_usual_cost_is_the_measured_one(void **state) {
    (void)state;
    char hash[PASSWORD_HASH_SIZE];
    Error error = {0};
    assert_true(password_hash("Mulberry-17", password_cost_usual(), hash, &error));
    assert_int_equal(strncmp(hash, "$argon2id$v=19$m=32768,t=3,p=1$", 31), 0);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_is_named_when_it_is_broken),
        cmocka_unit_test(a_password_has_an_end),
        cmocka_unit_test(the_hint_names_the_rule_about_names),
        cmocka_unit_test(a_short_name_may_be_in_a_password_by_chance),
        cmocka_unit_test(generated_passwords_are_good_and_never_the_same),
        cmocka_unit_test(a_hash_knows_its_password_and_its_cost),
        cmocka_unit_test(no_password_matches_where_there_is_none),
        cmocka_unit_test(hashing_that_memory_does_not_suffice_for_is_told),
        cmocka_unit_test(the_usual_cost_is_the_measured_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
