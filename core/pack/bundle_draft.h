// A bundle being gathered, file by file, from a folder, an archive or an editor's page.
//
// What a pack may consist of is decided here and nowhere else: which files belong to it, what they
// may be called, how large they may be, and that they are text. Whoever gathers asks before it
// reads a file's bytes, so that nothing too large is ever read. One thread.
#pragma once

#include "core/pack/bundle.h"

typedef struct BundleDraft {
    Bundle *bundle;        // the caller's
    ProblemList *problems; // likewise
    size_t capacity, bytes;
    size_t problems_before;
} BundleDraft;

// Begins with an empty bundle; bundle_draft_finish ends it.
void bundle_draft_begin(BundleDraft *draft, Bundle *bundle, ProblemList *problems);
// Whether the file at that path belongs to a pack, or, of a path that ends with '/', whether files
// in that folder may. Data, hidden folders, what lies deeper than four folders and files that are
// not Lua do not.
bool bundle_draft_wants(const char *path);
// Whether a file of that path and length may be added. When not, a problem says why.
MUST_CHECK bool bundle_draft_accepts(BundleDraft *draft, const char *path, size_t length);
// Adds a file that was accepted, copying its bytes; what is not text is a problem.
void bundle_draft_add(BundleDraft *draft, const char *path, const char *bytes, size_t length);
// A problem of a file, whose path may hold anything.
void bundle_draft_complain(BundleDraft *draft, const char *path, const char *what);
bool bundle_draft_has_problems(const BundleDraft *draft);
// Puts the files in order, checks them as a whole and hashes them. That there is no pack.lua is a
// problem of `where` with the code `missing`. False when there was any problem since the beginning;
// then the bundle is empty.
MUST_CHECK bool bundle_draft_finish(BundleDraft *draft, const char *where, ErrorCode missing);
