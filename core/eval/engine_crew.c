// The engine's workers: asked, listened to, replaced. See engine.h.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "core/eval/engine_inside.h"
#include "core/run/frame.h"

enum {
    MAX_TRACES = 200000,
    MAX_DEATHS = 250,       // of workers in one run, whatever they are blamed on
    MAX_IDLE_DEATHS = 3,    // of workers that were asked nothing, in one run
    MAX_CALL_DEATHS = 2,    // of a call, before it is left out
    MAX_DEADLY_REGIONS = 5, // of a rule, before it is left out everywhere
    MAX_FAILURE_TEXT = 8192,
};

static void start_worker(CrewWorker *worker);

// ---- asking ------------------------------------------------------------------------------------

static void send_frames(CrewWorker *worker, Buffer *frames) {
    worker_send(worker->process, frames->data, frames->length);
    buffer_free(frames);
}

static void append_question(Buffer *out, const Task *task) {
    if (task->kind == TASK_CHANGE) {
        frame_append(out, FRAME_CHANGE, task->question, strlen(task->question));
        return;
    }
    Buffer range = {0};
    buffer_u32(&range, task->from);
    buffer_u32(&range, task->to);
    frame_append(out, task->kind == TASK_DERIVE ? FRAME_DERIVE : FRAME_EVALUATE, range.data,
                 range.length);
    buffer_free(&range);
}

static size_t frames_allowed(const Engine *engine, const Task *task) {
    return (size_t)(task->to - task->from) * engine->most_failures +
           (engine->traced_region >= 0 ? MAX_TRACES : 0) + 1;
}

static void await_answer(CrewWorker *worker) {
    worker_expect(worker->process);
    worker->frames_left = frames_allowed(worker->engine, worker->tasks[0]);
    worker->bytes_left = TALK_MAX_ANSWER_BYTES;
}

static void ask(CrewWorker *worker, Task *task) {
    Engine *engine = worker->engine;
    Buffer out = {0};
    if (worker->begun != engine->begin) {
        buffer_append(&out, engine->begin_frame.data, engine->begin_frame.length);
        worker->begun = engine->begin;
    }
    append_question(&out, task);
    task->state = TASK_ASKED;
    worker->tasks[worker->task_count++] = task;
    if (worker->task_count == 1) await_answer(worker);
    send_frames(worker, &out);
}

static Task *next_open_task(Engine *engine) {
    for (size_t i = 0; i < engine->task_count; i++)
        if (engine->tasks[i].state == TASK_OPEN) return &engine->tasks[i];
    return NULL;
}

// Everybody gets one question before anybody gets a second.
static void hand_out(Engine *engine) {
    for (int ahead = 0; ahead < TASKS_AHEAD && !engine_is_over(engine); ahead++) {
        for (int w = 0; w < engine->crew_count; w++) {
            CrewWorker *worker = &engine->crew[w];
            if (worker->state != CREW_READY || worker->task_count != ahead) continue;
            // A worker told anew in the middle would answer the question before by the new rules.
            if (ahead > 0 && worker->begun != engine->begin) continue;
            Task *task = next_open_task(engine);
            if (task) ask(worker, task);
        }
    }
}

static json_t *skipped_to_json(const Engine *engine) {
    json_t *skipped = json_array();
    for (size_t i = 0; i < engine->skipped_count; i++)
        json_array_append_new(skipped, json_pack("[i, i, i]", engine->skipped[i].rule,
                                                 engine->skipped[i].region,
                                                 (int)engine->skipped[i].outcome));
    return skipped;
}

void crew_tell_anew(Engine *engine) {
    size_t count = engine->dataset->header->region_count;
    char *roles = memory_new(count + 1, 1);
    for (size_t r = 0; r < count; r++)
        roles[r] = (char)('a' + engine->roles[r]);
    engine->begin++;
    buffer_clear(&engine->begin_frame);
    talk_append_json(&engine->begin_frame, FRAME_BEGIN,
                     json_pack("{s:i, s:i, s:i, s:b, s:i, s:o, s:s}", "year", engine->layout->year,
                               "own", engine->own_region, "trace", engine->traced_region, "kernels",
                               !engine->without_kernels, "simd_below", engine->simd_levels_below,
                               "skipped", skipped_to_json(engine), "roles", roles));
    free(roles);
}

// ---- answers -----------------------------------------------------------------------------------

