// What the tests of the door share: a door to a store with one account, and whoever comes to it.
// Included by tests only.
#pragma once

#include "core/auth/door.h"
#include "tests/unit/auth/fixture.h"

typedef struct Setting {
    Office office;
    Door *door;
} Setting;

static inline void load(Setting *setting) {
    DoorContents contents;
    ASSERT_GOOD(door_read(setting->office.store, &contents, &unexpected));
    door_load(setting->door, &contents);
}

static inline void set_up(Setting *setting, void **state) {
    office_open(&setting->office, state);
    office_add(&setting->office, "li.na", ROLE_ANALYST, "150802");
    setting->door = door_new(&setting->office.settings);
    load(setting);
}

static inline void log_in(Setting *setting, const char *name, char token[SECRET_TEXT_SIZE]) {
    Login login;
    ASSERT_GOOD(office_log_in(&setting->office, name, PASSWORD, &login, &unexpected));
    memcpy(token, login.token, SECRET_TEXT_SIZE);
    door_apply(setting->door, &login.account);
}

// Asks with a session's token, or an API token; false when it is refused.
static inline bool ask(Setting *setting, const char *text, DoorAnswer *answer) {
    Error error = {0};
    DoorRequest request = {.address = "10.0.0.1", .now_us = setting->office.call.now_us};
    if (text && strncmp(text, "bc_", 3) == 0)
        request.bearer = text;
    else
        request.session = text;
    bool good = door_identify(setting->door, &request, answer, &error);
    assert_int_equal(error.code, good ? ERROR_NONE : ERROR_UNIDENTIFIED);
    if (!good) assert_int_equal(answer->caller.kind, CALLER_NOBODY);
    return good;
}

static inline bool opens(Setting *setting, const char *text) {
    DoorAnswer answer;
    return ask(setting, text, &answer);
}

static inline void tear_down(Setting *setting) {
    door_free(setting->door);
}

static inline void write_down(Setting *setting) {
    DoorNotes *notes = door_take_notes(setting->door, setting->office.call.now_us);
    if (!notes) return;
    ASSERT_GOOD(door_store_notes(setting->office.store, notes, &unexpected));
    door_free_notes(notes);
}

static inline Account read_account(Setting *setting, const char *name) {
    Account account;
    ASSERT_GOOD(account_read(setting->office.store, name, &account, &unexpected));
    return account;
}
