// Whole runs: the same bytes whoever computed them and how, roles, progress.
#include "tests/unit/eval/engine_fixture.h"

static Trial *rich_trial(size_t regions) {
    Trial *trial = trial_of_folder("rich");
    trial_fill(trial, regions, 85);
    return trial;
}

// ---- the same bytes ----------------------------------------------------------------------------

typedef struct Setting {
    const char *name;
    int workers;
    bool without_kernels;
    int simd_levels_below;
} Setting;

static void run_with(Trial *trial, const Setting *setting, Results *results) {
    trial->host.parallel = setting->workers;
    trial->request.without_kernels = setting->without_kernels;
    trial->request.simd_levels_below = setting->simd_levels_below;
    Engine *engine = trial_engine(trial);
    trial_run(engine);
    results_take(results, engine, trial);
    engine_free(engine);
}

static const Setting settings[] = {
    {"one worker", 1, false, 0},
    {"a fresh engine", 1, false, 0},
    {"two workers", 2, false, 0},
    {"three workers", 3, false, 0},
    {"five workers", 5, false, 0},
    {"figures region by region", 1, true, 0},
    {"figures region by region by three", 3, true, 0},
    {"the processor's baseline", 2, false, 1},
    {"one lane at a time", 2, false, 2},
};

static void compare_settings(size_t regions) {
    Trial *trial = rich_trial(regions);
    Results first = {0}, other = {0};
    char what[100];
    run_with(trial, &settings[0], &first);
    for (size_t i = 1; i < sizeof settings / sizeof *settings; i++) {
        snprintf(what, sizeof what, "%zu regions, %s", regions, settings[i].name);
        run_with(trial, &settings[i], &other);
        results_assert_equal(&first, &other, what);
    }
    results_free(&first);
    results_free(&other);
    trial_free(trial);
}

// One block of regions or less, the blocks' and the tasks' borders, and some of each.
static void results_do_not_depend_on_who_computed_them(void **state) {
    (void)state;
    static const size_t counts[] = {
        1, 2, 127, FIGURE_LANES - 1, FIGURE_LANES, FIGURE_LANES + 1, 2 * FIGURE_LANES + 1, 700};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        compare_settings(counts[i]);
}

static void a_run_leaves_nothing_behind_for_the_next(void **state) {
    (void)state;
    Trial *trial = rich_trial(300);
    Results first = {0}, again = {0};
    trial->host.parallel = 2;
    Engine *engine = trial_engine(trial);
    trial_run(engine);
    results_take(&first, engine, trial);
    double kept = dataset_value(trial->dataset, 0, TRIAL_YEAR, 7);
    for (int i = 0; i < 5; i++) {
        dataset_set(trial->dataset, 0, TRIAL_YEAR, 7, i);
        trial_run(engine);
        results_take(&again, engine, trial);
        assert_false(results_agree_at(&first, &again, 7));
        dataset_set(trial->dataset, 0, TRIAL_YEAR, 7, kept);
        trial_run(engine);
        results_take(&again, engine, trial);
        results_assert_equal(&first, &again, "a run again");
    }
    assert_int_equal(engine_statistics(engine).workers_started, 2);
    engine_free(engine);
    results_free(&first);
    results_free(&again);
    trial_free(trial);
}

// Peers and formulas cross the borders of blocks: a region with everything else the same has other
// results when a region far away changes.
static void families_lie_across_blocks(void **state) {
    (void)state;
    Trial *trial = rich_trial(700);
    Results before = {0}, after = {0};
    run_with(trial, &settings[0], &before);
    for (size_t r = 0; r < 3; r++)
        trial_set(trial, "screening", TRIAL_YEAR, r, 5000);
    run_with(trial, &settings[0], &after);
    size_t changed = 0;
    for (size_t r = 256; r < trial->region_count; r++)
        changed += !results_agree_at(&before, &after, r);
    assert_in_range(changed, 300, 444);
    results_free(&before);
    results_free(&after);
    trial_free(trial);
}

// ---- roles -------------------------------------------------------------------------------------

enum { ROLES_REGIONS = 20, SILENT = 4 };

typedef struct Reporting {
    Trial *trial;
    Engine *engine;
    Results results;
    uint32_t touched[ROLES_REGIONS];
    size_t touched_count;
} Reporting;

static void report(Reporting *reporting, size_t region, const ChangedValue *values, size_t count) {
    ProblemList problems = {0};
    EngineChange change = {region, values, count};
    if (!engine_change(reporting->engine, &change, reporting->touched, &reporting->touched_count,
                       &problems))
        trial_fail("the change failed", &problems);
    results_take(&reporting->results, reporting->engine, reporting->trial);
}

