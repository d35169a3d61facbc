// Backups: the whole database as one file, and back.
//
// A part of the interface that store.h is, for who looks after a workspace; nothing that serves it
// needs this. store_backup: any thread; store_restore: no thread of this process may have the
// database open.
#pragma once

#include "db/store.h"

// Writes all that is committed into a new file, readable for its owner alone, and checks that it is
// whole; others may write meanwhile. ERROR_CONFLICT when there is such a file already; on failure
// none is left.
MUST_CHECK bool store_backup(Store *store, const char *path, Error *error);

// Puts a backup in the place of the database at `location`, which nobody may have open
// (ERROR_BUSY) and which may be missing or damaged. A copy of the backup is checked and brought to
// this program's schema, `prepare` looks at it and changes what it must, and only if that is true
// it takes the place. `former` is then the path under which the database before is kept; empty
// where there was none. On false everything is as it was.
typedef bool (*StoreRestoreFunction)(Store *copy, void *context, Error *error);
MUST_CHECK bool store_restore(const char *location, const char *backup,
                              StoreRestoreFunction prepare, void *context, Buffer *former,
                              Error *error);
