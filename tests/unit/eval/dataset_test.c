// Columns built, looked up, shared, changed, and refused when their layout lies.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/eval/dataset.h"

static DatasetBuilder *fill(void) {
    Error error = {0};
    DatasetBuilder *builder = dataset_builder_new(2020, 2024);
    int city = dataset_add_region(builder, "150800", &error);
    int county = dataset_add_region(builder, "150802", &error);
    dataset_set_parent(builder, county, city);
    int total = dataset_add_series(builder, "mortality", "total", &error);
    int rural = dataset_add_series(builder, "mortality", "rural", &error);
    assert_int_equal(dataset_add_series(builder, "mortality", "total", &error), total);
    dataset_put(builder, total, county, 2020, 16.9);
    dataset_put(builder, total, county, 2024, 14);
    dataset_put(builder, total, county, 2024, 14.3); // the later one holds
    dataset_put(builder, rural, city, 2022, -1);
    dataset_put(builder, total, county, 2019, 1); // outside the years
    dataset_put(builder, total, county, 2025, 1);
    return builder;
}

static Dataset *share(DatasetBuilder *builder, bool rows_follow) {
    Error error = {0};
    Dataset *dataset = NULL;
    bool good = rows_follow ? dataset_copy_shared(builder, &dataset, &error)
                            : dataset_finish_shared(builder, &dataset, &error);
    if (!good) fail_msg("%s", error.message);
    if (rows_follow) dataset_builder_free(builder);
    return dataset;
}

static Dataset *map(const Dataset *shared) {
    Error error = {0};
    Dataset *mapped = NULL;
    if (!dataset_map(shared->descriptor, &mapped, &error)) fail_msg("%s", error.message);
    return mapped;
}

static void assert_contents(const Dataset *dataset) {
    Map columns = {0};
    dataset_index(dataset, &columns);
    int total = dataset_column(&columns, "mortality", "total"),
        rural = dataset_column(&columns, "mortality", "rural");
    assert_int_equal(dataset_column(&columns, "mortality", "urban"), -1);
    assert_int_equal(dataset->regions[1].parent, 0);
    assert_int_equal(dataset->regions[0].parent, -1);
    assert_string_equal(dataset->regions[1].code, "150802");
    assert_true(dataset_value(dataset, total, 2020, 1) == 16.9);
    assert_true(dataset_value(dataset, total, 2024, 1) == 14.3);
    assert_true(dataset_value(dataset, rural, 2022, 0) == -1);
    assert_true(isnan(dataset_value(dataset, total, 2022, 0)));
    assert_true(isnan(dataset_value(dataset, total, 2019, 1)));
    assert_true(isnan(dataset_value(dataset, total, 2025, 1)));
    assert_true(isnan(dataset_value(dataset, -1, 2024, 1)));
    map_free(&columns);
}

static void values_stand_where_they_were_put(void **state) {
    (void)state;
    Dataset *dataset = dataset_finish(fill());
    assert_contents(dataset);
    assert_int_equal(dataset->descriptor, -1);
    dataset_free(dataset);
}

static void regions_keep_their_place(void **state) {
    (void)state;
    Error error = {0};
    DatasetBuilder *builder =
        dataset_builder_new(2024, 2020); // years the wrong way round: one year
    int first = dataset_add_region(builder, "150802", &error);
    assert_int_equal(dataset_add_region(builder, "150821", &error), first + 1);
    assert_int_equal(dataset_add_region(builder, "150802", &error), first);
    assert_int_equal(dataset_find_region(builder, "150802"), first);
    assert_int_equal(dataset_find_region(builder, "150803"), -1);
    Dataset *dataset = dataset_finish(builder);
    assert_int_equal(dataset->header->year_count, 1);
    assert_int_equal(dataset->header->region_count, 2);
    dataset_free(dataset);
}

static void a_column_is_one_year_over_all_regions(void **state) {
    (void)state;
    Dataset *dataset = dataset_finish(fill());
    Map columns = {0};
    dataset_index(dataset, &columns);
    int total = dataset_column(&columns, "mortality", "total");
    const double *values = dataset_column_year(dataset, total, 2024);
    assert_true(isnan(values[0]) && values[1] == 14.3);
    assert_null(dataset_column_year(dataset, total, 2019));
    assert_null(dataset_column_year(dataset, total, 2025));
    assert_null(dataset_column_year(dataset, -1, 2024));
    map_free(&columns);
    dataset_free(dataset);
}

