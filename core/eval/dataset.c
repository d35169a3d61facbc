// Building, sealing and mapping columns: see dataset.h.
#include "core/eval/dataset.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/base/memory.h"

static const char MAGIC[8] = "BCDATA2";

typedef struct Cell {
    int series, region, year;
    double value;
} Cell;

struct DatasetBuilder {
    int first_year, last_year;
    DatasetRegion *regions;
    size_t region_count, region_capacity;
    DatasetSeries *series;
    size_t series_count, series_capacity;
    Cell *cells;
    size_t cell_count, cell_capacity;
    Map region_by_code, series_by_key;
};

typedef struct SeriesKey {
    char text[2 * DATASET_ID_SIZE + 2];
} SeriesKey;

static SeriesKey series_key(const char *id, const char *breakdown) {
    SeriesKey key;
    snprintf(key.text, sizeof key.text, "%s|%s", id, breakdown);
    return key;
}

void dataset_set_years(DatasetBuilder *builder, int first_year, int last_year) {
    builder->first_year = first_year;
    builder->last_year = last_year < first_year ? first_year : last_year;
}

DatasetBuilder *dataset_builder_new(int first_year, int last_year) {
    DatasetBuilder *builder = memory_new(1, sizeof *builder);
    dataset_set_years(builder, first_year, last_year);
    return builder;
}

static bool too_long(const char *text, size_t size, Error *error) {
    if (strlen(text) < size) return false;
    error_set(error, ERROR_INPUT, T("\"%s\" is longer than %zu bytes", "\"%s\" 超过 %zu 字节"),
              text, size - 1);
    return true;
}

int dataset_add_region(DatasetBuilder *builder, const char *code, Error *error) {
    int known = dataset_find_region(builder, code);
    return known >= 0 ? known : dataset_add_namesake(builder, code, error);
}

int dataset_add_namesake(DatasetBuilder *builder, const char *code, Error *error) {
    if (too_long(code, DATASET_CODE_SIZE, error)) return -1;
    ARRAY_RESERVE(builder->regions, builder->region_count, builder->region_capacity);
    DatasetRegion *region = &builder->regions[builder->region_count];
    *region = (DatasetRegion){.parent = -1};
    memcpy(region->code, code, strlen(code) + 1); // its length was checked above
    map_put(&builder->region_by_code, code, (int64_t)builder->region_count);
    return (int)builder->region_count++;
}

void dataset_set_parent(DatasetBuilder *builder, int region, int parent) {
    builder->regions[region].parent = parent;
}

int dataset_add_series(DatasetBuilder *builder, const char *id, const char *breakdown,
                       Error *error) {
    if (too_long(id, DATASET_ID_SIZE, error) || too_long(breakdown, DATASET_ID_SIZE, error))
        return -1;
    SeriesKey key = series_key(id, breakdown);
    int64_t known = map_get(&builder->series_by_key, key.text);
    if (known != MAP_MISSING) return (int)known;
    ARRAY_RESERVE(builder->series, builder->series_count, builder->series_capacity);
    DatasetSeries *series = &builder->series[builder->series_count];
    *series = (DatasetSeries){0};
    memcpy(series->id, id, strlen(id) + 1);
    memcpy(series->breakdown, breakdown, strlen(breakdown) + 1);
    map_put(&builder->series_by_key, key.text, (int64_t)builder->series_count);
    return (int)builder->series_count++;
}

int dataset_find_region(const DatasetBuilder *builder, const char *code) {
    return (int)map_get(&builder->region_by_code, code);
}

const char *dataset_region_code(const DatasetBuilder *builder, size_t region) {
    return builder->regions[region].code;
}

size_t dataset_region_count(const DatasetBuilder *builder) {
    return builder->region_count;
}

void dataset_put(DatasetBuilder *builder, int series, int region, int year, double value) {
    if (year < builder->first_year || year > builder->last_year) return;
    ARRAY_RESERVE(builder->cells, builder->cell_count, builder->cell_capacity);
    builder->cells[builder->cell_count++] = (Cell){series, region, year, value};
}

static size_t values_offset(const DatasetHeader *header) {
    size_t tables = sizeof *header + header->region_count * sizeof(DatasetRegion) +
                    header->series_count * sizeof(DatasetSeries);
    return (tables + 63) & ~(size_t)63;
}

static void point_into(Dataset *dataset, char *bytes) {
    dataset->header = (const DatasetHeader *)bytes;
    dataset->regions = (const DatasetRegion *)(bytes + sizeof(DatasetHeader));
    dataset->series = (const DatasetSeries *)(dataset->regions + dataset->header->region_count);
    dataset->values = (double *)(void *)(bytes + values_offset(dataset->header));
}

