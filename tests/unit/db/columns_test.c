// The bytes of columns: laid out from revisions, and refused when they are not as laid out.
#include "db/columns.h"
#include "tests/unit/db/fixture.h"

static void add(ColumnsBuilder *builder, int64_t series, int64_t year, double value) {
    assert_true(columns_builder_add(builder, series, year, value));
}

// Series 2 from 2020 to 2023 with a gap, series 5 in 2021 only.
static ColumnsBuilder built(void) {
    ColumnsBuilder builder = {0};
    columns_builder_begin(&builder);
    add(&builder, 2, 2020, 1.5);
    add(&builder, 2, 2023, 7);
    add(&builder, 2, 2023, 8); // the next revision
    add(&builder, 5, 2021, -3);
    columns_builder_finish(&builder);
    return builder;
}

static void assert_parses(const ColumnsBuilder *builder, uint32_t series_known, Columns *columns) {
    assert_true(columns_parse(builder->bytes, builder->length, series_known, columns));
}

static void values_stand_in_order_of_series_and_year(void **state) {
    (void)state;
    ColumnsBuilder builder = built();
    Columns columns;
    assert_parses(&builder, 5, &columns);
    assert_int_equal(columns.first_year, 2020);
    assert_int_equal(columns.year_count, 4);
    assert_int_equal(columns.series_count, 2);
    assert_int_equal(columns.series[0], 2);
    assert_int_equal(columns.series[1], 5);
    const double expected[] = {1.5, NAN, NAN, 8, NAN, -3, NAN, NAN};
    assert_memory_equal(columns.values, expected, sizeof expected);
    columns_builder_free(&builder);
}

static void what_was_withdrawn_leaves_no_trace(void **state) {
    (void)state;
    ColumnsBuilder builder = {0}, same = {0};
    columns_builder_begin(&builder);
    add(&builder, 1, 1999, 4);
    add(&builder, 1, 1999, NAN);
    add(&builder, 2, 2020, 1);
    add(&builder, 2, 2050, NAN);
    add(&builder, 3, 2020, NAN);
    add(&builder, 3, 2020, 6); // given again
    columns_builder_finish(&builder);
    columns_builder_begin(&same);
    add(&same, 2, 2020, 1);
    add(&same, 3, 2020, 6);
    columns_builder_finish(&same);
    assert_int_equal(builder.length, same.length);
    assert_memory_equal(builder.bytes, same.bytes, same.length);
    columns_builder_free(&builder);
    columns_builder_free(&same);
}

static void a_builder_begins_anew(void **state) {
    (void)state;
    ColumnsBuilder builder = built();
    Columns columns;
    columns_builder_begin(&builder);
    columns_builder_finish(&builder);
    assert_parses(&builder, 0, &columns);
    assert_int_equal(columns.series_count, 0);
    assert_int_equal(columns.year_count, 0);
    columns_builder_free(&builder);
}

static void numbers_of_no_series_and_no_year_are_refused(void **state) {
    (void)state;
    ColumnsBuilder builder = {0};
    columns_builder_begin(&builder);
    assert_false(columns_builder_add(&builder, 0, 2020, 1));
    assert_false(columns_builder_add(&builder, (int64_t)UINT32_MAX + 1, 2020, 1));
    assert_false(columns_builder_add(&builder, 1, 0, 1));
    assert_false(columns_builder_add(&builder, 1, 10000, 1));
    assert_int_equal(builder.cell_count, 0);
    columns_builder_free(&builder);
}

static void changes_are_merged_in_the_order_they_were_made(void **state) {
    (void)state;
    ColumnsBuilder before = built(), merged = {0}, expected = {0};
    Columns columns;
    assert_parses(&before, 5, &columns);
    ColumnsCell changes[] = {{5, 2021, NAN}, {2, 2022, 1}, {9, 1990, 4}, {2, 2020, 2},
                             {1, 2020, 3},   {2, 2022, 5}, {5, 2021, 6}, {2, 2023, NAN}};
    columns_builder_begin(&merged);
    columns_builder_merge(&merged, &columns, changes, 8);
    columns_builder_finish(&merged);
    columns_builder_begin(&expected);
    add(&expected, 1, 2020, 3);
    add(&expected, 2, 2020, 2);
    add(&expected, 2, 2022, 5);
    add(&expected, 5, 2021, 6);
    add(&expected, 9, 1990, 4);
    columns_builder_finish(&expected);
    assert_int_equal(merged.length, expected.length);
    assert_memory_equal(merged.bytes, expected.bytes, expected.length);
    columns_builder_free(&before);
    columns_builder_free(&merged);
    columns_builder_free(&expected);
}

