// Judging values against targets: see judge.h.
#include "core/eval/judge.h"

#include <math.h>

#include "core/base/decimal.h"

static double printed(const Judged *judged, double value) {
    return decimal_round(value, judged->indicator->digits, judged->indicator->conventions.rounding);
}

double judge_milestone(const Indicator *indicator, int year) {
    for (size_t i = 0; i < indicator->milestone_count; i++)
        if (indicator->milestones[i].year >= year) return indicator->milestones[i].value;
    return NAN;
}

// The number of a target that is due in a year.
static double number_due(const Judged *judged, const Target *target, int year) {
    double milestone = judged->at_milestone ? judge_milestone(judged->indicator, year) : NAN;
    return isnan(milestone) ? target->value : milestone;
}

static bool is_near(const Judged *judged, double distance, double target) {
    double percent = judged->indicator->conventions.near_percent;
    // 20.1 − 20 is a little more than 0.1 in binary.
    double allowed = decimal_round(fabs(target) * percent / 100, 9, ROUNDING_HALF_UP);
    return percent > 0 && decimal_round(fabs(distance), 9, ROUNDING_HALF_UP) <= allowed;
}

static Status met_or(const Judged *judged, bool met, double value, double target) {
    if (met) return STATUS_MET;
    return is_near(judged, value - target, target) ? STATUS_NEAR : STATUS_UNMET;
}

// The last value before `year`, at or before `latest`; the baseline when there is none.
static double value_until(const Judged *judged, int latest) {
    double found = NAN;
    for (size_t i = 0; i < judged->count && judged->years[i] <= latest; i++)
        found = judged->values[i];
    return isnan(found) ? judged->baseline : found;
}

// The year before the term of office at hand; terms of equal length where none are declared.
static int term_before(const Judged *judged, const Target *target) {
    const Plan *plan = judged->plan;
    for (size_t i = plan->term_count; i-- > 0;)
        if (plan->terms[i] <= judged->year) return plan->terms[i] - 1;
    return judged->year - target->years;
}

static double period_before(const Judged *judged, const Target *target) {
    switch (target->per) {
        case PER_YEAR: return value_until(judged, judged->year - 1);
        case PER_TERM: return value_until(judged, term_before(judged, target));
        case PER_PLAN: return judged->baseline;
    }
    return NAN;
}

// Never from or to what is missing.
static bool has_moved(const Judged *judged, TargetKind kind, double from, double to) {
    double then = printed(judged, from), now = printed(judged, to);
    return kind == TARGET_RISES   ? now > then
           : kind == TARGET_FALLS ? now < then
                                  : fabs(now) < fabs(then);
}

static Status judge_movement(const Judged *judged, const Target *target) {
    double before = period_before(judged, target);
    if (isnan(before)) return STATUS_NO_DATA;
    return has_moved(judged, target->kind, before, judged->value) ? STATUS_MET : STATUS_UNMET;
}

static Status judge_slowing(const Judged *judged) {
    if (judged->count < 3) return STATUS_NO_DATA;
    const int *years = judged->years + judged->count - 3;
    const double *values = judged->values + judged->count - 3;
    if (years[2] - years[1] != 1 || years[1] - years[0] != 1) return STATUS_NO_DATA;
    double rise = printed(judged, printed(judged, values[2]) - printed(judged, values[1]));
    double rise_before = printed(judged, printed(judged, values[1]) - printed(judged, values[0]));
    return rise < rise_before ? STATUS_MET : STATUS_UNMET;
}

// Each year is held against what was due in it.
static Status judge_keeping(const Judged *judged, const Target *target, double now) {
    double wanted = printed(judged, number_due(judged, target, judged->year));
    if (now < wanted) return met_or(judged, false, now, wanted);
    for (size_t i = 0; i < judged->count; i++) {
        double due = printed(judged, number_due(judged, target, judged->years[i]));
        if (judged->years[i] >= judged->plan->first_year &&
            printed(judged, judged->values[i]) < due)
            return STATUS_NEAR; // it is back, but was not kept
    }
    return STATUS_MET;
}

