// Sets of possible causes: see impact_inside.h.
#include <stdlib.h>
#include <string.h>

#include "core/analysis/impact_inside.h"

enum { WORD_BITS = 64 };

// ---- which differences matter ------------------------------------------------------------------

static bool is_one_of(const char *field, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(field, list[i]) == 0) return true;
    return false;
}
#define IS_ONE_OF(field, list) is_one_of(field, list, sizeof(list) / sizeof *(list))

bool cause_is_presence(const Difference *difference) {
    return difference->change != NODE_CHANGED;
}

bool cause_matters(const Difference *difference) {
    // What is read by people or by checks alone.
    static const char *const words[] = {"title",    "source", "message", "lead",    "unit",
                                        "may_fall", "cliff",  "better",  "figures", "documents"};
    return cause_is_presence(difference) || !IS_ONE_OF(difference->field, words);
}

bool cause_is_conventions(const Difference *difference) {
    return difference->field && strcmp(difference->field, "conventions") == 0;
}

bool cause_moves_value(const Difference *difference) {
    static const char *const fields[] = {"formula", "partial"};
    return cause_is_presence(difference) || IS_ONE_OF(difference->field, fields);
}

bool cause_moves_counting(const Difference *difference) {
    static const char *const fields[] = {"domain"};
    return cause_is_presence(difference) || IS_ONE_OF(difference->field, fields);
}

bool cause_moves_judging(const Difference *difference) {
    static const char *const elsewhere[] = {"formula", "partial", "domain", "conventions"};
    return cause_matters(difference) && difference->change == NODE_CHANGED &&
           !IS_ONE_OF(difference->field, elsewhere);
}

// ---- sets --------------------------------------------------------------------------------------

uint64_t *causes_new_set(const Causes *causes) {
    return memory_new(causes->words, sizeof(uint64_t));
}

void causes_clear(const Causes *causes, uint64_t *set) {
    memset(set, 0, causes->words * sizeof *set);
}

void causes_join(const Causes *causes, uint64_t *set, const uint64_t *other) {
    for (size_t w = 0; w < causes->words; w++)
        set[w] |= other[w];
}

bool causes_is_empty(const Causes *causes, const uint64_t *set) {
    for (size_t w = 0; w < causes->words; w++)
        if (set[w]) return false;
    return true;
}

static void add_cause(uint64_t *set, size_t cause) {
    set[cause / WORD_BITS] |= UINT64_C(1) << cause % WORD_BITS;
}

static bool has_cause(const uint64_t *set, size_t cause) {
    return set[cause / WORD_BITS] >> cause % WORD_BITS & 1;
}

void causes_add_std(const Causes *causes, uint64_t *set) {
    if (causes->report->cause_count > causes->differences->count)
        add_cause(set, causes->differences->count);
}

ImpactBecause causes_keep(Causes *causes, Arena *arena, const uint64_t *set) {
    Buffer key = {0};
    for (size_t w = 0; w < causes->words; w++)
        buffer_printf(&key, "%llx.", (unsigned long long)set[w]);
    int64_t known = map_get(&causes->kept, key.data);
    if (known == MAP_MISSING) {
        ARRAY_RESERVE(causes->sets, causes->set_count, causes->set_capacity);
        uint32_t *list = arena_new(arena, causes->report->cause_count + 1, sizeof *list);
        size_t count = 0;
        for (size_t c = 0; c < causes->report->cause_count; c++)
            if (has_cause(set, c)) list[count++] = (uint32_t)c;
        known = (int64_t)causes->set_count++;
        causes->sets[known] = (ImpactBecause){list, count};
        map_put(&causes->kept, key.data, known);
    }
    buffer_free(&key);
    return causes->sets[known];
}

// ---- differences of declarations ---------------------------------------------------------------

static bool is_of(const Difference *difference, const char *kind, const char *id) {
    bool pack = strcmp(kind, "pack") == 0; // there is one, whatever it is called
    return strcmp(difference->kind, kind) == 0 && (pack || strcmp(difference->id, id) == 0);
}

static const char *key_of(const char *kind, const char *id, Buffer *key) {
    buffer_clear(key);
    buffer_printf(key, "%s %s", kind, strcmp(kind, "pack") == 0 ? "" : id);
    return key->data;
}

void causes_add_own(const Causes *causes, const char *kind, const char *id, CauseFilter wants,
                    uint64_t *set) {
    Buffer key = {0};
    int64_t first = map_get(&causes->by_node, key_of(kind, id, &key));
    buffer_free(&key);
    if (first == MAP_MISSING) return;
    // Those of one declaration stand together.
    for (size_t i = (size_t)first; i < causes->differences->count; i++) {
        const Difference *difference = &causes->differences->items[i];
        if (!is_of(difference, kind, id)) return;
        if (wants(difference)) add_cause(set, i);
    }
}

static const char *kind_of(const Indicator *indicator) {
    return indicator->is_task ? "task" : indicator->is_objective ? "objective" : "indicator";
}

void causes_add_indicator(const Causes *causes, int pair, CauseFilter wants, uint64_t *set) {
    const ImpactIndicatorSum *sum = &causes->report->indicators[pair];
    const char *seen = "";
    for (int side = 0; side < SIDES; side++) {
        const char *kind = sum->declared[side] ? kind_of(sum->declared[side]) : seen;
        if (strcmp(kind, seen) != 0) causes_add_own(causes, kind, sum->id, wants, set);
        seen = kind;
    }
}

// ---- what follows from what, whatever the figures ----------------------------------------------

