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
    bool without_kernels;
    int traced_region;
    json_t *traces;

    CrewWorker *crew;
    int crew_count;
    uint32_t begin; // goes up whenever workers must be told anew what to do
    Buffer begin_frame;

    Task *tasks;
    size_t task_count;
    size_t regions_done, regions_wanted;
    FailureList failures; // of all regions
    SkippedRule *skipped;
    size_t skipped_count, skipped_capacity;
    DeadlyCall *deadly;
    size_t deadly_count, deadly_capacity;
    int spare_deaths; // of workers that had nothing to do, in the call at hand
    bool begin_again; // a rule was left out everywhere: everything is evaluated anew
    bool broken;      // problems leave regions without results
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
void failures_free(FailureList *list);
void failures_add(FailureList *list, uint32_t region, const RuleFailure *failure);
void engine_skip(Engine *engine, int rule, int region, CallOutcome outcome);
