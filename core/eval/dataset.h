// The figures an evaluation reads, as columns: one per series, breakdown and year over all regions.
//
// A dataset is one run of bytes without pointers. The host keeps it in a memfd that it alone can
// write, so that it changes row by row as observations do; workers map the same bytes read-only.
// Missing values are NaN. A DatasetBuilder and the writing functions belong to one thread, but for
// dataset_put_rows; a dataset nobody writes may be read from any.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/map.h"

enum { DATASET_CODE_SIZE = 20, DATASET_ID_SIZE = 68, DATASET_ROWS_MOST = 8 };

typedef struct DatasetRegion {
    char code[DATASET_CODE_SIZE];
    int32_t parent; // index of the parent among these regions, -1 when it is not there
} DatasetRegion;

typedef struct DatasetSeries {
    char id[DATASET_ID_SIZE];
    char breakdown[DATASET_ID_SIZE];
} DatasetSeries;

typedef struct DatasetHeader {
    char magic[8];
    uint32_t region_count, series_count, year_count;
    int32_t first_year;
    uint64_t region_stride; // doubles from one year's column to the next, at least region_count
    uint64_t bytes;         // of the whole, header included
} DatasetHeader;

typedef struct Dataset {
    const DatasetHeader *header;
    const DatasetRegion *regions;
    const DatasetSeries *series;
    double *values; // [series][year][region]; written by its owner alone
    bool mapped;    // to be unmapped, else freed
    int descriptor; // of a shared dataset, -1 for others
    size_t others;  // who hold it too
} Dataset;

// The values of a column in one year over all regions; NULL outside the dataset's years or for
// column -1: all are missing.
static inline const double *dataset_column_year(const Dataset *dataset, int column, int year) {
    const DatasetHeader *header = dataset->header;
    int offset = year - header->first_year;
    if (column < 0 || offset < 0 || offset >= (int)header->year_count) return NULL;
    return dataset->values +
           ((size_t)column * header->year_count + (size_t)offset) * header->region_stride;
}

// One value; NaN where there is none.
static inline double dataset_value(const Dataset *dataset, int column, int year, size_t region) {
    const double *values = dataset_column_year(dataset, column, year);
    return values ? values[region] : __builtin_nan("");
}

typedef struct DatasetBuilder DatasetBuilder;

// Starts a dataset for years first_year … last_year.
DatasetBuilder *dataset_builder_new(int first_year, int last_year);
// Adds a region or a series and gives its index; one that is there already is only looked up.
// Codes and ids must be shorter than their fields; longer ones are an ERROR_INPUT (-1).
int dataset_add_region(DatasetBuilder *builder, const char *code, Error *error);
// Adds a region although there may be others of that code: separate worlds beside each other, each
// with its own. dataset_find_region finds one of them.
int dataset_add_namesake(DatasetBuilder *builder, const char *code, Error *error);
// The parent, or -1, may be added later; a dataset with one that was not added ends the process.
void dataset_set_parent(DatasetBuilder *builder, int region, int parent);
int dataset_add_series(DatasetBuilder *builder, const char *id, const char *breakdown,
                       Error *error);
// -1 when it was not added.
int dataset_find_region(const DatasetBuilder *builder, const char *code);
size_t dataset_region_count(const DatasetBuilder *builder);
const char *dataset_region_code(const DatasetBuilder *builder, size_t region);
// Other years than it was started with; before any value is noted.
void dataset_set_years(DatasetBuilder *builder, int first_year, int last_year);
// Notes a value; years outside the dataset's are left out silently.
void dataset_put(DatasetBuilder *builder, int series, int region, int year, double value);
// Make the dataset with the values noted and free the builder, also on failure: in ordinary memory,
// or in a memfd.
Dataset *dataset_finish(DatasetBuilder *builder);
MUST_CHECK bool dataset_finish_shared(DatasetBuilder *builder, Dataset **out, Error *error);
// Makes a shared dataset of the regions and series and leaves the builder as it is. It holds no
// values yet, not even missing ones: dataset_put_rows must give those of every region.
MUST_CHECK bool dataset_copy_shared(const DatasetBuilder *builder, Dataset **out, Error *error);
// Whether another dataset has the same regions, in the same order, and all series and years; and
// whether it has no others, in the same order.
bool dataset_is_part(const DatasetBuilder *builder, const Dataset *of);
bool dataset_is_all(const DatasetBuilder *builder, const Dataset *of);
void dataset_builder_free(DatasetBuilder *builder);

// Changes one value; outside the dataset's years nothing happens.
void dataset_set(Dataset *dataset, int column, int year, size_t region, double value);
// Puts the values of regions from `first_region` on; rows[k] is [series][year] of the k-th, NULL to
// leave it alone. Neighbours put together cost little more than one. Threads may put different
// regions at once.
void dataset_put_rows(Dataset *dataset, size_t first_region,
                      const double *const rows[DATASET_ROWS_MOST]);
// Puts all values, as another dataset has them of which this one is a part.
void dataset_put_part(Dataset *dataset, const Dataset *of);

// Maps a shared dataset for reading and checks its layout against its size.
MUST_CHECK bool dataset_map(int descriptor, Dataset **out, Error *error);
// Lets it go; the last one to hold it frees it. NULL is allowed.
void dataset_free(Dataset *dataset);
// Holds it once more. As long as several do it must not change. On one thread.
Dataset *dataset_hold(Dataset *dataset);

// The column of a series in a breakdown, -1 when there is none. Builds a map on the caller's side:
// fill it once with dataset_index and look up with dataset_column.
void dataset_index(const Dataset *dataset, Map *columns);
int dataset_column(const Map *columns, const char *id, const char *breakdown);
