// One conversation with a worker about one pack: describe it, run its specs, or evaluate a dataset.
//
// Each job has a worker process of its own, which is gone when the job is over. A worker that dies,
// hangs or sends garbage costs the job, never the host: its problems say which pack, file and line
// the worker was in. While evaluating, a rule that had to be killed is left out and the job begins
// again, so that the other results stand. jobs_run is for the loop's thread.
#pragma once

#include <jansson.h>
#include <uv.h>

#include "core/eval/dataset.h"
#include "core/eval/result.h"
#include "core/pack/bundle.h"

typedef enum JobKind { JOB_DESCRIBE, JOB_SPECS, JOB_EVALUATE } JobKind;

typedef struct PackJob {
    // Set by the caller, borrowed until the job is over.
    JobKind kind;
    const Bundle *bundle, *std;
    const json_t *expected; // the description the worker must give; NULL when it is not known yet
    const Dataset *dataset; // JOB_EVALUATE
    int year;
    bool trace;
    int first_region, last_region; // with `one_region`: that one only
    bool one_region;

    // Filled by jobs_run; free with job_free.
    bool good;
    ProblemList problems;
    json_t *description_json;
    Description *description; // NULL when the pack has problems
    Buffer *regions; // by region of the dataset: canonical bytes, empty where not evaluated
    size_t region_count, regions_done;
    json_t *traces;      // array, see trace_json.h
    json_t *spec_report; // array of { name, file, line, passed, message }
    uint8_t *skipped;    // by rule: 1 for one that did not stop; NULL when there was none
    size_t skipped_count;
    int retries;
} PackJob;

typedef struct JobHost {
    uv_loop_t *loop;
    const char *worker_program; // NULL for this binary
    int parallel;               // workers at a time, at least 1
    int64_t deadline_ms;        // of one conversation; 0 for the default of 60 s
    void (*progress)(size_t done, size_t total, void *context); // regions; NULL for none
    void *progress_context;
} JobHost;

// Runs all jobs and the loop until they are over. Each says in `good` whether it went well.
void jobs_run(const JobHost *host, PackJob *jobs, size_t count);
// Takes the description away from the job.
Description *job_take_description(PackJob *job);
void job_free(PackJob *job);
