// Laying out and checking a region's columns: see columns.h.
#include "db/columns.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "core/base/memory.h"

enum { LAST_YEAR = 9999 };

// ---- building ----------------------------------------------------------------------------------

void columns_builder_begin(ColumnsBuilder *builder) {
    builder->cell_count = 0;
    builder->length = 0;
}

static uint64_t place_of(const ColumnsCell *cell) {
    return (uint64_t)cell->series << 32 | (uint32_t)cell->year;
}

static void add_cell(ColumnsBuilder *builder, const ColumnsCell *cell) {
    if (builder->cell_count > 0) {
        ColumnsCell *last = &builder->cells[builder->cell_count - 1];
        if (place_of(last) == place_of(cell)) {
            *last = *cell;
            return;
        }
    }
    ARRAY_RESERVE(builder->cells, builder->cell_count, builder->cell_capacity);
    builder->cells[builder->cell_count++] = *cell;
}

bool columns_builder_add(ColumnsBuilder *builder, int64_t series, int64_t year, double value) {
    if (series < 1 || series > UINT32_MAX || year < 1 || year > LAST_YEAR) return false;
    const ColumnsCell cell = {(uint32_t)series, (int32_t)year, value};
    add_cell(builder, &cell);
    return true;
}

// Few, mostly sorted, and the order of the same figure's changes must stay.
static void sort_by_place(ColumnsCell *cells, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const ColumnsCell cell = cells[i];
        size_t at = i;
        for (; at > 0 && place_of(&cells[at - 1]) > place_of(&cell); at--)
            cells[at] = cells[at - 1];
        cells[at] = cell;
    }
}

void columns_builder_merge(ColumnsBuilder *builder, const Columns *columns, ColumnsCell *changes,
                           size_t count) {
    const size_t years = (size_t)columns->year_count, cells = columns->series_count * years;
    size_t next = 0;
    sort_by_place(changes, count);
    for (size_t i = 0; i < cells; i++) {
        const ColumnsCell cell = {columns->series[i / years],
                                  columns->first_year + (int32_t)(i % years), columns->values[i]};
        if (isnan(cell.value)) continue;
        while (next < count && place_of(&changes[next]) < place_of(&cell))
            add_cell(builder, &changes[next++]);
        add_cell(builder, &cell);
    }
    while (next < count)
        add_cell(builder, &changes[next++]);
}

// Only what has a value is laid out: a withdrawn figure leaves no trace.
static void drop_withdrawn(ColumnsBuilder *builder) {
    size_t kept = 0;
    for (size_t i = 0; i < builder->cell_count; i++)
        if (!isnan(builder->cells[i].value)) builder->cells[kept++] = builder->cells[i];
    builder->cell_count = kept;
}

static ColumnsHeader header_of(const ColumnsBuilder *builder) {
    ColumnsHeader header = {.format = COLUMNS_FORMAT};
    int first = LAST_YEAR, last = 0;
    for (size_t i = 0; i < builder->cell_count; i++) {
        const ColumnsCell *cell = &builder->cells[i];
        if (cell->year < first) first = cell->year;
        if (cell->year > last) last = cell->year;
        header.series_count += i == 0 || cell->series != cell[-1].series;
    }
    if (builder->cell_count == 0) return header;
    header.first_year = (uint32_t)first;
    header.year_count = (uint32_t)(last - first + 1);
    return header;
}

static uint64_t values_offset(uint64_t series_count) {
    uint64_t end = sizeof(ColumnsHeader) + series_count * sizeof(uint32_t);
    return (end + 7) & ~(uint64_t)7;
}

static uint64_t length_of(const ColumnsHeader *header) {
    uint64_t cells = (uint64_t)header->series_count * header->year_count;
    return values_offset(header->series_count) + cells * sizeof(double);
}

static void set_length(ColumnsBuilder *builder, size_t length) {
    if (length > builder->capacity) {
        builder->capacity = length + length / 2;
        builder->bytes = memory_resize(builder->bytes, builder->capacity, 1);
    }
    builder->length = length;
}

void columns_builder_finish(ColumnsBuilder *builder) {
    drop_withdrawn(builder);
    const ColumnsHeader header = header_of(builder);
    const size_t start = values_offset(header.series_count);
    const size_t cells = (size_t)header.series_count * header.year_count;
    set_length(builder, length_of(&header));
    memset(builder->bytes, 0, start);
    memcpy(builder->bytes, &header, sizeof header);
    uint32_t *series = (uint32_t *)(builder->bytes + sizeof header);
    double *values = (double *)(builder->bytes + start);
    for (size_t i = 0; i < cells; i++)
        values[i] = NAN;
    for (size_t i = 0; i < builder->cell_count; i++) {
        const ColumnsCell *cell = &builder->cells[i];
        if (i > 0 && cell->series != cell[-1].series) {
            series++;
            values += header.year_count;
        }
        *series = cell->series;
        values[(uint32_t)cell->year - header.first_year] = cell->value;
    }
}

void columns_builder_copy(ColumnsBuilder *builder, const void *bytes, size_t length) {
    set_length(builder, length);
    memcpy(builder->bytes, bytes, length);
}

void columns_builder_free(ColumnsBuilder *builder) {
    free(builder->cells);
    free(builder->bytes);
    *builder = (ColumnsBuilder){0};
}

// ---- reading -----------------------------------------------------------------------------------

static bool is_plausible(const ColumnsHeader *header, size_t length) {
    if (header->format != COLUMNS_FORMAT || header->first_year > LAST_YEAR ||
        header->year_count > LAST_YEAR || header->first_year + header->year_count > LAST_YEAR + 1)
        return false;
    return length_of(header) == length;
}

bool columns_parse(const void *bytes, size_t length, uint32_t series_known, Columns *columns) {
    if (length < sizeof(ColumnsHeader)) return false;
    const ColumnsHeader *header = bytes;
    if (!is_plausible(header, length)) return false;
    const uint32_t *series = (const uint32_t *)(header + 1);
    uint32_t before = 0;
    for (size_t i = 0; i < header->series_count; i++) {
        if (series[i] <= before || series[i] > series_known) return false;
        before = series[i];
    }
    *columns = (Columns){
        .first_year = (int)header->first_year,
        .year_count = (int)header->year_count,
        .series_count = header->series_count,
        .series = series,
        .values = (const double *)((const char *)bytes + values_offset(header->series_count))};
    return true;
}

int64_t columns_checksum(const void *bytes, size_t length, int64_t region, int64_t data_version) {
    const int64_t place[] = {region, data_version};
    return (int64_t)XXH3_64bits_withSeed(bytes, length, XXH3_64bits(place, sizeof place));
}
