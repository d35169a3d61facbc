// Figures that came after a run: see figures_since.h.
#include "core/work/figures_since.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/map.h"
#include "core/base/memory.h"
#include "core/eval/figures.h"

typedef struct Search {
    const Description *description;
    Map below; // codes of the pack's region and of all below it, as far as they were found
    Map near;  // those of its parent and of its siblings
    char *parent;
    bool found;
} Search;

static bool add_below(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    Search *search = context;
    if (strcmp(region->code, search->description->region) == 0) {
        map_put(&search->below, region->code, 0);
        if (region->parent && !search->parent) search->parent = memory_copy_string(region->parent);
    } else if (region->parent && map_get(&search->below, region->parent) >= 0) {
        map_put(&search->below, region->code, 0);
    }
    return true;
}

static bool add_near(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    Search *search = context;
    if (strcmp(region->code, search->parent) == 0 ||
        (region->parent && strcmp(region->parent, search->parent) == 0))
        map_put(&search->near, region->code, 0);
    return true;
}

// A region may be read before its parent is, so they are read until none is added.
static bool read_regions(Store *store, Search *search, Error *error) {
    size_t before;
    do {
        before = search->below.count;
        if (!store_read_regions(store, add_below, search, error)) return false;
    } while (search->below.count > before);
    return !search->parent || store_read_regions(store, add_near, search, error);
}

static bool take_figure(const char *region, const char *indicator, void *context, Error *error) {
    (void)error;
    Search *search = context;
    search->found |= description_series(search->description, indicator) >= 0 &&
                     (map_get(&search->below, region) >= 0 || map_get(&search->near, region) >= 0);
    return true;
}

bool figures_since_find(Store *store, const FiguresSince *run, int64_t *newest, Error *error) {
    const StoreSinceQuery query = {.after = run->data_version,
                                   .first_year = figure_first_year(run->description, run->year),
                                   .last_year = run->year};
    Search search = {.description = run->description};
    if (!store_read_data_version(store, newest, error)) return false;
    if (*newest <= run->data_version) return true;
    bool good = read_regions(store, &search, error) &&
                store_read_figures_since(store, &query, take_figure, &search, error);
    if (!search.found) *newest = run->data_version;
    map_free(&search.below);
    map_free(&search.near);
    free(search.parent);
    return good;
}
