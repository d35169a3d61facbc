// Rules called in batches: every kind of argument and of result, every way a lane can fail and what
// the lanes beside it give, and that a batch gives what single calls give.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/language.h"
#include "tests/unit/lua/small_pack.h"

enum { MOST_LANES = 4000, MOST_FAILURES = 64 };

static const SandboxLimits quick_limits = {
    .memory_bytes = 8u << 20, .load_cpu_ms = 2000, .call_cpu_ms = 20, .spec_cpu_ms = 2000};
static const SandboxLimits patient_limits = {
    .memory_bytes = 8u << 20, .load_cpu_ms = 2000, .call_cpu_ms = 5000, .spec_cpu_ms = 2000};

typedef struct Failure {
    uint32_t lane;
    CallOutcome outcome;
    Error error;
} Failure;

// A batch over lanes 0 … count − 1 and all it gave.
typedef struct Trial {
    SmallPack *pack;
    StatusPage page;
    uint32_t lanes[MOST_LANES];
    uint8_t kinds[MOST_LANES];
    double numbers[MOST_LANES];
    Failure failures[MOST_FAILURES];
    size_t failure_count, most_failures; // the batch is ended at most_failures
    RuleBatch batch;
} Trial;

static bool note_failure(void *context, uint32_t lane, CallOutcome outcome, const Error *error) {
    Trial *trial = context;
    assert_true(trial->failure_count < MOST_FAILURES);
    assert_int_equal(trial->kinds[lane], RULE_NIL);
    assert_int_equal(atomic_load(&trial->page.rule), trial->batch.rule);
    assert_int_equal(atomic_load(&trial->page.region), trial->batch.first_region + (int)lane);
    trial->failures[trial->failure_count++] = (Failure){lane, outcome, *error};
    return trial->failure_count < trial->most_failures;
}

static Trial *trial_new(const SandboxLimits *limits, const char *prelude, const char *const *rules,
                        size_t count) {
    language_set(LANGUAGE_ENGLISH);
    Trial *trial = memory_new(1, sizeof *trial);
    trial->pack = small_pack_open(limits, &trial->page, prelude, rules, count);
    trial->most_failures = MOST_FAILURES;
    for (uint32_t lane = 0; lane < MOST_LANES; lane++)
        trial->lanes[lane] = lane;
    trial->batch = (RuleBatch){.lanes = trial->lanes,
                               .kinds = trial->kinds,
                               .numbers = trial->numbers,
                               .failed = note_failure,
                               .failed_context = trial};
    return trial;
}

static void trial_free(Trial *trial) {
    small_pack_free(trial->pack);
    free(trial);
}

static bool run(Trial *trial, int rule, const RuleColumn *columns, size_t column_count,
                size_t lane_count) {
    trial->batch.rule = rule;
    trial->batch.columns = columns;
    trial->batch.column_count = column_count;
    trial->batch.lane_count = lane_count;
    trial->failure_count = 0;
    memset(trial->kinds, 0xee, sizeof trial->kinds);
    for (size_t lane = 0; lane < MOST_LANES; lane++)
        trial->numbers[lane] = -77;
    RuleCaller caller = sandbox_rule_caller(trial->pack->sandbox);
    return caller.call_batch(caller.context, &trial->batch);
}

static void expect_nil(const Trial *trial, uint32_t lane) {
    assert_int_equal(trial->kinds[lane], RULE_NIL);
    assert_true(isnan(trial->numbers[lane]));
}

static void expect(const Trial *trial, uint32_t lane, RuleValueKind kind, double number) {
    if (trial->kinds[lane] != kind || trial->numbers[lane] != number)
        fail_msg("lane %u: kind %d number %.17g, expected kind %d number %.17g", lane,
                 trial->kinds[lane], trial->numbers[lane], (int)kind, number);
}

// ---- arguments ---------------------------------------------------------------------------------

static const char echo[] = "function(x) return x end";

static void numbers_come_by_lane_or_for_all_lanes(void **state) {
    (void)state;
    const char *const rules[] = {echo};
    Trial *trial = trial_new(&patient_limits, "", rules, 1);
    const double numbers[] = {1.5, NAN, -0.0, -1e15, 3};
    RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers};
    assert_true(run(trial, 0, &column, 1, 5));
    expect(trial, 0, RULE_NUMBER, 1.5);
    expect_nil(trial, 1);
    expect(trial, 2, RULE_NUMBER, 0);
    assert_false(signbit(trial->numbers[2]));
    expect(trial, 3, RULE_NUMBER, -1e15);
    expect(trial, 4, RULE_NUMBER, 3);

    column = (RuleColumn){.kind = RULE_COLUMN_NUMBER, .number = 2.25};
    assert_true(run(trial, 0, &column, 1, 2));
    expect(trial, 0, RULE_NUMBER, 2.25);
    expect(trial, 1, RULE_NUMBER, 2.25);
    column.number = NAN;
    assert_true(run(trial, 0, &column, 1, 1));
    expect_nil(trial, 0);
    trial_free(trial);
}

