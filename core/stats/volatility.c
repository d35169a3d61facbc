// Volatility of a series and the Poisson interval of a count: see volatility.h.
#include "core/stats/volatility.h"

#include <math.h>

#include "core/stats/distribution.h"
#include "core/stats/summary.h"

static const double EXACT_EVENTS = 100000;
static const double NORMAL_975 = 1.959963984540054; // Φ⁻¹(0.975)

double volatility_of(const int *years, const double *values, size_t count) {
    double levels[VOLATILITY_VALUES], changes[VOLATILITY_VALUES];
    size_t observed = 0, changed = 0;
    int later_year = 0;
    for (size_t i = count; i-- > 0 && observed < VOLATILITY_VALUES;) {
        if (isnan(values[i])) continue;
        if (observed > 0 && (long long)later_year - years[i] == 1)
            changes[changed++] = levels[observed - 1] - values[i];
        levels[observed++] = values[i];
        later_year = years[i];
    }
    if (changed < VOLATILITY_LEAST_CHANGES) return NAN;
    double level = fabs(summary_mean(levels, observed));
    return level > 0 ? summary_sample_deviation(changes, changed) / level : NAN;
}

// Wilson and Hilferty, "The distribution of chi-square", PNAS 17 (1931): the cube root of a gamma
// variable is nearly normal.
static double gamma_quantile_near(double shape, double normal_quantile) {
    double root = 1 - 1 / (9 * shape) + normal_quantile / (3 * sqrt(shape));
    return shape * root * root * root;
}

bool volatility_poisson_interval(double events, double *low, double *high) {
    *low = *high = NAN;
    if (!(events >= 0) || isinf(events)) return false;
    if (events > EXACT_EVENTS) {
        *low = gamma_quantile_near(events, -NORMAL_975);
        *high = gamma_quantile_near(events + 1, NORMAL_975);
        return true;
    }
    *low = events > 0 ? distribution_gamma_quantile(0.025, events) : 0;
    *high = distribution_gamma_quantile(0.975, events + 1);
    return true;
}
