// Other engines as contenders: a child process that loads the nation's tables, does the work when
// told to, and writes down what it found.
//
// The child says "ready" (or "missing" and what), then answers every command with "done"; a round
// is timed from the command to the answer. One thread.
#pragma once

#include "core/bench/contender.h"
#include "core/bench/script.h"

typedef struct Rival {
    const BenchSetting *setting;
    char *results;               // the folder for what it found; owned
    char *log;                   // what it complained of; owned
    Script *script;              // NULL until started
    const char *round, *collect; // the commands, lines that end with '\n'
} Rival;

// Writes the tables and the scripts into the setting's folder, where no rival did so before, and
// makes the rival's own folder for results. rival_free frees, also after a failure.
MUST_CHECK bool rival_init(Rival *rival, const BenchSetting *setting, const char *name,
                           Error *error);
// Starts the child, says the greeting (may be NULL) and waits until it is ready. ERROR_NOT_FOUND
// when there is no such program, or when it says that something is missing.
MUST_CHECK bool rival_start(Rival *rival, const char *const *arguments, const char *greeting,
                            Error *error);
MUST_CHECK bool rival_round(Rival *rival, double *ms, Error *error);
MUST_CHECK bool rival_collect(Rival *rival, Results *results, Error *error);
// Ends the child and frees what the rival owns, not the rival.
void rival_free(Rival *rival);

// A rival that is a script of scripts/bench and nothing else: a contender's functions.
typedef struct RivalScript {
    const char *name;                        // the contender's
    const char *interpreter, *script, *mode; // runs: INTERPRETER SCRIPT MODE FOLDER WORKERS
} RivalScript;

// Gives no state when it fails.
MUST_CHECK bool rival_prepare_script(const BenchSetting *setting, const RivalScript *about,
                                     void **state, Error *error);
MUST_CHECK bool rival_script_round(void *state, double *ms, Error *error);
MUST_CHECK bool rival_script_collect(void *state, Results *results, Error *error);
double rival_script_peak_mb(void *state);
void rival_script_finish(void *state);

extern const ContenderKind contender_duckdb_memory, contender_duckdb_file_wide,
    contender_duckdb_file_long, contender_numpy, contender_pandas, contender_pandas_cold,
    contender_postgres, contender_postgres_long;
