// The bytes of a region's columns: its current values as a matrix, built from revisions, checked
// before they are believed.
//
// Laid out as ColumnsHeader, the series' numbers ascending, zeros up to a multiple of 8, then the
// values [series][year]; a missing value is NaN. All in the byte order of the machine: another's
// reads as an unknown format and is not believed. Knows neither SQL nor the store; no shared state,
// any thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

// Columns of more years than this are not stored: one mistyped year would make them a hundred times
// as large as the figures in them.
enum { COLUMNS_STORED_YEARS = 256 };

typedef struct ColumnsHeader {
    uint32_t format; // COLUMNS_FORMAT
    uint32_t first_year, year_count, series_count;
} ColumnsHeader;

enum { COLUMNS_FORMAT = 1 };

// What bytes say; points into them.
typedef struct Columns {
    int first_year, year_count; // 0 and 0 when there is no value
    size_t series_count;
    const uint32_t *series; // ascending
    const double *values;   // [series][year]
} Columns;

typedef struct ColumnsCell {
    uint32_t series;
    int32_t year;
    double value; // NaN when the figure was withdrawn
} ColumnsCell;

// Zeroed at first; free with columns_builder_free. May be used for one region after the other.
typedef struct ColumnsBuilder {
    ColumnsCell *cells; // owned
    size_t cell_count, cell_capacity;
    char *bytes; // owned; aligned for doubles
    size_t length, capacity;
} ColumnsBuilder;

void columns_builder_begin(ColumnsBuilder *builder);
// Takes revisions in order of series, year, revision: the last of a figure counts. False when the
// numbers are none of a series or a year.
MUST_CHECK bool columns_builder_add(ColumnsBuilder *builder, int64_t series, int64_t year,
                                    double value);
// Takes columns, then the changes of some figures, in the order in which they were made; they are
// sorted.
void columns_builder_merge(ColumnsBuilder *builder, const Columns *columns, ColumnsCell *changes,
                           size_t count);
// Lays the columns out in `bytes`, `length` long, until the next begin.
void columns_builder_finish(ColumnsBuilder *builder);
// Takes bytes as they are, for an alignment they may not have where they are.
void columns_builder_copy(ColumnsBuilder *builder, const void *bytes, size_t length);
void columns_builder_free(ColumnsBuilder *builder);

// False unless the bytes, which must be aligned for doubles, are laid out as above and name no
// series beyond `series_known`.
MUST_CHECK bool columns_parse(const void *bytes, size_t length, uint32_t series_known,
                              Columns *columns);
// Differs also when the bytes are of another region or data version.
int64_t columns_checksum(const void *bytes, size_t length, int64_t region, int64_t data_version);
