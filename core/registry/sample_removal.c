// Sample data listed and withdrawn: see sample_removal.h.
#include "core/registry/sample_removal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/registry/runs.h"

// ---- reading -----------------------------------------------------------------------------------

typedef struct Reading {
    Store *store;
    const SampleFilter *filter;
    SampleFigures *figures;
    Map seen;              // region's code → whether the pack sees it
    StoreObservation last; // the revision read last, and the last real one of the same figure
    StoreObservation real;
    Arena texts; // of the two
} Reading;

static bool is_sample(const StoreObservation *row) {
    return strcmp(row->kind, "sample") == 0;
}

static bool same_figure(const StoreObservation *one, const StoreObservation *other) {
    return one->region && other->region && one->year == other->year &&
           strcmp(one->region, other->region) == 0 &&
           strcmp(one->indicator, other->indicator) == 0 &&
           strcmp(one->breakdown, other->breakdown) == 0;
}

static StoreObservation keep(Arena *arena, const StoreObservation *row) {
    StoreObservation kept = *row;
    kept.region = arena_string(arena, row->region);
    kept.indicator = arena_string(arena, row->indicator);
    kept.breakdown = arena_string(arena, row->breakdown);
    kept.value_text = arena_string(arena, row->value_text);
    kept.kind = arena_string(arena, row->kind);
    kept.source = arena_string(arena, row->source);
    kept.note = arena_string(arena, row->note);
    kept.entered_by = arena_string(arena, row->entered_by);
    return kept;
}

// Whether the filter's pack looks at the region, asked once a region.
static bool pack_sees(Reading *reading, const char *region, bool *sees, Error *error) {
    int64_t known = map_get(&reading->seen, region);
    *sees = known == 1;
    if (known != MAP_MISSING) return true;
    if (!run_sees_region(reading->store, reading->filter->description, region, sees, error))
        return false;
    map_put(&reading->seen, region, *sees);
    return true;
}

static bool is_wanted(Reading *reading, const StoreObservation *row, bool *wanted, Error *error) {
    const Description *description = reading->filter->description;
    *wanted = is_sample(row) && !isnan(row->value);
    if (!*wanted || !description) return true;
    *wanted = description_series(description, row->indicator) >= 0;
    return !*wanted || pack_sees(reading, row->region, wanted, error);
}

// All revisions of a figure have been read.
static bool end_figure(Reading *reading, Error *error) {
    SampleFigures *figures = reading->figures;
    bool wanted;
    if (!reading->last.region) return true;
    if (!is_wanted(reading, &reading->last, &wanted, error)) return false;
    if (wanted) {
        SampleFigure figure = {.sample = keep(&figures->arena, &reading->last)};
        if (reading->real.region) figure.before = keep(&figures->arena, &reading->real);
        ARRAY_RESERVE(figures->items, figures->count, figures->capacity);
        figures->items[figures->count++] = figure;
    }
    reading->last = reading->real = (StoreObservation){0};
    arena_free(&reading->texts);
    return true;
}

static bool take_revision(const StoreObservation *row, void *context, Error *error) {
    Reading *reading = context;
    if (!same_figure(row, &reading->last) && !end_figure(reading, error)) return false;
    reading->last = keep(&reading->texts, row);
    if (!is_sample(row)) reading->real = isnan(row->value) ? (StoreObservation){0} : reading->last;
    return true;
}

bool sample_figures_read(Store *store, const SampleFilter *filter, SampleFigures *figures,
                         Error *error) {
    *figures = (SampleFigures){0};
    Reading reading = {.store = store, .filter = filter, .figures = figures};
    const StoreObservationQuery query = {.region = filter->region, .all_revisions = true};
    bool good = store_read_observations(store, &query, take_revision, &reading, error) &&
                end_figure(&reading, error);
    arena_free(&reading.texts);
    map_free(&reading.seen);
    if (!good) sample_figures_free(figures);
    return good;
}

void sample_figures_free(SampleFigures *figures) {
    free(figures->items);
    arena_free(&figures->arena);
    *figures = (SampleFigures){0};
}

// ---- removing
// ------------------------------------------------------------------------------------

typedef struct Removing {
    const SampleFigures *figures;
    const char *who;
    size_t restored;
} Removing;

static bool remove_figures(StoreTransaction *transaction, void *context, Error *error) {
    Removing *removing = context;
    if (!store_describe_change(transaction, removing->who, "samples remove", error)) return false;
    for (size_t i = 0; i < removing->figures->count; i++) {
        const SampleFigure *figure = &removing->figures->items[i];
        StoreObservation next = figure->sample;
        next.value = NAN;
        next.value_text = "";
        next.note = NULL;
        if (figure->before.region) next = figure->before;
        if (!store_put_observation(transaction, &next, NULL, error)) return false;
        removing->restored += figure->before.region != NULL;
    }
    return true;
}

bool sample_figures_remove(Store *store, const SampleFigures *figures, const char *who,
                           size_t *restored, Error *error) {
    Removing removing = {.figures = figures, .who = who};
    bool good = store_write(store, remove_figures, &removing, error);
    *restored = removing.restored;
    return good;
}
