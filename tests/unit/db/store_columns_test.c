// Columns beside the revisions: always what the revisions say, and never believed when they cannot
// be.
#include "db/columns.h"
#include "db/store_inside.h"
#include "tests/unit/db/listing.h"

static StoreColumnsReport assert_columns(Store *store, StoreColumnsQuery query,
                                         const char *expected) {
    StoreColumnsReport report;
    Buffer text = list_columns(store, query, &report);
    assert_string_equal(text.data, expected);
    buffer_free(&text);
    return report;
}

// Columns, the revisions they are made of and the observations all say the same; gives the report
// of the columns.
static StoreColumnsReport assert_all_agree(Store *store, int64_t as_of) {
    Buffer observations = list_observations(store, as_of);
    assert_columns(store, (StoreColumnsQuery){.as_of = as_of, .from_revisions = true},
                   observations.data);
    StoreColumnsReport report =
        assert_columns(store, (StoreColumnsQuery){.as_of = as_of}, observations.data);
    buffer_free(&observations);
    return report;
}

static void assert_trusted(Store *store, size_t regions) {
    StoreColumnsReport report = assert_all_agree(store, 0);
    assert_int_equal(report.regions, regions);
    assert_int_equal(report.stale, 0);
    assert_int_equal(report.damaged, 0);
}

static StoreObservation figure_of(const char *region, const char *indicator, int year,
                                  const char *text) {
    StoreObservation observation = figure(indicator, year, text);
    observation.region = region;
    return observation;
}

// Version 1: a and b of the county, a of the nation.
static Store *store_with_figures(Fixture *fixture) {
    Store *store = fixture_make(fixture);
    const StoreObservation rows[] = {figure("a", 2020, "1"), figure("a", 2021, "2.5"),
                                     figure("b", 2020, "-3"), figure_of("000000", "a", 2020, "100"),
                                     figure_of("000000", "a", 2021, "0")};
    PutFigures put = {.rows = rows, .count = COUNT_OF(rows)};
    ASSERT_GOOD(store_write(store, put_figures, &put, &unexpected));
    return store;
}

// ---- what is written ---------------------------------------------------------------------------

static void columns_follow_every_change(void **state) {
    Store *store = store_with_figures(*state);
    assert_columns(store, (StoreColumnsQuery){0},
                   "000000 a total 2020 100;000000 a total 2021 0;150802 a total 2020 1;"
                   "150802 a total 2021 2.5;150802 b total 2020 -3;");
    assert_trusted(store, 2);
    put_figure(store, figure("a", 2020, "4")); // revised
    assert_trusted(store, 2);
    put_figure(store, figure("a", 2021, "")); // withdrawn
    assert_columns(store, (StoreColumnsQuery){.region = "150802"},
                   "150802 a total 2020 4;150802 b total 2020 -3;");
    assert_trusted(store, 2);
    put_figure(store, figure("c", 2020, "5")); // a new series, and one between others
    put_figure(store, figure_of("000000", "b", 2021, "6"));
    assert_trusted(store, 2);
    put_figure(store, figure("a", 2011, "7")); // years before the first and after the last
    put_figure(store, figure("c", 2030, "8"));
    assert_trusted(store, 2);
    put_figure(store, figure("a", 2021, "9")); // given again
    StoreObservation female = figure("a", 2021, "10");
    female.breakdown = "female";
    put_figure(store, female);
    assert_trusted(store, 2);
    assert_columns(store, (StoreColumnsQuery){.region = "150802"},
                   "150802 a female 2021 10;150802 a total 2011 7;150802 a total 2020 4;"
                   "150802 a total 2021 9;150802 b total 2020 -3;150802 c total 2020 5;"
                   "150802 c total 2030 8;");
    assert_int_equal(assert_all_agree(store, 0).data_version, 9);
}

static void a_region_without_a_value_is_not_handed_out(void **state) {
    Store *store = fixture_make(*state);
    assert_trusted(store, 0);
    put_figure(store, figure("a", 2020, "1"));
    assert_trusted(store, 1);
    put_figure(store, figure("a", 2020, ""));
    assert_trusted(store, 0);
    put_figure(store, figure("b", 2020, "")); // never had one
    assert_trusted(store, 0);
    assert_columns(store, (StoreColumnsQuery){.region = "999999"}, "");
}

