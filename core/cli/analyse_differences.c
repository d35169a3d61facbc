// biaochi analyse differences: which items make the difference of two scores.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/cli/analyse.h"
#include "core/cli/figures_text.h"
#include "core/cli/terminal.h"
#include "core/view/analysis_json.h"

typedef struct DifferencesValues {
    const char *pack, *assessment, *years, *unit;
    long year;
} DifferencesValues;

typedef struct Comparing {
    Cli *cli;
    bool of_years; // one region in two years
    RegionNames names;
    OutputTable rows; // of --format csv
    json_t *all;      // of --format json
} Comparing;

// ---- words -------------------------------------------------------------------------------------

typedef struct Words {
    char text[200];
} Words;

// What a side is called in a column's title.
static Words side_title(const Comparing *comparing, const DifferenceSide *side) {
    Words title;
    if (comparing->of_years)
        snprintf(title.text, sizeof title.text, "%d", side->run->year);
    else
        snprintf(title.text, sizeof title.text, "%s",
                 region_names_get(&comparing->names, side->region));
    return title;
}

// "+1.25": every digit, so that what is printed sums as what is meant.
static void signed_cell(OutputTable *table, int64_t billionths) {
    char text[DECIMAL_TEXT_SIZE], with_sign[DECIMAL_TEXT_SIZE + 1];
    decimal_shortest(decimal_round(differences_points(billionths), 9, ROUNDING_HALF_UP), text);
    snprintf(with_sign, sizeof with_sign, "%s%s", billionths > 0 ? "+" : "", text);
    output_text(table, with_sign);
}

// "6.00 / 10", and why there is no score.
static void score_cell(OutputTable *table, const ItemDifference *item, int side,
                       const Conventions *conventions) {
    char score[DECIMAL_TEXT_SIZE], points[DECIMAL_TEXT_SIZE], text[120];
    if (!item->present[side]) {
        output_missing(table);
        return;
    }
    decimal_fixed(item->scores[side], conventions->digits, conventions->rounding, score);
    decimal_shortest(decimal_round(item->points[side], conventions->digits, conventions->rounding),
                     points);
    bool plain = !item->leaf || item->states[side] == ITEM_SCORED;
    snprintf(text, sizeof text, "%s%s%s / %s", plain ? "" : item_state_title(item->states[side]),
             plain ? "" : " ", score, points);
    output_text(table, text);
}

// ---- tables ------------------------------------------------------------------------------------

static void print_items(const Comparing *comparing, const DifferencesReport *report) {
    const Conventions *conventions = &report->sides[0].pack->description->conventions;
    Words titles[SIDES] = {side_title(comparing, &report->sides[0]),
                           side_title(comparing, &report->sides[1])};
    const OutputColumn columns[] = {
        {.name = "item", .title = T("item", "考核项")},
        {.name = "id", .title = T("id", "标识")},
        {.name = "first", .title = titles[0].text, .alignment = OUTPUT_RIGHT},
        {.name = "second", .title = titles[1].text, .alignment = OUTPUT_RIGHT},
        {.name = "contribution", .title = T("contribution", "贡献"), .alignment = OUTPUT_RIGHT},
        {.name = "scoring", .title = T("from scoring", "其中得分"), .alignment = OUTPUT_RIGHT},
        {.name = "points", .title = T("from points", "其中分值"), .alignment = OUTPUT_RIGHT}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < report->item_count; i++) {
        const ItemDifference *item = &report->items[i];
        char title[200];
        snprintf(title, sizeof title, "%*s%s", item->depth * 2, "", item->title);
        output_text(&table, title);
        output_text(&table, item->id);
        score_cell(&table, item, 0, conventions);
        score_cell(&table, item, 1, conventions);
        signed_cell(&table, item->contribution);
        signed_cell(&table, item->from_scoring);
        signed_cell(&table, item->from_points);
    }
    output_print_titled(&table, T("Contributions, the largest first", "贡献，大的在前"));
}

static void print_inputs(const Comparing *comparing, const DifferencesReport *report) {
    Words titles[SIDES] = {side_title(comparing, &report->sides[0]),
                           side_title(comparing, &report->sides[1])};
    const OutputColumn columns[] = {
        {.name = "item", .title = T("item", "考核项")},
        {.name = "input", .title = T("input", "输入")},
        {.name = "first", .title = titles[0].text, .alignment = OUTPUT_RIGHT},
        {.name = "second", .title = titles[1].text, .alignment = OUTPUT_RIGHT}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < report->item_count; i++) {
        const ItemDifference *item = &report->items[i];
        for (size_t k = 0; k < item->input_count; k++) {
            output_text(&table, item->title);
            output_text(&table, item->inputs[k].name);
            output_text(&table, item->inputs[k].values[0]);
            output_text(&table, item->inputs[k].values[1]);
        }
    }
    output_print_titled(&table, T("Inputs that differ", "不同的输入"));
}

