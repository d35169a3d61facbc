// Opening and closing the store, and what a transaction is: see store.h.
//
// The other functions of store.h are in store_regions.c, store_observations.c, store_packs.c and
// store_runs.c. None of them knows which engine is behind the driver.
#include "db/store.h"

#include <stdlib.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "db/migrate.h"
#include "db/store_inside.h"

int store_schema_version(void) {
    return migrate_version(embedded_files, embedded_file_count);
}

static bool run_transaction(void *subject, StoreWriteFunction write, void *context, Error *error) {
    Store *store = subject;
    const Driver *driver = store->driver;
    StoreTransaction transaction = {.driver = driver, .connection = store->writing};
    if (!driver->begin(store->writing, error)) return false;
    // What a write says of its failure stands; a failure it passed over still stops the commit.
    bool good = write(&transaction, context, error);
    if (good && transaction.failure.code) {
        *error = transaction.failure;
        good = false;
    } else if (!good && !error->code) {
        error_set(error, ERROR_CANCELLED, T("The change was given up", "更改已放弃"));
    }
    good = good && transaction_write_columns(&transaction, error) &&
           transaction_write_audit(&transaction, error);
    good = good && driver->commit(store->writing, error);
    if (!good) driver->roll_back(store->writing);
    free(transaction.who);
    free(transaction.what);
    transaction_numbers_free(&transaction.numbers);
    transaction_notes_free(&transaction.notes);
    return good;
}

static void tidy(void *subject, bool quiet) {
    Store *store = subject;
    store->driver->tidy(store->writing, quiet);
}

static bool rebuild_columns(StoreTransaction *transaction, void *context, Error *error) {
    return transaction_rebuild_columns(transaction, context, error);
}

// A database that comes from before there were columns gets them now.
static bool complete(Store *store, Error *error) {
    DriverStatement *statement;
    bool lacking;
    size_t rebuilt;
    if (!store->driver->start(store->writing, STATEMENT_LACKS_COLUMNS, NULL, 0, &statement, error))
        return false;
    bool good = store->driver->step(statement, &lacking, error);
    store->driver->finish(statement);
    return good && (!lacking || run_transaction(store, rebuild_columns, &rebuilt, error));
}

static bool open_writer(Store *store, StoreMode mode, Error *error) {
    DriverAccess access = mode == STORE_CREATE ? DRIVER_CREATE : DRIVER_WRITE;
    return store->driver->open(store->location, access, &store->writing, error) &&
           migrate_run(store->driver, store->writing, embedded_files, embedded_file_count,
                       MIGRATE_UPGRADE, store->location, error) &&
           complete(store, error) &&
           writer_start(run_transaction, tidy, store, &store->writer, error);
}

// A database that cannot be read should be known now, not at the first question.
static bool check_reading(Store *store, Error *error) {
    DriverConnection *connection;
    if (!connections_take(store->readers, &connection, error)) return false;
    bool good = migrate_run(store->driver, connection, embedded_files, embedded_file_count,
                            MIGRATE_COMPARE, store->location, error);
    connections_give(store->readers, connection);
    return good;
}

bool store_open(const char *location, StoreMode mode, Store **out, Error *error) {
    const Driver *driver;
    *out = NULL;
    if (!driver_find(location, &driver, error)) return false;
    Store *store = memory_new(1, sizeof *store);
    store->driver = driver;
    store->location = memory_copy_string(location);
    store->readers = connections_new(driver, location);
    if ((mode == STORE_READ_ONLY || open_writer(store, mode, error)) &&
        check_reading(store, error)) {
        *out = store;
        return true;
    }
    store_close(store);
    return false;
}

// The writing connection goes last: it folds the write-ahead log back into the database.
void store_close(Store *store) {
    if (!store) return;
    writer_stop(store->writer);
    connections_free(store->readers);
    store->driver->close(store->writing);
    free(store->location);
    free(store);
}

static bool error_opened_to_read(const Store *store, Error *error) {
    error_set(error, ERROR_STORE,
              T("The database %s was opened for reading only", "数据库 %s 是以只读方式打开的"),
              store->location);
    return error_hint(error, T("Nothing was changed; open the database for writing",
                               "未作任何更改；请以可写方式打开数据库"));
}

bool store_write(Store *store, StoreWriteFunction write, void *context, Error *error) {
    if (!store->writer) return error_opened_to_read(store, error);
    return writer_run(store->writer, write, context, error);
}

bool store_rebuild_columns(Store *store, size_t *rebuilt, Error *error) {
    return store_write(store, rebuild_columns, rebuilt, error);
}

void store_write_later(Store *store, StoreWriteFunction write, void *context,
                       StoreDoneFunction done, void *done_context) {
    if (store->writer) {
        writer_queue(store->writer, write, context, done, done_context);
        return;
    }
    Error error = {0};
    error_opened_to_read(store, &error);
    if (done) done(false, &error, done_context);
}
