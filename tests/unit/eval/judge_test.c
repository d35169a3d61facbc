// What is still to do until a target is met, worked out by hand. Statuses: figures_test.c.
#include "tests/unit/eval/figures_fixture.h"

#include "core/eval/judge.h"

// What is still to do, in 2024, of a series from 2020 to 2024 (NaN: no value), and until 2030.
typedef struct Ahead {
    const char *target, *more;
    double values[5];
    double number, gap, required, progress, reach;
} Ahead;

static bool is_same(double got, double wanted) {
    return isnan(wanted) ? isnan(got) : fabs(got - wanted) <= 1e-9;
}

static void look_ahead(const Ahead *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const Ahead *ahead = &cases[i];
        Description *description = describe(ahead->target, ahead->more ? ahead->more : "", "{}");
        Value values[6] = {{0}};
        for (int y = 0, n = 0; y < 5; y++)
            if (!isnan(ahead->values[y])) values[n++] = (Value){2020 + y, ahead->values[y]};
        IndicatorResult result;
        judge_series(description, values, 2024, &result);
        const double *metrics = result.metrics;
        // A gap is a decimal figure without noise: the same to the last bit.
        bool gap =
            isnan(ahead->gap) ? isnan(metrics[METRIC_GAP]) : metrics[METRIC_GAP] == ahead->gap;
        if (!gap || !is_same(metrics[METRIC_TARGET], ahead->number) ||
            !is_same(metrics[METRIC_REQUIRED_CHANGE], ahead->required) ||
            !is_same(metrics[METRIC_PROGRESS], ahead->progress) ||
            !is_same(metrics[METRIC_REACH_YEAR], ahead->reach))
            fail_msg("case %zu: %s: target %.12g, gap %.17g, required %.12g, progress %.12g, "
                     "reach %.12g",
                     i, ahead->target, metrics[METRIC_TARGET], metrics[METRIC_GAP],
                     metrics[METRIC_REQUIRED_CHANGE], metrics[METRIC_PROGRESS],
                     metrics[METRIC_REACH_YEAR]);
        description_free(description);
    }
}

#define LOOK_AHEAD(cases) look_ahead(cases, sizeof(cases) / sizeof *(cases))
#define WHOLE ",'digits':0"
#define TENTHS ",'digits':1"

static void a_line_is_reached_where_the_series_crosses_it(void **state) {
    (void)state;
    static const char least[] = "{'kind':'at_least','value':70}";
    static const char keeps[] = "{'kind':'keeps_at_least','value':70}";
    static const char above[] = "{'kind':'above','value':70}",
                      below[] = "{'kind':'below','value':12}";
    const Ahead cases[] = {
        {least, 0, {60, 61, 62, 63, 64}, 70, 6, 1, 0.4, 2030},
        {least, 0, {60, 61, 62, 63, NAN}, 70, NAN, NAN, NAN, NAN},
        {least, 0, {NAN, NAN, NAN, 63, 64}, 70, 6, 1, NAN, NAN}, // two values make no line
        {least, 0, {60, 60.2, 60.4, 60.6, 60.8}, 70, 9.2, 9.2 / 6, 0.08, 2070},
        {least, 0, {60, 60.1, 60.2, 60.3, 60.4}, 70, 9.6, 1.6, 0.04, NAN}, // in 96 years
        {"{'kind':'at_least','value':80}",
         TENTHS,
         {79.5, 79.6, 79.7, 79.8, 79.9},
         80,
         0.1,
         0.1 / 6,
         0.8,
         2025},
        {"{'kind':'at_most','value':12}", 0, {20, 19, 18, 17, 16}, 12, 4, -4. / 6, 0.5, 2028},
        {keeps, 0, {60, 61, 62, 63, 64}, 70, 6, 1, 0.4, 2030},
        {keeps, 0, {60, 62, 65, 68, 69.5}, 70, 0.5, 0.5 / 6, 0.95, 2024.04},
        {above, TENTHS, {60, 61, 62, 63, 64}, 70, 6.1, 6.1 / 6, 0.4, 2030.1},
        {below, TENTHS, {20, 19, 18, 17, 16}, 12, 4.1, -4.1 / 6, 0.5, 2028.1},
        // On the line, which must be passed: four of five steps are done.
        {above, WHOLE, {66, 67, 68, 69, 70}, 70, 1, 1. / 6, 0.8, 2025},
        {below, WHOLE, {16, 15, 14, 13, 12}, 12, 1, -1. / 6, 0.8, 2025},
        // The fitted line is over it (73.4) while the value is not: next year at the earliest.
        {least, 0, {60, 65, 70, 75, 69}, 70, 1, 1. / 6, 0.9, 2025},
        // It is over it in 2024 (71.4), no longer in 2025 (68.7).
        {least, 0, {80, 80, 80, 75, 69}, 70, 1, 1. / 6, 0, NAN},
        // Met: nothing is left.
        {least, 0, {60, 63, 66, 69, 72}, 70, 0, 0, 1.2, 2024},
        {least, WHOLE, {60, 63, 66, 69, 69.5}, 70, 0, 0, 1, 2024}, // printed 70
        {least, 0, {NAN, 63, 66, 69, 72}, 70, 0, 0, NAN, 2024},
        // What is printed decides how far it is.
        {least, WHOLE, {60, 61, 62, 63, 64.4}, 70, 6, 1, 0.4, 2024 + (70 - 64.24) / 1.08},
    };
    LOOK_AHEAD(cases);
}

