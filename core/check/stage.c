// Worlds in one dataset: see stage.h.
#include "core/check/stage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

struct Stage {
    StageRequest request;
    JobHost host; // without its progress: a stage's runs are short
    Dataset *dataset;
    Engine *engine;
    size_t stride;   // regions of a world
    size_t idle;     // worlds in front that stay empty
    uint8_t *roles;  // by region
    size_t *regions; // by lane: its subject
    size_t *set;     // cells of the dataset that hold a value
    size_t set_count, set_capacity;
};

// ---- making ------------------------------------------------------------------------------------

static bool add_world(DatasetBuilder *builder, const Space *space, Error *error) {
    int own = -1;
    for (size_t place = 0; place < space->place_count; place++) {
        int region = dataset_add_namesake(builder, space->codes[place], error);
        if (region < 0) return false;
        if (place == PLACE_OWN)
            own = region;
        else
            dataset_set_parent(builder, region, own);
    }
    if (!space->has_peers) return true;
    // Regions without a parent would be each other's peers across the worlds.
    int above = dataset_add_namesake(builder, "above", error);
    if (above >= 0) dataset_set_parent(builder, own, above);
    return above >= 0;
}

static bool add_columns(DatasetBuilder *builder, const Space *space, Error *error) {
    for (size_t c = 0; c < space->column_count; c++) {
        const Column *column = &space->columns[c];
        const char *breakdown =
            column->breakdown < 0 ? "total" : space->description->breakdowns[column->breakdown].id;
        int series = dataset_add_series(builder, space->description->series[column->series].id,
                                        breakdown, error);
        if (series != (int)c) return false;
    }
    return true;
}

static int first_year(const Space *space, int year) {
    int first = year - 10;
    for (size_t p = 0; p < space->description->plan_count; p++)
        if (space->description->plans[p].baseline_year < first)
            first = space->description->plans[p].baseline_year;
    return first;
}

// Units are assessed in the first world alone; among many all must be alike.
static size_t idle_worlds(const StageRequest *request) {
    return request->space->has_units && request->worlds > 1 ? 1 : 0;
}

static Dataset *make_dataset(const StageRequest *request, Error *error) {
    const Space *space = request->space;
    DatasetBuilder *builder = dataset_builder_new(first_year(space, request->year), request->year);
    bool good = add_columns(builder, space, error);
    for (size_t w = 0; w < request->worlds + idle_worlds(request) && good; w++)
        good = add_world(builder, space, error);
    Dataset *dataset = NULL;
    if (!good) {
        dataset_builder_free(builder);
        return NULL;
    }
    return dataset_finish_shared(builder, &dataset, error) ? dataset : NULL;
}

Stage *stage_new(const StageRequest *request, Error *error) {
    Stage *stage = memory_new(1, sizeof *stage);
    stage->request = *request;
    stage->host = *request->host;
    stage->host.progress = NULL;
    if (request->plain) stage->host.parallel = 1;
    stage->stride = request->space->place_count + request->space->has_peers;
    stage->dataset = make_dataset(request, error);
    if (!stage->dataset) {
        stage_free(stage);
        return NULL;
    }
    stage->idle = idle_worlds(request);
    stage->roles = memory_new((request->worlds + stage->idle) * stage->stride, 1);
    stage->regions = memory_new(request->worlds, sizeof *stage->regions);
    EngineRequest engine = {.pack = request->pack,
                            .dataset = stage->dataset,
                            .year = request->year,
                            .traced_region = -1,
                            .without_kernels = request->plain,
                            .simd_levels_below = request->plain ? 2 : 0};
    if (request->traced) engine.traced_region = request->traced_place;
    stage->engine = engine_new(&stage->host, &engine, error);
    if (stage->engine) return stage;
    stage_free(stage);
    return NULL;
}

void stage_free(Stage *stage) {
    if (!stage) return;
    engine_free(stage->engine);
    dataset_free(stage->dataset);
    free(stage->roles);
    free(stage->regions);
    free(stage->set);
    free(stage);
}

int stage_year(const Stage *stage) {
    return stage->request.year;
}

// ---- running -----------------------------------------------------------------------------------

static void put(Stage *stage, size_t world, const Observation *observation) {
    const double *column =
        dataset_column_year(stage->dataset, observation->column, observation->year);
    if (!column) return;
    size_t region = world * stage->stride + (size_t)observation->place;
    ARRAY_RESERVE(stage->set, stage->set_count, stage->set_capacity);
    stage->set[stage->set_count++] = (size_t)(column + region - stage->dataset->values);
    stage->dataset->values[stage->set[stage->set_count - 1]] = observation->value;
}

static void put_lane(Stage *stage, size_t world, const Lane *lane) {
    for (size_t i = 0; i < lane->common->count; i++)
        put(stage, world, &lane->common->items[i]);
    if (lane->varied.column >= 0) put(stage, world, &lane->varied);
}

static void clear(Stage *stage) {
    for (size_t i = 0; i < stage->set_count; i++)
        stage->dataset->values[stage->set[i]] = NAN;
    stage->set_count = 0;
    memset(stage->roles, REGION_COMPARED, stage->dataset->header->region_count);
}

bool stage_run(Stage *stage, const Lane *lanes, size_t count, bool backwards,
               ProblemList *problems) {
    clear(stage);
    for (size_t i = 0; i < count; i++) {
        size_t world = stage->idle + (backwards ? count - 1 - i : i);
        put_lane(stage, world, &lanes[i]);
        stage->regions[i] = world * stage->stride + (size_t)lanes[i].common->subject;
        stage->roles[stage->regions[i]] = REGION_EVALUATED;
    }
    engine_set_roles(stage->engine, stage->roles);
    return engine_run(stage->engine, problems);
}

ResultBytes stage_bytes(Stage *stage, size_t lane) {
    return engine_bytes(stage->engine, stage->regions[lane]);
}

static bool decode_lane(Stage *stage, size_t lane, RegionResult *result, Error *error) {
    ResultBytes bytes = stage_bytes(stage, lane);
    return result_decode(bytes.data, bytes.length, engine_layout(stage->engine), result, error);
}

size_t stage_capacity(const Stage *stage) {
    return stage->request.worlds;
}

static bool take_results(Stage *stage, size_t count, RegionResult *results, size_t *taken,
                         ProblemList *problems) {
    Error error = {0};
    for (size_t i = 0; i < count; i++, (*taken)++) {
        if (decode_lane(stage, i, &results[*taken], &error)) continue;
        problems_add(problems, &error);
        return false;
    }
    return true;
}

bool stage_evaluate(Stage *stage, const Lane *lanes, size_t count, RegionResult *results,
                    ProblemList *problems) {
    size_t taken = 0;
    while (taken < count) {
        size_t now = count - taken < stage->request.worlds ? count - taken : stage->request.worlds;
        if (stage_run(stage, lanes + taken, now, false, problems) &&
            take_results(stage, now, results, &taken, problems))
            continue;
        for (size_t i = 0; i < taken; i++)
            result_free(&results[i]);
        return false;
    }
    return true;
}

const json_t *stage_traces(const Stage *stage) {
    return engine_traces(stage->engine);
}
