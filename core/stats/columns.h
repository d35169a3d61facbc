// Figures of one indicator for many regions at once, over columns.
//
// A lane is a region; a block is at most COLUMNS_MOST_LANES of them, and the caller cuts longer
// columns into blocks. Every figure has the bits that the scalar function named beside it gives for
// the lane's observed values: those functions are the truth, these are the same arithmetic in the
// same order over vectors. The processor's best instructions are used; what is used never changes a
// bit. The values of histories are finite, or NaN where missing; a NaN that comes out is always the
// one canonical NaN, 0x7ff8000000000000. Arrays belong to the caller, begin at any double, and have
// as many of them as there are lanes. Outputs must not overlap inputs, except that they may be the
// same array where that is said. Nothing fails and nothing allocates. Any thread may call.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/decimal.h"
#include "core/stats/progress.h"

enum { COLUMNS_MOST_LANES = 256, COLUMNS_MOST_YEARS = 128 };

typedef enum ColumnsLevel {
    COLUMNS_SCALAR,   // one lane at a time
    COLUMNS_BASELINE, // what every processor of the architecture has
    COLUMNS_BEST      // what this processor has; the level in use unless another is chosen
} ColumnsLevel;

// For tests and measurements. Holds for all threads and for calls that begin after it.
void columns_use(ColumnsLevel level);

// The values of consecutive years. The last year is the one that is judged.
typedef struct ColumnHistory {
    const double *const *years; // [year_count][lanes]; NULL for a year that nobody reported
    int first_year;
    int year_count; // 0…COLUMNS_MOST_YEARS
    size_t lanes;   // 0…COLUMNS_MOST_LANES
} ColumnHistory;

// How many years have a value.
void columns_years_of_data(const ColumnHistory *history, double *out);
// The least and the largest value; NaN where there is none. A zero is +0, whatever its sign was.
void columns_range(const ColumnHistory *history, double *least, double *most);
// progress_recent_change
void columns_recent_change(const ColumnHistory *history, double *out);
// volatility_of
void columns_volatility(const ColumnHistory *history, double *out);

// The straight lines of all lanes, made by columns_fit_line and read by the functions below. A lane
// whose values allow no line has NaN for its level, and all that follows from it is NaN.
typedef struct ColumnLine {
    double level[COLUMNS_MOST_LANES]; // at last_year
    double change_per_year[COLUMNS_MOST_LANES];
    double last_year[COLUMNS_MOST_LANES];   // of the values used
    double reach[COLUMNS_MOST_LANES];       // the interval's half width, but for its spread
    double spread_base[COLUMNS_MOST_LANES]; // 1 + 1/n; with the next two the spread
    double mean_year[COLUMNS_MOST_LANES];
    double year_squares[COLUMNS_MOST_LANES];
    size_t lanes;
} ColumnLine;

// forecast_fit with FORECAST_OLS
void columns_fit_line(const ColumnHistory *history, ColumnLine *line);
// forecast_at
void columns_line_at(const ColumnLine *line, int year, double *out);
// forecast_interval
void columns_line_interval(const ColumnLine *line, int year, double *low, double *high);
// forecast_reach_year; each lane has its threshold, NaN where it has none.
void columns_line_reach(const ColumnLine *line, const double *threshold, TargetSide side,
                        int from_year, int horizon_years, double *out);

// decimal_round. `out` may be `values`, and `lanes` any number.
void columns_round(const double *values, size_t lanes, int digits, Rounding rounding, double *out);
// progress_toward. `out` may be any of the inputs, and `lanes` any number.
void columns_progress(const double *values, const double *baseline, const double *target,
                      TargetSide side, size_t lanes, double *out);

// Makes figures that results cannot hold missing: what is not finite or beyond ±1e15 becomes the
// canonical NaN, and −0 becomes 0. Any bits are welcome; `lanes` may be any number.
void columns_plain(double *values, size_t lanes);
// Whether columns_plain would leave all values as they are, bit for bit. For columns of any length
// whose bits are not trusted.
bool columns_are_plain(const double *values, size_t count);
