// The tree of hashes: what changes its text, what does not, and single parts set anew.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/base/hash_tree.h"

enum { MOST_PARTS = 1000 };

// The name and bytes of a part; `edition` makes others.
static void set_part(HashTree *tree, size_t part, size_t edition) {
    char name[32], bytes[64];
    snprintf(name, sizeof name, "%06zu", part);
    int length = snprintf(bytes, sizeof bytes, "part %zu, edition %zu", part, edition);
    hash_tree_set(tree, part, name, bytes, (size_t)length);
}

static void make_tree(HashTree *tree, size_t count) {
    hash_tree_init(tree, count);
    for (size_t part = 0; part < count; part++)
        set_part(tree, part, 0);
    hash_tree_finish(tree);
}

static void text_of_parts(size_t count, char out[HASH_TEXT_SIZE]) {
    HashTree tree;
    make_tree(&tree, count);
    hash_tree_text(&tree, out);
    hash_tree_free(&tree);
}

static void any_number_of_parts_has_a_text_of_its_own(void **state) {
    (void)state;
    static char texts[MOST_PARTS + 1][HASH_TEXT_SIZE];
    for (size_t count = 0; count <= MOST_PARTS; count++) {
        char again[HASH_TEXT_SIZE];
        text_of_parts(count, texts[count]);
        text_of_parts(count, again);
        assert_string_equal(texts[count], again);
        assert_int_equal(strspn(texts[count], "0123456789abcdef"), 64);
        assert_int_equal(strlen(texts[count]), 64);
        for (size_t before = 0; before < count; before++)
            assert_string_not_equal(texts[before], texts[count]);
    }
}

// Parts that are missing from the full tree must not be taken for parts.
static void a_part_without_bytes_is_a_part(void **state) {
    (void)state;
    char texts[3][HASH_TEXT_SIZE];
    for (size_t count = 2; count <= 4; count++) {
        HashTree tree;
        hash_tree_init(&tree, count);
        for (size_t part = 0; part < count; part++)
            hash_tree_set(&tree, part, "", "", 0);
        hash_tree_finish(&tree);
        hash_tree_text(&tree, texts[count - 2]);
        hash_tree_free(&tree);
    }
    assert_string_not_equal(texts[0], texts[1]);
    assert_string_not_equal(texts[1], texts[2]);
}

static void an_update_says_what_finishing_says(void **state) {
    (void)state;
    for (size_t count = 1; count <= MOST_PARTS; count = count < 40 ? count + 1 : count * 3 / 2) {
        HashTree updated, finished;
        char updated_text[HASH_TEXT_SIZE], finished_text[HASH_TEXT_SIZE], before[HASH_TEXT_SIZE];
        make_tree(&updated, count);
        make_tree(&finished, count);
        hash_tree_text(&updated, before);
        for (size_t step = 0; step < 20; step++) {
            size_t part = step * 7919 % count;
            set_part(&updated, part, step + 1);
            hash_tree_update(&updated, part);
            set_part(&finished, part, step + 1);
            hash_tree_finish(&finished);
            hash_tree_text(&updated, updated_text);
            hash_tree_text(&finished, finished_text);
            assert_string_equal(updated_text, finished_text);
            assert_string_not_equal(updated_text, before);
            memcpy(before, updated_text, sizeof before);
        }
        hash_tree_free(&updated);
        hash_tree_free(&finished);
    }
}

static void what_was_before_is_found_again(void **state) {
    (void)state;
    HashTree tree;
    char before[HASH_TEXT_SIZE], after[HASH_TEXT_SIZE];
    make_tree(&tree, 77);
    hash_tree_text(&tree, before);
    set_part(&tree, 76, 1);
    hash_tree_update(&tree, 76);
    set_part(&tree, 76, 0);
    hash_tree_update(&tree, 76);
    hash_tree_text(&tree, after);
    assert_string_equal(before, after);
    hash_tree_free(&tree);
}

static void text_of_two(const char *const parts[2][2], char out[HASH_TEXT_SIZE]) {
    HashTree tree;
    hash_tree_init(&tree, 2);
    for (size_t part = 0; part < 2; part++)
        hash_tree_set(&tree, part, parts[part][0], parts[part][1], strlen(parts[part][1]));
    hash_tree_finish(&tree);
    hash_tree_text(&tree, out);
    hash_tree_free(&tree);
}

static void order_names_and_every_byte_matter(void **state) {
    (void)state;
    static const char *const editions[][2][2] = {
        {{"a", "one"}, {"b", "two"}}, {{"b", "two"}, {"a", "one"}}, {{"b", "one"}, {"a", "two"}},
        {{"a", "one"}, {"c", "two"}}, {{"a", "one"}, {"b", "twO"}}, {{"a", "ne"}, {"b", "two"}},
        {{"ao", "ne"}, {"b", "two"}}, {{"a", "one"}, {"bt", "wo"}}, {{"a", "one"}, {"b", "two "}},
        {{"a", ""}, {"b", "onetwo"}},
    };
    enum { EDITIONS = sizeof editions / sizeof *editions };
    char texts[EDITIONS][HASH_TEXT_SIZE];
    for (size_t i = 0; i < EDITIONS; i++) {
        text_of_two(editions[i], texts[i]);
        for (size_t before = 0; before < i; before++)
            assert_string_not_equal(texts[before], texts[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_parts_has_a_text_of_its_own),
        cmocka_unit_test(a_part_without_bytes_is_a_part),
        cmocka_unit_test(an_update_says_what_finishing_says),
        cmocka_unit_test(what_was_before_is_found_again),
        cmocka_unit_test(order_names_and_every_byte_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
