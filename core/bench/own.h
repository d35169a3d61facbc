// The evaluation itself as contenders: rules in Lua, in jailed workers.
#pragma once

#include "core/bench/contender.h"

// Data in memory, workers that have loaded the pack: one evaluation, checked, scored and ranked.
extern const ContenderKind contender_warm;
// A process of its own from start to end: `biaochi evaluate`, from the database to a committed run;
// from the columns kept beside the revisions, and from the revisions themselves.
extern const ContenderKind contender_cold_snapshot, contender_cold_rows;
// One figure changed: stored, what depends on it evaluated, the new score and place read.
extern const ContenderKind contender_incremental;
