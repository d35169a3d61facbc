// What the files of the store share: the store itself, a transaction, and rows being read.
//
// Only db/store*.c include this (and tests that must reach the engine). The functions keep errors
// sticky, so that a reading is a plain loop:
//
//     Rows rows;
//     rows_open(&rows, store, STATEMENT_READ_UNITS, NULL, 0, error);
//     while (rows_next(&rows)) {
//         StoreUnit unit = {.region = rows_text(&rows, 0), …};
//         rows_accept(&rows, each(&unit, context, error));
//     }
//     return rows_close(&rows);
#pragma once

#include <pthread.h>

#include "core/base/json_writer.h"
#include "core/base/map.h"
#include "db/columns.h"
#include "db/connections.h"
#include "db/digest.h"
#include "db/driver.h"
#include "db/store.h"
#include "db/store_actor.h"
#include "db/store_health.h"
#include "db/writer.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

struct Store {
    const Driver *driver;
    char *location;            // owned
    Connections *readers;      // owned
    DriverConnection *writing; // owned; used on the writer thread; NULL when read-only
    Writer *writer;            // owned; NULL when read-only
    uint64_t identity;         // of what was opened
    pthread_mutex_t health_lock;
    StoreHealth health;
};

// A few changed figures are merged into a region's stored columns; of more, all its revisions are
// read back, so that the memory a transaction needs does not grow with what is imported.
enum { CHANGES_NOTED = 256 };

typedef struct TransactionRegion {
    int64_t number;
    char *code;           // owned
    bool changed;         // has its row of region_change for the transaction's data version
    ColumnsCell *changes; // owned: the figures put, in that order, as long as they are few
    size_t change_count, change_capacity; // a count of CHANGES_NOTED + 1 means more
    // Of the revisions put, as long as they come in the order of the table's key.
    Digest *digest; // owned; NULL before the first
    bool disordered;
    int64_t last_series, last_year, last_revision;
} TransactionRegion;

// The numbers met in a transaction, so that each is looked up once.
typedef struct TransactionNumbers {
    TransactionRegion *regions; // owned
    size_t region_count, region_capacity;
    Map regions_by_code; // → index into regions
    Map *indicators;     // owned: for each breakdown, indicator → number of the series
    size_t breakdown_count, breakdown_capacity;
    Map breakdowns; // → index into indicators
    Map sources;    // text → number
} TransactionNumbers;

// What becomes a row of the audit log when the transaction commits.
typedef struct TransactionNote {
    char *action, *subject, *detail; // owned; the last two may be NULL
    bool is_of_figures; // says what TransactionFigures holds when the transaction is through
    size_t gathered;    // changes in `rows`; 0 where the note is one of its own
    Buffer rows;        // JSON of the first of them, with commas between
} TransactionNote;

// What a transaction did to observations, for its row of the audit log.
typedef struct TransactionFigures {
    size_t added, revised;
    size_t real_replaced;   // of those revised: by a sample, where there was a figure that was none
    int64_t samples_gained; // figures that became samples, less those that were and are none now
    Buffer listed;          // JSON of the first of them, with commas between
    Buffer before;          // the figure compared last, as it was typed; empty where there was none
    bool before_is_real;    // it was there and no sample
    bool before_is_sample;  // it was there and a sample
} TransactionFigures;

typedef struct TransactionNotes {
    TransactionNote *items; // owned
    size_t count, capacity;
    StoreActor *actor; // owned: on whose behalf; NULL where nobody said
    char *who;         // owned: whom a put named; NULL before
    bool unasked;      // what was changed is no matter for the log
} TransactionNotes;

// Lives on the writer thread while a StoreWriteFunction runs.
struct StoreTransaction {
    const Driver *driver;
    DriverConnection *connection;
    // The first statement that failed. What was written before it may be gone (SQLite rolls back
    // when the disk is full, PostgreSQL always), so nothing more is run and nothing committed.
    Error failure;
    char *who, *what;     // owned; NULL until store_describe_change
    int64_t data_version; // 0 until the first change of an observation
    int64_t changed_at_us;
    TransactionFigures figures;
    int64_t run;          // put last; 0 before
    bool regions_changed; // and the version of the regions is a new one
    TransactionNumbers numbers;
    TransactionNotes notes;
};

