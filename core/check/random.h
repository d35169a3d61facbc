// Numbers that look random and follow from a seed alone, so that the same seed gives the same
// check.
//
// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). One
// thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Random {
    uint64_t state;
} Random;

// A stream of its own for each number behind a seed: what one case draws does not shift another.
Random random_stream(uint64_t seed, uint64_t number);
uint64_t random_next(Random *random);
// 0 … count − 1; count must be above 0.
size_t random_below(Random *random, size_t count);
// From low up to high.
double random_between(Random *random, double low, double high);
// True so many times of a hundred.
bool random_percent(Random *random, int percent);
