// The board: what is put up, and changes that come for what is not up any more.
#include <signal.h>

#include "tests/unit/service/board_room.h"

typedef struct Trial {
    Workspace *workspace;
    PinnedPack *version;
    Live *live;
    Board board;
} Trial;

static const Error no_problem = {0};

static Live *open_live(Workspace *workspace, PinnedPack *version) {
    Live *live;
    ProblemList problems = {0};
    const LiveRequest request = {.host = &workspace->host,
                                 .store = workspace->store,
                                 .run = {.pack = pinned_pack(version), .who = "test"}};
    assert_no_problems(live_open(&request, &live, &problems), &problems);
    return live;
}

static PinnedPack *stored_version(Workspace *workspace, const char *name, PackChange change) {
    LoadedPack pack = load_pack(workspace, name, change);
    ASSERT_GOOD(registry_store(workspace->store, &pack, &unexpected));
    return pinned_pack_new(&pack);
}

static int set_up(void **state) {
    Trial *trial = memory_new(1, sizeof *trial);
    void *workspace;
    if (workspace_set_up(&workspace) != 0) return -1;
    trial->workspace = workspace;
    put_regions(trial->workspace->store, regions, REGIONS);
    fill(trial->workspace, "15");
    trial->version = stored_version(trial->workspace, "district", as_it_is);
    trial->live = open_live(trial->workspace, trial->version);
    board_put(&trial->board, board_pack_new(trial->version, trial->live, &no_problem));
    *state = trial;
    return 0;
}

static int tear_down(void **state) {
    Trial *trial = *state;
    void *workspace = trial->workspace;
    board_free(&trial->board);
    live_close(trial->live);
    pinned_pack_release(trial->version);
    free(trial);
    return workspace_tear_down(&workspace);
}

#define BOARD_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

static BoardChange *put_screening(Trial *trial, const char *region, const char *text,
                                  const char *kind) {
    Entry entry = entry_of(region, "screening", STORE_NO_BREAKDOWN, YEAR, text);
    entry.row.kind = kind;
    const LivePut put = {
        .observations = entry_row(&entry), .count = 1, .who = "test", .what = "test"};
    LiveOutcome outcome;
    ASSERT_GOOD(
        live_put(&trial->live, 1, trial->workspace->store, &put, NULL, &outcome, &unexpected));
    assert_int_not_equal(outcome.run, 0);
    return board_change_new(trial->live);
}

static BoardChange *change_screening(Trial *trial, const char *region, const char *text) {
    return put_screening(trial, region, text, "reported");
}

static const BoardPack *shown(const Trial *trial) {
    return board_find(&trial->board, "district");
}

static int rank_of(const BoardPack *pack, const char *region) {
    int place = board_find_region(pack, region);
    size_t assessments = pack->description->assessment_count;
    int kept = board_ranks(pack).of_regions[(size_t)place * assessments];
    assert_int_equal(kept, standings_rank(&pack->standings[0], (size_t)place));
    return kept;
}

static void a_change_is_in_results_and_standings_at_once(void **state) {
    Trial *trial = *state;
    assert_of_one_piece(trial->workspace->store, shown(trial));
    uint64_t revision = shown(trial)->revision;
    BoardChange *change = change_screening(trial, "150103", "99.9");
    assert_true(board_apply(&trial->board, change));
    assert_int_equal(rank_of(shown(trial), "150103"), 1);
    assert_true(shown(trial)->revision > revision);
    assert_string_equal(shown(trial)->result_hash, live_result_hash(trial->live));
    assert_of_one_piece(trial->workspace->store, shown(trial));
    board_change_free(change);
    change = change_screening(trial, "150103", "0.1");
    assert_true(board_apply(&trial->board, change));
    assert_int_not_equal(rank_of(shown(trial), "150103"), 1);
    assert_of_one_piece(trial->workspace->store, shown(trial));
    board_change_free(change);
}