static Status judge_interval(const Judged *judged, const Target *target, double now) {
    if (now >= printed(judged, target->low) && now <= printed(judged, target->high))
        return STATUS_MET;
    bool outer =
        now >= printed(judged, target->outer_low) && now <= printed(judged, target->outer_high);
    return outer ? STATUS_NEAR : STATUS_UNMET;
}

static Status judge_parts(const Judged *judged, const Target *target) {
    int seen[STATUS_COUNT] = {0};
    for (size_t i = 0; i < target->part_count; i++)
        seen[judge(judged, &target->parts[i])]++;
    if (target->kind == TARGET_ALL_OF)
        return seen[STATUS_UNMET]     ? STATUS_UNMET
               : seen[STATUS_NO_DATA] ? STATUS_NO_DATA
               : seen[STATUS_NEAR]    ? STATUS_NEAR
                                      : STATUS_MET;
    return seen[STATUS_MET]       ? STATUS_MET
           : seen[STATUS_NEAR]    ? STATUS_NEAR
           : seen[STATUS_NO_DATA] ? STATUS_NO_DATA
                                  : STATUS_UNMET;
}

// The line another figure draws.
static double other_value(const Judged *judged, const Target *target) {
    double other = figure_value(judged->source, target->series, target->breakdown, judged->year,
                                judged->region);
    double easier = target->kind == TARGET_NOT_BELOW ? -target->tolerance : target->tolerance;
    if (target->times == 1 && easier == 0) return other;
    return decimal_round(other * target->times + easier, 9, ROUNDING_HALF_UP);
}

Status judge(const Judged *judged, const Target *target) {
    if (target->part_count > 0) return judge_parts(judged, target);
    if (isnan(judged->value)) return STATUS_NO_DATA;
    double now = printed(judged, judged->value);
    double wanted = printed(judged, number_due(judged, target, judged->year));
    switch (target->kind) {
        case TARGET_AT_LEAST: return met_or(judged, now >= wanted, now, wanted);
        case TARGET_AT_MOST: return met_or(judged, now <= wanted, now, wanted);
        case TARGET_ABOVE: return met_or(judged, now > wanted, now, wanted);
        case TARGET_BELOW: return met_or(judged, now < wanted, now, wanted);
        case TARGET_AROUND: {
            double distance = printed(judged, fabs(now - printed(judged, target->value)));
            bool met = distance <= target->tolerance;
            return met                                                            ? STATUS_MET
                   : is_near(judged, distance - target->tolerance, target->value) ? STATUS_NEAR
                                                                                  : STATUS_UNMET;
        }
        case TARGET_WITHIN: return judge_interval(judged, target, now);
        case TARGET_KEEPS_AT_LEAST: return judge_keeping(judged, target, now);
        case TARGET_RISES:
        case TARGET_FALLS:
        case TARGET_NARROWS: return judge_movement(judged, target);
        case TARGET_SLOWS: return judge_slowing(judged);
        case TARGET_NOT_BELOW:
        case TARGET_NOT_ABOVE: {
            double other = printed(judged, other_value(judged, target));
            if (isnan(other)) return STATUS_NO_DATA;
            bool met = target->kind == TARGET_NOT_BELOW ? now >= other : now <= other;
            return met_or(judged, met, now, other);
        }
        case TARGET_EVIDENCE: return judged->value >= 1 ? STATUS_MET : STATUS_UNMET;
        case TARGET_ALL_OF:
        case TARGET_ANY_OF:
        case TARGET_KIND_COUNT: break;
    }
    return STATUS_NO_DATA;
}

// ---- what is still to do -----------------------------------------------------------------------

static const Outlook nothing_to_say = {NAN, NAN, NAN, NAN, NAN};

