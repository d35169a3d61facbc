// Data at hand in the place of a reading: the same to the byte, or none at all.
#include <signal.h>

#include "tests/unit/service/board_room.h"

enum { MOST_CHANGES = 2, PUTS = 40 };

// Another version of "district", and whether the data of the one there is has all it needs.
typedef struct Variant {
    PackChange changes[MOST_CHANGES];
    bool known;
} Variant;

#define MORTALITY                                                                                            \
    "  indicator \"mortality\" { title = \"死亡率\", unit = \"1/10万\", digits = 1, lead = \"health\", " \
    "target = at_most(12) },\n"
#define SCREENING_END "target = at_least(70) },\n"
#define ANOTHER(id)                                                                                \
    SCREENING_END "  indicator \"" id "\" { title = \"另一项\", unit = \"%\", digits = 1, "     \
                  "lead = \"health\", target = at_least(70) },\n"

static const Variant variants[] = {
    {{{"", ""}}, true},
    {{{"at_most(12)", "at_most(12.5)"}}, true},                                          // a rule
    {{{MORTALITY, ""}, {"only = { \"mortality\" }", "only = { \"screening\" }"}}, true}, // removed
    {{{MORTALITY, ""}, {SCREENING_END, SCREENING_END MORTALITY}}, true},                 // moved
    {{{SCREENING_END, ANOTHER("enrolment")}}, false},                                    // added
    {{{SCREENING_END, ANOTHER("unheard_of")}}, true}, // added, and nobody reported it
    {{{"fact \"late\"", "fact \"enrolment\""},        // renamed
      {"function(points, late) return deduct(points, 2 * late)",
       "function(points, enrolment) return deduct(points, 2 * enrolment)"}},
     false},
    {{{"fact \"late\"", "fact \"unheard_of\""}, // renamed, and nobody reported it
      {"function(points, late) return deduct(points, 2 * late)",
       "function(points, unheard_of) return deduct(points, 2 * unheard_of)"}},
     true},
    {{{"baseline = 2018", "baseline = 2020"}}, true}, // fewer years
    {{{"covers = \"subtree\"", "covers = \"children\""}}, false},
    {{{"region = \"150000\"", "region = \"150100\""}}, false},
};

static LoadedPack load_variant(Workspace *workspace, const Variant *variant) {
    char folder[160], path[200], file[220];
    ProblemList problems = {0};
    Buffer text = {0};
    LoadedPack pack;
    snprintf(folder, sizeof folder, "%s.packs", workspace->files->folder);
    snprintf(path, sizeof path, "%s/district", folder);
    snprintf(file, sizeof file, "%s/pack.lua", path);
    mkdir(folder, 0700);
    write_pack(folder, "district", variant->changes[0]);
    read_text(file, &text);
    if (variant->changes[1].from) change_text(&text, variant->changes[1]);
    write_file(file, text.data);
    buffer_free(&text);
    bool good = registry_load_folder(&workspace->host, path, false, &pack, &problems);
    assert_no_problems(good, &problems);
    problems_free(&problems);
    remove_folder(folder);
    pack.state = PACK_TESTED; // its spec is of the pack as it is
    ASSERT_GOOD(registry_store(workspace->store, &pack, &unexpected));
    return pack;
}

static Live *open_live(Workspace *workspace, const LoadedPack *pack, const Live *beside) {
    const LiveRequest request = {.host = &workspace->host,
                                 .store = workspace->store,
                                 .beside = beside,
                                 .run = {.pack = pack, .who = "test"}};
    ProblemList problems = {0};
    Live *live;
    assert_no_problems(live_open(&request, &live, &problems), &problems);
    problems_free(&problems);
    return live;
}

static void assert_same_dataset(const Dataset *left, const Dataset *right) {
    assert_int_equal(left->header->bytes, right->header->bytes);
    assert_memory_equal(left->header, right->header, left->header->bytes);
}

static void assert_same(const Live *left, const Live *right) {
    assert_same_dataset(live_dataset(left), live_dataset(right));
    assert_int_equal(live_run(left)->year, live_run(right)->year);
    assert_string_equal(live_result_hash(left), live_result_hash(right));
    for (uint32_t r = 0; r < live_dataset(left)->header->region_count; r++)
        assert_int_equal(live_role(left, r), live_role(right, r));
}

