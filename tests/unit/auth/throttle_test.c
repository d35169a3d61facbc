// How often an address may try.
#include "core/auth/throttle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)

static const int64_t start = INT64_C(1700000000) * 1000000;

static int takes(Throttle *throttle, const char *address, int64_t now_us) {
    int64_t retry_us;
    int taken = 0;
    while (throttle_take(throttle, address, now_us, &retry_us, NULL))
        taken++;
    return taken;
}

static void so_many_tries_and_then_one_by_one(void **state) {
    (void)state;
    Throttle *throttle = throttle_new(20, MINUTE);
    int64_t retry_us = 0;
    assert_int_equal(takes(throttle, "10.0.0.1", start), 20);
    assert_false(throttle_take(throttle, "10.0.0.1", start, &retry_us, NULL));
    assert_in_range(retry_us, MINUTE / 20 - 10, MINUTE / 20 + 10);
    assert_false(throttle_take(throttle, "10.0.0.1", start + retry_us - 1000, &retry_us, NULL));
    assert_int_equal(takes(throttle, "10.0.0.1", start + MINUTE / 20 + 10), 1);
    assert_int_equal(takes(throttle, "10.0.0.1", start + 3 * MINUTE), 20);
    throttle_free(throttle);
}

static void addresses_do_not_hold_each_other_up(void **state) {
    (void)state;
    Throttle *throttle = throttle_new(3, MINUTE);
    assert_int_equal(takes(throttle, "10.0.0.1", start), 3);
    assert_int_equal(takes(throttle, "10.0.0.2", start), 3);
    throttle_free(throttle);
}

static void a_try_that_succeeded_does_not_count(void **state) {
    (void)state;
    Throttle *throttle = throttle_new(3, MINUTE);
    int64_t retry_us;
    for (int i = 0; i < 100; i++) {
        assert_true(throttle_take(throttle, "10.0.0.1", start, &retry_us, NULL));
        throttle_give(throttle, "10.0.0.1", start);
    }
    assert_int_equal(takes(throttle, "10.0.0.1", start), 3);
    throttle_give(throttle, "10.0.0.2", start); // never more than at first
    assert_int_equal(takes(throttle, "10.0.0.2", start), 3);
    throttle_free(throttle);
}

static void who_has_a_network_of_addresses_is_one(void **state) {
    (void)state;
    Throttle *throttle = throttle_new(3, MINUTE);
    assert_int_equal(takes(throttle, "2001:db8:1:2:3:4:5:6", start), 3);
    assert_int_equal(takes(throttle, "2001:db8:1:2:ffff::1", start), 0);
    assert_int_equal(takes(throttle, "2001:db8:1:2::9", start), 0);
    assert_int_equal(takes(throttle, "2001:db8:1:3::1", start), 3);
    // The zeros that are left out may lie on either side of the border.
    assert_int_equal(takes(throttle, "2001:db8::1", start), 3);
    assert_int_equal(takes(throttle, "2001:db8:0:0:5::", start), 0);
    assert_int_equal(takes(throttle, "2001:db8::1:2:3:4", start), 0);
    assert_int_equal(takes(throttle, "::ffff:10.0.0.1", start), 3);
    assert_int_equal(takes(throttle, "::ffff:10.0.0.2", start), 3);
    throttle_free(throttle);
}

static void a_clock_that_goes_back_gives_nothing_away(void **state) {
    (void)state;
    Throttle *throttle = throttle_new(3, MINUTE);
    assert_int_equal(takes(throttle, "10.0.0.1", start), 3);
    assert_int_equal(takes(throttle, "10.0.0.1", start - MINUTE), 0);
    throttle_free(throttle);
}

// More addresses than there are places: those who tried most are the last to be forgotten.
static void a_crowd_does_not_wash_an_attacker_out(void **state) {
    (void)state;
    Throttle *throttle = throttle_new(5, MINUTE);
    assert_int_equal(takes(throttle, "10.0.0.1", start), 5);
    for (int i = 0; i < 50000; i++) {
        char address[32];
        int64_t retry_us;
        snprintf(address, sizeof address, "10.%d.%d.7", 1 + i / 250, i % 250);
        assert_true(throttle_take(throttle, address, start, &retry_us, NULL));
    }
    assert_int_equal(takes(throttle, "10.0.0.1", start), 0);
    throttle_free(throttle);
}

static void refusing_begins_anew_after_a_rest(void **state) {
    (void)state;
    Throttle *throttle = throttle_new(3, MINUTE);
    int64_t retry_us;
    bool begins = false;
    assert_int_equal(takes(throttle, "10.0.0.1", start - MINUTE), 3); // and refused once
    for (int second = 0; second < 600; second++)
        if (!throttle_take(throttle, "10.0.0.1", start + second * SECOND, &retry_us, &begins))
            assert_true(begins == (second == 3));
    int64_t rested = start + 600 * SECOND + MINUTE;
    for (int i = 0; i < 3; i++)
        assert_true(throttle_take(throttle, "10.0.0.1", rested, &retry_us, &begins));
    assert_false(throttle_take(throttle, "10.0.0.1", rested, &retry_us, &begins));
    assert_true(begins);
    throttle_free(throttle);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(so_many_tries_and_then_one_by_one),
        cmocka_unit_test(addresses_do_not_hold_each_other_up),
        cmocka_unit_test(a_try_that_succeeded_does_not_count),
        cmocka_unit_test(who_has_a_network_of_addresses_is_one),
        cmocka_unit_test(a_clock_that_goes_back_gives_nothing_away),
        cmocka_unit_test(a_crowd_does_not_wash_an_attacker_out),
        cmocka_unit_test(refusing_begins_anew_after_a_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
