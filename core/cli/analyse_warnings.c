// biaochi analyse warnings: what warnings would have said in past years, and what came.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/analyse.h"
#include "core/cli/figures_text.h"
#include "core/view/analysis_json.h"

typedef struct WarningsValues {
    const char *pack, *warning;
    long from, to, horizon;
} WarningsValues;

typedef struct Testing {
    Cli *cli;
    OutputTable rows; // of --format csv
    json_t *all;      // of --format json
} Testing;

// One warning of a report.
typedef struct Tested {
    const Cli *cli;
    const Backtested *found;
    const WarningBacktest *test;
    const Description *description;
    const Warning *warning;
} Tested;

// ---- words -------------------------------------------------------------------------------------

static const char *verdict_title(BacktestVerdict verdict) {
    switch (verdict) {
        case BACKTEST_FAIR: return "";
        case BACKTEST_NO_CASE: return T("nothing fell due", "尚无到期");
        case BACKTEST_FEW_YEARS: return T("too few years to judge", "年份太少，不足为据");
        case BACKTEST_FEW_EVENTS: return T("too few events to judge", "未达标太少，不足为据");
    }
    return "";
}

// "orange or worse".
static void level_words(WarningLevel level, char *out, size_t size) {
    if (level == LEVEL_NONE)
        snprintf(out, size, "%s", T("any level", "任一级别"));
    else if (level == LEVEL_RED)
        snprintf(out, size, "%s", level_title(level));
    else
        snprintf(out, size, T("%s or worse", "%s及以上"), level_title(level));
}

// ---- tables ------------------------------------------------------------------------------------

static void begin_table(OutputTable *table, OutputColumn columns[], size_t most) {
    const OutputColumn all[] = {
        {.name = "of", .title = T("of", "范围")},
        {.name = "cases", .title = T("cases", "例数"), .kind = OUTPUT_INTEGER},
        {.name = "hits", .title = T("hits", "命中"), .kind = OUTPUT_INTEGER},
        {.name = "misses", .title = T("misses", "漏报"), .kind = OUTPUT_INTEGER},
        {.name = "false_alarms", .title = T("false alarms", "误报"), .kind = OUTPUT_INTEGER},
        {.name = "silences", .title = T("silences", "正确未报"), .kind = OUTPUT_INTEGER},
        {.name = "precision", .title = T("precision %", "查准率%"), .alignment = OUTPUT_RIGHT},
        {.name = "recall", .title = T("recall %", "查全率%"), .alignment = OUTPUT_RIGHT},
        {.name = "events", .title = T("events", "未达标"), .kind = OUTPUT_INTEGER},
        {.name = "warned", .title = T("warned of", "其中预警"), .kind = OUTPUT_INTEGER},
        {.name = "lead", .title = T("lead, years", "提前年数"), .alignment = OUTPUT_RIGHT},
        {.name = "due_years", .title = T("due years", "到期年数"), .kind = OUTPUT_INTEGER},
        {.name = "note", .title = T("note", "说明")}};
    size_t count = sizeof all / sizeof *all;
    memcpy(columns, all, sizeof all);
    output_init(table, columns, count < most ? count : most);
}
enum { TABLE_COLUMNS = 13 };

static void add_table_row(OutputTable *table, const char *of, const BacktestCounts *counts) {
    output_text(table, of);
    output_integer(table, (int64_t)backtest_cases(counts));
    output_integer(table, (int64_t)counts->hits);
    output_integer(table, (int64_t)counts->misses);
    output_integer(table, (int64_t)counts->false_alarms);
    output_integer(table, (int64_t)counts->silences);
    analyse_percent_cell(table, backtest_precision(counts));
    analyse_percent_cell(table, backtest_recall(counts));
    output_integer(table, (int64_t)counts->events);
    output_integer(table, (int64_t)counts->warned_events);
    figure_cell(table, backtest_lead(counts), 1, ROUNDING_HALF_UP);
    output_integer(table, counts->due_years);
    output_text(table, verdict_title(backtest_verdict(counts)));
}

