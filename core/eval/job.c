// Describing packs and running their specs: see job.h.
#include "core/eval/job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/eval/talk.h"
#include "core/run/frame.h"

enum { MAX_SPEC_RESULTS = 20000 };

typedef struct Crew Crew;

typedef struct RunningJob {
    Crew *crew;
    PackJob *job;
    WorkerProcess *worker;
    size_t specs_left; // spec reports still to come
    size_t bytes;      // of all frames that came
} RunningJob;

struct Crew {
    const JobHost *host;
    PackJob *jobs;
    RunningJob *running;
    size_t count, next, active;
};

static void start_job(Crew *crew, size_t index);

// ---- asking ------------------------------------------------------------------------------------

static bool is_spec(const char *path) {
    size_t length = strlen(path);
    return strncmp(path, "spec/", 5) == 0 && length > 9 &&
           strcmp(path + length - 9, "_spec.lua") == 0;
}

static void append_specs(Buffer *out, RunningJob *running) {
    const Bundle *bundle = running->job->pack.bundle;
    for (size_t i = 0; i < bundle->count; i++) {
        if (!is_spec(bundle->files[i].path)) continue;
        frame_append(out, FRAME_SPEC, bundle->files[i].path, strlen(bundle->files[i].path));
        running->specs_left++;
    }
}

static void ask(RunningJob *running) {
    Buffer out = {0};
    talk_append_load(&out, &running->job->pack, language_is_chinese());
    worker_send(running->worker, out.data, out.length);
    buffer_free(&out);
}

// ---- answers -----------------------------------------------------------------------------------

static bool is_id(const json_t *value) {
    const char *text = json_string_value(value);
    size_t length = text ? strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") : 0;
    return text && length > 0 && length <= BUNDLE_MAX_ID && text[length] == '\0' &&
           text[0] >= 'a' && text[0] <= 'z';
}

static bool take_wanted(RunningJob *running, const json_t *wants, Error *error) {
    PackJob *job = running->job;
    if (!is_id(json_object_get(wants, "id")) || !talk_has_place(wants))
        return error_set(error, ERROR_WORKER,
                         T("the description is malformed", "评估包描述格式错误"));
    snprintf(job->wanted.id, sizeof job->wanted.id, "%s",
             json_string_value(json_object_get(wants, "id")));
    snprintf(job->wanted.file, sizeof job->wanted.file, "%s",
             json_string_value(json_object_get(wants, "file")));
    job->wanted.line = (int)json_integer_value(json_object_get(wants, "line"));
    worker_finish(running->worker);
    return true;
}

// What is sent on depends on the description, so it waits for it.
static bool take_description(RunningJob *running, const char *bytes, size_t length, Error *error) {
    PackJob *job = running->job;
    if (job->description_json)
        return error_set(error, ERROR_WORKER,
                         T("a second description came", "收到重复的评估包描述"));
    job->description_json = talk_read_json(bytes, length);
    if (!json_is_object(job->description_json))
        return error_set(error, ERROR_WORKER,
                         T("the description is no JSON object", "评估包描述不是 JSON 对象"));
    const json_t *wants = json_object_get(job->description_json, "wants");
    if (wants && !job->pack.expected) return take_wanted(running, wants, error);
    // The same bytes must describe themselves the same way every time: results are read by the
    // description that was checked.
    if (job->pack.expected && !description_is_as_checked(job->pack.expected, job->description_json))
        return error_set(error, ERROR_WORKER,
                         T("the pack described itself differently from when it was checked",
                           "评估包的描述与检查时不一致"));
    job->described_us = clock_now_us();
    job->description = description_parse(job->description_json, &job->problems);
    Buffer out = {0};
    if (job->description && job->kind == JOB_SPECS) append_specs(&out, running);
    if (out.length)
        worker_send(running->worker, out.data, out.length);
    else
        worker_finish(running->worker);
    buffer_free(&out);
    return true;
}

