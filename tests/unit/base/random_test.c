// The generator against the outputs that other implementations of it publish, and its ranges.
#include "core/base/random.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// From state 1, 2, 3, 4: the first outputs that the reference's ports test themselves with.
static void test_outputs_are_those_of_xoshiro256(void **state) {
    (void)state;
    const uint64_t expected[] = {11520, 0, 1509978240, 1215971899390074240};
    Random random = {{1, 2, 3, 4}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_int_equal(random_next(&random), expected[i]);
}

// splitmix64 from 0, as its author lists it.
static void test_the_seed_is_spread_by_splitmix64(void **state) {
    (void)state;
    const uint64_t expected[4] = {0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f,
                                  0xf88bb8a8724c81ec};
    Random random;
    random_seed(&random, 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(random.state[i], expected[i]);
}

static void test_same_seed_same_numbers_other_seed_others(void **state) {
    (void)state;
    Random first, second, other;
    random_seed(&first, 7);
    random_seed(&second, 7);
    random_seed(&other, 8);
    int equal = 0;
    for (int i = 0; i < 1000; i++) {
        uint64_t number = random_next(&first);
        assert_int_equal(number, random_next(&second));
        equal += number == random_next(&other);
    }
    assert_int_equal(equal, 0);
}

// Means of 100,000 numbers lie within five standard errors.
static void test_ranges_and_means(void **state) {
    (void)state;
    enum { COUNT = 100000 };
    Random random;
    double units = 0, exponentials = 0;
    random_seed(&random, 1);
    for (int i = 0; i < COUNT; i++) {
        double unit = random_unit(&random), exponential = random_exponential(&random);
        assert_true(unit >= 0 && unit < 1);
        assert_true(exponential >= 0 && isfinite(exponential));
        units += unit;
        exponentials += exponential;
    }
    assert_true(fabs(units / COUNT - 0.5) < 5 * sqrt(1.0 / 12 / COUNT));
    assert_true(fabs(exponentials / COUNT - 1) < 5 * sqrt(1.0 / COUNT));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outputs_are_those_of_xoshiro256),
        cmocka_unit_test(test_the_seed_is_spread_by_splitmix64),
        cmocka_unit_test(test_same_seed_same_numbers_other_seed_others),
        cmocka_unit_test(test_ranges_and_means),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
