// How restless a series is, and how far a rate that counts few events can be trusted.
//
// Missing values are NaN. Pure functions without state: any thread may call them.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// Volatility 波动: the sample standard deviation (divisor n−1) of the year-on-year changes
// x(y)−x(y−1) among the last ten observed values, divided by the absolute mean of those values;
// 0.05 means that the yearly changes scatter by 5 % of the level. Only values of consecutive years
// give a change. `years` ascends without repeats. NaN with fewer than three changes, and when the
// mean is 0.
enum { VOLATILITY_VALUES = 10, VOLATILITY_LEAST_CHANGES = 3 };
double volatility_of(const int *years, const double *values, size_t count);

// The exact 95 % interval of a Poisson mean of which `events` were counted (Garwood, Biometrika 28,
// 1936): half the chi-square quantiles χ²(0.025; 2k) and χ²(0.975; 2k+2), low being 0 for k = 0.
// Divide by the population as the rate is: two deaths among 10 000 births are 20 per 100 000, but
// the interval of 2 is 0.24 to 7.22, so that a rate of 2.4 to 72.2 is as good. Beyond 100 000
// events Wilson and Hilferty's approximation is used, right to better than 1e-6 of the bound.
// False, with both bounds NaN, when `events` is missing, negative or not finite.
bool volatility_poisson_interval(double events, double *low, double *high);