static void print_heading(const Tested *tested) {
    const BacktestReport *report = tested->found->report;
    printf(T("%s (%s) · pack %s %s · years %d–%d, data up to %d, all regions\n",
             "%s（%s）· 评估包 %s %s · %d—%d 年，数据至 %d 年，全部行政区划\n"),
           tested->warning->title, tested->warning->id, tested->description->id,
           tested->description->version, report->first_year, report->last_year,
           report->newest_year);
    int horizon = tested->found->horizon;
    if (horizon)
        printf(T("event: the indicator is not met %s later\n", "事件：%s后指标未达标\n"),
               count_text((size_t)horizon, "year", "years", "年").text);
    else
        puts(T("event: the indicator is not met when it is next due (milestone or end of the plan)",
               "事件：指标在下一个到期年（年度目标或规划终期）未达标"));
}

static void print_tables(const Tested *tested) {
    const BacktestCounts *all = &tested->test->levels[LEVEL_NONE];
    OutputColumn columns[TABLE_COLUMNS];
    OutputTable table;
    print_heading(tested);
    analyse_note_samples(tested->cli, tested->found->samples);
    begin_table(&table, columns, TABLE_COLUMNS);
    for (int level = LEVEL_NONE; level < LEVEL_COUNT; level++) {
        char words[60];
        if (!backtest_shows_level(tested->test, (WarningLevel)level)) continue;
        level_words((WarningLevel)level, words, sizeof words);
        add_table_row(&table, words, &tested->test->levels[level]);
    }
    output_print_titled(&table, T("By level", "按级别"));
    begin_table(&table, columns, TABLE_COLUMNS);
    for (size_t i = 0; i < tested->description->indicator_count; i++)
        if (backtest_cases(&tested->test->indicators[i]) > 0)
            add_table_row(&table, tested->description->indicators[i].title,
                          &tested->test->indicators[i]);
    output_print_titled(&table, T("By indicator, any level", "按指标（任一级别）"));
    if (all->pending + all->unknown)
        printf(T("\nNot counted: %zu not yet due, %zu that could not be judged when due.\n",
                 "\n未计入：尚未到期 %zu 例，到期时无法判定 %zu 例。\n"),
               all->pending, all->unknown);
    if (tested->test->failures)
        printf(
            T("\nNote: %s of its rule failed and warned of nothing; `biaochi evaluate` says why.\n",
              "\n注意：其规则有 %s出错，未发出预警；原因见 biaochi evaluate。\n"),
            count_text(tested->test->failures, "call", "calls", "次调用").text);
    if (backtest_verdict(all) != BACKTEST_FAIR)
        printf(T("\nNote: %s (%d due years, %zu events; at least %d and %d are wanted).\n",
                 "\n注意：%s（到期年 %d 个，未达标 %zu 次；至少需要 %d 个和 %d 次）。\n"),
               verdict_title(backtest_verdict(all)), all->due_years, all->events,
               BACKTEST_FEWEST_YEARS, BACKTEST_FEWEST_EVENTS);
    putchar('\n');
}

// ---- programs ----------------------------------------------------------------------------------

static const OutputColumn row_columns[] = {{.name = "pack"},
                                           {.name = "warning"},
                                           {.name = "kind"}, // all, level, indicator
                                           {.name = "id"},
                                           {.name = "title"},
                                           {.name = "from", .kind = OUTPUT_INTEGER},
                                           {.name = "to", .kind = OUTPUT_INTEGER},
                                           {.name = "horizon", .kind = OUTPUT_INTEGER},
                                           {.name = "cases", .kind = OUTPUT_INTEGER},
                                           {.name = "hits", .kind = OUTPUT_INTEGER},
                                           {.name = "misses", .kind = OUTPUT_INTEGER},
                                           {.name = "false_alarms", .kind = OUTPUT_INTEGER},
                                           {.name = "silences", .kind = OUTPUT_INTEGER},
                                           {.name = "pending", .kind = OUTPUT_INTEGER},
                                           {.name = "unknown", .kind = OUTPUT_INTEGER},
                                           {.name = "precision", .kind = OUTPUT_NUMBER},
                                           {.name = "recall", .kind = OUTPUT_NUMBER},
                                           {.name = "events", .kind = OUTPUT_INTEGER},
                                           {.name = "warned_events", .kind = OUTPUT_INTEGER},
                                           {.name = "lead_years", .kind = OUTPUT_NUMBER},
                                           {.name = "due_years", .kind = OUTPUT_INTEGER},
                                           {.name = "verdict"},
                                           {.name = "sample_observations", .kind = OUTPUT_INTEGER}};
