// Verification finds whatever was altered behind the store's back, and says where.
#include "core/audit/audit.h"
#include "core/base/utf8.h"
#include "db/columns.h"
#include "tests/unit/db/audited.h"

#define NO_KEYS "PRAGMA foreign_keys = OFF;"

// ---- verifying ---------------------------------------------------------------------------------

static void verify(const char *path, const AuditHead *expected, AuditReport *report) {
    Store *store;
    ASSERT_GOOD(store_open(path, STORE_READ_ONLY, &store, &unexpected));
    ASSERT_GOOD(audit_verify(store, expected, report, &unexpected));
    store_close(store);
}

static void assert_whole(const char *path, const AuditHead *expected, int64_t rows) {
    AuditReport report;
    verify(path, expected, &report);
    if (report.count > 0) fail_msg("%s", report.findings[0].message);
    assert_int_equal(report.rows, rows);
    assert_int_equal(report.head_id, rows);
    assert_int_equal(report.first_broken, 0);
    audit_report_free(&report);
}

// A finding of the kind about that row (0: about none); every message is filled in.
static bool has(const AuditReport *report, AuditWhat what, int64_t id) {
    bool found = false;
    for (size_t i = 0; i < report->count; i++) {
        const AuditFinding *finding = &report->findings[i];
        assert_true(finding->message[0]);
        found = found || (finding->what == what && finding->id == id);
    }
    return found;
}

static void assert_found(const char *path, const AuditHead *expected, AuditWhat what, int64_t id,
                         const char *label) {
    AuditReport report;
    verify(path, expected, &report);
    if (!has(&report, what, id)) {
        for (size_t i = 0; i < report.count; i++)
            print_message("%s %lld: %s\n", audit_what_name(report.findings[i].what),
                          (long long)report.findings[i].id, report.findings[i].message);
        fail_msg("%s: not found: %s at %lld", label, audit_what_name(what), (long long)id);
    }
    audit_report_free(&report);
}

// ---- a store to tamper with --------------------------------------------------------------------

