// What a rule's parameter names mean: scripts/std/api.lua is the list people read.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/pack/description_inside.h"

static const char *const figure_names[FIGURE_COUNT] = {
    "attainment", "met_count", "near_count", "unmet_count", "no_data_count", "assessable_count"};

static int find_named(const NamedText *items, size_t count, const char *id) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(items[i].id, id) == 0) return (int)i;
    return -1;
}

// "", "_nation": which target set a name ends in; nothing means the one that counts.
static bool resolve_set(const Description *description, const char *rest, Input *input) {
    input->set = 0;
    if (*rest == '\0') return true;
    if (*rest++ != '_') return false;
    for (size_t s = 0; s < description->set_count; s++) {
        if (strcmp(description->set_names[s], rest) != 0) continue;
        input->set = (int)s;
        return true;
    }
    return false;
}

// "", "_health", "_health_nation": what follows the id of a plan.
static bool resolve_plan_part(const Description *description, const Plan *plan, const char *rest,
                              Input *input) {
    input->domain = -1;
    if (resolve_set(description, rest, input)) return true;
    if (*rest++ != '_') return false;
    for (size_t d = 0; d < plan->domain_count; d++) {
        size_t length = strlen(plan->domains[d].id);
        if (strncmp(rest, plan->domains[d].id, length) != 0 ||
            !resolve_set(description, rest + length, input))
            continue;
        input->domain = (int)d;
        return true;
    }
    return false;
}

// "attainment", "attainment_women", "attainment_women_health", each also with a target set's name
// behind it.
static bool resolve_plan_figure(const Description *description, const char *name, InputScope scope,
                                Input *input) {
    for (int figure = 0; figure < FIGURE_COUNT; figure++) {
        size_t length = strlen(figure_names[figure]);
        if (strncmp(name, figure_names[figure], length) != 0) continue;
        const char *rest = name + length;
        input->kind = INPUT_PLAN;
        input->figure = (PlanFigure)figure;
        bool plan_at_hand =
            scope.plan >= 0 || scope.place == PLACE_PLAN || scope.place == PLACE_INDICATOR;
        if (*rest == '\0') {
            input->plan = scope.plan;
            return plan_at_hand;
        }
        if (*rest != '_') continue;
        for (size_t p = 0; p < description->plan_count; p++) {
            const Plan *plan = &description->plans[p];
            size_t id_length = strlen(plan->id);
            if (strncmp(rest + 1, plan->id, id_length) != 0) continue;
            input->plan = (int)p;
            if (resolve_plan_part(description, plan, rest + 1 + id_length, input)) return true;
        }
        input->plan = scope.plan;
        input->domain = -1;
        if (plan_at_hand && resolve_set(description, rest, input)) return true;
    }
    return false;
}

static bool resolve_metric_name(const Description *description, const char *name, Input *input) {
    Metric metric = metric_from_name(name);
    if (metric != METRIC_COUNT) {
        input->kind = INPUT_METRIC;
        input->metric = metric;
    } else if (strncmp(name, "status", 6) == 0 && resolve_set(description, name + 6, input)) {
        input->kind = INPUT_STATUS;
    } else if (strcmp(name, "on_track") == 0) {
        input->kind = INPUT_ON_TRACK;
    } else {
        return false;
    }
    return true;
}

static bool resolve_breakdown(const Description *description, const char *name, Input *input) {
    int found = find_named(description->breakdowns, description->breakdown_count, name);
    if (found < 0) return false;
    input->kind = INPUT_VALUE;
    input->breakdown = found;
    return true;
}

// "maternal_mortality_progress", "maternal_mortality_rural": the longest id that fits wins.
static bool resolve_suffixed(const Description *description, const char *name, InputScope scope,
                             Input *input) {
    char id[256];
    if (strlen(name) >= sizeof id) return false;
    for (size_t at = strlen(name); at-- > 1;) {
        if (name[at] != '_') continue;
        memcpy(id, name, at);
        id[at] = '\0';
        int series = description_series(description, id);
        if (series < 0) continue;
        input->series = series;
        input->indicator = description->series[series].indicator;
        if (scope.place != PLACE_FORMULA && input->indicator >= 0 &&
            resolve_metric_name(description, name + at + 1, input))
            return true;
        if (resolve_breakdown(description, name + at + 1, input)) return true;
    }
    return false;
}

