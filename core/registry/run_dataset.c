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
        (RegionNode){memory_copy_string(region->code), memory_copy_string(region->parent), -1};
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
    while (node >= 0 && node != ancestor)
        node = tree->nodes[node].parent;
    return node == ancestor;
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

bool run_read_seen(Store *store, const Description *description, Map *seen, Error *error) {
    RegionTree tree = {0};
    DatasetBuilder *builder = dataset_builder_new(0, 0);
    bool good =
        read_tree(store, &tree, error) && add_current_regions(builder, &tree, description, error);
    for (size_t i = 0; i < tree.count && good; i++)
        if (dataset_find_region(builder, tree.nodes[i].code) >= 0)
            map_put(seen, tree.nodes[i].code, 0);
    dataset_builder_free(builder);
    free_tree(&tree);
    return good;
}

// The regions of a run's identity: [ [code, parent's place or −1, RegionRole] … ].
static bool add_kept_regions(DatasetBuilder *builder, const json_t *regions, Error *error) {
    const json_int_t count = (json_int_t)json_array_size(regions);
    for (json_int_t i = 0; i < count; i++) {
        const json_t *row = json_array_get(regions, (size_t)i);
        const char *code = json_string_value(json_array_get(row, 0));
        json_int_t parent = json_integer_value(json_array_get(row, 1));
        json_int_t role = json_integer_value(json_array_get(row, 2));
        if (!code || role < 0 || role >= REGION_ROLE_COUNT || parent < -1 || parent >= count ||
            parent == i || dataset_add_region(builder, code, error) != (int)i)
            return error_set(error, ERROR_STORE,
                             T("the run's regions are damaged", "运行记录中的行政区划已损坏"));
        dataset_set_parent(builder, (int)i, (int)parent);
    }
    return true;
}

// ---- values ------------------------------------------------------------------------------------

typedef struct Filling {
    Store *store;
    const RunDataQuery *query;
    const char *region; // only this one; NULL for all
    int *columns;       // by series number: the dataset's column, -1 for none
    size_t column_count;
    DatasetBuilder *builder;
    Dataset *dataset;
    Map regions; // code → region of the dataset
    bool *put;   // by region: its values are in
    int parts;
    int *first_years;   // by part: the earliest seen
    size_t *mistrusted; // by part: regions whose columns were not believed
} Filling;

// The rows a reader has at hand: those of neighbours, put together.
typedef struct RowGroup {
    Filling *filling;
    int part;
    size_t first; // region of the first row
    const double *rows[DATASET_ROWS_MOST];
    double *room; // as many rows
} RowGroup;

static bool add_series(const StoreSeries *series, void *context, Error *error) {
    Filling *filling = context;
    filling->columns =
        memory_resize(filling->columns, series->number + 1, sizeof *filling->columns);
    while (filling->column_count <= series->number)
        filling->columns[filling->column_count++] = -1;
    if (description_series(filling->query->description, series->indicator) < 0) return true;
    int column = dataset_add_series(filling->builder, series->indicator, series->breakdown, error);
    filling->columns[series->number] = column;
    return column >= 0;
}

// Lays a region's values out as the dataset has its series and years.
static void spread_row(const Filling *filling, const StoreColumns *row, double *out) {
    const DatasetHeader *header = filling->dataset->header;
    size_t years = header->year_count, cells = header->series_count * years;
    for (size_t i = 0; i < cells; i++)
        out[i] = NAN;
    int last = header->first_year + (int)years - 1,
        row_last = row->first_year + row->year_count - 1;
    int from = row->first_year > header->first_year ? row->first_year : header->first_year;
    int to = row_last < last ? row_last : last;
    for (size_t s = 0; s < row->series_count && from <= to; s++) {
        uint32_t number = row->series[s];
        // Without a data version of its own the reading may meet series put in since.
        int column = number < filling->column_count ? filling->columns[number] : -1;
        if (column < 0) continue;
        memcpy(out + (size_t)column * years + (size_t)(from - header->first_year),
               row->values + s * (size_t)row->year_count + (size_t)(from - row->first_year),
               (size_t)(to - from + 1) * sizeof *out);
    }
}

static void put_group(RowGroup *group) {
    dataset_put_rows(group->filling->dataset, group->first, group->rows);
    memset(group->rows, 0, sizeof group->rows);
}

