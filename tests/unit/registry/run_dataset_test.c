// What a run reads, value by value against the observations as the store tells them.
#include "tests/unit/registry/workspace.h"

#include "core/eval/evaluate.h"
#include "core/eval/figures.h"

enum { YEAR = 2024, FIRST_YEAR = 2012, MOST_REGIONS = 120 };

typedef struct ReadTrial {
    Workspace *workspace;
    const LoadedPack *pack;
    char codes[MOST_REGIONS][16];
    size_t region_count;
} ReadTrial;

static const char *const series[][2] = {
    {"mortality", "total"}, {"screening", "total"},     {"screening", "female"},
    {"income", "male"},     {"income", "female"},       {"late", "total"},
    {"late", "health"},     {"another_packs", "total"},
};
enum { SERIES = COUNT_OF(series) };

static void add_region(ReadTrial *trial, const char *code, const char *parent) {
    RegionRow row = {code, parent};
    put_regions(trial->workspace->store, &row, 1);
    snprintf(trial->codes[trial->region_count++], sizeof *trial->codes, "%s", code);
}

// The nation, province 11 beside the pack's, a county of it that is nobody's business, and
// counties. They are not put in the order of their codes.
static ReadTrial begin(void **state, size_t counties) {
    ReadTrial trial = {.workspace = *state};
    add_region(&trial, "000000", "");
    add_region(&trial, "150000", "000000");
    for (size_t i = counties; i-- > 0;) {
        char code[16];
        snprintf(code, sizeof code, "15%04zu", i + 1);
        add_region(&trial, code, "150000");
    }
    add_region(&trial, "110000", "000000");
    add_region(&trial, "110101", "110000");
    trial.pack = activate(trial.workspace, "rich");
    return trial;
}

// Figures of every region at random; of one in seven none, of one in five none for the year.
static void fill(ReadTrial *trial, int first_year, size_t many) {
    Entry *entries = memory_new(many * 8, sizeof *entries);
    size_t count = 0;
    while (count < many * 8) {
        size_t r = draw(trial->workspace, (uint32_t)trial->region_count);
        size_t s = draw(trial->workspace, SERIES);
        int year = first_year + (int)draw(trial->workspace, (uint32_t)(YEAR + 2 - first_year));
        char text[16] = "";
        if (r % 7 == 6 || (r % 5 == 4 && year == YEAR)) continue;
        if (draw(trial->workspace, 12) > 0)
            snprintf(text, sizeof text, "%u.%u", draw(trial->workspace, 100),
                     draw(trial->workspace, 10));
        entries[count++] = entry_of(trial->codes[r], series[s][0], series[s][1], year, text);
    }
    for (size_t part = 0; part < 4; part++)
        put_entries(trial->workspace->store, entries + part * many * 2, many * 2);
    free(entries);
}

// ---- comparing ---------------------------------------------------------------------------------

typedef struct Comparison {
    const Description *description;
    const Dataset *dataset;
    Map regions, columns;
    int year;
    size_t found; // values of observations that stand in the dataset
} Comparison;

static bool compare_row(const StoreObservation *row, void *context, Error *error) {
    (void)error;
    Comparison *comparison = context;
    int64_t region = map_get(&comparison->regions, row->region);
    if (description_series(comparison->description, row->indicator) < 0 || region < 0) return true;
    int column = dataset_column(&comparison->columns, row->indicator, row->breakdown);
    assert_true(column >= 0);
    double value = dataset_value(comparison->dataset, column, row->year, (size_t)region);
    if (row->year > comparison->year || isnan(row->value)) {
        assert_true(isnan(value));
        return true;
    }
    if (row->year < figure_first_year(comparison->description, comparison->year)) return true;
    assert_true(value == row->value);
    comparison->found++;
    return true;
}

