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
    const DeskListener *listener = &notice->listener;
    if (notice->pack) listener->pack(notice->pack, listener->context);
    if (notice->change) listener->change(notice->change, listener->context);
    if (notice->places) listener->places(notice->places, listener->context);
    if (notice->warnings) listener->warnings(notice->warnings, listener->context);
    if (notice->round) listener->round(notice->round, listener->context);
    if (notice->retired) listener->retired(notice->retired, listener->context);
    free(notice);
}

void desk_tell(Desk *desk, Notice what) {
    Notice *notice = memory_new(1, sizeof *notice);
    *notice = what;
    notice->listener = desk->options.listener;
    work_queue_tell(desk->options.queue, deliver, notice);
}

void desk_show(Desk *desk, const DeskPack *pack) {
    desk_tell(desk, (Notice){.pack = board_pack_new(pack->version, pack->live, &pack->problem)});
}

static bool show_places(Desk *desk, Error *error) {
    BoardPlaces *places;
    if (!board_places_read(desk->options.store, &places, error)) return false;
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
static void hand_on(const ProblemList *from, bool nobody_reports, ProblemList *to) {
    for (size_t i = 0; i < from->count && !nobody_reports; i++)
        problems_add(to, &from->items[i]);
}

// Whether the same pack may come out well with the same figures.
static bool may_pass(ErrorCode code) {
    switch (code) {
        case ERROR_STORE:
        case ERROR_WORKER:
        case ERROR_SYSTEM:
        case ERROR_BUSY: return true;
        default: return false;
    }
}

// The pack has no results of that data version, and why.
static void note_failure(const Desk *desk, DeskPack *pack, const ProblemList *problems,
                         bool nobody_reports) {
    pack->live = NULL;
    pack->problem = problems->count ? problems->items[0] : (Error){0};
    pack->nobody_reports = nobody_reports;
    if (!nobody_reports && may_pass(pack->problem.code))
        desk_retry_later(desk, &pack->retry);
    else
        pack->retry = (DeskRetry){0};
}

static bool open_live(Desk *desk, DeskPack *pack, int year, ProblemList *problems) {
    ProblemList own = {0};
    bool silent = false;
    const DeskPack *former = desk_find(desk, pinned_pack(pack->version)->description->id);
    LiveRequest request = {.host = &desk->host,
                           .store = desk->options.store,
                           .beside = former ? former->live : NULL,
                           .run = {.pack = pinned_pack(pack->version),
                                   .year = year,
                                   .who = "serve",
                                   .nobody_reports = &silent}};
    pack->problem = (Error){0};
    // Noted before anything is read: figures that come meanwhile are a reason to try again.
    bool good = store_read_data_version(desk->options.store, &pack->tried_version, &pack->problem);
    if (good)
        good = live_open(&request, &pack->live, &own);
    else
        problems_add(&own, &pack->problem);
    if (good) {
        pack->nobody_reports = false;
        pack->retry = (DeskRetry){0};
    } else {
        note_failure(desk, pack, &own, silent);
    }
    hand_on(&own, silent, problems);
    problems_free(&own);
    return good || silent;
}

bool desk_pack_open(Desk *desk, PinnedPack *version, int year, DeskPack **out,
                    ProblemList *problems) {
    DeskPack *pack = memory_new(1, sizeof *pack);
    pack->version = version;
    *out = pack;
    return open_live(desk, pack, year, problems);
}

// What has become of its warnings is told with the results; where that cannot be stored now it is
// with the next look.
static void show_all(Desk *desk, DeskPack *pack) {
    Error later = {0};
    desk_show(desk, pack);
    pack->warnings_behind = !desk_follow_warnings(desk, pack, &later);
}

static DeskPack **place_of(Desk *desk, const char *id) {
    for (size_t i = 0; i < desk->count; i++)
        if (strcmp(pinned_pack(desk->packs[i]->version)->description->id, id) == 0)
            return &desk->packs[i];
    ARRAY_RESERVE(desk->packs, desk->count, desk->capacity);
    desk->packs[desk->count] = NULL;
    return &desk->packs[desk->count++];
}

DeskPack *desk_take(Desk *desk, DeskPack *pack) {
    DeskPack **place = place_of(desk, pinned_pack(pack->version)->description->id);
    DeskPack *former = *place;
    *place = pack;
    map_put(&desk->retired, pinned_pack(pack->version)->description->id, 0);
    // The book is the pack's, whatever its version.
    if (former) {
        pack->warnings = former->warnings;
        former->warnings = NULL;
    }
    show_all(desk, pack);
    return former;
}

// ---- the store ----------------------------------------------------------------------------------

typedef struct ActiveVersions {
    Desk *desk;
    ProblemList *problems;
    bool taken;  // any
    bool failed; // one could not be loaded
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
        taking->failed = true;
        return true;
    }
    loaded.state = PACK_ACTIVE;
    DeskPack *pack;
    (void)!desk_pack_open(desk, pinned_pack_new(&loaded), 0, &pack, taking->problems);
    desk_pack_free(desk_take(desk, pack));
    taking->taken = true;
    return true;
}

