// A SQLite database as files: held so that nobody else has it open, and replaced by another.
//
// These speak SQLite's own locking protocol (https://www.sqlite.org/lockingv3.html): whoever has a
// database open in write-ahead mode keeps a shared lock on some of its bytes, and readers elsewhere
// wait for an exclusive one. Works for damaged databases too. Only for the driver; any thread, but
// no connection of this process may have the database open meanwhile: closing one would end the
// hold.
#pragma once

#include <stdint.h>

#include "core/base/error.h"
#include "core/base/memory.h"

// `*hold` is -1 where there is no database. ERROR_BUSY when somebody has it open.
MUST_CHECK bool sqlite_files_hold(const char *path, int *hold, Error *error);
void sqlite_files_release(int hold);
// Puts the database at `by`, which nobody has open, in the place of the one at `path`, which is
// held; that one is kept beside it as `former`, with its write-ahead log. `by` gets the rights and
// the owner of the one before, else of the folder.
MUST_CHECK bool sqlite_files_replace(const char *path, const char *by, const char *former,
                                     Error *error);
// Of the file at `path`; 0: there is none.
uint64_t sqlite_files_identify(const char *path);
// Removes a database's files; what is not there is no matter.
void sqlite_files_remove(const char *path);
