// biaochi analyse weights: how places hang on the items' points.
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/cli/analyse.h"
#include "core/cli/figures_text.h"
#include "core/cli/sample_column.h"
#include "core/view/analysis_json.h"

typedef struct WeightsValues {
    const char *pack, *assessment, *spread, *runs, *seed;
    long year;
    bool dirichlet;
} WeightsValues;

typedef struct Weighing {
    Cli *cli;
    RegionNames names;
    OutputTable rows; // of --format csv
    json_t *all;      // of --format json
} Weighing;

// ---- tables ------------------------------------------------------------------------------------

static void interval_cell(OutputTable *table, int32_t low, int32_t high) {
    char text[40];
    snprintf(text, sizeof text, low == high ? "%d" : "%d–%d", low, high);
    output_text(table, text);
}

static void print_subjects(const Weighing *weighing, const Weighed *weighed) {
    const Conventions *conventions = &weighed->request->description->conventions;
    const OutputColumn columns[] = {
        {.name = "rank", .title = T("rank", "名次"), .kind = OUTPUT_INTEGER},
        {.name = "code", .title = T("code", "代码")},
        {.name = "name", .title = T("name", "名称")},
        {.name = "score", .title = T("score", "得分"), .alignment = OUTPUT_RIGHT},
        {.name = "interval", .title = T("5–95 %", "5%–95%"), .alignment = OUTPUT_RIGHT},
        {.name = "range", .title = T("range", "最好–最差"), .alignment = OUTPUT_RIGHT},
        {.name = "mean", .title = T("mean rank", "平均名次"), .alignment = OUTPUT_RIGHT},
        {.name = "changed", .title = T("changed %", "名次变动%"), .alignment = OUTPUT_RIGHT},
        sample_column()};
    OutputTable table;
    output_init(&table, columns,
                sample_column_count(weighed->samples, sizeof columns / sizeof *columns));
    for (size_t s = 0; s < weighed->report->subject_count; s++) {
        const WeightsSubject *subject = &weighed->report->subjects[s];
        output_integer(&table, subject->rank);
        output_text(&table, weighed_code(weighed, subject));
        output_text(&table, weighed_name(weighed, subject, &weighing->names));
        figure_cell(&table, subject->score, conventions->digits, conventions->rounding);
        interval_cell(&table, subject->spread.low, subject->spread.high);
        interval_cell(&table, subject->spread.best, subject->spread.worst);
        figure_cell(&table, subject->spread.mean, 2, ROUNDING_HALF_UP);
        analyse_percent_cell(&table, subject->spread.changed);
        sample_cell(&table, weighed->samples, weighed_samples(weighed, subject));
    }
    output_print_titled(&table, T("Places", "名次"));
}

static void print_items(const Weighed *weighed) {
    const OutputColumn columns[] = {
        {.name = "item", .title = T("item", "考核项")},
        {.name = "id", .title = T("id", "标识")},
        {.name = "points", .title = T("points", "分值"), .alignment = OUTPUT_RIGHT},
        {.name = "least", .title = T("least drawn", "最低抽样"), .alignment = OUTPUT_RIGHT},
        {.name = "most", .title = T("most drawn", "最高抽样"), .alignment = OUTPUT_RIGHT},
        {.name = "influence", .title = T("influence", "影响"), .alignment = OUTPUT_RIGHT}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < weighed->report->item_count; i++) {
        const Item *item = &weighed->assessment->items[weighed->report->items[i]];
        const WeightInfluence *influence = &weighed->report->influences[i];
        output_text(&table, item->title);
        output_text(&table, item->id);
        figure_cell(&table, item->points, 2, ROUNDING_HALF_UP);
        figure_cell(&table, influence->least, 2, ROUNDING_HALF_UP);
        figure_cell(&table, influence->most, 2, ROUNDING_HALF_UP);
        figure_cell(&table, influence->influence, 2, ROUNDING_HALF_UP);
    }
    output_print_titled(&table, T("Items, the most influential first", "考核项，影响大的在前"));
}

