// Running statements for the store's files: see store_inside.h.
#include "db/store_inside.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/base/language.h"

// ---- writing -----------------------------------------------------------------------------------

static bool transaction_failed(StoreTransaction *transaction, const Error *failure, Error *error) {
    if (!transaction->failure.code) transaction->failure = *failure;
    if (error) *error = *failure;
    return false;
}

static bool transaction_start(StoreTransaction *transaction, StatementId id,
                              const DriverValue *values, size_t count, DriverStatement **statement,
                              Error *error) {
    Error failure;
    if (transaction->failure.code) {
        if (error) *error = transaction->failure;
        return false;
    }
    if (transaction->driver->start(transaction->connection, id, values, count, statement, &failure))
        return true;
    return transaction_failed(transaction, &failure, error);
}

static bool transaction_step(StoreTransaction *transaction, DriverStatement *statement, bool *row,
                             Error *error) {
    Error failure;
    if (transaction->driver->step(statement, row, &failure)) return true;
    return transaction_failed(transaction, &failure, error);
}

bool transaction_run(StoreTransaction *transaction, StatementId id, const DriverValue *values,
                     size_t count, bool *returned, Error *error) {
    DriverStatement *statement;
    bool row = false;
    if (!transaction_start(transaction, id, values, count, &statement, error)) return false;
    bool good = transaction_step(transaction, statement, &row, error);
    if (returned) *returned = row;
    transaction->driver->finish(statement);
    return good;
}

bool transaction_insert(StoreTransaction *transaction, StatementId id, const DriverValue *values,
                        size_t count, bool *inserted, Error *error) {
    DriverStatement *statement;
    bool row;
    if (!transaction_start(transaction, id, values, count, &statement, error)) return false;
    bool good = transaction_step(transaction, statement, &row, error);
    *inserted = good && transaction->driver->rows_changed(statement) > 0;
    transaction->driver->finish(statement);
    return good;
}

static bool take_number(Rows *rows, int64_t *number) {
    *number = 0;
    if (rows_next(rows)) *number = rows_integer(rows, 0);
    return rows_close(rows);
}

bool transaction_find_number(StoreTransaction *transaction, StatementId id,
                             const DriverValue *values, size_t count, int64_t *number,
                             Error *error) {
    Rows rows;
    rows_open_in(&rows, transaction, id, values, count, error);
    return take_number(&rows, number);
}

bool store_find_number(Store *store, StatementId id, const DriverValue *values, size_t count,
                       int64_t *number, Error *error) {
    Rows rows;
    rows_open(&rows, store, id, values, count, error);
    return take_number(&rows, number);
}

// Counted on first: where several hosts write, the counter's row is locked from there on. A
// statement that counts on and returns the number at once costs SQLite five times as much.
bool transaction_next_number(StoreTransaction *transaction, const char *counter, int64_t *number,
                             Error *error) {
    const DriverValue name[] = {driver_text(counter)};
    bool there;
    if (!transaction_insert(transaction, STATEMENT_COUNT_ON, name, 1, &there, error) ||
        (!there && !transaction_run(transaction, STATEMENT_BEGIN_COUNTER, name, 1, NULL, error)))
        return false;
    return transaction_find_number(transaction, STATEMENT_READ_COUNTER, name, 1, number, error);
}

static void set_failure(StoreTransaction *transaction, ErrorCode code, Error *error,
                        const char *format, va_list arguments) {
    char message[2 * sizeof error->message]; // error_set cuts it at a character's end
    vsnprintf(message, sizeof message, format, arguments);
    error_set(&transaction->failure, code, "%s", message);
    if (error) *error = transaction->failure;
}

bool transaction_refused(StoreTransaction *transaction, ErrorCode code, Error *error,
                         const char *format, ...) {
    if (transaction->failure.code != code) return false;
    va_list arguments;
    va_start(arguments, format);
    set_failure(transaction, code, error, format, arguments);
    va_end(arguments);
    return false;
}

bool transaction_spoil(StoreTransaction *transaction, ErrorCode code, Error *error,
                       const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    set_failure(transaction, code, error, format, arguments);
    va_end(arguments);
    return false;
}

bool text_is_given(const char *text, const char *name, Error *error) {
    if (text && *text) return true;
    return error_set(error, ERROR_INPUT, T("%s is missing", "缺少%s"), name);
}

// ---- reading -----------------------------------------------------------------------------------

void rows_open(Rows *rows, Store *store, StatementId id, const DriverValue *values, size_t count,
               Error *error) {
    *rows = (Rows){.driver = store->driver, .readers = store->readers, .error = error};
    rows->good = connections_take(store->readers, &rows->connection, error) &&
                 store->driver->start(rows->connection, id, values, count, &rows->statement, error);
}

void rows_open_in(Rows *rows, StoreTransaction *transaction, StatementId id,
                  const DriverValue *values, size_t count, Error *error) {
    *rows = (Rows){.driver = transaction->driver, .transaction = transaction, .error = error};
    rows->good = transaction_start(transaction, id, values, count, &rows->statement, error);
}

bool rows_next(Rows *rows) {
    bool row = false;
    if (!rows->good) return false;
    rows->good = rows->transaction
                     ? transaction_step(rows->transaction, rows->statement, &row, rows->error)
                     : rows->driver->step(rows->statement, &row, rows->error);
    return rows->good && row;
}

void rows_accept(Rows *rows, bool accepted) {
    rows->good = rows->good && accepted;
}

bool rows_close(Rows *rows) {
    if (rows->statement) rows->driver->finish(rows->statement);
    if (rows->connection) connections_give(rows->readers, rows->connection);
    return rows->good;
}
