// A file that is there whole or not at all: an export, a record somebody keeps.
//
// It is always made anew, never opened where something lies already, so that a link that somebody
// planted leads nowhere; when it is closed it is on the disk before the program says that it is.
// One that replaces another has a name of its own until then (FILE.unfinished.RANDOM, which a
// program that was killed leaves behind). A device or a pipe is no file to replace: it is written
// into, and nothing is taken back. Any thread; a file belongs to one thread at a time.
#pragma once

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "core/base/error.h"
#include "core/base/memory.h"

typedef enum WholeFileKind {
    WHOLE_FILE_NEW,       // there must be none of that name
    WHOLE_FILE_REPLACING, // takes the place of any that has the name, once it is whole
} WholeFileKind;

typedef struct WholeFile {
    FILE *stream;
    const char *path;  // the caller's, until the file is closed
    Buffer unfinished; // its name until it is whole; empty where that is `path`
    bool passes_on;    // into a device or a pipe
} WholeFile;

// Makes the file; `rights` are those of open(2). ERROR_CONFLICT when a new one is there already,
// ERROR_SYSTEM when it cannot be made.
MUST_CHECK bool whole_file_open(WholeFile *file, const char *path, WholeFileKind kind,
                                mode_t rights, Error *error);
MUST_CHECK bool whole_file_write(WholeFile *file, const void *bytes, size_t length, Error *error);
// Ends it: with `good` it is put on the disk under its name, else removed. False when it was not
// good, or cannot be put there; the error is then filled, unless it was not good. One that has
// taken another's place already stays when the disk fails at that point, and the error says so.
MUST_CHECK bool whole_file_close(WholeFile *file, bool good, Error *error);
