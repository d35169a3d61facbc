// The audit log as the store writes it: every change has its row, nothing else has.
#include <sys/wait.h>

#include "db/store_inside.h"
#include "tests/unit/db/audited.h"

// ---- rows --------------------------------------------------------------------------------------

static bool check_link(const StoreAuditRow *row, void *context, Error *error) {
    char *head = context, hash[HASH_TEXT_SIZE];
    store_audit_hash(row, hash);
    if (strcmp(row->previous_hash, head) != 0 || strcmp(row->hash, hash) != 0)
        return error_set(error, ERROR_STORE, "row %lld", (long long)row->id);
    memcpy(head, hash, HASH_TEXT_SIZE);
    return true;
}

static void assert_linked(Store *store, int64_t rows) {
    const StoreAuditQuery all = {0};
    char expected[HASH_TEXT_SIZE];
    StoreAuditHead head;
    store_audit_origin(expected);
    ASSERT_GOOD(store_read_audit(store, &all, check_link, expected, &unexpected));
    ASSERT_GOOD(store_read_audit_head(store, &head, &unexpected));
    assert_int_equal(head.id, rows);
    assert_int_equal(head.given_out, rows);
    assert_string_equal(head.hash, expected);
}

static void a_new_database_begins_its_log(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_open(fixture, STORE_CREATE);
    audited_assert(store, (StoreAuditQuery){0}, "1 biaochi system log.begin -;");
    audited_assert_detail(store, 1, "\"schema_before\":0,\"data_version\":0,\"observations\":0,");
    assert_linked(store, 1);
    store = fixture_reopen(fixture, STORE_OPEN);
    assert_linked(store, 1);
}

static void every_put_leaves_a_row(void **state) {
    Store *store = audited_make(*state);
    audited_write(store, audited_put_unit, "卫健委");
    audited_write(store, audited_put_plan, "妇女发展规划");
    audited_assert(store, (StoreAuditQuery){0},
                   "1 biaochi system log.begin -;"
                   "2 unknown cli regions.put -;"
                   "3 李明 cli observations.put 150802;"
                   "4 李明 cli observations.put 150802;"
                   "5 unknown cli blobs.put -;"
                   "6 unknown cli pack.store linhe;"
                   "7 王芳 cli pack.activate linhe;"
                   "8 unknown cli blobs.put "
                   "df7e70e5021544f4834bbee64a9e3789febc4be81470df629cad6ddb03320a5c;"
                   "9 unknown cli pack.store linhe;"
                   "10 王芳 cli pack.activate linhe;"
                   "11 王芳 cli pack.rollback linhe;"
                   "12 赵敏 cli run.put linhe;"
                   "13 unknown cli units.put 150802;"
                   "14 unknown cli plans.put linhe;");
    assert_linked(store, 14);
}

static void what_changes_nothing_leaves_no_row(void **state) {
    Fixture *fixture = *state;
    Store *store = audited_make(fixture);
    audited_write(store, audited_put_unit, "卫健委");
    audited_write(store, audited_put_plan, "妇女发展规划");
    assert_linked(store, 14);
    audited_write(store, put_two_regions, NULL);
    audited_write(store, audited_put_unit, "卫健委");
    audited_write(store, audited_put_plan, "妇女发展规划");
    put_figure(store, figure("mortality", 2020, "17.0"));
    audited_write(store, audited_put_pack, "B");
    audited_write(store, audited_activate, "A");
    size_t rebuilt;
    ASSERT_GOOD(store_rebuild_columns(store, &rebuilt, &unexpected));
    assert_linked(store, 14);
}

static void columns_made_anew_are_told(void **state) {
    Fixture *fixture = *state;
    Store *store = audited_make(fixture);
    raw_change(fixture->path, "DELETE FROM observation_columns");
    size_t rebuilt;
    ASSERT_GOOD(store_rebuild_columns(store, &rebuilt, &unexpected));
    audited_assert(store, (StoreAuditQuery){.first_id = 13}, "13 unknown cli columns.rebuild -;");
    audited_assert_detail(store, 13, "{\"regions\":1}");
}

static bool put_and_give_up(StoreTransaction *transaction, void *context, Error *error) {
    return put_figures(transaction, context, error) && put_two_regions(transaction, NULL, error) &&
           error_set(error, ERROR_CANCELLED, "no");
}