static void a_band_is_reached_at_its_nearer_edge(void **state) {
    (void)state;
    static const char around[] = "{'kind':'around','value':100,'tolerance':5}";
    static const char within[] =
        "{'kind':'within','low':103,'high':107,'outer_low':100,'outer_high':110}";
    const Ahead cases[] = {
        {around, 0, {80, 82, 84, 86, 88}, 100, 7, 7. / 6, NAN, 2027.5},
        {around, 0, {120, 118, 116, 114, 112}, 100, 7, -7. / 6, NAN, 2027.5},
        {around, 0, {92, 94, 96, 98, 100}, 100, 0, 0, NAN, 2024},
        {within, WHOLE, {91, 93, 95, 97, 99}, NAN, 4, 4. / 6, NAN, 2026},
        {within, WHOLE, {120, 118, 116, 114, 112}, NAN, 5, -5. / 6, NAN, 2026.5},
        {within, WHOLE, {116, 114, 112, 110, 108}, NAN, 1, -1. / 6, NAN, 2024.5}, // near
        {within, WHOLE, {101, 102, 103, 104, 105}, NAN, 0, 0, NAN, 2024},
    };
    LOOK_AHEAD(cases);
}

// From one year or term to the next there is no number; the forecast for next year tells.
static void a_movement_by_the_year_is_reached_next_year_or_not(void **state) {
    (void)state;
    static const char rises[] = "{'kind':'rises','per':'year'}",
                      falls[] = "{'kind':'falls','per':'year'}",
                      narrows[] = "{'kind':'narrows','per':'year'}";
    static const char term[] = "{'kind':'rises','per':'term','years':3}";
#define NO_NUMBER NAN, NAN, NAN, NAN
    const Ahead cases[] = {
        {rises, 0, {50, 52, 54, 56, 55}, NO_NUMBER, 2025},      // 57.6
        {rises, 0, {50, 50, 40, 58, 58}, NO_NUMBER, 2025},      // 56 this year, 58.4
        {rises, 0, {50, 50, 38, 58, 58}, NO_NUMBER, NAN},       // 58
        {falls, 0, {-40, -42, -44, -46, -45}, NO_NUMBER, 2025}, // -47.6
        {rises, 0, {50, 52, 54, 60, 55}, NO_NUMBER, 2025},      // 59.6: more than this year's 55
        {rises, 0, {60, 50, 40, 30, 30}, NO_NUMBER, NAN},       // 18
        {rises, 0, {50, 52, 54, 56, 58}, NAN, 0, 0, NAN, 2024},
        {rises, 0, {NAN, NAN, NAN, 56, 55}, NO_NUMBER, NAN},
        {falls, 0, {50, 48, 46, 44, 45}, NO_NUMBER, 2025},   // 42.4
        {falls, 0, {40, 50, 60, 70, 70}, NO_NUMBER, NAN},    // 82
        {narrows, 0, {-8, -6, -4, -2, -3}, NO_NUMBER, 2025}, // −0.4
        {narrows, 0, {-2, -4, -6, -8, -8}, NO_NUMBER, NAN},  // −10.4
        {narrows, 0, {8, 6, 4, 2, 3}, NO_NUMBER, 2025},      // 0.4
        {term, 0, {50, 52, 54, 56, 51}, NO_NUMBER, 2025},    // 54.4, and 52 before the term
        // 10.34 and 10.06 are printed as the 10 of this year.
        {rises, WHOLE, {10, 10.1, 10.2, 10.3, 10.2}, NO_NUMBER, NAN},
        {falls, WHOLE, {10.4, 10.3, 10.2, 10.1, 10.2}, NO_NUMBER, NAN},
        {narrows, WHOLE, {-10.4, -10.3, -10.2, -10.1, -10.2}, NO_NUMBER, NAN},
        {"{'kind':'slows'}", 0, {10, 11, 12, 13, 15}, NO_NUMBER, NAN},
        {"{'kind':'slows'}", 0, {10, 12, 14, 16, 17}, NAN, 0, 0, NAN, 2024},
        {"{'kind':'evidence'}", 0, {0, 0, 0, 0, 0}, NO_NUMBER, NAN},
    };
    LOOK_AHEAD(cases);
}

