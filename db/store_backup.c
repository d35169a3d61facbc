// Backups: whole copies of the database, and putting one in its place. See store_backup.h.
#include "db/store_backup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/whole_file.h"
#include "db/store_inside.h"

enum { COPY_RIGHTS = 0600 }; // password hashes are in it

// ---- what is checked ---------------------------------------------------------------------------

static bool read_integrity(const Driver *driver, DriverConnection *connection, const char *path,
                           Error *error) {
    DriverStatement *statement;
    bool row;
    if (!driver->start(connection, STATEMENT_CHECK_INTEGRITY, NULL, 0, &statement, error))
        return false;
    bool good = driver->step(statement, &row, error);
    const char *said = good && row ? driver->column_text(statement, 0) : NULL;
    if (good && (!said || strcmp(said, "ok") != 0)) {
        good = error_set(error, ERROR_STORE,
                         T("The database %s is damaged: %s", "数据库 %s 已损坏：%s"), path,
                         said ? said : "?");
        error_hint(error, "%s", T("Use another backup", "请改用其他备份"));
    }
    driver->finish(statement);
    return good;
}

static bool check_copy(const Driver *driver, const char *path, Error *error) {
    DriverConnection *connection;
    if (!driver->open(path, DRIVER_READ, &connection, error)) return false;
    bool good = read_integrity(driver, connection, path, error);
    driver->close(connection);
    return good;
}

static bool copy_to(Store *store, const char *path, Error *error) {
    DriverConnection *connection;
    if (!connections_take(store->readers, &connection, error)) return false;
    bool good = store->driver->copy(connection, path, error);
    connections_give(store->readers, connection);
    return good && check_copy(store->driver, path, error);
}

// ---- making one --------------------------------------------------------------------------------

bool store_backup(Store *store, const char *path, Error *error) {
    WholeFile file;
    struct stat about;
    if (lstat(path, &about) == 0)
        return error_set(error, ERROR_CONFLICT, T("%s is there already", "%s 已存在"), path);
    if (!whole_file_open(&file, path, WHOLE_FILE_REPLACING, COPY_RIGHTS, error)) return false;
    bool good = copy_to(store, file.unfinished.data, error);
    return whole_file_close(&file, good, error);
}

// ---- putting one in the place of the database --------------------------------------------------

typedef struct Restoring {
    const Driver *driver;
    const char *location, *backup;
    char *fresh; // the copy that is to be the database; owned
    StoreRestoreFunction prepare;
    void *context;
} Restoring;

static bool is_same_file(const char *left, const char *right) {
    struct stat a, b;
    return stat(left, &a) == 0 && stat(right, &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

// Of a copy that was made by hand while a server ran, its write-ahead log is read too.
static bool copy_backup(const Restoring *restoring, Error *error) {
    const Driver *driver = restoring->driver;
    DriverConnection *connection;
    if (!driver->open(restoring->backup, DRIVER_READ, &connection, error)) return false;
    bool good = read_integrity(driver, connection, restoring->backup, error) &&
                driver->copy(connection, restoring->fresh, error);
    driver->close(connection);
    return good;
}

static bool prepare(const Restoring *restoring, Error *error) {
    Store *store;
    if (!store_open(restoring->fresh, STORE_OPEN, &store, error)) return false;
    bool good = restoring->prepare(store, restoring->context, error);
    store_close(store);
    return good;
}

// Under a name that says when it was put aside.
static bool replace(const Restoring *restoring, Buffer *former, Error *error) {
    const int64_t now_us = clock_now_us();
    char when[32];
    clock_format(now_us, when, sizeof when);
    for (char *at = when; *at; at++)
        if (*at == ':' || *at == ' ') *at = '-';
    buffer_clear(former);
    buffer_printf(former, "%s.before-%s-%06d", restoring->location, when, (int)(now_us % 1000000));
    return restoring->driver->replace(restoring->location, restoring->fresh, former->data, error);
}

static bool restore(Restoring *restoring, Buffer *former, Error *error) {
    Buffer fresh = {0};
    buffer_printf(&fresh, "%s.restoring", restoring->location);
    restoring->fresh = fresh.data;
    restoring->driver->remove(fresh.data); // of a restore that was killed
    bool good = copy_backup(restoring, error) && prepare(restoring, error) &&
                replace(restoring, former, error);
    if (!good) restoring->driver->remove(fresh.data);
    buffer_free(&fresh);
    return good;
}

bool store_restore(const char *location, const char *backup, StoreRestoreFunction prepare_copy,
                   void *context, Buffer *former, Error *error) {
    Restoring restoring = {
        .location = location, .backup = backup, .prepare = prepare_copy, .context = context};
    int hold;
    if (!driver_find(location, &restoring.driver, error)) return false;
    if (is_same_file(location, backup))
        return error_set(
            error, ERROR_USAGE,
            T("%s is the database itself, and no backup of it", "%s 就是该数据库本身，不是备份"),
            backup);
    if (!restoring.driver->hold(location, &hold, error)) return false;
    bool good = restore(&restoring, former, error);
    if (good && hold < 0) buffer_clear(former);
    restoring.driver->release(hold);
    return good;
}
