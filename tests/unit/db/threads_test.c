// Threads: the queue's order, readers beside the writer, and closing.
//
// Threads count what they find wrong; only the main thread asserts.
#include <pthread.h>
#include <stdatomic.h>

#include "core/base/clock.h"
#include "tests/unit/db/fixture.h"

enum { READER_COUNT = 4, WRITER_COUNT = 3, WRITE_COUNT = 60, QUEUED_COUNT = 200 };

// ---- the queue ---------------------------------------------------------------------------------

typedef struct Log {
    Buffer text; // written on the writer thread alone
    int committed, refused;
    atomic_int finished;
} Log;

typedef struct Numbered {
    Log *log;
    int number;
} Numbered;

static bool write_numbered(StoreTransaction *transaction, void *context, Error *error) {
    const Numbered *numbered = context;
    char code[16];
    snprintf(code, sizeof code, "%06d", numbered->number);
    const StoreRegion region = {.code = code, .name = "村", .level = "village"};
    if (!store_put_region(transaction, &region, NULL, error)) return false;
    buffer_printf(&numbered->log->text, "w%d ", numbered->number);
    return numbered->number % 7 != 3 || error_set(error, ERROR_INPUT, "no sevens");
}

static void log_done(bool committed, const Error *error, void *context) {
    const Numbered *numbered = context;
    Log *log = numbered->log;
    buffer_printf(&log->text, "d%d ", numbered->number);
    log->committed += committed && !error;
    log->refused += !committed && error && error->code == ERROR_INPUT;
    atomic_fetch_add(&log->finished, 1);
}

static bool count_region(const StoreRegion *region, void *context, Error *error) {
    (void)region, (void)error;
    ++*(int *)context;
    return true;
}

static bool do_nothing(StoreTransaction *transaction, void *context, Error *error) {
    (void)transaction, (void)context, (void)error;
    return true;
}

static void jobs_run_in_order_each_in_its_transaction(void **state) {
    Store *store = fixture_open(*state, STORE_CREATE);
    Log log = {0};
    Numbered jobs[QUEUED_COUNT];
    Buffer expected = {0};
    int refused = 0, regions = 0;
    for (int i = 0; i < QUEUED_COUNT; i++) {
        jobs[i] = (Numbered){.log = &log, .number = i};
        store_write_later(store, write_numbered, &jobs[i], log_done, &jobs[i]);
        buffer_printf(&expected, "w%d d%d ", i, i);
        refused += i % 7 == 3;
    }
    ASSERT_GOOD(store_write(store, do_nothing, NULL, &unexpected)); // comes after all of them
    assert_int_equal(atomic_load(&log.finished), QUEUED_COUNT);
    assert_string_equal(log.text.data, expected.data);
    assert_int_equal(log.refused, refused);
    assert_int_equal(log.committed, QUEUED_COUNT - refused);
    ASSERT_GOOD(store_read_regions(store, count_region, &regions, &unexpected));
    assert_int_equal(regions, QUEUED_COUNT - refused);
    buffer_free(&log.text);
    buffer_free(&expected);
}

static void closing_waits_for_what_is_queued(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_open(fixture, STORE_CREATE);
    Log log = {0};
    Numbered jobs[QUEUED_COUNT];
    for (int i = 0; i < QUEUED_COUNT; i++) {
        jobs[i] = (Numbered){.log = &log, .number = i * 7};
        store_write_later(store, write_numbered, &jobs[i], i % 2 ? log_done : NULL, &jobs[i]);
    }
    store = fixture_reopen(fixture, STORE_READ_ONLY);
    int regions = 0;
    ASSERT_GOOD(store_read_regions(store, count_region, &regions, &unexpected));
    assert_int_equal(regions, QUEUED_COUNT);
    assert_int_equal(atomic_load(&log.finished), QUEUED_COUNT / 2);
    buffer_free(&log.text);
}

static void closing_nothing_is_allowed(void **state) {
    (void)state;
    store_close(NULL);
}

// ---- housekeeping ------------------------------------------------------------------------------

enum { LARGE_BYTES = 1 << 20, LARGE_COUNT = 12 };

