// The schema's history: migrations are numbered SQL files, applied once each, in order, and sealed.
//
// Each is recorded in the table schema_migration with the SHA-256 of its file. On every opening the
// records are compared with the files compiled in, so that a database made by a newer program or by
// an altered file is refused instead of being misread. Used by store_open; one thread a connection.
#pragma once

#include "core/base/embedded.h"
#include "db/driver.h"

#define MIGRATE_FOLDER "db/migrations/" // then four digits, "_", a name, ".sql"

typedef enum MigrateMode {
    MIGRATE_UPGRADE, // apply what is missing, all of it in one transaction
    MIGRATE_COMPARE, // change nothing; a missing migration is an error
} MigrateMode;

// The number of the last migration among the files; 0 when there is none.
int migrate_version(const EmbeddedFile *files, size_t count);
// Called in the transaction that applied what was missing, with the version before it (0 for a new
// database); false gives everything up.
typedef bool (*MigrateFunction)(int version_before, void *context, Error *error);

typedef struct Migration {
    const EmbeddedFile *files;
    size_t file_count;
    MigrateMode mode;
    const char *location;     // named in messages
    MigrateFunction finished; // NULL: nothing else is to be done
    void *context;            // of `finished`
} Migration;

// Files outside MIGRATE_FOLDER are passed over, the others must be in order of their numbers, which
// begin at 1. Errors: ERROR_STORE, or what `finished` says.
MUST_CHECK bool migrate_run(const Driver *driver, DriverConnection *connection,
                            const Migration *migration, Error *error);
