// A region with those below it: see region_scope.h.
#include "core/registry/region_scope.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/nearest.h"

typedef enum Belongs { UNKNOWN, INSIDE, OUTSIDE } Belongs;

typedef struct Tree {
    RegionScope *scope; // of all regions, while it is read
    const char **parents;
    size_t capacity;
} Tree;

static bool add_region(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    Tree *tree = context;
    RegionScope *scope = tree->scope;
    size_t capacity = tree->capacity;
    ARRAY_RESERVE(scope->codes, scope->count, capacity);
    ARRAY_RESERVE(tree->parents, scope->count, tree->capacity);
    (void)map_put(&scope->places, region->code, (int64_t)scope->count);
    tree->parents[scope->count] = arena_string(&scope->arena, region->parent);
    scope->codes[scope->count++] = arena_string(&scope->arena, region->code);
    return true;
}

static int64_t parent_of(const Tree *tree, int64_t place) {
    const char *parent = tree->parents[place];
    return parent ? map_get(&tree->scope->places, parent) : MAP_MISSING;
}

// Climbs to the first region of which it is known, then says it of all on the way.
static Belongs belongs_to(const Tree *tree, Belongs *known, int64_t place) {
    int64_t at = place;
    while (known[at] == UNKNOWN && parent_of(tree, at) != MAP_MISSING)
        at = parent_of(tree, at);
    Belongs found = known[at] == UNKNOWN ? OUTSIDE : known[at];
    for (at = place; at != MAP_MISSING && known[at] == UNKNOWN; at = parent_of(tree, at))
        known[at] = found;
    return found;
}

// Leaves the regions that `inside` names, by place.
static void keep(RegionScope *scope, const bool *inside) {
    size_t kept = 0;
    map_free(&scope->places);
    for (size_t i = 0; i < scope->count; i++) {
        if (!inside[i]) continue;
        (void)map_put(&scope->places, scope->codes[i], (int64_t)kept);
        scope->codes[kept++] = scope->codes[i];
    }
    scope->count = kept;
}

static void keep_below(const Tree *tree, int64_t top) {
    size_t count = tree->scope->count;
    Belongs *known = memory_new(count, sizeof *known);
    bool *inside = memory_new(count, sizeof *inside);
    known[top] = INSIDE;
    for (size_t i = 0; i < count; i++)
        inside[i] = belongs_to(tree, known, (int64_t)i) == INSIDE;
    keep(tree->scope, inside);
    free(inside);
    free(known);
}

static bool refuse_region(const RegionScope *regions, const char *code, Error *error) {
    const char *near = nearest_name(code, regions->codes, regions->count);
    error_set(error, ERROR_NOT_FOUND,
              T("region %s is not in the workspace", "工作区中没有行政区划 %s"), code);
    if (near) return error_hint(error, T("did you mean %s?", "是否应为 %s？"), near);
    return error_hint(
        error, "%s",
        T("regions are named by their codes, such as 150800", "请用代码指明行政区划，如 150800"));
}

bool region_scope_read(Store *store, const char *top, RegionScope *scope, Error *error) {
    *scope = (RegionScope){0};
    Tree tree = {.scope = scope};
    bool good = store_read_regions(store, add_region, &tree, error);
    int64_t place = good && top ? map_get(&scope->places, top) : MAP_MISSING;
    if (place != MAP_MISSING) keep_below(&tree, place);
    if (good && top && place == MAP_MISSING) good = refuse_region(scope, top, error);
    free(tree.parents);
    if (!good) region_scope_free(scope);
    return good;
}

void region_scope_of_leaf(const char *code, RegionScope *scope) {
    *scope = (RegionScope){.count = 1};
    scope->codes = memory_new(1, sizeof *scope->codes);
    scope->codes[0] = code;
    (void)map_put(&scope->places, code, 0);
}

void region_scope_keep(RegionScope *scope, const Map *covered) {
    bool *inside = memory_new(scope->count + 1, sizeof *inside);
    for (size_t i = 0; i < scope->count; i++)
        inside[i] = map_get(covered, scope->codes[i]) != MAP_MISSING;
    keep(scope, inside);
    free(inside);
}

bool region_scope_has(const RegionScope *scope, const char *code) {
    return map_get(&scope->places, code) != MAP_MISSING;
}

void region_scope_free(RegionScope *scope) {
    free(scope->codes);
    map_free(&scope->places);
    arena_free(&scope->arena);
    *scope = (RegionScope){0};
}
