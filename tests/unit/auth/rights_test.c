// Who may do what, where: the whole table, written out by hand.
#include "core/auth/rights.h"

#include "core/base/utf8.h"
#include "tests/unit/db/fixture.h"

#define PROVINCE "150000"
#define CITY "150800"
#define COUNTY "150802"
#define OTHER_CITY "150100"

// What each role granted for a city may do there (o), in a county of it (s), in its province (p)
// and in another city (x).
typedef struct Row {
    Action action;
    const char *cells; // a cell a role, in the order of the enum
} Row;

static const Row matrix[] = {
    //                            repo offi anal lead eval admi secu audi
    {ACTION_NONE, /*            */ ".... .... .... .... .... .... .... ...."},
    {ACTION_OWN_ACCOUNT, /*     */ "ospx ospx ospx ospx ospx ospx ospx ospx"},
    {ACTION_OWN_TOKENS, /*      */ "os.. os.. os.. os.. os.. os.. .... os.."},
    {ACTION_REGIONS_READ, /*    */ "os.. os.. os.. os.. os.. os.. os.. ...."},
    {ACTION_REGIONS_WRITE, /*   */ ".... .... .... .... .... os.. .... ...."},
    {ACTION_DATA_READ, /*       */ "os.. os.. os.. os.. os.. .... .... ...."},
    {ACTION_DATA_WRITE, /*      */ "os.. os.. .... .... .... .... .... ...."},
    {ACTION_DATA_IMPORT, /*     */ ".... os.. .... .... .... .... .... ...."},
    {ACTION_SAMPLES_REMOVE, /*  */ ".... os.. .... .... .... .... .... ...."},
    {ACTION_RESULTS_READ, /*    */ "os.. os.. os.. os.. os.. os.. .... ...."},
    {ACTION_EVALUATE, /*        */ ".... os.. os.. .... .... .... .... ...."},
    {ACTION_EXPLAIN, /*         */ "os.. os.. os.. os.. os.. .... .... ...."},
    {ACTION_REPLAY, /*          */ ".... os.. os.. .... os.. .... .... ...."},
    {ACTION_ANALYSE, /*         */ ".... os.. os.. os.. os.. .... .... ...."},
    {ACTION_WARNINGS_READ, /*   */ "os.. os.. os.. os.. os.. os.. .... ...."},
    {ACTION_WARNINGS_ACKNOWLEDGE, ".... os.. .... os.. .... .... .... ...."},
    {ACTION_ROUNDS_READ, /*     */ "os.. os.. os.. os.. os.. os.. .... ...."},
    {ACTION_ROUNDS_CHANGE, /*   */ ".... os.. .... .... .... .... .... ...."},
    {ACTION_PACKS_READ, /*      */ "os.. os.. os.. os.. os.. os.. .... ...."},
    {ACTION_PACKS_CHECK, /*     */ ".... os.. os.. .... .... os.. .... ...."},
    {ACTION_PACKS_ACTIVATE, /*  */ ".... .... .... .... .... os.. .... ...."},
    {ACTION_PACKS_ROLL_BACK, /* */ ".... .... .... .... .... os.. .... ...."},
    {ACTION_PACKS_RETIRE, /*    */ ".... .... .... .... .... os.. .... ...."},
    {ACTION_PACKS_YEAR, /*      */ ".... os.. .... .... .... .... .... ...."},
    {ACTION_ACCOUNTS_READ, /*   */ ".... .... .... .... .... .... os.. ...."},
    {ACTION_ACCOUNTS_WRITE, /*  */ ".... .... .... .... .... .... os.. ...."},
    {ACTION_AUDIT_READ, /*      */ ".... .... .... .... .... .... .... os.."},
    {ACTION_AUDIT_EXPORT, /*    */ ".... .... .... .... .... .... .... os.."},
    {ACTION_METRICS_READ, /*    */ ".... .... .... .... .... os.. .... ...."},
};

static bool put_regions(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    static const StoreRegion regions[] = {
        {.code = PROVINCE, .name = "内蒙古自治区", .level = "province"},
        {.code = CITY, .name = "巴彦淖尔市", .parent = PROVINCE, .level = "city"},
        {.code = COUNTY, .name = "临河区", .parent = CITY, .level = "county"},
        {.code = OTHER_CITY, .name = "呼和浩特市", .parent = PROVINCE, .level = "city"}};
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        if (!store_put_region(transaction, &regions[i], NULL, error)) return false;
    return true;
}

