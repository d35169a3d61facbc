// A run as tables: see run_print.h.
#include "core/cli/run_print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/figures_text.h"
#include "core/cli/sample_column.h"
#include "core/cli/terminal.h"
#include "core/eval/dataset.h"
#include "core/eval/failure_text.h"
#include "core/eval/tally.h"
#include "core/pack/period.h"

enum { MOST_MISSING_NAMED = 6, MOST_SILENT_NAMED = 10 };

static void add_counts(OutputTable *table, const Plan *plan, AttainmentCounts counts) {
    output_integer(table, counts.met);
    output_integer(table, counts.near_met);
    output_integer(table, counts.unmet);
    output_integer(table, counts.no_data);
    figure_cell(table, tally_attainment_percent(plan, counts), plan->conventions.digits,
                plan->conventions.rounding);
}

static void add_plan_samples(OutputTable *table, const RunView *view, int plan, int domain) {
    sample_cell(table, view->samples,
                samples_behind_plan(view->samples, view->region, plan, domain));
}

// How many a plan has met of each other target set: own figures, measured by others' lines.
static void add_other_sets(OutputTable *table, const RunView *view, const RegionResult *result,
                           int index) {
    const Description *description = view->description;
    for (int set = 1; set < (int)description->set_count; set++) {
        AttainmentCounts counts =
            tally_counts_of_set(description, result->indicators, index, -1, set);
        if (counts.met + counts.near_met + counts.unmet + counts.no_data == 0) continue;
        char title[120];
        snprintf(title, sizeof title, T("by targets: %s", "按%s目标"),
                 target_set_title(description->set_names[set]));
        output_text(table, "");
        output_text(table, title);
        add_counts(table, &description->plans[index], counts);
        add_plan_samples(table, view, index, -1);
    }
}

// "（2023-10 … 2024-09）" behind a title, where a year is not the calendar's.
static void append_period(Buffer *out, PeriodType type, const Plan *plan, int year) {
    Period period;
    char text[PERIOD_TEXT_SIZE];
    if (type == PERIOD_CALENDAR_YEAR || !period_of(type, plan, year, &period)) return;
    period_text(&period, text);
    buffer_printf(out, T(" (%s)", "（%s）"), text);
}

static void print_plans(const RunView *view, const RegionResult *result) {
    const OutputColumn columns[] = {
        {.name = "plan", .title = T("plan", "规划")},
        {.name = "domain", .title = T("domain", "领域")},
        {.name = "met", .title = T("met", "达标"), .kind = OUTPUT_INTEGER},
        {.name = "near", .title = T("near-met", "基本达标"), .kind = OUTPUT_INTEGER},
        {.name = "unmet", .title = T("unmet", "未达标"), .kind = OUTPUT_INTEGER},
        {.name = "no_data", .title = T("no data", "缺数据"), .kind = OUTPUT_INTEGER},
        {.name = "rate", .title = T("attainment %", "达标率%"), .alignment = OUTPUT_RIGHT},
        sample_column()};
    OutputTable table;
    output_init(&table, columns,
                sample_column_count(view->samples, sizeof columns / sizeof *columns));
    for (size_t p = 0; p < view->description->plan_count; p++) {
        const Plan *plan = &view->description->plans[p];
        if (!run_view_plan_is_current(view, plan)) continue;
        output_text(&table, plan->title);
        output_text(&table, T("all", "合计"));
        add_counts(&table, plan, tally_counts(view->description, result->indicators, (int)p, -1));
        add_plan_samples(&table, view, (int)p, -1);
        for (size_t d = 0; d < plan->domain_count; d++) {
            output_text(&table, "");
            output_text(&table, plan->domains[d].title);
            add_counts(&table, plan,
                       tally_counts(view->description, result->indicators, (int)p, (int)d));
            add_plan_samples(&table, view, (int)p, (int)d);
        }
        add_other_sets(&table, view, result, (int)p);
    }
    output_print_titled(&table, T("Attainment", "规划达标率"));
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
               missing > MOST_MISSING_NAMED ? T(" … (--all lists them)", "……（--all 全部列出）")
                                            : "");
    buffer_free(&names);
}

