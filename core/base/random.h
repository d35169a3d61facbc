// Random numbers that are the same everywhere for the same seed.
//
// The generator is xoshiro256** with its state filled by splitmix64, both by D. Blackman and S.
// Vigna, who gave them to the public domain. It is for sampling, not for secrets. One thread a
// state.
#pragma once

#include <stdint.h>

typedef struct Random {
    uint64_t state[4];
} Random;

void random_seed(Random *random, uint64_t seed);
uint64_t random_next(Random *random);
// A number from 0 up to, but never, 1: one of 2^53 that are equally likely.
double random_unit(Random *random);
// A number from an exponential distribution with mean 1: −ln(1 − u).
double random_exponential(Random *random);