static const char *const long_and_short_words[] = {
    "met", "近", "a word of more than the forty bytes that Lua keeps only once", ""};

static void words_and_booleans_come_by_code(void **state) {
    (void)state;
    const char *const rules[] = {echo, "function(a, b) return b end"};
    Trial *trial = trial_new(&patient_limits, "", rules, 2);
    trial->batch.answer_words = long_and_short_words;
    trial->batch.answer_word_count = 4;
    const uint8_t codes[] = {3, 2, 1, 0, 4};
    RuleColumn columns[] = {
        {.kind = RULE_COLUMN_WORDS, .codes = codes, .words = long_and_short_words, .word_count = 4},
        {.kind = RULE_COLUMN_WORDS,
         .codes = codes,
         .words = long_and_short_words + 1,
         .word_count = 2}};
    assert_true(run(trial, 0, columns, 1, 5));
    for (uint32_t lane = 0; lane < 4; lane++)
        expect(trial, lane, RULE_TEXT, codes[lane]);
    expect_nil(trial, 4);
    assert_true(run(trial, 1, columns, 2, 5));
    expect_nil(trial, 0);
    expect_nil(trial, 1);
    expect(trial, 2, RULE_TEXT, 2);
    expect(trial, 3, RULE_TEXT, 1);

    const uint8_t booleans[] = {0, 1, 2};
    RuleColumn column = {.kind = RULE_COLUMN_BOOLEANS, .codes = booleans};
    assert_true(run(trial, 0, &column, 1, 3));
    expect(trial, 0, RULE_BOOLEAN, 0);
    expect(trial, 1, RULE_BOOLEAN, 1);
    expect_nil(trial, 2);
    trial_free(trial);
}

// As many years as the lane's number says.
static size_t fetch_series(const void *context, size_t lane, int *years, double *values) {
    const size_t *counts = context;
    for (size_t i = 0; i < counts[lane]; i++) {
        years[i] = 2000 + (int)i;
        values[i] = 0.5 * (double)(i + lane);
    }
    return counts[lane];
}

static void a_series_is_fetched_for_each_lane(void **state) {
    (void)state;
    const char *const rules[] = {
        "function(series, factor) local sum = 0 for i, at in ipairs(series) do assert(at.year == "
        "1999 + i) sum = sum + at.value * factor end return sum + 1000 * #series end"};
    Trial *trial = trial_new(&patient_limits, "", rules, 1);
    const size_t counts[] = {0, 3, RULE_SERIES_MOST};
    RuleColumn columns[] = {
        {.kind = RULE_COLUMN_SERIES, .series = fetch_series, .series_context = counts},
        {.kind = RULE_COLUMN_NUMBER, .number = 2}};
    assert_true(run(trial, 0, columns, 2, 3));
    expect(trial, 0, RULE_NUMBER, 0);
    expect(trial, 1, RULE_NUMBER, 3000 + 1 + 2 + 3);
    expect(trial, 2, RULE_NUMBER, 128000 + 8128 + 256);
    trial_free(trial);
}

static void a_missing_argument_spares_the_call_where_all_are_needed(void **state) {
    (void)state;
    const char *const rules[] = {"function(a, b, c) return 7 end"};
    Trial *trial = trial_new(&patient_limits, "", rules, 1);
    const double numbers[] = {1, NAN, 1, 1};
    const uint8_t booleans[] = {1, 1, 2, 0}, codes[] = {0, 0, 0, 9};
    const char *const word[] = {"word"};
    const RuleColumn columns[] = {
        {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers},
        {.kind = RULE_COLUMN_BOOLEANS, .codes = booleans},
        {.kind = RULE_COLUMN_WORDS, .codes = codes, .words = word, .word_count = 1}};
    assert_true(run(trial, 0, columns, 3, 4));
    for (uint32_t lane = 0; lane < 4; lane++)
        expect(trial, lane, RULE_NUMBER, 7);
    trial->batch.needs_all = true;
    assert_true(run(trial, 0, columns, 3, 4));
    expect(trial, 0, RULE_NUMBER, 7);
    for (uint32_t lane = 1; lane < 4; lane++)
        expect_nil(trial, lane);
    trial_free(trial);
}

