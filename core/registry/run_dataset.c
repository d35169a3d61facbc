// Which regions a pack speaks of, and their observations as columns: see runs.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/parallel.h"
#include "core/eval/figures.h"
#include "core/registry/runs.h"

enum { FEW_REGIONS = 40, READERS = 2 };

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

// ---- values ------------------------------------------------------------------------------------

// The current values of one region as the store keeps them.
typedef struct RegionRow {
    int first_year, year_count;
    uint32_t *series;
    size_t series_count;
    double *values; // [series][year]
} RegionRow;

typedef struct Filling {
    Store *store;
    const Description *description;
    DatasetBuilder *builder;
    int64_t data_version;
    bool from_revisions;
    const char *region; // only this one; NULL for all
    RegionRow *rows;    // by region of the dataset
    int *columns;       // by series number: the dataset's column, -1 for none
    size_t column_count;
    Dataset *dataset;
} Filling;

static bool add_series(const StoreSeries *series, void *context, Error *error) {
    Filling *filling = context;
    filling->columns =
        memory_resize(filling->columns, series->number + 1, sizeof *filling->columns);
    while (filling->column_count <= series->number)
        filling->columns[filling->column_count++] = -1;
    if (description_series(filling->description, series->indicator) < 0) return true;
    int column = dataset_add_series(filling->builder, series->indicator, series->breakdown, error);
    filling->columns[series->number] = column;
    return column >= 0;
}

// Threads note different regions, so nothing is written by two of them.
static bool note_row(const StoreColumns *columns, void *context, Error *error) {
    (void)error;
    Filling *filling = context;
    int region = dataset_find_region(filling->builder, columns->region);
    if (region < 0) return true;
    size_t cells = columns->series_count * (size_t)columns->year_count;
    RegionRow *row = &filling->rows[region];
    *row = (RegionRow){.first_year = columns->first_year,
                       .year_count = columns->year_count,
                       .series = memory_new(columns->series_count, sizeof *row->series),
                       .series_count = columns->series_count,
                       .values = memory_resize(NULL, cells + 1, sizeof *row->values)};
    memcpy(row->series, columns->series, columns->series_count * sizeof *row->series);
    memcpy(row->values, columns->values, cells * sizeof *row->values);
    return true;
}

static bool read_part(int part, int parts, void *context, Error *error) {
    Filling *filling = context;
    StoreColumnsQuery query = {
        .region = filling->region, .part = part, .parts = parts, .as_of = filling->data_version};
    return store_read_columns(filling->store, &query, note_row, filling, NULL, error);
}

static bool read_rows(Filling *filling, const RegionTree *tree, Error *error) {
    size_t wanted = 0;
    for (size_t i = 0; i < tree->count; i++)
        wanted += dataset_find_region(filling->builder, tree->nodes[i].code) >= 0;
    filling->rows = memory_new(wanted, sizeof *filling->rows);
    if (wanted > FEW_REGIONS) return parallel_run(READERS, read_part, filling, error);
    for (size_t i = 0; i < tree->count; i++) {
        filling->region = tree->nodes[i].code;
        if (dataset_find_region(filling->builder, filling->region) >= 0 &&
            !read_part(0, 1, filling, error))
            return false;
    }
    return true;
}

// Years before the first figure of all would only take room.
static int first_year_of(const Filling *filling, size_t regions, int earliest, int year) {
    int first = year;
    for (size_t r = 0; r < regions; r++)
        if (filling->rows[r].year_count > 0 && filling->rows[r].first_year < first)
            first = filling->rows[r].first_year;
    return first < earliest ? earliest : first;
}

// Lays a region's values out as the dataset has its series and years.
static void spread_row(const Filling *filling, const RegionRow *row, double *out) {
    const DatasetHeader *header = filling->dataset->header;
    size_t cells = (size_t)header->series_count * header->year_count;
    for (size_t i = 0; i < cells; i++)
        out[i] = NAN;
    int last = header->first_year + (int)header->year_count - 1;
    int from = row->first_year > header->first_year ? row->first_year : header->first_year;
    int to =
        row->first_year + row->year_count - 1 < last ? row->first_year + row->year_count - 1 : last;
    for (size_t s = 0; s < row->series_count && from <= to; s++) {
        int column = filling->columns[row->series[s]];
        if (column < 0) continue;
        memcpy(out + (size_t)column * header->year_count + (size_t)(from - header->first_year),
               row->values + s * (size_t)row->year_count + (size_t)(from - row->first_year),
               (size_t)(to - from + 1) * sizeof *out);
    }
}

static bool put_part(int part, int parts, void *context, Error *error) {
    (void)error;
    Filling *filling = context;
    const DatasetHeader *header = filling->dataset->header;
    size_t cells = (size_t)header->series_count * header->year_count;
    size_t groups = (header->region_count + DATASET_ROWS_MOST - 1) / DATASET_ROWS_MOST;
    double *room = memory_resize(NULL, DATASET_ROWS_MOST * cells + 1, sizeof *room);
    for (size_t g = groups * (size_t)part / (size_t)parts;
         g < groups * (size_t)(part + 1) / (size_t)parts; g++) {
        const double *rows[DATASET_ROWS_MOST];
        size_t first = g * DATASET_ROWS_MOST, count = 0;
        for (; count < DATASET_ROWS_MOST && first + count < header->region_count; count++) {
            const RegionRow *row = &filling->rows[first + count];
            rows[count] = row->values ? room + count * cells : NULL;
            if (row->values) spread_row(filling, row, room + count * cells);
        }
        dataset_put_rows(filling->dataset, first, count, rows);
    }
    free(room);
    return true;
}

static void free_filling(Filling *filling, size_t regions) {
    for (size_t r = 0; filling->rows && r < regions; r++) {
        free(filling->rows[r].series);
        free(filling->rows[r].values);
    }
    free(filling->rows);
    free(filling->columns);
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

static bool make_dataset(Filling *filling, size_t regions, int year, Error *error) {
    int first =
        first_year_of(filling, regions, figure_first_year(filling->description, year), year);
    dataset_set_years(filling->builder, first, year);
    bool many = regions > FEW_REGIONS;
    bool good = dataset_finish_shared(filling->builder, true, &filling->dataset, error);
    filling->builder = NULL;
    return good && parallel_run(many ? READERS : 1, put_part, filling, error);
}

bool run_read_data(Store *store, const RunDataQuery *query, RunData *data, Error *error) {
    const Description *description = query->description;
    const json_t *regions = query->regions;
    int year = query->year;
    RegionTree tree = {0};
    Filling filling = {.store = store,
                       .description = description,
                       .builder = dataset_builder_new(year, year),
                       .data_version = query->data_version,
                       .from_revisions = query->from_revisions};
    *data = (RunData){0};
    bool good = read_tree(store, &tree, error) &&
                (regions ? add_kept_regions(filling.builder, regions, error)
                         : add_current_regions(filling.builder, &tree, description, error)) &&
                store_read_series(store, add_series, &filling, error) &&
                read_rows(&filling, &tree, error);
    size_t count = dataset_region_count(filling.builder);
    good = good && make_dataset(&filling, count, year, error);
    dataset_builder_free(filling.builder);
    free_filling(&filling, count);
    data->dataset = filling.dataset;
    if (good) {
        data->roles = memory_new(count, 1);
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
