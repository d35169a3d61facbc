// A pack's files, read once: what is hashed, stored, sent to workers and run, byte for byte.
//
// Only Lua files belong to a bundle (pack.lua, what it includes, spec/*.lua). Data files beside
// them are imported into the store and are not part of the rules. Immutable once made; free with
// bundle_free. std (scripts/std) is a bundle too.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/memory.h"

enum {
    BUNDLE_MAX_FILES = 500,
    BUNDLE_MAX_FILE_BYTES = 1024 * 1024,
    BUNDLE_MAX_BYTES = 8 * 1024 * 1024,
    BUNDLE_MAX_PATH = 55, // Lua shortens longer names in its messages
};

typedef struct BundleFile {
    const char *path;  // inside the pack, with '/'
    const char *bytes; // with a NUL behind them
    size_t length;
} BundleFile;

typedef struct Bundle {
    BundleFile *files; // in order of path
    size_t count;
    char hash[HASH_TEXT_SIZE]; // SHA-256 of the archive bytes
    char *folder;              // where it was read from, for messages; NULL for a stored one
    Arena arena;
} Bundle;

// Reads a pack's folder. Problems (no pack.lua, a link, a path with other characters than letters,
// digits, '_', '-', '.', too many or too large files) go to `problems`; false when there was any.
MUST_CHECK bool bundle_read(const char *folder, Bundle *bundle, ProblemList *problems);
// The files of scripts/std that are part of this program.
void bundle_std(Bundle *bundle);
// The archive: a line "biaochi-bundle 1", then per file a line "path length" and its bytes.
void bundle_write(const Bundle *bundle, Buffer *archive);
// Reads an archive that bundle_write made; anything else is ERROR_STORE.
MUST_CHECK bool bundle_parse(const char *archive, size_t length, Bundle *bundle, Error *error);
const BundleFile *bundle_find(const Bundle *bundle, const char *path);
void bundle_free(Bundle *bundle);
