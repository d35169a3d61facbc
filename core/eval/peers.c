// Means, medians and places among peers: see peers.h.
#include "core/eval/peers.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/decimal.h"
#include "core/base/memory.h"
#include "core/eval/judge.h"
#include "core/stats/rank.h"
#include "core/stats/summary.h"

void families_init(Families *families, const Dataset *dataset) {
    size_t count = dataset->header->region_count;
    *families = (Families){.members = memory_new(count, sizeof(uint32_t)),
                           .starts = memory_new(count + 2, sizeof(uint32_t)),
                           .region_count = count};
    for (size_t r = 0; r < count; r++)
        families->starts[dataset->regions[r].parent + 2]++;
    for (size_t p = 0; p <= count; p++)
        families->starts[p + 1] += families->starts[p];
    uint32_t *next = memory_new(count + 1, sizeof *next);
    for (size_t p = 0; p <= count; p++)
        next[p] = families->starts[p];
    for (size_t r = 0; r < count; r++)
        families->members[next[dataset->regions[r].parent + 1]++] = (uint32_t)r;
    free(next);
}

void families_free(Families *families) {
    free(families->members);
    free(families->starts);
    *families = (Families){0};
}

const uint32_t *families_members(const Families *families, int parent, size_t *count) {
    uint32_t start = families->starts[parent + 1];
    *count = families->starts[parent + 2] - start;
    return families->members + start;
}

void peer_group_init(PeerGroup *group, const Families *families) {
    size_t count = families->region_count;
    *group = (PeerGroup){.values = memory_new(count, sizeof *group->values),
                         .ranks = memory_new(count, sizeof *group->ranks),
                         .places = memory_new(count, sizeof *group->places)};
    for (size_t p = 0; p <= count; p++)
        for (uint32_t k = families->starts[p]; k < families->starts[p + 1]; k++)
            group->places[families->members[k]] = k - families->starts[p];
}

void peer_group_free(PeerGroup *group) {
    free(group->values);
    free(group->ranks);
    free(group->places);
    *group = (PeerGroup){0};
}

static void rank_group(PeerGroup *group, const Indicator *indicator, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double value = group->values[i];
        if (indicator->conventions.rank_on == RANK_ON_PRINTED)
            value = decimal_round(value, indicator->digits, indicator->conventions.rounding);
        group->values[i] = judge_distance(&indicator->target_sets[0].target, value);
    }
    rank_values(group->values, count, false, indicator->conventions.ties, group->ranks);
}

// Where a share of the peers lies below, in the values' own order: of deaths the upper quartile is
// the worse one.
static double quartile(const PeerGroup *group, size_t count, uint32_t needed, Metric metric,
                       double share) {
    bool wanted = needed >> metric & 1;
    return figure_plain(wanted ? summary_quantile(group->values, count, share) : NAN);
}

static void compute(PeerGroup *group, const Families *families, const FigureSource *source,
                    uint32_t needed) {
    const Indicator *indicator = &source->description->indicators[group->indicator];
    size_t count;
    const uint32_t *members = families_members(families, group->parent, &count);
    for (size_t i = 0; i < count; i++)
        group->values[i] = figure_value(source, indicator->series, -1, group->year, members[i]);
    group->count = (double)summary_count(group->values, count);
    group->mean = figure_plain(summary_mean(group->values, count));
    group->median = needed & 1u << METRIC_PEERS_MEDIAN
                        ? figure_plain(summary_median(group->values, count))
                        : NAN;
    group->lower_quartile = quartile(group, count, needed, METRIC_PEERS_LOWER_QUARTILE, 0.25);
    group->upper_quartile = quartile(group, count, needed, METRIC_PEERS_UPPER_QUARTILE, 0.75);
    group->least = group->most = group->deviation = NAN;
    if (needed & 1u << METRIC_PEERS_LEAST)
        group->least = figure_plain(summary_minimum(group->values, count));
    if (needed & 1u << METRIC_PEERS_MOST)
        group->most = figure_plain(summary_maximum(group->values, count));
    // The peers are all there are, not a sample of more.
    if (needed & 1u << METRIC_PEERS_DEVIATION)
        group->deviation = figure_plain(summary_population_deviation(group->values, count));
    group->parent_value = group->parent >= 0
                              ? figure_plain(figure_value(source, indicator->series, -1,
                                                          group->year, (size_t)group->parent))
                              : figure_plain(NAN);
    if (needed & 1u << METRIC_PEERS_RANK) rank_group(group, indicator, count);
    group->known = true;
}

void peer_figures(PeerGroup *group, const Families *families, const FigureSource *source,
                  int indicator, int year, size_t region, uint32_t needed, double *columns) {
    int parent = source->dataset->regions[region].parent;
    if (!group->known || group->indicator != indicator || group->year != year ||
        group->parent != parent) {
        group->indicator = indicator;
        group->year = year;
        group->parent = parent;
        compute(group, families, source, needed);
    }
    int32_t rank = needed & 1u << METRIC_PEERS_RANK ? group->ranks[group->places[region]] : 0;
    const struct {
        Metric metric;
        double value;
    } figures[] = {{METRIC_PEERS_MEAN, group->mean},
                   {METRIC_PEERS_MEDIAN, group->median},
                   {METRIC_PEERS_RANK, rank ? (double)rank : figure_plain(NAN)},
                   {METRIC_PEERS_COUNT, group->count},
                   {METRIC_PARENT_VALUE, group->parent_value},
                   {METRIC_PEERS_LOWER_QUARTILE, group->lower_quartile},
                   {METRIC_PEERS_UPPER_QUARTILE, group->upper_quartile},
                   {METRIC_PEERS_LEAST, group->least},
                   {METRIC_PEERS_MOST, group->most},
                   {METRIC_PEERS_DEVIATION, group->deviation}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (needed & 1u << figures[i].metric)
            columns[layout_metric_place(needed, figures[i].metric) * FIGURE_LANES] =
                figures[i].value;
}