static bool put_large_blobs(StoreTransaction *transaction, void *context, Error *error) {
    char *bytes = memory_new(LARGE_BYTES, 1), hash[HASH_TEXT_SIZE];
    bool good = true;
    (void)context;
    for (int i = 0; good && i < LARGE_COUNT; i++) {
        bytes[0] = (char)i;
        good = store_put_blob(transaction, "pack", bytes, LARGE_BYTES, hash, error);
    }
    free(bytes);
    return good;
}

static off_t file_size(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 ? status.st_size : -1;
}

typedef struct AfterCommit {
    const char *path;
    atomic_long size;
} AfterCommit;

static void note_size(bool committed, const Error *error, void *context) {
    AfterCommit *after = context;
    (void)error;
    atomic_store(&after->size, committed ? (long)file_size(after->path) : -1);
}

// A commit writes the log alone; what it wrote goes into the database when nothing else is to do.
static void the_log_is_folded_in_at_a_quiet_moment(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    AfterCommit after = {.path = fixture->path};
    int64_t began_ms = clock_monotonic_ms();
    store_write_later(store, put_large_blobs, NULL, note_size, &after);
    while (file_size(fixture->path) < LARGE_COUNT * LARGE_BYTES) {
        assert_in_range(clock_monotonic_ms() - began_ms, 0, 30000);
        usleep(1000);
    }
    assert_in_range(atomic_load(&after.size), 1, LARGE_BYTES);
}

// ---- on the writer thread ----------------------------------------------------------------------

typedef struct Nested {
    Store *store;
    ErrorCode write_in_write, write_in_done;
    int regions_seen;
    atomic_bool finished;
} Nested;

static bool write_within(StoreTransaction *transaction, void *context, Error *error) {
    Nested *nested = context;
    Error refusal = {0};
    if (store_write(nested->store, do_nothing, NULL, &refusal)) return false;
    nested->write_in_write = refusal.code;
    return put_two_regions(transaction, NULL, error) &&
           store_read_regions(nested->store, count_region, &nested->regions_seen, error);
}

static void note_finished(bool committed, const Error *error, void *context) {
    (void)error;
    atomic_store(&((Nested *)context)->finished, committed);
}

static void write_after(bool committed, const Error *error, void *context) {
    Nested *nested = context;
    Error refusal = {0};
    (void)committed, (void)error;
    if (!store_write(nested->store, do_nothing, NULL, &refusal))
        nested->write_in_done = refusal.code;
    store_write_later(nested->store, do_nothing, NULL, note_finished, nested);
}

static void the_writer_thread_does_not_wait_for_itself(void **state) {
    Fixture *fixture = *state;
    Nested nested = {.store = fixture_open(fixture, STORE_CREATE)};
    store_write_later(nested.store, write_within, &nested, write_after, &nested);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_int_equal(nested.write_in_write, ERROR_USAGE);
    assert_int_equal(nested.write_in_done, ERROR_USAGE);
    assert_int_equal(nested.regions_seen, 0); // not committed at that moment
    assert_true(atomic_load(&nested.finished));
}

// ---- readers -----------------------------------------------------------------------------------

typedef struct Traffic {
    Store *store;
    atomic_bool stop;
    atomic_int wrong, readings;
} Traffic;

// Every write gives both figures the same value.
static bool put_pair(StoreTransaction *transaction, void *context, Error *error) {
    const StoreObservation rows[] = {figure("left", 2024, context), figure("right", 2024, context)};
    PutFigures put = {.rows = rows, .count = 2};
    return put_figures(transaction, &put, error);
}

typedef struct Pair {
    Store *store;
    double values[2];
    int count, nested;
} Pair;

static bool read_pair(const StoreObservation *row, void *context, Error *error) {
    Pair *pair = context;
    if (pair->count < 2) pair->values[pair->count] = row->value;
    pair->count++;
    return store_read_regions(pair->store, count_region, &pair->nested, error);
}

static void *read_until_stopped(void *argument) {
    Traffic *traffic = argument;
    int64_t last_version = 0;
    while (!atomic_load(&traffic->stop)) {
        Pair pair = {.store = traffic->store};
        int64_t version = 0;
        const StoreObservationQuery all = {0};
        bool good = store_read_data_version(traffic->store, &version, NULL) &&
                    store_read_observations(traffic->store, &all, read_pair, &pair, NULL) &&
                    pair.count == 2 && pair.values[0] == pair.values[1] && pair.nested == 4 &&
                    version >= last_version && pair.values[0] >= (double)version;
        if (!good) atomic_fetch_add(&traffic->wrong, 1);
        last_version = version;
        atomic_fetch_add(&traffic->readings, 1);
    }
    return NULL;
}