enum { ROW_COLUMNS = sizeof row_columns / sizeof *row_columns };

static void add_row(OutputTable *rows, const Tested *tested, const char *kind, const char *id,
                    const char *title, const BacktestCounts *counts) {
    int horizon = tested->found->horizon;
    output_text(rows, tested->description->id);
    output_text(rows, tested->warning->id);
    output_text(rows, kind);
    output_text(rows, id);
    output_text(rows, title);
    output_integer(rows, tested->found->report->first_year);
    output_integer(rows, tested->found->report->last_year);
    if (horizon)
        output_integer(rows, horizon);
    else
        output_missing(rows);
    output_integer(rows, (int64_t)backtest_cases(counts));
    output_integer(rows, (int64_t)counts->hits);
    output_integer(rows, (int64_t)counts->misses);
    output_integer(rows, (int64_t)counts->false_alarms);
    output_integer(rows, (int64_t)counts->silences);
    output_integer(rows, (int64_t)counts->pending);
    output_integer(rows, (int64_t)counts->unknown);
    output_number(rows, backtest_precision(counts));
    output_number(rows, backtest_recall(counts));
    output_integer(rows, (int64_t)counts->events);
    output_integer(rows, (int64_t)counts->warned_events);
    output_number(rows, backtest_lead(counts));
    output_integer(rows, counts->due_years);
    output_text(rows, backtest_verdict_name(backtest_verdict(counts)));
    output_integer(rows, (int64_t)tested->found->samples);
}

static void add_rows(OutputTable *rows, const Tested *tested) {
    const WarningBacktest *test = tested->test;
    add_row(rows, tested, "all", NULL, tested->warning->title, &test->levels[LEVEL_NONE]);
    for (int level = LEVEL_BLUE; level < LEVEL_COUNT; level++)
        if (backtest_shows_level(test, (WarningLevel)level))
            add_row(rows, tested, "level", level_name((WarningLevel)level),
                    level_title((WarningLevel)level), &test->levels[level]);
    for (size_t i = 0; i < tested->description->indicator_count; i++)
        if (backtest_has_case(&test->indicators[i]))
            add_row(rows, tested, "indicator", tested->description->indicators[i].id,
                    tested->description->indicators[i].title, &test->indicators[i]);
}

// ---- the command -------------------------------------------------------------------------------

static void show_warning(Testing *testing, const Tested *tested) {
    switch (testing->cli->format) {
        case OUTPUT_JSON:
            json_array_append_new(testing->all, view_backtest_json(tested->found, tested->test));
            break;
        case OUTPUT_CSV:
            add_rows(&testing->rows, tested);
            analyse_note_samples(testing->cli, tested->found->samples);
            break;
        case OUTPUT_TABLE: print_tables(tested); break;
    }
}

static void show(const Backtested *found, void *context) {
    Testing *testing = context;
    const Description *description = found->description;
    for (size_t w = 0; w < found->report->warning_count; w++) {
        const WarningBacktest *test = &found->report->warnings[w];
        const Tested tested = {testing->cli, found, test, description,
                               &description->warnings[test->warning]};
        show_warning(testing, &tested);
    }
    if (found->report->left_out)
        fprintf(stderr,
                T("pack %s: %s on plans or the region left out: no indicator's year decides them\n",
                  "评估包 %s：对规划或行政区划的预警 %s 未回测：不取决于某一指标的年份\n"),
                description->id,
                count_text(found->report->left_out, "warning", "warnings", "项").text);
}

