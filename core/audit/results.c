// Stored results held against the hash of their run: see audit_inside.h.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/audit/audit_inside.h"
#include "core/base/hash_tree.h"
#include "core/base/language.h"
#include "core/base/map.h"

// A run whose results are looked at: those that nothing builds on any more, and those that others
// do.
typedef struct Wanted {
    int64_t id, region_count;
    char result_hash[HASH_TEXT_SIZE];
} Wanted;

typedef struct WantedRuns {
    int64_t first; // runs before it are not looked at
    Wanted *items; // owned
    size_t count, capacity;
    Map bases; // met already
} WantedRuns;

static bool is_newest_of_base(WantedRuns *runs, int64_t base) {
    char key[24];
    snprintf(key, sizeof key, "%" PRId64, base);
    return map_put(&runs->bases, key, 1) == MAP_MISSING;
}

// The newest runs come first.
static bool choose(const StoreRun *run, void *context, Error *error) {
    WantedRuns *runs = context;
    (void)error;
    if (run->base < runs->first) return true;
    if (!is_newest_of_base(runs, run->base) && run->id != run->base) return true;
    ARRAY_RESERVE(runs->items, runs->count, runs->capacity);
    Wanted *wanted = &runs->items[runs->count++];
    *wanted = (Wanted){.id = run->id, .region_count = run->region_count};
    snprintf(wanted->result_hash, sizeof wanted->result_hash, "%s", run->result_hash);
    return true;
}

typedef struct Hashing {
    HashTree tree;
    int64_t count; // results met
} Hashing;

static bool hash_result(const char *region, const void *payload, size_t length, void *context,
                        Error *error) {
    Hashing *hashing = context;
    (void)error;
    if ((size_t)hashing->count < hashing->tree.count)
        hash_tree_set(&hashing->tree, (size_t)hashing->count, region, payload, length);
    hashing->count++;
    return true;
}

// Whether the run's results give its hash. No run has more of them than there are regions: what the
// row says besides is no measure for how much memory it takes to look.
static bool compare_results(Store *store, const Wanted *wanted, int64_t regions, bool *same,
                            Error *error) {
    Hashing hashing = {0};
    char hash[HASH_TEXT_SIZE];
    *same = false;
    if (wanted->region_count < 0 || wanted->region_count > regions) return true;
    hash_tree_init(&hashing.tree, (size_t)wanted->region_count);
    bool good = store_read_results(store, wanted->id, NULL, hash_result, &hashing, error);
    hash_tree_finish(&hashing.tree);
    hash_tree_text(&hashing.tree, hash);
    *same = hashing.count == wanted->region_count && strcmp(hash, wanted->result_hash) == 0;
    hash_tree_free(&hashing.tree);
    return good;
}

static bool check_run(Store *store, const Wanted *wanted, int64_t regions, AuditReport *report,
                      Error *error) {
    bool same;
    if (!compare_results(store, wanted, regions, &same, error)) return false;
    if (!same)
        audit_report_add(report, AUDIT_RESULTS, 0,
                         T("The results of run %lld are not those that were put with it",
                           "运行 %lld 的结果与写入时不符"),
                         (long long)wanted->id);
    return true;
}

bool audit_check_results(Store *store, int64_t first_run, AuditReport *report, Error *error) {
    const StoreRunQuery all = {0};
    WantedRuns runs = {.first = first_run};
    // Regions are never removed, so those of now are enough for every run read before.
    int64_t regions = 0;
    bool good = store_read_runs(store, &all, choose, &runs, error) &&
                store_count_regions(store, &regions, error);
    for (size_t i = 0; good && i < runs.count; i++)
        good = check_run(store, &runs.items[i], regions, report, error);
    free(runs.items);
    map_free(&runs.bases);
    return good;
}