static void only_the_lanes_named_are_called_in_their_order(void **state) {
    (void)state;
    const char *const rules[] = {"function(x) seen[#seen + 1] = x return #seen end"};
    Trial *trial = trial_new(&patient_limits, "local seen = {}", rules, 1);
    const uint32_t lanes[] = {4, 1, 3};
    const double numbers[] = {10, 11, 12, 13, 14};
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers};
    trial->batch.lanes = lanes;
    assert_true(run(trial, 0, &column, 1, 3));
    expect(trial, 4, RULE_NUMBER, 1);
    expect(trial, 1, RULE_NUMBER, 2);
    expect(trial, 3, RULE_NUMBER, 3);
    assert_int_equal(trial->kinds[0], 0xee);
    assert_int_equal(trial->kinds[2], 0xee);
    assert_true(run(trial, 0, &column, 1, 0));
    assert_int_equal(trial->kinds[4], 0xee);
    trial_free(trial);
}

// ---- results -----------------------------------------------------------------------------------

static void a_text_is_known_by_its_place_among_the_answers(void **state) {
    (void)state;
    const char *const rules[] = {
        "function(x) return ({ 'blue', 'r' .. 'ed', 'pink', 'a word of more than the forty bytes ' "
        ".. 'that Lua keeps only once', 'a word of more than the forty bytes that Lua keeps, not "
        "this', ('x'):rep(4096) })[x] end"};
    Trial *trial = trial_new(&patient_limits, "", rules, 1);
    const char *const answers[] = {"red", "blue", long_and_short_words[2]};
    trial->batch.answer_words = answers;
    trial->batch.answer_word_count = 3;
    const double numbers[] = {1, 2, 3, 4, 5, 6};
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers};
    const double expected[] = {1, 0, -1, 2, -1, -1};
    assert_true(run(trial, 0, &column, 1, 6));
    for (uint32_t lane = 0; lane < 6; lane++)
        expect(trial, lane, RULE_TEXT, expected[lane]);
    trial->batch.answer_word_count = 0;
    assert_true(run(trial, 0, &column, 1, 1));
    expect(trial, 0, RULE_TEXT, -1);
    trial_free(trial);
}

// ---- failures ----------------------------------------------------------------------------------

typedef struct Way {
    const char *code; // what the rule does with it
    CallOutcome outcome;
    const char *message;
} Way;

static const Way ways[] = {
    {"error('it broke')", CALL_RAISED, "it broke"},
    {"error({})", CALL_RAISED, "the error value is a table, not a text"},
    {"return x .. {}", CALL_RAISED, "attempt to concatenate a table value"},
    {"return 0 / 0", CALL_BAD_RESULT, "gave a number that is not a number (0/0?)"},
    {"return -1 / 0", CALL_BAD_RESULT, "gave an infinite number (division by 0?)"},
    {"return 1.1e15", CALL_BAD_RESULT, "gave a number beyond ±1e15"},
    {"return math.mininteger", CALL_BAD_RESULT, "gave a number beyond ±1e15"},
    {"return '\\xff'", CALL_BAD_RESULT, "gave a text that is not valid UTF-8"},
    {"return 'red\\0'", CALL_BAD_RESULT, "gave a text that is not valid UTF-8"},
    {"return ('x'):rep(4097)", CALL_BAD_RESULT, "gave a text over 4096 bytes"},
    {"return {}", CALL_BAD_RESULT,
     "gave a table or a function; a rule gives a number, a text, true, false or nil"},
    {"return pcall", CALL_BAD_RESULT,
     "gave a table or a function; a rule gives a number, a text, true, false or nil"},
    {"while true do end", CALL_OVER_TIME, "used more than 20 ms of CPU time"},
    {"while true do pcall(function() while true do end end) end", CALL_OVER_TIME,
     "used more than 20 ms of CPU time"},
    {"return #('x'):rep(1 << 24)", CALL_OVER_MEMORY, "needs more than 8 MiB of memory"},
    {"for _ = 1, 9 do pcall(string.rep, 'x', 1 << 24) end return 1", CALL_OVER_MEMORY,
     "needs more than 8 MiB of memory"},
};
enum { WAY_COUNT = sizeof ways / sizeof ways[0], ROW = 5 };

