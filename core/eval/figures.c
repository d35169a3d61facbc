// Metrics and statuses: see figures.h.
#include "core/eval/figures.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/memory.h"
#include "core/eval/judge.h"
#include "core/stats/progress.h"
#include "core/stats/volatility.h"

enum { YEARS_BEFORE_BASELINE = 20 };
static const double LARGEST_FIGURE = 1e15;

void figure_source_init(FigureSource *source, const Description *description,
                        const Dataset *dataset, int year, double *derived) {
    size_t width = description->breakdown_count + 1;
    size_t cells = (size_t)dataset->header->year_count * dataset->header->region_stride;
    *source = (FigureSource){.description = description,
                             .dataset = dataset,
                             .first_year = figure_first_year(description, year),
                             .columns = memory_new(description->series_count * width, sizeof(int)),
                             .derived = memory_new(description->indicator_count, sizeof(double *)),
                             .kernels = true};
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
    for (size_t f = 0; f < description->formula_count; f++)
        source->derived[description->formula_order[f]] = derived + f * cells;
}

void figure_source_free(FigureSource *source) {
    free(source->derived);
    free(source->columns);
    *source = (FigureSource){0};
}

size_t figure_derived_cells(const Description *description, const Dataset *dataset) {
    return description->formula_count * dataset->header->year_count *
           dataset->header->region_stride;
}

int figure_first_year(const Description *description, int year) {
    int first = year;
    for (size_t p = 0; p < description->plan_count; p++)
        if (description->plans[p].baseline_year < first)
            first = description->plans[p].baseline_year;
    // Forecasts may look at values from before the baseline.
    first -= YEARS_BEFORE_BASELINE;
    return first <= year - FIGURE_MAX_YEARS ? year - FIGURE_MAX_YEARS + 1 : first;
}

const double *figure_column(const FigureSource *source, int series, int breakdown, int year,
                            size_t first) {
    const DatasetHeader *header = source->dataset->header;
    const Series *about = &source->description->series[series];
    int offset = year - header->first_year;
    if (offset < 0 || offset >= (int)header->year_count) return NULL;
    if (breakdown < 0 && about->indicator >= 0 && source->derived[about->indicator])
        return source->derived[about->indicator] + (size_t)offset * header->region_stride + first;
    size_t width = source->description->breakdown_count + 1;
    int column = source->columns[(size_t)series * width + (size_t)(breakdown + 1)];
    const double *values = dataset_column_year(source->dataset, column, year);
    return values ? values + first : NULL;
}

double figure_value(const FigureSource *source, int series, int breakdown, int year,
                    size_t region) {
    const Series *about = &source->description->series[series];
    const double *column = figure_column(source, series, breakdown, year, region);
    double value = column ? *column : NAN;
    return isnan(value) && about->kind == SERIES_FACT ? about->default_value : value;
}

size_t figure_history(const FigureSource *source, int series, int year, size_t region, int *years,
                      double *values) {
    int first = source->first_year;
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
    metrics[METRIC_FORECAST_ERROR] = model->backtest_error;
}

static bool wants(uint32_t needed, Metric metric) {
    return needed >> metric & 1;
}

static const uint32_t OUTLOOK_METRICS = 1u << METRIC_TARGET | 1u << METRIC_MILESTONE |
                                        1u << METRIC_PROGRESS | 1u << METRIC_GAP |
                                        1u << METRIC_REQUIRED_CHANGE | 1u << METRIC_REACH_YEAR;
static const uint32_t FORECAST_METRICS = 1u << METRIC_FORECAST | 1u << METRIC_FORECAST_LOW |
                                         1u << METRIC_FORECAST_HIGH | 1u << METRIC_FORECAST_FINAL |
                                         1u << METRIC_REACH_YEAR | 1u << METRIC_FORECAST_ERROR;

static void fill_outlook(const Judged *judged, const Target *target, const ForecastModel *model,
                         double *metrics) {
    Outlook outlook = outlook_of(judged, target, model);
    double milestone = judge_milestone(judged->indicator, judged->year);
    metrics[METRIC_TARGET] = outlook.number;
    metrics[METRIC_MILESTONE] = isnan(milestone) ? outlook.number : milestone;
    metrics[METRIC_PROGRESS] = outlook.progress;
    metrics[METRIC_GAP] = outlook.gap;
    metrics[METRIC_REQUIRED_CHANGE] = outlook.required;
    metrics[METRIC_REACH_YEAR] = outlook.reach;
}

