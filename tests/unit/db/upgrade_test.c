// A database of the first schema, upgraded: every read function gives what was kept.
#include "core/audit/audit.h"
#include "db/migrate.h"
#include "db/store_inside.h"
#include "tests/unit/db/audited.h"
#include "tests/unit/db/listing.h"

// As the program with the first schema left it: figures put, revised, withdrawn and given again,
// with sources and notes; two runs.
static const char *const first_rows =
    "INSERT INTO region VALUES ('000000', '全国', NULL, 'nation'),"
    " ('150802', '临河区', '000000', 'county'), ('150800', '巴彦淖尔市', '000000', 'city');"
    "INSERT INTO unit VALUES ('150802', 'health', '卫健委');"
    "INSERT INTO plan VALUES ('linhe', 'women', '妇女规划', 2020, 2021, 2030);"
    "INSERT INTO counter VALUES ('data_version', 4), ('run', 2), ('activation', 1);"
    "INSERT INTO data_change VALUES (1, '李明', 'first.csv', 10), (2, '王芳', 'form', 20),"
    " (3, '李明', 'third.csv', 30), (4, '王芳', 'form', 40);"
    "INSERT INTO observation VALUES"
    " ('150802', 'b', 'total', 2020, 1, 1, 1.5, '1.50', 'reported', '统计公报', NULL),"
    " ('150802', 'b', 'total', 2020, 2, 2, NULL, NULL, 'reported', NULL, '撤回'),"
    " ('150802', 'a', 'total', 2020, 1, 1, 3, '3', 'stated', '统计公报', NULL),"
    " ('150802', 'a', 'total', 2020, 2, 2, 4, '4.0', 'derived', '年鉴', '校核'),"
    " ('150802', 'a', 'total', 2020, 3, 4, 5, '5', 'estimated', NULL, NULL),"
    " ('150802', 'a', 'female', 2021, 1, 3, -0.25, '-0.25', 'sample', NULL, NULL),"
    " ('000000', 'a', 'total', 2020, 1, 1, 0, '0', 'reported', NULL, NULL),"
    " ('000000', 'a', 'total', 2020, 2, 2, NULL, NULL, 'reported', NULL, NULL),"
    " ('000000', 'a', 'total', 2020, 3, 3, 1e15, '1e15', 'reported', NULL, NULL);"
    "INSERT INTO blob VALUES ('aa', 'pack', x'01'), ('bb', 'std', x'02');"
    "INSERT INTO pack_version VALUES"
    " ('linhe', 'aa', '1.0', 'bb', '临河区', '150802', '{}', 50);"
    "INSERT INTO activation VALUES ('linhe', 1, 'aa', NULL, 'activate', '李明', 60);"
    "INSERT INTO run VALUES"
    " (1, 'linhe', 'aa', 'bb', 3, '{\"a\":1}', 2, 'annual', 2020, '李明', 70, 71, 2, 'cc'),"
    " (2, 'linhe', 'aa', 'bb', 3, '{\"a\":2}', 4, 'annual', 2020, '王芳', 80, 81, 1, 'dd');"
    "INSERT INTO result VALUES (1, '150802', x'6f6e65'), (1, '000000', x''),"
    " (2, '150802', x'74776f');";

static void make_first_schema(Fixture *fixture) {
    DriverConnection *connection;
    const EmbeddedFile *file = embedded_files;
    while (strncmp(file->path, MIGRATE_FOLDER, strlen(MIGRATE_FOLDER)) != 0)
        file++;
    ASSERT_GOOD(driver_sqlite.open(fixture->path, DRIVER_CREATE, &connection, &unexpected));
    const Migration migration = {file, 1, MIGRATE_UPGRADE, "first.db", NULL, NULL};
    ASSERT_GOOD(migrate_run(&driver_sqlite, connection, &migration, &unexpected));
    ASSERT_GOOD(driver_sqlite.run_script(connection, first_rows, &unexpected));
    driver_sqlite.close(connection);
}

static Store *upgraded(Fixture *fixture) {
    make_first_schema(fixture);
    return fixture_open(fixture, STORE_OPEN);
}

static bool list_whole_row(const StoreObservation *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %s %s %d r%d v%lld %g '%s' %s %s %s %lld %s\n", row->region,
                  row->indicator, row->breakdown, row->year, row->revision,
                  (long long)row->data_version, row->value, row->value_text, row->kind,
                  row->source ? row->source : "-", row->note ? row->note : "-",
                  (long long)row->entered_at_us, row->entered_by);
    return true;
}

static void assert_observations(Store *store, StoreObservationQuery query, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_observations(store, &query, list_whole_row, &text, &unexpected));
    assert_string_equal(text.data, expected);
    buffer_free(&text);
}

