// The figures an evaluation reads, as columns: one per series, breakdown and year over all regions.
//
// A dataset is one run of bytes without pointers, so that the host can build it once, seal it in a
// memfd and let workers map it read-only. Missing values are NaN. A DatasetBuilder belongs to one
// thread; a Dataset is immutable and may be read from any.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/map.h"

enum { DATASET_CODE_SIZE = 20, DATASET_ID_SIZE = 68 };

typedef enum RegionRole {
    REGION_COMPARED,  // here for comparison only
    REGION_EVALUATED, // results are wanted
    REGION_SILENT,    // would be evaluated, but reported nothing for the year
    REGION_ROLE_COUNT
} RegionRole;

typedef struct DatasetRegion {
    char code[DATASET_CODE_SIZE];
    int32_t parent; // index of the parent among these regions, -1 when it is not there
    int32_t role;   // RegionRole
} DatasetRegion;

typedef struct DatasetSeries {
    char id[DATASET_ID_SIZE];
    char breakdown[DATASET_ID_SIZE];
} DatasetSeries;

typedef struct DatasetHeader {
    char magic[8];
    int64_t data_version;
    uint32_t region_count, series_count, year_count;
    int32_t first_year;
    uint64_t bytes; // of the whole, header included
} DatasetHeader;

typedef struct Dataset {
    const DatasetHeader *header;
    const DatasetRegion *regions;
    const DatasetSeries *series;
    const double *values; // [series][year][region]
    bool mapped;          // to be unmapped, else freed
} Dataset;

// The value of a column; NaN outside the dataset's years or for column -1.
static inline double dataset_value(const Dataset *dataset, int column, int year, size_t region) {
    const DatasetHeader *header = dataset->header;
    int offset = year - header->first_year;
    if (column < 0 || offset < 0 || offset >= (int)header->year_count) return __builtin_nan("");
    return dataset
        ->values[((size_t)column * header->year_count + (size_t)offset) * header->region_count +
                 region];
}

typedef struct DatasetBuilder DatasetBuilder;

// Starts a dataset for years first_year … last_year.
DatasetBuilder *dataset_builder_new(int first_year, int last_year);
// Adds a region or a series and gives its index; one that is there already is only looked up.
// Codes and ids must be shorter than their fields; longer ones are an ERROR_INPUT (-1).
int dataset_add_region(DatasetBuilder *builder, const char *code, RegionRole role, Error *error);
void dataset_set_parent(DatasetBuilder *builder, int region, int parent);
int dataset_add_series(DatasetBuilder *builder, const char *id, const char *breakdown,
                       Error *error);
// -1 when it was not added.
int dataset_find_region(const DatasetBuilder *builder, const char *code);
// Notes a value; years outside the dataset's are left out silently.
void dataset_put(DatasetBuilder *builder, int series, int region, int year, double value);
// Evaluated regions that nothing was put for in that year become silent ones.
void dataset_mark_silent_regions(DatasetBuilder *builder, int year);
// Makes the dataset and frees the builder.
Dataset *dataset_finish(DatasetBuilder *builder, int64_t data_version);
void dataset_builder_free(DatasetBuilder *builder);

// A sealed memfd with the dataset's bytes, close-on-exec; -1 on error.
int dataset_seal(const Dataset *dataset, Error *error);
// Maps a sealed dataset for reading and checks its layout against its size.
MUST_CHECK bool dataset_map(int descriptor, Dataset **out, Error *error);
void dataset_free(Dataset *dataset);

// The column of a series in a breakdown, -1 when there is none. Builds a map on the caller's side:
// fill it once with dataset_index and look up with dataset_column.
void dataset_index(const Dataset *dataset, Map *columns);
int dataset_column(const Map *columns, const char *id, const char *breakdown);
