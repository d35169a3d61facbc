// What a contender found: a figure of each kind by region and indicator, a score and a rank by
// region; and whether two contenders found the same.
//
// Arrays by indicator and region stand as [indicator][region]. Sameness is by bits: NaN and zero
// have one form each (the engine never gives −0), any other double must be equal to the last bit.
// One thread at a time.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/bench/generate.h"

typedef struct Results {
    int indicators, regions;
    uint8_t *statuses;                                         // Status of core/pack/metric.h
    uint8_t *levels;                                           // WarningLevel of core/pack/metric.h
    double *progress, *forecast, *forecast_final, *volatility; // NaN where there is none
    double *scores;                                            // by region, with two decimals
    int32_t *ranks;                                            // by region, 1 the best
} Results;

// Everything zero; results_free frees the arrays.
void results_init(Results *results, int indicators, int regions);
void results_free(Results *results);

// A hash of all of it, in the order of the arrays.
uint64_t results_checksum(const Results *results);

// Says where the first difference is: "progress of i007 in county 12: 0.5, not 0.25". False when
// there is none. Both must be of the nation's size.
bool results_first_difference(const Results *found, const Results *expected, char *text,
                              size_t size);

// Names of the files below, in a folder.
#define RESULTS_FIGURES "figures.csv"
#define RESULTS_SCORES "scores.csv"

// Writes the results as two CSV files with a header: indicator, region, status, level, progress,
// forecast, forecast_final, volatility; and region, score, rank. Indicators and regions are numbers
// from 0, statuses and levels the numbers of their enums, doubles the shortest text that reads back
// the same; nothing stands for NaN.
MUST_CHECK bool results_write(const Results *results, const char *folder, Error *error);
// Reads such files, rows in any order, into results of the right size. ERROR_INPUT for a row that
// is malformed, missing or there twice.
MUST_CHECK bool results_read(Results *results, const char *folder, Error *error);
