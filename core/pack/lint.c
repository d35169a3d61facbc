// Lints: each finds a mistake met in real schemes.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/pack/description_inside.h"

enum { LONGEST_ID = 64 };
static const double POINTS_TOLERANCE = 1e-9;

// std gives no other ids; a pack that changes a declaration afterwards could.
static void well_formed(Maker *maker, const char *id, const char *file, int line) {
    size_t length = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_");
    if (id[length] == '\0' && length <= LONGEST_ID && id[0] >= 'a' && id[0] <= 'z') return;
    problems_addf(
        maker->problems, ERROR_PACK, file, line, 0,
        T("\"%.80s\" is no id: small letters, digits and _, beginning with a letter, at most %d",
          "\"%.80s\" 不是合格的标识：小写字母、数字和 _，以字母开头，至多 %d 个"),
        id, LONGEST_ID);
}

static void unique(Maker *maker, Map *seen, const char *kind, const char *id, const char *file,
                   int line) {
    well_formed(maker, id, file, line);
    if (map_put(seen, id, line) != MAP_MISSING)
        problems_addf(maker->problems, ERROR_PACK, file, line, 0,
                      T("%s \"%s\" is declared twice", "%s \"%s\" 重复声明"), kind, id);
}

static void lint_ids(Maker *maker) {
    const Description *description = maker->description;
    Map seen = {0};
    for (size_t i = 0; i < description->series_count; i++)
        well_formed(maker, description->series[i].id, description->series[i].file,
                    description->series[i].line);
    for (size_t i = 0; i < description->plan_count; i++)
        well_formed(maker, description->plans[i].id, description->plans[i].file,
                    description->plans[i].line);
    for (size_t i = 0; i < description->breakdown_count; i++)
        unique(maker, &seen, T("breakdown or unit", "分组或单位"), description->breakdowns[i].id,
               description->breakdowns[i].file, description->breakdowns[i].line);
    map_free(&seen);
    for (size_t i = 0; i < description->warning_count; i++)
        unique(maker, &seen, T("warning", "预警"), description->warnings[i].id,
               description->warnings[i].file, description->warnings[i].line);
    map_free(&seen);
    for (size_t i = 0; i < description->assessment_count; i++)
        unique(maker, &seen, T("assessment", "考核"), description->assessments[i].id,
               description->assessments[i].file, description->assessments[i].line);
    map_free(&seen);
    for (size_t p = 0; p < description->plan_count; p++) {
        for (size_t d = 0; d < description->plans[p].domain_count; d++)
            unique(maker, &seen, T("domain", "领域"), description->plans[p].domains[d].id,
                   description->plans[p].file, description->plans[p].line);
        map_free(&seen);
    }
}

// An indicator called "value" or "female" could not be told from the input of that name.
static void lint_reserved(Maker *maker) {
    const Description *description = maker->description;
    for (size_t i = 0; i < description->series_count; i++) {
        const Series *series = &description->series[i];
        if (inputs_is_reserved(description, series->id))
            problems_addf(maker->problems, ERROR_PACK, series->file, series->line, 0,
                          T("\"%s\" is the name of an input: choose another id",
                            "\"%s\" 是输入名：请另取标识"),
                          series->id);
    }
}

static bool is_version(const char *text) {
    int parts = 0;
    while (*text >= '0' && *text <= '9') {
        text += strspn(text, "0123456789");
        parts++;
        if (*text == '.' && parts < 3)
            text++;
        else
            break;
    }
    return parts == 3 && *text == '\0';
}

static bool is_region_code(const char *text) {
    size_t digits = strspn(text, "0123456789");
    return text[digits] == '\0' && digits >= 6 && digits <= 12;
}

