// Other engines as contenders: a child process that loads the nation's tables, does the work when
// told to, and writes down what it found.
//
// The child says "ready" (or "missing" and what), then answers every command with "done"; a round
// is timed from the command to the answer. One thread.
#pragma once

#include "core/bench/contender.h"
#include "core/bench/script.h"

typedef struct Engine {
    const BenchSetting *setting;
    char *results;               // the folder for what it found; owned
    char *log;                   // what it complained of; owned
    Script *script;              // NULL until started
    const char *round, *collect; // the commands, lines that end with '\n'
} Engine;

// Writes the tables and the scripts into the setting's folder, where no engine did so before, and
// makes the engine's own folder for results. engine_free frees, also after a failure.
MUST_CHECK bool engine_init(Engine *engine, const BenchSetting *setting, const char *name,
                            Error *error);
// Starts the child, says the greeting (may be NULL) and waits until it is ready. ERROR_NOT_FOUND
// when there is no such program, or when it says that something is missing.
MUST_CHECK bool engine_start(Engine *engine, const char *const *arguments, const char *greeting,
                             Error *error);
MUST_CHECK bool engine_round(Engine *engine, double *ms, Error *error);
MUST_CHECK bool engine_collect(Engine *engine, Results *results, Error *error);
// Ends the child and frees what the engine owns, not the engine.
void engine_free(Engine *engine);

extern const ContenderKind contender_duckdb_memory, contender_duckdb_file_wide,
    contender_duckdb_file_long, contender_pandas, contender_postgres;