static DatasetHeader header_of(const DatasetBuilder *builder) {
    DatasetHeader header = {.region_count = (uint32_t)builder->region_count,
                            .series_count = (uint32_t)builder->series_count,
                            .year_count = (uint32_t)(builder->last_year - builder->first_year + 1),
                            .first_year = builder->first_year,
                            .region_stride = (builder->region_count + 7) & ~(uint64_t)7};
    memcpy(header.magic, MAGIC, sizeof MAGIC);
    size_t cells = builder->series_count * header.year_count * header.region_stride;
    header.bytes = values_offset(&header) + cells * sizeof(double);
    return header;
}

// Peers are grouped by their parents' places: one that is none would be written to.
static void require_parents(const DatasetBuilder *builder) {
    for (size_t r = 0; r < builder->region_count; r++) {
        const int parent = builder->regions[r].parent;
        if (parent < -1 || parent >= (int)builder->region_count) abort();
    }
}

// Fills the head of a dataset's bytes.
static Dataset *fill(const DatasetBuilder *builder, const DatasetHeader *header, char *bytes) {
    memcpy(bytes, header, sizeof *header);
    Dataset *dataset = memory_new(1, sizeof *dataset);
    dataset->descriptor = -1;
    point_into(dataset, bytes);
    require_parents(builder);
    if (builder->region_count)
        memcpy((void *)dataset->regions, builder->regions,
               builder->region_count * sizeof(DatasetRegion));
    if (builder->series_count)
        memcpy((void *)dataset->series, builder->series,
               builder->series_count * sizeof(DatasetSeries));
    return dataset;
}

static void put_cells(Dataset *dataset, const DatasetBuilder *builder) {
    const DatasetHeader *header = dataset->header;
    size_t cells = (size_t)header->series_count * header->year_count * header->region_stride;
    for (size_t i = 0; i < cells; i++)
        dataset->values[i] = NAN;
    for (size_t i = 0; i < builder->cell_count; i++) {
        const Cell *cell = &builder->cells[i];
        dataset_set(dataset, cell->series, cell->year, (size_t)cell->region, cell->value);
    }
}

Dataset *dataset_finish(DatasetBuilder *builder) {
    DatasetHeader header = header_of(builder);
    Dataset *dataset = fill(builder, &header, memory_new(header.bytes, 1));
    put_cells(dataset, builder);
    dataset_builder_free(builder);
    return dataset;
}

// Once the host has mapped the memory nobody else can map it for writing.
static void *make_shared(size_t bytes, int *descriptor, Error *error) {
    *descriptor = memfd_create("biaochi-dataset", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    void *memory = MAP_FAILED;
    bool good = *descriptor >= 0 && ftruncate(*descriptor, (off_t)bytes) == 0;
    if (good) memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, *descriptor, 0);
    good = memory != MAP_FAILED &&
           fcntl(*descriptor, F_ADD_SEALS,
                 F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) == 0;
    if (good) return memory;
    error_set_errno(error, errno,
                    T("cannot put the data into shared memory", "无法将数据放入共享内存"));
    if (memory != MAP_FAILED) munmap(memory, bytes);
    if (*descriptor >= 0) close(*descriptor);
    return NULL;
}

bool dataset_copy_shared(const DatasetBuilder *builder, Dataset **out, Error *error) {
    DatasetHeader header = header_of(builder);
    int descriptor;
    char *bytes = make_shared(header.bytes, &descriptor, error);
    if (!bytes) return false;
    *out = fill(builder, &header, bytes);
    (*out)->mapped = true;
    (*out)->descriptor = descriptor;
    return true;
}

bool dataset_finish_shared(DatasetBuilder *builder, Dataset **out, Error *error) {
    bool good = dataset_copy_shared(builder, out, error);
    if (good) put_cells(*out, builder);
    dataset_builder_free(builder);
    return good;
}

static bool has_regions(const DatasetBuilder *builder, const Dataset *of) {
    size_t count = of->header->region_count;
    return count == builder->region_count &&
           (count == 0 || memcmp(of->regions, builder->regions, count * sizeof *of->regions) == 0);
}

bool dataset_is_part(const DatasetBuilder *builder, const Dataset *of) {
    const DatasetHeader *header = of->header;
    Map columns = {0};
    bool part = has_regions(builder, of) && builder->first_year >= header->first_year &&
                builder->last_year < header->first_year + (int)header->year_count;
    if (part) dataset_index(of, &columns);
    for (size_t s = 0; s < builder->series_count && part; s++)
        part = dataset_column(&columns, builder->series[s].id, builder->series[s].breakdown) >= 0;
    map_free(&columns);
    return part;
}

