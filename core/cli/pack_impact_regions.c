// What another version of a pack would change in single regions: see pack_impact.h.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/figures_text.h"
#include "core/cli/pack_impact.h"
#include "core/view/run_view.h"

static int by_number(const void *left, const void *right) {
    return *(const int *)left - *(const int *)right;
}

// "#1 #3": rows of the table of causes.
static void because_cell(OutputTable *table, const ImpactPrint *print, ImpactBecause because,
                         bool by_others) {
    enum { MOST_NUMBERS = 6 };
    int *numbers = memory_new(because.count, sizeof *numbers);
    Buffer text = {0};
    if (by_others) buffer_text(&text, T("others", "他人得分变化"));
    for (size_t i = 0; i < because.count; i++)
        numbers[i] = impact_cause_number(print->report, because.causes[i]);
    if (because.count) qsort(numbers, because.count, sizeof *numbers, by_number);
    for (size_t i = 0; i < because.count && i < MOST_NUMBERS; i++)
        buffer_printf(&text, "%s#%d", i ? " " : "", numbers[i]);
    if (because.count > MOST_NUMBERS)
        buffer_printf(&text, " +%zu", because.count - (size_t)MOST_NUMBERS);
    output_text(table, text.length ? text.data : NULL);
    buffer_free(&text);
    free(numbers);
}

// ---- scores ------------------------------------------------------------------------------------

static void printed_cell(OutputTable *table, const ImpactPrint *print, const ImpactScore *score,
                         int side) {
    const Conventions *conventions = &impact_description(print->report, side)->conventions;
    figure_cell(table, score->printed[side], conventions->digits, conventions->rounding);
}

static void change_cell(OutputTable *table, const ImpactScore *score) {
    char text[DECIMAL_TEXT_SIZE], with_sign[DECIMAL_TEXT_SIZE + 1];
    double gain = decimal_round(score->printed[IMPACT_AFTER] - score->printed[IMPACT_BEFORE], 9,
                                ROUNDING_HALF_UP);
    if (isnan(gain)) {
        output_missing(table);
        return;
    }
    decimal_shortest(gain, text);
    snprintf(with_sign, sizeof with_sign, "%s%s", gain > 0 ? "+" : "", text);
    output_text(table, with_sign);
}

static void arrow_cell(OutputTable *table, const char *before, const char *after) {
    char text[200];
    snprintf(text, sizeof text, "%s → %s", before, after);
    output_text(table, strcmp(before, after) == 0 ? before : text);
}

static void rank_cell(OutputTable *table, const ImpactScore *score) {
    char ranks[SIDES][20];
    for (int s = 0; s < SIDES; s++)
        snprintf(ranks[s], sizeof ranks[s], score->ranks[s] ? "%d" : "-", (int)score->ranks[s]);
    arrow_cell(table, ranks[IMPACT_BEFORE], ranks[IMPACT_AFTER]);
}

static void grade_cell(OutputTable *table, const ImpactScore *score) {
    const char *grades[SIDES];
    for (int s = 0; s < SIDES; s++)
        grades[s] = score->grades[s] ? score->grades[s] : "-";
    arrow_cell(table, grades[IMPACT_BEFORE], grades[IMPACT_AFTER]);
}

static void score_row(OutputTable *table, const ImpactPrint *print, const ImpactScore *score) {
    output_text(table, print->report->assessments[score->assessment].title);
    output_text(table, score->region);
    output_text(table,
                score->unit ? score->unit_title : region_names_get(print->names, score->region));
    printed_cell(table, print, score, IMPACT_BEFORE);
    printed_cell(table, print, score, IMPACT_AFTER);
    change_cell(table, score);
    rank_cell(table, score);
    grade_cell(table, score);
    because_cell(table, print, score->because, score->by_others);
}