// Threads take different regions, so nothing is written by two of them.
static bool take_row(const StoreColumns *columns, void *context, Error *error) {
    (void)error;
    RowGroup *group = context;
    Filling *filling = group->filling;
    int64_t region = map_get(&filling->regions, columns->region);
    if (region == MAP_MISSING) return true;
    if (columns->first_year < filling->first_years[group->part])
        filling->first_years[group->part] = columns->first_year;
    size_t place = (size_t)region % DATASET_ROWS_MOST, first = (size_t)region - place;
    if (first != group->first) put_group(group);
    const DatasetHeader *header = filling->dataset->header;
    double *row = group->room + place * header->series_count * header->year_count;
    spread_row(filling, columns, row);
    group->first = first;
    group->rows[place] = row;
    filling->put[region] = true;
    return true;
}

static bool read_part(int part, int parts, void *context, Error *error) {
    Filling *filling = context;
    const DatasetHeader *header = filling->dataset->header;
    size_t cells = (size_t)header->series_count * header->year_count;
    RowGroup group = {.filling = filling,
                      .part = part,
                      .room = memory_resize(NULL, DATASET_ROWS_MOST * cells + 1, sizeof(double))};
    StoreColumnsQuery query = {.region = filling->region,
                               .part = part,
                               .parts = parts,
                               .as_of = filling->query->data_version,
                               .from_revisions = filling->query->from_revisions};
    StoreColumnsReport report = {0};
    bool good = store_read_columns(filling->store, &query, take_row, &group, &report, error);
    filling->mistrusted[part] += report.stale + report.damaged;
    put_group(&group);
    free(group.room);
    return good;
}

// Regions without any value miss all of them.
static void put_missing(Filling *filling) {
    const DatasetHeader *header = filling->dataset->header;
    size_t cells = (size_t)header->series_count * header->year_count;
    double *missing = memory_resize(NULL, cells + 1, sizeof *missing);
    for (size_t i = 0; i < cells; i++)
        missing[i] = NAN;
    for (size_t first = 0; first < header->region_count; first += DATASET_ROWS_MOST) {
        const double *rows[DATASET_ROWS_MOST] = {NULL};
        for (size_t k = 0; k < DATASET_ROWS_MOST && first + k < header->region_count; k++)
            if (!filling->put[first + k]) rows[k] = missing;
        dataset_put_rows(filling->dataset, first, rows);
    }
    free(missing);
}

static bool read_all(Filling *filling, Error *error) {
    const DatasetHeader *header = filling->dataset->header;
    memset(filling->put, 0, header->region_count * sizeof *filling->put);
    bool good = true;
    if (header->region_count > FEW_REGIONS) {
        good = parallel_run(filling->parts, read_part, filling, error);
    } else {
        for (uint32_t r = 0; r < header->region_count && good; r++) {
            filling->region = filling->dataset->regions[r].code;
            good = read_part(0, 1, filling, error);
        }
    }
    put_missing(filling);
    return good;
}

// ---- years -------------------------------------------------------------------------------------

static bool note_first_year(const StoreColumns *columns, void *context, Error *error) {
    (void)error;
    int *first = context;
    if (columns->first_year < *first) *first = columns->first_year;
    return true;
}

// Years before the first figure of all would only take room. What a few regions have is a guess.
static bool guess_first_year(const Filling *filling, const char *const *codes, size_t count,
                             int *first, Error *error) {
    enum { TRIES = 3 };
    for (size_t i = 1; i <= TRIES && i <= count; i++) {
        StoreColumnsQuery query = {.region = codes[count - i],
                                   .as_of = filling->query->data_version,
                                   .from_revisions = filling->query->from_revisions};
        if (!store_read_columns(filling->store, &query, note_first_year, first, NULL, error))
            return false;
    }
    return true;
}

static bool make_dataset(Filling *filling, int first_year, Error *error) {
    int earliest = figure_first_year(filling->query->description, filling->query->year);
    int year = filling->query->year;
    first_year = first_year < earliest ? earliest : first_year > year ? year : first_year;
    dataset_free(filling->dataset);
    filling->dataset = NULL;
    dataset_set_years(filling->builder, first_year, year);
    const RunDataQuery *query = filling->query;
    return dataset_copy_shared(filling->builder, &filling->dataset, error) &&
           (!query->made || query->made(query->made_context, filling->dataset, error));
}

