// A pack kept evaluated, from its opening on: see live.h.
#include "core/registry/live.h"

#include <stdlib.h>
#include <string.h>

#include "core/registry/live_inside.h"

// ---- opening -----------------------------------------------------------------------------------

void live_forget(Live *live) {
    for (uint32_t r = 0; live->bytes && r < live->data.dataset->header->region_count; r++)
        buffer_free(&live->bytes[r]), buffer_free(&live->changes[r].before);
    engine_free(live->engine);
    const Description *description = live->request.run.pack->description;
    for (size_t a = 0; live->standings && a < description->assessment_count; a++)
        standings_free(&live->standings[a]);
    free(live->bytes);
    free(live->changes);
    free(live->sample_changes);
    samples_free(&live->samples);
    free(live->standings);
    free(live->leaves);
    free(live->touched);
    hash_tree_free(&live->hashes);
    map_free(&live->regions);
    map_free(&live->columns);
    map_free(&live->seen);
    run_data_free(&live->data);
    run_free(&live->run);
    *live = (Live){.request = live->request};
}

void live_close(Live *live) {
    if (!live) return;
    live_forget(live);
    free(live);
}

void live_put_standings(Live *live, size_t region) {
    const Description *description = live->request.run.pack->description;
    const uint8_t *record =
        engine_is_evaluated(live->engine, region) ? engine_record(live->engine, region) : NULL;
    for (size_t a = 0; a < description->assessment_count; a++)
        standings_put(&live->standings[a], region, record);
}

// The regions of a run stand in order of code; so do the leaves.
static void take_run(Live *live) {
    const Description *description = live->request.run.pack->description;
    const DatasetHeader *header = live->data.dataset->header;
    run_hash_results(&live->run, &live->hashes);
    for (uint32_t r = 0; r < header->region_count; r++) {
        live->leaves[r] = -1;
        map_put(&live->regions, live->data.dataset->regions[r].code, r);
    }
    for (size_t i = 0; i < live->run.region_count; i++) {
        int64_t region = map_get(&live->regions, live->run.regions[i].code);
        live->leaves[region] = (int)i;
        ResultBytes bytes = live->run.regions[i].bytes;
        buffer_append(&live->bytes[region], bytes.data, bytes.length);
    }
    for (size_t a = 0; a < description->assessment_count; a++)
        standings_init(&live->standings[a], engine_layout(live->engine), (int)a,
                       header->region_count);
    for (uint32_t r = 0; r < header->region_count; r++)
        live_put_standings(live, r);
}

static bool write_whole(StoreTransaction *transaction, void *context, Error *error) {
    Live *live = context;
    Run same;
    if (!run_find_same(live->request.store, &live->run, live->request.run.pack->description, &same,
                       error))
        return false;
    live->run.id = same.id;
    live->base = same.base;
    run_free(&same);
    if (live->run.id) return true;
    if (!run_put(transaction, &live->run, error)) return false;
    live->base = live->run.id;
    return true;
}

static void make_room(Live *live) {
    const LiveRequest *request = &live->request;
    size_t regions = live->data.dataset->header->region_count;
    live->standings =
        memory_new(request->run.pack->description->assessment_count, sizeof *live->standings);
    live->leaves = memory_new(regions, sizeof *live->leaves);
    live->touched = memory_new(regions, sizeof *live->touched);
    live->bytes = memory_new(regions, sizeof *live->bytes);
    live->changes = memory_new(regions, sizeof *live->changes);
    dataset_index(live->data.dataset, &live->columns);
}

static bool know_data(const Live *live, KnownData *known) {
    *known = (KnownData){.data = &live->data,
                         .description = live->request.run.pack->description,
                         .year = live->run.year,
                         .data_version = live->run.data_version,
                         .is_newest = live->is_newest};
    return live->engine != NULL;
}

// What the year 0 stands for now, so that it stays the same while the data is read.
static bool settle_year(Live *live, RunRequest *request, Error *error) {
    if (request->year == 0) {
        if (!store_read_pack_year(live->request.store, request->pack->description->id,
                                  &request->year, error))
            return false;
        if (request->year == 0) request->year = RUN_NEWEST_YEAR;
    }
    live->is_newest = request->year == RUN_NEWEST_YEAR;
    return true;
}

static bool read_samples(Live *live, Error *error) {
    const SampleQuery query = {.description = live->request.run.pack->description,
                               .dataset = live->data.dataset,
                               .year = live->run.year,
                               .data_version = live->run.data_version};
    return samples_read_beside(live->request.store, &query, &live->samples, error);
}

bool live_begin(Live *live, bool *nobody_reports, ProblemList *problems) {
    Error error = {0};
    const Live *beside = live->request.beside;
    RunRequest request = live->request.run;
    request.nobody_reports = nobody_reports;
    RunEngine engine = {.host = live->request.host};
    KnownData known;
    if (beside && know_data(beside, &known)) request.known = &known;
    // Known before the regions are read: one that comes in between is looked up again.
    bool good = settle_year(live, &request, &error) &&
                store_read_region_version(live->request.store, &live->region_version, &error) &&
                run_gather(live->request.store, &request, &engine, &live->data, &live->run, &error);
    live->engine = engine.engine;
    if (good) {
        make_room(live);
        good = run_compute(live->engine, &live->data, &live->run, problems) &&
               store_write(live->request.store, write_whole, live, &error) &&
               read_samples(live, &error);
    }
    if (good) {
        take_run(live);
        run_mend_columns(live->request.store, live->data.mistrusted);
    } else {
        live_forget(live);
    }
    if (error.code != ERROR_NONE) problems_add(problems, &error);
    return good;
}

bool live_open(const LiveRequest *request, Live **out, ProblemList *problems) {
    Live *live = memory_new(1, sizeof *live);
    live->request = *request;
    bool good = live_begin(live, request->run.nobody_reports, problems);
    live->request.beside = NULL;
    live->request.run.nobody_reports = NULL;
    if (good)
        *out = live;
    else
        live_close(live);
    return good;
}

// ---- reading -----------------------------------------------------------------------------------

const Run *live_run(const Live *live) {
    return &live->run;
}

bool live_year_is_fixed(const Live *live) {
    return !live->is_newest;
}

const ResultLayout *live_layout(const Live *live) {
    return live->engine ? engine_layout(live->engine) : NULL;
}

ResultBytes live_bytes(const Live *live, uint32_t region) {
    return (ResultBytes){live->bytes[region].data, live->bytes[region].length};
}

RegionRole live_role(const Live *live, uint32_t region) {
    return (RegionRole)live->data.roles[region];
}

const LiveChange *live_changes(const Live *live, size_t *count) {
    *count = live->change_count;
    return live->changes;
}

const Dataset *live_dataset(const Live *live) {
    return live->data.dataset;
}

const char *live_result_hash(const Live *live) {
    return live->run.result_hash;
}

const Standings *live_standings(const Live *live, int assessment) {
    return live->standings ? &live->standings[assessment] : NULL;
}

const Samples *live_samples(const Live *live) {
    return live->engine ? &live->samples : NULL;
}

const SampleChange *live_sample_changes(const Live *live, size_t *count) {
    *count = live->sample_change_count;
    return live->sample_changes;
}
