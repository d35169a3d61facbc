// Names of regions by code, for printing. One thread.
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
void region_names_free(RegionNames *names);
