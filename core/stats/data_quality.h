// What in a column of reported figures asks for a second look: outliers by robust z-scores, and
// last digits that were chosen rather than counted.
//
// NaN is a missing value and is skipped. Pure functions without state: any thread may call them.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// Scores beyond this are commonly looked at as outliers (Iglewicz and Hoaglin, How to Detect and
// Handle Outliers, 1993).
#define QUALITY_OUTLIER_SCORE 3.5

// Writes for each value (x−median)/s, s being summary_median_deviation, or where that is 0, half
// the values or more being equal, 1.2533 (√(π/2)) times their mean absolute deviation from the
// median, as Iglewicz and Hoaglin advise; at least `least_deviation`: a spread below the last
// printed digit is none to measure by. All scores are NaN where s is 0 or nothing is there.
// `scores` may be `values` itself.
void quality_scores(const double *values, size_t count, double least_deviation, double *scores);
// Scores of what is left of a series when its Theil-Sen line is taken off, so that a steady trend
// makes no outliers of its ends. Years ascend without repeats; NaN with fewer than three values.
// `scores` may be `values` itself.
void quality_trend_scores(const int *years, const double *values, size_t count,
                          double least_deviation, double *scores);

// Pearson's chi-square test of last digits against all ten being as likely (df = 9). Expected
// counts of 5 are the usual least, so `reliable` asks for 50 digits.
typedef struct DigitTest {
    size_t total;
    double chi_square, p;
    double residuals[10]; // (n−e)/√(e·0.9), about a standard normal each: above 2 a digit is heaped
    bool reliable;
} DigitTest;
enum { QUALITY_LEAST_DIGITS = 50 };

// `counts` says how often each digit 0 … 9 stands last. All figures are 0 and p is 1 without any.
DigitTest quality_digit_test(const size_t counts[10]);

// How likely it is that some figure is shared by `shared` or more of `count` regions by chance, at
// most: figures of step `unit` are taken to be spread as a normal column whose middle 80 % span
// `spread`, at the height of its peak, and there are count/shared such groups to find. 1 where that
// says nothing.
double quality_coincidence(int shared, size_t count, double unit, double spread);
