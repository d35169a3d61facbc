// From a worker's JSON to a Description: see description.h.
#include "core/pack/description.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/pack/description_inside.h"

enum { MAX_PARENTS = 16 };

static Conventions conventions_over(Maker *maker, const Conventions *base, const json_t *node,
                                    const char *file, int line) {
    Conventions conventions = *base;
    Error error = {0};
    if (!conventions_overlay(&conventions, json_object_get(node, "conventions"), &error))
        problems_addf(maker->problems, ERROR_PACK, file, line, 0, "%s", error.message);
    return conventions;
}

// ---- parts -------------------------------------------------------------------------------------

static void parse_rules(Maker *maker, const json_t *list) {
    Description *description = maker->description;
    Rule *rules = maker_array(maker, maker_size(list), sizeof *rules);
    for (size_t i = 0; i < maker_size(list); i++) {
        const json_t *node = json_array_get(list, i);
        const json_t *parameters = json_object_get(node, "parameters");
        Input *inputs = maker_array(maker, maker_size(parameters), sizeof *inputs);
        for (size_t k = 0; k < maker_size(parameters); k++) {
            const char *name = json_string_value(json_array_get(parameters, k));
            // What they are is found where the rule is used.
            inputs[k] = (Input){.name = arena_string(&description->arena, name ? name : "?"),
                                .indicator = -1,
                                .series = -1,
                                .plan = -1,
                                .domain = -1,
                                .breakdown = -1};
        }
        rules[i] = (Rule){.file = maker_text(maker, node, "file", "?"),
                          .line = maker_integer(node, "line", 0),
                          .inputs = inputs,
                          .input_count = maker_size(parameters),
                          .owner = ""};
    }
    description->rules = rules;
    description->rule_count = maker_size(list);
}

static const NamedText *parse_named(Maker *maker, const json_t *list, size_t *count) {
    NamedText *items = maker_array(maker, maker_size(list), sizeof *items);
    *count = maker_size(list);
    for (size_t i = 0; i < *count; i++) {
        const json_t *node = json_array_get(list, i);
        items[i] = (NamedText){.id = maker_text(maker, node, "id", ""),
                               .title = maker_text(maker, node, "title", ""),
                               .file = maker_text(maker, node, "file", ""),
                               .line = maker_integer(node, "line", 0)};
    }
    return items;
}

static void parse_breakdowns(Maker *maker, const json_t *list) {
    static const NamedText built_in[] = {{"female", "女", "", 0},
                                         {"male", "男", "", 0},
                                         {"urban", "城市", "", 0},
                                         {"rural", "农村", "", 0}};
    enum { BUILT_IN = sizeof built_in / sizeof built_in[0] };
    Description *description = maker->description;
    size_t declared_count;
    const NamedText *declared = parse_named(maker, list, &declared_count);
    size_t count = BUILT_IN + declared_count + description->unit_count;
    NamedText *all = maker_array(maker, count, sizeof *all);
    memcpy(all, built_in, sizeof built_in);
    memcpy(all + BUILT_IN, declared, declared_count * sizeof *all);
    memcpy(all + BUILT_IN + declared_count, description->units,
           description->unit_count * sizeof *all);
    const char **splits = maker_array(maker, count, sizeof *splits);
    for (size_t i = 0; i < BUILT_IN; i++)
        splits[i] = i < 2 ? "sex" : "area";
    for (size_t i = 0; i < declared_count; i++)
        splits[BUILT_IN + i] = maker_text(maker, json_array_get(list, i), "splits", NULL);
    description->breakdowns = all;
    description->splits = splits;
    description->breakdown_count = count;
}

static const YearValue *parse_years(Maker *maker, const json_t *list, size_t *count) {
    YearValue *values = maker_array(maker, maker_size(list), sizeof *values);
    *count = maker_size(list);
    for (size_t i = 0; i < *count; i++) {
        const json_t *node = json_array_get(list, i);
        values[i] = (YearValue){maker_integer(node, "year", 0), maker_number(node, "value", NAN)};
    }
    return values;
}

// The title of the unit a lead names by id or title; the text itself when no unit is declared.
static const char *lead_title(Maker *maker, const char *lead, const char *file, int line) {
    const Description *description = maker->description;
    if (description->unit_count == 0) return lead;
    for (size_t i = 0; i < description->unit_count; i++)
        if (strcmp(description->units[i].id, lead) == 0 ||
            strcmp(description->units[i].title, lead) == 0)
            return description->units[i].title;
    if (*lead) {
        problems_addf(maker->problems, ERROR_PACK, file, line, 0,
                      T("lead unit \"%s\" is not declared: add unit \"…\" { title = … }",
                        "牵头单位 \"%s\" 未声明：请加 unit \"…\" { title = … }"),
                      lead);
        maker_hint_unit(maker, lead);
    }
    return lead;
}

