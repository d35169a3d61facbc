// The folder of packs that is watched while the service runs, and what it finds at the start.
#include <utime.h>

#include "core/run/file_watch.h"
#include "tests/unit/service/shop.h"

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

// The start failed, although a version was active.
static void a_folder_that_cannot_be_watched_keeps_nobody_from_what_is_there(void **state) {
    Shop *shop = *state;
    char path[200];
    watch_folder(shop);
    snprintf(path, sizeof path, "%s/many", shop->folder);
    assert_int_equal(mkdir(path, 0700), 0);
    for (int i = 0; i <= FILE_WATCH_MOST_FOLDERS; i++) {
        snprintf(path, sizeof path, "%s/many/%d", shop->folder, i);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    write_pack(shop->folder, "district", as_it_is);
    open_shop(shop);
    wait_until_shown(shop, "district", "at_most(12)");
    assert_int_equal(shop->problems, 1);
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

// As another process does.
static void roll_back_elsewhere(Shop *shop, const char *pack) {
    Store *other;
    FamilyRollBack plan;
    ASSERT_GOOD(store_open(shop->workspace->files->path, STORE_OPEN, &other, &unexpected));
    ASSERT_GOOD(family_plan_roll_back(other, pack, &plan, &unexpected));
    ASSERT_GOOD(family_roll_back(other, &plan, "other", &unexpected));
    family_roll_back_free(&plan);
    store_close(other);
}

// It met the rollback, was refused, offered again, and undid it.
static void what_was_saved_before_a_rollback_does_not_undo_it(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    open_shop(shop);
    write_pack(shop->folder, "district", as_it_is);
    wait_until_shown(shop, "district", "at_most(12)");
    save_pack(shop->folder, "district", milder);
    wait_until_shown(shop, "district", "at_most(12.5)");
    let_all_settle(shop);
    assert_true(service_at_desk(shop->service, NULL, work_wait, NULL, shop));
    save_pack(shop->folder, "district", mildest);
    while (count_candidates(shop, "district") < 3 || newest(shop)->state < PACK_TESTED)
        uv_run(&shop->home, UV_RUN_ONCE);
    roll_back_elsewhere(shop, "district");
    uv_sem_post(&shop->gate);
    assert_false(wait_for_candidate(shop, "district", 3)->good);
    let_all_settle(shop);
    assert_true(shows(shop, "district", "at_most(12)"));
    assert_true(wait_for_candidate(shop, "district", 4)->overtaken);
    assert_int_equal(count_candidates(shop, "district"), 4);
    save_pack(shop->folder, "district", (PackChange){"at_most(12)", "at_most(14)"});
    wait_until_shown(shop, "district", "at_most(14)");
}

// ---- saved again --------------------------------------------------------------------------------

static void folder_path(const Shop *shop, const char *name, char path[200]) {
    snprintf(path, 200, "%s/%s", shop->folder, name);
}

static void touch(const Shop *shop, const char *name) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s/pack.lua", shop->folder, name);
    assert_int_equal(utime(path, NULL), 0);
}

static void move(const char *from, const char *to) {
    assert_int_equal(rename(from, to), 0);
}

// Saving what the folder held already did nothing, without a word; that it holds something else
// than what somebody went back to was not told either.
static void what_was_rolled_back_comes_back_when_it_is_saved_again(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    open_shop(shop);
    write_pack(shop->folder, "district", as_it_is);
    wait_until_shown(shop, "district", "at_most(12)");
    save_pack(shop->folder, "district", milder);
    wait_until_shown(shop, "district", "at_most(12.5)");
    let_all_settle(shop);
    roll_back(shop, "district");
    wait_until_noticed(shop, "district holds district 1.0.0, with other files than the 1.0.0 that");
    let_all_settle(shop);
    assert_true(shows(shop, "district", "at_most(12)"));
    touch(shop, "district");
    wait_until_shown(shop, "district", "at_most(12.5)");
}

// It was refused for good: after the regions had come nothing happened until the next start.
static void what_was_refused_for_its_region_is_tried_when_that_is_there(void **state) {
    static const RegionRow come[] = {{"990000", ""}};
    Shop *shop = *state;
    watch_folder(shop);
    open_shop(shop);
    write_pack(shop->folder, "district", (PackChange){"150000", "990000"});
    const Candidate *refused = wait_for_candidate(shop, "district", 1);
    assert_int_equal(refused->obstacle, OBSTACLE_REGION);
    assert_int_equal(refused->state, PACK_TESTED);
    assert_int_equal(refused->failed, PACK_ACTIVE);
    wait_until_noticed(shop, "district 1.0.0 (");
    put_regions(shop->workspace->store, come, 1);
    wait_until_shown(shop, "district", "990000");
    assert_int_equal(count_candidates(shop, "district"), 2);
}

static void withdraw(Shop *shop, int64_t id) {
    const RoundStep step = {.id = id, .to = ROUND_WITHDRAWN, .who = "王芳", .reason = "改版"};
    AssessmentRound round;
    ASSERT_GOOD(round_step(shop->workspace->store, &step, &round, &unexpected));
}

// It met the open round four times within a moment, each told, and never again.
static void what_was_refused_for_a_round_is_tried_once_when_that_is_over(void **state) {
    const RoundOpening opening = {.pack = "district",
                                  .assessment = "annual",
                                  .year = YEAR,
                                  .kind = ROUND_ANNUAL,
                                  .who = "王芳"};
    const PackChange renamed = {"assessment \"annual\"", "assessment \"yearly\""};
    AssessmentRound round;
    Shop *shop = *state;
    watch_folder(shop);
    open_shop(shop);
    write_pack(shop->folder, "district", as_it_is);
    wait_until_shown(shop, "district", "annual");
    let_all_settle(shop);
    ASSERT_GOOD(round_open(shop->workspace->store, &opening, &round, &unexpected));
    size_t problems = shop->problems;
    save_pack(shop->folder, "district", renamed);
    assert_int_equal(wait_for_candidate(shop, "district", 2)->obstacle, OBSTACLE_ROUNDS);
    wait_until_noticed(shop, "is refused; 1.0.0 stays active:");
    assert_int_equal(shop->problems, problems + 1);
    wait_until_quiet(shop);
    assert_int_equal(count_candidates(shop, "district"), 2);
    withdraw(shop, round.id);
    wait_until_shown(shop, "district", "yearly");
    assert_int_equal(count_candidates(shop, "district"), 3);
}

// The folder said one thing and the server did another, and nobody was told.
static void folders_that_come_and_go_are_held_against_what_is_active(void **state) {
    Shop *shop = *state;
    char path[200], other[200], aside[200];
    watch_folder(shop);
    open_shop(shop);
    folder_path(shop, "district", path);
    folder_path(shop, "other", other);
    snprintf(aside, sizeof aside, "%s.aside", shop->folder);
    write_pack(shop->folder, "district", as_it_is);
    wait_until_shown(shop, "district", "at_most(12)");
    let_all_settle(shop);
    move(path, aside);
    wait_until_noticed(shop, "district is gone; district 1.0.0 stays active");
    write_pack(shop->folder, "district", milder);
    wait_until_shown(shop, "district", "at_most(12.5)");
    move(path, other);
    move(aside, path); // as it was
    wait_until_shown(shop, "district", "at_most(12)");
    wait_until_noticed(shop, "pack district lies in two folders");
    touch(shop, "other");
    wait_until_shown(shop, "district", "at_most(12.5)");
    remove_folder(other);
    wait_until_noticed(shop, "district holds district 1.0.0, with other files");
}

// It was read once; what was saved in it afterwards was not seen.
static void a_folder_may_be_a_link(void **state) {
    Shop *shop = *state;
    char path[200], aside[180];
    watch_folder(shop);
    snprintf(aside, sizeof aside, "%s.aside", shop->folder);
    assert_int_equal(mkdir(aside, 0700), 0);
    write_pack(aside, "district", as_it_is);
    snprintf(path, sizeof path, "%s/district", aside);
    char link[200];
    folder_path(shop, "district", link);
    assert_int_equal(symlink(path, link), 0);
    open_shop(shop);
    wait_until_shown(shop, "district", "at_most(12)");
    let_all_settle(shop);
    save_pack(aside, "district", milder);
    wait_until_shown(shop, "district", "at_most(12.5)");
    remove_folder(aside);
}

// Each lay there without effect and without a word.
static void what_is_not_used_is_told(void **state) {
    Shop *shop = *state;
    char path[220];
    watch_folder(shop);
    folder_path(shop, "deep", path);
    assert_int_equal(mkdir(path, 0700), 0);
    save_no_pack(shop, "deep/deeper");
    snprintf(path, sizeof path, "%s/pack.lua", shop->folder);
    write_file(path, "no pack");
    snprintf(path, sizeof path, "%s/some.zip", shop->folder);
    write_file(path, "no archive");
    open_shop(shop);
    wait_until_noticed(shop, "some.zip is not used");
    let_all_settle(shop);
    assert_false(was_noticed(shop, "not used")); // not twice
    remove_folder(shop->folder);
    wait_until_noticed(shop, "cannot be read: No such file or directory");
}

// What was refused for a full queue waited for somebody to save something else.
static void what_was_too_much_at_once_is_offered_later(void **state) {
    Shop *shop = *state;
    watch_folder(shop);
    shop->most_waiting = 0; // as many as there are threads
    open_shop(shop);
    save_no_pack(shop, "a"); // these take the room
    save_no_pack(shop, "b");
    write_pack(shop->folder, "district", as_it_is);
    wait_until_shown(shop, "district", "at_most(12)");
    assert_int_equal(count_candidates(shop, "a") + count_candidates(shop, "b"), 2);
}

// ---- at the start -----------------------------------------------------------------------

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

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        SERVICE_TEST(a_pack_that_is_saved_comes_into_use),
        SERVICE_TEST(many_saves_at_once_are_one_candidate),
        SERVICE_TEST(a_folder_that_goes_and_comes_back_changes_nothing),
        SERVICE_TEST(a_folder_that_cannot_be_watched_keeps_nobody_from_what_is_there),
        SERVICE_TEST(what_cannot_be_read_is_told_once),
        SERVICE_TEST(a_family_that_is_saved_at_once_comes_into_use),
        SERVICE_TEST(a_child_waits_for_whoever_activates_its_parent),
        SERVICE_TEST(what_was_rolled_back_is_not_offered_again_with_its_parent),
        SERVICE_TEST(what_is_saved_last_is_active_last),
        SERVICE_TEST(what_was_saved_before_a_rollback_does_not_undo_it),
        SERVICE_TEST(what_was_rolled_back_comes_back_when_it_is_saved_again),
        SERVICE_TEST(what_was_refused_for_its_region_is_tried_when_that_is_there),
        SERVICE_TEST(what_was_refused_for_a_round_is_tried_once_when_that_is_over),
        SERVICE_TEST(folders_that_come_and_go_are_held_against_what_is_active),
        SERVICE_TEST(a_folder_may_be_a_link),
        SERVICE_TEST(what_is_not_used_is_told),
        SERVICE_TEST(what_was_too_much_at_once_is_offered_later),
        SERVICE_TEST(at_the_start_only_what_is_new_is_offered),
        SERVICE_TEST(a_damaged_version_of_long_ago_brings_nothing_back),
        SERVICE_TEST(what_was_stored_but_never_active_is_offered_at_the_start),
        SERVICE_TEST(the_last_active_version_is_used_although_the_folder_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
