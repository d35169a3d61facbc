// A version of a pack that a request is about: a stored one, named by its hash, or files that come
// with the request. Reading and checking them takes long: all functions are for queued jobs, while
// the call waits.
#pragma once

#include "core/api/pack_body.h"

typedef struct GivenVersion {
    char hash[HASH_TEXT_SIZE]; // the beginning of a stored version's; "": `bundle` has it
    Bundle bundle;
} GivenVersion;

// Reads the body: { "version": hash }, { "files": { name: text } }, or a ZIP archive. False with
// problems. Free it with given_version_free either way.
MUST_CHECK bool given_version_read(const ApiCall *call, GivenVersion *given, ProblemList *problems);
// The same where nothing but { "version": hash } will do.
MUST_CHECK bool given_version_read_stored(const ApiCall *call, GivenVersion *given, Error *error);
// Loads it: files are checked on the active versions of the packs they extend, and must be those of
// the pack `id`. Takes the files over. False with problems; free `pack` either way.
MUST_CHECK bool given_version_load(const JobHost *host, Store *store, const char *id,
                                   GivenVersion *given, LoadedPack *pack, ProblemList *problems);
void given_version_free(GivenVersion *given);
