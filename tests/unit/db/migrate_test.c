// Migrations: order, records, dialect lines, and what is refused.
#include "db/migrate.h"
#include "db/store_inside.h"
#include "tests/unit/db/fixture.h"

#define FIRST_SQL                                                                                  \
    "--sqlite PRAGMA application_id = 1111705673;\n"                                               \
    "CREATE TABLE schema_migration (version BIGINT PRIMARY KEY, name TEXT, hash TEXT,\n"           \
    "    applied_at_us BIGINT);\n"                                                                 \
    "--postgres THIS IS NOT FOR SQLITE;\n"                                                         \
    "CREATE TABLE note (\n"                                                                        \
    "    text TEXT PRIMARY KEY -- sqlite is named here, not addressed\n"                           \
    ")\n"                                                                                          \
    "--sqlite WITHOUT ROWID\n"                                                                     \
    ";"

static EmbeddedFile file_of(const char *path, const char *sql) {
    return (EmbeddedFile){.path = path, .bytes = sql, .length = strlen(sql)};
}

// Three versions of a schema, with files of other folders around them.
typedef struct Files {
    EmbeddedFile list[5];
} Files;

static Files three_migrations(void) {
    return (Files){{
        file_of("db/README.md", "NOT SQL"),
        file_of("db/migrations/0001_first.sql", FIRST_SQL),
        file_of("db/migrations/0002_second.sql", "ALTER TABLE note ADD COLUMN author TEXT;"),
        file_of("db/migrations/0003_third.sql",
                "CREATE TABLE reader (name TEXT); INSERT INTO note VALUES ('hello', 'li');"),
        file_of("scripts/std/api.lua", "NOT SQL"),
    }};
}

static DriverConnection *open_connection(Fixture *fixture) {
    DriverConnection *connection = NULL;
    ASSERT_GOOD(driver_sqlite.open(fixture->path, DRIVER_CREATE, &connection, &unexpected));
    return connection;
}

static void migrates(DriverConnection *connection, const Files *files, size_t count) {
    const Migration migration = {files->list, count, MIGRATE_UPGRADE, "test.db", NULL, NULL};
    ASSERT_GOOD(migrate_run(&driver_sqlite, connection, &migration, &unexpected));
}

static void refuses(DriverConnection *connection, const Files *files, size_t count,
                    MigrateMode mode, const char *words) {
    const Migration migration = {files->list, count, mode, "test.db", NULL, NULL};
    Error error = {0};
    assert_false(migrate_run(&driver_sqlite, connection, &migration, &error));
    assert_int_equal(error.code, ERROR_STORE);
    if (!strstr(error.message, words)) fail_msg("“%s” lacks “%s”", error.message, words);
    assert_true(error.hint[0]);
}

static void assert_number(Fixture *fixture, const char *sql, int expected) {
    sqlite3 *raw = raw_open(fixture->path);
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(statement, 0), expected);
    sqlite3_finalize(statement);
    sqlite3_close(raw);
}

static void what_is_missing_is_applied_in_order(void **state) {
    Fixture *fixture = *state;
    const Files files = three_migrations();
    assert_int_equal(migrate_version(files.list, 5), 3);
    DriverConnection *connection = open_connection(fixture);
    migrates(connection, &files, 2);
    assert_number(fixture, "SELECT COUNT(*) FROM schema_migration", 1);
    migrates(connection, &files, 5);
    assert_number(fixture, "SELECT COUNT(*) FROM schema_migration WHERE applied_at_us > 0", 3);
    assert_number(fixture, "SELECT COUNT(*) FROM note", 1);
    migrates(connection, &files, 5);
    assert_number(fixture, "SELECT COUNT(*) FROM note", 1);
    driver_sqlite.close(connection);
}

static void the_record_has_the_hash_of_the_file(void **state) {
    Fixture *fixture = *state;
    const Files files = three_migrations();
    DriverConnection *connection = open_connection(fixture);
    migrates(connection, &files, 2);
    driver_sqlite.close(connection);
    char hash[HASH_TEXT_SIZE], sql[256];
    hash_bytes(FIRST_SQL, strlen(FIRST_SQL), hash);
    snprintf(sql, sizeof sql,
             "SELECT COUNT(*) FROM schema_migration WHERE version = 1 AND name = '0001_first.sql' "
             "AND hash = '%s'",
             hash);
    assert_number(fixture, sql, 1);
}

static void dialect_lines_are_for_their_driver(void **state) {
    Fixture *fixture = *state;
    const Files files = three_migrations();
    DriverConnection *connection = open_connection(fixture);
    migrates(connection, &files, 2);
    driver_sqlite.close(connection);
    assert_number(fixture, "PRAGMA application_id", 1111705673);
    assert_number(fixture, "SELECT wr FROM pragma_table_list('note')", 1);
}

static void a_failing_migration_leaves_the_schema_as_it_was(void **state) {
    Fixture *fixture = *state;
    Files files = three_migrations();
    DriverConnection *connection = open_connection(fixture);
    migrates(connection, &files, 2);
    files.list[3] = file_of("db/migrations/0003_third.sql", "CREATE TABLE a (b TEXT); NONSENSE");
    refuses(connection, &files, 5, MIGRATE_UPGRADE, "NONSENSE");
    assert_number(fixture, "SELECT COUNT(*) FROM schema_migration", 1);
    assert_number(fixture, "SELECT COUNT(*) FROM sqlite_master WHERE name = 'a'", 0);
    files = three_migrations();
    migrates(connection, &files, 5);
    driver_sqlite.close(connection);
}

