// What the store asks of a database engine: the interface between store*.c and sqlite.c.
//
// A driver opens connections, runs the statements of statements.h by their id, and turns its
// engine's errors into sentences a person can act on. It knows nothing of regions or packs, and
// nobody above it knows which engine it is. A connection is used by one thread at a time; different
// connections may be used at the same time. To add an engine, see README.md.
#pragma once

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "db/statements.h"

typedef struct DriverConnection DriverConnection;
typedef struct DriverStatement DriverStatement; // one run of a statement on its connection

typedef enum DriverAccess {
    DRIVER_CREATE, // read and write; a database that is missing or empty is made
    DRIVER_WRITE,  // read and write; must be a database of this product
    DRIVER_READ,   // read; must be a database of this product
} DriverAccess;

typedef enum DriverValueKind {
    DRIVER_NULL,
    DRIVER_TEXT,
    DRIVER_INTEGER,
    DRIVER_REAL,
    DRIVER_BYTES,
} DriverValueKind;

typedef struct DriverValue {
    DriverValueKind kind;
    size_t length; // of bytes
    union {
        const char *text;
        int64_t integer;
        double real;
        const void *bytes;
    };
} DriverValue;

// NULL and "" both become NULL: some engines cannot tell them apart.
static inline DriverValue driver_text(const char *text) {
    if (!text || !*text) return (DriverValue){.kind = DRIVER_NULL};
    return (DriverValue){.kind = DRIVER_TEXT, .text = text};
}

static inline DriverValue driver_integer(int64_t integer) {
    return (DriverValue){.kind = DRIVER_INTEGER, .integer = integer};
}

// 0 becomes NULL: a time or a number that is none.
static inline DriverValue driver_optional(int64_t integer) {
    return integer ? driver_integer(integer) : (DriverValue){.kind = DRIVER_NULL};
}

// NaN becomes NULL.
static inline DriverValue driver_real(double real) {
    if (isnan(real)) return (DriverValue){.kind = DRIVER_NULL};
    return (DriverValue){.kind = DRIVER_REAL, .real = real};
}

static inline DriverValue driver_bytes(const void *bytes, size_t length) {
    return (DriverValue){.kind = DRIVER_BYTES, .length = length, .bytes = bytes};
}

typedef struct DriverSpace {
    int64_t database_bytes, log_bytes, free_bytes;
} DriverSpace;

// Errors are ERROR_STORE with advice; ERROR_NOT_FOUND when a foreign key refused a row and
// ERROR_CONFLICT when another constraint did; ERROR_LIMIT when a value is larger than the engine
// can hold.
typedef struct Driver {
    const char *name; // as in the dialect lines of migrations: "sqlite"
    StatementDialect dialect;

    // A file or database that belongs to something else is refused and left untouched.
    bool (*open)(const char *location, DriverAccess access, DriverConnection **out, Error *error);
    void (*close)(DriverConnection *connection); // NULL is allowed

    // From begin to commit or roll_back no other connection, of whatever process, can write.
    bool (*begin)(DriverConnection *connection, Error *error);
    bool (*commit)(DriverConnection *connection, Error *error); // on false: call roll_back
    void (*roll_back)(DriverConnection *connection);
    // How many rows the connection has added, changed or removed since it was opened.
    int64_t (*total_changes)(DriverConnection *connection);
    // Copies all that is committed into `to`, an empty file of the file system; others may write
    // meanwhile. The copy stands for itself, without a log beside it.
    bool (*copy)(DriverConnection *connection, const char *to, Error *error);
    // For who replaces a database: sqlite_files.h says how.
    bool (*hold)(const char *location, int *hold, Error *error);
    void (*release)(int hold);
    bool (*replace)(const char *location, const char *by, const char *former, Error *error);
    void (*remove)(const char *location);
    // A number of the file or database that is at a location now; 0: there is none.
    uint64_t (*identify)(const char *location);
    // What a location's files take; without a connection.
    bool (*read_space)(const char *location, DriverSpace *out, Error *error);
    // Housekeeping that commits leave undone, between transactions: all of it at a quiet moment,
    // else only what must not pile up any further. What is left over is tried again the next time.
    void (*tidy)(DriverConnection *connection, bool quiet);
    // Several statements separated by semicolons; for migrations.
    bool (*run_script)(DriverConnection *connection, const char *sql, Error *error);

    // Prepares (once a connection) and binds $1… to the values, which must stay until finish.
    // The same id cannot be started again on the connection before its finish.
    bool (*start)(DriverConnection *connection, StatementId id, const DriverValue *values,
                  size_t count, DriverStatement **out, Error *error);
    // `*row` tells whether there is a row to read; false means that the statement is done.
    bool (*step)(DriverStatement *statement, bool *row, Error *error);
    // How many rows the statement, once done, added or changed.
    int64_t (*rows_changed)(DriverStatement *statement);
    void (*finish)(DriverStatement *statement);

    // Columns count from 0. Texts and bytes live until the next step or finish.
    const char *(*column_text)(DriverStatement *statement, int column); // NULL for NULL
    int64_t (*column_integer)(DriverStatement *statement, int column);  // 0 for NULL
    double (*column_real)(DriverStatement *statement, int column);      // NaN for NULL
    const void *(*column_bytes)(DriverStatement *statement, int column, size_t *length);
} Driver;

extern const Driver driver_sqlite;

// The driver for a location: a path means SQLite, "scheme://…" is refused with ERROR_USAGE while no
// driver speaks that scheme.
MUST_CHECK bool driver_find(const char *location, const Driver **out, Error *error);
