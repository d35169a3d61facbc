// The work in plain C: see limit.h.
//
// Every sum runs in the order of core/stats, so that the bits are the same. Loops over regions have
// no branches, so that the compiler turns them into vector code; the few cells they cannot serve
// (a gap in the last five years) are done again one by one.
#include "core/bench/limit.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/memory.h"
#include "core/pack/metric.h"

// The same loops for processors with wider vectors; which one runs is decided when the program is
// loaded. No operation is fused (-ffp-contract=off), so both give the same bits.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(BIAOCHI_SANITIZED)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

enum {
    LINE_VALUES = 5,
    LINE_LEAST_VALUES = 3,
    LEAST_CHANGES = 3,
    YEARS_TO_TARGET = NATION_TARGET_YEAR - NATION_CURRENT_YEAR,
    YEARS_FROM_BASELINE = NATION_CURRENT_YEAR - NATION_BASELINE_YEAR,
    MOST_SCORE = 100,
};

static const double PACE =
    (double)YEARS_FROM_BASELINE / (NATION_TARGET_YEAR - NATION_BASELINE_YEAR);
static const double RESTLESS = 0.1;
// As core/eval/figures.c: what is beyond is missing. Figures whose mean is nothing but binary noise
// lead there.
static const double LARGEST_FIGURE = 1e15;

// One indicator over a run of regions: columns and where the results go.
typedef struct Task {
    size_t count;
    const double *years[NATION_MOST_YEARS]; // the current year first
    int year_count;
    double side; // 1 when the target is a least value, −1 when a most
    double target, near_limit;
    bool is_share;
    uint8_t *statuses, *levels;
    double *progress, *forecast, *forecast_final, *volatility;
    uint16_t *met, *assessable; // of the indicator's domain
} Task;

// ---- statuses and progress ---------------------------------------------------------------------

// Figures have two decimals: a half, where rounding turns, is far away.
static inline double printed(double value) {
    return floor(value * 100 + 0.5) / 100;
}

WIDE static void judge(const Task *task) {
    size_t count = task->count;
    const double *restrict values = task->years[0], *restrict baselines =
                                                        task->years[YEARS_FROM_BASELINE];
    double *restrict progress = task->progress;
    uint8_t *restrict statuses = task->statuses;
    double side = task->side, target = task->target, near_limit = task->near_limit;
    for (size_t r = 0; r < count; r++) {
        double now = printed(values[r]), baseline = baselines[r];
        double ahead = side * (now - target);
        double reached = ahead >= 0 ? 1 : 0, way = (now - baseline) / (target - baseline);
        double known = now == now ? reached : NAN;
        progress[r] = side * (baseline - target) >= 0 ? known : way;
        double missed = -ahead <= near_limit ? STATUS_NEAR : STATUS_UNMET;
        double status = ahead >= 0 ? STATUS_MET : missed;
        statuses[r] = (uint8_t)(int)(now == now ? status : STATUS_NO_DATA);
    }
}

WIDE static void count_statuses(const Task *task) {
    size_t count = task->count;
    const uint8_t *restrict statuses = task->statuses;
    uint16_t *restrict met = task->met, *restrict assessable = task->assessable;
    for (size_t r = 0; r < count; r++) {
        met[r] = (uint16_t)(met[r] + (statuses[r] == STATUS_MET));
        assessable[r] = (uint16_t)(assessable[r] + (statuses[r] <= STATUS_UNMET));
    }
}

// ---- forecasts ---------------------------------------------------------------------------------

// The least squares line where all of the last five years have values: the distances of the years
// from their mean are −2 … 2, their squares sum to 10. NaN where a value is missing.
WIDE static void forecast_complete(size_t count, const double *const *years, double *restrict next,
                                   double *restrict final) {
    const double *e = years[0], *d = years[1], *c = years[2], *b = years[3], *a = years[4];
    for (size_t r = 0; r < count; r++) {
        double last = e[r], sum = (a[r] - last) + (b[r] - last) + (c[r] - last) + (d[r] - last);
        double mean = last + sum / 5;
        double products = -2 * (a[r] - mean) - (b[r] - mean) + (d[r] - mean) + 2 * (last - mean);
        double slope = products / 10, level = mean + 2 * slope;
        next[r] = level + slope;
        final[r] = level + slope * YEARS_TO_TARGET;
    }
}

