// Places among peers against a computation that looks at every pair of regions.
#include "tests/unit/pack/sample.h"

#include <math.h>

#include "core/base/language.h"
#include "core/eval/peers.h"

enum { YEAR = 2024, MOST_REGIONS = 120 };

static uint64_t seed;

static uint32_t below(uint32_t limit) {
    return sample_random(&seed) % limit;
}

static void assert_near(double got, double wanted) {
    if (!(fabs(got - wanted) <= 1e-9 * fmax(1, fabs(wanted))) && !(isnan(got) && isnan(wanted)))
        fail_msg("%.17g is not %.17g", got, wanted);
}

// ---- families ----------------------------------------------------------------------------------

// Regions r0, r1 …, each with one of the parents given by index; -1 for none.
static Dataset *make_dataset(const int *parents, size_t count) {
    Error error = {0};
    char code[16];
    DatasetBuilder *builder = dataset_builder_new(YEAR - 1, YEAR);
    for (size_t r = 0; r < count; r++) {
        snprintf(code, sizeof code, "r%zu", r);
        dataset_set_parent(builder, dataset_add_region(builder, code, &error), parents[r]);
    }
    dataset_add_series(builder, "judged", "total", &error);
    return dataset_finish(builder);
}

static void assert_members(const Families *families, int parent, const uint32_t *wanted,
                           size_t wanted_count) {
    size_t count;
    const uint32_t *members = families_members(families, parent, &count);
    assert_int_equal(count, wanted_count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(members[i], wanted[i]);
}

static void a_family_keeps_the_order_of_the_dataset(void **state) {
    (void)state;
    static const int parents[] = {-1, 0, 4, 0, -1, 4, 0};
    Families families;
    Dataset *dataset = make_dataset(parents, 7);
    families_init(&families, dataset);
    assert_members(&families, -1, (const uint32_t[]){0, 4}, 2);
    assert_members(&families, 0, (const uint32_t[]){1, 3, 6}, 3);
    assert_members(&families, 4, (const uint32_t[]){2, 5}, 2);
    for (int childless = 1; childless < 7; childless++)
        if (childless != 4) assert_members(&families, childless, NULL, 0);
    families_free(&families);
    dataset_free(dataset);
}

static void every_region_is_in_one_family(void **state) {
    (void)state;
    seed = 7;
    for (int round = 0; round < 200; round++) {
        int parents[MOST_REGIONS];
        bool seen[MOST_REGIONS] = {false};
        size_t regions = 1 + below(MOST_REGIONS), members = 0;
        for (size_t r = 0; r < regions; r++)
            parents[r] = (int)below((uint32_t)regions + 1) - 1;
        Dataset *dataset = make_dataset(parents, regions);
        Families families;
        families_init(&families, dataset);
        for (int parent = -1; parent < (int)regions; parent++) {
            size_t count;
            const uint32_t *list = families_members(&families, parent, &count);
            for (size_t i = 0; i < count; i++, members++) {
                assert_int_equal(parents[list[i]], parent);
                assert_true(i == 0 || list[i] > list[i - 1]);
                assert_false(seen[list[i]]);
                seen[list[i]] = true;
            }
        }
        assert_int_equal(members, regions);
        families_free(&families);
        dataset_free(dataset);
    }
}

// ---- figures -----------------------------------------------------------------------------------

static Description *describe(const char *target, const char *more, const char *conventions) {
    Buffer text = {0};
    buffer_printf(
        &text,
        "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1,'conventions':{%s}},"
        "'plans':[{'id':'plan','title':'规划','from':2021,'to':2030,'baseline':2020,'domains':["
        "{'id':'domain','title':'领域','indicators':[{'kind':'indicator','id':'judged',"
        "'title':'指标','unit':'%%','lead':'我','target':%s%s}]}]}]}",
        conventions, target, more);
    Description *description = sample_describe(text.data);
    buffer_free(&text);
    return description;
}

// A pack over a dataset, and all that peers are told from.
typedef struct Setting {
    Description *description;
    Dataset *dataset;
    FigureSource source;
    Families families;
    PeerGroup group;
} Setting;

// Takes both.
static void open_setting(Setting *setting, Description *description, Dataset *dataset) {
    setting->description = description;
    setting->dataset = dataset;
    figure_source_init(&setting->source, description, dataset, YEAR, NULL);
    families_init(&setting->families, dataset);
    peer_group_init(&setting->group, &setting->families);
}

static void close_setting(Setting *setting) {
    peer_group_free(&setting->group);
    families_free(&setting->families);
    figure_source_free(&setting->source);
    dataset_free(setting->dataset);
    description_free(setting->description);
}

// The figures of one region, by metric; NaN for those not asked for.
static void figures_of(Setting *setting, size_t region, uint32_t needed, double *metrics) {
    double columns[METRIC_COUNT * FIGURE_LANES];
    for (size_t k = 0; k < METRIC_COUNT * FIGURE_LANES; k++)
        columns[k] = 12345;
    peer_figures(&setting->group, &setting->families, &setting->source, 0, YEAR, region, needed,
                 columns);
    const double *column = columns;
    for (int m = 0; m < METRIC_COUNT; m++) {
        metrics[m] = NAN;
        if (!(needed >> m & 1)) continue;
        metrics[m] = *column;
        // What is not about peers is left to others.
        if (!(PEER_METRICS >> m & 1)) assert_true(*column == 12345);
        column += FIGURE_LANES;
    }
    assert_true(column == columns + METRIC_COUNT * FIGURE_LANES || *column == 12345);
}

// Three counties of one city, and the city.
static void peers_are_ranked_by_the_conventions(void **state) {
    (void)state;
    static const struct {
        const char *conventions;
        double wanted[3]; // of values 10.04, 10.01 and 9 at one digit
    } cases[] = {{"'digits':1", {1, 1, 3}},
                 {"'digits':1,'ties':'dense'", {1, 1, 2}},
                 {"'digits':1,'ties':'ordinal'", {1, 2, 3}},
                 {"'digits':1,'rank_on':'exact'", {1, 2, 3}},
                 {"'digits':0,'ties':'dense','rounding':'truncate'", {1, 1, 2}}};
    static const double values[] = {9.5, 10.04, 10.01, 9};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Description *description =
            describe("{'kind':'at_least','value':1}", "", cases[i].conventions);
        Dataset *dataset = make_dataset((const int[]){-1, 0, 0, 0}, 4);
        for (size_t r = 0; r < 4; r++)
            dataset_set(dataset, 0, YEAR, r, values[r]);
        Setting setting;
        open_setting(&setting, description, dataset);
        double metrics[METRIC_COUNT];
        for (size_t r = 0; r < 3; r++) {
            figures_of(&setting, r + 1, PEER_METRICS, metrics);
            assert_near(metrics[METRIC_PEERS_RANK], cases[i].wanted[r]);
            assert_near(metrics[METRIC_PEERS_COUNT], 3);
            assert_near(metrics[METRIC_PEERS_MEAN], 29.05 / 3);
            assert_near(metrics[METRIC_PEERS_MEDIAN], 10.01);
            assert_near(metrics[METRIC_PARENT_VALUE], 9.5);
        }
        figures_of(&setting, 0, PEER_METRICS, metrics);
        assert_near(metrics[METRIC_PEERS_RANK], 1); // alone
        assert_near(metrics[METRIC_PEERS_COUNT], 1);
        assert_near(metrics[METRIC_PARENT_VALUE], NAN);
        close_setting(&setting);
    }
}

