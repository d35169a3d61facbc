// A family of packs that others activate and roll back while it is being tried.
#include "tests/unit/registry/workspace.h"

#include "core/registry/family.h"

static const char *const chain[] = {"land", "province", "city", "county"};
static const RegionRow regions[] = {
    {"000000", ""}, {"150000", "000000"}, {"150800", "150000"}, {"150802", "150800"}};

// A pack of tests/packs/inherit on the active ones, with a file more unless `note` is empty.
static void load(Workspace *workspace, const char *name, const char *note, LoadedPack *pack) {
    char folder[512];
    Bundle read, bundle;
    Buffer archive = {0};
    ProblemList problems = {0};
    ParentPlaces places = {.store = workspace->store};
    snprintf(folder, sizeof folder, TEST_PACKS "/inherit/%s", name);
    assert_no_problems(bundle_read(folder, &read, &problems), &problems);
    bundle_write(&read, &archive);
    if (*note) buffer_printf(&archive, "z.lua %zu\n-- %s", strlen(note) + 3, note);
    bundle_free(&read);
    ASSERT_GOOD(bundle_parse(archive.data, archive.length, &bundle, &unexpected));
    buffer_free(&archive);
    bool good = family_load_bundle(&workspace->host, &bundle, &places, true, pack, &problems);
    assert_no_problems(good, &problems);
    problems_free(&problems);
}

static void put(Workspace *workspace, const char *name, const char *note) {
    LoadedPack pack;
    bool changed;
    load(workspace, name, note, &pack);
    ASSERT_GOOD(registry_activate(workspace->store, &pack, "test", &changed, &unexpected));
    assert_true(changed);
    loaded_pack_free(&pack);
}

static void put_chain(Workspace *workspace) {
    put_regions(workspace->store, regions, COUNT_OF(regions));
    for (size_t i = 0; i < COUNT_OF(chain); i++)
        put(workspace, chain[i], "");
}

static void follow(Workspace *workspace, const LoadedPack *pack, size_t count,
                   FollowerList *followers) {
    ASSERT_GOOD(family_follow(&workspace->host, workspace->store, pack, followers, &unexpected));
    assert_int_equal(followers->count, count);
    assert_int_equal(followers->broken, 0);
}

typedef struct Active {
    char hashes[COUNT_OF(chain)][HASH_TEXT_SIZE];
} Active;

static Active active(Workspace *workspace) {
    Active found = {0};
    for (size_t i = 0; i < COUNT_OF(chain); i++) {
        PackList packs;
        ASSERT_GOOD(registry_load_active(workspace->store, chain[i], &packs, &unexpected));
        snprintf(found.hashes[i], HASH_TEXT_SIZE, "%s", packs.items[0].bundle.hash);
        pack_list_free(&packs);
    }
    return found;
}

static void assert_refused(Workspace *workspace, LoadedPack *pack, FollowerList *followers) {
    Active before = active(workspace), after;
    Error error = {0};
    bool changed;
    assert_false(family_activate(workspace->store, pack, followers, "test", &changed, &error));
    assert_int_equal(error.code, ERROR_CONFLICT);
    assert_non_null(strstr(error.hint, "run the command again"));
    after = active(workspace);
    assert_memory_equal(&before, &after, sizeof before);
}

static void what_somebody_activated_meanwhile_is_not_undone(void **state) {
    Workspace *workspace = *state;
    LoadedPack land;
    FollowerList followers;
    bool changed;
    put_chain(workspace);
    load(workspace, "land", "new", &land);
    follow(workspace, &land, 3, &followers);
    put(workspace, "city", "by somebody else");
    assert_refused(workspace, &land, &followers);
    follower_list_free(&followers);
    // Another try sees it.
    follow(workspace, &land, 3, &followers);
    ASSERT_GOOD(
        family_activate(workspace->store, &land, &followers, "test", &changed, &unexpected));
    assert_true(changed);
    assert_non_null(bundle_find(&followers.items[1].pack.bundle, "z.lua"));
    follower_list_free(&followers);
    loaded_pack_free(&land);
}

static void a_pack_built_on_what_is_no_longer_active_is_refused(void **state) {
    Workspace *workspace = *state;
    LoadedPack county;
    put_chain(workspace);
    load(workspace, "county", "new", &county);
    put(workspace, "city", "by somebody else");
    assert_refused(workspace, &county, NULL);
    loaded_pack_free(&county);
}

static void packs_of_another_family_do_not_stand_in_the_way(void **state) {
    Workspace *workspace = *state;
    LoadedPack city;
    FollowerList followers;
    bool changed;
    put_chain(workspace);
    load(workspace, "city", "new", &city);
    follow(workspace, &city, 1, &followers);
    (void)activate(workspace, "rich");
    ASSERT_GOOD(
        family_activate(workspace->store, &city, &followers, "test", &changed, &unexpected));
    follower_list_free(&followers);
    loaded_pack_free(&city);
}

static void a_stored_pack_that_says_it_extends_itself_is_replaced(void **state) {
    Workspace *workspace = *state;
    LoadedPack land;
    FollowerList followers;
    bool changed;
    put_regions(workspace->store, regions, COUNT_OF(regions));
    load(workspace, "land", "", &land);
    json_object_set_new(land.description_json, "parents", json_pack("[{ss}]", "id", "land"));
    ASSERT_GOOD(registry_activate(workspace->store, &land, "test", &changed, &unexpected));
    loaded_pack_free(&land);
    load(workspace, "land", "new", &land);
    follow(workspace, &land, 0, &followers);
    follower_list_free(&followers);
    loaded_pack_free(&land);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        REGISTRY_TEST(what_somebody_activated_meanwhile_is_not_undone),
        REGISTRY_TEST(a_pack_built_on_what_is_no_longer_active_is_refused),
        REGISTRY_TEST(a_stored_pack_that_says_it_extends_itself_is_replaced),
        REGISTRY_TEST(packs_of_another_family_do_not_stand_in_the_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
