// Buffers and arenas.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"

static void new_memory_is_zeroed_and_never_null(void **state) {
    (void)state;
    char *bytes = memory_new(3, 5);
    for (int i = 0; i < 15; i++)
        assert_int_equal(bytes[i], 0);
    bytes = memory_resize(bytes, 100, 1);
    free(bytes);
    void *nothing = memory_new(0, 8);
    assert_non_null(nothing);
    free(nothing);
}

static void a_buffer_grows_and_ends_in_nul(void **state) {
    (void)state;
    Buffer buffer = {0};
    for (int i = 0; i < 1000; i++)
        buffer_printf(&buffer, "%03d,", i);
    assert_int_equal(buffer.length, 4000);
    assert_memory_equal(buffer.data, "000,001,", 8);
    assert_string_equal(buffer.data + 3996, "999,");
    buffer_free(&buffer);
    assert_null(buffer.data);
}

static void a_buffer_takes_any_bytes(void **state) {
    (void)state;
    Buffer buffer = {0};
    buffer_append(&buffer, "a\0b", 3);
    buffer_append(&buffer, NULL, 0);
    buffer_text(&buffer, "标尺");
    assert_int_equal(buffer.length, 9);
    assert_memory_equal(buffer.data, "a\0b标尺", 10);
    size_t capacity = buffer.capacity;
    buffer_clear(&buffer);
    assert_int_equal(buffer.length, 0);
    assert_string_equal(buffer.data, "");
    assert_int_equal(buffer.capacity, capacity);
    buffer_free(&buffer);
}

static void a_buffer_of_nothing_is_still_a_text(void **state) {
    (void)state;
    Buffer buffer = {0};
    buffer_text(&buffer, "");
    assert_string_equal(buffer.data, "");
    buffer_free(&buffer);
}

static void arena_memory_is_zeroed_aligned_and_apart(void **state) {
    (void)state;
    Arena arena = {0};
    unsigned char *pieces[200];
    for (size_t i = 0; i < 200; i++) {
        size_t size = i * 37 % 900 + 1;
        pieces[i] = arena_new(&arena, size, 1);
        assert_int_equal((uintptr_t)pieces[i] % 16, 0);
        for (size_t at = 0; at < size; at++)
            assert_int_equal(pieces[i][at], 0);
        memset(pieces[i], (int)(i % 255 + 1), size);
    }
    for (size_t i = 0; i < 200; i++)
        assert_int_equal(pieces[i][i * 37 % 900], i % 255 + 1);
    arena_free(&arena);
    assert_null(arena.blocks);
}

static void arena_takes_what_is_larger_than_a_block(void **state) {
    (void)state;
    Arena arena = {0};
    char *before = arena_string(&arena, "before");
    char *large = arena_new(&arena, 300, 1024);
    memset(large, 'x', 300 * 1024);
    char *after = arena_string(&arena, "after");
    assert_string_equal(before, "before");
    assert_string_equal(after, "after");
    arena_free(&arena);
}

static void arena_copies_texts(void **state) {
    (void)state;
    Arena arena = {0};
    assert_null(arena_string(&arena, NULL));
    char text[] = "指标";
    char *copy = arena_string(&arena, text);
    text[0] = '\0';
    assert_string_equal(copy, "指标");
    char *bytes = arena_bytes(&arena, "a\0b", 3);
    assert_memory_equal(bytes, "a\0b", 4);
    assert_string_equal(arena_bytes(&arena, NULL, 0), "");
    arena_free(&arena);
}

static void an_array_grows_one_by_one(void **state) {
    (void)state;
    int *items = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; i < 1000; i++) {
        ARRAY_RESERVE(items, count, capacity);
        items[count++] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    free(items);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_memory_is_zeroed_and_never_null),
        cmocka_unit_test(a_buffer_grows_and_ends_in_nul),
        cmocka_unit_test(a_buffer_takes_any_bytes),
        cmocka_unit_test(a_buffer_of_nothing_is_still_a_text),
        cmocka_unit_test(arena_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(arena_takes_what_is_larger_than_a_block),
        cmocka_unit_test(arena_copies_texts),
        cmocka_unit_test(an_array_grows_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
