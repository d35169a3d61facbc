// Storing changes and following them: see live.h.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/registry/live_inside.h"

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
    bool swapped;   // its columns have the new values, and its results may follow from them
    bool overtaken; // somebody else stored figures that it does not know
    LiveOutcome *outcome;
    char result_hash[HASH_TEXT_SIZE];
} Following;

typedef struct Putting {
    Store *store;
    const LivePut *put;
    Following *followings;
    size_t count;
    size_t changed;  // observations that say something new
    int8_t *samples; // by observation: 1 where it became a sample, -1 where it is none any more
    int64_t version; // of the data, once they are stored; 0: nothing is new
} Putting;

static int breakdown_of(const Description *description, const char *id) {
    for (size_t b = 0; b < description->breakdown_count; b++)
        if (strcmp(description->breakdowns[b].id, id) == 0) return (int)b;
    return -1;
}

// Regions that came in since the dataset was made.
typedef struct Newcomers {
    const Map *seen; // codes of all that the pack sees by now; NULL: none came
    bool unknown;    // the regions cannot be read
} Newcomers;

// `version`: of the regions as they are now, -1 when that cannot be read.
static Newcomers find_newcomers(Live *live, int64_t version) {
    Error error = {0};
    if (version == live->region_version) return (Newcomers){NULL, false};
    if (version < 0) return (Newcomers){NULL, true};
    if (live->seen_version != version) {
        live->seen_version = 0;
        map_free(&live->seen);
        live->seen = (Map){0};
        if (!run_read_seen(live->request.store, live->request.run.pack->description, &live->seen,
                           &error))
            return (Newcomers){NULL, true};
        live->seen_version = version;
    }
    return (Newcomers){&live->seen, false};
}

// Whether a region that is not in the dataset would be in it by now, as far as can be known.
static bool has_come(const Newcomers *newcomers, const char *region) {
    return newcomers->unknown || (newcomers->seen && map_get(newcomers->seen, region) >= 0);
}

// Whether the observation is the first of a newer year than the newest so far, where that counts.
static bool begins_a_year(const Live *live, const StoreObservation *observation, int region,
                          const Newcomers *newcomers) {
    const Description *description = live->request.run.pack->description;
    if (!live->is_newest || observation->year <= live->run.year || isnan(observation->value) ||
        description_series(description, observation->indicator) < 0)
        return false;
    return region < 0 ? has_come(newcomers, observation->region)
                      : live->data.roles[region] != REGION_COMPARED;
}