double judge_distance(const Target *target, double value) {
    switch (target->kind) {
        case TARGET_AROUND: return fabs(value - target->value);
        case TARGET_WITHIN: return fmax(0, fmax(target->low - value, value - target->high));
        case TARGET_NARROWS: return fabs(value);
        case TARGET_AT_MOST:
        case TARGET_BELOW:
        case TARGET_FALLS:
        case TARGET_SLOWS:
        case TARGET_NOT_ABOVE: return value;
        case TARGET_ALL_OF:
        case TARGET_ANY_OF: return judge_distance(&target->parts[0], value);
        default: return -value;
    }
}

// The smallest difference two printed values can have.
static double printed_step(const Judged *judged) {
    return pow(10, -judged->indicator->digits);
}

// The difference of two decimal figures without the noise of binary: 80 − 79.9 is 0.1, which would
// otherwise be cut to 0.0.
static double difference(double minuend, double subtrahend) {
    return decimal_round(minuend - subtrahend, 9, ROUNDING_HALF_UP);
}

// A line to get over: at least it, or at most it.
typedef struct Threshold {
    TargetSide side;
    double value; // NaN when the target has no such line
} Threshold;

static Threshold band_threshold(double now, double low, double high) {
    return now < low ? (Threshold){TARGET_SIDE_UP, low} : (Threshold){TARGET_SIDE_DOWN, high};
}

static Threshold baseline_threshold(const Judged *judged, const Target *target) {
    if (target->per != PER_PLAN) return (Threshold){TARGET_SIDE_UP, NAN};
    double step = printed_step(judged), baseline = printed(judged, judged->baseline);
    if (target->kind == TARGET_RISES) return (Threshold){TARGET_SIDE_UP, baseline + step};
    if (target->kind == TARGET_FALLS) return (Threshold){TARGET_SIDE_DOWN, baseline - step};
    if (baseline == 0) return (Threshold){TARGET_SIDE_UP, NAN}; // no gap is narrower than none
    return judged->value >= 0 ? (Threshold){TARGET_SIDE_DOWN, fabs(baseline) - step}
                              : (Threshold){TARGET_SIDE_UP, step - fabs(baseline)};
}

static Threshold threshold_of(const Judged *judged, const Target *target) {
    double now = printed(judged, judged->value), value = printed(judged, target->value);
    switch (target->kind) {
        case TARGET_AT_LEAST:
        case TARGET_KEEPS_AT_LEAST: return (Threshold){TARGET_SIDE_UP, value};
        case TARGET_AT_MOST: return (Threshold){TARGET_SIDE_DOWN, value};
        case TARGET_ABOVE: return (Threshold){TARGET_SIDE_UP, value + printed_step(judged)};
        case TARGET_BELOW: return (Threshold){TARGET_SIDE_DOWN, value - printed_step(judged)};
        case TARGET_AROUND:
            return band_threshold(now, difference(value, target->tolerance),
                                  value + target->tolerance);
        case TARGET_WITHIN:
            return band_threshold(now, printed(judged, target->low), printed(judged, target->high));
        case TARGET_RISES:
        case TARGET_FALLS:
        case TARGET_NARROWS: return baseline_threshold(judged, target);
        case TARGET_NOT_BELOW:
            return (Threshold){TARGET_SIDE_UP, printed(judged, other_value(judged, target))};
        case TARGET_NOT_ABOVE:
            return (Threshold){TARGET_SIDE_DOWN, printed(judged, other_value(judged, target))};
        default: return (Threshold){TARGET_SIDE_UP, NAN};
    }
}

// The first year to come in which the forecast is beyond the year or term before it: what is known
// of that, else its forecast. From year to year only the next one tells.
static double movement_reach(const Judged *judged, const Target *target,
                             const ForecastModel *model) {
    bool by_term = target->per == PER_TERM;
    int last = judged->year + (by_term ? FORECAST_HORIZON_YEARS : 1);
    Judged then = *judged;
    for (then.year++; then.year <= last; then.year++) {
        int earlier = by_term ? term_before(&then, target) : then.year - 1;
        double before =
            earlier <= judged->year ? value_until(judged, earlier) : forecast_at(model, earlier);
        if (has_moved(judged, target->kind, before, forecast_at(model, then.year)))
            return then.year;
    }
    return NAN;
}

