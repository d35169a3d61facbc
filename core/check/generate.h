// Made-up observations: ordinary ones, ones just beside a target, missing ones, and wild ones.
//
// Everything follows from the random stream it is given. All values have no more digits than the
// figure is printed with. One thread.
#pragma once

#include "core/check/draw.h"
#include "core/check/space.h"

enum { MOST_RUNGS = 24 };

// Observations of all columns in all places for this year and some before. `wild`: zeros, negative
// and huge values, most of them missing.
World generate_world(const Space *space, Random *random, int year, int subject, bool wild);
// Values of a column in the subject's place, ascending and each once: those at which something may
// change with their neighbours, and some ordinary ones. Gives how many.
size_t generate_ladder(const Space *space, Random *random, const World *world, int column, int year,
                       double rungs[MOST_RUNGS]);
// The value with the digits of a column.
double column_round(const Column *column, double value);
