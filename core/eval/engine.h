// The engine: one pack over one dataset, evaluated by warm workers, whole or change by change.
//
// Workers start with the engine, load the pack once, and stay until it is freed. A run cuts the
// regions into ranges and hands them to whichever worker is free; records come back through shared
// memory and count only after the host has copied and checked them. A worker that dies, hangs or
// sends garbage costs its range a retry; a call that is to blame twice is left out, and the failure
// that names its rule stands in its region's results, so that all others stand too. A range that
// nobody can evaluate is named in the problems, and the others are evaluated. The results are the
// same bytes whatever the number of workers. All functions are for the loop's
// thread, which they run until they are done.
#pragma once

#include <jansson.h>

#include "core/eval/evaluate.h"
#include "core/eval/job.h"

typedef struct Engine Engine;

typedef struct EngineRequest {
    const PackCode *pack;   // its description is known
    const Dataset *dataset; // shared; its values may change between calls
    const uint8_t *roles;   // by region: RegionRole; copied. NULL: none is evaluated yet
    int year;
    int traced_region;     // whose rule calls are traced, -1 for none
    bool without_kernels;  // for tests: figures region by region
    int simd_levels_below; // for tests: so many ColumnsLevels below the best, in the workers
} EngineRequest;

typedef struct EngineStatistics {
    size_t workers_started, retries, restarts;
    uint64_t rule_calls; // of the last run or change
    // Since the engine was made: what workers spent, summed over them, and what the host spent on
    // copying and checking.
    int64_t phases_us[EVALUATION_PHASE_COUNT], checking_us;
} EngineStatistics;

// Everything lent must outlive the engine. NULL on failure.
Engine *engine_new(const JobHost *host, const EngineRequest *request, Error *error);
void engine_free(Engine *engine);
// Lets the workers go; what was evaluated stays to be read.
void engine_dismiss(Engine *engine);

// Evaluates everything. False when a pack or worker problem, added to `problems`, leaves regions
// without results, or when the progress callback cancelled it. Rules that failed are results.
MUST_CHECK bool engine_run(Engine *engine, ProblemList *problems);

// Values of one region that changed in the dataset.
typedef struct EngineChange {
    size_t region;
    const ChangedValue *values;
    size_t value_count;
} EngineChange;

// After a whole run: evaluates what the change touches, and that alone. The regions whose results
// may have changed are listed in `touched` (room for as many as the dataset has).
MUST_CHECK bool engine_change(Engine *engine, const EngineChange *change, uint32_t *touched,
                              size_t *touched_count, ProblemList *problems);
// A region's role after a change, from the next run or change on: one that reports for the first
// time is evaluated then.
void engine_set_role(Engine *engine, size_t region, RegionRole role);
// All roles at once, before a run: workers start while the data is still being read.
void engine_set_roles(Engine *engine, const uint8_t *roles);

const ResultLayout *engine_layout(const Engine *engine);
bool engine_is_evaluated(const Engine *engine, size_t region);
// The checked record of an evaluated region; lives until the next run or change.
const uint8_t *engine_record(const Engine *engine, size_t region);
// The canonical bytes of an evaluated region's results; they live as long as its record.
ResultBytes engine_bytes(Engine *engine, size_t region);
// Array of traces, see trace_json.h; of the last run.
const json_t *engine_traces(const Engine *engine);
EngineStatistics engine_statistics(const Engine *engine);