// The first year after this one in which the forecast is over the line.
static double reach_of(const Judged *judged, const Target *target, Threshold threshold,
                       const ForecastModel *model) {
    if (!model) return NAN;
    bool movement = target->kind == TARGET_RISES || target->kind == TARGET_FALLS ||
                    target->kind == TARGET_NARROWS;
    if (movement && target->per != PER_PLAN) return movement_reach(judged, target, model);
    if (isnan(threshold.value)) return NAN;
    double reach = forecast_reach_year(model, threshold.value, threshold.side, judged->year,
                                       FORECAST_HORIZON_YEARS);
    // The fitted line may be over it this year although the value is not.
    if (reach <= judged->year)
        reach = forecast_reach_year(model, threshold.value, threshold.side, judged->year + 1,
                                    FORECAST_HORIZON_YEARS);
    return reach;
}

static bool has_progress(TargetKind kind) {
    return kind <= TARGET_BELOW || kind == TARGET_KEEPS_AT_LEAST || kind == TARGET_NOT_BELOW ||
           kind == TARGET_NOT_ABOVE;
}

static Outlook leaf_outlook(const Judged *judged, const Target *target,
                            const ForecastModel *model) {
    Outlook outlook = nothing_to_say;
    bool relative = target->kind == TARGET_NOT_BELOW || target->kind == TARGET_NOT_ABOVE;
    outlook.number = relative ? other_value(judged, target) : target->value;
    if (isnan(judged->value)) return outlook;
    bool met = judge(judged, target) == STATUS_MET;
    Threshold threshold = threshold_of(judged, target);
    double now = printed(judged, judged->value);
    if (has_progress(target->kind)) {
        outlook.progress = progress_toward(now, judged->baseline, outlook.number, threshold.side);
        if (met && outlook.progress < 1) outlook.progress = 1;
        // On the line of a target that must be passed: all but the last step.
        if (!met && outlook.progress >= 1)
            outlook.progress =
                progress_toward(now, judged->baseline, threshold.value, threshold.side);
    }
    if (met) {
        outlook.gap = outlook.required = 0;
        outlook.reach = judged->year;
        return outlook;
    }
    double way = difference(threshold.value, now); // to go, down when negative
    // Back, but not kept in every year.
    if (target->kind == TARGET_KEEPS_AT_LEAST && way < 0) way = 0;
    outlook.gap = threshold.side == TARGET_SIDE_UP ? way : -way;
    outlook.required = progress_required_change(0, way, judged->year, judged->plan->last_year);
    outlook.reach = reach_of(judged, target, threshold, model);
    return outlook;
}

// NaN counts as worst.
static bool is_harder(double candidate, double than) {
    return isnan(candidate) ? !isnan(than) : candidate > than;
}

static bool is_easier(double candidate, double than) {
    return isnan(than) ? !isnan(candidate) : candidate < than;
}

// The number a person would call the target's: of the first part that has one.
static double first_number(const Judged *judged, const Target *target) {
    for (size_t i = 0; i < target->part_count; i++) {
        Outlook part = outlook_of(judged, &target->parts[i], NULL);
        if (!isnan(part.number)) return part.number;
    }
    return NAN;
}

Outlook outlook_of(const Judged *judged, const Target *target, const ForecastModel *model) {
    if (target->part_count == 0) return leaf_outlook(judged, target, model);
    bool all = target->kind == TARGET_ALL_OF, first = true;
    Outlook chosen = nothing_to_say;
    double progress = NAN;
    for (size_t i = 0; i < target->part_count; i++) {
        Outlook part = outlook_of(judged, &target->parts[i], model);
        bool speaks = first || (all ? is_harder(part.reach, chosen.reach)
                                    : is_easier(part.reach, chosen.reach));
        if (!isnan(part.progress))
            progress = isnan(progress) ? part.progress
                       : all           ? fmin(progress, part.progress)
                                       : fmax(progress, part.progress);
        if (speaks) chosen = part;
        first = false;
    }
    chosen.progress = progress;
    chosen.number = first_number(judged, target);
    return chosen;
}
