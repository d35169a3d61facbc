// Evaluating what a change touches: the same bytes as evaluating everything, and no call too many.
#include "tests/unit/eval/engine_fixture.h"

// The nation and its provinces stand in the middle.
enum { REGIONS = 30, NATION = 14, PROVINCE = 15, COUNTY = 3, MOST_VALUES = 6, MOST_REGIONS = 4 };

// One engine follows the changes, another evaluates everything after each of them.
typedef struct Pursuit {
    Trial *trial;
    Engine *follower, *reference;
    Results followed, referred, before;
    uint32_t *touched;
    size_t touched_count;
} Pursuit;

static Pursuit pursuit_begin(const char *pack, size_t regions, uint32_t percent) {
    Pursuit pursuit = {.trial = trial_of_folder(pack)};
    trial_fill(pursuit.trial, regions, percent);
    return pursuit;
}

static void pursuit_start(Pursuit *pursuit) {
    pursuit->follower = trial_engine(pursuit->trial);
    pursuit->reference = trial_engine(pursuit->trial);
    pursuit->touched = memory_new(pursuit->trial->region_count, sizeof *pursuit->touched);
    trial_run(pursuit->follower);
    results_take(&pursuit->followed, pursuit->follower, pursuit->trial);
    results_take(&pursuit->before, pursuit->follower, pursuit->trial);
}

static void pursuit_end(Pursuit *pursuit) {
    engine_free(pursuit->follower);
    engine_free(pursuit->reference);
    results_free(&pursuit->followed);
    results_free(&pursuit->referred);
    results_free(&pursuit->before);
    free(pursuit->touched);
    trial_free(pursuit->trial);
}

static bool is_touched(const Pursuit *pursuit, size_t region) {
    for (size_t i = 0; i < pursuit->touched_count; i++)
        if (pursuit->touched[i] == region) return true;
    return false;
}

static void follow(Pursuit *pursuit, size_t region, const ChangedValue *values, size_t count) {
    ProblemList problems = {0};
    EngineChange change = {region, values, count};
    results_take(&pursuit->before, pursuit->follower, pursuit->trial);
    if (!engine_change(pursuit->follower, &change, pursuit->touched, &pursuit->touched_count,
                       &problems))
        trial_fail("the change failed", &problems);
    assert_int_equal(problems.count, 0);
    results_take(&pursuit->followed, pursuit->follower, pursuit->trial);
    for (size_t r = 0; r < pursuit->trial->region_count; r++)
        if (!is_touched(pursuit, r) && !results_agree_at(&pursuit->before, &pursuit->followed, r))
            fail_msg("region %zu changed but is not said to be touched", r);
}

static void compare(Pursuit *pursuit, const char *what) {
    trial_run(pursuit->reference);
    results_take(&pursuit->referred, pursuit->reference, pursuit->trial);
    results_assert_equal(&pursuit->followed, &pursuit->referred, what);
}

// ---- any change --------------------------------------------------------------------------------

static ChangedValue random_place(Trial *trial) {
    const Description *description = trial->code.description;
    ChangedValue value = {.breakdown = -1};
    value.series = (int)trial_random(trial, (uint32_t)description->series_count);
    switch (trial_random(trial, 4)) {
        case 0:
            value.year =
                TRIAL_FIRST_YEAR + (int)trial_random(trial, TRIAL_LAST_YEAR - TRIAL_FIRST_YEAR + 1);
            break;
        case 1: value.year = TRIAL_YEAR - 1 - (int)trial_random(trial, 2); break;
        default: value.year = TRIAL_YEAR;
    }
    if (trial_is_formula(trial, value.series) || trial_random(trial, 4) == 0)
        value.breakdown = (int)trial_random(trial, (uint32_t)description->breakdown_count);
    // A unit's own fact.
    if (description->series[value.series].kind == SERIES_FACT && trial_random(trial, 2) == 0)
        value.breakdown = (int)description->breakdown_count - 1 -
                          (int)trial_random(trial, (uint32_t)description->unit_count);
    return value;
}

// Figures of a region entered, corrected or withdrawn; adds to the text what was done.
static size_t put_at_random(Trial *trial, size_t region, ChangedValue *values, Buffer *text) {
    size_t count = trial_random(trial, 3) ? 1 : 1 + trial_random(trial, MOST_VALUES);
    buffer_printf(text, " region %zu:", region);
    for (size_t v = 0; v < count; v++) {
        values[v] = random_place(trial);
        double value = trial_random(trial, 6) ? trial_value(trial) : NAN;
        dataset_set(trial->dataset, trial_column(trial, values[v].series, values[v].breakdown),
                    values[v].year, region, value);
        buffer_printf(text, " %s.%s %d %g", trial->code.description->series[values[v].series].id,
                      trial_breakdown(trial, values[v].breakdown), values[v].year, value);
    }
    return count;
}

