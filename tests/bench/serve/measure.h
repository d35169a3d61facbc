// What serve_bench measures, one file each. Every measurement prints one JSON object.
#pragma once

#include <jansson.h>

#include "tests/bench/serve/talk.h"

typedef struct Measure {
    Target target;
    const char *pack_file, *watched; // the pack as it was exported; the watched folder
    int first;                       // number of the first version that is saved
    int count;
    bool upload; // over the API instead of the watched folder
    int process; // of the server
} Measure;

json_t *measure_reload(const Measure *measure); // reload.c: how long until new rules answer
json_t *measure_storm(const Measure *measure);  // reload.c: what readers see meanwhile
json_t *measure_change(const Measure *measure); // change.c: one observation that changes
json_t *measure_memory(const Measure *measure); // memory.c: at rest, and with many connections

// The codes of the pack's regions; to be freed with regions_free.
char **regions_read(Talk *talk, size_t *count);
void regions_free(char **regions, size_t count);
