// Assessment rounds: which state follows on which, and what is asked of each step.
#include "tests/unit/db/fixture.h"
#include "tests/unit/pack/sample.h"

#include "core/eval/evaluate.h"
#include "core/work/assessment_round.h"
#include "core/work/open_rounds.h"

#define STD "-- std"

// ---- a pack with an active version --------------------------------------------------------------

typedef struct Version {
    const char *name;
    char *description;
    char hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE];
} Version;

static bool put_version(StoreTransaction *transaction, void *context, Error *error) {
    Version *version = context;
    if (!store_put_blob(transaction, "pack", version->name, strlen(version->name), version->hash,
                        error) ||
        !store_put_blob(transaction, "std", STD, strlen(STD), version->std_hash, error))
        return false;
    const StorePackVersion row = {.pack = "sample",
                                  .version = version->name,
                                  .hash = version->hash,
                                  .std_hash = version->std_hash,
                                  .title = "样例",
                                  .region = "150802",
                                  .description = version->description};
    return store_put_pack_version(transaction, &row, NULL, error) &&
           store_activate_pack(transaction, "sample", version->hash, "test", NULL, error);
}

static json_t *assessments_of(json_t *description) {
    return json_object_get(description, "assessments");
}

// Puts the sample and makes it active under a version's name; gives the version's hash.
static Version activate(Store *store, const char *name) {
    json_t *json = sample_json();
    json_object_set_new(json_object_get(json, "pack"), "version", json_string(name));
    Version version = {.name = name, .description = json_dumps(json, 0)};
    ASSERT_GOOD(store_write(store, put_version, &version, &unexpected));
    free(version.description);
    json_decref(json);
    return version;
}

typedef struct PutRun {
    const Version *version;
    int year, engine;
    int64_t id;
} PutRun;

static bool put_run(StoreTransaction *transaction, void *context, Error *error) {
    PutRun *put = context;
    StoreRun run = {.pack = "sample",
                    .pack_hash = put->version->hash,
                    .std_hash = put->version->std_hash,
                    .engine_version = put->engine,
                    .conventions = "{}",
                    .round = "annual",
                    .year = put->year,
                    .who = "test",
                    .result_hash = "beef"};
    bool good = store_put_run(transaction, &run, error);
    put->id = run.id;
    return good;
}

static int64_t evaluate_by(Store *store, const Version *version, int year, int engine) {
    PutRun put = {version, year, engine, 0};
    ASSERT_GOOD(store_write(store, put_run, &put, &unexpected));
    return put.id;
}

static int64_t evaluate(Store *store, const Version *version, int year) {
    return evaluate_by(store, version, year, ENGINE_VERSION);
}

// ---- rounds -------------------------------------------------------------------------------------

static const RoundOpening annual_2024 = {
    .pack = "sample", .assessment = "annual", .year = 2024, .kind = ROUND_ANNUAL, .who = "王芳"};

static AssessmentRound opened(Store *store) {
    AssessmentRound round;
    ASSERT_GOOD(round_open(store, &annual_2024, &round, &unexpected));
    return round;
}

static AssessmentRound advanced(Store *store, int64_t id, RoundState expected) {
    const RoundStep step = {.id = id, .to = ROUND_STATE_COUNT, .who = "李明"};
    AssessmentRound round;
    ASSERT_GOOD(round_step(store, &step, &round, &unexpected));
    assert_int_equal(round.state, expected);
    return round;
}

static void refused_step(Store *store, RoundStep step, ErrorCode code, const char *part) {
    AssessmentRound round;
    Error error = {0};
    step.who = "李明";
    assert_false(round_step(store, &step, &round, &error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, part)) fail_msg("%s lacks %s", error.message, part);
}

static void refused_opening(Store *store, RoundOpening opening, ErrorCode code, const char *part) {
    AssessmentRound round;
    Error error = {0};
    assert_false(round_open(store, &opening, &round, &error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, part)) fail_msg("%s lacks %s", error.message, part);
}

static int64_t run_of(Store *store, const AssessmentRound *round) {
    int64_t run = -1;
    ASSERT_GOOD(round_find_run(store, round, &run, &unexpected));
    return run;
}

// ---- the table ----------------------------------------------------------------------------------

