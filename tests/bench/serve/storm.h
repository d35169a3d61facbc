// Many readers that keep their connections and check every answer while rules change under them.
//
// They run on a thread of their own until they are told to end. An answer that is not 200, a
// connection that ends, an answer that mixes versions, one version under two hashes, and a version
// older than the same reader saw before are failures.
#pragma once

#include "tests/bench/serve/sample.h"
#include "tests/bench/serve/talk.h"

typedef struct Storm Storm;

typedef struct StormFindings {
    Sample latency_ms; // from sending to the whole answer
    long answers, not_200, dropped, mixed, hash_differs, went_back;
} StormFindings;

// Reader i asks for the scores of regions[i % count] every `pause_ms`. Lent texts must outlive it.
Storm *storm_begin(const Target *target, int readers, double pause_ms, char *const *regions,
                   size_t region_count);
StormFindings storm_end(Storm *storm);
