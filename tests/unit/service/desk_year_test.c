// The year whose results a pack shows, at the desk.
#include "tests/unit/service/office.h"

static int year_to_set, year_shown;

static void work_set_year(Office *office) {
    office->good = desk_set_year(office->desk, "district", year_to_set, "test", &year_shown,
                                 &office->problems);
}

static void set_year(Office *office, int year) {
    year_to_set = year;
    do_work(office, work_set_year);
    assert_went_well(office);
}

static void a_first_figure_of_a_new_year_takes_no_fixed_results_there(void **state) {
    Office *office = *state;
    open_two(office);
    set_year(office, YEAR);
    assert_int_equal(year_shown, YEAR);
    assert_true(shown(office, "district")->year_is_fixed);
    assert_false(shown(office, "schools")->year_is_fixed);
    put_one(office, "150102", "screening", YEAR + 1, "71");
    assert_int_equal(shown(office, "district")->year, YEAR);
    assert_int_equal(shown(office, "schools")->year, YEAR + 1);
    assert_up_to_date(office->workspace, &office->board);
    // A figure of the year is followed as ever.
    put_one(office, "150102", "screening", YEAR, "33.3");
    assert_up_to_date(office->workspace, &office->board);
}

static void what_is_fixed_stays_so_with_new_versions(void **state) {
    Office *office = *state;
    open_two(office);
    set_year(office, YEAR - 1);
    activate_pack(office, "district", milder);
    assert_int_equal(shown(office, "district")->year, YEAR - 1);
    roll_back(office, "district");
    assert_int_equal(shown(office, "district")->year, YEAR - 1);
    assert_up_to_date(office->workspace, &office->board);
    set_year(office, 0);
    assert_int_equal(year_shown, YEAR);
    assert_false(shown(office, "district")->year_is_fixed);
    put_one(office, "150102", "screening", YEAR + 1, "71");
    assert_int_equal(shown(office, "district")->year, YEAR + 1);
    assert_up_to_date(office->workspace, &office->board);
}

static void a_year_without_reports_is_refused(void **state) {
    Office *office = *state;
    open_two(office);
    year_to_set = YEAR + 5;
    do_work(office, work_set_year);
    assert_false(office->good);
    assert_int_equal(office->problems.count, 1);
    assert_int_equal(office->problems.items[0].code, ERROR_NOT_FOUND);
    assert_int_equal(shown(office, "district")->year, YEAR);
    assert_false(shown(office, "district")->year_is_fixed);
    assert_up_to_date(office->workspace, &office->board);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        DESK_TEST(a_first_figure_of_a_new_year_takes_no_fixed_results_there),
        DESK_TEST(what_is_fixed_stays_so_with_new_versions),
        DESK_TEST(a_year_without_reports_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
