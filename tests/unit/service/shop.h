// A workspace kept live as a server keeps it, for the tests of what is offered to it and of the
// folder it watches: what it tells is noted, and with each event the board must be of one piece.
// Included by tests only.
#pragma once

#include <signal.h>

#include "core/service/service.h"
#include "tests/unit/service/board_room.h"

enum { MOST_WAITING = 20, PATIENCE_MS = 30000 };

static const PackChange mildest = {"at_most(12)", "at_most(13)"};
static const PackChange looser = {"at_least(72)", "at_least(71)"};        // of "extended"
static const PackChange milder_school = {"at_least(75)", "at_least(74)"}; // of "schools"

typedef struct Shop Shop;
struct Shop {
    Workspace *workspace;
    char folder[160]; // watched
    uv_loop_t home;
    Service *service; // NULL while it is closed
    size_t most_waiting;
    int64_t look_ms;
    uv_timer_t patience;
    bool closed;
    int probes; // folders that were made to be found
    // What was told.
    size_t ready, packs, results, candidates_over, problems, rounds;
    AssessmentRound round; // told last
    char retired[HASH_TEXT_SIZE];
    Error last_problem;
    Buffer notices; // a line each
    uv_sem_t gate;  // jobs wait at it
};

// ---- what is told ------------------------------------------------------------------------------

static inline void take_problem(const Error *error, void *context) {
    Shop *shop = context;
    shop->problems++;
    shop->last_problem = *error;
}

static inline void take_notice(const char *line, void *context) {
    buffer_printf(&((Shop *)context)->notices, "%s\n", line);
}

// Whatever is told, the board is of one piece.
static inline void take_event(const ServiceEvent *event, void *context) {
    Shop *shop = context;
    if (event->kind == EVENT_READY) shop->ready++;
    if (event->kind == EVENT_ROUND) {
        shop->rounds++;
        shop->round = *event->round;
    }
    if (event->kind == EVENT_CANDIDATE && event->candidate->over_us) shop->candidates_over++;
    if (event->kind == EVENT_RESULTS) {
        shop->results++;
        assert_results_have_the_hash(event->pack);
        assert_string_equal(event->change->pack_hash,
                            pinned_pack(event->pack->version)->bundle.hash);
    }
    if (event->kind != EVENT_PACK) return;
    shop->packs++;
    if (event->retired) memcpy(shop->retired, event->retired, sizeof shop->retired);
    assert_of_one_piece(shop->workspace->store, event->pack);
}

static inline void lose_patience(uv_timer_t *timer) {
    (void)timer;
    fail_msg("nothing more happens");
}

// Runs the home loop until `*count` is at least that.
static inline void wait_for(Shop *shop, const size_t *count, size_t least) {
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    while (*count < least)
        uv_run(&shop->home, UV_RUN_ONCE);
    uv_timer_stop(&shop->patience);
}

// All that was offered or seen is over.
static inline bool is_quiet(const Shop *shop) {
    const Candidates *candidates = service_candidates(shop->service);
    const ServiceLoad load = service_load(shop->service);
    for (size_t i = 0; i < candidates->count; i++)
        if (!candidates->items[i]->over_us) return false;
    return load.aside_waiting + load.aside_working + load.desk_waiting == 0;
}

static inline void wait_until_quiet(Shop *shop) {
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    while (!is_quiet(shop))
        uv_run(&shop->home, UV_RUN_ONCE);
    uv_timer_stop(&shop->patience);
}

// ---- set-up ------------------------------------------------------------------------------------

static inline void open_shop_with(Shop *shop, const char *worker_program) {
    const ServiceOptions options = {.database = shop->workspace->files->path,
                                    .packs_folder = *shop->folder ? shop->folder : NULL,
                                    .worker_program = worker_program,
                                    .workers = 2,
                                    .most_waiting = shop->most_waiting,
                                    .look_ms = shop->look_ms,
                                    .problem = take_problem,
                                    .notice = take_notice,
                                    .event = take_event,
                                    .context = shop};
    ASSERT_GOOD(service_open(&shop->home, &options, &shop->service, &unexpected));
    shop->closed = false;
}

static inline void open_shop(Shop *shop) {
    size_t ready = shop->ready;
    open_shop_with(shop, WORKER_PROGRAM);
    wait_for(shop, &shop->ready, ready + 1);
    wait_until_quiet(shop);
}

