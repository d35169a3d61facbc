// Figures of many regions at once, bit for bit what they are region by region.
//
// Packs, targets, conventions and data are drawn at random, the same at every run: what counts is
// every way the two can differ, so values stand on lines and halves, are missing, flat or huge.
#include "tests/unit/pack/sample.h"

#include <math.h>

#include "core/base/language.h"
#include "core/eval/peers.h"
#include "core/stats/columns.h"

enum { ROUNDS = 250, MOST_INDICATORS = 8, MOST_REGIONS = 300, YEARS_LOOKED_AT = 3 };

static const ColumnsLevel levels[] = {COLUMNS_SCALAR, COLUMNS_BASELINE, COLUMNS_BEST};
static const uint32_t ALL_METRICS = (1u << METRIC_COUNT) - 1;

// ---- what is random ----------------------------------------------------------------------------

static uint64_t seed;

static uint32_t below(uint32_t limit) {
    return sample_random(&seed) % limit;
}

static bool one_in(uint32_t count) {
    return below(count) == 0;
}

static double share(void) {
    return (double)sample_random(&seed) / 2147483648.0;
}

// Packs do not load whose targets have more digits than are printed; what their figures come to is
// tested all the same, so they load with many digits and get their own afterwards.
enum { LOADED_DIGITS = 8 };

static void print_with(Description *description, size_t indicator, int digits) {
    ((Indicator *)&description->indicators[indicator])->digits = digits;
    ((Series *)&description->series[indicator])->digits = digits;
}

static double of_digits(double value, int digits) {
    double scale = pow(10, digits);
    return round(value * scale) / scale;
}

// ---- packs -------------------------------------------------------------------------------------

typedef struct PackYears {
    int baseline, first, last;
} PackYears;

// What a random indicator was made with, for its data to be near.
typedef struct Drawn {
    int digits;
    double line; // the number of its target
    bool plain;  // a line to be over or under, and nothing else that is special
} Drawn;

static const char *draw(const char *const *names, size_t count) {
    return names[below((uint32_t)count)];
}

#define DRAW(names) draw(names, sizeof(names) / sizeof *(names))

static void append_compound(Buffer *out, const Drawn *drawn, int depth);

static double near_line(const Drawn *drawn) {
    return of_digits(drawn->line + (share() - 0.5) * 20, drawn->digits + (int)below(2));
}

static void append_other_target(Buffer *out, const Drawn *drawn, int depth) {
    static const char *const periods[] = {"year", "term", "plan"};
    static const char *const movements[] = {"rises", "falls", "narrows"};
    double low = near_line(drawn), width = below(50) / 10.0;
    switch (below(depth < 2 ? 8 : 7)) {
        case 0:
            buffer_printf(out, "{'kind':'around','value':%.17g,'tolerance':%.17g}", drawn->line,
                          width);
            break;
        case 1:
            buffer_printf(out,
                          "{'kind':'within','low':%.17g,'high':%.17g,'outer_low':%.17g,"
                          "'outer_high':%.17g}",
                          low, low + width, low - 1, low + width + 1);
            break;
        case 2: buffer_printf(out, "{'kind':'keeps_at_least','value':%.17g}", drawn->line); break;
        case 3:
            buffer_printf(out, "{'kind':'%s','per':'%s','years':%u}", DRAW(movements),
                          DRAW(periods), 2 + below(4));
            break;
        case 4: buffer_text(out, "{'kind':'slows'}"); break;
        case 5:
            buffer_printf(out, "{'kind':'%s','indicator':'i%u%s','times':%.17g,'tolerance':%.17g}",
                          one_in(2) ? "not_below" : "not_above", below(MOST_INDICATORS),
                          one_in(4) ? "_rural" : "", one_in(2) ? 1 : 0.9, one_in(2) ? 0 : width);
            break;
        case 6: buffer_text(out, "{'kind':'evidence'}"); break;
        default: append_compound(out, drawn, depth + 1);
    }
}

// A line to be over or under; gives whether it leads up.
static bool append_line_target(Buffer *out, double line) {
    static const char *const kinds[] = {"at_least", "above", "at_most", "below"};
    uint32_t kind = below(4);
    buffer_printf(out, "{'kind':'%s','value':%.17g}", kinds[kind], line);
    return kind < 2;
}

