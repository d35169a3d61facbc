// biaochi evaluate and biaochi replay.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/progress.h"
#include "core/cli/run_print.h"

typedef struct EvaluateValues {
    const char *pack, *region;
    long year;
    bool all;
} EvaluateValues;

typedef struct Evaluating {
    Cli *cli;
    const EvaluateValues *values;
    RegionNames names;
    OutputTable rows; // of --format csv
    json_t *runs;     // of --format json
    bool region_shown;
    Progress progress;
} Evaluating;

static void show_progress(size_t done, size_t total, void *context) {
    (void)total;
    progress_update(context, done);
}

typedef struct SampleCount {
    const Description *description;
    int year;
    size_t count;
} SampleCount;

static bool count_sample(const StoreObservation *row, void *context, Error *error) {
    (void)error;
    SampleCount *samples = context;
    if (row->year <= samples->year && strcmp(row->kind, "sample") == 0 &&
        description_series(samples->description, row->indicator) >= 0)
        samples->count++;
    return true;
}

// Sample data is said wherever it is shown. Failing to count it is not worth failing for.
static size_t count_samples(Evaluating *evaluating, const Description *description, const Run *run,
                            const char *region) {
    SampleCount samples = {description, run->year, 0};
    StoreObservationQuery query = {.region = region, .as_of = run->data_version};
    Error error = {0};
    return store_read_observations(evaluating->cli->store, &query, count_sample, &samples, &error) ? samples.count : 0;
}

static int show_run(Evaluating *evaluating, const LoadedPack *pack, const Run *run, bool found) {
    RunView view = {.cli = evaluating->cli,
                    .run = run,
                    .description = pack->description,
                    .names = &evaluating->names,
                    .region = evaluating->values->region ? evaluating->values->region : pack->description->region,
                    .found = found,
                    .all = evaluating->values->all};
    view.sample_count = count_samples(evaluating, pack->description, run, view.region);
    switch (evaluating->cli->format) {
        case OUTPUT_JSON: json_array_append_new(evaluating->runs, run_print_json(&view)); break;
        case OUTPUT_CSV: run_print_indicator_rows(&view, &evaluating->rows); break;
        case OUTPUT_TABLE:
            if (run_print_tables(&view)) evaluating->region_shown = true;
            break;
    }
    return run_count_failures(&view) ? EXIT_FINDINGS : EXIT_DONE;
}

static int evaluate_pack(Evaluating *evaluating, const LoadedPack *pack) {
    Cli *cli = evaluating->cli;
    RunRequest request = {pack, (int)evaluating->values->year, cli_who()};
    Run run;
    bool found;
    ProblemList problems = {0};
    progress_begin(&evaluating->progress, pack->description->title, 0);
    cli->jobs.progress = show_progress;
    cli->jobs.progress_context = &evaluating->progress;
    bool good = run_evaluate(&cli->jobs, cli->store, &request, &run, &found, &problems);
    progress_end(&evaluating->progress);
    int code;
    if (good) {
        code = show_run(evaluating, pack, &run, found);
        run_free(&run);
    } else {
        if (cli->format != OUTPUT_JSON)
            fprintf(stderr, T("pack %s could not be evaluated:\n", "评估包 %s 未能评估：\n"), pack->description->id);
        code = cli_fail_all(cli, &problems, pack->description->id);
    }
    problems_free(&problems);
    return code;
}

static int print_collected(Evaluating *evaluating, int code) {
    if (evaluating->cli->format == OUTPUT_JSON && json_array_size(evaluating->runs)) {
        json_dumpf(evaluating->runs, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(15) | JSON_SORT_KEYS);
        putchar('\n');
    }
    if (evaluating->cli->format == OUTPUT_CSV) return cli_print(evaluating->cli, &evaluating->rows, code);
    output_free(&evaluating->rows);
    if (code == EXIT_DONE && evaluating->values->region && !evaluating->region_shown &&
        evaluating->cli->format == OUTPUT_TABLE) {
        Error error = {0};
        error_set(&error, ERROR_NOT_FOUND, T("no active pack evaluates region %s", "没有评估包评估行政区划 %s"),
                  evaluating->values->region);
        code = cli_fail(evaluating->cli, &error);
    }
    return code;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    Evaluating evaluating = {.cli = cli, .values = values};
    if (evaluating.values->year < 0 || evaluating.values->year > 9999)
        return cli_usage_error(cli, T("--year %ld is no year", "--year %ld 不是年份"), evaluating.values->year);
    int code;
    if (!cli_open_store(cli, &code)) return code;
    PackList packs;
    Error error = {0};
    if (!registry_load_active(cli->store, evaluating.values->pack, &packs, &error)) return cli_fail(cli, &error);
    if (!region_names_read(cli->store, &evaluating.names, &error)) {
        pack_list_free(&packs);
        return cli_fail(cli, &error);
    }
    output_init(&evaluating.rows, run_indicator_columns, RUN_INDICATOR_COLUMNS);
    evaluating.runs = json_array();
    code = EXIT_DONE;
    for (size_t i = 0; i < packs.count; i++) {
        int one = evaluate_pack(&evaluating, &packs.items[i]);
        if (one != EXIT_DONE && (code == EXIT_DONE || code == EXIT_FINDINGS)) code = one;
    }
    code = print_collected(&evaluating, code);
    json_decref(evaluating.runs);
    region_names_free(&evaluating.names);
    pack_list_free(&packs);
    return code;
}

