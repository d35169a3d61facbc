// The five curve fits: see forecast_curve.h.
//
// Years are counted from the last one and values are averaged as distances from the last one: the
// numbers stay small, and a flat series comes out flat without rounding noise.
#include "core/stats/forecast_curve.h"

#include <math.h>

#include "core/stats/summary.h"

enum {
    THEIL_SEN_VALUES = 10,
    CAGR_VALUES = 5,
    TAIL_LEAST_VALUES = 4,
    SMOOTHING_STEPS = 10, // Holt's constants are 1/10, 2/10 … 9/10
};

// The part of a series that a method looks at.
typedef struct Window {
    const int *years;
    const double *values;
    size_t count;
} Window;

static Window last_values(Window series, size_t most) {
    size_t skip = series.count > most ? series.count - most : 0;
    return (Window){series.years + skip, series.values + skip, series.count - skip};
}

static long long step_before(Window series, size_t index) {
    return (long long)series.years[index] - series.years[index - 1];
}

static Window equally_spaced_tail(Window series) {
    size_t first = series.count - 1;
    while (first > 0 && step_before(series, first) == step_before(series, series.count - 1))
        first--;
    return last_values(series, series.count - first);
}

static bool all_positive(Window window) {
    return summary_minimum(window.values, window.count) > 0;
}

static double year_from_last(Window window, size_t index) {
    return (double)window.years[index] - window.years[window.count - 1];
}

static ForecastModel new_model(ForecastMethod method, Window window) {
    return (ForecastModel){.method = method,
                           .values_used = window.count,
                           .first_year = window.years[0],
                           .last_year = window.years[window.count - 1],
                           .backtest_error = NAN};
}

// The mean that is exact when all values are equal.
static double steady_mean(const double *values, size_t count) {
    double last = values[count - 1], sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i] - last;
    return last + sum / (double)count;
}

// Sets what forecast_interval needs for a curve whose error grows with the distance from the
// middle of the values: the residuals of the values from `first` on, and how their years spread.
static void measure_residuals(ForecastModel *model, Window window, size_t first, int parameters) {
    size_t count = window.count - first;
    double squares = 0, year_sum = 0;
    for (size_t i = first; i < window.count; i++) {
        double residual = window.values[i] - forecast_at(model, window.years[i]);
        squares += residual * residual;
        year_sum += year_from_last(window, i);
    }
    double mean = year_sum / (double)count;
    for (size_t i = first; i < window.count; i++) {
        double distance = year_from_last(window, i) - mean;
        model->year_squares += distance * distance;
    }
    model->mean_year = model->last_year + mean;
    model->residual_degrees = (int)count - parameters;
    model->residual_deviation = sqrt(squares / model->residual_degrees);
}

static bool fit_ols(Window series, ForecastModel *model) {
    Window window = last_values(series, FORECAST_OLS_VALUES);
    if (window.count < FORECAST_LINE_LEAST_VALUES) return false;
    double mean_value = steady_mean(window.values, window.count), year_sum = 0;
    for (size_t i = 0; i < window.count; i++)
        year_sum += year_from_last(window, i);
    double mean_year = year_sum / (double)window.count;
    double products = 0, squares = 0;
    for (size_t i = 0; i < window.count; i++) {
        double distance = year_from_last(window, i) - mean_year;
        products += distance * (window.values[i] - mean_value);
        squares += distance * distance;
    }
    *model = new_model(FORECAST_OLS, window);
    model->change_per_year = products / squares;
    model->level = mean_value - model->change_per_year * mean_year;
    measure_residuals(model, window, 0, 2);
    return true;
}

static bool fit_theil_sen(Window series, ForecastModel *model) {
    Window window = last_values(series, THEIL_SEN_VALUES);
    if (window.count < FORECAST_LINE_LEAST_VALUES) return false;
    double slopes[THEIL_SEN_VALUES * (THEIL_SEN_VALUES - 1) / 2], levels[THEIL_SEN_VALUES];
    size_t pairs = 0;
    for (size_t j = 1; j < window.count; j++)
        for (size_t i = 0; i < j; i++)
            slopes[pairs++] = (window.values[j] - window.values[i]) /
                              (year_from_last(window, j) - year_from_last(window, i));
    *model = new_model(FORECAST_THEIL_SEN, window);
    model->change_per_year = summary_median(slopes, pairs);
    for (size_t i = 0; i < window.count; i++)
        levels[i] = window.values[i] - model->change_per_year * year_from_last(window, i);
    model->level = summary_median(levels, window.count);
    measure_residuals(model, window, 0, 2);
    return true;
}

static bool fit_cagr(Window series, ForecastModel *model) {
    Window window = last_values(series, CAGR_VALUES);
    if (window.count < FORECAST_LINE_LEAST_VALUES || !all_positive(window)) return false;
    *model = new_model(FORECAST_CAGR, window);
    model->exponential = true;
    model->level = window.values[window.count - 1];
    model->change_per_year = log(model->level / window.values[0]) / -year_from_last(window, 0);
    double squares = 0;
    for (size_t i = 1; i < window.count; i++) {
        double years_between = (double)step_before(window, i);
        double unexplained =
            log(window.values[i] / window.values[i - 1]) - model->change_per_year * years_between;
        squares += unexplained * unexplained / years_between;
    }
    model->residual_degrees = (int)window.count - 2;
    model->residual_deviation = sqrt(squares / model->residual_degrees);
    return true;
}

