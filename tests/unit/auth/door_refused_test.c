// Addresses that tried too often, as the audit log is told of them.
#include "tests/unit/auth/doorway.h"

static bool append_detail(const StoreAuditRow *row, void *context, Error *error) {
    (void)error;
    buffer_text(context, row->detail);
    return true;
}

static void an_address_that_fails_too_often_has_to_wait(void **state) {
    Setting setting;
    int64_t retry_us = 0;
    set_up(&setting, state);
    const int64_t now_us = setting.office.call.now_us;
    for (int i = 0; i < 20; i++)
        assert_true(door_may_try(setting.door, "10.0.0.9", now_us, &retry_us));
    assert_false(door_may_try(setting.door, "10.0.0.9", now_us, &retry_us));
    assert_true(retry_us > 0 && retry_us <= MINUTE);
    door_forgive(setting.door, "10.0.0.9", now_us);
    assert_true(door_may_try(setting.door, "10.0.0.9", now_us, &retry_us));
    tear_down(&setting);
}

static void an_address_that_begins_to_wait_is_in_the_audit_log_once(void **state) {
    Setting setting;
    int64_t retry_us;
    set_up(&setting, state);
    const int64_t now_us = setting.office.call.now_us;
    write_down(&setting);
    for (int i = 0; i < 1000; i++)
        (void)!door_may_try(setting.door, "10.0.0.9", now_us, &retry_us);
    door_return_notes(setting.door, door_take_notes(setting.door, now_us)); // the store was full
    write_down(&setting);
    office_expect_audit(&setting.office, " grant.add li.na;- login.throttled -;");
    for (int i = 0; i < 1000; i++)
        (void)!door_may_try(setting.door, "10.0.0.9", now_us + MINUTE / 2, &retry_us);
    assert_null(door_take_notes(setting.door, now_us));
    tear_down(&setting);
}

static void a_crowd_that_begins_to_wait_is_told_as_one(void **state) {
    Setting setting;
    int64_t retry_us;
    set_up(&setting, state);
    for (int address = 0; address < 200; address++) {
        char text[32];
        snprintf(text, sizeof text, "10.0.1.%d", address);
        while (door_may_try(setting.door, text, setting.office.call.now_us, &retry_us))
            continue;
    }
    door_return_notes(setting.door, door_take_notes(setting.door, setting.office.call.now_us));
    write_down(&setting);
    const StoreAuditQuery query = {.action = "login.throttled"};
    Buffer rows = {0};
    ASSERT_GOOD(store_read_audit(setting.office.store, &query, append_detail, &rows, &unexpected));
    static const char own[] = "{\"tries\":20}", others[] = "{\"more_addresses\":184}";
    assert_int_equal(rows.length, 16 * strlen(own) + strlen(others));
    assert_string_equal(rows.data + 16 * strlen(own), others);
    buffer_free(&rows);
    tear_down(&setting);
}

// They were written again with the one that had failed.
static void addresses_that_were_stored_are_not_stored_again(void **state) {
    Setting setting;
    Error error = {0};
    int64_t retry_us;
    set_up(&setting, state);
    const char *path = setting.office.fixture->path;
    for (int address = 0; address < 3; address++) {
        char text[32];
        snprintf(text, sizeof text, "10.0.1.%d", address);
        while (door_may_try(setting.door, text, setting.office.call.now_us, &retry_us))
            continue;
    }
    DoorNotes *notes = door_take_notes(setting.door, setting.office.call.now_us);
    raw_change(path, "CREATE TRIGGER full BEFORE INSERT ON audit_log WHEN NEW.address = '10.0.1.2' "
                     "BEGIN SELECT RAISE(ABORT, 'full'); END");
    assert_false(door_store_notes(setting.office.store, notes, &error));
    raw_change(path, "DROP TRIGGER full");
    door_return_notes(setting.door, notes);
    write_down(&setting);
    const StoreAuditQuery query = {.action = "login.throttled"};
    Buffer rows = {0};
    ASSERT_GOOD(store_read_audit(setting.office.store, &query, append_detail, &rows, &unexpected));
    assert_int_equal(rows.length, 3 * strlen("{\"tries\":20}"));
    buffer_free(&rows);
    tear_down(&setting);
}

// The number of the addresses that were not kept was lost when all that were had been stored.
static void the_rest_of_a_crowd_is_told_when_it_alone_was_not_stored(void **state) {
    Setting setting;
    Error error = {0};
    int64_t retry_us;
    set_up(&setting, state);
    const char *path = setting.office.fixture->path;
    for (int address = 0; address < 20; address++) {
        char text[32];
        snprintf(text, sizeof text, "10.0.1.%d", address);
        while (door_may_try(setting.door, text, setting.office.call.now_us, &retry_us))
            continue;
    }
    DoorNotes *notes = door_take_notes(setting.door, setting.office.call.now_us);
    raw_change(path, "CREATE TRIGGER full BEFORE INSERT ON audit_log WHEN NEW.address IS NULL "
                     "BEGIN SELECT RAISE(ABORT, 'full'); END");
    assert_false(door_store_notes(setting.office.store, notes, &error));
    raw_change(path, "DROP TRIGGER full");
    door_return_notes(setting.door, notes);
    write_down(&setting);
    const StoreAuditQuery query = {.action = "login.throttled"};
    Buffer rows = {0};
    ASSERT_GOOD(store_read_audit(setting.office.store, &query, append_detail, &rows, &unexpected));
    static const char others[] = "{\"more_addresses\":4}";
    assert_int_equal(rows.length, 16 * strlen("{\"tries\":20}") + strlen(others));
    assert_string_equal(rows.data + rows.length - strlen(others), others);
    buffer_free(&rows);
    tear_down(&setting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(an_address_that_fails_too_often_has_to_wait),
        DB_TEST(an_address_that_begins_to_wait_is_in_the_audit_log_once),
        DB_TEST(a_crowd_that_begins_to_wait_is_told_as_one),
        DB_TEST(addresses_that_were_stored_are_not_stored_again),
        DB_TEST(the_rest_of_a_crowd_is_told_when_it_alone_was_not_stored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
