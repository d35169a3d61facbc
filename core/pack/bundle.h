// A pack's files, read once: what is hashed, stored, sent to workers and run, byte for byte.
//
// Only Lua files belong to a bundle (pack.lua, what it includes, spec/*.lua). Data files beside
// them are imported into the store and are not part of the rules. Immutable once made; free with
// bundle_free. std (scripts/std) is a bundle too.
//
// A pack that extends others carries their files too, so that its hash covers them and it runs as
// it was checked whatever becomes of them: the file women.lua of the pack "nation" has the path
// "@nation/women.lua" in it, which no file of a folder can have and no include can name.
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
    BUNDLE_MAX_PATH = 55, // as shown; Lua shortens longer names in its messages
    BUNDLE_MAX_ID = 64,
};

typedef struct BundleFile {
    const char
        *path; // inside the pack, with '/'; one it carries begins with '@' and that pack's id
    const char *bytes; // with a NUL behind them
    size_t length;
} BundleFile;

typedef struct Bundle {
    BundleFile *files; // in order of path
    size_t count;
    char hash[HASH_TEXT_SIZE]; // SHA-256 of the archive bytes
    Arena arena;
} Bundle;

// Reads a pack's folder. Problems (no pack.lua, a link, what bundle_draft.h does not accept) go to
// `problems`; false when there was any, and the bundle is empty.
MUST_CHECK bool bundle_read(const char *folder, Bundle *bundle, ProblemList *problems);
// The files of scripts/std that are part of this program.
void bundle_std(Bundle *bundle);
// The archive: a line "biaochi-bundle 1", then per file a line "path length" and its bytes.
void bundle_write(const Bundle *bundle, Buffer *archive);
// Reads an archive that bundle_write made; anything else is ERROR_STORE.
MUST_CHECK bool bundle_parse(const char *archive, size_t length, Bundle *bundle, Error *error);
const BundleFile *bundle_find(const Bundle *bundle, const char *path);

// Adds the files of the pack `id` and of those it carries itself. What cannot be added (too many
// or too large files, paths too long, a folder of the bundle's own that is called like the pack) is
// a problem; false when there was any, and the bundle is as it was.
MUST_CHECK bool bundle_extend(Bundle *bundle, const char *id, const Bundle *parent,
                              ProblemList *problems);
// The same files without those of other packs.
void bundle_own(const Bundle *bundle, Bundle *own);
// The bundle of the pack `id` as it was when `bundle` was extended by it: byte for byte, with the
// same hash. False when no such pack is carried.
bool bundle_parent(const Bundle *bundle, const char *id, Bundle *parent);
// A path as messages show it: "nation/women.lua".
const char *bundle_shown_path(const char *path);
void bundle_free(Bundle *bundle);