static void copy_file(const char *from, const char *to) {
    char bytes[65536];
    FILE *in = fopen(from, "r"), *out = fopen(to, "w");
    assert_non_null(in);
    assert_non_null(out);
    for (size_t length; (length = fread(bytes, 1, sizeof bytes, in)) > 0;)
        assert_int_equal(fwrite(bytes, 1, length, out), length);
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

// The store of audited.h, closed; gives its head. Its twelve rows are in tests/unit/db/audited.h.
static AuditHead make(Fixture *fixture) {
    StoreAuditHead last;
    Store *store = audited_make(fixture);
    ASSERT_GOOD(store_read_audit_head(store, &last, &unexpected));
    store_close(store);
    fixture->store = NULL;
    AuditHead head = {.id = last.id};
    memcpy(head.hash, last.hash, sizeof head.hash);
    return head;
}

typedef struct Copy {
    char path[160];
} Copy;

static Copy copy_of(const Fixture *fixture) {
    Copy copy;
    snprintf(copy.path, sizeof copy.path, "%s/copy.db", fixture->folder);
    unlink(copy.path);
    copy_file(fixture->path, copy.path);
    return copy;
}

static Copy altered(const Fixture *fixture, const char *sql) {
    Copy copy = copy_of(fixture);
    raw_change(copy.path, sql);
    return copy;
}

// The same in a function, where SQL does not do.
static Copy altered_by(const Fixture *fixture, void (*alter)(sqlite3 *raw)) {
    Copy copy = copy_of(fixture);
    sqlite3 *raw = raw_open(copy.path);
    alter(raw);
    sqlite3_close(raw);
    return copy;
}

// ---- the log -----------------------------------------------------------------------------------

typedef struct Tampering {
    const char *sql;
    AuditWhat what;
    int64_t id;
} Tampering;

static void find_all(Fixture *fixture, const Tampering *tamperings, size_t count) {
    make(fixture);
    assert_whole(fixture->path, NULL, 12);
    for (size_t i = 0; i < count; i++) {
        Copy copy = altered(fixture, tamperings[i].sql);
        assert_found(copy.path, NULL, tamperings[i].what, tamperings[i].id, tamperings[i].sql);
    }
}

static void altered_rows_are_found(void **state) {
    static const Tampering tamperings[] = {
        {"UPDATE audit_log SET who = '王芳' WHERE id = 3", AUDIT_HASH, 3},
        {"UPDATE audit_log SET at_us = at_us + 1 WHERE id = 4", AUDIT_HASH, 4},
        {"UPDATE audit_log SET means = 'web' WHERE id = 5", AUDIT_HASH, 5},
        {"UPDATE audit_log SET address = '10.0.0.1' WHERE id = 6", AUDIT_HASH, 6},
        {"UPDATE audit_log SET action = 'pack.see' WHERE id = 6", AUDIT_HASH, 6},
        {"UPDATE audit_log SET subject = NULL WHERE id = 7", AUDIT_HASH, 7},
        {"UPDATE audit_log SET detail = replace(detail, '17.0', '16.0') WHERE id = 4", AUDIT_HASH,
         4},
        {"UPDATE audit_log SET detail = NULL WHERE id = 2", AUDIT_HASH, 2},
        {"UPDATE audit_log SET detail = '' WHERE id = 12", AUDIT_DETAIL, 12},
        {"UPDATE audit_log SET detail = '[1]' WHERE id = 1", AUDIT_DETAIL, 1},
        // A first row that has the log begin where it cannot made verification never end.
        {"UPDATE audit_log SET detail = replace(detail, '\"run\":0', '\"run\":-9e17') WHERE id = 1",
         AUDIT_DETAIL, 1},
        {"UPDATE audit_log SET detail = replace(detail, '\"run\":0', "
         "'\"run\":-900000000000000000') WHERE id = 1",
         AUDIT_DETAIL, 1},
        {"UPDATE audit_log SET detail = replace(detail, '\"data_version\":0', "
         "'\"data_version\":9000000000000000000') WHERE id = 1",
         AUDIT_DETAIL, 1},
        {"UPDATE audit_log SET hash = previous_hash WHERE id = 8", AUDIT_LINK, 9},
        {"UPDATE audit_log SET previous_hash = hash WHERE id = 1", AUDIT_BEGINNING, 1},
        // What goes over from one field to the next is another row.
        {"UPDATE audit_log SET action = 'observations.put1', subject = '50802' WHERE id = 3",
         AUDIT_HASH, 3},
    };
    find_all(*state, tamperings, sizeof tamperings / sizeof *tamperings);
}

static void missing_and_moved_rows_are_found(void **state) {
    static const Tampering tamperings[] = {
        {"DELETE FROM audit_log WHERE id = 5", AUDIT_NUMBER, 5},
        {"DELETE FROM audit_log WHERE id BETWEEN 4 AND 9", AUDIT_NUMBER, 4},
        {"DELETE FROM audit_log WHERE id = 1", AUDIT_NUMBER, 1},
        {"DELETE FROM audit_log", AUDIT_BEGINNING, 0},
        {"DELETE FROM audit_log WHERE id > 10", AUDIT_END, 11},
        {"DELETE FROM audit_log WHERE id = 5; UPDATE audit_log SET id = id - 1 WHERE id > 5",
         AUDIT_HASH, 5},
        {"DELETE FROM audit_log WHERE id = 5; UPDATE audit_log SET id = id - 1 WHERE id > 5",
         AUDIT_LINK, 5},
        {"UPDATE audit_log SET id = 99 WHERE id = 6; UPDATE audit_log SET id = 6 WHERE id = 7;"
         "UPDATE audit_log SET id = 7 WHERE id = 99",
         AUDIT_LINK, 6},
        {"INSERT INTO audit_log SELECT 13, at_us, who, means, address, action, subject, detail, "
         "hash, hash FROM audit_log WHERE id = 12",
         AUDIT_END, 13},
    };
    find_all(*state, tamperings, sizeof tamperings / sizeof *tamperings);
}

// ---- what the log vouches for ------------------------------------------------------------------

static void altered_observations_are_found(void **state) {
    static const Tampering tamperings[] = {
        {"UPDATE observation SET value = 12 WHERE revision = 1", AUDIT_OBSERVATIONS, 3},
        {"UPDATE observation SET value_text = '17' WHERE revision = 2", AUDIT_OBSERVATIONS, 4},
        {"UPDATE observation SET value = NULL, value_text = NULL WHERE revision = 2",
         AUDIT_OBSERVATIONS, 4},
        {"UPDATE observation SET kind = 4 WHERE revision = 1", AUDIT_OBSERVATIONS, 3},
        {"UPDATE observation SET note = '校核' WHERE revision = 1", AUDIT_OBSERVATIONS, 3},
        {"UPDATE observation SET year = 2021 WHERE revision = 1", AUDIT_OBSERVATIONS, 3},
        {"UPDATE observation SET data_version = 1", AUDIT_OBSERVATIONS, 4},
        {"DELETE FROM observation WHERE revision = 2", AUDIT_OBSERVATIONS, 4},
        {"INSERT INTO observation SELECT region, series, 2022, 1, 2, 5, '5', kind, source, note "
         "FROM observation WHERE revision = 1",
         AUDIT_OBSERVATIONS, 4},
        {"UPDATE data_change SET who = '王芳' WHERE data_version = 1", AUDIT_OBSERVATIONS, 3},
        {"UPDATE data_change SET changed_at_us = 1 WHERE data_version = 2", AUDIT_OBSERVATIONS, 4},
        {NO_KEYS "DELETE FROM observation WHERE revision = 2; DELETE FROM data_change WHERE "
                 "data_version = 2",
         AUDIT_OBSERVATIONS, 4},
        {"UPDATE series SET indicator = 'screening'", AUDIT_OBSERVATIONS, 3},
        {NO_KEYS "UPDATE region SET code = '150803' WHERE code = '150802'", AUDIT_OBSERVATIONS, 3},
        {"INSERT INTO data_change VALUES (3, '李明', 'late', 9);", AUDIT_OBSERVATIONS, 0},
        {NO_KEYS "UPDATE observation SET data_version = 99 WHERE revision = 2", AUDIT_OBSERVATIONS,
         0},
        {NO_KEYS "INSERT INTO observation SELECT region, series, 2022, 1, 0, 5, '5', kind, source, "
                 "note FROM observation WHERE revision = 1",
         AUDIT_OBSERVATIONS, 1},
    };
    find_all(*state, tamperings, sizeof tamperings / sizeof *tamperings);
}

// All columns multiplied, with the checksum that goes with them.
static void falsify_columns(sqlite3 *raw) {
    sqlite3_stmt *row, *put;
    assert_int_equal(sqlite3_prepare_v2(raw,
                                        "SELECT region, data_version, columns FROM "
                                        "observation_columns",
                                        -1, &row, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(raw,
                                        "UPDATE observation_columns SET columns = ?1, "
                                        "checksum = ?2 WHERE region = ?3",
                                        -1, &put, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    const int64_t region = sqlite3_column_int64(row, 0), version = sqlite3_column_int64(row, 1);
    const size_t length = (size_t)sqlite3_column_bytes(row, 2);
    double bytes[64];
    assert_in_range(length, 1, sizeof bytes);
    memcpy(bytes, sqlite3_column_blob(row, 2), length);
    bytes[length / sizeof *bytes - 1] *= 1.5; // the values stand behind the rest
    assert_int_equal(sqlite3_step(row), SQLITE_DONE);
    sqlite3_bind_blob(put, 1, bytes, (int)length, SQLITE_STATIC);
    sqlite3_bind_int64(put, 2, columns_checksum(bytes, length, region, version));
    sqlite3_bind_int64(put, 3, region);
    assert_int_equal(sqlite3_step(put), SQLITE_DONE);
    sqlite3_finalize(row);
    sqlite3_finalize(put);
}

// Evaluations gave other figures, and the log was said to be whole.
static void columns_altered_with_their_checksum_are_found(void **state) {
    Fixture *fixture = *state;
    make(fixture);
    Copy copy = altered_by(fixture, falsify_columns);
    assert_found(copy.path, NULL, AUDIT_OBSERVATIONS, 0, "columns and checksum");
    copy = altered(fixture, NO_KEYS "DELETE FROM region_change");
    assert_found(copy.path, NULL, AUDIT_OBSERVATIONS, 0, "a region that nobody put anything of");
    // These are not believed, and the revisions are read in their place.
    copy = altered(fixture, "UPDATE observation_columns SET checksum = checksum + 1");
    assert_whole(copy.path, NULL, 12);
    copy = altered(fixture, "DELETE FROM observation_columns");
    assert_whole(copy.path, NULL, 12);
}

static void altered_packs_and_runs_are_found(void **state) {
    static const Tampering tamperings[] = {
        {"UPDATE run SET result_hash = 'dead'", AUDIT_RUN, 12},
        {"UPDATE run SET year = 2023", AUDIT_RUN, 12},
        {NO_KEYS "DELETE FROM result; DELETE FROM run", AUDIT_RUN, 12},
        {NO_KEYS "UPDATE run SET id = 900000000000000000, base = 900000000000000000", AUDIT_RUN, 0},
        {NO_KEYS
         "UPDATE run SET id = 900000000000000000, base = 900000000000000000; UPDATE audit_log SET detail = "
         "replace(detail, '\"run\":1', '\"run\":900000000000000000') WHERE id = 12",
         AUDIT_RUN, 12},
        {"INSERT INTO run SELECT 2, 2, pack, pack_hash, std_hash, engine_version, conventions, "
         "data_version, round, year, who, started_at_us, finished_at_us, region_count, result_hash "
         "FROM run",
         AUDIT_RUN, 0},
        {"UPDATE result SET payload = x'79'", AUDIT_RESULTS, 0},
        // No run has as many, so nothing is made to hold them.
        {"PRAGMA ignore_check_constraints = ON; UPDATE run SET region_count = -1", AUDIT_RESULTS,
         0},
        {"UPDATE run SET region_count = 4000000000000000", AUDIT_RESULTS, 0},
        {"DELETE FROM result", AUDIT_RESULTS, 0},
        {"INSERT INTO result SELECT base, (SELECT number FROM region WHERE code = '000000'), run, "
         "payload FROM result",
         AUDIT_RESULTS, 0},
        {"UPDATE activation SET who = '李明' WHERE id = 2", AUDIT_ACTIVATION, 10},
        {"UPDATE activation SET action = 'activate' WHERE id = 3", AUDIT_ACTIVATION, 11},
        {NO_KEYS "DELETE FROM activation WHERE id = 1", AUDIT_ACTIVATION, 7},
        {"INSERT INTO activation SELECT pack, 4, hash, 2, action, who, at_us FROM activation "
         "WHERE id = 2",
         AUDIT_ACTIVATION, 0},
        {"UPDATE pack_version SET description = '{\"a\":1}' WHERE version = 'A'", AUDIT_PACK, 6},
        {"UPDATE pack_version SET title = '五原县' WHERE version = 'B'", AUDIT_PACK, 9},
        {NO_KEYS "DELETE FROM pack_version WHERE version = 'B'", AUDIT_PACK, 9},
        {"INSERT INTO pack_version SELECT 'wuyuan', hash, version, std_hash, title, region, "
         "description, stored_at_us FROM pack_version WHERE version = 'A'",
         AUDIT_PACK, 0},
        {"INSERT INTO pack_version SELECT 'wuyuan', hash, version, std_hash, title, region, "
         "description, 1 FROM pack_version WHERE version = 'A'",
         AUDIT_PACK, 1},
        {"UPDATE blob SET bytes = x'41' WHERE kind = 'std'", AUDIT_PACK, 6},
    };
    find_all(*state, tamperings, sizeof tamperings / sizeof *tamperings);
}

static bool put_version(StoreTransaction *transaction, void *context, Error *error) {
    return store_put_pack_version(transaction, context, NULL, error);
}

static void a_pack_version_stored_anew_is_as_its_last_row_says(void **state) {
    Fixture *fixture = *state;
    make(fixture);
    Store *store = fixture_open(fixture, STORE_OPEN);
    char hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE];
    StorePackVersion version = audited_version("A", hash, std_hash);
    version.description = "{\"a\":1}";
    audited_write(store, put_version, &version);
    store_close(store);
    fixture->store = NULL;
    assert_whole(fixture->path, NULL, 13);
    Copy copy = altered(fixture, "UPDATE pack_version SET description = '{}' WHERE version = 'A'");
    assert_found(copy.path, NULL, AUDIT_PACK, 13, "an older description");
}

// ---- heads that were noted down ----------------------------------------------------------------

#define CUT                                                                                        \
    NO_KEYS "DELETE FROM audit_log WHERE id > 11; UPDATE counter SET value = 11 WHERE name = "     \
            "'audit'; DELETE FROM result; DELETE FROM run; DELETE FROM counter WHERE name = 'run'"

static void a_cut_tail_shows_against_a_noted_head(void **state) {
    Fixture *fixture = *state;
    AuditHead head = make(fixture);
    assert_whole(fixture->path, &head, 12);
    Copy copy = altered(fixture, CUT);
    assert_whole(copy.path, NULL, 11); // nothing is left that could tell
    assert_found(copy.path, &head, AUDIT_EXPECTED, 12, "cut");
    head.id = 0;
    assert_whole(fixture->path, &head, 12);
    assert_found(copy.path, &head, AUDIT_EXPECTED, 0, "cut, by the hash alone");
}

static void an_older_head_stays_good(void **state) {
    Fixture *fixture = *state;
    AuditHead head = make(fixture);
    Store *store = fixture_open(fixture, STORE_OPEN);
    put_figure(store, figure("mortality", 2024, "14.3"));
    store_close(store);
    fixture->store = NULL;
    assert_whole(fixture->path, &head, 13);
    head.id = 13;
    assert_found(fixture->path, &head, AUDIT_EXPECTED, 13, "another row's");
}

typedef struct Forging {
    sqlite3 *raw;
    char head[HASH_TEXT_SIZE];
} Forging;

// What somebody would do who knows how the chain is made.
static bool forge(const StoreAuditRow *row, void *context, Error *error) {
    Forging *forging = context;
    StoreAuditRow forged = *row;
    Buffer sql = {0};
    (void)error;
    if (row->id == 4) forged.who = "王芳";
    forged.previous_hash = forging->head;
    char hash[HASH_TEXT_SIZE];
    store_audit_hash(&forged, hash);
    buffer_printf(&sql,
                  "UPDATE audit_log SET who = '%s', previous_hash = '%s', hash = '%s' "
                  "WHERE id = %lld",
                  forged.who, forged.previous_hash, hash, (long long)row->id);
    raw_run(forging->raw, sql.data);
    memcpy(forging->head, hash, sizeof hash);
    buffer_free(&sql);
    return true;
}

static void a_chain_written_anew_shows_against_a_noted_head(void **state) {
    Fixture *fixture = *state;
    const AuditHead head = make(fixture);
    Copy copy = copy_of(fixture);
    Store *store;
    Forging forging = {.raw = raw_open(copy.path)};
    const StoreAuditQuery all = {0};
    store_audit_origin(forging.head);
    ASSERT_GOOD(store_open(fixture->path, STORE_READ_ONLY, &store, &unexpected));
    ASSERT_GOOD(store_read_audit(store, &all, forge, &forging, &unexpected));
    store_close(store);
    sqlite3_close(forging.raw);
    assert_whole(copy.path, NULL, 12);
    assert_found(copy.path, &head, AUDIT_EXPECTED, 12, "written anew");
}

static void a_log_taken_away_does_not_begin_again(void **state) {
    Fixture *fixture = *state;
    make(fixture);
    raw_change(fixture->path, "DELETE FROM audit_log; DELETE FROM counter WHERE name = 'audit'");
    Store *store = fixture_open(fixture, STORE_OPEN);
    put_figure(store, figure("mortality", 2024, "14.3"));
    store_close(store);
    fixture->store = NULL;
    assert_found(fixture->path, NULL, AUDIT_BEGINNING, 1, "begun anew");
}

// Of a copy as long as the text, so that reading behind it is seen.
static void refuses_head(const char *text) {
    AuditHead head;
    Error error = {0};
    char *copy = memory_copy_string(text);
    if (audit_head_parse(copy, &head, &error)) fail_msg("%s is taken for a head", text);
    assert_int_equal(error.code, ERROR_USAGE);
    free(copy);
}

#define DIGITS "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void heads_are_read(void **state) {
    AuditHead head;
    (void)state;
    ASSERT_GOOD(audit_head_parse(DIGITS, &head, &unexpected));
    assert_string_equal(head.hash, DIGITS);
    assert_int_equal(head.id, 0);
    ASSERT_GOOD(audit_head_parse(DIGITS "@17", &head, &unexpected));
    assert_int_equal(head.id, 17);
    refuses_head("");
    refuses_head("@");
    refuses_head("@17");
    refuses_head("abc@17");
    refuses_head(DIGITS "0");
    refuses_head(DIGITS "@");
    refuses_head(DIGITS "@0");
    refuses_head(DIGITS "@-1");
    refuses_head(DIGITS "@17x");
    refuses_head(DIGITS "@99999999999999999999");
}

// ---- many --------------------------------------------------------------------------------------

enum { MANY = 1200 };

static bool put_many(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    for (int i = 0; i < MANY; i++)
        if (!store_put_audit(transaction, &(StoreAuditEntry){"test.entry", NULL, NULL}, error))
            return false;
    return true;
}

static void findings_are_bounded(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    audited_write(store, put_many, NULL);
    store_close(store);
    fixture->store = NULL;
    assert_whole(fixture->path, NULL, MANY + 2);
    raw_change(fixture->path, "UPDATE audit_log SET who = 'x'");
    AuditReport report;
    verify(fixture->path, NULL, &report);
    assert_int_equal(report.count, AUDIT_FINDINGS_KEPT);
    assert_int_equal(report.count + report.dropped, MANY + 2);
    assert_int_equal(report.first_broken, 1);
    audit_report_free(&report);
}

// A long name cut a finding in the middle of a character, and with it the answer's JSON.
static void a_long_finding_ends_with_a_whole_character(void **state) {
    Fixture *fixture = *state;
    make(fixture);
    for (int bytes = 400; bytes < 403; bytes++) {
        Buffer sql = {0};
        buffer_printf(&sql, "UPDATE pack_version SET version = '%.*s", bytes % 3, "xx");
        for (int i = 0; i < 200; i++)
            buffer_text(&sql, "区");
        buffer_text(&sql, "' WHERE version = 'A'");
        Copy copy = altered(fixture, sql.data);
        AuditReport report;
        verify(copy.path, NULL, &report);
        assert_true(has(&report, AUDIT_PACK, 6));
        for (size_t i = 0; i < report.count; i++) {
            const char *message = report.findings[i].message;
            assert_true(utf8_valid(message, strlen(message), NULL));
        }
        audit_report_free(&report);
        buffer_free(&sql);
    }
}

// More runs than are compared at once; all but the first build on it and have its results.
enum { RUNS = STORE_DIGESTS_AT_ONCE + 5 };

static bool put_runs(StoreTransaction *transaction, void *context, Error *error) {
    char hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE], result_hash[HASH_TEXT_SIZE];
    int64_t base;
    if (!audited_put_run(transaction, &base, error)) return false;
    const StorePackVersion version = audited_version("A", hash, std_hash);
    audited_result_hash(result_hash);
    for (int i = 1; i < *(int *)context; i++) {
        StoreRun run = {.base = base,
                        .pack = version.pack,
                        .pack_hash = hash,
                        .std_hash = std_hash,
                        .engine_version = 3,
                        .round = "annual",
                        .year = 2024,
                        .who = "赵敏",
                        .region_count = 1,
                        .result_hash = result_hash};
        if (!store_put_run(transaction, &run, error)) return false;
    }
    return true;
}

static void more_runs_are_compared_than_fit_at_once(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    int count = RUNS;
    audited_write(store, audited_put_pack, "A");
    audited_write(store, put_runs, &count);
    store_close(store);
    fixture->store = NULL;
    assert_whole(fixture->path, NULL, 4 + RUNS);
    raw_change(fixture->path, "UPDATE run SET who = 'x' WHERE id IN (2, 32768, 32769, 32773)");
    AuditReport report;
    verify(fixture->path, NULL, &report);
    assert_int_equal(report.count, 4);
    assert_true(has(&report, AUDIT_RUN, 6));
    assert_true(has(&report, AUDIT_RUN, 32772));
    assert_true(has(&report, AUDIT_RUN, 32773));
    assert_true(has(&report, AUDIT_RUN, 32777));
    audit_report_free(&report);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(altered_rows_are_found),
        DB_TEST(missing_and_moved_rows_are_found),
        DB_TEST(altered_observations_are_found),
        DB_TEST(columns_altered_with_their_checksum_are_found),
        DB_TEST(altered_packs_and_runs_are_found),
        DB_TEST(a_pack_version_stored_anew_is_as_its_last_row_says),
        DB_TEST(a_cut_tail_shows_against_a_noted_head),
        DB_TEST(an_older_head_stays_good),
        DB_TEST(a_chain_written_anew_shows_against_a_noted_head),
        DB_TEST(a_log_taken_away_does_not_begin_again),
        cmocka_unit_test(heads_are_read),
        DB_TEST(findings_are_bounded),
        DB_TEST(a_long_finding_ends_with_a_whole_character),
        DB_TEST(more_runs_are_compared_than_fit_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