// `*taken` says whether there was any.
static bool take_active(Desk *desk, int64_t last_activation, bool *taken, ProblemList *problems) {
    ActiveVersions taking = {.desk = desk, .problems = problems};
    Error error = {0};
    if (!store_read_pack_versions(desk->options.store, true, take_version, &taking, &error)) {
        problems_add(problems, &error);
        return false;
    }
    if (!desk_take_retired(desk, &error)) {
        problems_add(problems, &error);
        return false;
    }
    desk->last_activation = last_activation;
    if (taking.failed)
        desk_retry_later(desk, &desk->retry);
    else
        desk->retry = (DeskRetry){0};
    *taken = taking.taken;
    return true;
}

// How far the store goes, read before anything else: what comes meanwhile is found by the next
// look.
typedef struct StoreMark {
    int64_t activation, data, regions;
} StoreMark;

static bool read_mark(const Desk *desk, StoreMark *mark, ProblemList *problems) {
    Store *store = desk->options.store;
    Error error = {0};
    if (store_last_activation(store, &mark->activation, &error) &&
        store_read_data_version(store, &mark->data, &error) &&
        store_read_region_version(store, &mark->regions, &error))
        return true;
    problems_add(problems, &error);
    return false;
}

static bool take_places(Desk *desk, int64_t region_version, ProblemList *problems) {
    Error error = {0};
    if (!show_places(desk, &error)) {
        problems_add(problems, &error);
        return false;
    }
    desk->region_version = region_version;
    return true;
}

bool desk_begin(Desk *desk, uv_loop_t *loop, ProblemList *problems) {
    StoreMark mark;
    bool taken;
    desk->host = (JobHost){.loop = loop,
                           .worker_program = desk->options.worker_program,
                           .parallel = desk->options.workers,
                           .deadline_ms = desk->options.deadline_ms};
    return read_mark(desk, &mark, problems) && take_places(desk, mark.regions, problems) &&
           take_active(desk, mark.activation, &taken, problems);
}

// ---- figures ------------------------------------------------------------------------------------

// A pack without results may have them now, or no other reason why it has none.
static void open_again(Desk *desk, DeskPack *pack, ProblemList *problems) {
    const Error before = pack->problem;
    (void)!open_live(desk, pack, 0, problems);
    if (pack->live || strcmp(pack->problem.message, before.message) != 0) show_all(desk, pack);
}

// Results that were not there may be there with newer figures.
static void open_silent(Desk *desk, ProblemList *problems) {
    Error error = {0};
    int64_t version;
    if (!store_read_data_version(desk->options.store, &version, &error)) {
        problems_add(problems, &error);
        return;
    }
    for (size_t i = 0; i < desk->count; i++) {
        DeskPack *pack = desk->packs[i];
        if (!pack->live && pack->tried_version != version) open_again(desk, pack, problems);
    }
}

// What failed with the same figures, for a reason that may have passed. Gives whether any has
// results now.
static bool open_failed(Desk *desk, ProblemList *problems) {
    bool opened = false;
    for (size_t i = 0; i < desk->count; i++) {
        DeskPack *pack = desk->packs[i];
        if (pack->live || !desk_retry_is_due(&pack->retry)) continue;
        open_again(desk, pack, problems);
        opened |= pack->live != NULL;
    }
    return opened;
}

// There are no results any more; newer figures may bring them back.
static void fall_silent(const Desk *desk, DeskPack *pack, const LiveOutcome *put, int64_t version) {
    live_close(pack->live);
    pack->tried_version = version;
    note_failure(desk, pack, &put->problems, put->nobody_reports);
}

static void take_outcome(Desk *desk, DeskPack *pack, const LiveOutcome *put, int64_t run_before,
                         DeskOutcome *outcome) {
    outcome->packs += put->regions_changed > 0;
    outcome->regions += put->regions_changed;
    outcome->rule_calls += put->rule_calls;
    outcome->whole |= put->whole;
    size_t samples = 0;
    if (pack->live) (void)live_sample_changes(pack->live, &samples);
    if (put->whole)
        show_all(desk, pack);
    else if (put->run != run_before || samples > 0)
        desk_tell(desk, (Notice){.change = board_change_new(pack->live)});
}

// The packs that have results, what becomes of them by a put, and what else is stored with it.
typedef struct DeskPut {
    const LivePut *given;
    DeskPack **packs;
    Live **lives;
    LiveOutcome *outcomes;
    int64_t *runs; // before
    size_t count;
} DeskPut;