// Mostly of one region; else of several, all of which are in the dataset before the first is told.
static void change_at_random(Pursuit *pursuit, size_t number) {
    Trial *trial = pursuit->trial;
    ChangedValue values[MOST_REGIONS][MOST_VALUES];
    size_t regions[MOST_REGIONS], counts[MOST_REGIONS];
    size_t region_count = trial_random(trial, 8) ? 1 : 1 + trial_random(trial, MOST_REGIONS);
    Buffer text = {0};
    buffer_printf(&text, "change %zu:", number);
    for (size_t i = 0; i < region_count; i++) {
        // The pack's own region, which has units, or any.
        regions[i] =
            trial_random(trial, 4) ? trial_random(trial, (uint32_t)trial->region_count) : PROVINCE;
        counts[i] = put_at_random(trial, regions[i], values[i], &text);
    }
    for (size_t i = 0; i < region_count; i++)
        follow(pursuit, regions[i], values[i], counts[i]);
    compare(pursuit, text.data);
    buffer_free(&text);
}

static size_t regions_with_failures(const Pursuit *pursuit) {
    const ResultLayout *layout = engine_layout(pursuit->follower);
    size_t count = 0;
    for (size_t r = 0; r < pursuit->trial->region_count; r++) {
        const Buffer *bytes = &pursuit->followed.regions[r];
        count += bytes->length > 0 && result_has_failures(layout, bytes->data, bytes->length);
    }
    return count;
}

static void any_change_gives_the_bytes_of_a_whole_run(void **state) {
    (void)state;
    enum { CHANGES = 3000, EVALUATED = REGIONS - 2 };
    Pursuit pursuit = pursuit_begin("rich", REGIONS, 80);
    size_t failing = 0, touched_many = 0;
    pursuit.trial->roles[3] = REGION_SILENT;
    pursuit.trial->roles[11] = REGION_COMPARED;
    pursuit_start(&pursuit);
    for (size_t i = 0; i < CHANGES; i++) {
        change_at_random(&pursuit, i);
        failing += regions_with_failures(&pursuit);
        touched_many += pursuit.touched_count > 1;
    }
    // The pack is worth following: rules fail now and then, and others' figures matter.
    assert_in_range(failing, CHANGES * EVALUATED / 50, CHANGES * EVALUATED / 2);
    assert_in_range(touched_many, CHANGES / 10, CHANGES * 9 / 10);
    pursuit_end(&pursuit);
}

// ---- no call too many --------------------------------------------------------------------------

// Changes one figure; gives the rule calls that took.
static uint64_t enter_in(Pursuit *pursuit, size_t region, const char *series, int breakdown,
                         int year, double value) {
    char text[200];
    ChangedValue changed = {trial_series(pursuit->trial, series), breakdown, year};
    dataset_set(pursuit->trial->dataset, trial_column(pursuit->trial, changed.series, breakdown),
                year, region, value);
    follow(pursuit, region, &changed, 1);
    snprintf(text, sizeof text, "%s.%s of %zu in %d becomes %g", series,
             trial_breakdown(pursuit->trial, breakdown), region, year, value);
    uint64_t calls = engine_statistics(pursuit->follower).rule_calls;
    compare(pursuit, text);
    return calls;
}

static uint64_t enter(Pursuit *pursuit, const char *series, int year, double value) {
    return enter_in(pursuit, COUNTY, series, -1, year, value);
}

static int breakdown_named(const Trial *trial, const char *id) {
    const Description *description = trial->code.description;
    int found = (int)description->breakdown_count - 1;
    while (found >= 0 && strcmp(description->breakdowns[found].id, id) != 0)
        found--;
    assert_true(found >= 0);
    return found;
}

// The counted pack with figures that hold no surprise.
static int begin_counted(void **state) {
    static Pursuit pursuit;
    pursuit = pursuit_begin("counted", REGIONS, 100);
    Trial *trial = pursuit.trial;
    for (int year = TRIAL_FIRST_YEAR; year <= TRIAL_LAST_YEAR; year++)
        for (size_t r = 0; r < REGIONS; r++) {
            trial_set(trial, "mortality", year, r, 30);
            trial_set(trial, "screening", year, r, 50);
            trial_set(trial, "income", year, r, (double)r);
            trial_set(trial, "births", year, r, 1000);
            trial_set(trial, "male_births", year, r, 510);
            trial_set(trial, "jobs", year, r, 50);
            trial_set(trial, "late", year, r, 1);
            trial_set(trial, "falsified", year, r, 0);
            dataset_set(
                trial->dataset,
                trial_column(trial, trial_series(trial, "jobs"), breakdown_named(trial, "female")),
                year, r, 40);
        }
    pursuit_start(&pursuit);
    *state = &pursuit;
    return 0;
}