void impact_print_scores(const ImpactPrint *print, const size_t *regions, size_t count) {
    const OutputColumn columns[] = {
        {.name = "assessment", .title = T("assessment", "考核")},
        {.name = "code", .title = T("code", "代码")},
        {.name = "name", .title = T("name", "名称")},
        {.name = "before", .title = T("before", "原"), .alignment = OUTPUT_RIGHT},
        {.name = "after", .title = T("after", "现"), .alignment = OUTPUT_RIGHT},
        {.name = "change", .title = T("change", "变化"), .alignment = OUTPUT_RIGHT},
        {.name = "rank", .title = T("place", "名次"), .alignment = OUTPUT_RIGHT},
        {.name = "grade", .title = T("grade", "等次")},
        {.name = "because", .title = T("because of", "原因")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const ImpactRegion *region = &print->report->regions[regions[i]];
        for (size_t k = 0; k < region->score_count; k++)
            score_row(&table, print, &print->report->scores[region->first_score + k]);
    }
    output_print_titled(&table, T("Scores that change, the most first", "得分变化，大的在前"));
}

// ---- one region in full ------------------------------------------------------------------------

static void inputs_cell(OutputTable *table, const ChangedInput *inputs, size_t count) {
    Buffer text = {0};
    for (size_t i = 0; i < count; i++)
        buffer_printf(&text, "%s%s: %s → %s", i ? T("; ", "；") : "", inputs[i].name,
                      inputs[i].values[IMPACT_BEFORE] ? inputs[i].values[IMPACT_BEFORE] : "-",
                      inputs[i].values[IMPACT_AFTER] ? inputs[i].values[IMPACT_AFTER] : "-");
    output_text(table, text.length ? text.data : NULL);
    buffer_free(&text);
}

static void item_cell(OutputTable *table, const ImpactPrint *print, const ImpactItem *item,
                      int side) {
    const Conventions *conventions = &impact_description(print->report, side)->conventions;
    char score[DECIMAL_TEXT_SIZE], points[DECIMAL_TEXT_SIZE], text[160];
    if (!item->declared[side]) {
        output_missing(table);
        return;
    }
    decimal_fixed(item->scores[side], conventions->digits, conventions->rounding, score);
    decimal_shortest(decimal_round(item->points[side], conventions->digits, conventions->rounding),
                     points);
    bool plain = item->states[side] == ITEM_SCORED;
    snprintf(text, sizeof text, "%s%s%s / %s", plain ? "" : item_state_title(item->states[side]),
             plain ? "" : " ", score, points);
    output_text(table, text);
}

static void billionths_cell(OutputTable *table, int64_t billionths) {
    char text[DECIMAL_TEXT_SIZE], with_sign[DECIMAL_TEXT_SIZE + 1];
    decimal_shortest(decimal_round((double)billionths / BILLIONTHS, 9, ROUNDING_HALF_UP), text);
    snprintf(with_sign, sizeof with_sign, "%s%s", billionths > 0 ? "+" : "", text);
    output_text(table, with_sign);
}

static void print_items(const ImpactPrint *print, const ImpactScore *score) {
    const OutputColumn columns[] = {
        {.name = "item", .title = T("item", "考核项")},
        {.name = "id", .title = T("id", "标识")},
        {.name = "before", .title = T("before", "原"), .alignment = OUTPUT_RIGHT},
        {.name = "after", .title = T("after", "现"), .alignment = OUTPUT_RIGHT},
        {.name = "change", .title = T("change", "变化"), .alignment = OUTPUT_RIGHT},
        {.name = "scoring", .title = T("from scoring", "其中得分"), .alignment = OUTPUT_RIGHT},
        {.name = "points", .title = T("from points", "其中分值"), .alignment = OUTPUT_RIGHT},
        {.name = "inputs", .title = T("inputs that differ", "不同的输入")},
        {.name = "because", .title = T("because of", "原因")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < score->item_count; i++) {
        const ImpactItem *item = &score->items[i];
        output_text(&table, item->title);
        output_text(&table, item->id);
        item_cell(&table, print, item, IMPACT_BEFORE);
        item_cell(&table, print, item, IMPACT_AFTER);
        billionths_cell(&table, item->contribution);
        billionths_cell(&table, item->from_scoring);
        billionths_cell(&table, item->from_points);
        inputs_cell(&table, item->inputs, item->input_count);
        because_cell(&table, print, item->because, false);
    }
    Buffer title = {0};
    buffer_printf(&title, "%s%s%s", print->report->assessments[score->assessment].title,
                  score->unit ? " · " : "", score->unit ? score->unit_title : "");
    output_print_titled(&table, title.data);
    buffer_free(&title);
}

static void print_region_indicators(const ImpactPrint *print, const ImpactRegion *region) {
    const OutputColumn columns[] = {
        {.name = "indicator", .title = T("indicator", "指标")},
        {.name = "id", .title = T("id", "标识")},
        {.name = "before", .title = T("before", "原"), .alignment = OUTPUT_RIGHT},
        {.name = "after", .title = T("after", "现"), .alignment = OUTPUT_RIGHT},
        {.name = "status", .title = T("status", "达标情况")},
        {.name = "because", .title = T("because of", "原因")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < region->indicator_count; i++) {
        const ImpactIndicator *change =
            &print->report->indicator_changes[region->first_indicator + i];
        const ImpactIndicatorSum *sum = &print->report->indicators[change->indicator];
        output_text(&table, sum->title);
        output_text(&table, sum->id);
        for (int s = 0; s < SIDES; s++)
            figure_cell(&table, change->values[s], sum->declared[s]->digits,
                        sum->declared[s]->conventions.rounding);
        arrow_cell(&table, status_title(change->statuses[IMPACT_BEFORE]),
                   status_title(change->statuses[IMPACT_AFTER]));
        because_cell(&table, print, change->because, false);
    }
    output_print_titled(&table, T("Indicators", "指标"));
}

static const char *level_words(WarningLevel level) {
    return level == LEVEL_NONE ? T("none", "无") : level_title(level);
}

static void print_region_warnings(const ImpactPrint *print, const ImpactRegion *region) {
    const OutputColumn columns[] = {
        {.name = "warning", .title = T("warning", "预警")},
        {.name = "subject", .title = T("of", "对象")},
        {.name = "level", .title = T("level", "级别")},
        {.name = "inputs", .title = T("inputs that differ", "不同的输入")},
        {.name = "because", .title = T("because of", "原因")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < region->warning_count; i++) {
        const ImpactWarning *change = &print->report->warning_changes[region->first_warning + i];
        output_text(&table, print->report->warnings[change->warning].title);
        output_text(&table, change->subject_title);
        arrow_cell(&table, level_words(change->levels[IMPACT_BEFORE]),
                   level_words(change->levels[IMPACT_AFTER]));
        inputs_cell(&table, change->inputs, change->input_count);
        because_cell(&table, print, change->because, false);
    }
    output_print_titled(&table, T("Warnings", "预警"));
}

void impact_print_region(const ImpactPrint *print) {
    const ImpactReport *report = print->report;
    for (size_t r = 0; r < report->region_count; r++) {
        const ImpactRegion *region = &report->regions[r];
        if (strcmp(region->code, print->region) != 0 || !impact_region_changes(region)) continue;
        impact_print_scores(print, &r, 1);
        for (size_t i = 0; i < region->score_count; i++)
            print_items(print, &report->scores[region->first_score + i]);
        print_region_indicators(print, region);
        print_region_warnings(print, region);
        return;
    }
    printf(T("\nNothing changes in %s (%s).\n", "\n%s（%s）没有变化。\n"),
           region_names_get(print->names, print->region), print->region);
}
