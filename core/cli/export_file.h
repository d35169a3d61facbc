// Where an export goes: standard output, or a file that is there whole or not at all
// (core/base/whole_file.h). One thread.
#pragma once

#include <stdio.h>

#include "core/base/whole_file.h"

typedef struct ExportFile {
    bool is_file; // else standard output
    WholeFile file;
} ExportFile;

// Opens a new file that will replace what `path` names, or standard output where that is NULL.
MUST_CHECK bool export_file_open(ExportFile *file, const char *path, Error *error);
// A CsvSink: `context` is the ExportFile. ERROR_SYSTEM when it cannot be written; when the reader
// of standard output has left, ERROR_CANCELLED.
bool export_file_write(const char *bytes, size_t length, void *context, Error *error);
// Ends the file: with `good` it takes its name, in place of any file that has it, else it is
// removed. False when it was not good or cannot be ended; the error is then filled.
MUST_CHECK bool export_file_close(ExportFile *file, bool good, Error *error);
