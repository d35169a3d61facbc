// The desk with a real store and real workers: what it keeps, takes and tells.
#include <signal.h>

#include "core/service/desk.h"
#include "tests/unit/service/board_room.h"

enum { CHANGES = 1000 / SLOWER, LOOKED_AT = CHANGES / (SLOWER > 1 ? 2 : 5), MOST_ENTRIES = 4 };

static const PackChange mild_warning = {"value > 13", "value > 8"};

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

static void show_pack(BoardPack *pack, void *context) {
    Office *office = context;
    board_put(&office->board, pack);
    office->packs_shown++;
    assert_of_one_piece(office->workspace->store, pack);
}

static void show_change(BoardChange *change, void *context) {
    Office *office = context;
    office->changes_shown++;
    if (!board_apply(&office->board, change)) office->changes_ignored++;
    assert_results_have_the_hash(board_find(&office->board, change->pack));
    board_change_free(change);
}

static void show_places(BoardPlaces *places, void *context) {
    Office *office = context;
    board_put_places(&office->board, places);
    office->places_shown++;
}

static void show_warnings(DeskWarnings *warnings, void *context) {
    Office *office = context;
    office->warning_steps += warnings->count;
    desk_warnings_free(warnings);
}

// ---- jobs --------------------------------------------------------------------------------------

static void run_work(WorkQueue *queue, uv_loop_t *loop, void *context) {
    Office *office = context;
    (void)queue;
    if (office->work)
        office->work(office);
    else
        office->good = desk_begin(office->desk, loop, &office->problems);
}

static void end_work(void *context) {
    ((Office *)context)->over = true;
}

static void do_work(Office *office, void (*work)(Office *office)) {
    problems_free(&office->problems);
    office->problems = (ProblemList){0};
    office->work = work;
    office->over = false;
    assert_true(work_queue_post(office->queue, run_work, end_work, office));
    while (!office->over)
        uv_run(&office->home, UV_RUN_ONCE);
}

static void assert_went_well(const Office *office) {
    assert_no_problems(office->good && office->problems.count == 0, &office->problems);
}

static void begin(Office *office) {
    do_work(office, NULL);
}

static void work_look(Office *office) {
    office->good = desk_look(office->desk, &office->changed, &office->problems);
}

static bool look(Office *office) {
    do_work(office, work_look);
    assert_went_well(office);
    return office->changed;
}

static void work_put(Office *office) {
    office->good = desk_put(office->desk, &office->put, &office->outcome, &office->problems);
}

static void try_put(Office *office, Entry *entries, size_t count) {
    StoreObservation rows[MOST_ENTRIES];
    for (size_t i = 0; i < count; i++)
        rows[i] = *entry_row(&entries[i]);
    office->put = (LivePut){.observations = rows, .count = count, .who = "test", .what = "test"};
    do_work(office, work_put);
}

static void put(Office *office, Entry *entries, size_t count) {
    try_put(office, entries, count);
    assert_went_well(office);
}

static void put_one(Office *office, const char *region, const char *indicator, int year,
                    const char *text) {
    Entry entry = entry_of(region, indicator, STORE_NO_BREAKDOWN, year, text);
    put(office, &entry, 1);
}

static void work_activate(Office *office) {
    Buffer impact = {0};
    office->good = desk_activate(office->desk, &office->pack,
                                 office->keep_children ? NULL : &office->followers, "test",
                                 &office->changed, &impact, &office->problems);
    assert_true(!office->good || impact.data[0] == '[');
    buffer_free(&impact);
}

// Loads the pack with its followers and has it activated; what is left of it stays in the office.
static void try_activate(Office *office, const char *name, PackChange change) {
    loaded_pack_free(&office->pack);
    follower_list_free(&office->followers);
    office->pack = load_pack(office->workspace, name, change);
    ASSERT_GOOD(family_follow(&office->workspace->host, office->workspace->store, &office->pack,
                              &office->followers, &unexpected));
    do_work(office, work_activate);
}

static void activate_pack(Office *office, const char *name, PackChange change) {
    try_activate(office, name, change);
    assert_went_well(office);
}