static void append_compound(Buffer *out, const Drawn *drawn, int depth) {
    buffer_printf(out, "{'kind':'%s','parts':[", one_in(2) ? "all_of" : "any_of");
    for (uint32_t part = 0, parts = 1 + below(3); part < parts; part++) {
        if (part) buffer_text(out, ",");
        if (one_in(2))
            append_line_target(out, near_line(drawn));
        else
            append_other_target(out, drawn, depth);
    }
    buffer_text(out, "]}");
}

static void append_milestones(Buffer *out, const Drawn *drawn, bool up, PackYears years) {
    int span = years.last - years.first + 1, count = 1 + (int)below(3);
    double step = below(4);
    if (count > span) count = span;
    buffer_text(out, ",'milestones':[");
    for (int k = 0; k < count; k++) {
        double way = (up ? -1 : 1) * (count - k) * step;
        buffer_printf(out, "%s{'year':%d,'value':%.17g}", k ? "," : "",
                      years.first + k * span / count, drawn->line + way);
    }
    buffer_text(out, "]");
}

static void append_targets(Buffer *out, const Drawn *drawn, PackYears years) {
    bool up = false, several = one_in(3);
    buffer_text(out, several ? ",'targets':[{'id':'own','target':" : ",'target':");
    if (drawn->plain)
        up = append_line_target(out, drawn->line);
    else
        append_other_target(out, drawn, 0);
    for (uint32_t s = 0, sets = several ? 1 + below(3) : 0; s < sets; s++) {
        buffer_printf(out, "},{'id':'set%u','target':", s);
        if (drawn->plain)
            append_line_target(out, near_line(drawn));
        else
            append_other_target(out, drawn, 0);
    }
    buffer_text(out, several ? "}]" : "");
    // Milestones lead somewhere: lines that are no more random than others.
    if (drawn->plain && one_in(3)) append_milestones(out, drawn, up, years);
}

static void append_conventions(Buffer *out) {
    static const char *const roundings[] = {"half_up", "truncate", "half_even"};
    static const double near[] = {0, 0, 0.5, 5, 33.3};
    buffer_printf(out, ",'conventions':{'rounding':'%s','at':'%s','near_percent':%.17g}",
                  DRAW(roundings), one_in(2) ? "milestone" : "final", near[below(5)]);
}

static void append_indicator(Buffer *out, int index, bool has_formula, Drawn *drawn,
                             PackYears years) {
    static const char *const methods[] = {"theil_sen", "cagr", "holt", "gm11", "least_error"};
    static const double lines[] = {0, 100, -12.5, 3e14};
    drawn->digits = (int)below(5);
    drawn->line =
        one_in(6) ? lines[below(4)] : of_digits(share() * 100, drawn->digits + (int)below(2));
    drawn->plain = !one_in(4);
    size_t start = out->length;
    buffer_printf(out,
                  "%s{'kind':'indicator','id':'i%d','title':'i','lead':'我','unit':'%s',"
                  "'digits':%d",
                  index ? "," : "", index, one_in(2) ? "%" : "人", LOADED_DIGITS);
    append_targets(out, drawn, years);
    append_conventions(out);
    if (one_in(3)) buffer_printf(out, ",'baseline':%.17g", near_line(drawn));
    if (one_in(4)) {
        buffer_printf(out, ",'forecast':'%s'", DRAW(methods));
        drawn->plain = false;
    }
    if (one_in(6)) {
        buffer_printf(out, ",'applies_to':['r%u','r%u']", below(MOST_REGIONS), below(4));
        drawn->plain = false;
    }
    if (has_formula) buffer_printf(out, ",'formula':%d", index);
    if (!one_in(4)) buffer_printf(out, ",'counts':'i%u'", below(MOST_INDICATORS));
    if (strstr(out->data + start, "counts") && one_in(2))
        buffer_printf(out, ",'among':'i%u','per':1000", below(MOST_INDICATORS));
    buffer_text(out, "}");
}

static PackYears random_years(void) {
    if (one_in(20)) return (PackYears){1901, 1905, 2100}; // longer than any history
    PackYears years = {.baseline = 2008 + (int)below(8)};
    years.first = years.baseline + (int)below(4);
    years.last = years.first + (int)below(12);
    return years;
}

// Targets drawn at random may contradict each other, which is a mistake of a pack: NULL then.
static Description *describe_if_sound(const char *text) {
    json_t *json = sample_parse(text);
    ProblemList problems = {0};
    Description *description = description_parse(json, &problems);
    json_decref(json);
    problems_free(&problems);
    return description;
}

