// Evaluating, storing, finding and replaying runs: see runs.h.
#include "core/registry/runs.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/eval/evaluate.h"
#include "core/registry/pack_year.h"
#include "core/registry/runs_inside.h"

enum { HASHERS = 2 };

// ---- identity ----------------------------------------------------------------------------------

static json_t *identity_of(const Description *description, const RunData *data) {
    const Dataset *dataset = data->dataset;
    json_t *plans = json_object(), *regions = json_array();
    for (size_t p = 0; p < description->plan_count; p++)
        json_object_set_new(plans, description->plans[p].id,
                            conventions_to_json(&description->plans[p].conventions));
    for (uint32_t r = 0; r < dataset->header->region_count; r++)
        json_array_append_new(regions, json_pack("[s, i, i]", dataset->regions[r].code,
                                                 dataset->regions[r].parent, (int)data->roles[r]));
    json_t *identity = json_object();
    json_object_set_new(identity, "conventions", conventions_to_json(&description->conventions));
    json_object_set_new(identity, "plans", plans);
    json_object_set_new(identity, "regions", regions);
    return identity;
}

typedef struct Hashing {
    const Run *run;
    HashTree *tree;
} Hashing;

static bool hash_part(int part, int parts, void *context, Error *error) {
    (void)error;
    const Hashing *hashing = context;
    size_t count = hashing->run->region_count;
    for (size_t i = count * (size_t)part / (size_t)parts;
         i < count * (size_t)(part + 1) / (size_t)parts; i++) {
        const struct RunRegion *region = &hashing->run->regions[i];
        hash_tree_set(hashing->tree, i, region->code, region->bytes.data, region->bytes.length);
    }
    return true;
}

void run_hash_results(const Run *run, HashTree *tree) {
    Hashing hashing = {run, tree};
    Error error = {0};
    hash_tree_init(tree, run->region_count);
    (void)!parallel_run(HASHERS, hash_part, &hashing, &error);
    hash_tree_finish(tree);
}

static void hash_results(Run *run) {
    HashTree tree;
    run_hash_results(run, &tree);
    hash_tree_text(&tree, run->result_hash);
    hash_tree_free(&tree);
}

static void add_region(Run *run, const char *code, ResultBytes bytes) {
    ARRAY_RESERVE(run->regions, run->region_count, run->region_capacity);
    run->regions[run->region_count++] = (struct RunRegion){arena_string(&run->arena, code), bytes};
}

static int by_code(const void *left, const void *right) {
    return strcmp(((const struct RunRegion *)left)->code, ((const struct RunRegion *)right)->code);
}

static void take_regions(Run *run, Engine *engine, const RunData *data) {
    for (uint32_t r = 0; r < data->dataset->header->region_count; r++)
        if (engine_is_evaluated(engine, r))
            add_region(run, data->dataset->regions[r].code, engine_bytes(engine, r));
    if (run->region_count) qsort(run->regions, run->region_count, sizeof *run->regions, by_code);
    hash_results(run);
}

// ---- reading -----------------------------------------------------------------------------------

static bool copy_run(const StoreRun *row, void *context, Error *error) {
    Run *run = context;
    if (run->id) return true; // the newest comes first
    run->id = row->id;
    run->base = row->base;
    snprintf(run->pack, sizeof run->pack, "%s", row->pack);
    snprintf(run->pack_hash, sizeof run->pack_hash, "%s", row->pack_hash);
    snprintf(run->std_hash, sizeof run->std_hash, "%s", row->std_hash);
    snprintf(run->result_hash, sizeof run->result_hash, "%s", row->result_hash);
    text_copy(run->who, sizeof run->who, row->who);
    run->data_version = row->data_version;
    run->started_at_us = row->started_at_us;
    run->finished_at_us = row->finished_at_us;
    run->engine_version = row->engine_version;
    run->year = row->year;
    run->identity = json_loads(row->conventions, 0, NULL);
    return run->identity != NULL ||
           error_set(error, ERROR_STORE, T("run %lld is damaged", "运行 %lld 已损坏"),
                     (long long)row->id);
}