static int end_pursuit(void **state) {
    pursuit_end(*state);
    return 0;
}

static void assert_touched(const Pursuit *pursuit, size_t count, const char *what) {
    if (pursuit->touched_count != count)
        fail_msg("%s touched %zu regions, not %zu", what, pursuit->touched_count, count);
}

static void rules_are_called_for_what_they_read(void **state) {
    Pursuit *pursuit = *state;
    // Another value, the same status: only the warning that reads the value.
    assert_int_equal(enter(pursuit, "mortality", TRIAL_YEAR, 40), 1);
    assert_touched(pursuit, 1, "a value");
    // Another status: the warning, the one on the domain's rate, and the item.
    assert_int_equal(enter(pursuit, "mortality", TRIAL_YEAR, 10), 3);
    assert_int_equal(enter(pursuit, "mortality", TRIAL_YEAR, NAN), 3);
    assert_int_equal(enter(pursuit, "mortality", TRIAL_YEAR, 30), 3);
    // The same value once more.
    assert_int_equal(enter(pursuit, "mortality", TRIAL_YEAR, 30), 0);
    // No rule reads screening itself, only the domain's rate.
    assert_int_equal(enter(pursuit, "screening", TRIAL_YEAR, 60), 0);
    assert_int_equal(enter(pursuit, "screening", TRIAL_YEAR, 70), 2);
}

static void figures_that_no_rule_reads_cost_no_call(void **state) {
    Pursuit *pursuit = *state;
    assert_int_equal(enter(pursuit, "unread", TRIAL_YEAR, 7), 0);
    assert_int_equal(enter_in(pursuit, COUNTY, "mortality",
                              breakdown_named(pursuit->trial, "rural"), TRIAL_YEAR, 7),
                     0);
    assert_int_equal(enter(pursuit, "mortality", TRIAL_YEAR - 1, 12), 0);
    assert_int_equal(enter(pursuit, "late", TRIAL_YEAR - 1, 12), 0);
    assert_int_equal(enter(pursuit, "mortality", TRIAL_FIRST_YEAR, 12), 0);
}

static void the_future_touches_nobody(void **state) {
    Pursuit *pursuit = *state;
    static const char *const series[] = {"mortality", "births", "income", "late", "jobs"};
    for (size_t i = 0; i < sizeof series / sizeof *series; i++) {
        assert_int_equal(enter(pursuit, series[i], TRIAL_YEAR + 1, 77), 0);
        assert_touched(pursuit, 0, series[i]);
    }
}

static void facts_are_read_by_items_and_vetoes(void **state) {
    Pursuit *pursuit = *state;
    assert_int_equal(enter(pursuit, "late", TRIAL_YEAR, 3), 2);
    assert_int_equal(enter(pursuit, "late", TRIAL_YEAR, NAN), 2); // its default
    assert_int_equal(enter(pursuit, "falsified", TRIAL_YEAR, 1), 1);
    assert_int_equal(enter(pursuit, "falsified", TRIAL_YEAR, NAN), 1);
}

static void formulas_are_called_for_the_years_that_changed(void **state) {
    Pursuit *pursuit = *state;
    assert_int_equal(enter(pursuit, "births", TRIAL_YEAR, 1001), 1);
    assert_int_equal(enter(pursuit, "births", TRIAL_FIRST_YEAR, 1001), 1);
    assert_touched(pursuit, 1, "a formula");
    // 60 % is more than the target: the item on the domain, too.
    assert_int_equal(enter(pursuit, "male_births", TRIAL_YEAR, 600), 2);
    // A missing input makes the result missing without a call.
    assert_int_equal(enter(pursuit, "births", TRIAL_YEAR, NAN), 1);
    // Two inputs of one year make one call.
    ChangedValue both[] = {{trial_series(pursuit->trial, "births"), -1, 2019},
                           {trial_series(pursuit->trial, "male_births"), -1, 2019}};
    trial_set(pursuit->trial, "births", 2019, COUNTY, 900);
    trial_set(pursuit->trial, "male_births", 2019, COUNTY, 450);
    follow(pursuit, COUNTY, both, 2);
    assert_int_equal(engine_statistics(pursuit->follower).rule_calls, 1);
    compare(pursuit, "two inputs of a formula");
}