// "国家≥95 未达标；省级≥90 达标": how the other target sets judge the value.
static void add_other_targets(OutputTable *table, const RunView *view, int index,
                              const IndicatorResult *figures) {
    const Indicator *indicator = &view->description->indicators[index];
    Buffer text = {0};
    for (size_t s = 1; s < indicator->target_set_count; s++) {
        buffer_printf(&text, "%s%s ", s > 1 ? T("; ", "；") : "",
                      target_set_title(indicator->target_sets[s].id));
        target_text(&indicator->target_sets[s].target, view->description, &text);
        buffer_printf(&text, " %s", status_title((Status)figures->statuses[s]));
    }
    output_text(table, text.data ? text.data : "");
    buffer_free(&text);
}

static void add_indicator(OutputTable *table, const RunView *view, const RegionResult *result,
                          int index, bool with_others) {
    const Indicator *indicator = &view->description->indicators[index];
    const IndicatorResult *figures = &result->indicators[index];
    const Conventions *conventions = &indicator->conventions;
    const Plan *plan = &view->description->plans[indicator->plan];
    const double *metrics = figures->metrics;
    Buffer target = {0};
    target_text(&indicator->target_sets[0].target, view->description, &target);
    Buffer title = {0};
    buffer_text(&title, indicator->title);
    if (conventions->period != plan->conventions.period)
        append_period(&title, conventions->period, plan, view->run->year);
    output_text(table, title.data);
    buffer_free(&title);
    output_text(table, indicator->unit);
    figure_cell(table, metrics[METRIC_VALUE], indicator->digits, conventions->rounding);
    output_text(table, target.data);
    output_text(table, status_title((Status)figures->statuses[0]));
    progress_cell(table, metrics[METRIC_PROGRESS], conventions->digits, conventions->rounding);
    figure_cell(table, metrics[METRIC_PACE] * 100, conventions->digits, conventions->rounding);
    figure_cell(table, metrics[METRIC_FORECAST], indicator->digits, conventions->rounding);
    if (metrics[METRIC_REACH_YEAR] <= view->run->year)
        output_text(table, T("there", "已达到"));
    else
        reach_year_cell(table, metrics[METRIC_REACH_YEAR]);
    output_text(table, level_title(run_view_worst_level(view, result, index)));
    sample_cell(table, view->samples,
                samples_behind_indicator(view->samples, view->region, index, NULL));
    if (with_others) add_other_targets(table, view, index, figures);
    buffer_free(&target);
}

static bool has_other_targets(const Description *description, const Plan *plan) {
    for (size_t i = 0; i < plan->indicator_count; i++)
        if (description->indicators[plan->indicators[i]].target_set_count > 1) return true;
    return false;
}