static size_t count_values(const Dataset *dataset) {
    size_t count = 0;
    const DatasetHeader *header = dataset->header;
    for (uint32_t s = 0; s < header->series_count; s++)
        for (uint32_t y = 0; y < header->year_count; y++)
            for (uint32_t r = 0; r < header->region_count; r++)
                count += !isnan(dataset_value(dataset, (int)s, header->first_year + (int)y, r));
    return count;
}

// All that was observed is there, and nothing else.
static void assert_is_observed(Store *store, const Description *description, const RunData *data,
                               int year, int64_t as_of) {
    Comparison comparison = {.description = description, .dataset = data->dataset, .year = year};
    for (uint32_t r = 0; r < data->dataset->header->region_count; r++)
        map_put(&comparison.regions, data->dataset->regions[r].code, r);
    dataset_index(data->dataset, &comparison.columns);
    StoreObservationQuery query = {.as_of = as_of};
    ASSERT_GOOD(store_read_observations(store, &query, compare_row, &comparison, &unexpected));
    assert_int_equal(count_values(data->dataset), comparison.found);
    for (uint32_t s = 0; s < data->dataset->header->series_count; s++)
        assert_true(description_series(description, data->dataset->series[s].id) >= 0);
    map_free(&comparison.regions);
    map_free(&comparison.columns);
}

static RunData read_data(const ReadTrial *trial, int year, int64_t as_of, bool from_revisions) {
    RunData data;
    RunDataQuery query = {.description = trial->pack->description,
                          .year = year,
                          .data_version = as_of,
                          .from_revisions = from_revisions};
    ASSERT_GOOD(run_read_data(trial->workspace->store, &query, &data, &unexpected));
    return data;
}

static void assert_same_data(const RunData *left, const RunData *right) {
    const DatasetHeader *header = left->dataset->header;
    assert_memory_equal(header, right->dataset->header, sizeof *header);
    assert_memory_equal(left->roles, right->roles, header->region_count);
    for (uint32_t s = 0; s < header->series_count; s++)
        for (uint32_t y = 0; y < header->year_count; y++)
            for (uint32_t r = 0; r < header->region_count; r++) {
                int year = header->first_year + (int)y;
                double a = dataset_value(left->dataset, (int)s, year, r);
                double b = dataset_value(right->dataset, (int)s, year, r);
                assert_true(a == b || (isnan(a) && isnan(b)));
            }
}

// Both ways of reading, as of one data version.
static void assert_reads(const ReadTrial *trial, int year, int64_t as_of) {
    RunData columns = read_data(trial, year, as_of, false);
    RunData revisions = read_data(trial, year, as_of, true);
    assert_is_observed(trial->workspace->store, trial->pack->description, &columns, year, as_of);
    assert_same_data(&columns, &revisions);
    run_data_free(&columns);
    run_data_free(&revisions);
}

static int64_t newest_version(const ReadTrial *trial) {
    int64_t version;
    ASSERT_GOOD(store_read_data_version(trial->workspace->store, &version, &unexpected));
    return version;
}

// ---- tests -------------------------------------------------------------------------------------

static void assert_all_versions_are_read(ReadTrial *trial) {
    fill(trial, FIRST_YEAR, 60 * trial->region_count / SLOWER);
    for (int64_t version = 1; version <= newest_version(trial); version++)
        assert_reads(trial, YEAR, version);
    assert_reads(trial, YEAR, 0);
    assert_reads(trial, YEAR - 3, newest_version(trial));
    assert_reads(trial, FIRST_YEAR, newest_version(trial));
    assert_reads(trial, FIRST_YEAR - 5, newest_version(trial));
}

static void few_regions_are_read_value_by_value(void **state) {
    ReadTrial trial = begin(state, 30);
    assert_all_versions_are_read(&trial);
}

static void many_regions_are_read_value_by_value(void **state) {
    ReadTrial trial = begin(state, 101);
    assert_all_versions_are_read(&trial);
}