static void print_statuses(const Comparing *comparing, const DifferencesReport *report) {
    Words titles[SIDES] = {side_title(comparing, &report->sides[0]),
                           side_title(comparing, &report->sides[1])};
    const OutputColumn columns[] = {
        {.name = "indicator", .title = T("indicator", "指标")},
        {.name = "id", .title = T("id", "标识")},
        {.name = "first", .title = titles[0].text, .alignment = OUTPUT_RIGHT},
        {.name = "first_status", .title = T("status", "达标情况")},
        {.name = "second", .title = titles[1].text, .alignment = OUTPUT_RIGHT},
        {.name = "second_status", .title = T("status", "达标情况")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < report->status_count; i++) {
        const StatusDifference *status = &report->statuses[i];
        output_text(&table, status->title);
        output_text(&table, status->id);
        for (int s = 0; s < SIDES; s++) {
            figure_cell(&table, status->values[s], status->digits, status->rounding);
            output_text(&table, status_title(status->statuses[s]));
        }
    }
    output_print_titled(&table, T("Indicators that stood otherwise", "达标情况不同的指标"));
}

static void print_side(const Comparing *comparing, const DifferenceSide *side) {
    const Conventions *conventions = &side->pack->description->conventions;
    char score[DECIMAL_TEXT_SIZE];
    decimal_fixed(side->printed, conventions->digits, conventions->rounding, score);
    terminal_print(stdout, region_names_get(&comparing->names, side->region));
    printf(T(" (%s) · %d · run %lld · pack %s: %s", "（%s）· %d 年 · 运行 %lld · 评估包 %s：%s"),
           side->region, side->run->year, (long long)side->run->id,
           side->pack->description->version, score);
    if (side->grade) printf(T(", %s", "，%s"), side->grade);
    if (side->veto)
        printf(T(" (by veto: %s; the score is not changed by it)", "（一票否决：%s；不影响得分）"),
               side->veto);
    putchar('\n');
}

static void print_tables(const Comparing *comparing, const DifferencesReport *report) {
    char difference[DECIMAL_TEXT_SIZE];
    terminal_print(stdout, report->title);
    if (report->sides[0].unit) printf(" · %s", report->sides[0].unit);
    printf("\n");
    for (int s = 0; s < SIDES; s++) {
        print_side(comparing, &report->sides[s]);
        analyse_note_samples(comparing->cli, report->sides[s].samples);
    }
    decimal_shortest(decimal_round(differences_points(report->difference), 9, ROUNDING_HALF_UP),
                     difference);
    printf(T("difference, the first less the second: %s%s\n", "分差（前者减后者）：%s%s\n"),
           report->difference > 0 ? "+" : "", difference);
    if (!report->same_pack)
        puts(T("Note: the two were scored by different versions of the pack.",
               "注意：两者由不同版本的评估包计分。"));
    print_items(comparing, report);
    print_inputs(comparing, report);
    print_statuses(comparing, report);
    putchar('\n');
}

// ---- programs ----------------------------------------------------------------------------------

static const OutputColumn row_columns[] = {{.name = "pack"},
                                           {.name = "assessment"},
                                           {.name = "first"},
                                           {.name = "first_year", .kind = OUTPUT_INTEGER},
                                           {.name = "second"},
                                           {.name = "second_year", .kind = OUTPUT_INTEGER},
                                           {.name = "kind"},   // item, indicator
                                           {.name = "item"},   // or the indicator
                                           {.name = "parent"}, // what holds the item, or the plan
                                           {.name = "title"},
                                           {.name = "first_score", .kind = OUTPUT_NUMBER},
                                           {.name = "first_points", .kind = OUTPUT_NUMBER},
                                           {.name = "second_score", .kind = OUTPUT_NUMBER},
                                           {.name = "second_points", .kind = OUTPUT_NUMBER},
                                           {.name = "contribution", .kind = OUTPUT_NUMBER},
                                           {.name = "from_scoring", .kind = OUTPUT_NUMBER},
                                           {.name = "from_points", .kind = OUTPUT_NUMBER},
                                           {.name = "inputs"},
                                           {.name = "first_samples", .kind = OUTPUT_INTEGER},
                                           {.name = "second_samples", .kind = OUTPUT_INTEGER}};
enum { ROW_COLUMNS = sizeof row_columns / sizeof *row_columns };

static void inputs_cell(OutputTable *rows, const ItemDifference *item) {
    Buffer text = {0};
    for (size_t k = 0; k < item->input_count; k++) {
        const ChangedInput *input = &item->inputs[k];
        buffer_printf(&text, "%s%s: %s | %s", k ? "; " : "", input->name,
                      input->values[0] ? input->values[0] : "-",
                      input->values[1] ? input->values[1] : "-");
    }
    output_text(rows, text.data);
    buffer_free(&text);
}

static void begin_row(OutputTable *rows, const char *assessment, const DifferencesReport *report) {
    output_text(rows, report->sides[0].run->pack);
    output_text(rows, assessment);
    for (int s = 0; s < SIDES; s++) {
        output_text(rows, report->sides[s].region);
        output_integer(rows, report->sides[s].run->year);
    }
}

// On how many samples the two scores rest.
static void samples_cells(OutputTable *rows, const DifferencesReport *report) {
    for (int s = 0; s < SIDES; s++)
        output_integer(rows, (int64_t)report->sides[s].samples);
}

static void add_rows(OutputTable *rows, const char *assessment, const DifferencesReport *report) {
    for (size_t i = 0; i < report->item_count; i++) {
        const ItemDifference *item = &report->items[i];
        begin_row(rows, assessment, report);
        output_text(rows, "item");
        output_text(rows, item->id);
        output_text(rows, item->parent >= 0 ? report->items[item->parent].id : NULL);
        output_text(rows, item->title);
        for (int s = 0; s < SIDES; s++) {
            output_number(rows, item->present[s] ? item->scores[s] : NAN);
            output_number(rows, item->present[s] ? item->points[s] : NAN);
        }
        output_number(rows, differences_points(item->contribution));
        output_number(rows, differences_points(item->from_scoring));
        output_number(rows, differences_points(item->from_points));
        inputs_cell(rows, item);
        samples_cells(rows, report);
    }
}

static void add_status_rows(OutputTable *rows, const char *assessment,
                            const DifferencesReport *report) {
    for (size_t i = 0; i < report->status_count; i++) {
        const StatusDifference *status = &report->statuses[i];
        char words[80];
        snprintf(words, sizeof words, "status: %s | %s", status_name(status->statuses[0]),
                 status_name(status->statuses[1]));
        begin_row(rows, assessment, report);
        output_text(rows, "indicator");
        output_text(rows, status->id);
        output_text(rows, status->plan);
        output_text(rows, status->title);
        for (int cell = 0; cell < 7; cell++) // what only items have
            output_missing(rows);
        output_text(rows, words);
        samples_cells(rows, report);
    }
}

// ---- the command -------------------------------------------------------------------------------

static void show(const char *assessment, const DifferencesReport *report, void *context) {
    Comparing *comparing = context;
    switch (comparing->cli->format) {
        case OUTPUT_JSON:
            json_array_append_new(comparing->all,
                                  view_differences_json(assessment, report, &comparing->names));
            break;
        case OUTPUT_CSV:
            add_rows(&comparing->rows, assessment, report);
            add_status_rows(&comparing->rows, assessment, report);
            for (int s = 0; s < SIDES; s++)
                analyse_note_samples(comparing->cli, report->sides[s].samples);
            break;
        case OUTPUT_TABLE: print_tables(comparing, report); break;
    }
}

static bool read_years(const char *text, int years[SIDES]) {
    char rest;
    bool good = sscanf(text, "%4d,%4d%c", &years[0], &years[1], &rest) == 2;
    return good && years[0] != years[1] && years[0] > 0 && years[1] > 0;
}

static int read_arguments(const Cli *cli, const DifferencesValues *values, char **arguments,
                          int count, DifferencesQuery *query) {
    query->regions[0] = arguments[0];
    query->regions[1] = arguments[count - 1];
    query->years[0] = query->years[1] = (int)values->year;
    if (count == 2 && values->years)
        return cli_usage_error(cli, "%s",
                               T("--years compares one region with itself: name one region",
                                 "--years 用于同一行政区划的两年比较：只写一个行政区划"));
    if (count == 2 && strcmp(arguments[0], arguments[1]) == 0)
        return cli_usage_error(cli, "%s",
                               T("the two regions are the same: use --years to compare two years",
                                 "两个行政区划相同：比较两年请用 --years"));
    if (count == 2) return EXIT_DONE;
    int years[SIDES];
    if (!values->years)
        return cli_usage_error(cli, "%s",
                               T("name a second region, or two years with --years 2023,2024",
                                 "请再写一个行政区划，或用 --years 2023,2024 指定两年"));
    if (values->year)
        return cli_usage_error(
            cli, "%s",
            T("--year and --years exclude each other", "--year 与 --years 不能同时使用"));
    if (!read_years(values->years, years))
        return cli_usage_error(cli,
                               T("--years is two years such as 2023,2024, not \"%s\"",
                                 "--years 应为两个年份，如 2023,2024，而不是“%s”"),
                               values->years);
    // What changed from the first to the second is the second less the first.
    query->years[0] = years[1];
    query->years[1] = years[0];
    return EXIT_DONE;
}

static int compare(Comparing *comparing, const DifferencesQuery *query) {
    Cli *cli = comparing->cli;
    AnalysisFailure failure;
    int code;
    for (int s = 0; s < SIDES; s++)
        if (!cli_require_region(cli, &comparing->names, query->regions[s], &code)) return code;
    output_init(&comparing->rows, row_columns, ROW_COLUMNS);
    comparing->all = json_array();
    bool good = analysis_differences(&cli->jobs, cli->store, query, show, comparing, &failure);
    code = good ? EXIT_DONE : analyse_fail(cli, &failure);
    if (code == EXIT_DONE && cli->format == OUTPUT_JSON)
        cli_print_json(json_incref(comparing->all));
    if (code == EXIT_DONE && cli->format == OUTPUT_CSV)
        code = cli_print(cli, &comparing->rows, code);
    else
        output_free(&comparing->rows);
    json_decref(comparing->all);
    analysis_failure_free(&failure);
    return code;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    const DifferencesValues *asked = values;
    Comparing comparing = {.cli = cli, .of_years = count == 1};
    DifferencesQuery query = {
        .packs = {.pack = asked->pack}, .assessment = asked->assessment, .unit = asked->unit};
    Error error = {0};
    int code = read_arguments(cli, asked, arguments, count, &query);
    if (code != EXIT_DONE || !cli_open_store(cli, &code)) return code;
    if (!region_names_read(cli->store, &comparing.names, &error)) return cli_fail(cli, &error);
    code = compare(&comparing, &query);
    region_names_free(&comparing.names);
    return code;
}

static const Option options[] = {
    {"year", OPTION_YEAR, offsetof(DifferencesValues, year), "YEAR",
     "of the newest run for this year (default: the newest run)",
     "该年份的最近一次运行（默认最近一次运行）"},
    {"years", OPTION_TEXT, offsetof(DifferencesValues, years), "FROM,TO",
     "compare one region with itself: the change from one year to another",
     "同一行政区划两年比较：从前一年到后一年的变化"},
    {"pack", OPTION_TEXT, offsetof(DifferencesValues, pack), "ID",
     "only this pack (default: all active ones)", "只分析该评估包（默认全部已激活的）"},
    {"assessment", OPTION_TEXT, offsetof(DifferencesValues, assessment), "ID",
     "only this assessment", "只分析该考核"},
    {"unit", OPTION_TEXT, offsetof(DifferencesValues, unit), "ID", "unit, for assessments of units",
     "成员单位（单位考核时）"}};

const Command command_analyse_differences = {
    .name = "analyse differences",
    .usage = "REGION_A REGION_B | REGION --years FROM,TO",
    .english = "what each item adds to the difference of two scores",
    .chinese = "两个得分之差由哪些考核项构成",
    .details_english =
        "Of two regions: the first less the second. Of two years: the later one named less the\n"
        "first. An item contributes what it counts for on one side less what it counts for on the\n"
        "other, after the points of items that do not apply were dealt with; the contributions sum\n"
        "exactly to the difference. \"From scoring\" is the difference in the share earned, times\n"
        "the mean of the points; \"from points\" is the difference in points, times the mean share.\n"
        "Below stand the inputs of the items' rules that differ, as `biaochi explain` finds them,\n"
        "and, where rules count indicators, those that stood otherwise.",
    .details_chinese = "两个行政区划：前者减后者。两年：后一年减前一年。\n"
                       "每项的贡献是该项在两边实际计入的分数之差（不适用项的分值已按口径处理），\n"
                       "各项贡献之和恰等于总分之差。“其中得分”为得分率之差乘以平均分值，\n"
                       "“其中分值”为分值之差乘以平均得分率。下表列出计分规则中不同的输入\n"
                       "（同 biaochi explain）；规则统计指标达标的，并列出达标情况不同的指标。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(DifferencesValues),
    .least_arguments = 1,
    .most_arguments = 2,
    .run = run,
};
