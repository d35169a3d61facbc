// Logging in, being locked out, changing one's password, leaving.
#include "db/store_accounts.h"
#include "tests/unit/auth/fixture.h"

#define WRONG "name or password is wrong"

static void expect_wrong(const Office *office, const char *name, const char *password) {
    Login login;
    Error error = {0};
    if (office_log_in(office, name, password, &login, &error)) fail_msg("%s went well", name);
    assert_string_equal(error.message, WRONG);
    assert_int_equal(error.code, ERROR_UNIDENTIFIED);
    assert_string_equal(login.token, "");
    account_free(&login.account);
}

static void expect_right(const Office *office, const char *name, const char *password) {
    Login login;
    ASSERT_GOOD(office_log_in(office, name, password, &login, &unexpected));
    account_free(&login.account);
}

static void the_right_password_opens_a_session(void **state) {
    Office office;
    Login login;
    int64_t id;
    char hash[HASH_TEXT_SIZE];
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    ASSERT_GOOD(office_log_in(&office, "li.na", PASSWORD, &login, &unexpected));
    assert_int_equal(login.last_at_us, 0);
    assert_int_equal(login.account.session_count, 1);
    const Session *session = &login.account.sessions[0];
    assert_true(secret_parse(SECRET_SESSION, login.token, &id, hash));
    assert_int_equal(id, session->id);
    assert_string_equal(hash, session->token_hash);
    assert_string_equal(session->address, "10.0.0.1");
    assert_string_equal(session->client, "browser");
    assert_int_equal(session->seen_at_us, office.call.now_us);
    account_free(&login.account);
    office_expect_audit(&office, "li.na login li.na;");
}

static void one_is_told_of_the_login_before_and_what_failed_since(void **state) {
    Office office;
    Login login;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    expect_right(&office, "li.na", PASSWORD);
    int64_t first_us = office.call.now_us;
    office.call.now_us += HOUR;
    expect_wrong(&office, "li.na", "wrong");
    expect_wrong(&office, "li.na", "wrong too");
    ASSERT_GOOD(office_log_in(&office, "li.na", PASSWORD, &login, &unexpected));
    assert_int_equal(login.last_at_us, first_us);
    assert_string_equal(login.last_from, "10.0.0.1");
    assert_int_equal(login.failures, 2);
    assert_int_equal(login.account.failures, 0);
    account_free(&login.account);
}

static void wrong_names_and_passwords_are_told_alike(void **state) {
    Office office;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    expect_wrong(&office, "li.na", "Mulberry-18");
    office_expect_audit(&office, "- login.failed li.na;");
    expect_wrong(&office, "li.na", "");
    expect_wrong(&office, "nobody", PASSWORD);
    office_expect_audit(&office, "- login.failed nobody;");
    expect_wrong(&office, "", PASSWORD);
    expect_wrong(&office, "Mulberry-17", "oops"); // a password where the name goes
    office_expect_audit(&office, "- login.failed -;");
}

static void an_account_is_locked_for_longer_each_time(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    static const int64_t locks[] = {15 * MINUTE, 30 * MINUTE, 60 * MINUTE, 2 * HOUR, 4 * HOUR,
                                    8 * HOUR,    16 * HOUR,   24 * HOUR,   24 * HOUR};
    for (size_t lock = 0; lock < sizeof locks / sizeof *locks; lock++) {
        for (int i = 0; i < 5; i++)
            expect_wrong(&office, "li.na", "wrong");
        office_expect_audit(&office, "- account.lock li.na;- login.failed li.na;");
        ASSERT_GOOD(account_read(office.store, "li.na", &account, &unexpected));
        assert_int_equal(account.locked_until_us - office.call.now_us, locks[lock]);
        assert_int_equal(account.failures, 5 * (lock + 1));
        office.call.now_us = account.locked_until_us;
        account_free(&account);
    }
    expect_right(&office, "li.na", PASSWORD); // the lock has ended, and is forgotten
    for (int i = 0; i < 4; i++)
        expect_wrong(&office, "li.na", "wrong");
    expect_right(&office, "li.na", PASSWORD);
}

