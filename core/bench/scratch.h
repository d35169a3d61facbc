// The one temporary folder of a measurement: everything that is written lies in it, and all of it
// goes at the end. One thread.
#pragma once

#include "core/base/error.h"

enum { SCRATCH_PATH_SIZE = 512 };

// Makes a folder of its own under $TMPDIR, else under /tmp; `path` gets its name.
MUST_CHECK bool scratch_make(char path[SCRATCH_PATH_SIZE], Error *error);
// Removes it with all that is in it. What cannot be removed is left; it is not worth failing for.
void scratch_remove(const char *path);
// Writes the files of scripts/bench, which are part of this program, into the folder.
MUST_CHECK bool scratch_write_scripts(const char *path, Error *error);