// A refused put spoils its transaction even when the write passes over it.
static bool pass_over_a_refusal(StoreTransaction *transaction, void *context, Error *error) {
    const StoreUnit lost = {.region = "999999", .id = "health", .title = "卫健委"};
    return put_figures(transaction, context, error) &&
           !store_put_unit(transaction, &lost, NULL, NULL);
}

static void failed_transactions_leave_no_row(void **state) {
    Store *store = audited_make(*state);
    const StoreObservation row = figure("screening", 2024, "50");
    PutFigures put = {.rows = &row, .count = 1};
    Error error = {0};
    assert_false(store_write(store, put_and_give_up, &put, &error));
    assert_int_equal(error.code, ERROR_CANCELLED);
    assert_false(store_write(store, pass_over_a_refusal, &put, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_linked(store, 12);
    put_figure(store, row);
    assert_linked(store, 13);
}

static bool put_result_alone(StoreTransaction *transaction, void *context, Error *error) {
    const StoreRun run = {.id = *(int64_t *)context, .base = *(int64_t *)context};
    return store_put_result(transaction, &run, "000000", "y", 1, error);
}

static void results_put_later_than_their_run_are_told(void **state) {
    Store *store = audited_make(*state);
    int64_t run;
    audited_write(store, audited_put_run, &run);
    audited_write(store, put_result_alone, &run);
    audited_assert(store, (StoreAuditQuery){.first_id = 13},
                   "13 赵敏 cli run.put linhe;14 unknown cli results.put 000000;");
}

// ---- what must not be forgotten ----------------------------------------------------------------

static const DriverValue plan_row[] = {
    {.kind = DRIVER_TEXT, .text = "linhe"}, {.kind = DRIVER_TEXT, .text = "women"},
    {.kind = DRIVER_TEXT, .text = "妇女"},  {.kind = DRIVER_INTEGER, .integer = 2020},
    {.kind = DRIVER_INTEGER, .integer = 1}, {.kind = DRIVER_INTEGER, .integer = 2}};

static bool change_in_silence(StoreTransaction *transaction, void *context, Error *error) {
    if (*(bool *)context) transaction_note_nothing(transaction);
    return transaction_run(transaction, STATEMENT_PUT_PLAN, plan_row, COUNT_OF(plan_row), NULL,
                           error);
}

static void a_change_that_is_not_noted_is_not_committed(void **state) {
    Store *store = audited_make(*state);
    bool is_no_matter = false;
    Error error = {0};
    assert_false(store_write(store, change_in_silence, &is_no_matter, &error));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_non_null(strstr(error.message, "audit log"));
    is_no_matter = true;
    audited_write(store, change_in_silence, &is_no_matter);
    assert_linked(store, 12);
}

// ---- on whose behalf ---------------------------------------------------------------------------

static bool put_for(StoreTransaction *transaction, void *context, Error *error) {
    const StoreObservation row = figure("late", 2024, "1");
    PutFigures put = {.rows = &row, .count = 1};
    return store_audit_by(transaction, context, error) && put_figures(transaction, &put, error);
}

static bool put_login(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    return store_put_audit(transaction,
                           &(StoreAuditEntry){"login.failed", "wang", "{\"reason\":\"password\"}"},
                           error);
}

static bool take_address(const StoreAuditRow *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s;", row->address ? row->address : "-");
    return true;
}

static void rows_say_on_whose_behalf(void **state) {
    Store *store = fixture_make(*state);
    const StoreActor wang = {"王芳", "web", "10.0.0.7"};
    store_act_as(&wang);
    put_figure(store, figure("mortality", 2020, "16.9")); // which names 李明
    audited_write(store, put_for, &(StoreActor){"li", "token", NULL});
    store_act_as(NULL);
    audited_write(store, put_login, NULL);
    audited_assert(store, (StoreAuditQuery){.first_id = 3},
                   "3 王芳 web observations.put 150802;4 li token observations.put 150802;"
                   "5 unknown cli login.failed wang;");
    audited_assert_detail(store, 5, "{\"reason\":\"password\"}");
    Buffer addresses = {0};
    const StoreAuditQuery rows = {.first_id = 3};
    ASSERT_GOOD(store_read_audit(store, &rows, take_address, &addresses, &unexpected));
    assert_string_equal(addresses.data, "10.0.0.7;-;-;");
    buffer_free(&addresses);
    assert_linked(store, 5);
}

static bool put_strange(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    return store_audit_by(transaction, &(StoreActor){"w\033[2J", "web", "\xff"}, error) &&
           store_put_audit(transaction,
                           &(StoreAuditEntry){"test.entry", "临\xe4\xb8", "{\"a\":\"\xfe\"}"},
                           error);
}

// Else an export would not hash as the row does, and a terminal could be steered.
static void texts_of_rows_are_plain(void **state) {
    Store *store = fixture_make(*state);
    audited_write(store, put_strange, NULL);
    audited_assert(store, (StoreAuditQuery){.first_id = 3}, "3 w [2J web test.entry 临??;");
    audited_assert_detail(store, 3, "{\"a\":\"?\"}");
    assert_linked(store, 3);
}

static bool put_strange_figure(StoreTransaction *transaction, void *context, Error *error) {
    const StoreObservation row = figure("mortality", 2021, "1");
    (void)context;
    return store_describe_change(transaction, "李明", "\u202etxt.\xc2\x9b", error) &&
           store_put_observation(transaction, &row, NULL, error);
}

static void details_put_together_are_plain(void **state) {
    Store *store = fixture_make(*state);
    audited_write(store, put_strange_figure, NULL);
    audited_assert_detail(store, 3, "\"what\":\"   txt.  \"");
    audited_write(store, audited_put_unit, "卫\u202e健委");
    audited_assert_detail(store, 4, "卫   健委");
    assert_linked(store, 4);
}

static void refuses_actor(Store *store, StoreActor actor) {
    Error error = {0};
    assert_false(store_write(store, put_for, &actor, &error));
    assert_int_equal(error.code, ERROR_INPUT);
}

static void an_actor_needs_a_name_and_known_means(void **state) {
    Store *store = fixture_make(*state);
    refuses_actor(store, (StoreActor){"", "web", NULL});
    refuses_actor(store, (StoreActor){"li", NULL, NULL});
    refuses_actor(store, (StoreActor){"li", "telegraph", NULL});
    assert_linked(store, 2);
}

// ---- details -----------------------------------------------------------------------------------

static void a_figure_is_told_with_what_it_was_before(void **state) {
    Store *store = audited_make(*state);
    audited_assert_detail(store, 3,
                          "{\"data_version\":1,\"what\":\"test\",\"added\":1,\"revised\":0,");
    audited_assert_detail(store, 3, "\"year\":2020,\"old\":null,\"new\":\"16.9\"}]}");
    audited_assert_detail(store, 4, "\"added\":0,\"revised\":1,");
    audited_assert_detail(store, 4,
                          "\"figures\":[{\"region\":\"150802\",\"indicator\":\"mortality\","
                          "\"breakdown\":\"total\",\"year\":2020,\"old\":\"16.9\","
                          "\"new\":\"17.0\"}]}");
    put_figure(store, figure("mortality", 2020, ""));
    audited_assert_detail(store, 13, "\"old\":\"17.0\",\"new\":null}]}");
    put_figure(store, figure("mortality", 2020, "18"));
    audited_assert_detail(store, 14, "\"old\":null,\"new\":\"18\"}]}");
}

static size_t count_of(const char *text, const char *part) {
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, part)); at++)
        count++;
    return count;
}