// A fresh engine with the roles as they are now gives the same.
static void compare_with_fresh(Reporting *reporting, const char *what) {
    Results fresh = {0};
    Engine *engine = trial_engine(reporting->trial);
    trial_run(engine);
    results_take(&fresh, engine, reporting->trial);
    results_assert_equal(&reporting->results, &fresh, what);
    engine_free(engine);
    results_free(&fresh);
}

static void set_role(Reporting *reporting, size_t region, RegionRole role) {
    reporting->trial->roles[region] = (uint8_t)role;
    engine_set_role(reporting->engine, region, role);
}

static bool touches(const Reporting *reporting, size_t region) {
    for (size_t i = 0; i < reporting->touched_count; i++)
        if (reporting->touched[i] == region) return true;
    return false;
}

static Reporting reporting_begin(void) {
    Reporting reporting = {.trial = rich_trial(ROLES_REGIONS)};
    reporting.trial->roles[SILENT] = REGION_SILENT;
    reporting.trial->host.parallel = 2;
    reporting.engine = trial_engine(reporting.trial);
    trial_run(reporting.engine);
    results_take(&reporting.results, reporting.engine, reporting.trial);
    return reporting;
}

static void reporting_end(Reporting *reporting) {
    engine_free(reporting->engine);
    results_free(&reporting->results);
    trial_free(reporting->trial);
}

static void a_silent_region_reports_for_the_first_time(void **state) {
    (void)state;
    Reporting reporting = reporting_begin();
    ChangedValue value = {trial_series(reporting.trial, "screening"), -1, TRIAL_YEAR};
    assert_false(engine_is_evaluated(reporting.engine, SILENT));
    assert_int_equal(reporting.results.regions[SILENT].length, 0);
    trial_set(reporting.trial, "screening", TRIAL_YEAR, SILENT, 66);
    set_role(&reporting, SILENT, REGION_EVALUATED);
    report(&reporting, SILENT, &value, 1);
    assert_true(touches(&reporting, SILENT));
    assert_true(reporting.results.regions[SILENT].length > 0);
    compare_with_fresh(&reporting, "the first report");
    // From then on it is followed like any other.
    trial_set(reporting.trial, "screening", TRIAL_YEAR, SILENT, 67);
    report(&reporting, SILENT, &value, 1);
    compare_with_fresh(&reporting, "the second report");
    reporting_end(&reporting);
}

static void a_region_falls_silent(void **state) {
    (void)state;
    Reporting reporting = reporting_begin();
    enum { QUIET = 7 };
    ChangedValue value = {trial_series(reporting.trial, "screening"), -1, TRIAL_YEAR};
    trial_set(reporting.trial, "screening", TRIAL_YEAR, QUIET, NAN);
    set_role(&reporting, QUIET, REGION_SILENT);
    report(&reporting, QUIET, &value, 1);
    assert_false(touches(&reporting, QUIET));
    assert_true(reporting.touched_count > 1); // its peers
    compare_with_fresh(&reporting, "a withdrawal");
    // What it withdraws while it is silent is known when it reports again.
    for (int year = TRIAL_FIRST_YEAR; year <= TRIAL_YEAR; year++) {
        ChangedValue enrolled = {trial_series(reporting.trial, "enrolled"), -1, year};
        trial_set(reporting.trial, "enrolled", year, QUIET, 40);
        report(&reporting, QUIET, &enrolled, 1);
    }
    set_role(&reporting, QUIET, REGION_EVALUATED);
    trial_set(reporting.trial, "screening", TRIAL_YEAR, QUIET, 61);
    report(&reporting, QUIET, &value, 1);
    assert_true(touches(&reporting, QUIET));
    compare_with_fresh(&reporting, "a region back again");
    reporting_end(&reporting);
}

static void a_new_role_takes_effect_with_the_next_change_of_any_region(void **state) {
    (void)state;
    Reporting reporting = reporting_begin();
    ChangedValue value = {trial_series(reporting.trial, "late"), -1, TRIAL_YEAR};
    set_role(&reporting, SILENT, REGION_EVALUATED);
    trial_set(reporting.trial, "late", TRIAL_YEAR, SILENT + 1, 55);
    report(&reporting, SILENT + 1, &value, 1);
    assert_true(touches(&reporting, SILENT));
    compare_with_fresh(&reporting, "a change elsewhere");
    // And with the next whole run.
    set_role(&reporting, SILENT, REGION_SILENT);
    set_role(&reporting, SILENT + 2, REGION_SILENT);
    set_role(&reporting, SILENT, REGION_EVALUATED);
    trial_run(reporting.engine);
    results_take(&reporting.results, reporting.engine, reporting.trial);
    compare_with_fresh(&reporting, "a whole run");
    report(&reporting, SILENT + 2, NULL, 0);
    assert_int_equal(reporting.touched_count, 0);
    reporting_end(&reporting);
}

// ---- progress ----------------------------------------------------------------------------------

typedef struct Progress {
    size_t calls, done, total, cancel_at;
} Progress;