static char *dump(const char *path, const char *sql) {
    Buffer text = {0};
    sqlite3 *raw = raw_open(path);
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &statement, NULL), SQLITE_OK);
    buffer_text(&text, "");
    while (sqlite3_step(statement) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(statement); i++) {
            const char *field = (const char *)sqlite3_column_text(statement, i);
            buffer_printf(&text, "%s%s", field ? field : "",
                          i + 1 == sqlite3_column_count(statement) ? ";" : " ");
        }
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return text.data;
}

#define COLUMNS_DUMP                                                                               \
    "SELECT region, data_version, checksum, hex(columns) FROM observation_columns ORDER BY region"

static bool put_then_fail(StoreTransaction *transaction, void *context, Error *error) {
    return put_figures(transaction, context, error) &&
           error_set(error, ERROR_INPUT, "row 7 is wrong");
}

static void a_rolled_back_change_leaves_columns_and_series_alone(void **state) {
    Fixture *fixture = *state;
    Store *store = store_with_figures(fixture);
    char *before = dump(fixture->path, COLUMNS_DUMP);
    const StoreObservation rows[] = {figure("a", 2020, "9"), figure("new", 2025, "9")};
    PutFigures put = {.rows = rows, .count = 2};
    Error error = {0};
    assert_false(store_write(store, put_then_fail, &put, &error));
    assert_int_equal(error.code, ERROR_INPUT);
    char *after = dump(fixture->path, COLUMNS_DUMP);
    assert_string_equal(after, before);
    free(before);
    free(after);
    assert_trusted(store, 2);
    put_figure(store, figure("other", 2025, "9"));
    char *series = dump(fixture->path, "SELECT number, indicator FROM series ORDER BY number");
    assert_string_equal(series, "1 a;2 b;3 other;");
    free(series);
}

static void an_import_that_changes_nothing_writes_nothing(void **state) {
    Fixture *fixture = *state;
    Store *store = store_with_figures(fixture);
    char *before = dump(fixture->path, COLUMNS_DUMP);
    assert_int_equal(put_figure(store, figure("a", 2021, "2.5")), STORE_UNCHANGED);
    char *after = dump(fixture->path, COLUMNS_DUMP);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static bool put_large_region(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    if (!store_describe_change(transaction, "李明", "test", error)) return false;
    for (int i = 0; i < 600; i++) {
        char indicator[16], text[16];
        snprintf(indicator, sizeof indicator, "i%d", i % 150);
        snprintf(text, sizeof text, "%d.25", i);
        const StoreObservation row = figure(indicator, 2010 + i / 60, text);
        if (!store_put_observation(transaction, &row, NULL, error)) return false;
    }
    return true;
}

static void columns_larger_than_a_page_are_read(void **state) {
    Store *store = store_with_figures(*state);
    ASSERT_GOOD(store_write(store, put_large_region, NULL, &unexpected));
    assert_trusted(store, 2);
    put_figure(store, figure("i77", 2011, "-1"));
    assert_trusted(store, 2);
}

// The figures already there among new ones are found although new ones are tried first.
static void one_import_may_add_revise_and_repeat(void **state) {
    Store *store = store_with_figures(*state);
    const StoreObservation rows[] = {figure("z", 2020, "1"),   figure("a", 2020, "1"),
                                     figure("a", 2021, "2.6"), figure("z", 2020, "1"),
                                     figure("z", 2020, "2"),   figure("b", 2020, "-3"),
                                     figure("b", 2019, "0.1"), figure("a", 2021, "2.7")};
    PutFigures put = {.rows = rows, .count = COUNT_OF(rows)};
    ASSERT_GOOD(store_write(store, put_figures, &put, &unexpected));
    assert_int_equal(put.change, STORE_REVISED);
    assert_trusted(store, 2);
    assert_columns(store, (StoreColumnsQuery){.region = "150802"},
                   "150802 a total 2020 1;150802 a total 2021 2.7000000000000002;"
                   "150802 b total 2019 0.10000000000000001;150802 b total 2020 -3;"
                   "150802 z total 2020 2;");
    assert_int_equal(count_observations(store), 5 + 5);
}

typedef struct Random {
    uint64_t state;
    int count; // of figures to put
} Random;

static uint32_t below(Random *random, uint32_t limit) {
    random->state = random->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random->state >> 33) % limit;
}

