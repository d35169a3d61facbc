// The nation as the evaluation takes it: a checked pack, columns, roles; and what it found.
#pragma once

#include "core/bench/own.h"
#include "core/eval/engine.h"
#include "core/eval/standing.h"
#include "core/registry/registry.h"

typedef struct OwnNation {
    const Nation *nation;
    JobHost host; // with the measurement's number of workers
    LoadedPack pack;
    PackCode code;
    Dataset *dataset;
    uint8_t *roles; // by region of the nation
} OwnNation;

// Writes and checks the pack and makes the columns. own_nation_free frees, also after a failure.
MUST_CHECK bool own_nation_init(OwnNation *own, const BenchSetting *setting, Error *error);
void own_nation_free(OwnNation *own);
// Checks the nation's pack, which is in the setting's folder.
MUST_CHECK bool own_nation_load_pack(const BenchSetting *setting, const JobHost *host,
                                     bool run_specs, LoadedPack *pack, Error *error);
// The first problem as an error; always false.
bool own_nation_take_problem(const ProblemList *problems, Error *error);
// Takes one county's figures and warnings.
void own_nation_take_region(const RegionResult *found, int county, Results *results);
// Takes the results of an engine whose regions stand as the nation's do.
MUST_CHECK bool own_nation_collect(const OwnNation *own, Engine *engine, const Standings *standings,
                                   const int32_t *ranks, Results *results, Error *error);
