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

// ---- telling readers ----------------------------------------------------------------------------

static void deliver(void *context) {
    Notice *notice = context;
    const DeskListener *listener = notice->listener;
    if (notice->pack) listener->pack(notice->pack, listener->context);
    if (notice->change) listener->change(notice->change, listener->context);
    if (notice->places) listener->places(notice->places, listener->context);
    if (notice->warnings) listener->warnings(notice->warnings, listener->context);
    free(notice);
}

void desk_tell(Desk *desk, Notice what) {
    Notice *notice = memory_new(1, sizeof *notice);
    *notice = what;
    notice->listener = &desk->options.listener;
    lane_tell(desk->options.lane, deliver, notice);
}

void desk_show(Desk *desk, const DeskPack *pack) {
    desk_tell(desk, (Notice){.pack = board_pack_new(pack->version, pack->live, &pack->problem)});
}

static bool show_places(Desk *desk, Error *error) {
    BoardPlaces *places;
    if (!board_places_read(desk->options.store, &places, error)) return false;
    desk->region_count = places->count;
    // A worker for each processor is of use where there are regions enough to share out.
    size_t useful = 1 + places->count / REGIONS_A_WORKER;
    desk->host.parallel =
        useful < (size_t)desk->options.workers ? (int)useful : desk->options.workers;
    desk_tell(desk, (Notice){.places = places});
    return true;
}

// ---- packs --------------------------------------------------------------------------------------

DeskPack *desk_find(const Desk *desk, const char *id) {
    for (size_t i = 0; i < desk->count; i++)
        if (strcmp(pinned_pack(desk->packs[i]->version)->description->id, id) == 0)
            return desk->packs[i];
    return NULL;
}

void desk_pack_free(DeskPack *pack) {
    if (!pack) return;
    live_close(pack->live);
    warning_book_free(pack->warnings);
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

// What has become of its warnings is told with the results; where that cannot be stored now it is
// when they are looked at next.
static void show_all(Desk *desk, DeskPack *pack) {
    Error ignored = {0};
    desk_show(desk, pack);
    (void)!desk_follow_warnings(desk, pack, &ignored);
}

void desk_take(Desk *desk, DeskPack *pack) {
    const char *id = pinned_pack(pack->version)->description->id;
    show_all(desk, pack);
    for (size_t i = 0; i < desk->count; i++) {
        if (strcmp(pinned_pack(desk->packs[i]->version)->description->id, id) != 0) continue;
        desk_pack_free(desk->packs[i]);
        desk->packs[i] = pack;
        return;
    }
    ARRAY_RESERVE(desk->packs, desk->count, desk->capacity);
    desk->packs[desk->count++] = pack;
}

// ---- the store ----------------------------------------------------------------------------------

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

// ---- figures ------------------------------------------------------------------------------------

// Results that were not there for lack of figures may be there now.
static void open_silent(Desk *desk, ProblemList *problems) {
    Error error = {0};
    if (!store_read_data_version(desk->options.store, &desk->silent_version, &error))
        problems_add(problems, &error);
    for (size_t i = 0; i < desk->count; i++) {
        DeskPack *pack = desk->packs[i];
        if (pack->live) continue;
        (void)!open_live(desk, pack, problems);
        if (pack->live) show_all(desk, pack);
    }
}

static void show_outcome(Desk *desk, DeskPack *pack, const LiveOutcome *put, int64_t run_before,
                         DeskOutcome *outcome) {
    outcome->packs += put->touched > 0 || put->whole;
    outcome->touched += put->touched;
    outcome->rule_calls += put->rule_calls;
    outcome->whole |= put->whole;
    if (put->whole)
        show_all(desk, pack);
    else if (pack->live && put->run != run_before)
        desk_tell(desk, (Notice){.change = board_change_new(pack->live)});
}

// There are no results any more; new figures may bring them back.
static void fall_silent(DeskPack *pack, const ProblemList *problems, size_t before) {
    live_close(pack->live);
    pack->live = NULL;
    if (problems->count > before) pack->problem = problems->items[before];
}

// The live packs of a put, and what else is stored with it.
typedef struct DeskPut {
    const LivePut *given;
    DeskPack **packs;
    Live **lives;
    LiveOutcome *outcomes;
    int64_t *runs; // before the put
    size_t count;
} DeskPut;

static bool put_with(StoreTransaction *transaction, void *context, Error *error) {
    const DeskPut *put = context;
    for (size_t i = 0; i < put->count; i++)
        if (!desk_put_warnings(put->packs[i], transaction, put->given->who, put->outcomes[i].run,
                               error))
            return false;
    return !put->given->also || put->given->also(transaction, put->given->context, error);
}

static void begin_put(const Desk *desk, DeskPut *put, Arena *arena) {
    put->packs = arena_new(arena, desk->count, sizeof *put->packs);
    put->lives = arena_new(arena, desk->count, sizeof *put->lives);
    put->outcomes = arena_new(arena, desk->count, sizeof *put->outcomes);
    put->runs = arena_new(arena, desk->count, sizeof *put->runs);
    for (size_t i = 0; i < desk->count; i++) {
        if (!desk->packs[i]->live) continue;
        put->packs[put->count] = desk->packs[i];
        put->runs[put->count] = live_run(desk->packs[i]->live)->id;
        put->lives[put->count++] = desk->packs[i]->live;
    }
}

bool desk_put(Desk *desk, const LivePut *given, DeskOutcome *outcome, ProblemList *problems) {
    Arena arena = {0};
    DeskPut put = {.given = given};
    LivePut with = *given;
    with.also = put_with;
    with.context = &put;
    begin_put(desk, &put, &arena);
    *outcome = (DeskOutcome){0};
    size_t before = problems->count;
    bool stored = false;
    bool good =
        live_put(put.lives, put.count, desk->options.store, &with, put.outcomes, &stored, problems);
    for (size_t i = 0; i < put.count; i++) {
        outcome->changed = put.outcomes[i].changed;
        desk_settle_warnings(desk, put.packs[i], stored);
        if (!put.outcomes[i].run) fall_silent(put.packs[i], problems, before);
        show_outcome(desk, put.packs[i], &put.outcomes[i], put.runs[i], outcome);
    }
    arena_free(&arena);
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
