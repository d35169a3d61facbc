// Accounts changed by those who manage them, and what they may not do.
#include "tests/unit/auth/fixture.h"

#define ASSERT_REFUSED(call, expected_code, expected_message)                                      \
    do {                                                                                           \
        Error error = {0};                                                                         \
        if (call) fail_msg("%s went well", #call);                                                 \
        assert_string_equal(error.message, expected_message);                                      \
        assert_int_equal(error.code, expected_code);                                               \
    } while (0)

static void an_account_is_added_with_its_role(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "zhang.wei", ROLE_REPORTER, "150802");
    ASSERT_GOOD(account_read(office.store, "zhang.wei", &account, &unexpected));
    assert_string_equal(account.title, "张三");
    assert_string_equal(account.created_by, "local:root");
    assert_true(account.must_change_password);
    assert_int_equal(account.grant_count, 1);
    assert_string_equal(account.grants[0].unit, "health");
    assert_int_equal(account.version, 1);
    account_free(&account);
    office_expect_audit(&office, "local:root account.add zhang.wei;"
                                 "local:root password.reset zhang.wei;"
                                 "local:root grant.add zhang.wei;");
}

static void an_account_is_added_whole_or_not_at_all(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    const Grant grants[] = {grant_of(ROLE_OFFICE, "150802"),
                            grant_of(ROLE_AUDITOR, REGION_EVERYWHERE)};
    NewAccount new = {.name = "li.na", .password = PASSWORD, .grants = grants, .grant_count = 2};
    ASSERT_REFUSED(accounts_add(&office.call, &new, &account, &error), ERROR_CONFLICT,
                   "the roles auditor and office must not meet in one account");
    ASSERT_REFUSED(account_read(office.store, "li.na", &account, &error), ERROR_NOT_FOUND,
                   "there is no account \"li.na\"");
    new.grant_count = 0;
    ASSERT_REFUSED(accounts_add(&office.call, &new, &account, &error), ERROR_INPUT,
                   "an account needs a role");
    new.grant_count = 1;
    new.password = "short";
    ASSERT_REFUSED(accounts_add(&office.call, &new, &account, &error), ERROR_INPUT,
                   "the password is too short");
    new.password = PASSWORD;
    new.title = "a\nb";
    ASSERT_REFUSED(accounts_add(&office.call, &new, &account, &error), ERROR_INPUT,
                   "the title must be plain text of at most 192 bytes");
    new.title = NULL;
    ASSERT_GOOD(accounts_add(&office.call, &new, &account, &unexpected));
    account_free(&account);
    ASSERT_REFUSED(accounts_add(&office.call, &new, &account, &error), ERROR_CONFLICT,
                   "there is an account li.na already");
}