static void columns_that_are_damaged_or_stale_are_not_believed(void **state) {
    static const char *const harm[] = {
        "UPDATE observation_columns SET columns = zeroblob(length(columns)) WHERE region % 3 = 0",
        "UPDATE observation_columns SET checksum = checksum + 1 WHERE region % 3 = 1",
        "UPDATE observation_columns SET data_version = (SELECT MIN(data_version) FROM region_change c "
        "WHERE c.region = observation_columns.region) WHERE region % 4 = 2",
        "DELETE FROM observation_columns WHERE region % 5 = 0",
    };
    for (size_t many = 0; many < 2; many++) {
        void *fresh = *state;
        if (many) assert_int_equal(workspace_set_up(&fresh), 0);
        ReadTrial trial = begin(&fresh, many ? 80 : 20);
        fill(&trial, FIRST_YEAR, 20 * trial.region_count);
        for (size_t i = 0; i < COUNT_OF(harm); i++) {
            raw_change(trial.workspace->files->path, harm[i]);
            assert_reads(&trial, YEAR, newest_version(&trial));
            assert_reads(&trial, YEAR, 2);
        }
        if (many) assert_int_equal(workspace_tear_down(&fresh), 0);
    }
}

// The first year is guessed from a few regions; whoever goes further back must not lose by it.
static void figures_from_before_the_year_guessed_are_there(void **state) {
    ReadTrial trial = begin(state, 60);
    for (size_t r = 0; r < trial.region_count; r++)
        put_entry(trial.workspace->store, trial.codes[r], "screening", YEAR - 1, "50");
    RunData data = read_data(&trial, YEAR, 0, false);
    assert_int_equal(data.dataset->header->first_year, YEAR - 1);
    run_data_free(&data);
    static const char *const early[] = {"150001", "150030", "150060", "110000", "000000"};
    for (size_t i = 0; i < COUNT_OF(early); i++) {
        int year = YEAR - 3 - (int)i;
        put_entry(trial.workspace->store, early[i], "screening", year, "40.5");
        assert_reads(&trial, YEAR, 0);
        data = read_data(&trial, YEAR, 0, false);
        assert_int_equal(data.dataset->header->first_year, year);
        run_data_free(&data);
    }
}

// What lies further back than any rule looks is left out and takes no room.
static void figures_from_long_ago_are_left_out(void **state) {
    ReadTrial trial = begin(state, 60);
    fill(&trial, FIRST_YEAR, 300);
    put_entry(trial.workspace->store, "150003", "screening", 1200, "1");
    put_entry(trial.workspace->store, "150059", "screening", 1900, "2");
    int earliest = figure_first_year(trial.pack->description, YEAR);
    RunData data = read_data(&trial, YEAR, 0, false);
    assert_int_equal(data.dataset->header->first_year, earliest);
    assert_int_equal(data.dataset->header->year_count, YEAR - earliest + 1);
    run_data_free(&data);
    assert_reads(&trial, YEAR, 0);
}

static const DatasetRegion *find_region(const RunData *data, const char *code, int *place) {
    for (uint32_t r = 0; r < data->dataset->header->region_count; r++) {
        *place = (int)r;
        if (strcmp(data->dataset->regions[r].code, code) == 0) return &data->dataset->regions[r];
    }
    return NULL;
}