static void lint_pack(Maker *maker) {
    const Description *description = maker->description;
    if (maker->declared_with_problems) return;
    if (!is_version(description->version))
        problems_addf(maker->problems, ERROR_PACK, "pack.lua", 1, 0,
                      T("version \"%s\" is not three numbers such as 1.0.0",
                        "版本号 \"%s\" 不是三段数字，如 1.0.0"),
                      description->version);
    if (!is_region_code(description->region))
        problems_addf(maker->problems, ERROR_PACK, "pack.lua", 1, 0,
                      T("region \"%s\" is not a code of 6 to 12 digits",
                        "行政区划代码 \"%s\" 不是 6 至 12 位数字"),
                      description->region);
    if (description->plan_count == 0 && description->assessment_count == 0)
        problems_addf(maker->problems, ERROR_PACK, "pack.lua", 1, 0, "%s",
                      T("the pack declares neither a plan nor an assessment",
                        "评估包既没有声明规划也没有声明考核"));
}

static void lint_plan(Maker *maker, const Plan *plan) {
    if (!(plan->baseline_year >= 1900 && plan->baseline_year <= plan->first_year &&
          plan->first_year <= plan->last_year && plan->last_year <= 2200))
        problems_addf(maker->problems, ERROR_PACK, plan->file, plan->line, 0,
                      T("plan \"%s\": years must be in order baseline ≤ from ≤ to",
                        "规划 \"%s\"：年份须满足 baseline ≤ from ≤ to"),
                      plan->id);
}

// Milestones go toward the target and never beyond it: an upside-down pair is a typing mistake.
static void lint_milestones(Maker *maker, const Indicator *indicator) {
    if (indicator->milestone_count == 0) return;
    const Plan *plan = &maker->description->plans[indicator->plan];
    const Target *target = indicator->target_set_count ? &indicator->target_sets[0].target : NULL;
    bool up = target && (target->kind == TARGET_AT_LEAST || target->kind == TARGET_ABOVE ||
                         target->kind == TARGET_KEEPS_AT_LEAST);
    bool down = target && (target->kind == TARGET_AT_MOST || target->kind == TARGET_BELOW);
    if (!up && !down) {
        problems_addf(
            maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
            T("indicator \"%s\": milestones need a target with a number to rise or fall to",
              "指标 \"%s\"：有年度目标时，终期目标须为可升可降的数值"),
            indicator->id);
        return;
    }
    for (size_t i = 0; i < indicator->milestone_count; i++) {
        const YearValue *now = &indicator->milestones[i];
        double next = i + 1 < indicator->milestone_count ? now[1].value : target->value;
        if (now->year < plan->first_year || now->year > plan->last_year)
            problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                          T("indicator \"%s\": milestone of %d lies outside the plan's years %d–%d",
                            "指标 \"%s\":%d 年的年度目标不在规划期 %d–%d 之内"),
                          indicator->id, now->year, plan->first_year, plan->last_year);
        if (up ? now->value > next : now->value < next)
            problems_addf(
                maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                T("indicator \"%s\": milestone of %d (%g) lies beyond what follows it (%g)",
                  "指标 \"%s\":%d 年的年度目标（%g）越过了其后的目标（%g）"),
                indicator->id, now->year, now->value, next);
    }
}

static void lint_regions(Maker *maker, const Indicator *indicator) {
    for (size_t i = 0; i < indicator->applies_to_count; i++)
        if (!is_region_code(indicator->applies_to[i]))
            problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                          T("indicator \"%s\": applies_to names \"%s\", which is not a code of 6 "
                            "to 12 digits",
                            "指标 \"%s\"：applies_to 中的 \"%s\" 不是 6 至 12 位数字的区划代码"),
                          indicator->id, indicator->applies_to[i]);
}

