// Ranks with three rules for ties: see rank.h.
#include "core/stats/rank.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"

typedef struct RankEntry {
    double value;
    size_t position; // in the caller's array; makes the order of equal values total
} RankEntry;

static int compare_positions(const RankEntry *left, const RankEntry *right) {
    return (left->position > right->position) - (left->position < right->position);
}

static int compare_smaller_first(const void *left, const void *right) {
    const RankEntry *a = left, *b = right;
    if (a->value != b->value) return a->value < b->value ? -1 : 1;
    return compare_positions(a, b);
}

static int compare_larger_first(const void *left, const void *right) {
    const RankEntry *a = left, *b = right;
    if (a->value != b->value) return a->value > b->value ? -1 : 1;
    return compare_positions(a, b);
}

// Writes the ranks of entries that stand in order.
static void number_entries(const RankEntry *entries, size_t count, RankTies ties, int32_t *ranks) {
    int32_t rank = 0;
    for (size_t i = 0; i < count; i++) {
        bool tied = i > 0 && entries[i].value == entries[i - 1].value;
        if (ties == RANK_ORDINAL)
            rank = (int32_t)i + 1;
        else if (!tied)
            rank = ties == RANK_DENSE ? rank + 1 : (int32_t)i + 1;
        ranks[entries[i].position] = rank;
    }
}

void rank_values(const double *values, size_t count, bool larger_first, RankTies ties,
                 int32_t *ranks) {
    if (count == 0) return;
    RankEntry *entries = memory_new(count, sizeof *entries);
    size_t present = 0;
    for (size_t i = 0; i < count; i++) {
        ranks[i] = 0;
        if (!isnan(values[i])) entries[present++] = (RankEntry){values[i], i};
    }
    qsort(entries, present, sizeof *entries,
          larger_first ? compare_larger_first : compare_smaller_first);
    number_entries(entries, present, ties, ranks);
    free(entries);
}