static void many_figures_are_counted_and_twenty_told(void **state) {
    Store *store = fixture_make(*state);
    StoreObservation rows[30];
    for (int i = 0; i < 30; i++)
        rows[i] = figure("mortality", 2000 + i % 25, i < 25 ? "1" : "2");
    rows[7].region = "000000";
    PutFigures put = {.rows = rows, .count = 30};
    audited_write(store, put_figures, &put);
    audited_assert(store, (StoreAuditQuery){.first_id = 3}, "3 李明 cli observations.put -;");
    audited_assert_detail(store, 3, "\"added\":25,\"revised\":5,");
    Buffer detail = audited_detail(store, 3);
    assert_int_equal(count_of(detail.data, "\"new\""), 20);
    buffer_free(&detail);
}

static bool put_many_regions(StoreTransaction *transaction, void *context, Error *error) {
    for (int i = 0; i < *(int *)context; i++) {
        char code[16];
        snprintf(code, sizeof code, "20%04d", i);
        const StoreRegion region = {.code = code, .name = "县", .level = "county"};
        if (!store_put_region(transaction, &region, NULL, error)) return false;
    }
    return true;
}

static void many_regions_make_one_row(void **state) {
    Store *store = fixture_make(*state);
    int count = 50;
    audited_write(store, put_many_regions, &count);
    audited_assert(store, (StoreAuditQuery){.first_id = 3}, "3 unknown cli regions.put -;");
    audited_assert_detail(store, 3, "{\"count\":50,\"rows\":[{\"code\":\"200000\",");
    Buffer detail = audited_detail(store, 3);
    assert_int_equal(count_of(detail.data, "\"added\":true"), 20);
    buffer_free(&detail);
    count = 51;
    audited_write(store, put_many_regions, &count);
    audited_assert(store, (StoreAuditQuery){.first_id = 4}, "4 unknown cli regions.put 200050;");
}

