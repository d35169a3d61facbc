// Whether figures that a run would have were put after it was made: what is published must not be
// older than what is known.
//
// Figures of other packs' indicators, of other years and of regions far from the pack's do not
// count. Those of the pack's region and all below it, of its parent and of its siblings do, also
// where the pack does not look that far: evaluating again is then all that is asked. Reads the
// store, on any thread.
#pragma once

#include "core/pack/description.h"
#include "db/store.h"

typedef struct FiguresSince {
    const Description *description;
    int year;             // of the run
    int64_t data_version; // of the run
} FiguresSince;

// Sets `newest` to the newest data version of the store where such figures came, else to that of
// the run.
MUST_CHECK bool figures_since_find(Store *store, const FiguresSince *run, int64_t *newest,
                                   Error *error);
