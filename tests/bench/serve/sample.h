// Times that were measured, and what is told of them.
#pragma once

#include <jansson.h>
#include <stddef.h>

typedef struct Sample {
    double *items;
    size_t count, capacity;
} Sample;

void sample_add(Sample *sample, double value);
double sample_share(Sample *sample, double share); // 0.5: the median; sorts the items; 0 of none
// { count, p50, p90, p99, most }, rounded to microseconds (new reference).
json_t *sample_to_json(Sample *sample);
void sample_free(Sample *sample);
