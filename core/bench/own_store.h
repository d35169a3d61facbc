// The nation in a workspace, as `biaochi import` and `pack activate` would leave it.
#pragma once

#include "core/base/decimal.h"
#include "core/bench/own_nation.h"

typedef struct OwnStore {
    const Nation *nation;
    char *workspace; // folder; owned
    Store *store;    // NULL while a process of its own has it
} OwnStore;

// Makes the workspace in the setting's folder where no contender did so before, and opens it.
// own_store_free frees, also after a failure.
MUST_CHECK bool own_store_init(OwnStore *own, const BenchSetting *setting, Error *error);
void own_store_free(OwnStore *own);
MUST_CHECK bool own_store_open(OwnStore *own, Error *error);
void own_store_close(OwnStore *own);
// A new revision that says the same figure with another note: a new data version, so that the next
// evaluation is a run of its own with the same results.
MUST_CHECK bool own_store_touch(OwnStore *own, int round, Error *error);
// Takes the results of the newest run.
MUST_CHECK bool own_store_collect(OwnStore *own, Results *results, Error *error);
// One figure of a county, with two decimals.
void own_store_observation(const Nation *nation, int indicator, int county, double value,
                           char text[DECIMAL_TEXT_SIZE], StoreObservation *observation);
