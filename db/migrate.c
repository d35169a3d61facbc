// Applies and compares migrations: see migrate.h.
#include "db/migrate.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/hash.h"
#include "core/base/language.h"
#include "core/base/memory.h"

typedef struct Migrating {
    const Driver *driver;
    DriverConnection *connection;
    const Migration *migration;
    int version; // of the files
} Migrating;

static const char *name_of(const EmbeddedFile *file) {
    return file->path + strlen(MIGRATE_FOLDER);
}

static bool is_migration(const EmbeddedFile *file) {
    return strncmp(file->path, MIGRATE_FOLDER, strlen(MIGRATE_FOLDER)) == 0;
}

// The file of that number; numbers follow each other from 1.
static const EmbeddedFile *find_migration(const Migrating *migrating, int64_t version) {
    const Migration *migration = migrating->migration;
    int64_t number = 0;
    for (size_t i = 0; i < migration->file_count; i++)
        if (is_migration(&migration->files[i]) && ++number == version) return &migration->files[i];
    return NULL;
}

int migrate_version(const EmbeddedFile *files, size_t count) {
    int version = 0;
    for (size_t i = 0; i < count; i++)
        version += is_migration(&files[i]);
    return version;
}

// ---- comparing ---------------------------------------------------------------------------------

static bool error_newer(const Migrating *migrating, int64_t version, Error *error) {
    error_set(error, ERROR_STORE,
              T("The database %s has schema %lld, made by a newer version of this program, which "
                "knows schema %d",
                "数据库 %s 的结构版本为 %lld，由更新版本的程序建立；本程序只支持到 %d"),
              migrating->migration->location, (long long)version, migrating->version);
    return error_hint(error, T("Install the newer version of the program, or restore a backup "
                               "made before the upgrade",
                               "请安装更新版本的程序，或恢复升级之前的备份"));
}

static bool error_older(const Migrating *migrating, int applied, Error *error) {
    error_set(error, ERROR_STORE,
              T("The database %s has the older schema %d; this program reads schema %d",
                "数据库 %s 的结构版本 %d 较旧；本程序读取的版本为 %d"),
              migrating->migration->location, applied, migrating->version);
    return error_hint(error, T("Back the database up, then upgrade it with `biaochi init`",
                               "请先备份数据库，再用 `biaochi init` 升级"));
}

static bool error_altered(const Migrating *migrating, int64_t version, Error *error) {
    error_set(error, ERROR_STORE,
              T("Migration %lld of the database %s is not the one this program contains",
                "数据库 %2$s 所用的第 %1$lld 号迁移与本程序所含的不一致"),
              (long long)version, migrating->migration->location);
    return error_hint(error, T("Use the program that made this database, or export its data and "
                               "import them into a new one",
                               "请使用建立该数据库的程序，或将数据导出后导入新数据库"));
}

static bool compare_row(const Migrating *migrating, int64_t version, const char *hash, int expected,
                        Error *error) {
    if (version > migrating->version) return error_newer(migrating, version, error);
    if (version != expected) return error_altered(migrating, expected, error);
    const EmbeddedFile *file = find_migration(migrating, version);
    char file_hash[HASH_TEXT_SIZE];
    hash_bytes(file->bytes, file->length, file_hash);
    if (strcmp(hash, file_hash) != 0) return error_altered(migrating, version, error);
    return true;
}

// Whether the table of migrations is there: it is not in a database that was just made.
static bool has_schema(const Migrating *migrating, bool *exists, Error *error) {
    const Driver *driver = migrating->driver;
    DriverStatement *statement;
    bool row;
    if (!driver->start(migrating->connection, STATEMENT_SCHEMA_EXISTS, NULL, 0, &statement, error))
        return false;
    bool good = driver->step(statement, &row, error);
    if (good) *exists = driver->column_integer(statement, 0) > 0;
    driver->finish(statement);
    return good;
}

// Compares every record with its file and counts them.
static bool compare(const Migrating *migrating, int *applied, Error *error) {
    const Driver *driver = migrating->driver;
    DriverStatement *statement;
    bool exists = false, row = false;
    *applied = 0;
    if (!has_schema(migrating, &exists, error)) return false;
    if (!exists) return true;
    if (!driver->start(migrating->connection, STATEMENT_READ_MIGRATIONS, NULL, 0, &statement,
                       error))
        return false;
    bool good;
    while ((good = driver->step(statement, &row, error)) && row) {
        good = compare_row(migrating, driver->column_integer(statement, 0),
                           driver->column_text(statement, 1), ++*applied, error);
        if (!good) break;
    }
    driver->finish(statement);
    return good;
}

// ---- applying ----------------------------------------------------------------------------------

// The text with the lines of this driver's dialect laid open: "--sqlite X" becomes "X".
static void sql_for_driver(const EmbeddedFile *file, const Driver *driver, Buffer *sql) {
    Buffer mark = {0};
    buffer_printf(&mark, "--%s ", driver->name);
    for (const char *line = file->bytes, *end; *line; line = end) {
        const char *newline = strchr(line, '\n');
        end = newline ? newline + 1 : line + strlen(line);
        if (strncmp(line, mark.data, mark.length) == 0) line += mark.length;
        buffer_append(sql, line, (size_t)(end - line));
    }
    buffer_free(&mark);
}

static bool record(const Migrating *migrating, int version, const EmbeddedFile *file,
                   Error *error) {
    const Driver *driver = migrating->driver;
    char hash[HASH_TEXT_SIZE];
    hash_bytes(file->bytes, file->length, hash);
    const DriverValue values[] = {driver_integer(version), driver_text(name_of(file)),
                                  driver_text(hash), driver_integer(clock_now_us())};
    DriverStatement *statement;
    bool row;
    if (!driver->start(migrating->connection, STATEMENT_PUT_MIGRATION, values, 4, &statement,
                       error))
        return false;
    bool good = driver->step(statement, &row, error);
    driver->finish(statement);
    return good;
}

static bool apply(const Migrating *migrating, int version, Error *error) {
    const EmbeddedFile *file = find_migration(migrating, version);
    Buffer sql = {0};
    sql_for_driver(file, migrating->driver, &sql);
    bool good = migrating->driver->run_script(migrating->connection, sql.data, error) &&
                record(migrating, version, file, error);
    buffer_free(&sql);
    return good;
}

// Compares again first: another process may have upgraded while this one waited to write.
static bool apply_missing(const Migrating *migrating, Error *error) {
    const Migration *migration = migrating->migration;
    int applied;
    if (!compare(migrating, &applied, error)) return false;
    if (applied == migrating->version) return true;
    for (int version = applied + 1; version <= migrating->version; version++)
        if (!apply(migrating, version, error)) return false;
    return !migration->finished || migration->finished(applied, migration->context, error);
}

bool migrate_run(const Driver *driver, DriverConnection *connection, const Migration *migration,
                 Error *error) {
    const Migrating migrating = {.driver = driver,
                                 .connection = connection,
                                 .migration = migration,
                                 .version =
                                     migrate_version(migration->files, migration->file_count)};
    int applied;
    if (!compare(&migrating, &applied, error)) return false;
    if (applied == migrating.version) return true;
    if (migration->mode == MIGRATE_COMPARE) return error_older(&migrating, applied, error);
    if (!driver->begin(connection, error)) return false;
    if (apply_missing(&migrating, error) && driver->commit(connection, error)) return true;
    driver->roll_back(connection);
    return false;
}