static inline void note_closed(void *context) {
    ((Shop *)context)->closed = true;
}

static inline void close_shop(Shop *shop) {
    service_close(shop->service, note_closed, shop);
    shop->service = NULL;
    while (!shop->closed)
        uv_run(&shop->home, UV_RUN_ONCE);
}

static inline void watch_folder(Shop *shop) {
    snprintf(shop->folder, sizeof shop->folder, "%s.watched", shop->workspace->files->folder);
    assert_int_equal(mkdir(shop->folder, 0700), 0);
}

static inline int set_up(void **state) {
    Shop *shop = memory_new(1, sizeof *shop);
    void *workspace;
    if (workspace_set_up(&workspace) != 0 || uv_loop_init(&shop->home) != 0) return -1;
    shop->workspace = workspace;
    shop->most_waiting = MOST_WAITING;
    shop->look_ms = 20;
    uv_timer_init(&shop->home, &shop->patience);
    uv_sem_init(&shop->gate, 0);
    put_regions(shop->workspace->store, regions, REGIONS);
    fill(shop->workspace, "15");
    *state = shop;
    return 0;
}

static inline int tear_down(void **state) {
    Shop *shop = *state;
    void *workspace = shop->workspace;
    for (int i = 0; i < 4; i++) // a test that failed may have left jobs at the gate
        uv_sem_post(&shop->gate);
    if (shop->service) close_shop(shop);
    uv_close((uv_handle_t *)&shop->patience, NULL);
    uv_run(&shop->home, UV_RUN_DEFAULT);
    int busy = uv_loop_close(&shop->home);
    uv_sem_destroy(&shop->gate);
    if (*shop->folder) remove_folder(shop->folder);
    buffer_free(&shop->notices);
    free(shop);
    return workspace_tear_down(&workspace) || busy;
}

#define SERVICE_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

// ---- asking ------------------------------------------------------------------------------------

static inline const Candidate *newest(const Shop *shop) {
    const Candidates *candidates = service_candidates(shop->service);
    return candidates->count ? candidates->items[candidates->count - 1] : NULL;
}

static inline const BoardPack *shown(const Shop *shop, const char *id) {
    return board_find(service_board(shop->service), id);
}

static inline bool shows(const Shop *shop, const char *id, const char *text) {
    const BoardPack *pack = shown(shop, id);
    const BundleFile *file =
        pack ? bundle_find(&pinned_pack(pack->version)->bundle, "pack.lua") : NULL;
    return file && strstr(file->bytes, text);
}

static inline void wait_until_shown(Shop *shop, const char *id, const char *text) {
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    while (!shows(shop, id, text))
        uv_run(&shop->home, UV_RUN_ONCE);
    uv_timer_stop(&shop->patience);
}

static inline bool was_noticed(const Shop *shop, const char *text) {
    return shop->notices.data && strstr(shop->notices.data, text);
}

static inline void wait_until_noticed(Shop *shop, const char *text) {
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    while (!was_noticed(shop, text))
        uv_run(&shop->home, UV_RUN_ONCE);
    uv_timer_stop(&shop->patience);
    buffer_clear(&shop->notices);
}

static inline size_t count_candidates(const Shop *shop, const char *folder) {
    const Candidates *candidates = service_candidates(shop->service);
    size_t count = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const char *slash = strrchr(candidates->items[i]->origin, '/');
        count += slash && strcmp(slash + 1, folder) == 0;
    }
    return count;
}

static inline void save_no_pack(const Shop *shop, const char *name) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", shop->folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/%s/pack.lua", shop->folder, name);
    write_file(path, "no pack");
}

// Something else is saved, and found: so is by then whatever was saved before. Twice, because a
// scan may have been under way.
static inline void let_all_be_found(Shop *shop) {
    for (int i = 0; i < 2; i++) {
        char name[20];
        snprintf(name, sizeof name, "probe%d", shop->probes++);
        save_no_pack(shop, name);
        uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
        while (count_candidates(shop, name) == 0)
            uv_run(&shop->home, UV_RUN_ONCE);
        uv_timer_stop(&shop->patience);
    }
}

// And nothing is under way any more.
static inline void let_all_settle(Shop *shop) {
    let_all_be_found(shop);
    wait_until_quiet(shop);
}