// Over a plan the line is one printed step beyond the baseline.
static void a_movement_over_the_plan_has_a_line(void **state) {
    (void)state;
    static const char rises[] = "{'kind':'rises','per':'plan'}",
                      falls[] = "{'kind':'falls','per':'plan'}",
                      narrows[] = "{'kind':'narrows','per':'plan'}";
#define FROM(baseline) ",'digits':0,'baseline':" #baseline
    const Ahead cases[] = {
        {rises, FROM(50.4), {NAN, 44, 45, 46, 47}, NAN, 4, 4. / 6, NAN, 2028},     // to 51
        {falls, FROM(-50), {NAN, -44, -45, -46, -47}, NAN, 4, -4. / 6, NAN, 2028}, // to -51
        {narrows,
         TENTHS ",'baseline':0.3",
         {NAN, 0.8, 0.7, 0.6, 0.5},
         NAN,
         0.3,
         -0.05,
         NAN,
         2027},                                                                 // to 0.2
        {falls, FROM(49.6), {NAN, 56, 55, 54, 53}, NAN, 4, -4. / 6, NAN, 2028}, // to 49
        {narrows, FROM(-4.4), {NAN, 10, 9, 8, 7}, NAN, 4, -4. / 6, NAN, 2028},  // to 3
        {narrows, FROM(4), {NAN, 10, 9, 8, 7}, NAN, 4, -4. / 6, NAN, 2028},
        {narrows, FROM(4.4), {NAN, -10, -9, -8, -7}, NAN, 4, 4. / 6, NAN, 2028}, // to −3
        {narrows, FROM(-4), {NAN, -10, -9, -8, -7}, NAN, 4, 4. / 6, NAN, 2028},
        {rises, FROM(50), {NAN, 52, 53, 54, 55}, NAN, 0, 0, NAN, 2024},
        {rises, WHOLE, {NAN, 52, 53, 54, 55}, NAN, NAN, NAN, NAN, NAN}, // no baseline
    };
    LOOK_AHEAD(cases);
}

// The other figure is 50 in 2024.
static void a_line_that_another_figure_draws_is_held_as_it_is(void **state) {
    (void)state;
    const Ahead cases[] = {
        {"{'kind':'not_below','indicator':'other'}", 0, {40, 41, 42, 43, 44}, 50, 6, 1, 0.4, 2030},
        {"{'kind':'not_above','indicator':'other'}", 0, {60, 59, 58, 57, 56}, 50, 6, -1, 0.4, 2030},
        // 45.25, printed 45.3
        {"{'kind':'not_below','indicator':'other','times':0.905}",
         TENTHS,
         {40, 41, 42, 43, 44},
         45.25,
         1.3,
         1.3 / 6,
         4 / 5.25,
         2025.3},
        // 50 · 1.1 + 0.25 = 55.25
        {"{'kind':'not_above','indicator':'other','times':1.1,'tolerance':0.25}",
         TENTHS,
         {60, 59, 58, 57, 56},
         55.25,
         0.7,
         -0.7 / 6,
         4 / 4.75,
         2024.7},
        // 45.24, printed 45.2
        {"{'kind':'not_below','indicator':'other','times':0.9048}",
         TENTHS,
         {40, 42, 43, 44, 45.2},
         45.24,
         0,
         0,
         1,
         2024},
        {"{'kind':'not_below','indicator':'other_rural'}",
         0,
         {40, 41, 42, 43, 44},
         NAN,
         NAN,
         NAN,
         NAN,
         NAN},
    };
    LOOK_AHEAD(cases);
}

#define ALL(a, b) "{'kind':'all_of','parts':[" a "," b "]}"
#define ANY(a, b) "{'kind':'any_of','parts':[" a "," b "]}"
#define LEAST(value) "{'kind':'at_least','value':" #value "}"
#define MOST(value) "{'kind':'at_most','value':" #value "}"
#define RISES "{'kind':'rises','per':'year'}"
#define FALLS "{'kind':'falls','per':'year'}"

