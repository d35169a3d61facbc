// What live*.c share; included nowhere else.
#pragma once

#include "core/base/hash_tree.h"
#include "core/registry/live.h"
#include "core/registry/runs_inside.h"

struct Live {
    LiveRequest request;
    RunData data;
    Run run; // names the newest run; without results
    int64_t base;
    bool is_newest; // the run's year is no fixed one: a figure of a newer year begins another run
    Engine *engine;
    Standings *standings; // by assessment
    HashTree hashes;
    int *leaves;       // by region: its place among those evaluated, in order of code; -1 for none
    Map regions;       // code → region of the dataset
    Map columns;       // see dataset_index
    uint32_t *touched; // room
    Buffer *bytes;     // by region: canonical results
    LiveChange *changes; // of the last put; room for every region
    size_t change_count;
    Samples samples;              // behind the results, as of their data version
    SampleChange *sample_changes; // of the last put
    size_t sample_change_count, sample_change_capacity;
    int64_t region_version; // when the dataset was made
    int64_t seen_version;   // of `seen`; 0: not looked up
    Map seen;               // codes of regions the pack sees since others came in
};

// Reads, starts workers and evaluates. When it fails nothing is at hand any more, and the engine is
// NULL; `*nobody_reports` is as of RunRequest.
MUST_CHECK bool live_begin(Live *live, bool *nobody_reports, ProblemList *problems);
void live_forget(Live *live);
void live_put_standings(Live *live, size_t region);