static RegionTree *tree_of(Fixture *fixture) {
    RegionTree *tree;
    Store *store = fixture_open(fixture, STORE_CREATE);
    ASSERT_GOOD(store_write(store, put_regions, NULL, &unexpected));
    ASSERT_GOOD(region_tree_read(store, &tree, &unexpected));
    return tree;
}

static Caller with_role(Role role, const char *region) {
    Caller caller = {.kind = CALLER_SESSION, .name = "somebody", .grant_count = 1};
    caller.grants[0].role = role;
    snprintf(caller.grants[0].region, sizeof caller.grants[0].region, "%s", region);
    return caller;
}

// The cell as it comes out: the letters of where it is allowed.
static void read_cell(const Caller *caller, Action action, const RegionTree *tree, char cell[5]) {
    static const char *const regions[] = {CITY, COUNTY, PROVINCE, OTHER_CITY};
    for (int i = 0; i < 4; i++)
        cell[i] = rights_allow(caller, action, regions[i], tree) ? "ospx"[i] : '.';
    cell[4] = '\0';
}

static void each_role_may_do_what_the_table_says(void **state) {
    RegionTree *tree = tree_of(*state);
    assert_int_equal(sizeof matrix / sizeof *matrix, ACTION_COUNT);
    for (int a = 0; a < ACTION_COUNT; a++) {
        const char *at = matrix[a].cells;
        assert_int_equal(matrix[a].action, a);
        for (int role = 0; role < ROLE_COUNT; role++) {
            char found[5];
            Caller caller = with_role((Role)role, CITY);
            at += strspn(at, " ");
            read_cell(&caller, (Action)a, tree, found);
            if (strncmp(at, found, 4) != 0)
                fail_msg("%s, %s: %.4s expected, %s found", role_name((Role)role),
                         action_name((Action)a), at, found);
            bool anywhere = rights_allow(&caller, (Action)a, NULL, tree);
            assert_int_equal(anywhere, at[0] == 'o');
            at += 4;
        }
    }
    region_tree_free(tree);
}

static void part_of_a_region_is_enough_for_a_list(void **state) {
    RegionTree *tree = tree_of(*state);
    Caller caller = with_role(ROLE_ANALYST, CITY);
    assert_true(rights_allow_part(&caller, ACTION_DATA_READ, PROVINCE, tree));
    assert_true(rights_allow_part(&caller, ACTION_DATA_READ, CITY, tree));
    assert_true(rights_allow_part(&caller, ACTION_DATA_READ, COUNTY, tree));
    assert_false(rights_allow_part(&caller, ACTION_DATA_READ, OTHER_CITY, tree));
    assert_false(rights_allow_part(&caller, ACTION_DATA_WRITE, PROVINCE, tree));
    caller.kind = CALLER_TOKEN;
    caller.scopes = SCOPE_BIT(SCOPE_READ);
    snprintf(caller.token_region, sizeof caller.token_region, "%s", COUNTY);
    assert_true(rights_allow_part(&caller, ACTION_DATA_READ, PROVINCE, tree));
    assert_false(rights_allow_part(&caller, ACTION_DATA_READ, OTHER_CITY, tree));
    region_tree_free(tree);
}

static void the_whole_workspace_holds_every_region(void **state) {
    RegionTree *tree = tree_of(*state);
    Caller caller = with_role(ROLE_OFFICE, REGION_EVERYWHERE);
    assert_true(rights_allow(&caller, ACTION_DATA_WRITE, PROVINCE, tree));
    assert_true(rights_allow(&caller, ACTION_DATA_WRITE, COUNTY, tree));
    assert_true(rights_allow(&caller, ACTION_DATA_WRITE, "990000", tree));
    caller = with_role(ROLE_OFFICE, PROVINCE);
    assert_false(rights_allow(&caller, ACTION_DATA_WRITE, REGION_EVERYWHERE, tree));
    assert_false(rights_allow(&caller, ACTION_DATA_WRITE, "990000", tree));
    region_tree_free(tree);
}

