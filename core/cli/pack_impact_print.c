// What another version of a pack would change, for people: see pack_impact.h.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/figures_text.h"
#include "core/cli/pack_impact.h"
#include "core/cli/terminal.h"
#include "core/eval/failure_text.h"
#include "core/view/node_text.h"
#include "core/view/run_view.h"

typedef struct Words {
    char text[200];
} Words;

enum { MOST_ROWS = 30 }; // of one table

// ---- causes ------------------------------------------------------------------------------------

static void say_value(Buffer *out, const json_t *value, const char *place) {
    size_t before = out->length;
    if (place)
        buffer_text(out, place);
    else if (value)
        node_text_value(out, value);
    if (out->length == before) buffer_text(out, "-");
}

void impact_say_cause(const ImpactCause *cause, Buffer *out) {
    const Difference *difference = cause->difference;
    if (!difference) {
        buffer_text(out, T("the library that packs use is another one", "评估包所用的函数库不同"));
        return;
    }
    bool rule = difference->field && !difference->before && !difference->after &&
                strcmp(difference->field, "domain") != 0;
    if (difference->change == NODE_ADDED) {
        buffer_text(out, T("added", "新增"));
    } else if (difference->change == NODE_REMOVED) {
        buffer_text(out, T("removed", "删除"));
    } else if (rule && difference->uses) {
        buffer_printf(out, T("%s uses another %s", "%s 所用的 %s 有改动"), difference->field,
                      difference->uses);
    } else if (rule && difference->place_before && difference->place_after) {
        buffer_printf(out, T("the code of %s", "%s 的代码"), difference->field);
    } else {
        buffer_printf(out, "%s: ", difference->field);
        say_value(out, difference->before, difference->place_before);
        buffer_text(out, " → ");
        say_value(out, difference->after, difference->place_after);
    }
}

// Where the rule stands now; where it stood, when it is gone.
static const char *place_of(const ImpactCause *cause) {
    const Difference *difference = cause->difference;
    if (!difference) return NULL;
    bool moved_domain = difference->field && strcmp(difference->field, "domain") == 0;
    if (!moved_domain && difference->place_after) return difference->place_after;
    return difference->where;
}

int impact_cause_number(const ImpactReport *report, size_t cause) {
    size_t regions = report->causes[cause].regions;
    int number = 1;
    for (size_t i = 0; i < report->cause_count; i++)
        number += report->causes[i].regions > regions ||
                  (report->causes[i].regions == regions && i < cause);
    return number;
}

static void cause_row(OutputTable *table, const ImpactCause *cause, size_t number) {
    const Difference *difference = cause->difference;
    Buffer what = {0};
    impact_say_cause(cause, &what);
    output_integer(table, (int64_t)number);
    output_text(table, difference ? difference->kind : "std");
    output_text(table, difference ? difference->id : NULL);
    output_text(table, difference ? difference->title : NULL);
    output_text(table, what.data);
    output_text(table, place_of(cause));
    output_integer(table, (int64_t)cause->regions);
    buffer_free(&what);
}

// Says how many rows a table does not show.
static void say_more(size_t more) {
    if (more > 0)
        printf(T("… and %zu more; --format json lists all\n",
                 "……另有 %zu 行；--format json 列出全部\n"),
               more);
}

static void print_causes(const ImpactPrint *print) {
    const OutputColumn columns[] = {
        {.name = "number", .title = "#", .kind = OUTPUT_INTEGER},
        {.name = "kind", .title = T("kind", "种类")},
        {.name = "id", .title = T("id", "标识")},
        {.name = "title", .title = T("title", "名称")},
        {.name = "what", .title = T("what differs", "不同之处")},
        {.name = "where", .title = T("where", "所在处")},
        {.name = "regions", .title = T("regions", "涉及区划"), .kind = OUTPUT_INTEGER}};
    const ImpactReport *report = print->report;
    size_t *order = memory_new(report->cause_count, sizeof *order), at_work = 0;
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < report->cause_count; i++) {
        order[impact_cause_number(report, i) - 1] = i;
        at_work += report->causes[i].regions > 0;
    }
    for (size_t i = 0; i < at_work && i < MOST_ROWS; i++)
        cause_row(&table, &report->causes[order[i]], i + 1);
    output_print_titled(&table, T("Because of", "原因"));
    say_more(at_work > MOST_ROWS ? at_work - MOST_ROWS : 0);
    free(order);
}

static void print_idle_causes(const ImpactPrint *print) {
    size_t idle = 0;
    for (size_t i = 0; i < print->report->cause_count; i++)
        idle += print->report->causes[i].regions == 0;
    if (idle > 0)
        printf(T("\nOther differences between the versions, which change no result of this data: "
                 "%zu\n",
                 "\n两个版本之间的其他不同（不影响现有数据的结果）：%zu 处\n"),
               idle);
}