static bool same_conventions(const Conventions *left, const Conventions *right) {
    json_t *of_left = conventions_to_json(left), *of_right = conventions_to_json(right);
    json_object_del(of_left, "method_version"); // a name
    json_object_del(of_right, "method_version");
    bool same = json_equal(of_left, of_right);
    json_decref(of_left);
    json_decref(of_right);
    return same;
}

static void add_conventions(const Causes *causes, const char *plan, uint64_t *set) {
    causes_add_own(causes, "pack", "", cause_is_conventions, set);
    causes_add_own(causes, "plan", plan, cause_is_conventions, set);
}

// Another series whose values this indicator's follow, or that it is held against.
static bool join_series(const Causes *causes, const Comparison *comparison, int side, int series,
                        uint64_t *set) {
    const Description *description = impact_description(comparison->report, side);
    if (series < 0) return false;
    const Series *other = &description->series[series];
    uint64_t *before = causes_new_set(causes);
    causes_join(causes, before, set);
    if (other->indicator >= 0) {
        size_t pair = (size_t)comparison->indicator_pairs[side][other->indicator];
        causes_join(causes, set, causes->values + pair * causes->words);
    } else {
        causes_add_own(causes, other->kind == SERIES_FACT ? "fact" : "data", other->id,
                       cause_matters, set);
    }
    bool grown = memcmp(before, set, causes->words * sizeof *set) != 0;
    free(before);
    return grown;
}

static bool join_formula(const Causes *causes, const Comparison *comparison, int side,
                         const Indicator *indicator, uint64_t *set) {
    const Description *description = impact_description(comparison->report, side);
    if (indicator->formula < 0) return false;
    const Rule *rule = &description->rules[indicator->formula];
    bool grown = false;
    for (size_t i = 0; i < rule->input_count; i++) {
        const Input *input = &rule->inputs[i];
        int series = input->series;
        if (series < 0 && input->indicator >= 0)
            series = description->indicators[input->indicator].series;
        grown |= join_series(causes, comparison, side, series, set);
    }
    return grown;
}

// Formulas may stand in any order: until nothing is new.
static void find_values(Causes *causes, const Comparison *comparison) {
    const ImpactReport *report = comparison->report;
    for (size_t i = 0; i < report->indicator_count; i++)
        causes_add_indicator(causes, (int)i, cause_moves_value, causes->values + i * causes->words);
    for (bool grown = true; grown;) {
        grown = false;
        for (size_t i = 0; i < report->indicator_count; i++)
            for (int side = 0; side < SIDES; side++)
                if (report->indicators[i].declared[side])
                    grown |=
                        join_formula(causes, comparison, side, report->indicators[i].declared[side],
                                     causes->values + i * causes->words);
    }
}

static void join_target(Causes *causes, const Comparison *comparison, int side,
                        const Target *target, uint64_t *set) {
    if (target->kind == TARGET_NOT_BELOW || target->kind == TARGET_NOT_ABOVE)
        join_series(causes, comparison, side, target->series, set);
    for (size_t i = 0; i < target->part_count; i++)
        join_target(causes, comparison, side, &target->parts[i], set);
}

static void find_judging(Causes *causes, const Comparison *comparison, size_t pair) {
    const ImpactIndicatorSum *sum = &comparison->report->indicators[pair];
    uint64_t *set = causes->judging + pair * causes->words;
    causes_add_indicator(causes, (int)pair, cause_moves_judging, set);
    for (int side = 0; side < SIDES; side++) {
        const Indicator *indicator = sum->declared[side];
        if (!indicator) continue;
        const Plan *plan = &impact_description(comparison->report, side)->plans[indicator->plan];
        causes_add_own(causes, "plan", plan->id, cause_moves_judging, set);
        if (indicator->target_set_count > 0)
            join_target(causes, comparison, side, &indicator->target_sets[0].target, set);
        join_series(causes, comparison, side, indicator->counts, set);
        join_series(causes, comparison, side, indicator->among, set);
        if (!sum->declared[1 - side] ||
            same_conventions(&indicator->conventions, &sum->declared[1 - side]->conventions))
            continue;
        causes_add_indicator(causes, (int)pair, cause_is_conventions, set);
        add_conventions(causes, plan->id, set);
    }
}

void causes_init(Causes *causes, const Comparison *comparison) {
    const ImpactReport *report = comparison->report;
    size_t words = (report->cause_count + WORD_BITS) / WORD_BITS;
    *causes = (Causes){.differences = &report->differences,
                       .report = report,
                       .words = words,
                       .values = memory_new(report->indicator_count * words, sizeof(uint64_t)),
                       .judging = memory_new(report->indicator_count * words, sizeof(uint64_t))};
    Buffer key = {0};
    for (size_t i = report->differences.count; i-- > 0;) {
        const Difference *difference = &report->differences.items[i];
        map_put(&causes->by_node, key_of(difference->kind, difference->id, &key), (int64_t)i);
    }
    buffer_free(&key);
    find_values(causes, comparison);
    for (size_t i = 0; i < report->indicator_count; i++)
        find_judging(causes, comparison, i);
    for (size_t p = 0; p < comparison->plan_count; p++) {
        PlanPair *pair = &comparison->plans[p];
        pair->counts_otherwise = pair->declared[IMPACT_BEFORE] && pair->declared[IMPACT_AFTER] &&
                                 !same_conventions(&pair->declared[IMPACT_BEFORE]->conventions,
                                                   &pair->declared[IMPACT_AFTER]->conventions);
    }
}

void causes_free(Causes *causes) {
    map_free(&causes->by_node);
    map_free(&causes->kept);
    free(causes->sets);
    free(causes->values);
    free(causes->judging);
    *causes = (Causes){0};
}
