// Metrics and statuses: see figures.h.
#include "core/eval/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/memory.h"
#include "core/stats/forecast.h"
#include "core/stats/progress.h"
#include "core/stats/rank.h"
#include "core/stats/summary.h"
#include "core/stats/volatility.h"

enum { FORECAST_HORIZON_YEARS = 50 };

void figure_source_init(FigureSource *source, const Description *description, const Dataset *dataset) {
    size_t width = description->breakdown_count + 1;
    *source = (FigureSource){.description = description,
                             .dataset = dataset,
                             .columns = memory_new(description->series_count * width, sizeof(int)),
                             .derived = memory_new(description->indicator_count, sizeof(double *))};
    Map columns = {0};
    dataset_index(dataset, &columns);
    for (size_t s = 0; s < description->series_count; s++) {
        int *row = source->columns + s * width;
        row[0] = dataset_column(&columns, description->series[s].id, "total");
        for (size_t b = 0; b < description->breakdown_count; b++)
            row[b + 1] = dataset_column(&columns, description->series[s].id, description->breakdowns[b].id);
    }
    map_free(&columns);
}

void figure_source_free(FigureSource *source) {
    for (size_t i = 0; source->derived && i < source->description->indicator_count; i++)
        free(source->derived[i]);
    free(source->derived);
    free(source->columns);
    *source = (FigureSource){0};
}

static double derived_value(const FigureSource *source, const double *derived, int year, size_t region) {
    const DatasetHeader *header = source->dataset->header;
    int offset = year - header->first_year;
    if (offset < 0 || offset >= (int)header->year_count) return NAN;
    return derived[(size_t)offset * header->region_count + region];
}

double figure_value(const FigureSource *source, int series, int breakdown, int year, size_t region) {
    const Series *about = &source->description->series[series];
    if (breakdown < 0 && about->indicator >= 0 && source->derived[about->indicator])
        return derived_value(source, source->derived[about->indicator], year, region);
    size_t width = source->description->breakdown_count + 1;
    double value = dataset_value(source->dataset,
                                 source->columns[(size_t)series * width + (size_t)(breakdown + 1)],
                                 year, region);
    return isnan(value) && about->kind == SERIES_FACT ? about->default_value : value;
}

size_t figure_history(const FigureSource *source, int series, int year, size_t region, int *years,
                      double *values) {
    int first = source->dataset->header->first_year;
    if (year - first >= FIGURE_MAX_YEARS) first = year - FIGURE_MAX_YEARS + 1;
    size_t count = 0;
    for (int y = first; y <= year; y++) {
        double value = figure_value(source, series, -1, y, region);
        if (isnan(value)) continue;
        years[count] = y;
        values[count++] = value;
    }
    return count;
}

// ---- judging -----------------------------------------------------------------------------------

// What a target is judged on: one indicator's history up to one year.
typedef struct Judged {
    const FigureSource *source;
    const Indicator *indicator;
    const Plan *plan;
    int year;
    size_t region;
    const int *years;
    const double *values;
    size_t count;
    double value, baseline;
    double milestone; // replaces the number of a directional target; NaN when it does not
} Judged;

static double printed(const Judged *judged, double value) {
    return decimal_round(value, judged->indicator->digits, judged->indicator->conventions.rounding);
}

