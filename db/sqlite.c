// The SQLite driver: the only file that includes sqlite3.h. See driver.h.
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/memory.h"
#include "db/driver.h"
#include "db/sqlite_files.h"

enum {
    BUSY_TIMEOUT_MS = 2000,
    RETRY_MS = 10,
    APPLICATION_ID = 0x42434849, // "BCHI"; written by the first migration
    FILE_RIGHTS = 0640,          // people's data: not for everybody on the machine
    // Pages of the write-ahead log that are worth a checkpoint at a quiet moment, and those that
    // demand one.
    LOG_PAGES_QUIET = 1000,
    LOG_PAGES_MOST = 32768,
};

struct DriverStatement {
    DriverConnection *connection;
    sqlite3_stmt *handle; // NULL until first started
};

struct DriverConnection {
    sqlite3 *handle;
    char *path;    // owned
    int log_pages; // in the write-ahead log after the last commit
    DriverStatement statements[STATEMENT_COUNT];
};

// ---- errors ------------------------------------------------------------------------------------

static bool error_not_ours(const char *path, Error *error) {
    error_set(error, ERROR_STORE, T("%s is not a Biaochi database", "%s 不是标尺的数据库"), path);
    return error_hint(error, T("Check the path; `biaochi init` makes a new database",
                               "请检查路径；新建数据库用 `biaochi init`"));
}

static bool error_missing(const char *path, Error *error) {
    error_set(error, ERROR_STORE, T("There is no database at %s", "%s 处没有数据库"), path);
    return error_hint(error, T("Make one with `biaochi init`, or check the path",
                               "请用 `biaochi init` 新建，或检查路径是否正确"));
}

static bool error_folder_missing(const char *folder, Error *error) {
    error_set(error, ERROR_STORE,
              T("The folder %s for the database does not exist", "存放数据库的文件夹 %s 不存在"),
              folder);
    return error_hint(
        error, T("Create the folder, or check the path", "请先建立该文件夹，或检查路径是否正确"));
}

static bool error_permission(const char *path, Error *error) {
    error_set(error, ERROR_STORE, T("Permission denied: %s", "没有权限访问：%s"), path);
    return error_hint(error,
                      T("Let this user read and write the database file and its folder, or run as "
                        "the user who owns them",
                        "请让当前用户能够读写数据库文件及其所在文件夹，或改用其所有者的身份运行"));
}

static bool error_read_only(const char *path, Error *error) {
    error_set(error, ERROR_STORE,
              T("The database %s cannot be written: the file or its file system is read-only",
                "数据库 %s 不能写入：文件或所在文件系统是只读的"),
              path);
    return error_hint(error, T("Make the file writable, or copy the database to a disk that is",
                               "请将文件改为可写，或把数据库复制到可写的磁盘"));
}

static bool error_unwritable(const char *path, Error *error) {
    error_set(error, ERROR_STORE,
              T("The database %s cannot be written: the file is read-only for this user",
                "数据库 %s 不能写入：当前用户对该文件只有读取权限"),
              path);
    return error_hint(error, T("Make the file writable (chmod u+w), or run as the user who owns it",
                               "请将文件改为可写（chmod u+w），或改用其所有者的身份运行"));
}

static bool error_full(const char *path, Error *error) {
    error_set(error, ERROR_STORE,
              T("No space is left for the database %s; nothing of this change was kept",
                "数据库 %s 所在磁盘空间不足，本次更改未保存"),
              path);
    return error_hint(error, T("Free space on the disk, or raise the quota, and try again",
                               "请清理磁盘空间或提高配额后重试"));
}

static bool error_locked(const char *path, Error *error) {
    error_set(error, ERROR_BUSY,
              T("The database %s is locked by another process", "数据库 %s 被另一个进程锁定"),
              path);
    return error_hint(error, T("Wait until the other command has finished and try again",
                               "请等待另一个命令运行结束后重试"));
}

static bool error_damaged(const char *path, const char *detail, Error *error) {
    error_set(error, ERROR_STORE, T("The database %s is damaged: %s", "数据库 %s 已损坏：%s"), path,
              detail);
    return error_hint(error, T("Keep a copy of the file and restore the latest backup",
                               "请保留该文件的副本，并用最近的备份恢复"));
}

static bool error_constraint(int code, const char *detail, Error *error) {
    return error_set(error, code == SQLITE_CONSTRAINT_FOREIGNKEY ? ERROR_NOT_FOUND : ERROR_CONFLICT,
                     T("The database refused a row: %s", "数据库拒绝了一行数据：%s"), detail);
}