// Runs Holt's recursion through the window; returns the sum of the squared one-step errors.
static double smooth(Window window, double level_smoothing, double trend_smoothing, double *level,
                     double *trend) {
    double squares = 0;
    *level = window.values[1];
    *trend = window.values[1] - window.values[0];
    for (size_t i = 2; i < window.count; i++) {
        double error = window.values[i] - (*level + *trend);
        *level += *trend + level_smoothing * error;
        *trend += level_smoothing * trend_smoothing * error;
        squares += error * error;
    }
    return squares;
}

static bool fit_holt(Window series, ForecastModel *model) {
    Window window = equally_spaced_tail(series);
    if (window.count < TAIL_LEAST_VALUES) return false;
    *model = new_model(FORECAST_HOLT, window);
    double least = INFINITY, trend = 0;
    for (int i = 1; i < SMOOTHING_STEPS; i++) {
        for (int j = 1; j < SMOOTHING_STEPS; j++) {
            double alpha = (double)i / SMOOTHING_STEPS, beta = (double)j / SMOOTHING_STEPS;
            double tried_level, tried_trend;
            double squares = smooth(window, alpha, beta, &tried_level, &tried_trend);
            if (!(squares < least)) continue;
            least = squares;
            trend = tried_trend;
            model->level = tried_level;
            model->level_smoothing = alpha;
            model->trend_smoothing = beta;
        }
    }
    model->step_years = window.years[1] - window.years[0];
    model->change_per_year = trend / model->step_years;
    model->residual_degrees = (int)window.count - 2;
    model->residual_deviation = sqrt(least / model->residual_degrees);
    return true;
}

// Least squares of x(k) = −a·z(k) + b over k = 2…n, z(k) the mean of neighbouring cumulated values.
static void solve_grey_equation(Window window, double *development, double *input) {
    size_t equations = window.count - 1;
    double cumulated = window.values[0], background_sum = 0;
    for (size_t k = 1; k < window.count; k++) {
        background_sum += cumulated + window.values[k] / 2;
        cumulated += window.values[k];
    }
    double mean_background = background_sum / (double)equations;
    double mean_value = steady_mean(window.values + 1, equations);
    double products = 0, squares = 0;
    cumulated = window.values[0];
    for (size_t k = 1; k < window.count; k++) {
        double distance = cumulated + window.values[k] / 2 - mean_background;
        products += distance * (window.values[k] - mean_value);
        squares += distance * distance;
        cumulated += window.values[k];
    }
    *development = -products / squares;
    *input = mean_value + *development * mean_background;
}

// C: the residuals' deviation over the values', the first residual being 0 by construction.
static double posterior_ratio(const ForecastModel *model, Window window) {
    double spread = summary_population_deviation(window.values, window.count);
    double sum = 0, squares = 0;
    for (size_t k = 1; k < window.count; k++) {
        double residual = window.values[k] - forecast_at(model, window.years[k]);
        sum += residual;
        squares += residual * residual;
    }
    double count = (double)window.count, mean = sum / count;
    return spread > 0 ? sqrt(fmax(0, squares / count - mean * mean)) / spread : NAN;
}

static bool fit_grey(Window series, ForecastModel *model) {
    Window window = equally_spaced_tail(series);
    if (window.count < TAIL_LEAST_VALUES || !all_positive(window)) return false;
    double a, b, first = window.values[0];
    solve_grey_equation(window, &a, &b);
    *model = new_model(FORECAST_GM11, window);
    model->step_years = window.years[1] - window.years[0];
    model->development_coefficient = a;
    model->grey_input = b;
    model->response_offset = a != 0 ? b / a : NAN;
    model->response_scale = first - model->response_offset;
    // (1−e^a)(first−b/a), written so that it tends to b where a tends to 0.
    double restored = (a != 0 ? b * (expm1(a) / a) : b) - first * expm1(a);
    model->exponential = true;
    model->level = restored * exp(-a * (double)(window.count - 1));
    model->change_per_year = -a / model->step_years;
    measure_residuals(model, window, 1, 2);
    model->posterior_ratio = posterior_ratio(model, window);
    return true;
}

bool forecast_curve_fit(ForecastMethod method, const int *years, const double *values, size_t count,
                        ForecastModel *model) {
    static bool (*const fits[FORECAST_METHOD_COUNT])(Window, ForecastModel *) = {
        [FORECAST_OLS] = fit_ols,   [FORECAST_THEIL_SEN] = fit_theil_sen,
        [FORECAST_CAGR] = fit_cagr, [FORECAST_HOLT] = fit_holt,
        [FORECAST_GM11] = fit_grey,
    };
    if ((unsigned)method >= FORECAST_METHOD_COUNT || count == 0) return false;
    ForecastModel fitted;
    if (!fits[method]((Window){years, values, count}, &fitted)) return false;
    if (!isfinite(fitted.level) || !isfinite(fitted.change_per_year)) return false;
    *model = fitted;
    return true;
}