static bool take_description(CrewWorker *worker, const char *bytes, size_t length, Error *error) {
    json_t *description = talk_read_json(bytes, length);
    bool same = worker->state == CREW_LOADING &&
                description_is_as_checked(worker->engine->pack.expected, description);
    json_decref(description);
    // The same bytes must describe themselves the same way every time: results are read by the
    // description that was checked.
    if (!same)
        return error_set(error, ERROR_WORKER,
                         T("the pack described itself differently from when it was checked",
                           "评估包的描述与检查时不一致"));
    worker->state = CREW_READY;
    worker_content(worker->process);
    return true;
}

static bool take_failed(CrewWorker *worker, const char *bytes, size_t length, Error *error) {
    Engine *engine = worker->engine;
    if (!talk_take_failed(bytes, length, engine->problems, error)) return false;
    engine->broken = true;
    return true;
}

static bool take_rule_failure(CrewWorker *worker, const char *bytes, size_t length, Error *error) {
    const Description *description = worker->engine->layout->description;
    Task *task = worker->task_count ? worker->tasks[0] : NULL;
    if (task && length >= 16 && length <= 16 + MAX_FAILURE_TEXT) {
        uint32_t region = memory_u32(bytes);
        RuleFailure failure = {(int)memory_u32(bytes + 4), (int)memory_u32(bytes + 8),
                               (CallOutcome)memory_u32(bytes + 12), bytes + 16};
        bool good = region >= task->from && region < task->to && failure.rule >= 0 &&
                    failure.rule < (int)description->rule_count &&
                    result_subject_is_known(description, failure.subject) &&
                    memory_u32(bytes + 12) < CALL_OUTCOME_COUNT && failure.outcome != CALL_OK &&
                    plain_text(failure.message, length - 16);
        if (good) {
            failures_add(&task->failures, region, &failure);
            return true;
        }
    }
    return error_set(error, ERROR_WORKER, T("a failure is malformed", "失败报告格式错误"));
}

static bool take_trace(CrewWorker *worker, const char *bytes, size_t length, Error *error) {
    Engine *engine = worker->engine;
    bool asked = engine->traced_region >= 0 && worker->task_count > 0;
    json_t *trace = asked ? talk_read_json(bytes, length) : NULL;
    if (!json_is_object(trace)) {
        json_decref(trace);
        return error_set(
            error, ERROR_WORKER,
            T("a trace is malformed or was not asked for", "追踪记录格式错误或未经请求"));
    }
    json_array_append_new(engine->traces, trace);
    return true;
}

static void settle(Engine *engine) {
    while (!engine->begin_again && engine->settled < engine->task_count &&
           engine->tasks[engine->settled].state == TASK_OVER)
        engine_keep_failures(engine, &engine->tasks[engine->settled++]);
}

static void report_progress(Engine *engine, const Task *task) {
    const JobHost *host = engine->host;
    if (task->kind != TASK_EVALUATE || engine->regions_wanted == 0) return;
    for (uint32_t r = task->from; r < task->to; r++)
        engine->regions_done += engine->roles[r] == REGION_EVALUATED;
    if (host->progress &&
        !host->progress(engine->regions_done, engine->regions_wanted, host->progress_context))
        engine->cancelled = true;
}

static bool take_done(CrewWorker *worker, const char *bytes, size_t length, Error *error) {
    Engine *engine = worker->engine;
    if (worker->task_count == 0 || length != 4 + 4 * EVALUATION_PHASE_COUNT)
        return error_set(
            error, ERROR_WORKER,
            T("the end came before what was asked for", "尚未收到所请求的内容便已结束"));
    Task *task = worker->tasks[0];
    int64_t began = clock_monotonic_ns();
    if (!engine_take_records(engine, task, error)) return false;
    engine->statistics.rule_calls += memory_u32(bytes);
    for (int p = 0; p < EVALUATION_PHASE_COUNT; p++)
        engine->statistics.phases_us[p] += memory_u32(bytes + 4 + 4 * p);
    engine->statistics.checking_us += (clock_monotonic_ns() - began) / 1000;
    task->state = TASK_OVER;
    settle(engine);
    report_progress(engine, task);
    worker->task_count--;
    memmove(worker->tasks, worker->tasks + 1, (size_t)worker->task_count * sizeof *worker->tasks);
    worker_content(worker->process);
    if (worker->task_count > 0) await_answer(worker);
    return true;
}

// Takes a frame off what a worker may still send.
static bool is_too_much(CrewWorker *worker, size_t length) {
    if (worker->frames_left == 0 || worker->bytes_left < length) return true;
    worker->frames_left--;
    worker->bytes_left -= length;
    return false;
}

