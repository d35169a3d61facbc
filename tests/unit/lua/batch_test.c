// Rules called in batches: every kind of argument and of result, every way a lane can fail and what
// the lanes beside it give, and that lanes give the same however they are put into batches.
#include "tests/unit/lua/batch_trial.h"

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

typedef struct LaneLog {
    size_t lanes[8], count;
} LaneLog;

static size_t log_lane(const void *context, size_t lane, int *years, double *values) {
    LaneLog *log = *(LaneLog *const *)context;
    (void)years, (void)values;
    log->lanes[log->count++] = lane;
    return 0;
}

static void only_the_lanes_named_are_called_in_their_order(void **state) {
    (void)state;
    const char *const rules[] = {"function(series, x) return x end"};
    Trial *trial = trial_new(&patient_limits, "", rules, 1);
    const uint32_t lanes[] = {4, 1, 3};
    const double numbers[] = {10, 11, 12, 13, 14};
    LaneLog log = {0}, *logged = &log;
    const RuleColumn columns[] = {
        {.kind = RULE_COLUMN_SERIES, .series = log_lane, .series_context = &logged},
        {.kind = RULE_COLUMN_NUMBERS, .numbers = numbers}};
    trial->batch.lanes = lanes;
    assert_true(run(trial, 0, columns, 2, 3));
    assert_int_equal(log.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(log.lanes[i], lanes[i]);
        expect(trial, lanes[i], RULE_NUMBER, numbers[lanes[i]]);
    }
    assert_int_equal(trial->kinds[0], 0xee);
    assert_int_equal(trial->kinds[2], 0xee);
    assert_true(run(trial, 0, columns, 2, 0));
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

static void a_lane_alone_fails_in_the_same_words(void **state) {
    (void)state;
    static char text[WAY_COUNT][256];
    const char *rules[WAY_COUNT];
    write_rules(text, rules);
    Trial *trial = trial_new(&quick_limits, "", rules, WAY_COUNT);
    for (size_t way = 0; way < WAY_COUNT; way++) {
        const RuleColumn column = {.kind = RULE_COLUMN_NUMBER, .number = -1};
        assert_true(run(trial, (int)way, &column, 1, 1));
        assert_int_equal(trial->failure_count, 1);
        expect_failure(&trial->failures[0], way, 0);
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
        assert_true(small_pack_call(trial->pack, &trial->batch));
        assert_int_equal(trial->failure_count, 1);
        assert_int_equal(trial->failures[0].outcome, CALL_RAISED);
        assert_non_null(strstr(trial->failures[0].error.message, "there is no rule"));
    }
    trial_free(trial);
}

// ---- a batch against lanes alone ---------------------------------------------------------------

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

static bool note_lone_failure(void *context, uint32_t lane, CallOutcome outcome,
                              const Error *error) {
    *(Failure *)context = (Failure){lane, outcome, *error};
    return true;
}

// What the batch gave for a lane, and its failure if it had one, against a batch of that lane.
static void compare_lane(const Trial *trial, uint32_t lane, const Failure *failure) {
    static uint8_t kinds[RANDOM_LANES];
    static double numbers[RANDOM_LANES];
    Failure lone = {.outcome = CALL_OK};
    RuleBatch batch = trial->batch;
    batch.lanes = &lane;
    batch.lane_count = 1;
    batch.kinds = kinds;
    batch.numbers = numbers;
    batch.failed = note_lone_failure;
    batch.failed_context = &lone;
    assert_true(small_pack_call(trial->pack, &batch));
    assert_int_equal(lone.outcome, failure ? failure->outcome : CALL_OK);
    if (failure) {
        assert_string_equal(lone.error.message, failure->error.message);
        assert_int_equal(lone.error.line, failure->error.line);
    }
    assert_int_equal(kinds[lane], trial->kinds[lane]);
    assert_memory_equal(&numbers[lane], &trial->numbers[lane], sizeof numbers[lane]);
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

static void a_batch_gives_what_its_lanes_give_alone(void **state) {
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
            compare_lane(trial, lane, failed ? failure : NULL);
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
        cmocka_unit_test(a_lane_alone_fails_in_the_same_words),
        cmocka_unit_test(a_failure_may_end_the_batch),
        cmocka_unit_test(a_rule_that_is_not_there_fails_for_every_lane),
        cmocka_unit_test(a_batch_gives_what_its_lanes_give_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