static bool take_failure(RunningJob *running, const char *bytes, size_t length, Error *error) {
    if (!talk_take_failed(bytes, length, &running->job->problems, error)) return false;
    worker_finish(running->worker);
    return true;
}

static bool take_spec_report(RunningJob *running, const char *bytes, size_t length, Error *error) {
    PackJob *job = running->job;
    json_t *report = running->specs_left > 0 ? talk_read_json(bytes, length) : NULL;
    bool good = json_is_array(report) && json_array_size(report) < MAX_SPEC_RESULTS;
    for (size_t i = 0; good && i < json_array_size(report); i++) {
        const json_t *row = json_array_get(report, i);
        const json_t *message = json_object_get(row, "message");
        good = talk_has_place(row) && talk_is_plain(json_object_get(row, "name")) &&
               (!message || talk_is_plain(message)) &&
               json_is_boolean(json_object_get(row, "passed"));
    }
    if (good) json_array_extend(job->spec_report, report);
    json_decref(report);
    if (!good)
        return error_set(error, ERROR_WORKER, T("a spec report is malformed", "测试报告格式错误"));
    if (--running->specs_left == 0) worker_finish(running->worker);
    return true;
}

static bool frame_came(uint32_t type, const char *bytes, size_t length, void *context,
                       Error *error) {
    RunningJob *running = context;
    running->bytes += length;
    if (running->bytes > TALK_MAX_ANSWER_BYTES)
        return error_set(error, ERROR_WORKER,
                         T("the worker does not stop answering", "工作进程的应答没有止境"));
    switch (type) {
        case FRAME_DESCRIPTION: return take_description(running, bytes, length, error);
        case FRAME_FAILED: return take_failure(running, bytes, length, error);
        case FRAME_SPEC_REPORT: return take_spec_report(running, bytes, length, error);
        default:
            return error_set(error, ERROR_WORKER,
                             T("a message of unknown type %u came", "收到未知类型 %u 的消息"),
                             type);
    }
}

// ---- ends --------------------------------------------------------------------------------------

static void worker_ended(const WorkerEnd *end, void *context) {
    RunningJob *running = context;
    Crew *crew = running->crew;
    PackJob *job = running->job;
    crew->active--;
    if (end->outcome != WORKER_FINISHED) talk_blame(end, job->description, &job->problems);
    job->good = job->problems.count == 0 && !*job->wanted.id;
    if (crew->next < crew->count) start_job(crew, crew->next++);
}

static void start_job(Crew *crew, size_t index) {
    PackJob *job = &crew->jobs[index];
    RunningJob *running = &crew->running[index];
    *running = (RunningJob){.crew = crew, .job = job};
    crew->active++;
    job->spec_report = json_array();
    int64_t deadline_ms =
        crew->host->deadline_ms > 0 ? crew->host->deadline_ms : DEFAULT_DEADLINE_MS;
    WorkerOptions options = {.program = crew->host->worker_program,
                             .shared = {-1, -1},
                             .deadline_ms = deadline_ms,
                             .largest_frame = LARGEST_FRAME};
    WorkerCallbacks callbacks = {frame_came, worker_ended, running};
    running->worker = worker_start(crew->host->loop, &options, &callbacks);
    ask(running);
}

void jobs_run(const JobHost *host, PackJob *jobs, size_t count) {
    Crew crew = {.host = host, .jobs = jobs, .count = count};
    crew.running = memory_new(count, sizeof *crew.running);
    size_t parallel = host->parallel > 1 ? (size_t)host->parallel : 1;
    while (crew.next < count && crew.next < parallel)
        start_job(&crew, crew.next++);
    while (crew.active > 0)
        uv_run(host->loop, UV_RUN_ONCE);
    free(crew.running);
}

Description *job_take_description(PackJob *job) {
    Description *description = job->description;
    job->description = NULL;
    return description;
}

void job_free(PackJob *job) {
    json_decref(job->description_json);
    json_decref(job->spec_report);
    description_free(job->description);
    problems_free(&job->problems);
    *job = (PackJob){0};
}
