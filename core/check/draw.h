// Draws from a stream of random numbers (base/random.h) of its own for each case of a seed, so that
// what one case draws does not shift another. One thread a stream.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/base/random.h"

Random draw_stream(uint64_t seed, uint64_t number);
// 0 … count − 1; count must be above 0.
size_t draw_below(Random *random, size_t count);
// From low up to high.
double draw_between(Random *random, double low, double high);
// True so many times of a hundred.
bool draw_percent(Random *random, int percent);