// Whether what is at hand was enough; then it is what a reading gives.
static bool is_known(Workspace *workspace, const Live *live, const LoadedPack *of,
                     const Description *wanted) {
    RunData known, read, copied;
    RunDataQuery query = {.description = of->description,
                          .year = live_run(live)->year,
                          .data_version = live_run(live)->data_version};
    ASSERT_GOOD(run_read_data(workspace->store, &query, &known, &unexpected));
    const KnownData at_hand = {&known, of->description, query.year, query.data_version, false};
    query.description = wanted;
    bool good = run_take_data(workspace->store, &query, &at_hand, &copied);
    if (good) {
        ASSERT_GOOD(run_read_data(workspace->store, &query, &read, &unexpected));
        assert_same_dataset(copied.dataset, read.dataset);
        assert_memory_equal(copied.roles, read.roles, read.dataset->header->region_count);
        run_data_free(&read);
        run_data_free(&copied);
    }
    run_data_free(&known);
    return good;
}

static void put_at_random(Workspace *workspace, Live *live) {
    static const char *const indicators[] = {"mortality", "screening", "enrolment", "late"};
    for (int i = 0; i < PUTS; i++) {
        Entry entry = entry_of(regions[draw(workspace, REGIONS)].code, indicators[i % 4],
                               STORE_NO_BREAKDOWN, YEAR - (int)draw(workspace, 3), "");
        if (draw(workspace, 5) > 0)
            snprintf(entry.text, sizeof entry.text, "%u", 5 + draw(workspace, 60));
        const LivePut put = {
            .observations = entry_row(&entry), .count = 1, .who = "test", .what = "test"};
        LiveOutcome outcome;
        ASSERT_GOOD(live_put(&live, 1, workspace->store, &put, NULL, &outcome, &unexpected));
        problems_free(&outcome.problems);
    }
}

static void assert_all_variants(Workspace *workspace, const Live *live, const LoadedPack *pack) {
    for (size_t v = 0; v < COUNT_OF(variants); v++) {
        LoadedPack variant = load_variant(workspace, &variants[v]);
        bool same_regions = strcmp(variant.description->region, pack->description->region) == 0 &&
                            variant.description->covers == pack->description->covers;
        if (same_regions)
            assert_int_equal(is_known(workspace, live, pack, variant.description),
                             variants[v].known);
        Live *beside = open_live(workspace, &variant, live);
        Live *alone = open_live(workspace, &variant, NULL);
        assert_same(beside, alone);
        live_close(beside);
        live_close(alone);
        loaded_pack_free(&variant);
    }
}

static void what_is_at_hand_is_what_would_be_read(void **state) {
    Workspace *workspace = *state;
    put_regions(workspace->store, regions, REGIONS);
    fill(workspace, "15");
    put_entry(workspace->store, "150202", "late", YEAR, "3");
    LoadedPack pack = load_variant(workspace, &variants[0]);
    Live *live = open_live(workspace, &pack, NULL);
    assert_all_variants(workspace, live, &pack);
    put_at_random(workspace, live);
    assert_all_variants(workspace, live, &pack);
    live_close(live);
    loaded_pack_free(&pack);
}

// They hold the same columns, and one would have found its figures changed under its results.
static void a_put_to_one_of_two_leaves_the_other_as_it_was(void **state) {
    Workspace *workspace = *state;
    put_regions(workspace->store, regions, REGIONS);
    fill(workspace, "15");
    LoadedPack pack = load_variant(workspace, &variants[0]);
    LoadedPack milder_one = load_variant(workspace, &variants[1]);
    Live *live = open_live(workspace, &pack, NULL);
    Live *beside = open_live(workspace, &milder_one, live);
    assert_ptr_equal(live_dataset(live), live_dataset(beside));
    put_at_random(workspace, live);
    assert_ptr_not_equal(live_dataset(live), live_dataset(beside));
    put_at_random(workspace, beside);
    put_at_random(workspace, live);
    Live *alone = open_live(workspace, &pack, NULL);
    assert_same(live, alone);
    live_close(alone);
    live_close(live);
    live_close(beside);
    loaded_pack_free(&milder_one);
    loaded_pack_free(&pack);
}