static bool is_near(const Judged *judged, double distance, double target) {
    double percent = judged->indicator->conventions.near_percent;
    return percent > 0 && fabs(distance) <= fabs(target) * percent / 100;
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

static double period_before(const Judged *judged, const Target *target) {
    switch (target->per) {
        case PER_YEAR: return value_until(judged, judged->year - 1);
        case PER_TERM: return value_until(judged, judged->year - target->years);
        case PER_PLAN: return judged->baseline;
    }
    return NAN;
}

static Status judge_movement(const Judged *judged, const Target *target) {
    double before = period_before(judged, target);
    if (isnan(before)) return STATUS_NO_DATA;
    double now = printed(judged, judged->value), then = printed(judged, before);
    bool met = target->kind == TARGET_RISES   ? now > then
               : target->kind == TARGET_FALLS ? now < then
                                              : fabs(now) < fabs(then);
    return met ? STATUS_MET : STATUS_UNMET;
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

static Status judge_keeping(const Judged *judged, double wanted, double now) {
    if (now < wanted) return met_or(judged, false, now, wanted);
    for (size_t i = 0; i < judged->count; i++)
        if (judged->years[i] >= judged->plan->first_year && printed(judged, judged->values[i]) < wanted)
            return STATUS_NEAR; // it is back, but was not kept
    return STATUS_MET;
}

static Status judge_interval(const Judged *judged, const Target *target, double now) {
    if (now >= printed(judged, target->low) && now <= printed(judged, target->high)) return STATUS_MET;
    bool outer = now >= printed(judged, target->outer_low) && now <= printed(judged, target->outer_high);
    return outer ? STATUS_NEAR : STATUS_UNMET;
}

static Status judge(const Judged *judged, const Target *target);

static Status judge_parts(const Judged *judged, const Target *target) {
    int seen[STATUS_COUNT] = {0};
    for (size_t i = 0; i < target->part_count; i++)
        seen[judge(judged, &target->parts[i])]++;
    if (target->kind == TARGET_ALL_OF)
        return seen[STATUS_UNMET]    ? STATUS_UNMET
               : seen[STATUS_NO_DATA] ? STATUS_NO_DATA
               : seen[STATUS_NEAR]    ? STATUS_NEAR
                                      : STATUS_MET;
    return seen[STATUS_MET]      ? STATUS_MET
           : seen[STATUS_NEAR]    ? STATUS_NEAR
           : seen[STATUS_NO_DATA] ? STATUS_NO_DATA
                                  : STATUS_UNMET;
}

static double other_value(const Judged *judged, const Target *target) {
    return figure_value(judged->source, target->series, -1, judged->year, judged->region);
}

static Status judge(const Judged *judged, const Target *target) {
    if (target->part_count > 0) return judge_parts(judged, target);
    if (isnan(judged->value)) return STATUS_NO_DATA;
    double now = printed(judged, judged->value);
    double number = isnan(judged->milestone) ? target->value : judged->milestone;
    double wanted = printed(judged, number);
    switch (target->kind) {
        case TARGET_AT_LEAST: return met_or(judged, now >= wanted, now, wanted);
        case TARGET_AT_MOST: return met_or(judged, now <= wanted, now, wanted);
        case TARGET_ABOVE: return met_or(judged, now > wanted, now, wanted);
        case TARGET_BELOW: return met_or(judged, now < wanted, now, wanted);
        case TARGET_AROUND: {
            double distance = printed(judged, fabs(now - printed(judged, target->value)));
            bool met = distance <= target->tolerance;
            return met ? STATUS_MET
                       : is_near(judged, distance - target->tolerance, target->value) ? STATUS_NEAR
                                                                                      : STATUS_UNMET;
        }
        case TARGET_WITHIN: return judge_interval(judged, target, now);
        case TARGET_KEEPS_AT_LEAST: return judge_keeping(judged, wanted, now);
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

// ---- numbers of a target -----------------------------------------------------------------------

static bool target_side(const Target *target, TargetSide *side) {
    switch (target->kind) {
        case TARGET_AT_LEAST:
        case TARGET_ABOVE:
        case TARGET_KEEPS_AT_LEAST:
        case TARGET_RISES:
        case TARGET_NOT_BELOW:
        case TARGET_EVIDENCE: *side = TARGET_SIDE_UP; return true;
        case TARGET_AT_MOST:
        case TARGET_BELOW:
        case TARGET_FALLS:
        case TARGET_SLOWS:
        case TARGET_NARROWS:
        case TARGET_NOT_ABOVE: *side = TARGET_SIDE_DOWN; return true;
        case TARGET_ALL_OF:
        case TARGET_ANY_OF:
            for (size_t i = 0; i < target->part_count; i++)
                if (target_side(&target->parts[i], side)) return true;
            return false;
        case TARGET_AROUND:
        case TARGET_WITHIN:
        case TARGET_KIND_COUNT: break;
    }
    return false;
}

// The part of a target that has a number to go to; NULL when none has.
static const Target *numeric_part(const Target *target) {
    for (size_t i = 0; i < target->part_count; i++) {
        const Target *part = numeric_part(&target->parts[i]);
        if (part) return part;
    }
    bool numeric = target->kind == TARGET_NOT_BELOW || target->kind == TARGET_NOT_ABOVE ||
                   (target->part_count == 0 && !isnan(target->value));
    return numeric ? target : NULL;
}

static double target_number(const Judged *judged, const Target *target) {
    if (!target) return NAN;
    if (target->kind == TARGET_NOT_BELOW || target->kind == TARGET_NOT_ABOVE)
        return other_value(judged, target);
    return target->value;
}

static double milestone_of(const Indicator *indicator, int year) {
    for (size_t i = 0; i < indicator->milestone_count; i++)
        if (indicator->milestones[i].year >= year) return indicator->milestones[i].value;
    return NAN;
}

static bool applies_to(const Indicator *indicator, const char *code) {
    if (indicator->applies_to_count == 0) return true;
    for (size_t i = 0; i < indicator->applies_to_count; i++)
        if (strcmp(indicator->applies_to[i], code) == 0) return true;
    return false;
}

// ---- metrics -----------------------------------------------------------------------------------

// The difference of two decimal figures without the noise of binary: 80 − 79.9 is 0.1, which would
// otherwise be cut to 0.0.
static double difference(double minuend, double subtrahend) {
    return decimal_round(minuend - subtrahend, 9, ROUNDING_HALF_UP);
}

static double gap_of(const Target *part, double value, double target) {
    TargetSide side;
    if (!part || isnan(target)) return NAN;
    if (part->kind == TARGET_AROUND)
        return fmax(0, difference(fabs(difference(value, target)), part->tolerance));
    if (!target_side(part, &side)) return NAN;
    return fmax(0, side == TARGET_SIDE_UP ? difference(target, value) : difference(value, target));
}

static void fill_forecast(const Judged *judged, const Target *part, double target, double *metrics,
                          bool met) {
    ForecastModel model;
    TargetSide side;
    if (met) metrics[METRIC_REACH_YEAR] = judged->year;
    if (!forecast_fit(judged->indicator->forecast, judged->years, judged->values, judged->count, &model))
        return;
    metrics[METRIC_FORECAST] = forecast_at(&model, judged->year + 1);
    forecast_interval(&model, judged->year + 1, &metrics[METRIC_FORECAST_LOW],
                      &metrics[METRIC_FORECAST_HIGH]);
    metrics[METRIC_FORECAST_FINAL] = forecast_at(&model, judged->plan->last_year);
    if (!met && part && !isnan(target) && part->kind != TARGET_AROUND && target_side(part, &side))
        metrics[METRIC_REACH_YEAR] =
            forecast_reach_year(&model, target, side, judged->year, FORECAST_HORIZON_YEARS);
}

static void fill_metrics(const Judged *judged, const Target *target, bool met, double *metrics) {
    const Target *part = numeric_part(target);
    double number = target_number(judged, part);
    TargetSide side;
    metrics[METRIC_VALUE] = judged->value;
    metrics[METRIC_PREVIOUS] =
        figure_value(judged->source, judged->indicator->series, -1, judged->year - 1, judged->region);
    metrics[METRIC_BASELINE] = judged->baseline;
    metrics[METRIC_TARGET] = number;
    double milestone = milestone_of(judged->indicator, judged->year);
    metrics[METRIC_MILESTONE] = isnan(milestone) ? number : milestone;
    if (part && part->kind != TARGET_EVIDENCE && target_side(part, &side))
        metrics[METRIC_PROGRESS] = progress_toward(judged->value, judged->baseline, number, side);
    metrics[METRIC_PACE] =
        progress_pace(judged->year, judged->plan->baseline_year, judged->plan->last_year);
    metrics[METRIC_CHANGE] = difference(judged->value, metrics[METRIC_PREVIOUS]);
    metrics[METRIC_YEARS_OF_DATA] = (double)judged->count;
    metrics[METRIC_RECENT_CHANGE] =
        progress_recent_change(judged->years, judged->values, judged->count);
    metrics[METRIC_VOLATILITY] = volatility_of(judged->years, judged->values, judged->count);
    if (isnan(judged->value)) return; // what looks ahead starts from this year's value
    metrics[METRIC_GAP] = gap_of(part, judged->value, number);
    metrics[METRIC_REQUIRED_CHANGE] =
        metrics[METRIC_GAP] == 0 ? 0
                                 : progress_required_change(judged->value, number, judged->year,
                                                            judged->plan->last_year);
    fill_forecast(judged, part, number, metrics, met);
}

// Figures beyond what results may hold (a division in a formula gone wild) count as missing.
static void drop_unusable(double *metrics) {
    for (int m = 0; m < METRIC_COUNT; m++) {
        if (!isfinite(metrics[m]) || fabs(metrics[m]) > 1e15) metrics[m] = NAN;
        if (metrics[m] == 0) metrics[m] = 0; // never −0
    }
}

void figure_indicator(const FigureSource *source, int index, int year, size_t region,
                      IndicatorResult *result) {
    const Indicator *indicator = &source->description->indicators[index];
    const Plan *plan = &source->description->plans[indicator->plan];
    int years[FIGURE_MAX_YEARS];
    double values[FIGURE_MAX_YEARS];
    for (int m = 0; m < METRIC_COUNT; m++)
        result->metrics[m] = NAN;
    if (year < plan->first_year || year > plan->last_year ||
        !applies_to(indicator, source->dataset->regions[region].code)) {
        memset(result->statuses, STATUS_NOT_APPLICABLE, sizeof result->statuses);
        return;
    }
    size_t count = figure_history(source, indicator->series, year, region, years, values);
    Judged judged = {.source = source,
                     .indicator = indicator,
                     .plan = plan,
                     .year = year,
                     .region = region,
                     .years = years,
                     .values = values,
                     .count = count,
                     .value = figure_value(source, indicator->series, -1, year, region),
                     .baseline = figure_value(source, indicator->series, -1, plan->baseline_year, region),
                     .milestone = NAN};
    if (isnan(judged.baseline)) judged.baseline = indicator->baseline;
    if (indicator->conventions.at == AT_MILESTONE) judged.milestone = milestone_of(indicator, year);
    for (size_t s = 0; s < MAX_TARGET_SETS && s < indicator->target_set_count; s++) {
        result->statuses[s] = (uint8_t)judge(&judged, &indicator->target_sets[s].target);
        judged.milestone = NAN; // milestones belong to the set that counts
    }
    const Target *own = &indicator->target_sets[0].target;
    judged.milestone = NAN;
    bool final_met = judge(&judged, own) == STATUS_MET;
    fill_metrics(&judged, own, final_met, result->metrics);
    drop_unusable(result->metrics);
}

void figure_peers(const FigureSource *source, int index, int year, size_t region,
                  IndicatorResult *result) {
    const Dataset *dataset = source->dataset;
    const Indicator *indicator = &source->description->indicators[index];
    size_t count = dataset->header->region_count;
    double *values = memory_new(count, sizeof *values);
    int32_t *ranks = memory_new(count, sizeof *ranks);
    int parent = dataset->regions[region].parent;
    size_t peers = 0, self = 0;
    for (size_t r = 0; r < count; r++) {
        if (dataset->regions[r].parent != parent) continue;
        if (r == region) self = peers;
        values[peers++] = figure_value(source, indicator->series, -1, year, r);
    }
    TargetSide side = TARGET_SIDE_UP;
    target_side(&indicator->target_sets[0].target, &side);
    double *metrics = result->metrics;
    metrics[METRIC_PEERS_MEAN] = summary_mean(values, peers);
    metrics[METRIC_PEERS_MEDIAN] = summary_median(values, peers);
    metrics[METRIC_PEERS_COUNT] = (double)summary_count(values, peers);
    if (indicator->conventions.rank_on == RANK_ON_PRINTED)
        for (size_t i = 0; i < peers; i++)
            values[i] = decimal_round(values[i], indicator->digits, indicator->conventions.rounding);
    rank_values(values, peers, side == TARGET_SIDE_UP, indicator->conventions.ties, ranks);
    metrics[METRIC_PEERS_RANK] = ranks[self] ? (double)ranks[self] : NAN;
    if (parent >= 0)
        metrics[METRIC_PARENT_VALUE] =
            figure_value(source, indicator->series, -1, year, (size_t)parent);
    drop_unusable(metrics);
    free(ranks);
    free(values);
}

int figure_on_track(const IndicatorResult *result) {
    double progress = result->metrics[METRIC_PROGRESS], pace = result->metrics[METRIC_PACE];
    return isnan(progress) || isnan(pace) ? -1 : progress >= pace;
}