static void regions_have_their_parents_and_roles(void **state) {
    ReadTrial trial = begin(state, 3);
    Store *store = trial.workspace->store;
    static const struct {
        const char *region, *indicator;
        int year;
    } figures[] = {{"150000", "mortality", YEAR},     {"150001", "late", YEAR},
                   {"150002", "mortality", YEAR - 1}, {"150003", "another_packs", YEAR},
                   {"110000", "mortality", YEAR},     {"110101", "mortality", YEAR}};
    for (size_t i = 0; i < COUNT_OF(figures); i++)
        put_entry(store, figures[i].region, figures[i].indicator, figures[i].year, "1");
    static const struct {
        const char *region, *parent;
        RegionRole role;
    } expected[] = {{"000000", NULL, REGION_COMPARED},      {"110000", "000000", REGION_COMPARED},
                    {"150000", "000000", REGION_EVALUATED}, {"150001", "150000", REGION_EVALUATED},
                    {"150002", "150000", REGION_SILENT},    {"150003", "150000", REGION_SILENT}};
    RunData data = read_data(&trial, YEAR, 0, false);
    assert_int_equal(data.dataset->header->region_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        int place = -1, parent = -1;
        const DatasetRegion *region = find_region(&data, expected[i].region, &place);
        assert_non_null(region);
        assert_int_equal(data.roles[place], expected[i].role);
        if (expected[i].parent) assert_non_null(find_region(&data, expected[i].parent, &parent));
        assert_int_equal(region->parent, parent);
    }
    run_data_free(&data);
    Map seen = {0};
    ASSERT_GOOD(run_read_seen(store, trial.pack->description, &seen, &unexpected));
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_true(map_get(&seen, expected[i].region) >= 0);
    assert_true(map_get(&seen, "110101") < 0);
    assert_true(map_get(&seen, "159999") < 0);
    map_free(&seen);
}

// A run that is repeated keeps to the regions, parents and roles of its time.
static void regions_of_a_run_are_kept_to(void **state) {
    ReadTrial trial = begin(state, 2);
    RunData data;
    Error error = {0};
    put_entry(trial.workspace->store, "150001", "mortality", YEAR, "11.5");
    json_t *regions = json_pack("[[s,i,i],[s,i,i],[s,i,i]]", "150002", -1, REGION_EVALUATED,
                                "150001", 0, REGION_SILENT, "150777", 0, REGION_COMPARED);
    RunDataQuery query = {.description = trial.pack->description, .regions = regions, .year = YEAR};
    ASSERT_GOOD(run_read_data(trial.workspace->store, &query, &data, &unexpected));
    assert_int_equal(data.dataset->header->region_count, 3);
    assert_string_equal(data.dataset->regions[1].code, "150001");
    assert_int_equal(data.dataset->regions[1].parent, 0);
    assert_int_equal(data.roles[0], REGION_EVALUATED);
    assert_int_equal(data.roles[1], REGION_SILENT);
    assert_int_equal(data.roles[2], REGION_COMPARED);
    assert_is_observed(trial.workspace->store, trial.pack->description, &data, YEAR, 0);
    run_data_free(&data);
    json_array_append_new(regions, json_pack("[s,i,i]", "150001", -1, REGION_EVALUATED));
    assert_false(run_read_data(trial.workspace->store, &query, &data, &error));
    assert_int_equal(error.code, ERROR_STORE);
    assert_null(data.dataset);
    json_decref(regions);
}

static void without_observations_everything_is_missing(void **state) {
    for (size_t many = 0; many < 2; many++) {
        void *fresh = *state;
        if (many) assert_int_equal(workspace_set_up(&fresh), 0);
        ReadTrial trial = begin(&fresh, many ? 60 : 3);
        RunData data = read_data(&trial, YEAR, 0, false);
        assert_int_equal(data.dataset->header->series_count, 0);
        run_data_free(&data);
        put_entry(trial.workspace->store, "110101", "mortality", YEAR, "1");
        data = read_data(&trial, YEAR, 0, false);
        assert_int_equal(data.dataset->header->series_count, 1);
        assert_int_equal(count_values(data.dataset), 0);
        run_data_free(&data);
        assert_reads(&trial, YEAR, 0);
        if (many) assert_int_equal(workspace_tear_down(&fresh), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        REGISTRY_TEST(few_regions_are_read_value_by_value),
        REGISTRY_TEST(many_regions_are_read_value_by_value),
        REGISTRY_TEST(columns_that_are_damaged_or_stale_are_not_believed),
        REGISTRY_TEST(figures_from_before_the_year_guessed_are_there),
        REGISTRY_TEST(figures_from_long_ago_are_left_out),
        REGISTRY_TEST(regions_have_their_parents_and_roles),
        REGISTRY_TEST(regions_of_a_run_are_kept_to),
        REGISTRY_TEST(without_observations_everything_is_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