static bool copy_result(const char *region, const void *payload, size_t length, void *context,
                        Error *error) {
    (void)error;
    Run *run = context;
    // Aligned as records are.
    void *bytes = arena_new(&run->arena, length, 1);
    memcpy(bytes, payload, length);
    add_region(run, region, (ResultBytes){bytes, length});
    return true;
}

static bool read_run(Store *store, const StoreRunQuery *query, Run *run, Error *error) {
    *run = (Run){0};
    if (!store_read_runs(store, query, copy_run, run, error)) goto failed;
    if (run->id && !store_read_results(store, run->id, NULL, copy_result, run, error)) goto failed;
    return true;
failed:
    run_free(run);
    return false;
}

bool run_read(Store *store, int64_t id, Run *run, Error *error) {
    StoreRunQuery query = {.id = id};
    if (!read_run(store, &query, run, error)) return false;
    return run->id != 0 ||
           error_set(error, ERROR_NOT_FOUND, T("there is no run %lld", "没有编号为 %lld 的运行"),
                     (long long)id);
}

bool run_find_latest(Store *store, const Description *description, int year, Run *run,
                     Error *error) {
    *run = (Run){0};
    if (!year && !pack_year_read(store, description, &year, error)) return false;
    StoreRunQuery query = {.pack = description->id, .year = year, .limit = 1};
    if (!read_run(store, &query, run, error)) return false;
    if (run->id) return true;
    error_set(error, ERROR_NOT_FOUND,
              T("pack \"%s\" was not evaluated for %d", "评估包“%s”未评估过 %d 年"),
              description->id, year);
    return error_hint(error, "%s", T("evaluate it first", "请先评估"));
}

// ---- evaluating --------------------------------------------------------------------------------

// A run without results would say nothing and be found again for ever.
static bool refuse_silence(const Description *description, int year, Error *error) {
    int first = INT_MAX, last = 0;
    bool planned = false;
    for (size_t p = 0; p < description->plan_count; p++) {
        const Plan *plan = &description->plans[p];
        planned |= year >= plan->first_year && year <= plan->last_year;
        if (plan->first_year < first) first = plan->first_year;
        if (plan->last_year > last) last = plan->last_year;
    }
    error_set(error, ERROR_NOT_FOUND,
              T("pack \"%s\": nothing reported for %d", "评估包“%s”：%d 年未报任何数据"),
              description->id, year);
    if (planned || description->plan_count == 0)
        return error_hint(error, "%s",
                          T("import observations of it, or name another year",
                            "请导入该年的监测值，或指定其他年份"));
    return error_hint(error,
                      T("%d lies outside every plan of the pack (%d–%d)",
                        "%d 年不在评估包的任何规划期内（%d—%d 年）"),
                      year, first, last);
}

static bool is_same_run(const Run *stored, const Run *wanted) {
    return strcmp(stored->pack_hash, wanted->pack_hash) == 0 &&
           strcmp(stored->std_hash, wanted->std_hash) == 0 &&
           stored->data_version == wanted->data_version &&
           stored->engine_version == wanted->engine_version &&
           json_equal(stored->identity, wanted->identity);
}

bool run_ran_over_budget(const Run *run, const Description *description) {
    bool over = false;
    ResultLayout *layout = layout_new(description, run->year, false);
    for (size_t r = 0; r < run->region_count && !over; r++) {
        RegionResult result;
        Error error = {0};
        const ResultBytes *bytes = &run->regions[r].bytes;
        if (!result_has_failures(layout, bytes->data, bytes->length) ||
            !result_decode(bytes->data, bytes->length, layout, &result, &error))
            continue;
        for (size_t i = 0; i < result.failure_count; i++) {
            CallOutcome outcome = result.failures[i].outcome;
            over |=
                outcome == CALL_OVER_TIME || outcome == CALL_OVER_MEMORY || outcome == CALL_STUCK;
        }
        result_free(&result);
    }
    layout_free(layout);
    return over;
}

