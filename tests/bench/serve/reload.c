// From a saved pack to its rules answering, and what readers see while packs come and go.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/bench/serve/measure.h"
#include "tests/bench/serve/sample.h"
#include "tests/bench/serve/storm.h"
#include "tests/bench/serve/versions.h"

enum { STORM_READERS = 64, STORM_PAUSE_MS = 10, MOST_WAIT_MS = 60000, POLL_US = 1000 };

typedef struct Reloading {
    const Measure *measure;
    Versions versions;
    Talk talk;
    char **regions;
    size_t region_count;
    json_int_t candidate; // the last one the server told of
} Reloading;

// ---- candidates --------------------------------------------------------------------------------

static json_int_t last_candidate(Talk *talk) {
    talk_insist(talk, "GET", "/api/v1/candidates", NULL);
    json_t *answer = json_loadb(talk->body, talk->body_length, 0, NULL);
    const json_t *newest = json_array_get(json_object_get(answer, "candidates"), 0);
    json_int_t id = json_integer_value(json_object_get(newest, "id"));
    json_decref(answer);
    return id;
}

// Waits until the candidate is over (new reference).
static json_t *wait_for_end(Talk *talk, json_int_t id) {
    char path[64];
    double began = now_ms();
    snprintf(path, sizeof path, "/api/v1/candidates/%lld", (long long)id);
    for (;;) {
        if (!talk_ask(talk, "GET", path, NULL)) give_up("no answer about candidate %lld", id);
        if (talk->status == 200) {
            json_t *candidate = json_loadb(talk->body, talk->body_length, 0, NULL);
            if (json_is_true(json_object_get(candidate, "over"))) return candidate;
            json_decref(candidate);
        }
        if (now_ms() - began > MOST_WAIT_MS) give_up("candidate %lld does not end", id);
        pause_ms(POLL_US / 1e3);
    }
}

// "2026-01-02T03:04:05.678901Z" in milliseconds since the epoch; 0 for null.
static double time_of(const json_t *text) {
    struct tm parts = {0};
    const char *given = json_string_value(text);
    const char *rest = given ? strptime(given, "%Y-%m-%dT%H:%M:%S", &parts) : NULL;
    return rest ? (double)timegm(&parts) * 1e3 + atof(rest) * 1e3 : 0;
}

static double wall_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

// ---- one version -------------------------------------------------------------------------------

static void offer(Reloading *reloading, int number, VersionKind kind) {
    reloading->candidate++;
    if (!reloading->measure->upload) {
        versions_save(&reloading->versions, number, kind);
        return;
    }
    Buffer body = {0};
    versions_upload(&reloading->versions, number, kind, &body);
    if (!talk_ask(&reloading->talk, "POST", "/api/v1/candidates?activate=true&wait=false",
                  body.data) ||
        reloading->talk.status != 202)
        give_up("the upload was answered with %d\n%.400s", reloading->talk.status,
                reloading->talk.body);
    buffer_free(&body);
}

static void wait_for_answer(Reloading *reloading, int number) {
    char path[128], hash[65];
    int seen = -1;
    double began = now_ms();
    snprintf(path, sizeof path, "/api/v1/results/bench/scores/%s", reloading->regions[0]);
    while (seen != number) {
        talk_insist(&reloading->talk, "GET", path, NULL);
        if (!versions_read_answer(reloading->talk.body, reloading->talk.body_length, &seen, hash))
            give_up("an answer mixes versions: %.400s", reloading->talk.body);
        if (now_ms() - began > MOST_WAIT_MS) give_up("version %d does not answer", number);
        if (seen != number) pause_ms(POLL_US / 1e3);
    }
}

static void begin(Reloading *reloading, const Measure *measure) {
    *reloading = (Reloading){.measure = measure};
    versions_open(&reloading->versions, measure->pack_file, measure->watched);
    talk_open(&reloading->talk, &measure->target, "127.0.0.1");
    reloading->regions = regions_read(&reloading->talk, &reloading->region_count);
    reloading->candidate = last_candidate(&reloading->talk);
}

static void end(Reloading *reloading) {
    versions_free(&reloading->versions);
    talk_close(&reloading->talk);
    regions_free(reloading->regions, reloading->region_count);
}