// The years before the first that the version at hand looks at are not in its data.
static void years_that_were_cut_off_are_read(void **state) {
    Workspace *workspace = *state;
    static const Variant later = {{{"baseline = 2018", "baseline = 2020"}}, true};
    put_regions(workspace->store, regions, REGIONS);
    fill(workspace, "15");
    put_entry(workspace->store, "150102", "mortality", 1950, "14");
    LoadedPack early = load_variant(workspace, &variants[0]);
    LoadedPack late = load_variant(workspace, &later);
    Live *first = open_live(workspace, &early, NULL), *second = open_live(workspace, &late, first);
    assert_true(is_known(workspace, first, &early, late.description));
    assert_false(is_known(workspace, second, &late, early.description));
    Live *back = open_live(workspace, &early, second);
    assert_same(back, first);
    live_close(back);
    live_close(second);
    live_close(first);
    loaded_pack_free(&late);
    loaded_pack_free(&early);
}

// They were taken for years without figures: the version at hand had not looked at them.
static void years_before_those_at_hand_are_read(void **state) {
    Workspace *workspace = *state;
    static const Variant later = {{{"baseline = 2018", "baseline = 2020"}}, true};
    put_regions(workspace->store, regions, REGIONS);
    fill(workspace, "15");
    LoadedPack early = load_variant(workspace, &variants[0]);
    LoadedPack late = load_variant(workspace, &later);
    Live *live = open_live(workspace, &late, NULL);
    Entry entry = entry_of("150102", "mortality", STORE_NO_BREAKDOWN, 1999, "14");
    const LivePut put = {
        .observations = entry_row(&entry), .count = 1, .who = "test", .what = "test"};
    LiveOutcome outcome;
    ASSERT_GOOD(live_put(&live, 1, workspace->store, &put, NULL, &outcome, &unexpected));
    assert_false(outcome.whole);
    Live *beside = open_live(workspace, &early, live);
    Live *alone = open_live(workspace, &early, NULL);
    assert_same(beside, alone);
    live_close(alone);
    live_close(beside);
    live_close(live);
    loaded_pack_free(&late);
    loaded_pack_free(&early);
}

// What the newest year had was of an indicator that the new version does not have.
static void a_version_of_which_nothing_was_reported_for_the_year_reads_its_own(void **state) {
    Workspace *workspace = *state;
    put_regions(workspace->store, regions, REGIONS);
    fill(workspace, "15");
    put_entry(workspace->store, "150102", "mortality", YEAR + 1, "14");
    LoadedPack pack = load_variant(workspace, &variants[0]);
    LoadedPack less = load_variant(workspace, &variants[2]);
    Live *live = open_live(workspace, &pack, NULL), *beside = open_live(workspace, &less, live);
    assert_int_equal(live_run(live)->year, YEAR + 1);
    assert_int_equal(live_run(beside)->year, YEAR);
    live_close(beside);
    live_close(live);
    loaded_pack_free(&less);
    loaded_pack_free(&pack);
}

// Figures of others came in between: what is at hand is of an older data version.
static void what_is_at_hand_may_be_old(void **state) {
    Workspace *workspace = *state;
    put_regions(workspace->store, regions, REGIONS);
    fill(workspace, "15");
    LoadedPack pack = load_variant(workspace, &variants[0]);
    LoadedPack milder_one = load_variant(workspace, &variants[1]);
    Live *live = open_live(workspace, &pack, NULL);
    put_entry(workspace->store, "150102", "mortality", YEAR, "1.5");
    Live *beside = open_live(workspace, &milder_one, live);
    Live *alone = open_live(workspace, &milder_one, NULL);
    assert_same(beside, alone);
    live_close(alone);
    live_close(beside);
    live_close(live);
    loaded_pack_free(&milder_one);
    loaded_pack_free(&pack);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        REGISTRY_TEST(what_is_at_hand_is_what_would_be_read),
        REGISTRY_TEST(a_put_to_one_of_two_leaves_the_other_as_it_was),
        REGISTRY_TEST(years_that_were_cut_off_are_read),
        REGISTRY_TEST(years_before_those_at_hand_are_read),
        REGISTRY_TEST(a_version_of_which_nothing_was_reported_for_the_year_reads_its_own),
        REGISTRY_TEST(what_is_at_hand_may_be_old),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