bool inputs_resolve_series(const Description *description, const char *name, int *series,
                           int *breakdown) {
    Input input = {.series = description_series(description, name), .breakdown = -1};
    const InputScope scope = {PLACE_FORMULA, -1, -1};
    if (input.series < 0 && !resolve_suffixed(description, name, scope, &input)) return false;
    *series = input.series;
    *breakdown = input.breakdown;
    return true;
}

static bool resolve_fixed(const char *name, RulePlace place, Input *input) {
    bool has_plan = place == PLACE_INDICATOR || place == PLACE_PLAN;
    if (strcmp(name, "year") == 0)
        input->kind = INPUT_YEAR;
    else if (has_plan && strcmp(name, "plan_start") == 0)
        input->kind = INPUT_PLAN_START;
    else if (has_plan && strcmp(name, "plan_end") == 0)
        input->kind = INPUT_PLAN_END;
    else if (place == PLACE_PLAN && strcmp(name, "pace") == 0)
        input->kind = INPUT_PLAN_PACE;
    else if (place == PLACE_ITEM && strcmp(name, "points") == 0)
        input->kind = INPUT_POINTS;
    else if (place == PLACE_INDICATOR && strcmp(name, "series") == 0)
        input->kind = INPUT_SERIES;
    else
        return false;
    return true;
}

static bool resolve_name(const Description *description, const char *name, InputScope scope,
                         Input *input) {
    const Input nothing = {.name = input->name,
                           .indicator = -1,
                           .series = -1,
                           .plan = -1,
                           .domain = -1,
                           .breakdown = -1};
    *input = nothing;
    if (resolve_fixed(name, scope.place, input)) return true;
    if (scope.place == PLACE_INDICATOR && (resolve_metric_name(description, name, input) ||
                                           resolve_breakdown(description, name, input)))
        return true;
    if (scope.place != PLACE_FORMULA && resolve_plan_figure(description, name, scope, input))
        return true;
    *input = nothing;
    int series = description_series(description, name);
    if (series >= 0) {
        input->kind = INPUT_VALUE;
        input->series = series;
        return true;
    }
    return resolve_suffixed(description, name, scope, input);
}

bool inputs_is_reserved(const Description *description, const char *name) {
    static const RulePlace places[] = {PLACE_INDICATOR, PLACE_PLAN, PLACE_REGION, PLACE_ITEM};
    Input input = {.plan = -1};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (resolve_fixed(name, places[i], &input)) return true;
    // A plan at hand makes the figures without suffix mean something.
    return resolve_metric_name(description, name, &input) ||
           resolve_breakdown(description, name, &input) ||
           resolve_plan_figure(description, name, (InputScope){PLACE_PLAN, -1, 0}, &input);
}

typedef struct Names {
    Arena arena;
    const char **items;
    size_t count, capacity;
} Names;

static void add_name(Names *names, const char *first, const char *second, const char *third) {
    Buffer name = {0};
    buffer_text(&name, first);
    if (second) buffer_printf(&name, "_%s", second);
    if (third) buffer_printf(&name, "_%s", third);
    ARRAY_RESERVE(names->items, names->count, names->capacity);
    names->items[names->count++] = arena_string(&names->arena, name.data);
    buffer_free(&name);
}

static void add_plan_figures(Maker *maker, Names *names) {
    const Description *description = maker->description;
    for (int f = 0; f < FIGURE_COUNT; f++)
        for (size_t p = 0; p < description->plan_count; p++) {
            const Plan *plan = &description->plans[p];
            add_name(names, figure_names[f], plan->id, NULL);
            for (size_t d = 0; d < plan->domain_count; d++)
                add_name(names, figure_names[f], plan->id, plan->domains[d].id);
        }
}

