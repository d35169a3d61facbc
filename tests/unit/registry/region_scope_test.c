// A region with those below it, whatever their codes; and exports that are cut to such regions.
#include "tests/unit/db/fixture.h"

#include "core/io/csv_export.h"
#include "core/registry/region_scope.h"

// A county's code may sort before the city's that it lies in.
static const StoreRegion regions[] = {
    {"900000", "全国", NULL, "nation"},   {"500000", "甲省", "900000", "province"},
    {"700000", "甲市", "500000", "city"}, {"100000", "甲县", "700000", "county"},
    {"600000", "乙市", "500000", "city"}, {"200000", "丙省", "900000", "province"},
    {"300000", "别处", NULL, "nation"},
};
enum { REGIONS = sizeof regions / sizeof *regions };

static bool put(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    bool good = store_describe_change(transaction, "test", "test", error);
    for (size_t i = 0; i < REGIONS && good; i++) {
        const StoreObservation observation = {.region = regions[i].code,
                                              .indicator = i % 2 ? "odd" : "even",
                                              .breakdown = STORE_NO_BREAKDOWN,
                                              .year = 2024,
                                              .value = 1,
                                              .value_text = "1.0",
                                              .kind = "reported"};
        good = store_put_region(transaction, &regions[i], NULL, error) &&
               store_put_observation(transaction, &observation, NULL, error);
    }
    return good;
}

static Store *filled(Fixture *fixture) {
    Store *store = fixture_open(fixture, STORE_CREATE);
    ASSERT_GOOD(store_write(store, put, NULL, &unexpected));
    return store;
}

static void expect(Store *store, const char *top, const char *const *codes) {
    RegionScope scope;
    size_t count = 0;
    ASSERT_GOOD(region_scope_read(store, top, &scope, &unexpected));
    for (; codes[count]; count++) {
        assert_true(count < scope.count);
        assert_string_equal(scope.codes[count], codes[count]);
        assert_true(region_scope_has(&scope, codes[count]));
    }
    assert_int_equal(scope.count, count);
    assert_false(region_scope_has(&scope, "000000"));
    region_scope_free(&scope);
}

static void those_below_are_found_whatever_their_codes(void **state) {
    Store *store = filled(*state);
    expect(store, "500000", (const char *const[]){"100000", "500000", "600000", "700000", NULL});
    expect(store, "700000", (const char *const[]){"100000", "700000", NULL});
    expect(store, "100000", (const char *const[]){"100000", NULL});
    expect(store, "300000", (const char *const[]){"300000", NULL});
    expect(store, NULL,
           (const char *const[]){"100000", "200000", "300000", "500000", "600000", "700000",
                                 "900000", NULL});
}

static void one_that_is_not_there_is_told(void **state) {
    RegionScope scope;
    Error error = {0};
    assert_false(region_scope_read(filled(*state), "123456", &scope, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_int_equal(scope.count, 0);
}

static void it_is_cut_to_what_a_pack_covers(void **state) {
    RegionScope scope;
    Map covered = {0};
    (void)map_put(&covered, "600000", 1);
    (void)map_put(&covered, "200000", 1);
    ASSERT_GOOD(region_scope_read(filled(*state), "500000", &scope, &unexpected));
    region_scope_keep(&scope, &covered);
    assert_int_equal(scope.count, 1);
    assert_string_equal(scope.codes[0], "600000");
    assert_false(region_scope_has(&scope, "100000"));
    region_scope_free(&scope);
    map_free(&covered);
}

static bool append(const char *bytes, size_t length, void *context, Error *error) {
    (void)error;
    buffer_append(context, bytes, length);
    return true;
}

static bool refuse(const char *bytes, size_t length, void *context, Error *error) {
    (void)bytes, (void)length, (void)context;
    return error_set(error, ERROR_LIMIT, "enough");
}

static bool is_odd(const char *indicator, void *context) {
    (void)context;
    return strcmp(indicator, "odd") == 0;
}

static void an_export_holds_what_was_asked_for(void **state) {
    Store *store = filled(*state);
    RegionScope scope;
    Buffer out = {0};
    size_t rows;
    ASSERT_GOOD(region_scope_read(store, "500000", &scope, &unexpected));
    const CsvTarget target = {.sink = append, .context = &out};
    ObservationExport what = {
        .regions = scope.codes, .region_count = scope.count, .wants = is_odd, .year = 2024};
    ASSERT_GOOD(csv_export_observations(store, &what, &target, &rows, &unexpected));
    assert_int_equal(rows, 2);
    assert_string_equal(out.data, "region,indicator,breakdown,year,value,kind,source,note\r\n"
                                  "100000,odd,total,2024,1.0,reported,,\r\n"
                                  "500000,odd,total,2024,1.0,reported,,\r\n");
    what.year = 2023;
    ASSERT_GOOD(csv_export_observations(store, &what, &target, &rows, &unexpected));
    assert_int_equal(rows, 0);
    region_scope_free(&scope);
    buffer_free(&out);
}

static void an_export_ends_with_its_sink(void **state) {
    Store *store = filled(*state);
    const ObservationExport all = {0};
    const CsvTarget target = {.sink = refuse};
    Error error = {0};
    size_t rows;
    assert_false(csv_export_observations(store, &all, &target, &rows, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(those_below_are_found_whatever_their_codes),
        DB_TEST(one_that_is_not_there_is_told),
        DB_TEST(it_is_cut_to_what_a_pack_covers),
        DB_TEST(an_export_holds_what_was_asked_for),
        DB_TEST(an_export_ends_with_its_sink),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
