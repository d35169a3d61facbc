// Sample data behind a run: how many sample observations (样例数据) each figure rests on.
//
// Nothing of this is in a run's bytes: which observations are samples is read from the store as of
// the run's data version, and which of them a figure rests on follows from the description, as an
// evaluation's inputs do. Engines and workers know nothing of it. One thread.
#pragma once

#include "core/registry/runs.h"

// The samples of a region's series, up to the run's year.
typedef struct SampleEntry {
    int series, breakdown; // breakdown: index in the description, -1 for the total
    size_t held;           // observations
    size_t latest;         // those of them that are of the run's year
} SampleEntry;

typedef struct SampleRegion {
    int parent; // its place among the run's regions, -1 for none
    SampleEntry *entries;
    size_t count, capacity;
} SampleRegion;

// Free with samples_free. One that could not be read says of everything that it rests on none.
typedef struct Samples {
    const Description *description;
    const Run *run;
    Map regions;            // code → place, of all regions the run saw
    SampleRegion *by_place; // likewise
    size_t region_count;
    // By parent's place + 1: of the run's year and all regions of that parent, by series and then
    // by breakdown + 1; NULL for none.
    size_t **latest;
    size_t count; // observations in all
} Samples;

// Counts the sample observations that the run saw: of its data version, up to its year. The run and
// the description must outlive the samples, and these must not be moved. False, with nothing to
// free, when the store cannot be read.
MUST_CHECK bool samples_read(Store *store, const Description *description, const Run *run,
                             Samples *samples, Error *error);
void samples_free(Samples *samples);

// Observations of a region that are samples; 0 for one that the run did not see.
size_t samples_of_region(const Samples *samples, const char *region);
// Whether the run's region has anything that rests on samples.
static inline bool samples_are_there(const Samples *samples) {
    return samples->count > 0;
}

// On how many sample observations a figure of a region rests, each counted once. A figure rests on
// what its rule names, and on all years of a series wherever it asks for more than a year's value;
// one set beside the region's peers or its parent also on theirs.
// An indicator: its value and all that is computed from it. `*of_value`, where not NULL, is how
// many its value of the year rests on.
size_t samples_behind_indicator(const Samples *samples, const char *region, int indicator,
                                size_t *of_value);
// A plan's attainment rate, or a domain's where it is not negative.
size_t samples_behind_plan(const Samples *samples, const char *region, int plan, int domain);
// The score of an item with those below it; item -1: the whole assessment. unit -1: the region's.
size_t samples_behind_item(const Samples *samples, const char *region, int assessment, int item,
                           int unit);
// Tells the samples of other regions, peers or parent, that a metric of an indicator takes: a key
// for each figure that is taken of them, and how many there are. Nothing for other metrics.
typedef void (*SamplesOfOthers)(const char *key, size_t count, void *context);
void samples_of_others(const Samples *samples, const char *region, int indicator, Metric metric,
                       SamplesOfOthers each, void *context);
// A warning raised for a subject (indicator or plan; -1 the region).
size_t samples_behind_warning(const Samples *samples, const char *region, int warning, int subject);