static void a_locked_account_does_not_tell_that_the_password_is_right(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    for (int i = 0; i < 5; i++)
        expect_wrong(&office, "li.na", "wrong");
    expect_wrong(&office, "li.na", PASSWORD);
    office_expect_audit(&office, "- login.refused li.na;");
    ASSERT_GOOD(accounts_disable(&office.call, "li.na", &account, &unexpected));
    account_free(&account);
    expect_wrong(&office, "li.na", PASSWORD);
    ASSERT_GOOD(accounts_enable(&office.call, "li.na", &account, &unexpected));
    account_free(&account);
    ASSERT_GOOD(accounts_unlock(&office.call, "li.na", &account, &unexpected));
    account_free(&account);
    office_expect_audit(&office, "local:root account.unlock li.na;");
    expect_right(&office, "li.na", PASSWORD);
}

static void reset_password(const Office *office, const char *password) {
    Account account;
    ASSERT_GOOD(accounts_reset_password(&office->call, "li.na", password, &account, &unexpected));
    assert_int_equal(account.failures, 0);
    assert_int_equal(account.locked_until_us, 0);
    account_free(&account);
}

// Everybody was told that a reset helps.
static void a_reset_password_opens_a_locked_account(void **state) {
    Office office;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    for (int i = 0; i < 5; i++)
        expect_wrong(&office, "li.na", "wrong");
    reset_password(&office, OTHER_PASSWORD);
    office_expect_audit(&office,
                        "local:root password.reset li.na;local:root account.unlock li.na;");
    expect_right(&office, "li.na", OTHER_PASSWORD);
}

static void expect_over(Office *office, const char *password) {
    Login login;
    Error error = {0};
    assert_false(office_log_in(office, "li.na", password, &login, &error));
    assert_int_equal(error.code, ERROR_FORBIDDEN);
    assert_string_equal(error.message, "the one-time password is no longer valid");
    assert_int_equal(login.account.failures, 0);
    account_free(&login.account);
}

// It opened sessions after 300 days.
static void a_one_time_password_is_good_for_a_week(void **state) {
    Office office;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    office.call.now_us += 7 * DAY - 1;
    expect_right(&office, "li.na", PASSWORD);
    office.call.now_us++;
    expect_over(&office, PASSWORD);
    office_expect_audit(&office, "- login.refused li.na;");
    expect_wrong(&office, "li.na", "wrong");
    reset_password(&office, OTHER_PASSWORD);
    expect_right(&office, "li.na", OTHER_PASSWORD);
    office.call.now_us -= 2 * MINUTE; // it was made by a clock that was ahead
    expect_over(&office, OTHER_PASSWORD);
    office_keep_password(&office, "li.na");
    office.call.now_us += 300 * DAY;
    expect_right(&office, "li.na", OTHER_PASSWORD);
}

// It opened 24 sessions.
static void a_one_time_password_has_one_session_at_a_time(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    for (int i = 0; i < 3; i++)
        expect_right(&office, "li.na", PASSWORD); // whose connection was lost tries again
    ASSERT_GOOD(account_read(office.store, "li.na", &account, &unexpected));
    assert_int_equal(account.session_count, 1);
    assert_int_equal(account.sessions[0].id, 3);
    account_free(&account);
}

static void what_fails_while_it_is_locked_does_not_prolong_the_lock(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    for (int i = 0; i < 12; i++)
        expect_wrong(&office, "li.na", "wrong");
    ASSERT_GOOD(account_read(office.store, "li.na", &account, &unexpected));
    assert_int_equal(account.locked_until_us, office.call.now_us + 15 * MINUTE);
    assert_int_equal(account.failures, 5);
    account_free(&account);
}

static void a_disabled_account_opens_to_nobody(void **state) {
    Office office;
    Login login;
    Account account;
    Error error = {0};
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    ASSERT_GOOD(accounts_disable(&office.call, "li.na", &account, &unexpected));
    account_free(&account);
    expect_wrong(&office, "li.na", "wrong");
    assert_false(office_log_in(&office, "li.na", PASSWORD, &login, &error));
    assert_string_equal(error.message, "the account is disabled");
    account_free(&login.account);
}

