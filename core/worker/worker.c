// The worker's side of the conversation: see worker.h and core/eval/protocol.h.
#include "core/worker/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
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
    EXIT_NO_SANDBOX = 4
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
    Description *description;
    Buffer out;

    void *area_memory; // NULL when none was given
    size_t area_size;
    ResultArea area;
    ResultLayout *layout;
    uint8_t *roles;
    SkippedRule *skipped;
    size_t skipped_count;
    int traced_region;
    Evaluation *evaluation;                    // since BEGIN
    uint64_t calls;                            // said to have been made
    int64_t phases_ns[EVALUATION_PHASE_COUNT]; // likewise
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

// ---- evaluating ---------------------------------------------------------------------------------

static void send_rule_failure(void *context, size_t region, const RuleFailure *failure) {
    Worker *worker = context;
    Buffer bytes = {0};
    buffer_u32(&bytes, (uint32_t)region);
    buffer_u32(&bytes, (uint32_t)failure->rule);
    buffer_u32(&bytes, (uint32_t)failure->subject);
    buffer_u32(&bytes, (uint32_t)failure->outcome);
    buffer_text(&bytes, failure->message);
    send_frame(worker, FRAME_FAILURE, bytes.data, bytes.length);
    buffer_free(&bytes);
}

static void send_trace(const RuleTrace *trace, void *context) {
    Worker *worker = context;
    send_json(worker, FRAME_TRACE, trace_to_json(worker->description, trace));
}

static void take_skipped(Worker *worker, const json_t *list) {
    free(worker->skipped);
    worker->skipped_count = json_array_size(list);
    worker->skipped = memory_new(worker->skipped_count, sizeof *worker->skipped);
    for (size_t i = 0; i < worker->skipped_count; i++) {
        const json_t *row = json_array_get(list, i);
        worker->skipped[i] = (SkippedRule){(int)json_integer_value(json_array_get(row, 0)),
                                           (int)json_integer_value(json_array_get(row, 1)),
                                           (CallOutcome)json_integer_value(json_array_get(row, 2))};
    }
}

static void take_roles(Worker *worker, const json_t *letters) {
    size_t count = worker->dataset->header->region_count;
    if (json_string_length(letters) != count) _exit(EXIT_BAD_FRAME);
    free(worker->roles);
    worker->roles = memory_new(count, 1);
    for (size_t r = 0; r < count; r++)
        worker->roles[r] = (uint8_t)(json_string_value(letters)[r] - 'a');
}

static void begin(Worker *worker, const char *bytes, size_t length) {
    json_t *request = json_loadb(bytes, length, 0, NULL);
    if (!worker->description || !worker->dataset || !worker->area_memory || !request)
        _exit(EXIT_BAD_FRAME);
    evaluation_free(worker->evaluation);
    if (!worker->layout)
        worker->layout = layout_new(worker->description, integer(request, "year", 0), false);
    if (area_bytes(worker->layout, worker->dataset) > worker->area_size) _exit(EXIT_BAD_FRAME);
    area_place(&worker->area, worker->layout, worker->dataset, integer(request, "own", -1),
               worker->area_memory);
    take_skipped(worker, json_object_get(request, "skipped"));
    take_roles(worker, json_object_get(request, "roles"));
    worker->traced_region = integer(request, "trace", -1);
    EvaluationOptions options = {.roles = worker->roles,
                                 .skipped = worker->skipped,
                                 .skipped_count = worker->skipped_count,
                                 .failed = send_rule_failure,
                                 .trace = worker->traced_region >= 0 ? send_trace : NULL,
                                 .context = worker,
                                 .traced_region = (size_t)worker->traced_region,
                                 .without_kernels =
                                     json_is_false(json_object_get(request, "kernels")),
                                 .simd_levels_below = integer(request, "simd_below", 0)};
    worker->evaluation = evaluation_new(worker->layout, worker->dataset, &worker->area, &options,
                                        sandbox_rule_caller(worker->sandbox));
    worker->calls = 0;
    memset(worker->phases_ns, 0, sizeof worker->phases_ns);
    json_decref(request);
}

