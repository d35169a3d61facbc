// Runs: found where they are the same, made anew where anything that names them differs, replayed.
#include "tests/unit/registry/workspace.h"

#include <signal.h>

enum { YEAR = 2024 };

static const RegionRow regions[] = {{"000000", ""},       {"150000", "000000"},
                                    {"150100", "150000"}, {"150102", "150100"},
                                    {"150103", "150100"}, {"150200", "150000"}};

static RunRequest begin(Workspace *workspace) {
    put_regions(workspace->store, regions, COUNT_OF(regions));
    RunRequest request = {.pack = activate(workspace, "rich"), .who = "test"};
    static const char *const texts[] = {"14.5", "13", "12.5", "11", "16.7"};
    for (size_t i = 1; i < COUNT_OF(regions); i++) {
        put_entry(workspace->store, regions[i].code, "mortality", YEAR - 1, texts[i - 1]);
        put_entry(workspace->store, regions[i].code, "mortality", YEAR, texts[i % 5]);
        put_entry(workspace->store, regions[i].code, "screening", YEAR, texts[(i + 2) % 5]);
    }
    return request;
}

static void the_same_run_is_found_and_any_other_is_made(void **state) {
    Workspace *workspace = *state;
    RunRequest request = begin(workspace);
    bool found;
    Run first = evaluate(workspace, workspace->store, &request, &found);
    assert_false(found);
    assert_int_equal(first.year, YEAR);
    assert_int_equal(first.base, first.id);
    assert_true(first.evaluated_us > 0 && first.written_us > 0);
    Run again = evaluate(workspace, workspace->store, &request, &found);
    assert_true(found);
    assert_int_equal(again.id, first.id);
    assert_same_results(&again, &first);
    run_free(&again);
    put_entry(workspace->store, "150102", "mortality", YEAR, "9.9");
    again = evaluate(workspace, workspace->store, &request, &found);
    assert_false(found);
    assert_int_equal(again.id, first.id + 1);
    assert_string_not_equal(again.result_hash, first.result_hash);
    run_free(&again);
    static const RegionRow later[] = {{"150300", "150000"}};
    put_regions(workspace->store, later, 1);
    again = evaluate(workspace, workspace->store, &request, &found);
    assert_false(found); // its identity tells of a region that reported nothing
    assert_int_equal(run_region_role(&again, "150300"), REGION_SILENT);
    run_free(&again);
    raw_change(workspace->files->path, "UPDATE run SET engine_version = 1");
    again = evaluate(workspace, workspace->store, &request, &found);
    assert_false(found);
    run_free(&again);
    run_free(&first);
}

static void a_run_aside_is_the_same_and_leaves_nothing(void **state) {
    Workspace *workspace = *state;
    RunRequest request = begin(workspace);
    ProblemList problems = {0};
    bool found;
    Run aside, latest, stored;
    Error error = {0};
    assert_true(
        run_evaluate_aside(&workspace->host, workspace->store, &request, &aside, &problems));
    assert_int_equal(aside.id, 0);
    assert_int_equal(aside.year, YEAR);
    assert_false(run_find_latest(workspace->store, request.pack->description, 0, &latest, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    stored = evaluate(workspace, workspace->store, &request, &found);
    assert_false(found);
    assert_same_results(&aside, &stored);
    run_free(&aside);
    run_free(&stored);
    request.year = YEAR - 5;
    assert_false(
        run_evaluate_aside(&workspace->host, workspace->store, &request, &aside, &problems));
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].code, ERROR_NOT_FOUND);
    problems_free(&problems);
}

static void the_hash_is_that_of_the_stored_results(void **state) {
    Workspace *workspace = *state;
    RunRequest request = begin(workspace);
    bool found;
    Run made = evaluate(workspace, workspace->store, &request, &found), stored;
    HashTree tree;
    char text[HASH_TEXT_SIZE];
    ASSERT_GOOD(run_read(workspace->store, made.id, &stored, &unexpected));
    assert_same_results(&stored, &made);
    run_hash_results(&stored, &tree);
    hash_tree_text(&tree, text);
    hash_tree_free(&tree);
    assert_string_equal(text, made.result_hash);
    assert_int_equal(stored.region_count, COUNT_OF(regions) - 1);
    for (size_t i = 0; i < stored.region_count; i++) {
        assert_int_equal(run_find_region(&stored, stored.regions[i].code), i);
        if (i > 0) assert_true(strcmp(stored.regions[i - 1].code, stored.regions[i].code) < 0);
    }
    static const char *const missing[] = {"", "000000", "150101", "159999"};
    for (size_t i = 0; i < COUNT_OF(missing); i++)
        assert_int_equal(run_find_region(&stored, missing[i]), -1);
    run_free(&stored);
    run_free(&made);
}

