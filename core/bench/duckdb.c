// DuckDB as a contender: a script of scripts/bench run by node. See rival.h.
#include "core/bench/rival.h"

static bool prepare_mode(const BenchSetting *setting, const char *name, const char *mode,
                         void **state, Error *error) {
    RivalScript about = {name, "node", "duckdb.cjs", mode};
    return rival_prepare_script(setting, &about, state, error);
}

static bool prepare_memory(const BenchSetting *setting, void **state, Error *error) {
    return prepare_mode(setting, "duckdb_memory", "memory", state, error);
}

static bool prepare_file_wide(const BenchSetting *setting, void **state, Error *error) {
    return prepare_mode(setting, "duckdb_file_wide", "file_wide", state, error);
}

static bool prepare_file_long(const BenchSetting *setting, void **state, Error *error) {
    return prepare_mode(setting, "duckdb_file_long", "file_long", state, error);
}

const ContenderKind contender_duckdb_memory = {
    .name = "duckdb_memory",
    .family = "duckdb",
    .english = "DuckDB in memory, a column a year",
    .chinese = "DuckDB，内存，每年一列",
    .prepare = prepare_memory,
    .round = rival_script_round,
    .collect = rival_script_collect,
    .peak_mb = rival_script_peak_mb,
    .finish = rival_script_finish,
};

const ContenderKind contender_duckdb_file_wide = {
    .name = "duckdb_file_wide",
    .family = "duckdb",
    .english = "DuckDB, its file to committed results, a column a year",
    .chinese = "DuckDB，从文件到提交结果，每年一列",
    .prepare = prepare_file_wide,
    .round = rival_script_round,
    .collect = rival_script_collect,
    .peak_mb = rival_script_peak_mb,
    .finish = rival_script_finish,
};

const ContenderKind contender_duckdb_file_long = {
    .name = "duckdb_file_long",
    .family = "duckdb",
    .english = "DuckDB, its file to committed results, a row a year",
    .chinese = "DuckDB，从文件到提交结果，每年一行",
    .prepare = prepare_file_long,
    .round = rival_script_round,
    .collect = rival_script_collect,
    .peak_mb = rival_script_peak_mb,
    .finish = rival_script_finish,
};
