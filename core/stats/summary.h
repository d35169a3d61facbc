// Figures that sum up a column of values: the mean of peers, their median, spread and outliers.
//
// NaN is a missing value and is skipped; a figure for which too few values are left is NaN. Sums
// run from the first value to the last in plain double, so that the same column always gives the
// same bits. Keeps no state: any thread may call.
#pragma once

#include <stddef.h>

// Values that are not missing.
size_t summary_count(const double *values, size_t count);
double summary_mean(const double *values, size_t count);
double summary_minimum(const double *values, size_t count);
double summary_maximum(const double *values, size_t count);

// Quantile of type 7 in Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American
// Statistician 50 (1996): with h = (n−1)·p, the ⌊h⌋-th value from 0 in ascending order and the next
// one, interpolated linearly. It is the default of R, NumPy and Excel's PERCENTILE.INC.
// `probability` lies in 0…1, otherwise the result is NaN.
double summary_quantile(const double *values, size_t count, double probability);
// The quantile at 0.5: the middle value, or the mean of the two middle ones.
double summary_median(const double *values, size_t count);

// √(Σ(x−mean)²/n); 0 for one value.
double summary_population_deviation(const double *values, size_t count);
// √(Σ(x−mean)²/(n−1)); NaN with fewer than two values.
double summary_sample_deviation(const double *values, size_t count);

// 1.4826·median(|x−median|), the median absolute deviation scaled so that it estimates the standard
// deviation of normal values, as R's mad().
double summary_median_deviation(const double *values, size_t count);
// Writes for each value its robust z-score (x−median)/summary_median_deviation: beyond ±3.5 a value
// is commonly looked at as an outlier (Iglewicz and Hoaglin, 1993). Missing values stay NaN; where
// half the values or more are equal there is no spread to measure by and all scores are NaN.
// `scores` may be `values` itself.
void summary_robust_scores(const double *values, size_t count, double *scores);