static void a_dataset_without_regions_or_series_is_one(void **state) {
    (void)state;
    Dataset *shared = share(dataset_builder_new(2020, 2024), false);
    Dataset *mapped = map(shared);
    assert_int_equal(mapped->header->region_count, 0);
    assert_int_equal(mapped->header->series_count, 0);
    dataset_free(mapped);
    dataset_free(shared);
}

static void names_that_do_not_fit_are_refused(void **state) {
    (void)state;
    char text[200];
    memset(text, 'x', sizeof text);
    DatasetBuilder *builder = dataset_builder_new(2020, 2020);
    for (int field = 0; field < 3; field++) {
        size_t size = field == 0 ? DATASET_CODE_SIZE : DATASET_ID_SIZE;
        for (size_t length = size - 1; length <= size; length++) {
            Error error = {0};
            text[length] = '\0';
            int index = field == 0   ? dataset_add_region(builder, text, &error)
                        : field == 1 ? dataset_add_series(builder, text, "total", &error)
                                     : dataset_add_series(builder, "mortality", text, &error);
            assert_int_equal(index >= 0, length < size);
            assert_int_equal(error.code, length < size ? ERROR_NONE : ERROR_INPUT);
            text[length] = 'x';
        }
    }
    dataset_builder_free(builder);
}

static void a_shared_dataset_is_mapped_and_nobody_else_can_write_it(void **state) {
    (void)state;
    Dataset *dataset = share(fill(), false);
    int descriptor = dataset->descriptor;
    assert_true(descriptor >= 0);
    assert_true(fcntl(descriptor, F_GETFD) & FD_CLOEXEC);
    assert_int_equal(ftruncate(descriptor, 10), -1);
    assert_int_equal(ftruncate(descriptor, 1 << 20), -1);
    assert_int_equal(pwrite(descriptor, "x", 1, 0), -1);
    assert_ptr_equal(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
                     MAP_FAILED);
    assert_int_equal(fcntl(descriptor, F_ADD_SEALS, F_SEAL_WRITE), -1); // nor can it be sealed more
    Dataset *mapped = map(dataset);
    assert_contents(mapped);
    assert_contents(dataset);
    dataset_free(mapped);
    dataset_free(dataset);
}

static void what_the_owner_changes_is_seen_where_it_is_mapped(void **state) {
    (void)state;
    Dataset *dataset = share(fill(), false), *mapped = map(dataset);
    dataset_set(dataset, 0, 2022, 1, 15.5);
    dataset_set(dataset, 0, 2024, 1, NAN);
    dataset_set(dataset, 0, 2019, 1, 1); // outside the years
    dataset_set(dataset, 0, 2025, 1, 1);
    dataset_set(dataset, -1, 2024, 1, 1);
    assert_true(dataset_value(mapped, 0, 2022, 1) == 15.5);
    assert_true(isnan(dataset_value(mapped, 0, 2024, 1)));
    assert_true(dataset_value(mapped, 0, 2020, 1) == 16.9);
    assert_true(dataset_value(mapped, 1, 2022, 0) == -1);
    dataset_free(mapped);
    dataset_free(dataset);
}