// ---- against every pair ------------------------------------------------------------------------

typedef struct Scheme {
    const char *target;
    double (*badness)(double value);
} Scheme;

static double most_is_best(double value) {
    return -value;
}
static double least_is_best(double value) {
    return value;
}
static double nearest_to_fifty(double value) {
    return fabs(value - 50);
}
static double inside_is_best(double value) {
    return value < 40 ? 40 - value : value > 60 ? value - 60 : 0;
}
static double narrowest_is_best(double value) {
    return fabs(value);
}

static const Scheme schemes[] = {
    {"{'kind':'at_least','value':1}", most_is_best},
    {"{'kind':'rises','per':'year'}", most_is_best},
    {"{'kind':'keeps_at_least','value':95}", most_is_best},
    {"{'kind':'at_most','value':12}", least_is_best},
    {"{'kind':'below','value':12}", least_is_best},
    {"{'kind':'falls','per':'plan'}", least_is_best},
    {"{'kind':'around','value':50,'tolerance':5}", nearest_to_fifty},
    {"{'kind':'within','low':40,'high':60,'outer_low':30,'outer_high':70}", inside_is_best},
    {"{'kind':'narrows','per':'plan'}", narrowest_is_best},
    {"{'kind':'all_of','parts':[{'kind':'at_most','value':9},{'kind':'at_least','value':1}]}",
     least_is_best},
};