bool run_find_same(Store *store, const Run *wanted, const Description *description, Run *stored,
                   Error *error) {
    StoreRunQuery query = {.pack = wanted->pack, .year = wanted->year, .limit = 1};
    *stored = (Run){0};
    if (!store_read_runs(store, &query, copy_run, stored, error)) goto failed;
    if (stored->id && !is_same_run(stored, wanted)) run_free(stored);
    // Results are read only where they are wanted: there are many of them.
    if (stored->id && !store_read_results(store, stored->id, NULL, copy_result, stored, error))
        goto failed;
    if (stored->id && run_ran_over_budget(stored, description)) run_free(stored);
    return true;
failed:
    run_free(stored);
    return false;
}

bool run_put(StoreTransaction *transaction, Run *run, Error *error) {
    char *identity = json_dumps(run->identity, JSON_COMPACT | JSON_SORT_KEYS);
    StoreRun row = {.pack = run->pack,
                    .pack_hash = run->pack_hash,
                    .std_hash = run->std_hash,
                    .engine_version = run->engine_version,
                    .conventions = identity,
                    .data_version = run->data_version,
                    .round = "annual",
                    .year = run->year,
                    .who = run->who,
                    .started_at_us = run->started_at_us,
                    .finished_at_us = run->finished_at_us,
                    .region_count = (int64_t)run->region_count,
                    .result_hash = run->result_hash};
    bool good = store_put_run(transaction, &row, error);
    for (size_t i = 0; good && i < run->region_count; i++)
        good = store_put_result(transaction, &row, run->regions[i].code, run->regions[i].bytes.data,
                                run->regions[i].bytes.length, error);
    run->id = run->base = row.id;
    free(identity);
    return good;
}

typedef struct RunWriting {
    Store *store;
    const Description *description;
    Run *run, *same;
} RunWriting;

// Another process may have stored the same run while this one was computing. Nobody else writes
// during the transaction, so what is read here is the last word.
static bool write_run(StoreTransaction *transaction, void *context, Error *error) {
    RunWriting *writing = context;
    if (!run_find_same(writing->store, writing->run, writing->description, writing->same, error))
        return false;
    return writing->same->id != 0 || run_put(transaction, writing->run, error);
}

bool run_compute(Engine *engine, const RunData *data, Run *run, ProblemList *problems) {
    run->started_at_us = clock_now_us();
    engine_set_roles(engine, data->roles);
    bool good = engine_run(engine, problems);
    run->finished_at_us = clock_now_us();
    run->evaluated_us = run->finished_at_us - run->started_at_us;
    if (good) take_regions(run, engine, data);
    run->hashed_us = clock_now_us() - run->finished_at_us;
    return good;
}

// Sets all that names a run before it is computed.
static void begin_run(Run *run, const LoadedPack *pack, const RunData *data, int year,
                      int64_t data_version, const char *who) {
    *run = (Run){.data_version = data_version, .engine_version = ENGINE_VERSION, .year = year};
    snprintf(run->pack, sizeof run->pack, "%s", pack->description->id);
    memcpy(run->pack_hash, pack->bundle.hash, sizeof run->pack_hash);
    memcpy(run->std_hash, pack->std.hash, sizeof run->std_hash);
    text_copy(run->who, sizeof run->who, who);
    run->identity = identity_of(pack->description, data);
}

static bool has_reports(const RunData *data) {
    for (uint32_t r = 0; r < data->dataset->header->region_count; r++)
        if (data->roles[r] == REGION_EVALUATED) return true;
    return false;
}

static bool start_engine(void *context, const Dataset *dataset, Error *error) {
    RunEngine *starting = context;
    EngineRequest request = {
        .pack = &starting->code, .dataset = dataset, .year = starting->year, .traced_region = -1};
    engine_free(starting->engine);
    starting->engine = engine_new(starting->host, &request, error);
    return starting->engine != NULL;
}

// Whether both look for their newest year at the same regions.
static bool cover_the_same(const Description *left, const Description *right) {
    return left->covers == right->covers && strcmp(left->region, right->region) == 0;
}

