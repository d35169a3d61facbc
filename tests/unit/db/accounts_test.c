// Rows of accounts, passwords, grants, sessions and tokens through store.h.
#include "db/store_accounts.h"
#include "tests/unit/db/fixture.h"

#define AT INT64_C(1700000000000000)

static bool begin(StoreTransaction *transaction, Error *error) {
    int64_t version;
    return store_change_accounts(transaction, &version, error);
}

static bool add_two(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    const StoreAccount one = {
        .name = "li.na", .title = "李娜", .created_at_us = AT, .created_by = "local:root"};
    const StoreAccount other = {
        .name = "liu.yang", .created_at_us = AT, .created_by = "local:root"};
    return begin(transaction, error) && store_add_account(transaction, &one, error) &&
           store_add_account(transaction, &other, error);
}

static Store *make(void **state) {
    Store *store = fixture_make(*state);
    ASSERT_GOOD(store_write(store, add_two, NULL, &unexpected));
    return store;
}

// ---- passwords ---------------------------------------------------------------------------------

static bool put_passwords(StoreTransaction *transaction, void *context, Error *error) {
    const char *hashes = context;
    for (; *hashes; hashes++) {
        const char hash[] = {*hashes, '\0'};
        if (!begin(transaction, error) ||
            !store_put_password(transaction, "li.na", hash, AT + *hashes, *hashes == 'a', error))
            return false;
    }
    return true;
}

static bool append_password(const StorePassword *password, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%lld %s;", (long long)password->number, password->hash);
    return true;
}

