// Sample observations counted: see samples.h.
#include "core/registry/samples.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/eval/peers.h"

// ---- counts ------------------------------------------------------------------------------------

// Where the entry of a series stands, or would.
static size_t entry_index(const SampleCounts *counts, size_t place) {
    size_t first = 0, end = counts->count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (counts->entries[middle].place < place)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

static SampleEntry find_entry(const SampleCounts *counts, size_t place) {
    size_t index = entry_index(counts, place);
    bool found = index < counts->count && counts->entries[index].place == place;
    return found ? counts->entries[index] : (SampleEntry){.place = place};
}

static void move_entries(SampleCounts *counts, size_t from, size_t to) {
    memmove(&counts->entries[to], &counts->entries[from],
            (counts->count - from) * sizeof *counts->entries);
}

// There is an entry for a series only while it has samples.
static void add_to_entry(SampleCounts *counts, size_t place, int held, int latest) {
    size_t index = entry_index(counts, place);
    if (index == counts->count || counts->entries[index].place != place) {
        ARRAY_RESERVE(counts->entries, counts->count, counts->capacity);
        move_entries(counts, index, index + 1);
        counts->entries[index] = (SampleEntry){.place = place};
        counts->count++;
    }
    SampleEntry *entry = &counts->entries[index];
    entry->held += (size_t)held;
    entry->latest += (size_t)latest;
    if (entry->held > 0 || entry->latest > 0) return;
    move_entries(counts, index + 1, index);
    counts->count--;
}

static void copy_counts(const SampleCounts *counts, SampleCounts *copy) {
    *copy = (SampleCounts){.count = counts->count, .capacity = counts->count};
    if (counts->count == 0) return;
    copy->entries = memory_new(counts->count, sizeof *copy->entries);
    memcpy(copy->entries, counts->entries, counts->count * sizeof *copy->entries);
}

void samples_apply(Samples *samples, const SampleChange *change) {
    SampleRegion *region = &samples->by_place[change->region];
    add_to_entry(&region->counts, change->place, change->held, change->latest);
    if (change->latest != 0)
        add_to_entry(&samples->latest[region->parent + 1], change->place, 0, change->latest);
    region->held += (size_t)change->held;
    samples->count += (size_t)change->held;
}

// ---- reading -----------------------------------------------------------------------------------

// A figure that is counted: of a region that was seen and a series of the description.
static bool find_series(const Samples *samples, const char *region, const char *indicator,
                        const char *breakdown, SampleChange *change) {
    const Description *description = samples->description;
    bool total = strcmp(breakdown, STORE_NO_BREAKDOWN) == 0;
    int64_t place = map_get(&samples->regions, region);
    int series = description_series(description, indicator);
    int64_t index = total ? -1 : map_get(&samples->breakdowns, breakdown);
    if (place < 0 || series < 0 || (!total && index < 0)) return false;
    *change = (SampleChange){.region = (uint32_t)place,
                             .place = ground_place(description, series, (int)index)};
    return true;
}

static bool take_count(const StoreCount *row, void *context, Error *error) {
    (void)error;
    Samples *samples = context;
    SampleChange change;
    if (!find_series(samples, row->region, row->indicator, row->breakdown, &change)) return true;
    change.held = (int)row->observations;
    change.latest = (int)row->in_last_year;
    samples_apply(samples, &change);
    return true;
}

bool samples_change_of(const Samples *samples, const StoreObservation *observation, int by,
                       SampleChange *change) {
    if (observation->year > samples->year ||
        !find_series(samples, observation->region, observation->indicator, observation->breakdown,
                     change))
        return false;
    change->held = by;
    change->latest = observation->year == samples->year ? by : 0;
    return true;
}

static void make_room(Samples *samples, const Description *description, int year,
                      size_t region_count) {
    *samples = (Samples){.description = description,
                         .year = year,
                         .by_place = memory_new(region_count + 1, sizeof *samples->by_place),
                         .region_count = region_count,
                         .latest = memory_new(region_count + 1, sizeof *samples->latest),
                         .grounds = sample_grounds_new(description)};
    for (size_t i = 0; i < description->breakdown_count; i++)
        map_put(&samples->breakdowns, description->breakdowns[i].id, (int64_t)i);
}

static void take_region(Samples *samples, size_t place, const char *code, int64_t parent) {
    bool known = parent >= 0 && parent < (int64_t)samples->region_count;
    samples->by_place[place].parent = known ? (int)parent : -1;
    samples->by_place[place].code = arena_string(&samples->arena, code);
    if (code) map_put(&samples->regions, code, (int64_t)place);
}

// Where nothing ever was a sample the observations need not be gone through.
static bool count_all(Store *store, int64_t data_version, Samples *samples, Error *error) {
    const Description *description = samples->description;
    const StoreCountQuery query = {
        .kind = "sample", .last_year = samples->year, .as_of = data_version};
    bool any;
    bool good = store_has_samples(store, &any, error) &&
                (!any || store_count_observations(store, &query, take_count, samples, error));
    if (!good) samples_free(samples);
    samples->description = description;
    return good;
}

// The regions of a run's identity: [ [code, parent's place or -1, …] … ].
bool samples_read(Store *store, const Description *description, const Run *run, Samples *samples,
                  Error *error) {
    const json_t *regions = json_object_get(run->identity, "regions");
    make_room(samples, description, run->year, json_array_size(regions));
    for (size_t i = 0; i < samples->region_count; i++) {
        const json_t *row = json_array_get(regions, i);
        take_region(samples, i, json_string_value(json_array_get(row, 0)),
                    json_integer_value(json_array_get(row, 1)));
    }
    return count_all(store, run->data_version, samples, error);
}

bool samples_read_beside(Store *store, const SampleQuery *query, Samples *samples, Error *error) {
    const Dataset *dataset = query->dataset;
    make_room(samples, query->description, query->year, dataset->header->region_count);
    for (size_t i = 0; i < samples->region_count; i++)
        take_region(samples, i, dataset->regions[i].code, dataset->regions[i].parent);
    return count_all(store, query->data_version, samples, error);
}

void samples_copy(const Samples *samples, Samples *copy) {
    make_room(copy, samples->description, samples->year, samples->region_count);
    copy->count = samples->count;
    for (size_t i = 0; i < samples->region_count; i++) {
        const SampleRegion *region = &samples->by_place[i];
        take_region(copy, i, region->code, region->parent);
        copy->by_place[i].held = region->held;
        copy_counts(&region->counts, &copy->by_place[i].counts);
    }
    for (size_t i = 0; i <= samples->region_count; i++)
        copy_counts(&samples->latest[i], &copy->latest[i]);
}

void samples_free(Samples *samples) {
    for (size_t i = 0; i < samples->region_count; i++)
        free(samples->by_place[i].counts.entries);
    for (size_t i = 0; samples->latest && i <= samples->region_count; i++)
        free(samples->latest[i].entries);
    free(samples->by_place);
    free(samples->latest);
    map_free(&samples->regions);
    map_free(&samples->breakdowns);
    sample_grounds_free(samples->grounds);
    arena_free(&samples->arena);
    *samples = (Samples){0};
}

static const SampleRegion *find_region(const Samples *samples, const char *region) {
    int64_t place = map_get(&samples->regions, region);
    return place >= 0 ? &samples->by_place[place] : NULL;
}

size_t samples_of_region(const Samples *samples, const char *region) {
    const SampleRegion *found = find_region(samples, region);
    return found ? found->held : 0;
}

// ---- questions ---------------------------------------------------------------------------------

// The samples that a part of a figure's ground has.
static size_t count_part(const Samples *samples, const SampleRegion *region,
                         const GroundPart *part) {
    const SampleEntry own = find_entry(&region->counts, part->place);
    switch (part->owner) {
        case OF_PEERS:
            return find_entry(&samples->latest[region->parent + 1], part->place).latest -
                   own.latest;
        case OF_PARENT:
            return region->parent < 0
                       ? 0
                       : find_entry(&samples->by_place[region->parent].counts, part->place).latest;
        default: return part->span == OF_ALL_YEARS ? own.held : own.latest;
    }
}

enum { ALL_OF_THEM = INT32_MAX };

// Counts on as long as there are not enough.
static size_t count_behind(const Samples *samples, const char *region, const SampleGround *ground,
                           size_t enough) {
    const SampleRegion *found = find_region(samples, region);
    size_t count = 0;
    if (!found) return 0;
    size_t first = found->counts.count ? 0 : ground->own_count;
    for (size_t i = first; i < ground->count && count < enough; i++)
        count += count_part(samples, found, &ground->parts[i]);
    return count;
}

size_t samples_behind_indicator(const Samples *samples, const char *region, int indicator,
                                size_t *of_value) {
    if (of_value) *of_value = 0;
    if (samples->count == 0) return 0;
    if (of_value)
        *of_value = count_behind(samples, region,
                                 sample_ground_of_value(samples->grounds, indicator), ALL_OF_THEM);
    return count_behind(samples, region, sample_ground_of_indicator(samples->grounds, indicator),
                        ALL_OF_THEM);
}

size_t samples_behind_plan(const Samples *samples, const char *region, int plan, int domain) {
    if (samples->count == 0) return 0;
    return count_behind(samples, region, sample_ground_of_plan(samples->grounds, plan, domain),
                        ALL_OF_THEM);
}

size_t samples_behind_item(const Samples *samples, const char *region, int assessment, int item,
                           int unit) {
    if (samples->count == 0) return 0;
    return count_behind(samples, region,
                        sample_ground_of_item(samples->grounds, assessment, item, unit),
                        ALL_OF_THEM);
}

size_t samples_behind_warning(const Samples *samples, const char *region, int warning,
                              int subject) {
    if (samples->count == 0) return 0;
    return count_behind(samples, region,
                        sample_ground_of_warning(samples->grounds, warning, subject), ALL_OF_THEM);
}

bool samples_are_behind_plan(const Samples *samples, const char *region, int plan) {
    return samples->count > 0 &&
           count_behind(samples, region, sample_ground_of_plan(samples->grounds, plan, -1), 1) > 0;
}

bool samples_are_behind_assessment(const Samples *samples, const char *region, int assessment) {
    return samples->count > 0 &&
           count_behind(samples, region,
                        sample_ground_of_item(samples->grounds, assessment, -1, -1), 1) > 0;
}

static void tell_other(const GroundPart *part, size_t count, SamplesOfOthers each, void *context) {
    char key[64];
    if (count == 0) return;
    snprintf(key, sizeof key, "%s %zu", part->owner == OF_PEERS ? "peers" : "parent", part->place);
    each(key, count, context);
}

void samples_of_others(const Samples *samples, const char *region, int indicator, Metric metric,
                       SamplesOfOthers each, void *context) {
    const SampleRegion *found = find_region(samples, region);
    if (samples->count == 0 || !found || !(PEER_METRICS & 1u << metric)) return;
    SampleGround ground = sample_ground_of_metric(samples->description, indicator, metric);
    for (size_t i = 0; i < ground.count; i++)
        if (ground.parts[i].owner != ITS_OWN)
            tell_other(&ground.parts[i], count_part(samples, found, &ground.parts[i]), each,
                       context);
    free(ground.parts);
}