static void changes_of_no_columns_are_all_there_is(void **state) {
    (void)state;
    const Columns none = {0};
    ColumnsBuilder builder = {0}, same = {0};
    ColumnsCell changes[] = {{2, 2020, 1}, {1, 2021, 2}};
    columns_builder_begin(&builder);
    columns_builder_merge(&builder, &none, changes, 2);
    columns_builder_finish(&builder);
    columns_builder_begin(&same);
    add(&same, 1, 2021, 2);
    add(&same, 2, 2020, 1);
    columns_builder_finish(&same);
    assert_memory_equal(builder.bytes, same.bytes, same.length);
    columns_builder_free(&builder);
    columns_builder_free(&same);
}

// ---- refusals ----------------------------------------------------------------------------------

static void refuses_word(size_t word, uint32_t value) {
    ColumnsBuilder builder = built();
    Columns columns;
    uint32_t before = ((uint32_t *)builder.bytes)[word];
    ((uint32_t *)builder.bytes)[word] = value;
    if (columns_parse(builder.bytes, builder.length, 5, &columns))
        fail_msg("word %zu: %u instead of %u was believed", word, value, before);
    columns_builder_free(&builder);
}

static void headers_that_do_not_fit_are_refused(void **state) {
    (void)state;
    enum { FORMAT, FIRST_YEAR, YEAR_COUNT, SERIES_COUNT, FIRST_SERIES, SECOND_SERIES };
    refuses_word(FORMAT, COLUMNS_FORMAT + 1);
    refuses_word(FORMAT, COLUMNS_FORMAT << 24); // of a machine with another byte order
    refuses_word(FIRST_YEAR, 9997);
    refuses_word(FIRST_YEAR, UINT32_MAX);
    refuses_word(YEAR_COUNT, 5);
    refuses_word(YEAR_COUNT, UINT32_MAX);
    refuses_word(SERIES_COUNT, 3);
    refuses_word(SERIES_COUNT, UINT32_MAX);
    refuses_word(FIRST_SERIES, 0);
    refuses_word(FIRST_SERIES, 5); // twice the same
    refuses_word(SECOND_SERIES, 1);
    refuses_word(SECOND_SERIES, 6); // not known
}

static void every_other_length_is_refused(void **state) {
    (void)state;
    ColumnsBuilder builder = built();
    Columns columns;
    char *longer = memory_new(builder.length + 8, 1);
    memcpy(longer, builder.bytes, builder.length);
    for (size_t length = 0; length <= builder.length + 8; length++)
        assert_int_equal(columns_parse(longer, length, 5, &columns), length == builder.length);
    free(longer);
    columns_builder_free(&builder);
}

static void the_checksum_tells_bytes_region_and_version(void **state) {
    (void)state;
    ColumnsBuilder builder = built();
    int64_t checksum = columns_checksum(builder.bytes, builder.length, 7, 3);
    assert_true(checksum == columns_checksum(builder.bytes, builder.length, 7, 3));
    assert_true(checksum != columns_checksum(builder.bytes, builder.length, 8, 3));
    assert_true(checksum != columns_checksum(builder.bytes, builder.length, 7, 4));
    for (size_t i = 0; i < builder.length; i++) {
        builder.bytes[i] ^= 1;
        assert_true(checksum != columns_checksum(builder.bytes, builder.length, 7, 3));
        builder.bytes[i] ^= 1;
    }
    columns_builder_free(&builder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_stand_in_order_of_series_and_year),
        cmocka_unit_test(what_was_withdrawn_leaves_no_trace),
        cmocka_unit_test(a_builder_begins_anew),
        cmocka_unit_test(numbers_of_no_series_and_no_year_are_refused),
        cmocka_unit_test(changes_are_merged_in_the_order_they_were_made),
        cmocka_unit_test(changes_of_no_columns_are_all_there_is),
        cmocka_unit_test(headers_that_do_not_fit_are_refused),
        cmocka_unit_test(every_other_length_is_refused),
        cmocka_unit_test(the_checksum_tells_bytes_region_and_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