static void a_change_of_an_older_run_is_not_taken(void **state) {
    Trial *trial = *state;
    BoardChange *older = change_screening(trial, "150103", "99.9");
    BoardChange *newer = change_screening(trial, "150103", "0.1");
    // What is put up whole has both.
    board_put(&trial->board, board_pack_new(trial->version, trial->live, &no_problem));
    uint64_t revision = trial->board.revision;
    assert_false(board_apply(&trial->board, older));
    assert_int_equal(trial->board.revision, revision);
    assert_of_one_piece(trial->workspace->store, shown(trial));
    assert_true(board_apply(&trial->board, newer)); // says what is there already
    assert_of_one_piece(trial->workspace->store, shown(trial));
    board_change_free(older);
    board_change_free(newer);
}

static void samples_that_are_there_already_are_not_counted_again(void **state) {
    Trial *trial = *state;
    BoardChange *change = put_screening(trial, "150103", "99.9", "sample");
    assert_true(board_apply(&trial->board, change));
    assert_int_equal(shown(trial)->samples.count, 1);
    board_put(&trial->board, board_pack_new(trial->version, trial->live, &no_problem));
    assert_true(board_apply(&trial->board, change));
    assert_int_equal(shown(trial)->samples.count, 1);
    assert_of_one_piece(trial->workspace->store, shown(trial));
    board_change_free(change);
}

static void a_change_of_another_version_is_not_taken(void **state) {
    Trial *trial = *state;
    BoardChange *change = change_screening(trial, "150103", "99.9");
    PinnedPack *other = stored_version(trial->workspace, "district", milder);
    Live *live = open_live(trial->workspace, other);
    board_put(&trial->board, board_pack_new(other, live, &no_problem));
    change->run = live_run(live)->id + 1; // even if it were newer
    assert_false(board_apply(&trial->board, change));
    assert_of_one_piece(trial->workspace->store, shown(trial));
    board_change_free(change);
    live_close(live);
    pinned_pack_release(other);
}

static void a_change_for_what_is_not_up_is_not_taken(void **state) {
    Trial *trial = *state;
    BoardChange *change = change_screening(trial, "150103", "99.9");
    Board empty = {0};
    assert_false(board_apply(&empty, change));
    Error silent = {.code = ERROR_NOT_FOUND, .message = "nothing reported"};
    board_put(&trial->board, board_pack_new(trial->version, NULL, &silent));
    assert_int_equal(trial->board.count, 1);
    assert_null(shown(trial)->layout);
    assert_int_equal(shown(trial)->problem.code, ERROR_NOT_FOUND);
    assert_int_equal(board_find_region(shown(trial), "150103"), -1);
    assert_false(board_apply(&trial->board, change));
    board_change_free(change);
}

static void packs_stand_in_order_of_their_ids(void **state) {
    Trial *trial = *state;
    PinnedPack *schools = stored_version(trial->workspace, "schools", as_it_is);
    Board board = {0};
    board_put(&board, board_pack_new(schools, NULL, &no_problem));
    board_put(&board, board_pack_new(trial->version, trial->live, &no_problem));
    board_put(&board, board_pack_new(schools, NULL, &no_problem));
    assert_int_equal(board.count, 2);
    assert_int_equal(board.revision, 3);
    assert_string_equal(board.packs[0]->description->id, "district");
    assert_string_equal(board.packs[1]->description->id, "schools");
    assert_null(board_find(&board, "extended"));
    int nation = board_find_region(board.packs[0], "000000"); // is only compared with
    assert_true(nation >= 0);
    assert_null(board_record(board.packs[0], (uint32_t)nation));
    assert_int_equal(board_find_region(board.packs[0], "999999"), -1);
    board_free(&board);
    pinned_pack_release(schools);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        BOARD_TEST(a_change_is_in_results_and_standings_at_once),
        BOARD_TEST(a_change_of_an_older_run_is_not_taken),
        BOARD_TEST(samples_that_are_there_already_are_not_counted_again),
        BOARD_TEST(a_change_of_another_version_is_not_taken),
        BOARD_TEST(a_change_for_what_is_not_up_is_not_taken),
        BOARD_TEST(packs_stand_in_order_of_their_ids),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
