// Active packs kept evaluated: see desk.h.
#include "core/service/desk.h"

#include <stdlib.h>
#include <string.h>

#include "core/service/desk_inside.h"

enum { REGIONS_A_WORKER = 256 };

Desk *desk_new(const DeskOptions *options) {
    Desk *desk = memory_new(1, sizeof *desk);
    desk->options = *options;
    return desk;
}

// ---- telling readers
// -----------------------------------------------------------------------------

typedef struct Notice {
    const DeskListener *listener;
    BoardPack *pack; // one of the three
    BoardChange *change;
    BoardPlaces *places;
} Notice;

static void deliver(void *context) {
    Notice *notice = context;
    const DeskListener *listener = notice->listener;
    if (notice->pack) listener->pack(notice->pack, listener->context);
    if (notice->change) listener->change(notice->change, listener->context);
    if (notice->places) listener->places(notice->places, listener->context);
    free(notice);
}

static void tell(Desk *desk, Notice what) {
    Notice *notice = memory_new(1, sizeof *notice);
    *notice = what;
    notice->listener = &desk->options.listener;
    lane_tell(desk->options.lane, deliver, notice);
}

void desk_show(Desk *desk, const DeskPack *pack) {
    tell(desk, (Notice){.pack = board_pack_new(pack->version, pack->live, &pack->problem)});
}

static bool show_places(Desk *desk, Error *error) {
    BoardPlaces *places;
    if (!board_places_read(desk->options.store, &places, error)) return false;
    desk->region_count = places->count;
    // A worker for each processor is of use where there are regions enough to share out.
    size_t useful = 1 + places->count / REGIONS_A_WORKER;
    desk->host.parallel =
        useful < (size_t)desk->options.workers ? (int)useful : desk->options.workers;
    tell(desk, (Notice){.places = places});
    return true;
}

// ---- packs -------------------------------------------------------------------------------------

DeskPack *desk_find(const Desk *desk, const char *id) {
    for (size_t i = 0; i < desk->count; i++)
        if (strcmp(pinned_pack(desk->packs[i]->version)->description->id, id) == 0)
            return desk->packs[i];
    return NULL;
}

void desk_pack_free(DeskPack *pack) {
    if (!pack) return;
    live_close(pack->live);
    pinned_pack_release(pack->version);
    free(pack);
}

// Nothing reported is how a workspace begins, and no fault of the version.
static bool open_live(Desk *desk, DeskPack *pack, ProblemList *problems) {
    ProblemList own = {0};
    LiveRequest request = {.host = &desk->host,
                           .store = desk->options.store,
                           .run = {.pack = pinned_pack(pack->version), .who = "serve"}};
    pack->problem = (Error){0};
    bool good = live_open(&request, &pack->live, &own);
    bool silent = !good && own.count == 1 && own.items[0].code == ERROR_NOT_FOUND;
    if (!good) {
        pack->live = NULL;
        if (own.count) pack->problem = own.items[0];
    }
    for (size_t i = 0; i < own.count && !silent; i++)
        problems_add(problems, &own.items[i]);
    problems_free(&own);
    return good || silent;
}

bool desk_pack_open(Desk *desk, PinnedPack *version, DeskPack **out, ProblemList *problems) {
    DeskPack *pack = memory_new(1, sizeof *pack);
    pack->version = version;
    *out = pack;
    return open_live(desk, pack, problems);
}

void desk_take(Desk *desk, DeskPack *pack) {
    const char *id = pinned_pack(pack->version)->description->id;
    desk_show(desk, pack);
    for (size_t i = 0; i < desk->count; i++) {
        if (strcmp(pinned_pack(desk->packs[i]->version)->description->id, id) != 0) continue;
        desk_pack_free(desk->packs[i]);
        desk->packs[i] = pack;
        return;
    }
    ARRAY_RESERVE(desk->packs, desk->count, desk->capacity);
    desk->packs[desk->count++] = pack;
}

// ---- the store
// -----------------------------------------------------------------------------------

typedef struct ActiveVersions {
    Desk *desk;
    ProblemList *problems;
} ActiveVersions;

// What is active in the store and not on the desk. A version that cannot be loaded stays where it
// is, and so does the one before it here: the others must not suffer.
static bool take_version(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    ActiveVersions *taking = context;
    Desk *desk = taking->desk;
    const DeskPack *known = desk_find(desk, version->pack);
    if (known && strcmp(pinned_pack(known->version)->bundle.hash, version->hash) == 0) return true;
    LoadedPack loaded;
    Error own = {0};
    if (!registry_load_stored(desk->options.store, version->hash, version->std_hash,
                              version->description, &loaded, &own)) {
        problems_add(taking->problems, &own);
        return true;
    }
    loaded.state = PACK_ACTIVE;
    DeskPack *pack;
    (void)!desk_pack_open(desk, pinned_pack_new(&loaded), &pack, taking->problems);
    desk_take(desk, pack);
    return true;
}

