// Last digits by indicator and by region: see data_quality.h.
//
// Only figures with three printed digits or more are looked at: the first digits of measured
// figures are not evenly spread by nature, the third nearly is (Benford's law: 10.2 % to 9.8 %).
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/analysis/data_quality_inside.h"
#include "core/base/language.h"
#include "core/stats/data_quality.h"

enum { LEAST_SIGNIFICANT = 3, LEAST_STEPS = 50, MOST_DECIMALS = 12 };
#define NOTICE_P 0.01
#define DOUBTFUL_P 0.001
#define SERIOUS_P 1e-6

// How a series is printed, and the digit each of its rows shows.
typedef struct Printing {
    int decimals;       // most values have so many
    bool zeros_dropped; // "12" stands for "12.0": none that has all decimals ends in 0
    double least, most;
} Printing;

static bool is_exact_enough(const QualityData *data, const QualityRow *row) {
    return row->last_digit >= 0 && row->significant >= LEAST_SIGNIFICANT &&
           data->description->series[row->series].kind != SERIES_FACT;
}

static Printing printing_of(const QualityData *data, const QualityGroup *group) {
    size_t counts[MOST_DECIMALS + 1] = {0}, ending_in_zero = 0, shorter = 0;
    Printing printing = {.least = INFINITY, .most = -INFINITY};
    for (size_t i = 0; i < group->count; i++) {
        const QualityRow *row = group->rows[i];
        if (row->last_digit < 0 || row->decimals > MOST_DECIMALS) continue;
        counts[row->decimals]++;
        if (!is_exact_enough(data, row)) continue;
        printing.least = fmin(printing.least, row->value);
        printing.most = fmax(printing.most, row->value);
    }
    for (int d = 1; d <= MOST_DECIMALS; d++)
        if (counts[d] > counts[printing.decimals]) printing.decimals = d;
    for (size_t i = 0; i < group->count; i++) {
        const QualityRow *row = group->rows[i];
        ending_in_zero += row->decimals == printing.decimals && row->last_digit == 0;
        shorter += row->decimals < printing.decimals;
    }
    printing.zeros_dropped = printing.decimals > 0 && ending_in_zero == 0 && shorter > 0;
    return printing;
}

// The digit at the usual place; -1 where the row shows none.
static int digit_of(const QualityData *data, const QualityRow *row, const Printing *printing) {
    int missing = printing->decimals - row->decimals;
    if (quality_is_bound(data, row)) return -1; // "100.0" was not rounded
    if (missing == 0) return is_exact_enough(data, row) ? row->last_digit : -1;
    if (missing < 0 || !printing->zeros_dropped || row->last_digit < 0) return -1;
    return row->significant + missing >= LEAST_SIGNIFICANT ? 0 : -1;
}

static void tell(QualityData *data, const QualityRow *about, const DigitTest *test,
                 const size_t counts[10], size_t samples) {
    char why[400];
    int used = snprintf(why, sizeof why,
                        T("p = %.2g (chi-square %.1f, 9 degrees of freedom, %zu values):",
                          "p = %.2g（卡方 %.1f，自由度 9，%zu 个值）："),
                        test->p, test->chi_square, test->total);
    for (int digit = 0; digit < 10; digit++)
        if (test->residuals[digit] > 2 && used < (int)sizeof why)
            used += snprintf(why + used, sizeof why - (size_t)used,
                             T(" digit %d in %.0f %%,", "尾数 %d 占 %.0f%%，"), digit,
                             100.0 * (double)counts[digit] / (double)test->total);
    if (used < (int)sizeof why)
        snprintf(why + used, sizeof why - (size_t)used, "%s", T(" expected 10 %", "应约占 10%"));
    QualitySeverity severity = test->p < SERIOUS_P    ? QUALITY_SERIOUS
                               : test->p < DOUBTFUL_P ? QUALITY_DOUBTFUL
                                                      : QUALITY_NOTICE;
    size_t before = data->report->count;
    quality_add(data, QUALITY_DIGIT_HEAPING, severity, about, why);
    if (data->report->count > before) data->report->findings[before].samples = samples;
}

// Digits counted so far of each region, over all series.
typedef struct RegionDigits {
    size_t counts[10], samples;
} RegionDigits;

static void judge(QualityData *data, const QualityRow *about, const RegionDigits *digits) {
    DigitTest test = quality_digit_test(digits->counts);
    if (!test.reliable) return;
    quality_checked(data, QUALITY_DIGIT_HEAPING, &about, 1);
    if (test.p < NOTICE_P) tell(data, about, &test, digits->counts, digits->samples);
}

static void count_series(QualityData *data, const QualityGroup *group, RegionDigits *regions) {
    Printing printing = printing_of(data, group);
    double unit = pow(10, -printing.decimals);
    RegionDigits all = {0};
    // Figures that hardly differ cannot show all digits.
    if (!(printing.most - printing.least >= LEAST_STEPS * unit * (1 - 1e-9))) return;
    for (size_t i = 0; i < group->count; i++) {
        const QualityRow *row = group->rows[i];
        int digit = digit_of(data, row, &printing);
        if (digit < 0) continue;
        all.counts[digit]++;
        all.samples += row->sample;
        regions[row->region].counts[digit]++;
        regions[row->region].samples += row->sample;
    }
    const QualityRow about = {
        .region = -1, .series = group->rows[0]->series, .breakdown = -1, .value = NAN};
    judge(data, &about, &all);
}

// Series by series; the digits of each region are counted on the way.
void quality_digits(QualityData *data) {
    const QualityRow **rows = memory_new(data->row_count + 1, sizeof *rows);
    RegionDigits *regions = memory_new(data->region_count + 1, sizeof *regions);
    size_t *starts = memory_new(data->description->series_count + 2, sizeof *starts);
    for (size_t i = 0; i < data->row_count; i++)
        starts[data->rows[i].series + 1]++;
    for (size_t s = 0; s < data->description->series_count; s++)
        starts[s + 1] += starts[s];
    size_t *next = memory_new(data->description->series_count + 1, sizeof *next);
    for (size_t i = 0; i < data->row_count; i++) {
        int series = data->rows[i].series;
        rows[starts[series] + next[series]++] = &data->rows[i];
    }
    for (size_t s = 0; s < data->description->series_count; s++) {
        const QualityGroup group = {rows + starts[s], next[s]};
        if (group.count) count_series(data, &group, regions);
    }
    for (size_t r = 0; r < data->region_count; r++) {
        const QualityRow about = {.region = (int)r, .series = -1, .breakdown = -1, .value = NAN};
        judge(data, &about, &regions[r]);
    }
    free(next);
    free(starts);
    free(regions);
    free(rows);
}
