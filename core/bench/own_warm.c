// A warm engine over the nation in memory: see own.h.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/memory.h"
#include "core/bench/memory_use.h"
#include "core/bench/nation_files.h"
#include "core/bench/own_nation.h"

enum { PHASE_CHECKING = EVALUATION_PHASE_COUNT, PHASE_RANKING, WARM_PHASES };

typedef struct WarmState {
    const BenchSetting *setting;
    OwnNation own;
    Engine *engine;
    Standings standings;
    int32_t *ranks;
    int64_t ranking_ns;
    bool measured;
    double peak_mb;
} WarmState;

static void warm_finish(void *context) {
    WarmState *state = context;
    if (state->engine) standings_free(&state->standings);
    engine_free(state->engine);
    own_nation_free(&state->own);
    free(state->ranks);
    free(state);
}

// This process with its workers, now. What else the measurement holds stands still meanwhile, so
// that what is added between two looks is the evaluation's.
static double memory_now_mb(void) {
    MemoryUse use = memory_use_of(getpid());
    return use.resident_mb + use.children_mb;
}

static bool make_engine(WarmState *state, const BenchSetting *setting, Error *error) {
    if (!own_nation_init(&state->own, setting, error)) return false;
    size_t regions = state->own.dataset->header->region_count;
    PackCode code = loaded_pack_code(&state->own.pack);
    state->own.code = code;
    EngineRequest request = {.pack = &state->own.code,
                             .dataset = state->own.dataset,
                             .roles = state->own.roles,
                             .year = NATION_CURRENT_YEAR,
                             .traced_region = -1};
    state->engine = engine_new(&state->own.host, &request, error);
    if (!state->engine) return false;
    standings_init(&state->standings, engine_layout(state->engine), 0, regions);
    state->ranks = memory_new(regions, sizeof *state->ranks);
    return true;
}

static bool warm_prepare(const BenchSetting *setting, void **out, Error *error) {
    WarmState *state = memory_new(1, sizeof *state);
    state->setting = setting;
    *out = state;
    double before = memory_now_mb();
    bool good = make_engine(state, setting, error);
    state->peak_mb = memory_now_mb() - before;
    return good;
}

static void rank_regions(WarmState *state) {
    int64_t began = clock_monotonic_ns();
    for (size_t r = 0; r < state->standings.region_count; r++)
        if (engine_is_evaluated(state->engine, r))
            standings_put(&state->standings, r, engine_record(state->engine, r));
    standings_rank_all(&state->standings, state->ranks);
    state->ranking_ns += clock_monotonic_ns() - began;
}

static bool run_engine(WarmState *state, double *ms, Error *error) {
    ProblemList problems = {0};
    int64_t began = clock_monotonic_ns();
    bool good = engine_run(state->engine, &problems);
    if (good) rank_regions(state);
    *ms = (double)(clock_monotonic_ns() - began) / 1e6;
    if (!good) own_nation_take_problem(&problems, error);
    problems_free(&problems);
    return good;
}

static bool warm_round(void *context, double *ms, Error *error) {
    WarmState *state = context;
    if (state->measured) return run_engine(state, ms, error);
    double before = memory_now_mb();
    bool good = run_engine(state, ms, error);
    state->peak_mb += memory_now_mb() - before;
    state->measured = true;
    return good;
}

static double warm_peak_mb(void *context) {
    const WarmState *state = context;
    return state->peak_mb;
}

static bool warm_collect(void *context, Results *results, Error *error) {
    WarmState *state = context;
    return own_nation_collect(&state->own, state->engine, &state->standings, state->ranks, results,
                              error);
}

static void warm_phase_ms(void *context, double *ms) {
    const WarmState *state = context;
    EngineStatistics statistics = engine_statistics(state->engine);
    for (int p = 0; p < EVALUATION_PHASE_COUNT; p++)
        ms[p] = (double)statistics.phases_us[p] / 1e3;
    ms[PHASE_CHECKING] = (double)statistics.checking_us / 1e3;
    ms[PHASE_RANKING] = (double)state->ranking_ns / 1e6;
}

static const ContenderPhase warm_phases[WARM_PHASES] = {
    {"formulas", "formulas", "公式"},
    {"figures", "figures and statuses", "数值与达标情况"},
    {"warnings", "warnings (Lua)", "预警（Lua）"},
    {"assessments", "items (Lua)", "考核项（Lua）"},
    {"checking", "copying and checking", "复制与校验"},
    {"ranking", "scores and ranks", "得分与排名"}};

const ContenderKind contender_warm = {
    .name = "warm",
    .family = "warm",
    .english = "rules in Lua, workers and data warm",
    .chinese = "规则用 Lua，进程与数据已就绪",
    .is_own = true,
    .prepare = warm_prepare,
    .round = warm_round,
    .collect = warm_collect,
    .peak_mb = warm_peak_mb,
    .phases = warm_phases,
    .phase_count = WARM_PHASES,
    .phase_ms = warm_phase_ms,
    .finish = warm_finish,
};