static void parse_indicator(Maker *maker, const json_t *node, int plan, int domain,
                            Indicator *indicator) {
    const Plan *holder = &maker->description->plans[plan];
    *indicator = (Indicator){.id = maker_text(maker, node, "id", ""),
                             .title = maker_text(maker, node, "title", ""),
                             .unit = maker_text(maker, node, "unit", ""),
                             .plan = plan,
                             .domain = domain,
                             .is_objective = maker_is(node, "kind", "objective") ||
                                             maker_is(node, "kind", "task"),
                             .is_task = maker_is(node, "kind", "task"),
                             .baseline = maker_number(node, "baseline", NAN),
                             .formula = maker_rule(maker, node, "formula"),
                             .additive = json_is_true(json_object_get(node, "additive")),
                             .partial = json_is_true(json_object_get(node, "partial")),
                             .counts = -1,
                             .among = -1,
                             .per = maker_number(node, "per", NAN),
                             .source = maker_text(maker, node, "source_text", NULL),
                             .file = maker_text(maker, node, "file", ""),
                             .line = maker_integer(node, "line", 0)};
    indicator->lead =
        lead_title(maker, maker_text(maker, node, "lead", ""), indicator->file, indicator->line);
    indicator->conventions =
        conventions_over(maker, &holder->conventions, node, indicator->file, indicator->line);
    indicator->digits =
        maker_integer(node, "digits", indicator->is_objective ? 0 : indicator->conventions.digits);
    if (indicator->digits < 0 || indicator->digits > DECIMAL_MAX_DIGITS) indicator->digits = 2;
    const char *method = json_string_value(json_object_get(node, "forecast"));
    if (!method || !forecast_method_from_name(method, &indicator->forecast))
        indicator->forecast = FORECAST_OLS;
    indicator->milestones =
        parse_years(maker, json_object_get(node, "milestones"), &indicator->milestone_count);
    indicator->applies_to =
        maker_texts(maker, json_object_get(node, "applies_to"), &indicator->applies_to_count);
    description_parse_targets(maker, node, indicator);
}

static void parse_plan_head(Maker *maker, const json_t *node, Plan *plan) {
    *plan = (Plan){.id = maker_text(maker, node, "id", ""),
                   .title = maker_text(maker, node, "title", ""),
                   .first_year = maker_integer(node, "from", 0),
                   .last_year = maker_integer(node, "to", 0),
                   .baseline_year = maker_integer(node, "baseline", 0),
                   .file = maker_text(maker, node, "file", ""),
                   .line = maker_integer(node, "line", 0)};
    plan->conventions =
        conventions_over(maker, &maker->description->conventions, node, plan->file, plan->line);
    description_parse_terms(maker, node, plan);
}

static size_t count_indicators(const json_t *plans) {
    size_t count = 0;
    for (size_t p = 0; p < maker_size(plans); p++) {
        const json_t *domains = json_object_get(json_array_get(plans, p), "domains");
        for (size_t d = 0; d < maker_size(domains); d++)
            count += maker_size(json_object_get(json_array_get(domains, d), "indicators"));
    }
    return count;
}

static void parse_plans(Maker *maker, const json_t *list) {
    Description *description = maker->description;
    Plan *plans = maker_array(maker, maker_size(list), sizeof *plans);
    Indicator *indicators = maker_array(maker, count_indicators(list), sizeof *indicators);
    int *indexes = maker_array(maker, count_indicators(list), sizeof *indexes);
    description->plans = plans;
    description->plan_count = maker_size(list);
    description->indicators = indicators;
    size_t made = 0;
    for (size_t p = 0; p < maker_size(list); p++) {
        const json_t *node = json_array_get(list, p),
                     *domain_list = json_object_get(node, "domains");
        parse_plan_head(maker, node, &plans[p]);
        if (map_put(&description->plan_by_id, plans[p].id, (int64_t)p) != MAP_MISSING)
            problems_addf(maker->problems, ERROR_PACK, plans[p].file, plans[p].line, 0,
                          T("plan \"%s\" is declared twice", "规划 \"%s\" 重复声明"), plans[p].id);
        Domain *domains = maker_array(maker, maker_size(domain_list), sizeof *domains);
        plans[p].domains = domains;
        plans[p].domain_count = maker_size(domain_list);
        plans[p].indicators = indexes + made;
        for (size_t d = 0; d < maker_size(domain_list); d++) {
            const json_t *domain = json_array_get(domain_list, d);
            const json_t *members = json_object_get(domain, "indicators");
            domains[d] = (Domain){.id = maker_text(maker, domain, "id", ""),
                                  .title = maker_text(maker, domain, "title", ""),
                                  .indicators = indexes + made,
                                  .indicator_count = maker_size(members)};
            for (size_t i = 0; i < maker_size(members); i++, made++) {
                indexes[made] = (int)made;
                parse_indicator(maker, json_array_get(members, i), (int)p, (int)d,
                                &indicators[made]);
                indicators[made].series = (int)made;
            }
        }
        plans[p].indicator_count = (size_t)(indexes + made - plans[p].indicators);
    }
    description->indicator_count = made;
}

