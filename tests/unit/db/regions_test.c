// Regions, units and plans through store.h.
#include "tests/unit/db/fixture.h"

typedef struct Listing {
    Buffer text;
    size_t stop_after; // 0: never
    size_t count;
} Listing;

static bool list_region(const StoreRegion *region, void *context, Error *error) {
    Listing *listing = context;
    if (listing->stop_after && listing->count == listing->stop_after)
        return error_set(error, ERROR_CANCELLED, "enough");
    listing->count++;
    buffer_printf(&listing->text, "%s %s %s %s;", region->code, region->name,
                  region->parent ? region->parent : "-", region->level);
    return true;
}

static bool list_unit(const StoreUnit *unit, void *context, Error *error) {
    (void)error;
    Listing *listing = context;
    buffer_printf(&listing->text, "%s %s %s;", unit->region, unit->id, unit->title);
    return true;
}

static bool list_plan(const StorePlan *plan, void *context, Error *error) {
    (void)error;
    Listing *listing = context;
    buffer_printf(&listing->text, "%s %s %s %d %d %d;", plan->pack, plan->id, plan->title,
                  plan->baseline_year, plan->first_year, plan->last_year);
    return true;
}

typedef struct PutRegion {
    StoreRegion region;
    bool changed;
} PutRegion;

static bool put_region(StoreTransaction *transaction, void *context, Error *error) {
    PutRegion *put = context;
    return store_put_region(transaction, &put->region, &put->changed, error);
}

static bool changes_region(Store *store, StoreRegion region) {
    PutRegion put = {.region = region};
    ASSERT_GOOD(store_write(store, put_region, &put, &unexpected));
    return put.changed;
}

static void regions_are_inserted_updated_and_listed(void **state) {
    Store *store = fixture_make(*state);
    StoreRegion county = {
        .code = "150802", .name = "临河区", .parent = "000000", .level = "county"};
    assert_false(changes_region(store, county));
    county.name = "临河";
    assert_true(changes_region(store, county));
    assert_false(changes_region(store, county));
    county.parent = NULL;
    assert_true(changes_region(store, county));
    assert_false(changes_region(store, county));
    county.parent = ""; // the same as none
    assert_false(changes_region(store, county));
    assert_true(changes_region(
        store, (StoreRegion){.code = "110000", .name = "北京市", .level = "province"}));

    Listing listing = {0};
    ASSERT_GOOD(store_read_regions(store, list_region, &listing, &unexpected));
    assert_string_equal(listing.text.data, "000000 全国 - nation;110000 北京市 - province;"
                                           "150802 临河 - county;");
    buffer_free(&listing.text);
}

static void refuses_region(Store *store, StoreRegion region, ErrorCode code, const char *words) {
    PutRegion put = {.region = region};
    Error error = {0};
    assert_false(store_write(store, put_region, &put, &error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, words)) fail_msg("“%s” lacks “%s”", error.message, words);
}

static void bad_regions_are_refused(void **state) {
    Store *store = fixture_make(*state);
    StoreRegion region = {.code = "1", .name = "一", .level = "county"};
    StoreRegion bad = region;
    bad.code = "";
    refuses_region(store, bad, ERROR_INPUT, "code");
    bad = region, bad.name = NULL;
    refuses_region(store, bad, ERROR_INPUT, "name");
    bad = region, bad.level = "planet";
    refuses_region(store, bad, ERROR_INPUT, "planet");
    bad = region, bad.parent = "999999";
    refuses_region(store, bad, ERROR_NOT_FOUND, "999999");
    bad = region, bad.parent = "1";
    refuses_region(store, bad, ERROR_CONFLICT, "1");
}

static void a_region_cannot_become_its_own_ancestor(void **state) {
    Store *store = fixture_make(*state);
    refuses_region(
        store,
        (StoreRegion){.code = "000000", .name = "全国", .parent = "150802", .level = "nation"},
        ERROR_CONFLICT, "150802");
}

static void expect_circle(Store *store, const char *code) {
    Listing listing = {0};
    Error error = {0};
    assert_false(store_read_regions(store, list_region, &listing, &error));
    assert_int_equal(error.code, ERROR_STORE);
    assert_non_null(strstr(error.message, code));
    buffer_free(&listing.text);
}

// Whoever climbed from parent to parent never came to an end, on the server's loop too.
static void regions_that_lie_in_each_other_are_not_read(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    raw_change(fixture->path, "UPDATE region SET parent = '150802' WHERE code = '000000'");
    expect_circle(store, "000000");
    const StoreRegion below = {
        .code = "150803", .name = "五原县", .parent = "150802", .level = "county"};
    refuses_region(store, below, ERROR_STORE, "lies in itself");
    raw_change(fixture->path, "UPDATE region SET parent = NULL WHERE code = '000000';"
                              "PRAGMA ignore_check_constraints = ON;"
                              "UPDATE region SET parent = code WHERE code = '150802'");
    expect_circle(store, "150802");
    raw_change(fixture->path, "UPDATE region SET parent = '000000' WHERE code = '150802'");
    Listing listing = {0};
    ASSERT_GOOD(store_read_regions(store, list_region, &listing, &unexpected));
    buffer_free(&listing.text);
}

