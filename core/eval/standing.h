// Where regions stand in an assessment: scores, grades and places, from their records.
//
// A score follows from the region's own record; a place depends on all of them, so it is counted
// when it is asked for and a change costs the others nothing. Units of the pack's own region stand
// among themselves and are not here. One thread.
#pragma once

#include "core/eval/result.h"

typedef struct Standings {
    const ResultLayout *layout;
    int assessment;
    size_t region_count;
    double *totals;  // by region: exact points; NaN for one that is not assessed
    double *printed; // the same at the printed precision
    double *ranked;  // whichever of the two the conventions rank on
    int *grades;     // index, -1 for none
    ItemResult *items;
    Arena arena;
} Standings;

void standings_init(Standings *standings, const ResultLayout *layout, int assessment,
                    size_t region_count);
void standings_free(Standings *standings);
// Takes a region's score from its record; NULL: it has none any more.
void standings_put(Standings *standings, size_t region, const uint8_t *record);
// A region's place by the conventions, the largest score being first; 0 for one that has none.
// Looks at every region once, but for ordinal places at their order too.
int32_t standings_rank(const Standings *standings, size_t region);
// All places at once, by region.
void standings_rank_all(const Standings *standings, int32_t *ranks);
