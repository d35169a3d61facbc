// Sample data listed and withdrawn: see sample_removal.h.
#include "core/registry/sample_removal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "core/pack/pack_names.h"
#include "core/registry/region_scope.h"
#include "core/registry/runs.h"

// ---- reading -----------------------------------------------------------------------------------

typedef struct Reading {
    const SampleFilter *filter;
    SampleFigures *figures;
    Map covered;           // codes of the regions the filter's pack evaluates
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

static bool is_wanted(const Reading *reading, const StoreObservation *row) {
    const Description *description = reading->filter->description;
    if (!is_sample(row) || isnan(row->value)) return false;
    return !description || (description_series(description, row->indicator) >= 0 &&
                            map_get(&reading->covered, row->region) != MAP_MISSING);
}

// All revisions of a figure have been read.
static void end_figure(Reading *reading) {
    SampleFigures *figures = reading->figures;
    if (reading->last.region && is_wanted(reading, &reading->last)) {
        SampleFigure figure = {.sample = keep(&figures->arena, &reading->last)};
        if (reading->real.region) figure.before = keep(&figures->arena, &reading->real);
        ARRAY_RESERVE(figures->items, figures->count, figures->capacity);
        figures->items[figures->count++] = figure;
    }
    reading->last = reading->real = (StoreObservation){0};
    arena_free(&reading->texts);
}

static bool take_revision(const StoreObservation *row, void *context, Error *error) {
    (void)error;
    Reading *reading = context;
    if (!same_figure(row, &reading->last)) end_figure(reading);
    reading->last = keep(&reading->texts, row);
    if (!is_sample(row)) reading->real = isnan(row->value) ? (StoreObservation){0} : reading->last;
    return true;
}

bool sample_filter_by_pack(const PackList *active, const char *pack, SampleFilter *filter,
                           Error *error) {
    PackNames names = {0};
    for (size_t i = 0; i < active->count; i++) {
        const Description *description = active->items[i].description;
        pack_names_add(&names, description->id);
        if (strcmp(description->id, pack) == 0) filter->description = description;
    }
    bool found = filter->description || pack_names_refuse(&names, pack, error);
    pack_names_free(&names);
    return found;
}

static bool read_revisions(Store *store, Reading *reading, Error *error) {
    RegionScope scope = {0};
    const char *top = reading->filter->region;
    StoreObservationQuery query = {.as_of = reading->figures->data_version, .all_revisions = true};
    if (!top) return store_read_observations(store, &query, take_revision, reading, error);
    bool good = region_scope_read(store, top, &scope, error);
    for (size_t i = 0; good && i < scope.count; i++) {
        query.region = scope.codes[i];
        good = store_read_observations(store, &query, take_revision, reading, error);
    }
    region_scope_free(&scope);
    return good;
}

bool sample_figures_read(Store *store, const SampleFilter *filter, SampleFigures *figures,
                         Error *error) {
    *figures = (SampleFigures){0};
    Reading reading = {.filter = filter, .figures = figures};
    if (!store_read_data_version(store, &figures->data_version, error)) return false;
    bool good = (!filter->description ||
                 run_read_covered(store, filter->description, &reading.covered, error)) &&
                read_revisions(store, &reading, error);
    end_figure(&reading);
    map_free(&reading.covered);
    if (!good) sample_figures_free(figures);
    return good;
}

void sample_figures_free(SampleFigures *figures) {
    free(figures->items);
    arena_free(&figures->arena);
    *figures = (SampleFigures){0};
}

// ---- removing ----------------------------------------------------------------------------------

typedef struct Removing {
    const SampleFigures *figures;
    const char *who;
    size_t restored;
} Removing;

static bool note_removal(StoreTransaction *transaction, const Removing *removing, Error *error) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "data_version", store_transaction_version(transaction));
    json_writer_put_integer(&json, "removed", (int64_t)removing->figures->count);
    json_writer_put_integer(&json, "restored", (int64_t)removing->restored);
    json_writer_end_object(&json);
    const StoreAuditEntry entry = {.action = "samples.remove", .detail = detail.data};
    bool good = store_put_audit(transaction, &entry, error);
    buffer_free(&detail);
    return good;
}

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
    int64_t made = store_transaction_version(transaction);
    if (made == 0) return true;
    if (made == removing->figures->data_version + 1)
        return note_removal(transaction, removing, error);
    error_set(error, ERROR_CONFLICT, "%s",
              T("data changed while the sample data was read; nothing was removed",
                "读取样例数据期间数据有变动；未移除任何数据"));
    return error_hint(error, "%s", T("run the command again", "请重新运行该命令"));
}

bool sample_figures_remove(Store *store, const SampleFigures *figures, const char *who,
                           size_t *restored, Error *error) {
    Removing removing = {.figures = figures, .who = who};
    bool good = store_write(store, remove_figures, &removing, error);
    *restored = removing.restored;
    return good;
}