// All: the latest speaks, never above all. The number is that of the first part that has one, the
// progress the least.
static void the_hardest_of_all_speaks(void **state) {
    (void)state;
#define STRAIGHT                                                                                   \
    { 60, 61, 62, 63, 64 }
    const Ahead cases[] = {
        {ALL(LEAST(70), LEAST(66)), 0, STRAIGHT, 70, 6, 1, 0.4, 2030},
        {ALL(LEAST(66), LEAST(70)), 0, STRAIGHT, 66, 6, 1, 0.4, 2030},
        // Under a band and falling: one part is met, the other never.
        {ALL(LEAST(50), MOST(60)), 0, {48, 47, 46, 45, 44}, 50, 6, 1, -2, NAN},
        {ALL(MOST(60), LEAST(50)), 0, {48, 47, 46, 45, 44}, 60, 6, 1, -2, NAN},
        {ALL(LEAST(62), LEAST(70)), 0, STRAIGHT, 62, 6, 1, 0.4, 2030}, // the first is met
        {ALL(LEAST(62), LEAST(61)), 0, STRAIGHT, 62, 0, 0, 2, 2024},
        {ALL(RISES, LEAST(70)), 0, STRAIGHT, 70, 6, 1, 0.4, 2030},
        {ALL(LEAST(70), RISES), 0, STRAIGHT, 70, 6, 1, 0.4, 2030},
        {ALL(RISES, FALLS), 0, STRAIGHT, NO_NUMBER, NAN},
        {ALL(LEAST(70), FALLS), 0, STRAIGHT, 70, NAN, NAN, 0.4, NAN},
        // Of two that are reached together, or never, the first.
        {ALL(LEAST(70), LEAST(71)), 0, {60, 65, 70, 75, 69}, 70, 1, 1. / 6, 9. / 11, 2025},
        {ALL(LEAST(70), LEAST(80)), 0, {64, 63, 62, 61, 60}, 70, 10, 10. / 6, -4. / 6, NAN},
        {ALL(ANY(RISES, LEAST(66)), LEAST(70)), 0, STRAIGHT, 66, 6, 1, 0.4, 2030},
    };
    LOOK_AHEAD(cases);
}

// Any: the earliest speaks, with the most progress.
static void the_nearest_of_any_speaks(void **state) {
    (void)state;
    const Ahead cases[] = {
        {ANY(LEAST(70), LEAST(66)), 0, STRAIGHT, 70, 2, 2. / 6, 4. / 6, 2026},
        {ANY(LEAST(66), LEAST(70)), 0, STRAIGHT, 66, 2, 2. / 6, 4. / 6, 2026},
        {ANY(LEAST(70), MOST(50)), 0, STRAIGHT, 70, 6, 1, 0.4, 2030},
        {ANY(MOST(50), LEAST(70)), 0, STRAIGHT, 50, 6, 1, 0.4, 2030},
        {ANY(LEAST(70), LEAST(62)), 0, STRAIGHT, 70, 0, 0, 2, 2024},
        {ANY(FALLS, LEAST(70)), 0, STRAIGHT, 70, 6, 1, 0.4, 2030},
        {ANY(LEAST(70), RISES), 0, STRAIGHT, 70, 0, 0, 0.4, 2024},
        {ANY(LEAST(70), LEAST(71)), 0, {60, 65, 70, 75, 69}, 70, 1, 1. / 6, 0.9, 2025},
        {ANY(MOST(50), MOST(40)), 0, STRAIGHT, 50, 14, -14. / 6, -0.2, NAN},
    };
    LOOK_AHEAD(cases);
}

// Once it was next year whenever the forecast was above this year's value. The line, 2 a year, is
// at 48.8 in 2025, three years after 52, and at 50.8 in 2026, three years after 40.
static void a_movement_by_the_term_is_reached_beyond_the_term_before(void **state) {
    (void)state;
    static const char rises[] = "{'kind':'rises','per':'term','years':3}",
                      falls[] = "{'kind':'falls','per':'term','years':3}";
    const Ahead cases[] = {
        {rises, 0, {30, 48, 52, 40, 44}, NO_NUMBER, 2026},
        {falls, 0, {-30, -48, -52, -40, -44}, NO_NUMBER, 2026},
        // 51 for ever after 51: 2028 is three years after a year that is forecast itself.
        {rises, 0, {51, 51, 51, 51, 51}, NO_NUMBER, NAN},
    };
    LOOK_AHEAD(cases);
}