// The line through the last five values there are; NaN with fewer than three.
static void forecast_with_gaps(const Task *task, size_t region) {
    double values[LINE_VALUES], years[LINE_VALUES];
    int count = 0;
    for (int back = 0; back < task->year_count && count < LINE_VALUES; back++) {
        double value = task->years[back][region];
        if (isnan(value)) continue;
        values[count] = value;
        years[count++] = -back;
    }
    if (count < LINE_LEAST_VALUES) return;
    double sum = 0, year_sum = 0, products = 0, squares = 0;
    for (int i = count; i-- > 0;) { // the oldest first
        sum += values[i] - values[0];
        year_sum += years[i];
    }
    double mean = values[0] + sum / count, mean_year = year_sum / count;
    for (int i = count; i-- > 0;) {
        double distance = years[i] - mean_year;
        products += distance * (values[i] - mean);
        squares += distance * distance;
    }
    double slope = products / squares, level = mean - slope * mean_year;
    task->forecast[region] = level + slope;
    task->forecast_final[region] = level + slope * YEARS_TO_TARGET;
}

// A series that never was below 0, or a share never above 100, is not forecast there.
WIDE static void bound(size_t count, const double *const *columns, double ceiling,
                       double *restrict next, double *restrict final) {
    const double *years[NATION_MOST_YEARS];
    memcpy(years, columns, sizeof years);
    for (size_t r = 0; r < count; r++) {
        double least = 0, most = ceiling;
        for (int back = 0; back < NATION_MOST_YEARS; back++) {
            double value = years[back][r];
            least = value < least ? value : least;
            most = value > most ? value : most;
        }
        double floor = least < 0 ? -INFINITY : 0, top = most > ceiling ? INFINITY : ceiling;
        double after = next[r] < floor ? floor : next[r];
        double last = final[r] < floor ? floor : final[r];
        next[r] = after > top ? top : after;
        final[r] = last > top ? top : last;
    }
}

static void forecast(const Task *task) {
    forecast_complete(task->count, task->years, task->forecast, task->forecast_final);
    for (size_t r = 0; r < task->count; r++)
        if (isnan(task->forecast[r]) && !isnan(task->years[0][r])) forecast_with_gaps(task, r);
    bound(task->count, task->years, task->is_share ? 100 : INFINITY, task->forecast,
          task->forecast_final);
}

// ---- volatility --------------------------------------------------------------------------------

// Adding 0 for what is missing leaves a sum's bits as they are. No figure is infinite, so
// x − x is 0 for a figure and NaN for a missing one.
WIDE static void find_volatility(const Task *task) {
    size_t count = task->count;
    const double *years[NATION_MOST_YEARS];
    memcpy(years, task->years, sizeof years);
    double *restrict volatility = task->volatility;
    for (size_t r = 0; r < count; r++) {
        double sum = 0, present = 0, change_sum = 0, changed = 0, squares = 0;
        double values[NATION_MOST_YEARS], changes[NATION_MOST_YEARS - 1];
        for (int back = 0; back < NATION_MOST_YEARS; back++) {
            double value = years[back][r];
            values[back] = value;
            sum += value == value ? value : 0;
            present += value == value ? 1 : 0;
        }
        for (int back = 0; back < NATION_MOST_YEARS - 1; back++) {
            double change = values[back] - values[back + 1];
            changes[back] = change;
            change_sum += change == change ? change : 0;
            changed += change == change ? 1 : 0;
        }
        double mean = change_sum / changed, level = fabs(sum / present);
        for (int back = 0; back < NATION_MOST_YEARS - 1; back++) {
            double deviation = changes[back] - mean;
            squares += changes[back] == changes[back] ? deviation * deviation : 0;
        }
        double found = sqrt(squares / (changed - 1)) / level;
        bool known = (changed >= LEAST_CHANGES) & (level > 0) & (found <= LARGEST_FIGURE);
        volatility[r] = known ? found : NAN;
    }
}

