// The contenders there are, and the limit among them: see contender.h.
#include <stdlib.h>

#include "core/base/clock.h"
#include "core/base/memory.h"
#include "core/bench/contender.h"
#include "core/bench/limit.h"
#include "core/bench/own.h"
#include "core/bench/rival.h"

const ContenderKind *const contender_kinds[] = {
    &contender_limit,
    &contender_warm,
    &contender_cold_snapshot,
    &contender_cold_rows,
    &contender_incremental,
    &contender_duckdb_memory,
    &contender_duckdb_file_wide,
    &contender_duckdb_file_long,
    &contender_numpy,
    &contender_pandas,
    &contender_pandas_cold,
    &contender_postgres,
    &contender_postgres_long,
};
const size_t contender_kind_count = sizeof contender_kinds / sizeof *contender_kinds;

typedef struct LimitState {
    const BenchSetting *setting;
    Results results;
    double phase_ms[LIMIT_PHASES];
} LimitState;

static bool limit_prepare(const BenchSetting *setting, void **out, Error *error) {
    (void)error;
    LimitState *state = memory_new(1, sizeof *state);
    state->setting = setting;
    results_init(&state->results, setting->nation->size.indicators, setting->nation->size.regions);
    *out = state;
    return true;
}

static bool limit_round(void *context, double *ms, Error *error) {
    (void)error;
    LimitState *state = context;
    int64_t began = clock_monotonic_ns();
    limit_compute(state->setting->nation, state->setting->workers, &state->results,
                  state->phase_ms);
    *ms = (double)(clock_monotonic_ns() - began) / 1e6;
    return true;
}

static bool limit_collect(void *context, Results *results, Error *error) {
    (void)error;
    LimitState *state = context;
    Results empty = *results;
    *results = state->results;
    state->results = empty;
    return true;
}

static void limit_phase_ms(void *context, double *ms) {
    const LimitState *state = context;
    for (int p = 0; p < LIMIT_PHASES; p++)
        ms[p] = state->phase_ms[p];
}

static void limit_finish(void *context) {
    LimitState *state = context;
    results_free(&state->results);
    free(state);
}

static const ContenderPhase limit_phases[LIMIT_PHASES] = {
    [LIMIT_JUDGING] = {"judging", "statuses and progress", "达标与完成率"},
    [LIMIT_FORECASTING] = {"forecasting", "forecasts", "预测"},
    [LIMIT_VOLATILITY] = {"volatility", "volatility", "波动"},
    [LIMIT_WARNING] = {"warning", "warnings", "预警"},
    [LIMIT_SCORING] = {"scoring", "scores and ranks", "得分与名次"},
};

const ContenderKind contender_limit = {
    .name = "limit",
    .family = "limit",
    .english = "the same work by hand in C",
    .chinese = "同样的计算，C 手写",
    .prepare = limit_prepare,
    .round = limit_round,
    .collect = limit_collect,
    .phases = limit_phases,
    .phase_count = LIMIT_PHASES,
    .phase_ms = limit_phase_ms,
    .finish = limit_finish,
};
