// SplitMix64: see random.h.
#include "core/check/random.h"

static const uint64_t GOLDEN = 0x9e3779b97f4a7c15ULL;

static uint64_t mix(uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

Random random_stream(uint64_t seed, uint64_t number) {
    return (Random){mix(mix(seed + GOLDEN) ^ (number * GOLDEN))};
}

uint64_t random_next(Random *random) {
    random->state += GOLDEN;
    return mix(random->state);
}

size_t random_below(Random *random, size_t count) {
    return (size_t)(random_next(random) % count);
}

double random_between(Random *random, double low, double high) {
    double fraction = (double)(random_next(random) >> 11) / 9007199254740992.0; // 2^53
    return low + (high - low) * fraction;
}

bool random_percent(Random *random, int percent) {
    return random_below(random, 100) < (size_t)percent;
}