// ---- digests -----------------------------------------------------------------------------------

typedef struct Wanted {
    Store *store;
    int64_t row;
    size_t found;
} Wanted;

static bool is_in_its_row(int64_t number, const char digest[HASH_TEXT_SIZE], void *context,
                          Error *error) {
    Wanted *wanted = context;
    (void)number, (void)error;
    audited_assert_detail(wanted->store, wanted->row++, digest);
    wanted->found++;
    return true;
}

static void assert_digests(Store *store, StoreDigestKind kind, int64_t first, int64_t last,
                           int64_t row, size_t count) {
    Wanted wanted = {store, row, 0};
    ASSERT_GOOD(store_read_digests(store, kind, first, last, is_in_its_row, &wanted, &unexpected));
    assert_int_equal(wanted.found, count);
}

static void digests_are_those_of_the_tables(void **state) {
    Store *store = audited_make(*state);
    assert_digests(store, STORE_DATA_VERSIONS, 1, 2, 3, 2);
    assert_digests(store, STORE_DATA_VERSIONS, 2, 9, 4, 1);
    assert_digests(store, STORE_ACTIVATIONS, 2, 3, 10, 2);
    assert_digests(store, STORE_RUNS, 1, 1, 12, 1);
    assert_digests(store, STORE_RUNS, 2, 1, 0, 0);
    Error error = {0};
    assert_false(store_read_digests(store, STORE_RUNS, 1, STORE_DIGESTS_AT_ONCE + 1, is_in_its_row,
                                    NULL, &error));
    assert_int_equal(error.code, ERROR_USAGE);
}

// Rows are told in the order of the table's key, in whatever order they are put.
static void digests_do_not_depend_on_the_order_of_putting(void **state) {
    Store *store = fixture_make(*state);
    put_figure(store, figure("b", 2020, "1"));
    StoreObservation rows[] = {figure("b", 2022, "2"), figure("b", 2021, "3"),
                               figure("a", 2020, "4"), figure("a", 2019, "0"),
                               figure("b", 2020, "5"), figure("b", 2020, "-0.0"),
                               figure("a", 2020, ""),  figure("a", 2019, "7")};
    rows[1].source = "统计公报";
    rows[3].note = "校核";
    rows[3].breakdown = "female";
    rows[7].region = "000000";
    PutFigures put = {.rows = rows, .count = COUNT_OF(rows)};
    audited_write(store, put_figures, &put);
    assert_digests(store, STORE_DATA_VERSIONS, 1, 2, 3, 2);
}

static void read_before(Store *store, int64_t last, size_t expected, char out[HASH_TEXT_SIZE]) {
    size_t revisions;
    ASSERT_GOOD(store_read_digest_before(store, last, &revisions, out, &unexpected));
    assert_int_equal(revisions, expected);
}

static void what_was_before_has_one_digest(void **state) {
    Fixture *fixture = *state;
    Store *store = audited_make(fixture);
    char none[HASH_TEXT_SIZE], one[HASH_TEXT_SIZE], both[HASH_TEXT_SIZE], after[HASH_TEXT_SIZE];
    read_before(store, 0, 0, none);
    read_before(store, 1, 1, one);
    read_before(store, 2, 2, both);
    assert_string_not_equal(none, one);
    assert_string_not_equal(one, both);
    raw_change(fixture->path, "UPDATE observation SET value_text = '16.90' WHERE revision = 1");
    read_before(store, 2, 2, after);
    assert_string_not_equal(both, after);
}

// ---- asking ------------------------------------------------------------------------------------