static int run_backtest(Testing *testing, const BacktestQuery *query) {
    Cli *cli = testing->cli;
    AnalysisFailure failure;
    output_init(&testing->rows, row_columns, ROW_COLUMNS);
    testing->all = json_array();
    int code = analysis_warnings(&cli->jobs, cli->store, query, show, testing, &failure)
                   ? EXIT_DONE
                   : analyse_fail(cli, &failure);
    if (code == EXIT_DONE && cli->format == OUTPUT_JSON) cli_print_json(json_incref(testing->all));
    if (code == EXIT_DONE && cli->format == OUTPUT_CSV)
        code = cli_print(cli, &testing->rows, code);
    else
        output_free(&testing->rows);
    json_decref(testing->all);
    analysis_failure_free(&failure);
    return code;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    const WarningsValues *options = values;
    if (options->horizon < 0 || options->horizon > ANALYSIS_MOST_HORIZON)
        return cli_usage_error(
            cli, T("--horizon is a number of years from 1 to %d", "--horizon 应为 1 至 %d 的年数"),
            ANALYSIS_MOST_HORIZON);
    if (options->from && options->to && options->from > options->to)
        return cli_usage_error(cli, T("--from %ld is after --to %ld", "--from %ld 晚于 --to %ld"),
                               options->from, options->to);
    const BacktestQuery query = {.packs = {.pack = options->pack},
                                 .warning = options->warning,
                                 .first_year = (int)options->from,
                                 .last_year = (int)options->to,
                                 .horizon = (int)options->horizon,
                                 .who = cli_who()};
    Testing testing = {.cli = cli};
    int code;
    return cli_open_store(cli, &code) ? run_backtest(&testing, &query) : code;
}

static const Option options[] = {
    {"pack", OPTION_TEXT, offsetof(WarningsValues, pack), "ID",
     "only this pack (default: all active ones)", "只分析该评估包（默认全部已激活的）"},
    {"warning", OPTION_TEXT, offsetof(WarningsValues, warning), "ID",
     "only this warning (default: all on indicators)", "只回测该预警（默认全部对指标的预警）"},
    {"from", OPTION_YEAR, offsetof(WarningsValues, from), "YEAR",
     "first year in which warnings are judged (default: the first of any plan)",
     "起始年（默认为规划的第一年）"},
    {"to", OPTION_YEAR, offsetof(WarningsValues, to), "YEAR",
     "last such year (default: the newest with data)", "终止年（默认为有数据的最近一年）"},
    {"horizon", OPTION_INTEGER, offsetof(WarningsValues, horizon), "N",
     "look N years ahead (default: until the indicator is next due)",
     "看 N 年之后（默认看指标下一个到期年）"}};

const Command command_analyse_warnings = {
    .name = "analyse warnings",
    .usage = "[OPTIONS]",
    .english = "back-test warnings over past years: hits, misses, false alarms, lead",
    .chinese = "以往年数据回测预警规则：命中、漏报、误报、提前量",
    .details_english =
        "Each past year is evaluated with the active pack over the data up to that year alone (as\n"
        "they are known today); nothing is stored. A case is a region, an indicator and a year with\n"
        "a value; its event is that the indicator is not met when it is next due, in a milestone's\n"
        "year or the plan's last, or N years later with --horizon N. Near-met counts as the plan's\n"
        "conventions say. Lead is counted from the first year of the unbroken run of warnings that\n"
        "reaches the last year before the event: those of the same due year, and with --horizon\n"
        "earlier ones too, as far back as the last warning that came true.",
    .details_chinese =
        "用已激活的评估包，对每个往年只用截至当年的数据评估（数据按现有版本），不存结果。\n"
        "一例为一个行政区划、一个指标、一个有数值的年份；事件为该指标在下一个到期年\n"
        "（年度目标年或规划终期）未达标，或用 --horizon N 时为 N 年后未达标。\n"
        "基本达标是否算达标按规划口径。提前量从事件前最后一年所在的连续预警的第一年算起：\n"
        "只算同一到期年的预警；用 --horizon 时还可上溯，但以上一次应验的预警为界。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(WarningsValues),
    .run = run,
};