// Each rule spans three lines, so that the place of its definition is not the place of its failure.
static void write_rules(char text[WAY_COUNT][256], const char **rules) {
    for (size_t i = 0; i < WAY_COUNT; i++) {
        snprintf(text[i], sizeof text[i], "function(x)\nif x < 0 then %s end\nreturn x end",
                 ways[i].code);
        rules[i] = text[i];
    }
}

static int defined_at(size_t way) {
    return 2 + 3 * (int)way;
}

static void expect_failure(const Failure *failure, size_t way, uint32_t lane) {
    assert_int_equal(failure->lane, lane);
    assert_string_equal(call_outcome_name(failure->outcome), call_outcome_name(ways[way].outcome));
    assert_string_equal(failure->error.message, ways[way].message);
    assert_string_equal(failure->error.file, "pack.lua");
    bool raised = ways[way].outcome == CALL_RAISED;
    assert_int_equal(failure->error.line, defined_at(way) + (raised ? 1 : 0));
}

// Fails the lanes of a row whose bit is set in `failing`, and looks at all of them.
static void run_row(Trial *trial, size_t way, unsigned failing) {
    double numbers[ROW];
    for (int lane = 0; lane < ROW; lane++)
        numbers[lane] = failing >> lane & 1 ? -1 : lane;
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers};
    assert_true(run(trial, (int)way, &column, 1, ROW));
    size_t seen = 0;
    for (uint32_t lane = 0; lane < ROW; lane++) {
        if (failing >> lane & 1) {
            expect_nil(trial, lane);
            expect_failure(&trial->failures[seen++], way, lane);
        } else {
            expect(trial, lane, RULE_NUMBER, lane);
        }
    }
    assert_int_equal(seen, trial->failure_count);
}

static void a_lane_that_fails_leaves_the_others_alone(void **state) {
    (void)state;
    static char text[WAY_COUNT][256];
    const char *rules[WAY_COUNT];
    write_rules(text, rules);
    Trial *trial = trial_new(&quick_limits, "", rules, WAY_COUNT);
    static const unsigned rows[] = {
        0, 1 << 0, 1 << 2, 1 << (ROW - 1), 1 << 1 | 1 << 2, (1 << ROW) - 1};
    for (size_t way = 0; way < WAY_COUNT; way++)
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
            run_row(trial, way, rows[i]);
    trial_free(trial);
}

static void a_single_call_fails_in_the_same_words(void **state) {
    (void)state;
    static char text[WAY_COUNT][256];
    const char *rules[WAY_COUNT];
    write_rules(text, rules);
    Trial *trial = trial_new(&quick_limits, "", rules, WAY_COUNT);
    for (size_t way = 0; way < WAY_COUNT; way++) {
        const RuleValue argument = {.kind = RULE_NUMBER, .number = -1};
        RuleValue result;
        Failure failure = {0};
        failure.outcome = sandbox_call_rule(trial->pack->sandbox, (int)way, &argument, 1, &result,
                                            &failure.error);
        expect_failure(&failure, way, 0);
    }
    trial_free(trial);
}

static void a_failure_may_end_the_batch(void **state) {
    (void)state;
    const char *const rules[] = {"function(x) assert(x < 2 or x > 3) return x end"};
    Trial *trial = trial_new(&patient_limits, "", rules, 1);
    const double numbers[] = {0, 1, 2, 3, 4};
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers};
    trial->most_failures = 2;
    trial->batch.first_region = 40;
    assert_false(run(trial, 0, &column, 1, 5));
    assert_int_equal(trial->failure_count, 2);
    expect(trial, 1, RULE_NUMBER, 1);
    assert_int_equal(trial->kinds[4], 0xee);
    trial->most_failures = 3;
    assert_true(run(trial, 0, &column, 1, 5));
    expect(trial, 4, RULE_NUMBER, 4);
    trial_free(trial);
}

static void a_rule_that_is_not_there_fails_for_every_lane(void **state) {
    (void)state;
    const char *const rules[] = {echo};
    Trial *trial = trial_new(&patient_limits, "", rules, 1);
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBER, .number = 1};
    for (int rule = -1; rule <= 1; rule += 2) {
        // The page still names the rule that was called last, which note_failure would compare.
        atomic_store(&trial->page.rule, rule);
        trial->batch.rule = rule;
        trial->batch.columns = &column;
        trial->batch.column_count = 1;
        trial->batch.lane_count = 1;
        trial->failure_count = 0;
        assert_true(sandbox_call_rules(trial->pack->sandbox, &trial->batch));
        assert_int_equal(trial->failure_count, 1);
        assert_int_equal(trial->failures[0].outcome, CALL_RAISED);
        assert_non_null(strstr(trial->failures[0].error.message, "there is no rule"));
    }
    trial_free(trial);
}

