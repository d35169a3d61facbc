// Choosing the kernels and cutting columns into vectors: see columns.h and columns_kernels.h.
#include "core/stats/columns.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>

#include "core/stats/columns_kernels.h"
#include "core/stats/distribution.h"
#include "core/stats/forecast.h"

static _Atomic(ColumnsLevel) level_in_use = COLUMNS_BEST;

void columns_use(ColumnsLevel level) {
    level_in_use = level;
}

// What is the same for the life of the process, found out at the first call.
static struct {
    pthread_once_t found;
    const ColumnKernels *best;
    ColumnQuantiles quantiles;
} machine = {.found = PTHREAD_ONCE_INIT};

static void find_out(void) {
    machine.best = &column_kernels_baseline;
#ifdef COLUMNS_HAVE_AVX2
    if (__builtin_cpu_supports("avx2")) machine.best = &column_kernels_avx2;
#endif
    for (int degrees = 1; degrees <= COLUMN_MOST_DEGREES; degrees++)
        machine.quantiles[degrees] =
            distribution_student_quantile(FORECAST_UPPER_PROBABILITY, degrees);
}

static const ColumnKernels *kernels(void) {
    pthread_once(&machine.found, find_out);
    switch (atomic_load_explicit(&level_in_use, memory_order_relaxed)) {
        case COLUMNS_SCALAR: return &column_kernels_scalar;
        case COLUMNS_BASELINE: return &column_kernels_baseline;
        case COLUMNS_BEST: break;
    }
    return machine.best;
}

// Runs a kernel over whole vectors, and the scalar one over the lanes that are left.
#define RUN(kernel, lanes, ...)                                                                    \
    do {                                                                                           \
        const ColumnKernels *used = kernels();                                                     \
        size_t whole = (lanes) - (lanes) % used->width;                                            \
        used->kernel((ColumnSpan){0, whole}, __VA_ARGS__);                                         \
        if (whole < (lanes))                                                                       \
            column_kernels_scalar.kernel((ColumnSpan){whole, lanes}, __VA_ARGS__);                 \
    } while (0)

void columns_years_of_data(const ColumnHistory *history, double *out) {
    RUN(years_of_data, history->lanes, history, out);
}

void columns_range(const ColumnHistory *history, double *least, double *most) {
    RUN(range, history->lanes, history, least, most);
}

void columns_recent_change(const ColumnHistory *history, double *out) {
    RUN(recent_change, history->lanes, history, out);
}

void columns_volatility(const ColumnHistory *history, double *out) {
    RUN(volatility, history->lanes, history, out);
}

void columns_fit_line(const ColumnHistory *history, ColumnLine *line) {
    line->lanes = history->lanes;
    RUN(fit_line, history->lanes, history, machine.quantiles, line);
}

void columns_line_at(const ColumnLine *line, int year, double *out) {
    RUN(line_at, line->lanes, line, year, out);
}

void columns_line_interval(const ColumnLine *line, int year, double *low, double *high) {
    RUN(line_interval, line->lanes, line, year, low, high);
}

void columns_line_reach(const ColumnLine *line, const double *threshold, TargetSide side,
                        int from_year, int horizon_years, double *out) {
    RUN(line_reach, line->lanes, line, threshold, side, from_year, horizon_years, out);
}

void columns_round(const double *values, size_t lanes, int digits, Rounding rounding, double *out) {
    RUN(round, lanes, values, digits, rounding, out);
}

void columns_progress(const double *values, const double *baseline, const double *target,
                      TargetSide side, size_t lanes, double *out) {
    RUN(progress, lanes, values, baseline, target, side, out);
}

void columns_plain(double *values, size_t lanes) {
    RUN(plain, lanes, values);
}

bool columns_are_plain(const double *values, size_t count) {
    const ColumnKernels *used = kernels();
    size_t whole = count - count % used->width;
    return used->are_plain((ColumnSpan){0, whole}, values) &&
           column_kernels_scalar.are_plain((ColumnSpan){whole, count}, values);
}
