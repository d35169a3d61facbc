// biaochi round list and biaochi round show: assessment rounds, and the figures they have.
#include "core/cli/round.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/cli/run_print.h"
#include "core/cli/terminal.h"
#include "core/view/round_view.h"

int64_t round_argument(const Cli *cli, const char *text, int *exit_code) {
    char *end;
    long long id = strtoll(text, &end, 10);
    if (end != text && !*end && id > 0) return id;
    *exit_code = cli_usage_error(cli, T("\"%s\" is no round number", "“%s”不是轮次编号"), text);
    return 0;
}

static int print_rows(const Cli *cli, RoundRowsQuery query) {
    OutputTable rows;
    Error error = {0};
    query.for_people = cli->format == OUTPUT_TABLE;
    if (round_rows(cli->store, &query, &rows, &error)) return cli_print(cli, &rows, EXIT_DONE);
    output_free(&rows);
    return cli_fail(cli, &error);
}

int round_print(const Cli *cli, int64_t id) {
    AssessmentRound round;
    Error error = {0};
    if (cli->format != OUTPUT_JSON) return print_rows(cli, (RoundRowsQuery){.id = id});
    if (!round_read(cli->store, NULL, id, &round, &error)) return cli_fail(cli, &error);
    cli_print_json(round_json(&round));
    return EXIT_DONE;
}

// ---- list ---------------------------------------------------------------------------------------

typedef struct ListValues {
    bool open;
} ListValues;

static int run_list(Cli *cli, const void *values, char **arguments, int count) {
    const ListValues *asked = values;
    const char *pack = count ? arguments[0] : NULL;
    int code;
    if (!cli_open_store(cli, &code) || (pack && !cli_require_pack(cli, pack, &code))) return code;
    return print_rows(cli, (RoundRowsQuery){.pack = pack, .open_only = asked->open});
}

static const Option list_options[] = {{"open", OPTION_FLAG, offsetof(ListValues, open), NULL,
                                       "only those that are open", "只列出进行中的轮次"}};
const Command command_round_list = {
    .name = "round list",
    .usage = "[PACK]",
    .english = "list assessment rounds by pack, the newest first",
    .chinese = "按评估包列出考核轮次，最近的在前",
    .options = list_options,
    .option_count = 1,
    .values_size = sizeof(ListValues),
    .most_arguments = 1,
    .run = run_list,
};

// ---- show ---------------------------------------------------------------------------------------

static void print_figures(const RoundView *view) {
    const StoredRun *figures = view->figures;
    OutputTable rows;
    Buffer title = {0};
    if (!figures) {
        putchar('\n');
        terminal_print(stdout, view->problem.message);
        putchar('\n');
        return;
    }
    run_ranking_rows(&figures->view, view->assessment, &rows);
    buffer_printf(&title,
                  view->round.state == ROUND_PUBLISHED
                      ? T("Published figures: run %lld, version %s, data version %lld",
                          "公布的结果：运行 %lld，版本 %s，数据版本 %lld")
                      : T("Figures of the newest run: run %lld, version %s, data version %lld",
                          "最近一次运行的结果：运行 %lld，版本 %s，数据版本 %lld"),
                  (long long)figures->run.id, figures->pack.description->version,
                  (long long)figures->run.data_version);
    output_print_titled(&rows, title.data);
    buffer_free(&title);
}

static int print_tables(const Cli *cli, const RoundView *view) {
    OutputTable history;
    Error error = {0};
    int code = round_print(cli, view->round.id);
    if (!round_history_rows(cli->store, &view->round, &history, &error)) {
        output_free(&history);
        return cli_fail(cli, &error);
    }
    output_print_titled(&history, T("History", "历程"));
    print_figures(view);
    return code;
}

static int print_csv(const Cli *cli, const RoundView *view) {
    OutputTable rows;
    if (!view->figures) return cli_fail(cli, &view->problem);
    run_ranking_rows(&view->figures->view, view->assessment, &rows);
    return cli_print(cli, &rows, EXIT_DONE);
}

static int print_view(const Cli *cli, const RoundView *view) {
    switch (cli->format) {
        case OUTPUT_JSON: cli_print_json(round_view_json(view)); return EXIT_DONE;
        case OUTPUT_CSV: return print_csv(cli, view);
        case OUTPUT_TABLE: break;
    }
    return print_tables(cli, view);
}

static int run_show(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    RoundView view;
    Error error = {0};
    int code;
    int64_t id = round_argument(cli, arguments[0], &code);
    if (!id || !cli_open_store(cli, &code)) return code;
    if (!round_view_read(cli->store, NULL, id, &view, &error)) return cli_fail(cli, &error);
    code = print_view(cli, &view);
    round_view_free(&view);
    return code;
}

const Command command_round_show = {
    .name = "round show",
    .usage = "ROUND",
    .english = "show an assessment round: its history, and everybody's scores and places",
    .chinese = "显示一个考核轮次：历程、得分与名次",
    .details_english =
        "A round that is open has the figures of the active version: its newest run of the year. A\n"
        "published one has those of the run that was published, whatever was evaluated since. With\n"
        "--format csv the scores alone are printed.",
    .details_chinese =
        "进行中的轮次显示激活版本该年份最近一次运行的结果；已公布的轮次显示公布时的结果，\n"
        "不受此后评估影响。--format csv 只输出得分与名次。",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_show,
};
