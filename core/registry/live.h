// A pack kept evaluated: a figure that changes is stored, and the results follow at once.
//
// Opening reads the data, starts the workers and evaluates everything once, as `evaluate` does.
// From then on a change goes through live_put: its revisions, the regions' columns and the results
// that came out otherwise are stored in one transaction, as a run that builds on the whole one. The
// bytes are those a whole evaluation would give. Figures somebody else changed in between are found
// and everything is read anew; so it is for a region that was put in since and reports. Regions
// moved to another parent are seen when it is opened again. All functions are for the loop's
// thread.
#pragma once

#include "core/eval/standing.h"
#include "core/registry/runs.h"

typedef struct Live Live;

typedef struct LiveRequest {
    const JobHost *host;
    Store *store;
    RunRequest run;
} LiveRequest;

// Everything lent must outlive it. False with problems as of run_evaluate.
MUST_CHECK bool live_open(const LiveRequest *request, Live **out, ProblemList *problems);
void live_close(Live *live);

typedef struct LiveOutcome {
    size_t changed;      // observations that say something new
    size_t touched;      // regions whose results were looked at again
    uint64_t rule_calls; // made for it
    bool whole;          // everything was read and evaluated anew
    int64_t run;         // the run that holds the results now
} LiveOutcome;

// Stores observations and brings the results up to date. `what` says where they come from. False:
// errors of store_put_observation, when nothing was changed (`changed` is 0), or those of an
// evaluation (nobody reports for the year any more, a worker failed). Then what was computed is
// given up and everything is read anew; where that fails too there are no results, and the run is
// 0, until a later live_put brings them.
MUST_CHECK bool live_put(Live *live, const StoreObservation *observations, size_t count,
                         const char *what, LiveOutcome *outcome, ProblemList *problems);

// While there are no results: NULL, and "" for the hash.
const Dataset *live_dataset(const Live *live);
// Of all results, as the newest run has it.
const char *live_result_hash(const Live *live);
// Of an assessment of regions, by index.
const Standings *live_standings(const Live *live, int assessment);
