// Files compiled into the binary: scripts/std, the template of a new pack, the description of the
// API.
#pragma once

#include <stddef.h>

typedef struct EmbeddedFile {
    const char *path;  // from the project's root, e.g. "scripts/std/declare.lua"
    const char *bytes; // followed by a NUL
    size_t length;
} EmbeddedFile;

extern const EmbeddedFile embedded_files[]; // in order of path, ended by a NULL path
extern const size_t embedded_file_count;
