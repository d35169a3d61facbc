// Ranks under drawn weights, held against cases whose probabilities are known in closed form.
#include "core/stats/weight_sensitivity.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/random.h"

enum { RUNS = 100000 };

// A leads B by ½·w₁ − ⅖·w₂, that is by 5 points of 100.
static const double two_points[2] = {50, 50};
static const double two_shares[4] = {1, 0.4, 0.5, 0.8};
static const int32_t two_ranks[2] = {1, 2};

static WeightTrial two_by_two(void) {
    return (WeightTrial){.item_count = 2,
                         .subject_count = 2,
                         .points = two_points,
                         .shares = two_shares,
                         .ranks = two_ranks,
                         .digits = WEIGHTS_ON_EXACT,
                         .draw = WEIGHTS_SPREAD,
                         .spread = 0.2,
                         .runs = RUNS,
                         .seed = 1};
}

// Within five standard errors of a share of runs.
static void assert_share(double expected, double got) {
    double error = sqrt(expected * (1 - expected) / RUNS);
    if (fabs(got - expected) > 5 * error) fail_msg("%.5f is not about %.5f", got, expected);
}

// With uᵢ even on −1…1, B passes A where 0.5·(1 + 0.2u₁) < 0.4·(1 + 0.2u₂), that is u₁ < 0.8u₂ − 1:
// a triangle of sides 1 and 0.8 in a square of area 4, one tenth.
static void test_spread_of_two_items(void **state) {
    (void)state;
    WeightTrial trial = two_by_two();
    RankSpread spreads[2];
    WeightInfluence influences[2];
    WeightOutcome outcome = weight_sensitivity(&trial, spreads, influences);
    assert_share(0.1, outcome.any_changed);
    assert_true(outcome.any_changed == outcome.first_changed);
    assert_true(spreads[0].changed == outcome.any_changed);
    assert_true(spreads[1].changed == outcome.any_changed);
    assert_true(fabs(spreads[0].mean - (1 + outcome.any_changed)) < 1e-12);
    assert_true(fabs(outcome.mean_shift - outcome.any_changed) < 1e-12);
    assert_int_equal(spreads[0].best, 1);
    assert_int_equal(spreads[0].worst, 2);
    assert_int_equal(spreads[0].low, 1);
    assert_int_equal(spreads[0].high, 2); // a tenth of the runs is beyond the 95th percentile
}

// Only splits that give the first item less than 4/9 of the points put B first.
static void test_any_split_of_two_items(void **state) {
    (void)state;
    WeightTrial trial = two_by_two();
    RankSpread spreads[2];
    WeightInfluence influences[2];
    trial.draw = WEIGHTS_DIRICHLET;
    WeightOutcome outcome = weight_sensitivity(&trial, spreads, influences);
    assert_share(4.0 / 9, outcome.first_changed);
    assert_true(influences[0].least >= 0 && influences[0].least < 0.1);
    assert_true(influences[0].most <= 100 && influences[0].most > 99.9);
}

// What one of two items of equal points gains the other loses, so they move places alike; and the
// further they are moved the more places change.
static void test_two_items_have_the_same_influence(void **state) {
    (void)state;
    WeightTrial trial = two_by_two();
    RankSpread spreads[2];
    WeightInfluence influences[2];
    weight_sensitivity(&trial, spreads, influences);
    assert_true(fabs(influences[0].influence - influences[1].influence) < 1e-9);
    assert_true(influences[0].influence > 0.2 && influences[0].influence < 1);
}

// A that leads by every item cannot be passed.
static void test_nothing_moves_where_one_leads_everywhere(void **state) {
    (void)state;
    const double shares[4] = {1, 0.9, 0.5, 0.8};
    WeightTrial trial = two_by_two();
    RankSpread spreads[2];
    WeightInfluence influences[2];
    trial.shares = shares;
    trial.draw = WEIGHTS_DIRICHLET;
    WeightOutcome outcome = weight_sensitivity(&trial, spreads, influences);
    assert_true(outcome.any_changed == 0 && outcome.mean_shift == 0);
    assert_int_equal(spreads[0].worst, 1);
    assert_int_equal(spreads[1].best, 2);
    assert_true(isnan(influences[0].influence));
}

static void test_no_spread_moves_nothing(void **state) {
    (void)state;
    WeightTrial trial = two_by_two();
    RankSpread spreads[2];
    WeightInfluence influences[2];
    trial.spread = 0;
    trial.runs = 100;
    assert_true(weight_sensitivity(&trial, spreads, influences).any_changed == 0);
    assert_true(influences[0].least == 50 && influences[0].most == 50);
}