static void other_histories_are_refused(void **state) {
    const Files files = three_migrations();
    Files altered = files;
    altered.list[2] = file_of("db/migrations/0002_second.sql", "-- other");
    DriverConnection *connection = open_connection(*state);
    migrates(connection, &files, 5);
    refuses(connection, &altered, 5, MIGRATE_UPGRADE, "Migration 2");
    refuses(connection, &altered, 5, MIGRATE_COMPARE, "Migration 2");
    refuses(connection, &files, 3, MIGRATE_UPGRADE, "schema 3");
    ASSERT_GOOD(driver_sqlite.run_script(
        connection, "DELETE FROM schema_migration WHERE version = 2", &unexpected));
    refuses(connection, &files, 5, MIGRATE_UPGRADE, "Migration 2");
    driver_sqlite.close(connection);
}

static void comparing_changes_nothing(void **state) {
    Fixture *fixture = *state;
    const Files files = three_migrations();
    DriverConnection *connection = open_connection(fixture);
    migrates(connection, &files, 2);
    refuses(connection, &files, 5, MIGRATE_COMPARE, "older schema 1");
    assert_number(fixture, "SELECT COUNT(*) FROM schema_migration", 1);
    driver_sqlite.close(connection);
}

// What migrate_run takes for granted of the program's own files.
static void the_embedded_migrations_are_numbered_without_gaps(void **state) {
    (void)state;
    int expected = 0;
    for (size_t i = 0; i < embedded_file_count; i++) {
        const char *path = embedded_files[i].path;
        if (strncmp(path, MIGRATE_FOLDER, strlen(MIGRATE_FOLDER)) != 0) continue;
        char start[16];
        snprintf(start, sizeof start, "%04d_", ++expected);
        assert_int_equal(strncmp(path + strlen(MIGRATE_FOLDER), start, strlen(start)), 0);
    }
    assert_true(expected >= 1);
    assert_int_equal(store_schema_version(), expected);
}

// ---- statements --------------------------------------------------------------------------------

// SQLite numbers $1, $2 … by first use, so first uses must be in order.
static void every_statement_is_good_and_its_parameters_in_order(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    sqlite3 *raw = raw_open(fixture->path);
    for (int id = 0; id < STATEMENT_COUNT; id++) {
        const char *text = statement_text((StatementId)id, DIALECT_SQLITE);
        assert_non_null(text);
        assert_non_null(statement_text((StatementId)id, DIALECT_POSTGRES));
        sqlite3_stmt *statement;
        if (sqlite3_prepare_v2(raw, text, -1, &statement, NULL) != SQLITE_OK)
            fail_msg("%s: %s", text, sqlite3_errmsg(raw));
        for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
            char expected[16];
            snprintf(expected, sizeof expected, "$%d", i);
            assert_string_equal(sqlite3_bind_parameter_name(statement, i), expected);
        }
        sqlite3_finalize(statement);
    }
    sqlite3_close(raw);
}

static Buffer plan_of(sqlite3 *raw, StatementId id) {
    Buffer sql = {0}, plan = {0};
    buffer_printf(&sql, "EXPLAIN QUERY PLAN %s", statement_text(id, DIALECT_SQLITE));
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(raw, sql.data, -1, &statement, NULL), SQLITE_OK);
    while (sqlite3_step(statement) == SQLITE_ROW)
        buffer_printf(&plan, "%s\n", (const char *)sqlite3_column_text(statement, 3));
    sqlite3_finalize(statement);
    buffer_free(&sql);
    return plan;
}

// At millions of rows a sort or a scan for one region would be felt.
static void large_tables_are_read_from_the_key_without_sorting(void **state) {
    static const StatementId statements[] = {
        STATEMENT_READ_CURRENT,      STATEMENT_CURRENT_OF_ALL,
        STATEMENT_CURRENT_OF_REGION, STATEMENT_CURRENT_OF_INDICATOR,
        STATEMENT_CURRENT_OF_BOTH,   STATEMENT_HISTORY_OF_ALL,
        STATEMENT_HISTORY_OF_REGION, STATEMENT_HISTORY_OF_INDICATOR,
        STATEMENT_HISTORY_OF_BOTH,   STATEMENT_READ_RESULTS,
        STATEMENT_RESULT_OF_REGION,  STATEMENT_REVISIONS_OF_REGION,
        STATEMENT_COLUMNS_OF_PART,   STATEMENT_COLUMNS_OF_REGION,
        STATEMENT_COUNT_OF_REGION,   STATEMENT_HAS_SAMPLES,
    };
    Fixture *fixture = *state;
    fixture_make(fixture);
    sqlite3 *raw = raw_open(fixture->path);
    for (size_t i = 0; i < COUNT_OF(statements); i++) {
        Buffer plan = plan_of(raw, statements[i]);
        if (strstr(plan.data, "TEMP B-TREE") || strstr(plan.data, "SCAN o") ||
            strstr(plan.data, "SCAN x") || strstr(plan.data, "SCAN observation") ||
            strstr(plan.data, "AUTOMATIC"))
            fail_msg("statement %d: %s", (int)statements[i], plan.data);
        buffer_free(&plan);
    }
    sqlite3_close(raw);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(what_is_missing_is_applied_in_order),
        DB_TEST(the_record_has_the_hash_of_the_file),
        DB_TEST(dialect_lines_are_for_their_driver),
        DB_TEST(a_failing_migration_leaves_the_schema_as_it_was),
        DB_TEST(other_histories_are_refused),
        DB_TEST(comparing_changes_nothing),
        DB_TEST(the_embedded_migrations_are_numbered_without_gaps),
        DB_TEST(every_statement_is_good_and_its_parameters_in_order),
        DB_TEST(large_tables_are_read_from_the_key_without_sorting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
