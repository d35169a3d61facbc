// Columns built, looked up, sealed, mapped, and refused when their layout lies.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/eval/dataset.h"

static Dataset *build(void) {
    Error error = {0};
    DatasetBuilder *builder = dataset_builder_new(2020, 2024);
    int city = dataset_add_region(builder, "150800", REGION_COMPARED, &error);
    int county = dataset_add_region(builder, "150802", REGION_EVALUATED, &error);
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
    return dataset_finish(builder, 7);
}

static void assert_contents(const Dataset *dataset) {
    Map columns = {0};
    dataset_index(dataset, &columns);
    int total = dataset_column(&columns, "mortality", "total"),
        rural = dataset_column(&columns, "mortality", "rural");
    assert_int_equal(dataset_column(&columns, "mortality", "urban"), -1);
    assert_int_equal(dataset->header->data_version, 7);
    assert_int_equal(dataset->regions[1].parent, 0);
    assert_int_equal(dataset->regions[0].role, REGION_COMPARED);
    assert_int_equal(dataset->regions[1].role, REGION_EVALUATED);
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
    Dataset *dataset = build();
    assert_contents(dataset);
    dataset_free(dataset);
}

static void regions_keep_their_place(void **state) {
    (void)state;
    Error error = {0};
    DatasetBuilder *builder =
        dataset_builder_new(2024, 2020); // years the wrong way round: one year
    int first = dataset_add_region(builder, "150802", REGION_COMPARED, &error);
    assert_int_equal(dataset_add_region(builder, "150802", REGION_EVALUATED, &error), first);
    assert_int_equal(dataset_find_region(builder, "150802"), first);
    assert_int_equal(dataset_find_region(builder, "150803"), -1);
    Dataset *dataset = dataset_finish(builder, 0);
    assert_int_equal(dataset->header->year_count, 1);
    assert_int_equal(dataset->regions[first].role, REGION_EVALUATED);
    dataset_free(dataset);
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
            int index = field == 0   ? dataset_add_region(builder, text, REGION_EVALUATED, &error)
                        : field == 1 ? dataset_add_series(builder, text, "total", &error)
                                     : dataset_add_series(builder, "mortality", text, &error);
            assert_int_equal(index >= 0, length < size);
            assert_int_equal(error.code, length < size ? ERROR_NONE : ERROR_INPUT);
            text[length] = 'x';
        }
    }
    dataset_builder_free(builder);
}

static void a_sealed_dataset_is_mapped_and_stays_as_it_is(void **state) {
    (void)state;
    Error error = {0};
    Dataset *dataset = build(), *mapped;
    int descriptor = dataset_seal(dataset, &error);
    assert_true(descriptor >= 0);
    assert_true(fcntl(descriptor, F_GETFD) & FD_CLOEXEC);
    assert_int_equal(ftruncate(descriptor, 10), -1);
    assert_int_equal(ftruncate(descriptor, 1 << 20), -1);
    assert_int_equal(pwrite(descriptor, "x", 1, 0), -1);
    assert_ptr_equal(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
                     MAP_FAILED);
    assert_true(dataset_map(descriptor, &mapped, &error));
    close(descriptor);
    assert_contents(mapped);
    dataset_free(mapped);
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
    Dataset *dataset = build();
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
            *counts[i] = lies[k];
            assert_false(is_mapped(bytes.data, length));
        }
    }
    *header = good;
    header->bytes++;
    assert_false(is_mapped(bytes.data, length));
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
        cmocka_unit_test(names_that_do_not_fit_are_refused),
        cmocka_unit_test(a_sealed_dataset_is_mapped_and_stays_as_it_is),
        cmocka_unit_test(a_layout_that_lies_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
