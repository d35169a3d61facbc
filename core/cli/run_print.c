// Printing runs: see run_print.h.
#include "core/cli/run_print.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/figures_text.h"
#include "core/cli/terminal.h"
#include "core/eval/dataset.h"
#include "core/eval/result_json.h"
#include "core/eval/tally.h"
#include "core/stats/rank.h"

enum { MOST_MISSING_NAMED = 6, MOST_SILENT_NAMED = 10 };

static bool decode(const RunView *view, size_t region, RegionResult *result) {
    Error error = {0};
    const Buffer *bytes = &view->run->regions[region].bytes;
    return result_decode(bytes->data, bytes->length, view->description, result, &error);
}

static const char *region_name(const RunView *view, const char *code) {
    return region_names_get(view->names, code);
}

static void print_table(OutputTable *table, const char *title) {
    Error error = {0};
    if (table->count == 0) {
        output_free(table);
        return;
    }
    printf("\n%s\n", title);
    // A reader that went away (`| head`) is found by whoever prints last.
    (void)!output_print(table, OUTPUT_TABLE, stdout, &error);
    output_free(table);
}

static bool plan_is_current(const RunView *view, const Plan *plan) {
    return view->run->year >= plan->first_year && view->run->year <= plan->last_year;
}

static void add_counts(OutputTable *table, const Plan *plan, AttainmentCounts counts) {
    Arena arena = {0};
    output_integer(table, counts.met);
    output_integer(table, counts.near_met);
    output_integer(table, counts.unmet);
    output_integer(table, counts.no_data);
    const char *rate = figure_text(tally_attainment_percent(plan, counts), plan->conventions.digits,
                                   plan->conventions.rounding, &arena);
    output_text(table, *rate ? rate : NULL);
    arena_free(&arena);
}

static void print_plans(const RunView *view, const RegionResult *result) {
    const OutputColumn columns[] = {{.name = "plan", .title = T("plan", "规划")},
                                    {.name = "domain", .title = T("domain", "领域")},
                                    {.name = "met", .title = T("met", "达标"), .kind = OUTPUT_INTEGER},
                                    {.name = "near", .title = T("near-met", "基本达标"), .kind = OUTPUT_INTEGER},
                                    {.name = "unmet", .title = T("unmet", "未达标"), .kind = OUTPUT_INTEGER},
                                    {.name = "no_data", .title = T("no data", "缺数据"), .kind = OUTPUT_INTEGER},
                                    {.name = "rate", .title = T("attainment %", "达标率%"), .alignment = OUTPUT_RIGHT}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t p = 0; p < view->description->plan_count; p++) {
        const Plan *plan = &view->description->plans[p];
        if (!plan_is_current(view, plan)) continue;
        output_text(&table, plan->title);
        output_text(&table, T("all", "合计"));
        add_counts(&table, plan, tally_counts(view->description, result->indicators, (int)p, -1));
        for (size_t d = 0; d < plan->domain_count; d++) {
            output_text(&table, "");
            output_text(&table, plan->domains[d].title);
            add_counts(&table, plan, tally_counts(view->description, result->indicators, (int)p, (int)d));
        }
    }
    print_table(&table, T("Attainment", "规划达标率"));
}

static WarningLevel worst_level(const RunView *view, const RegionResult *result, int indicator) {
    WarningLevel worst = LEVEL_NONE;
    for (size_t w = 0; w < result->warning_count; w++) {
        const RaisedWarning *raised = &result->warnings[w];
        if (view->description->warnings[raised->warning].on == ON_INDICATOR && raised->subject == indicator &&
            raised->level > worst)
            worst = raised->level;
    }
    return worst;
}

static void add_figure(OutputTable *table, double value, int digits, Rounding rounding, double scale) {
    Arena arena = {0};
    const char *text = figure_text(value * scale, digits, rounding, &arena);
    output_text(table, *text ? text : NULL);
    arena_free(&arena);
}

// Names what has no data in one line instead of a row of dashes each.
static void print_missing(const RunView *view, const RegionResult *result, const Plan *plan) {
    size_t missing = 0;
    Buffer names = {0};
    for (size_t i = 0; i < plan->indicator_count; i++) {
        if (result->indicators[plan->indicators[i]].statuses[0] != STATUS_NO_DATA) continue;
        if (missing++ < MOST_MISSING_NAMED)
            buffer_printf(&names, "%s%s", missing > 1 ? T(", ", "、") : "",
                          view->description->indicators[plan->indicators[i]].title);
    }
    if (missing)
        printf(T("no data for %zu: %s%s\n", "缺数据 %zu 项：%s%s\n"), missing, names.data,
               missing > MOST_MISSING_NAMED ? T(" … (--all lists them)", "……（--all 全部列出）") : "");
    buffer_free(&names);
}

