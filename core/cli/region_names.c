// Names of regions: see region_names.h.
#include "core/cli/region_names.h"

#include <stdlib.h>

static bool add_name(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    RegionNames *names = context;
    size_t capacity = names->capacity;
    ARRAY_RESERVE(names->codes, names->count, capacity);
    ARRAY_RESERVE(names->names, names->count, names->capacity);
    map_put(&names->by_code, region->code, (int64_t)names->count);
    names->codes[names->count] = arena_string(&names->arena, region->code);
    names->names[names->count++] = arena_string(&names->arena, region->name);
    return true;
}

bool region_names_read(Store *store, RegionNames *names, Error *error) {
    *names = (RegionNames){0};
    if (store_read_regions(store, add_name, names, error)) return true;
    region_names_free(names);
    return false;
}

const char *region_names_get(const RegionNames *names, const char *code) {
    int64_t place = map_get(&names->by_code, code);
    return place == MAP_MISSING ? code : names->names[place];
}

void region_names_free(RegionNames *names) {
    map_free(&names->by_code);
    free(names->codes);
    free(names->names);
    arena_free(&names->arena);
    *names = (RegionNames){0};
}
