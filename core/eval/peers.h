// An indicator's place among its peers (同级比较): the regions that have the same parent.
//
// Computed for a whole group at once, and only where a rule names it. Pure C; used inside workers,
// and by the host to know whom a change concerns.
#pragma once

#include "core/eval/figures.h"

static const uint32_t PEER_METRICS = 1u << METRIC_PEERS_MEAN | 1u << METRIC_PEERS_MEDIAN |
                                     1u << METRIC_PEERS_RANK | 1u << METRIC_PEERS_COUNT |
                                     1u << METRIC_PARENT_VALUE | 1u << METRIC_PEERS_LOWER_QUARTILE |
                                     1u << METRIC_PEERS_UPPER_QUARTILE | 1u << METRIC_PEERS_LEAST |
                                     1u << METRIC_PEERS_MOST | 1u << METRIC_PEERS_DEVIATION;

// The regions of a dataset by parent, each group in the dataset's order.
typedef struct Families {
    uint32_t *members; // all regions, group by group
    uint32_t *starts;  // by parent + 1: where its group begins; one more than there are parents
    size_t region_count;
} Families;

void families_init(Families *families, const Dataset *dataset);
void families_free(Families *families);
// The regions under a parent (−1: those without one).
const uint32_t *families_members(const Families *families, int parent, size_t *count);

// Room for one group's figures, used again from group to group.
typedef struct PeerGroup {
    int indicator, year, parent;
    bool known;
    double mean, median, count, parent_value, lower_quartile, upper_quartile;
    double least, most, deviation;
    double *values;
    int32_t *ranks;   // by place in the group
    uint32_t *places; // by region: place in its group
} PeerGroup;

void peer_group_init(PeerGroup *group, const Families *families);
void peer_group_free(PeerGroup *group);
// Fills the peers' metrics asked for by `needed` into a region's columns: the k-th needed metric
// at columns + k·FIGURE_LANES. The group is computed when it is another one than before.
void peer_figures(PeerGroup *group, const Families *families, const FigureSource *source,
                  int indicator, int year, size_t region, uint32_t needed, double *columns);
