// What a change of figures reaches, and bringing that up to date: see engine.h.
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/eval/engine_inside.h"

// The figures that may be others now, and whom that concerns.
typedef struct Reach {
    ChangedValue *values; // those given that results of the year can show, then those of formulas
    size_t count, capacity, given;
    int *indicators; // whose place among peers may be another one now
    size_t indicator_count;
    bool siblings, children; // of the region look at them
} Reach;

static void add_value(Reach *reach, ChangedValue value) {
    ARRAY_RESERVE(reach->values, reach->count, reach->capacity);
    reach->values[reach->count++] = value;
}

static void add_given(Reach *reach, const EngineChange *change, int year) {
    for (size_t v = 0; v < change->value_count; v++)
        if (change->values[v].year <= year) add_value(reach, change->values[v]);
    reach->given = reach->count;
}

// Whether a formula gives another figure is known to workers alone; here it may.
static void add_formulas(Reach *reach, const Description *description) {
    for (size_t f = 0; f < description->formula_count; f++) {
        const Indicator *indicator = &description->indicators[description->formula_order[f]];
        const Rule *rule = &description->rules[indicator->formula];
        size_t known = reach->count;
        for (size_t v = 0; v < known; v++)
            if (rule_reads_changed(rule, &reach->values[v]))
                add_value(reach, (ChangedValue){indicator->series, -1, reach->values[v].year});
    }
}

static bool asks_for_peers(const Rule *rule) {
    for (size_t i = 0; i < rule->input_count; i++)
        if (rule->inputs[i].kind == INPUT_METRIC && 1u << rule->inputs[i].metric & PEER_METRICS)
            return true;
    return false;
}

// The first year whose peers a rule may ask for: this one, or as far back as a warning must hold.
static int first_year_compared(const Engine *engine) {
    const Description *description = engine->layout->description;
    int years = 1;
    for (size_t w = 0; w < description->warning_count; w++) {
        const Warning *warning = &description->warnings[w];
        if (warning->hold > years && warning->level >= 0 &&
            asks_for_peers(&description->rules[warning->level]))
            years = warning->hold;
    }
    return engine->layout->year - years + 1;
}

static bool has_total(const Reach *reach, int series, int first_year) {
    for (size_t v = 0; v < reach->count; v++)
        if (reach->values[v].series == series && reach->values[v].breakdown < 0 &&
            reach->values[v].year >= first_year)
            return true;
    return false;
}

static void add_indicators(Reach *reach, const Engine *engine) {
    const Description *description = engine->layout->description;
    const uint32_t *needed = engine->layout->needed, above = 1u << METRIC_PARENT_VALUE;
    int first_year = first_year_compared(engine);
    reach->indicators = memory_new(description->indicator_count, sizeof *reach->indicators);
    for (size_t i = 0; i < description->indicator_count; i++) {
        if (!(needed[i] & PEER_METRICS) ||
            !has_total(reach, description->indicators[i].series, first_year))
            continue;
        reach->indicators[reach->indicator_count++] = (int)i;
        reach->siblings = reach->siblings || needed[i] & PEER_METRICS & ~above;
        reach->children = reach->children || needed[i] & above;
    }
}

static void find_reach(Reach *reach, const Engine *engine, const EngineChange *change) {
    *reach = (Reach){0};
    add_given(reach, change, engine->layout->year);
    add_formulas(reach, engine->layout->description);
    add_indicators(reach, engine);
}

static void free_reach(Reach *reach) {
    free(reach->values);
    free(reach->indicators);
}

// ---- one region --------------------------------------------------------------------------------

// `own`: the values are the region's; else it only compares itself.
static char *change_question(size_t region, const Reach *reach, bool own) {
    json_t *values = json_array(), *places = json_array();
    for (size_t v = 0; own && v < reach->given; v++)
        json_array_append_new(values, json_pack("[i, i, i]", reach->values[v].series,
                                                reach->values[v].breakdown, reach->values[v].year));
    for (size_t i = 0; i < reach->indicator_count; i++)
        json_array_append_new(places, json_integer(reach->indicators[i]));
    json_t *question =
        json_pack("{s:i, s:o, s:o}", "region", (int)region, "values", values, "peers", places);
    char *text = json_dumps(question, JSON_COMPACT);
    json_decref(question);
    return text;
}

// Whether the region's calls ended by themselves. One that was stopped takes other calls of its
// rule with it, which have not been made now.
static bool all_ended(const Engine *engine, size_t region) {
    size_t first, count = failures_of(&engine->failures, region, &first);
    for (size_t i = 0; i < count; i++) {
        CallOutcome outcome = engine->failures.items[first + i].failure.outcome;
        if (outcome != CALL_RAISED && outcome != CALL_BAD_RESULT) return false;
    }
    return true;
}

