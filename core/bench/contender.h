// One way of doing the work, to be measured beside the others: the limit, another engine, and the
// evaluation itself.
//
// A contender is made ready without being timed, runs rounds that are, and hands over what it found
// after the last one. The runner (bench.h) calls these functions from one thread, one at a time.
#pragma once

#include "core/bench/generate.h"
#include "core/bench/results.h"
#include "core/eval/job.h"

// What every contender is given; outlives it.
typedef struct BenchSetting {
    const Nation *nation;
    int workers;
    const char *folder; // for its files; may be "" for contenders that use none
    int interruption;   // see interruption.h
    const JobHost *jobs;
} BenchSetting;

enum { CONTENDER_MOST_PHASES = 8 };

typedef struct ContenderPhase {
    const char *name, *english, *chinese;
} ContenderPhase;

typedef struct ContenderKind {
    const char *name;   // its key in JSON: "duckdb_memory"
    const char *family; // what --against calls it: "duckdb"
    const char *english, *chinese;
    bool is_own;     // the evaluation itself, not another way of doing its work
    bool one_change; // a round follows one changed figure; it does not compute all results
    // Makes it ready and gives its state, which finish() frees; where a failure leaves a state, it
    // is half made and finish() frees it too. ERROR_NOT_FOUND: what it needs is not installed, the
    // message says what; anything else is a failure.
    bool (*prepare)(const BenchSetting *setting, void **state, Error *error);
    // Does all of the work once; `ms` is what it took.
    bool (*round)(void *state, double *ms, Error *error);
    // Hands over what the last round found.
    bool (*collect)(void *state, Results *results, Error *error);
    // Memory at most in MB, when it can be told; may be NULL.
    double (*peak_mb)(void *state);
    // Where the time of the rounds went, in ms summed over all of them; may be NULL.
    const ContenderPhase *phases;
    size_t phase_count;
    void (*phase_ms)(void *state, double *ms);
    void (*finish)(void *state);
} ContenderKind;

// The contenders there are, in the order of the report; the first one is the limit, which the
// others' results are compared with.
extern const ContenderKind *const contender_kinds[];
extern const size_t contender_kind_count;

extern const ContenderKind contender_limit;
