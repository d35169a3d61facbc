// biaochi evaluate and biaochi replay.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/figures_text.h"
#include "core/cli/progress.h"
#include "core/cli/run_print.h"
#include "core/registry/evaluation.h"
#include "core/view/problems_json.h"
#include "core/view/run_json.h"
#include "core/view/run_rows.h"
#include "core/view/run_summary.h"

typedef struct EvaluateValues {
    const char *pack, *region;
    long year;
    bool all, quiet, summary, from_revisions;
} EvaluateValues;

typedef struct Evaluating {
    Cli *cli;
    const EvaluateValues *values;
    RegionNames names;
    OutputTable rows; // of --format csv, and of --summary in any format
    json_t *runs;     // of --format json
    int code;         // the worst so far
    Progress progress;
} Evaluating;

static void print_run(Evaluating *evaluating, const RunView *view, const RunTotals *totals) {
    switch (evaluating->cli->format) {
        case OUTPUT_JSON:
            json_array_append_new(evaluating->runs, view_run_json(view, totals));
            break;
        case OUTPUT_CSV: run_print_indicator_rows(view, &evaluating->rows); break;
        case OUTPUT_TABLE: run_print_tables(view, totals); break;
    }
}

static int show_run(Evaluating *evaluating, const LoadedPack *pack, const Run *run, bool found) {
    const EvaluateValues *values = evaluating->values;
    // Sample data is said wherever it is shown. Failing to count is not worth failing for.
    Samples samples = {.description = pack->description};
    Error error = {0};
    (void)!samples_read(evaluating->cli->store, pack->description, run, &samples, &error);
    ResultLayout *layout = layout_new(pack->description, run->year, false);
    RunView view = {.run = run,
                    .description = pack->description,
                    .layout = layout,
                    .names = &evaluating->names,
                    .region = values->region ? values->region : pack->description->region,
                    .only_region = values->region != NULL,
                    .found = found,
                    .all = values->all,
                    .samples = &samples};
    RunTotals totals = run_view_totals(&view);
    if (values->summary) {
        view_summary_rows(&view, &evaluating->rows);
    } else {
        print_run(evaluating, &view, &totals);
    }
    run_print_failures(&view);
    layout_free(layout);
    samples_free(&samples);
    return totals.failures ? EXIT_FINDINGS : EXIT_DONE;
}

static const OutputColumn name_columns[] = {{.name = "pack"},
                                            {.name = "run", .kind = OUTPUT_INTEGER},
                                            {.name = "year", .kind = OUTPUT_INTEGER},
                                            {.name = "result_hash"},
                                            {.name = "unchanged"}};

static void add_name_row(OutputTable *rows, const Run *run, bool found) {
    output_text(rows, run->pack);
    output_integer(rows, run->id);
    output_integer(rows, run->year);
    output_text(rows, run->result_hash);
    output_text(rows, found ? "yes" : "no");
}

// Which rules failed is told with the results; that some did is told also without them.
static int tell_failures(const LoadedPack *pack, const Run *run) {
    ResultLayout *layout = layout_new(pack->description, run->year, false);
    const RunView view = {.run = run, .description = pack->description, .layout = layout};
    const size_t failures = run_view_totals(&view).failures;
    layout_free(layout);
    if (failures == 0) return EXIT_DONE;
    fprintf(stderr,
            T("pack %s: %s failed; evaluate without --quiet to see which\n",
              "评估包 %s：%s出错；不加 --quiet 重新评估可查看是哪些规则\n"),
            run->pack, count_text(failures, "rule call", "rule calls", "次规则调用").text);
    return EXIT_FINDINGS;
}