static void a_callback_ends_the_reading_with_its_error(void **state) {
    Store *store = fixture_make(*state);
    Listing listing = {.stop_after = 1};
    Error error = {0};
    assert_false(store_read_regions(store, list_region, &listing, &error));
    assert_int_equal(error.code, ERROR_CANCELLED);
    assert_string_equal(error.message, "enough");
    assert_int_equal(listing.count, 1);
    buffer_free(&listing.text);
}

typedef struct PutUnit {
    StoreUnit unit;
    bool changed;
} PutUnit;

static bool put_unit(StoreTransaction *transaction, void *context, Error *error) {
    PutUnit *put = context;
    return store_put_unit(transaction, &put->unit, &put->changed, error);
}

static bool changes_unit(Store *store, const char *region, const char *id, const char *title) {
    PutUnit put = {.unit = {.region = region, .id = id, .title = title}};
    ASSERT_GOOD(store_write(store, put_unit, &put, &unexpected));
    return put.changed;
}

static void units_are_inserted_updated_and_listed(void **state) {
    Store *store = fixture_make(*state);
    assert_true(changes_unit(store, "150802", "health", "卫健委"));
    assert_true(changes_unit(store, "000000", "stats", "统计局"));
    assert_true(changes_unit(store, "150802", "education", "教育局"));
    assert_false(changes_unit(store, "150802", "health", "卫健委"));
    assert_true(changes_unit(store, "150802", "health", "卫生健康委"));

    Listing listing = {0};
    ASSERT_GOOD(store_read_units(store, list_unit, &listing, &unexpected));
    assert_string_equal(listing.text.data, "000000 stats 统计局;150802 education 教育局;"
                                           "150802 health 卫生健康委;");
    buffer_free(&listing.text);

    PutUnit lost = {.unit = {.region = "654321", .id = "health", .title = "卫健委"}};
    Error error = {0};
    assert_false(store_write(store, put_unit, &lost, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "654321"));
    lost.unit = (StoreUnit){.region = "150802", .id = "health"};
    assert_false(store_write(store, put_unit, &lost, &error));
    assert_int_equal(error.code, ERROR_INPUT);
}

typedef struct PutPlan {
    StorePlan plan;
    bool changed;
} PutPlan;

static bool put_plan(StoreTransaction *transaction, void *context, Error *error) {
    PutPlan *put = context;
    return store_put_plan(transaction, &put->plan, &put->changed, error);
}

static bool changes_plan(Store *store, StorePlan plan) {
    PutPlan put = {.plan = plan};
    ASSERT_GOOD(store_write(store, put_plan, &put, &unexpected));
    return put.changed;
}

static void plans_are_inserted_updated_and_listed(void **state) {
    Store *store = fixture_make(*state);
    StorePlan plan = {.pack = "linhe",
                      .id = "women",
                      .title = "妇女发展规划",
                      .baseline_year = 2020,
                      .first_year = 2021,
                      .last_year = 2030};
    assert_true(changes_plan(store, plan));
    assert_false(changes_plan(store, plan));
    plan.baseline_year = 2019;
    assert_true(changes_plan(store, plan));
    plan.first_year = 2020;
    assert_true(changes_plan(store, plan));
    plan.last_year = 2035;
    assert_true(changes_plan(store, plan));
    plan.title = "妇女规划";
    assert_true(changes_plan(store, plan));
    plan.id = "children";
    assert_true(changes_plan(store, plan));

    Listing listing = {0};
    ASSERT_GOOD(store_read_plans(store, list_plan, &listing, &unexpected));
    assert_string_equal(listing.text.data, "linhe children 妇女规划 2019 2020 2035;"
                                           "linhe women 妇女规划 2019 2020 2035;");
    buffer_free(&listing.text);

    PutPlan backwards = {.plan = plan};
    backwards.plan.first_year = 2036;
    Error error = {0};
    assert_false(store_write(store, put_plan, &backwards, &error));
    assert_int_equal(error.code, ERROR_INPUT);
    assert_non_null(strstr(error.message, "2036"));
}

static int64_t region_version(Store *store) {
    int64_t version;
    ASSERT_GOOD(store_read_region_version(store, &version, &unexpected));
    return version;
}

static bool rename_county(StoreTransaction *transaction, void *context, Error *error) {
    const StoreRegion county = {
        .code = "150802", .name = context, .parent = "000000", .level = "county"};
    return store_put_region(transaction, &county, NULL, error);
}

static void regions_that_differ_are_a_new_version(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_open(fixture, STORE_CREATE);
    assert_int_equal(region_version(store), 0);
    for (int i = 0; i < 2; i++) { // two regions at once, then the same again
        ASSERT_GOOD(store_write(store, put_two_regions, NULL, &unexpected));
        assert_int_equal(region_version(store), 1);
    }
    ASSERT_GOOD(store_write(store, rename_county, "临河", &unexpected));
    assert_int_equal(region_version(store), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(regions_are_inserted_updated_and_listed),
        DB_TEST(bad_regions_are_refused),
        DB_TEST(a_region_cannot_become_its_own_ancestor),
        DB_TEST(regions_that_lie_in_each_other_are_not_read),
        DB_TEST(a_callback_ends_the_reading_with_its_error),
        DB_TEST(units_are_inserted_updated_and_listed),
        DB_TEST(plans_are_inserted_updated_and_listed),
        DB_TEST(regions_that_differ_are_a_new_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