static void print_method(const Weighed *weighed) {
    const WeightsRequest *request = weighed->request;
    char percent[DECIMAL_TEXT_SIZE];
    decimal_shortest(decimal_round(request->spread * 100, 6, ROUNDING_HALF_UP), percent);
    printf(T("%s (%s) · %d · pack %s · run %lld\n", "%s（%s）· %d 年 · 评估包 %s · 运行 %lld\n"),
           weighed->assessment->title, weighed->assessment->id, request->run->year,
           request->run->pack, (long long)request->run->id);
    if (request->draw == WEIGHTS_DIRICHLET)
        printf(T("%zu draws, seed %llu: every split of the points as likely as any other\n",
                 "抽样 %zu 次，种子 %llu：总分在各项间的任何分法机会均等\n"),
               request->runs, (unsigned long long)request->seed);
    else
        printf(T("%zu draws, seed %llu: each item's points within ±%s %%, scaled to the same sum\n",
                 "抽样 %zu 次，种子 %llu：各项分值在 ±%s%% 内均匀浮动，再折算到原总分\n"),
               request->runs, (unsigned long long)request->seed, percent);
}

static void print_tables(const Weighing *weighing, const Weighed *weighed) {
    const WeightOutcome *outcome = &weighed->report->outcome;
    char any[DECIMAL_TEXT_SIZE], first[DECIMAL_TEXT_SIZE], shift[DECIMAL_TEXT_SIZE];
    print_method(weighed);
    analyse_note_samples(weighing->cli, weighed->samples->count);
    print_subjects(weighing, weighed);
    print_items(weighed);
    decimal_fixed(outcome->any_changed * 100, 1, ROUNDING_HALF_UP, any);
    decimal_fixed(outcome->first_changed * 100, 1, ROUNDING_HALF_UP, first);
    decimal_fixed(outcome->mean_shift, 2, ROUNDING_HALF_UP, shift);
    printf(
        T("\nA place changes in %s %% of the draws, the first place in %s %%; places move by %s on "
          "average.\n\n",
          "\n有名次变动的抽样占 %s%%，第一名易位的占 %s%%；名次平均移动 %s 位。\n\n"),
        any, first, shift);
}

// ---- programs ----------------------------------------------------------------------------------

// One table of both kinds of rows, so that a spreadsheet has everything.
static const OutputColumn row_columns[] = {{.name = "pack"},
                                           {.name = "run", .kind = OUTPUT_INTEGER},
                                           {.name = "year", .kind = OUTPUT_INTEGER},
                                           {.name = "assessment"},
                                           {.name = "kind"}, // all, subject, item
                                           {.name = "id"},
                                           {.name = "title"},
                                           {.name = "score", .kind = OUTPUT_NUMBER},
                                           {.name = "rank", .kind = OUTPUT_INTEGER},
                                           {.name = "rank_low", .kind = OUTPUT_INTEGER},
                                           {.name = "rank_high", .kind = OUTPUT_INTEGER},
                                           {.name = "rank_best", .kind = OUTPUT_INTEGER},
                                           {.name = "rank_worst", .kind = OUTPUT_INTEGER},
                                           {.name = "rank_mean", .kind = OUTPUT_NUMBER},
                                           {.name = "changed", .kind = OUTPUT_NUMBER},
                                           {.name = "first_changed", .kind = OUTPUT_NUMBER},
                                           {.name = "points", .kind = OUTPUT_NUMBER},
                                           {.name = "points_least", .kind = OUTPUT_NUMBER},
                                           {.name = "points_most", .kind = OUTPUT_NUMBER},
                                           {.name = "influence", .kind = OUTPUT_NUMBER},
                                           {.name = "sample_observations", .kind = OUTPUT_INTEGER}};
enum { ROW_COLUMNS = sizeof row_columns / sizeof *row_columns };

static void begin_row(OutputTable *rows, const Weighed *weighed, const char *kind, const char *id,
                      const char *title) {
    output_text(rows, weighed->request->run->pack);
    output_integer(rows, weighed->request->run->id);
    output_integer(rows, weighed->request->run->year);
    output_text(rows, weighed->assessment->id);
    output_text(rows, kind);
    output_text(rows, id);
    output_text(rows, title);
}

static void skip_cells(OutputTable *rows, int count) {
    for (int i = 0; i < count; i++)
        output_missing(rows);
}