static void names_are_of_one_form(void **state) {
    (void)state;
    Error error = {0};
    language_set(LANGUAGE_ENGLISH);
    static const char *const good[] = {"ab", "zhang.wei", "13800138000", "a_b-c.d"};
    static const char *const wrong[] = {"",     "a",          "Zhang", "-ab",  ".ab", "a b",
                                        "张伟", "local:root", "a/b",   "ab\n", "a'b", "a\xff"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(account_name_is_good(good[i], &error));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(account_name_is_good(wrong[i], &error));
    char longest[66];
    memset(longest, 'a', 65);
    longest[65] = '\0';
    assert_false(account_name_is_good(longest, &error));
    longest[64] = '\0';
    assert_true(account_name_is_good(longest, &error));
}

static void a_grant_fits_its_role_and_its_region(void **state) {
    Office office;
    Account account;
    Grant grant;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    grant = grant_of(ROLE_OFFICE, "990000");
    ASSERT_REFUSED(accounts_grant(&office.call, "li.na", &grant, &account, &error), ERROR_NOT_FOUND,
                   "there is no region 990000");
    grant = grant_of(ROLE_OFFICE, "150802");
    snprintf(grant.unit, sizeof grant.unit, "health");
    ASSERT_REFUSED(accounts_grant(&office.call, "li.na", &grant, &account, &error), ERROR_INPUT,
                   "the role office has no unit");
    grant = grant_of(ROLE_REPORTER, "150802");
    grant.unit[0] = '\0';
    ASSERT_REFUSED(accounts_grant(&office.call, "li.na", &grant, &account, &error), ERROR_INPUT,
                   "a reporter's unit is missing");
    grant = grant_of(ROLE_REPORTER, REGION_EVERYWHERE);
    ASSERT_REFUSED(accounts_grant(&office.call, "li.na", &grant, &account, &error), ERROR_INPUT,
                   "a reporter's region is missing");
    grant = grant_of(ROLE_AUDITOR, "150802");
    ASSERT_REFUSED(accounts_grant(&office.call, "li.na", &grant, &account, &error), ERROR_INPUT,
                   "an auditor's role holds in the whole workspace, not in one region");
    grant = grant_of(ROLE_SECURITY_ADMINISTRATOR, "000000");
    ASSERT_REFUSED(accounts_grant(&office.call, "li.na", &grant, &account, &error), ERROR_CONFLICT,
                   "the roles security administrator and analyst must not meet in one account");
    grant = grant_of(ROLE_ADMINISTRATOR, REGION_EVERYWHERE);
    ASSERT_GOOD(accounts_grant(&office.call, "li.na", &grant, &account, &unexpected));
    assert_int_equal(account.grant_count, 2);
    account_free(&account);
}

static void a_unit_that_no_pack_declares_is_not_granted(void **state) {
    Office office;
    Account account;
    Error error = {0};
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    Grant grant = grant_of(ROLE_REPORTER, "150802");
    snprintf(grant.unit, sizeof grant.unit, "heatlh");
    assert_false(accounts_grant(&office.call, "li.na", &grant, &account, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_string_equal(error.message, "there is no unit \"heatlh\"");
    assert_string_equal(error.hint, "did you mean health?");
    snprintf(grant.unit, sizeof grant.unit, "no-such-unit");
    assert_false(accounts_grant(&office.call, "li.na", &grant, &account, &error));
    assert_string_equal(error.hint, "units are declared by packs: activate the pack first");
    grant = grant_of(ROLE_REPORTER, "150802");
    ASSERT_GOOD(accounts_grant(&office.call, "li.na", &grant, &account, &unexpected));
    account_free(&account);
}

// It was said that the account did not have the role.
static void a_reporters_grant_to_revoke_is_told_with_its_unit(void **state) {
    Office office;
    Account account;
    Error error = {0};
    office_open(&office, state);
    office_add(&office, "zhang.wei", ROLE_REPORTER, "150802");
    Grant grant = grant_of(ROLE_REPORTER, "150802");
    grant.unit[0] = '\0';
    assert_false(accounts_revoke(&office.call, "zhang.wei", &grant, &account, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_string_equal(error.message,
                        "zhang.wei has the role reporter in region 150802 for a unit");
    assert_string_equal(error.hint, "name it: 150802 with the unit health");
    grant = grant_of(ROLE_REPORTER, "150802");
    ASSERT_GOOD(accounts_revoke(&office.call, "zhang.wei", &grant, &account, &unexpected));
    account_free(&account);
}

static void an_account_has_so_many_grants_and_no_more(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    for (int i = 1; i < ACCOUNT_MOST_GRANTS; i++) {
        Grant grant = grant_of(ROLE_REPORTER, "150802");
        snprintf(grant.unit, sizeof grant.unit, "unit%d", i);
        ASSERT_GOOD(store_write(office.store, office_put_unit, grant.unit, &unexpected));
        ASSERT_GOOD(accounts_grant(&office.call, "li.na", &grant, &account, &unexpected));
        account_free(&account);
    }
    Grant grant = grant_of(ROLE_LEADER, "150802");
    ASSERT_REFUSED(accounts_grant(&office.call, "li.na", &grant, &account, &error), ERROR_LIMIT,
                   "account li.na has 16 grants already, which is the most");
    grant = grant_of(ROLE_ANALYST, "150802"); // there already
    ASSERT_GOOD(accounts_grant(&office.call, "li.na", &grant, &account, &unexpected));
    assert_int_equal(account.grant_count, ACCOUNT_MOST_GRANTS);
    account_free(&account);
}

static void log_in(const Office *office, const char *password) {
    Login opened;
    ASSERT_GOOD(office_log_in(office, "li.na", password, &opened, &unexpected));
    account_free(&opened.account);
}

// Takes what a change gave back, and compares how many sessions there are.
static void expect_sessions(Account *account, size_t count) {
    assert_int_equal(account->session_count, count);
    account_free(account);
}

static void changes_of_rights_end_sessions_and_others_do_not(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    const Grant analyst = grant_of(ROLE_ANALYST, "150802"), more = grant_of(ROLE_OFFICE, "150802");
    office_keep_password(&office, "li.na");
    log_in(&office, PASSWORD);
    log_in(&office, PASSWORD);
    ASSERT_GOOD(accounts_set_title(&office.call, "li.na", "李娜", &account, &unexpected));
    expect_sessions(&account, 2);
    ASSERT_GOOD(accounts_grant(&office.call, "li.na", &analyst, &account, &unexpected));
    expect_sessions(&account, 2); // it was there already
    ASSERT_GOOD(accounts_grant(&office.call, "li.na", &more, &account, &unexpected));
    expect_sessions(&account, 0);
    log_in(&office, PASSWORD);
    ASSERT_GOOD(accounts_revoke(&office.call, "li.na", &more, &account, &unexpected));
    expect_sessions(&account, 0);
    log_in(&office, PASSWORD);
    ASSERT_GOOD(
        accounts_reset_password(&office.call, "li.na", OTHER_PASSWORD, &account, &unexpected));
    expect_sessions(&account, 0);
    log_in(&office, OTHER_PASSWORD);
    ASSERT_GOOD(accounts_disable(&office.call, "li.na", &account, &unexpected));
    expect_sessions(&account, 0);
}

static void a_grant_that_is_not_there_cannot_be_revoked(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    const Grant grant = grant_of(ROLE_ANALYST, "000000");
    ASSERT_REFUSED(accounts_revoke(&office.call, "li.na", &grant, &account, &error),
                   ERROR_NOT_FOUND, "li.na does not have the role analyst in region 000000");
    ASSERT_REFUSED(accounts_revoke(&office.call, "nobody", &grant, &account, &error),
                   ERROR_NOT_FOUND, "there is no account \"nobody\"");
    ASSERT_REFUSED(accounts_revoke(&office.call, "", &grant, &account, &error), ERROR_NOT_FOUND,
                   "there is no account \"\"");
}

static void somebody_is_left_who_manages_accounts(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "wang.fang", ROLE_SECURITY_ADMINISTRATOR, REGION_EVERYWHERE);
    const Grant grant = grant_of(ROLE_SECURITY_ADMINISTRATOR, REGION_EVERYWHERE);
    ASSERT_REFUSED(accounts_disable(&office.call, "wang.fang", &account, &error), ERROR_CONFLICT,
                   "wang.fang is the last security administrator of the whole workspace");
    ASSERT_REFUSED(accounts_revoke(&office.call, "wang.fang", &grant, &account, &error),
                   ERROR_CONFLICT,
                   "wang.fang is the last security administrator of the whole workspace");
    office_add(&office, "chen.jie", ROLE_SECURITY_ADMINISTRATOR, REGION_EVERYWHERE);
    ASSERT_GOOD(accounts_disable(&office.call, "chen.jie", &account, &unexpected));
    account_free(&account);
    // One that is disabled does not count.
    ASSERT_REFUSED(accounts_disable(&office.call, "wang.fang", &account, &error), ERROR_CONFLICT,
                   "wang.fang is the last security administrator of the whole workspace");
    ASSERT_GOOD(accounts_enable(&office.call, "chen.jie", &account, &unexpected));
    account_free(&account);
    ASSERT_GOOD(accounts_revoke(&office.call, "wang.fang", &grant, &account, &unexpected));
    account_free(&account);
}

static void an_administrator_of_a_county_is_not_what_is_left_of_those_of_the_nation(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "wang.fang", ROLE_SECURITY_ADMINISTRATOR, REGION_EVERYWHERE);
    office_add(&office, "chen.jie", ROLE_SECURITY_ADMINISTRATOR, "150802");
    const Grant whole = grant_of(ROLE_SECURITY_ADMINISTRATOR, REGION_EVERYWHERE),
                county = grant_of(ROLE_SECURITY_ADMINISTRATOR, "150802");
    const char *last = "wang.fang is the last security administrator of the whole workspace";
    ASSERT_REFUSED(accounts_disable(&office.call, "wang.fang", &account, &error), ERROR_CONFLICT,
                   last);
    ASSERT_GOOD(accounts_grant(&office.call, "wang.fang", &county, &account, &unexpected));
    account_free(&account);
    ASSERT_REFUSED(accounts_revoke(&office.call, "wang.fang", &whole, &account, &error),
                   ERROR_CONFLICT, last);
    // Whoever manages the whole manages the county too, so both may go.
    ASSERT_GOOD(accounts_revoke(&office.call, "wang.fang", &county, &account, &unexpected));
    account_free(&account);
    ASSERT_GOOD(accounts_disable(&office.call, "chen.jie", &account, &unexpected));
    account_free(&account);
}

static void nobody_manages_his_own_account(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "wang.fang", ROLE_SECURITY_ADMINISTRATOR, REGION_EVERYWHERE);
    const Caller caller = office_caller(&office, "wang.fang");
    const Grant grant = grant_of(ROLE_SECURITY_ADMINISTRATOR, "000000");
    AuthCall call = office.call;
    call.caller = &caller;
    ASSERT_REFUSED(accounts_grant(&call, "wang.fang", &grant, &account, &error), ERROR_FORBIDDEN,
                   "nobody manages his own account");
    ASSERT_REFUSED(accounts_reset_password(&call, "wang.fang", OTHER_PASSWORD, &account, &error),
                   ERROR_FORBIDDEN, "nobody manages his own account");
    ASSERT_REFUSED(accounts_unlock(&call, "wang.fang", &account, &error), ERROR_FORBIDDEN,
                   "nobody manages his own account");
}

static void a_manager_stays_within_his_region(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "wang.fang", ROLE_SECURITY_ADMINISTRATOR, "150802");
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    office_add(&office, "liu.yang", ROLE_OFFICE, "000000");
    const Caller caller = office_caller(&office, "wang.fang");
    AuthCall call = office.call;
    call.caller = &caller;
    Grant grant = grant_of(ROLE_OFFICE, "150802");
    ASSERT_GOOD(accounts_grant(&call, "li.na", &grant, &account, &unexpected));
    account_free(&account);
    grant = grant_of(ROLE_OFFICE, "000000");
    ASSERT_REFUSED(accounts_grant(&call, "li.na", &grant, &account, &error), ERROR_FORBIDDEN,
                   "wang.fang has no right in region 000000: change accounts");
    ASSERT_REFUSED(accounts_reset_password(&call, "liu.yang", OTHER_PASSWORD, &account, &error),
                   ERROR_FORBIDDEN, "wang.fang has no right in region 000000: change accounts");
    const NewAccount new = {
        .name = "zhao.lei", .password = PASSWORD, .grants = &grant, .grant_count = 1};
    ASSERT_REFUSED(accounts_add(&call, &new, &account, &error), ERROR_FORBIDDEN,
                   "wang.fang has no right in region 000000: change accounts");
    ASSERT_REFUSED(account_read(office.store, "zhao.lei", &account, &error), ERROR_NOT_FOUND,
                   "there is no account \"zhao.lei\"");
}

static void an_account_between_two_roles_is_not_taken_over_from_a_county(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "wang.fang", ROLE_SECURITY_ADMINISTRATOR, "150802");
    office_add(&office, "li.na", ROLE_OFFICE, "000000");
    const Caller caller = office_caller(&office, "wang.fang");
    const Grant grant = grant_of(ROLE_OFFICE, "000000");
    AuthCall call = office.call;
    call.caller = &caller;
    ASSERT_GOOD(accounts_revoke(&office.call, "li.na", &grant, &account, &unexpected));
    account_free(&account);
    ASSERT_REFUSED(accounts_reset_password(&call, "li.na", OTHER_PASSWORD, &account, &error),
                   ERROR_FORBIDDEN,
                   "wang.fang has no right for the whole workspace: change accounts");
}