static void every_revision_is_kept(void **state) {
    Store *store = upgraded(*state);
    assert_observations(store, (StoreObservationQuery){.all_revisions = true},
                        "000000 a total 2020 r1 v1 0 '0' reported - - 10 李明\n"
                        "000000 a total 2020 r2 v2 nan '' reported - - 20 王芳\n"
                        "000000 a total 2020 r3 v3 1e+15 '1e15' reported - - 30 李明\n"
                        "150802 a female 2021 r1 v3 -0.25 '-0.25' sample - - 30 李明\n"
                        "150802 a total 2020 r1 v1 3 '3' stated 统计公报 - 10 李明\n"
                        "150802 a total 2020 r2 v2 4 '4.0' derived 年鉴 校核 20 王芳\n"
                        "150802 a total 2020 r3 v4 5 '5' estimated - - 40 王芳\n"
                        "150802 b total 2020 r1 v1 1.5 '1.50' reported 统计公报 - 10 李明\n"
                        "150802 b total 2020 r2 v2 nan '' reported - 撤回 20 王芳\n");
}

static void every_data_version_reads_as_it_was(void **state) {
    Store *store = upgraded(*state);
    assert_observations(store, (StoreObservationQuery){.as_of = 1},
                        "000000 a total 2020 r1 v1 0 '0' reported - - 10 李明\n"
                        "150802 a total 2020 r1 v1 3 '3' stated 统计公报 - 10 李明\n"
                        "150802 b total 2020 r1 v1 1.5 '1.50' reported 统计公报 - 10 李明\n");
    assert_observations(store, (StoreObservationQuery){.as_of = 2, .region = "150802"},
                        "150802 a total 2020 r2 v2 4 '4.0' derived 年鉴 校核 20 王芳\n"
                        "150802 b total 2020 r2 v2 nan '' reported - 撤回 20 王芳\n");
    assert_observations(store, (StoreObservationQuery){.as_of = 3, .indicator = "a"},
                        "000000 a total 2020 r3 v3 1e+15 '1e15' reported - - 30 李明\n"
                        "150802 a female 2021 r1 v3 -0.25 '-0.25' sample - - 30 李明\n"
                        "150802 a total 2020 r2 v2 4 '4.0' derived 年鉴 校核 20 王芳\n");
    int64_t version = 0;
    ASSERT_GOOD(store_read_data_version(store, &version, &unexpected));
    assert_int_equal(version, 4);
}

static void columns_are_there_at_once(void **state) {
    Fixture *fixture = *state;
    upgraded(fixture);
    Store *store = fixture_reopen(fixture, STORE_READ_ONLY);
    for (int64_t version = 0; version <= 4; version++) {
        StoreColumnsReport report;
        Buffer expected = list_observations(store, version);
        Buffer text = list_columns(store, (StoreColumnsQuery){.as_of = version}, &report);
        assert_string_equal(text.data, expected.data);
        assert_int_equal(report.stale + report.damaged, 0);
        buffer_free(&expected);
        buffer_free(&text);
    }
}

// ---- everything else ---------------------------------------------------------------------------

static bool list_region(const StoreRegion *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %s %s %s;", row->code, row->name, row->parent ? row->parent : "-",
                  row->level);
    return true;
}

static bool list_unit(const StoreUnit *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %s %s;", row->region, row->id, row->title);
    return true;
}

static bool list_plan(const StorePlan *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %s %s %d %d %d;", row->pack, row->id, row->title, row->baseline_year,
                  row->first_year, row->last_year);
    return true;
}

static bool list_change(const StoreDataChange *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%lld %s %s %lld;", (long long)row->data_version, row->who, row->what,
                  (long long)row->changed_at_us);
    return true;
}

static bool list_version(const StorePackVersion *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %s %s %d;", row->pack, row->version, row->hash, row->active);
    return true;
}

static bool list_run(const StoreRun *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%lld %lld %s %s %lld %d %s %lld %s;", (long long)row->id,
                  (long long)row->base, row->pack, row->conventions, (long long)row->data_version,
                  row->year, row->who, (long long)row->region_count, row->result_hash);
    return true;
}

static bool list_result(const char *region, const void *payload, size_t length, void *context,
                        Error *error) {
    (void)error;
    buffer_printf(context, "%s:", region);
    buffer_append(context, payload, length);
    buffer_text(context, ";");
    return true;
}

static void assert_text(Buffer *text, const char *expected) {
    assert_string_equal(text->data, expected);
    buffer_clear(text);
}