// Once it said −1: a level that is kept again after a year below it has nothing left to go.
static void what_is_kept_again_has_no_gap(void **state) {
    (void)state;
    const Ahead cases[] = {
        {"{'kind':'keeps_at_least','value':95}", 0, {90, 98, 94, 95, 96}, 95, 0, 0, 1.2, 2025},
        {"{'kind':'keeps_at_least','value':95}", 0, {98, 97, 94, 95, 96}, 95, 0, 0, 1, NAN},
    };
    LOOK_AHEAD(cases);
}

// Once it was to be reached below zero: no gap is narrower than none.
static void a_gap_that_was_none_cannot_narrow(void **state) {
    (void)state;
    const Ahead cases[] = {
        {"{'kind':'narrows','per':'plan'}", FROM(0), {NAN, 10, 9, 8, 7}, NO_NUMBER, NAN},
        {"{'kind':'narrows','per':'plan'}", FROM(0.4), {NAN, -10, -9, -8, -7}, NO_NUMBER, NAN},
    };
    LOOK_AHEAD(cases);
}

// In the first term that is declared the year before it counts, not the length of a term.
static void the_first_term_has_a_term_before_it(void **state) {
    (void)state;
    const int terms[] = {2021, 2026}, years[] = {2019, 2020, 2024};
    const double values[] = {60, 50, 55};
    const Indicator indicator = {0};
    const Plan plan = {.terms = terms, .term_count = 2};
    const Judged judged = {.indicator = &indicator,
                           .plan = &plan,
                           .year = 2024,
                           .years = years,
                           .values = values,
                           .count = 3,
                           .value = 55,
                           .baseline = NAN};
    const Target target = {.kind = TARGET_RISES, .per = PER_TERM, .years = 5};
    assert_int_equal(judge(&judged, &target), STATUS_MET); // 50 in 2020; 60 in 2019
}

static void distance_is_measured_from_what_is_best(void **state) {
    (void)state;
    const Target parts[] = {{.kind = TARGET_AT_MOST}, {.kind = TARGET_AT_LEAST}};
    const struct {
        Target target;
        double value, distance;
    } cases[] = {
        {{.kind = TARGET_AT_LEAST, .value = 5}, 7, -7},
        {{.kind = TARGET_RISES}, 7, -7},
        {{.kind = TARGET_NOT_BELOW}, 7, -7},
        {{.kind = TARGET_AT_MOST, .value = 5}, 7, 7},
        {{.kind = TARGET_BELOW, .value = 5}, 7, 7},
        {{.kind = TARGET_FALLS}, 7, 7},
        {{.kind = TARGET_SLOWS}, 7, 7},
        {{.kind = TARGET_NOT_ABOVE}, 7, 7},
        {{.kind = TARGET_NARROWS}, -7, 7},
        {{.kind = TARGET_NARROWS}, 7, 7},
        {{.kind = TARGET_AROUND, .value = 10}, 7, 3},
        {{.kind = TARGET_AROUND, .value = 5}, 7, 2},
        {{.kind = TARGET_WITHIN, .low = 8, .high = 12}, 7, 1},
        {{.kind = TARGET_WITHIN, .low = 3, .high = 5}, 7, 2},
        {{.kind = TARGET_WITHIN, .low = 3, .high = 12}, 7, 0},
        {{.kind = TARGET_ALL_OF, .parts = parts, .part_count = 2}, 7, 7}, // by the first
        {{.kind = TARGET_ANY_OF, .parts = parts, .part_count = 2}, 7, 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(judge_distance(&cases[i].target, cases[i].value) == cases[i].distance);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_reached_where_the_series_crosses_it),
        cmocka_unit_test(a_band_is_reached_at_its_nearer_edge),
        cmocka_unit_test(a_movement_by_the_year_is_reached_next_year_or_not),
        cmocka_unit_test(a_movement_over_the_plan_has_a_line),
        cmocka_unit_test(a_line_that_another_figure_draws_is_held_as_it_is),
        cmocka_unit_test(the_hardest_of_all_speaks),
        cmocka_unit_test(the_nearest_of_any_speaks),
        cmocka_unit_test(a_movement_by_the_term_is_reached_beyond_the_term_before),
        cmocka_unit_test(what_is_kept_again_has_no_gap),
        cmocka_unit_test(a_gap_that_was_none_cannot_narrow),
        cmocka_unit_test(the_first_term_has_a_term_before_it),
        cmocka_unit_test(distance_is_measured_from_what_is_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
