// A pack kept evaluated: a figure that changes is stored, and the results follow at once.
//
// Opening reads the data, starts the workers and evaluates everything once, as `evaluate` does.
// From then on a change goes through live_put, for all packs that are kept on one store: its
// revisions, the regions' columns and the results that came out otherwise are stored in one
// transaction, each pack's as a run that builds on its whole one. The
// bytes are those a whole evaluation would give. Figures somebody else changed in between are found
// and everything is read anew; so it is for a region that was put in since and reports, and for the
// first figure of a newer year where the pack is fixed to none. Regions moved to another parent are
// seen when it is opened again. All functions are for the loop's thread.
#pragma once

#include "core/eval/standing.h"
#include "core/registry/runs.h"
#include "core/registry/samples.h"

typedef struct Live Live;

typedef struct LiveRequest {
    const JobHost *host;
    Store *store;
    RunRequest run; // without `known`
    // One kept on the same store and thread, of another version of the pack: what it has at hand
    // need not be read again. Only while it is opened; as long as both are there a put has either
    // read everything anew. NULL for none.
    const Live *beside;
} LiveRequest;

// Everything else that is lent must outlive it. False with problems as of run_evaluate.
MUST_CHECK bool live_open(const LiveRequest *request, Live **out, ProblemList *problems);
void live_close(Live *live);

// Figures to be stored, and on whose behalf.
typedef struct LivePut {
    const StoreObservation *observations;
    size_t count;
    const char *who, *what; // `what` says where they come from
    // Called within the transaction when the figures and all results are in it: what else is to be
    // stored with them. NULL for nothing.
    bool (*also)(StoreTransaction *transaction, void *context, Error *error);
    void *context;
} LivePut;

typedef struct LiveOutcome {
    size_t touched;         // regions whose results were looked at again, one by one
    size_t regions_changed; // whose results came out otherwise, or rest on other samples
    uint64_t rule_calls;    // made for it
    bool whole;             // everything was read and evaluated anew
    int64_t run;          // the run that holds the results now; 0: there are none until a later put
    bool nobody_reports;  // that is all there is to why there are none
    ProblemList problems; // why there are none; the caller's to free
} LiveOutcome;

// Stores observations and brings the results of all these packs up to date, in one transaction;
// `outcomes` are by pack, `*changed` (may be NULL) counts the observations that say something new.
// False, and nothing was changed: errors of store_put_observation or of `also`. A pack that cannot
// be evaluated with the figures (nobody reports any more, a worker failed) does not keep them from
// being stored: it is without results then.
MUST_CHECK bool live_put(Live *const *lives, size_t count, Store *store, const LivePut *put,
                         size_t *changed, LiveOutcome *outcomes, Error *error);

// A region whose results came out otherwise by the last put that was followed.
typedef struct LiveChange {
    uint32_t region; // of the dataset
    Buffer before;   // its canonical bytes until then
} LiveChange;
// They live until the next put. None when everything was evaluated anew. Within `also` the results
// are there already, under a run that is not stored yet.
const LiveChange *live_changes(const Live *live, size_t *count);
// A region's canonical bytes as they are now; of length 0 when it is not evaluated.
ResultBytes live_bytes(const Live *live, uint32_t region);
RegionRole live_role(const Live *live, uint32_t region);
// Names the newest run; without results. Its id is 0 while there are none.
const Run *live_run(const Live *live);
bool live_year_is_fixed(const Live *live); // a figure of a newer year does not change which it is
const ResultLayout *live_layout(const Live *live); // NULL while there are no results

// While there are no results: NULL, and "" for the hash.
const Dataset *live_dataset(const Live *live);
// Of all results, as the newest run has it.
const char *live_result_hash(const Live *live);
// Of an assessment of regions, by index.
const Standings *live_standings(const Live *live, int assessment);
// What of the results rests on sample data; NULL while there are none. Good until the next put.
const Samples *live_samples(const Live *live);
// What the last put changed of it; nothing when everything was evaluated anew. Results may rest on
// other samples than before and yet be the same.
const SampleChange *live_sample_changes(const Live *live, size_t *count);
