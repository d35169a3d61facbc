// Open assessment rounds and versions that are activated, followed and gone back to.
#include "tests/unit/registry/workspace.h"

#include "core/registry/family.h"
#include "core/work/assessment_round.h"

static const RegionRow regions[] = {{"000000", ""}, {"150000", "000000"}};

#define GRADES "grades = { { 60, \"合格\" }, { 0, \"不合格\" } },"
#define SCORE "item \"all\" { points = 100, score = function(points) return points end } }\n"
#define HEAD(id, version, more)                                                                    \
    "pack { id = \"" id "\", title = \"" id "\", " more " version = \"" version "\", api = 1 }\n"
#define ASSESSMENT(id)                                                                             \
    "assessment \"" id "\" { title = \"" id "\", of = \"self\", points = 100, " GRADES SCORE
#define NATION(version) HEAD("nation", version, "region = \"000000\", covers = \"subtree\",")
#define PROVINCE HEAD("province", "1.0.0", "extends = \"nation\", region = \"150000\",")

static const char with_annual[] = NATION("1.0.0") ASSESSMENT("annual");
static const char still_with_annual[] = NATION("1.1.0") ASSESSMENT("annual") ASSESSMENT("midterm");
static const char without_annual[] = NATION("1.2.0") ASSESSMENT("midterm");

// A pack of one file on the active ones.
static LoadedPack load(Workspace *workspace, const char *text) {
    Bundle bundle;
    Buffer archive = {0};
    ProblemList problems = {0};
    LoadedPack pack;
    const ParentPlaces places = {.store = workspace->store};
    buffer_printf(&archive, "biaochi-bundle 1\npack.lua %zu\n%s", strlen(text), text);
    ASSERT_GOOD(bundle_parse(archive.data, archive.length, &bundle, &unexpected));
    buffer_free(&archive);
    bool good = family_load_bundle(&workspace->host, &bundle, &places, true, &pack, &problems);
    assert_no_problems(good, &problems);
    problems_free(&problems);
    return pack;
}

static bool try_activate(Workspace *workspace, const char *text, bool follow, Error *error) {
    LoadedPack pack = load(workspace, text);
    FollowerList followers = {0};
    bool changed;
    if (follow)
        ASSERT_GOOD(
            family_follow(&workspace->host, workspace->store, &pack, &followers, &unexpected));
    assert_int_equal(followers.broken, 0);
    bool good = family_activate(workspace->store, &pack, follow ? &followers : NULL, "test",
                                &changed, error);
    follower_list_free(&followers);
    loaded_pack_free(&pack);
    return good;
}

static void put(Workspace *workspace, const char *text) {
    ASSERT_GOOD(try_activate(workspace, text, true, &unexpected));
}

static void assert_active(Workspace *workspace, const char *pack, const char *version) {
    PackList packs;
    ASSERT_GOOD(registry_load_active(workspace->store, pack, &packs, &unexpected));
    assert_string_equal(packs.items[0].description->version, version);
    pack_list_free(&packs);
}

static void assert_refused(Workspace *workspace, const char *text, bool follow, const char *part) {
    Error error = {0};
    assert_false(try_activate(workspace, text, follow, &error));
    assert_int_equal(error.code, ERROR_CONFLICT);
    if (!strstr(error.message, part)) fail_msg("%s lacks %s", error.message, part);
}

static AssessmentRound open_round(Workspace *workspace, const char *pack, const char *assessment) {
    const RoundOpening opening = {
        .pack = pack, .assessment = assessment, .year = 2025, .kind = ROUND_ANNUAL, .who = "王芳"};
    AssessmentRound round;
    ASSERT_GOOD(round_open(workspace->store, &opening, &round, &unexpected));
    return round;
}

static void withdraw(Workspace *workspace, int64_t id) {
    const RoundStep step = {.id = id, .to = ROUND_WITHDRAWN, .who = "王芳", .reason = "改版"};
    AssessmentRound round;
    ASSERT_GOOD(round_step(workspace->store, &step, &round, &unexpected));
}

static void a_version_without_it_is_not_activated(void **state) {
    Workspace *workspace = *state;
    put_regions(workspace->store, regions, COUNT_OF(regions));
    put(workspace, with_annual);
    const AssessmentRound round = open_round(workspace, "nation", "annual");
    put(workspace, still_with_annual);
    assert_refused(workspace, without_annual, true, "open: 1 (annual, 2025); version 1.1.0");
    assert_active(workspace, "nation", "1.1.0");
    withdraw(workspace, round.id);
    put(workspace, without_annual);
    assert_active(workspace, "nation", "1.2.0");
}

static void a_version_without_it_is_not_gone_back_to(void **state) {
    Workspace *workspace = *state;
    Store *store = workspace->store;
    FamilyRollBack plan, later;
    Error error = {0};
    put_regions(store, regions, COUNT_OF(regions));
    put(workspace, with_annual);
    put(workspace, still_with_annual);
    ASSERT_GOOD(family_plan_roll_back(store, "nation", &plan, &unexpected));
    const AssessmentRound round = open_round(workspace, "nation", "midterm");
    assert_false(family_plan_roll_back(store, "nation", &later, &error));
    assert_int_equal(error.code, ERROR_CONFLICT);
    error = (Error){0};
    assert_false(family_roll_back(store, &plan, "test", &error)); // it was opened meanwhile
    assert_int_equal(error.code, ERROR_CONFLICT);
    assert_non_null(strstr(error.message, "pack nation 1.0.0 declares no assessment \"midterm\""));
    assert_active(workspace, "nation", "1.1.0");
    withdraw(workspace, round.id);
    ASSERT_GOOD(family_roll_back(store, &plan, "test", &unexpected));
    family_roll_back_free(&plan);
    assert_active(workspace, "nation", "1.0.0");
}

// What a pack declares may come from the one it extends.
static void a_version_that_takes_it_from_a_pack_that_follows_is_refused(void **state) {
    Workspace *workspace = *state;
    put_regions(workspace->store, regions, COUNT_OF(regions));
    put(workspace, with_annual);
    put(workspace, PROVINCE);
    open_round(workspace, "province", "annual");
    assert_refused(workspace, without_annual, true, "pack province 1.0.0 declares no assessment");
    assert_active(workspace, "nation", "1.0.0");
    // Left on what it carries, it keeps the assessment.
    ASSERT_GOOD(try_activate(workspace, without_annual, false, &unexpected));
    assert_active(workspace, "nation", "1.2.0");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        REGISTRY_TEST(a_version_without_it_is_not_activated),
        REGISTRY_TEST(a_version_without_it_is_not_gone_back_to),
        REGISTRY_TEST(a_version_that_takes_it_from_a_pack_that_follows_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