// With the data at hand, of the same year. Where both are the newest there is, they are the same if
// there is any report for it.
static bool gather_known(Store *store, const RunRequest *request, int year, int64_t data_version,
                         RunEngine *engine, RunData *data) {
    const KnownData *known = request->known;
    const RunDataQuery query = {.description = request->pack->description,
                                .year = known->year,
                                .data_version = data_version,
                                .made = start_engine,
                                .made_context = engine};
    engine->year = known->year;
    if (year ? known->year != year : !known->is_newest) return false;
    if (!cover_the_same(query.description, known->description) ||
        !run_take_data(store, &query, known, data))
        return false;
    if (has_reports(data)) return true;
    engine_free(engine->engine);
    engine->engine = NULL;
    run_data_free(data);
    return false;
}

static void tell_silence(const RunRequest *request, bool nobody_reports) {
    if (request->nobody_reports) *request->nobody_reports = nobody_reports;
}

bool run_gather(Store *store, const RunRequest *request, RunEngine *engine, RunData *data, Run *run,
                Error *error) {
    const Description *description = request->pack->description;
    int year = request->year == RUN_NEWEST_YEAR ? 0 : request->year;
    int64_t data_version = request->data_version;
    tell_silence(request, false);
    if (!request->year && !store_read_pack_year(store, description->id, &year, error)) return false;
    if (!data_version && !store_read_data_version(store, &data_version, error)) return false;
    engine->code = loaded_pack_code(request->pack);
    if (request->known && !request->from_revisions &&
        gather_known(store, request, year, data_version, engine, data)) {
        begin_run(run, request->pack, data, engine->year, data_version, request->who);
        return true;
    }
    if (!year && !pack_year_find(store, description, data_version, &year, error)) {
        tell_silence(request, error->code == ERROR_NOT_FOUND);
        return false;
    }
    engine->year = year;
    RunDataQuery query = {.description = description,
                          .year = year,
                          .data_version = data_version,
                          .from_revisions = request->from_revisions,
                          .made = start_engine,
                          .made_context = engine};
    if (!run_read_data(store, &query, data, error)) return false;
    if (!has_reports(data)) {
        tell_silence(request, true);
        return refuse_silence(description, year, error);
    }
    begin_run(run, request->pack, data, year, data_version, request->who);
    return true;
}

// The next evaluation need not go through the revisions again. What cannot be mended now, in a
// store that is read only or locked, is mended another time.
void run_mend_columns(Store *store, size_t mistrusted) {
    size_t rebuilt;
    Error error = {0};
    if (mistrusted > 0) (void)!store_rebuild_columns(store, &rebuilt, &error);
}

bool run_evaluate(const JobHost *host, Store *store, const RunRequest *request, Run *run,
                  bool *found, ProblemList *problems) {
    const Description *description = request->pack->description;
    Error error = {0};
    Run same = {0};
    RunData data = {0};
    RunEngine engine = {.host = host};
    RunWriting writing = {store, description, run, &same};
    *run = (Run){0};
    int64_t began_us = clock_now_us();
    bool good = run_gather(store, request, &engine, &data, run, &error) &&
                run_find_same(store, run, description, &same, &error);
    run->read_us = clock_now_us() - began_us;
    if (good && !same.id) good = run_compute(engine.engine, &data, run, problems);
    if (engine.engine) engine_dismiss(engine.engine);
    size_t mistrusted = data.mistrusted;
    run_data_free(&data);
    run->engine = engine.engine; // which has the results
    began_us = clock_now_us();
    if (good && !same.id) good = store_write(store, write_run, &writing, &error);
    run->committed_at_us = clock_now_us();
    run->written_us = run->committed_at_us - began_us;
    if (good) run_mend_columns(store, mistrusted);
    *found = good && same.id != 0;
    if (*found || !good) run_free(run);
    if (*found)
        *run = same;
    else
        run_free(&same);
    if (!good && error.code != ERROR_NONE) problems_add(problems, &error);
    return good;
}

bool run_evaluate_aside(const JobHost *host, Store *store, const RunRequest *request, Run *run,
                        ProblemList *problems) {
    Error error = {0};
    RunData data = {0};
    RunEngine engine = {.host = host};
    *run = (Run){0};
    bool good = run_gather(store, request, &engine, &data, run, &error);
    if (!good) problems_add(problems, &error);
    good = good && run_compute(engine.engine, &data, run, problems);
    if (engine.engine) engine_dismiss(engine.engine);
    run_data_free(&data);
    run->engine = engine.engine; // which has the results
    if (!good) run_free(run);
    return good;
}

