// The stage: worlds beside each other in one dataset, evaluated by the engine in one run.
//
// Every world has its own regions, and nobody in one world compares himself with anybody in
// another, so that the results are those of a spec that evaluates the world alone. What units get
// is there on a stage of one world only. One thread, the loop's.
#pragma once

#include "core/check/space.h"
#include "core/eval/engine.h"

typedef struct Stage Stage;

typedef struct StageRequest {
    const JobHost *host;
    const PackCode *pack;
    const Space *space;
    int year;
    size_t worlds; // at most at a time
    bool plain;    // one worker, no kernels: for comparing bytes
    bool traced;   // keeps the rule calls of the place traced; for one world
    int traced_place;
} StageRequest;

// The request's pointers must outlive the stage. NULL on failure.
Stage *stage_new(const StageRequest *request, Error *error);
void stage_free(Stage *stage);
int stage_year(const Stage *stage);
// Evaluates the worlds, each with its varied figure. False when the engine could not; `problems`
// say why. `backwards`: the last world stands first.
MUST_CHECK bool stage_run(Stage *stage, const Lane *lanes, size_t count, bool backwards,
                          ProblemList *problems);
// Evaluates any number of worlds, as many at a time as fit, and gives the results of each subject
// in `results`; free each with result_free. False: none is to be freed.
MUST_CHECK bool stage_evaluate(Stage *stage, const Lane *lanes, size_t count, RegionResult *results,
                               ProblemList *problems);
size_t stage_capacity(const Stage *stage);
// The bytes of a lane's subject, until the next run.
ResultBytes stage_bytes(Stage *stage, size_t lane);
// The rule calls of a traced run, see core/eval/trace_json.h.
const json_t *stage_traces(const Stage *stage);