bool dataset_is_all(const DatasetBuilder *builder, const Dataset *of) {
    DatasetHeader header = header_of(builder);
    size_t count = builder->series_count;
    return memcmp(of->header, &header, sizeof header) == 0 && has_regions(builder, of) &&
           (count == 0 || memcmp(of->series, builder->series, count * sizeof *of->series) == 0);
}

void dataset_builder_free(DatasetBuilder *builder) {
    if (!builder) return;
    free(builder->regions);
    free(builder->series);
    free(builder->cells);
    map_free(&builder->region_by_code);
    map_free(&builder->series_by_key);
    free(builder);
}

void dataset_set(Dataset *dataset, int column, int year, size_t region, double value) {
    double *values = (double *)dataset_column_year(dataset, column, year);
    if (values) values[region] = value;
}

// Rows next to each other are written a cache line at a time.
void dataset_put_rows(Dataset *dataset, size_t first_region,
                      const double *const rows[DATASET_ROWS_MOST]) {
    const DatasetHeader *header = dataset->header;
    size_t cells = (size_t)header->series_count * header->year_count, count = 0;
    size_t lanes[DATASET_ROWS_MOST];
    for (size_t k = 0; k < DATASET_ROWS_MOST; k++)
        if (rows[k]) lanes[count++] = k;
    double *column = dataset->values + first_region;
    for (size_t cell = 0; cell < cells; cell++, column += header->region_stride)
        for (size_t i = 0; i < count; i++)
            column[lanes[i]] = rows[lanes[i]][cell];
}

void dataset_put_part(Dataset *dataset, const Dataset *of) {
    const DatasetHeader *header = dataset->header;
    size_t cells = (size_t)header->year_count * header->region_stride;
    Map columns = {0};
    dataset_index(of, &columns);
    for (uint32_t s = 0; s < header->series_count; s++) {
        int column = dataset_column(&columns, dataset->series[s].id, dataset->series[s].breakdown);
        memcpy(dataset->values + s * cells, dataset_column_year(of, column, header->first_year),
               cells * sizeof *dataset->values);
    }
    map_free(&columns);
}

static bool layout_fits(const DatasetHeader *header, size_t size) {
    if (memcmp(header->magic, MAGIC, sizeof MAGIC) != 0 || header->bytes != size) return false;
    if (header->region_count > 10000000 || header->series_count > 1000000 ||
        header->year_count > 1000 || header->region_stride < header->region_count ||
        header->region_stride > (uint64_t)header->region_count + 7)
        return false;
    size_t cells = (size_t)header->region_stride * header->series_count * header->year_count;
    return values_offset(header) + cells * sizeof(double) == size;
}

bool dataset_map(int descriptor, Dataset **out, Error *error) {
    struct stat about;
    if (fstat(descriptor, &about) != 0) return error_set_errno(error, errno, "fstat");
    size_t size = (size_t)about.st_size;
    if (size < sizeof(DatasetHeader))
        return error_set(error, ERROR_SYSTEM, T("the dataset is cut off", "数据集不完整"));
    void *memory = mmap(NULL, size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (memory == MAP_FAILED) return error_set_errno(error, errno, "mmap");
    if (!layout_fits(memory, size)) {
        munmap(memory, size);
        return error_set(error, ERROR_SYSTEM, T("the dataset's layout is wrong", "数据集格式错误"));
    }
    Dataset *dataset = memory_new(1, sizeof *dataset);
    dataset->mapped = true;
    dataset->descriptor = -1;
    point_into(dataset, memory);
    *out = dataset;
    return true;
}

Dataset *dataset_hold(Dataset *dataset) {
    dataset->others++;
    return dataset;
}

void dataset_free(Dataset *dataset) {
    if (!dataset) return;
    if (dataset->others > 0) {
        dataset->others--;
        return;
    }
    if (dataset->mapped)
        munmap((void *)dataset->header, dataset->header->bytes);
    else
        free((void *)dataset->header);
    if (dataset->descriptor >= 0) close(dataset->descriptor);
    free(dataset);
}

void dataset_index(const Dataset *dataset, Map *columns) {
    for (uint32_t i = 0; i < dataset->header->series_count; i++) {
        SeriesKey key = series_key(dataset->series[i].id, dataset->series[i].breakdown);
        map_put(columns, key.text, i);
    }
}

int dataset_column(const Map *columns, const char *id, const char *breakdown) {
    SeriesKey key = series_key(id, breakdown);
    return (int)map_get(columns, key.text);
}
