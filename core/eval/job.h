// One conversation with a worker about one pack: describe it, or run its specs.
//
// Each job has a worker process of its own, which is gone when the job is over. A worker that dies,
// hangs or sends garbage costs the job, never the host: its problems say which pack, file and line
// the worker was in. jobs_run is for the loop's thread. Evaluating is engine.h's.
#pragma once

#include <jansson.h>
#include <uv.h>

#include "core/pack/bundle.h"
#include "core/pack/description.h"

// A pack as workers are given it.
typedef struct PackCode {
    const Bundle *bundle, *std;
    const json_t *expected; // the description the worker must give; NULL when it is not known yet
    const Description *description; // the same, parsed
} PackCode;

typedef enum JobKind { JOB_DESCRIBE, JOB_SPECS } JobKind;

typedef struct PackJob {
    // Set by the caller, borrowed until the job is over.
    JobKind kind;
    PackCode pack; // without a description

    // Filled by jobs_run; free with job_free.
    bool good;
    ProblemList problems;
    // The pack extends one whose files are not in the bundle: nothing else was filled, and good is
    // false although there is no problem. Empty id: no such thing.
    struct {
        char id[BUNDLE_MAX_ID + 1], file[BUNDLE_MAX_PATH + 1];
        int line;
    } wanted;
    json_t *description_json;
    int64_t described_us;     // when the description came; 0 when it did not
    Description *description; // NULL when the pack has problems
    json_t *spec_report;      // array of { name, file, line, passed, message }
} PackJob;

typedef struct JobHost {
    uv_loop_t *loop;
    const char *worker_program; // NULL for this binary
    int parallel;               // workers at a time, at least 1
    int64_t deadline_ms;        // of a job, or of one answer of an engine's worker; 0 for 60 s
    // Regions evaluated; false cancels the run. NULL for none.
    bool (*progress)(size_t done, size_t total, void *context);
    void *progress_context;
} JobHost;

enum { DEFAULT_DEADLINE_MS = 60000 };

// Runs all jobs and the loop until they are over. Each says in `good` whether it went well.
void jobs_run(const JobHost *host, PackJob *jobs, size_t count);
// Takes the description away from the job.
Description *job_take_description(PackJob *job);
void job_free(PackJob *job);