// ---- budgets -----------------------------------------------------------------------------------

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

typedef struct FullTrial {
    Trial *trial;
    bool was_full[2];
    size_t seen;
} FullTrial;

static bool look_whether_full(void *context, uint32_t lane, CallOutcome outcome,
                              const Error *error) {
    (void)lane, (void)outcome, (void)error;
    FullTrial *full = context;
    assert_true(full->seen < 2);
    full->was_full[full->seen++] = sandbox_is_full(full->trial->pack->sandbox);
    return true;
}

static void a_full_sandbox_is_seen_between_lanes(void **state) {
    (void)state;
    // The first lane leaves garbage only, the second fills the memory and holds on to it.
    const char *const rules[] = {
        "function(x) if x == 0 then local text = ('x'):rep(3 << 20) error('garbage') end "
        "while true do kept[#kept + 1] = ('x'):rep(1000000) .. #kept end end"};
    Trial *trial = trial_new(&patient_limits, "local kept = {}", rules, 1);
    FullTrial full = {.trial = trial};
    trial->batch.failed = look_whether_full;
    trial->batch.failed_context = &full;
    const double numbers[] = {0, 1};
    const RuleColumn column = {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers};
    assert_true(run(trial, 0, &column, 1, 2));
    assert_int_equal(full.seen, 2);
    assert_false(full.was_full[0]);
    assert_true(full.was_full[1]);
    trial_free(trial);
}

