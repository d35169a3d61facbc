// What the tests of core/auth share: a store with regions, quick hashes, a clock of their own.
// Included by tests only.
#pragma once

#include "core/auth/accounts.h"
#include "core/auth/login.h"
#include "core/auth/tokens.h"

#include "tests/unit/db/fixture.h"

#define PASSWORD "Mulberry-17"
#define OTHER_PASSWORD "Elderberry-18"
#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

typedef struct Office {
    Fixture *fixture;
    Store *store;
    AuthSettings settings; // usual, but with hashes that take no time
    Caller local;
    AuthCall call; // by the local caller
} Office;

static inline bool office_put_unit(StoreTransaction *transaction, void *context, Error *error) {
    const StoreUnit unit = {.region = "150802", .id = context, .title = "卫健委"};
    return store_put_unit(transaction, &unit, NULL, error);
}

// A store with the nation, the county 150802 and its unit "health" in it.
static inline void office_open(Office *office, void **state) {
    *office = (Office){.fixture = *state, .settings = auth_settings_usual()};
    office->store = fixture_make(office->fixture);
    ASSERT_GOOD(store_write(office->store, office_put_unit, "health", &unexpected));
    office->settings.password_cost = (PasswordCost){.passes = 1, .memory_bytes = 8192};
    office->local = caller_local("root");
    office->call = (AuthCall){.store = office->store,
                              .settings = &office->settings,
                              .caller = &office->local,
                              .now_us = INT64_C(1700000000) * SECOND};
}

static inline Grant grant_of(Role role, const char *region) {
    Grant grant = {.role = role};
    snprintf(grant.region, sizeof grant.region, "%s", region);
    if (role == ROLE_REPORTER) snprintf(grant.unit, sizeof grant.unit, "health");
    return grant;
}

// An account with PASSWORD, which must be changed.
static inline void office_add(const Office *office, const char *name, Role role,
                              const char *region) {
    const Grant grant = grant_of(role, region);
    const NewAccount account = {
        .name = name, .title = "张三", .password = PASSWORD, .grants = &grant, .grant_count = 1};
    Account added;
    ASSERT_GOOD(accounts_add(&office->call, &account, &added, &unexpected));
    account_free(&added);
}

// As if the account's owner had chosen its password: it need not be changed any more.
static inline void office_keep_password(const Office *office, const char *name) {
    char statement[160];
    snprintf(statement, sizeof statement,
             "UPDATE account SET must_change_password = 0 WHERE name = '%s'", name);
    raw_change(office->fixture->path, statement);
}

static inline bool office_log_in(const Office *office, const char *name, const char *password,
                                 Login *out, Error *error) {
    const LoginRequest request = {
        .name = name, .password = password, .address = "10.0.0.1", .client = "browser"};
    return login(&office->call, &request, out, error);
}

// The same caller that the door would find, by his newest session; one without is logged in.
static inline Caller office_caller(const Office *office, const char *name) {
    Account account;
    Caller caller = {.kind = CALLER_SESSION, .means = "web", .address = "10.0.0.1"};
    ASSERT_GOOD(account_read(office->store, name, &account, &unexpected));
    if (account.session_count == 0) {
        Login login;
        account_free(&account);
        ASSERT_GOOD(office_log_in(office, name, PASSWORD, &login, &unexpected));
        account = login.account;
    }
    snprintf(caller.name, sizeof caller.name, "%s", name);
    memcpy(caller.grants, account.grants, sizeof caller.grants);
    caller.grant_count = account.grant_count;
    caller.session = account.sessions[account.session_count - 1].id;
    account_free(&account);
    return caller;
}

static inline bool append_audit(const StoreAuditRow *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %s %s;", row->who, row->action, row->subject ? row->subject : "-");
    return true;
}

// Compares the newest rows of the audit log, oldest first, with "who action subject;…".
static inline void office_expect_audit(const Office *office, const char *expected) {
    Buffer text = {0};
    const StoreAuditQuery query = {0};
    ASSERT_GOOD(store_read_audit(office->store, &query, append_audit, &text, &unexpected));
    size_t length = strlen(expected);
    if (text.length < length || strcmp(text.data + text.length - length, expected) != 0)
        fail_msg("%s is not at the end of %s", expected, text.data);
    buffer_free(&text);
}
