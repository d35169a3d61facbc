// Sample data behind results: how many sample observations (样例数据) each figure rests on.
//
// Nothing of this is in a run's bytes: which observations are samples is read from the store as of
// the run's data version, and which of them a figure rests on follows from the description, as an
// evaluation's inputs do (sample_grounds.h). Engines and workers know nothing of it. Results that
// are kept live have theirs adjusted with each figure that is put. One thread at a time.
#pragma once

#include "core/registry/runs.h"
#include "core/registry/sample_grounds.h"

// The samples of one series, up to the year of the results.
typedef struct SampleEntry {
    size_t place;  // see ground_place
    size_t held;   // observations
    size_t latest; // those of them that are of the year itself
} SampleEntry;

typedef struct SampleCounts {
    SampleEntry *entries; // in order of place
    size_t count, capacity;
} SampleCounts;

typedef struct SampleRegion {
    const char *code;
    int parent;  // its place among all regions, -1 for none
    size_t held; // observations in all
    SampleCounts counts;
} SampleRegion;

// Free with samples_free. One that could not be read says of everything that it rests on none.
typedef struct Samples {
    const Description *description;
    int year;
    Map regions; // code → place, of all regions the evaluation saw
    SampleRegion *by_place;
    size_t region_count;
    Map breakdowns;         // id → index in the description
    SampleCounts *latest;   // by parent's place + 1: of the year and all regions of that parent
    size_t count;           // observations in all
    SampleGrounds *grounds; // filled as questions are asked
    Arena arena;
} Samples;

// Counts the sample observations that the run saw: of its data version, up to its year. The
// description must outlive the samples. False, with nothing to free, when the store cannot be read.
MUST_CHECK bool samples_read(Store *store, const Description *description, const Run *run,
                             Samples *samples, Error *error);
// The same for what is evaluated over a dataset: `by_place` is by its regions then.
typedef struct SampleQuery {
    const Description *description;
    const Dataset *dataset;
    int year;
    int64_t data_version;
} SampleQuery;
MUST_CHECK bool samples_read_beside(Store *store, const SampleQuery *query, Samples *samples,
                                    Error *error);
// A copy for another thread; free it with samples_free.
void samples_copy(const Samples *samples, Samples *copy);
void samples_free(Samples *samples);

// What a figure that was put changed: one sample more or less.
typedef struct SampleChange {
    uint32_t region; // its place
    size_t place;    // of the series, see ground_place
    int held, latest;
} SampleChange;
// `by` is 1 for an observation that is a sample now and was none, -1 for the reverse. False where
// it is none of those that are counted here.
bool samples_change_of(const Samples *samples, const StoreObservation *observation, int by,
                       SampleChange *change);
void samples_apply(Samples *samples, const SampleChange *change);

// Observations of a region that are samples; 0 for one that the evaluation did not see.
size_t samples_of_region(const Samples *samples, const char *region);
// Whether the results have anything that rests on samples.
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
// A warning raised for a subject (indicator or plan; -1 the region).
size_t samples_behind_warning(const Samples *samples, const char *region, int warning, int subject);
// Whether a plan's attainment rate, or a region's score in an assessment, rests on any. Sooner said
// than on how many.
bool samples_are_behind_plan(const Samples *samples, const char *region, int plan);
bool samples_are_behind_assessment(const Samples *samples, const char *region, int assessment);
// Tells the samples of other regions, peers or parent, that a metric of an indicator takes: a key
// for each figure that is taken of them, and how many there are. Nothing for other metrics.
typedef void (*SamplesOfOthers)(const char *key, size_t count, void *context);
void samples_of_others(const Samples *samples, const char *region, int indicator, Metric metric,
                       SamplesOfOthers each, void *context);