static void add_subject_row(OutputTable *rows, const WeightsSubject *subject, size_t samples) {
    const RankSpread *spread = &subject->spread;
    output_number(rows, subject->score);
    output_integer(rows, subject->rank);
    output_integer(rows, spread->low);
    output_integer(rows, spread->high);
    output_integer(rows, spread->best);
    output_integer(rows, spread->worst);
    output_number(rows, spread->mean);
    output_number(rows, spread->changed);
    skip_cells(rows, 5);
    output_integer(rows, (int64_t)samples);
}

static void add_rows(Weighing *weighing, const Weighed *weighed) {
    const WeightsReport *report = weighed->report;
    OutputTable *rows = &weighing->rows;
    begin_row(rows, weighed, "all", NULL, weighed->assessment->title);
    skip_cells(rows, 7);
    output_number(rows, report->outcome.any_changed);
    output_number(rows, report->outcome.first_changed);
    skip_cells(rows, 4);
    output_integer(rows, (int64_t)weighed->samples->count);
    for (size_t s = 0; s < report->subject_count; s++) {
        const WeightsSubject *subject = &report->subjects[s];
        begin_row(rows, weighed, "subject", weighed_code(weighed, subject),
                  weighed_name(weighed, subject, &weighing->names));
        add_subject_row(rows, subject, weighed_samples(weighed, subject));
    }
    for (size_t i = 0; i < report->item_count; i++) {
        const Item *item = &weighed->assessment->items[report->items[i]];
        begin_row(rows, weighed, "item", item->id, item->title);
        skip_cells(rows, 9);
        output_number(rows, item->points);
        output_number(rows, report->influences[i].least);
        output_number(rows, report->influences[i].most);
        output_number(rows, report->influences[i].influence);
        output_integer(rows, (int64_t)weighed->samples->count);
    }
}

// ---- the command -------------------------------------------------------------------------------

static void show(const Weighed *weighed, void *context) {
    Weighing *weighing = context;
    switch (weighing->cli->format) {
        case OUTPUT_JSON:
            json_array_append_new(weighing->all, view_weights_json(weighed, &weighing->names));
            break;
        case OUTPUT_CSV:
            add_rows(weighing, weighed);
            analyse_note_samples(weighing->cli, weighed->samples->count);
            break;
        case OUTPUT_TABLE: print_tables(weighing, weighed); break;
    }
}

// A whole number from `least` to `most`.
static bool read_count(const char *text, unsigned long long least, unsigned long long most,
                       unsigned long long *count) {
    char *end;
    if (*text < '0' || *text > '9') return false;
    errno = 0;
    *count = strtoull(text, &end, 10);
    return errno == 0 && *end == '\0' && *count >= least && *count <= most;
}

static int read_values(const Cli *cli, const WeightsValues *values, WeightsQuery *query) {
    unsigned long long runs = ANALYSIS_USUAL_RUNS, seed = ANALYSIS_USUAL_SEED;
    query->draw = values->dirichlet ? WEIGHTS_DIRICHLET : WEIGHTS_SPREAD;
    query->spread = ANALYSIS_USUAL_SPREAD;
    if (values->dirichlet && values->spread)
        return cli_usage_error(cli, "%s",
                               T("--dirichlet and --spread exclude each other",
                                 "--dirichlet 与 --spread 不能同时使用"));
    if (values->runs && !read_count(values->runs, 1, ANALYSIS_MOST_RUNS, &runs))
        return cli_usage_error(cli,
                               T("--runs is a whole number from 1 to %d, not \"%s\"",
                                 "--runs 应为 1 至 %d 的整数，而不是“%s”"),
                               ANALYSIS_MOST_RUNS, values->runs);
    if (values->seed && !read_count(values->seed, 0, INT64_MAX, &seed))
        return cli_usage_error(
            cli,
            T("--seed is a whole number from 0, not \"%s\"", "--seed 应为非负整数，而不是“%s”"),
            values->seed);
    bool good = !values->spread || decimal_parse(values->spread, &query->spread);
    if (!good || !(query->spread > 0 && query->spread <= 1))
        return cli_usage_error(cli,
                               T("--spread is above 0 and at most 1, such as 0.2, not \"%s\"",
                                 "--spread 应大于 0 且不超过 1，如 0.2，而不是“%s”"),
                               values->spread);
    query->runs = runs;
    query->seed = seed;
    return EXIT_DONE;
}

