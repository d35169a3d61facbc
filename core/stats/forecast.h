// Forecasts of a yearly series: five methods, an 80 % interval, a back-test error, and the year in
// which a target will be met.
//
// A series is `count` years, ascending without repeats, and the value of each; a missing value is
// NaN (infinities are taken as missing too), and at most the last 60 observed values are looked at.
// A model is a plain value without memory of its own. Whatever the method, its curve is a straight
// line or an exponential through `level` at `last_year`, so fractional years are welcome and a flat
// series is forecast flat to the last bit. Keeps no state: any thread may call.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/stats/progress.h"

// What each method takes from the series, and what it needs.
// The equally spaced tail is the longest run of observed values that ends at the last one and whose
// years keep the same distance: one year as a rule, five for a five-yearly survey. A gap cuts off
// what lies before it.
typedef enum ForecastMethod {
    FORECAST_OLS,       // least squares line through the last 5 observed values; needs 3
    FORECAST_THEIL_SEN, // Theil-Sen line through the last 10 observed values; needs 3
    FORECAST_CAGR,      // compound growth over the last 5 observed values; needs 3, all positive
    FORECAST_HOLT,      // Holt's linear smoothing of the equally spaced tail; needs 4
    FORECAST_GM11,      // grey model GM(1,1) of the equally spaced tail; needs 4, all positive
    FORECAST_METHOD_COUNT,
    // Not a method of its own: the fitted one with the least back-test error.
    FORECAST_LEAST_ERROR = FORECAST_METHOD_COUNT
} ForecastMethod;

// What the formulas below fix, for whoever computes them over columns (columns.h).
enum { FORECAST_OLS_VALUES = 5, FORECAST_LINE_LEAST_VALUES = 3 };
#define FORECAST_NOISE 1e-9            // relative; nearer figures are the same
#define FORECAST_UPPER_PROBABILITY 0.9 // 80 % lie between the 10 % and the 90 % quantile

typedef struct ForecastModel {
    ForecastMethod method; // the one fitted, never FORECAST_LEAST_ERROR
    size_t values_used;
    int first_year, last_year; // of the values used

    // Mean absolute error, in the series' unit, of predicting each of the last three observed
    // values from those before it; where a method cannot be fitted to those before, that value is
    // left out. NaN when none is left.
    double backtest_error;

    bool exponential;       // level·e^(change_per_year·h), else level + change_per_year·h
    double level;           // of the curve at last_year
    double change_per_year; // h above is the year minus last_year

    double residual_deviation;      // standard deviation of the residuals (of logarithms for CAGR)
    int residual_degrees;           // degrees of freedom of residual_deviation
    double mean_year;               // OLS, Theil-Sen, GM(1,1): of the residuals' years
    double year_squares;            // OLS, Theil-Sen, GM(1,1): Σ(year−mean_year)²
    int step_years;                 // Holt, GM(1,1): the distance between two values
    double level_smoothing;         // Holt: α
    double trend_smoothing;         // Holt: β
    double development_coefficient; // GM(1,1): a
    double grey_input;              // GM(1,1): b
    double response_scale;          // GM(1,1): x(1)−b/a; with the next one the time response
    double response_offset; // GM(1,1): b/a    x̂(k+1) = scale·e^(−a·k) + offset; NaN for a = 0
    double posterior_ratio; // GM(1,1): C, below 0.35 good, 0.5 fair, 0.65 barely fit; NaN when flat
} ForecastModel;

// Fits the method to the series. The formulas, with x values and n of them used:
// - OLS: the ordinary least squares line.
// - Theil-Sen (Sen, JASA 63, 1968): slope m = median of (xj−xi)/(yearj−yeari) over all pairs,
//   level = median of x − m·year. One value out of line does not move it.
// - CAGR: (last/first)^(1/(years between)), continued from the last value.
// - Holt (1957): level₂ = x₂, trend₂ = x₂−x₁, then with the one-step error e = x − level − trend:
//   level += trend + α·e, trend += α·β·e. α and β are the pair of 0.1, 0.2 … 0.9 with the least sum
//   of squared errors; of equal ones the smaller α, then the smaller β.
// - GM(1,1) (Deng, Control problems of grey systems, 1982): X the cumulated values, z(k) the mean
//   of X(k−1) and X(k); a and b solve x(k) = −a·z(k) + b, k = 2…n, by least squares; the forecast
//   is x̂(k+1) = (1−e^a)(x(1)−b/a)·e^(−a·k). C is the standard deviation of the residuals over
//   that of the values, both with divisor n, the first residual being 0.
// FORECAST_LEAST_ERROR fits all that can be fitted and keeps the one with the least backtest_error,
// of equal ones the first in the enum's order; errors closer than a 1e-9 part of the last value
// are equal, so that rounding noise does not choose. A method without a back-test comes after
// every method with one.
// False, with the model left alone, when the series does not give the method what it needs.
bool forecast_fit(ForecastMethod method, const int *years, const double *values, size_t count,
                  ForecastModel *model);

// The curve at any year, fractional or past: in the past it is the fit, not the observed value.
double forecast_at(const ForecastModel *model, double year);

// The interval that holds the value of that year with 80 % probability, t being the 0.9 quantile of
// Student's t with residual_degrees and s residual_deviation:
// - OLS: forecast ± t·s·√(1 + 1/n + (year−mean_year)²/year_squares), s with divisor n−2: exact for
//   independent normal errors.
// - Theil-Sen: the same formula with the residuals of its own line; approximate.
// - GM(1,1): the same over the n−1 values after the first, s with divisor n−3; approximate.
// - CAGR: a random walk with drift in logarithms: forecast·e^(±t·s·√(h + h²/T)), h years ahead,
//   T years between the first and the last value; s² = Σ(d−g·w)²/w/(n−2) over the log changes d
//   across w years, g the mean log change per year.
// - Holt: forecast ± t·s·√(1 + α²·Σ(1+jβ)²), j = 1…h−1 with h steps ahead (Hyndman and others,
//   Forecasting with Exponential Smoothing, 2008, chapter 6), the sum in closed form so that h may
//   be fractional; s² is the mean squared one-step error, of n−2 degrees.
// False, with both bounds NaN, for CAGR and Holt at a year not after last_year.
bool forecast_interval(const ForecastModel *model, double year, double *low, double *high);

// The first year, fractional, from `from_year` on and at most `horizon_years` later at which the
// forecast is on the threshold's side or on it; NaN when there is none, or the threshold is NaN.
// A forecast nearer to the threshold than a 1e-9 part of the larger of threshold and level has
// reached it. 2027.0 stands for the value of 2027 itself.
double forecast_reach_year(const ForecastModel *model, double threshold, TargetSide side,
                           int from_year, int horizon_years);

// "ols", "theil_sen", "cagr", "holt", "gm11", "least_error"; NULL for any other number.
const char *forecast_method_name(ForecastMethod method);
// The reverse; false, with `method` left alone, for any other text.
bool forecast_method_from_name(const char *name, ForecastMethod *method);
