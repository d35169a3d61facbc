// How ranks hang on weights: what they would be under other weights, drawn at random.
//
// Uncertainty analysis of a composite indicator by Monte Carlo, after the idea in OECD and JRC,
// "Handbook on Constructing Composite Indicators" (2008), part on robustness and sensitivity: draw
// weights, total and rank anew, look at how the places spread. Here every subject keeps the share
// of each item's points that it earned, and only the items' points are drawn:
// - WEIGHTS_SPREAD: each item's points times a number drawn evenly from 1 − spread to 1 + spread;
// - WEIGHTS_DIRICHLET: every split of the points among the items is as likely as any other
//   (Dirichlet with all parameters 1), whatever the points are now;
// and then all of them by one factor, so that they sum to what they summed to before. Items of no
// points stay at none. The same seed gives the same bits. Keeps no state: any thread may call.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/decimal.h"
#include "core/stats/rank.h"

typedef enum WeightDraw { WEIGHTS_SPREAD, WEIGHTS_DIRICHLET } WeightDraw;

enum { WEIGHTS_ON_EXACT = -1 }; // no digits: rank on exact figures

typedef struct WeightTrial {
    size_t item_count, subject_count;
    const double *points; // by item, at least 0
    // [subject][item]: what part of the item's points was earned, 0…1; NaN where it does not apply.
    const double *shares;
    // Whether the points of items that do not apply go to the others in proportion to theirs; else
    // they are lost.
    bool redistributed;
    const int32_t *ranks; // by subject: places under the points as they are; 0 takes no part
    RankTies ties;
    int digits; // of the figures that are ranked; WEIGHTS_ON_EXACT
    Rounding rounding;
    WeightDraw draw;
    double spread; // 0…1
    size_t runs;   // at least 1
    uint64_t seed;
} WeightTrial;

typedef struct RankSpread {
    int32_t best, worst; // places ever taken
    int32_t low, high;   // the 5th and the 95th percentile of places taken
    double mean;         // of places taken
    double changed;      // share of runs in which the place is another than now
} RankSpread;

typedef struct WeightInfluence {
    double least, most; // points ever drawn
    // Correlation, over the runs, of how far the item's points were moved (as a part of what they
    // are) with how far places moved on average; NaN where one of the two never varied.
    double influence;
} WeightInfluence;

typedef struct WeightOutcome {
    double any_changed;   // share of runs in which any place changed
    double first_changed; // share in which other subjects than now had place 1
    double mean_shift;    // places by which a subject moved, over subjects and runs
} WeightOutcome;

// Fills `spreads` (by subject; zeroed where the rank is 0) and `influences` (by item). Takes room
// for subjects² counts.
WeightOutcome weight_sensitivity(const WeightTrial *trial, RankSpread *spreads,
                                 WeightInfluence *influences);
// The total of one subject for points given by item, as it is ranked.
double weight_total(const WeightTrial *trial, const double *points, size_t subject);
