// Which of two worlds is better: see compare.h.
#include <math.h>

#include "core/check/compare.h"
#include "core/eval/judge.h"

static const double NOISE = 1e-9;

// How far a value is from being best; smaller is better, NaN when nobody can say.
static double distance_from(const Space *space, const Target *target, const RegionResult *result,
                            double value) {
    bool relative = target->kind == TARGET_NOT_BELOW || target->kind == TARGET_NOT_ABOVE;
    int other = relative ? space->description->series[target->series].indicator : -1;
    double yardstick = other >= 0 ? result->indicators[other].metrics[METRIC_VALUE] : 0;
    if (target->kind == TARGET_NOT_BELOW) return yardstick - value;
    if (target->kind == TARGET_NOT_ABOVE) return value - yardstick;
    return judge_distance(target, value);
}

typedef struct Change {
    bool better, worse;
} Change;

static void note(Change *change, double before, double after) {
    double noise = NOISE * fmax(1, fmax(fabs(before), fabs(after)));
    // What cannot be measured in one of the worlds cannot be compared.
    if (isnan(before) != isnan(after)) change->better = change->worse = true;
    if (after < before - noise) change->better = true;
    if (after > before + noise) change->worse = true;
}

// The parts of a compound target may pull in two directions.
static void note_target(const Space *space, const Target *target, const RegionResult *first,
                        const RegionResult *second, double before, double after, Change *change) {
    if (target->part_count == 0) {
        note(change, distance_from(space, target, first, before),
             distance_from(space, target, second, after));
        return;
    }
    for (size_t i = 0; i < target->part_count; i++)
        note_target(space, &target->parts[i], first, second, before, after, change);
}

static Change change_of_indicators(const Space *space, const Outcome *first,
                                   const Outcome *second) {
    const Description *description = space->description;
    Change change = {0};
    for (size_t i = 0; i < description->indicator_count; i++) {
        const IndicatorResult *before = &first->result->indicators[i],
                              *after = &second->result->indicators[i];
        if (before->statuses[0] == STATUS_NOT_APPLICABLE) continue;
        note_target(space, &description->indicators[i].target_sets[0].target, first->result,
                    second->result, before->metrics[METRIC_VALUE], after->metrics[METRIC_VALUE],
                    &change);
    }
    return change;
}

int compare_direction(const Comparison *comparison, const Outcome *first, const Outcome *second) {
    const Space *space = comparison->space;
    const Column *column = &space->columns[first->lane->varied.column];
    double before = first->lane->varied.value, after = second->lane->varied.value;
    Change change = change_of_indicators(space, first, second);
    if (change.better && change.worse) return 0;
    int by_targets = change.better ? 1 : change.worse ? -1 : 0;
    bool indicator = space->description->series[column->series].indicator >= 0;
    if ((indicator && column->breakdown < 0) || (column->better == 0 && column->derives))
        return by_targets;
    int declared = after > before ? column->better : -column->better;
    return by_targets == 0 || by_targets == declared ? declared : 0;
}
