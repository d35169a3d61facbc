// A pack and figures for engines to run over, with real workers. Included by tests only.
//
// A trial holds one pack, described by a worker, and one shared dataset: a nation, three provinces
// and their counties, the values drawn from a stream that is the same in every run. Any number of
// engines may be made over it. What fails here ends the test with the problems in words.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/eval/engine.h"

enum { TRIAL_YEAR = 2024, TRIAL_FIRST_YEAR = 2014, TRIAL_LAST_YEAR = 2026, TRIAL_PROVINCES = 3 };

typedef struct Trial {
    uv_loop_t loop;
    Bundle std, pack;
    PackJob described; // owns the description
    PackCode code;
    Dataset *dataset;
    Map columns;
    uint8_t *roles;
    size_t region_count;
    uint64_t random_state;
    // For the engines made from now on.
    JobHost host;
    EngineRequest request;
} Trial;

static inline uint32_t trial_random(Trial *trial, uint32_t below) {
    trial->random_state = trial->random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(trial->random_state >> 33) % below;
}

static inline void trial_fail(const char *what, const ProblemList *problems) {
    for (size_t i = 0; i < problems->count; i++)
        print_error("%s:%d: %s (%s)\n", problems->items[i].file, problems->items[i].line,
                    problems->items[i].message, problems->items[i].hint);
    fail_msg("%s", what);
}

// ---- packs -------------------------------------------------------------------------------------

static inline void trial_describe(Trial *trial) {
    bundle_std(&trial->std);
    trial->host = (JobHost){.loop = &trial->loop, .worker_program = WORKER_PROGRAM, .parallel = 1};
    trial->described =
        (PackJob){.kind = JOB_DESCRIBE, .pack = {.bundle = &trial->pack, .std = &trial->std}};
    jobs_run(&trial->host, &trial->described, 1);
    if (!trial->described.good) trial_fail("the pack has problems", &trial->described.problems);
    trial->code = (PackCode){.bundle = &trial->pack,
                             .std = &trial->std,
                             .expected = trial->described.description_json,
                             .description = trial->described.description};
}

static inline Trial *trial_begin(void) {
    Trial *trial = memory_new(1, sizeof *trial);
    trial->random_state = 20240308;
    assert_int_equal(uv_loop_init(&trial->loop), 0);
    signal(SIGPIPE, SIG_IGN); // as the program does: a worker may be gone when it is written to
    return trial;
}

// A pack of tests/packs/engine.
static inline Trial *trial_of_folder(const char *name) {
    char folder[512];
    ProblemList problems = {0};
    Trial *trial = trial_begin();
    snprintf(folder, sizeof folder, TEST_PACKS "/engine/%s", name);
    if (!bundle_read(folder, &trial->pack, &problems))
        trial_fail("cannot read the pack", &problems);
    trial_describe(trial);
    return trial;
}

// A pack of one file, given as text.
static inline Trial *trial_of_source(const char *source) {
    Error error = {0};
    Buffer archive = {0};
    Trial *trial = trial_begin();
    buffer_printf(&archive, "biaochi-bundle 1\npack.lua %zu\n", strlen(source));
    buffer_text(&archive, source);
    if (!bundle_parse(archive.data, archive.length, &trial->pack, &error))
        fail_msg("%s", error.message);
    buffer_free(&archive);
    trial_describe(trial);
    return trial;
}

static inline void trial_free(Trial *trial) {
    dataset_free(trial->dataset);
    map_free(&trial->columns);
    free(trial->roles);
    job_free(&trial->described);
    bundle_free(&trial->pack);
    bundle_free(&trial->std);
    assert_int_equal(uv_loop_close(&trial->loop), 0); // an engine's handle that is left keeps it
    free(trial);
}

// ---- figures -----------------------------------------------------------------------------------

static inline bool trial_is_formula(const Trial *trial, int series) {
    int indicator = trial->code.description->series[series].indicator;
    return indicator >= 0 && trial->code.description->indicators[indicator].formula >= 0;
}

static inline const char *trial_breakdown(const Trial *trial, int breakdown) {
    return breakdown < 0 ? "total" : trial->code.description->breakdowns[breakdown].id;
}

static inline int trial_series(const Trial *trial, const char *id) {
    int series = description_series(trial->code.description, id);
    assert_true(series >= 0);
    return series;
}

static inline int trial_column(const Trial *trial, int series, int breakdown) {
    return dataset_column(&trial->columns, trial->code.description->series[series].id,
                          trial_breakdown(trial, breakdown));
}

// A figure between 0 and 120 in steps of a half, so that rules meet their bounds exactly.
static inline double trial_value(Trial *trial) {
    return trial_random(trial, 241) / 2.0;
}

static inline void trial_fill_series(Trial *trial, DatasetBuilder *builder, int series,
                                     int breakdown, uint32_t percent) {
    Error error = {0};
    int column = dataset_add_series(builder, trial->code.description->series[series].id,
                                    trial_breakdown(trial, breakdown), &error);
    assert_true(column >= 0);
    for (int year = TRIAL_FIRST_YEAR; year <= TRIAL_LAST_YEAR; year++)
        for (size_t r = 0; r < trial->region_count; r++)
            if (trial_random(trial, 100) < percent)
                dataset_put(builder, column, (int)r, year, trial_value(trial));
}

