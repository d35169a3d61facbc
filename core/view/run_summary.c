// A run as one row a region: see run_summary.h.
#include "core/view/run_summary.h"

#include <math.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/eval/tally.h"

void view_summary_begin(OutputTable *rows) {
    const OutputColumn columns[] = {
        {.name = "pack", .title = T("pack", "评估包")},
        {.name = "region", .title = T("region", "区划代码")},
        {.name = "name", .title = T("name", "行政区划")},
        {.name = "year", .title = T("year", "年份"), .kind = OUTPUT_INTEGER},
        {.name = "attainment", .title = T("attainment %", "达标率%")},
        {.name = "met", .title = T("met", "达标"), .kind = OUTPUT_INTEGER},
        {.name = "near", .title = T("near-met", "基本达标"), .kind = OUTPUT_INTEGER},
        {.name = "unmet", .title = T("unmet", "未达标"), .kind = OUTPUT_INTEGER},
        {.name = "no_data", .title = T("no data", "缺数据"), .kind = OUTPUT_INTEGER},
        {.name = "red", .title = T("red", "红"), .kind = OUTPUT_INTEGER},
        {.name = "orange", .title = T("orange", "橙"), .kind = OUTPUT_INTEGER},
        {.name = "yellow", .title = T("yellow", "黄"), .kind = OUTPUT_INTEGER},
        {.name = "blue", .title = T("blue", "蓝"), .kind = OUTPUT_INTEGER},
        {.name = "assessed", .title = T("assessed", "考核")},
        {.name = "sample_observations",
         .title = T("sample data", "样例数据"),
         .kind = OUTPUT_INTEGER}};
    output_init(rows, columns, sizeof columns / sizeof *columns);
}

static void printed(Buffer *out, double value, const Conventions *conventions) {
    char text[DECIMAL_TEXT_SIZE];
    if (isnan(value)) {
        buffer_text(out, "-");
        return;
    }
    decimal_fixed(value, conventions->digits, conventions->rounding, text);
    buffer_text(out, text);
}

// "women 89.65, children 96.22"; the counts of all plans in force are added up.
static AttainmentCounts add_plans(const RunView *view, const RegionResult *result, Buffer *rates) {
    AttainmentCounts all = {0};
    for (size_t p = 0; p < view->description->plan_count; p++) {
        const Plan *plan = &view->description->plans[p];
        if (!run_view_plan_is_current(view, plan)) continue;
        AttainmentCounts counts = tally_counts(view->description, result->indicators, (int)p, -1);
        buffer_printf(rates, "%s%s ", rates->length ? ", " : "", plan->id);
        printed(rates, tally_attainment_percent(plan, counts), &plan->conventions);
        all.met += counts.met;
        all.near_met += counts.near_met;
        all.unmet += counts.unmet;
        all.no_data += counts.no_data;
    }
    return all;
}

// "annual 85.10 良好"; of units only how many were assessed.
static void say_assessments(const RunView *view, const RegionResult *result, Buffer *out) {
    const Description *description = view->description;
    size_t units = 0;
    for (size_t i = 0; i < result->assessment_count; i++) {
        const AssessmentResult *assessed = &result->assessments[i];
        const Assessment *about = &description->assessments[assessed->assessment];
        if (assessed->unit >= 0) {
            units++;
            continue;
        }
        Arena arena = {0};
        AssessmentTotal total = tally_assessment(description, assessed, &arena);
        buffer_printf(out, "%s%s ", out->length ? ", " : "", about->id);
        printed(out, total.total, &description->conventions);
        if (total.grade >= 0) buffer_printf(out, " %s", about->grades[total.grade].name);
        arena_free(&arena);
    }
    if (units)
        buffer_printf(out, "%s%zu%s", out->length ? ", " : "", units, T(" units", " 个单位"));
}

static void add_region(const RunView *view, size_t place, OutputTable *table) {
    RegionResult result;
    if (!run_view_decode(view, place, &result)) return;
    const char *code = view->run->regions[place].code;
    Buffer rates = {0}, assessed = {0};
    int64_t levels[LEVEL_RED + 1] = {0};
    AttainmentCounts counts = add_plans(view, &result, &rates);
    say_assessments(view, &result, &assessed);
    for (size_t w = 0; w < result.warning_count; w++)
        levels[result.warnings[w].level]++;
    output_text(table, view->run->pack);
    output_text(table, code);
    output_text(table, run_view_name(view, code));
    output_integer(table, view->run->year);
    output_text(table, rates.data);
    output_integer(table, counts.met);
    output_integer(table, counts.near_met);
    output_integer(table, counts.unmet);
    output_integer(table, counts.no_data);
    output_integer(table, levels[LEVEL_RED]);
    output_integer(table, levels[LEVEL_ORANGE]);
    output_integer(table, levels[LEVEL_YELLOW]);
    output_integer(table, levels[LEVEL_BLUE]);
    output_text(table, assessed.data);
    output_integer(table, (int64_t)samples_of_region(view->samples, code));
    buffer_free(&rates);
    buffer_free(&assessed);
    result_free(&result);
}

void view_summary_rows(const RunView *view, OutputTable *rows) {
    for (size_t r = 0; r < view->run->region_count; r++)
        if (run_view_carries(view, r)) add_region(view, r, rows);
}
