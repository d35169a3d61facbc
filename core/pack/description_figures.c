// What figures beyond values and targets are made from: terms of office, the events of a rate, the
// names of target sets.
#include <math.h>
#include <string.h>

#include "core/base/language.h"
#include "core/pack/description_inside.h"

void description_parse_terms(Maker *maker, const json_t *node, Plan *plan) {
    const json_t *list = json_object_get(node, "terms");
    if (!list) list = maker->pack_terms;
    int *terms = maker_array(maker, maker_size(list), sizeof *terms);
    plan->terms = terms;
    plan->term_count = maker_size(list);
    for (size_t i = 0; i < plan->term_count; i++) {
        const json_t *year = json_array_get(list, i);
        json_int_t number = json_is_integer(year) ? json_integer_value(year) : 0;
        terms[i] = number >= 1900 && number <= 2200 ? (int)number : 0;
        if (terms[i] > (i > 0 ? terms[i - 1] : 0)) continue;
        problems_addf(maker->problems, ERROR_PACK, plan->file, plan->line, 0,
                      T("plan \"%s\": `terms` are years in ascending order, such as { 2016, 2021 }",
                        "规划 \"%s\"：terms 为由小到大的年份，如 { 2016, 2021 }"),
                      plan->id);
        plan->term_count = i;
    }
}

static void wants_terms(Maker *maker, const char *kind, const char *id, const char *file,
                        int line) {
    problems_addf(maker->problems, ERROR_PACK, file, line, 0,
                  T("%s \"%s\": the period \"term\" needs `terms`, the years in which terms of "
                    "office begin, in pack or plan",
                    "%s \"%s\"：统计周期 term 须在 pack 或 plan 中写明 terms（各届起始年）"),
                  kind, id);
}

void description_check_periods(Maker *maker) {
    const Description *description = maker->description;
    for (size_t p = 0; p < description->plan_count; p++) {
        const Plan *plan = &description->plans[p];
        if (plan->term_count > 0) continue;
        bool told = plan->conventions.period == PERIOD_TERM;
        if (told) wants_terms(maker, T("plan", "规划"), plan->id, plan->file, plan->line);
        for (size_t i = 0; !told && i < plan->indicator_count; i++) {
            const Indicator *indicator = &description->indicators[plan->indicators[i]];
            if (indicator->conventions.period == PERIOD_TERM)
                wants_terms(maker, T("indicator", "指标"), indicator->id, indicator->file,
                            indicator->line);
        }
    }
}

static int resolve_member(Maker *maker, const json_t *node, const char *key,
                          const Indicator *indicator) {
    const char *id = json_string_value(json_object_get(node, key));
    int series = id ? description_series(maker->description, id) : -1;
    if (id && series < 0)
        problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                      T("indicator \"%s\": `%s` names \"%s\", which is not declared",
                        "指标 \"%s\"：%s 所引用的 \"%s\" 未声明"),
                      indicator->id, key, id);
    return series;
}

void description_resolve_counts(Maker *maker, const json_t *node, Indicator *indicator) {
    indicator->counts = resolve_member(maker, node, "counts", indicator);
    indicator->among = resolve_member(maker, node, "among", indicator);
    bool has_per = !isnan(indicator->per);
    if (has_per && !(indicator->per > 0))
        problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                      T("indicator \"%s\": `per` must be above 0, such as 100000",
                        "指标 \"%s\"：per 须大于 0，如 100000"),
                      indicator->id);
    if (json_object_get(node, "among") && !(json_object_get(node, "counts") && has_per))
        problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                      T("indicator \"%s\": `among` needs `counts` and `per` beside it",
                        "指标 \"%s\"：among 须与 counts、per 一起使用"),
                      indicator->id);
    if (has_per && !json_object_get(node, "counts"))
        problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                      T("indicator \"%s\": `per` needs `counts`, the figure that counts the events",
                        "指标 \"%s\"：per 须与 counts（事件数）一起使用"),
                      indicator->id);
}

void description_collect_set_names(Maker *maker) {
    Description *description = maker->description;
    size_t most = 1;
    for (size_t i = 0; i < description->indicator_count; i++)
        most += description->indicators[i].target_set_count;
    const char **names = maker_array(maker, most, sizeof *names);
    Map seen = {0};
    map_put(&seen, names[0] = "own", 0);
    size_t count = 1;
    for (size_t i = 0; i < description->indicator_count; i++)
        for (size_t s = 0; s < description->indicators[i].target_set_count; s++) {
            const char *id = description->indicators[i].target_sets[s].id;
            if (map_put(&seen, id, (int64_t)count) == MAP_MISSING) names[count++] = id;
        }
    map_free(&seen);
    description->set_names = names;
    description->set_count = count;
    if (count > MAX_TARGET_SETS)
        problems_addf(
            maker->problems, ERROR_PACK, "pack.lua", 1, 0,
            T("the pack names %zu target sets: %d at most", "目标共有 %zu 套：至多 %d 套"), count,
            MAX_TARGET_SETS);
}
