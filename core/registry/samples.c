// Which samples a figure rests on: see samples.h.
#include "core/registry/samples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/eval/peers.h"

// ---- reading -----------------------------------------------------------------------------------

typedef struct Reading {
    Samples *samples;
    Map breakdowns; // id → index
} Reading;

// Where a series' total (-1) or a breakdown of it stands among all of a description.
static size_t place_of(const Description *description, int series, int breakdown) {
    return (size_t)series * (description->breakdown_count + 1) + (size_t)(breakdown + 1);
}

static size_t places(const Description *description) {
    return description->series_count * (description->breakdown_count + 1);
}

static void add_latest(Samples *samples, const SampleRegion *region, const SampleEntry *entry) {
    const Description *description = samples->description;
    size_t **latest = &samples->latest[region->parent + 1];
    if (entry->latest == 0) return;
    if (!*latest) *latest = memory_new(places(description), sizeof **latest);
    (*latest)[place_of(description, entry->series, entry->breakdown)] += entry->latest;
}

static bool take_count(const StoreCount *row, void *context, Error *error) {
    (void)error;
    Reading *reading = context;
    Samples *samples = reading->samples;
    int64_t place = map_get(&samples->regions, row->region);
    int series = description_series(samples->description, row->indicator);
    bool total = strcmp(row->breakdown, STORE_NO_BREAKDOWN) == 0;
    int64_t breakdown = total ? -1 : map_get(&reading->breakdowns, row->breakdown);
    if (place < 0 || series < 0 || (!total && breakdown < 0)) return true;
    SampleRegion *region = &samples->by_place[place];
    ARRAY_RESERVE(region->entries, region->count, region->capacity);
    SampleEntry *entry = &region->entries[region->count++];
    *entry = (SampleEntry){.series = series,
                           .breakdown = (int)breakdown,
                           .held = row->observations,
                           .latest = row->in_last_year};
    add_latest(samples, region, entry);
    samples->count += row->observations;
    return true;
}

// The regions of a run's identity: [ [code, parent's place or -1, …] … ].
static void take_regions(Samples *samples, const json_t *regions) {
    for (size_t i = 0; i < samples->region_count; i++) {
        const json_t *row = json_array_get(regions, i);
        const char *code = json_string_value(json_array_get(row, 0));
        json_int_t parent = json_integer_value(json_array_get(row, 1));
        bool known = parent >= 0 && parent < (json_int_t)samples->region_count;
        samples->by_place[i].parent = known ? (int)parent : -1;
        if (code) map_put(&samples->regions, code, (int64_t)i);
    }
}

bool samples_read(Store *store, const Description *description, const Run *run, Samples *samples,
                  Error *error) {
    const json_t *regions = json_object_get(run->identity, "regions");
    *samples = (Samples){.description = description,
                         .run = run,
                         .by_place = memory_new(json_array_size(regions) + 1, sizeof(SampleRegion)),
                         .region_count = json_array_size(regions),
                         .latest = memory_new(json_array_size(regions) + 1, sizeof(size_t *))};
    take_regions(samples, regions);
    Reading reading = {.samples = samples};
    for (size_t i = 0; i < description->breakdown_count; i++)
        map_put(&reading.breakdowns, description->breakdowns[i].id, (int64_t)i);
    const StoreCountQuery query = {
        .kind = "sample", .last_year = run->year, .as_of = run->data_version};
    bool good = store_count_observations(store, &query, take_count, &reading, error);
    map_free(&reading.breakdowns);
    if (!good) samples_free(samples);
    samples->description = description;
    return good;
}

void samples_free(Samples *samples) {
    for (size_t i = 0; i < samples->region_count; i++)
        free(samples->by_place[i].entries);
    for (size_t i = 0; samples->latest && i <= samples->region_count; i++)
        free(samples->latest[i]);
    free(samples->by_place);
    free(samples->latest);
    map_free(&samples->regions);
    *samples = (Samples){0};
}

static const SampleRegion *find_region(const Samples *samples, const char *region) {
    int64_t place = map_get(&samples->regions, region);
    return place >= 0 ? &samples->by_place[place] : NULL;
}

size_t samples_of_region(const Samples *samples, const char *region) {
    const SampleRegion *found = find_region(samples, region);
    size_t count = 0;
    for (size_t i = 0; found && i < found->count; i++)
        count += found->entries[i].held;
    return count;
}

