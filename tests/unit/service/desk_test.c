// The desk with a real store and real workers: what it keeps, takes and tells.
#include "core/registry/sample_removal.h"
#include "tests/unit/service/office.h"

enum { CHANGES = 1000 / SLOWER, LOOKED_AT = CHANGES / (SLOWER > 1 ? 2 : 5) };

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

// They had none until a figure, a region or a version changed.
static void packs_whose_workers_did_not_start_have_results_when_they_do(void **state) {
    Office *office = *state;
    fill(office->workspace, "15");
    activate_elsewhere(office->workspace, "district", as_it_is);
    activate_elsewhere(office->workspace, "schools", as_it_is);
    snprintf(office->worker_program, sizeof office->worker_program, "/nonexistent");
    begin(office);
    assert_true(office->problems.count > 0);
    assert_null(shown(office, "district")->layout);
    assert_null(shown(office, "schools")->layout);
    snprintf(office->worker_program, sizeof office->worker_program, "%s", WORKER_PROGRAM);
    while (!shown(office, "district")->layout || !shown(office, "schools")->layout)
        look(office);
    assert_true(office->changed);
    assert_up_to_date(office->workspace, &office->board);
    assert_false(look(office));
}

static void a_version_that_can_be_read_again_is_taken(void **state) {
    Office *office = *state;
    Workspace *workspace = office->workspace;
    const char *path = workspace->files->path;
    fill(workspace, "15");
    LoadedPack pack = load_pack(workspace, "schools", as_it_is);
    activate_elsewhere(workspace, "schools", as_it_is);
    raw_change(path, "CREATE TABLE kept AS SELECT hash, bytes FROM blob");
    tamper(office, pack.bundle.hash);
    loaded_pack_free(&pack);
    begin(office);
    assert_int_equal(office->problems.count, 1);
    assert_int_equal(office->board.count, 0);
    raw_change(path, "UPDATE blob SET bytes = (SELECT bytes FROM kept WHERE hash = blob.hash);"
                     "DROP TABLE kept");
    while (office->board.count == 0)
        look(office);
    assert_up_to_date(workspace, &office->board);
    assert_false(look(office));
}

static bool take_columns(const StoreColumns *columns, void *context, Error *error) {
    (void)columns, (void)context, (void)error;
    return true;
}

// The server read the revisions of all regions again with each start.
static void columns_that_were_not_believed_are_put_in_order(void **state) {
    Office *office = *state;
    const StoreColumnsQuery query = {0};
    StoreColumnsReport report;
    fill(office->workspace, "15");
    activate_elsewhere(office->workspace, "district", as_it_is);
    raw_change(office->workspace->files->path, "DELETE FROM observation_columns");
    begin(office);
    assert_went_well(office);
    ASSERT_GOOD(store_read_columns(office->workspace->store, &query, take_columns, NULL, &report,
                                   &unexpected));
    assert_true(report.regions > 0);
    assert_int_equal(report.stale + report.damaged, 0);
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
    if (draw(workspace, 4) == 0) entry->row.kind = "sample";
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

// ---- sample data -------------------------------------------------------------------------------

static void put_kind(Office *office, const char *region, const char *text, const char *kind) {
    Entry entry = entry_of(region, "screening", STORE_NO_BREAKDOWN, YEAR, text);
    entry.row.kind = kind;
    put(office, &entry, 1);
    assert_false(office->outcome.whole);
    assert_of_one_piece(office->workspace->store, shown(office, "district"));
}

// On how many samples the region's score of "district" rests, where a place among peers counts.
static size_t behind_score(const Office *office, const char *region) {
    return samples_behind_item(&shown(office, "district")->samples, region, 0, -1, -1);
}

static void a_real_figure_takes_the_mark_of_a_sample_away_at_once(void **state) {
    Office *office = *state;
    open_two(office);
    assert_int_equal(behind_score(office, "150102"), 0);
    put_kind(office, "150102", "70.1", "sample");
    put_kind(office, "150103", "70.2", "sample");
    assert_int_equal(behind_score(office, "150102"), 2); // its own and its neighbour's
    assert_int_equal(behind_score(office, "150202"), 0); // of another city
    put_kind(office, "150102", "70.3", "reported");
    assert_int_equal(behind_score(office, "150102"), 1);
    assert_int_equal(samples_of_region(&shown(office, "district")->samples, "150102"), 0);
    put_kind(office, "150102", "70.4", "sample");
    assert_int_equal(behind_score(office, "150103"), 2);
    assert_up_to_date(office->workspace, &office->board);
}

static void a_mark_that_changes_alone_is_told(void **state) {
    Office *office = *state;
    open_two(office);
    put_kind(office, "150102", "70.1", "sample");
    char before[HASH_TEXT_SIZE];
    memcpy(before, shown(office, "district")->result_hash, sizeof before);
    uint64_t revision = shown(office, "district")->revision;
    put_kind(office, "150102", "70.1", "reported");
    assert_string_equal(shown(office, "district")->result_hash, before);
    assert_true(shown(office, "district")->revision > revision);
    assert_int_equal(shown(office, "district")->samples.count, 0);
}

static bool take_samples_out(Office *office) {
    SampleFigures figures;
    const SampleFilter all = {0};
    size_t restored;
    Store *store = office->workspace->store;
    ASSERT_GOOD(sample_figures_read(store, &all, &figures, &unexpected));
    ASSERT_GOOD(sample_figures_remove(store, &figures, "test", &restored, &unexpected));
    sample_figures_free(&figures);
    return look(office);
}

static void samples_taken_out_are_behind_nothing(void **state) {
    Office *office = *state;
    open_two(office);
    put_kind(office, "150102", "70.1", "sample");
    put_kind(office, "150103", "70.2", "sample");
    assert_true(take_samples_out(office));
    assert_int_equal(shown(office, "district")->samples.count, 0);
    assert_int_equal(shown(office, "schools")->samples.count, 0);
    assert_up_to_date(office->workspace, &office->board);
}

static void a_version_knows_the_samples_there_are(void **state) {
    Office *office = *state;
    open_two(office);
    put_kind(office, "150102", "70.1", "sample");
    activate_pack(office, "district", milder);
    assert_int_equal(behind_score(office, "150102"), 1);
    put_kind(office, "150102", "70.1", "reported");
    assert_int_equal(behind_score(office, "150102"), 0);
    roll_back(office, "district");
    assert_int_equal(behind_score(office, "150102"), 0);
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
        HASTY_DESK_TEST(packs_whose_workers_did_not_start_have_results_when_they_do),
        HASTY_DESK_TEST(a_version_that_can_be_read_again_is_taken),
        DESK_TEST(columns_that_were_not_believed_are_put_in_order),
        DESK_TEST(a_pack_that_is_not_concerned_gets_no_run),
        DESK_TEST(what_the_store_refuses_leaves_all_packs_as_they_were),
        DESK_TEST(figures_count_although_no_pack_has_results),
        DESK_TEST(figures_are_stored_although_nobody_reports_any_more),
        DESK_TEST(changes_at_random_come_out_as_whole_evaluations_do),
        DESK_TEST(a_real_figure_takes_the_mark_of_a_sample_away_at_once),
        DESK_TEST(a_mark_that_changes_alone_is_told),
        DESK_TEST(samples_taken_out_are_behind_nothing),
        DESK_TEST(a_version_knows_the_samples_there_are),
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
        DESK_TEST(what_was_tested_on_other_versions_is_not_activated),
        DESK_TEST(what_the_desk_said_last_is_heard_when_it_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
