// How far an evaluation is, told as events while it goes on.
//
// The evaluation's thread says it now and then, the home loop hands it to the streams of events.
// All functions are for the thread of the work that evaluates; the struct lives as long as that
// work.
#pragma once

#include "core/api/api.h"

typedef struct RunProgress {
    Api *api;
    const JobHost *host;    // which says whether the evaluation is to go on
    const LoadedPack *pack; // that is evaluated now
    int64_t told_ns;        // when it was said last, by a clock that never jumps; 0: not yet
} RunProgress;

// The host for the evaluation, which says to `progress` how far it is. `host` must outlive it.
JobHost run_progress_host(RunProgress *progress, Api *api, const JobHost *host);
// What comes is about this pack, which must stay until another one is named.
void run_progress_begin(RunProgress *progress, const LoadedPack *pack);
