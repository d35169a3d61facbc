// Observations: revisions, as-of reading, what counts as a change.
#include "core/base/clock.h"
#include "tests/unit/db/fixture.h"

static bool list_observation(const StoreObservation *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %s %s %d r%d v%lld %s;", row->region, row->indicator, row->breakdown,
                  row->year, row->revision, (long long)row->data_version, row->value_text);
    return true;
}

static void assert_reads(Store *store, StoreObservationQuery query, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_observations(store, &query, list_observation, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static int64_t data_version(Store *store) {
    int64_t version = -1;
    ASSERT_GOOD(store_read_data_version(store, &version, &unexpected));
    return version;
}

// "region indicator breakdown: all/of the last year".
static bool list_count(const StoreCount *count, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %s %s: %zu/%zu;", count->region, count->indicator, count->breakdown,
                  count->observations, count->in_last_year);
    return true;
}

static void assert_counted(Store *store, StoreCountQuery query, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_count_observations(store, &query, list_count, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static void figures_of_a_kind_are_counted(void **state) {
    Store *store = fixture_make(*state);
    StoreObservation sample = figure("screening", 2023, "61.0");
    sample.kind = "sample";
    put_figure(store, sample);
    sample.year = 2024;
    put_figure(store, sample);
    sample.breakdown = "female";
    put_figure(store, sample);
    put_figure(store, figure("mortality", 2024, "12"));
    const char *both = "150802 screening total: 2/1;150802 screening female: 1/1;";
    assert_counted(store, (StoreCountQuery){.kind = "sample", .last_year = 2024}, both);
    assert_counted(
        store, (StoreCountQuery){.kind = "sample", .region = "150802", .last_year = 2024}, both);
    assert_counted(store,
                   (StoreCountQuery){.kind = "sample", .region = "000000", .last_year = 2024}, "");
    assert_counted(store, (StoreCountQuery){.kind = "sample", .last_year = 2023},
                   "150802 screening total: 1/1;");
    assert_counted(store, (StoreCountQuery){.kind = "reported", .last_year = 2024},
                   "150802 mortality total: 1/1;");
}

static void what_follows_a_figure_counts_in_its_place(void **state) {
    Store *store = fixture_make(*state);
    StoreObservation sample = figure("screening", 2024, "61.0"),
                     withdrawn = figure("screening", 2024, "");
    sample.kind = withdrawn.kind = "sample";
    const StoreCountQuery now = {.kind = "sample", .last_year = 2024};
    put_figure(store, sample);
    put_figure(store, withdrawn); // no figure any more
    assert_counted(store, now, "");
    put_figure(store, sample);
    assert_counted(store, now, "150802 screening total: 1/1;");
    put_figure(store, figure("screening", 2024, "62.5")); // a real one
    assert_counted(store, now, "");
    assert_counted(store, (StoreCountQuery){.kind = "sample", .last_year = 2024, .as_of = 3},
                   "150802 screening total: 1/1;");
}

// It made a data version and a revision without a value, and had packs evaluated as a whole.
static void withdrawing_what_never_was_counted_as_a_change(void **state) {
    Store *store = fixture_make(*state);
    assert_int_equal(put_figure(store, figure("screening", 2024, "")), STORE_UNCHANGED);
    assert_int_equal(count_observations(store), 0);
    assert_int_equal(data_version(store), 0);
    put_figure(store, figure("screening", 2024, "61.0"));
    assert_int_equal(put_figure(store, figure("screening", 2023, "")), STORE_UNCHANGED);
    assert_int_equal(data_version(store), 1);
    assert_int_equal(put_figure(store, figure("screening", 2024, "")), STORE_REVISED);
    assert_int_equal(put_figure(store, figure("screening", 2024, "")), STORE_UNCHANGED);
    assert_int_equal(data_version(store), 2);
}

// Puts one figure after the other, and notes after each how many samples there are more.
typedef struct Gaining {
    const StoreObservation *rows;
    size_t count;
    int64_t gained[8];
} Gaining;

static bool put_and_note(StoreTransaction *transaction, void *context, Error *error) {
    Gaining *gaining = context;
    if (!store_describe_change(transaction, "test", "test", error)) return false;
    for (size_t i = 0; i < gaining->count; i++) {
        if (!store_put_observation(transaction, &gaining->rows[i], NULL, error)) return false;
        gaining->gained[i] = store_transaction_samples_gained(transaction);
    }
    return true;
}

static void a_transaction_knows_what_became_a_sample_and_what_ceased_to(void **state) {
    Store *store = fixture_make(*state);
    bool any;
    ASSERT_GOOD(store_has_samples(store, &any, &unexpected));
    assert_false(any);
    StoreObservation real = figure("screening", 2024, "61.0"), sample = real,
                     revised = figure("screening", 2024, "62.0"),
                     withdrawn = figure("screening", 2024, "");
    sample.kind = revised.kind = withdrawn.kind = "sample";
    const StoreObservation rows[] = {sample, revised, real, real, sample, withdrawn, sample};
    Gaining gaining = {.rows = rows, .count = 7};
    ASSERT_GOOD(store_write(store, put_and_note, &gaining, &unexpected));
    const int64_t wanted[] = {1, 1, 0, 0, 1, 0, 1};
    assert_memory_equal(gaining.gained, wanted, sizeof wanted);
    gaining = (Gaining){.rows = &real, .count = 1};
    ASSERT_GOOD(store_write(store, put_and_note, &gaining, &unexpected));
    assert_int_equal(gaining.gained[0], -1);
    ASSERT_GOOD(store_has_samples(store, &any, &unexpected));
    assert_true(any); // there was one
}

static void nothing_is_version_zero(void **state) {
    Store *store = fixture_make(*state);
    assert_int_equal(data_version(store), 0);
    assert_int_equal(count_observations(store), 0);
}

static bool keep_observation(const StoreObservation *row, void *context, Error *error) {
    (void)error;
    Arena *arena = ((void **)context)[0];
    StoreObservation *kept = ((void **)context)[1];
    *kept = *row;
    kept->region = arena_string(arena, row->region);
    kept->indicator = arena_string(arena, row->indicator);
    kept->breakdown = arena_string(arena, row->breakdown);
    kept->value_text = arena_string(arena, row->value_text);
    kept->kind = arena_string(arena, row->kind);
    kept->source = arena_string(arena, row->source);
    kept->note = arena_string(arena, row->note);
    kept->entered_by = arena_string(arena, row->entered_by);
    return true;
}

static void every_field_comes_back(void **state) {
    Store *store = fixture_make(*state);
    StoreObservation put = figure("maternal_mortality", 2024, "14.30");
    put.breakdown = "female";
    put.kind = "stated";
    put.source = "统计公报";
    put.note = "比上年下降";
    int64_t before = clock_now_us();
    assert_int_equal(put_figure(store, put), STORE_ADDED);

    Arena arena = {0};
    StoreObservation row = {0};
    void *context[] = {&arena, &row};
    const StoreObservationQuery all = {0};
    ASSERT_GOOD(store_read_observations(store, &all, keep_observation, context, &unexpected));
    assert_string_equal(row.region, "150802");
    assert_string_equal(row.indicator, "maternal_mortality");
    assert_string_equal(row.breakdown, "female");
    assert_int_equal(row.year, 2024);
    assert_true(row.value == 14.3);
    assert_string_equal(row.value_text, "14.30");
    assert_string_equal(row.kind, "stated");
    assert_string_equal(row.source, "统计公报");
    assert_string_equal(row.note, "比上年下降");
    assert_int_equal(row.revision, 1);
    assert_int_equal(row.data_version, 1);
    assert_string_equal(row.entered_by, "李明");
    assert_in_range(row.entered_at_us, before, clock_now_us());
    arena_free(&arena);
}

static void only_a_difference_makes_a_revision(void **state) {
    Store *store = fixture_make(*state);
    StoreObservation row = figure("income", 2024, "10");
    assert_int_equal(put_figure(store, row), STORE_ADDED);
    assert_int_equal(put_figure(store, row), STORE_UNCHANGED);
    row.note = ""; // the same as none
    assert_int_equal(put_figure(store, row), STORE_UNCHANGED);
    assert_int_equal(data_version(store), 1);

    row.value_text = "10.0";
    assert_int_equal(put_figure(store, row), STORE_REVISED);
    row.kind = "estimated";
    assert_int_equal(put_figure(store, row), STORE_REVISED);
    row.source = "年鉴";
    assert_int_equal(put_figure(store, row), STORE_REVISED);
    row.note = "校核";
    assert_int_equal(put_figure(store, row), STORE_REVISED);
    assert_int_equal(put_figure(store, row), STORE_UNCHANGED);
    row.note = NULL;
    assert_int_equal(put_figure(store, row), STORE_REVISED);
    assert_int_equal(data_version(store), 6);
    assert_int_equal(count_observations(store), 6);
}

static bool keep_value(const StoreObservation *row, void *context, Error *error) {
    (void)error;
    *(double *)context = row->value;
    return true;
}

static void a_figure_can_be_withdrawn_and_given_again(void **state) {
    Store *store = fixture_make(*state);
    put_figure(store, figure("income", 2024, "10"));
    assert_int_equal(put_figure(store, figure("income", 2024, "")), STORE_REVISED);
    assert_int_equal(put_figure(store, figure("income", 2024, "")), STORE_UNCHANGED);

    double value = 0;
    const StoreObservationQuery all = {0};
    ASSERT_GOOD(store_read_observations(store, &all, keep_value, &value, &unexpected));
    assert_true(isnan(value));
    assert_reads(store, all, "150802 income total 2024 r2 v2 ;");
    assert_int_equal(put_figure(store, figure("income", 2024, "10")), STORE_REVISED);
    assert_reads(store, all, "150802 income total 2024 r3 v3 10;");
}

// Version 1: a, b of both regions; 2: a of 150802 revised; 3: b revised, c added; 4: a revised
// again.
static Store *store_with_history(Fixture *fixture) {
    Store *store = fixture_make(fixture);
    StoreObservation first[] = {figure("b", 2024, "1"), figure("a", 2024, "1"),
                                figure("a", 2023, "1"), figure("a", 2024, "1"),
                                figure("a", 2024, "1")};
    first[3].region = "000000";
    first[4].breakdown = "female";
    PutFigures put = {.rows = first, .count = 5, .what = "first.csv"};
    ASSERT_GOOD(store_write(store, put_figures, &put, &unexpected));
    put_figure(store, figure("a", 2024, "2"));
    const StoreObservation third[] = {figure("b", 2024, "3"), figure("c", 2024, "3")};
    put = (PutFigures){.rows = third, .count = 2, .what = "third.csv"};
    ASSERT_GOOD(store_write(store, put_figures, &put, &unexpected));
    put_figure(store, figure("a", 2024, "4"));
    return store;
}

static void reading_as_of_a_version_gives_what_was_current_then(void **state) {
    Store *store = store_with_history(*state);
    assert_int_equal(data_version(store), 4);
    static const char *const expected[] = {
        [1] = "000000 a total 2024 r1 v1 1;150802 a female 2024 r1 v1 1;"
              "150802 a total 2023 r1 v1 1;150802 a total 2024 r1 v1 1;"
              "150802 b total 2024 r1 v1 1;",
        [2] = "000000 a total 2024 r1 v1 1;150802 a female 2024 r1 v1 1;"
              "150802 a total 2023 r1 v1 1;150802 a total 2024 r2 v2 2;"
              "150802 b total 2024 r1 v1 1;",
        [3] = "000000 a total 2024 r1 v1 1;150802 a female 2024 r1 v1 1;"
              "150802 a total 2023 r1 v1 1;150802 a total 2024 r2 v2 2;"
              "150802 b total 2024 r2 v3 3;150802 c total 2024 r1 v3 3;",
        [4] = "000000 a total 2024 r1 v1 1;150802 a female 2024 r1 v1 1;"
              "150802 a total 2023 r1 v1 1;150802 a total 2024 r3 v4 4;"
              "150802 b total 2024 r2 v3 3;150802 c total 2024 r1 v3 3;",
    };
    for (int64_t version = 1; version <= 4; version++)
        assert_reads(store, (StoreObservationQuery){.as_of = version}, expected[version]);
    assert_reads(store, (StoreObservationQuery){0}, expected[4]);
    assert_reads(store, (StoreObservationQuery){.as_of = 99}, expected[4]);
}

static void queries_narrow_by_region_and_indicator(void **state) {
    Store *store = store_with_history(*state);
    assert_reads(store, (StoreObservationQuery){.region = "000000"},
                 "000000 a total 2024 r1 v1 1;");
    assert_reads(store, (StoreObservationQuery){.indicator = "b"}, "150802 b total 2024 r2 v3 3;");
    assert_reads(store, (StoreObservationQuery){.indicator = "a", .as_of = 3},
                 "000000 a total 2024 r1 v1 1;150802 a female 2024 r1 v1 1;"
                 "150802 a total 2023 r1 v1 1;150802 a total 2024 r2 v2 2;");
    assert_reads(store, (StoreObservationQuery){.region = "150802", .indicator = "c"},
                 "150802 c total 2024 r1 v3 3;");
    assert_reads(store, (StoreObservationQuery){.region = "150802", .indicator = "c", .as_of = 2},
                 "");
    assert_reads(store, (StoreObservationQuery){.region = "999999"}, "");
}

static void all_revisions_come_oldest_first(void **state) {
    Store *store = store_with_history(*state);
    StoreObservationQuery query = {.region = "150802", .indicator = "a", .all_revisions = true};
    assert_reads(store, query,
                 "150802 a female 2024 r1 v1 1;150802 a total 2023 r1 v1 1;"
                 "150802 a total 2024 r1 v1 1;150802 a total 2024 r2 v2 2;"
                 "150802 a total 2024 r3 v4 4;");
    query.as_of = 2;
    assert_reads(store, query,
                 "150802 a female 2024 r1 v1 1;150802 a total 2023 r1 v1 1;"
                 "150802 a total 2024 r1 v1 1;150802 a total 2024 r2 v2 2;");
    assert_reads(store, (StoreObservationQuery){.indicator = "b", .all_revisions = true},
                 "150802 b total 2024 r1 v1 1;150802 b total 2024 r2 v3 3;");
    assert_reads(store, (StoreObservationQuery){.region = "000000", .all_revisions = true},
                 "000000 a total 2024 r1 v1 1;");
    assert_int_equal(count_observations(store), 9);
}

static void one_transaction_may_revise_a_figure_twice(void **state) {
    Store *store = fixture_make(*state);
    const StoreObservation rows[] = {figure("a", 2024, "1"), figure("a", 2024, "2")};
    PutFigures put = {.rows = rows, .count = 2};
    ASSERT_GOOD(store_write(store, put_figures, &put, &unexpected));
    assert_int_equal(put.change, STORE_REVISED);
    assert_int_equal(data_version(store), 1);
    assert_reads(store, (StoreObservationQuery){.as_of = 1}, "150802 a total 2024 r2 v1 2;");
}

static bool list_change(const StoreDataChange *change, void *context, Error *error) {
    (void)error;
    if (change->changed_at_us <= 0) return error_set(error, ERROR_STORE, "no time");
    buffer_printf(context, "%lld %s %s;", (long long)change->data_version, change->who,
                  change->what);
    return true;
}

static void data_versions_say_who_and_why(void **state) {
    Store *store = store_with_history(*state);
    Buffer text = {0};
    ASSERT_GOOD(store_read_changes(store, 0, list_change, &text, &unexpected));
    assert_string_equal(text.data, "1 李明 first.csv;2 李明 test;3 李明 third.csv;4 李明 test;");
    buffer_clear(&text);
    ASSERT_GOOD(store_read_changes(store, 3, list_change, &text, &unexpected));
    assert_string_equal(text.data, "4 李明 test;");
    buffer_free(&text);
}

// ---- refusals ----------------------------------------------------------------------------------

static void refuses_figure(Store *store, StoreObservation observation, ErrorCode code,
                           const char *words) {
    PutFigures put = {.rows = &observation, .count = 1};
    Error error = {0};
    assert_false(store_write(store, put_figures, &put, &error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, words)) fail_msg("“%s” lacks “%s”", error.message, words);
}

static void bad_observations_are_refused(void **state) {
    Store *store = fixture_make(*state);
    const StoreObservation good = figure("a", 2024, "1");
    StoreObservation bad = good;
    bad.region = NULL;
    refuses_figure(store, bad, ERROR_INPUT, "region");
    bad = good, bad.indicator = "";
    refuses_figure(store, bad, ERROR_INPUT, "indicator");
    bad = good, bad.breakdown = "";
    refuses_figure(store, bad, ERROR_INPUT, "breakdown");
    bad = good, bad.year = 0;
    refuses_figure(store, bad, ERROR_INPUT, "not a year");
    bad = good, bad.year = 20240;
    refuses_figure(store, bad, ERROR_INPUT, "not a year");
    bad = good, bad.kind = "guessed";
    refuses_figure(store, bad, ERROR_INPUT, "guessed");
    bad = good, bad.kind = NULL;
    refuses_figure(store, bad, ERROR_INPUT, "kind");
    bad = good, bad.value = NAN;
    refuses_figure(store, bad, ERROR_INPUT, "finite");
    bad = good, bad.value = INFINITY;
    refuses_figure(store, bad, ERROR_INPUT, "finite");
    bad = good, bad.value_text = "";
    refuses_figure(store, bad, ERROR_INPUT, "typed");
    bad = good, bad.region = "654321";
    refuses_figure(store, bad, ERROR_NOT_FOUND, "654321");
    assert_int_equal(count_observations(store), 0);
    assert_int_equal(data_version(store), 0);
}

static bool put_without_description(StoreTransaction *transaction, void *context, Error *error) {
    return store_put_observation(transaction, context, NULL, error);
}

static bool describe_too_late(StoreTransaction *transaction, void *context, Error *error) {
    return store_describe_change(transaction, "王", "a", error) &&
           store_describe_change(transaction, "李", "b", error) && // still in time
           store_put_observation(transaction, context, NULL, error) &&
           store_describe_change(transaction, "张", "c", error);
}

static void a_change_must_be_described_first(void **state) {
    Store *store = fixture_make(*state);
    StoreObservation row = figure("a", 2024, "1");
    Error error = {0};
    assert_false(store_write(store, put_without_description, &row, &error));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_false(store_write(store, describe_too_late, &row, &error));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_int_equal(count_observations(store), 0);
}

// ---- rollback ----------------------------------------------------------------------------------

static bool put_then_fail(StoreTransaction *transaction, void *context, Error *error) {
    const StoreRegion region = {.code = "1", .name = "一", .level = "county"};
    if (!put_figures(transaction, context, error) ||
        !store_put_region(transaction, &region, NULL, error))
        return false;
    return error_set(error, ERROR_INPUT, "row 7 is wrong");
}

static bool put_then_say_nothing(StoreTransaction *transaction, void *context, Error *error) {
    Error ignored;
    (void)error;
    if (!put_figures(transaction, context, &ignored)) return false;
    return false;
}

static bool count_region(const StoreRegion *region, void *context, Error *error) {
    (void)region, (void)error;
    ++*(size_t *)context;
    return true;
}

static void a_failed_write_leaves_nothing(void **state) {
    Store *store = fixture_make(*state);
    const StoreObservation rows[] = {figure("a", 2024, "1"), figure("b", 2024, "2")};
    PutFigures put = {.rows = rows, .count = 2};
    Error error = {0};
    assert_false(store_write(store, put_then_fail, &put, &error));
    assert_int_equal(error.code, ERROR_INPUT);
    assert_string_equal(error.message, "row 7 is wrong");
    assert_false(store_write(store, put_then_say_nothing, &put, &error));
    assert_int_equal(error.code, ERROR_CANCELLED);
    assert_false(store_write(store, put_then_fail, &put, NULL));

    assert_int_equal(count_observations(store), 0);
    assert_int_equal(data_version(store), 0);
    size_t regions = 0;
    ASSERT_GOOD(store_read_regions(store, count_region, &regions, &unexpected));
    assert_int_equal(regions, 2);
    // The numbers given out in vain are given out again.
    put_figure(store, figure("a", 2024, "1"));
    assert_int_equal(data_version(store), 1);
}

static bool pass_over_a_refusal(StoreTransaction *transaction, void *context, Error *error) {
    StoreObservation lost = figure("a", 2024, "1");
    lost.region = "654321";
    Error refusal = {0}, again = {0};
    if (!put_figures(transaction, context, error)) return false;
    if (store_put_observation(transaction, &lost, NULL, &refusal)) return false;
    const StoreObservation good = figure("z", 2024, "1");
    if (store_put_observation(transaction, &good, NULL, &again)) return false;
    return strcmp(refusal.message, again.message) == 0;
}

static void a_refused_put_that_is_passed_over_still_stops_the_commit(void **state) {
    Store *store = fixture_make(*state);
    const StoreObservation row = figure("a", 2024, "1");
    PutFigures put = {.rows = &row, .count = 1};
    Error error = {0};
    assert_false(store_write(store, pass_over_a_refusal, &put, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "654321"));
    assert_int_equal(count_observations(store), 0);
}

static bool pass_over_bad_input(StoreTransaction *transaction, void *context, Error *error) {
    StoreObservation bad = figure("a", 2024, "1");
    bad.kind = "guessed";
    return put_figures(transaction, context, error) &&
           !store_put_observation(transaction, &bad, NULL, NULL);
}

static void bad_input_that_is_passed_over_does_not(void **state) {
    Store *store = fixture_make(*state);
    const StoreObservation row = figure("a", 2024, "1");
    PutFigures put = {.rows = &row, .count = 1};
    ASSERT_GOOD(store_write(store, pass_over_bad_input, &put, &unexpected));
    assert_int_equal(count_observations(store), 1);
}

// ---- size --------------------------------------------------------------------------------------

enum { MANY_INDICATORS = 1000, MANY_YEARS = 100 };

static bool put_many(StoreTransaction *transaction, void *context, Error *error) {
    size_t *counts = context;
    if (!store_describe_change(transaction, "李明", "many.csv", error)) return false;
    for (int i = 0; i < MANY_INDICATORS; i++) {
        char indicator[32];
        snprintf(indicator, sizeof indicator, "indicator_%d", i);
        for (int year = 1930; year < 1930 + MANY_YEARS; year++) {
            const StoreObservation row = figure(indicator, year, "12.4");
            StoreChange change;
            if (!store_put_observation(transaction, &row, &change, error)) return false;
            counts[change]++;
        }
    }
    return true;
}

static void a_hundred_thousand_observations_go_into_one_transaction(void **state) {
    Store *store = fixture_make(*state);
    size_t counts[3] = {0};
    int64_t start_ms = clock_monotonic_ms();
    ASSERT_GOOD(store_write(store, put_many, counts, &unexpected));
    print_message("100,000 observations put in %lld ms\n",
                  (long long)(clock_monotonic_ms() - start_ms));
    assert_int_equal(counts[STORE_ADDED], MANY_INDICATORS * MANY_YEARS);
    assert_int_equal(count_observations(store), MANY_INDICATORS * MANY_YEARS);
    ASSERT_GOOD(store_write(store, put_many, counts, &unexpected));
    assert_int_equal(counts[STORE_UNCHANGED], MANY_INDICATORS * MANY_YEARS);
    assert_int_equal(data_version(store), 1);
}

typedef struct Counted {
    size_t rows, observations;
} Counted;

static bool add_count(const StoreCount *count, void *context, Error *error) {
    (void)error;
    Counted *counted = context;
    assert_true(count->observations > 0);
    counted->rows++;
    counted->observations += count->observations;
    return true;
}

static void assert_counts(Store *store, StoreCountQuery query, size_t rows, size_t observations) {
    Counted counted = {0};
    ASSERT_GOOD(store_count_observations(store, &query, add_count, &counted, &unexpected));
    assert_int_equal(counted.rows, rows);
    assert_int_equal(counted.observations, observations);
}

// Only the last revision as of a data version counts, whatever those before it were.
static void observations_of_a_kind_are_counted(void **state) {
    Store *store = fixture_make(*state);
    StoreObservation row = figure("first", 2023, "1");
    row.kind = "sample";
    put_figure(store, row); // 1
    row.year = 2024;
    put_figure(store, row); // 2
    row.kind = "reported";
    put_figure(store, row); // 3
    row.kind = "sample";
    put_figure(store, row); // 4
    row.note = "once more";
    put_figure(store, row); // 5
    row.indicator = "second";
    row.region = "000000";
    put_figure(store, row); // 6
    const size_t expected[] = {1, 2, 1, 2, 2, 3};
    for (int64_t version = 1; version <= 6; version++)
        assert_counts(store, (StoreCountQuery){"sample", NULL, 2024, version}, version == 6 ? 2 : 1,
                      expected[version - 1]);
    assert_counts(store, (StoreCountQuery){"sample", NULL, 2024, 0}, 2, 3);
    assert_counts(store, (StoreCountQuery){"sample", "150802", 2024, 0}, 1, 2);
    assert_counts(store, (StoreCountQuery){"sample", "150802", 2023, 0}, 1, 1);
    assert_counts(store, (StoreCountQuery){"sample", "150802", 2022, 0}, 0, 0);
    assert_counts(store, (StoreCountQuery){"sample", "999999", 2024, 0}, 0, 0);
    assert_counts(store, (StoreCountQuery){"reported", NULL, 2024, 0}, 0, 0);
    assert_counts(store, (StoreCountQuery){"reported", NULL, 2024, 3}, 1, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(figures_of_a_kind_are_counted),
        DB_TEST(what_follows_a_figure_counts_in_its_place),
        DB_TEST(withdrawing_what_never_was_counted_as_a_change),
        DB_TEST(a_transaction_knows_what_became_a_sample_and_what_ceased_to),
        DB_TEST(nothing_is_version_zero),
        DB_TEST(every_field_comes_back),
        DB_TEST(only_a_difference_makes_a_revision),
        DB_TEST(a_figure_can_be_withdrawn_and_given_again),
        DB_TEST(reading_as_of_a_version_gives_what_was_current_then),
        DB_TEST(queries_narrow_by_region_and_indicator),
        DB_TEST(all_revisions_come_oldest_first),
        DB_TEST(one_transaction_may_revise_a_figure_twice),
        DB_TEST(data_versions_say_who_and_why),
        DB_TEST(bad_observations_are_refused),
        DB_TEST(a_change_must_be_described_first),
        DB_TEST(a_failed_write_leaves_nothing),
        DB_TEST(a_refused_put_that_is_passed_over_still_stops_the_commit),
        DB_TEST(bad_input_that_is_passed_over_does_not),
        DB_TEST(a_hundred_thousand_observations_go_into_one_transaction),
        DB_TEST(observations_of_a_kind_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
