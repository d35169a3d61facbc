// The worker's side of the conversation: see worker.h and core/eval/protocol.h.
#include "core/worker/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/eval/evaluate.h"
#include "core/eval/protocol.h"
#include "core/eval/trace_json.h"
#include "core/lua/sandbox.h"
#include "core/run/frame.h"
#include "core/worker/jail.h"
#include "core/worker/spec_evaluate.h"

typedef enum ExitCode {
    EXIT_LET_GO = 0,
    EXIT_BAD_FRAME = 2,
    EXIT_NO_JAIL = 3,
    EXIT_NO_SANDBOX = 4,
    EXIT_FULL = 5
} ExitCode;

typedef struct FileList {
    SandboxFile *items;
    size_t count, capacity;
} FileList;

typedef struct Worker {
    StatusPage *page;
    Dataset *dataset; // NULL when none was given
    SandboxLimits limits;
    FileList std, pack;
    Arena files;
    Sandbox *sandbox;
    RuleCaller rules; // the sandbox's
    Description *description;
    Buffer out;
} Worker;

static void send_frame(Worker *worker, FrameType type, const void *bytes, size_t length) {
    buffer_clear(&worker->out);
    frame_append(&worker->out, type, bytes, length);
    for (size_t at = 0; at < worker->out.length;) {
        ssize_t written = write(WORKER_SOCKET, worker->out.data + at, worker->out.length - at);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) _exit(EXIT_LET_GO);
        at += (size_t)written;
    }
}

static void send_json(Worker *worker, FrameType type, json_t *json) {
    char *text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(17) | JSON_SORT_KEYS);
    if (text) send_frame(worker, type, text, strlen(text));
    free(text);
    json_decref(json);
}

static void send_failure(Worker *worker, CallOutcome outcome, const Error *error) {
    send_json(worker, FRAME_FAILED,
              json_pack("{s:s, s:s, s:i, s:s}", "outcome", call_outcome_name(outcome), "file",
                        error->file, "line", error->line, "message", error->message));
}

static int integer(const json_t *object, const char *key, int missing) {
    const json_t *value = json_object_get(object, key);
    return json_is_integer(value) ? (int)json_integer_value(value) : missing;
}

static void take_settings(Worker *worker, const char *bytes, size_t length) {
    json_t *settings = json_loadb(bytes, length, 0, NULL);
    language_set(json_is_true(json_object_get(settings, "chinese")) ? LANGUAGE_CHINESE
                                                                    : LANGUAGE_ENGLISH);
    worker->limits = sandbox_default_limits;
    int memory = integer(settings, "memory_bytes", 0);
    if (memory > 0) worker->limits.memory_bytes = (size_t)memory;
    worker->limits.load_cpu_ms = integer(settings, "load_cpu_ms", worker->limits.load_cpu_ms);
    worker->limits.call_cpu_ms = integer(settings, "call_cpu_ms", worker->limits.call_cpu_ms);
    worker->limits.spec_cpu_ms = integer(settings, "spec_cpu_ms", worker->limits.spec_cpu_ms);
    json_decref(settings);
}

static void take_file(Worker *worker, FileList *list, const char *bytes, size_t length) {
    size_t name = strnlen(bytes, length);
    if (name == length) _exit(EXIT_BAD_FRAME);
    ARRAY_RESERVE(list->items, list->count, list->capacity);
    list->items[list->count++] = (SandboxFile){
        arena_bytes(&worker->files, bytes, name),
        arena_bytes(&worker->files, bytes + name + 1, length - name - 1), length - name - 1};
}

// std is opened before the jail is closed, the pack after it: from here on nothing is left to take.
static void load(Worker *worker) {
    Error error = {0};
    worker->sandbox =
        sandbox_open(&worker->limits, worker->page, worker->std.items, worker->std.count, &error);
    if (!worker->sandbox) {
        send_failure(worker, CALL_RAISED, &error);
        _exit(EXIT_NO_SANDBOX);
    }
    if (!jail_close(&error)) {
        send_failure(worker, CALL_RAISED, &error);
        _exit(EXIT_NO_JAIL);
    }
    CallOutcome outcome;
    json_t *json = sandbox_load_pack(worker->sandbox, worker->pack.items, worker->pack.count,
                                     &outcome, &error);
    if (!json) {
        send_failure(worker, outcome, &error);
        return;
    }
    // The host finds the same problems in the same JSON; here they only mean that there is nothing
    // to evaluate.
    ProblemList problems = {0};
    worker->description = description_parse(json, &problems);
    problems_free(&problems);
    send_json(worker, FRAME_DESCRIPTION, json);
}

static void send_trace(const RuleTrace *trace, void *context) {
    Worker *worker = context;
    send_json(worker, FRAME_TRACE, trace_to_json(worker->description, trace));
}

static uint8_t *skipped_rules(const Worker *worker, const json_t *request) {
    uint8_t *skipped = memory_new(worker->description->rule_count, 1);
    const json_t *list = json_object_get(request, "skipped");
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_int_t rule = json_integer_value(json_array_get(list, i));
        if (rule >= 0 && (size_t)rule < worker->description->rule_count) skipped[rule] = 1;
    }
    return skipped;
}

