// The evaluation itself as contenders: the engine with rules in Lua, in jailed workers.
#pragma once

#include "core/bench/contender.h"

// Data in memory, workers that have loaded the pack: one evaluation, checked, scored and ranked.
extern const ContenderKind contender_warm;
