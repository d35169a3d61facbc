// A pack as a ZIP archive: what is uploaded, downloaded, and handed from one office to another.
//
// Read, it is checked like a folder (pack/bundle_draft.h), after zip_archive.h has refused what may
// do harm. Written, it unpacks to a folder that can be worked on. One thread.
#pragma once

#include "core/pack/bundle.h"

// Makes a bundle of the archive's files. The one folder that archives of a folder have at the top
// is left out; files that do not belong to a pack (data, documents, what systems add) are passed
// over. `file` names the archive in problems. False when there was any, then the bundle is empty.
MUST_CHECK bool pack_archive_read(const void *bytes, size_t length, const char *file,
                                  Bundle *bundle, ProblemList *problems);
// As pack_archive_read for the file at `path`.
MUST_CHECK bool pack_archive_read_file(const char *path, Bundle *bundle, ProblemList *problems);
// Whether a file of that name is taken for an archive: it ends with ".zip".
bool pack_archive_is_named(const char *path);
// Appends the pack's own files, those of packs it extends left out, as an archive with `folder` at
// the top. The same files always give the same bytes.
MUST_CHECK bool pack_archive_write(const Bundle *bundle, const char *folder, Buffer *out,
                                   Error *error);