static Description *draw_pack(Drawn *drawn, PackYears *years) {
    Buffer out = {0};
    *years = random_years();
    buffer_printf(&out,
                  "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1%s},"
                  "'plans':[{'id':'plan','title':'规划','from':%d,'to':%d,'baseline':%d,'domains':["
                  "{'id':'domain','title':'领域','indicators':[",
                  one_in(2) ? ",'terms':[2009,2013,2017,2022]" : "", years->first, years->last,
                  years->baseline);
    for (int i = 0; i < MOST_INDICATORS; i++)
        append_indicator(&out, i, one_in(4), &drawn[i], *years);
    buffer_text(&out, "]}]}],'rules':[");
    for (int i = 0; i < MOST_INDICATORS; i++)
        buffer_printf(&out, "%s{'parameters':['year']}", i ? "," : "");
    buffer_text(&out, "]}");
    Description *description = describe_if_sound(out.data);
    for (size_t i = 0; i < MOST_INDICATORS && description; i++)
        print_with(description, i, drawn[i].digits);
    buffer_free(&out);
    return description;
}

static Description *random_pack(Drawn *drawn, PackYears *years) {
    Description *description = NULL;
    for (int tries = 0; !description && tries < 1000; tries++)
        description = draw_pack(drawn, years);
    assert_non_null(description);
    return description;
}

// ---- data --------------------------------------------------------------------------------------

typedef enum DataKind {
    DATA_WALK,
    DATA_ON_THE_LINE,
    DATA_FLAT,
    DATA_SHARE,
    DATA_ABOUT_ZERO,
    DATA_HUGE,
    DATA_KIND_COUNT,
    DATA_ANYTHING = DATA_KIND_COUNT // only formulas can give such
} DataKind;

static double random_value(DataKind kind, const Drawn *drawn, int years_on) {
    double step = pow(10, -drawn->digits);
    switch (kind) {
        case DATA_WALK:
            return of_digits(drawn->line * (0.8 + 0.02 * years_on) + share(), drawn->digits + 1);
        case DATA_ON_THE_LINE: return drawn->line + ((int)below(9) - 4) * step / 2;
        case DATA_FLAT: return drawn->line * 0.9;
        case DATA_SHARE: return of_digits(70 + 40 * share() + years_on, 2);
        case DATA_ABOUT_ZERO: return one_in(3) ? (one_in(2) ? 0.0 : -0.0) : share() - 0.5;
        case DATA_HUGE: return (share() - 0.5) * 2e15;
        default: break;
    }
    double value;
    do {
        uint64_t bits = (uint64_t)sample_random(&seed) << 33 ^
                        (uint64_t)sample_random(&seed) << 11 ^ sample_random(&seed);
        memcpy(&value, &bits, sizeof value);
    } while (!isfinite(value));
    return value;
}

static DataKind random_kind(bool derived) {
    if (one_in(2)) return one_in(2) ? DATA_WALK : DATA_ON_THE_LINE;
    return (DataKind)below(DATA_KIND_COUNT + (derived ? 1 : 0));
}

// Values of one series over all years and regions: derived ones into their column, observed ones
// into the dataset.
static void fill_series(Dataset *dataset, double *derived, int column, const Drawn *drawn) {
    static const double missing_rates[] = {0, 0.1, 0.5, 0.97};
    const DatasetHeader *header = dataset->header;
    DataKind kind = random_kind(derived != NULL);
    double missing = missing_rates[below(4)];
    for (uint32_t y = 0; y < header->year_count; y++) {
        for (size_t r = 0; r < header->region_count; r++) {
            DataKind now = one_in(50) ? random_kind(derived != NULL) : kind;
            double value = share() < missing ? NAN : random_value(now, drawn, (int)y);
            if (derived)
                derived[y * header->region_stride + r] = value;
            else
                dataset_set(dataset, column, header->first_year + (int)y, r, value);
        }
    }
}

static Dataset *random_dataset(const Description *description, PackYears years) {
    Error error = {0};
    char name[16];
    int first = years.baseline - (int)below(25) + 3, last = years.last - 4 + (int)below(8);
    if (last - first > 150) last = first + 150;
    DatasetBuilder *builder = dataset_builder_new(first, last);
    for (uint32_t r = 0, count = 1 + below(one_in(3) ? MOST_REGIONS : 70); r < count; r++) {
        snprintf(name, sizeof name, "r%u", r);
        dataset_add_region(builder, name, &error);
    }
    // Now and then nobody ever reported a series.
    for (size_t i = 0; i < description->indicator_count; i++)
        if (!one_in(20))
            dataset_add_series(builder, description->indicators[i].id, "total", &error);
    return dataset_finish(builder);
}

