// A pack's files as JSON, for a page on which they are edited: { "files": { "pack.lua": "…" } }.
//
// Only a pack's own files: those of packs it extends come from where they are active. One thread.
#pragma once

#include <jansson.h>

#include "core/pack/bundle.h"

// Makes a bundle of the object's files, with the same checks as bundle_read; other members, files
// that are not Lua and values that are not strings are problems too. False when there was any.
MUST_CHECK bool bundle_from_json(const json_t *json, Bundle *bundle, ProblemList *problems);
// New reference; NULL when a file is not UTF-8 text.
json_t *bundle_to_json(const Bundle *bundle);