// ---- warnings ----------------------------------------------------------------------------------

// The rule of the pack that nation_files.c writes.
WIDE static void warn(const Task *task) {
    size_t count = task->count;
    const double *restrict values = task->years[0], *restrict next = task->forecast,
                           *restrict final = task->forecast_final;
    const double *restrict volatility = task->volatility, *restrict progress = task->progress;
    uint8_t *restrict levels = task->levels;
    double side = task->side, target = task->target;
    for (size_t r = 0; r < count; r++) {
        double value = values[r], way = target - value;
        double restless = volatility[r] >= RESTLESS ? LEVEL_YELLOW : LEVEL_NONE;
        double slow = progress[r] < PACE ? LEVEL_YELLOW : restless;
        bool hopeless = (progress[r] < 0) | ((next[r] - value) * way <= 0);
        double late = hopeless ? LEVEL_RED : LEVEL_ORANGE;
        double level = (target - final[r]) * way > 0 ? late : slow;
        bool unknown = (progress[r] != progress[r]) | (final[r] != final[r]);
        level = unknown ? LEVEL_YELLOW : level;
        level = side * (value - target) >= 0 ? restless : level;
        levels[r] = (uint8_t)(int)(value == value ? level : LEVEL_NONE);
    }
}

// ---- scores and ranks --------------------------------------------------------------------------

static double deduct(double points, double amount) {
    double left = points - amount;
    return left < 0 ? 0 : left;
}

// The sum is freed of binary noise before it is printed with two digits: half a unit of its ninth
// digit is added with the half.
static double score_of(const Nation *nation, size_t region, const uint16_t *met,
                       const uint16_t *assessable, size_t stride) {
    double total =
        deduct(NATION_RETURNED_POINTS, NATION_RETURNED_DEDUCTION * nation->returned[region]);
    total += deduct(NATION_LATE_POINTS, NATION_LATE_DEDUCTION * nation->late_submissions[region]);
    for (int d = NATION_DOMAINS; d-- > 0;) {
        double share = (double)met[(size_t)d * stride] / assessable[(size_t)d * stride];
        if (assessable[(size_t)d * stride] > 0) total += nation_domains[d].points * share;
    }
    return floor(total * 100 + (0.5 + 5e-8)) / 100;
}

// Scores are whole hundredths of at most 100 points: counting how many are at each gives the ranks.
static void rank_scores(Results *results) {
    static const int most = MOST_SCORE * 100;
    int *better = memory_new((size_t)most + 2, sizeof *better);
    for (int r = 0; r < results->regions; r++)
        better[(int)lround(results->scores[r] * 100)]++;
    int before = 0;
    for (int score = most; score >= 0; score--) {
        int here = better[score];
        better[score] = before;
        before += here;
    }
    for (int r = 0; r < results->regions; r++)
        results->ranks[r] = 1 + better[(int)lround(results->scores[r] * 100)];
    free(better);
}

// ---- threads -----------------------------------------------------------------------------------

// What one thread does: all indicators of a run of regions.
typedef struct Slice {
    const Nation *nation;
    Results *results;
    size_t begin, end;
    const double *nothing; // a column of NaN, for years without figures
    double phase_ms[LIMIT_PHASES];
} Slice;

