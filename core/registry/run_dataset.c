// Which regions a pack speaks of, and their observations as columns: see runs.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/eval/figures.h"
#include "core/registry/runs.h"

enum { FEW_REGIONS = 40 };

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
        if (is_covered(tree, (int)i, own, description->covers) || parent_of_covered[i] ||
            (parent >= 0 && parent_of_covered[parent]))
            good = dataset_add_region(builder, tree->nodes[i].code, error) >= 0;
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
            dataset_add_region(builder, code, error) != (int)i)
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

// ---- roles -------------------------------------------------------------------------------------

static void take_kept_roles(const json_t *regions, uint8_t *roles) {
    for (size_t i = 0; i < json_array_size(regions); i++)
        roles[i] = (uint8_t)json_integer_value(json_array_get(json_array_get(regions, i), 2));
}

static void mark_reports(const double *values, size_t count, bool *reports) {
    for (size_t r = 0; r < count; r++)
        reports[r] |= !isnan(values[r]);
}

// A region that reported nothing for the year has nothing to be judged on.
static void find_roles(const RegionTree *tree, const Description *description,
                       const Dataset *dataset, int year, uint8_t *roles) {
    size_t count = dataset->header->region_count;
    bool *reports = memory_new(count, sizeof *reports);
    for (uint32_t s = 0; s < dataset->header->series_count; s++) {
        const double *values = dataset_column_year(dataset, (int)s, year);
        if (values && description_series(description, dataset->series[s].id) >= 0)
            mark_reports(values, count, reports);
    }
    int own = (int)map_get(&tree->by_code, description->region);
    for (size_t r = 0; r < count; r++) {
        int node = (int)map_get(&tree->by_code, dataset->regions[r].code);
        bool covered = node >= 0 && is_covered(tree, node, own, description->covers);
        roles[r] = !covered ? REGION_COMPARED : reports[r] ? REGION_EVALUATED : REGION_SILENT;
    }
    free(reports);
}

// ---- all of it ---------------------------------------------------------------------------------

bool run_read_data(Store *store, const Description *description, const json_t *regions, int year,
                   int64_t data_version, RunData *data, Error *error) {
    RegionTree tree = {0};
    DatasetBuilder *builder = dataset_builder_new(figure_first_year(description, year), year);
    Filling filling = {description, builder};
    *data = (RunData){0};
    bool good = read_tree(store, &tree, error) &&
                (regions ? add_kept_regions(builder, regions, error)
                         : add_current_regions(builder, &tree, description, error)) &&
                fill(store, &filling, &tree, data_version, error);
    if (!good)
        dataset_builder_free(builder);
    else
        good = dataset_finish_shared(builder, false, &data->dataset, error);
    if (good) {
        data->roles = memory_new(data->dataset->header->region_count, 1);
        // A run that is repeated keeps to the roles its regions had.
        if (regions)
            take_kept_roles(regions, data->roles);
        else
            find_roles(&tree, description, data->dataset, year, data->roles);
    }
    free_tree(&tree);
    return good;
}

void run_data_free(RunData *data) {
    dataset_free(data->dataset);
    free(data->roles);
    *data = (RunData){0};
}
