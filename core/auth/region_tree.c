// Regions and their parents: see region_tree.h.
#include "core/auth/region_tree.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/map.h"
#include "core/base/memory.h"

typedef struct Node {
    const char *code, *parent; // in the arena; the parent is NULL for a root
} Node;

struct RegionTree {
    Node *nodes;
    size_t count, capacity;
    Map by_code; // → index into nodes
    Arena arena;
};

static bool add_region(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    RegionTree *tree = context;
    ARRAY_RESERVE(tree->nodes, tree->count, tree->capacity);
    tree->nodes[tree->count] = (Node){.code = arena_string(&tree->arena, region->code),
                                      .parent = arena_string(&tree->arena, region->parent)};
    map_put(&tree->by_code, region->code, (int64_t)tree->count++);
    return true;
}

bool region_tree_read(Store *store, RegionTree **out, Error *error) {
    RegionTree *tree = memory_new(1, sizeof *tree);
    *out = tree;
    if (store_read_regions(store, add_region, tree, error)) return true;
    region_tree_free(tree);
    *out = NULL;
    return false;
}

void region_tree_free(RegionTree *tree) {
    if (!tree) return;
    free(tree->nodes);
    map_free(&tree->by_code);
    arena_free(&tree->arena);
    free(tree);
}

static const Node *find(const RegionTree *tree, const char *code) {
    int64_t place = map_get(&tree->by_code, code);
    return place == MAP_MISSING ? NULL : &tree->nodes[place];
}

bool region_tree_has(const RegionTree *tree, const char *region) {
    return find(tree, region) != NULL;
}

bool region_tree_within(const RegionTree *tree, const char *region, const char *ancestor) {
    if (strcmp(ancestor, REGION_EVERYWHERE) == 0 || strcmp(region, ancestor) == 0) return true;
    // The store reads no region that lies in itself, so this ends.
    for (const Node *node = find(tree, region); node && node->parent;
         node = find(tree, node->parent))
        if (strcmp(node->parent, ancestor) == 0) return true;
    return false;
}