static void lint_grades(Maker *maker, const Assessment *assessment) {
    for (size_t i = 0; i < assessment->grade_count; i++) {
        const Grade *grade = &assessment->grades[i];
        bool unreachable = grade->from > assessment->points ||
                           (i > 0 && grade->from >= assessment->grades[i - 1].from);
        if (unreachable)
            problems_addf(
                maker->problems, ERROR_PACK, assessment->file, assessment->line, 0,
                T("assessment \"%s\": grade \"%s\" from %g points can never be given: list "
                  "grades from the best down, within %g points",
                  "考核 \"%s\"：等次 \"%s\"（%g 分起）永远达不到：等次应由高到低排列，且不超过 %g 分"),
                assessment->id, grade->name, grade->from, assessment->points);
    }
    if (assessment->grade_count > 0 && assessment->grades[assessment->grade_count - 1].from != 0)
        problems_addf(
            maker->problems, ERROR_PACK, assessment->file, assessment->line, 0,
            T("assessment \"%s\": the last grade must begin at 0, or low scores have none",
              "考核 \"%s\"：最后一档等次须从 0 分起，否则低分没有等次"),
            assessment->id);
}

// Slot 0 holds the sum over the items at the top, slot i + 1 the one over item i's own items.
static void lint_points(Maker *maker, const Assessment *assessment) {
    double *sums = memory_new(assessment->item_count + 1, sizeof *sums);
    bool *holds = memory_new(assessment->item_count + 1, sizeof *holds);
    holds[0] = true;
    for (size_t i = 0; i < assessment->item_count; i++) {
        sums[assessment->items[i].parent + 1] += assessment->items[i].points;
        holds[assessment->items[i].parent + 1] = true;
    }
    for (size_t slot = 0; slot <= assessment->item_count; slot++) {
        const Item *item = slot > 0 ? &assessment->items[slot - 1] : NULL;
        double sum = sums[slot], declared = item ? item->points : assessment->points;
        if (!holds[slot] || fabs(sum - declared) <= POINTS_TOLERANCE) continue;
        problems_addf(maker->problems, ERROR_PACK, item ? item->file : assessment->file,
                      item ? item->line : assessment->line, 0,
                      T("%s \"%s\": its items' points sum to %g, not to the %g declared",
                        "%s \"%s\"：所含考核项分值之和为 %g，与声明的 %g 不符"),
                      item ? T("item", "考核项") : T("assessment", "考核"),
                      item ? item->id : assessment->id, sum, declared);
    }
    free(sums);
    free(holds);
}

static void lint_assessment(Maker *maker, const Assessment *assessment) {
    Map seen = {0};
    for (size_t i = 0; i < assessment->item_count; i++) {
        const Item *item = &assessment->items[i];
        unique(maker, &seen, T("item", "考核项"), item->id, item->file, item->line);
        if (!(item->points > 0) && !maker->declared_with_problems)
            problems_addf(maker->problems, ERROR_PACK, item->file, item->line, 0,
                          T("item \"%s\" has no points above 0", "考核项 \"%s\" 的分值须大于 0"),
                          item->id);
    }
    for (size_t i = 0; i < assessment->veto_count; i++)
        unique(maker, &seen, T("veto", "一票否决"), assessment->vetoes[i].id,
               assessment->vetoes[i].file, assessment->vetoes[i].line);
    map_free(&seen);
    if (assessment->veto_count > MAX_VETOES)
        problems_addf(
            maker->problems, ERROR_PACK, assessment->file, assessment->line, 0,
            T("assessment \"%s\" has more than %d vetoes", "考核 \"%s\" 的一票否决超过 %d 项"),
            assessment->id, MAX_VETOES);
    lint_points(maker, assessment);
    lint_grades(maker, assessment);
    if (assessment->of == OF_UNIT && maker->description->unit_count == 0)
        problems_addf(maker->problems, ERROR_PACK, assessment->file, assessment->line, 0,
                      T("assessment \"%s\" is of units, but no unit is declared",
                        "考核 \"%s\" 的对象是成员单位，但没有声明任何 unit"),
                      assessment->id);
}

