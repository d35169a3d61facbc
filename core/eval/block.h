// A block: consecutive regions whose figures are at hand as columns, for the rules to read.
//
// Figures are computed when they are first asked for: those of the year evaluated for all
// indicators at once, those of earlier years (for warnings that must hold) one by one. Where only
// some indicators changed the others are read back from the region's record. One thread.
#pragma once

#include "core/eval/area.h"
#include "core/eval/peers.h"
#include "core/stats/attainment.h"

// Beside the bits of metrics in what is said of an indicator's changes, which are 64.
enum { CHANGED_STATUS = METRIC_COUNT, CHANGED_HISTORY = METRIC_COUNT + 1 };

typedef struct BlockYear {
    int year;
    bool *filled;             // by indicator
    double *metrics;          // [layout column][FIGURE_LANES]
    uint8_t *statuses;        // [layout status row][FIGURE_LANES]
    bool *counted;            // by target set, plan and domain
    AttainmentCounts *counts; // [target set, plan and domain][FIGURE_LANES]
} BlockYear;

typedef struct Block {
    const FigureSource *source;
    const ResultLayout *layout;
    const ResultArea *area;
    const Families *families;
    PeerGroup group;
    size_t first, count;
    BlockYear *years; // [k] is k years before the year evaluated
    int year_count;
    int *plan_slots;              // by plan: its place among plans and domains
    int slots_of_set, slot_count; // plans and domains; as often as there are target sets
    const uint64_t *changes;      // by indicator, see changes.h; NULL: everything is computed
} Block;

void block_init(Block *block, const FigureSource *source, const ResultLayout *layout,
                const ResultArea *area, const Families *families, int year_count);
void block_free(Block *block);
// Moves to other regions, at most FIGURE_LANES; nothing is computed yet. With `changes`, indicators
// whose bits are 0 are read back from the one region's record.
void block_move(Block *block, size_t first, size_t count, const uint64_t *changes);

// By lane. A metric that is not needed has no column: NULL.
const double *block_metric(Block *block, int back, int indicator, Metric metric);
const uint8_t *block_statuses(Block *block, int back, int indicator);
// Counts of a plan, or of one of its domains (domain ≥ 0), by lane, judged by a target set.
const AttainmentCounts *block_counts(Block *block, int back, int plan, int domain, int set);