static void print_indicators(const RunView *view, const RegionResult *result) {
    const OutputColumn columns[] = {
        {.name = "indicator", .title = T("indicator", "指标")},
        {.name = "unit", .title = T("unit", "单位")},
        {.name = "value", .title = T("value", "数值"), .alignment = OUTPUT_RIGHT},
        {.name = "target", .title = T("target", "目标")},
        {.name = "status", .title = T("status", "达标情况")},
        {.name = "progress", .title = T("progress %", "完成率%"), .alignment = OUTPUT_RIGHT},
        {.name = "pace", .title = T("pace %", "时间进度%"), .alignment = OUTPUT_RIGHT},
        {.name = "forecast", .title = T("next year", "下年预测"), .alignment = OUTPUT_RIGHT},
        {.name = "reach_year", .title = T("reached", "预计达标"), .alignment = OUTPUT_RIGHT},
        {.name = "warning", .title = T("warning", "预警")},
        sample_column(),
        {.name = "targets", .title = T("other targets", "其他目标")}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    for (size_t p = 0; p < view->description->plan_count; p++) {
        const Plan *plan = &view->description->plans[p];
        if (!run_view_plan_is_current(view, plan)) continue;
        OutputTable table;
        bool with_others = has_other_targets(view->description, plan);
        OutputColumn chosen[COLUMNS];
        memcpy(chosen, columns, sizeof columns);
        size_t count = sample_column_count(view->samples,
                                           COLUMNS - 1); // without samples, the last is for others
        if (with_others) chosen[count++] = columns[COLUMNS - 1];
        output_init(&table, chosen, count);
        for (size_t i = 0; i < plan->indicator_count; i++) {
            int index = plan->indicators[i];
            if (view->all || result->indicators[index].statuses[0] != STATUS_NO_DATA)
                add_indicator(&table, view, result, index, with_others);
        }
        Buffer title = {0};
        buffer_text(&title, plan->title);
        append_period(&title, plan->conventions.period, plan, view->run->year);
        output_print_titled(&table, title.data);
        buffer_free(&title);
        if (!view->all) print_missing(view, result, plan);
    }
}

static void add_item(OutputTable *table, const RunView *view, const AssessmentResult *assessed,
                     const AssessmentTotal *total, size_t i) {
    const Description *description = view->description;
    const Assessment *assessment = &description->assessments[assessed->assessment];
    const Item *item = &assessment->items[i];
    char title[200];
    snprintf(title, sizeof title, "%*s%s", item->depth * 2, "", item->title);
    output_text(table, title);
    figure_cell(table, total->item_points[i], description->conventions.digits,
                description->conventions.rounding);
    figure_cell(table, total->item_scores[i], description->conventions.digits,
                description->conventions.rounding);
    output_text(table, item->score < 0 ? "" : item_state_title(assessed->items[i].state));
    sample_cell(table, view->samples,
                samples_behind_item(view->samples, view->region, assessed->assessment, (int)i,
                                    assessed->unit));
}

static void print_assessment(const RunView *view, const AssessmentResult *assessed) {
    const Description *description = view->description;
    const Assessment *assessment = &description->assessments[assessed->assessment];
    const OutputColumn columns[] = {
        {.name = "item", .title = T("item", "考核项")},
        {.name = "points", .title = T("points", "分值"), .alignment = OUTPUT_RIGHT},
        {.name = "score", .title = T("score", "得分"), .alignment = OUTPUT_RIGHT},
        {.name = "state", .title = T("state", "状态")},
        sample_column()};
    Arena arena = {0};
    AssessmentTotal total = tally_assessment(description, assessed, &arena);
    OutputTable table;
    output_init(&table, columns,
                sample_column_count(view->samples, sizeof columns / sizeof *columns));
    for (size_t i = 0; i < assessment->item_count; i++)
        add_item(&table, view, assessed, &total, i);
    output_text(&table, T("total", "合计"));
    figure_cell(&table, total.maximum, description->conventions.digits,
                description->conventions.rounding);
    figure_cell(&table, total.total, description->conventions.digits,
                description->conventions.rounding);
    output_text(&table, total.grade >= 0 ? assessment->grades[total.grade].name : "");
    sample_cell(
        &table, view->samples,
        samples_behind_item(view->samples, view->region, assessed->assessment, -1, assessed->unit));
    Buffer title = {0};
    buffer_text(&title, assessment->title);
    if (assessed->veto >= 0)
        buffer_printf(&title, T(" — veto: %s", "——一票否决：%s"),
                      assessment->vetoes[assessed->veto].title);
    output_print_titled(&table, title.data);
    buffer_free(&title);
    arena_free(&arena);
}

static void print_region(const RunView *view) {
    int place = run_find_region(view->run, view->region);
    RegionResult result;
    if (place < 0 || !run_view_decode(view, (size_t)place, &result)) {
        printf(T("\n%s reported nothing for %d, so it was not evaluated.\n",
                 "\n%s %d 年未报任何数据，未予评估。\n"),
               run_view_name(view, view->region), view->run->year);
        return;
    }
    print_plans(view, &result);
    print_indicators(view, &result);
    for (size_t i = 0; i < result.assessment_count; i++)
        if (result.assessments[i].unit < 0) print_assessment(view, &result.assessments[i]);
    result_free(&result);
}

// ---- the whole ---------------------------------------------------------------------------------

static void print_heading(const RunView *view, const RunTotals *totals) {
    const Run *run = view->run;
    printf(T("%s (%s) · %d · pack %s %s · run %lld%s · data version %lld\n",
             "%s（%s）· %d 年 · 评估包 %s %s · 运行 %lld%s · 数据版本 %lld\n"),
           run_view_name(view, view->region), view->region, run->year, run->pack,
           view->description->version, (long long)run->id,
           view->found ? T(" (unchanged)", "（无变化）") : "", (long long)run->data_version);
    size_t samples = run_view_samples(view);
    if (samples)
        printf(T("Note: uses sample data, not published figures: %s.\n",
                 "注意：含样例数据 %s，并非公布数。\n"),
               count_text(samples, "observation", "observations", "个监测值").text);
    if (totals->over_budget)
        puts(T("Note: some rules ran over their budget; this run may not replay.",
               "注意：部分规则超出时间或内存限额；重算本次运行的结果可能不一致。"));
}

// Regions the pack speaks of that reported nothing for the year.
static void print_silent(const RunView *view) {
    size_t index, count = 0;
    json_t *row;
    Buffer names = {0};
    json_array_foreach(json_object_get(view->run->identity, "regions"), index, row) {
        if (json_integer_value(json_array_get(row, 2)) != REGION_SILENT) continue;
        if (count++ < MOST_SILENT_NAMED)
            buffer_printf(&names, "%s%s", count > 1 ? T(", ", "、") : "",
                          run_view_name(view, json_string_value(json_array_get(row, 0))));
    }
    if (count)
        printf(T("\nnothing reported, so not evaluated: %s (%s%s)\n",
                 "\n本年无数据、未评估的行政区划有 %s（%s%s）\n"),
               count_text(count, "region", "regions", "个").text, names.data,
               count > MOST_SILENT_NAMED ? T(" …", "……") : "");
    buffer_free(&names);
}

static void print_warning_count(const RunTotals *totals) {
    if (totals->warnings == 0) return;
    printf(T("\n%s in %s; `biaochi warnings` lists them.\n",
             "\n预警 %s，涉及 %s；biaochi warnings 可查看。\n"),
           count_text(totals->warnings, "warning", "warnings", "条").text,
           count_text(totals->warned_regions, "region", "regions", "个行政区划").text);
}

void run_print_tables(const RunView *view, const RunTotals *totals) {
    print_heading(view, totals);
    print_region(view);
    for (size_t a = 0; a < view->description->assessment_count; a++)
        run_print_ranking(view, (int)a);
    print_silent(view);
    print_warning_count(totals);
    putchar('\n');
    fflush(stdout);
}

// ---- rules that failed -------------------------------------------------------------------------

// The first failure of a rule, with its region, stands for all of them.
static void print_failure(const RunView *view, size_t place, const RuleFailure *failure,
                          size_t calls) {
    const Rule *rule = &view->description->rules[failure->rule];
    fprintf(stderr,
            T("rule failed: pack %s, %s:%d, %s, region %s: %s ",
              "规则出错：评估包 %s，%s:%d，%s，行政区划 %s：%s "),
            view->run->pack, rule->file, rule->line, rule->owner, view->run->regions[place].code,
            call_outcome_name(failure->outcome));
    Buffer message = {0};
    failure_say(failure->outcome, failure->message, &message);
    terminal_print(stderr, message.data);
    buffer_free(&message);
    if (calls > 1)
        fprintf(stderr, T(" (and %s more)", "（另有 %s）"),
                count_text(calls - 1, "call", "calls", "次调用").text);
    putc('\n', stderr);
}

static void count_failures(const RunView *view, size_t *calls) {
    for (size_t r = 0; r < view->run->region_count; r++) {
        RegionResult result;
        if (!run_view_has_failures(view, r) || !run_view_decode(view, r, &result)) continue;
        for (size_t i = 0; i < result.failure_count; i++)
            calls[result.failures[i].rule]++;
        result_free(&result);
    }
}

void run_print_failures(const RunView *view) {
    size_t *calls = memory_new(view->description->rule_count, sizeof *calls);
    count_failures(view, calls);
    for (size_t r = 0; r < view->run->region_count; r++) {
        RegionResult result;
        if (!run_view_has_failures(view, r) || !run_view_decode(view, r, &result)) continue;
        for (size_t i = 0; i < result.failure_count; i++) {
            size_t *left = &calls[result.failures[i].rule];
            if (*left) print_failure(view, r, &result.failures[i], *left);
            *left = 0;
        }
        result_free(&result);
    }
    free(calls);
}