static Task make_task(const Slice *slice, int indicator, uint16_t *met, uint16_t *assessable) {
    const Nation *nation = slice->nation;
    const NationIndicator *about = &nation->indicators[indicator];
    size_t count = slice->end - slice->begin,
           at = (size_t)indicator * (size_t)nation->size.regions + slice->begin;
    Results *results = slice->results;
    Task task = {.count = count,
                 .year_count = nation->size.years,
                 .side = about->at_least ? 1 : -1,
                 .target = about->target,
                 .near_limit = nation_near_limit(about),
                 .is_share = nation_kinds[about->kind].is_share,
                 .statuses = results->statuses + at,
                 .levels = results->levels + at,
                 .progress = results->progress + at,
                 .forecast = results->forecast + at,
                 .forecast_final = results->forecast_final + at,
                 .volatility = results->volatility + at,
                 .met = met + (size_t)about->domain * count,
                 .assessable = assessable + (size_t)about->domain * count};
    for (int back = 0; back < NATION_MOST_YEARS; back++)
        task.years[back] =
            back < nation->size.years
                ? nation_column(nation, indicator, NATION_CURRENT_YEAR - back) + slice->begin
                : slice->nothing;
    return task;
}

static void *compute_slice(void *context) {
    Slice *slice = context;
    size_t count = slice->end - slice->begin;
    uint16_t *met = memory_new(NATION_DOMAINS * count, sizeof *met),
             *assessable = memory_new(NATION_DOMAINS * count, sizeof *assessable);
    int64_t began = clock_monotonic_ns();
    for (int i = 0; i < slice->nation->size.indicators; i++) {
        Task task = make_task(slice, i, met, assessable);
        static void (*const parts[])(const Task *) = {judge, count_statuses, forecast,
                                                      find_volatility, warn};
        static const LimitPhase phases[] = {LIMIT_JUDGING, LIMIT_JUDGING, LIMIT_FORECASTING,
                                            LIMIT_VOLATILITY, LIMIT_WARNING};
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            parts[p](&task);
            int64_t now = clock_monotonic_ns();
            slice->phase_ms[phases[p]] += (double)(now - began) / 1e6;
            began = now;
        }
    }
    for (size_t r = 0; r < count; r++)
        slice->results->scores[slice->begin + r] =
            score_of(slice->nation, slice->begin + r, met + r, assessable + r, count);
    slice->phase_ms[LIMIT_SCORING] += (double)(clock_monotonic_ns() - began) / 1e6;
    free(met);
    free(assessable);
    return NULL;
}

void limit_compute(const Nation *nation, int threads, Results *results,
                   double phase_ms[LIMIT_PHASES]) {
    size_t regions = (size_t)nation->size.regions, slices = (size_t)threads;
    if (slices > regions) slices = regions;
    Slice *work = memory_new(slices, sizeof *work);
    pthread_t *others = memory_new(slices, sizeof *others);
    bool *started = memory_new(slices, sizeof *started);
    double *nothing = memory_new(regions, sizeof *nothing);
    for (size_t r = 0; r < regions; r++)
        nothing[r] = NAN;
    for (size_t s = 0; s < slices; s++) {
        work[s] = (Slice){.nation = nation,
                          .results = results,
                          .begin = regions * s / slices,
                          .end = regions * (s + 1) / slices,
                          .nothing = nothing};
        started[s] = s > 0 && pthread_create(&others[s], NULL, compute_slice, &work[s]) == 0;
    }
    for (size_t s = 0; s < slices; s++)
        if (!started[s]) compute_slice(&work[s]);
    for (size_t s = 0; s < slices; s++)
        if (started[s]) pthread_join(others[s], NULL);
    int64_t began = clock_monotonic_ns();
    rank_scores(results);
    double ranking_ms = (double)(clock_monotonic_ns() - began) / 1e6;
    for (size_t s = 0; phase_ms && s < slices; s++)
        for (int p = 0; p < LIMIT_PHASES; p++)
            phase_ms[p] += work[s].phase_ms[p];
    if (phase_ms) phase_ms[LIMIT_SCORING] += ranking_ms;
    free(work);
    free(others);
    free(started);
    free(nothing);
}
