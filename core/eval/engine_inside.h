// What the files of the engine share; included by core/eval/engine*.c only.
#pragma once

#include "core/eval/engine.h"
#include "core/eval/peers.h"
#include "core/eval/talk.h"

typedef enum TaskKind { TASK_DERIVE, TASK_EVALUATE, TASK_CHANGE } TaskKind;

// A failure as the engine keeps it: its message is its own.
typedef struct KeptFailure {
    uint32_t region;
    size_t order; // of coming
    RuleFailure failure;
} KeptFailure;

typedef struct FailureList {
    KeptFailure *items;
    size_t count, capacity;
    bool unsorted;
} FailureList;

typedef enum TaskState {
    TASK_OPEN,  // waits for a worker
    TASK_ASKED, // a worker has it
    TASK_OVER,  // its records are taken, or nobody can do it
} TaskState;

// A question for one worker, and what is known of its answer.
typedef struct Task {
    TaskKind kind;
    TaskState state;
    uint32_t from, to;
    const char *question; // TASK_CHANGE: the frame's JSON
    int deaths;           // workers it has cost that no call was to blame for
    bool lost;            // TASK_CHANGE: it cost its worker and cannot be asked again
    FailureList failures; // that came so far
} Task;

typedef enum CrewState {
    CREW_ABSENT,  // no process
    CREW_LOADING, // the pack's description has not come
    CREW_READY,   // answers questions
    CREW_ENDING,  // let go, or refused
} CrewState;

enum { TASKS_AHEAD = 2 }; // a worker has the next question while it answers one

typedef struct CrewWorker {
    Engine *engine;
    CrewState state;
    WorkerProcess *process;
    Task *tasks[TASKS_AHEAD]; // asked, oldest first
    int task_count;
    uint32_t begun;                 // the engine's `begin` it was told last; 0 for none
    size_t frames_left, bytes_left; // it may still send for the task at hand
} CrewWorker;

// A call that cost a worker.
typedef struct DeadlyCall {
    int rule, region, deaths;
} DeadlyCall;

struct Engine {
    const JobHost *host;
    PackCode pack;
    const Dataset *dataset;
    size_t region_count; // of the dataset, which may be gone when results are read
    ResultLayout *layout;
    ResultArea shared; // what workers write
    void *memory;
    size_t memory_bytes;
    int descriptor;
    uint8_t *results, *own_result; // by region: checked copies, as canonical bytes
    size_t result_stride;
    Buffer *with_failures; // by region: canonical bytes where rules failed; NULL while none did
    int own_region;
    Families families; // who compares with whom
    uint8_t *roles;
    bool *fresh; // by region: it has no results yet
    bool any_fresh;
    bool without_kernels;
    int simd_levels_below;
    int traced_region;
    json_t *traces;

    CrewWorker *crew;
    int crew_count;
    uint32_t begin; // goes up whenever workers must be told anew what to do
    Buffer begin_frame;

    Task *tasks;
    size_t task_count, settled;          // the failures of the first `settled` tasks are kept
    size_t regions_done, regions_wanted; // of a whole run; nobody is told of the progress of others
    FailureList failures;                // of all regions
    size_t most_failures;                // that a region can have
    int *over_budget; // by rule: those of the failures that ran over their budget
    SkippedRule *skipped;
    size_t skipped_count, skipped_capacity;
    DeadlyCall *deadly;
    size_t deadly_count, deadly_capacity;
    int deaths;       // of workers, in this call
    int idle_deaths;  // workers lost in this call that had no question
    bool begin_again; // a rule was left out everywhere: everything is evaluated anew
    bool broken;      // problems make it senseless to go on
    bool incomplete;  // problems leave some regions without results
    bool cancelled;
    ProblemList *problems; // of the call at hand
    EngineStatistics statistics;
};

// ---- engine_crew.c: workers, questions, deaths
// ---------------------------------------------------

void crew_start(Engine *engine);
// Lets all workers go and waits until they are gone.
void crew_end(Engine *engine);
// Puts the tasks to the workers and runs the loop until all are over, the engine is broken, or
// everything must begin again.
void crew_work(Engine *engine, Task *tasks, size_t count);
// The frames workers must see before their next question.
void crew_tell_anew(Engine *engine);

// ---- engine.c ----------------------------------------------------------------------------------

// Copies and checks what a task wrote; false with the error set when it is not what it may be.
MUST_CHECK bool engine_take_records(Engine *engine, const Task *task, Error *error);
// Moves a task's failures to the engine's, and leaves out rules that ran over their budget too
// often.
void engine_keep_failures(Engine *engine, Task *task);
void engine_skip(Engine *engine, int rule, int region, CallOutcome outcome);
// Around all that asks workers; engine_end_call tells whether all went well.
void engine_begin_call(Engine *engine, ProblemList *problems);
bool engine_end_call(Engine *engine);

// Whether nothing more is to be asked.
static inline bool engine_is_over(const Engine *engine) {
    return engine->broken || engine->begin_again || engine->cancelled;
}

// ---- engine_failures.c -------------------------------------------------------------------------

void failures_add(FailureList *list, uint32_t region, const RuleFailure *failure);
void failures_free(FailureList *list);
// By region, rule and subject; the functions below want them so.
void failures_sort(FailureList *list);
// How many a region has; `first` is the place of its first, or where it would be.
size_t failures_of(const FailureList *list, size_t region, size_t *first);
void failures_forget(FailureList *list, size_t region);
bool failure_is_over_budget(const RuleFailure *failure);
// The most that can be told of one region.
size_t failures_possible(const Description *description);
