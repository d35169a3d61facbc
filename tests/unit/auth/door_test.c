// Who asks: sessions and API tokens known from memory, and what is written down of them.
#include "db/store_accounts.h"
#include "tests/unit/auth/doorway.h"

// ---- sessions ----------------------------------------------------------------------------------

static void a_session_is_its_account(void **state) {
    Setting setting;
    DoorAnswer answer;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    assert_true(ask(&setting, token, &answer));
    assert_int_equal(answer.caller.kind, CALLER_SESSION);
    assert_string_equal(answer.caller.name, "li.na");
    assert_string_equal(answer.caller.means, "web");
    assert_string_equal(answer.caller.address, "10.0.0.1");
    assert_true(answer.caller.must_change_password);
    assert_int_equal(answer.caller.grant_count, 1);
    assert_string_equal(answer.new_token, "");
    assert_true(ask(&setting, NULL, &answer));
    assert_int_equal(answer.caller.kind, CALLER_NOBODY);
    tear_down(&setting);
}

static void what_is_no_session_opens_nothing(void **state) {
    Setting setting;
    char token[SECRET_TEXT_SIZE], other[SECRET_TEXT_SIZE], hash[HASH_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    secret_new(SECRET_SESSION, 1, other, hash);
    assert_false(opens(&setting, other));
    secret_new(SECRET_SESSION, 99, other, hash);
    assert_false(opens(&setting, other));
    assert_false(opens(&setting, ""));
    assert_false(opens(&setting, "bs_1_"));
    assert_true(opens(&setting, token));
    tear_down(&setting);
}

// It outlasted both limits until the clock came to where it had been.
static void a_session_that_began_in_the_future_opens_nothing(void **state) {
    Setting setting;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    setting.office.call.now_us -= 59 * SECOND; // a clock that is put right by a little
    assert_true(opens(&setting, token));
    setting.office.call.now_us -= 2 * SECOND;
    assert_false(opens(&setting, token));
    tear_down(&setting);
}

static void a_session_that_is_not_used_ends(void **state) {
    Setting setting;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    setting.office.settings.session_rotates_us = DAY;
    log_in(&setting, "li.na", token);
    setting.office.call.now_us += 10 * MINUTE;
    assert_true(opens(&setting, token));
    setting.office.call.now_us += 30 * MINUTE;
    assert_false(opens(&setting, token));
    tear_down(&setting);
}

// Uses the session every ten minutes, whatever its token becomes; gives how long it lived.
static int64_t use_as_long_as_it_lives(Setting *setting, char token[SECRET_TEXT_SIZE]) {
    const int64_t began_us = setting->office.call.now_us;
    DoorAnswer answer;
    while (ask(setting, token, &answer)) {
        if (answer.new_token[0]) memcpy(token, answer.new_token, SECRET_TEXT_SIZE);
        setting->office.call.now_us += 10 * MINUTE;
    }
    return setting->office.call.now_us - began_us;
}

static void a_session_ends_after_half_a_day_whatever_its_use(void **state) {
    Setting setting;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    assert_int_equal(use_as_long_as_it_lives(&setting, token), 12 * HOUR);
    tear_down(&setting);
}

static void a_token_is_changed_and_the_old_one_lasts_a_little(void **state) {
    Setting setting;
    DoorAnswer answer;
    char token[SECRET_TEXT_SIZE], next[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    setting.office.call.now_us += 15 * MINUTE;
    assert_true(ask(&setting, token, &answer));
    assert_string_not_equal(answer.new_token, "");
    memcpy(next, answer.new_token, sizeof next);
    // A request under way, or one whose answer was lost: it is told the new one again.
    setting.office.call.now_us += 20 * SECOND;
    assert_true(ask(&setting, token, &answer));
    assert_string_equal(answer.new_token, next);
    assert_true(ask(&setting, next, &answer));
    assert_string_equal(answer.new_token, "");
    // Once the client has shown that it knows the new one it is not told any more.
    assert_true(ask(&setting, token, &answer));
    assert_string_equal(answer.new_token, "");
    setting.office.call.now_us += 10 * SECOND;
    assert_false(opens(&setting, token));
    assert_true(opens(&setting, next));
    tear_down(&setting);
}

// A long upload lost the token that its headers had changed, and was answered 401.
static void the_headers_of_an_upload_change_no_token(void **state) {
    Setting setting;
    DoorAnswer early, answer;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    setting.office.call.now_us += 16 * MINUTE;
    const DoorRequest headers = {.session = token,
                                 .address = "10.0.0.1",
                                 .keeps_token = true,
                                 .now_us = setting.office.call.now_us};
    ASSERT_GOOD(door_identify(setting.door, &headers, &early, &unexpected));
    assert_string_equal(early.new_token, "");
    assert_true(ask(&setting, token, &answer));
    assert_string_not_equal(answer.new_token, "");
    setting.office.call.now_us += MINUTE;
    assert_false(opens(&setting, token));
    assert_true(door_recheck(setting.door, &early.caller, setting.office.call.now_us));
    tear_down(&setting);
}

static void a_changed_token_outlives_a_restart(void **state) {
    Setting setting;
    DoorAnswer answer;
    char token[SECRET_TEXT_SIZE], next[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    setting.office.call.now_us += 15 * MINUTE;
    assert_true(ask(&setting, token, &answer));
    memcpy(next, answer.new_token, sizeof next);
    write_down(&setting);
    door_free(setting.door);
    setting.door = door_new(&setting.office.settings);
    load(&setting);
    assert_true(opens(&setting, token));
    assert_true(opens(&setting, next));
    setting.office.call.now_us += 30 * SECOND;
    assert_false(opens(&setting, token));
    assert_true(opens(&setting, next));
    tear_down(&setting);
}

// An account that was read again in between forgot what the lost answer had said.
static void a_lost_new_token_is_told_again_after_the_account_was_read(void **state) {
    Setting setting;
    DoorAnswer answer;
    char token[SECRET_TEXT_SIZE], next[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    setting.office.call.now_us += 15 * MINUTE;
    assert_true(ask(&setting, token, &answer));
    memcpy(next, answer.new_token, sizeof next);
    write_down(&setting);
    Account account = read_account(&setting, "li.na");
    door_apply(setting.door, &account);
    load(&setting);
    assert_true(ask(&setting, token, &answer));
    assert_string_equal(answer.new_token, next);
    tear_down(&setting);
}

// The store has it up to a minute late that a session was used; somebody else's login ended it.
static void a_login_forgets_no_session_that_was_used_since_it_was_noted(void **state) {
    Setting setting;
    char token[SECRET_TEXT_SIZE], other[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    setting.office.settings.session_rotates_us = DAY;
    door_free(setting.door);
    setting.door = door_new(&setting.office.settings);
    office_add(&setting.office, "wang.wu", ROLE_ANALYST, "150802");
    load(&setting);
    log_in(&setting, "li.na", token);
    setting.office.call.now_us += 59 * SECOND;
    assert_true(opens(&setting, token));
    write_down(&setting);
    setting.office.call.now_us += 30 * MINUTE - SECOND;
    log_in(&setting, "wang.wu", other);
    load(&setting);
    assert_true(opens(&setting, token));
    setting.office.call.now_us += 31 * MINUTE;
    log_in(&setting, "wang.wu", other);
    Account account = read_account(&setting, "li.na");
    assert_int_equal(account.session_count, 0);
    account_free(&account);
    tear_down(&setting);
}

// The account as it was read before the token was changed must not bring the old one back.
static void what_was_read_before_a_change_of_token_does_not_undo_it(void **state) {
    Setting setting;
    DoorAnswer answer;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    setting.office.call.now_us += 15 * MINUTE;
    assert_true(ask(&setting, token, &answer));
    Account account = read_account(&setting, "li.na");
    door_apply(setting.door, &account);
    load(&setting);
    setting.office.call.now_us += MINUTE;
    assert_false(opens(&setting, token));
    assert_true(opens(&setting, answer.new_token));
    tear_down(&setting);
}

// A note that was lost (a full disk) is made good by the next one.
static void a_change_of_token_that_was_not_stored_does_not_stop_later_ones(void **state) {
    Setting setting;
    DoorAnswer answer;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    for (int i = 0; i < 2; i++) {
        setting.office.call.now_us += 15 * MINUTE;
        assert_true(ask(&setting, token, &answer));
        memcpy(token, answer.new_token, sizeof token);
        DoorNotes *notes = door_take_notes(setting.door, setting.office.call.now_us);
        assert_non_null(notes);
        if (i == 1) ASSERT_GOOD(door_store_notes(setting.office.store, notes, &unexpected));
        door_free_notes(notes);
    }
    door_free(setting.door);
    setting.door = door_new(&setting.office.settings);
    load(&setting);
    assert_true(opens(&setting, token));
    tear_down(&setting);
}

// Whoever had the new token was logged out by the next restart.
static void notes_that_the_store_would_not_have_are_taken_again(void **state) {
    Setting setting;
    DoorAnswer answer;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    setting.office.call.now_us += 15 * MINUTE;
    assert_true(ask(&setting, token, &answer));
    for (int i = 0; i < 2; i++)
        door_return_notes(setting.door, door_take_notes(setting.door, setting.office.call.now_us));
    write_down(&setting);
    assert_null(door_take_notes(setting.door, setting.office.call.now_us));
    const int64_t now_us = setting.office.call.now_us;
    Account account = read_account(&setting, "li.na");
    assert_int_equal(account.sessions[0].seen_at_us, now_us);
    account_free(&account);
    door_free(setting.door);
    setting.door = door_new(&setting.office.settings);
    load(&setting);
    setting.office.call.now_us += MINUTE; // the token before counts no more
    assert_true(opens(&setting, answer.new_token));
    tear_down(&setting);
}

static void a_changed_password_changes_the_token_at_once(void **state) {
    Setting setting;
    DoorAnswer answer;
    PasswordChange changed;
    char token[SECRET_TEXT_SIZE], other[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", other);
    log_in(&setting, "li.na", token);
    assert_true(ask(&setting, token, &answer));
    AuthCall call = setting.office.call;
    call.caller = &answer.caller;
    ASSERT_GOOD(login_change_password(&call, PASSWORD, OTHER_PASSWORD, &changed, &unexpected));
    door_apply(setting.door, &changed.account);
    assert_false(opens(&setting, token));
    assert_false(opens(&setting, other));
    assert_true(ask(&setting, changed.token, &answer));
    assert_false(answer.caller.must_change_password);
    tear_down(&setting);
}

static void a_csrf_token_stays_when_the_session_token_changes(void **state) {
    Setting setting;
    DoorAnswer answer, other;
    char token[SECRET_TEXT_SIZE], csrf[SECRET_CSRF_SIZE], again[SECRET_CSRF_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    assert_true(ask(&setting, token, &answer));
    door_csrf(setting.door, &answer.caller, csrf);
    setting.office.call.now_us += 15 * MINUTE;
    assert_true(ask(&setting, token, &answer));
    door_csrf(setting.door, &answer.caller, again);
    assert_string_equal(csrf, again);
    assert_true(door_csrf_is_right(setting.door, &answer.caller, csrf));
    assert_false(door_csrf_is_right(setting.door, &answer.caller, NULL));
    log_in(&setting, "li.na", token);
    assert_true(ask(&setting, token, &other));
    assert_false(door_csrf_is_right(setting.door, &other.caller, csrf));
    const Caller nobody = {.kind = CALLER_NOBODY};
    door_csrf(setting.door, &nobody, again);
    assert_string_equal(again, "");
    assert_false(door_csrf_is_right(setting.door, &nobody, ""));
    tear_down(&setting);
}

static void what_goes_on_for_long_is_asked_again(void **state) {
    Setting setting;
    DoorAnswer answer;
    Account account;
    char token[SECRET_TEXT_SIZE], text[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    const NewToken new = {.name = "collector", .scopes = SCOPE_BIT(SCOPE_READ), .lasts_us = DAY};
    ASSERT_GOOD(tokens_add(&setting.office.call, "li.na", &new, &account, NULL, text, &unexpected));
    door_apply(setting.door, &account);
    log_in(&setting, "li.na", token);
    const int64_t now_us = setting.office.call.now_us;
    assert_true(ask(&setting, token, &answer));
    Caller session = answer.caller, local = caller_local("root"), nobody = {.kind = CALLER_NOBODY};
    assert_true(ask(&setting, text, &answer));
    Caller program = answer.caller;
    assert_true(door_recheck(setting.door, &session, now_us + 29 * MINUTE));
    assert_false(door_recheck(setting.door, &session, now_us + 30 * MINUTE));
    assert_true(door_recheck(setting.door, &local, now_us));
    assert_false(door_recheck(setting.door, &nobody, now_us));
    const Grant more = grant_of(ROLE_OFFICE, "150802");
    ASSERT_GOOD(accounts_grant(&setting.office.call, "li.na", &more, &account, &unexpected));
    door_apply(setting.door, &account);
    assert_false(door_recheck(setting.door, &session, now_us));
    assert_true(door_recheck(setting.door, &program, now_us));
    assert_int_equal(program.grant_count, 2);
    assert_false(door_recheck(setting.door, &program, now_us + DAY));
    tear_down(&setting);
}

// ---- changes -----------------------------------------------------------------------------------

static void what_was_read_earlier_never_replaces_what_was_read_later(void **state) {
    Setting setting;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    Account before = read_account(&setting, "li.na");
    log_in(&setting, "li.na", token);
    door_apply(setting.door, &before);
    assert_true(opens(&setting, token));
    tear_down(&setting);
}

static void a_disabled_account_is_out_at_once(void **state) {
    Setting setting;
    Account account;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    ASSERT_GOOD(accounts_disable(&setting.office.call, "li.na", &account, &unexpected));
    door_apply(setting.door, &account);
    assert_false(opens(&setting, token));
    tear_down(&setting);
}

static void what_another_process_changed_is_seen_by_its_version(void **state) {
    Setting setting;
    int64_t version;
    set_up(&setting, state);
    ASSERT_GOOD(store_accounts_version(setting.office.store, &version, &unexpected));
    assert_int_equal(door_version(setting.door), version);
    office_add(&setting.office, "liu.yang", ROLE_OFFICE, "150802"); // without the door's knowing
    ASSERT_GOOD(store_accounts_version(setting.office.store, &version, &unexpected));
    assert_true(version > door_version(setting.door));
    assert_null(door_account(setting.door, "liu.yang"));
    load(&setting);
    assert_int_equal(door_version(setting.door), version);
    assert_non_null(door_account(setting.door, "liu.yang"));
    tear_down(&setting);
}

static void ones_own_changes_need_no_loading(void **state) {
    Setting setting;
    int64_t version;
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    log_in(&setting, "li.na", token);
    ASSERT_GOOD(store_accounts_version(setting.office.store, &version, &unexpected));
    assert_int_equal(door_version(setting.door), version);
    tear_down(&setting);
}

static void expect_version(Setting *setting, bool up_to_date) {
    int64_t version;
    ASSERT_GOOD(store_accounts_version(setting->office.store, &version, &unexpected));
    assert_int_equal(door_version(setting->door) == version, up_to_date);
}

// A password that was refused read the account with the version of another process's change, which
// the door then took for its own: whoever was disabled stayed logged in.
static void what_changed_nothing_hides_no_change_of_another_process(void **state) {
    Setting setting;
    Account other;
    Login failed;
    PasswordChange change;
    Error error = {0};
    char token[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    office_add(&setting.office, "wang.wu", ROLE_ANALYST, "150802");
    Caller caller = office_caller(&setting.office, "li.na");
    load(&setting);
    log_in(&setting, "wang.wu", token);
    AuthCall call = setting.office.call;
    call.caller = &caller;
    assert_false(login_change_password(&call, "wrong", OTHER_PASSWORD, &change, &error));
    door_apply(setting.door, &change.account);
    expect_version(&setting, true); // a failure that was counted is a change of one's own
    assert_false(office_log_in(&setting.office, "li.na", "wrong", &failed, &error));
    door_apply(setting.door, &failed.account);
    expect_version(&setting, true);
    ASSERT_GOOD(accounts_disable(&setting.office.call, "wang.wu", &other, &unexpected));
    account_free(&other);
    assert_false(login_change_password(&call, PASSWORD, "x", &change, &error));
    door_apply(setting.door, &change.account);
    expect_version(&setting, false);
    assert_false(office_log_in(&setting.office, "li.na", "wrong", &failed, &error));
    door_apply(setting.door, &failed.account);
    expect_version(&setting, false);
    load(&setting);
    assert_false(opens(&setting, token));
    expect_version(&setting, true);
    tear_down(&setting);
}

static void accounts_are_listed_by_name(void **state) {
    Setting setting;
    set_up(&setting, state);
    office_add(&setting.office, "zhao.lei", ROLE_OFFICE, "150802");
    office_add(&setting.office, "chen.jie", ROLE_OFFICE, "150802");
    load(&setting);
    assert_int_equal(door_account_count(setting.door), 3);
    assert_string_equal(door_account_at(setting.door, 0)->name, "chen.jie");
    assert_string_equal(door_account_at(setting.door, 1)->name, "li.na");
    assert_string_equal(door_account_at(setting.door, 2)->name, "zhao.lei");
    tear_down(&setting);
}

static void many_sessions_are_each_found(void **state) {
    enum { PEOPLE = 12 };
    Setting setting;
    char names[PEOPLE][16], tokens[PEOPLE][SECRET_TEXT_SIZE];
    set_up(&setting, state);
    for (int i = 0; i < PEOPLE; i++) {
        snprintf(names[i], sizeof names[i], "person%d", (i * 7) % PEOPLE);
        office_add(&setting.office, names[i], ROLE_ANALYST, "150802");
        log_in(&setting, names[i], tokens[i]);
    }
    for (int i = 0; i < 2 * PEOPLE; i++) {
        DoorAnswer answer;
        if (i == PEOPLE) load(&setting);
        assert_true(ask(&setting, tokens[i % PEOPLE], &answer));
        assert_string_equal(answer.caller.name, names[i % PEOPLE]);
    }
    tear_down(&setting);
}

// ---- API tokens --------------------------------------------------------------------------------

static int64_t add_token(Setting *setting, const NewToken *token, char text[SECRET_TEXT_SIZE]) {
    Account account;
    int64_t id;
    ASSERT_GOOD(
        tokens_add(&setting->office.call, "li.na", token, &account, &id, text, &unexpected));
    door_apply(setting->door, &account);
    return id;
}

static void a_token_is_what_of_its_owner_its_scopes_say(void **state) {
    Setting setting;
    DoorAnswer answer;
    char text[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    const NewToken token = {
        .name = "collector", .scopes = SCOPE_BIT(SCOPE_READ), .region = "150802", .lasts_us = DAY};
    int64_t id = add_token(&setting, &token, text);
    assert_true(ask(&setting, text, &answer));
    assert_int_equal(answer.caller.kind, CALLER_TOKEN);
    assert_int_equal(answer.caller.token, id);
    assert_int_equal(answer.caller.scopes, SCOPE_BIT(SCOPE_READ));
    assert_string_equal(answer.caller.token_region, "150802");
    assert_string_equal(answer.caller.means, "token");
    assert_false(answer.caller.must_change_password); // a program cannot
    assert_true(
        rights_allow(&answer.caller, ACTION_DATA_READ, "150802", door_regions(setting.door)));
    assert_false(
        rights_allow(&answer.caller, ACTION_EVALUATE, "150802", door_regions(setting.door)));
    tear_down(&setting);
}

static void a_token_ends(void **state) {
    Setting setting;
    Account account;
    char first[SECRET_TEXT_SIZE], second[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    const NewToken token = {.name = "collector", .scopes = SCOPE_BIT(SCOPE_READ), .lasts_us = DAY};
    int64_t id = add_token(&setting, &token, first);
    add_token(&setting, &token, second);
    ASSERT_GOOD(tokens_revoke(&setting.office.call, "li.na", id, &account, &unexpected));
    door_apply(setting.door, &account);
    assert_false(opens(&setting, first));
    assert_true(opens(&setting, second));
    setting.office.call.now_us += DAY;
    assert_false(opens(&setting, second));
    tear_down(&setting);
}

static void a_disabled_owners_token_opens_nothing(void **state) {
    Setting setting;
    Account account;
    char text[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    const NewToken token = {.name = "collector", .scopes = SCOPE_BIT(SCOPE_READ), .lasts_us = DAY};
    add_token(&setting, &token, text);
    ASSERT_GOOD(accounts_disable(&setting.office.call, "li.na", &account, &unexpected));
    door_apply(setting.door, &account);
    assert_false(opens(&setting, text));
    ASSERT_GOOD(accounts_enable(&setting.office.call, "li.na", &account, &unexpected));
    door_apply(setting.door, &account);
    assert_true(opens(&setting, text));
    tear_down(&setting);
}

static void expect_no_token(Setting *setting, const NewToken *token, const char *message) {
    Account account;
    Error error = {0};
    char text[SECRET_TEXT_SIZE] = "";
    assert_false(tokens_add(&setting->office.call, "li.na", token, &account, NULL, text, &error));
    assert_string_equal(error.message, message);
    assert_string_equal(text, "");
}

static void a_token_is_never_wider_than_its_owner(void **state) {
    Setting setting;
    set_up(&setting, state);
    NewToken token = {.name = "a", .scopes = SCOPE_BIT(SCOPE_DATA), .lasts_us = DAY};
    expect_no_token(&setting, &token, "li.na has nothing of the scope \"data\"");
    token.scopes = SCOPE_BIT(SCOPE_READ) | SCOPE_BIT(SCOPE_AUDIT);
    expect_no_token(&setting, &token, "li.na has nothing of the scope \"audit\"");
    token.scopes = SCOPE_BIT(SCOPE_READ);
    token.region = "000000";
    expect_no_token(&setting, &token, "li.na has nothing of the scope \"read\" in region 000000");
    token.region = REGION_EVERYWHERE;
    expect_no_token(&setting, &token, "li.na has nothing of the scope \"read\" in region *");
    token.region = NULL;
    token.scopes = 0;
    expect_no_token(&setting, &token, "a token needs a scope");
    token.scopes = SCOPE_BIT(SCOPE_READ);
    token.lasts_us = 400 * DAY;
    expect_no_token(&setting, &token, "a token is valid for 1 to 366 days");
    token.lasts_us = 0;
    expect_no_token(&setting, &token, "a token is valid for 1 to 366 days");
    token.lasts_us = DAY;
    token.name = "a\nb";
    expect_no_token(&setting, &token, "a token's name is one line of at most 96 bytes");
    token.name = "a";
    setting.office.settings.most_tokens = 0;
    expect_no_token(&setting, &token, "li.na has 0 tokens already, which is the most");
    tear_down(&setting);
}

static void only_the_owner_makes_a_token(void **state) {
    Setting setting;
    Account account;
    Error error = {0};
    char text[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    office_add(&setting.office, "wang.fang", ROLE_SECURITY_ADMINISTRATOR, REGION_EVERYWHERE);
    Caller caller = office_caller(&setting.office, "wang.fang");
    AuthCall call = setting.office.call;
    const NewToken token = {.name = "collector", .scopes = SCOPE_BIT(SCOPE_READ), .lasts_us = DAY};
    call.caller = &caller;
    assert_false(tokens_add(&call, "li.na", &token, &account, NULL, text, &error));
    assert_string_equal(error.message, "only li.na may do that");
    assert_false(tokens_add(&call, "wang.fang", &token, &account, NULL, text, &error));
    assert_int_equal(error.code, ERROR_FORBIDDEN); // has nothing a token could do
    int64_t id = add_token(&setting, &token, text);
    ASSERT_GOOD(tokens_revoke(&call, "li.na", id, &account, &unexpected));
    account_free(&account);
    assert_false(tokens_revoke(&call, "li.na", id, &account, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    tear_down(&setting);
}

// ---- the rest ----------------------------------------------------------------------------------

static void who_could_change_the_files_needs_nothing_to_show(void **state) {
    Setting setting;
    DoorAnswer answer;
    Error error = {0};
    set_up(&setting, state);
    DoorRequest request = {.address = "local", .local = true, .user = geteuid()};
    assert_true(door_identify(setting.door, &request, &answer, &error));
    assert_int_equal(answer.caller.kind, CALLER_LOCAL);
    assert_int_equal(strncmp(answer.caller.name, "local:", 6), 0);
    assert_string_equal(answer.caller.means, "cli");
    request.user = 0;
    assert_true(door_identify(setting.door, &request, &answer, &error));
    assert_string_equal(answer.caller.name, "local:root");
    request.login = "wang\nfang"; // the command line says for whom it asks
    assert_true(door_identify(setting.door, &request, &answer, &error));
    assert_string_equal(answer.caller.name, "local:wang fang");
    request.user = geteuid() + 1;
    assert_true(door_identify(setting.door, &request, &answer, &error));
    assert_int_equal(answer.caller.kind, CALLER_NOBODY);
    request.local = false;
    request.user = 0;
    assert_true(door_identify(setting.door, &request, &answer, &error));
    assert_int_equal(answer.caller.kind, CALLER_NOBODY);
    tear_down(&setting);
}

// Made while the clock was ahead it would last longer than any may.
static void a_token_of_the_future_opens_nothing(void **state) {
    Setting setting;
    char text[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    const NewToken new = {.name = "collector", .scopes = SCOPE_BIT(SCOPE_READ), .lasts_us = DAY};
    add_token(&setting, &new, text);
    assert_true(opens(&setting, text));
    setting.office.call.now_us -= 61 * SECOND;
    assert_false(opens(&setting, text));
    tear_down(&setting);
}

static void when_it_was_used_is_written_down_now_and_then(void **state) {
    Setting setting;
    char token[SECRET_TEXT_SIZE], text[SECRET_TEXT_SIZE];
    set_up(&setting, state);
    const NewToken new = {.name = "collector", .scopes = SCOPE_BIT(SCOPE_READ), .lasts_us = DAY};
    add_token(&setting, &new, text);
    log_in(&setting, "li.na", token);
    assert_true(opens(&setting, token) && opens(&setting, text));
    const int64_t used_us = setting.office.call.now_us;
    write_down(&setting); // the token's first use; the session was seen when it began
    setting.office.call.now_us += 59 * SECOND;
    assert_true(opens(&setting, token) && opens(&setting, text));
    assert_null(door_take_notes(setting.door, setting.office.call.now_us));
    setting.office.call.now_us += SECOND;
    assert_true(opens(&setting, token) && opens(&setting, text));
    write_down(&setting);
    Account account = read_account(&setting, "li.na");
    assert_int_equal(account.sessions[0].seen_at_us, setting.office.call.now_us);
    assert_int_equal(account.tokens[0].used_at_us, used_us);
    account_free(&account);
    setting.office.call.now_us += HOUR;
    assert_true(opens(&setting, text));
    write_down(&setting);
    account = read_account(&setting, "li.na");
    assert_int_equal(account.tokens[0].used_at_us, setting.office.call.now_us);
    account_free(&account);
    tear_down(&setting);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(a_session_is_its_account),
        DB_TEST(what_is_no_session_opens_nothing),
        DB_TEST(a_session_that_began_in_the_future_opens_nothing),
        DB_TEST(a_token_of_the_future_opens_nothing),
        DB_TEST(a_session_that_is_not_used_ends),
        DB_TEST(a_session_ends_after_half_a_day_whatever_its_use),
        DB_TEST(a_token_is_changed_and_the_old_one_lasts_a_little),
        DB_TEST(the_headers_of_an_upload_change_no_token),
        DB_TEST(a_changed_token_outlives_a_restart),
        DB_TEST(a_lost_new_token_is_told_again_after_the_account_was_read),
        DB_TEST(a_login_forgets_no_session_that_was_used_since_it_was_noted),
        DB_TEST(what_was_read_before_a_change_of_token_does_not_undo_it),
        DB_TEST(a_change_of_token_that_was_not_stored_does_not_stop_later_ones),
        DB_TEST(notes_that_the_store_would_not_have_are_taken_again),
        DB_TEST(a_changed_password_changes_the_token_at_once),
        DB_TEST(a_csrf_token_stays_when_the_session_token_changes),
        DB_TEST(what_goes_on_for_long_is_asked_again),
        DB_TEST(what_was_read_earlier_never_replaces_what_was_read_later),
        DB_TEST(a_disabled_account_is_out_at_once),
        DB_TEST(what_another_process_changed_is_seen_by_its_version),
        DB_TEST(ones_own_changes_need_no_loading),
        DB_TEST(what_changed_nothing_hides_no_change_of_another_process),
        DB_TEST(accounts_are_listed_by_name),
        DB_TEST(many_sessions_are_each_found),
        DB_TEST(a_token_is_what_of_its_owner_its_scopes_say),
        DB_TEST(a_token_ends),
        DB_TEST(a_disabled_owners_token_opens_nothing),
        DB_TEST(a_token_is_never_wider_than_its_owner),
        DB_TEST(only_the_owner_makes_a_token),
        DB_TEST(who_could_change_the_files_needs_nothing_to_show),
        DB_TEST(when_it_was_used_is_written_down_now_and_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
