// Attainment rate 达标率: how many of the indicators that can be assessed are met.
//
// Counts are of indicators, one status each; what counts as met and what is left out of the
// denominator are conventions 口径, which the caller passes in. Pure: any thread may call.
#pragma once

#include <stdbool.h>

typedef struct AttainmentCounts {
    int met;
    int near_met; // 基本达标
    int unmet;
    int no_data;        // the indicator applies, but has no value for the year
    int not_applicable; // never part of the denominator
} AttainmentCounts;

// met/assessable as a fraction. Near-met indicators are always assessable and count as met on
// request; those without data are left out of the denominator, or count as unmet on request.
// NaN when nothing is assessable.
double attainment_rate(AttainmentCounts counts, bool near_counts_as_met,
                       bool no_data_counts_as_unmet);

// The same in per cent, with a single rounding: print this one, not 100 times the rate, since
// 100 × (29/100) is 28.999999999999996 and would be truncated to 28.99 %.
double attainment_percent(AttainmentCounts counts, bool near_counts_as_met,
                          bool no_data_counts_as_unmet);
