// Packs that are offered, figures in between, and how a service begins and ends.
#include "tests/unit/service/shop.h"

#include <sched.h>

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

static void note_done(void *context) {
    ++*(size_t *)context;
}

typedef struct Waiting {
    Shop *shop;
    size_t *done;
} Waiting;

static void door_wait(Store *store, void *context) {
    (void)store;
    uv_sem_wait(&((Shop *)context)->gate);
}

static void wait_aside(const JobHost *host, Store *store, void *context) {
    aside_wait(host, store, ((Waiting *)context)->shop);
}

static void count_waiting(void *context) {
    note_done(((Waiting *)context)->done);
}

// 258 questions of one caller, and everybody was told to come back later.
static void one_actor_has_a_third_of_the_side_queue(void **state) {
    Shop *shop = *state;
    static const StoreActor other = {.who = "other", .means = "api"};
    enum { SHARE = (MOST_WAITING + 2) / 3 };
    size_t done = 0;
    Waiting waiting = {shop, &done};
    open_shop(shop);
    for (int i = 0; i < SHARE; i++)
        assert_true(service_aside(shop->service, &tester, wait_aside, count_waiting, &waiting));
    assert_false(service_aside(shop->service, &tester, wait_aside, count_waiting, &waiting));
    assert_true(service_aside(shop->service, &other, wait_aside, count_waiting, &waiting));
    assert_true(service_aside(shop->service, NULL, wait_aside, count_waiting, &waiting));
    uv_sem_post(&shop->gate);
    wait_for(shop, &done, 1); // one of the first, so that there is room for another
    assert_true(service_aside(shop->service, &tester, wait_aside, count_waiting, &waiting));
    assert_false(service_aside(shop->service, &tester, wait_aside, count_waiting, &waiting));
    for (int i = 0; i < SHARE + 2; i++)
        uv_sem_post(&shop->gate);
    wait_for(shop, &done, SHARE + 3);
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

// ---- what became active while a pack was checked -----------------------------------------------

// Offers a pack and lets it come as far as the desk, which is held.
static const Candidate *offer_to_held_desk(Shop *shop, PackChange change) {
    Bundle bundle = bundle_of(shop, "district", change);
    const Candidate *candidate = offer_bundle(shop, &bundle);
    assert_non_null(candidate);
    uv_timer_start(&shop->patience, lose_patience, PATIENCE_MS, 0);
    while (candidate->state < PACK_TESTED)
        uv_run(&shop->home, UV_RUN_ONCE);
    uv_timer_stop(&shop->patience);
    return candidate;
}

static void assert_refused_for_conflict(const Candidate *candidate) {
    assert_false(candidate->good);
    assert_int_equal(candidate->problems.items[0].code, ERROR_CONFLICT);
    assert_true(*candidate->problems.items[0].hint);
}

// Of two versions offered at once the older one could come in last, and nobody was told.
static void of_two_packs_offered_at_once_one_is_active_and_the_other_told(void **state) {
    Shop *shop = *state;
    open_shop(shop);
    activate_well(shop, "district", as_it_is);
    size_t over = shop->candidates_over;
    assert_true(service_at_desk(shop->service, NULL, work_wait, NULL, shop));
    const Candidate *first = offer_to_held_desk(shop, milder);
    const Candidate *second = offer_to_held_desk(shop, mildest);
    uv_sem_post(&shop->gate);
    wait_for(shop, &shop->candidates_over, over + 2);
    assert_true(first->good);
    assert_refused_for_conflict(second);
    assert_int_equal(
        strcmp(pinned_pack(shown(shop, "district")->version)->bundle.hash, first->hash), 0);
}

// The rollback was undone by a pack that had been offered before.
static void a_rollback_is_not_undone_by_a_pack_that_was_being_checked(void **state) {
    Shop *shop = *state;
    open_shop(shop);
    activate_well(shop, "district", as_it_is);
    activate_well(shop, "district", milder);
    size_t over = shop->candidates_over;
    RollBack rolling = {.pack = "district"};
    assert_true(service_at_desk(shop->service, NULL, work_wait, NULL, shop));
    assert_true(service_at_desk(shop->service, &tester, work_roll_back, end_roll_back, &rolling));
    const Candidate *candidate = offer_to_held_desk(shop, mildest);
    uv_sem_post(&shop->gate);
    wait_for(shop, &shop->candidates_over, over + 1);
    assert_true(rolling.good);
    assert_refused_for_conflict(candidate);
    assert_true(shows(shop, "district", "at_most(12)"));
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

// ---- ends and beginnings -----------------------------------------------------------------------

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
    assert_false(service_at_door(service, &tester, door_wait, NULL, shop));
    assert_false(service_at_door(service, NULL, door_wait, NULL, shop));
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

typedef struct LongWork {
    uv_sem_t begun;
    size_t done;
} LongWork;

static void evaluate_for_ever(const JobHost *host, Store *store, void *context) {
    (void)store;
    uv_sem_post(&((LongWork *)context)->begun);
    while (host->progress(1, 2, host->progress_context))
        sched_yield();
}

static void note_long_work(void *context) {
    note_done(&((LongWork *)context)->done);
}

static void evaluations_aside_do_not_hold_up_the_end(void **state) {
    Shop *shop = *state;
    LongWork work = {.done = 0};
    uv_sem_init(&work.begun, 0);
    open_shop(shop);
    assert_true(service_aside(shop->service, &tester, evaluate_for_ever, note_long_work, &work));
    uv_sem_wait(&work.begun);
    close_shop(shop);
    assert_int_equal(work.done, 1);
    uv_sem_destroy(&work.begun);
}

static void it_may_be_closed_before_it_has_begun(void **state) {
    Shop *shop = *state;
    activate_elsewhere(shop->workspace, "district", as_it_is);
    watch_folder(shop);
    write_pack(shop->folder, "schools", as_it_is);
    open_shop_with(shop, WORKER_PROGRAM);
    close_shop(shop);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        SERVICE_TEST(a_pack_goes_its_way_step_by_step),
        SERVICE_TEST(what_fails_changes_nothing_and_says_where),
        SERVICE_TEST(a_bundle_that_is_no_pack_is_refused),
        SERVICE_TEST(a_follower_that_breaks_holds_its_parent_back),
        SERVICE_TEST(a_full_queue_refuses_and_takes_nothing_over),
        SERVICE_TEST(one_actor_has_a_third_of_the_side_queue),
        SERVICE_TEST(figures_in_the_queue_are_in_the_new_versions_results),
        SERVICE_TEST(of_two_packs_offered_at_once_one_is_active_and_the_other_told),
        SERVICE_TEST(a_rollback_is_not_undone_by_a_pack_that_was_being_checked),
        SERVICE_TEST(a_pinned_version_is_read_on_while_it_is_replaced),
        SERVICE_TEST(a_store_that_cannot_be_read_is_waited_for),
        SERVICE_TEST(what_is_under_way_ends_before_the_service_does),
        SERVICE_TEST(evaluations_aside_do_not_hold_up_the_end),
        SERVICE_TEST(it_may_be_closed_before_it_has_begun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
