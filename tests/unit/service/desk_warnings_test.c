// What becomes of warnings at the desk, where results come, go and cannot be had.
#include "tests/unit/service/office.h"

static const PackChange mild_warning = {"value > 13", "value > 8"};

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

// Without any figures there were no results, and so nothing that cleared them.
static void the_last_figures_take_all_warnings_along(void **state) {
    Office *office = *state;
    put_regions(office->workspace->store, regions, REGIONS);
    put_entry(office->workspace->store, "150102", "mortality", YEAR, "14");
    activate_elsewhere(office->workspace, "district", as_it_is);
    begin(office);
    assert_went_well(office);
    assert_int_equal(open_warnings(office, "150102"), 1);
    put_one(office, "150102", "mortality", YEAR, "");
    assert_null(shown(office, "district")->layout);
    assert_int_equal(open_warnings(office, NULL), 0);
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

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        DESK_TEST(figures_that_are_withdrawn_take_their_warnings_along),
        DESK_TEST(the_last_figures_take_all_warnings_along),
        DESK_TEST(a_region_that_left_takes_its_warnings_along),
        DESK_TEST(who_begins_a_year_clears_no_warnings_of_others),
        DESK_TEST(a_pack_that_cannot_be_evaluated_keeps_its_warnings),
        DESK_TEST(warnings_that_could_not_be_stored_are_with_the_next_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
