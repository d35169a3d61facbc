// Summary figures of a column: see summary.h.
#include "core/stats/summary.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"

static const double NORMAL_SCALE = 1.4826; // 1/Φ⁻¹(3/4), to the digits R's mad() uses

size_t summary_count(const double *values, size_t count) {
    size_t present = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i])) present++;
    return present;
}

double summary_mean(const double *values, size_t count) {
    double sum = 0;
    size_t present = 0;
    for (size_t i = 0; i < count; i++) {
        if (isnan(values[i])) continue;
        sum += values[i];
        present++;
    }
    return present ? sum / (double)present : NAN;
}

double summary_minimum(const double *values, size_t count) {
    double least = NAN;
    for (size_t i = 0; i < count; i++)
        least = fmin(least, values[i]); // fmin and fmax prefer a number to NaN
    return least;
}

double summary_maximum(const double *values, size_t count) {
    double largest = NAN;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, values[i]);
    return largest;
}

static int compare_doubles(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

// The values present, in ascending order; the caller frees them. NULL when there are none.
static double *sorted_values(const double *values, size_t count, size_t *present) {
    *present = summary_count(values, count);
    if (*present == 0) return NULL;
    double *sorted = memory_new(*present, sizeof *sorted);
    size_t next = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i])) sorted[next++] = values[i];
    qsort(sorted, *present, sizeof *sorted, compare_doubles);
    return sorted;
}

// Gives back equal neighbours unchanged, and half way exactly (low+high)/2.
static double between(double low, double high, double fraction) {
    return fraction == 0.5 ? (low + high) / 2 : low + fraction * (high - low);
}

double summary_quantile(const double *values, size_t count, double probability) {
    if (!(probability >= 0 && probability <= 1)) return NAN;
    size_t present;
    double *sorted = sorted_values(values, count, &present);
    if (!sorted) return NAN;
    double position = (double)(present - 1) * probability;
    size_t below = (size_t)position;
    double fraction = position - (double)below;
    double quantile = sorted[below];
    if (fraction > 0) quantile = between(quantile, sorted[below + 1], fraction);
    free(sorted);
    return quantile;
}

double summary_median(const double *values, size_t count) {
    return summary_quantile(values, count, 0.5);
}

static double squares_about_mean(const double *values, size_t count) {
    double mean = summary_mean(values, count), squares = 0;
    for (size_t i = 0; i < count; i++) {
        double deviation = values[i] - mean;
        if (!isnan(values[i])) squares += deviation * deviation;
    }
    return squares;
}

double summary_population_deviation(const double *values, size_t count) {
    size_t present = summary_count(values, count);
    if (present < 1) return NAN;
    return sqrt(squares_about_mean(values, count) / (double)present);
}

double summary_sample_deviation(const double *values, size_t count) {
    size_t present = summary_count(values, count);
    if (present < 2) return NAN;
    return sqrt(squares_about_mean(values, count) / (double)(present - 1));
}

static double median_deviation_about(const double *values, size_t count, double median) {
    if (count == 0) return NAN;
    double *distances = memory_new(count, sizeof *distances);
    for (size_t i = 0; i < count; i++)
        distances[i] = fabs(values[i] - median);
    double deviation = NORMAL_SCALE * summary_median(distances, count);
    free(distances);
    return deviation;
}

double summary_median_deviation(const double *values, size_t count) {
    return median_deviation_about(values, count, summary_median(values, count));
}

void summary_robust_scores(const double *values, size_t count, double *scores) {
    double median = summary_median(values, count);
    double deviation = median_deviation_about(values, count, median);
    for (size_t i = 0; i < count; i++)
        scores[i] = deviation > 0 ? (values[i] - median) / deviation : NAN;
}
