// Which regions a pack speaks of, and their observations as columns: see runs.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/registry/runs.h"

enum { FEW_REGIONS = 40, MAX_YEARS = 120 };

typedef struct RegionNode {
    char *code, *parent_code; // the latter NULL for a root
    int parent;               // index, -1 for none
} RegionNode;

typedef struct RegionTree {
    RegionNode *nodes;
    size_t count, capacity;
    Map by_code;
} RegionTree;

static bool add_node(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    RegionTree *tree = context;
    ARRAY_RESERVE(tree->nodes, tree->count, tree->capacity);
    tree->nodes[tree->count] =
        (RegionNode){memory_copy_string(region->code),
                     region->parent ? memory_copy_string(region->parent) : NULL, -1};
    map_put(&tree->by_code, region->code, (int64_t)tree->count++);
    return true;
}

static bool read_tree(Store *store, RegionTree *tree, Error *error) {
    if (!store_read_regions(store, add_node, tree, error)) return false;
    for (size_t i = 0; i < tree->count; i++)
        if (tree->nodes[i].parent_code)
            tree->nodes[i].parent = (int)map_get(&tree->by_code, tree->nodes[i].parent_code);
    return true;
}

static void free_tree(RegionTree *tree) {
    for (size_t i = 0; i < tree->count; i++) {
        free(tree->nodes[i].code);
        free(tree->nodes[i].parent_code);
    }
    free(tree->nodes);
    map_free(&tree->by_code);
}

static bool is_below(const RegionTree *tree, int node, int ancestor) {
    for (int steps = 0; node >= 0 && steps < 32; steps++) {
        if (node == ancestor) return true;
        node = tree->nodes[node].parent;
    }
    return false;
}

static bool is_covered(const RegionTree *tree, int node, int own, Covers covers) {
    switch (covers) {
        case COVERS_SELF: return node == own;
        case COVERS_CHILDREN: return node == own || tree->nodes[node].parent == own;
        case COVERS_SUBTREE: return is_below(tree, node, own);
    }
    return false;
}

bool run_read_covered(Store *store, const Description *description, Map *covered, Error *error) {
    RegionTree tree = {0};
    bool good = read_tree(store, &tree, error);
    int own = good ? (int)map_get(&tree.by_code, description->region) : -1;
    for (size_t i = 0; i < tree.count && own >= 0; i++)
        if (is_covered(&tree, (int)i, own, description->covers))
            map_put(covered, tree.nodes[i].code, 0);
    free_tree(&tree);
    return good;
}

// Regions evaluated, and for comparison their parents and siblings.
static bool add_current_regions(DatasetBuilder *builder, const RegionTree *tree,
                                const Description *description, Error *error) {
    int own = (int)map_get(&tree->by_code, description->region);
    if (own < 0)
        return error_set(
            error, ERROR_NOT_FOUND,
            T("region %s of the pack is not in the workspace", "工作区中没有评估包的行政区划 %s"),
            description->region);
    bool *parent_of_covered = memory_new(tree->count, sizeof(bool));
    bool good = true;
    for (size_t i = 0; i < tree->count; i++)
        if (is_covered(tree, (int)i, own, description->covers) && tree->nodes[i].parent >= 0)
            parent_of_covered[tree->nodes[i].parent] = true;
    for (size_t i = 0; i < tree->count && good; i++) {
        int parent = tree->nodes[i].parent;
        bool covered = is_covered(tree, (int)i, own, description->covers);
        if (covered || parent_of_covered[i] || (parent >= 0 && parent_of_covered[parent]))
            good = dataset_add_region(builder, tree->nodes[i].code,
                                      covered ? REGION_EVALUATED : REGION_COMPARED, error) >= 0;
    }
    for (size_t i = 0; i < tree->count && good; i++) {
        int region = dataset_find_region(builder, tree->nodes[i].code);
        if (region >= 0 && tree->nodes[i].parent >= 0)
            dataset_set_parent(
                builder, region,
                dataset_find_region(builder, tree->nodes[tree->nodes[i].parent].code));
    }
    free(parent_of_covered);
    return good;
}

// The regions of a run's identity: [ [code, parent's place or −1, RegionRole] … ].
static bool add_kept_regions(DatasetBuilder *builder, const json_t *regions, Error *error) {
    for (size_t i = 0; i < json_array_size(regions); i++) {
        const json_t *row = json_array_get(regions, i);
        const char *code = json_string_value(json_array_get(row, 0));
        json_int_t role = json_integer_value(json_array_get(row, 2));
        if (!code || role < 0 || role >= REGION_ROLE_COUNT ||
            dataset_add_region(builder, code, (RegionRole)role, error) != (int)i)
            return error_set(error, ERROR_STORE,
                             T("the run's regions are damaged", "运行记录中的行政区划已损坏"));
        dataset_set_parent(builder, (int)i, (int)json_integer_value(json_array_get(row, 1)));
    }
    return true;
}

typedef struct Filling {
    const Description *description;
    DatasetBuilder *builder;
} Filling;

static bool put_row(const StoreObservation *row, void *context, Error *error) {
    Filling *filling = context;
    bool withdrawn = isnan(row->value);
    if (withdrawn || description_series(filling->description, row->indicator) < 0) return true;
    int region = dataset_find_region(filling->builder, row->region);
    if (region < 0) return true;
    int series = dataset_add_series(filling->builder, row->indicator, row->breakdown, error);
    if (series < 0) return false;
    dataset_put(filling->builder, series, region, row->year, row->value);
    return true;
}

static bool fill(Store *store, Filling *filling, const RegionTree *tree, int64_t data_version,
                 Error *error) {
    StoreObservationQuery query = {.as_of = data_version};
    size_t wanted = 0;
    for (size_t i = 0; i < tree->count; i++)
        wanted += dataset_find_region(filling->builder, tree->nodes[i].code) >= 0;
    if (wanted > FEW_REGIONS)
        return store_read_observations(store, &query, put_row, filling, error);
    for (size_t i = 0; i < tree->count; i++) {
        if (dataset_find_region(filling->builder, tree->nodes[i].code) < 0) continue;
        query.region = tree->nodes[i].code;
        if (!store_read_observations(store, &query, put_row, filling, error)) return false;
    }
    return true;
}

static int earliest_year(const Description *description, int year) {
    int first = year;
    for (size_t p = 0; p < description->plan_count; p++)
        if (description->plans[p].baseline_year < first)
            first = description->plans[p].baseline_year;
    // Forecasts may look at values from before the baseline.
    first -= 20;
    return first < year - MAX_YEARS ? year - MAX_YEARS : first;
}

Dataset *run_build_dataset(Store *store, const Description *description, const json_t *regions,
                           int year, int64_t data_version, Error *error) {
    RegionTree tree = {0};
    DatasetBuilder *builder = dataset_builder_new(earliest_year(description, year), year);
    Filling filling = {description, builder};
    bool good = read_tree(store, &tree, error) &&
                (regions ? add_kept_regions(builder, regions, error)
                         : add_current_regions(builder, &tree, description, error)) &&
                fill(store, &filling, &tree, data_version, error);
    free_tree(&tree);
    // A region that reported nothing for the year has nothing to be judged on. A run that is
    // repeated keeps to the regions it had.
    if (good && !regions) dataset_mark_silent_regions(builder, year);
    if (good) return dataset_finish(builder, data_version);
    dataset_builder_free(builder);
    return NULL;
}
