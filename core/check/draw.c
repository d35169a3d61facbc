// Draws: see draw.h.
#include "core/check/draw.h"

Random draw_stream(uint64_t seed, uint64_t number) {
    Random random;
    random_seed(&random, seed);
    random_seed(&random, random_next(&random) + number);
    return random;
}

size_t draw_below(Random *random, size_t count) {
    return (size_t)(random_unit(random) * (double)count);
}

double draw_between(Random *random, double low, double high) {
    return low + (high - low) * random_unit(random);
}

bool draw_percent(Random *random, int percent) {
    return draw_below(random, 100) < (size_t)percent;
}