// ---- sums --------------------------------------------------------------------------------------

static size_t status_changes(const ImpactReport *report) {
    size_t count = 0;
    for (size_t i = 0; i < report->indicator_change_count; i++)
        count +=
            report->indicator_changes[i].statuses[0] != report->indicator_changes[i].statuses[1];
    return count;
}

static void print_gone(const ImpactPrint *print) {
    const OutputColumn columns[] = {{.name = "kind", .title = T("kind", "种类")},
                                    {.name = "id", .title = T("id", "标识")},
                                    {.name = "title", .title = T("title", "名称")},
                                    {.name = "regions",
                                     .title = T("regions with it now", "现有此项的区划"),
                                     .kind = OUTPUT_INTEGER}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < print->report->gone_count; i++) {
        const ImpactGone *gone = &print->report->gone[i];
        output_text(&table, gone->difference->kind);
        output_text(&table, gone->difference->id);
        output_text(&table, gone->difference->title);
        if (strcmp(gone->difference->kind, "unit") == 0)
            output_missing(&table);
        else
            output_integer(&table, (int64_t)gone->regions);
    }
    output_print_titled(&table, T("Ids that disappear, and with them what work is tied to",
                                  "将不复存在的标识（在办工作与其相连）"));
}

static void print_rounds(const ImpactPrint *print) {
    const OutputColumn columns[] = {
        {.name = "round", .title = T("round", "轮次"), .kind = OUTPUT_INTEGER},
        {.name = "assessment", .title = T("assessment", "考核")},
        {.name = "year", .title = T("year", "年份"), .kind = OUTPUT_INTEGER},
        {.name = "kind", .title = T("kind", "类型")},
        {.name = "state", .title = T("state", "阶段")},
        {.name = "what", .title = T("what happens", "情况")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < print->report->round_count; i++) {
        const ImpactRound *touched = &print->report->rounds[i];
        output_integer(&table, touched->round.id);
        output_text(&table, touched->round.assessment);
        output_integer(&table, touched->round.year);
        output_text(&table, round_kind_title(touched->round.kind));
        output_text(&table, round_state_title(touched->round.state));
        output_text(&table, touched->gone
                                ? T("the assessment is gone: cannot be activated while it is open",
                                    "考核不复存在：轮次进行中不能激活")
                                : T("scores, grades or places change", "得分、等次或名次有变化"));
    }
    output_print_titled(&table, T("Open assessment rounds", "进行中的考核轮次"));
}

static void print_failures(const ImpactPrint *print) {
    const OutputColumn columns[] = {
        {.name = "rule", .title = T("rule", "规则")},
        {.name = "where", .title = T("where", "所在处")},
        {.name = "message", .title = T("what happens", "情况")},
        {.name = "region", .title = T("first in", "首个区划")},
        {.name = "regions", .title = T("regions", "涉及区划"), .kind = OUTPUT_INTEGER}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < print->report->failure_count; i++) {
        const ImpactFailure *failure = &print->report->failures[i];
        char where[300];
        snprintf(where, sizeof where, "%s:%d", failure->rule->file, failure->rule->line);
        output_text(&table, failure->rule->owner);
        output_text(&table, where);
        Buffer message = {0};
        failure_say(failure->outcome, failure->message, &message);
        output_text(&table, message.data);
        buffer_free(&message);
        output_text(&table, region_names_get(print->names, failure->region));
        output_integer(&table, (int64_t)failure->regions);
    }
    output_print_titled(&table, T("Rules that would fail", "将出错的规则"));
}

static Words most_words(const ImpactPrint *print, const ImpactScore *score) {
    Words words = {"-"};
    char change[DECIMAL_TEXT_SIZE];
    if (!score) return words;
    double gain = decimal_round(score->printed[IMPACT_AFTER] - score->printed[IMPACT_BEFORE], 9,
                                ROUNDING_HALF_UP);
    decimal_shortest(gain, change);
    snprintf(words.text, sizeof words.text, "%s%s %s", gain > 0 ? "+" : "", change,
             score->unit ? score->unit_title : region_names_get(print->names, score->region));
    return words;
}

static void print_assessments(const ImpactPrint *print) {
    const OutputColumn columns[] = {
        {.name = "assessment", .title = T("assessment", "考核")},
        {.name = "subjects", .title = T("assessed", "对象"), .alignment = OUTPUT_RIGHT},
        {.name = "gained", .title = T("rise", "升"), .kind = OUTPUT_INTEGER},
        {.name = "lost", .title = T("fall", "降"), .kind = OUTPUT_INTEGER},
        {.name = "moved", .title = T("places moved", "名次变动"), .kind = OUTPUT_INTEGER},
        {.name = "most_gained", .title = T("largest gain", "升幅最大")},
        {.name = "most_lost", .title = T("largest loss", "降幅最大")},
        {.name = "vetoes_struck", .title = T("vetoed", "新增否决"), .kind = OUTPUT_INTEGER},
        {.name = "vetoes_off", .title = T("vetoes off", "解除否决"), .kind = OUTPUT_INTEGER}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < print->report->assessment_count; i++) {
        const ImpactAssessmentSum *sum = &print->report->assessments[i];
        char subjects[60];
        snprintf(subjects, sizeof subjects,
                 sum->subjects[0] == sum->subjects[1] ? "%zu" : "%zu → %zu", sum->subjects[0],
                 sum->subjects[1]);
        output_text(&table, sum->title);
        output_text(&table, subjects);
        output_integer(&table, (int64_t)sum->gained);
        output_integer(&table, (int64_t)sum->lost);
        output_integer(&table, (int64_t)sum->moved);
        output_text(&table, most_words(print, sum->most_gained).text);
        output_text(&table, most_words(print, sum->most_lost).text);
        output_integer(&table, (int64_t)sum->vetoes_struck);
        output_integer(&table, (int64_t)sum->vetoes_off);
    }
    output_print_titled(&table, T("Scores", "得分"));
}

static const char *grade_name(const char *grade) {
    return grade ? grade : T("no grade", "无等次");
}

// A column that nobody is in says nothing.
static bool grade_is_used(const ImpactAssessmentSum *sum, size_t grade, bool as_column) {
    for (size_t other = 0; other < sum->grade_count; other++)
        if (sum->moves[as_column ? other * sum->grade_count + grade
                                 : grade * sum->grade_count + other])
            return true;
    return false;
}

static size_t grade_changes(const ImpactAssessmentSum *sum) {
    size_t count = 0;
    for (size_t from = 0; from < sum->grade_count; from++)
        for (size_t to = 0; to < sum->grade_count; to++)
            count += from == to ? 0 : sum->moves[from * sum->grade_count + to];
    return count;
}

static void print_grades(const ImpactAssessmentSum *sum) {
    OutputColumn *columns = memory_new(sum->grade_count + 1, sizeof *columns);
    size_t count = 0;
    columns[count++] = (OutputColumn){.name = "before", .title = T("before \\ after", "原＼现")};
    for (size_t g = 0; g < sum->grade_count; g++)
        if (grade_is_used(sum, g, true))
            columns[count++] = (OutputColumn){
                .name = "grade", .title = grade_name(sum->grades[g]), .kind = OUTPUT_INTEGER};
    OutputTable table;
    output_init(&table, columns, count);
    for (size_t from = 0; from < sum->grade_count; from++) {
        if (!grade_is_used(sum, from, false)) continue;
        output_text(&table, grade_name(sum->grades[from]));
        for (size_t to = 0; to < sum->grade_count; to++)
            if (grade_is_used(sum, to, true))
                output_integer(&table, (int64_t)sum->moves[from * sum->grade_count + to]);
    }
    Buffer title = {0};
    buffer_printf(&title, T("%s: grades", "%s：等次"), sum->title);
    output_print_titled(&table, title.data);
    buffer_free(&title);
    free(columns);
}

static void print_warnings(const ImpactPrint *print) {
    const OutputColumn columns[] = {
        {.name = "warning", .title = T("warning", "预警")},
        {.name = "id", .title = T("id", "标识")},
        {.name = "raised", .title = T("raised", "新增"), .kind = OUTPUT_INTEGER},
        {.name = "cleared", .title = T("cleared", "解除"), .kind = OUTPUT_INTEGER},
        {.name = "risen", .title = T("more severe", "升级"), .kind = OUTPUT_INTEGER},
        {.name = "sunk", .title = T("less severe", "降级"), .kind = OUTPUT_INTEGER}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < print->report->warning_count; i++) {
        const ImpactWarningSum *sum = &print->report->warnings[i];
        if (sum->raised + sum->cleared + sum->risen + sum->sunk == 0) continue;
        output_text(&table, sum->title);
        output_text(&table, sum->id);
        output_integer(&table, (int64_t)sum->raised);
        output_integer(&table, (int64_t)sum->cleared);
        output_integer(&table, (int64_t)sum->risen);
        output_integer(&table, (int64_t)sum->sunk);
    }
    output_print_titled(&table, T("Warnings", "预警"));
}

static void status_cell(OutputTable *table, const ImpactIndicatorSum *sum) {
    Buffer text = {0};
    for (int from = 0; from < STATUS_COUNT; from++)
        for (int to = 0; to < STATUS_COUNT; to++)
            if (sum->moves[from][to])
                buffer_printf(&text, "%s%s → %s: %zu", text.length ? T("; ", "；") : "",
                              status_title((Status)from), status_title((Status)to),
                              sum->moves[from][to]);
    output_text(table, text.length ? text.data : NULL);
    buffer_free(&text);
}

static bool indicator_changes(const ImpactIndicatorSum *sum) {
    for (int from = 0; from < STATUS_COUNT; from++)
        for (int to = 0; to < STATUS_COUNT; to++)
            if (sum->moves[from][to]) return true;
    return sum->values > 0;
}

static void print_indicators(const ImpactPrint *print) {
    const OutputColumn columns[] = {
        {.name = "indicator", .title = T("indicator", "指标")},
        {.name = "id", .title = T("id", "标识")},
        {.name = "values", .title = T("values changed", "数值变化"), .kind = OUTPUT_INTEGER},
        {.name = "statuses", .title = T("statuses changed", "达标情况变化")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    size_t changed = 0;
    for (size_t i = 0; i < print->report->indicator_count; i++) {
        const ImpactIndicatorSum *sum = &print->report->indicators[i];
        if (!indicator_changes(sum) || changed++ >= MOST_ROWS) continue;
        output_text(&table, sum->title);
        output_text(&table, sum->id);
        output_integer(&table, (int64_t)sum->values);
        status_cell(&table, sum);
    }
    output_print_titled(&table, T("Indicators", "指标"));
    say_more(changed > MOST_ROWS ? changed - MOST_ROWS : 0);
}

// ---- all of it ---------------------------------------------------------------------------------

// What changes, as one sentence.
static void print_summary(const ImpactPrint *print) {
    const ImpactReport *report = print->report;
    size_t gained = 0, lost = 0, moved = 0, grades = 0, raised = 0, cleared = 0, levels = 0;
    for (size_t i = 0; i < report->assessment_count; i++) {
        gained += report->assessments[i].gained;
        lost += report->assessments[i].lost;
        moved += report->assessments[i].moved;
        grades += grade_changes(&report->assessments[i]);
    }
    for (size_t i = 0; i < report->warning_count; i++) {
        raised += report->warnings[i].raised;
        cleared += report->warnings[i].cleared;
        levels += report->warnings[i].risen + report->warnings[i].sunk;
    }
    printf(T("Regions that change: %zu of %zu. Scores: %zu up, %zu down; places moved: %zu, grades "
             "changed: %zu. Warnings: %zu raised, %zu cleared, %zu to another level. Statuses of "
             "indicators changed: %zu.\n",
             "%2$zu 个区划中 %1$zu 个有变化：得分 %3$zu 个上升、%4$zu 个下降，名次变动 %5$zu 个，"
             "等次变动 %6$zu 个；预警新增 %7$zu 条、解除 %8$zu 条、级别变动 %9$zu 条；"
             "指标达标情况变动 %10$zu 个。\n"),
           report->changed_count, report->region_count, gained, lost, moved, grades, raised,
           cleared, levels, status_changes(report));
}

static void print_heading(const ImpactPrint *print) {
    const ImpactReport *report = print->report;
    const Description *before = impact_description(print->report, IMPACT_BEFORE);
    const Description *after = impact_description(print->report, IMPACT_AFTER);
    terminal_print(stdout, after->title);
    printf(T(" (%s): %s (%.12s) instead of %s (%.12s), over the data of %d\n",
             "（%s）：以 %s（%.12s）取代 %s（%.12s），按 %d 年数据\n"),
           after->id, after->version, report->sides[IMPACT_AFTER].pack->bundle.hash,
           before->version, report->sides[IMPACT_BEFORE].pack->bundle.hash, report->year);
}

static void print_sums(const ImpactPrint *print) {
    const ImpactReport *report = print->report;
    print_causes(print);
    print_idle_causes(print);
    if (report->score_count > 0) print_assessments(print);
    for (size_t i = 0; i < report->assessment_count; i++)
        if (grade_changes(&report->assessments[i]) > 0) print_grades(&report->assessments[i]);
    print_warnings(print);
    print_indicators(print);
}

void impact_print(const ImpactPrint *print) {
    const ImpactReport *report = print->report;
    print_heading(print);
    if (impact_is_none(report)) {
        puts(T("Nothing changes.", "没有变化。"));
        print_idle_causes(print);
        return;
    }
    print_summary(print);
    print_gone(print);
    print_rounds(print);
    print_failures(print);
    print_sums(print);
    if (print->region) {
        impact_print_region(print);
        return;
    }
    size_t *order = impact_most_changed(report);
    size_t shown =
        report->changed_count < print->most_regions ? report->changed_count : print->most_regions;
    impact_print_scores(print, order, shown);
    if (shown < report->changed_count)
        printf(
            T("\nRegions that change and are not shown: %zu; --regions %zu shows all, --region "
              "CODE one in full.\n",
              "\n另有 %zu 个区划有变化：--regions %zu 显示全部，--region 代码 显示某一区划详情。\n"),
            report->changed_count - shown, report->changed_count);
    free(order);
}
