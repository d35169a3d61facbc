// Figures of a block, computed once: see block.h.
#include "core/eval/block.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/eval/tally.h"

static void init_year(Block *block, BlockYear *year, int number) {
    const ResultLayout *layout = block->layout;
    year->year = number;
    year->filled = memory_new(layout->description->indicator_count, sizeof *year->filled);
    year->metrics = memory_new(layout->column_count * FIGURE_LANES, sizeof *year->metrics);
    year->statuses = memory_new(layout->status_row_count * FIGURE_LANES, 1);
    year->counted = memory_new((size_t)block->slot_count, sizeof *year->counted);
    year->counts = memory_new((size_t)block->slot_count * FIGURE_LANES, sizeof *year->counts);
}

void block_init(Block *block, const FigureSource *source, const ResultLayout *layout,
                const ResultArea *area, const Families *families, int year_count) {
    const Description *description = layout->description;
    *block = (Block){.source = source,
                     .layout = layout,
                     .area = area,
                     .families = families,
                     .year_count = year_count};
    block->plan_slots = memory_new(description->plan_count, sizeof *block->plan_slots);
    for (size_t p = 0; p < description->plan_count; p++) {
        block->plan_slots[p] = block->slots_of_set;
        block->slots_of_set += 1 + (int)description->plans[p].domain_count;
    }
    block->slot_count = block->slots_of_set * (int)description->set_count;
    peer_group_init(&block->group, families);
    block->years = memory_new((size_t)year_count, sizeof *block->years);
    for (int back = 0; back < year_count; back++)
        init_year(block, &block->years[back], layout->year - back);
}

void block_free(Block *block) {
    for (int back = 0; back < block->year_count; back++) {
        free(block->years[back].filled);
        free(block->years[back].metrics);
        free(block->years[back].statuses);
        free(block->years[back].counted);
        free(block->years[back].counts);
    }
    free(block->years);
    free(block->plan_slots);
    peer_group_free(&block->group);
    *block = (Block){0};
}

void block_move(Block *block, size_t first, size_t count, const uint64_t *changes) {
    block->first = first;
    block->count = count;
    block->changes = changes;
    for (int back = 0; back < block->year_count; back++) {
        memset(block->years[back].filled, 0, block->layout->description->indicator_count);
        memset(block->years[back].counted, 0, (size_t)block->slot_count);
    }
}

// Family by family: a group is computed anew whenever another one was asked for in between.
static void add_peers(Block *block, const BlockYear *year, int indicator, uint32_t needed,
                      double *columns) {
    const DatasetRegion *regions = block->source->dataset->regions + block->first;
    bool done[FIGURE_LANES] = {false};
    for (size_t k = 0; k < block->count; k++) {
        for (size_t member = done[k] ? block->count : k; member < block->count; member++) {
            if (regions[member].parent != regions[k].parent) continue;
            peer_figures(&block->group, block->families, block->source, indicator, year->year,
                         block->first + member, needed, columns + member);
            done[member] = true;
        }
    }
}

static void compute(Block *block, BlockYear *year, int indicator) {
    const ResultLayout *layout = block->layout;
    uint32_t needed = layout->needed[indicator];
    double *columns = year->metrics + layout->columns[indicator] * FIGURE_LANES;
    figure_columns(block->source, indicator, year->year, block->first, block->count, needed,
                   columns, year->statuses + layout->status_rows[indicator] * FIGURE_LANES);
    if (needed & PEER_METRICS) add_peers(block, year, indicator, needed, columns);
}

// What a rule was given before, from the record of the one region.
static void read_back(Block *block, BlockYear *year, int indicator) {
    const ResultLayout *layout = block->layout;
    const uint8_t *record = area_record(block->area, block->first);
    double *column = year->metrics + layout->columns[indicator] * FIGURE_LANES;
    uint8_t *statuses = year->statuses + layout->status_rows[indicator] * FIGURE_LANES;
    size_t sets = layout->description->indicators[indicator].target_set_count;
    for (size_t s = 0; s < sets; s++)
        statuses[s * FIGURE_LANES] = record[layout->statuses[indicator] + s];
    size_t at = layout->metrics[indicator];
    for (int m = 0; m < METRIC_COUNT; m++) {
        if (!(layout->needed[indicator] >> m & 1)) continue;
        *column = NAN;
        if (layout->kept[indicator] >> m & 1) {
            memcpy(column, record + at, sizeof *column);
            at += sizeof *column;
        } else if (statuses[0] != STATUS_NOT_APPLICABLE) {
            layout_constant(layout->description, indicator, (Metric)m, year->year, column);
        }
        column += FIGURE_LANES;
    }
}

