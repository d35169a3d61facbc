// What one level of columns.h consists of: the kernels for the lanes of a span.
//
// columns_body.h defines them, compiled once for each level by columns_scalar.c, columns_baseline.c
// and columns_avx2.c. Called by columns.c alone, which chooses the level, gives spans whose length
// is a multiple of the level's width, and leaves what remains to the scalar level. Each kernel does
// what the function of its name in columns.h says. Keep no state.
#pragma once

#include "core/stats/columns.h"

// The lanes from `first` up to, but without, `end`.
typedef struct ColumnSpan {
    size_t first, end;
} ColumnSpan;

// The 0.9 quantile of Student's t by degrees of freedom, [0] unused.
enum { COLUMN_MOST_DEGREES = 3 };
typedef double ColumnQuantiles[COLUMN_MOST_DEGREES + 1];

typedef struct ColumnKernels {
    size_t width; // lanes computed at once
    void (*years_of_data)(ColumnSpan, const ColumnHistory *, double *out);
    void (*range)(ColumnSpan, const ColumnHistory *, double *least, double *most);
    void (*recent_change)(ColumnSpan, const ColumnHistory *, double *out);
    void (*volatility)(ColumnSpan, const ColumnHistory *, double *out);
    void (*fit_line)(ColumnSpan, const ColumnHistory *, const ColumnQuantiles, ColumnLine *);
    void (*line_at)(ColumnSpan, const ColumnLine *, int year, double *out);
    void (*line_interval)(ColumnSpan, const ColumnLine *, int year, double *low, double *high);
    void (*line_reach)(ColumnSpan, const ColumnLine *, const double *threshold, TargetSide,
                       int from_year, int horizon_years, double *out);
    void (*round)(ColumnSpan, const double *values, int digits, Rounding, double *out);
    void (*progress)(ColumnSpan, const double *values, const double *baseline, const double *target,
                     TargetSide, double *out);
    void (*plain)(ColumnSpan, double *values);
    bool (*are_plain)(ColumnSpan, const double *values);
} ColumnKernels;

extern const ColumnKernels column_kernels_scalar;
extern const ColumnKernels column_kernels_baseline;
// There where the compiler can make code for it (COLUMNS_HAVE_AVX2), and to be called only where
// the processor has AVX2.
extern const ColumnKernels column_kernels_avx2;