static void all_else_reads_as_before(void **state) {
    Store *store = upgraded(*state);
    const StoreRunQuery all = {0};
    Buffer text = {0};
    ASSERT_GOOD(store_read_regions(store, list_region, &text, &unexpected));
    assert_text(&text, "000000 全国 - nation;150800 巴彦淖尔市 000000 city;"
                       "150802 临河区 000000 county;");
    ASSERT_GOOD(store_read_units(store, list_unit, &text, &unexpected));
    assert_text(&text, "150802 health 卫健委;");
    ASSERT_GOOD(store_read_plans(store, list_plan, &text, &unexpected));
    assert_text(&text, "linhe women 妇女规划 2020 2021 2030;");
    ASSERT_GOOD(store_read_changes(store, 0, list_change, &text, &unexpected));
    assert_text(&text, "1 李明 first.csv 10;2 王芳 form 20;3 李明 third.csv 30;4 王芳 form 40;");
    ASSERT_GOOD(store_read_pack_versions(store, false, list_version, &text, &unexpected));
    assert_text(&text, "linhe 1.0 aa 1;");
    ASSERT_GOOD(store_read_runs(store, &all, list_run, &text, &unexpected));
    assert_text(&text,
                "2 2 linhe {\"a\":2} 4 2020 王芳 1 dd;1 1 linhe {\"a\":1} 2 2020 李明 2 cc;");
    ASSERT_GOOD(store_read_results(store, 1, NULL, list_result, &text, &unexpected));
    assert_text(&text, "000000:;150802:one;");
    ASSERT_GOOD(store_read_results(store, 2, NULL, list_result, &text, &unexpected));
    assert_text(&text, "150802:two;");
    buffer_free(&text);
}

static bool put_another_region(StoreTransaction *transaction, void *context, Error *error) {
    const StoreRegion region = {.code = "150803", .name = "某区", .level = "county"};
    return store_put_region(transaction, &region, NULL, error) &&
           put_figures(transaction, context, error);
}

static void work_goes_on_where_it_was(void **state) {
    Store *store = upgraded(*state);
    StoreObservation same = figure("a", 2020, "5"), other = figure("c", 2021, "6");
    same.kind = "estimated";
    assert_int_equal(put_figure(store, same), STORE_UNCHANGED);
    other.region = "150803";
    other.source = "年鉴";
    PutFigures put = {.rows = &other, .count = 1};
    ASSERT_GOOD(store_write(store, put_another_region, &put, &unexpected));
    assert_int_equal(put_figure(store, figure("b", 2020, "7")), STORE_REVISED);
    Buffer text = list_observations(store, 0);
    assert_string_equal(text.data,
                        "000000 a total 2020 1000000000000000;150802 a female 2021 -0.25;"
                        "150802 a total 2020 5;150802 b total 2020 7;"
                        "150803 c total 2021 6;");
    buffer_free(&text);
    text = list_columns(store, (StoreColumnsQuery){.region = "150803"}, NULL);
    assert_string_equal(text.data, "150803 c total 2021 6;");
    buffer_free(&text);
}

static void nothing_of_the_old_tables_is_left(void **state) {
    Fixture *fixture = *state;
    upgraded(fixture);
    sqlite3 *raw = raw_open(fixture->path);
    raw_run(raw, "PRAGMA foreign_keys = ON");
    sqlite3_stmt *statement;
    sqlite3_prepare_v2(raw,
                       "SELECT (SELECT COUNT(*) FROM pragma_foreign_key_check),"
                       " (SELECT integrity_check FROM pragma_integrity_check),"
                       " (SELECT COUNT(*) FROM sqlite_master WHERE sql LIKE '%_by_name%'"
                       " OR sql LIKE '%_by_code%' OR sql LIKE '%whole_run%')",
                       -1, &statement, NULL);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(statement, 0), 0);
    assert_string_equal((const char *)sqlite3_column_text(statement, 1), "ok");
    assert_int_equal(sqlite3_column_int(statement, 2), 0);
    sqlite3_finalize(statement);
    sqlite3_close(raw);
}

// ---- the audit log -----------------------------------------------------------------------------

static size_t altered_observations(Store *store) {
    AuditReport report;
    size_t count = 0;
    ASSERT_GOOD(audit_verify(store, NULL, &report, &unexpected));
    for (size_t i = 0; i < report.count; i++)
        count += report.findings[i].what == AUDIT_OBSERVATIONS;
    audit_report_free(&report);
    return count;
}

static void the_log_begins_with_what_was_there(void **state) {
    Fixture *fixture = *state;
    Store *store = upgraded(fixture);
    audited_assert(store, (StoreAuditQuery){0},
                   "1 biaochi system log.begin -;2 biaochi system columns.rebuild -;");
    audited_assert_detail(store, 1, "\"schema_before\":1,\"data_version\":4,\"observations\":9,");
    audited_assert_detail(store, 1, "\"pack_versions\":1,");
    audited_assert_detail(store, 1, "\"run\":2}");
    put_figure(store, figure("a", 2022, "6"));
    assert_int_equal(altered_observations(store), 0);
    raw_change(fixture->path, "UPDATE observation SET note = '改' WHERE data_version = 3");
    assert_int_equal(altered_observations(store), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(every_revision_is_kept),
        DB_TEST(every_data_version_reads_as_it_was),
        DB_TEST(columns_are_there_at_once),
        DB_TEST(the_log_begins_with_what_was_there),
        DB_TEST(all_else_reads_as_before),
        DB_TEST(work_goes_on_where_it_was),
        DB_TEST(nothing_of_the_old_tables_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
