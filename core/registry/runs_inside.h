// What runs.c and live.c share; included nowhere else.
#pragma once

#include "core/registry/runs.h"

// Reads the data of the run asked for and begins `run` over it; false when there is nothing to
// evaluate.
MUST_CHECK bool run_gather(Store *store, const RunRequest *request, RunData *data, Run *run,
                           Error *error);
// Sets all that names a run before it is computed.
void run_begin(Run *run, const LoadedPack *pack, const RunData *data, int year,
               int64_t data_version, const char *who);
// Takes the results of all regions evaluated; their bytes stay the engine's.
void run_take_regions(Run *run, Engine *engine, const RunData *data);
// The stored run that says the same as `wanted` would; its id is 0 when there is none.
MUST_CHECK bool run_find_same(Store *store, const Run *wanted, const Description *description,
                              Run *stored, Error *error);
// Puts the run with all its results, and sets its id.
MUST_CHECK bool run_put(StoreTransaction *transaction, Run *run, Error *error);