static void print_indicators(const RunView *view, const RegionResult *result) {
    const OutputColumn columns[] = {{.name = "indicator", .title = T("indicator", "指标")},
                                    {.name = "unit", .title = T("unit", "单位")},
                                    {.name = "value", .title = T("value", "数值"), .alignment = OUTPUT_RIGHT},
                                    {.name = "target", .title = T("target", "目标")},
                                    {.name = "status", .title = T("status", "达标情况")},
                                    {.name = "progress", .title = T("progress %", "完成率%"), .alignment = OUTPUT_RIGHT},
                                    {.name = "pace", .title = T("pace %", "时间进度%"), .alignment = OUTPUT_RIGHT},
                                    {.name = "forecast", .title = T("next year", "下年预测"), .alignment = OUTPUT_RIGHT},
                                    {.name = "reach_year", .title = T("reached", "预计达标"), .alignment = OUTPUT_RIGHT},
                                    {.name = "warning", .title = T("warning", "预警")}};
    for (size_t p = 0; p < view->description->plan_count; p++) {
        const Plan *plan = &view->description->plans[p];
        if (!plan_is_current(view, plan)) continue;
        OutputTable table;
        output_init(&table, columns, sizeof columns / sizeof *columns);
        for (size_t i = 0; i < plan->indicator_count; i++) {
            int index = plan->indicators[i];
            const Indicator *indicator = &view->description->indicators[index];
            const IndicatorResult *figures = &result->indicators[index];
            const Conventions *conventions = &indicator->conventions;
            const double *metrics = figures->metrics;
            if (!view->all && figures->statuses[0] == STATUS_NO_DATA) continue;
            Buffer target = {0};
            target_text(&indicator->target_sets[0].target, view->description, &target);
            output_text(&table, indicator->title);
            output_text(&table, indicator->unit);
            add_figure(&table, metrics[METRIC_VALUE], indicator->digits, conventions->rounding, 1);
            output_text(&table, target.data);
            output_text(&table, status_title((Status)figures->statuses[0]));
            add_figure(&table, metrics[METRIC_PROGRESS], conventions->digits, conventions->rounding, 100);
            add_figure(&table, metrics[METRIC_PACE], conventions->digits, conventions->rounding, 100);
            add_figure(&table, metrics[METRIC_FORECAST], indicator->digits, conventions->rounding, 1);
            if (metrics[METRIC_REACH_YEAR] <= view->run->year)
                output_text(&table, T("there", "已达到"));
            else
                add_figure(&table, metrics[METRIC_REACH_YEAR], 1, conventions->rounding, 1);
            output_text(&table, level_title(worst_level(view, result, index)));
            buffer_free(&target);
        }
        print_table(&table, plan->title);
        if (!view->all) print_missing(view, result, plan);
    }
}

static void add_item(OutputTable *table, const Description *description, const Assessment *assessment,
                     const AssessmentResult *assessed, const AssessmentTotal *total, size_t i) {
    const Item *item = &assessment->items[i];
    char title[200];
    snprintf(title, sizeof title, "%*s%s", item->depth * 2, "", item->title);
    output_text(table, title);
    add_figure(table, total->item_points[i], description->conventions.digits, description->conventions.rounding, 1);
    add_figure(table, total->item_scores[i], description->conventions.digits, description->conventions.rounding, 1);
    output_text(table, item->score < 0 ? "" : item_state_title(assessed->items[i].state));
}

static void print_assessment(const RunView *view, const AssessmentResult *assessed) {
    const Description *description = view->description;
    const Assessment *assessment = &description->assessments[assessed->assessment];
    const OutputColumn columns[] = {{.name = "item", .title = T("item", "考核项")},
                                    {.name = "points", .title = T("points", "分值"), .alignment = OUTPUT_RIGHT},
                                    {.name = "score", .title = T("score", "得分"), .alignment = OUTPUT_RIGHT},
                                    {.name = "state", .title = T("state", "状态")}};
    Arena arena = {0};
    AssessmentTotal total = tally_assessment(description, assessed, &arena);
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < assessment->item_count; i++)
        add_item(&table, description, assessment, assessed, &total, i);
    output_text(&table, T("total", "合计"));
    add_figure(&table, total.maximum, description->conventions.digits, description->conventions.rounding, 1);
    add_figure(&table, total.total, description->conventions.digits, description->conventions.rounding, 1);
    output_text(&table, total.grade >= 0 ? assessment->grades[total.grade].name : "");
    Buffer title = {0};
    buffer_text(&title, assessment->title);
    if (assessed->veto >= 0)
        buffer_printf(&title, T(" — veto: %s", "——一票否决：%s"), assessment->vetoes[assessed->veto].title);
    print_table(&table, title.data);
    buffer_free(&title);
    arena_free(&arena);
}

