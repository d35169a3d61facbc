// What the tests of db/ share: a folder of their own for each test, raw SQL behind the store's
// back, and rows to put. Included by tests only.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"
#include "db/store.h"

typedef struct Fixture {
    char folder[64];
    char path[128]; // of the database, not made yet
    Store *store;   // NULL, or closed at the end
} Fixture;

static inline int fixture_set_up(void **state) {
    Fixture *fixture = memory_new(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/biaochi_db_XXXXXX");
    if (!mkdtemp(fixture->folder)) return -1;
    snprintf(fixture->path, sizeof fixture->path, "%s/test.db", fixture->folder);
    language_set(LANGUAGE_ENGLISH);
    *state = fixture;
    return 0;
}

static inline int fixture_tear_down(void **state) {
    Fixture *fixture = *state;
    store_close(fixture->store);
    chmod(fixture->folder, 0700);
    DIR *folder = opendir(fixture->folder);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_name[0] != '.') unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder) closedir(folder);
    int result = rmdir(fixture->folder);
    free(fixture);
    return result;
}

#define DB_TEST(function)                                                                          \
    cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

// The call gets `&unexpected` as its error.
#define ASSERT_GOOD(call)                                                                          \
    do {                                                                                           \
        Error unexpected = {0};                                                                    \
        if (!(call)) fail_msg("%s: %s", #call, unexpected.message);                                \
    } while (0)

static inline Store *fixture_open(Fixture *fixture, StoreMode mode) {
    ASSERT_GOOD(store_open(fixture->path, mode, &fixture->store, &unexpected));
    return fixture->store;
}

static inline Store *fixture_reopen(Fixture *fixture, StoreMode mode) {
    store_close(fixture->store);
    return fixture_open(fixture, mode);
}

static inline sqlite3 *raw_open(const char *path) {
    sqlite3 *handle;
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    return handle;
}

static inline void raw_run(sqlite3 *handle, const char *sql) {
    char *message = NULL;
    if (sqlite3_exec(handle, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
}

static inline void raw_change(const char *path, const char *sql) {
    sqlite3 *handle = raw_open(path);
    raw_run(handle, sql);
    sqlite3_close(handle);
}

static inline void write_file(const char *path, const char *bytes) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(bytes, file);
    assert_int_equal(fclose(file), 0);
}

// The nation and one region in it, into which the other rows go.
static inline bool put_two_regions(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    const StoreRegion nation = {.code = "000000", .name = "全国", .level = "nation"};
    const StoreRegion county = {
        .code = "150802", .name = "临河区", .parent = "000000", .level = "county"};
    return store_put_region(transaction, &nation, NULL, error) &&
           store_put_region(transaction, &county, NULL, error);
}

// A new store with the two regions.
static inline Store *fixture_make(Fixture *fixture) {
    Store *store = fixture_open(fixture, STORE_CREATE);
    ASSERT_GOOD(store_write(store, put_two_regions, NULL, &unexpected));
    return store;
}

static inline StoreObservation figure(const char *indicator, int year, const char *text) {
    return (StoreObservation){.region = "150802",
                              .indicator = indicator,
                              .breakdown = STORE_NO_BREAKDOWN,
                              .year = year,
                              .value = *text ? strtod(text, NULL) : NAN,
                              .value_text = text,
                              .kind = "reported"};
}

typedef struct PutFigures {
    const StoreObservation *rows;
    size_t count;
    const char *what;
    StoreChange change; // of the last
} PutFigures;

static inline bool put_figures(StoreTransaction *transaction, void *context, Error *error) {
    PutFigures *put = context;
    if (!store_describe_change(transaction, "李明", put->what ? put->what : "test", error))
        return false;
    for (size_t i = 0; i < put->count; i++)
        if (!store_put_observation(transaction, &put->rows[i], &put->change, error)) return false;
    return true;
}

// Puts one figure in a transaction of its own.
static inline StoreChange put_figure(Store *store, StoreObservation observation) {
    PutFigures put = {.rows = &observation, .count = 1};
    ASSERT_GOOD(store_write(store, put_figures, &put, &unexpected));
    return put.change;
}

static inline bool count_observation(const StoreObservation *row, void *context, Error *error) {
    (void)row, (void)error;
    ++*(size_t *)context;
    return true;
}

static inline size_t count_observations(Store *store) {
    size_t count = 0;
    const StoreObservationQuery all = {.all_revisions = true};
    ASSERT_GOOD(store_read_observations(store, &all, count_observation, &count, &unexpected));
    return count;
}
