// The measurement itself, with contenders made for the test.
#include "core/bench/bench.h"

#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/bench/limit.h"

// Does what the limit does, and then something of its own.
typedef struct Copy {
    const BenchSetting *setting;
    int rounds;
} Copy;

static char order[256]; // which contender ran, round by round
static char scratch_seen[512];

static bool copy_prepare(const BenchSetting *setting, void **state, Error *error) {
    (void)error;
    Copy *copy = memory_new(1, sizeof *copy);
    copy->setting = setting;
    snprintf(scratch_seen, sizeof scratch_seen, "%s", setting->folder);
    *state = copy;
    return true;
}

static bool copy_round(void *state, double *ms, Error *error) {
    (void)error;
    Copy *copy = state;
    // The round that is not counted is the slowest; of the others the times are 1, 2, 3 …
    *ms = copy->rounds == 0 ? 1000 : copy->rounds;
    copy->rounds++;
    strcat(order, "c");
    return true;
}

static bool copy_collect(void *state, Results *results, Error *error) {
    (void)error;
    const Copy *copy = state;
    limit_compute(copy->setting->nation, 1, results, NULL);
    return true;
}

static bool wrong_collect(void *state, Results *results, Error *error) {
    copy_collect(state, results, error);
    results->volatility[7] = nextafter(results->volatility[7], 1);
    return true;
}

static bool wrong_round(void *state, double *ms, Error *error) {
    (void)state, (void)error;
    *ms = 5;
    strcat(order, "w");
    return true;
}

static double wrong_peak_mb(void *state) {
    (void)state;
    return 42;
}

static int half_made; // states that are there and not freed

static bool half_prepare(const BenchSetting *setting, void **state, Error *error) {
    (void)setting;
    *state = memory_new(1, 1);
    half_made++;
    return error_set(error, ERROR_SYSTEM, "it came no further");
}

static void half_finish(void *state) {
    half_made--;
    free(state);
}

static bool absent_prepare(const BenchSetting *setting, void **state, Error *error) {
    (void)setting, (void)state;
    return error_set(error, ERROR_NOT_FOUND, "there is no such engine");
}

static bool failing_round(void *state, double *ms, Error *error) {
    (void)state, (void)ms;
    return error_set(error, ERROR_NOT_FOUND, "it fell over");
}

static bool interrupted_round(void *state, double *ms, Error *error) {
    (void)state, (void)error;
    *ms = 1;
    raise(SIGINT);
    return true;
}

static const ContenderKind copying = {.name = "copying",
                                      .family = "f",
                                      .english = "c",
                                      .chinese = "c",
                                      .prepare = copy_prepare,
                                      .round = copy_round,
                                      .collect = copy_collect,
                                      .finish = free};
static const ContenderKind wrong = {.name = "wrong",
                                    .family = "f",
                                    .english = "w",
                                    .chinese = "w",
                                    .is_own = true,
                                    .prepare = copy_prepare,
                                    .round = wrong_round,
                                    .collect = wrong_collect,
                                    .peak_mb = wrong_peak_mb,
                                    .finish = free};
static const ContenderKind absent = {
    .name = "absent", .family = "f", .english = "a", .chinese = "a", .prepare = absent_prepare};
static const ContenderKind half = {.name = "half",
                                   .family = "f",
                                   .english = "h",
                                   .chinese = "h",
                                   .prepare = half_prepare,
                                   .finish = half_finish};
static const ContenderKind failing = {.name = "failing",
                                      .family = "f",
                                      .english = "f",
                                      .chinese = "f",
                                      .prepare = copy_prepare,
                                      .round = failing_round,
                                      .finish = free};
static const ContenderKind interrupted = {.name = "interrupted",
                                          .family = "f",
                                          .english = "i",
                                          .chinese = "i",
                                          .prepare = copy_prepare,
                                          .round = interrupted_round,
                                          .collect = copy_collect,
                                          .finish = free};

static BenchOptions options_with(const ContenderKind *const *kinds, size_t count) {
    order[0] = '\0';
    return (BenchOptions){
        .size = {20, 8, 10, 1}, .workers = 1, .rounds = 3, .kinds = kinds, .kind_count = count};
}

static void the_same_results_agree(void **state) {
    (void)state;
    const ContenderKind *const kinds[] = {&contender_limit, &copying};
    BenchOptions options = options_with(kinds, 2);
    BenchReport report;
    Error error = {0};
    assert_true(bench_run(&options, &report, &error));
    assert_true(report.agree);
    assert_true(bench_find(&report, "copying")->agrees);
    assert_null(bench_find(&report, "wrong"));
    // Nothing of the evaluation's own was measured.
    assert_true(isnan(report.peak_mb));
    bench_report_free(&report);
}

static void memory_is_that_of_the_evaluation(void **state) {
    (void)state;
    const ContenderKind *const kinds[] = {&contender_limit, &copying, &wrong};
    BenchOptions options = options_with(kinds, 3);
    BenchReport report;
    Error error = {0};
    assert_true(bench_run(&options, &report, &error));
    assert_true(report.peak_mb == 42);
    bench_report_free(&report);
}

static void a_half_made_state_is_freed(void **state) {
    (void)state;
    const ContenderKind *const kinds[] = {&contender_limit, &half, &copying};
    BenchOptions options = options_with(kinds, 3);
    BenchReport report;
    Error error = {0};
    assert_true(bench_run(&options, &report, &error));
    assert_int_equal(half_made, 0);
    assert_int_equal(bench_find(&report, "half")->outcome, CONTENDER_FAILED);
    assert_string_equal(bench_find(&report, "half")->error.message, "it came no further");
    assert_int_equal(bench_find(&report, "copying")->outcome, CONTENDER_MEASURED);
    bench_report_free(&report);
}