static int weigh(Weighing *weighing, const WeightsQuery *query) {
    Cli *cli = weighing->cli;
    AnalysisFailure failure;
    output_init(&weighing->rows, row_columns, ROW_COLUMNS);
    weighing->all = json_array();
    int code = analysis_weights(cli->store, query, show, weighing, &failure)
                   ? EXIT_DONE
                   : analyse_fail(cli, &failure);
    if (code == EXIT_DONE && cli->format == OUTPUT_JSON) cli_print_json(json_incref(weighing->all));
    if (code == EXIT_DONE && cli->format == OUTPUT_CSV)
        code = cli_print(cli, &weighing->rows, code);
    else
        output_free(&weighing->rows);
    json_decref(weighing->all);
    analysis_failure_free(&failure);
    return code;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    const WeightsValues *asked = values;
    WeightsQuery query = {
        .packs = {.pack = asked->pack}, .assessment = asked->assessment, .year = (int)asked->year};
    Weighing weighing = {.cli = cli};
    Error error = {0};
    int code = read_values(cli, asked, &query);
    if (code != EXIT_DONE || !cli_open_store(cli, &code)) return code;
    if (!region_names_read(cli->store, &weighing.names, &error)) return cli_fail(cli, &error);
    code = weigh(&weighing, &query);
    region_names_free(&weighing.names);
    return code;
}

static const Option options[] = {
    {"pack", OPTION_TEXT, offsetof(WeightsValues, pack), "ID",
     "only this pack (default: all active ones)", "只分析该评估包（默认全部已激活的）"},
    {"assessment", OPTION_TEXT, offsetof(WeightsValues, assessment), "ID",
     "only this assessment (default: all that give places)", "只分析该考核（默认全部有名次的）"},
    {"year", OPTION_YEAR, offsetof(WeightsValues, year), "YEAR",
     "of the newest run for this year (default: the newest run)",
     "该年份的最近一次运行（默认最近一次运行）"},
    {"runs", OPTION_TEXT, offsetof(WeightsValues, runs), "N", "how often to draw (default: 10000)",
     "抽样次数（默认 10000）"},
    {"seed", OPTION_TEXT, offsetof(WeightsValues, seed), "N",
     "of the random numbers; the same seed gives the same bytes (default: 1)",
     "随机数种子；种子相同则逐字节相同（默认 1）"},
    {"spread", OPTION_TEXT, offsetof(WeightsValues, spread), "S",
     "how far points are moved, as a part of themselves (default: 0.2)",
     "分值浮动幅度，占其自身的比例（默认 0.2）"},
    {"dirichlet", OPTION_FLAG, offsetof(WeightsValues, dirichlet), NULL,
     "draw any split of the points, whatever they are now", "不论现有分值，任意分配总分"}};

const Command command_analyse_weights = {
    .name = "analyse weights",
    .usage = "[OPTIONS]",
    .english = "how far places hang on the items' points (Monte Carlo)",
    .chinese = "名次对分值权重的敏感性（蒙特卡罗）",
    .details_english =
        "Of the newest stored run, every item keeps the share of its points that was earned. The\n"
        "points of the items that hold no others are drawn anew: each times a number drawn evenly\n"
        "from 1 - S to 1 + S, then all scaled to the same sum; with --dirichlet every split of the\n"
        "sum is as likely as any other. Totals, ties and rounding follow the pack's conventions.\n"
        "An item's influence is the correlation of how far its points were moved with how far\n"
        "places moved on average. After OECD/JRC, Handbook on Constructing Composite Indicators.",
    .details_chinese =
        "取最近一次已存运行，各考核项的得分率不变，重新抽取末级考核项的分值：\n"
        "每项乘以 1-S 至 1+S 之间的均匀随机数，再按同一比例折算到原总分；\n"
        "用 --dirichlet 时，总分的任何分法机会均等。合计、并列和取舍按评估包的口径。\n"
        "影响：该项分值变动幅度与名次平均移动幅度的相关系数。\n"
        "思路参见 OECD/JRC《综合指标编制手册》的稳健性与敏感性分析。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(WeightsValues),
    .run = run,
};