static void send_region(Worker *worker, size_t region, const RegionResult *result) {
    Buffer bytes = {0};
    unsigned char index[4];
    for (int i = 0; i < 4; i++)
        index[i] = (unsigned char)(region >> (8 * i));
    buffer_append(&bytes, index, sizeof index);
    result_encode(result, worker->description, &bytes);
    send_frame(worker, FRAME_REGION, bytes.data, bytes.length);
    buffer_free(&bytes);
}

// A rule that fills the memory and keeps it would take the rules after it down too. The host blames
// the rule a worker was in when it ended, and begins again without it.
static CallOutcome call_rule(void *context, int rule, const RuleValue *arguments, size_t count,
                             RuleValue *result, Error *error) {
    const Worker *worker = context;
    CallOutcome outcome =
        worker->rules.call(worker->rules.context, rule, arguments, count, result, error);
    if (outcome != CALL_OK && sandbox_is_full(worker->sandbox)) _exit(EXIT_FULL);
    return outcome;
}

static void enter_region(void *context, int region) {
    const Worker *worker = context;
    worker->rules.enter_region(worker->rules.context, region);
}

static void evaluate(Worker *worker, const char *bytes, size_t length) {
    json_t *request = json_loadb(bytes, length, 0, NULL);
    if (!worker->description || !worker->dataset || !request) _exit(EXIT_BAD_FRAME);
    uint8_t *skipped = skipped_rules(worker, request);
    EvaluationOptions options = {.year = integer(request, "year", 0), .skipped_rules = skipped};
    if (json_is_true(json_object_get(request, "trace"))) {
        options.trace = send_trace;
        options.trace_context = worker;
        options.traced_region = (size_t)integer(request, "from", 0);
    }
    int last = (int)worker->dataset->header->region_count;
    int from = integer(request, "from", 0), to = integer(request, "to", last);
    worker->rules = sandbox_rule_caller(worker->sandbox);
    RuleCaller caller = {.call = call_rule, .enter_region = enter_region, .context = worker};
    Evaluation *evaluation = evaluation_new(worker->description, worker->dataset, &options, caller);
    for (int region = from; region < to && region < last; region++) {
        if (worker->dataset->regions[region].role != REGION_EVALUATED) continue;
        RegionResult result;
        result_init(&result, worker->description);
        evaluation_region(evaluation, (size_t)region, &result);
        send_region(worker, (size_t)region, &result);
        result_free(&result);
    }
    evaluation_free(evaluation);
    free(skipped);
    json_decref(request);
    send_frame(worker, FRAME_DONE, NULL, 0);
}

static void run_spec(Worker *worker, const char *path) {
    if (!worker->description) _exit(EXIT_BAD_FRAME);
    SpecContext context = {worker->description, sandbox_rule_caller(worker->sandbox)};
    CallOutcome outcome;
    Error error = {0};
    json_t *report =
        sandbox_run_spec(worker->sandbox, path, spec_evaluate_request, &context, &outcome, &error);
    if (report)
        send_json(worker, FRAME_SPEC_REPORT, report);
    else
        send_failure(worker, outcome, &error);
}

static bool take_frame(uint32_t type, const char *bytes, size_t length, void *context,
                       Error *error) {
    Worker *worker = context;
    switch (type) {
        case FRAME_SETTINGS: take_settings(worker, bytes, length); break;
        case FRAME_STD_FILE: take_file(worker, &worker->std, bytes, length); break;
        case FRAME_PACK_FILE: take_file(worker, &worker->pack, bytes, length); break;
        case FRAME_LOAD:
            if (!worker->sandbox) load(worker);
            break;
        case FRAME_EVALUATE: evaluate(worker, bytes, length); break;
        case FRAME_SPEC: run_spec(worker, bytes); break;
        default: return error_set(error, ERROR_WORKER, "frame %u", type);
    }
    return true;
}

static bool map_shared(Worker *worker, Error *error) {
    void *page =
        mmap(NULL, STATUS_PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_STATUS_PAGE, 0);
    if (page == MAP_FAILED) return error_set_errno(error, errno, "mmap");
    worker->page = page;
    close(WORKER_STATUS_PAGE);
    if (fcntl(WORKER_DATASET, F_GETFD) < 0) return true;
    bool mapped = dataset_map(WORKER_DATASET, &worker->dataset, error);
    close(WORKER_DATASET);
    return mapped;
}

int worker_main(void) {
    static Worker worker;
    static char bytes[64 * 1024];
    Error error = {0};
    if (!jail_prepare(&error) || !map_shared(&worker, &error)) {
        send_failure(&worker, CALL_RAISED, &error);
        _exit(EXIT_NO_JAIL);
    }
    json_object_seed(1); // its own seed would come from a file
    FrameReader reader = {.largest = LARGEST_FRAME};
    for (;;) {
        ssize_t got = read(WORKER_SOCKET, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) _exit(EXIT_LET_GO);
        if (!frame_feed(&reader, bytes, (size_t)got, take_frame, &worker, &error))
            _exit(EXIT_BAD_FRAME);
    }
}
