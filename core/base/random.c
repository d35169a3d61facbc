// xoshiro256** and splitmix64: see random.h.
#include "core/base/random.h"

#include <math.h>

static uint64_t splitmix(uint64_t *state) {
    uint64_t mixed = *state += 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31);
}

void random_seed(Random *random, uint64_t seed) {
    for (int i = 0; i < 4; i++)
        random->state[i] = splitmix(&seed);
}

static uint64_t rotated(uint64_t value, int places) {
    return (value << places) | (value >> (64 - places));
}

uint64_t random_next(Random *random) {
    uint64_t *state = random->state, result = rotated(state[1] * 5, 7) * 9;
    uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotated(state[3], 45);
    return result;
}

double random_unit(Random *random) {
    return (double)(random_next(random) >> 11) * 0x1p-53;
}

double random_exponential(Random *random) {
    return -log1p(-random_unit(random));
}