// False when the dataset has no room for the observation although the pack speaks of it.
static bool find_cell(const Live *live, const StoreObservation *observation,
                      const Newcomers *newcomers, Cell *cell) {
    const Description *description = live->request.run.pack->description;
    const DatasetHeader *header = live->data.dataset->header;
    int series = description_series(description, observation->indicator);
    bool total = strcmp(observation->breakdown, STORE_NO_BREAKDOWN) == 0;
    *cell = (Cell){
        .region = (int)map_get(&live->regions, observation->region),
        .column = dataset_column(&live->columns, observation->indicator, observation->breakdown),
        .value = {series, total ? -1 : breakdown_of(description, observation->breakdown),
                  observation->year}};
    if (begins_a_year(live, observation, cell->region, newcomers)) return false;
    bool of_the_pack = series >= 0 && observation->year <= live->run.year &&
                       observation->year >= figure_first_year(description, live->run.year);
    if (!of_the_pack || cell->region < 0) {
        cell->column = -1;
        return !of_the_pack || !has_come(newcomers, observation->region);
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

// A cell of the pack's, to be sorted by region.
typedef struct Found {
    int region;
    size_t cell;
} Found;

static int by_region(const void *left, const void *right) {
    const Found *a = left, *b = right;
    if (a->region != b->region) return a->region < b->region ? -1 : 1;
    return a->cell < b->cell ? -1 : a->cell > b->cell;
}

static Found *find_own(const Cell *cells, size_t count, size_t *own) {
    Found *found = memory_new(count, sizeof *found);
    *own = 0;
    for (size_t i = 0; i < count; i++)
        if (cells[i].column >= 0) found[(*own)++] = (Found){cells[i].region, i};
    if (*own) qsort(found, *own, sizeof *found, by_region);
    return found;
}

// What evaluating again touched, each region once.
typedef struct Touching {
    Live *live;
    uint32_t *room;
    bool *known; // by region
    size_t count;
} Touching;

static bool change_region(Touching *touching, const EngineChange *change, LiveOutcome *outcome,
                          ProblemList *problems) {
    Live *live = touching->live;
    size_t more;
    bool good = engine_change(live->engine, change, touching->room, &more, problems);
    outcome->rule_calls += engine_statistics(live->engine).rule_calls;
    for (size_t i = 0; i < more && good; i++) {
        uint32_t region = touching->room[i];
        if (!touching->known[region]) live->touched[touching->count++] = region;
        touching->known[region] = true;
    }
    return good;
}

// Evaluates what the cells touch, region by region.
static bool follow(Live *live, const Cell *cells, size_t count, LiveOutcome *outcome,
                   ProblemList *problems) {
    const size_t regions = live->data.dataset->header->region_count;
    size_t own;
    Found *found = find_own(cells, count, &own);
    ChangedValue *values = memory_new(own, sizeof *values);
    Touching touching = {.live = live,
                         .room = memory_new(regions, sizeof *touching.room),
                         .known = memory_new(regions, sizeof *touching.known)};
    bool good = true;
    for (size_t i = 0, next; i < own && good; i = next) {
        EngineChange change = {(size_t)found[i].region, values, 0};
        for (next = i; next < own && found[next].region == found[i].region; next++)
            values[change.value_count++] = cells[found[next].cell].value;
        good = change_region(&touching, &change, outcome, problems);
    }
    outcome->touched = touching.count;
    free(touching.known);
    free(touching.room);
    free(values);
    free(found);
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
        live_put_standings(live, region);
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
        int64_t samples = store_transaction_samples_gained(transaction);
        if (!store_put_observation(transaction, &put->observations[i], &change, error))
            return false;
        putting->changed += change != STORE_UNCHANGED;
        putting->samples[i] = (int8_t)(store_transaction_samples_gained(transaction) - samples);
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
        following->overtaken = following->live->run.data_version != newest;
        if (following->overtaken) {
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
    bool good = follow(live, following->cells, count, outcome, &ignored);
    problems_free(&ignored);
    if (!good) return false;
    keep_changed(live, outcome->touched);
    hash_tree_text(&live->hashes, following->result_hash);
    return true;
}

// Brings a pack's results up to date in memory; what does not fit is left for a reading anew.
static void follow_put(Following *following, const LivePut *put, int64_t region_version) {
    Live *live = following->live;
    const Newcomers newcomers = find_newcomers(live, region_version);
    Cell *cells = following->cells;
    // What another version holds too must not change under it.
    bool fits = live->engine != NULL && live->data.dataset->others == 0, any = false;
    for (size_t i = 0; i < put->count && fits; i++) {
        fits = find_cell(live, &put->observations[i], &newcomers, &cells[i]);
        any |= fits && cells[i].column >= 0;
    }
    following->concern = !fits ? CONCERN_WHOLE : any ? CONCERN_FOLLOWED : CONCERN_NONE;
    live->change_count = 0;
    live->sample_change_count = 0;
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

// What the results were: canonical bytes by region of the dataset before, and which region that is.
typedef struct Former {
    Map regions;
    Buffer *bytes;
    size_t count;
} Former;

// Takes them out of the pack, which is about to forget them.
static Former take_former(Live *live) {
    Former former = {0};
    if (!live->engine) return former;
    former = (Former){live->regions, live->bytes, live->data.dataset->header->region_count};
    live->regions = (Map){0};
    live->bytes = memory_new(former.count, sizeof *live->bytes);
    return former;
}

static void former_free(Former *former) {
    for (size_t i = 0; i < former->count; i++)
        buffer_free(&former->bytes[i]);
    free(former->bytes);
    map_free(&former->regions);
}

static bool same_bytes(const Buffer *left, const Buffer *right) {
    return left->length == right->length &&
           (left->length == 0 || memcmp(left->data, right->data, left->length) == 0);
}

// Regions that have other results than before, none any more, or some for the first time.
static size_t count_changed(const Former *former, const Live *live) {
    static const Buffer none = {0};
    size_t changed = 0, known = 0, had = 0;
    uint32_t count = live->engine ? live->data.dataset->header->region_count : 0;
    for (uint32_t r = 0; r < count; r++) {
        int64_t place = map_get(&former->regions, live->data.dataset->regions[r].code);
        const Buffer *before = former->bytes && place >= 0 ? &former->bytes[place] : &none;
        known += before->length > 0;
        changed += !same_bytes(before, &live->bytes[r]);
    }
    for (size_t i = 0; former->bytes && i < former->count; i++)
        had += former->bytes[i].length > 0;
    return changed + had - known; // those that are not even among the regions any more
}

static void evaluate_anew(Following *following) {
    Live *live = following->live;
    LiveOutcome *outcome = following->outcome;
    Former former = take_former(live);
    outcome->whole = true;
    live_forget(live);
    // Why there are no results is among the problems.
    (void)!live_begin(live, &outcome->nobody_reports, &outcome->problems);
    outcome->regions_changed = count_changed(&former, live);
    former_free(&former);
}

// Figures that say nothing new ask for nothing; what was begun with them may have gone wrong.
static bool must_begin_anew(const Putting *putting, const Following *following) {
    return following->concern == CONCERN_WHOLE && (putting->version != 0 || following->overtaken ||
                                                   following->swapped || !following->live->engine);
}

// Follows what the figures are, where their values were followed.
static void follow_samples(Live *live, const Putting *putting) {
    const LivePut *put = putting->put;
    for (size_t i = 0; i < put->count; i++) {
        SampleChange change;
        if (putting->samples[i] == 0 ||
            !samples_change_of(&live->samples, &put->observations[i], putting->samples[i], &change))
            continue;
        samples_apply(&live->samples, &change);
        ARRAY_RESERVE(live->sample_changes, live->sample_change_count,
                      live->sample_change_capacity);
        live->sample_changes[live->sample_change_count++] = change;
    }
}

// Regions with other results, or the same that rest on other samples.
static size_t count_followed(const Live *live) {
    if (!live->engine) return 0;
    bool *changed = memory_new(live->data.dataset->header->region_count, sizeof *changed);
    size_t count = 0;
    for (size_t i = 0; i < live->change_count; i++) {
        count += !changed[live->changes[i].region];
        changed[live->changes[i].region] = true;
    }
    for (size_t i = 0; i < live->sample_change_count; i++) {
        count += !changed[live->sample_changes[i].region];
        changed[live->sample_changes[i].region] = true;
    }
    free(changed);
    return count;
}

// What was put is stored: the results are those of the store again.
static void settle(const Putting *putting, Following *following) {
    Live *live = following->live;
    if (must_begin_anew(putting, following)) {
        evaluate_anew(following);
    } else if (putting->version != 0) {
        live->run.data_version = putting->version;
        follow_samples(live, putting);
        if (following->concern == CONCERN_FOLLOWED) {
            live->run.id = following->outcome->run;
            memcpy(live->run.result_hash, following->result_hash, sizeof live->run.result_hash);
        }
        following->outcome->regions_changed = count_followed(live);
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
    following->outcome->touched = following->outcome->regions_changed = 0;
    following->outcome->run = live->run.id;
}

bool live_put(Live *const *lives, size_t count, Store *store, const LivePut *put, size_t *changed,
              LiveOutcome *outcomes, Error *error) {
    Following *followings = memory_new(count, sizeof *followings);
    Cell *cells = memory_new(count * put->count, sizeof *cells);
    Putting putting = {.store = store,
                       .put = put,
                       .followings = followings,
                       .count = count,
                       .samples = memory_new(put->count, sizeof *putting.samples)};
    int64_t region_version;
    Error ignored = {0};
    if (!store_read_region_version(store, &region_version, &ignored)) region_version = -1;
    for (size_t i = 0; i < count; i++) {
        outcomes[i] = (LiveOutcome){0};
        followings[i] =
            (Following){.live = lives[i], .cells = cells + i * put->count, .outcome = &outcomes[i]};
        follow_put(&followings[i], put, region_version);
    }
    bool stored = store_write(store, write_change, &putting, error);
    for (size_t i = 0; i < count; i++) {
        if (stored)
            settle(&putting, &followings[i]);
        else
            take_back(&putting, &followings[i]);
    }
    if (changed) *changed = stored ? putting.changed : 0;
    free(putting.samples);
    free(cells);
    free(followings);
    return stored;
}
