// What regions attained, what they are warned of and how many rules failed: kept by region, so that
// sums over any of them are made when they are asked for.
//
// As standing.h does for scores: a change of one region costs the others nothing. One thread.
#pragma once

#include "core/eval/result.h"
#include "core/stats/attainment.h"

typedef struct Overview {
    const ResultLayout *layout;
    size_t region_count;
    bool *evaluated;          // by region
    AttainmentCounts *counts; // by region, then by plan; as the plans' conventions count
    uint32_t *levels;         // by region, then by WarningLevel: warnings raised
    uint32_t *failed_rules;   // by region: rules that failed there, whatever they were about
} Overview;

void overview_init(Overview *overview, const ResultLayout *layout, size_t region_count);
void overview_free(Overview *overview);
// Takes a region's counts from its record; NULL: it has none any more.
void overview_put(Overview *overview, size_t region, const uint8_t *record);
// Takes how many rules failed there, which is in no record.
void overview_put_failed(Overview *overview, size_t region, uint32_t rules);

static inline AttainmentCounts overview_counts(const Overview *overview, size_t region, int plan) {
    return overview->counts[region * overview->layout->description->plan_count + (size_t)plan];
}
static inline uint32_t overview_warnings(const Overview *overview, size_t region,
                                         WarningLevel level) {
    return overview->levels[region * LEVEL_COUNT + level];
}
