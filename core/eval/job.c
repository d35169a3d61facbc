// Talking to workers: see job.h.
#include "core/eval/job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "core/eval/protocol.h"
#include "core/run/frame.h"
#include "core/run/worker_process.h"

enum {
    DEFAULT_DEADLINE_MS = 60000,
    MAX_RETRIES = 5,
    MAX_SPEC_RESULTS = 20000,
    MAX_TRACES = 200000,
    MAX_JSON_VALUES = 1000000,             // in one message
    MAX_ANSWER_BYTES = 1024 * 1024 * 1024, // in one conversation
    MAX_LINE = 10000000,
};

typedef struct Crew Crew;

typedef struct RunningJob {
    Crew *crew;
    PackJob *job;
    WorkerProcess *worker;
    int descriptor;    // of the sealed dataset, -1 for none
    size_t specs_left; // spec reports still to come
    bool failed;       // the worker said FAILED
    size_t bytes;      // of all frames that came
    size_t regions_wanted;
} RunningJob;

struct Crew {
    const JobHost *host;
    PackJob *jobs;
    RunningJob *running;
    size_t count, next, active;
};

static void start_job(Crew *crew, size_t index);

// ---- asking ------------------------------------------------------------------------------------

static void append_json(Buffer *out, FrameType type, json_t *json) {
    char *text = json_dumps(json, JSON_COMPACT);
    frame_append(out, type, text, strlen(text));
    free(text);
    json_decref(json);
}

static void append_files(Buffer *out, FrameType type, const Bundle *bundle) {
    Buffer body = {0};
    for (size_t i = 0; i < bundle->count; i++) {
        buffer_clear(&body);
        buffer_append(&body, bundle->files[i].path, strlen(bundle->files[i].path) + 1);
        buffer_append(&body, bundle->files[i].bytes, bundle->files[i].length);
        frame_append(out, type, body.data, body.length);
    }
    buffer_free(&body);
}

static bool is_spec(const char *path) {
    size_t length = strlen(path);
    return strncmp(path, "spec/", 5) == 0 && length > 9 &&
           strcmp(path + length - 9, "_spec.lua") == 0;
}

static void append_specs(Buffer *out, RunningJob *running) {
    const Bundle *bundle = running->job->bundle;
    for (size_t i = 0; i < bundle->count; i++) {
        if (!is_spec(bundle->files[i].path)) continue;
        frame_append(out, FRAME_SPEC, bundle->files[i].path, strlen(bundle->files[i].path));
        running->specs_left++;
    }
}

static void append_evaluation(Buffer *out, const PackJob *job) {
    json_t *skipped = json_array();
    for (size_t r = 0; r < job->skipped_count; r++)
        if (job->skipped[r]) json_array_append_new(skipped, json_integer((json_int_t)r));
    int last = (int)job->dataset->header->region_count;
    append_json(out, FRAME_EVALUATE,
                json_pack("{s:i, s:i, s:i, s:b, s:o}", "year", job->year, "from",
                          job->one_region ? job->first_region : 0, "to",
                          job->one_region ? job->last_region : last, "trace", job->trace, "skipped",
                          skipped));
}

// Messages of an evaluation are kept with its results, which must not depend on who looks at them.
static bool speaks_chinese(const PackJob *job) {
    return job->kind != JOB_EVALUATE && language_is_chinese();
}

static void ask(RunningJob *running) {
    const PackJob *job = running->job;
    Buffer out = {0};
    append_json(&out, FRAME_SETTINGS, json_pack("{s:b}", "chinese", speaks_chinese(job)));
    append_files(&out, FRAME_STD_FILE, job->std);
    append_files(&out, FRAME_PACK_FILE, job->bundle);
    frame_append(&out, FRAME_LOAD, NULL, 0);
    worker_send(running->worker, out.data, out.length);
    buffer_free(&out);
}

// ---- answers -----------------------------------------------------------------------------------

