// Rules that do not stop, take all there is, or raise: named in the results of their regions, while
// all other results stand, and the same bytes for any number of workers.
#include "tests/unit/eval/engine_troubled.h"

enum { REGIONS = 600 };

// ---- troubles ----------------------------------------------------------------------------------

typedef struct Trouble {
    const char *name, *series;
    How how;
    size_t regions[8];
    size_t region_count; // 0: in all
    CallOutcome outcome;
    bool everywhere; // the rule is left out, and fails in all regions
} Trouble;

static bool is_troubled(const Trouble *trouble, size_t region) {
    for (size_t i = 0; i < trouble->region_count; i++)
        if (trouble->regions[i] == region) return true;
    return trouble->region_count == 0;
}

static void make_trouble(Trial *trial, const Trouble *trouble) {
    for (size_t r = 0; r < trial->region_count; r++)
        if (is_troubled(trouble, r)) trial_set(trial, trouble->series, TRIAL_YEAR, r, trouble->how);
}

// The results but for the failures: the troubled warning is raised nowhere either way.
static bool same_record(Reading *reading, const Results *left, const Results *right,
                        size_t region) {
    const Buffer *a = &left->regions[region], *b = &right->regions[region];
    const uint8_t *ours = result_record(reading->layout, a->data, a->length);
    const uint8_t *theirs = result_record(reading->layout, b->data, b->length);
    assert_true(ours && theirs);
    return memcmp(ours, theirs, reading->layout->size) == 0;
}

static void check_trouble(Trial *trial, const Trouble *trouble, const Results *calm,
                          const Results *got) {
    Reading reading = reading_begin(trial);
    bool formula = strcmp(trouble->series, "in_formula") == 0;
    for (size_t r = 0; r < trial->region_count; r++) {
        bool fails = trouble->everywhere || is_troubled(trouble, r);
        if (fails)
            assert_fails(&reading, got, r, trouble->series, trouble->outcome);
        else if (!formula && !results_agree_at(calm, got, r))
            fail_msg("%s: region %zu is not as it was", trouble->name, r);
        else if (read_region(&reading, got, r)->failure_count > 0)
            fail_msg("%s: a rule failed in region %zu", trouble->name, r);
        if (!formula && !same_record(&reading, calm, got, r))
            fail_msg("%s: the record of region %zu is another", trouble->name, r);
    }
    reading_end(&reading);
}

static void meet_trouble(Trial *trial, const Trouble *trouble, const Results *calm) {
    Results alone = {0}, together = {0};
    EngineStatistics statistics;
    make_trouble(trial, trouble);
    run_with(trial, 3, &together, &statistics);
    check_trouble(trial, trouble, calm, &together);
    // Trouble everywhere takes long, and all that it leaves has been checked.
    if (trouble->region_count > 0) {
        run_with(trial, 1, &alone, &statistics);
        results_assert_equal(&alone, &together, trouble->name);
    }
    make_calm(trial);
    results_free(&alone);
    results_free(&together);
}

static void meet_troubles(const Trouble *troubles, size_t count) {
    Trial *trial = troubled_trial(REGIONS);
    EngineStatistics statistics;
    Results calm = {0};
    run_with(trial, 1, &calm, &statistics);
    assert_int_equal(statistics.retries, 0);
    for (size_t i = 0; i < count; i++)
        meet_trouble(trial, &troubles[i], &calm);
    results_free(&calm);
    trial_free(trial);
}

#define MEET(troubles) meet_troubles(troubles, sizeof(troubles) / sizeof *(troubles))

static void rules_that_sit_in_a_c_function_are_left_out(void **state) {
    (void)state;
    static const Trouble troubles[] = {
        {"stuck in one region", "in_warning", STUCK, {300}, 1, CALL_STUCK, false},
        {"stuck in all regions", "in_warning", STUCK, {0}, 0, CALL_STUCK, true},
        {"a formula is stuck in one region", "in_formula", STUCK, {599}, 1, CALL_STUCK, false},
    };
    MEET(troubles);
}

static void rules_over_their_time_are_left_out_when_it_happens_often(void **state) {
    (void)state;
    static const Trouble troubles[] = {
        {"endless in one region", "in_warning", ENDLESS, {7}, 1, CALL_OVER_TIME, false},
        {"endless in four", "in_warning", ENDLESS, {0, 255, 256, 599}, 4, CALL_OVER_TIME, false},
        {"endless in five", "in_warning", ENDLESS, {0, 9, 255, 256, 599}, 5, CALL_OVER_TIME, true},
        {"endless in all", "in_warning", ENDLESS, {0}, 0, CALL_OVER_TIME, true},
        {"an endless formula in two", "in_formula", ENDLESS, {4, 300}, 2, CALL_OVER_TIME, false},
    };
    MEET(troubles);
}