// ---- what a figure rests on --------------------------------------------------------------------

typedef enum Span { OF_NONE, OF_YEAR, OF_ALL_YEARS } Span;
typedef enum Whose { ITS_OWN, OF_PEERS, OF_PARENT, WHOSE_COUNT } Whose;

// The samples a figure rests on, so that each counts once however often it is named.
typedef struct Ground {
    const Samples *samples;
    const Description *description;
    const SampleRegion *region; // NULL: none of its own
    uint8_t *spans;             // by entry of the region
    Whose whose;                // what is being followed; peers are the region itself too
    bool *others[WHOSE_COUNT];  // by place_of: values of the year; NULL for none
    bool *seen; // by indicator, once for each span and each other, so that no circle is followed
} Ground;
enum { SEEN_WAYS = 2 + WHOSE_COUNT };

static void ground_begin(Ground *ground, const Samples *samples, const char *region) {
    const Description *description = samples->description;
    *ground =
        (Ground){.samples = samples,
                 .description = description,
                 .region = find_region(samples, region),
                 .seen = memory_new(SEEN_WAYS * description->indicator_count + 1, sizeof(bool))};
    ground->spans = memory_new(ground->region ? ground->region->count + 1 : 1, 1);
}

static size_t count_own(const Ground *ground) {
    size_t count = 0;
    for (size_t i = 0; ground->region && i < ground->region->count; i++) {
        const SampleEntry *entry = &ground->region->entries[i];
        if (ground->spans[i] == OF_YEAR) count += entry->latest;
        if (ground->spans[i] == OF_ALL_YEARS) count += entry->held;
    }
    return count;
}

// Calls `each` with every figure taken of others and its samples, the region's own left out.
typedef void (*EachOther)(Whose whose, size_t place, size_t count, void *context);

static size_t own_latest(const Ground *ground, size_t place) {
    size_t count = 0;
    for (size_t i = 0; i < ground->region->count; i++) {
        const SampleEntry *entry = &ground->region->entries[i];
        if (place_of(ground->description, entry->series, entry->breakdown) == place)
            count += entry->latest;
    }
    return count;
}

static void each_of_peers(const Ground *ground, EachOther each, void *context) {
    const bool *named = ground->others[OF_PEERS];
    const size_t *latest =
        ground->region ? ground->samples->latest[ground->region->parent + 1] : NULL;
    for (size_t place = 0; named && latest && place < places(ground->description); place++)
        if (named[place] && latest[place] > 0)
            each(OF_PEERS, place, latest[place] - own_latest(ground, place), context);
}

static void each_of_parent(const Ground *ground, EachOther each, void *context) {
    const bool *named = ground->others[OF_PARENT];
    if (!named || !ground->region || ground->region->parent < 0) return;
    const SampleRegion *parent = &ground->samples->by_place[ground->region->parent];
    for (size_t i = 0; i < parent->count; i++) {
        const SampleEntry *entry = &parent->entries[i];
        size_t place = place_of(ground->description, entry->series, entry->breakdown);
        if (named[place]) each(OF_PARENT, place, entry->latest, context);
    }
}

static void add_count(Whose whose, size_t place, size_t count, void *context) {
    (void)whose, (void)place;
    *(size_t *)context += count;
}

static size_t ground_end(Ground *ground) {
    size_t count = count_own(ground);
    each_of_peers(ground, add_count, &count);
    each_of_parent(ground, add_count, &count);
    free(ground->spans);
    for (int whose = 0; whose < WHOSE_COUNT; whose++)
        free(ground->others[whose]);
    free(ground->seen);
    return count;
}

static void add_others(Ground *ground, int series, int breakdown) {
    bool **named = &ground->others[ground->whose];
    if (!*named) *named = memory_new(places(ground->description) + 1, sizeof **named);
    (*named)[place_of(ground->description, series, breakdown)] = true;
}

static void add_entries(Ground *ground, int series, int breakdown, Span span) {
    if (ground->whose != ITS_OWN) add_others(ground, series, breakdown);
    if (ground->whose == OF_PARENT) return;
    for (size_t i = 0; ground->region && i < ground->region->count; i++) {
        const SampleEntry *entry = &ground->region->entries[i];
        if (entry->series == series && entry->breakdown == breakdown && ground->spans[i] < span)
            ground->spans[i] = (uint8_t)span;
    }
}