static const Option options[] = {
    {"year", OPTION_INTEGER, offsetof(EvaluateValues, year), "YEAR",
     "year to evaluate (default: the newest with data of the pack's region)", "评估年份（默认为有数据的最近一年）"},
    {"pack", OPTION_TEXT, offsetof(EvaluateValues, pack), "ID", "only this pack (default: all active ones)",
     "只评估该评估包（默认全部已激活的）"},
    {"region", OPTION_TEXT, offsetof(EvaluateValues, region), "CODE",
     "region shown in full (default: the pack's own)", "完整显示的行政区划（默认为评估包本级）"},
    {"all", OPTION_FLAG, offsetof(EvaluateValues, all), NULL, "also list indicators without data",
     "同时列出缺数据的指标"}};

const Command command_evaluate = {
    .name = "evaluate", .usage = "[OPTIONS]",
    .english = "evaluate the active packs, keep the run, print the results",
    .chinese = "用已激活的评估包评估，保存运行并打印结果",
    .details_english = "The same pack, data and year give the same run: asked again, it is found, not computed.\n"
                       "Tables show one region; json and csv carry all regions.",
    .details_chinese = "评估包、数据、年份都相同时，结果即同一次运行，不再重算。\n"
                       "表格显示一个行政区划；json 和 csv 含全部行政区划。",
    .options = options, .option_count = 4, .values_size = sizeof(EvaluateValues), .run = run,
};

// ---- replay ------------------------------------------------------------------------------------

static int run_replay_command(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    char *end;
    long id = strtol(arguments[0], &end, 10);
    if (*end || id <= 0) return cli_usage_error(cli, T("\"%s\" is no run number", "\"%s\" 不是运行编号"), arguments[0]);
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
        const OutputColumn columns[] = {{.name = "run", .title = T("run", "运行"), .kind = OUTPUT_INTEGER},
                                        {.name = "pack", .title = T("pack", "评估包")},
                                        {.name = "year", .title = T("year", "年份"), .kind = OUTPUT_INTEGER},
                                        {.name = "data_version", .title = T("data version", "数据版本"), .kind = OUTPUT_INTEGER},
                                        {.name = "pack_hash", .title = T("pack hash", "评估包哈希")},
                                        {.name = "stored", .title = T("stored results", "存档结果")},
                                        {.name = "replayed", .title = T("replayed", "重算结果")},
                                        {.name = "same", .title = T("same bytes", "逐字节相同")}};
        OutputTable table;
        output_init(&table, columns, sizeof columns / sizeof *columns);
        output_integer(&table, stored.id);
        output_text(&table, stored.pack);
        output_integer(&table, stored.year);
        output_integer(&table, stored.data_version);
        output_text(&table, stored.pack_hash);
        output_text(&table, stored.result_hash);
        output_text(&table, again.result_hash);
        output_text(&table, same ? T("yes", "是") : T("NO", "否"));
        code = cli_print(cli, &table, same ? EXIT_DONE : EXIT_FINDINGS);
        run_free(&again);
    }
    problems_free(&problems);
    run_free(&stored);
    return code;
}

const Command command_replay = {
    .name = "replay", .usage = "RUN",
    .english = "compute a stored run again and compare every byte",
    .chinese = "重算一次已存的运行，并逐字节比较",
    .details_english = "Uses the pack, std, regions and observations as they were then; newer ones do not matter.",
    .details_chinese = "使用当时的评估包、标准库、行政区划和观测值，不受此后变化影响。",
    .least_arguments = 1, .most_arguments = 1, .run = run_replay_command,
};
