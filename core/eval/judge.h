// How an indicator stands against a target (达标情况), and what is still to do until it is met.
//
// Everything is compared at the printed precision of the indicator, so that what a reader sees
// decides; "below 2" printed with two digits is "at most 1.99". Pure C over one history; used
// inside workers by figures.c.
#pragma once

#include "core/eval/figures.h"
#include "core/stats/forecast.h"
#include "core/stats/progress.h"

// What a target is judged on: one indicator's history up to one year.
typedef struct Judged {
    const FigureSource *source;
    const Indicator *indicator;
    const Plan *plan;
    int year;
    size_t region;
    const int *years; // observed years up to this one, with their values
    const double *values;
    size_t count;
    double value, baseline;
    bool at_milestone; // milestones replace the number of a target that has one
} Judged;

Status judge(const Judged *judged, const Target *target);

// How far ahead a forecast is asked when it will meet a target.
enum { FORECAST_HORIZON_YEARS = 50 };

typedef struct Outlook {
    double number;   // the target's number; NaN where it has none
    double gap;      // distance still to go; 0 when met
    double required; // change per year to be there in the plan's last year; 0 when met
    double progress; // (value − baseline)/(number − baseline), at least 1 when met
    double reach;    // first year the forecast meets it; the year itself when met
} Outlook;

// What is to be said about a final target. `model` NULL: no forecast could be fitted. Of several
// targets that must all be met the hardest that is not met speaks; of alternatives the nearest.
// NaN where a part that is not met has no number.
Outlook outlook_of(const Judged *judged, const Target *target, const ForecastModel *model);

// The milestone due in a year: the next one, NaN when none follows.
double judge_milestone(const Indicator *indicator, int year);
// How far a value is from being best: what places among peers are given by, smaller is better.
double judge_distance(const Target *target, double value);
