// Storing changes and following them: see live.h.
#include "core/registry/live.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/registry/runs_inside.h"

struct Live {
    LiveRequest request;
    RunData data;
    Run run; // names the newest run; without results
    int64_t base;
    Engine *engine;
    Standings *standings; // by assessment
    HashTree hashes;
    int *leaves;       // by region: its place among those evaluated, in order of code; -1 for none
    Map regions;       // code → region of the dataset
    Map columns;       // see dataset_index
    uint32_t *touched; // room
    Buffer *bytes;     // by region: canonical results
    LiveChange *changes; // of the last put; room for every region
    size_t change_count;
};

// ---- opening -----------------------------------------------------------------------------------

static void forget(Live *live) {
    for (uint32_t r = 0; live->bytes && r < live->data.dataset->header->region_count; r++)
        buffer_free(&live->bytes[r]), buffer_free(&live->changes[r].before);
    engine_free(live->engine);
    const Description *description = live->request.run.pack->description;
    for (size_t a = 0; live->standings && a < description->assessment_count; a++)
        standings_free(&live->standings[a]);
    free(live->bytes);
    free(live->changes);
    free(live->standings);
    free(live->leaves);
    free(live->touched);
    hash_tree_free(&live->hashes);
    map_free(&live->regions);
    map_free(&live->columns);
    run_data_free(&live->data);
    run_free(&live->run);
    *live = (Live){.request = live->request};
}

void live_close(Live *live) {
    if (!live) return;
    forget(live);
    free(live);
}

static void put_standings(Live *live, size_t region) {
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
        put_standings(live, r);
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
                         .data_version = live->run.data_version};
    return live->engine != NULL && live->request.run.year == 0;
}

// When it fails nothing is at hand any more, and the engine is NULL.
static bool begin(Live *live, ProblemList *problems) {
    Error error = {0};
    const Live *beside = live->request.beside;
    RunRequest request = live->request.run;
    RunEngine engine = {.host = live->request.host};
    KnownData known;
    if (beside && know_data(beside, &known)) request.known = &known;
    bool good = run_gather(live->request.store, &request, &engine, &live->data, &live->run, &error);
    live->engine = engine.engine;
    if (good) {
        make_room(live);
        good = run_compute(live->engine, &live->data, &live->run, problems) &&
               store_write(live->request.store, write_whole, live, &error);
    }
    if (good)
        take_run(live);
    else
        forget(live);
    if (error.code != ERROR_NONE) problems_add(problems, &error);
    return good;
}

bool live_open(const LiveRequest *request, Live **out, ProblemList *problems) {
    Live *live = memory_new(1, sizeof *live);
    live->request = *request;
    bool good = begin(live, problems);
    live->request.beside = NULL;
    if (good)
        *out = live;
    else
        live_close(live);
    return good;
}

// ---- changes -----------------------------------------------------------------------------------

// Where an observation stands in the dataset.
typedef struct Cell {
    int region, column; // -1: nothing of the pack's
    ChangedValue value;
    double before;
} Cell;

// What one pack has to do with a put.
typedef enum Concern {
    CONCERN_NONE,     // none of the figures is the pack's
    CONCERN_FOLLOWED, // its results were brought up to date, in memory
    CONCERN_WHOLE,    // everything is read and evaluated anew once the figures are stored
} Concern;

typedef struct Following {
    Live *live;
    Cell *cells;
    Concern concern;
    bool swapped; // its columns have the new values, and its results may follow from them
    LiveOutcome *outcome;
    char result_hash[HASH_TEXT_SIZE];
} Following;

typedef struct Putting {
    Store *store;
    const LivePut *put;
    Following *followings;
    size_t count;
    size_t changed;  // observations that say something new
    int64_t version; // of the data, once they are stored; 0: nothing is new
} Putting;

static int breakdown_of(const Description *description, const char *id) {
    for (size_t b = 0; b < description->breakdown_count; b++)
        if (strcmp(description->breakdowns[b].id, id) == 0) return (int)b;
    return -1;
}