static void queries_take_what_they_say(void **state) {
    Fixture *fixture = *state;
    Store *store = audited_make(fixture);
    audited_assert(store, (StoreAuditQuery){.who = "赵敏"}, "12 赵敏 cli run.put linhe;");
    audited_assert(store, (StoreAuditQuery){.action = "pack.activate"},
                   "7 王芳 cli pack.activate linhe;10 王芳 cli pack.activate linhe;");
    audited_assert(store, (StoreAuditQuery){.action = "pack.", .subject = "linhe", .first_id = 9},
                   "9 unknown cli pack.store linhe;10 王芳 cli pack.activate linhe;"
                   "11 王芳 cli pack.rollback linhe;");
    audited_assert(store, (StoreAuditQuery){.action = "pac_"}, "");
    audited_assert(store, (StoreAuditQuery){.newest_first = true, .limit = 2},
                   "12 赵敏 cli run.put linhe;11 王芳 cli pack.rollback linhe;");
    audited_assert(store, (StoreAuditQuery){.last_id = 2, .limit = 1},
                   "1 biaochi system log.begin -;");
    raw_change(fixture->path, "UPDATE audit_log SET at_us = id * 100");
    audited_assert(store, (StoreAuditQuery){.since_us = 300, .until_us = 400},
                   "3 李明 cli observations.put 150802;4 李明 cli observations.put 150802;");
}

// ---- several at once ---------------------------------------------------------------------------

enum { PROCESSES = 3, PUTS = 8 };

static int put_often(const char *path, int number) {
    Store *store;
    Error error = {0};
    if (!store_open(path, STORE_OPEN, &store, &error)) return 1;
    bool good = true;
    for (int i = 0; good && i < PUTS; i++) {
        char indicator[32];
        snprintf(indicator, sizeof indicator, "i_%d_%d", number, i);
        const StoreObservation row = figure(indicator, 2024, "1");
        PutFigures put = {.rows = &row, .count = 1};
        good = store_write(store, put_figures, &put, &error);
    }
    store_close(store);
    return good ? 0 : 2;
}

static void processes_share_one_chain(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    pid_t children[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) _exit(put_often(fixture->path, i));
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    Store *store = fixture_open(fixture, STORE_OPEN);
    assert_linked(store, 2 + PROCESSES * PUTS);
    assert_digests(store, STORE_DATA_VERSIONS, 1, 1000, 3, (size_t)PROCESSES * PUTS);
}

// ---- by construction ---------------------------------------------------------------------------

static void no_statement_changes_or_removes_a_row(void **state) {
    (void)state;
    size_t naming = 0, adding = 0;
    for (int dialect = DIALECT_SQLITE; dialect <= DIALECT_POSTGRES; dialect++) {
        for (int id = 0; id < STATEMENT_COUNT; id++) {
            const char *text = statement_text((StatementId)id, (StatementDialect)dialect);
            if (!strstr(text, "audit_log")) continue;
            naming++;
            adding += strncmp(text, "INSERT INTO audit_log ", 22) == 0;
            if (strstr(text, "UPDATE") || strstr(text, "DELETE") || strstr(text, "CONFLICT"))
                fail_msg("the log can be changed by: %s", text);
        }
    }
    assert_true(naming > 0);
    assert_int_equal(adding, 2); // one in each dialect
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(a_new_database_begins_its_log),
        DB_TEST(every_put_leaves_a_row),
        DB_TEST(what_changes_nothing_leaves_no_row),
        DB_TEST(columns_made_anew_are_told),
        DB_TEST(failed_transactions_leave_no_row),
        DB_TEST(results_put_later_than_their_run_are_told),
        DB_TEST(a_change_that_is_not_noted_is_not_committed),
        DB_TEST(rows_say_on_whose_behalf),
        DB_TEST(texts_of_rows_are_plain),
        DB_TEST(details_put_together_are_plain),
        DB_TEST(an_actor_needs_a_name_and_known_means),
        DB_TEST(a_figure_is_told_with_what_it_was_before),
        DB_TEST(many_figures_are_counted_and_twenty_told),
        DB_TEST(many_regions_make_one_row),
        DB_TEST(digests_are_those_of_the_tables),
        DB_TEST(digests_do_not_depend_on_the_order_of_putting),
        DB_TEST(what_was_before_has_one_digest),
        DB_TEST(queries_take_what_they_say),
        DB_TEST(processes_share_one_chain),
        cmocka_unit_test(no_statement_changes_or_removes_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