// The end of the folder's candidate of that number, from 1.
static inline const Candidate *wait_for_candidate(Shop *shop, const char *folder, size_t number) {
    const Candidates *candidates = service_candidates(shop->service);
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    for (;;) {
        size_t found = 0;
        for (size_t i = 0; i < candidates->count; i++) {
            const char *slash = strrchr(candidates->items[i]->origin, '/');
            found += slash && strcmp(slash + 1, folder) == 0;
            if (found < number || !candidates->items[i]->over_us) continue;
            uv_timer_stop(&shop->patience);
            return candidates->items[i];
        }
        uv_run(&shop->home, UV_RUN_ONCE);
    }
}

static const StoreActor tester = {.who = "test", .means = "api"};

static inline const Candidate *offer_bundle(Shop *shop, Bundle *bundle) {
    const Offer offer = {
        .source = FROM_UPLOAD, .bundle = bundle, .actor = &tester, .activate = true};
    return service_offer(shop->service, &offer);
}

// The bundle of a pack of tests/packs/service.
static inline Bundle bundle_of(Shop *shop, const char *name, PackChange change) {
    char folder[160], path[200];
    Bundle bundle;
    ProblemList problems = {0};
    snprintf(folder, sizeof folder, "%s.packs", shop->workspace->files->folder);
    mkdir(folder, 0700);
    write_pack(folder, name, change);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_no_problems(bundle_read(path, &bundle, &problems), &problems);
    remove_folder(folder);
    return bundle;
}

// Offers a pack and waits for its end.
static inline const Candidate *offer_and_wait(Shop *shop, const char *name, PackChange change) {
    Bundle bundle = bundle_of(shop, name, change);
    size_t over = shop->candidates_over;
    const Candidate *candidate = offer_bundle(shop, &bundle);
    assert_non_null(candidate);
    wait_for(shop, &shop->candidates_over, over + 1);
    return candidate;
}

static inline void activate_well(Shop *shop, const char *name, PackChange change) {
    const Candidate *candidate = offer_and_wait(shop, name, change);
    assert_no_problems(candidate->good, &candidate->problems);
}

typedef struct Change {
    Shop *shop;
    Entry entry;
    StoreObservation row;
    bool good;
    size_t *done;
} Change;

static inline void work_put(Desk *desk, void *context) {
    Change *change = context;
    const LivePut put = {.observations = &change->row, .count = 1, .who = "test", .what = "test"};
    DeskOutcome outcome;
    ProblemList problems = {0};
    change->good = desk_put(desk, &put, &outcome, &problems);
    problems_free(&problems);
}

static inline void end_put(void *context) {
    ++*((Change *)context)->done;
}

static inline void begin_put(Shop *shop, Change *change, size_t *done, const char *region,
                             const char *indicator, const char *text) {
    *change = (Change){.shop = shop, .done = done};
    change->entry = entry_of(region, indicator, STORE_NO_BREAKDOWN, YEAR, text);
    change->row = *entry_row(&change->entry);
    assert_true(service_at_desk(shop->service, &tester, work_put, end_put, change));
}

static inline void put_one(Shop *shop, const char *region, const char *indicator,
                           const char *text) {
    Change change;
    size_t done = 0;
    begin_put(shop, &change, &done, region, indicator, text);
    wait_for(shop, &done, 1);
    assert_true(change.good);
}

typedef struct RollBack {
    const char *pack;
    bool good;
    size_t done;
} RollBack;

static inline void work_roll_back(Desk *desk, void *context) {
    RollBack *rolling = context;
    FamilyRollBack done;
    Buffer impact = {0};
    ProblemList problems = {0};
    rolling->good = desk_roll_back(desk, rolling->pack, "test", &done, &impact, &problems);
    buffer_free(&impact);
    family_roll_back_free(&done);
    problems_free(&problems);
}

static inline void end_roll_back(void *context) {
    ((RollBack *)context)->done++;
}

static inline void roll_back(Shop *shop, const char *pack) {
    RollBack rolling = {.pack = pack};
    assert_true(service_at_desk(shop->service, &tester, work_roll_back, end_roll_back, &rolling));
    wait_for(shop, &rolling.done, 1);
    assert_true(rolling.good);
}

static inline void work_wait(Desk *desk, void *context) {
    (void)desk;
    uv_sem_wait(&((Shop *)context)->gate);
}

static inline void aside_wait(const JobHost *host, Store *store, void *context) {
    (void)host, (void)store;
    uv_sem_wait(&((Shop *)context)->gate);
}
