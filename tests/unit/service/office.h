// The desk with a real store and real workers, and what it tells noted on a board. Included by
// tests only.
#pragma once

#include <signal.h>

#include "core/service/desk.h"
#include "tests/unit/service/board_room.h"

enum { MOST_ENTRIES = 4 };

typedef struct Office Office;
struct Office {
    Workspace *workspace;
    uv_loop_t home;
    WorkQueue *queue;
    Desk *desk;
    bool desk_is_gone;
    char worker_program[256];
    Board board;
    size_t packs_shown, changes_shown, changes_ignored, places_shown, warning_steps;
    // A job for the desk, and what came of it.
    void (*work)(Office *office);
    bool over, good, changed;
    ProblemList problems;
    LivePut put;
    DeskOutcome outcome;
    LoadedPack pack;
    FollowerList followers;
    bool keep_children;
    const char *id;
    FamilyRollBack rolled_back;
    size_t impacts; // told of the rollback
};

// ---- what the desk tells -----------------------------------------------------------------------

static inline void show_pack(BoardPack *pack, void *context) {
    Office *office = context;
    board_put(&office->board, pack);
    office->packs_shown++;
    assert_of_one_piece(office->workspace->store, pack);
}

static inline void show_change(BoardChange *change, void *context) {
    Office *office = context;
    office->changes_shown++;
    if (!board_apply(&office->board, change)) office->changes_ignored++;
    assert_results_have_the_hash(board_find(&office->board, change->pack));
    board_change_free(change);
}

static inline void show_places(BoardPlaces *places, void *context) {
    Office *office = context;
    board_put_places(&office->board, places);
    office->places_shown++;
}

static inline void show_warnings(DeskWarnings *warnings, void *context) {
    Office *office = context;
    office->warning_steps += warnings->count;
    desk_warnings_free(warnings);
}

// ---- jobs --------------------------------------------------------------------------------------

static inline void run_work(WorkQueue *queue, uv_loop_t *loop, void *context) {
    Office *office = context;
    (void)queue;
    if (office->work)
        office->work(office);
    else
        office->good = desk_begin(office->desk, loop, &office->problems);
}

static inline void end_work(void *context) {
    ((Office *)context)->over = true;
}

static inline void do_work(Office *office, void (*work)(Office *office)) {
    problems_free(&office->problems);
    office->problems = (ProblemList){0};
    office->work = work;
    office->over = false;
    assert_true(work_queue_post(office->queue, run_work, end_work, office));
    while (!office->over)
        uv_run(&office->home, UV_RUN_ONCE);
}

static inline void assert_went_well(const Office *office) {
    assert_no_problems(office->good && office->problems.count == 0, &office->problems);
}

static inline void begin(Office *office) {
    do_work(office, NULL);
}

static inline void work_look(Office *office) {
    office->good = desk_look(office->desk, &office->changed, &office->problems);
}

static inline bool look(Office *office) {
    do_work(office, work_look);
    assert_went_well(office);
    return office->changed;
}

static inline void work_put(Office *office) {
    office->good = desk_put(office->desk, &office->put, &office->outcome, &office->problems);
}

static inline void try_put(Office *office, Entry *entries, size_t count) {
    StoreObservation rows[MOST_ENTRIES];
    for (size_t i = 0; i < count; i++)
        rows[i] = *entry_row(&entries[i]);
    office->put = (LivePut){.observations = rows, .count = count, .who = "test", .what = "test"};
    do_work(office, work_put);
}

static inline void put(Office *office, Entry *entries, size_t count) {
    try_put(office, entries, count);
    assert_went_well(office);
}

static inline void put_one(Office *office, const char *region, const char *indicator, int year,
                           const char *text) {
    Entry entry = entry_of(region, indicator, STORE_NO_BREAKDOWN, year, text);
    put(office, &entry, 1);
}

static inline void work_activate(Office *office) {
    Buffer impact = {0};
    office->good = desk_activate(office->desk, &office->pack,
                                 office->keep_children ? NULL : &office->followers, "test",
                                 &office->changed, &impact, &office->problems);
    assert_true(!office->good || impact.data[0] == '[');
    buffer_free(&impact);
}

