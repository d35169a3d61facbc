// Taking sample data (样例数据) out of a workspace, so that real figures can take its place.
//
// Observations are never overwritten: a sample is followed by a revision that withdraws it, or,
// where it had taken the place of a real figure, by one that says what that figure said. Runs of
// before replay from what was there then. One thread.
#pragma once

#include "core/registry/registry.h"

// Which samples: all where everything is NULL.
typedef struct SampleFilter {
    const Description *description; // of series this pack declares, in regions it evaluates
    const char *region;             // of this region and those in it
} SampleFilter;

// One current observation that is a sample.
typedef struct SampleFigure {
    StoreObservation sample;
    StoreObservation before; // the real figure it took the place of; region NULL when there is none
} SampleFigure;

// Free with sample_figures_free.
typedef struct SampleFigures {
    SampleFigure *items; // in order of region, indicator, breakdown, year
    size_t count, capacity;
    int64_t data_version; // as of which they were read
    Arena arena;
} SampleFigures;

// Narrows the filter to what one of the active packs declares; ERROR_NOT_FOUND when it is none of
// them. The description is the pack's.
MUST_CHECK bool sample_filter_by_pack(const PackList *active, const char *pack,
                                      SampleFilter *filter, Error *error);
MUST_CHECK bool sample_figures_read(Store *store, const SampleFilter *filter,
                                    SampleFigures *figures, Error *error);
// In one transaction; `*restored` counts the figures that were put back in place of a sample.
// ERROR_CONFLICT when data changed since the figures were read: what was real then must not go.
MUST_CHECK bool sample_figures_remove(Store *store, const SampleFigures *figures, const char *who,
                                      size_t *restored, Error *error);
void sample_figures_free(SampleFigures *figures);