// What inputs without a name of their own speak of; -1 for none.
typedef struct Judged {
    int indicator, plan, unit;
} Judged;

static void add_rule(Ground *ground, int rule, Judged judged, Span span);

// A series' total: observed, or derived from what its formula names.
static void add_series(Ground *ground, int series, Span span) {
    int indicator = ground->description->series[series].indicator;
    add_entries(ground, series, -1, span);
    if (indicator < 0) return;
    int way = ground->whose == ITS_OWN ? (int)span : OF_ALL_YEARS + (int)ground->whose;
    bool *seen = &ground->seen[SEEN_WAYS * indicator + way];
    if (*seen) return;
    *seen = true;
    int formula = ground->description->indicators[indicator].formula;
    if (formula >= 0) add_rule(ground, formula, (Judged){indicator, -1, -1}, span);
}

// The same of other regions, derived there as here.
static void add_series_of(Ground *ground, int series, Whose whose) {
    Whose before = ground->whose;
    ground->whose = whose;
    add_series(ground, series, OF_YEAR);
    ground->whose = before;
}

static void add_target(Ground *ground, const Target *target) {
    bool measured = target->kind == TARGET_NOT_BELOW || target->kind == TARGET_NOT_ABOVE;
    if (measured && target->series >= 0 && target->breakdown >= 0)
        add_entries(ground, target->series, target->breakdown, OF_YEAR);
    else if (measured && target->series >= 0)
        add_series(ground, target->series, OF_YEAR);
    for (size_t i = 0; i < target->part_count; i++)
        add_target(ground, &target->parts[i]);
}

// All that is computed for an indicator.
static void add_indicator(Ground *ground, int indicator) {
    const Indicator *about = &ground->description->indicators[indicator];
    add_series(ground, about->series, OF_ALL_YEARS);
    if (about->counts >= 0) add_series(ground, about->counts, OF_YEAR);
    if (about->among >= 0) add_series(ground, about->among, OF_YEAR);
    for (size_t s = 0; s < about->target_set_count; s++)
        add_target(ground, &about->target_sets[s].target);
}

static void add_plan(Ground *ground, int plan, int domain) {
    const Plan *about = &ground->description->plans[plan];
    const int *indicators = domain >= 0 ? about->domains[domain].indicators : about->indicators;
    size_t count = domain >= 0 ? about->domains[domain].indicator_count : about->indicator_count;
    for (size_t i = 0; i < count; i++)
        add_indicator(ground, indicators[i]);
}

static void add_metric(Ground *ground, int indicator, Metric metric) {
    int series = ground->description->indicators[indicator].series;
    switch (metric) {
        case METRIC_VALUE: add_series(ground, series, OF_YEAR); break;
        case METRIC_PEERS_MEAN:
        case METRIC_PEERS_MEDIAN:
        case METRIC_PEERS_RANK:
        case METRIC_PEERS_COUNT:
        case METRIC_PEERS_LOWER_QUARTILE:
        case METRIC_PEERS_UPPER_QUARTILE:
        case METRIC_PEERS_LEAST:
        case METRIC_PEERS_MOST:
        case METRIC_PEERS_DEVIATION: add_series_of(ground, series, OF_PEERS); break;
        case METRIC_PARENT_VALUE: add_series_of(ground, series, OF_PARENT); break;
        case METRIC_TARGET:
        case METRIC_MILESTONE:
        case METRIC_PACE: break;
        default: add_indicator(ground, indicator); break;
    }
}

// What is observed of a series: its total or a breakdown; of a unit's fact, the unit's own.
static void add_value(Ground *ground, const Input *input, int unit, Span span) {
    const Description *description = ground->description;
    size_t units_from = description->breakdown_count - description->unit_count;
    if (input->breakdown >= 0) {
        add_entries(ground, input->series, input->breakdown, span);
        return;
    }
    add_series(ground, input->series, span);
    if (unit >= 0) add_entries(ground, input->series, (int)units_from + unit, span);
}