// Whether a region that is not in the dataset would be in it by now.
static bool has_come_since(const Live *live, const char *region) {
    bool seen = false;
    Error error = {0};
    return !run_sees_region(live->request.store, live->request.run.pack->description, region, &seen,
                            &error) ||
           seen;
}

// Whether the observation is the first of a newer year than the newest so far.
static bool begins_a_year(const Live *live, const StoreObservation *observation, int region) {
    const Description *description = live->request.run.pack->description;
    if (live->request.run.year != 0 || observation->year <= live->run.year ||
        isnan(observation->value) || description_series(description, observation->indicator) < 0)
        return false;
    return region < 0 ? has_come_since(live, observation->region)
                      : live->data.roles[region] != REGION_COMPARED;
}

// False when the dataset has no room for the observation although the pack speaks of it.
static bool find_cell(const Live *live, const StoreObservation *observation, Cell *cell) {
    const Description *description = live->request.run.pack->description;
    const DatasetHeader *header = live->data.dataset->header;
    int series = description_series(description, observation->indicator);
    bool total = strcmp(observation->breakdown, STORE_NO_BREAKDOWN) == 0;
    *cell = (Cell){
        .region = (int)map_get(&live->regions, observation->region),
        .column = dataset_column(&live->columns, observation->indicator, observation->breakdown),
        .value = {series, total ? -1 : breakdown_of(description, observation->breakdown),
                  observation->year}};
    if (begins_a_year(live, observation, cell->region)) return false;
    bool of_the_pack = series >= 0 && observation->year <= live->run.year &&
                       observation->year >= figure_first_year(description, live->run.year);
    if (!of_the_pack || cell->region < 0) {
        cell->column = -1;
        return !of_the_pack || !has_come_since(live, observation->region);
    }
    return cell->column >= 0 && observation->year >= header->first_year;
}

static void swap_values(Live *live, Cell *cells, size_t count,
                        const StoreObservation *observations) {
    for (size_t i = 0; i < count; i++) {
        if (cells[i].column < 0) continue;
        cells[i].before = dataset_value(live->data.dataset, cells[i].column, cells[i].value.year,
                                        (size_t)cells[i].region);
        dataset_set(live->data.dataset, cells[i].column, cells[i].value.year,
                    (size_t)cells[i].region, observations[i].value);
    }
}

static void put_values_back(Live *live, const Cell *cells, size_t count) {
    for (size_t i = count; i-- > 0;)
        if (cells[i].column >= 0)
            dataset_set(live->data.dataset, cells[i].column, cells[i].value.year,
                        (size_t)cells[i].region, cells[i].before);
}

static bool has_report(const Live *live, size_t region) {
    const Dataset *dataset = live->data.dataset;
    for (uint32_t s = 0; s < dataset->header->series_count; s++)
        if (!isnan(dataset_value(dataset, (int)s, live->run.year, region)) &&
            description_series(live->request.run.pack->description, dataset->series[s].id) >= 0)
            return true;
    return false;
}

// A region that reports for the first time, or nothing any more, makes another run.
static bool roles_hold(const Live *live, const Cell *cells, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (cells[i].column < 0) continue;
        RegionRole role = (RegionRole)live->data.roles[cells[i].region];
        if (role == REGION_COMPARED) continue;
        if ((role == REGION_EVALUATED) != has_report(live, (size_t)cells[i].region)) return false;
    }
    return true;
}

static void note_touched(Live *live, size_t *count, const uint32_t *more, size_t more_count) {
    for (size_t i = 0; i < more_count; i++) {
        bool known = false;
        for (size_t k = 0; k < *count && !known; k++)
            known = live->touched[k] == more[i];
        if (!known) live->touched[(*count)++] = more[i];
    }
}