// Only which run it is: results are read later, or by others.
static int name_run(Evaluating *evaluating, const LoadedPack *pack, const Run *run, bool found) {
    switch (evaluating->cli->format) {
        case OUTPUT_JSON:
            json_array_append_new(evaluating->runs, view_run_name_json(run, found));
            break;
        case OUTPUT_CSV: add_name_row(&evaluating->rows, run, found); break;
        case OUTPUT_TABLE:
            printf(T("pack %s, %d: run %lld%s\n", "评估包 %s，%d 年：运行 %lld%s\n"), run->pack,
                   run->year, (long long)run->id, found ? T(" (unchanged)", "（未变）") : "");
            break;
    }
    return tell_failures(pack, run);
}

static int show_problems(Evaluating *evaluating, const char *pack, const ProblemList *problems) {
    if (evaluating->cli->format == OUTPUT_JSON) {
        json_t *entry = view_failure_json(problems);
        json_object_set_new(entry, "pack", json_string(pack));
        json_array_append_new(evaluating->runs, entry);
        return cli_exit_code(problems);
    }
    fprintf(stderr, T("pack %s could not be evaluated:\n", "评估包 %s 未能评估：\n"), pack);
    return cli_fail_all(evaluating->cli, problems, pack);
}

// ---- pack after pack ---------------------------------------------------------------------------

static void begin_pack(const LoadedPack *pack, void *context) {
    Evaluating *evaluating = context;
    JobHost *jobs = &evaluating->cli->jobs;
    progress_begin(&evaluating->progress, pack->description->title, 0);
    progress_listen_for_interrupt();
    jobs->progress = progress_goes_on;
    jobs->progress_context = &evaluating->progress;
}

static int show_pack(Evaluating *evaluating, const Evaluation *evaluation) {
    if (!evaluation->run)
        return show_problems(evaluating, evaluation->pack->description->id, evaluation->problems);
    if (evaluating->values->quiet)
        return name_run(evaluating, evaluation->pack, evaluation->run, evaluation->found);
    return show_run(evaluating, evaluation->pack, evaluation->run, evaluation->found);
}

static void end_pack(const Evaluation *evaluation, void *context) {
    Evaluating *evaluating = context;
    progress_end(&evaluating->progress);
    int code = show_pack(evaluating, evaluation);
    bool worse = evaluating->code == EXIT_DONE || evaluating->code == EXIT_FINDINGS;
    if (code != EXIT_DONE && worse) evaluating->code = code;
}

static int print_all(Evaluating *evaluating) {
    const Cli *cli = evaluating->cli;
    bool rows = cli->format == OUTPUT_CSV || evaluating->values->summary;
    if (cli->format == OUTPUT_JSON && !rows) cli_print_json(json_incref(evaluating->runs));
    return rows ? cli_print(cli, &evaluating->rows, evaluating->code) : evaluating->code;
}

static int evaluate_packs(Evaluating *evaluating, const PackList *packs) {
    Cli *cli = evaluating->cli;
    const EvaluationQuery query = {.year = (int)evaluating->values->year,
                                   .who = cli_who(),
                                   .from_revisions = evaluating->values->from_revisions};
    const EvaluationObserver observer = {begin_pack, end_pack, evaluating};
    Error error = {0};
    if (evaluating->values->summary)
        view_summary_begin(&evaluating->rows);
    else if (evaluating->values->quiet)
        output_init(&evaluating->rows, name_columns, sizeof name_columns / sizeof *name_columns);
    else
        output_init(&evaluating->rows, run_indicator_columns, RUN_INDICATOR_COLUMNS);
    evaluating->runs = json_array();
    evaluating->code = EXIT_DONE;
    bool good = evaluation_of_packs(&cli->jobs, cli->store, packs, &query, &observer, &error);
    int code = good ? print_all(evaluating) : cli_fail(cli, &error);
    json_decref(evaluating->runs);
    output_free(&evaluating->rows);
    return code;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    Evaluating evaluating = {.cli = cli, .values = values};
    const char *region = evaluating.values->region;
    int code;
    if (!cli_open_store(cli, &code)) return code;
    PackList packs;
    Error error = {0};
    if (!registry_load_active(cli->store, evaluating.values->pack, &packs, &error))
        return cli_fail(cli, &error);
    if (!region_names_read(cli->store, &evaluating.names, &error))
        code = cli_fail(cli, &error);
    else if (!region || cli_require_region(cli, &evaluating.names, region, &code))
        code = !region || evaluation_keep_packs_of(cli->store, region, &packs, &error)
                   ? evaluate_packs(&evaluating, &packs)
                   : cli_fail(cli, &error);
    region_names_free(&evaluating.names);
    pack_list_free(&packs);
    return code;
}

