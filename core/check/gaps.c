// Looking for cliffs between values that lie far apart: see check_inside.h.
#include <math.h>
#include <stdlib.h>

#include "core/check/check_inside.h"

enum { LANES_OF_A_GAP = 3, MOST_GAPS = 256, MOST_LEVELS = 64 };

// Between small counts no step is a smallest one.
static bool may_be_tiny(const Column *column, double first, double second) {
    double largest = fmax(fabs(first), fabs(second));
    return compare_is_tiny(column, largest, largest - column->step);
}

void gaps_add(Checking *checking, const Lane *low, double second) {
    Gaps *gaps = &checking->gaps;
    const Space *space = &checking->report->space;
    int column = low->varied.column;
    if (!gaps->followed) gaps->followed = memory_new(space->column_count, 1);
    if (gaps->followed[column] == GAPS_OF_A_COLUMN ||
        !may_be_tiny(&space->columns[column], low->varied.value, second))
        return;
    gaps->followed[column]++;
    ARRAY_RESERVE(gaps->items, gaps->count, gaps->capacity);
    gaps->items[gaps->count++] =
        (Gap){world_copy(low->common), low->varied, low->varied.value, second};
}

static void forget(Gaps *gaps) {
    for (size_t i = 0; i < gaps->count; i++)
        world_free(&gaps->items[i].world);
    gaps->count = 0;
}

void gaps_free(Gaps *gaps) {
    forget(gaps);
    free(gaps->items);
    free(gaps->followed);
    *gaps = (Gaps){0};
}

static void push_half(Gaps *halves, const Gap *gap, double first, double second) {
    if (halves->count == MOST_GAPS) return;
    ARRAY_RESERVE(halves->items, halves->count, halves->capacity);
    halves->items[halves->count++] = (Gap){world_copy(&gap->world), gap->varied, first, second};
}

// Results of a gap's ends and middle: the halves that still hide something are gone on with.
static void halve(Checking *checking, const Gap *gap, const Lane *lanes,
                  const RegionResult *results, Gaps *halves) {
    const Column *column = &checking->report->space.columns[gap->varied.column];
    double middle = lanes[1].varied.value;
    Outcome outcomes[LANES_OF_A_GAP];
    for (size_t i = 0; i < LANES_OF_A_GAP; i++)
        outcomes[i] = (Outcome){&results[i], &lanes[i]};
    if (middle == gap->first || middle == gap->second) {
        Comparison comparison = checking_comparison(checking, &lanes[0], &lanes[2]);
        checking->report->checked[PROPERTY_CLIFF]++;
        if (compare_is_tiny(column, gap->first, gap->second))
            compare_cliffs(&comparison, &outcomes[0], &outcomes[2]);
        return;
    }
    for (size_t i = 0; i + 1 < LANES_OF_A_GAP; i++) {
        Comparison comparison = checking_comparison(checking, &lanes[i], &lanes[i + 1]);
        double first = lanes[i].varied.value, second = lanes[i + 1].varied.value;
        if (may_be_tiny(column, first, second) &&
            compare_may_hide_cliff(&comparison, &outcomes[i], &outcomes[i + 1]))
            push_half(halves, gap, first, second);
    }
}

static bool halve_all(Checking *checking, Gaps *halves) {
    const Gaps *gaps = &checking->gaps;
    size_t count = gaps->count * LANES_OF_A_GAP;
    Lane *lanes = memory_new(count, sizeof *lanes);
    RegionResult *results = memory_new(count, sizeof *results);
    for (size_t i = 0; i < gaps->count; i++) {
        const Gap *gap = &gaps->items[i];
        double middle = column_round(&checking->report->space.columns[gap->varied.column],
                                     (gap->first + gap->second) / 2);
        const double values[LANES_OF_A_GAP] = {gap->first, middle, gap->second};
        for (size_t k = 0; k < LANES_OF_A_GAP; k++) {
            lanes[i * LANES_OF_A_GAP + k] = (Lane){&gap->world, gap->varied};
            lanes[i * LANES_OF_A_GAP + k].varied.value = values[k];
        }
    }
    bool good = stage_evaluate(checking->small, lanes, count, results, checking->problems);
    for (size_t i = 0; good && i < gaps->count; i++)
        halve(checking, &gaps->items[i], lanes + i * LANES_OF_A_GAP, results + i * LANES_OF_A_GAP,
              halves);
    for (size_t i = 0; good && i < count; i++)
        result_free(&results[i]);
    checking->report->worlds += count;
    free(results);
    free(lanes);
    return good;
}

bool gaps_follow(Checking *checking) {
    bool good = true;
    for (int level = 0; good && checking->gaps.count > 0 && level < MOST_LEVELS; level++) {
        Gaps halves = {0};
        good = halve_all(checking, &halves);
        forget(&checking->gaps);
        free(checking->gaps.items);
        checking->gaps.items = halves.items;
        checking->gaps.count = halves.count;
        checking->gaps.capacity = halves.capacity;
    }
    forget(&checking->gaps);
    return good;
}
