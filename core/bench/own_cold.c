// `biaochi evaluate` in a process of its own, over the nation's workspace: see own.h.
#include <stdio.h>
#include <stdlib.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/bench/own_store.h"
#include "core/bench/script.h"

enum { COLD_TIMEOUT_MS = 600000 };

typedef struct ColdState {
    const BenchSetting *setting;
    OwnStore own;
    bool from_revisions;
    int rounds;
    char *log;
} ColdState;

static void cold_finish(void *context) {
    ColdState *state = context;
    own_store_free(&state->own);
    free(state->log);
    free(state);
}

static bool cold_prepare(const BenchSetting *setting, bool from_revisions, void **out,
                         Error *error) {
    ColdState *state = memory_new(1, sizeof *state);
    Buffer log = {0};
    buffer_printf(&log, "%s/cold.log", setting->folder);
    *state = (ColdState){.setting = setting, .from_revisions = from_revisions, .log = log.data};
    *out = state;
    return own_store_init(&state->own, setting, error);
}

static bool snapshot_prepare(const BenchSetting *setting, void **out, Error *error) {
    return cold_prepare(setting, false, out, error);
}

static bool rows_prepare(const BenchSetting *setting, void **out, Error *error) {
    return cold_prepare(setting, true, out, error);
}

static bool cold_round(void *context, double *ms, Error *error) {
    ColdState *state = context;
    char year[16];
    snprintf(year, sizeof year, "%d", NATION_CURRENT_YEAR);
    const char *arguments[] = {"/proc/self/exe",
                               "--workspace",
                               state->own.workspace,
                               "evaluate",
                               "--quiet",
                               "--year",
                               year,
                               state->from_revisions ? "--from-revisions" : NULL,
                               NULL};
    ScriptOptions options = {
        .arguments = arguments, .log = state->log, .interruption = state->setting->interruption};
    // Every round is a new run: untimed, a note is changed first.
    int note = 2 * state->rounds++ + state->from_revisions;
    if (!own_store_touch(&state->own, note, error)) return false;
    own_store_close(&state->own);
    int64_t began = clock_monotonic_ns();
    bool good = script_run(&options, COLD_TIMEOUT_MS, error);
    *ms = (double)(clock_monotonic_ns() - began) / 1e6;
    return own_store_open(&state->own, error) && good;
}

static bool cold_collect(void *context, Results *results, Error *error) {
    ColdState *state = context;
    return own_store_collect(&state->own, results, error);
}

const ContenderKind contender_cold_snapshot = {
    .name = "cold_snapshot",
    .family = "cold",
    .english = "cold process, database to committed run",
    .chinese = "冷启动：从数据库到提交结果",
    .prepare = snapshot_prepare,
    .round = cold_round,
    .collect = cold_collect,
    .finish = cold_finish,
};

const ContenderKind contender_cold_rows = {
    .name = "cold_rows",
    .family = "cold",
    .english = "the same, columns rebuilt from revisions",
    .chinese = "同上，但从逐条版本重建列",
    .prepare = rows_prepare,
    .round = cold_round,
    .collect = cold_collect,
    .finish = cold_finish,
};