// The values of a JSON text, counted by what stands around them.
static size_t count_values(const char *bytes, size_t length) {
    size_t count = 0;
    bool in_text = false;
    for (size_t i = 0; i < length; i++) {
        if (in_text && bytes[i] == '\\')
            i++;
        else if (bytes[i] == '"')
            in_text = !in_text;
        else if (!in_text && (bytes[i] == ',' || bytes[i] == '[' || bytes[i] == '{'))
            count++;
    }
    return count;
}

// A new reference, or NULL. A parsed value takes up to a hundred times the bytes of its text, so
// they are counted first.
static json_t *read_json(const char *bytes, size_t length) {
    if (count_values(bytes, length) > MAX_JSON_VALUES) return NULL;
    return json_loadb(bytes, length, JSON_REJECT_DUPLICATES, NULL);
}

static bool is_plain(const json_t *value) {
    return json_is_string(value) && plain_text(json_string_value(value), json_string_length(value));
}

// The file and line of an object that names a place in the pack.
static bool has_place(const json_t *object) {
    const json_t *line = json_object_get(object, "line");
    return is_plain(json_object_get(object, "file")) && json_is_integer(line) &&
           json_integer_value(line) >= 0 && json_integer_value(line) <= MAX_LINE;
}

// What is sent on depends on the description, so it waits for it.
static bool take_description(RunningJob *running, const char *bytes, size_t length, Error *error) {
    PackJob *job = running->job;
    if (job->description_json)
        return error_set(error, ERROR_WORKER,
                         T("a second description came", "收到重复的评估包描述"));
    job->description_json = read_json(bytes, length);
    if (!json_is_object(job->description_json))
        return error_set(error, ERROR_WORKER,
                         T("the description is no JSON object", "评估包描述不是 JSON 对象"));
    // The same bytes must describe themselves the same way every time: results are read by the
    // description that was checked.
    if (job->expected && !json_equal(job->expected, job->description_json))
        return error_set(error, ERROR_WORKER,
                         T("the pack described itself differently from when it was checked",
                           "评估包的描述与检查时不一致"));
    job->description = description_parse(job->description_json, &job->problems);
    if (!job->description) {
        worker_finish(running->worker);
        return true;
    }
    Buffer out = {0};
    if (job->kind == JOB_SPECS) append_specs(&out, running);
    if (job->kind == JOB_EVALUATE) append_evaluation(&out, job);
    if (out.length)
        worker_send(running->worker, out.data, out.length);
    else
        worker_finish(running->worker);
    buffer_free(&out);
    return true;
}

static bool take_failure(RunningJob *running, const char *bytes, size_t length, Error *error) {
    json_t *failure = read_json(bytes, length);
    bool good = has_place(failure) && is_plain(json_object_get(failure, "message"));
    if (good) {
        const char *file = json_string_value(json_object_get(failure, "file"));
        problems_addf(&running->job->problems, ERROR_PACK, *file ? file : "pack.lua",
                      (int)json_integer_value(json_object_get(failure, "line")), 0, "%s",
                      json_string_value(json_object_get(failure, "message")));
        running->failed = true;
        worker_finish(running->worker);
    }
    json_decref(failure);
    return good || error_set(error, ERROR_WORKER, T("a failure is malformed", "失败报告格式错误"));
}

static bool is_wanted(const PackJob *job, size_t region) {
    return job->dataset->regions[region].role == REGION_EVALUATED &&
           (!job->one_region ||
            ((int)region >= job->first_region && (int)region < job->last_region));
}

static bool take_region(RunningJob *running, const char *bytes, size_t length, Error *error) {
    PackJob *job = running->job;
    uint32_t index = 0;
    for (int i = 0; i < 4 && length >= 4; i++)
        index |= (uint32_t)(unsigned char)bytes[i] << (8 * i);
    bool expected = job->kind == JOB_EVALUATE && job->description && length >= 4 &&
                    index < job->region_count && is_wanted(job, index) &&
                    job->regions[index].length == 0;
    if (!expected)
        return error_set(
            error, ERROR_WORKER,
            T("results came for a region that was not asked for", "收到未请求的行政区划结果"));
    RegionResult result;
    if (!result_decode(bytes + 4, length - 4, job->description, &result, error)) return false;
    result_free(&result);
    buffer_append(&job->regions[index], bytes + 4, length - 4);
    job->regions_done++;
    const JobHost *host = running->crew->host;
    if (host->progress)
        host->progress(job->regions_done, running->regions_wanted, host->progress_context);
    return true;
}