// ---- ranking -----------------------------------------------------------------------------------

enum { MAX_ITEM_COLUMNS = 12, FIXED_COLUMNS = 6 };

typedef struct Place {
    const char *code, *name, *grade, *veto;
    double total, items[MAX_ITEM_COLUMNS];
    int32_t rank;
} Place;

static int by_rank(const void *left, const void *right) {
    const Place *a = left, *b = right;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    return strcmp(a->code, b->code);
}

// The items at the top of an assessment, as many as get a column of their own.
static size_t top_items(const Assessment *assessment, size_t indexes[MAX_ITEM_COLUMNS]) {
    size_t count = 0;
    for (size_t i = 0; i < assessment->item_count && count < MAX_ITEM_COLUMNS; i++)
        if (assessment->items[i].parent < 0) indexes[count++] = i;
    return count;
}

static Place make_place(const RunView *view, const AssessmentResult *assessed, const char *code) {
    const Description *description = view->description;
    const Assessment *about = &description->assessments[assessed->assessment];
    bool of_unit = assessed->unit >= 0;
    size_t tops[MAX_ITEM_COLUMNS];
    Arena arena = {0};
    AssessmentTotal total = tally_assessment(description, assessed, &arena);
    Place place = {.code = of_unit ? description->units[assessed->unit].id : code,
                   .name = of_unit ? description->units[assessed->unit].title : region_name(view, code),
                   .grade = total.grade >= 0 ? about->grades[total.grade].name : "",
                   .veto = assessed->veto >= 0 ? about->vetoes[assessed->veto].title : "",
                   .total = description->conventions.rank_on == RANK_ON_PRINTED ? total.printed : total.total};
    size_t count = top_items(about, tops);
    for (size_t i = 0; i < count; i++)
        place.items[i] = total.item_points[tops[i]] > 0 ? total.item_scores[tops[i]] : NAN;
    arena_free(&arena);
    return place;
}

static size_t collect_places(const RunView *view, int assessment, Place *places) {
    size_t count = 0;
    for (size_t r = 0; r < view->run->region_count; r++) {
        RegionResult result;
        if (!decode(view, r, &result)) continue;
        for (size_t i = 0; i < result.assessment_count; i++)
            if (result.assessments[i].assessment == assessment)
                places[count++] = make_place(view, &result.assessments[i], view->run->regions[r].code);
        result_free(&result);
    }
    return count;
}

static void rank_places(const RunView *view, Place *places, size_t count) {
    double *totals = memory_new(count, sizeof *totals);
    int32_t *ranks = memory_new(count, sizeof *ranks);
    for (size_t i = 0; i < count; i++)
        totals[i] = places[i].total;
    rank_values(totals, count, true, view->description->conventions.ties, ranks);
    for (size_t i = 0; i < count; i++)
        places[i].rank = ranks[i];
    qsort(places, count, sizeof *places, by_rank);
    free(totals);
    free(ranks);
}

static size_t ranking_columns(const Assessment *assessment, OutputColumn *columns) {
    size_t tops[MAX_ITEM_COLUMNS], items = top_items(assessment, tops), at = 0;
    columns[at++] = (OutputColumn){.name = "rank", .title = T("rank", "名次"), .kind = OUTPUT_INTEGER};
    columns[at++] = (OutputColumn){.name = "code", .title = T("code", "代码")};
    columns[at++] = (OutputColumn){.name = "name", .title = T("name", "名称")};
    for (size_t i = 0; i < items; i++)
        columns[at++] = (OutputColumn){.name = assessment->items[tops[i]].id,
                                       .title = assessment->items[tops[i]].title,
                                       .alignment = OUTPUT_RIGHT};
    columns[at++] = (OutputColumn){.name = "score", .title = T("score", "得分"), .alignment = OUTPUT_RIGHT};
    columns[at++] = (OutputColumn){.name = "grade", .title = T("grade", "等次")};
    columns[at++] = (OutputColumn){.name = "veto", .title = T("veto", "一票否决")};
    return at;
}

