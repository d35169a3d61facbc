// biaochi samples list and biaochi samples remove: sample data in the workspace, and taking it out.
#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/figures_text.h"
#include "core/cli/server_client.h"
#include "core/view/sample_rows.h"

typedef struct SamplesValues {
    const char *pack, *region;
    bool yes;
} SamplesValues;

typedef struct SamplesCommand {
    Cli *cli;
    const SamplesValues *values;
    RegionNames names;
    PackList packs; // the active ones
    SampleFigures figures;
} SamplesCommand;

static int print_list(SamplesCommand *command) {
    const SampleRowsSource source = {&command->figures, &command->packs, &command->names};
    OutputTable rows;
    view_sample_rows(&source, &rows);
    int code = cli_print(command->cli, &rows, EXIT_DONE);
    if (command->cli->format == OUTPUT_TABLE)
        printf(
            T("%s\n", "共 %s\n"),
            count_text(command->figures.count, "sample value", "sample values", "个样例数据").text);
    return code;
}

static void print_removed(const SamplesCommand *command, size_t restored) {
    size_t count = command->figures.count;
    bool done = command->values->yes;
    if (command->cli->format == OUTPUT_JSON) {
        const SamplesRemoved removed = {done ? count : 0, restored, done ? 0 : count};
        Buffer out = {0};
        JsonWriter json = {.out = &out};
        view_samples_removed_write(&removed, &json);
        puts(out.data);
        buffer_free(&out);
        return;
    }
    CountText values = count_text(count, "sample value", "sample values", "个样例数据");
    if (count == 0)
        puts(T("there is no sample data", "没有样例数据"));
    else if (done)
        printf(T("%s removed, %zu of them replaced by the real figure that was there before\n",
                 "已移除 %s，其中 %zu 个恢复为此前的实际数\n"),
               values.text, restored);
    else
        printf(T("%s would be removed; nothing was changed: add --yes to remove them\n",
                 "将移除 %s；尚未改动：加 --yes 执行移除\n"),
               values.text);
}

// Without --yes it only says what it would do.
static int remove_all(SamplesCommand *command) {
    Error error = {0};
    size_t restored = 0;
    bool removes = command->values->yes && command->figures.count > 0;
    if (removes && !sample_figures_remove(command->cli->store, &command->figures, cli_who(),
                                          &restored, &error))
        return cli_fail(command->cli, &error);
    print_removed(command, restored);
    if (removes) server_refresh(command->cli);
    return EXIT_DONE;
}

static bool read_figures(SamplesCommand *command, Error *error) {
    SampleFilter filter = {.region = command->values->region};
    const char *pack = command->values->pack;
    return (!pack || sample_filter_by_pack(&command->packs, pack, &filter, error)) &&
           sample_figures_read(command->cli->store, &filter, &command->figures, error);
}

static int run_with(Cli *cli, const void *values, int (*act)(SamplesCommand *command)) {
    SamplesCommand command = {.cli = cli, .values = values};
    const char *region = command.values->region;
    Error error = {0};
    int code;
    if (!cli_open_store(cli, &code)) return code;
    // A workspace without an active pack may hold samples too.
    if (!registry_load_active(cli->store, NULL, &command.packs, &error) &&
        error.code != ERROR_NOT_FOUND)
        return cli_fail(cli, &error);
    if (!region_names_read(cli->store, &command.names, &error))
        code = cli_fail(cli, &error);
    else if (!region || cli_require_region(cli, &command.names, region, &code))
        code = read_figures(&command, &error) ? act(&command) : cli_fail(cli, &error);
    sample_figures_free(&command.figures);
    region_names_free(&command.names);
    pack_list_free(&command.packs);
    return code;
}

static int run_list(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    return run_with(cli, values, print_list);
}

static int run_remove(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    if (cli->format == OUTPUT_CSV)
        return cli_usage_error(cli, "%s",
                               T("what was removed cannot be printed as csv: use --format json",
                                 "移除结果不能输出为 csv：请用 --format json"));
    return run_with(cli, values, remove_all);
}

static const Option options[] = {
    {"pack", OPTION_TEXT, offsetof(SamplesValues, pack), "ID",
     "only what this active pack declares, in its regions", "只限该已激活评估包声明的数据和区划"},
    {"region", OPTION_TEXT, offsetof(SamplesValues, region), "CODE",
     "only this region's and those in it", "只限该行政区划"},
    {"yes", OPTION_FLAG, offsetof(SamplesValues, yes), NULL,
     "do it; without this it only says what it would do", "确认执行；不加则只说明将移除什么"}};

const Command command_samples_list = {
    .name = "samples list",
    .usage = "[OPTIONS]",
    .english = "list sample data in the workspace, a line a series",
    .chinese = "列出工作区中的样例数据，每个序列一行",
    .options = options,
    .option_count = 2,
    .values_size = sizeof(SamplesValues),
    .run = run_list,
};

const Command command_samples_remove = {
    .name = "samples remove",
    .usage = "[OPTIONS]",
    .english = "take all sample data out",
    .chinese = "移除全部样例数据",
    .details_english =
        "Observations are never overwritten: samples are withdrawn in a new data version, and a real\n"
        "figure that a sample had taken the place of is put back. Earlier runs still replay.",
    .details_chinese = "监测值从不覆盖：样例以新的数据版本撤回；样例曾取代的实际数恢复原值。\n"
                       "此前的运行仍可重算。",
    .options = options,
    .option_count = 3,
    .values_size = sizeof(SamplesValues),
    .run = run_remove,
};