static bool take_trace(RunningJob *running, const char *bytes, size_t length, Error *error) {
    PackJob *job = running->job;
    json_t *trace =
        job->trace && json_array_size(job->traces) < MAX_TRACES ? read_json(bytes, length) : NULL;
    if (!json_is_object(trace)) {
        json_decref(trace);
        return error_set(
            error, ERROR_WORKER,
            T("a trace is malformed or was not asked for", "追踪记录格式错误或未经请求"));
    }
    json_array_append_new(job->traces, trace);
    return true;
}

static bool take_spec_report(RunningJob *running, const char *bytes, size_t length, Error *error) {
    PackJob *job = running->job;
    json_t *report = running->specs_left > 0 ? read_json(bytes, length) : NULL;
    bool good = json_is_array(report) && json_array_size(report) < MAX_SPEC_RESULTS;
    for (size_t i = 0; good && i < json_array_size(report); i++) {
        const json_t *row = json_array_get(report, i);
        const json_t *message = json_object_get(row, "message");
        good = has_place(row) && is_plain(json_object_get(row, "name")) &&
               (!message || is_plain(message)) && json_is_boolean(json_object_get(row, "passed"));
    }
    if (good) json_array_extend(job->spec_report, report);
    json_decref(report);
    if (!good)
        return error_set(error, ERROR_WORKER, T("a spec report is malformed", "测试报告格式错误"));
    if (--running->specs_left == 0) worker_finish(running->worker);
    return true;
}

static bool take_end(RunningJob *running, Error *error) {
    PackJob *job = running->job;
    if (job->kind != JOB_EVALUATE || !job->description)
        return error_set(
            error, ERROR_WORKER,
            T("the end came before what was asked for", "尚未收到所请求的内容便已结束"));
    worker_finish(running->worker);
    return true;
}

static bool frame_came(uint32_t type, const char *bytes, size_t length, void *context,
                       Error *error) {
    RunningJob *running = context;
    running->bytes += length;
    if (running->bytes > MAX_ANSWER_BYTES)
        return error_set(error, ERROR_WORKER,
                         T("the worker does not stop answering", "工作进程的应答没有止境"));
    switch (type) {
        case FRAME_DESCRIPTION: return take_description(running, bytes, length, error);
        case FRAME_FAILED: return take_failure(running, bytes, length, error);
        case FRAME_REGION: return take_region(running, bytes, length, error);
        case FRAME_TRACE: return take_trace(running, bytes, length, error);
        case FRAME_SPEC_REPORT: return take_spec_report(running, bytes, length, error);
        case FRAME_DONE: return take_end(running, error);
        default:
            return error_set(error, ERROR_WORKER,
                             T("a message of unknown type %u came", "收到未知类型 %u 的消息"),
                             type);
    }
}

// ---- ends --------------------------------------------------------------------------------------

static bool all_regions_came(const PackJob *job) {
    for (size_t r = 0; r < job->region_count; r++) {
        if (is_wanted(job, r) && job->regions[r].length == 0) return false;
    }
    return true;
}

static void forget_answers(PackJob *job) {
    for (size_t r = 0; r < job->region_count; r++)
        buffer_clear(&job->regions[r]);
    job->regions_done = 0;
    json_array_clear(job->traces);
    json_decref(job->description_json);
    job->description_json = NULL;
    description_free(job->description);
    job->description = NULL;
}

