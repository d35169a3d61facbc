// Choosing, testing and reading forecasts: see forecast.h.
#include "core/stats/forecast.h"

#include <math.h>
#include <string.h>

#include "core/stats/distribution.h"
#include "core/stats/forecast_curve.h"

enum { LONGEST_SERIES = 60, BACKTEST_ORIGINS = 3 };

static const char *const METHOD_NAMES[] = {
    [FORECAST_OLS] = "ols",   [FORECAST_THEIL_SEN] = "theil_sen",
    [FORECAST_CAGR] = "cagr", [FORECAST_HOLT] = "holt",
    [FORECAST_GM11] = "gm11", [FORECAST_LEAST_ERROR] = "least_error",
};

typedef struct ObservedSeries {
    int years[LONGEST_SERIES];
    double values[LONGEST_SERIES];
    size_t count;
} ObservedSeries;

// The last values that are there, in ascending order of years.
static void collect_observed(const int *years, const double *values, size_t count,
                             ObservedSeries *series) {
    size_t first = count, observed = 0;
    while (first > 0 && observed < LONGEST_SERIES)
        if (isfinite(values[--first])) observed++;
    series->count = 0;
    for (size_t i = first; i < count; i++) {
        if (!isfinite(values[i])) continue;
        series->years[series->count] = years[i];
        series->values[series->count++] = values[i];
    }
}

// Rolling origin: each of the last observed values against the forecast made from those before.
static double backtest_error(ForecastMethod method, const ObservedSeries *series) {
    double sum = 0;
    int predicted = 0;
    for (size_t back = 1; back <= BACKTEST_ORIGINS && back < series->count; back++) {
        size_t origin = series->count - back;
        ForecastModel model;
        if (!forecast_curve_fit(method, series->years, series->values, origin, &model)) continue;
        sum += fabs(forecast_at(&model, series->years[origin]) - series->values[origin]);
        predicted++;
    }
    return predicted ? sum / predicted : NAN;
}

static bool fit_with_backtest(ForecastMethod method, const ObservedSeries *series,
                              ForecastModel *model) {
    if (!forecast_curve_fit(method, series->years, series->values, series->count, model))
        return false;
    model->backtest_error = backtest_error(method, series);
    return true;
}

static bool fit_least_error(const ObservedSeries *series, ForecastModel *model) {
    if (series->count == 0) return false;
    double margin = FORECAST_NOISE * fabs(series->values[series->count - 1]);
    bool found = false;
    for (ForecastMethod method = 0; method < FORECAST_METHOD_COUNT; method++) {
        ForecastModel candidate;
        if (!fit_with_backtest(method, series, &candidate)) continue;
        double least = found ? model->backtest_error : NAN, error = candidate.backtest_error;
        bool better = isnan(least) ? !isnan(error) : error < least - margin;
        if (found && !better) continue;
        *model = candidate;
        found = true;
    }
    return found;
}

bool forecast_fit(ForecastMethod method, const int *years, const double *values, size_t count,
                  ForecastModel *model) {
    ObservedSeries series;
    collect_observed(years, values, count, &series);
    if (method == FORECAST_LEAST_ERROR) return fit_least_error(&series, model);
    return fit_with_backtest(method, &series, model);
}

double forecast_at(const ForecastModel *model, double year) {
    double change = model->change_per_year * (year - model->last_year);
    return model->exponential ? model->level * exp(change) : model->level + change;
}

// √(h + h²/T), h years ahead after T years of growth.
static double drift_spread(const ForecastModel *model, double years_ahead) {
    double years_between = (double)model->last_year - model->first_year;
    return sqrt(years_ahead + years_ahead * years_ahead / years_between);
}

// √(1 + α²·Σ(1+jβ)²), j = 1…h−1, the sum multiplied out so that h need not be whole.
static double smoothing_spread(const ForecastModel *model, double years_ahead) {
    double alpha = model->level_smoothing, beta = model->trend_smoothing;
    double h = years_ahead / model->step_years;
    double sum = (h - 1) * (1 + beta * h + beta * beta * h * (2 * h - 1) / 6);
    return sqrt(1 + alpha * alpha * sum);
}

// √(1 + 1/m + (year−mean)²/squares), m residuals about a curve of two parameters.
static double curve_spread(const ForecastModel *model, double year) {
    double distance = year - model->mean_year;
    return sqrt(1 + 1.0 / (model->residual_degrees + 2) +
                distance * distance / model->year_squares);
}

bool forecast_interval(const ForecastModel *model, double year, double *low, double *high) {
    *low = *high = NAN;
    double ahead = year - model->last_year, middle = forecast_at(model, year);
    double reach =
        model->residual_deviation *
        distribution_student_quantile(FORECAST_UPPER_PROBABILITY, model->residual_degrees);
    switch (model->method) {
        case FORECAST_CAGR:
            if (!(ahead > 0)) return false;
            reach *= drift_spread(model, ahead);
            *low = middle * exp(-reach);
            *high = middle * exp(reach);
            return true;
        case FORECAST_HOLT:
            if (!(ahead > 0)) return false;
            reach *= smoothing_spread(model, ahead);
            break;
        default: reach *= curve_spread(model, year);
    }
    *low = middle - reach;
    *high = middle + reach;
    return true;
}

static bool has_reached(const ForecastModel *model, double threshold, TargetSide side,
                        double year) {
    double margin = FORECAST_NOISE * fmax(fabs(threshold), fabs(model->level));
    double forecast = forecast_at(model, year);
    return side == TARGET_SIDE_UP ? forecast >= threshold - margin : forecast <= threshold + margin;
}

// Where the curve equals the threshold; infinite or NaN when it never does.
static double crossing_year(const ForecastModel *model, double threshold) {
    double change = model->exponential ? log(threshold / model->level) : threshold - model->level;
    return model->last_year + change / model->change_per_year;
}

double forecast_reach_year(const ForecastModel *model, double threshold, TargetSide side,
                           int from_year, int horizon_years) {
    if (isnan(threshold) || horizon_years < 0) return NAN;
    if (has_reached(model, threshold, side, from_year)) return from_year;
    double last_year = (double)from_year + horizon_years;
    if (!has_reached(model, threshold, side, last_year)) return NAN;
    // Every curve is monotone, so it crosses once; fmin takes the horizon's end where only the
    // margin for noise made the end count as reached.
    return fmin(crossing_year(model, threshold), last_year);
}

const char *forecast_method_name(ForecastMethod method) {
    return (unsigned)method <= FORECAST_LEAST_ERROR ? METHOD_NAMES[method] : NULL;
}

bool forecast_method_from_name(const char *name, ForecastMethod *method) {
    for (ForecastMethod candidate = 0; candidate <= FORECAST_LEAST_ERROR; candidate++) {
        if (strcmp(name, METHOD_NAMES[candidate]) != 0) continue;
        *method = candidate;
        return true;
    }
    return false;
}
