// What holds a ZIP archive together, looked at before libzip sees it.
//
// Readers find an archive's files in different ways: from its end, from its beginning, by the
// first end that leads somewhere. Only where its frame leaves no choice do all of them find the
// same files; any other archive is refused. A part of io/zip_archive.h, for that alone. Any thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

// Whether the archive in `bytes` is whole, has one end and one directory right before it, and
// consists of just the entries that this lists, as it lists them, with one name each. ERROR_LIMIT
// for one that is too large or has too many entries, ERROR_INPUT for others. `file` names the
// archive in errors.
MUST_CHECK bool zip_frame_check(const char *bytes, size_t length, const char *file, Error *error);

// Says `message` of the archive, or of one entry, whose name may hold anything; give false.
bool zip_frame_refuse(const char *file, Error *error, ErrorCode code, const char *message);
bool zip_frame_refuse_entry(const char *file, const char *name, size_t name_length, Error *error,
                            ErrorCode code, const char *message);
// As zip_frame_refuse, of an archive that should be packed again.
bool zip_frame_refuse_whole(const char *file, Error *error, const char *message);
