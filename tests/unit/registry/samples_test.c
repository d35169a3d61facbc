// Sample data counted and adjusted, and what figures rest on as a pack's description says.
#include "tests/unit/registry/workspace.h"

#include "tests/unit/registry/same_samples.h"

enum { YEAR = 2024, CHANGES = 300 };

static const RegionRow regions[] = {
    {"000000", ""},       {"150000", "000000"}, {"150100", "150000"},
    {"150102", "150100"}, {"150103", "150100"}, {"150200", "150000"},
};
enum { REGIONS = COUNT_OF(regions) };

static const Description *describe(void **state) {
    Workspace *workspace = *state;
    put_regions(workspace->store, regions, REGIONS);
    return activate(workspace, "rich")->description;
}

static Samples read_samples(const Workspace *workspace, const Description *description) {
    Samples samples;
    json_t *rows = json_array();
    for (size_t r = 0; r < REGIONS; r++) {
        int parent = -1;
        for (size_t p = 0; p < REGIONS; p++)
            if (strcmp(regions[p].code, regions[r].parent) == 0) parent = (int)p;
        json_array_append_new(rows, json_pack("[s, i]", regions[r].code, parent));
    }
    Run run = {.identity = json_pack("{s:o}", "regions", rows), .year = YEAR};
    ASSERT_GOOD(samples_read(workspace->store, description, &run, &samples, &unexpected));
    json_decref(run.identity);
    return samples;
}

// ---- counts ------------------------------------------------------------------------------------

typedef struct Putting {
    const StoreObservation *row;
    int gained;
} Putting;

static bool put_row(StoreTransaction *transaction, void *context, Error *error) {
    Putting *putting = context;
    if (!store_describe_change(transaction, "test", "test", error) ||
        !store_put_observation(transaction, putting->row, NULL, error))
        return false;
    putting->gained = (int)store_transaction_samples_gained(transaction);
    return true;
}

// Puts a figure and follows what it is.
static void put_and_follow(Workspace *workspace, Entry *entry, Samples *samples) {
    SampleChange change;
    Putting putting = {.row = entry_row(entry)};
    ASSERT_GOOD(store_write(workspace->store, put_row, &putting, &unexpected));
    if (putting.gained && samples_change_of(samples, putting.row, putting.gained, &change))
        samples_apply(samples, &change);
}

static Entry choose_entry(Workspace *workspace) {
    static const char *const indicators[] = {"mortality", "screening", "late", "deaths", "another"};
    static const char *const breakdowns[] = {"total", "female", "health", "elderly"};
    Entry entry = entry_of(
        regions[draw(workspace, REGIONS)].code, indicators[draw(workspace, COUNT_OF(indicators))],
        breakdowns[draw(workspace, COUNT_OF(breakdowns))], YEAR - 2 + (int)draw(workspace, 4), "");
    if (draw(workspace, 5) > 0) snprintf(entry.text, sizeof entry.text, "%u", draw(workspace, 9));
    if (draw(workspace, 2) > 0) entry.row.kind = "sample";
    return entry;
}

static void counts_that_are_adjusted_are_those_that_are_read(void **state) {
    Workspace *workspace = *state;
    const Description *description = describe(state);
    Samples samples = read_samples(workspace, description), copy;
    assert_int_equal(samples.count, 0);
    size_t most = 0;
    for (int change = 0; change < CHANGES; change++) {
        Entry entry = choose_entry(workspace);
        put_and_follow(workspace, &entry, &samples);
        if (samples.count > most) most = samples.count;
        if (change % 20 != 19) continue;
        Samples fresh = read_samples(workspace, description);
        assert_same_samples(&fresh, &samples);
        samples_copy(&samples, &copy);
        assert_same_samples(&fresh, &copy);
        samples_free(&copy);
        samples_free(&fresh);
    }
    assert_true(most > 20);
    samples_free(&samples);
}

static void a_copy_stays_what_it_was(void **state) {
    Workspace *workspace = *state;
    Samples samples = read_samples(workspace, describe(state)), copy;
    Entry entry = entry_of("150102", "mortality", "total", YEAR, "9");
    entry.row.kind = "sample";
    put_and_follow(workspace, &entry, &samples);
    samples_copy(&samples, &copy);
    entry.row.kind = "reported";
    put_and_follow(workspace, &entry, &samples);
    assert_int_equal(samples.count, 0);
    assert_int_equal(copy.count, 1);
    assert_int_equal(samples_of_region(&copy, "150102"), 1);
    assert_int_equal(samples_of_region(&copy, "999999"), 0);
    samples_free(&copy);
    samples_free(&samples);
}