static void the_oldest_of_too_many_sessions_ends(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office.settings.most_sessions = 3;
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    office_keep_password(&office, "li.na");
    for (int i = 0; i < 5; i++)
        expect_right(&office, "li.na", PASSWORD);
    ASSERT_GOOD(account_read(office.store, "li.na", &account, &unexpected));
    assert_int_equal(account.session_count, 3);
    assert_int_equal(account.sessions[0].id, 3);
    account_free(&account);
}

static void sessions_that_are_over_are_forgotten(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    office_add(&office, "liu.yang", ROLE_ANALYST, "150802");
    expect_right(&office, "liu.yang", PASSWORD);
    office.call.now_us += 32 * MINUTE; // when it was used may be noted a minute late
    expect_right(&office, "li.na", PASSWORD);
    ASSERT_GOOD(account_read(office.store, "liu.yang", &account, &unexpected));
    assert_int_equal(account.session_count, 0);
    account_free(&account);
}

typedef struct Hash {
    char text[PASSWORD_HASH_SIZE];
} Hash;

static bool take_hash(const StorePassword *password, void *context, Error *error) {
    (void)error;
    Hash *hash = context;
    if (!hash->text[0]) snprintf(hash->text, sizeof hash->text, "%s", password->hash);
    return true;
}

static void a_password_is_hashed_anew_when_its_cost_changed(void **state) {
    Office office;
    Hash hash = {""};
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    office.settings.password_cost.passes = 2;
    expect_wrong(&office, "li.na", "wrong");
    expect_right(&office, "li.na", PASSWORD);
    ASSERT_GOOD(store_read_passwords(office.store, "li.na", take_hash, &hash, &unexpected));
    assert_non_null(strstr(hash.text, "t=2"));
    expect_right(&office, "li.na", PASSWORD);
}

static void one_changes_ones_own_password(void **state) {
    Office office;
    PasswordChange changed;
    int64_t id;
    char hash[HASH_TEXT_SIZE];
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    office_keep_password(&office, "li.na");
    expect_right(&office, "li.na", PASSWORD);
    expect_right(&office, "li.na", PASSWORD);
    const Caller caller = office_caller(&office, "li.na");
    AuthCall call = office.call;
    call.caller = &caller;
    ASSERT_GOOD(login_change_password(&call, PASSWORD, OTHER_PASSWORD, &changed, &unexpected));
    assert_false(changed.account.must_change_password);
    assert_int_equal(changed.account.session_count, 1); // the other one has ended
    assert_true(secret_parse(SECRET_SESSION, changed.token, &id, hash));
    assert_int_equal(id, caller.session);
    assert_string_equal(changed.account.sessions[0].token_hash, hash);
    assert_string_equal(changed.account.sessions[0].previous_hash, "");
    account_free(&changed.account);
    office_expect_audit(&office, "li.na password.change li.na;li.na session.end li.na;");
    expect_wrong(&office, "li.na", PASSWORD);
    expect_right(&office, "li.na", OTHER_PASSWORD);
}

static void changing_needs_the_old_password_and_a_good_new_one(void **state) {
    Office office;
    PasswordChange changed;
    Error error = {0};
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    expect_right(&office, "li.na", PASSWORD);
    const Caller caller = office_caller(&office, "li.na");
    AuthCall call = office.call;
    call.caller = &caller;
    assert_false(login_change_password(&call, "wrong", OTHER_PASSWORD, &changed, &error));
    assert_string_equal(error.message, "the old password is wrong");
    assert_int_equal(error.code, ERROR_FORBIDDEN);
    assert_int_equal(changed.account.failures, 1);
    account_free(&changed.account);
    office_expect_audit(&office, "- password.refused li.na;");
    assert_false(login_change_password(&call, PASSWORD, "short", &changed, &error));
    assert_string_equal(error.message, "the password is too short");
    account_free(&changed.account);
    assert_false(login_change_password(&call, PASSWORD, PASSWORD, &changed, &error));
    assert_string_equal(error.message, "the password is among the last 5 of this account");
    account_free(&changed.account);
    for (int i = 0; i < 4; i++) {
        assert_false(login_change_password(&call, "wrong", OTHER_PASSWORD, &changed, &error));
        account_free(&changed.account);
    }
    static const char *const tries[] = {PASSWORD, "wrong"}; // which of them is right is not told
    for (size_t i = 0; i < 2; i++) {
        assert_false(login_change_password(&call, tries[i], OTHER_PASSWORD, &changed, &error));
        assert_non_null(strstr(error.message, "locked until"));
        account_free(&changed.account);
    }
}