static bool put_at_random(StoreTransaction *transaction, void *context, Error *error) {
    static const char *const texts[] = {"", "1", "2.5", "-3", "4e10", "0"};
    Random *random = context;
    if (!store_describe_change(transaction, "李明", "test", error)) return false;
    for (int i = 0; i < random->count; i++) {
        char indicator[8];
        snprintf(indicator, sizeof indicator, "i%u", below(random, 12));
        StoreObservation row =
            figure(indicator, 2000 + (int)below(random, 15), texts[below(random, 6)]);
        if (below(random, 4) == 0) row.region = "000000";
        if (!store_put_observation(transaction, &row, NULL, error)) return false;
    }
    return true;
}

// Whatever is put, and however many at once: merged changes give the bytes that the revisions give.
static void columns_are_the_same_bytes_however_they_came_about(void **state) {
    Store *store = fixture_make(*state);
    Random random = {.state = 1};
    for (int i = 0; i < 60; i++) {
        size_t rebuilt;
        random.count = i % 7 == 6 ? 2 * CHANGES_NOTED : 1 + (int)below(&random, 12);
        ASSERT_GOOD(store_write(store, put_at_random, &random, &unexpected));
        ASSERT_GOOD(store_rebuild_columns(store, &rebuilt, &unexpected));
        assert_int_equal(rebuilt, 0);
    }
    StoreColumnsReport report = assert_all_agree(store, 0);
    assert_int_equal(report.stale + report.damaged, 0);
}

// A change to columns that are not right does not build on them.
static void damaged_columns_are_not_changed_but_made_anew(void **state) {
    Fixture *fixture = *state;
    Store *store = store_with_figures(fixture);
    raw_change(fixture->path,
               "UPDATE observation_columns SET columns = "
               "CAST(substr(columns, 1, 24) || x'01' || substr(columns, 26) AS BLOB)");
    put_figure(store, figure("a", 2022, "5"));
    StoreColumnsReport report = assert_all_agree(store, 0);
    assert_int_equal(report.damaged, 1); // the nation's, where nothing was put
}

static void years_far_apart_are_read_from_revisions(void **state) {
    Fixture *fixture = *state;
    Store *store = store_with_figures(fixture);
    put_figure(store, figure("b", 204, "1"));
    put_figure(store, figure("b", 9999, "1"));
    char *kept = dump(fixture->path,
                      "SELECT region, columns IS NULL FROM observation_columns ORDER BY region");
    assert_string_equal(kept, "1 0;2 1;");
    free(kept);
    assert_trusted(store, 2);
    put_figure(store, figure("b", 204, ""));
    put_figure(store, figure("b", 9999, ""));
    kept = dump(fixture->path,
                "SELECT region, columns IS NULL FROM observation_columns ORDER BY region");
    assert_string_equal(kept, "1 0;2 0;");
    free(kept);
    assert_trusted(store, 2);
}

// ---- what is read ------------------------------------------------------------------------------

static void columns_are_read_as_of_a_version(void **state) {
    Store *store = store_with_figures(*state);
    put_figure(store, figure("a", 2020, "4"));
    put_figure(store, figure("c", 1990, "5"));
    put_figure(store, figure_of("000000", "a", 2020, ""));
    for (int64_t version = 1; version <= 4; version++) {
        StoreColumnsReport report = assert_all_agree(store, version);
        assert_int_equal(report.data_version, version);
        assert_int_equal(report.stale + report.damaged, 0);
    }
    assert_int_equal(assert_all_agree(store, 99).data_version, 4);
}

static bool list_region(const StoreColumns *columns, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s;", columns->region);
    return true;
}

enum { REGION_COUNT = 25, FIRST_CODE = 1000 };