static void resolve_formulas(Maker *maker) {
    const Description *description = maker->description;
    for (size_t i = 0; i < description->indicator_count; i++) {
        const Indicator *indicator = &description->indicators[i];
        if (indicator->formula >= 0)
            inputs_resolve_rule(maker, indicator->formula, (InputScope){PLACE_FORMULA, (int)i, -1},
                                maker_owner(maker, "indicator", indicator->id));
    }
}

static void take_declared_problems(Maker *maker, const json_t *list) {
    for (size_t i = 0; i < maker_size(list); i++) {
        const json_t *node = json_array_get(list, i);
        problems_addf(maker->problems, ERROR_PACK, maker_text(maker, node, "file", NULL),
                      maker_integer(node, "line", 0), 0, "%s",
                      maker_text(maker, node, "message", "?"));
        const char *hint = maker_text(maker, node, "hint", NULL);
        if (hint) problems_hint(maker->problems, "%s", hint);
    }
    maker->declared_with_problems = maker_size(list) > 0;
}

static void unknown_figure(Maker *maker, const char *name, int line) {
    const char *names[METRIC_COUNT];
    for (int m = 0; m < METRIC_COUNT; m++)
        names[m] = metric_name((Metric)m);
    const char *near = nearest_name(name, names, METRIC_COUNT);
    problems_addf(maker->problems, ERROR_PACK, "pack.lua", line, 0,
                  T("`figures` names \"%s\", which is no figure of an indicator",
                    "figures 中的“%s”不是指标的数值名"),
                  name);
    if (near)
        problems_hint(maker->problems, T("did you mean \"%s\"?", "是否应为“%s”？"), near);
    else
        problems_hint(
            maker->problems, "%s",
            T("plugins/README.md lists the figures that rules about an indicator may name",
              "可用的数值名见 plugins/README.md 中指标规则的输入"));
}

// Metrics to keep beside those that rules name; what people look at first, where the pack does not
// say.
static uint32_t parse_figures(Maker *maker, const json_t *node) {
    const json_t *list = json_object_get(node, "figures");
    if (!list) return 1u << METRIC_FORECAST | 1u << METRIC_REACH_YEAR;
    uint32_t figures = 0;
    size_t count;
    const char *const *names = maker_texts(maker, list, &count);
    for (size_t i = 0; i < count; i++) {
        Metric metric = metric_from_name(names[i]);
        if (metric == METRIC_COUNT)
            unknown_figure(maker, names[i], maker_integer(node, "line", 1));
        else
            figures |= 1u << metric;
    }
    return figures;
}

static void parse_parents(Maker *maker, const json_t *list) {
    Description *description = maker->description;
    size_t count = maker_size(list) < MAX_PARENTS ? maker_size(list) : MAX_PARENTS;
    ParentPack *parents = maker_array(maker, count, sizeof *parents);
    for (size_t i = 0; i < count; i++) {
        const json_t *node = json_array_get(list, i);
        parents[i] =
            (ParentPack){maker_text(maker, node, "id", ""), maker_text(maker, node, "version", ""),
                         maker_text(maker, node, "title", "")};
    }
    description->parents = parents;
    description->parent_count = count;
}