static void work_roll_back(Office *office) {
    Buffer impact = {0};
    office->good = desk_roll_back(office->desk, office->id, "test", &office->rolled_back, &impact,
                                  &office->problems);
    json_t *told = office->good ? json_loadb(impact.data, impact.length, 0, NULL) : NULL;
    assert_true(!office->good || json_is_array(told));
    office->impacts = json_array_size(told);
    json_decref(told);
    buffer_free(&impact);
}

static void roll_back(Office *office, const char *id) {
    office->id = id;
    do_work(office, work_roll_back);
    assert_went_well(office);
    family_roll_back_free(&office->rolled_back);
}

static void work_end(Office *office) {
    desk_end(office->desk);
    office->desk_is_gone = true;
}

// ---- set-up ------------------------------------------------------------------------------------

static int open_office(void **state) {
    Office *office = memory_new(1, sizeof *office);
    void *workspace;
    if (workspace_set_up(&workspace) != 0 || uv_loop_init(&office->home) != 0) return -1;
    office->workspace = workspace;
    put_regions(office->workspace->store, regions, REGIONS);
    snprintf(office->worker_program, sizeof office->worker_program, "%s", WORKER_PROGRAM);
    if (!work_queue_start(&office->home, 1, 10, &office->queue, NULL)) return -1;
    const DeskOptions options = {
        .queue = office->queue,
        .store = office->workspace->store,
        .worker_program = office->worker_program,
        .workers = 2,
        .listener = {show_pack, show_change, show_places, show_warnings, NULL, office}};
    office->desk = desk_new(&options);
    *state = office;
    return 0;
}

