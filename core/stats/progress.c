// Progress, pace and the speed of change: see progress.h.
#include "core/stats/progress.h"

#include <math.h>
#include <stdbool.h>

static bool meets(double value, double target, TargetSide side) {
    return side == TARGET_SIDE_UP ? value >= target : value <= target;
}

double progress_toward(double value, double baseline, double target, TargetSide side) {
    if (isnan(value) || isnan(baseline) || isnan(target)) return NAN;
    if (meets(baseline, target, side)) return meets(value, target, side) ? 1 : 0;
    return (value - baseline) / (target - baseline);
}

double progress_pace(int year, int baseline_year, int target_year) {
    if (target_year <= baseline_year) return NAN;
    return ((double)year - baseline_year) / ((double)target_year - baseline_year);
}

double progress_required_change(double value, double target, int year, int target_year) {
    if (year >= target_year) return NAN;
    return (target - value) / ((double)target_year - year);
}

double progress_recent_change(const int *years, const double *values, size_t count) {
    size_t last = 0, first = 0, observed = 0;
    for (size_t i = count; i-- > 0 && observed < PROGRESS_RECENT_VALUES;) {
        if (isnan(values[i])) continue;
        if (observed == 0) last = i;
        first = i;
        observed++;
    }
    if (observed < 2) return NAN;
    return (values[last] - values[first]) / ((double)years[last] - years[first]);
}

double progress_change_percent(double value, double previous) {
    if (previous == 0) return NAN;
    return 100 * (value - previous) / fabs(previous);
}
