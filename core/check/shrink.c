// Delta debugging of counter-examples: see shrink.h.
#include "core/check/shrink.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/check/generate.h"

enum { TRIED_AT_ONCE = 32, MOST_HALVINGS = 60 };

// ---- does it still fail ------------------------------------------------------------------------

typedef struct Match {
    const About *wanted;
    Finding *found;
    bool any;
} Match;

static bool match(const Finding *finding, void *context) {
    Match *matching = context;
    if (!about_equal(&finding->about, matching->wanted)) return true;
    matching->any = true;
    *matching->found = *finding;
    return false;
}

static bool is_pair(const CounterExample *example) {
    return example->varied.column >= 0;
}

static void lanes_of(const CounterExample *example, Lane lanes[2]) {
    lanes[0] = lanes[1] = (Lane){&example->common, example->varied};
    lanes[0].varied.value = example->first;
    lanes[1].varied.value = example->second;
}

static bool still_fails(const Shrinking *shrinking, CounterExample *example, const Lane *lanes,
                        const RegionResult *results) {
    About wanted = example->finding.about;
    Match matching = {&wanted, &example->finding, false};
    Comparison comparison = {.space = shrinking->space,
                             .year = example->year,
                             .of_units = example->of_units,
                             .visit = match,
                             .context = &matching};
    Outcome first = {&results[0], &lanes[0]}, second = {&results[1], &lanes[1]};
    switch (wanted.property) {
        case PROPERTY_RULES: compare_rules(&comparison, &first); break;
        case PROPERTY_BOUNDS: compare_bounds(&comparison, &first); break;
        case PROPERTY_MONOTONE:
            if (compare_direction(&comparison, &first, &second) == 1)
                compare_monotone(&comparison, &first, &second);
            break;
        case PROPERTY_CLIFF:
            if (compare_is_tiny(&shrinking->space->columns[example->varied.column], example->first,
                                example->second))
                compare_cliffs(&comparison, &first, &second);
            break;
        case PROPERTY_MISSING: compare_missing(&comparison, &first, &second); break;
        case PROPERTY_DETERMINISM:
        case PROPERTY_COUNT: break;
    }
    return matching.any;
}

// Tries candidates at once and gives the index of the first that still fails, `count` when none
// does.
static bool try_all(const Shrinking *shrinking, CounterExample *candidates, size_t count,
                    size_t *first) {
    size_t width = is_pair(&candidates[0]) ? 2 : 1;
    Lane lanes[2 * TRIED_AT_ONCE];
    RegionResult *results = memory_new(count * width, sizeof *results);
    for (size_t i = 0; i < count; i++) {
        Lane both[2];
        lanes_of(&candidates[i], both);
        memcpy(lanes + i * width, both, width * sizeof *lanes);
    }
    bool good =
        stage_evaluate(shrinking->stage, lanes, count * width, results, shrinking->problems);
    *first = count;
    for (size_t i = 0; good && i < count && *first == count; i++)
        if (still_fails(shrinking, &candidates[i], lanes + i * width, results + i * width))
            *first = i;
    for (size_t i = 0; good && i < count * width; i++)
        result_free(&results[i]);
    free(results);
    return good;
}

// Takes over the first candidate that still fails, `count` when none does; frees all others.
static bool adopt(const Shrinking *shrinking, CounterExample *example, CounterExample *candidates,
                  size_t count, size_t *chosen) {
    *chosen = count;
    bool good = count == 0 || try_all(shrinking, candidates, count, chosen);
    if (*chosen < count) {
        world_free(&example->common);
        *example = candidates[*chosen];
    }
    for (size_t i = 0; i < count; i++)
        if (i != *chosen) world_free(&candidates[i].common);
    return good;
}

// ---- fewer observations ------------------------------------------------------------------------

// Takes out pieces of `size` observations wherever that can be done.
static bool take_out(const Shrinking *shrinking, CounterExample *example, size_t size) {
    CounterExample candidates[TRIED_AT_ONCE];
    size_t at = 0;
    while (at < example->common.count) {
        size_t count = 0, next = at;
        for (; count < TRIED_AT_ONCE && next < example->common.count; next += size) {
            size_t to = next + size < example->common.count ? next + size : example->common.count;
            candidates[count] = *example;
            candidates[count++].common = world_without(&example->common, next, to);
        }
        size_t chosen;
        if (!adopt(shrinking, example, candidates, count, &chosen)) return false;
        at = chosen < count ? at + chosen * size : next; // what stands before it had to stay
    }
    return true;
}