static bool note_progress(size_t done, size_t total, void *context) {
    Progress *progress = context;
    assert_true(done > progress->done || progress->calls == 0);
    assert_true(done <= total);
    *progress = (Progress){progress->calls + 1, done, total, progress->cancel_at};
    return progress->calls != progress->cancel_at;
}

static void progress_counts_the_regions_evaluated(void **state) {
    (void)state;
    Trial *trial = rich_trial(600);
    Progress progress = {0};
    trial->roles[0] = trial->roles[599] = REGION_SILENT;
    trial->host.progress = note_progress;
    trial->host.progress_context = &progress;
    Engine *engine = trial_engine(trial);
    trial_run(engine);
    assert_int_equal(progress.calls, 3);
    assert_int_equal(progress.done, 598);
    assert_int_equal(progress.total, 598);
    // A change is over before anybody asks how far it is, also where a region is evaluated whole.
    ProblemList problems = {0};
    uint32_t touched[600];
    size_t touched_count;
    EngineChange change = {0, NULL, 0};
    engine_set_role(engine, 0, REGION_EVALUATED);
    assert_true(engine_change(engine, &change, touched, &touched_count, &problems));
    assert_int_equal(touched_count, 1);
    assert_int_equal(progress.calls, 3);
    engine_free(engine);
    trial_free(trial);
}

static void a_cancelled_run_can_be_run_again(void **state) {
    (void)state;
    Trial *trial = rich_trial(700);
    Results wanted = {0}, got = {0};
    ProblemList problems = {0};
    Progress progress = {.cancel_at = 1};
    run_with(trial, &settings[0], &wanted);
    trial->host.progress = note_progress;
    trial->host.progress_context = &progress;
    trial->host.parallel = 1;
    Engine *engine = trial_engine(trial);
    assert_false(engine_run(engine, &problems));
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].code, ERROR_CANCELLED);
    assert_true(progress.done < 700);
    progress = (Progress){0};
    trial_run(engine);
    assert_int_equal(progress.done, 700);
    results_take(&got, engine, trial);
    results_assert_equal(&wanted, &got, "a run after a cancelled one");
    assert_int_equal(engine_statistics(engine).workers_started, 1);
    engine_free(engine);
    problems_free(&problems);
    results_free(&wanted);
    results_free(&got);
    trial_free(trial);
}

// ---- many failures -----------------------------------------------------------------------------

// Six warnings on 200 indicators, all of which fail: more than a region's results keep.
static void more_failures_than_are_kept_do_not_end_the_run(void **state) {
    (void)state;
    Buffer source = {0};
    buffer_text(&source,
                "pack { id = \"failing\", title = \"失败\", region = \"150000\", version = "
                "\"1.0.0\", api = 1 }\n"
                "local all = plan \"all\" { title = \"规划\", from = 2021, to = 2030, "
                "baseline = 2020 }\n"
                "all:domain \"one\" { title = \"领域\" } {\n");
    for (int i = 0; i < 200; i++)
        buffer_printf(&source,
                      "indicator \"i%d\" { title = \"指标\", unit = \"人\", lead = \"某局\", "
                      "target = at_least(60) },\n",
                      i);
    buffer_text(&source, "}\n");
    for (int w = 0; w < 6; w++)
        buffer_printf(&source,
                      "warning \"w%d\" { on = \"indicator\", title = \"预警\", level = "
                      "function(value) error(\"w%d\") end }\n",
                      w, w);
    Trial *trial = trial_of_source(source.data);
    Results results = {0};
    trial_fill(trial, 3, 100);
    run_with(trial, &settings[0], &results);
    Engine *engine = trial_engine(trial);
    trial_run(engine);
    results_take(&results, engine, trial);
    RegionResult result = results_read(&results, engine, 1);
    assert_int_equal(result.failure_count, MAX_FAILURES_PER_REGION);
    for (size_t i = 0; i < result.failure_count; i++) {
        assert_int_equal(result.failures[i].rule, i / 200);
        assert_int_equal(result.failures[i].subject, i % 200);
    }
    result_free(&result);
    engine_free(engine);
    results_free(&results);
    trial_free(trial);
    buffer_free(&source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_do_not_depend_on_who_computed_them),
        cmocka_unit_test(a_run_leaves_nothing_behind_for_the_next),
        cmocka_unit_test(families_lie_across_blocks),
        cmocka_unit_test(a_silent_region_reports_for_the_first_time),
        cmocka_unit_test(a_region_falls_silent),
        cmocka_unit_test(a_new_role_takes_effect_with_the_next_change_of_any_region),
        cmocka_unit_test(progress_counts_the_regions_evaluated),
        cmocka_unit_test(a_cancelled_run_can_be_run_again),
        cmocka_unit_test(more_failures_than_are_kept_do_not_end_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
