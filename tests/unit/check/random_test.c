// The same seed gives the same numbers, and streams do not meet.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/check/random.h"

static void streams_follow_from_seed_and_number(void **state) {
    (void)state;
    Random first = random_stream(1, 2), again = random_stream(1, 2);
    Random other_seed = random_stream(2, 2), other_number = random_stream(1, 3);
    uint64_t number = random_next(&first);
    assert_true(number == random_next(&again));
    assert_true(number != random_next(&other_seed));
    assert_true(number != random_next(&other_number));
    // Of SplitMix64 itself: seed 1234567 as published with the algorithm.
    Random known = {1234567};
    assert_true(random_next(&known) == 6457827717110365317ULL);
    assert_true(random_next(&known) == 3203168211198807973ULL);
}

static void numbers_stay_within_their_limits(void **state) {
    (void)state;
    Random random = random_stream(7, 0);
    size_t seen[5] = {0}, yes = 0;
    for (int i = 0; i < 10000; i++) {
        seen[random_below(&random, 5)]++;
        double between = random_between(&random, -2, 3);
        assert_true(between >= -2 && between < 3);
        yes += random_percent(&random, 30);
    }
    for (int i = 0; i < 5; i++)
        assert_in_range(seen[i], 1800, 2200);
    assert_in_range(yes, 2700, 3300);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(streams_follow_from_seed_and_number),
                                       cmocka_unit_test(numbers_stay_within_their_limits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