static void an_unknown_region_lies_in_itself_alone(void **state) {
    RegionTree *tree = tree_of(*state);
    Caller caller = with_role(ROLE_OFFICE, "990000");
    assert_true(rights_allow(&caller, ACTION_DATA_WRITE, "990000", tree));
    assert_false(rights_allow(&caller, ACTION_DATA_WRITE, "990001", tree));
    region_tree_free(tree);
}

static void grants_add_up_each_in_its_own_region(void **state) {
    RegionTree *tree = tree_of(*state);
    Caller caller = with_role(ROLE_ANALYST, PROVINCE);
    caller.grants[1] = (Grant){.role = ROLE_OFFICE, .region = COUNTY};
    caller.grant_count = 2;
    assert_true(rights_allow(&caller, ACTION_DATA_READ, OTHER_CITY, tree));
    assert_false(rights_allow(&caller, ACTION_DATA_WRITE, OTHER_CITY, tree));
    assert_false(rights_allow(&caller, ACTION_DATA_WRITE, CITY, tree));
    assert_true(rights_allow(&caller, ACTION_DATA_WRITE, COUNTY, tree));
    region_tree_free(tree);
}

static void nobody_may_do_nothing_and_a_local_caller_everything(void **state) {
    RegionTree *tree = tree_of(*state);
    Caller nobody = {.kind = CALLER_NOBODY}, local = caller_local("root");
    assert_string_equal(local.name, "local:root");
    for (int a = 0; a < ACTION_COUNT; a++) {
        assert_false(rights_allow(&nobody, (Action)a, NULL, tree));
        assert_int_equal(rights_allow(&local, (Action)a, OTHER_CITY, tree), a != ACTION_NONE);
    }
    region_tree_free(tree);
}

static void a_local_name_ends_with_a_whole_character(void **state) {
    (void)state;
    char login[3 * 40 + 1] = "";
    for (int i = 0; i < 40; i++)
        strcat(login, "张");
    Caller local = caller_local(login);
    assert_int_equal(strlen(local.name), strlen("local:") + 19 * strlen("张"));
    assert_true(utf8_valid(local.name, strlen(local.name), NULL));
}

static void a_password_to_be_changed_comes_before_everything_else(void **state) {
    RegionTree *tree = tree_of(*state);
    Error error = {0};
    Caller caller = with_role(ROLE_OFFICE, CITY);
    caller.must_change_password = true;
    for (int a = 0; a < ACTION_COUNT; a++)
        assert_int_equal(rights_allow(&caller, (Action)a, NULL, tree), a == ACTION_OWN_ACCOUNT);
    assert_false(rights_require(&caller, ACTION_DATA_READ, CITY, tree, &error));
    assert_int_equal(error.code, ERROR_FORBIDDEN);
    assert_string_equal(error.message, "the password must be changed first");
    region_tree_free(tree);
}

static void a_token_has_its_scopes_of_what_its_owner_may(void **state) {
    RegionTree *tree = tree_of(*state);
    Caller token = with_role(ROLE_OFFICE, CITY);
    token.kind = CALLER_TOKEN;
    token.scopes = SCOPE_BIT(SCOPE_DATA) | SCOPE_BIT(SCOPE_PACKS);
    snprintf(token.token_region, sizeof token.token_region, "%s", REGION_EVERYWHERE);
    assert_true(rights_allow(&token, ACTION_DATA_WRITE, CITY, tree));
    assert_true(rights_allow(&token, ACTION_DATA_WRITE, NULL, tree));
    assert_false(rights_allow(&token, ACTION_DATA_WRITE, PROVINCE, tree)); // not its owner's
    assert_false(rights_allow(&token, ACTION_DATA_READ, CITY, tree));      // not in scope
    assert_true(rights_allow(&token, ACTION_PACKS_CHECK, CITY, tree));
    assert_false(rights_allow(&token, ACTION_PACKS_ACTIVATE, CITY, tree)); // not its owner's
    assert_false(rights_allow(&token, ACTION_OWN_ACCOUNT, NULL, tree));
    assert_false(rights_allow(&token, ACTION_OWN_TOKENS, NULL, tree));
    region_tree_free(tree);
}

