// Which regions can be asked about: see measure.h.
#include <stdlib.h>

#include "tests/bench/serve/measure.h"

char **regions_read(Talk *talk, size_t *count) {
    talk_insist(talk, "GET", "/api/v1/results/bench/scores", NULL);
    json_t *answer = json_loadb(talk->body, talk->body_length, 0, NULL);
    const json_t *rows = json_object_get(answer, "regions");
    *count = json_array_size(rows);
    if (!*count) give_up("the pack has no results");
    char **regions = memory_new(*count, sizeof *regions);
    for (size_t i = 0; i < *count; i++)
        regions[i] = memory_copy_string(
            json_string_value(json_object_get(json_array_get(rows, i), "region")));
    json_decref(answer);
    return regions;
}

void regions_free(char **regions, size_t count) {
    for (size_t i = 0; i < count; i++)
        free(regions[i]);
    free(regions);
}
