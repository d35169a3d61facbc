// What runs.c, live.c and live_put.c share; included nowhere else.
#pragma once

#include "core/registry/runs.h"

// The engine of a run, whose workers start while the data is read.
typedef struct RunEngine {
    const JobHost *host;
    PackCode code;
    int year;
    Engine *engine; // NULL before the data is gathered
} RunEngine;

// Reads the data of the run asked for, begins `run` over it and makes its engine (which is there,
// or NULL, also on failure); false when there is nothing to evaluate.
MUST_CHECK bool run_gather(Store *store, const RunRequest *request, RunEngine *engine,
                           RunData *data, Run *run, Error *error);
// Puts the columns of all regions in order where some of what was read was not believed.
void run_mend_columns(Store *store, size_t mistrusted);
// Evaluates, and takes the results of all regions evaluated; their bytes stay the engine's.
MUST_CHECK bool run_compute(Engine *engine, const RunData *data, Run *run, ProblemList *problems);
// The stored run that says the same as `wanted` would; its id is 0 when there is none.
MUST_CHECK bool run_find_same(Store *store, const Run *wanted, const Description *description,
                              Run *stored, Error *error);
// Puts the run with all its results, and sets its id.
MUST_CHECK bool run_put(StoreTransaction *transaction, Run *run, Error *error);