static void a_token_of_a_region_stays_in_it(void **state) {
    RegionTree *tree = tree_of(*state);
    Caller token = with_role(ROLE_OFFICE, CITY);
    token.kind = CALLER_TOKEN;
    token.scopes = SCOPE_BIT(SCOPE_READ);
    snprintf(token.token_region, sizeof token.token_region, "%s", COUNTY);
    assert_true(rights_allow(&token, ACTION_DATA_READ, COUNTY, tree));
    assert_true(rights_allow(&token, ACTION_DATA_READ, NULL, tree));
    assert_false(rights_allow(&token, ACTION_DATA_READ, CITY, tree));
    // A region that its owner has lost is of no use.
    snprintf(token.token_region, sizeof token.token_region, "%s", OTHER_CITY);
    assert_false(rights_allow(&token, ACTION_DATA_READ, OTHER_CITY, tree));
    assert_false(rights_allow(&token, ACTION_DATA_READ, NULL, tree));
    region_tree_free(tree);
}

static void no_token_can_do_anything_to_accounts(void **state) {
    (void)state;
    assert_int_equal(action_scope(ACTION_OWN_ACCOUNT), SCOPE_COUNT);
    assert_int_equal(action_scope(ACTION_OWN_TOKENS), SCOPE_COUNT);
    assert_int_equal(action_scope(ACTION_ACCOUNTS_READ), SCOPE_COUNT);
    assert_int_equal(action_scope(ACTION_ACCOUNTS_WRITE), SCOPE_COUNT);
}

static void an_outside_evaluator_changes_nothing(void **state) {
    (void)state;
    for (int a = 0; a < ACTION_COUNT; a++)
        if (action_is_change((Action)a)) assert_false(role_may(ROLE_EVALUATOR, (Action)a));
}

static void callers_with_the_same_mark_have_the_same_rights(void **state) {
    (void)state;
    Caller one = with_role(ROLE_OFFICE, CITY), other = with_role(ROLE_OFFICE, CITY);
    snprintf(other.name, sizeof other.name, "another");
    other.session = 7;
    assert_true(rights_mark(&one) == rights_mark(&other));
    other = with_role(ROLE_ANALYST, CITY);
    assert_false(rights_mark(&one) == rights_mark(&other));
    other = with_role(ROLE_OFFICE, COUNTY);
    assert_false(rights_mark(&one) == rights_mark(&other));
    other = one;
    other.must_change_password = true;
    assert_false(rights_mark(&one) == rights_mark(&other));
    other = one;
    other.kind = CALLER_TOKEN;
    uint64_t without = rights_mark(&other);
    other.scopes = SCOPE_BIT(SCOPE_READ);
    assert_false(without == rights_mark(&other));
    Caller local = caller_local("root");
    assert_false(rights_mark(&one) == rights_mark(&local));
}

static void refusals_say_what_and_where(void **state) {
    RegionTree *tree = tree_of(*state);
    Error error = {0};
    Caller caller = with_role(ROLE_REPORTER, CITY), nobody = {.kind = CALLER_NOBODY};
    assert_false(rights_require(&caller, ACTION_DATA_WRITE, OTHER_CITY, tree, &error));
    assert_int_equal(error.code, ERROR_FORBIDDEN);
    assert_string_equal(error.message, "somebody has no right in region 150100: enter data");
    assert_false(rights_require(&caller, ACTION_EVALUATE, CITY, tree, &error));
    assert_string_equal(error.message, "somebody has no right: evaluate");
    assert_false(rights_require(&nobody, ACTION_DATA_READ, CITY, tree, &error));
    assert_int_equal(error.code, ERROR_UNIDENTIFIED);
    caller.kind = CALLER_TOKEN;
    assert_false(rights_require(&caller, ACTION_DATA_WRITE, CITY, tree, &error));
    assert_string_equal(error.message, "this token may not: enter data");
    region_tree_free(tree);
}