static void test_the_same_seed_gives_the_same_bits(void **state) {
    (void)state;
    WeightTrial trial = two_by_two();
    RankSpread first[2], second[2];
    WeightInfluence of_first[2], of_second[2];
    trial.runs = 1000;
    WeightOutcome one = weight_sensitivity(&trial, first, of_first);
    WeightOutcome two = weight_sensitivity(&trial, second, of_second);
    assert_memory_equal(&one, &two, sizeof one);
    assert_memory_equal(first, second, sizeof first);
    assert_memory_equal(of_first, of_second, sizeof of_first);
    trial.seed = 2;
    weight_sensitivity(&trial, second, of_second);
    assert_true(of_first[0].least != of_second[0].least);
}

// B's first item does not apply. Redistributed, B has 80 of 100 whatever the points; A has
// w₁ + 0.4·w₂ and is ahead where w₁ > 2/3·100. Lost, B has 0.8·w₂ and is ahead where w₁ < 2/7·100.
static void test_items_that_do_not_apply(void **state) {
    (void)state;
    const double shares[4] = {1, 0.4, NAN, 0.8};
    const int32_t ranks[2] = {2, 1};
    WeightTrial trial = two_by_two();
    RankSpread spreads[2];
    WeightInfluence influences[2];
    trial.shares = shares;
    trial.ranks = ranks;
    trial.draw = WEIGHTS_DIRICHLET;
    trial.redistributed = true;
    assert_true(weight_total(&trial, two_points, 1) == 80);
    assert_share(1.0 / 3, weight_sensitivity(&trial, spreads, influences).any_changed);
    trial.redistributed = false;
    assert_true(weight_total(&trial, two_points, 1) == 40);
    assert_share(5.0 / 7, weight_sensitivity(&trial, spreads, influences).any_changed);
}

// Whoever has no place takes none and moves nobody.
static void test_those_without_a_place_are_left_alone(void **state) {
    (void)state;
    const double shares[6] = {1, 0.4, 1, 1, 0.5, 0.8};
    const int32_t ranks[3] = {1, 0, 2};
    WeightTrial trial = two_by_two();
    RankSpread spreads[3];
    WeightInfluence influences[2];
    trial.subject_count = 3;
    trial.shares = shares;
    trial.ranks = ranks;
    assert_share(0.1, weight_sensitivity(&trial, spreads, influences).any_changed);
    assert_int_equal(spreads[1].worst, 0);
    assert_int_equal(spreads[2].worst, 2);
}

// Items of no points get none.
static void test_items_without_points_stay_without(void **state) {
    (void)state;
    const double points[2] = {100, 0};
    WeightTrial trial = two_by_two();
    RankSpread spreads[2];
    WeightInfluence influences[2];
    trial.points = points;
    trial.draw = WEIGHTS_DIRICHLET;
    trial.runs = 100;
    weight_sensitivity(&trial, spreads, influences);
    assert_true(fabs(influences[0].least - 100) < 1e-9 && influences[1].most == 0);
}

// Totals are rounded without going through text where that is safe; it must never show.
static void assert_rounded(double total, int digits, Rounding rounding) {
    const double whole = 1;
    const WeightTrial trial = {.item_count = 1,
                               .subject_count = 1,
                               .points = &total,
                               .shares = &whole,
                               .digits = digits,
                               .rounding = rounding};
    double clean = decimal_round(total, 9, ROUNDING_HALF_UP);
    double expected = digits < 0 ? clean : decimal_round(clean, digits, rounding);
    double got = weight_total(&trial, &total, 0);
    if (got != expected)
        fail_msg("%.17g to %d digits is %.17g, not %.17g", total, digits, got, expected);
}

static void test_totals_are_rounded_as_scores_are(void **state) {
    (void)state;
    const Rounding roundings[] = {ROUNDING_HALF_UP, ROUNDING_TRUNCATE, ROUNDING_HALF_EVEN};
    const double edges[] = {0,      14.4,  60 * 0.24, 2.675,  2.665, 99.99999999999999,
                            100.05, 0.005, 0.015,     87.925, 1e12,  33.333333333333336};
    Random random;
    random_seed(&random, 3);
    for (int digits = WEIGHTS_ON_EXACT; digits <= 12; digits++) {
        for (size_t r = 0; r < 3; r++) {
            for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
                assert_rounded(edges[i], digits, roundings[r]);
            for (int i = 0; i < 500; i++)
                assert_rounded(1000 * random_unit(&random), digits, roundings[r]);
            for (int i = 0; i < 500; i++)
                assert_rounded((double)(random_next(&random) % 200000) / 2000 * (1 + 0x1p-52),
                               digits, roundings[r]);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spread_of_two_items),
        cmocka_unit_test(test_any_split_of_two_items),
        cmocka_unit_test(test_two_items_have_the_same_influence),
        cmocka_unit_test(test_nothing_moves_where_one_leads_everywhere),
        cmocka_unit_test(test_no_spread_moves_nothing),
        cmocka_unit_test(test_the_same_seed_gives_the_same_bits),
        cmocka_unit_test(test_items_that_do_not_apply),
        cmocka_unit_test(test_those_without_a_place_are_left_alone),
        cmocka_unit_test(test_items_without_points_stay_without),
        cmocka_unit_test(test_totals_are_rounded_as_scores_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