// ---- grounds -----------------------------------------------------------------------------------

static const GroundPart *find_part(const Description *description, const SampleGround *ground,
                                   const char *series, const char *breakdown, GroundOwner owner) {
    int index = -1;
    for (int b = 0; b < (int)description->breakdown_count; b++)
        if (strcmp(description->breakdowns[b].id, breakdown) == 0) index = b;
    size_t place = ground_place(description, description_series(description, series), index);
    for (size_t i = 0; i < ground->count; i++)
        if (ground->parts[i].place == place && ground->parts[i].owner == owner)
            return &ground->parts[i];
    return NULL;
}

static int indicator_of(const Description *description, const char *id) {
    return description->series[description_series(description, id)].indicator;
}

static int warning_of(const Description *description, const char *id) {
    int index = 0;
    while (strcmp(description->warnings[index].id, id) != 0)
        index++;
    return index;
}

static int item_of(const Assessment *assessment, const char *id) {
    int index = 0;
    while (strcmp(assessment->items[index].id, id) != 0)
        index++;
    return index;
}

static void a_ground_names_each_series_once(void **state) {
    const Description *description = describe(state);
    SampleGrounds *grounds = sample_grounds_new(description);
    const SampleGround *women = sample_ground_of_plan(grounds, 0, -1);
    assert_ptr_equal(women, sample_ground_of_plan(grounds, 0, -1));
    assert_int_equal(women->own_count, women->count);
    for (size_t i = 1; i < women->count; i++)
        assert_true(women->parts[i - 1].place < women->parts[i].place);
    assert_int_equal(find_part(description, women, "mortality", "total", ITS_OWN)->span,
                     OF_ALL_YEARS);
    const SampleGround *value =
        sample_ground_of_value(grounds, indicator_of(description, "gap_share"));
    assert_int_equal(find_part(description, value, "income", "male", ITS_OWN)->span, OF_YEAR);
    assert_non_null(find_part(description, value, "income", "female", ITS_OWN));
    assert_null(find_part(description, value, "deaths", "total", ITS_OWN));
    sample_grounds_free(grounds);
}

static void what_is_set_beside_others_rests_on_theirs(void **state) {
    const Description *description = describe(state);
    SampleGrounds *grounds = sample_grounds_new(description);
    const Assessment *annual = &description->assessments[0];
    const SampleGround *place = sample_ground_of_item(grounds, 0, item_of(annual, "place"), -1);
    // The rate itself, deaths and births: its own and its peers'.
    assert_int_equal(place->count, 6);
    assert_int_equal(place->own_count, 3);
    assert_int_equal(find_part(description, place, "deaths", "total", OF_PEERS)->span, OF_YEAR);
    assert_non_null(find_part(description, place, "births", "total", ITS_OWN));
    const SampleGround *behind =
        sample_ground_of_warning(grounds, warning_of(description, "behind_others"), -1);
    assert_non_null(find_part(description, behind, "births", "total", OF_PARENT));
    assert_non_null(find_part(description, behind, "screening", "total", OF_PEERS));
    const SampleGround *held = sample_ground_of_warning(
        grounds, warning_of(description, "stays_high"), indicator_of(description, "mortality"));
    assert_int_equal(find_part(description, held, "mortality", "total", ITS_OWN)->span,
                     OF_ALL_YEARS);
    sample_grounds_free(grounds);
}

static void a_unit_rests_on_its_own_figures(void **state) {
    const Description *description = describe(state);
    SampleGrounds *grounds = sample_grounds_new(description);
    const SampleGround *health = sample_ground_of_item(grounds, 1, -1, 0);
    assert_non_null(find_part(description, health, "late", "health", ITS_OWN));
    assert_null(find_part(description, health, "late", "labour", ITS_OWN));
    sample_grounds_free(grounds);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        REGISTRY_TEST(counts_that_are_adjusted_are_those_that_are_read),
        REGISTRY_TEST(a_copy_stays_what_it_was),
        REGISTRY_TEST(a_ground_names_each_series_once),
        REGISTRY_TEST(what_is_set_beside_others_rests_on_theirs),
        REGISTRY_TEST(a_unit_rests_on_its_own_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