// ---- how long ----------------------------------------------------------------------------------

// What lies between two of the times that a candidate tells of.
static const struct {
    const char *name, *from, *to; // "" is the saving, "end" when there was nothing more to do
} parts[] = {
    {"notice", "", "seen"},        {"check", "seen", "checked"},     {"test", "checked", "tested"},
    {"store", "tested", "stored"}, {"evaluate", "stored", "active"}, {"impact", "active", "end"},
};
enum { PARTS = sizeof parts / sizeof *parts };

static double time_at(const json_t *candidate, const char *name, double saved) {
    size_t i;
    const json_t *step;
    if (!*name) return saved;
    if (strcmp(name, "end") == 0) return time_of(json_object_get(candidate, "ended"));
    json_array_foreach(json_object_get(candidate, "steps"), i, step) {
        if (strcmp(json_string_value(json_object_get(step, "state")), name) == 0)
            return time_of(json_object_get(step, "at"));
    }
    return 0;
}

json_t *measure_reload(const Measure *measure) {
    Reloading reloading;
    Sample answering = {0}, of_parts[PARTS] = {0};
    begin(&reloading, measure);
    for (int i = 0; i < measure->count; i++) {
        double saved = wall_ms(), began = now_ms();
        offer(&reloading, measure->first + i, VERSION_GOOD);
        wait_for_answer(&reloading, measure->first + i);
        sample_add(&answering, now_ms() - began);
        json_t *candidate = wait_for_end(&reloading.talk, reloading.candidate);
        for (size_t p = 0; p < PARTS; p++)
            sample_add(&of_parts[p], time_at(candidate, parts[p].to, saved) -
                                         time_at(candidate, parts[p].from, saved));
        json_decref(candidate);
    }
    json_t *steps = json_object();
    for (size_t p = 0; p < PARTS; p++) {
        json_object_set_new(steps, parts[p].name, sample_to_json(&of_parts[p]));
        sample_free(&of_parts[p]);
    }
    json_t *found = json_pack("{s:I, s:o, s:o}", "regions", (json_int_t)reloading.region_count,
                              "answering_ms", sample_to_json(&answering), "steps_ms", steps);
    sample_free(&answering);
    end(&reloading);
    return found;
}

// ---- what readers see --------------------------------------------------------------------------

// Every third pack is broken, one way after the other.
static VersionKind kind_of(int i) {
    return i % 3 == 2 ? (VersionKind)(VERSION_BROKEN_TEXT + i / 3 % (VERSION_KINDS - 1))
                      : VERSION_GOOD;
}

json_t *measure_storm(const Measure *measure) {
    Reloading reloading;
    int activated = 0, refused = 0, surprises = 0;
    begin(&reloading, measure);
    Storm *storm = storm_begin(&measure->target, STORM_READERS, STORM_PAUSE_MS, reloading.regions,
                               reloading.region_count);
    for (int i = 0; i < measure->count; i++) {
        offer(&reloading, measure->first + i, kind_of(i));
        json_t *candidate = wait_for_end(&reloading.talk, reloading.candidate);
        bool good = json_is_true(json_object_get(candidate, "good"));
        *(good ? &activated : &refused) += 1;
        surprises += good != (kind_of(i) == VERSION_GOOD);
        json_decref(candidate);
    }
    StormFindings found = storm_end(storm);
    json_t *json =
        json_pack("{s:i, s:i, s:i, s:i, s:I, s:o}", "readers", STORM_READERS, "activated",
                  activated, "refused", refused, "surprises", surprises, "answers",
                  (json_int_t)found.answers, "latency_ms", sample_to_json(&found.latency_ms));
    json_object_update_new(
        json,
        json_pack("{s:I, s:I, s:I, s:I, s:I}", "not_200", (json_int_t)found.not_200, "dropped",
                  (json_int_t)found.dropped, "mixed", (json_int_t)found.mixed, "hash_differs",
                  (json_int_t)found.hash_differs, "went_back", (json_int_t)found.went_back));
    sample_free(&found.latency_ms);
    end(&reloading);
    return json;
}
