// What the tests of the registry share: a workspace in a folder of its own, with regions, packs of
// tests/packs/registry and real workers. Included by tests only.
#pragma once

#include "tests/unit/db/fixture.h"

#include "core/registry/runs.h"

typedef struct Workspace {
    Fixture *files;
    Store *store;
    uv_loop_t loop;
    JobHost host;
    PackList packs;
    uint64_t seed;
} Workspace;

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#ifdef BIAOCHI_SANITIZED
enum { SLOWER = 8 };
#else
enum { SLOWER = 1 };
#endif

static inline void assert_no_problems(bool good, const ProblemList *problems) {
    if (!good)
        fail_msg("%s (%s)", problems->count ? problems->items[0].message : "no problem is told",
                 problems->count ? problems->items[0].hint : "");
}

// A number below `below` from a stream that is the same in every run.
static inline uint32_t draw(Workspace *workspace, uint32_t below) {
    workspace->seed = workspace->seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(workspace->seed >> 33) % below;
}

static inline int workspace_set_up(void **state) {
    Workspace *workspace = memory_new(1, sizeof *workspace);
    void *files;
    if (fixture_set_up(&files) != 0 || uv_loop_init(&workspace->loop) != 0) return -1;
    workspace->files = files;
    workspace->store = fixture_open(workspace->files, STORE_CREATE);
    workspace->host =
        (JobHost){.loop = &workspace->loop, .worker_program = WORKER_PROGRAM, .parallel = 2};
    workspace->seed = 42;
    *state = workspace;
    return 0;
}

static inline int workspace_tear_down(void **state) {
    Workspace *workspace = *state;
    void *files = workspace->files;
    pack_list_free(&workspace->packs);
    uv_run(&workspace->loop, UV_RUN_NOWAIT); // a test that failed may have left workers
    int busy = uv_loop_close(&workspace->loop);
    free(workspace);
    return fixture_tear_down(&files) || busy;
}

#define REGISTRY_TEST(function)                                                                    \
    cmocka_unit_test_setup_teardown(function, workspace_set_up, workspace_tear_down)

// ---- regions -----------------------------------------------------------------------------------

typedef struct RegionRow {
    const char *code, *parent; // "" for a root
} RegionRow;

typedef struct RegionRows {
    const RegionRow *rows;
    size_t count;
} RegionRows;

static inline bool write_regions(StoreTransaction *transaction, void *context, Error *error) {
    const RegionRows *list = context;
    for (size_t i = 0; i < list->count; i++) {
        StoreRegion row = {.code = list->rows[i].code,
                           .name = list->rows[i].code,
                           .parent = list->rows[i].parent,
                           .level = "county"};
        if (!store_put_region(transaction, &row, NULL, error)) return false;
    }
    return true;
}

static inline void put_regions(Store *store, const RegionRow *rows, size_t count) {
    RegionRows list = {rows, count};
    ASSERT_GOOD(store_write(store, write_regions, &list, &unexpected));
}

// ---- packs -------------------------------------------------------------------------------------

// Activates a pack of tests/packs/registry and loads it as the only one of the list.
static inline const LoadedPack *activate(Workspace *workspace, const char *name) {
    char folder[512];
    ProblemList problems = {0};
    LoadedPack pack;
    bool changed;
    snprintf(folder, sizeof folder, TEST_PACKS "/registry/%s", name);
    bool good = registry_load_folder(&workspace->host, folder, true, &pack, &problems);
    assert_no_problems(good, &problems);
    problems_free(&problems);
    ASSERT_GOOD(registry_activate(workspace->store, &pack, "test", &changed, &unexpected));
    loaded_pack_free(&pack);
    pack_list_free(&workspace->packs);
    ASSERT_GOOD(registry_load_active(workspace->store, name, &workspace->packs, &unexpected));
    return &workspace->packs.items[0];
}

// ---- figures -----------------------------------------------------------------------------------

// An observation with texts of its own.
typedef struct Entry {
    char region[16], indicator[32], breakdown[16], text[32], note[16];
    StoreObservation row;
} Entry;

// Borrows from the entry. An empty text withdraws the figure.
static inline const StoreObservation *entry_row(Entry *entry) {
    entry->row = (StoreObservation){.region = entry->region,
                                    .indicator = entry->indicator,
                                    .breakdown = entry->breakdown,
                                    .year = entry->row.year,
                                    .value = *entry->text ? strtod(entry->text, NULL) : NAN,
                                    .value_text = entry->text,
                                    .kind = entry->row.kind ? entry->row.kind : "reported",
                                    .note = *entry->note ? entry->note : NULL};
    return &entry->row;
}

static inline Entry entry_of(const char *region, const char *indicator, const char *breakdown,
                             int year, const char *text) {
    Entry entry = {.row = {.year = year}};
    snprintf(entry.region, sizeof entry.region, "%s", region);
    snprintf(entry.indicator, sizeof entry.indicator, "%s", indicator);
    snprintf(entry.breakdown, sizeof entry.breakdown, "%s", breakdown);
    snprintf(entry.text, sizeof entry.text, "%s", text);
    return entry;
}

// Puts entries in one transaction, as an import does.
static inline void put_entries(Store *store, Entry *entries, size_t count) {
    StoreObservation *rows = memory_new(count, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        rows[i] = *entry_row(&entries[i]);
    PutFigures put = {.rows = rows, .count = count};
    ASSERT_GOOD(store_write(store, put_figures, &put, &unexpected));
    free(rows);
}

static inline void put_entry(Store *store, const char *region, const char *indicator, int year,
                             const char *text) {
    Entry entry = entry_of(region, indicator, STORE_NO_BREAKDOWN, year, text);
    put_entries(store, &entry, 1);
}

// ---- runs --------------------------------------------------------------------------------------

static inline Run evaluate(Workspace *workspace, Store *store, const RunRequest *request,
                           bool *found) {
    Run run;
    ProblemList problems = {0};
    bool good = run_evaluate(&workspace->host, store, request, &run, found, &problems);
    assert_no_problems(good, &problems);
    problems_free(&problems);
    return run;
}

static inline void assert_same_results(const Run *left, const Run *right) {
    assert_string_equal(left->result_hash, right->result_hash);
    assert_int_equal(left->region_count, right->region_count);
    for (size_t i = 0; i < left->region_count; i++) {
        assert_string_equal(left->regions[i].code, right->regions[i].code);
        assert_int_equal(left->regions[i].bytes.length, right->regions[i].bytes.length);
        assert_memory_equal(left->regions[i].bytes.data, right->regions[i].bytes.data,
                            left->regions[i].bytes.length);
    }
}

// A copy of the database in which nothing was ever evaluated, opened.
static inline Store *copy_without_runs(Workspace *workspace, const char *name) {
    char path[160], statement[256];
    Store *copy;
    snprintf(path, sizeof path, "%s/%s", workspace->files->folder, name);
    unlink(path);
    snprintf(statement, sizeof statement, "VACUUM INTO '%s'", path);
    raw_change(workspace->files->path, statement);
    raw_change(path, "DELETE FROM result; DELETE FROM run;");
    ASSERT_GOOD(store_open(path, STORE_OPEN, &copy, &unexpected));
    return copy;
}