static bool frame_came(uint32_t type, const char *bytes, size_t length, void *context,
                       Error *error) {
    CrewWorker *worker = context;
    // Between calls a worker may get ready, and that is all.
    if (!worker->engine->problems && type != FRAME_DESCRIPTION) {
        worker->state = CREW_ENDING;
        return error_set(error, ERROR_WORKER,
                         T("the worker spoke without being asked", "工作进程未经询问便发送消息"));
    }
    bool one_more = type == FRAME_FAILURE || type == FRAME_TRACE;
    if (one_more && worker->task_count > 0 && is_too_much(worker, length))
        return error_set(error, ERROR_WORKER,
                         T("the worker does not stop answering", "工作进程的应答没有止境"));
    switch (type) {
        case FRAME_DESCRIPTION: return take_description(worker, bytes, length, error);
        case FRAME_FAILED: return take_failed(worker, bytes, length, error);
        case FRAME_FAILURE: return take_rule_failure(worker, bytes, length, error);
        case FRAME_TRACE: return take_trace(worker, bytes, length, error);
        case FRAME_DONE: return take_done(worker, bytes, length, error);
        default:
            return error_set(error, ERROR_WORKER,
                             T("a message of unknown type %u came", "收到未知类型 %u 的消息"),
                             type);
    }
}

// ---- deaths ------------------------------------------------------------------------------------

static int count_deaths(Engine *engine, int rule, int region) {
    for (size_t i = 0; i < engine->deadly_count; i++)
        if (engine->deadly[i].rule == rule && engine->deadly[i].region == region)
            return ++engine->deadly[i].deaths;
    ARRAY_RESERVE(engine->deadly, engine->deadly_count, engine->deadly_capacity);
    engine->deadly[engine->deadly_count++] = (DeadlyCall){rule, region, 1};
    return 1;
}

static int deadly_regions(const Engine *engine, int rule) {
    int count = 0;
    for (size_t i = 0; i < engine->skipped_count; i++)
        count += engine->skipped[i].rule == rule && engine->skipped[i].region >= 0;
    return count;
}

// Leaves out a call that has cost its second worker, and a rule that does so in many regions. It is
// the number of such regions that decides, not which of them were met first.
static void leave_out(Engine *engine, int rule, int region) {
    engine_skip(engine, rule, region, CALL_STUCK);
    if (deadly_regions(engine, rule) >= MAX_DEADLY_REGIONS) {
        engine_skip(engine, rule, -1, CALL_STUCK);
        engine->begin_again = true;
    }
    crew_tell_anew(engine);
}

static bool names_call(const Engine *engine, const WorkerEnd *end, const Task *task) {
    return end->rule >= 0 && (size_t)end->rule < engine->layout->description->rule_count &&
           end->region >= (int)task->from && end->region < (int)task->to;
}

// Regions whose figures are not derived would be missing to those who compare themselves with them;
// those that are not evaluated are missed by nobody.
static void give_up(Engine *engine, const WorkerEnd *end, Task *task) {
    const DatasetRegion *regions = engine->dataset->regions;
    talk_blame(end, engine->layout->description, engine->problems);
    if (!task || task->kind == TASK_DERIVE) {
        if (end->outcome != WORKER_GARBAGE)
            problems_hint(engine->problems, "%s",
                          T("no region has results of this run", "本次评估没有任何行政区划的结果"));
        engine->broken = true;
        return;
    }
    problems_hint(engine->problems,
                  T("regions %s to %s have no results", "行政区划 %s 至 %s 没有结果"),
                  regions[task->from].code, regions[task->to - 1].code);
    task->state = TASK_OVER;
    engine->incomplete = true;
    settle(engine);
}

// What the worker was asked goes back to the others; the question it was at decides what follows.
// A change cannot be asked again: what it has changed already would not be seen to change.
static void take_back(CrewWorker *worker) {
    for (int i = 0; i < worker->task_count; i++) {
        Task *task = worker->tasks[i];
        task->lost = task->kind == TASK_CHANGE;
        task->state = task->lost ? TASK_OVER : TASK_OPEN;
        failures_free(&task->failures);
    }
    if (worker->task_count > 0) json_array_clear(worker->engine->traces);
    worker->task_count = 0;
}

// Whether to give up where no call is to blame. Workers that died may have been dead before they
// were asked, all of them at most; those that hung or sent garbage were alive.
static bool is_hopeless(Engine *engine, const WorkerEnd *end, Task *task) {
    bool died = end->outcome == WORKER_DIED;
    if (task) return ++task->deaths > (died ? engine->crew_count : 1);
    return !died || ++engine->idle_deaths > engine->crew_count + MAX_IDLE_DEATHS;
}

static void leave_out_slow_rule(Engine *engine, int rule) {
    engine_skip(engine, rule, -1, CALL_STUCK);
    engine->begin_again = true;
    crew_tell_anew(engine);
}

