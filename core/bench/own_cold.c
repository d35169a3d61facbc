// `biaochi evaluate` in a process of its own, over the nation's workspace: see own.h.
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/bench/own_store.h"
#include "core/bench/script.h"

enum { COLD_TIMEOUT_MS = 600000 };

enum { PHASE_READ, PHASE_EVALUATE, PHASE_HASH, PHASE_WRITE, PHASE_REST, COLD_PHASES };

typedef struct ColdState {
    const BenchSetting *setting;
    OwnStore own;
    bool from_revisions;
    int rounds;
    char *log;
    double peak_mb, phase_ms[COLD_PHASES];
} ColdState;

static const ContenderPhase cold_phases[COLD_PHASES] = {
    [PHASE_READ] = {"read", "reading", "读取"},
    [PHASE_EVALUATE] = {"evaluate", "evaluating", "评估"},
    [PHASE_HASH] = {"hash", "hashing", "求哈希"},
    [PHASE_WRITE] = {"write", "storing the run", "保存运行"},
    [PHASE_REST] = {"rest", "start of the process", "进程启动"}};

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
    *state = (ColdState){
        .setting = setting, .from_revisions = from_revisions, .log = log.data, .peak_mb = NAN};
    *out = state;
    return own_store_init(&state->own, setting, error);
}

static bool snapshot_prepare(const BenchSetting *setting, void **out, Error *error) {
    return cold_prepare(setting, false, out, error);
}

static bool rows_prepare(const BenchSetting *setting, void **out, Error *error) {
    return cold_prepare(setting, true, out, error);
}

// ---- rounds ------------------------------------------------------------------------------------

// The process says what it spent on what and when the run was committed; before that, the rest of
// its time is its start. What it does afterwards, tidying up and ending, is not counted.
static bool take_timings(ColdState *state, const Buffer *printed, int64_t began_us, double *ms,
                         Error *error) {
    static const char *const names[PHASE_REST] = {"read_ms", "evaluate_ms", "hash_ms", "write_ms"};
    json_t *runs = json_loadb(printed->data, printed->length, 0, NULL);
    const json_t *timings = json_object_get(json_array_get(runs, 0), "timings");
    bool good = json_is_object(timings) ||
                error_set(error, ERROR_SYSTEM, "%s",
                          T("biaochi evaluate printed no timings", "biaochi evaluate 未给出耗时"));
    *ms = (json_number_value(json_object_get(timings, "committed_at_us")) - (double)began_us) / 1e3;
    state->phase_ms[PHASE_REST] += good ? *ms : 0;
    for (int p = 0; good && p < PHASE_REST; p++) {
        double spent = json_number_value(json_object_get(timings, names[p]));
        state->phase_ms[p] += spent;
        state->phase_ms[PHASE_REST] -= spent;
    }
    json_decref(runs);
    return good;
}

static bool run_evaluate_command(ColdState *state, Buffer *printed, Error *error) {
    char year[16];
    int count;
    snprintf(year, sizeof year, "%d", NATION_CURRENT_YEAR);
    const char *arguments[16] = {
        "/proc/self/exe", "--workspace", state->own.workspace, "evaluate", "--quiet", "--format",
        "json",           "--lang",      T("en", "zh"),        "--year",   year};
    for (count = 0; arguments[count];)
        count++;
    if (state->from_revisions) arguments[count++] = "--from-revisions";
    if (state->setting->jobs->worker_program) {
        arguments[count++] = "--worker";
        arguments[count++] = state->setting->jobs->worker_program;
    }
    // The first round is not counted, so it can be looked at.
    ScriptOptions options = {.arguments = arguments,
                             .log = state->log,
                             .interruption = state->setting->interruption,
                             .output = printed,
                             .peak_mb = state->rounds == 0 ? &state->peak_mb : NULL};
    return script_run(&options, COLD_TIMEOUT_MS, error);
}

static bool cold_round(void *context, double *ms, Error *error) {
    ColdState *state = context;
    Buffer printed = {0};
    // Every round is a new run: untimed, a note is changed first.
    int note = 2 * state->rounds + state->from_revisions;
    if (!own_store_touch(&state->own, note, error)) return false;
    own_store_close(&state->own);
    int64_t began_us = clock_now_us();
    bool good = run_evaluate_command(state, &printed, error) &&
                take_timings(state, &printed, began_us, ms, error);
    state->rounds++;
    buffer_free(&printed);
    return good && own_store_open(&state->own, error);
}

static bool cold_collect(void *context, Results *results, Error *error) {
    ColdState *state = context;
    return own_store_collect(&state->own, results, error);
}

static double cold_peak_mb(void *context) {
    const ColdState *state = context;
    return state->peak_mb;
}

static void cold_phase_ms(void *context, double *ms) {
    const ColdState *state = context;
    for (int p = 0; p < COLD_PHASES; p++)
        ms[p] = state->phase_ms[p];
}

const ContenderKind contender_cold_snapshot = {
    .name = "cold_snapshot",
    .family = "cold",
    .english = "cold process, database to committed run",
    .chinese = "冷启动：从数据库到提交结果",
    .is_own = true,
    .prepare = snapshot_prepare,
    .round = cold_round,
    .collect = cold_collect,
    .peak_mb = cold_peak_mb,
    .phases = cold_phases,
    .phase_count = COLD_PHASES,
    .phase_ms = cold_phase_ms,
    .finish = cold_finish,
};

const ContenderKind contender_cold_rows = {
    .name = "cold_rows",
    .family = "cold",
    .english = "the same, columns rebuilt from revisions",
    .chinese = "同上，但从逐条版本重建列",
    .is_own = true,
    .prepare = rows_prepare,
    .round = cold_round,
    .collect = cold_collect,
    .peak_mb = cold_peak_mb,
    .phases = cold_phases,
    .phase_count = COLD_PHASES,
    .phase_ms = cold_phase_ms,
    .finish = cold_finish,
};