// ---- writing -----------------------------------------------------------------------------------

// Runs a statement. `*returned` (may be NULL) tells whether it gave a row.
MUST_CHECK bool transaction_run(StoreTransaction *transaction, StatementId id,
                                const DriverValue *values, size_t count, bool *returned,
                                Error *error);
// Runs an INSERT … ON CONFLICT DO NOTHING, or an UPDATE: `*inserted` tells whether a row is new or
// was changed.
MUST_CHECK bool transaction_insert(StoreTransaction *transaction, StatementId id,
                                   const DriverValue *values, size_t count, bool *inserted,
                                   Error *error);
// The number a statement finds, 0 when it finds nothing: in a transaction, and on a connection of
// its own.
MUST_CHECK bool transaction_find_number(StoreTransaction *transaction, StatementId id,
                                        const DriverValue *values, size_t count, int64_t *number,
                                        Error *error);
MUST_CHECK bool store_find_number(Store *store, StatementId id, const DriverValue *values,
                                  size_t count, int64_t *number, Error *error);
// The next number of that counter, from 1.
MUST_CHECK bool transaction_next_number(StoreTransaction *transaction, const char *counter,
                                        int64_t *number, Error *error);
// After a failure of that code (see driver.h) this message stands in for the engine's words; after
// another nothing changes. Always returns false.
bool transaction_refused(StoreTransaction *transaction, ErrorCode code, Error *error,
                         const char *format, ...) FORMAT(4, 5);
// Spoils the transaction as a refused statement does. Always returns false.
bool transaction_spoil(StoreTransaction *transaction, ErrorCode code, Error *error,
                       const char *format, ...) FORMAT(4, 5);
// ERROR_INPUT unless the text is there and not empty. `name` is the field's, for the message.
MUST_CHECK bool text_is_given(const char *text, const char *name, Error *error);

// ---- numbers (store_numbers.c) -----------------------------------------------------------------

// The number of a region, 0 when it is not there.
MUST_CHECK bool transaction_find_region(StoreTransaction *transaction, const char *code,
                                        int64_t *number, Error *error);
// `*out` is NULL when the region is not there; it points to what the next call may move.
MUST_CHECK bool transaction_region(StoreTransaction *transaction, const char *code,
                                   TransactionRegion **out, Error *error);
// 0 when the series is not there.
MUST_CHECK bool transaction_find_series(StoreTransaction *transaction, const char *indicator,
                                        const char *breakdown, int64_t *number, Error *error);
// A series or a source that is not there is added.
MUST_CHECK bool transaction_series(StoreTransaction *transaction, const char *indicator,
                                   const char *breakdown, int64_t *number, Error *error);
// 0 stands for no source.
MUST_CHECK bool transaction_source(StoreTransaction *transaction, const char *text, int64_t *number,
                                   Error *error);
void transaction_numbers_free(TransactionNumbers *numbers);

// ---- observations (store_observations.c) -------------------------------------------------------

// The name of a kind by its number in the table.
const char *observation_kind_name(int64_t number);

// ---- columns (store_columns.c) -----------------------------------------------------------------

// Notes a new revision of the region for transaction_write_columns.
void transaction_note_figure(TransactionRegion *region, int64_t series, int64_t year, double value);
// Writes the columns of the regions that the transaction changed.
MUST_CHECK bool transaction_write_columns(StoreTransaction *transaction, Error *error);
// Writes the columns of every region where none are stored or others than the revisions say.
MUST_CHECK bool transaction_rebuild_columns(StoreTransaction *transaction, size_t *rebuilt,
                                            Error *error);

// ---- digests (store_digests.c) -----------------------------------------------------------------
// What the audit log says of the rows that a put left in the tables.

// Takes a revision that was put into the digest of its region.
void transaction_digest_figure(TransactionRegion *region, int64_t series,
                               const StoreObservation *observation);
