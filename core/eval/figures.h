// The figures of one indicator in one region as of one year, and how it stands against its targets.
//
// Definitions: core/stats and the comments of scripts/std/api.lua. Comparisons with a target go
// through the printed precision of the indicator, so that what a reader sees decides. Pure C over
// the columns; used inside workers.
#pragma once

#include "core/eval/dataset.h"
#include "core/eval/result.h"

// Where values come from: observed columns, and derived ones for indicators with a formula.
typedef struct FigureSource {
    const Description *description;
    const Dataset *dataset;
    int *columns;     // [series][1 + breakdown_count]: column of the dataset, -1 for none
    double **derived; // by indicator: [year − first_year][region], NULL without a formula
} FigureSource;

// Looks up every column once. The dataset and description must outlive the source.
void figure_source_init(FigureSource *source, const Description *description,
                        const Dataset *dataset);
void figure_source_free(FigureSource *source);

// The value of a series; breakdown −1 is the total. A fact's default stands in where nothing was
// entered.
double figure_value(const FigureSource *source, int series, int breakdown, int year, size_t region);

// The series' years up to `year` that have a value: at most `most`, oldest first; gives how many.
enum { FIGURE_MAX_YEARS = 128 };
size_t figure_history(const FigureSource *source, int series, int year, size_t region, int *years,
                      double *values);

// Fills all metrics but the peers' and all statuses. The place among peers is filled by
// figure_peers where a rule asks for it.
void figure_indicator(const FigureSource *source, int indicator, int year, size_t region,
                      IndicatorResult *result);
void figure_peers(const FigureSource *source, int indicator, int year, size_t region,
                  IndicatorResult *result);

// 1 when progress keeps up with the plan's time, 0 when not, −1 when either is missing.
int figure_on_track(const IndicatorResult *result);
