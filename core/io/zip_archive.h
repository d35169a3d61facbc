// ZIP archives read from memory and written to it; whatever may do harm is refused unread.
//
// It knows nothing of what an archive is for. Opening keeps nothing unpacked, but holds what the
// directory says against what lies there (zip_frame.h): an archive with one suspicious entry is
// refused whole, since whoever made that entry also made the others. The sizes an archive states
// are never believed: unpacking counts. Entries' names are UTF-8, or GB18030 as Windows in Chinese
// writes them, and are given as UTF-8. One thread at a time.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"

enum {
    ZIP_MAX_BYTES = 16 * 1024 * 1024,
    ZIP_MAX_ENTRIES = 10000,
    ZIP_MAX_UNPACKED_BYTES = 64 * 1024 * 1024, // of all entries together, as they state it
    ZIP_MAX_RATIO = 200, // unpacked to packed, of an entry that unpacks to more than a MiB
    ZIP_MAX_NAME_BYTES = 1000,
};

typedef struct ZipEntry {
    const char *name; // relative, parts with '/' between them, none empty, "." or ".."; plain text
    size_t length;    // unpacked, as the archive states it
    bool is_folder;   // without the '/' that ends its name in an archive
} ZipEntry;

typedef struct ZipArchive {
    ZipEntry *entries;
    size_t count;
    const char *file; // the caller's; names the archive in errors
    struct zip *zip;
    Arena arena;
} ZipArchive;

// Opens the archive in `bytes`, which outlive it; free with zip_archive_close. ERROR_LIMIT for one
// beyond the limits; ERROR_INPUT for bytes that are no ZIP archive, are cut off or have something
// before, behind or between what the directory lists, for entries that the directory describes
// otherwise than they are or that have two names, for ZIP64, encrypted entries, other methods than
// stored and deflated, links and other special entries, names that could lead out of a folder or
// that do not fit each other (twice, in upper and lower case alone, file and folder).
MUST_CHECK bool zip_archive_open(const void *bytes, size_t length, const char *file,
                                 ZipArchive *archive, Error *error);
// Appends an entry's bytes to `out`, `entry->length` of them. ERROR_INPUT when the entry is damaged
// or of another length than it states.
MUST_CHECK bool zip_archive_unpack(const ZipArchive *archive, const ZipEntry *entry, Buffer *out,
                                   Error *error);
void zip_archive_close(ZipArchive *archive);

typedef struct ZipFile {
    const char *name;
    const void *bytes;
    size_t length;
} ZipFile;

// Appends an archive of the files to `out`: always the same bytes for the same files, in their
// order, dated 1980.
MUST_CHECK bool zip_archive_write(const ZipFile *files, size_t count, Buffer *out, Error *error);