static BlockYear *fill(Block *block, int back, int indicator) {
    BlockYear *year = &block->years[back];
    if (year->filled[indicator]) return year;
    year->filled[indicator] = true;
    if (back == 0 && block->changes && block->changes[indicator] == 0)
        read_back(block, year, indicator);
    else
        compute(block, year, indicator);
    return year;
}

const double *block_metric(Block *block, int back, int indicator, Metric metric) {
    const ResultLayout *layout = block->layout;
    uint32_t needed = layout->needed[indicator];
    if (!(needed >> metric & 1)) return NULL;
    size_t column = layout->columns[indicator] + (size_t)layout_metric_place(needed, metric);
    return fill(block, back, indicator)->metrics + column * FIGURE_LANES;
}

const uint8_t *block_statuses(Block *block, int back, int indicator) {
    return fill(block, back, indicator)->statuses +
           block->layout->status_rows[indicator] * FIGURE_LANES;
}

// How many indicators stand how, by lane: lanes next to each other, so that many are counted at
// once.
typedef struct LaneCounts {
    uint16_t by_status[STATUS_COUNT][FIGURE_LANES];
} LaneCounts;

static void count_statuses(const uint8_t *statuses, size_t count, LaneCounts *counts) {
    for (int s = 0; s < STATUS_COUNT; s++) {
        uint16_t *lanes = counts->by_status[s];
        for (size_t k = 0; k < count; k++)
            lanes[k] = (uint16_t)(lanes[k] + (statuses[k] == s));
    }
}

static void count_indicator(Block *block, int back, const Plan *plan, int indicator,
                            LaneCounts *counts) {
    const Indicator *about = &block->layout->description->indicators[indicator];
    const uint8_t *statuses = block_statuses(block, back, indicator);
    bool as_judged = !about->is_objective && !plan->conventions.expected_counts;
    uint8_t counted[FIGURE_LANES];
    const double *reach =
        as_judged ? NULL : block_metric(block, back, indicator, METRIC_REACH_YEAR);
    for (size_t k = 0; !as_judged && k < block->count; k++)
        counted[k] =
            (uint8_t)tally_counted_status(about, plan, (Status)statuses[k], reach ? reach[k] : NAN);
    count_statuses(as_judged ? statuses : counted, block->count, counts);
}

// Indicators without such a target are passed over; what a forecast expects is said of the set that
// counts alone.
static void count_by_set(Block *block, int back, int indicator, int set, LaneCounts *counts) {
    int place = description_target_set(block->layout->description, indicator, set);
    if (place < 0) return;
    const uint8_t *statuses = block_statuses(block, back, indicator);
    count_statuses(statuses + (size_t)place * FIGURE_LANES, block->count, counts);
}

const AttainmentCounts *block_counts(Block *block, int back, int index, int domain, int set) {
    const Plan *plan = &block->layout->description->plans[index];
    BlockYear *year = &block->years[back];
    size_t slot = (size_t)set * (size_t)block->slots_of_set + (size_t)block->plan_slots[index] +
                  (size_t)(domain + 1);
    AttainmentCounts *counts = year->counts + slot * FIGURE_LANES;
    if (year->counted[slot]) return counts;
    year->counted[slot] = true;
    LaneCounts lanes = {{{0}}};
    const int *members = domain >= 0 ? plan->domains[domain].indicators : plan->indicators;
    size_t count = domain >= 0 ? plan->domains[domain].indicator_count : plan->indicator_count;
    for (size_t i = 0; i < count; i++)
        if (set == 0)
            count_indicator(block, back, plan, members[i], &lanes);
        else
            count_by_set(block, back, members[i], set, &lanes);
    for (size_t k = 0; k < block->count; k++)
        counts[k] = (AttainmentCounts){.met = lanes.by_status[STATUS_MET][k],
                                       .near_met = lanes.by_status[STATUS_NEAR][k],
                                       .unmet = lanes.by_status[STATUS_UNMET][k],
                                       .no_data = lanes.by_status[STATUS_NO_DATA][k],
                                       .not_applicable = lanes.by_status[STATUS_NOT_APPLICABLE][k]};
    return counts;
}
