// Quantiles by nearest rank: see sample.h.
#include "tests/bench/serve/sample.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"

void sample_add(Sample *sample, double value) {
    ARRAY_RESERVE(sample->items, sample->count, sample->capacity);
    sample->items[sample->count++] = value;
}

static int by_size(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double sample_share(Sample *sample, double share) {
    if (!sample->count) return 0;
    qsort(sample->items, sample->count, sizeof *sample->items, by_size);
    size_t rank = (size_t)ceil(share * (double)sample->count);
    return sample->items[rank ? rank - 1 : 0];
}

static json_t *rounded(double value) {
    return json_real(round(value * 1e3) / 1e3);
}

json_t *sample_to_json(Sample *sample) {
    json_t *json = json_object();
    json_object_set_new(json, "count", json_integer((json_int_t)sample->count));
    json_object_set_new(json, "p50", rounded(sample_share(sample, 0.5)));
    json_object_set_new(json, "p90", rounded(sample_share(sample, 0.9)));
    json_object_set_new(json, "p99", rounded(sample_share(sample, 0.99)));
    json_object_set_new(json, "most", rounded(sample_share(sample, 1)));
    return json;
}

void sample_free(Sample *sample) {
    free(sample->items);
    *sample = (Sample){0};
}
