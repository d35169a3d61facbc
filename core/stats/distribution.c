// Quantiles of Student's t and of the gamma distribution: see distribution.h.
#include "core/stats/distribution.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

enum { STEP_LIMIT = 200 }; // both searches need about ten; halving a bracket would need 60

// P(|T| ≤ √degrees·tan(angle)), by the finite sums 26.7.3 and 26.7.4 of Abramowitz and Stegun,
// Handbook of Mathematical Functions.
static double student_within(double angle, int degrees) {
    double cosine = cos(angle), square = cosine * cosine;
    bool even = degrees % 2 == 0;
    double term = even ? 1 : cosine, sum = 0;
    for (int i = even ? 2 : 3; i <= degrees; i += 2) {
        sum += term;
        term *= (i - 1.0) / i * square;
    }
    return even ? sin(angle) * sum : M_2_PI * (angle + sin(angle) * sum);
}

// The derivative of student_within by the angle is this constant × cos(angle)^(degrees−1).
static double student_slope_at_zero(int degrees) {
    double slope = degrees % 2 == 0 ? 1 : M_2_PI;
    for (int i = degrees % 2 == 0 ? 4 : 3; i <= degrees; i += 2)
        slope *= (i - 1.0) / (i - 2.0);
    return slope;
}

double distribution_student_quantile(double probability, int degrees) {
    if (!(probability > 0 && probability < 1) || degrees < 1) return NAN;
    if (probability < 0.5) return -distribution_student_quantile(1 - probability, degrees);
    double within = 2 * probability - 1;
    double slope = student_slope_at_zero(degrees), angle = 0;
    // The function is concave, so Newton's steps from 0 approach the solution from below.
    for (int i = 0; i < STEP_LIMIT; i++) {
        double missing = within - student_within(angle, degrees);
        double step = missing / (slope * pow(cos(angle), degrees - 1.0));
        if (!(step > 2 * DBL_EPSILON * angle)) break;
        angle += step;
    }
    return sqrt((double)degrees) * tan(angle);
}

// x^shape·e^(−x)/Γ(shape): the gamma density at x, times x.
static double gamma_density_times_x(double shape, double x) {
    int sign;
    return exp(shape * log(x) - x - lgamma_r(shape, &sign));
}

// The sum Σ x^n/(shape·(shape+1)…(shape+n)), for x below about the shape.
static double gamma_below_series(double shape, double x) {
    double term = 1 / shape, sum = term;
    for (double divisor = shape + 1; term > sum * DBL_EPSILON / 2; divisor++) {
        term *= x / divisor;
        sum += term;
    }
    return sum * gamma_density_times_x(shape, x);
}

// The share above x by Legendre's continued fraction, for x beyond about the shape, evaluated from
// the front by Lentz's method.
static double gamma_above_fraction(double shape, double x) {
    double constant = x + 1 - shape;
    double numerator_ratio = INFINITY, denominator_ratio = 1 / constant;
    double fraction = denominator_ratio, factor = 0;
    for (double i = 1; fabs(factor - 1) > DBL_EPSILON; i++) {
        double coefficient = -i * (i - shape);
        constant += 2;
        numerator_ratio = constant + coefficient / numerator_ratio;
        denominator_ratio = 1 / (constant + coefficient * denominator_ratio);
        factor = numerator_ratio * denominator_ratio;
        fraction *= factor;
    }
    return fraction * gamma_density_times_x(shape, x);
}

double distribution_gamma_below(double shape, double x) {
    if (!(shape > 0 && x >= 0)) return NAN;
    if (x == 0) return 0;
    if (isinf(x)) return 1;
    if (x < shape + 1) return gamma_below_series(shape, x);
    return 1 - gamma_above_fraction(shape, x);
}

double distribution_gamma_quantile(double probability, double shape) {
    if (!(shape > 0) || !(probability > 0 && probability < 1)) return NAN;
    // P(shape, x) ≤ x^shape/Γ(shape+1), which gives a bound below the solution.
    int sign;
    double low = exp((log(probability) + lgamma_r(shape + 1, &sign)) / shape);
    double high = fmax(low, shape) + 1;
    while (distribution_gamma_below(shape, high) < probability)
        high *= 2;
    double x = fmax(low, fmin(shape, high));
    for (int i = 0; i < STEP_LIMIT; i++) {
        double missing = probability - distribution_gamma_below(shape, x);
        if (missing > 0)
            low = x;
        else
            high = x;
        double next = x + missing * x / gamma_density_times_x(shape, x);
        if (!(next > low && next < high)) next = (low + high) / 2;
        bool settled = fabs(next - x) <= 2 * DBL_EPSILON * x;
        x = next;
        if (settled) break;
    }
    return x;
}

double distribution_chi_square_above(double x, int degrees) {
    if (!(x >= 0) || degrees < 1) return NAN;
    double shape = degrees / 2.0;
    if (isinf(x)) return 0;
    if (x / 2 < shape + 1) return 1 - distribution_gamma_below(shape, x / 2);
    return gamma_above_fraction(shape, x / 2);
}

double distribution_poisson_at_least(int events, double mean) {
    if (events < 0 || !(mean >= 0)) return NAN;
    return events == 0 ? 1 : distribution_gamma_below(events, mean);
}