static void a_warning_that_must_hold_looks_back(void **state) {
    Pursuit *pursuit = *state;
    assert_int_equal(enter(pursuit, "jobs", TRIAL_YEAR, 45), 1);
    // Below the target: it may hold, so the year before is asked too; and the item.
    assert_int_equal(enter(pursuit, "jobs", TRIAL_YEAR, 30), 3);
    assert_int_equal(enter(pursuit, "jobs", TRIAL_YEAR - 1, 30), 2);
    assert_int_equal(enter_in(pursuit, COUNTY, "jobs", breakdown_named(pursuit->trial, "female"),
                              TRIAL_YEAR - 1, NAN),
                     2);
    // This year's: the warning, and whether the item on reporting applies, which it ceases to.
    assert_int_equal(enter_in(pursuit, COUNTY, "jobs", breakdown_named(pursuit->trial, "female"),
                              TRIAL_YEAR, NAN),
                     2);
}

static void peers_are_touched_and_nobody_else(void **state) {
    Pursuit *pursuit = *state;
    const DatasetRegion *regions = pursuit->trial->dataset->regions;
    assert_int_equal(enter(pursuit, "income", TRIAL_YEAR, 33), 9);
    assert_touched(pursuit, 9, "an income");
    for (size_t i = 0; i < pursuit->touched_count; i++)
        assert_int_equal(regions[pursuit->touched[i]].parent, regions[COUNTY].parent);
    // Nobody compares last year's incomes, or those of women.
    assert_int_equal(enter(pursuit, "income", TRIAL_YEAR - 1, 33), 0);
    assert_touched(pursuit, 1, "an income of last year");
    assert_int_equal(enter_in(pursuit, COUNTY, "income", breakdown_named(pursuit->trial, "female"),
                              TRIAL_YEAR, 33),
                     0);
    assert_touched(pursuit, 1, "an income of women");
    // A province's peers are the provinces; no rule asks for the value of the region above.
    assert_int_equal(enter_in(pursuit, PROVINCE, "income", -1, TRIAL_YEAR, 33), 3);
    assert_touched(pursuit, 3, "a province's income");
    assert_int_equal(enter_in(pursuit, NATION, "income", -1, TRIAL_YEAR, 33), 1);
    assert_touched(pursuit, 1, "the nation's income");
}

static void a_region_without_results_is_not_touched(void **state) {
    Pursuit *pursuit = *state;
    engine_set_role(pursuit->follower, COUNTY, REGION_SILENT);
    engine_set_role(pursuit->reference, COUNTY, REGION_SILENT);
    assert_int_equal(enter(pursuit, "mortality", TRIAL_YEAR, 40), 0);
    assert_touched(pursuit, 0, "a silent region's value");
    // Those that are compared with it are.
    assert_int_equal(enter(pursuit, "income", TRIAL_YEAR, 40), 8);
    assert_touched(pursuit, 8, "a silent region's income");
}

// ---- failures ----------------------------------------------------------------------------------

static void the_newest_year_in_which_a_formula_fails_is_told(void **state) {
    (void)state;
    Pursuit pursuit = pursuit_begin("rich", 4, 100);
    Trial *trial = pursuit.trial;
    int male = breakdown_named(trial, "male"), income = trial_series(trial, "income");
    ChangedValue values[] = {{income, male, 2016}, {income, male, 2020}, {income, male, 2018}};
    for (int year = TRIAL_FIRST_YEAR; year <= TRIAL_LAST_YEAR; year++)
        for (size_t r = 0; r < trial->region_count; r++)
            for (int s = 0; s < (int)trial->code.description->series_count; s++)
                dataset_set(trial->dataset, trial_column(trial, s, male), year, r, 50);
    pursuit_start(&pursuit);
    for (size_t r = 0; r < trial->region_count; r++) {
        for (size_t v = 0; v < 3; v++)
            dataset_set(trial->dataset, trial_column(trial, income, male), values[v].year, r,
                        values[v].year);
        follow(&pursuit, r, values, 3);
        compare(&pursuit, "a formula fails in three years");
    }
    pursuit_end(&pursuit);
}

#define COUNTED(test) cmocka_unit_test_setup_teardown(test, begin_counted, end_pursuit)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_change_gives_the_bytes_of_a_whole_run),
        COUNTED(rules_are_called_for_what_they_read),
        COUNTED(figures_that_no_rule_reads_cost_no_call),
        COUNTED(the_future_touches_nobody),
        COUNTED(facts_are_read_by_items_and_vetoes),
        COUNTED(formulas_are_called_for_the_years_that_changed),
        COUNTED(a_warning_that_must_hold_looks_back),
        COUNTED(peers_are_touched_and_nobody_else),
        COUNTED(a_region_without_results_is_not_touched),
        cmocka_unit_test(the_newest_year_in_which_a_formula_fails_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