// ---- replay ------------------------------------------------------------------------------------

typedef struct VersionSearch {
    const Run *run;
    char *description; // copy, NULL until found
} VersionSearch;

static bool match_version(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    VersionSearch *search = context;
    if (strcmp(version->pack, search->run->pack) == 0 &&
        strcmp(version->hash, search->run->pack_hash) == 0)
        search->description = memory_copy_string(version->description);
    return true;
}

bool run_load_pack(Store *store, const Run *run, LoadedPack *pack, Error *error) {
    VersionSearch search = {.run = run};
    if (!store_read_pack_versions(store, false, match_version, &search, error)) return false;
    if (!search.description)
        return error_set(
            error, ERROR_STORE,
            T("the pack version of run %lld is missing", "运行 %lld 所用的评估包版本缺失"),
            (long long)run->id);
    bool good =
        registry_load_stored(store, run->pack_hash, run->std_hash, search.description, pack, error);
    free(search.description);
    return good;
}

bool run_replay(const JobHost *host, Store *store, const Run *run, Run *again, bool *same,
                ProblemList *problems) {
    Error error = {0};
    LoadedPack pack = {0};
    *again = (Run){0};
    *same = false;
    if (run->engine_version != ENGINE_VERSION) {
        problems_addf(problems, ERROR_CONFLICT, NULL, 0, 0,
                      T("run %lld was made by engine %d, this program has engine %d",
                        "运行 %lld 由引擎 %d 产生，本程序为引擎 %d"),
                      (long long)run->id, run->engine_version, ENGINE_VERSION);
        problems_hint(problems, "%s",
                      T("replay it with the program that made it", "请用当时的程序重算"));
        return false;
    }
    if (!run_load_pack(store, run, &pack, &error) || !pack.description) {
        problems_add(problems, &error);
        return false;
    }
    RunData data;
    RunEngine engine = {.host = host, .code = loaded_pack_code(&pack), .year = run->year};
    RunDataQuery query = {.description = pack.description,
                          .regions = json_object_get(run->identity, "regions"),
                          .year = run->year,
                          .data_version = run->data_version,
                          .made = start_engine,
                          .made_context = &engine,
                          .from_revisions = true}; // columns are derived: here nothing is believed
    bool good = run_read_data(store, &query, &data, &error);
    if (good) {
        begin_run(again, &pack, &data, run->year, run->data_version, run->who);
        good = run_compute(engine.engine, &data, again, problems);
    } else {
        problems_add(problems, &error);
    }
    if (engine.engine) engine_dismiss(engine.engine);
    again->engine = engine.engine; // which has the results
    run_data_free(&data);
    loaded_pack_free(&pack);
    if (!good) {
        run_free(again);
        return false;
    }
    *same = again->region_count == run->region_count &&
            strcmp(again->result_hash, run->result_hash) == 0;
    for (size_t i = 0; *same && i < run->region_count; i++)
        *same = again->regions[i].bytes.length == run->regions[i].bytes.length &&
                memcmp(again->regions[i].bytes.data, run->regions[i].bytes.data,
                       run->regions[i].bytes.length) == 0;
    return true;
}

int run_region_role(const Run *run, const char *code) {
    size_t index;
    json_t *row;
    json_array_foreach(json_object_get(run->identity, "regions"), index, row) {
        const char *known = json_string_value(json_array_get(row, 0));
        if (known && strcmp(known, code) == 0)
            return (int)json_integer_value(json_array_get(row, 2));
    }
    return -1;
}

int run_find_region(const Run *run, const char *code) {
    const struct RunRegion wanted = {.code = (char *)code};
    const struct RunRegion *found =
        run->region_count
            ? bsearch(&wanted, run->regions, run->region_count, sizeof wanted, by_code)
            : NULL;
    return found ? (int)(found - run->regions) : -1;
}

void run_free(Run *run) {
    free(run->regions);
    arena_free(&run->arena);
    engine_free(run->engine);
    json_decref(run->identity);
    *run = (Run){0};
}
