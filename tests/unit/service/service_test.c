// A workspace kept live as a server keeps it: packs that are offered or saved in a watched folder,
// figures in between, ends and beginnings.
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
    size_t ready, packs, results, candidates_over, problems;
    char retired[HASH_TEXT_SIZE];
    Error last_problem;
    uv_sem_t gate; // jobs wait at it
};

// ---- what is told ------------------------------------------------------------------------------

static void take_problem(const Error *error, void *context) {
    Shop *shop = context;
    shop->problems++;
    shop->last_problem = *error;
}

// Whatever is told, the board is of one piece.
static void take_event(const ServiceEvent *event, void *context) {
    Shop *shop = context;
    if (event->kind == EVENT_READY) shop->ready++;
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

static void lose_patience(uv_timer_t *timer) {
    (void)timer;
    fail_msg("nothing more happens");
}

// Runs the home loop until `*count` is at least that.
static void wait_for(Shop *shop, const size_t *count, size_t least) {
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    while (*count < least)
        uv_run(&shop->home, UV_RUN_ONCE);
    uv_timer_stop(&shop->patience);
}

// All that was offered or seen is over.
static bool is_quiet(const Shop *shop) {
    const Candidates *candidates = service_candidates(shop->service);
    const ServiceLoad load = service_load(shop->service);
    for (size_t i = 0; i < candidates->count; i++)
        if (!candidates->items[i]->over_us) return false;
    return load.aside_waiting + load.aside_working + load.desk_waiting == 0;
}

static void wait_until_quiet(Shop *shop) {
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    while (!is_quiet(shop))
        uv_run(&shop->home, UV_RUN_ONCE);
    uv_timer_stop(&shop->patience);
}

// ---- set-up ------------------------------------------------------------------------------------

static void open_shop_with(Shop *shop, const char *worker_program) {
    const ServiceOptions options = {.database = shop->workspace->files->path,
                                    .packs_folder = *shop->folder ? shop->folder : NULL,
                                    .worker_program = worker_program,
                                    .workers = 2,
                                    .most_waiting = shop->most_waiting,
                                    .look_ms = shop->look_ms,
                                    .problem = take_problem,
                                    .event = take_event,
                                    .context = shop};
    ASSERT_GOOD(service_open(&shop->home, &options, &shop->service, &unexpected));
    shop->closed = false;
}

static void open_shop(Shop *shop) {
    size_t ready = shop->ready;
    open_shop_with(shop, WORKER_PROGRAM);
    wait_for(shop, &shop->ready, ready + 1);
    wait_until_quiet(shop);
}

static void note_closed(void *context) {
    ((Shop *)context)->closed = true;
}

static void close_shop(Shop *shop) {
    service_close(shop->service, note_closed, shop);
    shop->service = NULL;
    while (!shop->closed)
        uv_run(&shop->home, UV_RUN_ONCE);
}

static void watch_folder(Shop *shop) {
    snprintf(shop->folder, sizeof shop->folder, "%s.watched", shop->workspace->files->folder);
    assert_int_equal(mkdir(shop->folder, 0700), 0);
}

static int set_up(void **state) {
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

static int tear_down(void **state) {
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
    free(shop);
    return workspace_tear_down(&workspace) || busy;
}

#define SERVICE_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

// ---- asking ------------------------------------------------------------------------------------

static const Candidate *newest(const Shop *shop) {
    const Candidates *candidates = service_candidates(shop->service);
    return candidates->count ? candidates->items[candidates->count - 1] : NULL;
}

static const BoardPack *shown(const Shop *shop, const char *id) {
    return board_find(service_board(shop->service), id);
}

static bool shows(const Shop *shop, const char *id, const char *text) {
    const BoardPack *pack = shown(shop, id);
    const BundleFile *file =
        pack ? bundle_find(&pinned_pack(pack->version)->bundle, "pack.lua") : NULL;
    return file && strstr(file->bytes, text);
}

static void wait_until_shown(Shop *shop, const char *id, const char *text) {
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    while (!shows(shop, id, text))
        uv_run(&shop->home, UV_RUN_ONCE);
    uv_timer_stop(&shop->patience);
}

static size_t count_candidates(const Shop *shop, const char *folder) {
    const Candidates *candidates = service_candidates(shop->service);
    size_t count = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const char *slash = strrchr(candidates->items[i]->origin, '/');
        count += slash && strcmp(slash + 1, folder) == 0;
    }
    return count;
}

// Something else is saved, and found: so is by then whatever was saved before. Twice, because a
// scan may have been under way.
static void let_all_be_found(Shop *shop) {
    for (int i = 0; i < 2; i++) {
        char path[200], name[20];
        snprintf(name, sizeof name, "probe%d", shop->probes++);
        snprintf(path, sizeof path, "%s/%s", shop->folder, name);
        assert_int_equal(mkdir(path, 0700), 0);
        snprintf(path, sizeof path, "%s/%s/pack.lua", shop->folder, name);
        write_file(path, "no pack");
        uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
        while (count_candidates(shop, name) == 0)
            uv_run(&shop->home, UV_RUN_ONCE);
        uv_timer_stop(&shop->patience);
    }
}

// And nothing is under way any more.
static void let_all_settle(Shop *shop) {
    let_all_be_found(shop);
    wait_until_quiet(shop);
}

// The end of the folder's candidate of that number, from 1.
static const Candidate *wait_for_candidate(Shop *shop, const char *folder, size_t number) {
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

static const Candidate *offer_bundle(Shop *shop, Bundle *bundle) {
    const Offer offer = {
        .source = FROM_UPLOAD, .bundle = bundle, .actor = &tester, .activate = true};
    return service_offer(shop->service, &offer);
}

// The bundle of a pack of tests/packs/service.
static Bundle bundle_of(Shop *shop, const char *name, PackChange change) {
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
static const Candidate *offer_and_wait(Shop *shop, const char *name, PackChange change) {
    Bundle bundle = bundle_of(shop, name, change);
    size_t over = shop->candidates_over;
    const Candidate *candidate = offer_bundle(shop, &bundle);
    assert_non_null(candidate);
    wait_for(shop, &shop->candidates_over, over + 1);
    return candidate;
}

static void activate_well(Shop *shop, const char *name, PackChange change) {
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

static void work_put(Desk *desk, void *context) {
    Change *change = context;
    const LivePut put = {.observations = &change->row, .count = 1, .who = "test", .what = "test"};
    DeskOutcome outcome;
    ProblemList problems = {0};
    change->good = desk_put(desk, &put, &outcome, &problems);
    problems_free(&problems);
}

static void end_put(void *context) {
    ++*((Change *)context)->done;
}

static void begin_put(Shop *shop, Change *change, size_t *done, const char *region,
                      const char *indicator, const char *text) {
    *change = (Change){.shop = shop, .done = done};
    change->entry = entry_of(region, indicator, STORE_NO_BREAKDOWN, YEAR, text);
    change->row = *entry_row(&change->entry);
    assert_true(service_at_desk(shop->service, &tester, work_put, end_put, change));
}

static void put_one(Shop *shop, const char *region, const char *indicator, const char *text) {
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

static void work_roll_back(Desk *desk, void *context) {
    RollBack *rolling = context;
    FamilyRollBack done;
    ProblemList problems = {0};
    rolling->good = desk_roll_back(desk, rolling->pack, "test", &done, &problems);
    family_roll_back_free(&done);
    problems_free(&problems);
}

static void end_roll_back(void *context) {
    ((RollBack *)context)->done++;
}

static void roll_back(Shop *shop, const char *pack) {
    RollBack rolling = {.pack = pack};
    assert_true(service_at_desk(shop->service, &tester, work_roll_back, end_roll_back, &rolling));
    wait_for(shop, &rolling.done, 1);
    assert_true(rolling.good);
}

static void work_wait(Desk *desk, void *context) {
    (void)desk;
    uv_sem_wait(&((Shop *)context)->gate);
}

static void aside_wait(const JobHost *host, Store *store, void *context) {
    (void)host, (void)store;
    uv_sem_wait(&((Shop *)context)->gate);
}

// ---- offers ------------------------------------------------------------------------------------

static void a_pack_goes_its_way_step_by_step(void **state) {
    Shop *shop = *state;
    open_shop(shop);
    activate_well(shop, "district", as_it_is);
    const Candidate *candidate = newest(shop);
    assert_int_equal(candidate->state, PACK_ACTIVE);
    for (int s = PACK_SEEN; s < PACK_ACTIVE; s++)
        assert_in_range(candidate->reached_us[s], 1, candidate->reached_us[s + 1]);
    assert_string_equal(candidate->pack, "district");
    assert_int_equal(candidate->specs_passed, 1);
    assert_string_equal(candidate->hash,
                        pinned_pack(shown(shop, "district")->version)->bundle.hash);
    assert_true(candidate->changed);
    assert_string_equal(shop->retired, "");
    char first[HASH_TEXT_SIZE];
    memcpy(first, candidate->hash, sizeof first);
    activate_well(shop, "district", milder);
    assert_string_equal(shop->retired, first);
    put_one(shop, "150102", "screening", "44");
    assert_int_equal(shop->results, 1);
    roll_back(shop, "district");
    assert_true(shows(shop, "district", "at_most(12)"));
    assert_up_to_date(shop->workspace, service_board(shop->service));
}

static void what_fails_changes_nothing_and_says_where(void **state) {
    Shop *shop = *state;
    static const PackChange failing = {"at_most(12)", "at_most(9)"}; // its own spec fails
    open_shop(shop);
    activate_well(shop, "district", as_it_is);
    const BoardPack *before = shown(shop, "district");
    const Candidate *candidate = offer_and_wait(shop, "district", broken);
    assert_false(candidate->good);
    assert_int_equal(candidate->state, PACK_SEEN);
    assert_string_equal(candidate->problems.items[0].file, "pack.lua");
    candidate = offer_and_wait(shop, "district", failing);
    assert_false(candidate->good);
    assert_int_equal(candidate->state, PACK_CHECKED);
    assert_int_equal(candidate->specs_failed, 1);
    assert_ptr_equal(shown(shop, "district"), before);
}

static void a_bundle_that_is_no_pack_is_refused(void **state) {
    Shop *shop = *state;
    Bundle bundle;
    const char archive[] = "biaochi-bundle 1\nother.lua 8\nreturn 1";
    open_shop(shop);
    ASSERT_GOOD(bundle_parse(archive, sizeof archive - 1, &bundle, &unexpected));
    const Candidate *candidate = offer_bundle(shop, &bundle);
    assert_int_equal(bundle.count, 0); // it was taken over
    wait_for(shop, &shop->candidates_over, 1);
    assert_false(candidate->good);
    assert_true(candidate->problems.count > 0);
    assert_int_equal(service_board(shop->service)->count, 0);
}

static void a_follower_that_breaks_holds_its_parent_back(void **state) {
    Shop *shop = *state;
    open_shop(shop);
    activate_well(shop, "district", as_it_is);
    activate_well(shop, "extended", as_it_is);
    const BoardPack *parent = shown(shop, "district"), *child = shown(shop, "extended");
    const Candidate *candidate = offer_and_wait(shop, "district", stricter);
    assert_false(candidate->good);
    assert_int_equal(candidate->state, PACK_TESTED);
    assert_int_equal(candidate->follower_count, 1);
    assert_true(candidate->followers[0].broken);
    assert_ptr_equal(shown(shop, "district"), parent);
    assert_ptr_equal(shown(shop, "extended"), child);
    activate_well(shop, "district", milder);
    assert_false(newest(shop)->followers[0].broken);
    assert_up_to_date(shop->workspace, service_board(shop->service));
}

static void a_full_queue_refuses_and_takes_nothing_over(void **state) {
    Shop *shop = *state;
    shop->most_waiting = 0;
    open_shop(shop);
    for (int i = 0; i < 2; i++)
        assert_true(service_aside(shop->service, NULL, aside_wait, NULL, shop));
    Bundle bundle = bundle_of(shop, "district", as_it_is);
    assert_null(offer_bundle(shop, &bundle));
    assert_true(bundle.count > 0);
    assert_int_equal(service_candidates(shop->service)->count, 0);
    for (int i = 0; i < 2; i++)
        uv_sem_post(&shop->gate);
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    while (!offer_bundle(shop, &bundle))
        uv_run(&shop->home, UV_RUN_ONCE);
    wait_for(shop, &shop->candidates_over, 1);
    assert_true(newest(shop)->good);
}

static void figures_in_the_queue_are_in_the_new_versions_results(void **state) {
    Shop *shop = *state;
    enum { PUTS = 12 };
    Change changes[PUTS];
    size_t done = 0;
    open_shop(shop);
    activate_well(shop, "district", as_it_is);
    activate_well(shop, "schools", as_it_is);
    assert_true(service_at_desk(shop->service, NULL, work_wait, NULL, shop));
    Bundle bundle = bundle_of(shop, "district", milder);
    size_t over = shop->candidates_over;
    assert_non_null(offer_bundle(shop, &bundle));
    for (int i = 0; i < PUTS; i++) {
        char text[8];
        snprintf(text, sizeof text, "%d.5", 40 + i);
        begin_put(shop, &changes[i], &done, regions[3 + i % 3].code, "screening", text);
    }
    uv_sem_post(&shop->gate);
    for (int i = 0; i < PUTS; i++) { // some are before the activation, some after it
        wait_for(shop, &done, (size_t)i + 1);
        assert_true(changes[i].good);
    }
    wait_for(shop, &shop->candidates_over, over + 1);
    assert_true(newest(shop)->good);
    put_one(shop, "150102", "screening", "99");
    assert_up_to_date(shop->workspace, service_board(shop->service));
}

// Readers on other threads go on with what they pinned, and the last one frees it.
typedef struct Reader {
    Shop *shop;
    PinnedPack *pinned;
    size_t read, done;
} Reader;

static void read_pinned(const JobHost *host, Store *store, void *context) {
    Reader *reader = context;
    (void)host, (void)store;
    uv_sem_wait(&reader->shop->gate);
    const Bundle *bundle = &pinned_pack(reader->pinned)->bundle;
    for (size_t i = 0; i < bundle->count; i++)
        reader->read += strlen(bundle->files[i].bytes);
    pinned_pack_release(reader->pinned);
}

static void end_reader(void *context) {
    ((Reader *)context)->done++;
}

static void a_pinned_version_is_read_on_while_it_is_replaced(void **state) {
    Shop *shop = *state;
    Reader reader = {.shop = shop};
    open_shop(shop);
    activate_well(shop, "district", as_it_is);
    reader.pinned = pinned_pack_share(shown(shop, "district")->version);
    assert_true(service_aside(shop->service, NULL, read_pinned, end_reader, &reader));
    activate_well(shop, "district", milder);
    activate_elsewhere(shop->workspace, "district", stricter);
    wait_until_shown(shop, "district", "at_most(11)");
    uv_sem_post(&shop->gate);
    wait_for(shop, &reader.done, 1);
    assert_true(reader.read > 1000);
}

// ---- the watched folder ------------------------------------------------------------------------

static void a_pack_that_is_saved_comes_into_use(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    open_shop(shop);
    write_pack(shop->folder, "district", as_it_is);
    wait_until_shown(shop, "district", "at_most(12)");
    save_pack(shop->folder, "district", broken);
    assert_false(wait_for_candidate(shop, "district", 2)->good);
    assert_int_equal(shop->problems, 1);
    assert_true(shows(shop, "district", "at_most(12)"));
    save_pack(shop->folder, "district", milder);
    wait_until_shown(shop, "district", "at_most(12.5)");
    let_all_settle(shop);
    assert_int_equal(count_candidates(shop, "district"), 3);
    assert_up_to_date(shop->workspace, service_board(shop->service));
}

static void many_saves_at_once_are_one_candidate(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    open_shop(shop);
    for (int i = 0; i < 20; i++)
        write_pack(shop->folder, "district", i % 2 ? as_it_is : milder);
    wait_until_shown(shop, "district", "at_most(12)");
    let_all_settle(shop);
    assert_int_equal(count_candidates(shop, "district"), 1);
}

static void a_folder_that_goes_and_comes_back_changes_nothing(void **state) {
    Shop *shop = *state;
    char path[200];
    watch_folder(shop);
    open_shop(shop);
    write_pack(shop->folder, "district", as_it_is);
    wait_until_shown(shop, "district", "at_most(12)");
    snprintf(path, sizeof path, "%s/district", shop->folder);
    remove_folder(path);
    let_all_settle(shop);
    assert_true(shows(shop, "district", "at_most(12)"));
    remove_folder(shop->folder);
    assert_int_equal(mkdir(shop->folder, 0700), 0);
    write_pack(shop->folder, "district", as_it_is);
    let_all_settle(shop);
    assert_int_equal(count_candidates(shop, "district"), 1);
    save_pack(shop->folder, "district", milder);
    wait_until_shown(shop, "district", "at_most(12.5)");
}

// A link makes a folder unreadable as a pack; whatever else was saved, it was offered again.
static void what_cannot_be_read_is_told_once(void **state) {
    Shop *shop = *state;
    char path[200];
    watch_folder(shop);
    write_pack(shop->folder, "district", as_it_is);
    snprintf(path, sizeof path, "%s/district/link.lua", shop->folder);
    assert_int_equal(symlink("pack.lua", path), 0);
    open_shop(shop);
    assert_false(wait_for_candidate(shop, "district", 1)->good);
    let_all_settle(shop);
    assert_int_equal(count_candidates(shop, "district"), 1);
    assert_int_equal(unlink(path), 0);
    wait_until_shown(shop, "district", "at_most(12)");
}

// The activation of one met that of the other, which was then refused for good.
static void a_family_that_is_saved_at_once_comes_into_use(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    open_shop(shop);
    write_pack(shop->folder, "extended", as_it_is);
    assert_string_equal(wait_for_candidate(shop, "extended", 1)->missing, "district");
    write_pack(shop->folder, "district", as_it_is);
    wait_until_shown(shop, "extended", "at_least(72)");
    let_all_settle(shop);
    // Both are checked on what is active now, and neither is activated before the other is checked.
    assert_true(service_at_desk(shop->service, NULL, work_wait, NULL, shop));
    save_pack(shop->folder, "district", milder);
    save_pack(shop->folder, "extended", looser);
    let_all_be_found(shop);
    while (service_load(shop->service).desk_waiting < 2)
        uv_run(&shop->home, UV_RUN_ONCE);
    uv_sem_post(&shop->gate);
    wait_until_shown(shop, "district", "at_most(12.5)");
    wait_until_shown(shop, "extended", "at_least(71)");
    let_all_settle(shop);
    assert_true(shows(shop, "district", "at_most(12.5)"));
    assert_true(shows(shop, "extended", "at_least(71)"));
    const Bundle *child = &pinned_pack(shown(shop, "extended")->version)->bundle;
    assert_non_null(strstr(bundle_find(child, "@district/pack.lua")->bytes, "at_most(12.5)"));
    assert_up_to_date(shop->workspace, service_board(shop->service));
}

// A parent activated by another process was no reason to try its children again.
static void a_child_waits_for_whoever_activates_its_parent(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    open_shop(shop);
    write_pack(shop->folder, "extended", as_it_is);
    assert_false(wait_for_candidate(shop, "extended", 1)->good);
    activate_elsewhere(shop->workspace, "district", as_it_is);
    wait_until_shown(shop, "extended", "at_least(72)");
}

// With each new version of the parent the child's failed candidate of long ago had its folder
// offered again, and a version that was rolled back came back.
static void what_was_rolled_back_is_not_offered_again_with_its_parent(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    open_shop(shop);
    write_pack(shop->folder, "extended", as_it_is);
    assert_false(wait_for_candidate(shop, "extended", 1)->good);
    write_pack(shop->folder, "district", as_it_is);
    wait_until_shown(shop, "extended", "at_least(72)");
    save_pack(shop->folder, "extended", looser);
    wait_until_shown(shop, "extended", "at_least(71)");
    let_all_settle(shop);
    roll_back(shop, "extended");
    save_pack(shop->folder, "district", milder);
    wait_until_shown(shop, "district", "at_most(12.5)");
    let_all_settle(shop);
    assert_true(shows(shop, "extended", "at_least(72)"));
}

// Two versions of a folder were checked side by side, and the older one could be activated last.
static void what_is_saved_last_is_active_last(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    open_shop(shop);
    assert_true(service_at_desk(shop->service, NULL, work_wait, NULL, shop));
    write_pack(shop->folder, "district", as_it_is);
    let_all_be_found(shop);
    save_pack(shop->folder, "district", milder);
    let_all_be_found(shop);
    assert_int_equal(count_candidates(shop, "district"), 1);
    uv_sem_post(&shop->gate);
    wait_until_shown(shop, "district", "at_most(12.5)");
    const Candidate *second = wait_for_candidate(shop, "district", 2);
    assert_true(second->reached_us[PACK_SEEN] >= wait_for_candidate(shop, "district", 1)->over_us);
}

// What was refused for a full queue waited for somebody to save something else.
static void what_was_too_much_at_once_is_offered_later(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    shop->most_waiting = 0; // as many as there are threads
    open_shop(shop);
    for (int i = 0; i < 2; i++)
        assert_true(service_aside(shop->service, NULL, aside_wait, NULL, shop));
    write_pack(shop->folder, "district", as_it_is);
    write_pack(shop->folder, "schools", as_it_is);
    activate_elsewhere(shop->workspace, "schools", milder_school);
    wait_until_shown(shop, "schools", "at_least(74)"); // looked at again and again meanwhile
    for (int i = 0; i < 2; i++)
        uv_sem_post(&shop->gate);
    wait_until_shown(shop, "district", "at_most(12)");
    wait_until_shown(shop, "schools", "at_least(75)");
}

// ---- ends and beginnings -----------------------------------------------------------------------

static void at_the_start_only_what_is_new_is_offered(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    write_pack(shop->folder, "district", as_it_is);
    write_pack(shop->folder, "schools", as_it_is);
    open_shop(shop);
    wait_until_shown(shop, "district", "at_most(12)");
    wait_until_shown(shop, "schools", "at_least(75)");
    save_pack(shop->folder, "schools", milder_school);
    wait_until_shown(shop, "schools", "at_least(74)");
    let_all_settle(shop);
    roll_back(shop, "schools");
    close_shop(shop);
    open_shop(shop); // as it was, but for what was rolled back
    let_all_settle(shop);
    assert_int_equal(count_candidates(shop, "district"), 0);
    assert_int_equal(count_candidates(shop, "schools"), 0);
    assert_true(shows(shop, "schools", "at_least(75)"));
    close_shop(shop);
    save_pack(shop->folder, "district", milder); // newer
    char path[200];
    snprintf(path, sizeof path, "%s/schools", shop->folder);
    remove_folder(path); // gone
    open_shop(shop);
    wait_until_shown(shop, "district", "at_most(12.5)");
    assert_true(shows(shop, "schools", "at_least(75)"));
    assert_up_to_date(shop->workspace, service_board(shop->service));
}

// One that could not be read ended the reading, and the others seemed new.
static void a_damaged_version_of_long_ago_brings_nothing_back(void **state) {
    Shop *shop = *state;
    char statement[200];
    watch_folder(shop);
    write_pack(shop->folder, "district", as_it_is);
    open_shop(shop);
    const Candidate *first = wait_for_candidate(shop, "district", 1);
    snprintf(statement, sizeof statement,
             "UPDATE blob SET bytes = CAST('tampered' AS BLOB) WHERE hash = '%s'", first->hash);
    save_pack(shop->folder, "district", milder);
    wait_until_shown(shop, "district", "at_most(12.5)");
    save_pack(shop->folder, "district", mildest);
    wait_until_shown(shop, "district", "at_most(13)");
    let_all_settle(shop);
    roll_back(shop, "district");
    close_shop(shop);
    raw_change(shop->workspace->files->path, statement);
    open_shop(shop);
    let_all_settle(shop);
    assert_int_equal(count_candidates(shop, "district"), 0);
    assert_true(shows(shop, "district", "at_most(12.5)"));
}

// Whether it is in the store said nothing of whether it was ever active.
static void what_was_stored_but_never_active_is_offered_at_the_start(void **state) {
    Shop *shop = *state;
    LoadedPack pack = load_pack(shop->workspace, "district", as_it_is);
    ASSERT_GOOD(registry_store(shop->workspace->store, &pack, &unexpected));
    loaded_pack_free(&pack);
    watch_folder(shop);
    write_pack(shop->folder, "district", as_it_is);
    open_shop(shop);
    wait_until_shown(shop, "district", "at_most(12)");
}

static void the_last_active_version_is_used_although_the_folder_is_broken(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    write_pack(shop->folder, "district", as_it_is);
    open_shop(shop);
    wait_until_shown(shop, "district", "at_most(12)");
    put_one(shop, "150102", "screening", "33");
    char hash[HASH_TEXT_SIZE];
    memcpy(hash, shown(shop, "district")->result_hash, sizeof hash);
    close_shop(shop);
    save_pack(shop->folder, "district", broken);
    open_shop(shop);
    assert_string_equal(shown(shop, "district")->result_hash, hash);
    assert_false(wait_for_candidate(shop, "district", 1)->good);
    assert_true(shows(shop, "district", "at_most(12)"));
}

// It said that it was ready, and showed nothing.
static void a_store_that_cannot_be_read_is_waited_for(void **state) {
    Shop *shop = *state;
    const char *path = shop->workspace->files->path;
    activate_elsewhere(shop->workspace, "district", as_it_is);
    raw_change(path, "ALTER TABLE region RENAME TO away");
    open_shop_with(shop, WORKER_PROGRAM);
    wait_for(shop, &shop->problems, 2);
    assert_false(service_is_ready(shop->service));
    raw_change(path, "ALTER TABLE away RENAME TO region");
    wait_for(shop, &shop->ready, 1);
    assert_non_null(shown(shop, "district")->layout);
}

static void note_over(const Candidate *candidate, void *context) {
    (void)candidate;
    ++*(size_t *)context;
}

static void what_is_under_way_ends_before_the_service_does(void **state) {
    Shop *shop = *state;
    Change changes[3];
    size_t put = 0, over = 0;
    open_shop(shop);
    activate_well(shop, "district", as_it_is);
    assert_true(service_at_desk(shop->service, NULL, work_wait, NULL, shop));
    for (int i = 0; i < 3; i++)
        begin_put(shop, &changes[i], &put, "150102", "screening", i == 2 ? "22.2" : "11.1");
    for (int i = 0; i < 2; i++)
        assert_true(service_aside(shop->service, NULL, aside_wait, NULL, shop));
    Bundle bundle = bundle_of(shop, "district", milder);
    const Offer offer = {.source = FROM_UPLOAD,
                         .bundle = &bundle,
                         .actor = &tester,
                         .activate = true,
                         .done = note_over,
                         .context = &over};
    assert_non_null(service_offer(shop->service, &offer));
    Service *service = shop->service;
    service_close(service, note_closed, shop);
    shop->service = NULL;
    // Nothing is taken any more, whatever is still under way.
    assert_false(service_at_desk(service, NULL, work_wait, NULL, shop));
    assert_false(service_aside(service, NULL, aside_wait, NULL, shop));
    for (int i = 0; i < 3; i++)
        uv_sem_post(&shop->gate);
    while (!shop->closed)
        uv_run(&shop->home, UV_RUN_ONCE);
    assert_int_equal(put, 3);
    assert_int_equal(over, 1);
    open_shop(shop); // the pack was not checked any more, the figures were stored
    assert_true(shows(shop, "district", "at_most(12)"));
    assert_up_to_date(shop->workspace, service_board(shop->service));
}

static void it_may_be_closed_before_it_has_begun(void **state) {
    Shop *shop = *state;
    activate_elsewhere(shop->workspace, "district", as_it_is);
    watch_folder(shop);
    write_pack(shop->folder, "schools", as_it_is);
    open_shop_with(shop, WORKER_PROGRAM);
    close_shop(shop);
}

// The loop was run until nothing was left on it, which is never where others use it.
static void a_folder_that_cannot_be_watched_is_an_error_at_once(void **state) {
    Shop *shop = *state;
    Error error = {0};
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    char folder[5000];
    memset(folder, 'x', sizeof folder - 1); // longer than any path
    folder[0] = '/';
    folder[sizeof folder - 1] = '\0';
    const ServiceOptions options = {.database = shop->workspace->files->path,
                                    .packs_folder = folder,
                                    .worker_program = WORKER_PROGRAM,
                                    .workers = 1,
                                    .most_waiting = 1};
    assert_false(service_open(&shop->home, &options, &shop->service, &error));
    shop->service = NULL;
    assert_int_equal(error.code, ERROR_SYSTEM);
    uv_timer_stop(&shop->patience);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        SERVICE_TEST(a_pack_goes_its_way_step_by_step),
        SERVICE_TEST(what_fails_changes_nothing_and_says_where),
        SERVICE_TEST(a_bundle_that_is_no_pack_is_refused),
        SERVICE_TEST(a_follower_that_breaks_holds_its_parent_back),
        SERVICE_TEST(a_full_queue_refuses_and_takes_nothing_over),
        SERVICE_TEST(figures_in_the_queue_are_in_the_new_versions_results),
        SERVICE_TEST(a_pinned_version_is_read_on_while_it_is_replaced),
        SERVICE_TEST(a_pack_that_is_saved_comes_into_use),
        SERVICE_TEST(many_saves_at_once_are_one_candidate),
        SERVICE_TEST(a_folder_that_goes_and_comes_back_changes_nothing),
        SERVICE_TEST(what_cannot_be_read_is_told_once),
        SERVICE_TEST(a_family_that_is_saved_at_once_comes_into_use),
        SERVICE_TEST(a_child_waits_for_whoever_activates_its_parent),
        SERVICE_TEST(what_was_rolled_back_is_not_offered_again_with_its_parent),
        SERVICE_TEST(what_is_saved_last_is_active_last),
        SERVICE_TEST(what_was_too_much_at_once_is_offered_later),
        SERVICE_TEST(at_the_start_only_what_is_new_is_offered),
        SERVICE_TEST(a_damaged_version_of_long_ago_brings_nothing_back),
        SERVICE_TEST(what_was_stored_but_never_active_is_offered_at_the_start),
        SERVICE_TEST(the_last_active_version_is_used_although_the_folder_is_broken),
        SERVICE_TEST(a_store_that_cannot_be_read_is_waited_for),
        SERVICE_TEST(what_is_under_way_ends_before_the_service_does),
        SERVICE_TEST(it_may_be_closed_before_it_has_begun),
        SERVICE_TEST(a_folder_that_cannot_be_watched_is_an_error_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
