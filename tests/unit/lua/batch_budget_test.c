// What a lane of a batch may use: its own time, and memory whatever garbage the lanes before it
// left.
#include "tests/unit/lua/batch_trial.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double cpu_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

// Steps of the loop that take about half of the budget. The clock may go forward by whole
// milliseconds only, so that many calls are looked at together.
static double half_a_budget(Trial *trial) {
    double steps = 500;
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = &steps};
    for (;;) {
        double started = cpu_ms();
        for (int i = 0; i < 50; i++)
            assert_true(run(trial, 0, &column, 1, 1));
        double each = (cpu_ms() - started) / 50;
        if (each > 1) return floor(steps * quick_limits.call_cpu_ms / 2 / each);
        steps *= 2;
    }
}

static void every_lane_has_a_budget_of_its_own(void **state) {
    (void)state;
    enum { LONG_LANES = 20 };
    const char *const rules[] = {
        "function(x) local sum = 0 for i = 1, x do sum = sum + i end return x end"};
    Trial *trial = trial_new(&quick_limits, "", rules, 1);
    double numbers[LONG_LANES], steps = half_a_budget(trial);
    for (int lane = 0; lane < LONG_LANES; lane++)
        numbers[lane] = steps;
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers};
    double started = cpu_ms();
    assert_true(run(trial, 0, &column, 1, LONG_LANES));
    assert_true(cpu_ms() - started > 4 * quick_limits.call_cpu_ms);
    assert_int_equal(trial->failure_count, 0);
    for (uint32_t lane = 0; lane < LONG_LANES; lane++)
        expect(trial, lane, RULE_NUMBER, steps);
    trial_free(trial);
}

// The buffer of table.concat is an allocation that Lua does not ask for again after collecting its
// garbage; it fits beside what is held, but not beside the garbage of the lane before.
static void garbage_of_one_lane_does_not_count_against_the_next(void **state) {
    (void)state;
    const char *const rules[] = {
        "function(x) if x == 0 then return #('x'):rep(2600000) end "
        "local _, message = pcall(table.concat, { held, held, {} }) return #message end"};
    Trial *trial = trial_new(&patient_limits, "local held = ('x'):rep(2500000)", rules, 1);
    double numbers[40];
    for (int lane = 0; lane < 40; lane++)
        numbers[lane] = lane % 2;
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers};
    assert_true(run(trial, 0, &column, 1, 40));
    assert_int_equal(trial->failure_count, 0);
    for (uint32_t lane = 0; lane < 40; lane += 2) {
        expect(trial, lane, RULE_NUMBER, 2600000);
        expect(trial, lane + 1, RULE_NUMBER, trial->numbers[1]);
    }
    trial_free(trial);
}

// However much the pack holds, a lane that asks for more than is left fails alone.
static void what_the_pack_holds_leaves_every_lane_the_rest(void **state) {
    (void)state;
    const char *const rules[] = {"function(x) return #(x == 1 and held .. held or held .. x) end"};
    Trial *trial = trial_new(
        &patient_limits, "local held = ('x'):rep(1800000) held = held .. held .. 'y'", rules, 1);
    const double numbers[] = {0, 1, 2, 1, 4};
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers};
    assert_true(run(trial, 0, &column, 1, 5));
    assert_int_equal(trial->failure_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(trial->failures[i].lane, 2 * i + 1);
        assert_int_equal(trial->failures[i].outcome, CALL_OVER_MEMORY);
    }
    for (uint32_t lane = 0; lane < 5; lane += 2)
        expect(trial, lane, RULE_NUMBER, 3600001 + 3);
    trial_free(trial);
}

// In the child: lane 3 sits in a C function that no hook can stop.
static void be_stuck(StatusPage *page) {
    const char *const rules[] = {
        "function(x) return x end",
        "function(x) if x == 3 then return #table.move({}, 1, math.maxinteger - 1, 2) end "
        "return x end"};
    SmallPack *pack = small_pack_open(&quick_limits, page, "", rules, 2);
    const double numbers[] = {0, 1, 2, 3, 4};
    const uint32_t lanes[] = {0, 1, 2, 3, 4};
    uint8_t kinds[5];
    double results[5];
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers};
    const RuleBatch batch = {.rule = 1,
                             .columns = &column,
                             .column_count = 1,
                             .lanes = lanes,
                             .lane_count = 5,
                             .first_region = 100,
                             .kinds = kinds,
                             .numbers = results};
    small_pack_call(pack, &batch);
}

static void a_stuck_lane_is_seen_from_outside(void **state) {
    (void)state;
    StatusPage *page =
        mmap(NULL, STATUS_PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(page != MAP_FAILED);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        be_stuck(page);
        _exit(0);
    }
    for (int waited_ms = 0; waited_ms < 20000 && atomic_load(&page->stop) == STOP_NONE;
         waited_ms += 5)
        usleep(5000);
    kill(child, SIGKILL);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(atomic_load(&page->stop), STOP_CPU);
    assert_int_equal(atomic_load(&page->rule), 1);
    assert_int_equal(atomic_load(&page->region), 103);
    assert_string_equal(page->file, "pack.lua");
    assert_int_equal(atomic_load(&page->line), 3);
    munmap(page, STATUS_PAGE_BYTES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_lane_has_a_budget_of_its_own),
        cmocka_unit_test(garbage_of_one_lane_does_not_count_against_the_next),
        cmocka_unit_test(what_the_pack_holds_leaves_every_lane_the_rest),
        cmocka_unit_test(a_stuck_lane_is_seen_from_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
