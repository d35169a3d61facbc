// The nation that is measured: regions, indicators, targets and ten years of figures, all from a
// seed.
//
// Every figure has two decimals and is a whole number of hundredths divided by 100, computed in
// integers from a hash of seed, indicator, region and year: the same bits on every machine, and any
// figure can be had without the ones before it. The hash is the finalizer of splitmix64 (Steele,
// Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). About 1.5 % of the
// figures are missing: mostly single cells, some gaps of two years, some series that begin late;
// never a region's whole year or a whole series. Three series in ten are flat. A Nation is
// immutable once made: any thread may read it.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

enum {
    NATION_CURRENT_YEAR = 2024, // the last year with figures, and the year evaluated
    NATION_BASELINE_YEAR = 2020,
    NATION_FIRST_PLAN_YEAR = 2021,
    NATION_TARGET_YEAR = 2030,
    NATION_MOST_YEARS = 10,
    NATION_LEAST_YEARS = 5, // so that the baseline's year has figures
    NATION_DOMAINS = 8,
    NATION_NEAR_PERCENT = 2, // near-met within so much of the target
    NATION_LATE_POINTS = 10, // of the assessment's items that deduct, and what one case costs
    NATION_RETURNED_POINTS = 5,
};
#define NATION_LATE_DEDUCTION 2.0
#define NATION_RETURNED_DEDUCTION 1.5

typedef struct NationSize {
    int regions;    // counties that are evaluated, 1…100000
    int indicators; // NATION_DOMAINS…1000
    int years;      // NATION_LEAST_YEARS…NATION_MOST_YEARS, the current one the last
    uint64_t seed;
} NationSize;

typedef struct NationDomain {
    const char *id, *title;
    double points; // of its item in the assessment
} NationDomain;
extern const NationDomain nation_domains[NATION_DOMAINS];

typedef struct NationIndicator {
    char id[16];   // "i001"
    int kind;      // index of nation_kinds
    int domain;    // index of nation_domains; ascending over the indicators
    bool at_least; // the target is met at it or more; otherwise at it or less
    double target;
} NationIndicator;

typedef struct NationKind {
    const char *title, *unit;
    bool is_share; // in per cent: a forecast above 100 needs a figure that was
} NationKind;
extern const NationKind nation_kinds[];

typedef struct NationRegion {
    char code[16];
    char name[40];
    const char *level; // "nation", "province", "city", "county"
    int parent;        // index of the region above; -1 for the nation
} NationRegion;

typedef struct Nation {
    NationSize size;
    int first_year;
    NationIndicator *indicators;
    NationRegion *regions; // parents first
    size_t region_count;
    int *counties;                    // by evaluated region: its index in `regions`
    double *values;                   // [indicator][year][evaluated region]; NaN where missing
    int *late_submissions, *returned; // by evaluated region, in the current year
} Nation;

// ERROR_USAGE for a size outside the bounds above, or more than 100 million figures.
MUST_CHECK bool nation_check_size(const NationSize *size, Error *error);
// Makes the nation of a checked size; nation_free frees it.
Nation *nation_new(const NationSize *size);
void nation_free(Nation *nation);

// The figures of one indicator in one year, by evaluated region.
const double *nation_column(const Nation *nation, int indicator, int year);
// Distance from the target up to which an unmet indicator is near-met. Figures and targets have two
// decimals, the percentage of a target has four: half a billionth more keeps the noise of binary
// from deciding, as rounding the distance to nine decimals would.
double nation_near_limit(const NationIndicator *indicator);
