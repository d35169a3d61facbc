// Current figures as sorted lines, from the observations and from the columns, so that tests can
// hold one against the other. Included by tests only.
#pragma once

#include "tests/unit/db/fixture.h"

typedef struct Listing {
    Arena arena;
    char **lines;
    size_t count, capacity;
    StoreSeries *series; // by number - 1
    size_t series_count, series_capacity;
} Listing;

static inline void listing_add(Listing *listing, const char *region, const char *indicator,
                               const char *breakdown, int year, double value) {
    Buffer line = {0};
    buffer_printf(&line, "%s %s %s %d %.17g;", region, indicator, breakdown, year, value);
    ARRAY_RESERVE(listing->lines, listing->count, listing->capacity);
    listing->lines[listing->count++] = arena_string(&listing->arena, line.data);
    buffer_free(&line);
}

static inline bool listing_observation(const StoreObservation *row, void *context, Error *error) {
    (void)error;
    if (!isnan(row->value))
        listing_add(context, row->region, row->indicator, row->breakdown, row->year, row->value);
    return true;
}

static inline bool listing_series(const StoreSeries *series, void *context, Error *error) {
    Listing *listing = context;
    ARRAY_RESERVE(listing->series, listing->series_count, listing->series_capacity);
    listing->series[listing->series_count++] =
        (StoreSeries){series->number, arena_string(&listing->arena, series->indicator),
                      arena_string(&listing->arena, series->breakdown)};
    return series->number == listing->series_count ||
           error_set(error, ERROR_STORE, "series numbers have a gap");
}

static inline bool listing_columns(const StoreColumns *columns, void *context, Error *error) {
    Listing *listing = context;
    const size_t years = (size_t)columns->year_count;
    (void)error;
    for (size_t s = 0; s < columns->series_count; s++) {
        const StoreSeries *series = &listing->series[columns->series[s] - 1];
        for (size_t y = 0; y < years; y++)
            if (!isnan(columns->values[s * years + y]))
                listing_add(listing, columns->region, series->indicator, series->breakdown,
                            columns->first_year + (int)y, columns->values[s * years + y]);
    }
    return true;
}

static inline int listing_compare(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

// The sorted lines as one text; frees the listing.
static inline Buffer listing_text(Listing *listing) {
    Buffer text = {0};
    if (listing->count > 0)
        qsort(listing->lines, listing->count, sizeof *listing->lines, listing_compare);
    buffer_text(&text, "");
    for (size_t i = 0; i < listing->count; i++)
        buffer_text(&text, listing->lines[i]);
    free(listing->lines);
    free(listing->series);
    arena_free(&listing->arena);
    return text;
}

static inline Buffer list_observations(Store *store, int64_t as_of) {
    Listing listing = {0};
    const StoreObservationQuery query = {.as_of = as_of};
    ASSERT_GOOD(store_read_observations(store, &query, listing_observation, &listing, &unexpected));
    return listing_text(&listing);
}

static inline Buffer list_columns(Store *store, StoreColumnsQuery query,
                                  StoreColumnsReport *report) {
    Listing listing = {0};
    ASSERT_GOOD(store_read_series(store, listing_series, &listing, &unexpected));
    ASSERT_GOOD(store_read_columns(store, &query, listing_columns, &listing, report, &unexpected));
    return listing_text(&listing);
}