// Reads once with the years guessed, and again when a region turns out to go further back.
static bool fill(Filling *filling, const char *const *codes, size_t count, Error *error) {
    int guess = filling->query->year;
    if (!guess_first_year(filling, codes, count, &guess, error)) return false;
    for (int attempt = 0; attempt < 2; attempt++) {
        if (!make_dataset(filling, guess, error)) return false;
        for (int p = 0; p < filling->parts; p++)
            filling->first_years[p] = guess;
        if (!read_all(filling, error)) return false;
        int seen = guess;
        for (int p = 0; p < filling->parts; p++)
            if (filling->first_years[p] < seen) seen = filling->first_years[p];
        bool missed = seen < filling->dataset->header->first_year &&
                      filling->dataset->header->first_year >
                          figure_first_year(filling->query->description, filling->query->year);
        if (!missed) return true;
        guess = seen;
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

static bool add_regions(Filling *filling, const RegionTree *tree, Error *error) {
    const RunDataQuery *query = filling->query;
    return query->regions ? add_kept_regions(filling->builder, query->regions, error)
                          : add_current_regions(filling->builder, tree, query->description, error);
}

// Fills the dataset of the regions and series that were added.
static bool fill_regions(Filling *filling, Error *error) {
    size_t count = dataset_region_count(filling->builder);
    const char **codes = memory_new(count, sizeof *codes);
    for (size_t r = 0; r < count; r++) {
        codes[r] = dataset_region_code(filling->builder, r);
        map_put(&filling->regions, codes[r], (int64_t)r);
    }
    filling->put = memory_new(count, sizeof *filling->put);
    filling->parts = READERS;
    filling->first_years = memory_new(READERS, sizeof *filling->first_years);
    filling->mistrusted = memory_new(READERS, sizeof *filling->mistrusted);
    bool good = fill(filling, codes, count, error);
    free(codes);
    return good;
}

// Which regions and series there are; the years are left open.
static bool begin_filling(Filling *filling, RegionTree *tree, Error *error) {
    return read_tree(filling->store, tree, error) && add_regions(filling, tree, error) &&
           store_read_series(filling->store, add_series, filling, error);
}

static void end_filling(Filling *filling, RegionTree *tree) {
    dataset_builder_free(filling->builder);
    map_free(&filling->regions);
    free(filling->columns);
    free(filling->put);
    free(filling->first_years);
    free(filling->mistrusted);
    free_tree(tree);
}

bool run_read_data(Store *store, const RunDataQuery *query, RunData *data, Error *error) {
    RegionTree tree = {0};
    Filling filling = {
        .store = store, .query = query, .builder = dataset_builder_new(query->year, query->year)};
    *data = (RunData){0};
    bool good = begin_filling(&filling, &tree, error) && fill_regions(&filling, error);
    data->dataset = filling.dataset;
    for (int p = 0; p < filling.parts; p++)
        data->mistrusted += filling.mistrusted[p];
    if (good) {
        data->roles = memory_new(data->dataset->header->region_count, 1);
        // A run that is repeated keeps to the roles its regions had.
        if (query->regions)
            take_kept_roles(query->regions, data->roles);
        else
            find_roles(&tree, query->description, data->dataset, query->year, data->roles);
    } else {
        run_data_free(data);
    }
    end_filling(&filling, &tree);
    return good;
}

// The year a dataset of this query would begin with; false where the data at hand does not tell.
static bool know_first_year(const RunDataQuery *query, const KnownData *known, int *first) {
    int earliest = figure_first_year(query->description, query->year);
    int known_earliest = figure_first_year(known->description, known->year);
    *first = known->data->dataset->header->first_year;
    // Figures of years before those that were looked at may have come, and nobody took them in.
    if (earliest < known_earliest) return false;
    if (*first < earliest) *first = earliest;
    return *first <= query->year;
}

// Holds the dataset at hand where it is all there is to be, else makes one that is a part of it.
static bool take_known(Filling *filling, Dataset *at_hand, int first_year, Error *error) {
    const RunDataQuery *query = filling->query;
    if (dataset_is_all(filling->builder, at_hand)) {
        filling->dataset = dataset_hold(at_hand);
        return !query->made || query->made(query->made_context, at_hand, error);
    }
    if (!dataset_is_part(filling->builder, at_hand) || !make_dataset(filling, first_year, error))
        return false;
    dataset_put_part(filling->dataset, at_hand);
    return true;
}

bool run_take_data(Store *store, const RunDataQuery *query, const KnownData *known, RunData *data) {
    RegionTree tree = {0};
    Error ignored = {0};
    int first = query->year;
    Filling filling = {
        .store = store, .query = query, .builder = dataset_builder_new(query->year, query->year)};
    bool good = query->data_version == known->data_version && query->year == known->year &&
                know_first_year(query, known, &first) && begin_filling(&filling, &tree, &ignored);
    if (good) dataset_set_years(filling.builder, first, query->year);
    good = good && take_known(&filling, known->data->dataset, first, &ignored);
    *data = (RunData){.dataset = filling.dataset};
    if (good) {
        data->roles = memory_new(data->dataset->header->region_count, 1);
        find_roles(&tree, query->description, data->dataset, query->year, data->roles);
    } else {
        run_data_free(data);
    }
    end_filling(&filling, &tree);
    return good;
}

void run_data_free(RunData *data) {
    dataset_free(data->dataset);
    free(data->roles);
    *data = (RunData){0};
}