// Everybody assessed side by side: the items' scores, the total, the grade and the place.
static void print_ranking(const RunView *view, int index) {
    const Description *description = view->description;
    const Assessment *assessment = &description->assessments[index];
    const Conventions *conventions = &description->conventions;
    Place *places = memory_new(view->run->region_count * (description->unit_count + 1), sizeof *places);
    size_t count = collect_places(view, index, places);
    OutputColumn columns[FIXED_COLUMNS + MAX_ITEM_COLUMNS];
    OutputTable table;
    output_init(&table, columns, ranking_columns(assessment, columns));
    if (count > 0) rank_places(view, places, count);
    size_t item_columns = table.column_count - FIXED_COLUMNS;
    for (size_t i = 0; count > 1 && i < count; i++) {
        output_integer(&table, places[i].rank);
        output_text(&table, places[i].code);
        output_text(&table, places[i].name);
        for (size_t k = 0; k < item_columns; k++)
            add_figure(&table, places[i].items[k], conventions->digits, conventions->rounding, 1);
        add_figure(&table, places[i].total, conventions->digits, conventions->rounding, 1);
        output_text(&table, places[i].grade);
        output_text(&table, places[i].veto);
    }
    Buffer title = {0};
    buffer_printf(&title, T("%s: ranking", "%s：排名"), assessment->title);
    print_table(&table, title.data);
    buffer_free(&title);
    free(places);
}

// ---- the whole ---------------------------------------------------------------------------------

// Regions the pack speaks of that reported nothing for the year.
static void print_silent(const RunView *view) {
    size_t index, count = 0;
    json_t *row;
    Buffer names = {0};
    json_array_foreach(json_object_get(view->run->identity, "regions"), index, row) {
        if (json_integer_value(json_array_get(row, 2)) != REGION_SILENT) continue;
        if (count++ < MOST_SILENT_NAMED)
            buffer_printf(&names, "%s%s", count > 1 ? T(", ", "、") : "",
                          region_name(view, json_string_value(json_array_get(row, 0))));
    }
    if (count)
        printf(T("\nnothing reported, so not evaluated: %zu regions (%s%s)\n", "\n本年无数据、未评估的行政区划 %zu 个（%s%s）\n"),
               count, names.data, count > MOST_SILENT_NAMED ? T(" …", "……") : "");
    buffer_free(&names);
}

static void print_failures(const RunView *view) {
    for (size_t r = 0; r < view->run->region_count; r++) {
        RegionResult result;
        if (!decode(view, r, &result)) continue;
        for (size_t i = 0; i < result.failure_count; i++) {
            const RuleFailure *failure = &result.failures[i];
            const Rule *rule = &view->description->rules[failure->rule];
            fprintf(stderr, T("rule failed: pack %s, %s:%d, %s, region %s: %s ",
                              "规则出错：评估包 %s，%s:%d，%s，行政区划 %s：%s "),
                    view->run->pack, rule->file, rule->line, rule->owner, view->run->regions[r].code,
                    call_outcome_name(failure->outcome));
            terminal_print(stderr, failure->message);
            putc('\n', stderr);
        }
        result_free(&result);
    }
}

size_t run_count_failures(const RunView *view) {
    size_t count = 0;
    for (size_t r = 0; r < view->run->region_count; r++) {
        RegionResult result;
        if (!decode(view, r, &result)) continue;
        count += result.failure_count;
        result_free(&result);
    }
    return count;
}

bool run_print_tables(const RunView *view) {
    const Run *run = view->run;
    int region = run_find_region(run, view->region);
    RegionResult result;
    if (region < 0 || !decode(view, (size_t)region, &result)) return false;
    printf(T("%s (%s) · %d · pack %s %s · run %lld%s · data version %lld\n",
             "%s(%s)· %d 年 · 评估包 %s %s · 运行 %lld%s · 数据版本 %lld\n"),
           region_name(view, view->region), view->region, run->year, run->pack, view->description->version,
           (long long)run->id, view->found ? T(" (unchanged)", "（无变化）") : "", (long long)run->data_version);
    if (view->sample_count)
        printf(T("Note: %zu of its observations are sample data, not published figures.\n",
                 "注意：其中 %zu 个监测值为样例数据，并非公布数。\n"),
               view->sample_count);
    print_plans(view, &result);
    print_indicators(view, &result);
    for (size_t i = 0; i < result.assessment_count; i++)
        if (result.assessments[i].unit < 0) print_assessment(view, &result.assessments[i]);
    for (size_t a = 0; a < view->description->assessment_count; a++)
        print_ranking(view, (int)a);
    print_silent(view);
    if (result.warning_count)
        printf(T("\n%zu warnings; `biaochi warnings` lists them.\n", "\n预警 %zu 条，biaochi warnings 可查看。\n"),
               result.warning_count);
    putchar('\n');
    fflush(stdout);
    result_free(&result);
    print_failures(view);
    return true;
}