static void states_follow_in_one_order_and_end_published_or_withdrawn(void **state) {
    (void)state;
    static const char *const may[] = {
        [ROUND_SELF_ASSESSMENT] = ".v..w", [ROUND_VERIFICATION] = "..r.w", [ROUND_REVIEW] = "...pw",
        [ROUND_PUBLISHED] = ".....",       [ROUND_WITHDRAWN] = ".....",
    };
    for (int from = 0; from < ROUND_STATE_COUNT; from++)
        for (int to = 0; to < ROUND_STATE_COUNT; to++)
            assert_int_equal(round_may_follow((RoundState)from, (RoundState)to),
                             may[from][to] != '.');
    assert_int_equal(round_next_state(ROUND_SELF_ASSESSMENT), ROUND_VERIFICATION);
    assert_int_equal(round_next_state(ROUND_VERIFICATION), ROUND_REVIEW);
    assert_int_equal(round_next_state(ROUND_REVIEW), ROUND_PUBLISHED);
    assert_int_equal(round_next_state(ROUND_PUBLISHED), ROUND_STATE_COUNT);
    assert_int_equal(round_next_state(ROUND_WITHDRAWN), ROUND_STATE_COUNT);
    assert_true(round_state_is_open(ROUND_REVIEW));
    assert_false(round_state_is_open(ROUND_PUBLISHED));
    assert_false(round_state_is_open(ROUND_WITHDRAWN));
}

static void names_are_read_back(void **state) {
    (void)state;
    RoundKind kind;
    RoundState read;
    Error error = {0};
    for (int s = 0; s < ROUND_STATE_COUNT; s++) {
        ASSERT_GOOD(round_state_parse(round_state_name((RoundState)s), &read, &unexpected));
        assert_int_equal(read, s);
        assert_string_not_equal(round_state_title((RoundState)s), "");
    }
    for (int k = 0; k < ROUND_KIND_COUNT; k++) {
        ASSERT_GOOD(round_kind_parse(round_kind_name((RoundKind)k), &kind, &unexpected));
        assert_int_equal(kind, k);
        assert_string_not_equal(round_kind_title((RoundKind)k), "");
    }
    assert_false(round_kind_parse("yearly", &kind, &error));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_false(round_state_parse("open", &read, &error));
    assert_int_equal(error.code, ERROR_USAGE);
}

// ---- opening ------------------------------------------------------------------------------------