static void others_manage_no_accounts(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "admin", ROLE_ADMINISTRATOR, REGION_EVERYWHERE);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    const Caller caller = office_caller(&office, "admin");
    AuthCall call = office.call;
    call.caller = &caller;
    ASSERT_REFUSED(accounts_disable(&call, "li.na", &account, &error), ERROR_FORBIDDEN,
                   "admin has no right: change accounts");
    ASSERT_REFUSED(accounts_end_session(&call, "li.na", 0, &account, &error), ERROR_FORBIDDEN,
                   "admin has no right: change accounts");
}

// Whoever was identified and waits for the queue meanwhile.
static void a_caller_whose_rights_were_taken_changes_nothing_any_more(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "wang.fang", ROLE_SECURITY_ADMINISTRATOR, REGION_EVERYWHERE);
    office_add(&office, "chen.jie", ROLE_SECURITY_ADMINISTRATOR, REGION_EVERYWHERE);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    const Caller caller = office_caller(&office, "wang.fang");
    const Grant grant = grant_of(ROLE_SECURITY_ADMINISTRATOR, REGION_EVERYWHERE);
    const NewAccount new = {
        .name = "puppet", .password = PASSWORD, .grants = &grant, .grant_count = 1};
    AuthCall call = office.call;
    call.caller = &caller;
    ASSERT_GOOD(accounts_disable(&office.call, "wang.fang", &account, &unexpected));
    account_free(&account);
    ASSERT_REFUSED(accounts_add(&call, &new, &account, &error), ERROR_UNIDENTIFIED,
                   "the session has ended");
    ASSERT_REFUSED(accounts_reset_password(&call, "li.na", OTHER_PASSWORD, &account, &error),
                   ERROR_UNIDENTIFIED, "the session has ended");
    ASSERT_REFUSED(account_read(office.store, "puppet", &account, &error), ERROR_NOT_FOUND,
                   "there is no account \"puppet\"");
}