static void send_done(Worker *worker) {
    uint64_t calls = evaluation_calls(worker->evaluation);
    Buffer bytes = {0};
    buffer_u32(&bytes, (uint32_t)(calls - worker->calls));
    worker->calls = calls;
    const int64_t *phases_ns = evaluation_phases_ns(worker->evaluation);
    for (int p = 0; p < EVALUATION_PHASE_COUNT; p++) {
        buffer_u32(&bytes, (uint32_t)((phases_ns[p] - worker->phases_ns[p]) / 1000));
        worker->phases_ns[p] = phases_ns[p];
    }
    send_frame(worker, FRAME_DONE, bytes.data, bytes.length);
    buffer_free(&bytes);
}

// Should this process be ended from outside, what it did last is not to blame.
static void forget_last_call(Worker *worker) {
    atomic_store_explicit(&worker->page->region, -1, memory_order_relaxed);
}

typedef void (*RangeFunction)(Evaluation *evaluation, size_t from, size_t to);

static void work_on_range(Worker *worker, const char *bytes, size_t length, RangeFunction work) {
    if (!worker->evaluation || length != 2 * sizeof(uint32_t)) _exit(EXIT_BAD_FRAME);
    uint32_t from = memory_u32(bytes), to = memory_u32(bytes + sizeof from);
    if (from > to || to > worker->dataset->header->region_count) _exit(EXIT_BAD_FRAME);
    forget_last_call(worker);
    work(worker->evaluation, from, to);
    send_done(worker);
}

static void work_on_change(Worker *worker, const char *bytes, size_t length) {
    json_t *request = json_loadb(bytes, length, 0, NULL);
    int region = integer(request, "region", -1);
    const json_t *list = json_object_get(request, "values");
    const json_t *places = json_object_get(request, "peers");
    if (!worker->evaluation || region < 0 ||
        (uint32_t)region >= worker->dataset->header->region_count)
        _exit(EXIT_BAD_FRAME);
    ChangedValue *values = memory_new(json_array_size(list), sizeof *values);
    int *peers = memory_new(json_array_size(places), sizeof *peers);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *row = json_array_get(list, i);
        values[i] = (ChangedValue){(int)json_integer_value(json_array_get(row, 0)),
                                   (int)json_integer_value(json_array_get(row, 1)),
                                   (int)json_integer_value(json_array_get(row, 2))};
    }
    for (size_t i = 0; i < json_array_size(places); i++)
        peers[i] = (int)json_integer_value(json_array_get(places, i));
    forget_last_call(worker);
    evaluation_change(worker->evaluation, (size_t)region, values, json_array_size(list), peers,
                      json_array_size(places));
    free(values);
    free(peers);
    json_decref(request);
    send_done(worker);
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
        case FRAME_BEGIN: begin(worker, bytes, length); break;
        case FRAME_DERIVE: work_on_range(worker, bytes, length, evaluation_derive); break;
        case FRAME_EVALUATE: work_on_range(worker, bytes, length, evaluation_range); break;
        case FRAME_CHANGE: work_on_change(worker, bytes, length); break;
        case FRAME_SPEC: run_spec(worker, bytes); break;
        default: return error_set(error, ERROR_WORKER, "frame %u", type);
    }
    return true;
}

static bool map_area(Worker *worker, Error *error) {
    struct stat about;
    if (fcntl(WORKER_AREA, F_GETFD) < 0) return true;
    if (fstat(WORKER_AREA, &about) != 0) return error_set_errno(error, errno, "fstat");
    worker->area_size = (size_t)about.st_size;
    void *memory =
        mmap(NULL, worker->area_size, PROT_READ | PROT_WRITE, MAP_SHARED, WORKER_AREA, 0);
    if (memory == MAP_FAILED) return error_set_errno(error, errno, "mmap");
    worker->area_memory = memory;
    close(WORKER_AREA);
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
    return mapped && map_area(worker, error);
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