// Every region's values come row by row, several rows at a time; a region without a row is left
// alone.
static void rows_are_put_beside_each_other(void **state) {
    (void)state;
    enum { REGIONS = 13, SERIES = 3, YEARS = 4 };
    Error error = {0};
    DatasetBuilder *builder = dataset_builder_new(2021, 2024);
    char name[16];
    for (int r = 0; r < REGIONS; r++) {
        snprintf(name, sizeof name, "r%d", r);
        dataset_add_region(builder, name, &error);
    }
    for (int s = 0; s < SERIES; s++) {
        snprintf(name, sizeof name, "s%d", s);
        dataset_add_series(builder, name, "total", &error);
    }
    Dataset *dataset = share(builder, true);
    for (size_t first = 0; first < REGIONS; first += DATASET_ROWS_MOST) {
        double values[DATASET_ROWS_MOST][SERIES * YEARS];
        const double *rows[DATASET_ROWS_MOST] = {NULL};
        size_t count = REGIONS - first < DATASET_ROWS_MOST ? REGIONS - first : DATASET_ROWS_MOST;
        for (size_t k = 0; k < count; k++) {
            rows[k] = first + k == 7 ? NULL : values[k];
            for (size_t cell = 0; cell < SERIES * YEARS; cell++)
                values[k][cell] = (double)((first + k) * 100 + cell);
        }
        dataset_put_rows(dataset, first, rows);
    }
    for (size_t r = 0; r < REGIONS; r++) {
        for (int cell = 0; cell < SERIES * YEARS; cell++) {
            double value = dataset_value(dataset, cell / YEARS, 2021 + cell % YEARS, r);
            assert_true(value == (r == 7 ? 0 : (double)r * 100 + cell));
        }
    }
    dataset_free(dataset);
}

static bool is_mapped(const void *bytes, size_t length) {
    int descriptor = memfd_create("test", MFD_CLOEXEC);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, length), length);
    Dataset *dataset = NULL;
    Error error = {0};
    bool mapped = dataset_map(descriptor, &dataset, &error);
    assert_int_equal(error.code, mapped ? ERROR_NONE : ERROR_SYSTEM);
    close(descriptor);
    dataset_free(dataset);
    return mapped;
}

static void a_layout_that_lies_is_refused(void **state) {
    (void)state;
    Dataset *dataset = dataset_finish(fill());
    size_t length = dataset->header->bytes;
    Buffer bytes = {0};
    buffer_append(&bytes, dataset->header, length);
    assert_true(is_mapped(bytes.data, length));
    assert_false(is_mapped("", 0));
    assert_false(is_mapped(bytes.data, sizeof(DatasetHeader) - 1));
    assert_false(is_mapped(bytes.data, length - 1));
    DatasetHeader *header = (DatasetHeader *)(void *)bytes.data;
    const DatasetHeader good = *header;
    header->magic[0] = 'X';
    assert_false(is_mapped(bytes.data, length));
    uint32_t *const counts[] = {&header->region_count, &header->series_count, &header->year_count};
    static const uint32_t lies[] = {0, 1, 3, 1000, 0x10000, 0x7fffffff, 0xffffffff};
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < sizeof lies / sizeof *lies; k++) {
            *header = good;
            if (i == 0 && lies[k] >= 1 && lies[k] <= 8) continue; // as many fill these columns
            *counts[i] = lies[k];
            assert_false(is_mapped(bytes.data, length));
        }
    }
    *header = good;
    header->bytes++;
    assert_false(is_mapped(bytes.data, length));
    // Regions fewer than columns have room for, and the other way round.
    static const uint64_t strides[] = {0, 1, 7, 9, 16, 1 << 20, UINT64_MAX, UINT64_MAX / 8 + 9};
    for (size_t k = 0; k < sizeof strides / sizeof *strides; k++) {
        *header = good;
        header->region_stride = strides[k];
        assert_false(is_mapped(bytes.data, length));
    }
    // Numbers whose product comes round to a small one again.
    *header = good;
    header->region_count = header->series_count = 0x10000;
    header->year_count = 0x10000;
    assert_false(is_mapped(bytes.data, length));
    buffer_free(&bytes);
    dataset_free(dataset);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_stand_where_they_were_put),
        cmocka_unit_test(regions_keep_their_place),
        cmocka_unit_test(a_column_is_one_year_over_all_regions),
        cmocka_unit_test(a_dataset_without_regions_or_series_is_one),
        cmocka_unit_test(names_that_do_not_fit_are_refused),
        cmocka_unit_test(a_shared_dataset_is_mapped_and_nobody_else_can_write_it),
        cmocka_unit_test(what_the_owner_changes_is_seen_where_it_is_mapped),
        cmocka_unit_test(rows_are_put_beside_each_other),
        cmocka_unit_test(a_layout_that_lies_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