static bool take_active(Desk *desk, ProblemList *problems) {
    ActiveVersions taking = {desk, problems};
    Error error = {0};
    // Noted before anything is read: what comes meanwhile is found by the next look.
    Store *store = desk->options.store;
    bool good = store_last_activation(store, &desk->last_activation, &error) &&
                store_read_data_version(store, &desk->silent_version, &error) &&
                show_places(desk, &error) &&
                store_read_pack_versions(store, true, take_version, &taking, &error);
    if (!good) problems_add(problems, &error);
    return good;
}

bool desk_begin(Desk *desk, uv_loop_t *loop, ProblemList *problems) {
    desk->host = (JobHost){.loop = loop,
                           .worker_program = desk->options.worker_program,
                           .parallel = desk->options.workers,
                           .deadline_ms = desk->options.deadline_ms};
    return take_active(desk, problems);
}

// ---- figures
// -------------------------------------------------------------------------------------

// Results that were not there for lack of figures may be there now.
static void open_silent(Desk *desk, ProblemList *problems) {
    Error error = {0};
    if (!store_read_data_version(desk->options.store, &desk->silent_version, &error))
        problems_add(problems, &error);
    for (size_t i = 0; i < desk->count; i++) {
        DeskPack *pack = desk->packs[i];
        if (pack->live) continue;
        (void)!open_live(desk, pack, problems);
        if (pack->live) desk_show(desk, pack);
    }
}

static void show_outcome(Desk *desk, DeskPack *pack, const LiveOutcome *put, int64_t run_before,
                         DeskOutcome *outcome) {
    outcome->packs += put->touched > 0 || put->whole;
    outcome->touched += put->touched;
    outcome->rule_calls += put->rule_calls;
    outcome->whole |= put->whole;
    if (put->whole)
        desk_show(desk, pack);
    else if (pack->live && put->run != run_before)
        tell(desk, (Notice){.change = board_change_new(pack->live)});
}

// There are no results any more; new figures may bring them back.
static void fall_silent(DeskPack *pack, const ProblemList *problems, size_t before) {
    live_close(pack->live);
    pack->live = NULL;
    if (problems->count > before) pack->problem = problems->items[before];
}

bool desk_put(Desk *desk, const LivePut *put, DeskOutcome *outcome, ProblemList *problems) {
    Live **lives = memory_new(desk->count, sizeof *lives);
    DeskPack **packs = memory_new(desk->count, sizeof *packs);
    LiveOutcome *outcomes = memory_new(desk->count, sizeof *outcomes);
    int64_t *runs = memory_new(desk->count, sizeof *runs);
    size_t count = 0;
    *outcome = (DeskOutcome){0};
    for (size_t i = 0; i < desk->count; i++) {
        if (!desk->packs[i]->live) continue;
        runs[count] = live_run(desk->packs[i]->live)->id;
        packs[count] = desk->packs[i];
        lives[count++] = desk->packs[i]->live;
    }
    size_t before = problems->count;
    bool good = live_put(lives, count, desk->options.store, put, outcomes, problems);
    for (size_t i = 0; i < count; i++) {
        outcome->changed = outcomes[i].changed;
        if (!outcomes[i].run) fall_silent(packs[i], problems, before);
        show_outcome(desk, packs[i], &outcomes[i], runs[i], outcome);
    }
    free(lives);
    free(packs);
    free(outcomes);
    free(runs);
    if (good) open_silent(desk, problems);
    return good;
}

// Whether a pack's results are of another data version than the store's newest.
static bool is_behind(const Desk *desk, int64_t version) {
    for (size_t i = 0; i < desk->count; i++) {
        const Live *live = desk->packs[i]->live;
        if ((live ? live_run(live)->data_version : desk->silent_version) != version) return true;
    }
    return false;
}

bool desk_look(Desk *desk, bool *changed, ProblemList *problems) {
    int64_t activation, version;
    Error error = {0};
    if (!store_last_activation(desk->options.store, &activation, &error) ||
        !store_read_data_version(desk->options.store, &version, &error)) {
        problems_add(problems, &error);
        return false;
    }
    bool activated = activation != desk->last_activation;
    bool other = activated || is_behind(desk, version);
    bool good = !activated || take_active(desk, problems);
    // A put of nothing finds the figures of others and has everything read anew.
    const LivePut nothing = {.who = "serve", .what = "look"};
    DeskOutcome outcome;
    if (is_behind(desk, version)) good = desk_put(desk, &nothing, &outcome, problems) && good;
    if (changed) *changed = other;
    return good;
}

void desk_end(Desk *desk) {
    for (size_t i = 0; i < desk->count; i++)
        desk_pack_free(desk->packs[i]);
    free(desk->packs);
    free(desk);
}