// Evaluates what the cells touch, region by region.
static bool follow(Live *live, const Cell *cells, size_t count, size_t *touched_count,
                   LiveOutcome *outcome, ProblemList *problems) {
    uint32_t *room = memory_new(live->data.dataset->header->region_count, sizeof *room);
    ChangedValue *values = memory_new(count, sizeof *values);
    bool good = true;
    *touched_count = 0;
    for (size_t i = 0; i < count && good; i++) {
        EngineChange change = {(size_t)cells[i].region, values, 0};
        bool first = cells[i].column >= 0;
        for (size_t k = 0; k < i && first; k++)
            first = cells[k].column < 0 || cells[k].region != cells[i].region;
        for (size_t k = i; k < count && first; k++)
            if (cells[k].column >= 0 && cells[k].region == cells[i].region)
                values[change.value_count++] = cells[k].value;
        if (!first) continue;
        size_t more;
        good = engine_change(live->engine, &change, room, &more, problems);
        if (good) note_touched(live, touched_count, room, more);
        outcome->rule_calls += engine_statistics(live->engine).rule_calls;
    }
    free(values);
    free(room);
    return good;
}

static void note_change(Live *live, uint32_t region, ResultBytes bytes) {
    LiveChange *change = &live->changes[live->change_count++];
    Buffer before = live->bytes[region];
    live->bytes[region] = change->before;
    change->before = before;
    change->region = region;
    buffer_clear(&live->bytes[region]);
    buffer_append(&live->bytes[region], bytes.data, bytes.length);
}

// Takes over the results of the regions touched that came out otherwise.
static void keep_changed(Live *live, size_t touched_count) {
    live->change_count = 0;
    for (size_t i = 0; i < touched_count; i++) {
        uint32_t region = live->touched[i];
        if (!engine_is_evaluated(live->engine, region)) continue;
        ResultBytes bytes = engine_bytes(live->engine, region);
        const Buffer *known = &live->bytes[region];
        if (known->length == bytes.length && memcmp(known->data, bytes.data, bytes.length) == 0)
            continue;
        note_change(live, region, bytes);
        hash_tree_set(&live->hashes, (size_t)live->leaves[region],
                      live->data.dataset->regions[region].code, bytes.data, bytes.length);
        hash_tree_update(&live->hashes, (size_t)live->leaves[region]);
        put_standings(live, region);
    }
}

static bool put_results(StoreTransaction *transaction, const Putting *putting, Following *following,
                        Error *error) {
    const Live *live = following->live;
    StoreRun row = {.base = live->base,
                    .pack = live->run.pack,
                    .pack_hash = live->run.pack_hash,
                    .std_hash = live->run.std_hash,
                    .engine_version = live->run.engine_version,
                    .data_version = putting->version,
                    .round = "annual",
                    .year = live->run.year,
                    .who = putting->put->who,
                    .started_at_us = live->run.started_at_us,
                    .finished_at_us = live->run.finished_at_us,
                    .region_count = (int64_t)live->run.region_count,
                    .result_hash = following->result_hash};
    bool good = store_put_run(transaction, &row, error);
    for (size_t i = 0; good && i < live->change_count; i++) {
        uint32_t region = live->changes[i].region;
        good = store_put_result(transaction, &row, live->data.dataset->regions[region].code,
                                live->bytes[region].data, live->bytes[region].length, error);
    }
    following->outcome->run = row.id;
    return good;
}

static bool put_observations(StoreTransaction *transaction, Putting *putting, Error *error) {
    const LivePut *put = putting->put;
    putting->changed = 0; // a transaction may be begun anew
    if (!store_describe_change(transaction, put->who, put->what, error)) return false;
    for (size_t i = 0; i < put->count; i++) {
        StoreChange change;
        if (!store_put_observation(transaction, &put->observations[i], &change, error))
            return false;
        putting->changed += change != STORE_UNCHANGED;
    }
    putting->version = store_transaction_version(transaction);
    return true;
}

static bool write_change(StoreTransaction *transaction, void *context, Error *error) {
    Putting *putting = context;
    int64_t newest;
    if (!store_read_data_version(putting->store, &newest, error) ||
        !put_observations(transaction, putting, error))
        return false;
    for (size_t i = 0; i < putting->count; i++) {
        Following *following = &putting->followings[i];
        bool overtaken = following->live->run.data_version != newest;
        if (overtaken) {
            following->concern = CONCERN_WHOLE;
            following->live->change_count = 0;
        }
        if (following->concern == CONCERN_FOLLOWED && putting->version != 0 &&
            !put_results(transaction, putting, following, error))
            return false;
    }
    const LivePut *put = putting->put;
    return !put->also || put->also(transaction, put->context, error);
}

