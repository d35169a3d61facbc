// Quantiles behind the intervals: Student's t and the gamma distribution.
//
// The usual C library has neither. Both are found by Newton's method kept inside a bracket, so they
// always end and give the same bits for the same arguments; tests hold them against R to a relative
// 1e-9. Called by the other units of core/stats; pure, on any thread.
#pragma once

// The t with P(T ≤ t) = probability for Student's t with `degrees` ≥ 1 degrees of freedom: 1.8856
// for 0.9 and 2. NaN unless 0 < probability < 1 and degrees ≥ 1. Time grows with `degrees`.
double distribution_student_quantile(double probability, int degrees);

// The regularised lower incomplete gamma function P(shape, x): the share of a gamma distribution
// of scale 1 that lies below x. NaN unless shape > 0 and x ≥ 0.
double distribution_gamma_below(double shape, double x);

// The x with P(shape, x) = probability. NaN unless shape > 0 and 0 < probability < 1.
double distribution_gamma_quantile(double probability, double shape);

// P(X > x) for a chi-square distribution with `degrees` ≥ 1 degrees of freedom: 0.05 for 16.919 and
// 9. Small figures keep their precision. NaN unless x ≥ 0 and degrees ≥ 1.
double distribution_chi_square_above(double x, int degrees);
// P(X ≥ events) for a Poisson distribution of that mean: P(events, mean). 1 for no events. NaN
// unless events ≥ 0 and mean ≥ 0.
double distribution_poisson_at_least(int events, double mean);
