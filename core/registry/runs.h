// Runs: a pack over the stored data for a year, kept with all that is needed to repeat it.
//
// A run names the pack's and std's hashes, the conventions, the regions as they were, the data
// version and the engine's version; results are kept as canonical bytes per region. The same run
// asked for again is found, not computed.
#pragma once

#include "core/base/hash_tree.h"
#include "core/eval/engine.h"
#include "core/registry/registry.h"

// A run with its results in memory. Free with run_free.
typedef struct Run {
    int64_t id;   // 0 when it was not stored
    int64_t base; // the whole run it builds on, its own id for a whole one
    char pack[72], pack_hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE], result_hash[HASH_TEXT_SIZE];
    char who[128];
    int64_t data_version, started_at_us, finished_at_us;
    int engine_version, year;
    int64_t read_us, evaluated_us, hashed_us,
        written_us;          // what making it took; 0 when it was found
    int64_t committed_at_us; // when it was in the store; likewise
    json_t *identity;        // { conventions, plans, regions }
    struct RunRegion {
        const char *code;
        ResultBytes bytes;
    } * regions; // in order of code
    size_t region_count, region_capacity;
    Arena arena;    // owns codes, and the bytes of a run that was read
    Engine *engine; // owns the bytes of one that was made; it reads the data no more
} Run;

enum { RUN_NEWEST_YEAR = -1 }; // for which any region of the pack has something

typedef struct RunRequest {
    const LoadedPack *pack;
    int year; // 0: the pack's (pack_year.h); or RUN_NEWEST_YEAR
    const char *who;
    // Packs that are evaluated together, a region's and those of the regions above it, are given
    // the same one, so that they see the same data whatever comes in meanwhile. 0: the newest.
    int64_t data_version;
    bool from_revisions; // read no columns, but the revisions they are derived from
    // Of another version of the pack; it spares the reading where it has what is needed. Only
    // while the run is made. NULL for none.
    const struct KnownData *known;
    // Set to whether all that kept it from being made is that nobody reported. NULL: nobody asks.
    bool *nobody_reports;
} RunRequest;

// Evaluates and stores, or finds the stored run (`*found`). Problems: nothing reported for the
// year, a worker that failed. Rules that failed are in the results and do not fail the run.
MUST_CHECK bool run_evaluate(const JobHost *host, Store *store, const RunRequest *request, Run *run,
                             bool *found, ProblemList *problems);
// Evaluates and stores nothing, nor looks for what is stored: for questions about what would have
// been. The run's id is 0. ERROR_NOT_FOUND among the problems when nothing was reported.
MUST_CHECK bool run_evaluate_aside(const JobHost *host, Store *store, const RunRequest *request,
                                   Run *run, ProblemList *problems);
// The tree of hashes whose text is a run's result hash: over its regions in order of code. Free
// with hash_tree_free.
void run_hash_results(const Run *run, HashTree *tree);
// Whether a rule was stopped or left out for its time or memory. That depends on the machine, so
// such a run may not replay, and asked for again it is computed again.
bool run_ran_over_budget(const Run *run, const Description *description);
// The newest stored run of a pack for a year (0: the pack's); ERROR_NOT_FOUND when there is none.
MUST_CHECK bool run_find_latest(Store *store, const Description *description, int year, Run *run,
                                Error *error);
MUST_CHECK bool run_read(Store *store, int64_t id, Run *run, Error *error);
// Computes a stored run again from the stored pack, std and the observations as they were.
// `*same` says whether every byte is the same.
MUST_CHECK bool run_replay(const JobHost *host, Store *store, const Run *run, Run *again,
                           bool *same, ProblemList *problems);
// The pack version a run used, with its std.
MUST_CHECK bool run_load_pack(Store *store, const Run *run, LoadedPack *pack, Error *error);

// What a run reads: the columns, and what each region is to it (RegionRole).
typedef struct RunData {
    Dataset *dataset;  // shared
    uint8_t *roles;    // by region
    size_t mistrusted; // regions whose columns were stale or damaged and were not believed
} RunData;

typedef struct RunDataQuery {
    const Description *description;
    const json_t *regions; // of a run's identity; NULL: the pack's as they are now
    int year;
    int64_t data_version;
    bool from_revisions; // read no columns, but the revisions they are derived from
    // Told of the dataset before it is filled; again when it has to be made anew. NULL for none.
    bool (*made)(void *context, const Dataset *dataset, Error *error);
    void *made_context;
} RunDataQuery;

// Data that is at hand, of a run.
typedef struct KnownData {
    const RunData *data;
    const Description *description;
    int year;
    int64_t data_version;
    bool is_newest; // there was no newer year
} KnownData;

// Free with run_data_free.
MUST_CHECK bool run_read_data(Store *store, const RunDataQuery *query, RunData *data, Error *error);
// The same data without reading it: what is at hand of the same data version has all of it, and may
// be held by both from now on. False where it has not, or the store cannot be read, which a reading
// will tell. The query's regions are those of now.
MUST_CHECK bool run_take_data(Store *store, const RunDataQuery *query, const KnownData *known,
                              RunData *data);
void run_data_free(RunData *data);
// Puts the codes of the regions a pack evaluates, as they are now, into `covered` (zeroed; the
// caller frees it, also after a failure).
MUST_CHECK bool run_read_covered(Store *store, const Description *description, Map *covered,
                                 Error *error);
// The same of all regions that the pack evaluates or compares with.
MUST_CHECK bool run_read_seen(Store *store, const Description *description, Map *seen,
                              Error *error);
// What a region was to the run (RegionRole), or -1 when the run did not know it.
int run_region_role(const Run *run, const char *code);
// Index of a region's results in the run, or -1.
int run_find_region(const Run *run, const char *code);
void run_free(Run *run);
