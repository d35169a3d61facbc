// The figures of one indicator as of one year, and how it stands against its targets.
//
// Definitions: core/stats and the comments of scripts/std/api.lua. Comparisons with a target go
// through the printed precision of the indicator, so that what a reader sees decides. Figures are
// computed for many regions at once ("lanes": consecutive regions), only those that are needed;
// where an indicator's target and forecast have kernels in core/stats/columns.h these are used,
// else region by region, with the same bits either way. Pure C over the columns; used inside
// workers.
#pragma once

#include "core/eval/dataset.h"
#include "core/eval/result.h"

enum { FIGURE_MAX_YEARS = 128, FIGURE_LANES = 256 };

// Where values come from: observed columns, and derived ones for indicators with a formula.
typedef struct FigureSource {
    const Description *description;
    const Dataset *dataset;
    int first_year;   // histories begin here, however far back the dataset goes
    int *columns;     // [series][1 + breakdown_count]: column of the dataset, -1 for none
    double **derived; // by indicator: [year − the dataset's first][region], NULL without a formula
    bool kernels;     // false: everything region by region, for tests
} FigureSource;

// Looks up every column once. `derived` is room for the formulas' columns, figure_derived_cells
// doubles. The dataset, the description and the room must outlive the source.
void figure_source_init(FigureSource *source, const Description *description,
                        const Dataset *dataset, int year, double *derived);
void figure_source_free(FigureSource *source);
size_t figure_derived_cells(const Description *description, const Dataset *dataset);
// The first year a run for `year` looks at.
int figure_first_year(const Description *description, int year);

// One year's values of a series, for the regions from `first` on; breakdown −1 is the total. NULL:
// all are missing. A fact's default is not filled in.
const double *figure_column(const FigureSource *source, int series, int breakdown, int year,
                            size_t first);
// The value of a series in one region. A fact's default stands in where nothing was entered.
double figure_value(const FigureSource *source, int series, int breakdown, int year, size_t region);

// The series' years up to `year` that have a value: at most FIGURE_MAX_YEARS, oldest first; gives
// how many.
size_t figure_history(const FigureSource *source, int series, int year, size_t region, int *years,
                      double *values);

// Fills the metrics asked for by bits, but not those of peers, and all statuses, for one region.
void figure_indicator(const FigureSource *source, int indicator, int year, size_t region,
                      uint32_t needed, IndicatorResult *result);
// The same for `lanes` regions from `first` on, at most FIGURE_LANES: the k-th metric asked for at
// columns + k·FIGURE_LANES, the statuses of the s-th target set at statuses + s·FIGURE_LANES.
void figure_columns(const FigureSource *source, int indicator, int year, size_t first, size_t lanes,
                    uint32_t needed, double *columns, uint8_t *statuses);
// What a rate from few events may be as well (core/stats/volatility.h), in the rate's own unit; NaN
// where the indicator names no events or they are missing. Of no events the lower limit is 0, and
// the upper one is known only where what they happen among is named.
void figure_count_interval(const FigureSource *source, const Indicator *indicator, int year,
                           size_t region, double *low, double *high);
// The back-test error of the forecast made in that year, NaN where there is none.
double figure_forecast_error(const FigureSource *source, const Indicator *indicator, int year,
                             size_t region);
// What is not finite or beyond ±1e15 is missing, −0 is 0.
double figure_plain(double value);