static bool error_other(const char *path, const char *detail, Error *error) {
    error_set(error, ERROR_STORE, T("The database %s cannot be used: %s", "数据库 %s 无法使用：%s"),
              path, detail);
    return error_hint(error, T("Check the disk, and the rights of the file and its folder",
                               "请检查磁盘，以及文件和所在文件夹的权限"));
}

static bool error_descriptors(int number, const char *path, Error *error) {
    error_set(error, ERROR_STORE,
              T("The database %s cannot be opened: %s", "无法打开数据库 %s：%s"), path,
              strerror(number));
    return error_hint(error, T("Raise the limit on open files (ulimit -n, or LimitNOFILE= of the "
                               "service), or have fewer of them open",
                               "请提高可打开文件数的上限（ulimit -n 或服务的 LimitNOFILE=），"
                               "或减少同时打开的文件"));
}

// The system's reason behind a failed stat, open or write.
static bool error_of_system(int number, const char *path, Error *error) {
    switch (number) {
        case EACCES:
        case EPERM: return error_permission(path, error);
        case EROFS: return error_read_only(path, error);
        case ENOSPC:
        case EDQUOT:
        case EFBIG: return error_full(path, error);
        case EMFILE:
        case ENFILE: return error_descriptors(number, path, error);
        default: return error_other(path, strerror(number), error);
    }
}

// Even to read, SQLite must be able to make the files of the write-ahead log beside the database.
static bool is_about_folder(int code) {
    return code == SQLITE_READONLY_DIRECTORY || code == SQLITE_READONLY_CANTINIT ||
           code == SQLITE_READONLY_RECOVERY;
}

// The system's reason. SQLite loses it when it rolls back a commit whose log could not be written;
// the log still has it.
static int system_errno(const DriverConnection *connection) {
    int number = sqlite3_system_errno(connection->handle);
    sqlite3_file *log = NULL;
    if (number == 0 &&
        sqlite3_file_control(connection->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) ==
            SQLITE_OK &&
        log && log->pMethods)
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number);
    return number;
}

// What the last call on the connection failed of.
static bool failed(const DriverConnection *connection, Error *error) {
    const char *path = connection->path, *detail = sqlite3_errmsg(connection->handle);
    int code = sqlite3_extended_errcode(connection->handle), system_error;
    switch (code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return error_locked(path, error);
        case SQLITE_FULL: return error_full(path, error);
        case SQLITE_READONLY:
            return is_about_folder(code) ? error_permission(path, error)
                                         : error_read_only(path, error);
        case SQLITE_NOTADB: return error_not_ours(path, error);
        case SQLITE_CORRUPT: return error_damaged(path, detail, error);
        case SQLITE_CONSTRAINT: return error_constraint(code, detail, error);
        case SQLITE_PERM:
        case SQLITE_AUTH: return error_permission(path, error);
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            system_error = system_errno(connection);
            return system_error ? error_of_system(system_error, path, error)
                                : error_other(path, detail, error);
        case SQLITE_TOOBIG:
            return error_set(
                error, ERROR_LIMIT,
                T("A value is too large for the database", "数据过大，数据库无法存放"));
        default: return error_other(path, detail, error);
    }
}

// ---- the file ----------------------------------------------------------------------------------

static char *folder_of(const char *path) {
    char *folder = memory_copy_string(path);
    char *slash = strrchr(folder, '/');
    slash[slash == folder] = '\0'; // "/" stays
    return folder;
}

// SQLite gives meaning to ":memory:" and "file:…"; a path that begins with "/" or "./" has none.
static char *plain_path(const char *location) {
    Buffer path = {0};
    buffer_text(&path, location[0] == '/' ? "" : "./");
    buffer_text(&path, location);
    return path.data;
}

// An empty file made here with its rights is what SQLite takes for a new database.
static bool create_file(const char *path, Error *error) {
    int file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, FILE_RIGHTS);
    if (file < 0) return errno == EEXIST || error_of_system(errno, path, error);
    close(file);
    return true;
}

static bool check_missing(const char *path, const char *folder, DriverAccess access, Error *error) {
    struct stat status;
    if (stat(folder, &status) != 0 && (errno == ENOENT || errno == ENOTDIR))
        return error_folder_missing(folder, error);
    if (access == DRIVER_CREATE) return create_file(path, error);
    return error_missing(path, error);
}