static void a_round_opens_in_self_assessment_and_is_read_back(void **state) {
    Store *store = fixture_make(*state);
    AssessmentRound read;
    activate(store, "1.0.0");
    const AssessmentRound round = opened(store);
    assert_int_equal(round.id, 1);
    assert_int_equal(round.state, ROUND_SELF_ASSESSMENT);
    ASSERT_GOOD(round_read(store, NULL, 1, &read, &unexpected));
    assert_string_equal(read.pack, "sample");
    assert_string_equal(read.assessment, "annual");
    assert_string_equal(read.opened_by, "王芳");
    assert_int_equal(read.year, 2024);
    assert_int_equal(read.kind, ROUND_ANNUAL);
    assert_int_equal(read.opened_at_us, round.opened_at_us);
    assert_true(read.opened_at_us > 0);
    assert_int_equal(read.closed_at_us, 0);
    Error error = {0};
    assert_false(round_read(store, NULL, 2, &read, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_false(round_read(store, "another", 1, &read, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_false(round_read(store, NULL, 0, &read, &error));
}

static void what_cannot_be_opened_is_refused(void **state) {
    Store *store = fixture_make(*state);
    refused_opening(store, annual_2024, ERROR_NOT_FOUND, "no active pack is called \"sample\"");
    activate(store, "1.0.0");
    RoundOpening opening = annual_2024;
    opening.assessment = "anual";
    refused_opening(store, opening, ERROR_NOT_FOUND, "(1.0.0) declares no assessment \"anual\"");
    opening = annual_2024;
    opening.year = 20245;
    refused_opening(store, opening, ERROR_INPUT, "between 1900 and 2200");
    opening.year = 2031; // a round of 2150 could be opened
    refused_opening(store, opening, ERROR_INPUT,
                    "2031 is in no plan of pack sample: women from 2021 to 2030");
    opening.kind = ROUND_FINAL;
    opening.year = 2032;
    refused_opening(store, opening, ERROR_INPUT, "2032 is in no plan");
    opened(store);
    refused_opening(store, annual_2024, ERROR_CONFLICT, "already: round 1");
    opening = annual_2024;
    opening.kind = ROUND_MIDTERM;
    AssessmentRound round;
    ASSERT_GOOD(round_open(store, &opening, &round, &unexpected));
    assert_int_equal(round.id, 2);
}

// ---- going on -----------------------------------------------------------------------------------

static void publishing_pins_the_newest_run_of_the_active_version(void **state) {
    Store *store = fixture_make(*state);
    const Version first = activate(store, "1.0.0");
    AssessmentRound round = opened(store);
    advanced(store, round.id, ROUND_VERIFICATION);
    round = advanced(store, round.id, ROUND_REVIEW);
    evaluate(store, &first, 2023);
    assert_int_equal(run_of(store, &round), 0);
    refused_step(store, (RoundStep){.id = round.id, .to = ROUND_STATE_COUNT}, ERROR_NOT_FOUND,
                 "has not been evaluated for 2024");
    evaluate(store, &first, 2024);
    const int64_t newest = evaluate(store, &first, 2024);
    assert_int_equal(run_of(store, &round), newest);
    round = advanced(store, round.id, ROUND_PUBLISHED);
    assert_int_equal(round.run, newest);
    assert_true(round.closed_at_us > 0);
    evaluate(store, &first, 2024);
    const Version second = activate(store, "1.1.0");
    evaluate(store, &second, 2024);
    ASSERT_GOOD(round_read(store, "sample", round.id, &round, &unexpected));
    assert_int_equal(run_of(store, &round), newest);
}

static void what_a_version_that_was_left_gave_is_not_published(void **state) {
    Store *store = fixture_make(*state);
    const Version first = activate(store, "1.0.0");
    const AssessmentRound round = opened(store);
    const int64_t made = evaluate(store, &first, 2024);
    const Version second = activate(store, "1.1.0");
    assert_int_equal(run_of(store, &round), 0);
    const int64_t later = evaluate(store, &second, 2024);
    assert_int_equal(run_of(store, &round), later);
    activate(store, "1.0.0");
    assert_int_equal(run_of(store, &round), made);
}

static void what_this_program_cannot_read_is_not_published(void **state) {
    Store *store = fixture_make(*state);
    const Version first = activate(store, "1.0.0");
    const AssessmentRound round = opened(store);
    evaluate_by(store, &first, 2024, ENGINE_VERSION - 1);
    assert_int_equal(run_of(store, &round), 0);
    const int64_t made = evaluate(store, &first, 2024);
    assert_int_equal(run_of(store, &round), made);
}

static void a_step_out_of_order_is_refused(void **state) {
    Store *store = fixture_make(*state);
    activate(store, "1.0.0");
    const int64_t id = opened(store).id;
    refused_step(store, (RoundStep){.id = id, .to = ROUND_PUBLISHED}, ERROR_CONFLICT,
                 "is in self-assessment and cannot come to published from there");
    refused_step(store, (RoundStep){.id = 7, .to = ROUND_VERIFICATION}, ERROR_NOT_FOUND,
                 "there is no assessment round 7");
    refused_step(store, (RoundStep){.pack = "another", .id = id, .to = ROUND_VERIFICATION},
                 ERROR_NOT_FOUND, "pack another has no assessment round 1");
    advanced(store, id, ROUND_VERIFICATION);
    refused_step(store, (RoundStep){.id = id, .to = ROUND_VERIFICATION}, ERROR_CONFLICT,
                 "cannot come to verification");
}

static void a_withdrawal_has_a_reason_and_ends_the_round(void **state) {
    Store *store = fixture_make(*state);
    char long_reason[2 * ROUND_MOST_REASON];
    activate(store, "1.0.0");
    const int64_t id = opened(store).id;
    RoundStep step = {.id = id, .to = ROUND_WITHDRAWN, .who = "李明"};
    refused_step(store, step, ERROR_INPUT, "none was given");
    step.reason = " \n";
    refused_step(store, step, ERROR_INPUT, "none was given");
    step.reason = "\u3000\u00a0";
    refused_step(store, step, ERROR_INPUT, "none was given");
    step.reason = "\x1b[2J";
    refused_step(store, step, ERROR_INPUT, "plain text");
    memset(long_reason, 'x', sizeof long_reason);
    long_reason[ROUND_MOST_REASON + 1] = '\0';
    step.reason = long_reason;
    refused_step(store, step, ERROR_INPUT, "500 characters at most");
    long_reason[ROUND_MOST_REASON] = '\0';
    AssessmentRound round;
    ASSERT_GOOD(round_step(store, &step, &round, &unexpected));
    assert_int_equal(round.state, ROUND_WITHDRAWN);
    assert_true(round.closed_at_us > 0);
    assert_int_equal(run_of(store, &round), 0);
    refused_step(store, (RoundStep){.id = id, .to = ROUND_STATE_COUNT}, ERROR_CONFLICT,
                 "is over: it was withdrawn");
    assert_int_equal(opened(store).id, 2);
}

// ---- versions -----------------------------------------------------------------------------------

static Description *described_as(const char *version, const char *assessment) {
    json_t *json = sample_json();
    json_object_set_new(json_object_get(json, "pack"), "version", json_string(version));
    json_object_set_new(json_array_get(assessments_of(json), 0), "id", json_string(assessment));
    ProblemList problems = {0};
    Description *description = description_parse(json, &problems);
    assert_non_null(description);
    json_decref(json);
    return description;
}

static void assert_refused_with(Store *store, const Description *next, const char *part) {
    Error error = {0};
    assert_false(open_rounds_allow(store, next, &error));
    assert_int_equal(error.code, ERROR_CONFLICT);
    if (!strstr(error.message, part)) fail_msg("%s lacks %s", error.message, part);
    assert_non_null(strstr(error.hint, "withdraw the rounds first"));
}

static void a_version_without_the_assessment_of_an_open_round_is_refused(void **state) {
    Store *store = fixture_make(*state);
    Description *same = described_as("1.1.0", "annual"), *other = described_as("1.2.0", "yearly");
    AssessmentRound round;
    activate(store, "1.0.0");
    ASSERT_GOOD(open_rounds_allow(store, other, &unexpected));
    const int64_t id = opened(store).id;
    ASSERT_GOOD(open_rounds_allow(store, same, &unexpected));
    assert_refused_with(store, other,
                        "pack sample 1.2.0 declares no assessment \"annual\", of which rounds are "
                        "open: 1 (annual, 2024); version 1.0.0 declares it in pack.lua:");
    RoundOpening opening = annual_2024;
    opening.kind = ROUND_FINAL;
    for (int year = 2021; year <= 2030; year++) {
        opening.year = year;
        ASSERT_GOOD(round_open(store, &opening, &round, &unexpected));
    }
    assert_refused_with(store, other, "11 (final, 2030), 10 (final, 2029)");
    assert_refused_with(store, other, "4 (final, 2023) …");
    for (int64_t i = id; i <= round.id; i++) {
        const RoundStep step = {
            .id = i, .to = ROUND_WITHDRAWN, .who = "李明", .reason = "改用新办法"};
        AssessmentRound withdrawn;
        ASSERT_GOOD(round_step(store, &step, &withdrawn, &unexpected));
    }
    ASSERT_GOOD(open_rounds_allow(store, other, &unexpected));
    description_free(same);
    description_free(other);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_follow_in_one_order_and_end_published_or_withdrawn),
        cmocka_unit_test(names_are_read_back),
        DB_TEST(a_round_opens_in_self_assessment_and_is_read_back),
        DB_TEST(what_cannot_be_opened_is_refused),
        DB_TEST(publishing_pins_the_newest_run_of_the_active_version),
        DB_TEST(what_a_version_that_was_left_gave_is_not_published),
        DB_TEST(what_this_program_cannot_read_is_not_published),
        DB_TEST(a_step_out_of_order_is_refused),
        DB_TEST(a_withdrawal_has_a_reason_and_ends_the_round),
        DB_TEST(a_version_without_the_assessment_of_an_open_round_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
