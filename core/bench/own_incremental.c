// One changed figure, again and again: see own.h.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/bench/own_store.h"
#include "core/registry/live.h"

enum { CHANGES_A_ROUND = 50 };

typedef struct IncrementalState {
    const BenchSetting *setting;
    JobHost host;
    OwnStore own;
    PackList packs;
    Live *live;
    int changes;
} IncrementalState;

static void incremental_finish(void *context) {
    IncrementalState *state = context;
    live_close(state->live);
    pack_list_free(&state->packs);
    own_store_free(&state->own);
    free(state);
}

static bool incremental_prepare(const BenchSetting *setting, void **out, Error *error) {
    IncrementalState *state = memory_new(1, sizeof *state);
    state->setting = setting;
    state->host = *setting->jobs;
    state->host.parallel = setting->workers;
    *out = state;
    return own_store_init(&state->own, setting, error) &&
           registry_load_active(state->own.store, "bench", &state->packs, error);
}

static bool open_live(IncrementalState *state, Error *error) {
    ProblemList problems = {0};
    LiveRequest request = {
        .host = &state->host,
        .store = state->own.store,
        .run = {.pack = &state->packs.items[0], .year = NATION_CURRENT_YEAR, .who = "bench"}};
    bool good = live_open(&request, &state->live, &problems);
    if (!good) own_nation_take_problem(&problems, error);
    problems_free(&problems);
    return good;
}

// Counties and indicators in turn, the figure a little up or down from what it is; the figure as it
// was comes back in the second half of a round, so that the results in the end are those of all.
static void choose(const Nation *nation, int change, int *county, int *indicator, double *value) {
    int pair = change / 2;
    for (int tries = 0;; tries++) {
        uint64_t mixed = (uint64_t)(pair + tries * 7919 + 1) * 0x9e3779b97f4a7c15u;
        *county = (int)((mixed >> 33) % (uint64_t)nation->size.regions);
        *indicator = (int)((mixed >> 13) % (uint64_t)nation->size.indicators);
        *value = nation_column(nation, *indicator, NATION_CURRENT_YEAR)[*county];
        if (!isnan(*value)) break;
    }
    if (change % 2 == 0) *value = round(*value * 100 + 7 + pair % 500) / 100;
}

static bool change_one(IncrementalState *state, double *ms, Error *error) {
    const Nation *nation = state->setting->nation;
    char text[DECIMAL_TEXT_SIZE];
    StoreObservation row;
    LiveOutcome outcome;
    size_t changed;
    int county, indicator;
    double value;
    choose(nation, state->changes++, &county, &indicator, &value);
    own_store_observation(nation, indicator, county, value, text, &row);
    int64_t began = clock_monotonic_ns();
    const LivePut put = {.observations = &row, .count = 1, .who = "bench", .what = "changed"};
    bool stored = live_put(&state->live, 1, state->own.store, &put, &changed, &outcome, error);
    bool good = stored && outcome.run != 0;
    if (good) {
        const Standings *standings = live_standings(state->live, 0);
        good = standings_rank(standings, (size_t)nation->counties[county]) > 0;
    }
    *ms = (double)(clock_monotonic_ns() - began) / 1e6;
    if (outcome.problems.count > 0)
        good = own_nation_take_problem(&outcome.problems, error);
    else if (stored && (!good || outcome.whole || changed != 1))
        good = error_set(error, ERROR_CONFLICT, "%s",
                         T("the change was not followed by itself", "变更未能单独跟进"));
    problems_free(&outcome.problems);
    return good;
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

// The median of many changes: one is over too soon to be measured by itself.
static bool incremental_round(void *context, double *ms, Error *error) {
    IncrementalState *state = context;
    double times[CHANGES_A_ROUND];
    if (!state->live && !open_live(state, error)) return false;
    for (int i = 0; i < CHANGES_A_ROUND; i++)
        if (!change_one(state, &times[i], error)) return false;
    qsort(times, CHANGES_A_ROUND, sizeof *times, by_size);
    *ms = times[CHANGES_A_ROUND / 2];
    // Others use the workspace between rounds.
    live_close(state->live);
    state->live = NULL;
    return true;
}

static bool incremental_collect(void *context, Results *results, Error *error) {
    IncrementalState *state = context;
    return own_store_collect(&state->own, results, error);
}

const ContenderKind contender_incremental = {
    .name = "incremental",
    .family = "incremental",
    .english = "one changed figure, stored and followed",
    .chinese = "改动一个数值：入库并更新结果",
    .is_own = true,
    .one_change = true,
    .prepare = incremental_prepare,
    .round = incremental_round,
    .collect = incremental_collect,
    .finish = incremental_finish,
};