typedef struct Naive {
    double mean, median, count, rank, parent_value, least, most, deviation;
} Naive;

static double sorted_middle(double *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            if (values[k] < values[i]) {
                double held = values[i];
                values[i] = values[k];
                values[k] = held;
            }
    if (count == 0) return NAN;
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

// Whether an equal value before this one counts, whether values that are equal among themselves
// count once: the three rules for ties.
static double naive_rank(const double *badness, const bool *is_peer, size_t regions, size_t region,
                         RankTies ties) {
    if (isnan(badness[region])) return NAN;
    double rank = 1;
    for (size_t other = 0; other < regions; other++) {
        if (!is_peer[other] || isnan(badness[other])) continue;
        bool better = badness[other] < badness[region];
        for (size_t earlier = 0; ties == RANK_DENSE && earlier < other && better; earlier++)
            if (is_peer[earlier] && badness[earlier] == badness[other]) better = false;
        if (ties == RANK_ORDINAL && badness[other] == badness[region] && other < region)
            better = true;
        rank += better;
    }
    return rank;
}

static Naive naive_figures(const Description *description, const Scheme *scheme,
                           const Dataset *dataset, size_t region) {
    const Indicator *indicator = &description->indicators[0];
    size_t regions = dataset->header->region_count, count = 0;
    double badness[MOST_REGIONS], present[MOST_REGIONS], sum = 0;
    bool is_peer[MOST_REGIONS];
    for (size_t r = 0; r < regions; r++) {
        double value = dataset_value(dataset, 0, YEAR, r);
        is_peer[r] = dataset->regions[r].parent == dataset->regions[region].parent;
        if (is_peer[r] && !isnan(value)) sum += present[count++] = value;
        if (indicator->conventions.rank_on == RANK_ON_PRINTED)
            value = decimal_round(value, indicator->digits, indicator->conventions.rounding);
        badness[r] = scheme->badness(value);
    }
    int parent = dataset->regions[region].parent;
    double least = INFINITY, most = -INFINITY, squares = 0;
    for (size_t i = 0; i < count; i++) {
        least = fmin(least, present[i]);
        most = fmax(most, present[i]);
        squares += pow(present[i] - sum / (double)count, 2);
    }
    return (Naive){count ? sum / (double)count : NAN,
                   sorted_middle(present, count),
                   (double)count,
                   naive_rank(badness, is_peer, regions, region, indicator->conventions.ties),
                   parent >= 0 ? dataset_value(dataset, 0, YEAR, (size_t)parent) : NAN,
                   count ? least : NAN,
                   count ? most : NAN,
                   count ? sqrt(squares / (double)count) : NAN};
}

static Description *random_description(const Scheme *scheme) {
    static const char *const ties[] = {"competition", "dense", "ordinal"};
    static const char *const figures[] = {"printed", "exact"};
    static const char *const roundings[] = {"half_up", "truncate", "half_even"};
    Buffer conventions = {0};
    buffer_printf(&conventions, "'ties':'%s','rank_on':'%s','rounding':'%s'", ties[below(3)],
                  figures[below(2)], roundings[below(3)]);
    Description *description =
        describe(scheme->target, below(2) ? ",'digits':0" : ",'digits':1", conventions.data);
    buffer_free(&conventions);
    return description;
}

// Parents among the first few, so that families are large, and values that often are equal.
static Dataset *random_data(void) {
    int parents[MOST_REGIONS];
    size_t regions = 1 + below(MOST_REGIONS);
    uint32_t households = 1 + below(6), missing = below(4);
    for (size_t r = 0; r < regions; r++) {
        parents[r] = (int)below(households + 1) - 1;
        if (parents[r] >= (int)regions) parents[r] = -1;
    }
    Dataset *dataset = make_dataset(parents, regions);
    for (size_t r = 0; r < regions; r++) {
        bool is_missing = missing > 0 && below(5) < missing;
        double value = below(3) ? (double)below(100) : (double)below(2000) / 20 - 20;
        dataset_set(dataset, 0, YEAR, r, is_missing ? NAN : value);
        dataset_set(dataset, 0, YEAR - 1, r, 77); // must not be looked at
    }
    return dataset;
}

static void peers_are_what_every_pair_says(void **state) {
    (void)state;
    seed = 20261122;
    for (int round = 0; round < 400; round++) {
        const Scheme *scheme = &schemes[below(sizeof schemes / sizeof *schemes)];
        Description *description = random_description(scheme);
        Dataset *dataset = random_data();
        Setting setting;
        open_setting(&setting, description, dataset);
        // Beside figures of other kinds, as blocks ask for them.
        uint32_t needed = PEER_METRICS | (sample_random(&seed) & ((1u << METRIC_COUNT) - 1));
        for (size_t r = 0; r < dataset->header->region_count; r++) {
            double metrics[METRIC_COUNT];
            Naive naive = naive_figures(description, scheme, dataset, r);
            figures_of(&setting, r, needed, metrics);
            assert_near(metrics[METRIC_PEERS_MEAN], naive.mean);
            assert_near(metrics[METRIC_PEERS_MEDIAN], naive.median);
            assert_near(metrics[METRIC_PEERS_COUNT], naive.count);
            assert_near(metrics[METRIC_PEERS_RANK], naive.rank);
            assert_near(metrics[METRIC_PARENT_VALUE], naive.parent_value);
            assert_near(metrics[METRIC_PEERS_LEAST], naive.least);
            assert_near(metrics[METRIC_PEERS_MOST], naive.most);
            assert_near(metrics[METRIC_PEERS_DEVIATION], naive.deviation);
        }
        close_setting(&setting);
    }
}

static void each_figure_alone_is_the_same(void **state) {
    (void)state;
    seed = 5;
    Setting setting;
    open_setting(&setting, describe("{'kind':'at_most','value':12}", "", ""), random_data());
    size_t regions = setting.dataset->header->region_count;
    for (int m = 0; m < METRIC_COUNT; m++) {
        for (size_t r = 0; PEER_METRICS >> m & 1 && r < regions; r++) {
            double wanted[METRIC_COUNT], got[METRIC_COUNT];
            setting.group.known = false;
            figures_of(&setting, r, PEER_METRICS, wanted);
            setting.group.known = false;
            figures_of(&setting, r, 1u << m, got);
            assert_memory_equal(&got[m], &wanted[m], sizeof(double));
        }
    }
    close_setting(&setting);
}

// A mean that results cannot hold is missing, in the one form a missing figure has; 0 has no sign.
static void figures_of_peers_are_plain(void **state) {
    (void)state;
    static const struct {
        double values[2], mean;
    } cases[] = {
        {{1e300, 1e300}, NAN}, {{1.7e308, 1.7e308}, NAN}, {{-0.0, -0.0}, 0}, {{NAN, NAN}, NAN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Description *description = describe("{'kind':'at_most','value':12}", "", "");
        Dataset *dataset = make_dataset((const int[]){1, -1, 1}, 3);
        dataset_set(dataset, 0, YEAR, 0, cases[i].values[0]);
        dataset_set(dataset, 0, YEAR, 1, cases[i].values[0]);
        dataset_set(dataset, 0, YEAR, 2, cases[i].values[1]);
        Setting setting;
        double metrics[METRIC_COUNT];
        open_setting(&setting, description, dataset);
        figures_of(&setting, 0, PEER_METRICS, metrics);
        assert_memory_equal(&metrics[METRIC_PEERS_MEAN], &cases[i].mean, sizeof(double));
        assert_memory_equal(&metrics[METRIC_PEERS_MEDIAN], &cases[i].mean, sizeof(double));
        assert_memory_equal(&metrics[METRIC_PARENT_VALUE], &cases[i].mean, sizeof(double));
        close_setting(&setting);
    }
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_family_keeps_the_order_of_the_dataset),
        cmocka_unit_test(every_region_is_in_one_family),
        cmocka_unit_test(peers_are_ranked_by_the_conventions),
        cmocka_unit_test(peers_are_what_every_pair_says),
        cmocka_unit_test(each_figure_alone_is_the_same),
        cmocka_unit_test(figures_of_peers_are_plain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