// While evaluating: leave out the rule the worker was in, or, when it was in none, just try again.
static bool try_again(RunningJob *running, const WorkerEnd *end) {
    PackJob *job = running->job;
    // At the deadline of the whole conversation any rule may happen to be running.
    if (end->outcome == WORKER_OVERDUE && end->stop == STOP_NONE) return false;
    bool blames_rule =
        job->description && end->rule >= 0 && (size_t)end->rule < job->description->rule_count;
    if (job->kind != JOB_EVALUATE || job->retries >= MAX_RETRIES ||
        end->outcome == WORKER_GARBAGE || end->outcome == WORKER_ABSENT ||
        (!blames_rule && job->retries > 0))
        return false;
    job->retries++;
    if (blames_rule) {
        if ((size_t)end->rule >= job->skipped_count) {
            job->skipped = memory_resize(job->skipped, (size_t)end->rule + 1, 1);
            memset(job->skipped + job->skipped_count, 0,
                   (size_t)end->rule + 1 - job->skipped_count);
            job->skipped_count = (size_t)end->rule + 1;
        }
        if (job->skipped[end->rule]) return false;
        job->skipped[end->rule] = 1;
    }
    return true;
}

static void blame(RunningJob *running, const WorkerEnd *end) {
    PackJob *job = running->job;
    const char *file = end->line > 0 ? end->file : "pack.lua";
    int line = end->line > 0 && end->line <= MAX_LINE ? end->line : 0;
    if (line == 0 && job->description && end->rule >= 0 &&
        (size_t)end->rule < job->description->rule_count) {
        file = job->description->rules[end->rule].file;
        line = job->description->rules[end->rule].line;
    }
    problems_addf(&job->problems, ERROR_WORKER, file, line, 0, "%s", end->error.message);
    if (end->outcome == WORKER_GARBAGE)
        problems_hint(&job->problems, "%s",
                      T("the worker broke the protocol and was killed; nothing it sent was kept",
                        "工作进程违反协议，已强制结束；其发送的内容均未采用"));
}

static void worker_ended(const WorkerEnd *end, void *context) {
    RunningJob *running = context;
    Crew *crew = running->crew;
    PackJob *job = running->job;
    if (running->descriptor >= 0) close(running->descriptor);
    running->descriptor = -1;
    crew->active--;
    if (end->outcome != WORKER_FINISHED && try_again(running, end)) {
        forget_answers(job);
        start_job(crew, (size_t)(job - crew->jobs));
        return;
    }
    if (end->outcome != WORKER_FINISHED) {
        blame(running, end);
    } else if (!running->failed && job->description && job->kind == JOB_EVALUATE &&
               !all_regions_came(job)) {
        problems_addf(&job->problems, ERROR_WORKER, "pack.lua", 0, 0, "%s",
                      T("the worker left out some regions", "工作进程遗漏了部分行政区划"));
    }
    job->good = job->problems.count == 0;
    if (crew->next < crew->count) start_job(crew, crew->next++);
}

static void start_job(Crew *crew, size_t index) {
    PackJob *job = &crew->jobs[index];
    RunningJob *running = &crew->running[index];
    *running = (RunningJob){.crew = crew, .job = job, .descriptor = -1};
    crew->active++;
    if (!job->traces) job->traces = json_array();
    if (!job->spec_report) job->spec_report = json_array();
    if (job->kind == JOB_EVALUATE) {
        Error error = {0};
        running->descriptor = dataset_seal(job->dataset, &error);
        if (running->descriptor < 0) {
            problems_add(&job->problems, &error);
            crew->active--;
            if (crew->next < crew->count) start_job(crew, crew->next++);
            return;
        }
        job->region_count = job->dataset->header->region_count;
        for (size_t r = 0; r < job->region_count; r++)
            running->regions_wanted += is_wanted(job, r);
        if (!job->regions) job->regions = memory_new(job->region_count, sizeof *job->regions);
    }
    int64_t deadline_ms =
        crew->host->deadline_ms > 0 ? crew->host->deadline_ms : DEFAULT_DEADLINE_MS;
    WorkerOptions options = {.program = crew->host->worker_program,
                             .descriptor = running->descriptor,
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
    for (size_t r = 0; job->regions && r < job->region_count; r++)
        buffer_free(&job->regions[r]);
    free(job->regions);
    free(job->skipped);
    json_decref(job->description_json);
    json_decref(job->traces);
    json_decref(job->spec_report);
    description_free(job->description);
    problems_free(&job->problems);
    *job = (PackJob){0};
}