static const Option options[] = {
    {"year", OPTION_YEAR, offsetof(EvaluateValues, year), "YEAR",
     "year to evaluate (default: the newest with data)", "评估年份（默认为有数据的最近一年）"},
    {"pack", OPTION_TEXT, offsetof(EvaluateValues, pack), "ID",
     "only this pack (default: all active ones)", "只评估该评估包（默认全部已激活的）"},
    {"region", OPTION_TEXT, offsetof(EvaluateValues, region), "CODE",
     "show this region (default: the pack's own; in json and csv all)",
     "显示该行政区划（默认为评估包本级；json 和 csv 默认为全部）"},
    {"all", OPTION_FLAG, offsetof(EvaluateValues, all), NULL, "also list indicators without data",
     "同时列出缺数据的指标"},
    {"quiet", OPTION_FLAG, offsetof(EvaluateValues, quiet), NULL,
     "keep the run and name it, print no results", "只保存运行并说明编号，不打印结果"},
    {"summary", OPTION_FLAG, offsetof(EvaluateValues, summary), NULL,
     "one row a region: attainment, warnings by level, assessments",
     "每个行政区划一行：达标率、各级预警数、考核结果"},
    {"from-revisions", OPTION_FLAG, offsetof(EvaluateValues, from_revisions), NULL,
     "read every revision instead of the columns kept beside them",
     "不读旁存的当前值列，逐条读取监测值的各个版本"}};

const Command command_evaluate = {
    .name = "evaluate",
    .usage = "[OPTIONS]",
    .english = "evaluate the active packs, keep the run, print the results",
    .chinese = "用已激活的评估包评估，保存运行并打印结果",
    .details_english =
        "The same pack, data and year give the same run: asked again, it is found, not computed.\n"
        "Tables show one region, with the ranking of all; json and csv carry all regions unless\n"
        "--region names one.",
    .details_chinese =
        "评估包、数据、年份都相同时，结果即同一次运行，不再重算。\n"
        "表格显示一个行政区划和全部排名；json 和 csv 含全部行政区划，除非用 --region 指定。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(EvaluateValues),
    .run = run,
};

// ---- replay ------------------------------------------------------------------------------------

static int run_replay_command(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    char *end;
    long id = strtol(arguments[0], &end, 10);
    if (*end || id <= 0)
        return cli_usage_error(cli, T("\"%s\" is no run number", "“%s”不是运行编号"), arguments[0]);
    int code;
    if (!cli_open_store(cli, &code)) return code;
    Run stored, again;
    Error error = {0};
    bool same;
    ProblemList problems = {0};
    if (!run_read(cli->store, id, &stored, &error)) return cli_fail(cli, &error);
    if (!run_replay(&cli->jobs, cli->store, &stored, &again, &same, &problems)) {
        code = cli_fail_all(cli, &problems, NULL);
    } else {
        OutputTable table;
        view_replay_rows(&stored, &again, same, &table);
        code = cli_print(cli, &table, same ? EXIT_DONE : EXIT_FINDINGS);
        run_free(&again);
    }
    problems_free(&problems);
    run_free(&stored);
    return code;
}

const Command command_replay = {
    .name = "replay",
    .usage = "RUN",
    .english = "compute a stored run again and compare every byte",
    .chinese = "重算一次已存的运行，并逐字节比较",
    .details_english =
        "Uses the pack, std, regions and observations as they were then; newer ones do not matter.",
    .details_chinese = "使用当时的评估包、标准库、行政区划和监测值，不受此后变化影响。",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_replay_command,
};