static bool put_many_regions(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    if (!store_describe_change(transaction, "李明", "test", error)) return false;
    for (int i = 0; i < REGION_COUNT; i++) {
        char code[8];
        snprintf(code, sizeof code, "%d", FIRST_CODE + i);
        const StoreRegion region = {.code = code, .name = "县", .level = "county"};
        const StoreObservation row = figure_of(code, "a", 2020, "1");
        if (!store_put_region(transaction, &region, NULL, error) ||
            !store_put_observation(transaction, &row, NULL, error))
            return false;
    }
    return true;
}

// All parts together hand out every region once, and none has much more to do than another.
static void assert_shared(Store *store, int parts) {
    const size_t fair = REGION_COUNT / (size_t)parts;
    Buffer regions = {0};
    size_t handed_out = 0;
    for (int part = 0; part < parts; part++) {
        const StoreColumnsQuery query = {.part = part, .parts = parts};
        StoreColumnsReport report;
        ASSERT_GOOD(store_read_columns(store, &query, list_region, &regions, &report, &unexpected));
        assert_in_range(report.regions, fair, fair + 1);
        handed_out += report.regions;
    }
    assert_int_equal(handed_out, REGION_COUNT);
    for (int i = 0; i < REGION_COUNT; i++) {
        char code[8];
        snprintf(code, sizeof code, "%d;", FIRST_CODE + i);
        assert_non_null(strstr(regions.data, code));
    }
    buffer_free(&regions);
}

static void parts_share_the_regions(void **state) {
    Store *store = fixture_open(*state, STORE_CREATE);
    ASSERT_GOOD(store_write(store, put_many_regions, NULL, &unexpected));
    for (int parts = 1; parts <= 4; parts++)
        assert_shared(store, parts);
    assert_trusted(store, REGION_COUNT);
}

static bool stop_at_once(const StoreColumns *columns, void *context, Error *error) {
    ++*(int *)context;
    return error_set(error, ERROR_CANCELLED, "enough of %s", columns->region);
}

static void a_callback_ends_the_reading_with_its_error(void **state) {
    Store *store = store_with_figures(*state);
    for (int from_revisions = 0; from_revisions < 2; from_revisions++) {
        const StoreColumnsQuery query = {.from_revisions = from_revisions};
        int calls = 0;
        Error error = {0};
        assert_false(store_read_columns(store, &query, stop_at_once, &calls, NULL, &error));
        assert_int_equal(calls, 1);
        assert_int_equal(error.code, ERROR_CANCELLED);
        assert_string_equal(error.message, "enough of 000000");
    }
}

// ---- what is not believed ----------------------------------------------------------------------

static void assert_read_from_revisions(Store *store, size_t stale, size_t damaged) {
    StoreColumnsReport report = assert_all_agree(store, 0);
    assert_int_equal(report.regions, 2);
    assert_int_equal(report.stale, stale);
    assert_int_equal(report.damaged, damaged);
}

static void damaged_columns_are_not_believed(void **state) {
    static const char *const damages[] = {
        // one bit of a value
        "UPDATE observation_columns SET columns = CAST(substr(columns, 1, 24) || x'01' || "
        "substr(columns, 26) AS BLOB) WHERE region = 2",
        "UPDATE observation_columns SET columns = substr(columns, 1, 30) WHERE region = 2",
        "UPDATE observation_columns SET columns = x'' WHERE region = 2",
        "UPDATE observation_columns SET checksum = checksum + 1 WHERE region = 2",
        // the columns of another region
        "UPDATE observation_columns SET columns = (SELECT columns FROM observation_columns "
        "WHERE region = 1), checksum = (SELECT checksum FROM observation_columns "
        "WHERE region = 1) WHERE region = 2",
    };
    Fixture *fixture = *state;
    Store *store = store_with_figures(fixture);
    for (size_t i = 0; i < COUNT_OF(damages); i++) {
        size_t rebuilt;
        raw_change(fixture->path, damages[i]);
        assert_read_from_revisions(store, 0, 1);
        ASSERT_GOOD(store_rebuild_columns(store, &rebuilt, &unexpected));
        assert_int_equal(rebuilt, 1);
        assert_trusted(store, 2);
    }
}