// One event's share of the rate: by the population where it is named, else as the rate tells it.
static double rate_of_one(const FigureSource *source, const Indicator *indicator, int year,
                          size_t region, double rate, double events) {
    if (indicator->among < 0) return rate / events;
    return indicator->per / figure_value(source, indicator->among, -1, year, region);
}

void figure_count_interval(const FigureSource *source, const Indicator *indicator, int year,
                           size_t region, double *low, double *high) {
    *low = *high = NAN;
    if (indicator->counts < 0) return;
    double rate = figure_value(source, indicator->series, -1, year, region);
    double events = figure_value(source, indicator->counts, -1, year, region);
    if (isnan(rate) || !volatility_poisson_interval(events, low, high)) return;
    double one = rate_of_one(source, indicator, year, region, rate, events);
    *low = events > 0 ? *low * one : 0;
    *high *= one;
}

double figure_forecast_error(const FigureSource *source, const Indicator *indicator, int year,
                             size_t region) {
    int years[FIGURE_MAX_YEARS];
    double values[FIGURE_MAX_YEARS];
    ForecastModel model;
    size_t count = figure_history(source, indicator->series, year, region, years, values);
    bool fitted = count > 0 && years[count - 1] == year &&
                  forecast_fit(indicator->forecast, years, values, count, &model);
    return fitted ? model.backtest_error : NAN;
}

static void fill_metrics(const Judged *judged, const Target *target, uint32_t needed,
                         double *metrics) {
    metrics[METRIC_VALUE] = judged->value;
    metrics[METRIC_PREVIOUS] = figure_value(judged->source, judged->indicator->series, -1,
                                            judged->year - 1, judged->region);
    metrics[METRIC_BASELINE] = judged->baseline;
    metrics[METRIC_PACE] =
        progress_pace(judged->year, judged->plan->baseline_year, judged->plan->last_year);
    // Without the noise of binary, which truncation would show.
    if (wants(needed, METRIC_CHANGE))
        metrics[METRIC_CHANGE] =
            decimal_round(judged->value - metrics[METRIC_PREVIOUS], 9, ROUNDING_HALF_UP);
    metrics[METRIC_YEARS_OF_DATA] = (double)judged->count;
    if (wants(needed, METRIC_RECENT_CHANGE))
        metrics[METRIC_RECENT_CHANGE] =
            progress_recent_change(judged->years, judged->values, judged->count);
    if (wants(needed, METRIC_VOLATILITY))
        metrics[METRIC_VOLATILITY] = volatility_of(judged->years, judged->values, judged->count);
    if (needed & (1u << METRIC_COUNT_LOW | 1u << METRIC_COUNT_HIGH))
        figure_count_interval(judged->source, judged->indicator, judged->year, judged->region,
                              &metrics[METRIC_COUNT_LOW], &metrics[METRIC_COUNT_HIGH]);
    // What looks ahead starts from this year's value.
    ForecastModel model;
    bool fitted = needed & FORECAST_METRICS && !isnan(judged->value) &&
                  forecast_fit(judged->indicator->forecast, judged->years, judged->values,
                               judged->count, &model);
    if (fitted) fill_forecast(judged, &model, metrics);
    if (needed & OUTLOOK_METRICS) fill_outlook(judged, target, fitted ? &model : NULL, metrics);
}

double figure_plain(double value) {
    if (!isfinite(value) || fabs(value) > LARGEST_FIGURE) return __builtin_nan("");
    return value == 0 ? 0 : value; // never −0
}

// Figures beyond what results may hold (a division in a formula gone wild) count as missing, and
// those nobody asked for are.
static void drop_unusable(double *metrics, uint32_t needed) {
    for (int m = 0; m < METRIC_COUNT; m++)
        metrics[m] = figure_plain(wants(needed, (Metric)m) ? metrics[m] : NAN);
}

static bool is_judged(const FigureSource *source, const Indicator *indicator, int year,
                      size_t region) {
    const Plan *plan = &source->description->plans[indicator->plan];
    return year >= plan->first_year && year <= plan->last_year &&
           applies_to(indicator, source->dataset->regions[region].code);
}

void figure_indicator(const FigureSource *source, int index, int year, size_t region,
                      uint32_t needed, IndicatorResult *result) {
    const Indicator *indicator = &source->description->indicators[index];
    const Plan *plan = &source->description->plans[indicator->plan];
    int years[FIGURE_MAX_YEARS];
    double values[FIGURE_MAX_YEARS];
    for (int m = 0; m < METRIC_COUNT; m++)
        result->metrics[m] = NAN;
    if (!is_judged(source, indicator, year, region)) {
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
    fill_metrics(&judged, &indicator->target_sets[0].target, needed, result->metrics);
    drop_unusable(result->metrics, needed);
}