// The nation and the provinces stand in the middle of their counties, which take turns: families
// lie across all blocks of regions.
static inline void trial_add_regions(Trial *trial, DatasetBuilder *builder) {
    char code[40];
    Error error = {0};
    int upper = (int)(trial->region_count - 1) / 2; // the nation's index, its provinces behind it
    int provinces = (int)trial->region_count - 1;
    if (provinces > TRIAL_PROVINCES) provinces = TRIAL_PROVINCES;
    if (upper + provinces >= (int)trial->region_count) upper = 0;
    for (int r = 0; r < (int)trial->region_count; r++) {
        bool is_province = r > upper && r <= upper + provinces;
        if (r == upper)
            snprintf(code, sizeof code, "000000");
        else if (is_province)
            snprintf(code, sizeof code, "1%d0000", 4 + r - upper);
        else
            snprintf(code, sizeof code, "1%d%04d", 5 + r % provinces, 1 + r);
        assert_int_equal(dataset_add_region(builder, code, &error), r);
        if (r != upper)
            dataset_set_parent(builder, r, is_province ? upper : upper + 1 + r % provinces);
    }
}

// Regions with figures for every series that can be reported; `percent` of them are there. All
// regions are evaluated.
static inline void trial_fill(Trial *trial, size_t region_count, uint32_t percent) {
    const Description *description = trial->code.description;
    Error error = {0};
    DatasetBuilder *builder = dataset_builder_new(TRIAL_FIRST_YEAR, TRIAL_LAST_YEAR);
    trial->region_count = region_count;
    trial_add_regions(trial, builder);
    for (int s = 0; s < (int)description->series_count; s++) {
        if (!trial_is_formula(trial, s)) trial_fill_series(trial, builder, s, -1, percent);
        for (int b = 0; b < (int)description->breakdown_count; b++)
            trial_fill_series(trial, builder, s, b, percent / 2);
    }
    if (!dataset_finish_shared(builder, &trial->dataset, &error)) fail_msg("%s", error.message);
    dataset_index(trial->dataset, &trial->columns);
    trial->roles = memory_new(region_count, 1);
    memset(trial->roles, REGION_EVALUATED, region_count);
    trial->request = (EngineRequest){.pack = &trial->code,
                                     .dataset = trial->dataset,
                                     .roles = trial->roles,
                                     .year = TRIAL_YEAR,
                                     .traced_region = -1};
}

static inline size_t trial_region(const Trial *trial, const char *code) {
    for (size_t r = 0; r < trial->region_count; r++)
        if (strcmp(trial->dataset->regions[r].code, code) == 0) return r;
    fail_msg("there is no region %s", code);
    return 0;
}

static inline void trial_set(Trial *trial, const char *series, int year, size_t region,
                             double value) {
    dataset_set(trial->dataset, trial_column(trial, trial_series(trial, series), -1), year, region,
                value);
}

// ---- engines -----------------------------------------------------------------------------------

static inline Engine *trial_engine(Trial *trial) {
    Error error = {0};
    Engine *engine = engine_new(&trial->host, &trial->request, &error);
    if (!engine) fail_msg("%s", error.message);
    return engine;
}

static inline void trial_run(Engine *engine) {
    ProblemList problems = {0};
    if (!engine_run(engine, &problems)) trial_fail("the run failed", &problems);
    assert_int_equal(problems.count, 0);
}

// The encoded results of all regions; empty for those not evaluated.
typedef struct Results {
    Buffer *regions;
    size_t count;
} Results;

static inline void results_take(Results *results, Engine *engine, const Trial *trial) {
    if (!results->regions)
        results->regions = memory_new(trial->region_count, sizeof *results->regions);
    results->count = trial->region_count;
    for (size_t r = 0; r < results->count; r++) {
        buffer_clear(&results->regions[r]);
        if (!engine_is_evaluated(engine, r)) continue;
        ResultBytes bytes = engine_bytes(engine, r);
        buffer_append(&results->regions[r], bytes.data, bytes.length);
    }
}

static inline void results_free(Results *results) {
    for (size_t r = 0; r < results->count; r++)
        buffer_free(&results->regions[r]);
    free(results->regions);
    *results = (Results){0};
}

static inline bool results_agree_at(const Results *left, const Results *right, size_t region) {
    const Buffer *a = &left->regions[region], *b = &right->regions[region];
    return a->length == b->length && (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

// The first region in which they differ; their count when there is none.
static inline size_t results_differ(const Results *left, const Results *right) {
    for (size_t r = 0; r < left->count; r++)
        if (!results_agree_at(left, right, r)) return r;
    return left->count;
}

// Where two encodings of one region part, for a message.
static inline size_t results_offset(const Results *left, const Results *right, size_t region) {
    const Buffer *a = &left->regions[region], *b = &right->regions[region];
    size_t at = 0;
    while (at < a->length && at < b->length && a->data[at] == b->data[at])
        at++;
    return at;
}

static inline void results_assert_equal(const Results *left, const Results *right,
                                        const char *what) {
    assert_int_equal(left->count, right->count);
    size_t region = results_differ(left, right);
    if (region < left->count)
        fail_msg("%s: region %zu differs at byte %zu (%zu and %zu bytes)", what, region,
                 results_offset(left, right, region), left->regions[region].length,
                 right->regions[region].length);
}

// What one region's encoding says, for looking into it; free with result_free.
static inline RegionResult results_read(const Results *results, const Engine *engine,
                                        size_t region) {
    RegionResult result = {0};
    Error error = {0};
    const Buffer *bytes = &results->regions[region];
    if (!result_decode(bytes->data, bytes->length, engine_layout(engine), &result, &error))
        fail_msg("region %zu: %s", region, error.message);
    return result;
}
