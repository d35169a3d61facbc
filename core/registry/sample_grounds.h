// What figures rest on, as far as a pack's description says: which series, of one year or of all,
// of the region itself or of others. The same for all regions and data, so it is found out once.
// samples.c counts with it which of that is sample data. Pure; one thread at a time.
#pragma once

#include "core/eval/layout.h"

typedef enum GroundOwner { ITS_OWN, OF_PEERS, OF_PARENT, GROUND_OWNERS } GroundOwner;
typedef enum GroundSpan { OF_YEAR = 1, OF_ALL_YEARS } GroundSpan;

// One series that a figure rests on. What is taken of others is of the year.
typedef struct GroundPart {
    size_t place; // see ground_place
    GroundOwner owner;
    GroundSpan span;
} GroundPart;

// Each series once for each owner, however often it is named. What is taken of peers is among the
// region's own too, because it is one of them.
typedef struct SampleGround {
    bool known;
    GroundPart *parts; // its own first, then those of peers, then of the parent
    size_t count, capacity;
    size_t own_count;
} SampleGround;

// Where a series' total (-1) or a breakdown of it stands among all of a description.
static inline size_t ground_place(const Description *description, int series, int breakdown) {
    return (size_t)series * (description->breakdown_count + 1) + (size_t)(breakdown + 1);
}

// The grounds of a pack's figures, each made when it is first asked for; they live until all are
// freed.
typedef struct SampleGrounds SampleGrounds;
SampleGrounds *sample_grounds_new(const Description *description); // which must outlive them
void sample_grounds_free(SampleGrounds *grounds);                  // NULL is allowed

// An indicator's value of the year, or that and all that is computed from it.
const SampleGround *sample_ground_of_value(SampleGrounds *grounds, int indicator);
const SampleGround *sample_ground_of_indicator(SampleGrounds *grounds, int indicator);
// A plan's attainment rate, or a domain's where it is not negative.
const SampleGround *sample_ground_of_plan(SampleGrounds *grounds, int plan, int domain);
// The score of an item with those below it; item -1: the whole assessment. unit -1: the region's.
const SampleGround *sample_ground_of_item(SampleGrounds *grounds, int assessment, int item,
                                          int unit);
// A warning raised for a subject (indicator or plan; -1 the region).
const SampleGround *sample_ground_of_warning(SampleGrounds *grounds, int warning, int subject);
// A metric of an indicator. Not kept: the caller frees `parts`.
SampleGround sample_ground_of_metric(const Description *description, int indicator, Metric metric);