static void consider_death(Engine *engine, const WorkerEnd *end, Task *task) {
    engine->statistics.retries++;
    bool worked = end->outcome != WORKER_GARBAGE && end->outcome != WORKER_ABSENT;
    if (worked && task && names_call(engine, end, task)) {
        // Nothing says which region was slow when it is overdue, only that the rule is.
        bool overdue = end->outcome == WORKER_OVERDUE && end->stop == STOP_NONE;
        int deaths = count_deaths(engine, end->rule, overdue ? -1 : end->region);
        if (deaths < MAX_CALL_DEATHS) return;
        if (overdue)
            leave_out_slow_rule(engine, end->rule);
        else
            leave_out(engine, end->rule, end->region);
    } else if (is_hopeless(engine, end, task)) {
        give_up(engine, end, task);
    }
}

static void worker_ended(const WorkerEnd *end, void *context) {
    CrewWorker *worker = context;
    Engine *engine = worker->engine;
    CrewState state = worker->state;
    Task *task = worker->task_count ? worker->tasks[0] : NULL;
    take_back(worker);
    worker->state = CREW_ABSENT;
    worker->process = NULL;
    if (!engine->problems) return;
    if (state != CREW_ENDING && !engine_is_over(engine)) consider_death(engine, end, task);
    if (!engine->broken) start_worker(worker);
}

// ---- life --------------------------------------------------------------------------------------

static void start_worker(CrewWorker *worker) {
    Engine *engine = worker->engine;
    const JobHost *host = engine->host;
    WorkerOptions options = {.program = host->worker_program,
                             .shared = {engine->dataset->descriptor, engine->descriptor},
                             .deadline_ms =
                                 host->deadline_ms > 0 ? host->deadline_ms : DEFAULT_DEADLINE_MS,
                             .largest_frame = LARGEST_FRAME};
    WorkerCallbacks callbacks = {frame_came, worker_ended, worker};
    worker->state = CREW_LOADING;
    worker->begun = 0;
    engine->statistics.workers_started++;
    worker->process = worker_start(host->loop, &options, &callbacks);
    Buffer out = {0};
    // Failures are kept with the results, which must not depend on who looks at them.
    talk_append_load(&out, &engine->pack, false);
    send_frames(worker, &out);
}

void crew_start(Engine *engine) {
    engine->crew_count = engine->host->parallel > 1 ? engine->host->parallel : 1;
    engine->crew = memory_new((size_t)engine->crew_count, sizeof *engine->crew);
    for (int w = 0; w < engine->crew_count; w++) {
        engine->crew[w].engine = engine;
        start_worker(&engine->crew[w]);
    }
}

static bool anybody_there(const Engine *engine) {
    for (int w = 0; w < engine->crew_count; w++)
        if (engine->crew[w].state != CREW_ABSENT) return true;
    return false;
}

void crew_end(Engine *engine) {
    for (int w = 0; w < engine->crew_count; w++) {
        if (engine->crew[w].state == CREW_ABSENT) continue;
        engine->crew[w].state = CREW_ENDING;
        worker_finish(engine->crew[w].process);
    }
    while (anybody_there(engine))
        uv_run(engine->host->loop, UV_RUN_ONCE);
}

static bool all_over(const Engine *engine) {
    for (size_t i = 0; i < engine->task_count; i++)
        if (engine->tasks[i].state != TASK_OVER) return false;
    return true;
}

static bool anybody_asked(const Engine *engine) {
    for (int w = 0; w < engine->crew_count; w++)
        if (engine->crew[w].task_count > 0) return true;
    return false;
}

void crew_work(Engine *engine, Task *tasks, size_t count) {
    engine->tasks = tasks;
    engine->task_count = count;
    engine->settled = 0;
    for (int w = 0; w < engine->crew_count; w++)
        if (engine->crew[w].state == CREW_ABSENT) start_worker(&engine->crew[w]);
    // While the loop stood still nobody listened: what a worker took until now says nothing.
    for (int w = 0; w < engine->crew_count; w++)
        if (engine->crew[w].state == CREW_LOADING) worker_expect(engine->crew[w].process);
    while (engine_is_over(engine) ? anybody_asked(engine) && !engine->broken : !all_over(engine)) {
        hand_out(engine);
        uv_run(engine->host->loop, UV_RUN_ONCE);
    }
    if (engine->broken) crew_end(engine);
    for (size_t i = 0; i < count; i++)
        failures_free(&tasks[i].failures);
    engine->tasks = NULL;
    engine->task_count = 0;
}