// False when the region must be evaluated whole after all.
static bool evaluate_what_changed(Engine *engine, size_t region, const Reach *reach, bool own) {
    char *question = change_question(region, reach, own);
    Task task = {.kind = TASK_CHANGE,
                 .from = (uint32_t)region,
                 .to = (uint32_t)region + 1,
                 .question = question};
    crew_work(engine, &task, 1);
    free(question);
    failures_sort(&engine->failures);
    return !task.lost && all_ended(engine, region);
}

// What is known of the region's failures is forgotten, calls that were left out among them: they
// are given another chance.
static void forget_failures(Engine *engine, size_t region) {
    size_t first, count = failures_of(&engine->failures, region, &first), left = 0;
    for (size_t i = 0; i < count; i++) {
        const RuleFailure *failure = &engine->failures.items[first + i].failure;
        engine->over_budget[failure->rule] -= failure_is_over_budget(failure);
    }
    failures_forget(&engine->failures, region);
    for (size_t i = 0; i < engine->skipped_count; i++)
        if (engine->skipped[i].region != (int)region) engine->skipped[left++] = engine->skipped[i];
    if (left == engine->skipped_count) return;
    engine->skipped_count = left;
    crew_tell_anew(engine);
}

static void evaluate_whole(Engine *engine, size_t region) {
    Task derive = {.kind = TASK_DERIVE, .from = (uint32_t)region, .to = (uint32_t)region + 1};
    Task evaluate = {.kind = TASK_EVALUATE, .from = derive.from, .to = derive.to};
    forget_failures(engine, region);
    if (engine->layout->description->formula_count > 0) crew_work(engine, &derive, 1);
    if (!engine_is_over(engine)) crew_work(engine, &evaluate, 1);
    failures_sort(&engine->failures);
}

static bool awaits_results(const Engine *engine, size_t region) {
    return engine->fresh[region] && engine_is_evaluated(engine, region);
}

// A region with failures is evaluated whole: which of them still hold is not known call by call. So
// is one that has no results yet.
static void bring_up_to_date(Engine *engine, size_t region, const Reach *reach, bool own) {
    size_t first;
    bool whole =
        awaits_results(engine, region) || failures_of(&engine->failures, region, &first) > 0;
    if (!whole) whole = !evaluate_what_changed(engine, region, reach, own);
    if (whole && !engine_is_over(engine)) evaluate_whole(engine, region);
    if (engine_is_evaluated(engine, region)) engine->fresh[region] = false;
}

// ---- all regions -------------------------------------------------------------------------------

static bool any_left_out_everywhere(const Engine *engine) {
    for (size_t i = 0; i < engine->skipped_count; i++)
        if (engine->skipped[i].region < 0) return true;
    return false;
}

typedef struct Following {
    Engine *engine;
    const Reach *reach;
    uint32_t *touched;
    size_t touched_count;
} Following;

static void follow(Following *following, size_t region, bool own) {
    Engine *engine = following->engine;
    if (engine_is_over(engine)) return;
    bring_up_to_date(engine, region, following->reach, own);
    if (engine_is_evaluated(engine, region))
        following->touched[following->touched_count++] = (uint32_t)region;
}

static void follow_members(Following *following, int parent, size_t but) {
    size_t count;
    const uint32_t *members = families_members(&following->engine->families, parent, &count);
    for (size_t i = 0; i < count; i++)
        if (members[i] != but && engine_is_evaluated(following->engine, members[i]))
            follow(following, members[i], false);
}

// Formulas of the region that changed come before those who compare themselves with it.
static void follow_all(Following *following, size_t region) {
    Engine *engine = following->engine;
    const Reach *reach = following->reach;
    if (reach->count > 0 || awaits_results(engine, region)) follow(following, region, true);
    if (reach->siblings) follow_members(following, engine->dataset->regions[region].parent, region);
    if (reach->children) follow_members(following, (int)region, region);
    for (size_t r = 0; engine->any_fresh && r < engine->region_count; r++)
        if (awaits_results(engine, r)) follow(following, r, false);
    engine->any_fresh = false;
}

// Whether a rule is left out everywhere depends on the whole of the data: then everything is
// evaluated.
static bool evaluate_all(Engine *engine, uint32_t *touched, size_t *touched_count,
                         ProblemList *problems) {
    *touched_count = 0;
    for (uint32_t r = 0; r < engine->region_count; r++)
        if (engine_is_evaluated(engine, r)) touched[(*touched_count)++] = r;
    return engine_run(engine, problems);
}

bool engine_change(Engine *engine, const EngineChange *change, uint32_t *touched,
                   size_t *touched_count, ProblemList *problems) {
    Reach reach;
    Following following = {.engine = engine, .reach = &reach, .touched = touched};
    if (any_left_out_everywhere(engine))
        return evaluate_all(engine, touched, touched_count, problems);
    engine_begin_call(engine, problems);
    find_reach(&reach, engine, change);
    follow_all(&following, change->region);
    free_reach(&reach);
    *touched_count = following.touched_count;
    bool anew = engine->begin_again;
    if (!engine_end_call(engine)) return false;
    return !anew || evaluate_all(engine, touched, touched_count, problems);
}
