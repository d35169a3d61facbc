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
    bool all, quiet, summary, from_revisions;
} EvaluateValues;

typedef struct Evaluating {
    Cli *cli;
    const EvaluateValues *values;
    RegionNames names;
    OutputTable rows; // of --format csv, and of --summary in any format
    OutputColumn summary_columns[RUN_SUMMARY_COLUMNS];
    json_t *runs;         // of --format json
    int64_t data_version; // that all packs see
    Progress progress;
} Evaluating;

static void print_run(Evaluating *evaluating, const RunView *view, const RunTotals *totals) {
    switch (evaluating->cli->format) {
        case OUTPUT_JSON:
            json_array_append_new(evaluating->runs, run_print_json(view, totals));
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
        run_summary_rows(&view, &evaluating->rows);
    } else {
        print_run(evaluating, &view, &totals);
    }
    run_print_failures(&view);
    layout_free(layout);
    samples_free(&samples);
    return totals.failures ? EXIT_FINDINGS : EXIT_DONE;
}

// What making a run took, for those who watch it.
static json_t *timings_of(const Run *run) {
    json_t *timings = json_object();
    json_object_set_new(timings, "read_ms", json_real((double)run->read_us / 1e3));
    json_object_set_new(timings, "evaluate_ms", json_real((double)run->evaluated_us / 1e3));
    json_object_set_new(timings, "hash_ms", json_real((double)run->hashed_us / 1e3));
    json_object_set_new(timings, "committed_at_us", json_integer(run->committed_at_us));
    json_object_set_new(timings, "write_ms", json_real((double)run->written_us / 1e3));
    return timings;
}

