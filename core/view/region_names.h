// Names of regions by code, as answers say them: fit to be shown (core/base/plain_text.h). One
// thread; once read, any thread may look.
#pragma once

#include "core/base/map.h"
#include "core/base/memory.h"
#include "db/store.h"

typedef struct RegionNames {
    Map by_code;                 // code → place
    const char **codes, **names; // by place
    size_t count, capacity;
    Arena arena;
} RegionNames;

MUST_CHECK bool region_names_read(Store *store, RegionNames *names, Error *error);
// The name, or the code itself when it is not known.
const char *region_names_get(const RegionNames *names, const char *code);
// Whether a person named a region that is there; else ERROR_NOT_FOUND with the nearest one.
MUST_CHECK bool region_names_require(const RegionNames *names, const char *code, Error *error);
void region_names_free(RegionNames *names);
