// Whole runs and changes over a crew of workers: see engine.h.
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
#include "core/eval/peers.h"

enum { TASK_REGIONS = 2 * FIGURE_LANES, MAX_RESTARTS = 20 };

// ---- failures ----------------------------------------------------------------------------------

void failures_add(FailureList *list, uint32_t region, const RuleFailure *failure) {
    ARRAY_RESERVE(list->items, list->count, list->capacity);
    KeptFailure *kept = &list->items[list->count++];
    *kept = (KeptFailure){region, list->count, *failure};
    list->unsorted = true;
    kept->failure.message = memory_copy_string(failure->message);
}

static void forget_failure(KeptFailure *kept) {
    free((char *)kept->failure.message);
}

void failures_free(FailureList *list) {
    for (size_t i = 0; i < list->count; i++)
        forget_failure(&list->items[i]);
    free(list->items);
    *list = (FailureList){0};
}

static int compare_failures(const void *left_item, const void *right_item) {
    const KeptFailure *left = left_item, *right = right_item;
    if (left->region != right->region) return left->region < right->region ? -1 : 1;
    if (left->failure.rule != right->failure.rule)
        return left->failure.rule < right->failure.rule ? -1 : 1;
    return (left->failure.subject > right->failure.subject) -
           (left->failure.subject < right->failure.subject);
}

static int compare_with_order(const void *left_item, const void *right_item) {
    const KeptFailure *left = left_item, *right = right_item;
    int order = compare_failures(left, right);
    return order ? order : (left->order > right->order) - (left->order < right->order);
}

// By region, rule and subject; of a formula that failed in several years the first to come, which
// is the newest, is kept.
static void sort_failures(FailureList *list) {
    if (!list->unsorted) return;
    qsort(list->items, list->count, sizeof *list->items, compare_with_order);
    size_t left = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (left > 0 && compare_failures(&list->items[left - 1], &list->items[i]) == 0)
            forget_failure(&list->items[i]);
        else
            list->items[left++] = list->items[i];
    }
    list->count = left;
    list->unsorted = false;
}