static int close_office(void **state) {
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

// A desk with two packs that share series and regions, all evaluated.
static void open_two(Office *office) {
    fill(office->workspace, "15");
    activate_elsewhere(office->workspace, "district", as_it_is);
    activate_elsewhere(office->workspace, "schools", as_it_is);
    begin(office);
    assert_went_well(office);
    assert_int_equal(office->board.count, 2);
}

static const BoardPack *shown(const Office *office, const char *id) {
    const BoardPack *pack = board_find(&office->board, id);
    assert_non_null(pack);
    return pack;
}

static const char *shown_hash(const Office *office, const char *id) {
    return pinned_pack(shown(office, id)->version)->bundle.hash;
}

// ---- beginning ---------------------------------------------------------------------------------

static void a_workspace_without_packs_begins(void **state) {
    Office *office = *state;
    begin(office);
    assert_went_well(office);
    assert_int_equal(office->board.count, 0);
    assert_int_equal(office->board.places->count, REGIONS);
    assert_string_equal(board_place(&office->board, "150102")->name, "150102");
    assert_null(board_place(&office->board, "999999"));
    assert_false(look(office));
}

static void a_pack_without_figures_waits_for_them(void **state) {
    Office *office = *state;
    fill(office->workspace, "1502");
    activate_elsewhere(office->workspace, "district", as_it_is);
    activate_elsewhere(office->workspace, "schools", as_it_is);
    begin(office);
    assert_went_well(office);
    assert_non_null(shown(office, "district")->layout);
    assert_null(shown(office, "schools")->layout);
    assert_int_equal(shown(office, "schools")->problem.code, ERROR_NOT_FOUND);
    put_one(office, "150102", "enrolment", YEAR, "91");
    assert_up_to_date(office->workspace, &office->board);
}

static void tamper(Office *office, const char *hash) {
    char statement[200];
    snprintf(statement, sizeof statement,
             "UPDATE blob SET bytes = CAST('tampered' AS BLOB) WHERE hash = '%s'", hash);
    raw_change(office->workspace->files->path, statement);
}

static void a_version_that_cannot_be_read_is_in_nobodys_way(void **state) {
    Office *office = *state;
    Workspace *workspace = office->workspace;
    fill(workspace, "15");
    LoadedPack pack = load_pack(workspace, "schools", as_it_is);
    activate_elsewhere(workspace, "schools", as_it_is);
    activate_elsewhere(workspace, "district", as_it_is);
    tamper(office, pack.bundle.hash);
    loaded_pack_free(&pack);
    begin(office);
    assert_true(office->good);
    assert_int_equal(office->problems.count, 1);
    assert_int_equal(office->problems.items[0].code, ERROR_STORE);
    assert_int_equal(office->board.count, 1);
    put_one(office, "150102", "screening", YEAR, "71");
    assert_of_one_piece(workspace->store, shown(office, "district"));
    assert_false(look(office));
}

// ---- figures -----------------------------------------------------------------------------------

typedef struct RunCount {
    size_t count;
    int64_t newest;
} RunCount;

static bool count_run(const StoreRun *run, void *context, Error *error) {
    RunCount *runs = context;
    (void)error;
    if (runs->count++ == 0) runs->newest = run->id;
    return true;
}

static RunCount runs_of(const Office *office, const char *pack) {
    RunCount runs = {0};
    const StoreRunQuery query = {.pack = pack};
    ASSERT_GOOD(store_read_runs(office->workspace->store, &query, count_run, &runs, &unexpected));
    return runs;
}

static void a_pack_that_is_not_concerned_gets_no_run(void **state) {
    Office *office = *state;
    open_two(office);
    put_one(office, "150102", "enrolment", YEAR, "12.3");
    assert_int_equal(runs_of(office, "district").count, 1);
    assert_int_equal(runs_of(office, "schools").count, 2);
    assert_int_equal(office->outcome.packs, 1);
    put_one(office, "150102", "screening", YEAR, "12.3");
    assert_int_equal(runs_of(office, "district").count, 2);
    assert_int_equal(runs_of(office, "schools").count, 3);
    assert_int_equal(office->outcome.packs, 2);
    assert_int_equal(shown(office, "schools")->run, runs_of(office, "schools").newest);
    assert_int_equal(shown(office, "district")->run, runs_of(office, "district").newest);
    assert_false(office->outcome.whole);
    assert_int_equal(office->changes_shown, 3);
    assert_false(look(office));
    assert_up_to_date(office->workspace, &office->board);
}

static void what_the_store_refuses_leaves_all_packs_as_they_were(void **state) {
    Office *office = *state;
    open_two(office);
    char district[HASH_TEXT_SIZE], schools[HASH_TEXT_SIZE];
    memcpy(district, shown(office, "district")->result_hash, sizeof district);
    memcpy(schools, shown(office, "schools")->result_hash, sizeof schools);
    size_t observations = count_observations(office->workspace->store);
    Entry entries[] = {entry_of("150102", "screening", "total", YEAR, "1"),
                       entry_of("999999", "screening", "total", YEAR, "1")};
    try_put(office, entries, 2);
    assert_false(office->good);
    assert_int_equal(office->problems.count, 1);
    assert_int_equal(office->outcome.changed, 0);
    assert_false(office->outcome.whole);
    assert_int_equal(count_observations(office->workspace->store), observations);
    assert_int_equal(runs_of(office, "district").count, 1);
    assert_int_equal(runs_of(office, "schools").count, 1);
    assert_string_equal(shown(office, "district")->result_hash, district);
    assert_string_equal(shown(office, "schools")->result_hash, schools);
    put_one(office, "150103", "screening", YEAR, "2");
    assert_false(office->outcome.whole);
    assert_up_to_date(office->workspace, &office->board);
}

static void figures_count_although_no_pack_has_results(void **state) {
    Office *office = *state;
    activate_elsewhere(office->workspace, "schools", as_it_is);
    begin(office);
    Entry entries[] = {entry_of("150202", "screening", "total", YEAR, "1"),
                       entry_of("150203", "another", "total", YEAR, "1")};
    put(office, entries, 2);
    assert_int_equal(office->outcome.changed, 2);
    put(office, entries, 2);
    assert_int_equal(office->outcome.changed, 0);
}

static void figures_are_stored_although_nobody_reports_any_more(void **state) {
    Office *office = *state;
    activate_elsewhere(office->workspace, "schools", as_it_is);
    begin(office);
    put_one(office, "150102", "screening", YEAR, "70");
    put_one(office, "150103", "enrolment", YEAR - 1, "80");
    assert_int_equal(shown(office, "schools")->year, YEAR);
    put_one(office, "150102", "screening", YEAR, "");
    assert_int_equal(shown(office, "schools")->year, YEAR - 1);
    put_one(office, "150103", "enrolment", YEAR - 1, "");
    assert_int_equal(office->outcome.changed, 1);
    assert_null(shown(office, "schools")->layout);
    put_one(office, "150103", "enrolment", YEAR + 1, "80");
    assert_int_equal(shown(office, "schools")->year, YEAR + 1);
    assert_up_to_date(office->workspace, &office->board);
}

static void choose_entry(Workspace *workspace, Entry *entry) {
    static const char *const indicators[] = {"mortality", "screening", "enrolment",
                                             "late",      "another",   "screening"};
    const char *indicator = indicators[draw(workspace, COUNT_OF(indicators))];
    int year = draw(workspace, 3) ? YEAR : YEAR - 3 + (int)draw(workspace, 3);
    *entry =
        entry_of(regions[draw(workspace, REGIONS)].code, indicator, STORE_NO_BREAKDOWN, year, "");
    if (strcmp(indicator, "late") == 0)
        snprintf(entry->text, sizeof entry->text, "%u", draw(workspace, 9));
    else if (draw(workspace, 6) > 0)
        snprintf(entry->text, sizeof entry->text, "%u.%u", 8 + draw(workspace, 80),
                 draw(workspace, 10));
}

static void changes_at_random_come_out_as_whole_evaluations_do(void **state) {
    Office *office = *state;
    Workspace *workspace = office->workspace;
    Entry entries[MOST_ENTRIES];
    size_t changed = 0;
    open_two(office);
    activate_elsewhere(workspace, "extended", as_it_is);
    assert_true(look(office));
    for (int change = 0; change < CHANGES; change++) {
        size_t count = 1 + draw(workspace, MOST_ENTRIES);
        for (size_t i = 0; i < count; i++)
            choose_entry(workspace, &entries[i]);
        bool refused = draw(workspace, 20) == 0;
        if (refused) snprintf(entries[count - 1].region, sizeof entries[0].region, "%s", "999999");
        try_put(office, entries, count);
        assert_int_equal(office->good, !refused);
        changed += office->outcome.changed;
        if (change % LOOKED_AT == LOOKED_AT - 1) assert_up_to_date(workspace, &office->board);
    }
    assert_true(changed > CHANGES);
    assert_true(office->changes_shown > CHANGES);
    assert_int_equal(office->changes_ignored, 0);
    assert_true(office->warning_steps > 0);
}

// ---- what other processes do -------------------------------------------------------------------

static void put_elsewhere(Office *office, const char *region, const char *indicator,
                          const char *text) {
    Store *other;
    ASSERT_GOOD(store_open(office->workspace->files->path, STORE_OPEN, &other, &unexpected));
    put_entry(other, region, indicator, YEAR, text);
    store_close(other);
}

static void what_others_store_is_seen_by_the_next_look(void **state) {
    Office *office = *state;
    Workspace *workspace = office->workspace;
    open_two(office);
    put_elsewhere(office, "150102", "screening", "1.5");
    assert_true(look(office));
    assert_up_to_date(workspace, &office->board);
    activate_elsewhere(workspace, "district", milder);
    assert_true(look(office));
    assert_up_to_date(workspace, &office->board);
    FamilyRollBack done;
    ASSERT_GOOD(family_plan_roll_back(workspace->store, "district", &done, &unexpected));
    ASSERT_GOOD(family_roll_back(workspace->store, &done, "other", &unexpected));
    family_roll_back_free(&done);
    assert_true(look(office));
    assert_up_to_date(workspace, &office->board);
    assert_false(look(office));
}

// Only an activation had regions read again.
static void regions_that_others_put_in_are_seen(void **state) {
    Office *office = *state;
    Workspace *workspace = office->workspace;
    static const RegionRow moved[] = {{"150204", "150200"}, {"150104", "150200"}};
    open_two(office);
    size_t places = office->places_shown;
    put_regions(workspace->store, moved, COUNT_OF(moved));
    assert_true(look(office));
    assert_int_equal(office->places_shown, places + 1);
    const BoardPlace *place = board_place(&office->board, "150104");
    assert_string_equal(office->board.places->items[place->parent].code, "150200");
    assert_non_null(board_place(&office->board, "150204"));
    assert_up_to_date(workspace, &office->board);
    put_one(office, "150204", "screening", YEAR, "88");
    put_one(office, "150104", "screening", YEAR, "3");
    assert_up_to_date(workspace, &office->board);
    assert_false(look(office));
    assert_int_equal(office->places_shown, places + 1);
}

// The activation took the newest data version for one at which the silent pack had been tried.
static void figures_that_come_with_an_activation_wake_a_silent_pack(void **state) {
    Office *office = *state;
    activate_elsewhere(office->workspace, "schools", as_it_is);
    begin(office);
    assert_null(shown(office, "schools")->layout);
    put_elsewhere(office, "150102", "screening", "71");
    activate_elsewhere(office->workspace, "district", as_it_is);
    assert_true(look(office));
    assert_up_to_date(office->workspace, &office->board);
}

// ---- versions ----------------------------------------------------------------------------------

static void a_version_and_what_follows_it_answer_at_once(void **state) {
    Office *office = *state;
    open_two(office);
    activate_pack(office, "extended", as_it_is);
    assert_true(office->changed);
    char parent[HASH_TEXT_SIZE], child[HASH_TEXT_SIZE];
    memcpy(parent, shown_hash(office, "district"), sizeof parent);
    memcpy(child, shown_hash(office, "extended"), sizeof child);
    activate_pack(office, "district", milder);
    assert_int_equal(office->followers.count, 1);
    assert_string_not_equal(shown_hash(office, "district"), parent);
    assert_string_not_equal(shown_hash(office, "extended"), child);
    assert_up_to_date(office->workspace, &office->board);
    put_one(office, "150102", "mortality", YEAR, "12.2");
    assert_up_to_date(office->workspace, &office->board);
    roll_back(office, "district");
    assert_int_equal(office->impacts, 2);
    assert_string_equal(shown_hash(office, "district"), parent);
    assert_string_equal(shown_hash(office, "extended"), child);
    assert_up_to_date(office->workspace, &office->board);
}

static void children_may_keep_what_they_carry(void **state) {
    Office *office = *state;
    open_two(office);
    activate_pack(office, "extended", as_it_is);
    char child[HASH_TEXT_SIZE];
    memcpy(child, shown_hash(office, "extended"), sizeof child);
    office->keep_children = true;
    activate_pack(office, "district", stricter);
    assert_string_equal(shown_hash(office, "extended"), child);
    assert_up_to_date(office->workspace, &office->board);
}

// How far it came was lost with the pack that was taken over.
static void how_far_a_pack_came_is_left(void **state) {
    Office *office = *state;
    open_two(office);
    activate_pack(office, "district", milder);
    assert_int_equal(office->pack.state, PACK_ACTIVE);
    for (int s = PACK_SEEN; s <= PACK_ACTIVE; s++)
        assert_true(office->pack.reached_us[s] > 0);
    assert_null(office->pack.description);
}

typedef struct StateSearch {
    const char *hash;
    Map activated;
    PackState state;
} StateSearch;

static bool find_state(const StorePackVersion *version, void *context, Error *error) {
    StateSearch *search = context;
    (void)error;
    if (strcmp(version->hash, search->hash) == 0)
        search->state = registry_version_state(version, &search->activated);
    return true;
}

static PackState state_of(const Office *office, const char *hash) {
    StateSearch search = {.hash = hash};
    Store *store = office->workspace->store;
    ASSERT_GOOD(registry_read_activated(store, &search.activated, &unexpected));
    ASSERT_GOOD(store_read_pack_versions(store, false, find_state, &search, &unexpected));
    map_free(&search.activated);
    return search.state;
}

static void versions_are_stored_then_active_then_retired(void **state) {
    Office *office = *state;
    open_two(office);
    char first[HASH_TEXT_SIZE], second[HASH_TEXT_SIZE], third[HASH_TEXT_SIZE];
    memcpy(first, shown_hash(office, "district"), sizeof first);
    activate_pack(office, "district", milder);
    memcpy(second, shown_hash(office, "district"), sizeof second);
    LoadedPack pack = load_pack(office->workspace, "district", stricter);
    memcpy(third, pack.bundle.hash, sizeof third);
    ASSERT_GOOD(registry_store(office->workspace->store, &pack, &unexpected));
    loaded_pack_free(&pack);
    assert_int_equal(state_of(office, first), PACK_RETIRED);
    assert_int_equal(state_of(office, second), PACK_ACTIVE);
    assert_int_equal(state_of(office, third), PACK_STORED);
    roll_back(office, "district");
    assert_int_equal(state_of(office, first), PACK_ACTIVE);
    assert_int_equal(state_of(office, second), PACK_RETIRED);
}

static void a_version_that_cannot_be_evaluated_changes_nothing(void **state) {
    Office *office = *state;
    open_two(office);
    activate_pack(office, "extended", as_it_is);
    size_t packs_shown = office->packs_shown;
    char before[HASH_TEXT_SIZE];
    memcpy(before, shown_hash(office, "district"), sizeof before);
    snprintf(office->worker_program, sizeof office->worker_program, "/nonexistent");
    try_activate(office, "district", milder);
    assert_false(office->good);
    assert_true(office->problems.count > 0);
    assert_int_equal(office->pack.state, PACK_STORED);
    snprintf(office->worker_program, sizeof office->worker_program, "%s", WORKER_PROGRAM);
    assert_int_equal(office->packs_shown, packs_shown);
    assert_string_equal(shown_hash(office, "district"), before);
    assert_false(look(office));
    put_one(office, "150102", "mortality", YEAR, "12.2");
    assert_up_to_date(office->workspace, &office->board);
}

// It became active, and nobody could load it.
static void what_cannot_be_read_is_not_gone_back_to(void **state) {
    Office *office = *state;
    open_two(office);
    char first[HASH_TEXT_SIZE], second[HASH_TEXT_SIZE];
    memcpy(first, shown_hash(office, "district"), sizeof first);
    activate_pack(office, "district", milder);
    memcpy(second, shown_hash(office, "district"), sizeof second);
    tamper(office, first);
    office->id = "district";
    do_work(office, work_roll_back);
    assert_false(office->good);
    assert_int_equal(office->problems.items[0].code, ERROR_STORE);
    assert_int_equal(state_of(office, second), PACK_ACTIVE);
    assert_false(look(office));
    assert_string_equal(shown_hash(office, "district"), second);
}

// It was committed before it was evaluated, and then told to have failed.
static void what_cannot_be_evaluated_is_not_gone_back_to(void **state) {
    Office *office = *state;
    open_two(office);
    activate_pack(office, "district", milder);
    size_t packs_shown = office->packs_shown;
    char second[HASH_TEXT_SIZE];
    memcpy(second, shown_hash(office, "district"), sizeof second);
    snprintf(office->worker_program, sizeof office->worker_program, "/nonexistent");
    office->id = "district";
    do_work(office, work_roll_back);
    snprintf(office->worker_program, sizeof office->worker_program, "%s", WORKER_PROGRAM);
    assert_false(office->good);
    assert_true(office->problems.count > 0);
    assert_int_equal(office->packs_shown, packs_shown);
    assert_int_equal(state_of(office, second), PACK_ACTIVE);
    assert_string_equal(shown_hash(office, "district"), second);
    assert_false(look(office));
    roll_back(office, "district");
    assert_up_to_date(office->workspace, &office->board);
}

// The look after it met what had nothing to do with it, and the rollback was told to have failed.
static void other_troubles_are_none_of_a_rollbacks(void **state) {
    Office *office = *state;
    open_two(office);
    activate_pack(office, "district", milder);
    LoadedPack other = load_pack(office->workspace, "schools", (PackChange){"75", "74"});
    activate_elsewhere(office->workspace, "schools", (PackChange){"75", "74"});
    tamper(office, other.bundle.hash);
    loaded_pack_free(&other);
    roll_back(office, "district");
    assert_of_one_piece(office->workspace->store, shown(office, "district"));
}

// They were forgotten until the figures of their region changed.
static void warnings_that_could_not_be_stored_are_with_the_next_look(void **state) {
    Office *office = *state;
    const char *path = office->workspace->files->path;
    open_two(office);
    raw_change(path, "CREATE TRIGGER refused BEFORE INSERT ON warning_event "
                     "BEGIN SELECT RAISE(ABORT, 'refused'); END");
    activate_elsewhere(office->workspace, "district", mild_warning);
    do_work(office, work_look);
    assert_false(office->good);
    assert_string_not_equal(shown(office, "district")->result_hash, "");
    size_t steps = office->warning_steps;
    raw_change(path, "DROP TRIGGER refused");
    look(office);
    assert_true(office->warning_steps > steps);
    assert_up_to_date(office->workspace, &office->board);
}

static void what_was_tested_on_other_versions_is_not_activated(void **state) {
    Office *office = *state;
    open_two(office);
    office->pack = load_pack(office->workspace, "district", milder);
    ASSERT_GOOD(family_follow(&office->workspace->host, office->workspace->store, &office->pack,
                              &office->followers, &unexpected));
    activate_elsewhere(office->workspace, "district", stricter);
    do_work(office, work_activate);
    assert_false(office->good);
    assert_int_equal(office->problems.items[0].code, ERROR_CONFLICT);
    assert_true(look(office));
    assert_up_to_date(office->workspace, &office->board);
}

// ---- warnings of regions without results --------------------------------------------------------

static bool count_open(const StoreWarning *warning, void *context, Error *error) {
    (void)warning, (void)error;
    ++*(size_t *)context;
    return true;
}

static size_t open_warnings(const Office *office, const char *region) {
    size_t count = 0;
    const StoreWarningQuery query = {.pack = "district", .region = region, .open_only = true};
    ASSERT_GOOD(
        store_read_warnings(office->workspace->store, &query, count_open, &count, &unexpected));
    return count;
}

// "district" alone, with a warning in two regions.
static void open_warned(Office *office) {
    fill(office->workspace, "15");
    put_entry(office->workspace->store, "150102", "mortality", YEAR, "14");
    put_entry(office->workspace->store, "150103", "mortality", YEAR, "14");
    activate_elsewhere(office->workspace, "district", as_it_is);
    begin(office);
    assert_went_well(office);
    assert_int_equal(open_warnings(office, "150102"), 1);
    assert_int_equal(open_warnings(office, "150103"), 1);
}

static void withdraw(Office *office, const char *region) {
    Entry entries[] = {entry_of(region, "mortality", STORE_NO_BREAKDOWN, YEAR, ""),
                       entry_of(region, "screening", STORE_NO_BREAKDOWN, YEAR, "")};
    put(office, entries, COUNT_OF(entries));
}

// They stayed open for ever.
static void figures_that_are_withdrawn_take_their_warnings_along(void **state) {
    Office *office = *state;
    open_warned(office);
    withdraw(office, "150102");
    assert_int_equal(open_warnings(office, "150102"), 0);
    assert_int_equal(open_warnings(office, "150103"), 1);
    put_one(office, "150102", "mortality", YEAR, "15");
    assert_int_equal(open_warnings(office, "150102"), 1);
    assert_up_to_date(office->workspace, &office->board);
}

static void a_region_that_left_takes_its_warnings_along(void **state) {
    Office *office = *state;
    static const RegionRow moved[] = {{"150102", "000000"}}; // beside the pack's own region
    open_warned(office);
    put_regions(office->workspace->store, moved, COUNT_OF(moved));
    assert_true(look(office));
    assert_int_equal(open_warnings(office, "150102"), 0);
    assert_int_equal(open_warnings(office, "150103"), 1);
    assert_up_to_date(office->workspace, &office->board);
}

static void who_begins_a_year_clears_no_warnings_of_others(void **state) {
    Office *office = *state;
    open_warned(office);
    put_one(office, "150103", "mortality", YEAR + 1, "9");
    assert_int_equal(shown(office, "district")->year, YEAR + 1);
    assert_int_equal(open_warnings(office, "150103"), 0);
    assert_int_equal(open_warnings(office, "150102"), 1);
    put_one(office, "150102", "mortality", YEAR + 1, "9");
    assert_int_equal(open_warnings(office, "150102"), 0);
    assert_up_to_date(office->workspace, &office->board);
}

static void a_pack_that_cannot_be_evaluated_keeps_its_warnings(void **state) {
    Office *office = *state;
    static const RegionRow more[] = {{"150204", "150200"}};
    open_warned(office);
    size_t open = open_warnings(office, NULL);
    snprintf(office->worker_program, sizeof office->worker_program, "/nonexistent");
    put_regions(office->workspace->store, more, COUNT_OF(more));
    do_work(office, work_look);
    assert_null(shown(office, "district")->layout);
    assert_int_equal(open_warnings(office, NULL), open);
    snprintf(office->worker_program, sizeof office->worker_program, "%s", WORKER_PROGRAM);
    put_one(office, "150102", "mortality", YEAR, "14.5");
    assert_up_to_date(office->workspace, &office->board);
    assert_int_equal(open_warnings(office, NULL), open);
}

// ---- the end -----------------------------------------------------------------------------------

static void work_look_and_end(Office *office) {
    work_look(office);
    work_end(office);
}

// The listener was the desk's, which was gone when the notice was read.
static void what_the_desk_said_last_is_heard_when_it_is_gone(void **state) {
    Office *office = *state;
    open_two(office);
    size_t packs_shown = office->packs_shown;
    activate_elsewhere(office->workspace, "district", milder);
    do_work(office, work_look_and_end);
    assert_int_equal(office->packs_shown, packs_shown + 1);
    assert_of_one_piece(office->workspace->store, shown(office, "district"));
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_workspace_without_packs_begins),
        DESK_TEST(a_pack_without_figures_waits_for_them),
        DESK_TEST(a_version_that_cannot_be_read_is_in_nobodys_way),
        DESK_TEST(a_pack_that_is_not_concerned_gets_no_run),
        DESK_TEST(what_the_store_refuses_leaves_all_packs_as_they_were),
        DESK_TEST(figures_count_although_no_pack_has_results),
        DESK_TEST(figures_are_stored_although_nobody_reports_any_more),
        DESK_TEST(changes_at_random_come_out_as_whole_evaluations_do),
        DESK_TEST(what_others_store_is_seen_by_the_next_look),
        DESK_TEST(regions_that_others_put_in_are_seen),
        DESK_TEST(figures_that_come_with_an_activation_wake_a_silent_pack),
        DESK_TEST(a_version_and_what_follows_it_answer_at_once),
        DESK_TEST(children_may_keep_what_they_carry),
        DESK_TEST(how_far_a_pack_came_is_left),
        DESK_TEST(versions_are_stored_then_active_then_retired),
        DESK_TEST(a_version_that_cannot_be_evaluated_changes_nothing),
        DESK_TEST(what_cannot_be_read_is_not_gone_back_to),
        DESK_TEST(what_cannot_be_evaluated_is_not_gone_back_to),
        DESK_TEST(other_troubles_are_none_of_a_rollbacks),
        DESK_TEST(warnings_that_could_not_be_stored_are_with_the_next_look),
        DESK_TEST(what_was_tested_on_other_versions_is_not_activated),
        DESK_TEST(figures_that_are_withdrawn_take_their_warnings_along),
        DESK_TEST(a_region_that_left_takes_its_warnings_along),
        DESK_TEST(who_begins_a_year_clears_no_warnings_of_others),
        DESK_TEST(a_pack_that_cannot_be_evaluated_keeps_its_warnings),
        DESK_TEST(what_the_desk_said_last_is_heard_when_it_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