static void a_run_replays_whatever_came_after_it(void **state) {
    Workspace *workspace = *state;
    RunRequest request = begin(workspace);
    bool found, same;
    Run made = evaluate(workspace, workspace->store, &request, &found), stored, again;
    ProblemList problems = {0};
    put_entry(workspace->store, "150102", "mortality", YEAR, "9.9");
    put_entry(workspace->store, "150103", "births", YEAR, "900");
    put_entry(workspace->store, "150200", "mortality", YEAR - 9, "30");
    ASSERT_GOOD(run_read(workspace->store, made.id, &stored, &unexpected));
    bool good = run_replay(&workspace->host, workspace->store, &stored, &again, &same, &problems);
    assert_no_problems(good, &problems);
    assert_true(same);
    assert_same_results(&again, &made);
    run_free(&again);
    ((char *)stored.regions[2].bytes.data)[9] ^= 1; // what was stored is not what comes out
    good = run_replay(&workspace->host, workspace->store, &stored, &again, &same, &problems);
    assert_no_problems(good, &problems);
    assert_false(same);
    run_free(&again);
    stored.engine_version--;
    assert_false(run_replay(&workspace->host, workspace->store, &stored, &again, &same, &problems));
    assert_int_equal(problems.items[0].code, ERROR_CONFLICT);
    problems_free(&problems);
    run_free(&stored);
    run_free(&made);
}

// A parent that is no place among the regions was written to: the server crashed.
static void a_run_whose_regions_are_damaged_is_not_replayed(void **state) {
    Workspace *workspace = *state;
    RunRequest request = begin(workspace);
    bool found, same;
    Run made = evaluate(workspace, workspace->store, &request, &found), stored, again;
    static const json_int_t parents[] = {-2, 6, 400000000, INT64_C(4294967295), 2};
    ASSERT_GOOD(run_read(workspace->store, made.id, &stored, &unexpected));
    json_t *region = json_array_get(json_object_get(stored.identity, "regions"), 2);
    for (size_t i = 0; i < COUNT_OF(parents); i++) {
        ProblemList problems = {0};
        json_array_set_new(region, 1, json_integer(parents[i]));
        assert_false(
            run_replay(&workspace->host, workspace->store, &stored, &again, &same, &problems));
        assert_int_equal(problems.items[0].code, ERROR_STORE);
        assert_string_equal(problems.items[0].message, "the run's regions are damaged");
        problems_free(&problems);
    }
    run_free(&stored);
    run_free(&made);
}

static void reading_revisions_gives_the_same_run(void **state) {
    Workspace *workspace = *state;
    RunRequest request = begin(workspace);
    bool found;
    Run columns = evaluate(workspace, workspace->store, &request, &found);
    Store *copy = copy_without_runs(workspace, "copy.db");
    request.from_revisions = true;
    Run revisions = evaluate(workspace, copy, &request, &found);
    assert_false(found);
    assert_same_results(&columns, &revisions);
    store_close(copy);
    run_free(&columns);
    run_free(&revisions);
}

static void the_newest_year_is_that_of_the_pack_and_its_regions(void **state) {
    Workspace *workspace = *state;
    RunRequest request = begin(workspace);
    bool found;
    put_entry(workspace->store, "150102", "another_packs", YEAR + 3, "1");
    put_entry(workspace->store, "000000", "mortality", YEAR + 2, "1"); // compared only
    put_entry(workspace->store, "150102", "mortality", YEAR + 1, "1");
    put_entry(workspace->store, "150102", "mortality", YEAR + 1, ""); // withdrawn again
    Run run = evaluate(workspace, workspace->store, &request, &found);
    assert_int_equal(run.year, YEAR);
    run_free(&run);
    put_entry(workspace->store, "150102", "late", YEAR + 1, "0");
    run = evaluate(workspace, workspace->store, &request, &found);
    assert_int_equal(run.year, YEAR + 1);
    run_free(&run);
}

static bool cancel(size_t done, size_t total, void *context) {
    (void)done, (void)total, (void)context;
    return false;
}

static void a_run_that_is_cancelled_leaves_nothing(void **state) {
    Workspace *workspace = *state;
    RunRequest request = begin(workspace);
    ProblemList problems = {0};
    Run run;
    bool found;
    Error error = {0};
    workspace->host.progress = cancel;
    assert_false(
        run_evaluate(&workspace->host, workspace->store, &request, &run, &found, &problems));
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].code, ERROR_CANCELLED);
    assert_int_equal(run.id, 0);
    assert_false(run_find_latest(workspace->store, request.pack->description, 0, &run, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    problems_free(&problems);
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        REGISTRY_TEST(the_same_run_is_found_and_any_other_is_made),
        REGISTRY_TEST(a_run_aside_is_the_same_and_leaves_nothing),
        REGISTRY_TEST(the_hash_is_that_of_the_stored_results),
        REGISTRY_TEST(a_run_replays_whatever_came_after_it),
        REGISTRY_TEST(a_run_whose_regions_are_damaged_is_not_replayed),
        REGISTRY_TEST(reading_revisions_gives_the_same_run),
        REGISTRY_TEST(the_newest_year_is_that_of_the_pack_and_its_regions),
        REGISTRY_TEST(a_run_that_is_cancelled_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
