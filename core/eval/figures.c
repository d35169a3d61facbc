// Metrics and statuses: see figures.h.
#include "core/eval/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/memory.h"
#include "core/eval/judge.h"
#include "core/stats/progress.h"
#include "core/stats/rank.h"
#include "core/stats/summary.h"
#include "core/stats/volatility.h"

void figure_source_init(FigureSource *source, const Description *description,
                        const Dataset *dataset) {
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
            row[b + 1] =
                dataset_column(&columns, description->series[s].id, description->breakdowns[b].id);
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

static double derived_value(const FigureSource *source, const double *derived, int year,
                            size_t region) {
    const DatasetHeader *header = source->dataset->header;
    int offset = year - header->first_year;
    if (offset < 0 || offset >= (int)header->year_count) return NAN;
    return derived[(size_t)offset * header->region_count + region];
}

double figure_value(const FigureSource *source, int series, int breakdown, int year,
                    size_t region) {
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

static bool applies_to(const Indicator *indicator, const char *code) {
    if (indicator->applies_to_count == 0) return true;
    for (size_t i = 0; i < indicator->applies_to_count; i++)
        if (strcmp(indicator->applies_to[i], code) == 0) return true;
    return false;
}

// ---- metrics -----------------------------------------------------------------------------------

// A straight line does not know that a death rate cannot be below 0 or a share above 100 %: a
// series that never was outside such a bound is not forecast outside it either.
static double bounded(const Judged *judged, double forecast) {
    bool positive = true, share = strcmp(judged->indicator->unit, "%") == 0;
    for (size_t i = 0; i < judged->count; i++) {
        positive = positive && judged->values[i] >= 0;
        share = share && judged->values[i] <= 100;
    }
    if (positive && forecast < 0) return 0;
    return share && forecast > 100 ? 100 : forecast;
}

static void fill_forecast(const Judged *judged, const ForecastModel *model, double *metrics) {
    double low, high;
    forecast_interval(model, judged->year + 1, &low, &high);
    metrics[METRIC_FORECAST] = bounded(judged, forecast_at(model, judged->year + 1));
    metrics[METRIC_FORECAST_LOW] = bounded(judged, low);
    metrics[METRIC_FORECAST_HIGH] = bounded(judged, high);
    metrics[METRIC_FORECAST_FINAL] = bounded(judged, forecast_at(model, judged->plan->last_year));
}

static void fill_metrics(const Judged *judged, const Target *target, double *metrics) {
    metrics[METRIC_VALUE] = judged->value;
    metrics[METRIC_PREVIOUS] = figure_value(judged->source, judged->indicator->series, -1,
                                            judged->year - 1, judged->region);
    metrics[METRIC_BASELINE] = judged->baseline;
    metrics[METRIC_PACE] =
        progress_pace(judged->year, judged->plan->baseline_year, judged->plan->last_year);
    // Without the noise of binary, which truncation would show.
    metrics[METRIC_CHANGE] =
        decimal_round(judged->value - metrics[METRIC_PREVIOUS], 9, ROUNDING_HALF_UP);
    metrics[METRIC_YEARS_OF_DATA] = (double)judged->count;
    metrics[METRIC_RECENT_CHANGE] =
        progress_recent_change(judged->years, judged->values, judged->count);
    metrics[METRIC_VOLATILITY] = volatility_of(judged->years, judged->values, judged->count);

    // What looks ahead starts from this year's value.
    ForecastModel model;
    bool fitted = !isnan(judged->value) && forecast_fit(judged->indicator->forecast, judged->years,
                                                        judged->values, judged->count, &model);
    if (fitted) fill_forecast(judged, &model, metrics);
    Outlook outlook = outlook_of(judged, target, fitted ? &model : NULL);
    double milestone = judge_milestone(judged->indicator, judged->year);
    metrics[METRIC_TARGET] = outlook.number;
    metrics[METRIC_MILESTONE] = isnan(milestone) ? outlook.number : milestone;
    metrics[METRIC_PROGRESS] = outlook.progress;
    metrics[METRIC_GAP] = outlook.gap;
    metrics[METRIC_REQUIRED_CHANGE] = outlook.required;
    metrics[METRIC_REACH_YEAR] = outlook.reach;
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
                     .baseline =
                         figure_value(source, indicator->series, -1, plan->baseline_year, region),
                     .at_milestone = indicator->conventions.at == AT_MILESTONE};
    if (isnan(judged.baseline)) judged.baseline = indicator->baseline;
    for (size_t s = 0; s < MAX_TARGET_SETS && s < indicator->target_set_count; s++) {
        result->statuses[s] = (uint8_t)judge(&judged, &indicator->target_sets[s].target);
        judged.at_milestone = false; // milestones belong to the set that counts
    }
    judged.at_milestone = false;
    fill_metrics(&judged, &indicator->target_sets[0].target, result->metrics);
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
    double *metrics = result->metrics;
    metrics[METRIC_PEERS_MEAN] = summary_mean(values, peers);
    metrics[METRIC_PEERS_MEDIAN] = summary_median(values, peers);
    metrics[METRIC_PEERS_COUNT] = (double)summary_count(values, peers);
    for (size_t i = 0; i < peers; i++) {
        if (indicator->conventions.rank_on == RANK_ON_PRINTED)
            values[i] =
                decimal_round(values[i], indicator->digits, indicator->conventions.rounding);
        values[i] = judge_distance(&indicator->target_sets[0].target, values[i]);
    }
    rank_values(values, peers, false, indicator->conventions.ties, ranks);
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