static void parse_pack(Maker *maker, const json_t *node) {
    static const char *const covers[] = {"self", "children", "subtree"};
    Description *description = maker->description;
    description->id = maker_text(maker, node, "id", "");
    description->title = maker_text(maker, node, "title", "");
    description->region = maker_text(maker, node, "region", "");
    description->version = maker_text(maker, node, "version", "");
    description->source = maker_text(maker, node, "source", NULL);
    description->covers = (Covers)maker_choice(node, "covers", covers, 3, COVERS_SELF);
    description->figures = parse_figures(maker, node);
    description->conventions = conventions_over(maker, &conventions_default, node, "pack.lua",
                                                maker_integer(node, "line", 1));
    if (maker_integer(node, "api", 1) != 1)
        problems_addf(maker->problems, ERROR_PACK, "pack.lua", maker_integer(node, "line", 1), 0,
                      T("api = %d is not known to this program: it offers 1",
                        "本程序不支持 api = %d：只提供 1"),
                      maker_integer(node, "api", 1));
}

Description *description_parse(const json_t *json, ProblemList *problems) {
    size_t problems_before = problems->count + problems->dropped;
    Description *description = memory_new(1, sizeof *description);
    Maker maker = {.description = description,
                   .problems = problems,
                   .removed = json_object_get(json, "removed"),
                   .pack_terms = json_object_get(json_object_get(json, "pack"), "terms")};
    // Nothing below would keep such a text out of its own messages.
    if (!maker_texts_are_plain(&maker, json, "pack.lua", 0)) goto refused;
    take_declared_problems(&maker, json_object_get(json, "problems"));
    parse_pack(&maker, json_object_get(json, "pack"));
    parse_parents(&maker, json_object_get(json, "parents"));
    parse_rules(&maker, json_object_get(json, "rules"));
    description->units =
        parse_named(&maker, json_object_get(json, "units"), &description->unit_count);
    parse_breakdowns(&maker, json_object_get(json, "breakdowns"));
    parse_plans(&maker, json_object_get(json, "plans"));
    description_parse_series(&maker, json_object_get(json, "series"));
    description_resolve_targets(&maker, json_object_get(json, "plans"));
    description_collect_set_names(&maker);
    resolve_formulas(&maker);
    description_parse_warnings(&maker, json_object_get(json, "warnings"));
    description_parse_assessments(&maker, json_object_get(json, "assessments"));
    lint_formula_order(&maker);
    lint_description(&maker);
    description_check_periods(&maker);
    if (problems->count + problems->dropped == problems_before) return description;
refused:
    description_free(description);
    return NULL;
}

void description_free(Description *description) {
    if (!description) return;
    map_free(&description->series_by_id);
    map_free(&description->plan_by_id);
    arena_free(&description->arena);
    free(description);
}

// The description without what the version of Lua decides (new reference).
static json_t *without_rule_code(const json_t *description) {
    json_t *copy = json_copy((json_t *)description), *rules = json_array();
    size_t index;
    json_t *rule;
    json_array_foreach(json_object_get(description, "rules"), index, rule) {
        json_t *plain = json_copy(rule);
        json_object_del(plain, "code");
        json_object_del(plain, "uses");
        json_array_append_new(rules, plain);
    }
    json_object_set_new(copy, "rules", rules);
    json_object_del(copy, "rule_code");
    return copy;
}

bool description_is_as_checked(const json_t *checked, const json_t *described) {
    if (!json_is_object(described)) return false;
    if (json_equal(checked, described)) return true;
    json_t *left = without_rule_code(checked), *right = without_rule_code(described);
    bool same = json_equal(left, right);
    json_decref(left);
    json_decref(right);
    return same;
}

int description_series(const Description *description, const char *id) {
    return (int)map_get(&description->series_by_id, id);
}

int description_indicator(const Description *description, const char *id) {
    int series = description_series(description, id);
    return series >= 0 ? description->series[series].indicator : -1;
}

int description_target_set(const Description *description, int index, int set) {
    const Indicator *indicator = &description->indicators[index];
    if (set == 0) return indicator->target_set_count > 0 ? 0 : -1;
    for (size_t s = 0; s < indicator->target_set_count; s++)
        if (strcmp(indicator->target_sets[s].id, description->set_names[set]) == 0) return (int)s;
    return -1;
}

int description_plan(const Description *description, const char *id) {
    return (int)map_get(&description->plan_by_id, id);
}

int description_assessment(const Description *description, const char *id) {
    for (size_t i = 0; i < description->assessment_count; i++)
        if (strcmp(description->assessments[i].id, id) == 0) return (int)i;
    return -1;
}

int assessment_item(const Assessment *assessment, const char *id) {
    for (size_t i = 0; i < assessment->item_count; i++)
        if (strcmp(assessment->items[i].id, id) == 0) return (int)i;
    return -1;
}

bool assessment_is_of_unit(const Assessment *assessment, size_t unit) {
    return assessment->of == OF_UNIT && (!assessment->of_units || assessment->of_units[unit]);
}
