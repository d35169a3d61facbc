// What the files that make bundles share; for core/pack/bundle*.c only.
#pragma once

#include "core/pack/bundle.h"

// Copies the file into the bundle; `capacity` is the caller's, of the bundle's files.
void bundle_add(Bundle *bundle, size_t *capacity, const char *path, const void *bytes,
                size_t length);
// Puts the files in order of path.
void bundle_sort(Bundle *bundle);
// Puts the files in order of path and hashes them: from then on the bundle is what it is.
void bundle_seal(Bundle *bundle);
