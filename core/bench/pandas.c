// NumPy and pandas as contenders: scripts of scripts/bench run by python3. See rival.h.
#include <stdio.h>
#include <stdlib.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/bench/rival.h"

enum { PROCESS_TIMEOUT_MS = 1200000 };

// The first python3 in PATH may be one without Debian's packages.
static const char *const interpreters[] = {"python3", "/usr/bin/python3"};
enum { INTERPRETERS = sizeof interpreters / sizeof *interpreters };

static bool prepare_served(const BenchSetting *setting, const char *name, const char *script,
                           void **state, Error *error) {
    for (int i = 0; i < INTERPRETERS; i++) {
        RivalScript about = {name, interpreters[i], script, "memory"};
        if (rival_prepare_script(setting, &about, state, error)) return true;
        if (error->code != ERROR_NOT_FOUND) return false;
    }
    return false;
}

static bool prepare_numpy(const BenchSetting *setting, void **state, Error *error) {
    return prepare_served(setting, "numpy", "numpy_work.py", state, error);
}

static bool prepare_pandas(const BenchSetting *setting, void **state, Error *error) {
    return prepare_served(setting, "pandas", "pandas_work.py", state, error);
}

const ContenderKind contender_numpy = {
    .name = "numpy",
    .family = "pandas",
    .english = "NumPy by hand, a column a year in memory",
    .chinese = "NumPy 手写数组，内存中每年一列",
    .prepare = prepare_numpy,
    .round = rival_script_round,
    .collect = rival_script_collect,
    .peak_mb = rival_script_peak_mb,
    .finish = rival_script_finish,
};

const ContenderKind contender_pandas = {
    .name = "pandas",
    .family = "pandas",
    .english = "pandas, a frame with a row a year in memory",
    .chinese = "pandas，内存中的数据框，每年一行",
    .prepare = prepare_pandas,
    .round = rival_script_round,
    .collect = rival_script_collect,
    .peak_mb = rival_script_peak_mb,
    .finish = rival_script_finish,
};

// ---- a process of its own ----------------------------------------------------------------------

typedef struct PandasCold {
    Rival rival;
    const char *interpreter;
    bool looked_at;
    double peak_mb;
} PandasCold;

static bool run_mode(PandasCold *state, const char *mode, double *peak_mb, Error *error) {
    Buffer path = {0};
    const BenchSetting *setting = state->rival.setting;
    buffer_printf(&path, "%s/pandas_work.py", setting->folder);
    const char *const arguments[] = {state->interpreter, path.data, mode, setting->folder, NULL};
    ScriptOptions options = {.arguments = arguments,
                             .log = state->rival.log,
                             .interruption = setting->interruption,
                             .peak_mb = peak_mb};
    bool good = script_run(&options, PROCESS_TIMEOUT_MS, error);
    buffer_free(&path);
    return good;
}

static bool has_pandas(const PandasCold *state, Error *error) {
    const char *const arguments[] = {state->interpreter, "-c", "import numpy, pandas", NULL};
    ScriptOptions options = {.arguments = arguments,
                             .log = state->rival.log,
                             .interruption = state->rival.setting->interruption};
    if (script_run(&options, PROCESS_TIMEOUT_MS, error)) return true;
    if (error->code == ERROR_SYSTEM)
        error_set(error, ERROR_NOT_FOUND, T("%s is missing", "缺少 %s"), "pandas (Python)");
    return false;
}

static bool find_interpreter(PandasCold *state, Error *error) {
    for (int i = 0; i < INTERPRETERS; i++) {
        state->interpreter = interpreters[i];
        if (has_pandas(state, error)) return true;
        if (error->code != ERROR_NOT_FOUND) return false;
    }
    return false;
}

static bool prepare_cold(const BenchSetting *setting, void **out, Error *error) {
    PandasCold *state = memory_new(1, sizeof *state);
    *out = state;
    return rival_init(&state->rival, setting, "pandas_cold", error) &&
           find_interpreter(state, error) && run_mode(state, "fill", NULL, error);
}

static bool round_cold(void *context, double *ms, Error *error) {
    PandasCold *state = context;
    // The first round is not counted, so it can be looked at.
    double *peak_mb = state->looked_at ? NULL : &state->peak_mb;
    state->looked_at = true;
    int64_t began = clock_monotonic_ns();
    bool good = run_mode(state, "cold", peak_mb, error);
    *ms = (double)(clock_monotonic_ns() - began) / 1e6;
    return good;
}

static bool collect_cold(void *context, Results *results, Error *error) {
    PandasCold *state = context;
    return run_mode(state, "collect", NULL, error) &&
           results_read(results, state->rival.results, error);
}

static double peak_cold(void *context) {
    const PandasCold *state = context;
    return state->peak_mb;
}

static void finish_cold(void *context) {
    PandasCold *state = context;
    rival_free(&state->rival);
    free(state);
}

const ContenderKind contender_pandas_cold = {
    .name = "pandas_cold",
    .family = "pandas",
    .english = "pandas, cold process, SQLite to committed results, a row a year",
    .chinese = "pandas，冷启动：从 SQLite 到提交结果，每年一行",
    .prepare = prepare_cold,
    .round = round_cold,
    .collect = collect_cold,
    .peak_mb = peak_cold,
    .finish = finish_cold,
};