static void fill_dataset(const Description *description, const Drawn *drawn, Dataset *dataset,
                         FigureSource *source) {
    Map columns = {0};
    dataset_index(dataset, &columns);
    for (size_t i = 0; i < description->indicator_count; i++) {
        int column = dataset_column(&columns, description->indicators[i].id, "total");
        if (source->derived[i] || column >= 0)
            fill_series(dataset, source->derived[i], column, &drawn[i]);
    }
    map_free(&columns);
}

// ---- comparing ---------------------------------------------------------------------------------

// What the indicators came to for which columns are computed without going region by region.
static size_t seen_statuses[STATUS_COUNT], seen_metrics[METRIC_COUNT], lanes_compared;

typedef struct Question {
    const FigureSource *source;
    int indicator, year;
    size_t first, count;
    uint32_t needed;
} Question;

static void tell(const Question *question, size_t lane, const char *what, double got, double wanted,
                 int how) {
    const Indicator *indicator = &question->source->description->indicators[question->indicator];
    int years[FIGURE_MAX_YEARS];
    double values[FIGURE_MAX_YEARS];
    size_t count = figure_history(question->source, indicator->series, question->year,
                                  question->first + lane, years, values);
    for (size_t i = 0; i < count; i++)
        print_error("%d: %.17g\n", years[i], values[i]);
    fail_msg("%s of %s (%s %.17g, %d digits, %s) in %d, lane %zu: %.17g is not %.17g; way %d", what,
             indicator->id, target_kind_name(indicator->target_sets[0].target.kind),
             indicator->target_sets[0].target.value, indicator->digits,
             forecast_method_name(indicator->forecast), question->year, lane, got, wanted, how);
}

static void compare(const Question *question, const IndicatorResult *wanted, const double *columns,
                    const uint8_t *statuses, int how) {
    const Indicator *indicator = &question->source->description->indicators[question->indicator];
    for (size_t lane = 0; lane < question->count; lane++) {
        for (size_t s = 0; s < indicator->target_set_count; s++)
            if (statuses[s * FIGURE_LANES + lane] != wanted[lane].statuses[s])
                tell(question, lane, "status", statuses[s * FIGURE_LANES + lane],
                     wanted[lane].statuses[s], how);
        const double *column = columns + lane;
        for (int m = 0; m < METRIC_COUNT; m++) {
            if (!(question->needed >> m & 1)) continue;
            if (!(PEER_METRICS >> m & 1) &&
                memcmp(column, &wanted[lane].metrics[m], sizeof *column) != 0)
                tell(question, lane, metric_name((Metric)m), *column, wanted[lane].metrics[m], how);
            column += FIGURE_LANES;
        }
    }
}

// What readers of a record derive is what would have been computed.
static void compare_constants(const Question *question, const IndicatorResult *wanted) {
    const Description *description = question->source->description;
    for (int m = 0; m < METRIC_COUNT; m++) {
        double value;
        if (!(question->needed >> m & 1) ||
            !layout_constant(description, question->indicator, (Metric)m, question->year, &value))
            continue;
        for (size_t lane = 0; lane < question->count; lane++)
            if (wanted[lane].statuses[0] != STATUS_NOT_APPLICABLE &&
                memcmp(&value, &wanted[lane].metrics[m], sizeof value) != 0)
                tell(question, lane, metric_name((Metric)m), value, wanted[lane].metrics[m], -1);
    }
}

static void note(const Question *question, const IndicatorResult *wanted) {
    for (size_t lane = 0; lane < question->count; lane++) {
        seen_statuses[wanted[lane].statuses[0]]++;
        for (int m = 0; m < METRIC_COUNT; m++)
            seen_metrics[m] += !isnan(wanted[lane].metrics[m]);
    }
}