static void readers_see_whole_transactions_while_the_writer_writes(void **state) {
    Traffic traffic = {.store = fixture_make(*state)};
    pthread_t readers[READER_COUNT];
    ASSERT_GOOD(store_write(traffic.store, put_pair, "1", &unexpected));
    for (int i = 0; i < READER_COUNT; i++)
        assert_int_equal(pthread_create(&readers[i], NULL, read_until_stopped, &traffic), 0);
    bool written = true;
    // At least so many writes, and on until every reader has had its turn many times.
    for (int i = 2; i < WRITE_COUNT || atomic_load(&traffic.readings) < 20 * READER_COUNT; i++) {
        char value[16];
        snprintf(value, sizeof value, "%d", i);
        written = store_write(traffic.store, put_pair, value, NULL) && written;
    }
    atomic_store(&traffic.stop, true);
    for (int i = 0; i < READER_COUNT; i++)
        pthread_join(readers[i], NULL);
    assert_true(written);
    assert_int_equal(atomic_load(&traffic.wrong), 0);
}

// ---- columns in parts ---------------------------------------------------------------------------

enum { PART_COUNT = 2, PART_REGIONS = 6 };

// Every write gives all figures of all regions the data version as their value.
static bool put_version_everywhere(StoreTransaction *transaction, void *context, Error *error) {
    const char *value = context;
    if (!store_describe_change(transaction, "李明", "test", error)) return false;
    for (int i = 0; i < PART_REGIONS; i++) {
        char code[8];
        snprintf(code, sizeof code, "%d", 1000 + i);
        const StoreRegion region = {.code = code, .name = "县", .level = "county"};
        if (!store_put_region(transaction, &region, NULL, error)) return false;
        for (int year = 2020; year < 2024; year++) {
            StoreObservation row = figure(year % 2 ? "a" : "b", year, value);
            row.region = code;
            if (!store_put_observation(transaction, &row, NULL, error)) return false;
        }
    }
    return true;
}

typedef struct PartReading {
    Store *store;
    StoreColumnsQuery query;
    atomic_int *wrong;
    size_t regions;
} PartReading;

static bool check_part(const StoreColumns *columns, void *context, Error *error) {
    const PartReading *part = context;
    const size_t cells = columns->series_count * (size_t)columns->year_count;
    size_t values = 0;
    (void)error;
    for (size_t i = 0; i < cells; i++) {
        if (isnan(columns->values[i])) continue;
        values++;
        if (columns->values[i] != (double)part->query.as_of) atomic_fetch_add(part->wrong, 1);
    }
    if (values != 4) atomic_fetch_add(part->wrong, 1);
    return true;
}

static void *read_part(void *argument) {
    PartReading *part = argument;
    StoreColumnsReport report = {0};
    bool good = store_read_columns(part->store, &part->query, check_part, part, &report, NULL) &&
                report.data_version == part->query.as_of && report.stale + report.damaged == 0;
    if (!good) atomic_fetch_add(part->wrong, 1);
    part->regions = report.regions;
    return NULL;
}

// All parts as of one data version, at once, in threads of their own.
static void read_parts(Store *store, atomic_int *wrong) {
    pthread_t threads[PART_COUNT];
    PartReading parts[PART_COUNT];
    int64_t version = 0;
    size_t regions = 0;
    if (!store_read_data_version(store, &version, NULL)) atomic_fetch_add(wrong, 1);
    for (int i = 0; i < PART_COUNT; i++) {
        parts[i] = (PartReading){
            .store = store,
            .query = {.part = i, .parts = PART_COUNT, .as_of = version},
            .wrong = wrong,
        };
        pthread_create(&threads[i], NULL, read_part, &parts[i]);
    }
    for (int i = 0; i < PART_COUNT; i++) {
        pthread_join(threads[i], NULL);
        regions += parts[i].regions;
    }
    if (regions != PART_REGIONS) atomic_fetch_add(wrong, 1);
}

static void *read_parts_until_stopped(void *argument) {
    Traffic *traffic = argument;
    while (!atomic_load(&traffic->stop)) {
        read_parts(traffic->store, &traffic->wrong);
        atomic_fetch_add(&traffic->readings, 1);
    }
    return NULL;
}

