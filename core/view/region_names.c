// Names of regions: see region_names.h.
#include "core/view/region_names.h"

#include <stdlib.h>

#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/base/plain_text.h"

static bool add_name(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    RegionNames *names = context;
    size_t capacity = names->capacity;
    ARRAY_RESERVE(names->codes, names->count, capacity);
    ARRAY_RESERVE(names->names, names->count, names->capacity);
    map_put(&names->by_code, region->code, (int64_t)names->count);
    names->codes[names->count] = arena_string(&names->arena, region->code);
    char *name = arena_string(&names->arena, region->name);
    plain_text_clean_line(name); // an older version took any text for a name
    names->names[names->count++] = name;
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

// The code of the region whose code or name is nearest; NULL when none is near.
static const char *nearest_region(const RegionNames *names, const char *wanted) {
    const char *code = nearest_name(wanted, names->codes, names->count);
    if (code) return code;
    const char *name = nearest_name(wanted, names->names, names->count);
    for (size_t i = 0; name && i < names->count; i++)
        if (names->names[i] == name) return names->codes[i];
    return NULL;
}

bool region_names_require(const RegionNames *names, const char *code, Error *error) {
    if (map_get(&names->by_code, code) != MAP_MISSING) return true;
    const char *near = nearest_region(names, code);
    error_set(error, ERROR_NOT_FOUND,
              T("region %s is not in the workspace", "工作区中没有行政区划 %s"), code);
    if (near)
        return error_hint(error,
                          T("did you mean %s (%s)? Regions are named by their codes",
                            "是否应为 %s（%s）？行政区划以代码指明"),
                          near, region_names_get(names, near));
    return error_hint(
        error, "%s",
        T("regions are named by their codes, such as 150800", "请用代码指明行政区划，如 150800"));
}

void region_names_free(RegionNames *names) {
    map_free(&names->by_code);
    free(names->codes);
    free(names->names);
    arena_free(&names->arena);
    *names = (RegionNames){0};
}
