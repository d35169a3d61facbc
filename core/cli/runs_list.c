// biaochi runs and biaochi warnings: what was computed, and what it warns of.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/figures_text.h"
#include "core/eval/dataset.h"
#include "core/registry/samples.h"

typedef struct RunList {
    OutputTable table;
    size_t foreign; // of another engine
} RunList;

static bool list_stored_run(const StoreRun *run, void *context, Error *error) {
    (void)error;
    RunList *list = context;
    OutputTable *table = &list->table;
    list->foreign += run->engine_version != ENGINE_VERSION;
    char when[32];
    clock_format(run->finished_at_us, when, sizeof when);
    output_integer(table, run->id);
    output_text(table, run->pack);
    output_integer(table, run->year);
    output_integer(table, run->data_version);
    output_integer(table, run->region_count);
    output_text(table, when);
    output_text(table, run->who);
    output_text(table, run->pack_hash);
    output_text(table, run->result_hash);
    output_integer(table, run->engine_version);
    return true;
}

static const char *evaluate_again(void) {
    return T("run `biaochi evaluate` to compute it anew, or use the program that made it",
             "请运行 biaochi evaluate 重新评估，或使用当时的程序");
}

static int run_list(Cli *cli, const void *values, char **arguments, int count) {
    (void)values;
    const char *pack = count ? arguments[0] : NULL;
    int code;
    if (!cli_open_store(cli, &code) || (pack && !cli_require_pack(cli, pack, &code))) return code;
    const OutputColumn columns[] = {
        {.name = "run", .title = T("run", "运行"), .kind = OUTPUT_INTEGER},
        {.name = "pack", .title = T("pack", "评估包")},
        {.name = "year", .title = T("year", "年份"), .kind = OUTPUT_INTEGER},
        {.name = "data_version", .title = T("data version", "数据版本"), .kind = OUTPUT_INTEGER},
        {.name = "regions", .title = T("regions", "区划数"), .kind = OUTPUT_INTEGER},
        {.name = "finished_at", .title = T("finished", "完成时间")},
        {.name = "who", .title = T("who", "操作人")},
        {.name = "pack_hash", .title = T("pack hash", "评估包哈希")},
        {.name = "result_hash", .title = T("result hash", "结果哈希")},
        {.name = "engine_version", .title = T("engine", "引擎"), .kind = OUTPUT_INTEGER}};
    RunList list = {0};
    Error error = {0};
    StoreRunQuery query = {.pack = pack};
    output_init(&list.table, columns, sizeof columns / sizeof *columns);
    if (!store_read_runs(cli->store, &query, list_stored_run, &list, &error)) {
        output_free(&list.table);
        return cli_fail(cli, &error);
    }
    code = cli_print(cli, &list.table, EXIT_DONE);
    if (list.foreign)
        fprintf(stderr,
                T("%s of another engine than this program's, which is %d; to read results, %s\n",
                  "%s由其他版本的引擎产生（本程序为引擎 %d）；如需查看结果，%s\n"),
                count_text(list.foreign, "run is", "runs are", "次运行").text, ENGINE_VERSION,
                evaluate_again());
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

typedef struct WarningList {
    Cli *cli;
    const WarningValues *values;
    WarningLevel least;
    RegionNames names;
    OutputTable table;
    size_t runs;  // looked at
    bool covered; // one of them knew the region asked for
} WarningList;

static const char *subject_title(const Description *description, const RaisedWarning *raised) {
    switch (description->warnings[raised->warning].on) {
        case ON_INDICATOR: return description->indicators[raised->subject].title;
        case ON_PLAN: return description->plans[raised->subject].title;
        case ON_REGION: break;
    }
    return NULL;
}

static void add_warning(WarningList *list, const Run *run, const char *code, const Samples *samples,
                        const RaisedWarning *raised) {
    const Description *description = samples->description;
    const Warning *warning = &description->warnings[raised->warning];
    bool on_indicator = warning->on == ON_INDICATOR;
    OutputTable *table = &list->table;
    output_text(table, list->cli->format == OUTPUT_TABLE ? level_title(raised->level)
                                                         : level_name(raised->level));
    output_text(table, code);
    output_text(table, region_names_get(&list->names, code));
    output_integer(table, run->year);
    output_text(table, subject_title(description, raised));
    output_text(table, warning->title);
    output_text(table, raised->message[0] ? raised->message : NULL);
    output_text(table, on_indicator ? description->indicators[raised->subject].lead : NULL);
    output_text(table, run->pack);
    output_text(table, warning->id);
    output_text(table, on_indicator ? description->indicators[raised->subject].id : NULL);
    output_integer(
        table, (int64_t)samples_behind_warning(samples, code, raised->warning, raised->subject));
}

// The severest first; within a level in the order of regions and of the pack.
static void list_run(WarningList *list, const Run *run, const Description *description) {
    Error error = {0};
    Samples samples = {.description = description};
    // Failing to count samples is not worth failing for.
    (void)!samples_read(list->cli->store, description, run, &samples, &error);
    ResultLayout *layout = layout_new(description, run->year, false);
    for (int level = LEVEL_RED; level >= (int)list->least; level--) {
        for (size_t r = 0; r < run->region_count; r++) {
            const ResultBytes *bytes = &run->regions[r].bytes;
            RegionResult result;
            if (list->values->region && strcmp(list->values->region, run->regions[r].code) != 0)
                continue;
            if (!result_decode(bytes->data, bytes->length, layout, &result, &error)) continue;
            for (size_t w = 0; w < result.warning_count; w++)
                if ((int)result.warnings[w].level == level)
                    add_warning(list, run, run->regions[r].code, &samples, &result.warnings[w]);
            result_free(&result);
        }
    }
    samples_free(&samples);
    layout_free(layout);
}

// Results are laid out as the engine's version says.
static bool refuse_foreign(const Run *run, Error *error) {
    error_set(error, ERROR_CONFLICT,
              T("the results of run %lld of pack \"%s\" were made by engine %d and cannot be read "
                "by this program, which has engine %d",
                "评估包“%2$s”的运行 %1$lld 由引擎 %3$d 产生，本程序为引擎 %4$d，无法读取其结果"),
              (long long)run->id, run->pack, run->engine_version, ENGINE_VERSION);
    return error_hint(error, "%s", evaluate_again());
}

// True also for a pack without a run that can be read, which is passed over: then the error says so
// and `runs` stays.
static bool list_pack(WarningList *list, const LoadedPack *pack, Error *error) {
    Run run;
    LoadedPack used;
    if (!run_find_latest(list->cli->store, pack->description->id, (int)list->values->year, &run,
                         error))
        return error->code == ERROR_NOT_FOUND;
    if (run.engine_version != ENGINE_VERSION) {
        refuse_foreign(&run, error);
        run_free(&run);
        return true;
    }
    bool good = run_load_pack(list->cli->store, &run, &used, error);
    if (good) {
        int role =
            list->values->region ? run_region_role(&run, list->values->region) : REGION_EVALUATED;
        list->covered |= role == REGION_EVALUATED || role == REGION_SILENT;
        list->runs++;
        list_run(list, &run, used.description);
        loaded_pack_free(&used);
    }
    run_free(&run);
    return good;
}

static bool list_packs(WarningList *list, const PackList *packs, Error *error) {
    Buffer passed_over = {0};
    bool good = true;
    for (size_t i = 0; good && i < packs->count; i++) {
        size_t before = list->runs;
        good = list_pack(list, &packs->items[i], error);
        if (good && list->runs == before)
            buffer_printf(&passed_over, "%s (%s)\n", error->message, error->hint);
    }
    if (good && list->runs > 0 && passed_over.length) fputs(passed_over.data, stderr);
    buffer_free(&passed_over);
    if (!good || list->runs == 0) return false;
    return list->covered ||
           error_set(error, ERROR_NOT_FOUND,
                     T("region %s is in none of these runs", "这些运行均不含行政区划 %s"),
                     list->values->region);
}

static int print_warnings(WarningList *list, const PackList *packs) {
    const OutputColumn columns[] = {
        {.name = "level", .title = T("level", "级别")},
        {.name = "region", .title = T("region", "区划")},
        {.name = "name", .title = T("name", "名称")},
        {.name = "year", .title = T("year", "年份"), .kind = OUTPUT_INTEGER},
        {.name = "subject", .title = T("subject", "对象")},
        {.name = "title", .title = T("warning", "预警")},
        {.name = "message", .title = T("message", "说明")},
        {.name = "lead", .title = T("lead unit", "牵头单位")},
        {.name = "pack", .title = T("pack", "评估包")},
        {.name = "warning", .title = T("warning id", "预警标识")},
        {.name = "indicator", .title = T("indicator id", "指标标识")},
        {.name = "sample_observations",
         .title = T("sample data", "样例数据"),
         .kind = OUTPUT_INTEGER}};
    const char *region = list->values->region;
    Error error = {0};
    int code;
    if (!region_names_read(list->cli->store, &list->names, &error))
        return cli_fail(list->cli, &error);
    output_init(&list->table, columns, sizeof columns / sizeof *columns);
    if (!region || cli_require_region(list->cli, &list->names, region, &code))
        code = list_packs(list, packs, &error) ? cli_print(list->cli, &list->table, EXIT_DONE)
                                               : cli_fail(list->cli, &error);
    output_free(&list->table);
    region_names_free(&list->names);
    return code;
}

static int run_warnings(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    WarningList list = {.cli = cli, .values = values, .least = LEVEL_BLUE};
    if (list.values->level) {
        list.least = level_from_name(list.values->level);
        if (list.least == LEVEL_COUNT || list.least == LEVEL_NONE)
            return cli_usage_error(cli,
                                   T("--level is blue, yellow, orange or red, not \"%s\"",
                                     "--level 应为 blue、yellow、orange 或 red，而不是“%s”"),
                                   list.values->level);
    }
    int code;
    if (!cli_open_store(cli, &code)) return code;
    PackList packs;
    Error error = {0};
    if (!registry_load_active(cli->store, list.values->pack, &packs, &error))
        return cli_fail(cli, &error);
    code = print_warnings(&list, &packs);
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
