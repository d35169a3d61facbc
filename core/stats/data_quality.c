// Robust scores, last digits, coincidences: see data_quality.h.
#include "core/stats/data_quality.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/stats/distribution.h"
#include "core/stats/summary.h"

#define NOISE 1e-9

static double mean_deviation(const double *values, size_t count, double median) {
    double sum = 0;
    size_t known = summary_count(values, count);
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i])) sum += fabs(values[i] - median);
    return known ? sum / (double)known : NAN;
}

void quality_scores(const double *values, size_t count, double least_deviation, double *scores) {
    double median = summary_median(values, count);
    double deviation = summary_median_deviation(values, count);
    // Changes of printed figures differ by binary noise.
    if (deviation <= NOISE * fabs(median))
        deviation = sqrt(M_PI_2) * mean_deviation(values, count, median);
    deviation = fmax(deviation, least_deviation);
    for (size_t i = 0; i < count; i++)
        scores[i] = deviation > 0 ? (values[i] - median) / deviation : NAN;
}

// The median of the slopes between all pairs (Sen, JASA 63, 1968).
static double median_slope(const int *years, const double *values, size_t count) {
    double *slopes = memory_new(count * count / 2 + 1, sizeof *slopes);
    size_t made = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            slopes[made++] = (values[k] - values[i]) / (years[k] - years[i]);
    double slope = summary_median(slopes, made);
    free(slopes);
    return slope;
}

void quality_trend_scores(const int *years, const double *values, size_t count,
                          double least_deviation, double *scores) {
    bool enough = summary_count(values, count) >= 3;
    double slope = enough ? median_slope(years, values, count) : NAN;
    for (size_t i = 0; i < count; i++)
        scores[i] = values[i] - slope * (years[i] - years[0]);
    quality_scores(scores, count, least_deviation, scores);
}

DigitTest quality_digit_test(const size_t counts[10]) {
    DigitTest test = {0};
    for (int digit = 0; digit < 10; digit++)
        test.total += counts[digit];
    double expected = (double)test.total / 10;
    for (int digit = 0; digit < 10 && expected > 0; digit++) {
        double excess = (double)counts[digit] - expected;
        test.chi_square += excess * excess / expected;
        test.residuals[digit] = excess / sqrt(expected * 0.9);
    }
    test.p = distribution_chi_square_above(test.chi_square, 9);
    test.reliable = test.total >= QUALITY_LEAST_DIGITS;
    return test;
}

double quality_coincidence(int shared, size_t count, double unit, double spread) {
    if (shared < 2 || !(unit > 0) || !(spread > 0)) return 1;
    // The middle 80 % of a normal column span 2.563 deviations, and its peak is 0.3989 a deviation.
    double mean = (double)count * unit * 0.3989 * 2.563 / spread;
    double groups = (double)count / shared;
    return fmin(1, groups * distribution_poisson_at_least(shared, mean));
}
