// Opening and closing the store, and what a transaction is: see store.h.
//
// The other functions of store.h are in the files store_*.c, by subject. None of them knows which
// engine is behind the driver.
#include "db/store.h"

#include <stdlib.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/memory.h"
#include "db/migrate.h"
#include "db/store_inside.h"

int store_schema_version(void) {
    return migrate_version(embedded_files, embedded_file_count);
}

static StoreTransaction begin(const Store *store, const StoreActor *actor) {
    return (StoreTransaction){.driver = store->driver,
                              .connection = store->writing,
                              .notes.actor = store_actor_copy(actor)};
}

static void end(StoreTransaction *transaction) {
    free(transaction->who);
    free(transaction->what);
    buffer_free(&transaction->figures.listed);
    buffer_free(&transaction->figures.before);
    transaction_numbers_free(&transaction->numbers);
    transaction_notes_free(&transaction->notes);
}

// What a write says of its failure stands; a failure it passed over still stops the commit.
static bool call_write(StoreTransaction *transaction, StoreWriteFunction write, void *context,
                       Error *error) {
    if (!write(transaction, context, error))
        return error->code
                   ? false
                   : error_set(error, ERROR_CANCELLED, T("The change was given up", "更改已放弃"));
    if (!transaction->failure.code) return true;
    *error = transaction->failure;
    return false;
}

// Nothing is changed without a word in the audit log: a put that forgets to note what it does is
// found by the first test that calls it.
static bool check_noted(const StoreTransaction *transaction, int64_t changes_before, Error *error) {
    int64_t changes = transaction->driver->total_changes(transaction->connection) - changes_before;
    if (changes == 0 || transaction->notes.count > 0 || transaction->notes.unasked) return true;
    return error_set(error, ERROR_USAGE,
                     T("%lld rows were changed and nothing was noted for the audit log",
                       "更改了 %lld 行，却没有为审计日志作任何记录"),
                     (long long)changes);
}

// `*at_fault` says whether it was the database that failed, not what was written or found there.
static bool run_transaction(Store *store, const StoreActor *actor, StoreWriteFunction write,
                            void *context, bool *at_fault, Error *error) {
    const Driver *driver = store->driver;
    const int64_t changes_before = driver->total_changes(store->writing);
    *at_fault = true;
    if (!driver->begin(store->writing, error)) return false;
    StoreTransaction transaction = begin(store, actor);
    bool whole = call_write(&transaction, write, context, error) &&
                 transaction_write_columns(&transaction, error) &&
                 check_noted(&transaction, changes_before, error) &&
                 transaction_write_audit(&transaction, error);
    bool good = whole && driver->commit(store->writing, error);
    *at_fault = whole ? !good : transaction.failure.code == ERROR_STORE;
    if (!good) driver->roll_back(store->writing);
    end(&transaction);
    return good;
}

static void note_health(Store *store, bool good, const Error *error) {
    pthread_mutex_lock(&store->health_lock);
    StoreHealth *health = &store->health;
    health->failing = !good;
    if (good) {
        health->written++;
    } else {
        health->failed++;
        health->failed_at_us = clock_now_us();
        health->error = *error;
    }
    pthread_mutex_unlock(&store->health_lock);
}

void store_health(Store *store, StoreHealth *out) {
    pthread_mutex_lock(&store->health_lock);
    *out = store->health;
    pthread_mutex_unlock(&store->health_lock);
}

bool store_is_in_place(const Store *store) {
    return store->driver->identify(store->location) == store->identity;
}

bool store_read_space(const Store *store, StoreSpace *out, Error *error) {
    DriverSpace space;
    if (!store->driver->read_space(store->location, &space, error)) return false;
    *out = (StoreSpace){space.database_bytes, space.log_bytes, space.free_bytes};
    return true;
}

static bool write_and_note(void *subject, const StoreActor *actor, StoreWriteFunction write,
                           void *context, Error *error) {
    Store *store = subject;
    int64_t before = store->driver->total_changes(store->writing);
    Error own = {0};
    bool at_fault;
    bool good = run_transaction(store, actor, write, context, &at_fault, &own);
    // What is refused for its contents says nothing of the database, and a transaction that changed
    // nothing did not touch the disk.
    if (good ? store->driver->total_changes(store->writing) > before : at_fault)
        note_health(store, good, &own);
    if (!good) *error = own;
    return good;
}

static void tidy(void *subject, bool quiet) {
    Store *store = subject;
    store->driver->tidy(store->writing, quiet);
}

static bool rebuild_columns(StoreTransaction *transaction, void *context, Error *error) {
    return transaction_rebuild_columns(transaction, context, error);
}

static const StoreActor program = {.who = "biaochi", .means = "system"};

static bool begin_audit(int version_before, void *context, Error *error) {
    StoreTransaction transaction = begin(context, &program);
    bool good = transaction_begin_audit(&transaction, version_before, error) &&
                transaction_write_audit(&transaction, error);
    end(&transaction);
    return good;
}

static bool migrate(Store *store, DriverConnection *connection, MigrateMode mode, Error *error) {
    const Migration migration = {.files = embedded_files,
                                 .file_count = embedded_file_count,
                                 .mode = mode,
                                 .location = store->location,
                                 .finished = begin_audit,
                                 .context = store};
    return migrate_run(store->driver, connection, &migration, error);
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
    bool at_fault; // a failure is the opening's here
    return good && (!lacking ||
                    run_transaction(store, &program, rebuild_columns, &rebuilt, &at_fault, error));
}

static bool open_writer(Store *store, StoreMode mode, Error *error) {
    DriverAccess access = mode == STORE_CREATE ? DRIVER_CREATE : DRIVER_WRITE;
    return store->driver->open(store->location, access, &store->writing, error) &&
           migrate(store, store->writing, MIGRATE_UPGRADE, error) && complete(store, error) &&
           writer_start(write_and_note, tidy, store, &store->writer, error);
}

// A database that cannot be read should be known now, not at the first question.
static bool check_reading(Store *store, Error *error) {
    DriverConnection *connection;
    if (!connections_take(store->readers, &connection, error)) return false;
    bool good = migrate(store, connection, MIGRATE_COMPARE, error);
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
    pthread_mutex_init(&store->health_lock, NULL);
    if ((mode == STORE_READ_ONLY || open_writer(store, mode, error)) &&
        check_reading(store, error)) {
        store->identity = driver->identify(location);
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
    pthread_mutex_destroy(&store->health_lock);
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
