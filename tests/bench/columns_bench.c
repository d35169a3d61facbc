// How fast the kernels over columns are, beside the scalar functions: columns_bench [repetitions].
//
// Prints nanoseconds a series (one indicator of one region, ten years) for each kernel at each
// level, and for the scalar function it stands for: medians over the repetitions, each of which
// goes through a nation of 2,900 regions and 200 indicators with 1.5 % of the values missing.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/memory.h"
#include "core/stats/columns.h"
#include "core/stats/forecast.h"
#include "core/stats/summary.h"
#include "core/stats/volatility.h"

enum { REGIONS = 2900, INDICATORS = 200, YEARS = 10, FIRST_YEAR = 2015 };
enum { MOST_REPETITIONS = 1001, SLOW_REPETITIONS = 3 }; // the functions take a second each

static double *nation; // [INDICATORS][YEARS][REGIONS]

// A block of one indicator, as the engine hands it to the kernels, and room for what comes out.
typedef struct Work {
    ColumnHistory history;
    const double *years[YEARS];
    ColumnLine line;
    const double *now, *before, *baseline;
    double target[COLUMNS_MOST_LANES], out[COLUMNS_MOST_LANES], more[COLUMNS_MOST_LANES];
} Work;

// The same in every run.
static double random_share(void) {
    static uint64_t state = 42;
    state = state * 6364136223846793005 + 1442695040888963407;
    return (double)(state >> 11) * 0x1p-53;
}

static void make_nation(void) {
    nation = memory_new((size_t)INDICATORS * YEARS * REGIONS, sizeof *nation);
    for (size_t i = 0; i < INDICATORS; i++) {
        for (size_t r = 0; r < REGIONS; r++) {
            double level = 20 + 60 * random_share(), slope = 2 * random_share() - 0.5;
            for (size_t y = 0; y < YEARS; y++) {
                double value = level + slope * (double)y + random_share();
                bool missing = random_share() < 0.015;
                nation[(i * YEARS + y) * REGIONS + r] =
                    missing ? NAN : floor(value * 100 + 0.5) / 100;
            }
        }
    }
}

static void make_work(Work *work, size_t indicator, size_t region) {
    for (size_t y = 0; y < YEARS; y++)
        work->years[y] = nation + (indicator * YEARS + y) * REGIONS + region;
    size_t lanes = REGIONS - region;
    if (lanes > COLUMNS_MOST_LANES) lanes = COLUMNS_MOST_LANES;
    work->history = (ColumnHistory){work->years, FIRST_YEAR, YEARS, lanes};
    work->now = work->years[YEARS - 1];
    work->before = work->years[YEARS - 2];
    work->baseline = work->years[YEARS - 5];
    for (size_t lane = 0; lane < COLUMNS_MOST_LANES; lane++)
        work->target[lane] = 75;
}

// ---- the steps, over columns -------------------------------------------------------------------

static void fit_columns(Work *work) {
    columns_fit_line(&work->history, &work->line);
}

static void forecast_columns(Work *work) {
    columns_line_at(&work->line, FIRST_YEAR + YEARS, work->out);
    columns_line_at(&work->line, FIRST_YEAR + YEARS + 5, work->more);
}

static void interval_columns(Work *work) {
    columns_line_interval(&work->line, FIRST_YEAR + YEARS, work->out, work->more);
}

static void reach_columns(Work *work) {
    columns_line_reach(&work->line, work->target, TARGET_SIDE_UP, FIRST_YEAR + YEARS - 1, 50,
                       work->out);
}

static void volatility_columns(Work *work) {
    columns_volatility(&work->history, work->out);
}

static void recent_columns(Work *work) {
    columns_recent_change(&work->history, work->out);
}

static void range_columns(Work *work) {
    columns_range(&work->history, work->out, work->more);
}

static void years_columns(Work *work) {
    columns_years_of_data(&work->history, work->out);
}

static void round_columns(Work *work) {
    columns_round(work->now, work->history.lanes, 2, ROUNDING_HALF_UP, work->out);
}

static void change_columns(Work *work) {
    for (size_t lane = 0; lane < work->history.lanes; lane++)
        work->more[lane] = work->now[lane] - work->before[lane];
    columns_round(work->more, work->history.lanes, 9, ROUNDING_HALF_UP, work->out);
}

static void progress_columns(Work *work) {
    columns_progress(work->now, work->baseline, work->target, TARGET_SIDE_UP, work->history.lanes,
                     work->out);
}

static void plain_columns(Work *work) {
    columns_plain(work->out, work->history.lanes);
}

static void check_columns(Work *work) {
    bool first = (work->now - nation) % REGIONS == 0; // all regions of the indicator at once
    if (first && !columns_are_plain(work->years[0], (size_t)YEARS * REGIONS)) abort();
}

// A line with two forecasts, volatility, rounding and progress, which is what a run needs most.
static void all_columns(Work *work) {
    fit_columns(work);
    forecast_columns(work);
    volatility_columns(work);
    round_columns(work);
    progress_columns(work);
}

// ---- the steps, one region after the other -----------------------------------------------------

typedef struct Observed {
    int years[YEARS];
    double values[YEARS];
    size_t count;
} Observed;

