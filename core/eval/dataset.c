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

static const char MAGIC[8] = "BCDATA1";

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

DatasetBuilder *dataset_builder_new(int first_year, int last_year) {
    DatasetBuilder *builder = memory_new(1, sizeof *builder);
    builder->first_year = first_year;
    builder->last_year = last_year < first_year ? first_year : last_year;
    return builder;
}

static bool too_long(const char *text, size_t size, Error *error) {
    if (strlen(text) < size) return false;
    error_set(error, ERROR_INPUT, T("\"%s\" is longer than %zu bytes", "\"%s\" 超过 %zu 字节"),
              text, size - 1);
    return true;
}

int dataset_add_region(DatasetBuilder *builder, const char *code, RegionRole role, Error *error) {
    int known = dataset_find_region(builder, code);
    if (known >= 0) {
        if (role == REGION_EVALUATED) builder->regions[known].role = role;
        return known;
    }
    if (too_long(code, DATASET_CODE_SIZE, error)) return -1;
    ARRAY_RESERVE(builder->regions, builder->region_count, builder->region_capacity);
    DatasetRegion *region = &builder->regions[builder->region_count];
    *region = (DatasetRegion){.parent = -1, .role = (int32_t)role};
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

void dataset_put(DatasetBuilder *builder, int series, int region, int year, double value) {
    if (year < builder->first_year || year > builder->last_year) return;
    ARRAY_RESERVE(builder->cells, builder->cell_count, builder->cell_capacity);
    builder->cells[builder->cell_count++] = (Cell){series, region, year, value};
}

void dataset_mark_silent_regions(DatasetBuilder *builder, int year) {
    bool *seen = memory_new(builder->region_count, sizeof *seen);
    for (size_t i = 0; i < builder->cell_count; i++)
        if (builder->cells[i].year == year) seen[builder->cells[i].region] = true;
    for (size_t r = 0; r < builder->region_count; r++)
        if (!seen[r] && builder->regions[r].role == REGION_EVALUATED)
            builder->regions[r].role = REGION_SILENT;
    free(seen);
}

static size_t values_offset(const DatasetHeader *header) {
    size_t tables = sizeof *header + header->region_count * sizeof(DatasetRegion) +
                    header->series_count * sizeof(DatasetSeries);
    return (tables + 63) & ~(size_t)63;
}

static void point_into(Dataset *dataset, const char *bytes) {
    dataset->header = (const DatasetHeader *)bytes;
    dataset->regions = (const DatasetRegion *)(bytes + sizeof(DatasetHeader));
    dataset->series = (const DatasetSeries *)(dataset->regions + dataset->header->region_count);
    dataset->values = (const double *)(bytes + values_offset(dataset->header));
}

Dataset *dataset_finish(DatasetBuilder *builder, int64_t data_version) {
    DatasetHeader header = {.data_version = data_version,
                            .region_count = (uint32_t)builder->region_count,
                            .series_count = (uint32_t)builder->series_count,
                            .year_count = (uint32_t)(builder->last_year - builder->first_year + 1),
                            .first_year = builder->first_year};
    memcpy(header.magic, MAGIC, sizeof MAGIC);
    size_t cells = builder->series_count * header.year_count * builder->region_count;
    header.bytes = values_offset(&header) + cells * sizeof(double);
    char *bytes = memory_new(header.bytes, 1);
    memcpy(bytes, &header, sizeof header);
    Dataset *dataset = memory_new(1, sizeof *dataset);
    point_into(dataset, bytes);
    if (builder->region_count)
        memcpy((void *)dataset->regions, builder->regions,
               builder->region_count * sizeof(DatasetRegion));
    if (builder->series_count)
        memcpy((void *)dataset->series, builder->series,
               builder->series_count * sizeof(DatasetSeries));
    double *values = (double *)dataset->values;
    for (size_t i = 0; i < cells; i++)
        values[i] = NAN;
    for (size_t i = 0; i < builder->cell_count; i++) {
        const Cell *cell = &builder->cells[i];
        size_t year = (size_t)(cell->year - builder->first_year);
        values[((size_t)cell->series * header.year_count + year) * header.region_count +
               (size_t)cell->region] = cell->value;
    }
    dataset_builder_free(builder);
    return dataset;
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

static bool write_all(int descriptor, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

int dataset_seal(const Dataset *dataset, Error *error) {
    int descriptor = memfd_create("biaochi-dataset", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0 ||
        !write_all(descriptor, (const char *)dataset->header, dataset->header->bytes) ||
        fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) !=
            0) {
        error_set_errno(error, errno,
                        T("cannot put the data into shared memory", "无法将数据放入共享内存"));
        if (descriptor >= 0) close(descriptor);
        return -1;
    }
    return descriptor;
}

static bool layout_fits(const DatasetHeader *header, size_t size) {
    if (memcmp(header->magic, MAGIC, sizeof MAGIC) != 0 || header->bytes != size) return false;
    if (header->region_count > 10000000 || header->series_count > 1000000 ||
        header->year_count > 1000)
        return false;
    size_t cells = (size_t)header->region_count * header->series_count * header->year_count;
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
    point_into(dataset, memory);
    *out = dataset;
    return true;
}

void dataset_free(Dataset *dataset) {
    if (!dataset) return;
    if (dataset->mapped)
        munmap((void *)dataset->header, dataset->header->bytes);
    else
        free((void *)dataset->header);
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
