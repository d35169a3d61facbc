// DuckDB and pandas as contenders: scripts of scripts/bench run by node and python3. See rival.h.
#include <stdio.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/bench/rival.h"

static bool round_of_engine(void *state, double *ms, Error *error) {
    return rival_round(state, ms, error);
}

static bool collect_of_engine(void *state, Results *results, Error *error) {
    return rival_collect(state, results, error);
}

static double peak_of_engine(void *state) {
    const Rival *rival = state;
    return script_peak_mb(rival->script);
}

static void finish_engine(void *state) {
    rival_free(state);
    free(state);
}

// Runs SCRIPT MODE FOLDER WORKERS with the interpreter.
static bool prepare_script(const BenchSetting *setting, const char *name, const char *interpreter,
                           const char *script, const char *mode, void **state, Error *error) {
    Rival *rival = memory_new(1, sizeof *rival);
    Buffer path = {0};
    char workers[16];
    buffer_printf(&path, "%s/%s", setting->folder, script);
    snprintf(workers, sizeof workers, "%d", setting->workers);
    const char *const arguments[] = {interpreter, path.data, mode, setting->folder, workers, NULL};
    bool good =
        rival_init(rival, setting, name, error) && rival_start(rival, arguments, NULL, error);
    buffer_free(&path);
    if (good)
        *state = rival;
    else
        finish_engine(rival);
    return good;
}

// ---- DuckDB ------------------------------------------------------------------------------------

static bool prepare_duckdb_memory(const BenchSetting *setting, void **state, Error *error) {
    return prepare_script(setting, "duckdb_memory", "node", "duckdb.cjs", "memory", state, error);
}

static bool prepare_duckdb_file_wide(const BenchSetting *setting, void **state, Error *error) {
    return prepare_script(setting, "duckdb_file_wide", "node", "duckdb.cjs", "file_wide", state,
                          error);
}

static bool prepare_duckdb_file_long(const BenchSetting *setting, void **state, Error *error) {
    return prepare_script(setting, "duckdb_file_long", "node", "duckdb.cjs", "file_long", state,
                          error);
}

const ContenderKind contender_duckdb_memory = {
    .name = "duckdb_memory",
    .family = "duckdb",
    .english = "DuckDB in memory, a column a year",
    .chinese = "DuckDB，内存，每年一列",
    .prepare = prepare_duckdb_memory,
    .round = round_of_engine,
    .collect = collect_of_engine,
    .peak_mb = peak_of_engine,
    .finish = finish_engine,
};

const ContenderKind contender_duckdb_file_wide = {
    .name = "duckdb_file_wide",
    .family = "duckdb",
    .english = "DuckDB, its file to committed results, a column a year",
    .chinese = "DuckDB，从文件到提交结果，每年一列",
    .prepare = prepare_duckdb_file_wide,
    .round = round_of_engine,
    .collect = collect_of_engine,
    .peak_mb = peak_of_engine,
    .finish = finish_engine,
};

const ContenderKind contender_duckdb_file_long = {
    .name = "duckdb_file_long",
    .family = "duckdb",
    .english = "DuckDB, its file to committed results, a row a year",
    .chinese = "DuckDB，从文件到提交结果，每年一行",
    .prepare = prepare_duckdb_file_long,
    .round = round_of_engine,
    .collect = collect_of_engine,
    .peak_mb = peak_of_engine,
    .finish = finish_engine,
};

// ---- pandas ------------------------------------------------------------------------------------

// The first python3 in PATH may be one without Debian's packages.
static bool prepare_pandas(const BenchSetting *setting, void **state, Error *error) {
    if (prepare_script(setting, "pandas", "python3", "pandas_work.py", "memory", state, error))
        return true;
    return error->code == ERROR_NOT_FOUND &&
           prepare_script(setting, "pandas", "/usr/bin/python3", "pandas_work.py", "memory", state,
                          error);
}

const ContenderKind contender_pandas = {
    .name = "pandas",
    .family = "pandas",
    .english = "pandas and NumPy, frames in memory",
    .chinese = "pandas 与 NumPy，内存中的数据框",
    .prepare = prepare_pandas,
    .round = round_of_engine,
    .collect = collect_of_engine,
    .peak_mb = peak_of_engine,
    .finish = finish_engine,
};