static Observed observed(const Work *work, size_t lane) {
    Observed series = {.count = 0};
    for (int y = 0; y < YEARS; y++) {
        double value = work->years[y][lane];
        if (isnan(value)) continue;
        series.years[series.count] = FIRST_YEAR + y;
        series.values[series.count++] = value;
    }
    return series;
}

static void fit_and_forecast(Work *work) {
    for (size_t lane = 0; lane < work->history.lanes; lane++) {
        Observed series = observed(work, lane);
        ForecastModel model;
        bool fitted = forecast_fit(FORECAST_OLS, series.years, series.values, series.count, &model);
        work->out[lane] = fitted ? forecast_at(&model, FIRST_YEAR + YEARS) : NAN;
        work->more[lane] = fitted ? forecast_at(&model, FIRST_YEAR + YEARS + 5) : NAN;
    }
}

static void volatility_scalar(Work *work) {
    for (size_t lane = 0; lane < work->history.lanes; lane++) {
        Observed series = observed(work, lane);
        work->out[lane] = volatility_of(series.years, series.values, series.count);
    }
}

static void recent_scalar(Work *work) {
    for (size_t lane = 0; lane < work->history.lanes; lane++) {
        Observed series = observed(work, lane);
        work->out[lane] = progress_recent_change(series.years, series.values, series.count);
    }
}

static void range_scalar(Work *work) {
    for (size_t lane = 0; lane < work->history.lanes; lane++) {
        Observed series = observed(work, lane);
        work->out[lane] = summary_minimum(series.values, series.count);
        work->more[lane] = summary_maximum(series.values, series.count);
    }
}

static void round_scalar(Work *work) {
    for (size_t lane = 0; lane < work->history.lanes; lane++)
        work->out[lane] = decimal_round(work->now[lane], 2, ROUNDING_HALF_UP);
}

static void change_scalar(Work *work) {
    for (size_t lane = 0; lane < work->history.lanes; lane++)
        work->out[lane] = decimal_round(work->now[lane] - work->before[lane], 9, ROUNDING_HALF_UP);
}

static void progress_scalar(Work *work) {
    for (size_t lane = 0; lane < work->history.lanes; lane++)
        work->out[lane] = progress_toward(work->now[lane], work->baseline[lane], work->target[lane],
                                          TARGET_SIDE_UP);
}

static void all_scalar(Work *work) {
    fit_and_forecast(work);
    volatility_scalar(work);
    round_scalar(work);
    progress_scalar(work);
}

// ---- measuring ---------------------------------------------------------------------------------

typedef struct Step {
    const char *name;
    void (*columns)(Work *);
    void (*scalar)(Work *); // NULL: measured with the step before
} Step;

static const Step steps[] = {
    {"fit a line", fit_columns, fit_and_forecast},
    {"two forecasts", forecast_columns, NULL},
    {"interval", interval_columns, NULL},
    {"year of reaching", reach_columns, NULL},
    {"volatility", volatility_columns, volatility_scalar},
    {"recent change", recent_columns, recent_scalar},
    {"range", range_columns, range_scalar},
    {"years of data", years_columns, NULL},
    {"round to 2", round_columns, round_scalar},
    {"change, round to 9", change_columns, change_scalar},
    {"progress", progress_columns, progress_scalar},
    {"plain", plain_columns, NULL},
    {"are plain", check_columns, NULL},
    {"line, volatility, progress", all_columns, all_scalar},
};
enum { STEPS = sizeof steps / sizeof *steps, WAYS = 4 };

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

// Nanoseconds a series of one pass through the nation.
static double measure(void (*step)(Work *)) {
    static Work work;
    double began = seconds();
    for (size_t i = 0; i < INDICATORS; i++) {
        for (size_t region = 0; region < REGIONS; region += COLUMNS_MOST_LANES) {
            make_work(&work, i, region);
            step(&work);
        }
    }
    return (seconds() - began) * 1e9 / ((double)INDICATORS * REGIONS);
}

int main(int count, char **arguments) {
    static const char *const ways[WAYS] = {"scalar level", "baseline", "best", "functions"};
    int repetitions = count > 1 ? atoi(arguments[1]) : 11;
    if (repetitions < 1 || repetitions > MOST_REPETITIONS) repetitions = 11;
    static double times[STEPS][WAYS][MOST_REPETITIONS];
    make_nation();
    for (int repetition = 0; repetition < repetitions; repetition++) {
        for (size_t s = 0; s < STEPS; s++) {
            for (int way = 0; way < WAYS - 1; way++) {
                columns_use((ColumnsLevel)way);
                times[s][way][repetition] = measure(steps[s].columns);
            }
            if (steps[s].scalar && repetition < SLOW_REPETITIONS)
                times[s][WAYS - 1][repetition] = measure(steps[s].scalar);
        }
    }
    printf("%-30s", "ns a series");
    for (int way = 0; way < WAYS; way++)
        printf("%14s", ways[way]);
    printf("\n");
    for (size_t s = 0; s < STEPS; s++) {
        printf("%-30s", steps[s].name);
        for (int way = 0; way < WAYS; way++) {
            bool functions = way == WAYS - 1;
            int most = functions ? SLOW_REPETITIONS : MOST_REPETITIONS;
            size_t measured = (size_t)(repetitions < most ? repetitions : most);
            if (!functions || steps[s].scalar)
                printf("%14.2f", summary_median(times[s][way], measured));
        }
        printf("\n");
    }
    free(nation);
}