static void parts_of_a_version_fit_together_while_the_writer_writes(void **state) {
    Traffic traffic = {.store = fixture_make(*state)};
    pthread_t reader;
    ASSERT_GOOD(store_write(traffic.store, put_version_everywhere, "1", &unexpected));
    assert_int_equal(pthread_create(&reader, NULL, read_parts_until_stopped, &traffic), 0);
    bool written = true;
    for (int i = 2; i < WRITE_COUNT || atomic_load(&traffic.readings) < 40; i++) {
        char value[16];
        snprintf(value, sizeof value, "%d", i);
        written = store_write(traffic.store, put_version_everywhere, value, NULL) && written;
    }
    atomic_store(&traffic.stop, true);
    pthread_join(reader, NULL);
    assert_true(written);
    assert_int_equal(atomic_load(&traffic.wrong), 0);
}

// ---- several writers ---------------------------------------------------------------------------

typedef struct Writing {
    Store *store;
    int number, failures;
} Writing;

static void *write_often(void *argument) {
    Writing *writing = argument;
    for (int i = 0; i < WRITE_COUNT; i++) {
        char indicator[32];
        snprintf(indicator, sizeof indicator, "i_%d_%d", writing->number, i);
        const StoreObservation row = figure(indicator, 2024, "1");
        PutFigures put = {.rows = &row, .count = 1};
        writing->failures += !store_write(writing->store, put_figures, &put, NULL);
    }
    return NULL;
}

static void assert_written_by_all(Store *stores[WRITER_COUNT]) {
    pthread_t threads[WRITER_COUNT];
    Writing writings[WRITER_COUNT];
    for (int i = 0; i < WRITER_COUNT; i++) {
        writings[i] = (Writing){.store = stores[i], .number = i};
        assert_int_equal(pthread_create(&threads[i], NULL, write_often, &writings[i]), 0);
    }
    for (int i = 0; i < WRITER_COUNT; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(writings[i].failures, 0);
    }
    int64_t version = 0;
    ASSERT_GOOD(store_read_data_version(stores[0], &version, &unexpected));
    assert_int_equal(version, WRITER_COUNT * WRITE_COUNT);
    assert_int_equal(count_observations(stores[0]), WRITER_COUNT * WRITE_COUNT);
}

static void threads_share_the_writer(void **state) {
    Store *store = fixture_make(*state);
    Store *stores[WRITER_COUNT] = {store, store, store};
    assert_written_by_all(stores);
}

static void several_stores_write_the_same_database(void **state) {
    Fixture *fixture = *state;
    Store *stores[WRITER_COUNT] = {fixture_make(fixture)};
    for (int i = 1; i < WRITER_COUNT; i++)
        ASSERT_GOOD(store_open(fixture->path, STORE_OPEN, &stores[i], &unexpected));
    assert_written_by_all(stores);
    for (int i = 1; i < WRITER_COUNT; i++)
        store_close(stores[i]);
}

static void *make_store(void *argument) {
    Fixture *fixture = argument;
    Store *store = NULL;
    bool good = store_open(fixture->path, STORE_CREATE, &store, NULL);
    store_close(store);
    return good ? fixture : NULL;
}

static void several_may_make_the_database_at_once(void **state) {
    pthread_t threads[WRITER_COUNT];
    for (int i = 0; i < WRITER_COUNT; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, make_store, *state), 0);
    for (int i = 0; i < WRITER_COUNT; i++) {
        void *made;
        pthread_join(threads[i], &made);
        assert_non_null(made);
    }
    fixture_make(*state);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(jobs_run_in_order_each_in_its_transaction),
        DB_TEST(closing_waits_for_what_is_queued),
        DB_TEST(closing_nothing_is_allowed),
        DB_TEST(the_log_is_folded_in_at_a_quiet_moment),
        DB_TEST(the_writer_thread_does_not_wait_for_itself),
        DB_TEST(readers_see_whole_transactions_while_the_writer_writes),
        DB_TEST(parts_of_a_version_fit_together_while_the_writer_writes),
        DB_TEST(threads_share_the_writer),
        DB_TEST(several_stores_write_the_same_database),
        DB_TEST(several_may_make_the_database_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