static json_t *name_to_json(const Run *run, bool found) {
    json_t *object = json_object();
    json_object_set_new(object, "ok", json_true());
    json_object_set_new(object, "pack", json_string(run->pack));
    json_object_set_new(object, "run", json_integer(run->id));
    json_object_set_new(object, "year", json_integer(run->year));
    json_object_set_new(object, "result_hash", json_string(run->result_hash));
    json_object_set_new(object, "unchanged", json_boolean(found));
    json_object_set_new(object, "timings", timings_of(run));
    return object;
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

// Only which run it is: results are read later, or by others.
static int name_run(Evaluating *evaluating, const Run *run, bool found) {
    switch (evaluating->cli->format) {
        case OUTPUT_JSON: json_array_append_new(evaluating->runs, name_to_json(run, found)); break;
        case OUTPUT_CSV: add_name_row(&evaluating->rows, run, found); break;
        case OUTPUT_TABLE:
            printf(T("pack %s, %d: run %lld%s\n", "评估包 %s，%d 年：运行 %lld%s\n"), run->pack,
                   run->year, (long long)run->id, found ? T(" (unchanged)", "（未变）") : "");
            break;
    }
    return EXIT_DONE;
}

static int show_problems(Evaluating *evaluating, const char *pack, const ProblemList *problems) {
    if (evaluating->cli->format == OUTPUT_JSON) {
        json_t *entry = cli_problems_to_json(problems);
        json_object_set_new(entry, "pack", json_string(pack));
        json_array_append_new(evaluating->runs, entry);
        return cli_exit_code(problems);
    }
    fprintf(stderr, T("pack %s could not be evaluated:\n", "评估包 %s 未能评估：\n"), pack);
    return cli_fail_all(evaluating->cli, problems, pack);
}

static int evaluate_pack(Evaluating *evaluating, const LoadedPack *pack) {
    Cli *cli = evaluating->cli;
    RunRequest request = {.pack = pack,
                          .year = (int)evaluating->values->year,
                          .who = cli_who(),
                          .data_version = evaluating->data_version,
                          .from_revisions = evaluating->values->from_revisions};
    Run run;
    bool found;
    ProblemList problems = {0};
    progress_begin(&evaluating->progress, pack->description->title, 0);
    progress_listen_for_interrupt();
    cli->jobs.progress = progress_goes_on;
    cli->jobs.progress_context = &evaluating->progress;
    bool good = run_evaluate(&cli->jobs, cli->store, &request, &run, &found, &problems);
    progress_end(&evaluating->progress);
    int code;
    if (good) {
        code = evaluating->values->quiet ? name_run(evaluating, &run, found)
                                         : show_run(evaluating, pack, &run, found);
        run_free(&run);
    } else {
        code = show_problems(evaluating, pack->description->id, &problems);
    }
    problems_free(&problems);
    return code;
}

static int evaluate_packs(Evaluating *evaluating, const PackList *packs) {
    Cli *cli = evaluating->cli;
    int code = EXIT_DONE;
    bool summary = evaluating->values->summary;
    run_summary_columns(evaluating->summary_columns);
    if (summary)
        output_init(&evaluating->rows, evaluating->summary_columns, RUN_SUMMARY_COLUMNS);
    else if (evaluating->values->quiet)
        output_init(&evaluating->rows, name_columns, sizeof name_columns / sizeof *name_columns);
    else
        output_init(&evaluating->rows, run_indicator_columns, RUN_INDICATOR_COLUMNS);
    evaluating->runs = json_array();
    for (size_t i = 0; i < packs->count; i++) {
        int one = evaluate_pack(evaluating, &packs->items[i]);
        if (one != EXIT_DONE && (code == EXIT_DONE || code == EXIT_FINDINGS)) code = one;
    }
    if (cli->format == OUTPUT_JSON && !summary) {
        json_dumpf(evaluating->runs, stdout,
                   JSON_INDENT(2) | JSON_REAL_PRECISION(15) | JSON_SORT_KEYS);
        putchar('\n');
    }
    json_decref(evaluating->runs);
    if (cli->format == OUTPUT_CSV || summary) return cli_print(cli, &evaluating->rows, code);
    output_free(&evaluating->rows);
    return code;
}

// Leaves only the packs that evaluate the region.
static bool keep_packs_of(Store *store, const char *region, PackList *packs, Error *error) {
    size_t kept = 0;
    bool good = true;
    for (size_t i = 0; i < packs->count; i++) {
        Map covered = {0};
        good = good && run_read_covered(store, packs->items[i].description, &covered, error);
        if (map_get(&covered, region) != MAP_MISSING)
            packs->items[kept++] = packs->items[i];
        else
            loaded_pack_free(&packs->items[i]);
        map_free(&covered);
    }
    packs->count = kept;
    return good && (kept > 0 || error_set(error, ERROR_NOT_FOUND,
                                          T("no active pack evaluates region %s",
                                            "没有已激活的评估包评估行政区划 %s"),
                                          region));
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
    if (!region_names_read(cli->store, &evaluating.names, &error) ||
        !store_read_data_version(cli->store, &evaluating.data_version, &error))
        code = cli_fail(cli, &error);
    else if (!region || cli_require_region(cli, &evaluating.names, region, &code))
        code = !region || keep_packs_of(cli->store, region, &packs, &error)
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
     "不读旁存的当前值列，逐条读取观测值的各个版本"}};

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
        const OutputColumn columns[] = {
            {.name = "run", .title = T("run", "运行"), .kind = OUTPUT_INTEGER},
            {.name = "pack", .title = T("pack", "评估包")},
            {.name = "year", .title = T("year", "年份"), .kind = OUTPUT_INTEGER},
            {.name = "data_version",
             .title = T("data version", "数据版本"),
             .kind = OUTPUT_INTEGER},
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
    .name = "replay",
    .usage = "RUN",
    .english = "compute a stored run again and compare every byte",
    .chinese = "重算一次已存的运行，并逐字节比较",
    .details_english =
        "Uses the pack, std, regions and observations as they were then; newer ones do not matter.",
    .details_chinese = "使用当时的评估包、标准库、行政区划和观测值，不受此后变化影响。",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_replay_command,
};
