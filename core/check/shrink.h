// Making a counter-example small: fewer observations, plainer values, the two values close
// together.
//
// Every step is tried by evaluating it. One thread.
#pragma once

#include "core/check/check.h"
#include "core/check/stage.h"

typedef struct Shrinking {
    Stage *stage; // of the example's year; for units a stage of one world
    const Space *space;
    ProblemList *problems;
} Shrinking;

// Makes the example as small as it gets. False when the engine could not go on.
MUST_CHECK bool shrink(const Shrinking *shrinking, CounterExample *example);