// The right checksum over columns that name a series nobody knows.
static void columns_of_unknown_series_are_not_believed(void **state) {
    Fixture *fixture = *state;
    Store *store = store_with_figures(fixture);
    ColumnsBuilder builder = {0};
    columns_builder_begin(&builder);
    assert_true(columns_builder_add(&builder, 3, 2020, 5));
    columns_builder_finish(&builder);
    Buffer sql = {0};
    buffer_text(&sql, "UPDATE observation_columns SET columns = x'");
    for (size_t i = 0; i < builder.length; i++)
        buffer_printf(&sql, "%02x", (unsigned char)builder.bytes[i]);
    buffer_printf(&sql, "', checksum = %lld WHERE region = 2",
                  (long long)columns_checksum(builder.bytes, builder.length, 2, 1));
    raw_change(fixture->path, sql.data);
    assert_read_from_revisions(store, 0, 1);
    buffer_free(&sql);
    columns_builder_free(&builder);
}

static void stale_columns_are_not_believed(void **state) {
    Fixture *fixture = *state;
    Store *store = store_with_figures(fixture);
    size_t rebuilt;
    // As a program would leave it that knows revisions, but not columns.
    raw_change(fixture->path,
               "INSERT INTO data_change VALUES (2, 'somebody', 'something', 1);"
               "UPDATE counter SET value = 2 WHERE name = 'data_version';"
               "INSERT INTO region_change VALUES (2, 2);"
               "INSERT INTO observation VALUES (2, 1, 2020, 2, 2, 77, '77', 0, NULL, NULL)");
    assert_read_from_revisions(store, 1, 0);
    assert_columns(store, (StoreColumnsQuery){.region = "150802"},
                   "150802 a total 2020 77;150802 a total 2021 2.5;150802 b total 2020 -3;");
    put_figure(store, figure("b", 2020, "5")); // the next change sets it right
    assert_trusted(store, 2);
    raw_change(fixture->path, "DELETE FROM observation_columns WHERE region = 1");
    assert_read_from_revisions(store, 1, 0);
    ASSERT_GOOD(store_rebuild_columns(store, &rebuilt, &unexpected));
    assert_int_equal(rebuilt, 1);
    assert_trusted(store, 2);
}

static void a_database_without_any_columns_gets_them_when_opened(void **state) {
    Fixture *fixture = *state;
    store_with_figures(fixture);
    char *before = dump(fixture->path, COLUMNS_DUMP);
    raw_change(fixture->path, "DELETE FROM observation_columns");
    Store *store = fixture_reopen(fixture, STORE_READ_ONLY);
    assert_read_from_revisions(store, 2, 0);
    store = fixture_reopen(fixture, STORE_OPEN);
    assert_trusted(store, 2);
    char *after = dump(fixture->path, COLUMNS_DUMP);
    assert_string_equal(after, before);
    free(before);
    free(after);
}

static void rebuilding_what_is_right_writes_nothing(void **state) {
    Fixture *fixture = *state;
    Store *store = store_with_figures(fixture);
    put_figure(store, figure("b", 204, "1"));
    size_t rebuilt = 7;
    ASSERT_GOOD(store_rebuild_columns(store, &rebuilt, &unexpected));
    assert_int_equal(rebuilt, 0);
    Error error = {0};
    store = fixture_reopen(fixture, STORE_READ_ONLY);
    assert_false(store_rebuild_columns(store, &rebuilt, &error));
    assert_int_equal(error.code, ERROR_STORE);
}

static bool ignore_columns(const StoreColumns *columns, void *context, Error *error) {
    (void)columns, (void)context, (void)error;
    return true;
}

