// Assessment rounds as rows: put, read, refused, and told in the audit log.
#include "tests/unit/db/audited.h"

typedef struct PutRound {
    StoreRound round;
    StoreRoundChange change;
} PutRound;

static PutRound opening(void) {
    return (PutRound){.round = {.pack = "linhe",
                                .assessment = "annual",
                                .year = 2024,
                                .kind = "annual",
                                .state = "self_assessment",
                                .opened_at_us = 10,
                                .opened_by = "王芳"},
                      .change = {.at_us = 10, .state = "self_assessment", .who = "王芳"}};
}

static bool put_round(StoreTransaction *transaction, void *context, Error *error) {
    PutRound *put = context;
    return store_put_round(transaction, &put->round, &put->change, error);
}

static void put(Store *store, PutRound *round) {
    ASSERT_GOOD(store_write(store, put_round, round, &unexpected));
}

// The round comes to a state, which ends it unless `closed_at_us` is 0.
static void take_on(Store *store, PutRound *round, const char *state, int64_t closed_at_us,
                    int64_t run) {
    round->round.state = state;
    round->round.closed_at_us = closed_at_us;
    round->round.run = run;
    round->change =
        (StoreRoundChange){.at_us = closed_at_us + 1, .state = state, .who = "李明", .run = run};
    put(store, round);
}

static bool list_round(const StoreRound *round, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %lld %s %d %s %s %lld-%lld %s run %lld, %lld;", round->pack,
                  (long long)round->id, round->assessment, round->year, round->kind, round->state,
                  (long long)round->opened_at_us, (long long)round->closed_at_us, round->opened_by,
                  (long long)round->run, (long long)round->changes);
    return true;
}

static void assert_rounds(Store *store, StoreRoundQuery query, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_rounds(store, &query, list_round, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static bool list_change(const StoreRoundChange *change, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%lld %lld %s %s %s %lld;", (long long)change->number,
                  (long long)change->at_us, change->state, change->who,
                  change->reason ? change->reason : "-", (long long)change->run);
    return true;
}

static void a_round_is_read_as_it_was_put_last_with_its_history(void **state) {
    Store *store = audited_make(*state);
    PutRound round = opening();
    put(store, &round);
    assert_int_equal(round.round.id, 1);
    take_on(store, &round, "verification", 0, 0);
    take_on(store, &round, "published", 30, 1);
    PutRound another = opening();
    another.round.year = 2025;
    put(store, &another);
    assert_rounds(store, (StoreRoundQuery){.pack = "linhe"},
                  "linhe 2 annual 2025 annual self_assessment 10-0 王芳 run 0, 1;"
                  "linhe 1 annual 2024 annual published 10-30 王芳 run 1, 3;");
    assert_rounds(store, (StoreRoundQuery){.open_only = true},
                  "linhe 2 annual 2025 annual self_assessment 10-0 王芳 run 0, 1;");
    assert_rounds(store, (StoreRoundQuery){.id = 1},
                  "linhe 1 annual 2024 annual published 10-30 王芳 run 1, 3;");
    assert_rounds(store, (StoreRoundQuery){.pack = "heshan"}, "");
    Buffer text = {0};
    ASSERT_GOOD(store_read_round_changes(store, "linhe", 1, list_change, &text, &unexpected));
    assert_string_equal(text.data, "1 10 self_assessment 王芳 - 0;2 1 verification 李明 - 0;"
                                   "3 31 published 李明 - 1;");
    buffer_free(&text);
}

static void assert_refused(Store *store, PutRound *round, ErrorCode code, const char *part) {
    Error error = {0};
    assert_false(store_write(store, put_round, round, &error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, part)) fail_msg("%s lacks %s", error.message, part);
}

static void one_for_the_same_is_open_at_a_time(void **state) {
    Store *store = audited_make(*state);
    PutRound first = opening(), second = opening(), other_kind = opening();
    put(store, &first);
    assert_refused(store, &second, ERROR_CONFLICT, "has an open round of 2024 already");
    other_kind.round.kind = "midterm";
    put(store, &other_kind);
    take_on(store, &first, "withdrawn", 20, 0);
    second = opening();
    put(store, &second);
    assert_rounds(store, (StoreRoundQuery){.open_only = true},
                  "linhe 3 annual 2024 annual self_assessment 10-0 王芳 run 0, 1;"
                  "linhe 2 annual 2024 midterm self_assessment 10-0 王芳 run 0, 1;");
}

static void a_round_that_was_changed_meanwhile_stays_as_it_is(void **state) {
    Store *store = audited_make(*state);
    PutRound round = opening();
    put(store, &round);
    PutRound stale = round;
    take_on(store, &round, "verification", 0, 0);
    stale.round.state = stale.change.state = "withdrawn";
    stale.round.closed_at_us = 40;
    assert_refused(store, &stale, ERROR_CONFLICT, "was changed by somebody else meanwhile");
    assert_rounds(store, (StoreRoundQuery){0},
                  "linhe 1 annual 2024 annual verification 10-0 王芳 run 0, 2;");
}

static void what_a_round_lacks_is_told(void **state) {
    Store *store = audited_make(*state);
    PutRound round = opening();
    round.round.assessment = "";
    assert_refused(store, &round, ERROR_INPUT, "A round's assessment is missing");
    round = opening();
    round.change.who = NULL;
    assert_refused(store, &round, ERROR_INPUT, "Who changed a round is missing");
    assert_rounds(store, (StoreRoundQuery){0}, "");
}

static void each_step_is_a_row_of_the_audit_log(void **state) {
    Store *store = audited_make(*state);
    PutRound round = opening();
    put(store, &round);
    round.round.state = round.change.state = "withdrawn";
    round.change.reason = "重复开启";
    put(store, &round);
    const StoreAuditQuery query = {.action = "round."};
    audited_assert(store, query,
                   "13 王芳 cli round.self_assessment linhe;14 王芳 cli round.withdrawn linhe;");
    audited_assert_detail(
        store, 14,
        "{\"round\":1,\"assessment\":\"annual\",\"year\":2024,\"kind\":\"annual\","
        "\"reason\":\"重复开启\"}");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(a_round_is_read_as_it_was_put_last_with_its_history),
        DB_TEST(one_for_the_same_is_open_at_a_time),
        DB_TEST(a_round_that_was_changed_meanwhile_stays_as_it_is),
        DB_TEST(what_a_round_lacks_is_told),
        DB_TEST(each_step_is_a_row_of_the_audit_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