// The first failure of a region, or where it would be.
static size_t find_failures(const FailureList *list, size_t region) {
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (list->items[middle].region < region)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t count_failures(const FailureList *list, size_t region) {
    size_t first = find_failures(list, region), count = 0;
    while (first + count < list->count && list->items[first + count].region == region)
        count++;
    return count;
}

static void forget_region(FailureList *list, size_t region) {
    size_t first = find_failures(list, region), count = count_failures(list, region);
    if (count == 0) return;
    for (size_t i = 0; i < count; i++)
        forget_failure(&list->items[first + i]);
    memmove(list->items + first, list->items + first + count,
            (list->count - first - count) * sizeof *list->items);
    list->count -= count;
}

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

Engine *engine_new(const JobHost *host, const EngineRequest *request, Error *error) {
    const Description *description = request->pack->description;
    size_t regions = request->dataset->header->region_count;
    Engine *engine = memory_new(1, sizeof *engine);
    engine->host = host;
    engine->pack = *request->pack;
    engine->dataset = request->dataset;
    engine->layout = layout_new(description, request->year, false);
    engine->own_region = area_own_region(description, request->dataset);
    engine->descriptor = -1;
    engine->without_kernels = request->without_kernels;
    engine->traced_region = request->traced_region;
    engine->traces = json_array();
    engine->roles = memory_new(regions, 1);
    memcpy(engine->roles, request->roles, regions);
    engine->fresh = memory_new(regions, sizeof *engine->fresh);
    engine->records = memory_new(regions, layout_stride(engine->layout));
    engine->own_record = memory_new(1, engine->layout->own_size + sizeof(double));
    if (!share_memory(engine, error)) {
        engine_free(engine);
        return NULL;
    }
    crew_start(engine);
    return engine;
}

void engine_free(Engine *engine) {
    if (!engine) return;
    crew_end(engine);
    if (engine->memory) munmap(engine->memory, engine->memory_bytes);
    if (engine->descriptor >= 0) close(engine->descriptor);
    failures_free(&engine->failures);
    buffer_free(&engine->begin_frame);
    json_decref(engine->traces);
    free(engine->crew);
    free(engine->records);
    free(engine->own_record);
    free(engine->roles);
    free(engine->fresh);
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

static uint8_t *own_copy(const Engine *engine, size_t region) {
    return (int)region == engine->own_region
               ? engine->own_record
               : engine->records + region * layout_stride(engine->layout);
}

static bool take_record(Engine *engine, size_t region, Error *error) {
    bool own = (int)region == engine->own_region;
    const ResultLayout *layout = engine->layout;
    uint8_t *copy = own_copy(engine, region);
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

// Rules whose calls ran over their budget too often are left out of a new beginning: where in its
// range each worker met the last of them must not show in the results.
static bool leave_out_greedy_rules(Engine *engine) {
    const Description *description = engine->layout->description;
    int *over = memory_new(description->rule_count, sizeof *over);
    bool any = false;
    for (size_t i = 0; i < engine->failures.count; i++) {
        const RuleFailure *failure = &engine->failures.items[i].failure;
        bool counts = failure->outcome == CALL_OVER_TIME || failure->outcome == CALL_OVER_MEMORY;
        if (!counts || is_left_out(engine, failure->rule) ||
            ++over[failure->rule] < MOST_CALLS_OVER_BUDGET)
            continue;
        engine_skip(engine, failure->rule, -1, failure->outcome);
        any = true;
    }
    free(over);
    return any;
}

static void run_once(Engine *engine) {
    failures_free(&engine->failures);
    json_array_clear(engine->traces);
    engine->begin_again = false;
    engine->regions_done = 0;
    engine->statistics.rule_calls = 0;
    crew_tell_anew(engine);
    if (engine->layout->description->formula_count > 0) work_on(engine, TASK_DERIVE);
    if (!engine->begin_again && !engine->broken && !engine->cancelled)
        work_on(engine, TASK_EVALUATE);
    sort_failures(&engine->failures);
    if (!engine->begin_again && !engine->broken)
        engine->begin_again = leave_out_greedy_rules(engine);
}

static void begin_call(Engine *engine, ProblemList *problems) {
    engine->problems = problems;
    engine->broken = engine->cancelled = false;
    engine->spare_deaths = 0;
    engine->statistics.rule_calls = 0;
}

static bool end_call(Engine *engine) {
    if (engine->cancelled && !engine->broken)
        problems_addf(
            engine->problems, ERROR_CANCELLED, NULL, 0, 0, "%s",
            T("the evaluation was cancelled; nothing was kept", "评估已取消，未保存任何内容"));
    engine->problems = NULL;
    return !engine->broken && !engine->cancelled;
}

bool engine_run(Engine *engine, ProblemList *problems) {
    begin_call(engine, problems);
    engine->skipped_count = engine->deadly_count = 0;
    engine->regions_wanted = 0;
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
    return end_call(engine);
}

// ---- changes -----------------------------------------------------------------------------------

static bool reads_series(const Rule *rule, int series) {
    for (size_t i = 0; i < rule->input_count; i++)
        if (rule->inputs[i].kind == INPUT_VALUE && rule->inputs[i].series == series) return true;
    return false;
}

// Indicators that are compared among peers and whose value may be another one now, directly or
// through formulas.
static size_t peers_reached(const Engine *engine, const EngineChange *change, int *indicators) {
    const Description *description = engine->layout->description;
    bool *changed = memory_new(description->series_count, sizeof *changed);
    for (size_t v = 0; v < change->value_count; v++)
        changed[change->values[v].series] = true;
    for (size_t f = 0; f < description->formula_count; f++) {
        const Indicator *indicator = &description->indicators[description->formula_order[f]];
        for (size_t s = 0; s < description->series_count && !changed[indicator->series]; s++)
            changed[indicator->series] =
                changed[s] && reads_series(&description->rules[indicator->formula], (int)s);
    }
    size_t count = 0;
    for (size_t i = 0; i < description->indicator_count; i++)
        if (changed[description->indicators[i].series] && engine->layout->needed[i] & PEER_METRICS)
            indicators[count++] = (int)i;
    free(changed);
    return count;
}

static char *change_question(size_t region, const EngineChange *change, const int *peers,
                             size_t peer_count) {
    json_t *values = json_array(), *places = json_array();
    for (size_t v = 0; change && v < change->value_count; v++)
        json_array_append_new(values,
                              json_pack("[i, i, i]", change->values[v].series,
                                        change->values[v].breakdown, change->values[v].year));
    for (size_t i = 0; i < peer_count; i++)
        json_array_append_new(places, json_integer(peers[i]));
    json_t *question =
        json_pack("{s:i, s:o, s:o}", "region", (int)region, "values", values, "peers", places);
    char *text = json_dumps(question, JSON_COMPACT);
    json_decref(question);
    return text;
}

// A region with failures is evaluated whole: which of them still hold is not known call by call. So
// is one that has no results yet.
static void ask_for_region(Engine *engine, size_t region, const EngineChange *change,
                           const int *peers, size_t peer_count) {
    Task task = {.from = (uint32_t)region, .to = (uint32_t)region + 1};
    sort_failures(&engine->failures);
    bool whole = engine->fresh[region] || count_failures(&engine->failures, region) > 0;
    engine->fresh[region] = false;
    if (whole) {
        forget_region(&engine->failures, region);
        if (engine->layout->description->formula_count > 0) {
            task.kind = TASK_DERIVE;
            crew_work(engine, &task, 1);
        }
        task = (Task){.kind = TASK_EVALUATE, .from = task.from, .to = task.to};
        if (!engine->broken) crew_work(engine, &task, 1);
    } else {
        char *question = change_question(region, change, peers, peer_count);
        task.kind = TASK_CHANGE;
        task.question = question;
        crew_work(engine, &task, 1);
        free(question);
    }
}

static bool is_peer(const Engine *engine, size_t region, size_t other) {
    const DatasetRegion *regions = engine->dataset->regions;
    return other != region && (regions[other].parent == regions[region].parent ||
                               regions[other].parent == (int32_t)region);
}

bool engine_change(Engine *engine, const EngineChange *change, uint32_t *touched,
                   size_t *touched_count, ProblemList *problems) {
    int *peers = memory_new(engine->layout->description->indicator_count, sizeof *peers);
    size_t peer_count = peers_reached(engine, change, peers);
    begin_call(engine, problems);
    engine->begin_again = false;
    *touched_count = 0;
    touched[(*touched_count)++] = (uint32_t)change->region;
    ask_for_region(engine, change->region, change, peers, peer_count);
    for (uint32_t r = 0; peer_count > 0 && r < engine->dataset->header->region_count; r++) {
        if (!is_peer(engine, change->region, r) || !engine_is_evaluated(engine, r)) continue;
        if (engine->broken || engine->begin_again) break;
        ask_for_region(engine, r, NULL, peers, peer_count);
        touched[(*touched_count)++] = r;
    }
    sort_failures(&engine->failures);
    free(peers);
    // A rule that has to be left out from now on is left out everywhere: the results of all regions
    // are made anew.
    bool anew = engine->begin_again || leave_out_greedy_rules(engine);
    bool good = end_call(engine);
    if (!good || !anew) return good;
    *touched_count = 0;
    for (uint32_t r = 0; r < engine->dataset->header->region_count; r++)
        if (engine_is_evaluated(engine, r)) touched[(*touched_count)++] = r;
    return engine_run(engine, problems);
}

void engine_set_role(Engine *engine, size_t region, RegionRole role) {
    if (engine->roles[region] == role) return;
    engine->roles[region] = (uint8_t)role;
    engine->fresh[region] = true;
    crew_tell_anew(engine);
}

// ---- reading -----------------------------------------------------------------------------------

const ResultLayout *engine_layout(const Engine *engine) {
    return engine->layout;
}

bool engine_is_evaluated(const Engine *engine, size_t region) {
    bool wanted = engine->roles[region] == REGION_EVALUATED;
    return wanted && (engine->traced_region < 0 || (size_t)engine->traced_region == region);
}

bool engine_is_own(const Engine *engine, size_t region) {
    return (int)region == engine->own_region;
}

const uint8_t *engine_record(const Engine *engine, size_t region) {
    return own_copy(engine, region);
}

void engine_encode(const Engine *engine, size_t region, Buffer *out) {
    size_t first = find_failures(&engine->failures, region);
    size_t count = count_failures(&engine->failures, region);
    RuleFailure *failures = memory_new(count, sizeof *failures);
    for (size_t i = 0; i < count; i++)
        failures[i] = engine->failures.items[first + i].failure;
    result_encode(engine->layout, own_copy(engine, region), engine_is_own(engine, region), failures,
                  count, out);
    free(failures);
}

const json_t *engine_traces(const Engine *engine) {
    return engine->traces;
}

EngineStatistics engine_statistics(const Engine *engine) {
    return engine->statistics;
}