// Evaluates what the cells touch, and takes over what came out otherwise.
static bool bring_up_to_date(Following *following, size_t count) {
    Live *live = following->live;
    LiveOutcome *outcome = following->outcome;
    ProblemList ignored = {0};
    bool good = follow(live, following->cells, count, &outcome->touched, outcome, &ignored);
    problems_free(&ignored);
    if (!good) return false;
    keep_changed(live, outcome->touched);
    hash_tree_text(&live->hashes, following->result_hash);
    return true;
}

// Brings a pack's results up to date in memory; what does not fit is left for a reading anew.
static void follow_put(Following *following, const LivePut *put) {
    Live *live = following->live;
    Cell *cells = following->cells;
    // What another version holds too must not change under it.
    bool fits = live->engine != NULL && live->data.dataset->others == 0, any = false;
    for (size_t i = 0; i < put->count && fits; i++) {
        fits = find_cell(live, &put->observations[i], &cells[i]);
        any |= fits && cells[i].column >= 0;
    }
    following->concern = !fits ? CONCERN_WHOLE : any ? CONCERN_FOLLOWED : CONCERN_NONE;
    live->change_count = 0;
    if (following->concern != CONCERN_FOLLOWED) return;
    swap_values(live, cells, put->count, put->observations);
    if (!roles_hold(live, cells, put->count)) {
        put_values_back(live, cells, put->count);
        following->concern = CONCERN_WHOLE;
        return;
    }
    following->swapped = true;
    live->run.started_at_us = clock_now_us();
    if (!bring_up_to_date(following, put->count)) following->concern = CONCERN_WHOLE;
    live->run.finished_at_us = clock_now_us();
}

static void evaluate_anew(Following *following) {
    Live *live = following->live;
    following->outcome->whole = true;
    forget(live);
    (void)!begin(live, &following->outcome->problems); // why there are no results is among them
}

// What was put is stored: the results are those of the store again.
static void settle(const Putting *putting, Following *following) {
    Live *live = following->live;
    if (following->concern == CONCERN_WHOLE) {
        evaluate_anew(following);
    } else if (putting->version != 0) {
        live->run.data_version = putting->version;
        if (following->concern == CONCERN_FOLLOWED) {
            live->run.id = following->outcome->run;
            memcpy(live->run.result_hash, following->result_hash, sizeof live->run.result_hash);
        }
    }
    following->outcome->run = live->run.id;
}

// Nothing was stored: the results become again what they were, by the way they came.
static void take_back(const Putting *putting, Following *following) {
    Live *live = following->live;
    size_t count = putting->put->count;
    if (following->swapped) {
        put_values_back(live, following->cells, count);
        bool same = following->concern == CONCERN_FOLLOWED && bring_up_to_date(following, count) &&
                    strcmp(following->result_hash, live->run.result_hash) == 0;
        if (same)
            live->change_count = 0;
        else
            evaluate_anew(following);
    }
    following->outcome->touched = 0;
    following->outcome->run = live->run.id;
}

bool live_put(Live *const *lives, size_t count, Store *store, const LivePut *put, size_t *changed,
              LiveOutcome *outcomes, Error *error) {
    Following *followings = memory_new(count, sizeof *followings);
    Cell *cells = memory_new(count * put->count, sizeof *cells);
    Putting putting = {.store = store, .put = put, .followings = followings, .count = count};
    for (size_t i = 0; i < count; i++) {
        outcomes[i] = (LiveOutcome){0};
        followings[i] =
            (Following){.live = lives[i], .cells = cells + i * put->count, .outcome = &outcomes[i]};
        follow_put(&followings[i], put);
    }
    bool stored = store_write(store, write_change, &putting, error);
    for (size_t i = 0; i < count; i++) {
        if (stored)
            settle(&putting, &followings[i]);
        else
            take_back(&putting, &followings[i]);
    }
    if (changed) *changed = stored ? putting.changed : 0;
    free(cells);
    free(followings);
    return stored;
}

// ---- reading -----------------------------------------------------------------------------------

const Run *live_run(const Live *live) {
    return &live->run;
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
