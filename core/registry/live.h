// A pack kept evaluated: a figure that changes is stored, and the results follow at once.
//
// Opening reads the data, starts the workers and evaluates everything once, as `evaluate` does.
// From then on a change goes through live_put: its revisions, the regions' columns and the results
// that came out otherwise are stored in one transaction, as a run that builds on the whole one. The
// bytes are those a whole evaluation would give. Somebody else's changes in between are found and
// everything is read anew. All functions are for the loop's thread.
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

// Stores observations and brings the results up to date; all of it or nothing. `what` says where
// they come from. Errors are those of store_put_observation and of an evaluation.
MUST_CHECK bool live_put(Live *live, const StoreObservation *observations, size_t count,
                         const char *what, LiveOutcome *outcome, ProblemList *problems);

// Of an assessment of regions, by index.
const Standings *live_standings(const Live *live, int assessment);