json_t *run_print_json(const RunView *view) {
    const Run *run = view->run;
    json_t *object = json_object(), *regions = json_object();
    json_object_set_new(object, "run", json_integer(run->id));
    json_object_set_new(object, "pack", json_string(run->pack));
    json_object_set_new(object, "pack_hash", json_string(run->pack_hash));
    json_object_set_new(object, "std_hash", json_string(run->std_hash));
    json_object_set_new(object, "result_hash", json_string(run->result_hash));
    json_object_set_new(object, "engine_version", json_integer(run->engine_version));
    json_object_set_new(object, "data_version", json_integer(run->data_version));
    json_object_set_new(object, "year", json_integer(run->year));
    json_object_set_new(object, "sample_observations", json_integer((json_int_t)view->sample_count));
    json_object_set_new(object, "unchanged", json_boolean(view->found));
    json_object_set(object, "conventions", json_object_get(run->identity, "conventions"));
    for (size_t r = 0; r < run->region_count; r++) {
        RegionResult result;
        if (!decode(view, r, &result)) continue;
        json_t *region = result_to_json(view->description, &result, run->year);
        json_object_set_new(region, "name", json_string(region_name(view, run->regions[r].code)));
        json_object_set_new(regions, run->regions[r].code, region);
        result_free(&result);
    }
    json_object_set_new(object, "regions", regions);
    return object;
}

const OutputColumn run_indicator_columns[RUN_INDICATOR_COLUMNS] = {
    {.name = "pack", .title = "pack"},
    {.name = "run", .title = "run", .kind = OUTPUT_INTEGER},
    {.name = "year", .title = "year", .kind = OUTPUT_INTEGER},
    {.name = "region", .title = "region"},
    {.name = "name", .title = "name"},
    {.name = "plan", .title = "plan"},
    {.name = "indicator", .title = "indicator"},
    {.name = "title", .title = "title"},
    {.name = "unit", .title = "unit"},
    {.name = "value", .title = "value", .kind = OUTPUT_NUMBER},
    {.name = "target", .title = "target"},
    {.name = "status", .title = "status"},
    {.name = "progress", .title = "progress", .kind = OUTPUT_NUMBER},
    {.name = "forecast", .title = "forecast", .kind = OUTPUT_NUMBER},
    {.name = "reach_year", .title = "reach_year", .kind = OUTPUT_NUMBER},
    {.name = "warning", .title = "warning"},
};

void run_print_indicator_rows(const RunView *view, OutputTable *table) {
    const Description *description = view->description;
    for (size_t r = 0; r < view->run->region_count; r++) {
        RegionResult result;
        if (!decode(view, r, &result)) continue;
        for (size_t i = 0; i < description->indicator_count; i++) {
            const Indicator *indicator = &description->indicators[i];
            if (!plan_is_current(view, &description->plans[indicator->plan])) continue;
            const IndicatorResult *figures = &result.indicators[i];
            Buffer target = {0};
            target_text(&indicator->target_sets[0].target, description, &target);
            output_text(table, view->run->pack);
            output_integer(table, view->run->id);
            output_integer(table, view->run->year);
            output_text(table, view->run->regions[r].code);
            output_text(table, region_name(view, view->run->regions[r].code));
            output_text(table, description->plans[indicator->plan].id);
            output_text(table, indicator->id);
            output_text(table, indicator->title);
            output_text(table, indicator->unit);
            output_number(table, figures->metrics[METRIC_VALUE]);
            output_text(table, target.data);
            output_text(table, status_name((Status)figures->statuses[0]));
            output_number(table, figures->metrics[METRIC_PROGRESS]);
            output_number(table, figures->metrics[METRIC_FORECAST]);
            output_number(table, figures->metrics[METRIC_REACH_YEAR]);
            output_text(table, level_name(worst_level(view, &result, (int)i)));
            buffer_free(&target);
        }
        result_free(&result);
    }
}