// Asks without opening: closing a second descriptor of the file would drop SQLite's locks on it.
static bool check_rights(const char *path, const char *folder, DriverAccess access, Error *error) {
    if (faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) != 0)
        return error_of_system(errno, path, error);
    if (access == DRIVER_READ) return true;
    if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return errno == EACCES ? error_unwritable(path, error)
                               : error_of_system(errno, path, error);
    // The write-ahead log is a file beside the database.
    if (faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) != 0)
        return error_of_system(errno, folder, error);
    return true;
}

static bool check_file(const char *path, DriverAccess access, Error *error) {
    char *folder = folder_of(path);
    struct stat status;
    bool good;
    if (stat(path, &status) == 0)
        good = S_ISREG(status.st_mode) ? check_rights(path, folder, access, error)
                                       : error_not_ours(path, error);
    else if (errno == ENOENT || errno == ENOTDIR)
        good = check_missing(path, folder, access, error);
    else
        good = error_of_system(errno, path, error);
    free(folder);
    return good;
}

// ---- opening and closing -----------------------------------------------------------------------

// On a read-only file system SQLite cannot make the files that a write-ahead log needs, but nobody
// else can change the database either, so it may be read without them.
static bool can_be_read_as_is(const char *path) {
    struct statvfs system;
    if (statvfs(path, &system) != 0 || !(system.f_flag & ST_RDONLY)) return false;
    Buffer log = {0};
    buffer_printf(&log, "%s-wal", path);
    bool has_log = access(log.data, F_OK) == 0;
    buffer_free(&log);
    return !has_log;
}

static char *immutable_uri(const char *path) {
    Buffer uri = {0};
    buffer_text(&uri, "file:");
    for (const char *at = path; *at; at++) {
        if (strchr("%?#", *at))
            buffer_printf(&uri, "%%%02X", (unsigned char)*at);
        else
            buffer_append(&uri, at, 1);
    }
    buffer_text(&uri, "?immutable=1");
    return uri.data;
}