static void expect_passwords(Store *store, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_passwords(store, "li.na", append_password, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static bool hash_anew(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    const StorePassword password = {.number = 7, .hash = "G"};
    return begin(transaction, error) &&
           store_put_password_hash(transaction, "li.na", &password, error);
}

static void the_last_five_passwords_are_kept(void **state) {
    Store *store = make(state);
    expect_passwords(store, "");
    ASSERT_GOOD(store_write(store, put_passwords, "ab", &unexpected));
    expect_passwords(store, "2 b;1 a;");
    ASSERT_GOOD(store_write(store, put_passwords, "cdefg", &unexpected));
    expect_passwords(store, "7 g;6 f;5 e;4 d;3 c;");
    ASSERT_GOOD(store_write(store, hash_anew, NULL, &unexpected));
    expect_passwords(store, "7 G;6 f;5 e;4 d;3 c;");
}

// ---- accounts ----------------------------------------------------------------------------------

static bool append_account(const StoreAccount *account, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %s %d %d %lld %s;", account->name,
                  account->title ? account->title : "-", account->must_change_password,
                  account->failures, (long long)account->password_changed_at_us,
                  account->logged_in_from ? account->logged_in_from : "-");
    return true;
}

static void expect_accounts(Store *store, const char *name, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_accounts(store, name, append_account, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static bool sign_in(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    const StoreAccount state = {
        .name = "li.na", .failures = 3, .logged_in_at_us = AT, .logged_in_from = "10.0.0.1"};
    return begin(transaction, error) && store_put_sign_in(transaction, &state, error);
}

static void an_account_is_read_with_what_became_of_it(void **state) {
    Store *store = make(state);
    expect_accounts(store, NULL, "li.na 李娜 0 0 0 -;liu.yang - 0 0 0 -;");
    ASSERT_GOOD(store_write(store, put_passwords, "a", &unexpected));
    ASSERT_GOOD(store_write(store, sign_in, NULL, &unexpected));
    expect_accounts(store, "li.na", "li.na 李娜 1 3 1700000000000097 10.0.0.1;");
    ASSERT_GOOD(store_write(store, put_passwords, "b", &unexpected));
    expect_accounts(store, "li.na", "li.na 李娜 0 3 1700000000000098 10.0.0.1;");
    expect_accounts(store, "nobody", "");
}

typedef struct Disabling {
    const char *account;
    int64_t at_us;
    bool changed;
} Disabling;

static bool disable(StoreTransaction *transaction, void *context, Error *error) {
    Disabling *disabling = context;
    return begin(transaction, error) &&
           store_set_account_disabled(transaction, disabling->account, disabling->at_us,
                                      &disabling->changed, error);
}

static bool changes(Store *store, const char *account, int64_t at_us) {
    Disabling disabling = {.account = account, .at_us = at_us};
    ASSERT_GOOD(store_write(store, disable, &disabling, &unexpected));
    return disabling.changed;
}

static void disabling_says_whether_it_changed_anything(void **state) {
    Store *store = make(state);
    assert_false(changes(store, "li.na", 0));
    assert_true(changes(store, "li.na", AT));
    assert_false(changes(store, "li.na", AT + 1));
    assert_true(changes(store, "li.na", 0));
    assert_false(changes(store, "nobody", AT));
}

static void each_change_has_its_version(void **state) {
    Store *store = fixture_make(*state);
    int64_t version;
    ASSERT_GOOD(store_accounts_version(store, &version, &unexpected));
    assert_int_equal(version, 0);
    ASSERT_GOOD(store_write(store, add_two, NULL, &unexpected));
    ASSERT_GOOD(store_write(store, sign_in, NULL, &unexpected));
    ASSERT_GOOD(store_accounts_version(store, &version, &unexpected));
    assert_int_equal(version, 2);
    Error error = {0};
    assert_false(store_write(store, add_two, NULL, &error)); // they are there already
    assert_int_equal(error.code, ERROR_CONFLICT);
    ASSERT_GOOD(store_accounts_version(store, &version, &unexpected));
    assert_int_equal(version, 2);
}

// ---- what belongs to an account ----------------------------------------------------------------

static bool grant_to_nobody(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    const StoreGrant grant = {.account = "nobody",
                              .role = "office",
                              .region = "*",
                              .unit = "*",
                              .granted_at_us = AT,
                              .granted_by = "local:root"};
    bool changed;
    return store_add_grant(transaction, &grant, &changed, error);
}

static void what_belongs_to_nobody_is_refused(void **state) {
    Store *store = make(state);
    Error error = {0};
    assert_false(store_write(store, grant_to_nobody, NULL, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_string_equal(error.message, "there is no account nobody");
}

typedef struct Rotation {
    int rotation;
    const char *hash;
} Rotation;

static bool open_session(StoreTransaction *transaction, void *context, Error *error) {
    StoreSession session = {.account = context,
                            .token_hash = "first",
                            .csrf_seed = "seed",
                            .began_at_us = AT,
                            .rotated_at_us = AT,
                            .seen_at_us = AT};
    return begin(transaction, error) && store_next_session(transaction, &session.id, error) &&
           store_add_session(transaction, &session, error);
}

static bool rotate(StoreTransaction *transaction, void *context, Error *error) {
    const Rotation *rotation = context;
    const StoreSession session = {
        .id = 1, .token_hash = rotation->hash, .rotation = rotation->rotation, .rotated_at_us = AT};
    return store_rotate_session(transaction, &session, error);
}

static bool append_session(const StoreSession *session, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%lld %s %s %d;", (long long)session->id, session->account,
                  session->token_hash, session->rotation);
    return true;
}

static void expect_sessions(Store *store, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_sessions(store, NULL, append_session, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static void a_session_token_never_goes_back(void **state) {
    Store *store = make(state);
    ASSERT_GOOD(store_write(store, open_session, "li.na", &unexpected));
    Rotation rotation = {.rotation = 2, .hash = "third"};
    ASSERT_GOOD(store_write(store, rotate, &rotation, &unexpected));
    expect_sessions(store, "1 li.na third 2;");
    rotation = (Rotation){.rotation = 1, .hash = "second"};
    ASSERT_GOOD(store_write(store, rotate, &rotation, &unexpected));
    expect_sessions(store, "1 li.na third 2;");
}

static bool end_others(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    return begin(transaction, error) && store_end_sessions(transaction, "li.na", 2, error);
}

static bool forget_all(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    return begin(transaction, error) &&
           store_forget_sessions(transaction, AT + 1, AT + 1, AT + 1, error);
}

static bool forget_younger(StoreTransaction *transaction, void *context, Error *error) {
    const int64_t *at_us = context;
    return begin(transaction, error) &&
           store_forget_sessions(transaction, *at_us - 1, *at_us - 1, *at_us, error);
}

static void sessions_of_the_future_are_forgotten(void **state) {
    Store *store = make(state);
    int64_t at_us = AT;
    ASSERT_GOOD(store_write(store, open_session, "li.na", &unexpected));
    ASSERT_GOOD(store_write(store, forget_younger, &at_us, &unexpected));
    expect_sessions(store, "1 li.na first 0;");
    at_us = AT - 1;
    ASSERT_GOOD(store_write(store, forget_younger, &at_us, &unexpected));
    expect_sessions(store, "");
}

static void sessions_end_but_for_one_and_are_forgotten(void **state) {
    Store *store = make(state);
    ASSERT_GOOD(store_write(store, open_session, "li.na", &unexpected));
    ASSERT_GOOD(store_write(store, open_session, "li.na", &unexpected));
    ASSERT_GOOD(store_write(store, open_session, "liu.yang", &unexpected));
    ASSERT_GOOD(store_write(store, end_others, NULL, &unexpected));
    expect_sessions(store, "2 li.na first 0;3 liu.yang first 0;");
    ASSERT_GOOD(store_write(store, forget_all, NULL, &unexpected));
    expect_sessions(store, "");
    ASSERT_GOOD(store_write(store, open_session, "li.na", &unexpected));
    expect_sessions(store, "4 li.na first 0;"); // no number comes back
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(the_last_five_passwords_are_kept),
        DB_TEST(an_account_is_read_with_what_became_of_it),
        DB_TEST(disabling_says_whether_it_changed_anything),
        DB_TEST(each_change_has_its_version),
        DB_TEST(what_belongs_to_nobody_is_refused),
        DB_TEST(a_session_token_never_goes_back),
        DB_TEST(sessions_end_but_for_one_and_are_forgotten),
        DB_TEST(sessions_of_the_future_are_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