static void passwords_of_the_past_do_not_come_back(void **state) {
    Office office;
    Account account;
    static const char *const passwords[] = {"Cloudberry-1", "Cloudberry-2", "Cloudberry-3",
                                            "Cloudberry-4", "Cloudberry-5"};
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    for (size_t i = 0; i < 5; i++) {
        ASSERT_REFUSED(accounts_reset_password(&office.call, "li.na", PASSWORD, &account, &error),
                       ERROR_INPUT, "the password is among the last 5 of this account");
        ASSERT_GOOD(
            accounts_reset_password(&office.call, "li.na", passwords[i], &account, &unexpected));
        account_free(&account);
    }
    ASSERT_GOOD(accounts_reset_password(&office.call, "li.na", PASSWORD, &account, &unexpected));
    account_free(&account);
}

static void what_is_done_twice_is_noted_once(void **state) {
    Office office;
    Account account;
    office_open(&office, state);
    office_add(&office, "li.na", ROLE_ANALYST, "150802");
    for (int i = 0; i < 2; i++) {
        ASSERT_GOOD(accounts_disable(&office.call, "li.na", &account, &unexpected));
        assert_true(account.disabled_at_us != 0);
        account_free(&account);
        ASSERT_GOOD(accounts_unlock(&office.call, "li.na", &account, &unexpected));
        account_free(&account);
    }
    office_expect_audit(&office, "grant.add li.na;local:root account.disable li.na;");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(an_account_is_added_with_its_role),
        DB_TEST(an_account_is_added_whole_or_not_at_all),
        cmocka_unit_test(names_are_of_one_form),
        DB_TEST(a_grant_fits_its_role_and_its_region),
        DB_TEST(a_unit_that_no_pack_declares_is_not_granted),
        DB_TEST(a_reporters_grant_to_revoke_is_told_with_its_unit),
        DB_TEST(an_account_has_so_many_grants_and_no_more),
        DB_TEST(changes_of_rights_end_sessions_and_others_do_not),
        DB_TEST(a_grant_that_is_not_there_cannot_be_revoked),
        DB_TEST(somebody_is_left_who_manages_accounts),
        DB_TEST(an_administrator_of_a_county_is_not_what_is_left_of_those_of_the_nation),
        DB_TEST(nobody_manages_his_own_account),
        DB_TEST(a_manager_stays_within_his_region),
        DB_TEST(an_account_between_two_roles_is_not_taken_over_from_a_county),
        DB_TEST(others_manage_no_accounts),
        DB_TEST(a_caller_whose_rights_were_taken_changes_nothing_any_more),
        DB_TEST(passwords_of_the_past_do_not_come_back),
        DB_TEST(what_is_done_twice_is_noted_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