// The digest of the transaction's data version.
MUST_CHECK bool transaction_version_digest(StoreTransaction *transaction,
                                           char digest[HASH_TEXT_SIZE], Error *error);
// All observations that there are, as one.
MUST_CHECK bool transaction_digest_before(StoreTransaction *transaction, int64_t last,
                                          size_t *revisions, char digest[HASH_TEXT_SIZE],
                                          Error *error);
void run_digest(const StoreRun *run, char digest[HASH_TEXT_SIZE]);

typedef struct ActivationRow {
    int64_t id, below, at_us; // below is 0 at the bottom
    const char *pack, *hash, *action, *who;
} ActivationRow;
void activation_digest(const ActivationRow *row, char digest[HASH_TEXT_SIZE]);

// ---- audit (store_audit.c) ---------------------------------------------------------------------
// Whatever a put really changes it notes here, with a stable dotted word for what was done
// ("pack.activate"), to what (NULL: nothing in particular) and JSON text that says more (NULL:
// nothing). All are copied.

// A change that gets a row of its own.
void transaction_note_change(StoreTransaction *transaction, const char *action, const char *subject,
                             const char *detail);
// One of many of a kind: those of one action get one row together, with their number and the first
// of them in full. `detail` is a JSON object and names the subject too.
void transaction_note_one_of(StoreTransaction *transaction, const char *action, const char *subject,
                             const char *detail);
// For changes that are no matter for the log, as when a session was last used: without this a
// transaction that changed something and noted nothing is not committed.
void transaction_note_nothing(StoreTransaction *transaction);
// Who the change is by, unless store_audit_by said so or an earlier put did.
void transaction_note_who(StoreTransaction *transaction, const char *who);
// Notes a new data version, and each figure that it changes.
void transaction_note_data_version(StoreTransaction *transaction);
void transaction_list_figure(StoreTransaction *transaction, const StoreObservation *observation,
                             StoreChange change);
// Whether the next figure would be listed, so that somebody has to say what it was before.
bool transaction_lists_figures(const StoreTransaction *transaction);
// The first row of the log, in a database that was made or comes from `schema_before`.
MUST_CHECK bool transaction_begin_audit(StoreTransaction *transaction, int schema_before,
                                        Error *error);
// Adds the noted rows to the log; the last thing before the commit.
MUST_CHECK bool transaction_write_audit(StoreTransaction *transaction, Error *error);
void transaction_notes_free(TransactionNotes *notes);

// ---- reading -----------------------------------------------------------------------------------

typedef struct Rows {
    const Driver *driver;
    DriverStatement *statement;    // NULL when it could not be started
    Connections *readers;          // where the connection goes back to, or NULL
    DriverConnection *connection;  // taken from readers, or NULL
    StoreTransaction *transaction; // in which the statement runs, or NULL
    Error *error;
    bool good;
} Rows;

// On a connection of its own. The values must stay until rows_close.
void rows_open(Rows *rows, Store *store, StatementId id, const DriverValue *values, size_t count,
               Error *error);
// In a transaction, seeing what it has written.
void rows_open_in(Rows *rows, StoreTransaction *transaction, StatementId id,
                  const DriverValue *values, size_t count, Error *error);
// True while there is a row to read.
bool rows_next(Rows *rows);
// Ends the reading as failed when `accepted` is false.
void rows_accept(Rows *rows, bool accepted);
// Must be called once after either opening. False when anything failed.
MUST_CHECK bool rows_close(Rows *rows);

static inline const char *rows_text(Rows *rows, int column) {
    return rows->driver->column_text(rows->statement, column);
}

static inline double rows_real(Rows *rows, int column) {
    return rows->driver->column_real(rows->statement, column);
}

static inline const void *rows_bytes(Rows *rows, int column, size_t *length) {
    return rows->driver->column_bytes(rows->statement, column, length);
}

static inline int64_t rows_integer(Rows *rows, int column) {
    return rows->driver->column_integer(rows->statement, column);
}