void lint_description(Maker *maker) {
    const Description *description = maker->description;
    lint_pack(maker);
    lint_ids(maker);
    lint_reserved(maker);
    for (size_t i = 0; i < description->plan_count; i++)
        lint_plan(maker, &description->plans[i]);
    for (size_t i = 0; i < description->indicator_count; i++) {
        lint_milestones(maker, &description->indicators[i]);
        lint_targets(maker, &description->indicators[i]);
        lint_regions(maker, &description->indicators[i]);
    }
    lint_scheme(maker);
    for (size_t i = 0; i < description->warning_count; i++) {
        const Warning *warning = &description->warnings[i];
        if (warning->hold < 1 || warning->hold > 10)
            problems_addf(
                maker->problems, ERROR_PACK, warning->file, warning->line, 0,
                T("warning \"%s\": hold must be 1 to 10 years", "预警 \"%s\":hold 须为 1 至 10 年"),
                warning->id);
    }
    for (size_t i = 0; i < description->assessment_count; i++)
        lint_assessment(maker, &description->assessments[i]);
}

// ---- order of formulas -------------------------------------------------------------------------

typedef enum Mark { MARK_NEW, MARK_OPEN, MARK_DONE } Mark;

typedef struct Ordering {
    Maker *maker;
    Mark *marks; // by indicator
    int *way;    // indicators being visited
    int *order;
    size_t count;
} Ordering;

// "a → b → a": the way from the indicator back to itself.
static void hint_circle(Ordering *ordering, int indicator, int depth) {
    const Indicator *indicators = ordering->maker->description->indicators;
    Buffer text = {0};
    int from = depth;
    while (from > 0 && ordering->way[from - 1] != indicator)
        from--;
    for (int i = from > 0 ? from - 1 : 0; i < depth; i++)
        buffer_printf(&text, "%s → ", indicators[ordering->way[i]].id);
    problems_hint(ordering->maker->problems, "%.400s%s", text.data ? text.data : "",
                  indicators[indicator].id);
    buffer_free(&text);
}

static bool visit(Ordering *ordering, int indicator, int depth) {
    const Description *description = ordering->maker->description;
    const Indicator *self = &description->indicators[indicator];
    if (self->formula < 0 || ordering->marks[indicator] == MARK_DONE) return true;
    if (ordering->marks[indicator] == MARK_OPEN || depth > 500) {
        const Rule *rule = &description->rules[self->formula];
        problems_addf(
            ordering->maker->problems, ERROR_PACK, rule->file, rule->line, 0,
            T("the formula of \"%s\" needs its own result", "\"%s\" 的公式循环引用了自身"),
            self->id);
        hint_circle(ordering, indicator, depth);
        return false;
    }
    ordering->marks[indicator] = MARK_OPEN;
    ordering->way[depth] = indicator;
    const Rule *rule = &description->rules[self->formula];
    for (size_t i = 0; i < rule->input_count; i++) {
        // A breakdown is always observed; only the whole is derived.
        bool derived = rule->inputs[i].kind == INPUT_VALUE && rule->inputs[i].breakdown < 0;
        int series = derived ? rule->inputs[i].series : -1;
        int other = series >= 0 ? description->series[series].indicator : -1;
        if (other >= 0 && !visit(ordering, other, depth + 1)) return false;
    }
    ordering->marks[indicator] = MARK_DONE;
    ordering->order[ordering->count++] = indicator;
    return true;
}

void lint_formula_order(Maker *maker) {
    Description *description = maker->description;
    size_t count = description->indicator_count;
    Ordering ordering = {.maker = maker,
                         .marks = memory_new(count, sizeof(Mark)),
                         .way = memory_new(count + 1, sizeof(int)),
                         .order = arena_new(&description->arena, count ? count : 1, sizeof(int))};
    for (size_t i = 0; i < count; i++)
        if (!visit(&ordering, (int)i, 0)) break;
    description->formula_order = ordering.order;
    description->formula_count = ordering.count;
    free(ordering.marks);
    free(ordering.way);
}