static void add_input(Ground *ground, const Input *input, Judged judged, Span span) {
    int indicator = input->indicator >= 0 ? input->indicator : judged.indicator;
    int plan = input->plan >= 0 ? input->plan : judged.plan;
    switch (input->kind) {
        case INPUT_METRIC:
            if (indicator < 0) break;
            if (input->metric == METRIC_VALUE && span == OF_ALL_YEARS)
                add_series(ground, ground->description->indicators[indicator].series, span);
            else
                add_metric(ground, indicator, input->metric);
            break;
        case INPUT_STATUS:
        case INPUT_ON_TRACK:
        case INPUT_SERIES:
            if (indicator >= 0) add_indicator(ground, indicator);
            break;
        case INPUT_VALUE: add_value(ground, input, judged.unit, span); break;
        case INPUT_PLAN:
            if (plan >= 0) add_plan(ground, plan, input->domain);
            break;
        case INPUT_POINTS:
        case INPUT_YEAR:
        case INPUT_PLAN_START:
        case INPUT_PLAN_END:
        case INPUT_PLAN_PACE: break;
    }
}

static void add_rule(Ground *ground, int rule, Judged judged, Span span) {
    const Rule *about = &ground->description->rules[rule];
    for (size_t i = 0; i < about->input_count; i++)
        add_input(ground, &about->inputs[i], judged, span);
}

// ---- questions ---------------------------------------------------------------------------------

size_t samples_behind_indicator(const Samples *samples, const char *region, int indicator,
                                size_t *of_value) {
    Ground ground;
    if (of_value) *of_value = 0;
    if (samples->count == 0) return 0;
    if (of_value) {
        ground_begin(&ground, samples, region);
        add_series(&ground, samples->description->indicators[indicator].series, OF_YEAR);
        *of_value = ground_end(&ground);
    }
    ground_begin(&ground, samples, region);
    add_indicator(&ground, indicator);
    return ground_end(&ground);
}

size_t samples_behind_plan(const Samples *samples, const char *region, int plan, int domain) {
    Ground ground;
    if (samples->count == 0) return 0;
    ground_begin(&ground, samples, region);
    add_plan(&ground, plan, domain);
    return ground_end(&ground);
}

static bool stands_below(const Assessment *assessment, int item, int holder) {
    while (item >= 0 && item != holder)
        item = assessment->items[item].parent;
    return item == holder;
}

size_t samples_behind_item(const Samples *samples, const char *region, int assessment, int item,
                           int unit) {
    const Assessment *about = &samples->description->assessments[assessment];
    const Judged judged = {-1, -1, unit};
    Ground ground;
    if (samples->count == 0) return 0;
    ground_begin(&ground, samples, region);
    for (size_t i = 0; i < about->item_count; i++) {
        if (!stands_below(about, (int)i, item)) continue;
        if (about->items[i].score >= 0) add_rule(&ground, about->items[i].score, judged, OF_YEAR);
        if (about->items[i].applies >= 0)
            add_rule(&ground, about->items[i].applies, judged, OF_YEAR);
    }
    for (size_t v = 0; item < 0 && v < about->veto_count; v++)
        add_rule(&ground, about->vetoes[v].when, judged, OF_YEAR);
    return ground_end(&ground);
}

typedef struct Telling {
    SamplesOfOthers each;
    void *context;
} Telling;

static void tell_other(Whose whose, size_t place, size_t count, void *context) {
    const Telling *telling = context;
    char key[64];
    if (count == 0) return;
    snprintf(key, sizeof key, "%s %zu", whose == OF_PEERS ? "peers" : "parent", place);
    telling->each(key, count, telling->context);
}

void samples_of_others(const Samples *samples, const char *region, int indicator, Metric metric,
                       SamplesOfOthers each, void *context) {
    Telling telling = {each, context};
    Ground ground;
    if (samples->count == 0 || !(PEER_METRICS & 1u << metric)) return;
    ground_begin(&ground, samples, region);
    add_metric(&ground, indicator, metric);
    each_of_peers(&ground, tell_other, &telling);
    each_of_parent(&ground, tell_other, &telling);
    (void)ground_end(&ground);
}

size_t samples_behind_warning(const Samples *samples, const char *region, int warning,
                              int subject) {
    const Warning *about = &samples->description->warnings[warning];
    Ground ground;
    if (samples->count == 0) return 0;
    ground_begin(&ground, samples, region);
    Judged judged = {-1, -1, -1};
    if (about->on == ON_INDICATOR)
        judged = (Judged){subject, samples->description->indicators[subject].plan, -1};
    if (about->on == ON_PLAN) judged.plan = subject;
    add_rule(&ground, about->level, judged, about->hold > 1 ? OF_ALL_YEARS : OF_YEAR);
    return ground_end(&ground);
}