// Loads the pack with its followers and has it activated; what is left of it stays in the office.
static inline void try_activate(Office *office, const char *name, PackChange change) {
    loaded_pack_free(&office->pack);
    follower_list_free(&office->followers);
    office->pack = load_pack(office->workspace, name, change);
    ASSERT_GOOD(family_follow(&office->workspace->host, office->workspace->store, &office->pack,
                              &office->followers, &unexpected));
    do_work(office, work_activate);
}

static inline void activate_pack(Office *office, const char *name, PackChange change) {
    try_activate(office, name, change);
    assert_went_well(office);
}

static inline void work_roll_back(Office *office) {
    Buffer impact = {0};
    office->good = desk_roll_back(office->desk, office->id, "test", &office->rolled_back, &impact,
                                  &office->problems);
    json_t *told = office->good ? json_loadb(impact.data, impact.length, 0, NULL) : NULL;
    assert_true(!office->good || json_is_array(told));
    office->impacts = json_array_size(told);
    json_decref(told);
    buffer_free(&impact);
}

static inline void roll_back(Office *office, const char *id) {
    office->id = id;
    do_work(office, work_roll_back);
    assert_went_well(office);
    family_roll_back_free(&office->rolled_back);
}

static inline void work_end(Office *office) {
    desk_end(office->desk);
    office->desk_is_gone = true;
}

// ---- set-up ------------------------------------------------------------------------------------

static inline int open_office_that_retries(void **state, int64_t retry_ms) {
    Office *office = memory_new(1, sizeof *office);
    void *workspace;
    if (workspace_set_up(&workspace) != 0 || uv_loop_init(&office->home) != 0) return -1;
    office->workspace = workspace;
    put_regions(office->workspace->store, regions, REGIONS);
    snprintf(office->worker_program, sizeof office->worker_program, "%s", WORKER_PROGRAM);
    if (!work_queue_start(&office->home, 1, 10, &office->queue, NULL)) return -1;
    const DeskOptions options = {.queue = office->queue,
                                 .store = office->workspace->store,
                                 .worker_program = office->worker_program,
                                 .workers = 2,
                                 .retry_ms = retry_ms,
                                 .listener = {.pack = show_pack,
                                              .change = show_change,
                                              .places = show_places,
                                              .warnings = show_warnings,
                                              .context = office}};
    office->desk = desk_new(&options);
    *state = office;
    return 0;
}

static inline int open_office(void **state) {
    return open_office_that_retries(state, 0);
}

static inline int open_hasty_office(void **state) {
    return open_office_that_retries(state, 1);
}

static inline int close_office(void **state) {
    Office *office = *state;
    void *workspace = office->workspace;
    if (!office->desk_is_gone) do_work(office, work_end);
    work_queue_stop(office->queue, NULL, NULL);
    uv_run(&office->home, UV_RUN_DEFAULT);
    int busy = uv_loop_close(&office->home);
    board_free(&office->board);
    problems_free(&office->problems);
    loaded_pack_free(&office->pack);
    follower_list_free(&office->followers);
    free(office);
    return workspace_tear_down(&workspace) || busy;
}

#define DESK_TEST(function) cmocka_unit_test_setup_teardown(function, open_office, close_office)
// What failed is tried again at once.
#define HASTY_DESK_TEST(function)                                                                  \
    cmocka_unit_test_setup_teardown(function, open_hasty_office, close_office)

// A desk with two packs that share series and regions, all evaluated.
static inline void open_two(Office *office) {
    fill(office->workspace, "15");
    activate_elsewhere(office->workspace, "district", as_it_is);
    activate_elsewhere(office->workspace, "schools", as_it_is);
    begin(office);
    assert_went_well(office);
    assert_int_equal(office->board.count, 2);
}

static inline const BoardPack *shown(const Office *office, const char *id) {
    const BoardPack *pack = board_find(&office->board, id);
    assert_non_null(pack);
    return pack;
}

static inline const char *shown_hash(const Office *office, const char *id) {
    return pinned_pack(shown(office, id)->version)->bundle.hash;
}
