// Troubles that come and go with changes: at every step the bytes of a whole run.
#include "tests/unit/eval/engine_troubled.h"

enum { REGIONS = 20 };

typedef struct Course {
    Trial *trial;
    Engine *engine;
    Results results;
    uint32_t touched[REGIONS];
    size_t touched_count;
} Course;

static Course course_begin(void) {
    Course course = {.trial = troubled_trial(REGIONS)};
    course.engine = trial_engine(course.trial);
    trial_run(course.engine);
    results_take(&course.results, course.engine, course.trial);
    return course;
}

static void course_end(Course *course) {
    engine_free(course->engine);
    results_free(&course->results);
    trial_free(course->trial);
}

static void change(Course *course, const char *series, size_t region, double value) {
    ProblemList problems = {0};
    ChangedValue changed = {trial_series(course->trial, series), -1, TRIAL_YEAR};
    EngineChange request = {region, &changed, 1};
    trial_set(course->trial, series, TRIAL_YEAR, region, value);
    if (!engine_change(course->engine, &request, course->touched, &course->touched_count,
                       &problems))
        trial_fail("the change failed", &problems);
    results_take(&course->results, course->engine, course->trial);
}

static void compare_with_whole(Course *course, const char *what) {
    Results whole = {0};
    EngineStatistics statistics;
    run_with(course->trial, 1, &whole, &statistics);
    results_assert_equal(&course->results, &whole, what);
    results_free(&whole);
}

static bool fails(Course *course, size_t region) {
    Reading reading = reading_begin(course->trial);
    bool any = read_region(&reading, &course->results, region)->failure_count > 0;
    reading_end(&reading);
    return any;
}

// The first worker is lost when half of the change is made; the second must make all of it.
static void a_change_that_costs_its_worker_is_made_whole(void **state) {
    (void)state;
    Course course = course_begin();
    change(&course, "in_warning", 5, STUCK);
    assert_true(fails(&course, 5));
    compare_with_whole(&course, "a rule gets stuck");
    change(&course, "in_warning", 5, CALM);
    assert_false(fails(&course, 5));
    compare_with_whole(&course, "the rule comes free");
    course_end(&course);
}

// Left out for a region is the rule, not the one call: its calls for other indicators too.
static void a_rule_that_gets_stuck_fails_for_all_it_judges_in_the_region(void **state) {
    (void)state;
    Course course = course_begin();
    change(&course, "in_each", 5, STUCK);
    assert_false(fails(&course, 5));
    change(&course, "screening", 5, 13);
    Reading reading = reading_begin(course.trial);
    assert_int_equal(read_region(&reading, &course.results, 5)->failure_count, 3);
    reading_end(&reading);
    compare_with_whole(&course, "one of three indicators");
    course_end(&course);
}

static void a_rule_over_its_budget_in_one_region_is_called_for_the_others(void **state) {
    (void)state;
    Course course = course_begin();
    change(&course, "in_warning", 5, ENDLESS);
    for (int i = 0; i < 5; i++)
        change(&course, "mortality", 5, 30 + i);
    change(&course, "in_warning", 6, RAISES);
    assert_true(fails(&course, 6));
    assert_false(fails(&course, 7));
    change(&course, "in_warning", 6, CALM);
    assert_false(fails(&course, 6));
    compare_with_whole(&course, "one region over its budget");
    course_end(&course);
}

static void a_rule_left_out_everywhere_comes_back_when_its_trouble_ends(void **state) {
    (void)state;
    Course course = course_begin();
    for (size_t r = 0; r < 4; r++)
        change(&course, "in_formula", r, ENDLESS);
    assert_false(fails(&course, 4));
    compare_with_whole(&course, "four regions over their budget");
    change(&course, "in_formula", 4, ENDLESS);
    assert_int_equal(course.touched_count, REGIONS);
    assert_true(fails(&course, 10));
    compare_with_whole(&course, "five regions over their budget");
    change(&course, "in_formula", 2, CALM);
    assert_int_equal(course.touched_count, REGIONS);
    assert_false(fails(&course, 10));
    compare_with_whole(&course, "four again");
    course_end(&course);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_that_costs_its_worker_is_made_whole),
        cmocka_unit_test(a_rule_that_gets_stuck_fails_for_all_it_judges_in_the_region),
        cmocka_unit_test(a_rule_over_its_budget_in_one_region_is_called_for_the_others),
        cmocka_unit_test(a_rule_left_out_everywhere_comes_back_when_its_trouble_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