static void ask(FigureSource *source, const Question *question, bool plain) {
    static IndicatorResult wanted[FIGURE_LANES];
    const Indicator *indicator = &source->description->indicators[question->indicator];
    size_t cells = (size_t)__builtin_popcount(question->needed) * FIGURE_LANES;
    double *columns = memory_new(cells, sizeof *columns);
    uint8_t *statuses = memory_new(indicator->target_set_count * FIGURE_LANES, 1);
    for (size_t lane = 0; lane < question->count; lane++)
        figure_indicator(source, question->indicator, question->year, question->first + lane,
                         question->needed, &wanted[lane]);
    if (plain) note(question, wanted);
    compare_constants(question, wanted);
    // The last way is the one without kernels.
    for (int how = 0; how <= (int)(sizeof levels / sizeof *levels); how++) {
        source->kernels = how < (int)(sizeof levels / sizeof *levels);
        if (source->kernels) columns_use(levels[how]);
        memset(columns, 0xa5, cells * sizeof *columns);
        memset(statuses, 0xa5, indicator->target_set_count * FIGURE_LANES);
        figure_columns(source, question->indicator, question->year, question->first,
                       question->count, question->needed, columns, statuses);
        compare(question, wanted, columns, statuses, how);
    }
    lanes_compared += question->count;
    columns_use(COLUMNS_BEST);
    free(columns);
    free(statuses);
}

static uint32_t random_needed(void) {
    if (one_in(3)) return ALL_METRICS;
    uint32_t needed = sample_random(&seed) & ALL_METRICS;
    return one_in(4) ? needed & sample_random(&seed) : needed;
}

static void ask_about_all(FigureSource *source, const Drawn *drawn, int year) {
    size_t regions = source->dataset->header->region_count;
    for (int i = 0; i < MOST_INDICATORS; i++) {
        size_t first = one_in(2) ? 0 : below((uint32_t)regions);
        size_t most = regions - first < FIGURE_LANES ? regions - first : FIGURE_LANES;
        size_t count = one_in(2) ? most : 1 + below((uint32_t)most);
        Question question = {source, i, year, first, count, random_needed()};
        ask(source, &question, drawn[i].plain);
    }
}

// A pack over its data, in some of its years and those around them; histories may begin for a year
// that comes later, as they do for a warning that must hold.
static void one_round(void) {
    Drawn drawn[MOST_INDICATORS];
    PackYears years;
    Description *description = random_pack(drawn, &years);
    Dataset *dataset = random_dataset(description, years);
    double *derived = memory_new(figure_derived_cells(description, dataset), sizeof *derived);
    for (int k = 0; k < YEARS_LOOKED_AT; k++) {
        FigureSource source;
        int span = years.last - years.first + 1;
        int year = years.first + (int)below((uint32_t)span);
        if (one_in(5)) year = years.first - 2 + (int)below((uint32_t)span + 4);
        figure_source_init(&source, description, dataset, year + (one_in(3) ? (int)below(3) : 0),
                           derived);
        if (k == 0) fill_dataset(description, drawn, dataset, &source);
        ask_about_all(&source, drawn, year);
        figure_source_free(&source);
    }
    free(derived);
    dataset_free(dataset);
    description_free(description);
}

static void columns_give_what_regions_give_one_by_one(void **state) {
    (void)state;
    seed = 20260311;
    for (int round = 0; round < ROUNDS; round++)
        one_round();
    // The comparison says something only where there was something to compare.
    assert_true(lanes_compared > 100000);
    for (int s = 0; s < STATUS_COUNT; s++)
        assert_in_range(seen_statuses[s], 1000, SIZE_MAX);
    for (int m = 0; m < METRIC_COUNT; m++)
        if (!(PEER_METRICS >> m & 1)) assert_in_range(seen_metrics[m], 5000, SIZE_MAX);
}

// ---- cases of their own ------------------------------------------------------------------------