static bool take_out_all(const Shrinking *shrinking, CounterExample *example) {
    for (size_t size = (example->common.count + 1) / 2; size > 0; size /= 2)
        if (!take_out(shrinking, example, size)) return false;
    // What could not go at first may go now.
    size_t before;
    do {
        before = example->common.count;
        if (!take_out(shrinking, example, 1)) return false;
    } while (example->common.count < before);
    return true;
}

// ---- plainer values ----------------------------------------------------------------------------

static size_t length_of(double value) {
    char text[DECIMAL_TEXT_SIZE];
    decimal_shortest(value, text);
    return strlen(text);
}

enum { PLAIN_VALUES = 8, MOST_PLAINER = 80 };

// Values that take fewer characters than this one, or are smaller.
static size_t plainer(const Column *column, double value, double values[PLAIN_VALUES]) {
    const double tried[PLAIN_VALUES] = {0,
                                        1,
                                        10,
                                        100,
                                        round(value / 10) * 10,
                                        decimal_round(value, 0, ROUNDING_HALF_UP),
                                        value / 2,
                                        value - 1};
    size_t count = 0;
    for (size_t i = 0; i < PLAIN_VALUES; i++) {
        double candidate = column_round(column, tried[i]);
        bool simpler =
            length_of(candidate) < length_of(value) ||
            (length_of(candidate) == length_of(value) && candidate >= 0 && candidate < value);
        if (simpler) values[count++] = candidate;
    }
    return count;
}

// Makes the value `of` the example plainer, as long as that goes.
static bool make_plain(const Shrinking *shrinking, CounterExample *example, const Column *column,
                       double *(*of)(CounterExample *example, size_t index), size_t index) {
    CounterExample candidates[PLAIN_VALUES];
    double values[PLAIN_VALUES];
    size_t chosen = 0, count = 1;
    for (int i = 0; i < MOST_PLAINER && chosen < count; i++) {
        count = plainer(column, *of(example, index), values);
        for (size_t k = 0; k < count; k++) {
            candidates[k] = *example;
            candidates[k].common = world_copy(&example->common);
            *of(&candidates[k], index) = values[k];
        }
        if (!adopt(shrinking, example, candidates, count, &chosen)) return false;
    }
    return true;
}

static double *observed(CounterExample *example, size_t index) {
    return &example->common.items[index].value;
}

// The reported value of a pair whose other figure is missing.
static double *reported(CounterExample *example, size_t index) {
    (void)index;
    return &example->second;
}

static bool make_all_plain(const Shrinking *shrinking, CounterExample *example) {
    const Column *columns = shrinking->space->columns;
    for (size_t i = 0; i < example->common.count; i++)
        if (!make_plain(shrinking, example, &columns[example->common.items[i].column], observed, i))
            return false;
    return example->finding.about.property != PROPERTY_MISSING ||
           make_plain(shrinking, example, &columns[example->varied.column], reported, 0);
}

// ---- values close together ---------------------------------------------------------------------

static bool tighten(const Shrinking *shrinking, CounterExample *example) {
    const Column *column = &shrinking->space->columns[example->varied.column];
    for (int i = 0; i < MOST_HALVINGS; i++) {
        double middle = column_round(column, (example->first + example->second) / 2);
        if (middle == example->first || middle == example->second) return true;
        CounterExample candidates[2] = {*example, *example};
        candidates[0].second = candidates[1].first = middle;
        for (size_t k = 0; k < 2; k++)
            candidates[k].common = world_copy(&example->common);
        size_t chosen;
        if (!adopt(shrinking, example, candidates, 2, &chosen)) return false;
        if (chosen == 2) return true;
    }
    return true;
}

// Of what takes long to try only the smallest world of all is tried.
static bool empty(const Shrinking *shrinking, CounterExample *example) {
    CounterExample candidate = *example;
    candidate.common = world_without(&example->common, 0, example->common.count);
    size_t chosen;
    return adopt(shrinking, example, &candidate, 1, &chosen);
}

bool shrink(const Shrinking *shrinking, CounterExample *example) {
    Property property = example->finding.about.property;
    if (property == PROPERTY_DETERMINISM) return true;
    if (outcome_is_over_budget(example->finding.outcome)) return empty(shrinking, example);
    if (!take_out_all(shrinking, example)) return false;
    if (property == PROPERTY_MONOTONE && !tighten(shrinking, example)) return false;
    if (!make_all_plain(shrinking, example)) return false;
    return take_out(shrinking, example, 1); // plainer values may need fewer others
}