static void revisions_that_cannot_be_are_told(void **state) {
    Fixture *fixture = *state;
    Store *store = store_with_figures(fixture);
    raw_change(fixture->path,
               "PRAGMA ignore_check_constraints = ON;"
               "INSERT INTO observation VALUES (2, 1, 0, 1, 1, 1, '1', 0, NULL, NULL)");
    const StoreColumnsQuery query = {.from_revisions = true};
    Error error = {0};
    assert_false(store_read_columns(store, &query, ignore_columns, NULL, NULL, &error));
    assert_int_equal(error.code, ERROR_STORE);
    assert_non_null(strstr(error.message, "damaged"));
    raw_change(fixture->path,
               "DELETE FROM observation WHERE year = 0;"
               "INSERT INTO observation VALUES (2, 9, 2000, 1, 1, 1, '1', 0, NULL, NULL)");
    assert_false(store_read_columns(store, &query, ignore_columns, NULL, NULL, &error));
    assert_non_null(strstr(error.message, "damaged"));
}

// ---- names -------------------------------------------------------------------------------------

static void the_view_has_the_names(void **state) {
    static const char *const kinds[] = {"reported", "stated", "derived", "estimated", "sample"};
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        StoreObservation row = figure("a", 2020 + (int)i, "1.50");
        row.kind = kinds[i];
        row.source = i == 1 ? "统计公报" : NULL;
        row.note = i == 2 ? "推算" : NULL;
        put_figure(store, row);
    }
    put_figure(store, figure("a", 2020, ""));
    char *rows = dump(fixture->path,
                      "SELECT region, indicator, breakdown, year, revision, value, value_text, "
                      "kind, source, note, data_version FROM observation_row "
                      "ORDER BY year, revision");
    assert_string_equal(rows, "150802 a total 2020 1 1.5 1.50 reported   1;"
                              "150802 a total 2020 2   reported   6;"
                              "150802 a total 2021 1 1.5 1.50 stated 统计公报  2;"
                              "150802 a total 2022 1 1.5 1.50 derived  推算 3;"
                              "150802 a total 2023 1 1.5 1.50 estimated   4;"
                              "150802 a total 2024 1 1.5 1.50 sample   5;");
    free(rows);
}

// Two texts that would be one if they were only strung together.
static void series_are_told_apart_by_both_names(void **state) {
    Store *store = fixture_make(*state);
    StoreObservation rows[] = {figure("ab", 2020, "1"), figure("a", 2020, "2"),
                               figure("a", 2020, "3"),
                               figure("a\x1f"
                                      "b",
                                      2020, "4")};
    rows[0].breakdown = "c", rows[1].breakdown = "bc",
    rows[2].breakdown = "b\x1f"
                        "c";
    rows[3].breakdown = "c";
    PutFigures put = {.rows = rows, .count = COUNT_OF(rows)};
    ASSERT_GOOD(store_write(store, put_figures, &put, &unexpected));
    assert_trusted(store, 1);
    Listing listing = {0};
    ASSERT_GOOD(store_read_series(store, listing_series, &listing, &unexpected));
    assert_int_equal(listing.series_count, 4);
    Buffer text = listing_text(&listing);
    buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(columns_follow_every_change),
        DB_TEST(a_region_without_a_value_is_not_handed_out),
        DB_TEST(a_rolled_back_change_leaves_columns_and_series_alone),
        DB_TEST(an_import_that_changes_nothing_writes_nothing),
        DB_TEST(columns_larger_than_a_page_are_read),
        DB_TEST(one_import_may_add_revise_and_repeat),
        DB_TEST(columns_are_the_same_bytes_however_they_came_about),
        DB_TEST(damaged_columns_are_not_changed_but_made_anew),
        DB_TEST(years_far_apart_are_read_from_revisions),
        DB_TEST(columns_are_read_as_of_a_version),
        DB_TEST(parts_share_the_regions),
        DB_TEST(a_callback_ends_the_reading_with_its_error),
        DB_TEST(damaged_columns_are_not_believed),
        DB_TEST(columns_of_unknown_series_are_not_believed),
        DB_TEST(stale_columns_are_not_believed),
        DB_TEST(a_database_without_any_columns_gets_them_when_opened),
        DB_TEST(rebuilding_what_is_right_writes_nothing),
        DB_TEST(revisions_that_cannot_be_are_told),
        DB_TEST(the_view_has_the_names),
        DB_TEST(series_are_told_apart_by_both_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