// SQLite's count of its memory, which nobody asks for, is one lock for all connections: without it
// two readers are twice as fast as one.
static void configure(void) {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static bool open_handle(DriverConnection *connection, DriverAccess access, Error *error) {
    // A connection is used by one thread at a time, so it needs no lock of its own.
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    flags |= access == DRIVER_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    char *uri = NULL;
    static pthread_once_t configured = PTHREAD_ONCE_INIT;
    pthread_once(&configured, configure);
    if (access == DRIVER_READ && can_be_read_as_is(connection->path)) {
        uri = immutable_uri(connection->path);
        flags |= SQLITE_OPEN_URI;
    }
    int result = sqlite3_open_v2(uri ? uri : connection->path, &connection->handle, flags, NULL);
    free(uri);
    if (result != SQLITE_OK) return failed(connection, error);
    sqlite3_busy_timeout(connection->handle, BUSY_TIMEOUT_MS);
    sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(connection->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    return true;
}

// Before anything is written: is the file ours, or empty and ours to fill? Both are asked at once,
// since another process may be filling it.
static bool check_owner(DriverConnection *connection, DriverAccess access, Error *error) {
    static const char sql[] = "SELECT application_id, (SELECT COUNT(*) FROM sqlite_master)"
                              " FROM pragma_application_id";
    sqlite3_stmt *handle = NULL;
    bool good = sqlite3_prepare_v2(connection->handle, sql, -1, &handle, NULL) == SQLITE_OK &&
                sqlite3_step(handle) == SQLITE_ROW;
    int64_t application_id = good ? sqlite3_column_int64(handle, 0) : 0;
    int64_t object_count = good ? sqlite3_column_int64(handle, 1) : 0;
    if (!good) failed(connection, error);
    sqlite3_finalize(handle);
    if (!good) return false;
    if (application_id == APPLICATION_ID) return true;
    if (access == DRIVER_CREATE && application_id == 0 && object_count == 0) return true;
    return error_not_ours(connection->path, error);
}

static bool sqlite_run_script(DriverConnection *connection, const char *sql, Error *error) {
    return sqlite3_exec(connection->handle, sql, NULL, NULL, NULL) == SQLITE_OK ||
           failed(connection, error);
}

// SQLite does not wait by itself for a database that another process is just making.
static int set_journal_mode(DriverConnection *connection, sqlite3_stmt **handle) {
    int result =
        sqlite3_prepare_v2(connection->handle, "PRAGMA journal_mode = WAL", -1, handle, NULL);
    int64_t began_ms = clock_monotonic_ms();
    while (result == SQLITE_OK) {
        result = sqlite3_step(*handle);
        if (result != SQLITE_BUSY || clock_monotonic_ms() - began_ms >= BUSY_TIMEOUT_MS) break;
        sqlite3_reset(*handle);
        sqlite3_sleep(RETRY_MS);
        result = SQLITE_OK;
    }
    return result;
}

static bool use_write_ahead_log(DriverConnection *connection, Error *error) {
    sqlite3_stmt *handle = NULL;
    bool good = set_journal_mode(connection, &handle) == SQLITE_ROW;
    if (!good)
        failed(connection, error);
    else if (strcmp((const char *)sqlite3_column_text(handle, 0), "wal") != 0)
        good = error_other(
            connection->path,
            T("its file system does not support a write-ahead log", "所在文件系统不支持预写日志"),
            error);
    sqlite3_finalize(handle);
    return good;
}

static int note_log_pages(void *connection, sqlite3 *handle, const char *name, int pages) {
    (void)handle, (void)name;
    ((DriverConnection *)connection)->log_pages = pages;
    return SQLITE_OK;
}

// The page size is that of a database being made. synchronous = FULL: a commit that was reported
// survives a power cut. Nothing secret is stored, so freed pages need not be overwritten. The log
// is cut back after a large import; sqlite_tidy folds it into the database, in the place of SQLite,
// which would do so within a commit.
static bool prepare_writing(DriverConnection *connection, Error *error) {
    if (sqlite3_db_readonly(connection->handle, "main") == 1)
        return error_read_only(connection->path, error);
    sqlite3_wal_hook(connection->handle, note_log_pages, connection);
    return sqlite_run_script(connection, "PRAGMA page_size = 8192", error) &&
           use_write_ahead_log(connection, error) &&
           sqlite_run_script(connection,
                             "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                             "PRAGMA secure_delete = OFF; PRAGMA cache_size = -16384;"
                             "PRAGMA journal_size_limit = 67108864",
                             error);
}

static void sqlite_close(DriverConnection *connection) {
    if (!connection) return;
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(connection->statements[i].handle);
    sqlite3_close(connection->handle);
    free(connection->path);
    free(connection);
}

static bool sqlite_open(const char *location, DriverAccess access, DriverConnection **out,
                        Error *error) {
    DriverConnection *connection = memory_new(1, sizeof *connection);
    connection->path = plain_path(location);
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        connection->statements[i].connection = connection;
    if (check_file(connection->path, access, error) && open_handle(connection, access, error) &&
        check_owner(connection, access, error) &&
        (access == DRIVER_READ || prepare_writing(connection, error))) {
        *out = connection;
        return true;
    }
    sqlite_close(connection);
    return false;
}

static bool sqlite_copy(DriverConnection *connection, const char *to, Error *error) {
    char *path = plain_path(to);
    char *sql = sqlite3_mprintf("VACUUM INTO %Q", path);
    bool good = sqlite_run_script(connection, sql, error);
    sqlite3_free(sql);
    free(path);
    return good;
}

// stat asks without opening: see check_rights.
static bool sqlite_read_space(const char *location, DriverSpace *out, Error *error) {
    struct stat about;
    struct statvfs disk;
    char *path = plain_path(location);
    Buffer log = {0};
    buffer_printf(&log, "%s-wal", path);
    bool good = stat(path, &about) == 0 && statvfs(path, &disk) == 0;
    if (good) {
        *out = (DriverSpace){.database_bytes = about.st_size,
                             .free_bytes = (int64_t)disk.f_bavail * (int64_t)disk.f_frsize};
        if (stat(log.data, &about) == 0) out->log_bytes = about.st_size;
    } else {
        error_of_system(errno, path, error);
    }
    buffer_free(&log);
    free(path);
    return good;
}

// ---- transactions ------------------------------------------------------------------------------

static bool sqlite_begin(DriverConnection *connection, Error *error) {
    return sqlite_run_script(connection, "BEGIN IMMEDIATE", error);
}

static bool sqlite_commit(DriverConnection *connection, Error *error) {
    return sqlite_run_script(connection, "COMMIT", error);
}

// After some errors (a full disk) SQLite has rolled back by itself.
static void sqlite_roll_back(DriverConnection *connection) {
    if (!sqlite3_get_autocommit(connection->handle))
        sqlite3_exec(connection->handle, "ROLLBACK", NULL, NULL, NULL);
}

static int64_t sqlite_total_changes(DriverConnection *connection) {
    return sqlite3_total_changes64(connection->handle);
}

// Readers go on meanwhile; what they still need of the log stays in it.
static void sqlite_tidy(DriverConnection *connection, bool quiet) {
    if (connection->log_pages < (quiet ? LOG_PAGES_QUIET : LOG_PAGES_MOST)) return;
    int pages = 0, folded_in = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection->handle, "main",
                                               SQLITE_CHECKPOINT_PASSIVE, &pages, &folded_in);
    if (code == SQLITE_OK && folded_in == pages) connection->log_pages = 0;
}

// ---- statements --------------------------------------------------------------------------------

static int bind(sqlite3_stmt *handle, int parameter, const DriverValue *value) {
    switch (value->kind) {
        case DRIVER_NULL: return sqlite3_bind_null(handle, parameter);
        case DRIVER_TEXT:
            return sqlite3_bind_text(handle, parameter, value->text, -1, SQLITE_STATIC);
        case DRIVER_INTEGER: return sqlite3_bind_int64(handle, parameter, value->integer);
        case DRIVER_REAL: return sqlite3_bind_double(handle, parameter, value->real);
        case DRIVER_BYTES:
            // A NULL pointer would bind NULL instead of no bytes.
            return sqlite3_bind_blob64(handle, parameter, value->length ? value->bytes : "",
                                       value->length, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static void sqlite_finish(DriverStatement *statement) {
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
}

static bool sqlite_start(DriverConnection *connection, StatementId id, const DriverValue *values,
                         size_t count, DriverStatement **out, Error *error) {
    DriverStatement *statement = &connection->statements[id];
    if (!statement->handle &&
        sqlite3_prepare_v3(connection->handle, statement_text(id, DIALECT_SQLITE), -1,
                           SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL) != SQLITE_OK)
        return failed(connection, error);
    for (size_t i = 0; i < count; i++) {
        if (bind(statement->handle, (int)i + 1, &values[i]) == SQLITE_OK) continue;
        failed(connection, error);
        sqlite_finish(statement);
        return false;
    }
    *out = statement;
    return true;
}

static bool sqlite_step(DriverStatement *statement, bool *row, Error *error) {
    int result = sqlite3_step(statement->handle);
    *row = result == SQLITE_ROW;
    return result == SQLITE_ROW || result == SQLITE_DONE || failed(statement->connection, error);
}

static int64_t sqlite_rows_changed(DriverStatement *statement) {
    return sqlite3_changes64(statement->connection->handle);
}

static const char *sqlite_column_text(DriverStatement *statement, int column) {
    return (const char *)sqlite3_column_text(statement->handle, column);
}

static int64_t sqlite_column_integer(DriverStatement *statement, int column) {
    return sqlite3_column_int64(statement->handle, column);
}

static double sqlite_column_real(DriverStatement *statement, int column) {
    double real = sqlite3_column_double(statement->handle, column);
    bool is_null = real == 0 && sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
    return is_null ? NAN : real;
}

static const void *sqlite_column_bytes(DriverStatement *statement, int column, size_t *length) {
    const void *bytes = sqlite3_column_blob(statement->handle, column);
    *length = (size_t)sqlite3_column_bytes(statement->handle, column);
    return bytes;
}

const Driver driver_sqlite = {
    .name = "sqlite",
    .dialect = DIALECT_SQLITE,
    .open = sqlite_open,
    .close = sqlite_close,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .roll_back = sqlite_roll_back,
    .total_changes = sqlite_total_changes,
    .copy = sqlite_copy,
    .hold = sqlite_files_hold,
    .release = sqlite_files_release,
    .replace = sqlite_files_replace,
    .remove = sqlite_files_remove,
    .identify = sqlite_files_identify,
    .read_space = sqlite_read_space,
    .tidy = sqlite_tidy,
    .run_script = sqlite_run_script,
    .start = sqlite_start,
    .step = sqlite_step,
    .rows_changed = sqlite_rows_changed,
    .finish = sqlite_finish,
    .column_text = sqlite_column_text,
    .column_integer = sqlite_column_integer,
    .column_real = sqlite_column_real,
    .column_bytes = sqlite_column_bytes,
};