static void ratios_need_both_to_be_measured(void **state) {
    (void)state;
    static const BenchRatio both = {"wrong", "copying"}, one = {"wrong", "half"},
                            none = {"absent", "nobody"};
    const ContenderKind *const kinds[] = {&contender_limit, &copying, &wrong, &half, &absent};
    BenchOptions options = options_with(kinds, 5);
    BenchReport report;
    Error error = {0};
    assert_true(bench_run(&options, &report, &error));
    assert_true(bench_ratio(&report, &both) == 2.5);
    assert_true(isnan(bench_ratio(&report, &one)));
    assert_true(isnan(bench_ratio(&report, &none)));
    bench_report_free(&report);
}

static void one_value_that_differs_ends_the_agreement(void **state) {
    (void)state;
    const ContenderKind *const kinds[] = {&contender_limit, &copying, &wrong};
    BenchOptions options = options_with(kinds, 3);
    BenchReport report;
    Error error = {0};
    assert_true(bench_run(&options, &report, &error));
    assert_false(report.agree);
    assert_true(bench_find(&report, "copying")->agrees);
    const ContenderReport *found = bench_find(&report, "wrong");
    assert_false(found->agrees);
    assert_non_null(strstr(found->difference, "volatility of i001 in region 7: "));
    bench_report_free(&report);
}

static void rounds_are_taken_in_turn_and_the_first_is_not_counted(void **state) {
    (void)state;
    const ContenderKind *const kinds[] = {&contender_limit, &copying, &wrong};
    BenchOptions options = options_with(kinds, 3);
    BenchReport report;
    Error error = {0};
    assert_true(bench_run(&options, &report, &error));
    assert_string_equal(order, "cwcwcwcw");
    const ContenderReport *found = bench_find(&report, "copying");
    assert_true(found->ms[0] == 1 && found->ms[1] == 2 && found->ms[2] == 3);
    assert_true(found->median_ms == 2 && found->least_ms == 1 && found->most_ms == 3);
    bench_report_free(&report);
}

static void what_is_absent_is_no_failure_and_what_fails_is(void **state) {
    (void)state;
    const ContenderKind *const kinds[] = {&contender_limit, &absent, &failing, &copying};
    BenchOptions options = options_with(kinds, 2);
    BenchReport report;
    Error error = {0};
    assert_true(bench_run(&options, &report, &error));
    assert_true(report.agree);
    assert_int_equal(bench_find(&report, "absent")->outcome, CONTENDER_ABSENT);
    assert_string_equal(bench_find(&report, "absent")->error.message, "there is no such engine");
    bench_report_free(&report);

    options = options_with(kinds, 4);
    assert_true(bench_run(&options, &report, &error));
    assert_false(report.agree);
    assert_int_equal(bench_find(&report, "failing")->outcome, CONTENDER_FAILED);
    assert_string_equal(bench_find(&report, "failing")->error.message, "it fell over");
    assert_int_equal(bench_find(&report, "copying")->outcome, CONTENDER_MEASURED);
    bench_report_free(&report);
}

static void a_signal_ends_it_in_order(void **state) {
    (void)state;
    const ContenderKind *const kinds[] = {&contender_limit, &interrupted, &copying};
    BenchOptions options = options_with(kinds, 3);
    BenchReport report;
    Error error = {0};
    assert_false(bench_run(&options, &report, &error));
    assert_int_equal(error.code, ERROR_CANCELLED);
    assert_int_not_equal(access(scratch_seen, F_OK), 0);
    // The signal is used up: the next measurement knows nothing of it.
    options = options_with(kinds, 1);
    assert_true(bench_run(&options, &report, &error));
    bench_report_free(&report);
}

static void families_are_chosen_by_name(void **state) {
    (void)state;
    const ContenderKind *kinds[24];
    size_t count;
    Error error = {0};
    assert_true(bench_choose(NULL, kinds, &count, &error));
    assert_int_equal(count, 5);
    assert_ptr_equal(kinds[0], &contender_limit);
    for (size_t k = 1; k < count; k++)
        assert_true(kinds[k]->is_own);
    assert_true(bench_choose("", kinds, &count, &error));
    assert_int_equal(count, contender_kind_count);
    assert_true(bench_choose("postgres,duckdb", kinds, &count, &error));
    assert_int_equal(count, 6);
    assert_ptr_equal(kinds[0], &contender_limit);
    assert_string_equal(kinds[1]->name, "duckdb_memory");
    assert_string_equal(kinds[5]->name, "postgres_long");
    assert_false(bench_choose("duckdb,duck", kinds, &count, &error));
    assert_int_equal(error.code, ERROR_USAGE);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_results_agree),
        cmocka_unit_test(memory_is_that_of_the_evaluation),
        cmocka_unit_test(a_half_made_state_is_freed),
        cmocka_unit_test(ratios_need_both_to_be_measured),
        cmocka_unit_test(one_value_that_differs_ends_the_agreement),
        cmocka_unit_test(rounds_are_taken_in_turn_and_the_first_is_not_counted),
        cmocka_unit_test(what_is_absent_is_no_failure_and_what_fails_is),
        cmocka_unit_test(a_signal_ends_it_in_order),
        cmocka_unit_test(families_are_chosen_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