// "enrolment_femal": the longest series it begins with, with everything that may follow.
static void add_suffixed(Maker *maker, Names *names, const char *wanted, InputScope scope) {
    const Description *description = maker->description;
    const Series *series = NULL;
    for (size_t i = 0; i < description->series_count; i++) {
        size_t length = strlen(description->series[i].id);
        bool begins =
            strncmp(wanted, description->series[i].id, length) == 0 && wanted[length] == '_';
        if (begins && (!series || length > strlen(series->id))) series = &description->series[i];
    }
    if (!series) return;
    for (size_t i = 0; i < description->breakdown_count; i++)
        add_name(names, series->id, description->breakdowns[i].id, NULL);
    for (int m = 0; m < METRIC_COUNT && series->indicator >= 0 && scope.place != PLACE_FORMULA; m++)
        add_name(names, series->id, metric_name((Metric)m), NULL);
}

// The names that would have been understood, for "did you mean".
static bool hint_input(Maker *maker, const char *name, InputScope scope) {
    static const char *const fixed[] = {"year",   "plan_start", "plan_end", "pace",
                                        "points", "series",     "status",   "on_track"};
    const Description *description = maker->description;
    Names names = {0};
    Input ignored = {0};
    if (!maker_hints_are_left(maker)) return false;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        if (resolve_name(description, fixed[i], scope, &ignored))
            add_name(&names, fixed[i], NULL, NULL);
    for (int i = 0; i < METRIC_COUNT && scope.place == PLACE_INDICATOR; i++)
        add_name(&names, metric_name((Metric)i), NULL, NULL);
    for (size_t i = 0; i < description->breakdown_count && scope.place == PLACE_INDICATOR; i++)
        add_name(&names, description->breakdowns[i].id, NULL, NULL);
    for (size_t i = 0; i < description->series_count; i++)
        add_name(&names, description->series[i].id, NULL, NULL);
    for (int f = 0; f < FIGURE_COUNT && scope.place != PLACE_FORMULA; f++)
        if (resolve_name(description, figure_names[f], scope, &ignored))
            add_name(&names, figure_names[f], NULL, NULL);
    if (scope.place != PLACE_FORMULA) add_plan_figures(maker, &names);
    add_suffixed(maker, &names, name, scope);
    bool hinted = maker_hint_name(maker, name, names.items, names.count);
    free(names.items);
    arena_free(&names.arena);
    return hinted;
}

bool inputs_resolve(Maker *maker, const char *name, InputScope scope, const char *file, int line,
                    Input *input) {
    if (resolve_name(maker->description, name, scope, input)) return true;
    problems_addf(maker->problems, ERROR_PACK, file, line, 0,
                  T("unknown input '%s'", "未知的输入名 '%s'"), name);
    if (!hint_input(maker, name, scope))
        problems_hint(maker->problems, "%s",
                      T("plugins/README.md lists the inputs; figures of your own are declared with "
                        "data or fact",
                        "可用的输入名见 plugins/README.md；自有数据请用 data 或 fact 声明"));
    return false;
}

void inputs_resolve_rule(Maker *maker, int index, InputScope scope, const char *owner) {
    if (index < 0) return;
    Rule *rule = (Rule *)&maker->description->rules[index];
    if (*rule->owner) {
        // What its inputs mean depends on where it stands. std registers a function once a place.
        problems_addf(maker->problems, ERROR_PACK, rule->file, rule->line, 0,
                      T("the rule of %s is also that of %s", "%s 的规则又用作 %s 的规则"), owner,
                      rule->owner);
        return;
    }
    rule->place = scope.place;
    rule->owner = owner;
    for (size_t i = 0; i < rule->input_count; i++)
        inputs_resolve(maker, rule->inputs[i].name, scope, rule->file, rule->line,
                       (Input *)&rule->inputs[i]);
}