static void leaving_ends_the_session(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    expect_right(&office, "li.na", PASSWORD);
    const Caller caller = office_caller(&office, "li.na");
    AuthCall call = office.call;
    call.caller = &caller;
    ASSERT_GOOD(logout(&call, &account, &unexpected));
    assert_int_equal(account.session_count, 0);
    account_free(&account);
    office_expect_audit(&office, "li.na logout li.na;li.na session.end li.na;");
}

static void a_password_grows_old(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    ASSERT_GOOD(account_read(office.store, "li.na", &account, &unexpected));
    account.must_change_password = false;
    int64_t now_us = office.call.now_us;
    assert_false(account_must_change_password(&account, &office.settings, now_us + 90 * DAY - 1));
    assert_true(account_must_change_password(&account, &office.settings, now_us + 90 * DAY));
    office.settings.password_lasts_us = 0;
    assert_false(account_must_change_password(&account, &office.settings, now_us + 9000 * DAY));
    account_free(&account);
}

static bool append_detail(const StoreAuditRow *row, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s%s%s", row->who, row->subject ? row->subject : "",
                  row->detail ? row->detail : "");
    return true;
}

static void no_secret_gets_into_the_audit_log(void **state) {
    Office office;
    Login login;
    Account account;
    Buffer log = {0};
    char text[SECRET_TEXT_SIZE];
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    expect_wrong(&office, "li.na", "Secret-wrong-one");
    ASSERT_GOOD(office_log_in(&office, "li.na", PASSWORD, &login, &unexpected));
    const NewToken token = {.name = "collector", .scopes = SCOPE_BIT(SCOPE_READ), .lasts_us = DAY};
    ASSERT_GOOD(tokens_add(&office.call, "li.na", &token, &account, NULL, text, &unexpected));
    const StoreAuditQuery query = {0};
    ASSERT_GOOD(store_read_audit(office.store, &query, append_detail, &log, &unexpected));
    const char *const secrets[] = {PASSWORD,
                                   "Secret-wrong-one",
                                   "$argon2id",
                                   login.token,
                                   text,
                                   login.account.sessions[0].token_hash,
                                   login.account.sessions[0].csrf_seed,
                                   account.tokens[0].secret_hash};
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        assert_null(strstr(log.data, secrets[i]));
    assert_non_null(strstr(log.data, "collector"));
    account_free(&login.account);
    account_free(&account);
    buffer_free(&log);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(the_right_password_opens_a_session),
        DB_TEST(one_is_told_of_the_login_before_and_what_failed_since),
        DB_TEST(wrong_names_and_passwords_are_told_alike),
        DB_TEST(an_account_is_locked_for_longer_each_time),
        DB_TEST(a_locked_account_does_not_tell_that_the_password_is_right),
        DB_TEST(a_reset_password_opens_a_locked_account),
        DB_TEST(a_one_time_password_is_good_for_a_week),
        DB_TEST(a_one_time_password_has_one_session_at_a_time),
        DB_TEST(what_fails_while_it_is_locked_does_not_prolong_the_lock),
        DB_TEST(a_disabled_account_opens_to_nobody),
        DB_TEST(the_oldest_of_too_many_sessions_ends),
        DB_TEST(sessions_that_are_over_are_forgotten),
        DB_TEST(a_password_is_hashed_anew_when_its_cost_changed),
        DB_TEST(one_changes_ones_own_password),
        DB_TEST(changing_needs_the_old_password_and_a_good_new_one),
        DB_TEST(leaving_ends_the_session),
        DB_TEST(a_password_grows_old),
        DB_TEST(no_secret_gets_into_the_audit_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