static void begin_put(const Desk *desk, DeskPut *put, Arena *arena) {
    put->packs = arena_new(arena, desk->count, sizeof *put->packs);
    put->lives = arena_new(arena, desk->count, sizeof *put->lives);
    put->outcomes = arena_new(arena, desk->count, sizeof *put->outcomes);
    put->runs = arena_new(arena, desk->count, sizeof *put->runs);
    for (size_t i = 0; i < desk->count; i++) {
        if (!desk->packs[i]->live) continue;
        put->packs[put->count] = desk->packs[i];
        put->lives[put->count] = desk->packs[i]->live;
        put->runs[put->count++] = live_run(desk->packs[i]->live)->id;
    }
}

static bool put_with(StoreTransaction *transaction, void *context, Error *error) {
    const DeskPut *put = context;
    for (size_t i = 0; i < put->count; i++)
        if (!desk_put_warnings(put->packs[i], transaction, put->given->who, put->outcomes[i].run,
                               error))
            return false;
    return !put->given->also || put->given->also(transaction, put->given->context, error);
}

static void end_put(Desk *desk, DeskPut *put, bool stored, DeskOutcome *outcome,
                    ProblemList *problems) {
    Error ignored = {0};
    int64_t version;
    // When this cannot be read, packs without results are tried again sooner than need be.
    if (!store_read_data_version(desk->options.store, &version, &ignored)) version = 0;
    for (size_t i = 0; i < put->count; i++) {
        LiveOutcome *result = &put->outcomes[i];
        desk_settle_warnings(desk, put->packs[i], stored);
        if (!result->run) fall_silent(desk, put->packs[i], result, version);
        hand_on(&result->problems, result->nobody_reports, problems);
        problems_free(&result->problems);
        take_outcome(desk, put->packs[i], result, put->runs[i], outcome);
    }
}

bool desk_put(Desk *desk, const LivePut *given, DeskOutcome *outcome, ProblemList *problems) {
    Arena arena = {0};
    Error error = {0};
    DeskPut put = {.given = given};
    LivePut with = *given;
    with.also = put_with;
    with.context = &put;
    begin_put(desk, &put, &arena);
    *outcome = (DeskOutcome){0};
    bool stored = live_put(put.lives, put.count, desk->options.store, &with, &outcome->changed,
                           put.outcomes, &error);
    if (!stored) problems_add(problems, &error);
    end_put(desk, &put, stored, outcome, problems);
    arena_free(&arena);
    if (stored) open_silent(desk, problems);
    return stored;
}

// ---- what other processes stored ----------------------------------------------------------------

// Whether a pack's results are of another data version than the store's newest.
static bool is_behind(const Desk *desk, int64_t version) {
    for (size_t i = 0; i < desk->count; i++) {
        const DeskPack *pack = desk->packs[i];
        if ((pack->live ? live_run(pack->live)->data_version : pack->tried_version) != version)
            return true;
    }
    return false;
}

// Who is compared with whom may be another matter among other regions.
static bool take_regions(Desk *desk, int64_t region_version, ProblemList *problems) {
    if (!take_places(desk, region_version, problems)) return false;
    for (size_t i = 0; i < desk->count; i++) {
        DeskPack *pack = desk->packs[i];
        live_close(pack->live);
        pack->live = NULL;
        (void)!open_live(desk, pack, 0, problems);
        show_all(desk, pack);
    }
    return true;
}

static bool catch_up_warnings(Desk *desk, ProblemList *problems) {
    bool good = true;
    for (size_t i = 0; i < desk->count; i++) {
        DeskPack *pack = desk->packs[i];
        Error error = {0};
        if (!pack->warnings_behind) continue;
        pack->warnings_behind = !desk_follow_warnings(desk, pack, &error);
        if (!pack->warnings_behind) continue;
        problems_add(problems, &error);
        good = false;
    }
    return good;
}

bool desk_look(Desk *desk, bool *changed, ProblemList *problems) {
    StoreMark mark;
    if (!read_mark(desk, &mark, problems)) return false;
    bool other_figures = is_behind(desk, mark.data), other_versions = false;
    bool other_regions = mark.regions != desk->region_version;
    bool good = !other_regions || take_regions(desk, mark.regions, problems);
    if (mark.activation != desk->last_activation || desk_retry_is_due(&desk->retry))
        good &= take_active(desk, mark.activation, &other_versions, problems);
    const bool opened = open_failed(desk, problems);
    if (changed) *changed = other_regions || other_figures || other_versions || opened;
    // A put of nothing finds the figures of others and has everything read anew.
    const LivePut nothing = {.who = "serve", .what = "look"};
    DeskOutcome outcome;
    if (is_behind(desk, mark.data)) good &= desk_put(desk, &nothing, &outcome, problems);
    return catch_up_warnings(desk, problems) && good;
}

void desk_end(Desk *desk) {
    for (size_t i = 0; i < desk->count; i++)
        desk_pack_free(desk->packs[i]);
    free(desk->packs);
    map_free(&desk->retired);
    free(desk);
}
