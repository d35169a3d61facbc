// Whole runs over a crew of workers: see engine.h.
#include "core/eval/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/eval/engine_inside.h"

enum { TASK_REGIONS = FIGURE_LANES, MAX_RESTARTS = 20 };

// ---- making ------------------------------------------------------------------------------------

static bool share_memory(Engine *engine, Error *error) {
    engine->memory_bytes = area_bytes(engine->layout, engine->dataset);
    engine->descriptor = memfd_create("biaochi-results", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    bool good =
        engine->descriptor >= 0 &&
        ftruncate(engine->descriptor, (off_t)engine->memory_bytes) == 0 &&
        fcntl(engine->descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
    void *memory = MAP_FAILED;
    if (good)
        memory = mmap(NULL, engine->memory_bytes, PROT_READ, MAP_SHARED, engine->descriptor, 0);
    if (memory == MAP_FAILED)
        return error_set_errno(error, errno,
                               T("cannot share memory with workers", "无法与工作进程共享内存"));
    engine->memory = memory;
    area_place(&engine->shared, engine->layout, engine->dataset, engine->own_region, memory);
    return true;
}

static bool is_own(const Engine *engine, size_t region) {
    return (int)region == engine->own_region;
}

static uint8_t *result_of(const Engine *engine, size_t region) {
    return is_own(engine, region) ? engine->own_result
                                  : engine->results + region * engine->result_stride;
}

static void make_results(Engine *engine, size_t regions) {
    engine->result_stride = (result_size(engine->layout, false) + 7) & ~(size_t)7;
    engine->results = memory_new(regions, engine->result_stride);
    memory_use_whole(engine->results, regions * engine->result_stride);
    engine->own_result = memory_new(1, result_size(engine->layout, true));
    for (size_t r = 0; r < regions; r++)
        result_frame(engine->layout, is_own(engine, r), result_of(engine, r));
}

Engine *engine_new(const JobHost *host, const EngineRequest *request, Error *error) {
    const Description *description = request->pack->description;
    size_t regions = request->dataset->header->region_count;
    Engine *engine = memory_new(1, sizeof *engine);
    engine->host = host;
    engine->pack = *request->pack;
    engine->dataset = request->dataset;
    engine->region_count = regions;
    engine->layout = layout_new(description, request->year, false);
    engine->own_region = area_own_region(description, request->dataset);
    engine->descriptor = -1;
    engine->without_kernels = request->without_kernels;
    engine->simd_levels_below = request->simd_levels_below;
    engine->traced_region = request->traced_region;
    engine->traces = json_array();
    families_init(&engine->families, request->dataset);
    engine->roles = memory_new(regions, 1);
    if (request->roles) memcpy(engine->roles, request->roles, regions);
    engine->fresh = memory_new(regions, sizeof *engine->fresh);
    engine->over_budget = memory_new(description->rule_count, sizeof *engine->over_budget);
    engine->most_failures = failures_possible(description);
    make_results(engine, regions);
    if (!share_memory(engine, error)) {
        engine_free(engine);
        return NULL;
    }
    crew_start(engine);
    return engine;
}

void engine_dismiss(Engine *engine) {
    crew_end(engine);
    if (engine->memory) munmap(engine->memory, engine->memory_bytes);
    if (engine->descriptor >= 0) close(engine->descriptor);
    engine->memory = NULL;
    engine->descriptor = -1;
}

static void forget_bytes(Engine *engine) {
    for (size_t r = 0; engine->with_failures && r < engine->region_count; r++)
        buffer_free(&engine->with_failures[r]);
    free(engine->with_failures);
    engine->with_failures = NULL;
}

void engine_free(Engine *engine) {
    if (!engine) return;
    engine_dismiss(engine);
    forget_bytes(engine);
    failures_free(&engine->failures);
    buffer_free(&engine->begin_frame);
    json_decref(engine->traces);
    free(engine->crew);
    families_free(&engine->families);
    free(engine->results);
    free(engine->own_result);
    free(engine->roles);
    free(engine->fresh);
    free(engine->over_budget);
    free(engine->skipped);
    free(engine->deadly);
    layout_free(engine->layout);
    free(engine);
}

void engine_skip(Engine *engine, int rule, int region, CallOutcome outcome) {
    ARRAY_RESERVE(engine->skipped, engine->skipped_count, engine->skipped_capacity);
    engine->skipped[engine->skipped_count++] = (SkippedRule){rule, region, outcome};
}

// ---- records -----------------------------------------------------------------------------------

static bool take_record(Engine *engine, size_t region, Error *error) {
    bool own = is_own(engine, region);
    const ResultLayout *layout = engine->layout;
    uint8_t *copy = result_of(engine, region) + RESULT_RECORD_AT;
    memcpy(copy, area_record(&engine->shared, region), own ? layout->own_size : layout->size);
    return record_is_sound(layout, copy, own) ||
           error_set(error, ERROR_WORKER,
                     T("the results of region %s are malformed", "行政区划 %s 的结果格式错误"),
                     engine->dataset->regions[region].code);
}

bool engine_take_records(Engine *engine, const Task *task, Error *error) {
    if (task->kind == TASK_DERIVE) return true;
    for (size_t r = task->from; r < task->to; r++)
        if (engine_is_evaluated(engine, r) && !take_record(engine, r, error)) return false;
    return true;
}

// ---- whole runs --------------------------------------------------------------------------------

static Task *cut_tasks(const Engine *engine, TaskKind kind, size_t *count) {
    uint32_t regions = engine->dataset->header->region_count;
    *count = (regions + TASK_REGIONS - 1) / TASK_REGIONS;
    Task *tasks = memory_new(*count, sizeof *tasks);
    for (size_t i = 0; i < *count; i++) {
        uint32_t from = (uint32_t)i * TASK_REGIONS;
        uint32_t to = from + TASK_REGIONS < regions ? from + TASK_REGIONS : regions;
        tasks[i] = (Task){.kind = kind, .from = from, .to = to};
    }
    return tasks;
}

// A traced run is about one region; formulas are derived for all, since others compare with it.
static Task *traced_task(const Engine *engine, size_t *count) {
    uint32_t region = (uint32_t)engine->traced_region;
    Task *task = memory_new(1, sizeof *task);
    *task = (Task){.kind = TASK_EVALUATE, .from = region, .to = region + 1};
    *count = 1;
    return task;
}

static void work_on(Engine *engine, TaskKind kind) {
    size_t count;
    Task *tasks = kind == TASK_EVALUATE && engine->traced_region >= 0
                      ? traced_task(engine, &count)
                      : cut_tasks(engine, kind, &count);
    crew_work(engine, tasks, count);
    free(tasks);
}

static bool is_left_out(const Engine *engine, int rule) {
    for (size_t i = 0; i < engine->skipped_count; i++)
        if (engine->skipped[i].rule == rule && engine->skipped[i].region < 0) return true;
    return false;
}

// How many calls ran over their budget is counted task by task in the order of regions, so that who
// did which task and when does not show in what is left out.
void engine_keep_failures(Engine *engine, Task *task) {
    for (size_t i = 0; i < task->failures.count; i++) {
        const KeptFailure *kept = &task->failures.items[i];
        const RuleFailure *failure = &kept->failure;
        failures_add(&engine->failures, kept->region, failure);
        if (!failure_is_over_budget(failure) || is_left_out(engine, failure->rule) ||
            ++engine->over_budget[failure->rule] < MOST_CALLS_OVER_BUDGET)
            continue;
        engine_skip(engine, failure->rule, -1, failure->outcome);
        engine->begin_again = true;
    }
    failures_free(&task->failures);
}

static void run_once(Engine *engine) {
    failures_free(&engine->failures);
    json_array_clear(engine->traces);
    engine->begin_again = false;
    engine->regions_done = 0;
    engine->statistics.rule_calls = 0;
    memset(engine->over_budget, 0,
           engine->layout->description->rule_count * sizeof *engine->over_budget);
    crew_tell_anew(engine);
    if (engine->layout->description->formula_count > 0) work_on(engine, TASK_DERIVE);
    if (!engine_is_over(engine)) work_on(engine, TASK_EVALUATE);
    failures_sort(&engine->failures);
}

void engine_begin_call(Engine *engine, ProblemList *problems) {
    engine->problems = problems;
    engine->begin_again = engine->broken = engine->incomplete = engine->cancelled = false;
    engine->regions_wanted = engine->deadly_count = 0;
    engine->deaths = engine->idle_deaths = 0;
    engine->statistics.rule_calls = 0;
}

bool engine_end_call(Engine *engine) {
    if (engine->cancelled && !engine->broken)
        problems_addf(
            engine->problems, ERROR_CANCELLED, NULL, 0, 0, "%s",
            T("the evaluation was cancelled; nothing was kept", "评估已取消，未保存任何内容"));
    engine->problems = NULL;
    return !engine->broken && !engine->incomplete && !engine->cancelled;
}

bool engine_run(Engine *engine, ProblemList *problems) {
    engine_begin_call(engine, problems);
    engine->skipped_count = 0;
    memset(engine->fresh, 0, engine->region_count * sizeof *engine->fresh);
    engine->any_fresh = false;
    for (uint32_t r = 0; r < engine->dataset->header->region_count; r++)
        engine->regions_wanted += engine->roles[r] == REGION_EVALUATED;
    int restarts = 0;
    do {
        run_once(engine);
    } while (engine->begin_again && !engine->broken && !engine->cancelled &&
             restarts++ < MAX_RESTARTS);
    engine->statistics.restarts += (size_t)restarts;
    if (engine->begin_again && !engine->broken && !engine->cancelled) {
        problems_addf(problems, ERROR_LIMIT, "pack.lua", 0, 0, "%s",
                      T("too many rules had to be left out", "需要停用的规则过多"));
        engine->broken = true;
    }
    return engine_end_call(engine);
}

void engine_set_role(Engine *engine, size_t region, RegionRole role) {
    if (engine->roles[region] == role) return;
    engine->roles[region] = (uint8_t)role;
    engine->fresh[region] = engine->any_fresh = true;
    crew_tell_anew(engine);
}

void engine_set_roles(Engine *engine, const uint8_t *roles) {
    memcpy(engine->roles, roles, engine->region_count);
}

// ---- reading -----------------------------------------------------------------------------------

const ResultLayout *engine_layout(const Engine *engine) {
    return engine->layout;
}

bool engine_is_evaluated(const Engine *engine, size_t region) {
    bool wanted = engine->roles[region] == REGION_EVALUATED;
    return wanted && (engine->traced_region < 0 || (size_t)engine->traced_region == region);
}

const uint8_t *engine_record(const Engine *engine, size_t region) {
    return result_of(engine, region) + RESULT_RECORD_AT;
}

static const Buffer *encode(Engine *engine, size_t region, size_t first, size_t count) {
    if (!engine->with_failures)
        engine->with_failures = memory_new(engine->dataset->header->region_count, sizeof(Buffer));
    RuleFailure *failures = memory_new(count, sizeof *failures);
    for (size_t i = 0; i < count; i++)
        failures[i] = engine->failures.items[first + i].failure;
    buffer_clear(&engine->with_failures[region]);
    result_encode(engine->layout, engine_record(engine, region), is_own(engine, region), failures,
                  count, &engine->with_failures[region]);
    free(failures);
    return &engine->with_failures[region];
}

ResultBytes engine_bytes(Engine *engine, size_t region) {
    size_t first, count = failures_of(&engine->failures, region, &first);
    if (count == 0)
        return (ResultBytes){(const char *)result_of(engine, region),
                             result_size(engine->layout, is_own(engine, region))};
    const Buffer *bytes = encode(engine, region, first, count);
    return (ResultBytes){bytes->data, bytes->length};
}

const json_t *engine_traces(const Engine *engine) {
    return engine->traces;
}

EngineStatistics engine_statistics(const Engine *engine) {
    return engine->statistics;
}
