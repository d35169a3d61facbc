// What the door learned is written down: also at the end, and after the store would not have it.
#include "core/api/api_inside.h"
#include "core/base/clock.h"
#include "tests/unit/auth/fixture.h"

enum { PATIENCE_MS = 30000 };

typedef struct House {
    Office office;
    uv_loop_t home;
    Service *service;
    Door *door;
    Api *api;
    char token[SECRET_TEXT_SIZE];
    int problems;
    bool closed;
} House;

static void take_problem(const Error *error, void *context) {
    (void)error;
    ((House *)context)->problems++;
}

static void take_event(const ServiceEvent *event, void *context) {
    (void)event, (void)context;
}

static void load_door(House *house) {
    DoorContents contents;
    ASSERT_GOOD(door_read(house->office.store, &contents, &unexpected));
    house->door = door_new(&house->office.settings);
    door_load(house->door, &contents);
}

// Somebody logged in so long ago that his session's next use changes its token.
static void open_house(House *house, void **state) {
    Login login;
    *house = (House){0};
    office_open(&house->office, state);
    house->office.call.now_us = clock_now_us() - 20 * MINUTE;
    office_add(&house->office, "li.na", ROLE_ANALYST, "150802");
    ASSERT_GOOD(office_log_in(&house->office, "li.na", PASSWORD, &login, &unexpected));
    memcpy(house->token, login.token, sizeof house->token);
    account_free(&login.account);
    load_door(house);
    uv_loop_init(&house->home);
    const ServiceOptions service = {.database = house->office.fixture->path,
                                    .worker_program = "/nowhere", // there are no packs
                                    .workers = 1,
                                    .most_waiting = 4,
                                    .problem = take_problem,
                                    .event = take_event,
                                    .context = house};
    ASSERT_GOOD(service_open(&house->home, &service, &house->service, &unexpected));
    const ApiOptions api = {.service = house->service,
                            .door = house->door,
                            .version = "0",
                            .problem = take_problem,
                            .context = house};
    house->api = api_new(&api);
}

static void note_closed(void *context) {
    ((House *)context)->closed = true;
}

static void close_door(House *house) {
    house->closed = false;
    api_close_door(house->api, note_closed, house);
    while (!house->closed)
        uv_run(&house->home, UV_RUN_ONCE);
}

static void close_house(House *house) {
    service_close(house->service, note_closed, house);
    house->closed = false;
    while (!house->closed)
        uv_run(&house->home, UV_RUN_ONCE);
    api_free(house->api);
    door_free(house->door);
    uv_run(&house->home, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&house->home), 0);
}

static void use_session(House *house) {
    DoorAnswer answer;
    Error error = {0};
    const DoorRequest request = {
        .session = house->token, .address = "10.0.0.1", .now_us = clock_now_us()};
    assert_true(door_identify(house->door, &request, &answer, &error));
    assert_true(answer.new_token[0]);
    memcpy(house->token, answer.new_token, sizeof house->token);
}

static int stored_rotation(const House *house) {
    Account account;
    ASSERT_GOOD(account_read(house->office.store, "li.na", &account, &unexpected));
    int rotation = (int)account.sessions[0].rotation;
    account_free(&account);
    return rotation;
}

// The last look was left out while another one was under way.
static void the_last_look_takes_what_came_during_the_one_before(void **state) {
    House house;
    open_house(&house, state);
    api_keep_door(house.api);
    use_session(&house);
    api_set_draining(house.api);
    close_door(&house);
    close_house(&house);
    assert_int_equal(stored_rotation(&house), 1);
    assert_int_equal(house.problems, 0);
}

static void mend_store(const Error *error, void *context) {
    House *house = context;
    (void)error;
    if (house->problems++ == 0)
        raw_change(house->office.fixture->path, "ALTER TABLE elsewhere RENAME TO account_session");
}

// They came back after the last look.
static void notes_that_fail_at_the_end_are_in_the_last_look(void **state) {
    House house;
    open_house(&house, state);
    house.api->options.problem = mend_store;
    raw_change(house.office.fixture->path, "ALTER TABLE account_session RENAME TO elsewhere");
    use_session(&house);
    api_keep_door(house.api);
    close_door(&house);
    close_house(&house);
    assert_int_equal(stored_rotation(&house), 1);
    assert_int_equal(house.problems, 1);
}

// One more a second, past the queue's limit.
static void a_drain_posts_no_second_look_beside_the_first(void **state) {
    House house;
    open_house(&house, state);
    api_set_draining(house.api);
    api_keep_door(house.api);
    use_session(&house);
    api_keep_door(house.api);
    DoorNotes *notes = door_take_notes(house.door, clock_now_us());
    assert_non_null(notes);
    door_return_notes(house.door, notes);
    close_door(&house);
    close_house(&house);
    assert_int_equal(stored_rotation(&house), 1);
}

static void wait_for_problem(House *house) {
    const int64_t until_ms = clock_monotonic_ms() + PATIENCE_MS;
    while (house->problems == 0 && clock_monotonic_ms() < until_ms)
        uv_run(&house->home, UV_RUN_NOWAIT);
    assert_int_equal(house->problems, 1);
}

// Rights went by the regions of before until something else changed.
static void regions_that_could_not_be_read_are_read_later(void **state) {
    House house;
    open_house(&house, state);
    const char *path = house.office.fixture->path;
    raw_change(path, "ALTER TABLE region RENAME TO elsewhere");
    house.api->regions_changed = true;
    api_keep_door(house.api);
    wait_for_problem(&house);
    while (house.api->keeping_door)
        uv_run(&house.home, UV_RUN_ONCE);
    assert_true(house.api->regions_changed);
    raw_change(path, "ALTER TABLE elsewhere RENAME TO region");
    api_keep_door(house.api);
    close_door(&house);
    close_house(&house);
    assert_int_equal(house.problems, 1);
}

static void what_could_not_be_written_is_written_later(void **state) {
    House house;
    open_house(&house, state);
    const char *path = house.office.fixture->path;
    raw_change(path, "ALTER TABLE account_session RENAME TO elsewhere");
    use_session(&house);
    api_keep_door(house.api);
    wait_for_problem(&house);
    raw_change(path, "ALTER TABLE elsewhere RENAME TO account_session");
    api_keep_door(house.api);
    close_house(&house);
    assert_int_equal(stored_rotation(&house), 1);
    assert_int_equal(house.problems, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(the_last_look_takes_what_came_during_the_one_before),
        DB_TEST(notes_that_fail_at_the_end_are_in_the_last_look),
        DB_TEST(a_drain_posts_no_second_look_beside_the_first),
        DB_TEST(regions_that_could_not_be_read_are_read_later),
        DB_TEST(what_could_not_be_written_is_written_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