// In the child: lane 3 sits in a C function that no hook can stop.
static void be_stuck(StatusPage *page) {
    const char *const rules[] = {
        echo, "function(x) if x == 3 then return #table.move({}, 1, math.maxinteger - 1, 2) end "
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
    sandbox_call_rules(pack->sandbox, &batch);
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

// ---- a batch against single calls --------------------------------------------------------------

static uint64_t random_state = 20210101;

static uint64_t random_bits(void) {
    uint64_t z = random_state += 0x9e3779b97f4a7c15; // splitmix64
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static double random_number(void) {
    uint64_t bits = random_bits();
    if (bits % 10 == 0) return NAN;
    return (double)(bits >> 20) * 0x1p-43 - 0.5;
}

enum { RANDOM_LANES = 3000, RANDOM_COLUMNS = 5 };

typedef struct RandomArguments {
    double first[RANDOM_LANES], second[RANDOM_LANES];
    uint8_t words[RANDOM_LANES], booleans[RANDOM_LANES];
    RuleColumn columns[RANDOM_COLUMNS];
} RandomArguments;

static const char *const status_words[] = {"met", "near", "unmet"};
static const char *const levels[] = {"red", "orange", "yellow"};

static void draw(RandomArguments *arguments) {
    for (size_t lane = 0; lane < RANDOM_LANES; lane++) {
        arguments->first[lane] = random_number();
        arguments->second[lane] = random_number();
        arguments->words[lane] = (uint8_t)(random_bits() % 4);
        arguments->booleans[lane] = (uint8_t)(random_bits() % 3);
    }
    arguments->columns[0] = (RuleColumn){.kind = RULE_COLUMN_WORDS,
                                         .codes = arguments->words,
                                         .words = status_words,
                                         .word_count = 3};
    arguments->columns[1] = (RuleColumn){.kind = RULE_COLUMN_NUMBERS, .numbers = arguments->first};
    arguments->columns[2] = (RuleColumn){.kind = RULE_COLUMN_NUMBER, .number = 0.4};
    arguments->columns[3] =
        (RuleColumn){.kind = RULE_COLUMN_BOOLEANS, .codes = arguments->booleans};
    arguments->columns[4] = (RuleColumn){.kind = RULE_COLUMN_NUMBERS, .numbers = arguments->second};
}

static RuleValue number_or_nil(double number) {
    return isnan(number) ? (RuleValue){.kind = RULE_NIL}
                         : (RuleValue){.kind = RULE_NUMBER, .number = number};
}

static void as_values(const RandomArguments *arguments, size_t lane, RuleValue *values) {
    uint8_t word = arguments->words[lane], boolean = arguments->booleans[lane];
    values[0] = word < 3 ? (RuleValue){.kind = RULE_TEXT, .text = status_words[word]}
                         : (RuleValue){.kind = RULE_NIL};
    values[1] = number_or_nil(arguments->first[lane]);
    values[2] = number_or_nil(0.4);
    values[3] = boolean < 2 ? (RuleValue){.kind = RULE_BOOLEAN, .number = boolean}
                            : (RuleValue){.kind = RULE_NIL};
    values[4] = number_or_nil(arguments->second[lane]);
}

static double as_number(const RuleValue *value) {
    if (value->kind == RULE_NIL) return NAN;
    if (value->kind != RULE_TEXT) return value->number;
    for (int i = 0; i < 3; i++)
        if (strcmp(levels[i], value->text) == 0) return i;
    return -1;
}

// What the batch gave for a lane, and its failure if it had one, against a call of its own.
static void compare_lane(Trial *trial, const RandomArguments *arguments, uint32_t lane,
                         const Failure *failure) {
    RuleValue values[RANDOM_COLUMNS], result = {0};
    Error error = {0};
    as_values(arguments, lane, values);
    CallOutcome outcome =
        sandbox_call_rule(trial->pack->sandbox, 0, values, RANDOM_COLUMNS, &result, &error);
    if (failure) {
        assert_int_equal(outcome, failure->outcome);
        assert_string_equal(error.message, failure->error.message);
        assert_int_equal(error.line, failure->error.line);
        return;
    }
    assert_int_equal(outcome, CALL_OK);
    assert_int_equal(trial->kinds[lane], result.kind);
    double number = as_number(&result);
    assert_memory_equal(&number, &trial->numbers[lane], sizeof number);
}

static const char random_rule[] =
    "function(status, progress, pace, on_track, change)\n"
    "if not status then return on_track end\n"
    "if status == 'met' then return change and change * 0.1 + progress end\n"
    "if not progress then return nil end\n"
    "if progress < -0.49 then error(('fails at %.3f'):format(progress)) end\n"
    "if change and change > 1.49 then return 0 / 0 end\n"
    "if progress < pace - 0.3 then return 'red' end\n"
    "if on_track and progress > pace then return 'none of them' end\n"
    "if progress < pace then return 'yellow' end\n"
    "return progress // 0.01 end";

static void a_batch_gives_what_single_calls_give(void **state) {
    (void)state;
    const char *const rules[] = {random_rule};
    Trial *trial = trial_new(&patient_limits, "", rules, 1);
    static RandomArguments arguments;
    draw(&arguments);
    trial->batch.answer_words = levels;
    trial->batch.answer_word_count = 3;
    for (size_t from = 0, length = 1; from < RANDOM_LANES;
         from += length, length = length * 3 % 97) {
        size_t count = length < RANDOM_LANES - from ? length : RANDOM_LANES - from;
        trial->batch.lanes = trial->lanes + from;
        assert_true(run(trial, 0, arguments.columns, RANDOM_COLUMNS, count));
        size_t seen = 0;
        for (uint32_t lane = (uint32_t)from; lane < from + count; lane++) {
            const Failure *failure = &trial->failures[seen];
            bool failed = seen < trial->failure_count && failure->lane == lane;
            compare_lane(trial, &arguments, lane, failed ? failure : NULL);
            seen += failed;
        }
        assert_int_equal(seen, trial->failure_count);
    }
    trial_free(trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_by_lane_or_for_all_lanes),
        cmocka_unit_test(words_and_booleans_come_by_code),
        cmocka_unit_test(a_series_is_fetched_for_each_lane),
        cmocka_unit_test(a_missing_argument_spares_the_call_where_all_are_needed),
        cmocka_unit_test(only_the_lanes_named_are_called_in_their_order),
        cmocka_unit_test(a_text_is_known_by_its_place_among_the_answers),
        cmocka_unit_test(a_lane_that_fails_leaves_the_others_alone),
        cmocka_unit_test(a_single_call_fails_in_the_same_words),
        cmocka_unit_test(a_failure_may_end_the_batch),
        cmocka_unit_test(a_rule_that_is_not_there_fails_for_every_lane),
        cmocka_unit_test(every_lane_has_a_budget_of_its_own),
        cmocka_unit_test(garbage_of_one_lane_does_not_count_against_the_next),
        cmocka_unit_test(a_full_sandbox_is_seen_between_lanes),
        cmocka_unit_test(a_stuck_lane_is_seen_from_outside),
        cmocka_unit_test(a_batch_gives_what_single_calls_give),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
