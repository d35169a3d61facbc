// What is said of a pack that there is not, in one wording wherever a pack is named.
//
// Whoever looks a pack up gathers the ids of those there are, and has the refusal written, with the
// one that was probably meant. One thread.
#pragma once

#include "core/base/error.h"
#include "core/base/memory.h"

// Begin with zeroes, free with pack_names_free.
typedef struct PackNames {
    Arena arena;
    const char **names;
    size_t count, capacity;
} PackNames;

void pack_names_add(PackNames *names, const char *id); // copies it
bool pack_names_has(const PackNames *names, const char *id);
// The one that is nearest, NULL when none is near; good as long as the names are.
const char *pack_names_nearest(const PackNames *names, const char *id);
// Sets ERROR_NOT_FOUND for a pack that is none of them. Always false.
bool pack_names_refuse(const PackNames *names, const char *id, Error *error);
void pack_names_free(PackNames *names);
