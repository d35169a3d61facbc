// Ranks under the three rules for ties, by hand and against R's rank().
#include "core/stats/rank.h"

#include "tests/unit/stats/expected_rows.h"

static void assert_ranks(bool larger_first, RankTies ties, const int32_t expected[7]) {
    const double values[7] = {80, 95, NAN, 95, 70, 80, 100};
    int32_t ranks[7];
    rank_values(values, 7, larger_first, ties, ranks);
    for (int i = 0; i < 7; i++)
        if (ranks[i] != expected[i]) fail_msg("[%d] is %d, not %d", i, ranks[i], expected[i]);
}

static void test_larger_first(void **state) {
    (void)state;
    assert_ranks(true, RANK_COMPETITION, (int32_t[]){4, 2, 0, 2, 6, 4, 1});
    assert_ranks(true, RANK_DENSE, (int32_t[]){3, 2, 0, 2, 4, 3, 1});
    assert_ranks(true, RANK_ORDINAL, (int32_t[]){4, 2, 0, 3, 6, 5, 1});
}

static void test_smaller_first(void **state) {
    (void)state;
    assert_ranks(false, RANK_COMPETITION, (int32_t[]){2, 4, 0, 4, 1, 2, 6});
    assert_ranks(false, RANK_DENSE, (int32_t[]){2, 3, 0, 3, 1, 2, 4});
    assert_ranks(false, RANK_ORDINAL, (int32_t[]){2, 4, 0, 5, 1, 3, 6});
}

static void test_nothing_to_rank(void **state) {
    (void)state;
    const double missing[] = {NAN, NAN};
    int32_t ranks[] = {7, 7};
    rank_values(missing, 0, true, RANK_COMPETITION, ranks);
    assert_int_equal(ranks[0], 7);
    rank_values(missing, 2, true, RANK_COMPETITION, ranks);
    assert_int_equal(ranks[0], 0);
    assert_int_equal(ranks[1], 0);
}

static void test_both_zeros_tie(void **state) {
    (void)state;
    const double values[] = {0.0, -0.0, -1};
    int32_t ranks[3];
    rank_values(values, 3, true, RANK_COMPETITION, ranks);
    assert_int_equal(ranks[0], 1);
    assert_int_equal(ranks[1], 1);
    assert_int_equal(ranks[2], 3);
}

static void test_against_r(void **state) {
    (void)state;
    static ExpectedRow rows[EXPECTED_MOST_ROWS];
    TestSeries all = expected_series(NULL);
    int32_t competition[EXPECTED_MOST_VALUES], ordinal[EXPECTED_MOST_VALUES];
    rank_values(all.values, all.count, true, RANK_COMPETITION, competition);
    rank_values(all.values, all.count, true, RANK_ORDINAL, ordinal);
    size_t count = expected_rows("rank:", rows);
    assert_int_equal(count, 2 * all.count);
    for (size_t i = 0; i < count; i++) {
        const int32_t *ranks = strcmp(rows[i].what, "rank:min") == 0 ? competition : ordinal;
        assert_int_equal(ranks[(size_t)rows[i].argument - 1], (int)rows[i].value);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_larger_first),    cmocka_unit_test(test_smaller_first),
        cmocka_unit_test(test_nothing_to_rank), cmocka_unit_test(test_both_zeros_tie),
        cmocka_unit_test(test_against_r),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