static void scopes_are_read_and_written_by_name(void **state) {
    (void)state;
    ScopeSet scopes;
    char text[SCOPES_TEXT_SIZE];
    Error error = {0};
    assert_true(scopes_parse("packs,read", &scopes, &error));
    assert_int_equal(scopes, SCOPE_BIT(SCOPE_READ) | SCOPE_BIT(SCOPE_PACKS));
    scopes_text(scopes, text);
    assert_string_equal(text, "read,packs");
    scopes_text(SCOPE_BIT(SCOPE_COUNT) - 1, text);
    assert_string_equal(text, "read,data,evaluate,packs,audit,metrics");
    static const char *const wrong[] = {"",    "read,",  ",read",    "read,,data",
                                        "rea", "reader", "read data"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(scopes_parse(wrong[i], &scopes, &error));
        assert_int_equal(error.code, ERROR_INPUT);
    }
}

// ---- roles -------------------------------------------------------------------------------------

// Which roles may meet in one account, by the same letters: + may, - must not.
static const char *const meetings[ROLE_COUNT] = {
    //                               repo offi anal lead eval admi secu audi
    [ROLE_REPORTER] = /*               */ "+   +   +   +   -   +   -   -",
    [ROLE_OFFICE] = /*                 */ "+   +   +   +   -   +   -   -",
    [ROLE_ANALYST] = /*                */ "+   +   +   +   -   +   -   -",
    [ROLE_LEADER] = /*                 */ "+   +   +   +   -   +   -   -",
    [ROLE_EVALUATOR] = /*              */ "-   -   -   -   +   -   -   -",
    [ROLE_ADMINISTRATOR] = /*          */ "+   +   +   +   -   +   -   -",
    [ROLE_SECURITY_ADMINISTRATOR] = /* */ "-   -   -   -   -   -   +   -",
    [ROLE_AUDITOR] = /*                */ "-   -   -   -   -   -   -   +",
};

static void the_three_administrators_never_meet(void **state) {
    (void)state;
    for (int one = 0; one < ROLE_COUNT; one++) {
        const char *at = meetings[one];
        for (int other = 0; other < ROLE_COUNT; other++, at++) {
            Error error = {0};
            at += strspn(at, " ");
            bool may = roles_may_meet(ROLE_BIT(one) | ROLE_BIT(other), &error);
            if (may != (*at == '+'))
                fail_msg("%s and %s", role_name((Role)one), role_name((Role)other));
            assert_int_equal(error.code, may ? ERROR_NONE : ERROR_CONFLICT);
        }
    }
    Error error = {0};
    assert_false(roles_may_meet(ROLE_BIT(ROLE_ADMINISTRATOR) | ROLE_BIT(ROLE_AUDITOR), &error));
    assert_string_equal(error.message,
                        "the roles auditor and administrator must not meet in one account");
    assert_non_null(strstr(error.hint, "separation of the three administrators"));
}

static void a_role_misspelt_is_guessed(void **state) {
    (void)state;
    Role role;
    Error error = {0};
    assert_true(role_parse("leader", &role, &error));
    assert_int_equal(role, ROLE_LEADER);
    assert_false(role_parse("analist", &role, &error));
    assert_string_equal(error.message, "there is no role \"analist\"");
    assert_string_equal(error.hint, "did you mean analyst?");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(each_role_may_do_what_the_table_says),
        DB_TEST(part_of_a_region_is_enough_for_a_list),
        DB_TEST(the_whole_workspace_holds_every_region),
        DB_TEST(an_unknown_region_lies_in_itself_alone),
        DB_TEST(grants_add_up_each_in_its_own_region),
        DB_TEST(nobody_may_do_nothing_and_a_local_caller_everything),
        cmocka_unit_test(a_local_name_ends_with_a_whole_character),
        DB_TEST(a_password_to_be_changed_comes_before_everything_else),
        DB_TEST(a_token_has_its_scopes_of_what_its_owner_may),
        DB_TEST(a_token_of_a_region_stays_in_it),
        cmocka_unit_test(no_token_can_do_anything_to_accounts),
        cmocka_unit_test(an_outside_evaluator_changes_nothing),
        cmocka_unit_test(callers_with_the_same_mark_have_the_same_rights),
        DB_TEST(refusals_say_what_and_where),
        cmocka_unit_test(scopes_are_read_and_written_by_name),
        cmocka_unit_test(the_three_administrators_never_meet),
        cmocka_unit_test(a_role_misspelt_is_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
