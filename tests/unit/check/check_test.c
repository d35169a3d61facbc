// What a property check is made of: columns and places, ladders, smallest steps, bytes that differ.
//
// That no pack can give other bytes for the same figures is the sandbox's doing, so the comparison
// of bytes is shown here on bytes that were made to differ.
#include "tests/unit/pack/sample.h"

#include <math.h>

#include "core/check/check_inside.h"

static void streams_follow_from_seed_and_number(void **state) {
    (void)state;
    Random first = draw_stream(1, 2), again = draw_stream(1, 2), other_seed = draw_stream(2, 2),
           other_number = draw_stream(1, 3);
    uint64_t number = random_next(&first);
    assert_true(number == random_next(&again));
    assert_true(number != random_next(&other_seed));
    assert_true(number != random_next(&other_number));
    size_t seen[5] = {0}, yes = 0;
    for (int i = 0; i < 10000; i++) {
        seen[draw_below(&first, 5)]++;
        double between = draw_between(&first, -2, 3);
        assert_true(between >= -2 && between < 3);
        yes += draw_percent(&first, 30);
    }
    for (int i = 0; i < 5; i++)
        assert_in_range(seen[i], 1800, 2200);
    assert_in_range(yes, 2700, 3300);
}

static void columns_are_what_rules_and_targets_read(void **state) {
    (void)state;
    Description *description = sample_describe(sample_text);
    Space space;
    space_init(&space, description);
    int mortality = space_find(&space, 0, -1);
    assert_true(mortality >= 0);
    const Column *column = &space.columns[mortality];
    assert_true(fabs(column->step - 0.1) < 1e-12);
    assert_int_equal(column->number_count, 2); // target and milestone
    assert_int_equal(space_column_plan(&space, mortality), 0);
    // "double" has a formula: nobody enters it.
    assert_int_equal(space_find(&space, 3, -1), -1);
    assert_int_equal(space.years[0], 2025);
    assert_int_equal(space.years[1], 2030);
    assert_string_equal(space.codes[PLACE_OWN], "150802");
    char name[200];
    space_column_name(&space, mortality, name, sizeof name);
    assert_string_equal(name, "mortality");
    space_free(&space);
    description_free(description);
}

static void ladders_ascend_in_printed_steps(void **state) {
    (void)state;
    Description *description = sample_describe(sample_text);
    Space space;
    space_init(&space, description);
    int mortality = space_find(&space, 0, -1);
    const Column *column = &space.columns[mortality];
    size_t beside_target = 0;
    for (uint64_t seed = 0; seed < 50; seed++) {
        Random random = draw_stream(seed, 0);
        World world = generate_world(&space, &random, 2025, PLACE_OWN, seed % 5 == 0);
        double rungs[MOST_RUNGS];
        size_t count = generate_ladder(&space, &random, &world, mortality, 2025, rungs);
        assert_in_range(count, 2, MOST_RUNGS);
        for (size_t i = 0; i < count; i++) {
            assert_true(rungs[i] == column_round(column, rungs[i]));
            if (i > 0) assert_true(rungs[i - 1] < rungs[i]);
            beside_target += i > 0 && rungs[i - 1] == 12 && rungs[i] == 12.1;
        }
        for (size_t i = 0; i < world.count; i++)
            assert_int_equal(world.items[i].place, PLACE_OWN);
        world_free(&world);
    }
    assert_true(beside_target > 10);
    space_free(&space);
    description_free(description);
}

static void worlds_lose_and_give_observations(void **state) {
    (void)state;
    World world = {0};
    for (int i = 0; i < 10; i++)
        world_add(&world, (Observation){i, 0, 2024, i});
    World rest = world_without(&world, 2, 9);
    assert_int_equal(rest.count, 3);
    assert_true(world_take(&rest, 9, 0, 2024) == 9);
    assert_true(isnan(world_take(&rest, 9, 0, 2024)));
    assert_int_equal(world_find(&rest, 1, 0, 2024), 1);
    assert_int_equal(world_find(&rest, 1, 1, 2024), -1);
    world_free(&rest);
    world_free(&world);
}

static void a_smallest_step_is_a_last_digit(void **state) {
    (void)state;
    Column rate = {.digits = 1, .step = 0.1}, people = {.digits = 0, .step = 1};
    assert_true(compare_is_tiny(&rate, 69.9, 70));
    assert_false(compare_is_tiny(&rate, 69.8, 70));
    // Of five people one is no small change; of a thousand it is.
    assert_false(compare_is_tiny(&people, 4, 5));
    assert_true(compare_is_tiny(&people, 1000, 1001));
}

static void bytes_that_differ_are_found(void **state) {
    (void)state;
    Buffer left[3] = {0}, right[3] = {0};
    for (size_t i = 0; i < 3; i++) {
        buffer_text(&left[i], "same");
        buffer_text(&right[i], "same");
    }
    assert_int_equal(first_difference(left, right, 3), 3);
    right[2].data[3] = 'f';
    assert_int_equal(first_difference(left, right, 3), 2);
    buffer_text(&right[1], "longer");
    assert_int_equal(first_difference(left, right, 3), 1);
    for (size_t i = 0; i < 3; i++) {
        buffer_free(&left[i]);
        buffer_free(&right[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(streams_follow_from_seed_and_number),
                                       cmocka_unit_test(columns_are_what_rules_and_targets_read),
                                       cmocka_unit_test(ladders_ascend_in_printed_steps),
                                       cmocka_unit_test(worlds_lose_and_give_observations),
                                       cmocka_unit_test(a_smallest_step_is_a_last_digit),
                                       cmocka_unit_test(bytes_that_differ_are_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