static void rules_over_their_memory_are_told_so_wherever_they_are_left_out(void **state) {
    (void)state;
    static const Trouble troubles[] = {
        {"all the memory in one region",
         "in_warning",
         FILLS_MEMORY,
         {300},
         1,
         CALL_OVER_MEMORY,
         false},
        {"all the memory in five far away",
         "in_warning",
         FILLS_MEMORY,
         {100, 300, 301, 512, 599},
         5,
         CALL_OVER_MEMORY,
         true},
        {"all the memory everywhere", "in_warning", FILLS_MEMORY, {0}, 0, CALL_OVER_MEMORY, true},
    };
    MEET(troubles);
}

static void rules_that_raise_everywhere_are_called_everywhere(void **state) {
    (void)state;
    static const Trouble troubles[] = {
        {"raises in all", "in_warning", RAISES, {0}, 0, CALL_RAISED, true},
        {"a formula raises in all", "in_formula", RAISES, {0}, 0, CALL_RAISED, true},
    };
    MEET(troubles);
}

// Time and memory mixed: what the rule is said to have run over is settled by the fifth region in
// order, not by who met it first.
static void what_a_rule_ran_over_does_not_depend_on_the_workers(void **state) {
    (void)state;
    Trial *trial = troubled_trial(REGIONS);
    Results alone = {0}, together = {0};
    EngineStatistics statistics;
    static const size_t over_time[] = {3, 4, 257}, over_memory[] = {255, 260, 512, 513, 514};
    for (size_t i = 0; i < 3; i++)
        trial_set(trial, "in_warning", TRIAL_YEAR, over_time[i], ENDLESS);
    for (size_t i = 0; i < 5; i++)
        trial_set(trial, "in_warning", TRIAL_YEAR, over_memory[i], FILLS_MEMORY);
    run_with(trial, 1, &alone, &statistics);
    Reading reading = reading_begin(trial);
    for (size_t r = 0; r < REGIONS; r++)
        assert_fails(&reading, &alone, r, "in_warning", CALL_OVER_MEMORY);
    for (int workers = 2; workers <= 3; workers++) {
        run_with(trial, workers, &together, &statistics);
        results_assert_equal(&alone, &together, "time and memory");
    }
    reading_end(&reading);
    results_free(&alone);
    results_free(&together);
    trial_free(trial);
}

// A formula is called for every year: one that does not end costs its region one call, not ten.
static void a_formula_that_does_not_end_is_not_called_for_older_years(void **state) {
    (void)state;
    Trial *trial = troubled_trial(REGIONS);
    Results alone = {0}, together = {0};
    EngineStatistics calm, troubled;
    run_with(trial, 1, &alone, &calm);
    for (int year = TRIAL_FIRST_YEAR; year <= TRIAL_YEAR; year++)
        for (size_t r = 300; r < 304; r++)
            trial_set(trial, "in_formula", year, r, ENDLESS);
    run_with(trial, 1, &alone, &troubled);
    assert_int_equal(troubled.restarts, 0);
    assert_int_equal(troubled.rule_calls, calm.rule_calls - 4 * (TRIAL_YEAR - TRIAL_FIRST_YEAR));
    run_with(trial, 3, &together, &troubled);
    results_assert_equal(&alone, &together, "an endless formula");
    Reading reading = reading_begin(trial);
    for (size_t r = 0; r < REGIONS; r++) {
        if (r >= 300 && r < 304)
            assert_fails(&reading, &alone, r, "in_formula", CALL_OVER_TIME);
        else
            assert_int_equal(read_region(&reading, &alone, r)->failure_count, 0);
    }
    reading_end(&reading);
    results_free(&alone);
    results_free(&together);
    trial_free(trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_that_sit_in_a_c_function_are_left_out),
        cmocka_unit_test(rules_over_their_time_are_left_out_when_it_happens_often),
        cmocka_unit_test(rules_over_their_memory_are_told_so_wherever_they_are_left_out),
        cmocka_unit_test(rules_that_raise_everywhere_are_called_everywhere),
        cmocka_unit_test(what_a_rule_ran_over_does_not_depend_on_the_workers),
        cmocka_unit_test(a_formula_that_does_not_end_is_not_called_for_older_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
