// From sending one observation until an answer shows the score that follows from it.
#include <stdio.h>
#include <stdlib.h>

#include "tests/bench/serve/measure.h"
#include "tests/bench/serve/sample.h"

enum { MOST_READS = 10000 };

static double read_total(Talk *talk, const char *region) {
    char path[128];
    snprintf(path, sizeof path, "/api/v1/results/bench/scores/%s", region);
    talk_insist(talk, "GET", path, NULL);
    json_t *answer = json_loadb(talk->body, talk->body_length, 0, NULL);
    const json_t *score = json_array_get(json_object_get(answer, "scores"), 0);
    double total = json_number_value(json_object_get(score, "total"));
    json_decref(answer);
    return total;
}

// Every late submission costs two points of ten, so that two and one differ in any region.
static void put_late(Talk *talk, const char *region, int times) {
    char body[256];
    snprintf(body, sizeof body,
             "{\"observations\":[{\"region\":\"%s\",\"indicator\":\"late_submissions\","
             "\"year\":2024,\"value\":\"%d\"}]}",
             region, times);
    talk_insist(talk, "PUT", "/api/v1/observations", body);
}

static void change_once(Talk *talk, const char *region, Sample *stored, Sample *readable) {
    put_late(talk, region, 1);
    double before = read_total(talk, region), began = now_ms();
    put_late(talk, region, 2);
    sample_add(stored, now_ms() - began);
    for (int reads = 0; read_total(talk, region) == before; reads++)
        if (reads == MOST_READS) give_up("the score of %s did not change", region);
    sample_add(readable, now_ms() - began);
}

json_t *measure_change(const Measure *measure) {
    Talk talk;
    size_t count;
    Sample stored = {0}, readable = {0};
    talk_open(&talk, &measure->target, "127.0.0.1");
    char **regions = regions_read(&talk, &count);
    for (int i = 0; i < measure->count; i++)
        change_once(&talk, regions[(size_t)i * 37 % count], &stored, &readable);
    json_t *found = json_pack("{s:I, s:o, s:o}", "regions", (json_int_t)count, "stored_ms",
                              sample_to_json(&stored), "readable_ms", sample_to_json(&readable));
    sample_free(&stored);
    sample_free(&readable);
    regions_free(regions, count);
    talk_close(&talk);
    return found;
}
