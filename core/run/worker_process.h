// One worker process: spawned, talked to in frames, watched, killed when overdue, reaped.
//
// A worker is a child of the same binary that holds nothing but its socket, its status page and,
// when given, shared memory. It serves one pack, for as long as its owner has questions, and is
// then discarded, so that nothing one pack did can reach another. All functions are for the loop's
// thread.
//
// Life cycle (WorkerState): starting → talking → ending → over. `ended` is called exactly once,
// after the process is reaped and every handle is closed; the worker is freed right after it.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "core/base/error.h"
#include "core/run/status_page.h"

typedef struct WorkerProcess WorkerProcess;

typedef enum WorkerOutcome {
    WORKER_FINISHED, // the owner said the conversation is complete
    WORKER_DIED,     // exited or was killed by a signal of its own making
    WORKER_OVERDUE,  // killed by the host at its deadline
    WORKER_STUCK,    // asked to stop by its budget, did not, killed by the host after the grace
    WORKER_GARBAGE,  // sent what is no frame, or what the owner refused
    WORKER_ABSENT,   // could not be started
    WORKER_OUTCOMES,
} WorkerOutcome;

typedef struct WorkerEnd {
    WorkerOutcome outcome;
    int exit_code;              // when it died by exiting
    int signal;                 // when it died by a signal, else 0
    Error error;                // in words; code ERROR_NONE when finished
    StopReason stop;            // what its status page said
    int32_t rule, region, line; // likewise; -1 or 0 when unknown. Untrusted: check before use.
    char file[STATUS_FILE_SIZE];
} WorkerEnd;

typedef struct WorkerOptions {
    const char *program; // NULL for this very binary
    int shared[2];       // opened in the worker as descriptors 5 and 6; -1 for none
    // From its start or worker_expect to worker_content, and anew each time its status page shows
    // that it goes on, but for ten times as long at most.
    int64_t deadline_ms;
    int64_t grace_ms;     // between a stop asked for by the worker's budget and the kill
    size_t largest_frame; // bytes
} WorkerOptions;

typedef struct WorkerCallbacks {
    // A frame came. False (with the error set) means the worker sent what it must not: it is
    // killed with outcome WORKER_GARBAGE. `bytes` has a NUL after it and lives until the return.
    bool (*frame)(uint32_t type, const char *bytes, size_t length, void *context, Error *error);
    void (*ended)(const WorkerEnd *end, void *context);
    void *context;
} WorkerCallbacks;

// The workers of this process that ended otherwise than their owners wanted, by outcome.
typedef struct WorkerLosses {
    uint64_t count, by_outcome[WORKER_OUTCOMES];
    char last[sizeof((Error){0}).message]; // in words; "" while there was none
} WorkerLosses;
WorkerLosses worker_losses(void); // any thread

// Never fails: a worker that cannot be started ends with WORKER_ABSENT from the loop.
WorkerProcess *worker_start(uv_loop_t *loop, const WorkerOptions *options,
                            const WorkerCallbacks *callbacks);
// Queues bytes of whole frames; the bytes are copied.
void worker_send(WorkerProcess *worker, const void *frames, size_t length);
// The owner waits for an answer now: the deadline begins anew.
void worker_expect(WorkerProcess *worker);
// The answer is complete: there is no deadline until the next question.
void worker_content(WorkerProcess *worker);
// The conversation is complete: the worker is let go with outcome WORKER_FINISHED.
void worker_finish(WorkerProcess *worker);
