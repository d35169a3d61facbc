// Text to number, small and large.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/map.h"

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
        cmocka_unit_test(holds_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
