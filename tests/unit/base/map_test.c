// Text to number, small and large.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/clock.h"
#include "core/base/map.h"
#include "core/base/memory.h"

static void an_empty_map_has_nothing(void **state) {
    (void)state;
    Map map = {0};
    assert_int_equal(map_get(&map, "150802"), MAP_MISSING);
    map_free(&map);
}

static void gives_back_what_was_put(void **state) {
    (void)state;
    Map map = {0};
    assert_int_equal(map_put(&map, "临河区", 7), MAP_MISSING);
    assert_int_equal(map_put(&map, "", 0), MAP_MISSING);
    assert_int_equal(map_put(&map, "临河区", 8), 7);
    assert_int_equal(map_get(&map, "临河区"), 8);
    assert_int_equal(map_get(&map, ""), 0);
    assert_int_equal(map_get(&map, "临河"), MAP_MISSING);
    assert_int_equal(map.count, 2);
    map_free(&map);
    assert_int_equal(map_get(&map, "临河区"), MAP_MISSING);
}

static void keeps_a_copy_of_the_key(void **state) {
    (void)state;
    Map map = {0};
    char key[] = "women";
    map_put(&map, key, 1);
    key[0] = 'W';
    assert_int_equal(map_get(&map, "women"), 1);
    assert_int_equal(map_get(&map, "Women"), MAP_MISSING);
    map_free(&map);
}

static uint64_t fnv_1a(const char *key) {
    uint64_t hash = 1469598103934665603u;
    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * 1099511628211u;
    return hash;
}

enum { CHOSEN = 10000, CHOSEN_ROOM = 16384 };

typedef char ChosenKey[16];

static int64_t put_all(const ChosenKey *keys) {
    const int64_t begin_ns = clock_monotonic_ns();
    Map map = {0};
    for (int i = 0; i < CHOSEN; i++)
        map_put(&map, keys[i], i);
    map_free(&map);
    return clock_monotonic_ns() - begin_ns;
}

static int64_t least(int64_t a, int64_t b) {
    return a < b ? a : b;
}

// Keys that would meet in one place by a hash that is known took fifty times as long as others.
static void keys_that_were_chosen_are_put_as_quickly_as_others(void **state) {
    (void)state;
    ChosenKey *any = memory_new(CHOSEN, sizeof *any), *chosen = memory_new(CHOSEN, sizeof *chosen);
    for (int i = 0; i < CHOSEN; i++)
        snprintf(any[i], sizeof *any, "%012d", i);
    for (int made = 0, number = 0; made < CHOSEN; number++) {
        snprintf(chosen[made], sizeof *chosen, "%012d", number);
        made += (fnv_1a(chosen[made]) & (CHOSEN_ROOM - 1)) < CHOSEN_ROOM / 256;
    }
    int64_t any_ns = INT64_MAX, chosen_ns = INT64_MAX;
    for (int i = 0; i < 5; i++) {
        any_ns = least(any_ns, put_all(any));
        chosen_ns = least(chosen_ns, put_all(chosen));
    }
    assert_true(chosen_ns < 10 * any_ns);
    free(any);
    free(chosen);
}

static void holds_many(void **state) {
    (void)state;
    enum { COUNT = 50000 };
    Map map = {0};
    char key[32];
    for (int i = 0; i < COUNT; i++) {
        snprintf(key, sizeof key, "region-%d", i);
        assert_int_equal(map_put(&map, key, i), MAP_MISSING);
    }
    assert_int_equal(map.count, COUNT);
    for (int i = 0; i < COUNT; i++) {
        snprintf(key, sizeof key, "region-%d", i);
        assert_int_equal(map_get(&map, key), i);
    }
    assert_int_equal(map_get(&map, "region-50000"), MAP_MISSING);
    map_free(&map);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_map_has_nothing),
        cmocka_unit_test(gives_back_what_was_put),
        cmocka_unit_test(keeps_a_copy_of_the_key),
        cmocka_unit_test(keys_that_were_chosen_are_put_as_quickly_as_others),
        cmocka_unit_test(holds_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