static void ask_of_one(const char *indicator, const double *values, size_t count) {
    Buffer text = {0};
    Error error = {0};
    buffer_printf(&text,
                  "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1,"
                  "'conventions':{'digits':%d}},"
                  "'plans':[{'id':'plan','title':'规划','from':2021,'to':2030,'baseline':2020,"
                  "'domains':[{'id':'domain','title':'领域','indicators':[{'kind':'indicator',"
                  "'id':'i0','title':'i','lead':'我',%s}]}]}]}",
                  LOADED_DIGITS, indicator);
    Description *description = sample_describe(text.data);
    if (description->indicators[0].digits == LOADED_DIGITS) print_with(description, 0, 2);
    DatasetBuilder *builder = dataset_builder_new(2020, 2024);
    int region = dataset_add_region(builder, "150802", &error);
    int series = dataset_add_series(builder, "i0", "total", &error);
    for (size_t k = 0; k < count; k++)
        dataset_put(builder, series, region, 2024 - (int)(count - 1 - k), values[k]);
    Dataset *dataset = dataset_finish(builder);
    FigureSource source;
    figure_source_init(&source, description, dataset, 2024, NULL);
    for (int m = -1; m < METRIC_COUNT; m++) {
        Question question = {&source, 0, 2024, 0, 1, m < 0 ? ALL_METRICS : 1u << m};
        ask(&source, &question, false);
    }
    figure_source_free(&source);
    dataset_free(dataset);
    description_free(description);
    buffer_free(&text);
}

static void lines_that_are_hard_to_be_on(void **state) {
    (void)state;
    static const struct {
        const char *indicator;
        double values[5];
    } cases[] = {
        // A forecast below 0 and above 100 %, of a series that never was there.
        {"'unit':'%','target':{'kind':'at_most','value':1}", {9, 7, 5, 3, 1.5}},
        {"'unit':'%','target':{'kind':'at_least','value':101}", {60, 70, 80, 90, 99}},
        {"'unit':'人','target':{'kind':'at_least','value':101}", {60, 70, 80, 90, 99}},
        // 2.675 is 2.68 to a person; and the line itself falls on a half.
        {"'unit':'%','target':{'kind':'at_least','value':2.675}", {2.5, 2.6, 2.6, 2.674, 2.675}},
        {"'unit':'%','target':{'kind':'above','value':2.68}", {2.5, 2.6, 2.6, 2.674, 2.675}},
        // The fitted line is over the target this year although the value is not.
        {"'unit':'%','target':{'kind':'at_least','value':20}", {10, 13, 16, 19, 19.5}},
        {"'unit':'%','target':{'kind':'below','value':20}", {30, 27, 24, 21, 20}},
        // The baseline meets the target already; and is the target.
        {"'unit':'%','target':{'kind':'at_most','value':20}", {10, 13, 16, 19, 25}},
        {"'unit':'%','target':{'kind':'above','value':10}", {10, 10, 10, 10, 10}},
        {"'unit':'%','digits':0,'target':{'kind':'at_least','value':0}",
         {-2, -1, -0.6, -0.5, -0.4}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ask_of_one(cases[i].indicator, cases[i].values, 5);
}

static void columns_beyond_the_last_lane_are_left_alone(void **state) {
    (void)state;
    Error error = {0};
    Description *description = sample_describe(sample_text);
    DatasetBuilder *builder = dataset_builder_new(2020, 2024);
    for (int r = 0; r < 3; r++)
        dataset_add_region(builder, (const char *[]){"a", "b", "c"}[r], &error);
    int series = dataset_add_series(builder, "mortality", "total", &error);
    for (int r = 0; r < 3; r++)
        dataset_put(builder, series, r, 2024, 12 + r);
    Dataset *dataset = dataset_finish(builder);
    double *derived = memory_new(figure_derived_cells(description, dataset), sizeof *derived);
    double columns[METRIC_COUNT * FIGURE_LANES];
    uint8_t statuses[FIGURE_LANES];
    FigureSource source;
    figure_source_init(&source, description, dataset, 2024, derived);
    for (size_t k = 0; k < METRIC_COUNT * FIGURE_LANES; k++)
        columns[k] = 7;
    memset(statuses, 77, sizeof statuses);
    figure_columns(&source, 0, 2024, 1, 2, 1u << METRIC_VALUE | 1u << METRIC_GAP, columns,
                   statuses);
    assert_true(columns[0] == 13 && columns[1] == 14);
    assert_true(columns[FIGURE_LANES] == 1 && columns[FIGURE_LANES + 1] == 2);
    assert_int_equal(statuses[0], STATUS_UNMET);
    assert_int_equal(statuses[2], 77);
    for (size_t k = 2 * FIGURE_LANES; k < METRIC_COUNT * FIGURE_LANES; k++)
        assert_true(columns[k] == 7);
    figure_source_free(&source);
    free(derived);
    dataset_free(dataset);
    description_free(description);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_give_what_regions_give_one_by_one),
        cmocka_unit_test(lines_that_are_hard_to_be_on),
        cmocka_unit_test(columns_beyond_the_last_lane_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
