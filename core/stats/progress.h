// How far an indicator has come from its baseline to its target, and how fast it is moving.
//
// Notation of the formulas: value x in year y, baseline b in year yb, target t in year yt.
// Values are in the indicator's own unit; a missing value is NaN, and a result that needs a missing
// value is NaN. Shares are fractions: 0.5306 is printed as 53.06 %. Nothing is capped or rounded.
// Pure functions without state: any thread may call them.
#pragma once

#include <stddef.h>

// The side on which a target is met: at least it (up), or at most it (down).
typedef enum TargetSide {
    TARGET_SIDE_UP,  // larger is better
    TARGET_SIDE_DOWN // smaller is better
} TargetSide;

// Progress 完成率 = (x−b)/(t−b): below 0 when the value moved away from the target, above 1 beyond
// it. Where b already meets t the formula has no meaning; there progress is 1 while x meets t as
// well and 0 once it no longer does.
double progress_toward(double value, double baseline, double target, TargetSide side);

// Pace 时间进度 = (y−yb)/(yt−yb), the share of the plan's time that has passed; below 0 before the
// baseline's year and above 1 after the target's. NaN unless the target's year comes after the
// baseline's.
double progress_pace(int year, int baseline_year, int target_year);

// (t−x)/(yt−y): the change per year, in the indicator's unit, that still leads to the target.
// Past the target's year, and in it, no year is left to change in: NaN.
double progress_required_change(double value, double target, int year, int target_year);

// The mean change per year over the last five observed values (fewer when there are fewer): last
// minus first, over the years between them, so that a gap between years counts with its length.
// `years` ascends without repeats, `values` stands beside it. NaN with fewer than two values.
enum { PROGRESS_RECENT_VALUES = 5 };
double progress_recent_change(const int *years, const double *values, size_t count);

// 100·(x−p)/|p|: the change from the previous value p in per cent, as reports print it (比上年下降
// 5.3%). NaN when p is 0.
double progress_change_percent(double value, double previous);
