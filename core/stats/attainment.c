// Attainment rate: see attainment.h.
#include "core/stats/attainment.h"

#include <math.h>

typedef struct Share {
    double met, assessable;
} Share;

static Share count_share(AttainmentCounts counts, bool near_counts_as_met,
                         bool no_data_counts_as_unmet) {
    Share share = {.met = counts.met,
                   .assessable = (double)counts.met + counts.near_met + counts.unmet};
    if (near_counts_as_met) share.met += counts.near_met;
    if (no_data_counts_as_unmet) share.assessable += counts.no_data;
    return share;
}

double attainment_rate(AttainmentCounts counts, bool near_counts_as_met,
                       bool no_data_counts_as_unmet) {
    Share share = count_share(counts, near_counts_as_met, no_data_counts_as_unmet);
    return share.assessable > 0 ? share.met / share.assessable : NAN;
}

double attainment_percent(AttainmentCounts counts, bool near_counts_as_met,
                          bool no_data_counts_as_unmet) {
    Share share = count_share(counts, near_counts_as_met, no_data_counts_as_unmet);
    return share.assessable > 0 ? 100 * share.met / share.assessable : NAN;
}
