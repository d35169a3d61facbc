// biaochi runs and biaochi warnings: what was computed, and what it warns of.
#include <stdio.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/figures_text.h"
#include "core/eval/dataset.h"
#include "core/view/run_rows.h"
#include "core/view/warning_rows.h"

static int run_list(Cli *cli, const void *values, char **arguments, int count) {
    (void)values;
    const char *pack = count ? arguments[0] : NULL;
    int code;
    if (!cli_open_store(cli, &code) || (pack && !cli_require_pack(cli, pack, &code))) return code;
    OutputTable rows;
    size_t foreign;
    Error error = {0};
    if (!view_runs_rows(cli->store, pack, &rows, &foreign, &error)) {
        output_free(&rows);
        return cli_fail(cli, &error);
    }
    code = cli_print(cli, &rows, EXIT_DONE);
    if (foreign)
        fprintf(stderr,
                T("%s of another engine than this program's, which is %d; to read results, %s\n",
                  "%s由其他版本的引擎产生（本程序为引擎 %d）；如需查看结果，%s\n"),
                count_text(foreign, "run is", "runs are", "次运行").text, ENGINE_VERSION,
                view_evaluate_again());
    return code;
}

const Command command_runs = {
    .name = "runs",
    .usage = "[PACK]",
    .english = "list stored runs, newest first",
    .chinese = "列出已存的运行，最近的在前",
    .most_arguments = 1,
    .run = run_list,
};

// ---- warnings ----------------------------------------------------------------------------------

typedef struct WarningValues {
    const char *pack, *region, *level;
    long year;
} WarningValues;

static int print_warnings(Cli *cli, const WarningRowsQuery *query) {
    OutputTable rows;
    Buffer passed_over = {0};
    Error error = {0};
    bool good = view_warning_rows(cli->store, query, &rows, &passed_over, &error);
    if (good && passed_over.length) fputs(passed_over.data, stderr);
    int code = good ? cli_print(cli, &rows, EXIT_DONE) : cli_fail(cli, &error);
    output_free(&rows);
    buffer_free(&passed_over);
    return code;
}

static int run_warnings(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    const WarningValues *asked = values;
    PackList packs;
    RegionNames names;
    WarningRowsQuery query = {.packs = &packs,
                              .names = &names,
                              .region = asked->region,
                              .year = (int)asked->year,
                              .least = asked->level ? level_from_name(asked->level) : LEVEL_BLUE,
                              .for_people = cli->format == OUTPUT_TABLE};
    if (query.least == LEVEL_COUNT || query.least == LEVEL_NONE)
        return cli_usage_error(cli,
                               T("--level is blue, yellow, orange or red, not \"%s\"",
                                 "--level 应为 blue、yellow、orange 或 red，而不是“%s”"),
                               asked->level);
    int code;
    if (!cli_open_store(cli, &code)) return code;
    Error error = {0};
    if (!registry_load_active(cli->store, asked->pack, &packs, &error))
        return cli_fail(cli, &error);
    if (!region_names_read(cli->store, &names, &error))
        code = cli_fail(cli, &error);
    else if (!asked->region || cli_require_region(cli, &names, asked->region, &code))
        code = print_warnings(cli, &query);
    region_names_free(&names);
    pack_list_free(&packs);
    return code;
}

static const Option warning_options[] = {
    {"pack", OPTION_TEXT, offsetof(WarningValues, pack), "ID", "only this pack's", "只看该评估包"},
    {"region", OPTION_TEXT, offsetof(WarningValues, region), "CODE", "only this region's",
     "只看该行政区划"},
    {"year", OPTION_YEAR, offsetof(WarningValues, year), "YEAR",
     "of this year (default: the newest run)", "该年份（默认最近一次运行）"},
    {"level", OPTION_TEXT, offsetof(WarningValues, level), "LEVEL",
     "this level and worse: blue, yellow, orange, red",
     "该级别及更严重的：blue、yellow、orange、red"}};

const Command command_warnings = {
    .name = "warnings",
    .usage = "[OPTIONS]",
    .english = "list the warnings of the newest runs, the severest first",
    .chinese = "列出最近运行的预警，最严重的在前",
    .options = warning_options,
    .option_count = 4,
    .values_size = sizeof(WarningValues),
    .run = run_warnings,
};
