// biaochi pack test|list.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/figures_text.h"
#include "core/cli/pack_folder.h"
#include "core/io/pack_archive.h"
#include "core/view/pack_json.h"
#include "core/view/pack_rows.h"

static const char *trimmed_folder(char *folder) {
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        folder[--length] = '\0';
    return folder;
}

void cli_print_pack_summary(const Cli *cli, const LoadedPack *pack) {
    const Description *description = pack->description;
    const PackCounts counts = view_pack_counts(description);
    if (cli->format == OUTPUT_JSON) {
        Buffer out = {0};
        JsonWriter json = {.out = &out};
        view_pack_summary_write(pack, &json);
        puts(out.data);
        buffer_free(&out);
        return;
    }
    printf(T("%s %s (%s): %s, %s, %s, %s, %s, %s, %s: no problems\n",
             "%s %s（%s）：%s、%s、%s、%s、%s、%s、%s，没有问题\n"),
           description->id, description->version, description->title,
           count_text(description->plan_count, "plan", "plans", "个规划").text,
           count_text(counts.indicators, "indicator", "indicators", "个指标").text,
           count_text(counts.objectives, "objective", "objectives", "个定性目标").text,
           count_text(counts.tasks, "task", "tasks", "项任务").text,
           count_text(counts.rules, "rule", "rules", "条规则").text,
           count_text(description->warning_count, "warning", "warnings", "类预警").text,
           count_text(description->assessment_count, "assessment", "assessments", "项考核").text);
    if (pack->state >= PACK_TESTED)
        printf(T("%s passed\n", "%s通过\n"),
               count_text(pack->specs_passed, "spec", "specs", "项测试").text);
}

Store *cli_store_if_any(void *context) {
    Cli *cli = context;
    Buffer path = {0};
    Error error = {0};
    if (!cli->store && access(cli_database_path(cli, &path), F_OK) == 0 &&
        !store_open(path.data, STORE_OPEN, &cli->store, &error))
        cli->store = NULL;
    buffer_free(&path);
    return cli->store;
}

int cli_load_pack(Cli *cli, char *argument, bool run_specs, LoadedPack *pack) {
    char *beside = family_folder_beside(trimmed_folder(argument));
    ParentPlaces places = {.beside = beside, .find_store = cli_store_if_any, .context = cli};
    int code = cli_load_pack_from(cli, argument, &places, run_specs, pack);
    free(beside);
    return code;
}

int cli_fail_pack(const Cli *cli, const char *folder, const ProblemList *problems) {
    int code = cli_fail_all(cli, problems, folder);
    if (cli->format != OUTPUT_JSON)
        fprintf(
            stderr, T("%s: %s; the rules in force are as they were\n", "%s：%s；现行规则未变\n"),
            folder,
            count_text(problems->count + problems->dropped, "problem", "problems", "处问题").text);
    return code;
}

bool cli_read_bundle(const char *path, Bundle *bundle, ProblemList *problems) {
    return pack_archive_is_named(path) ? pack_archive_read_file(path, bundle, problems)
                                       : bundle_read(path, bundle, problems);
}

static bool load(Cli *cli, const char *path, const ParentPlaces *places, bool run_specs,
                 LoadedPack *pack, ProblemList *problems) {
    Bundle bundle;
    *pack = (LoadedPack){.state = PACK_SEEN};
    return cli_read_bundle(path, &bundle, problems) &&
           family_load_bundle(&cli->jobs, &bundle, places, run_specs, pack, problems);
}

int cli_load_pack_from(Cli *cli, char *argument, const ParentPlaces *places, bool run_specs,
                       LoadedPack *pack) {
    const char *folder = trimmed_folder(argument);
    ProblemList problems = {0};
    bool good = load(cli, folder, places, run_specs, pack, &problems);
    int code = good ? EXIT_DONE : cli_fail_pack(cli, folder, &problems);
    problems_free(&problems);
    return code;
}

int cli_report_test(const Cli *cli, const char *folder, const LoadedPack *pack,
                    const ProblemList *problems) {
    if (pack->description && problems->count == 0) {
        cli_print_pack_summary(cli, pack);
        return EXIT_DONE;
    }
    int code = cli_fail_pack(cli, folder, problems);
    if (json_array_size(pack->spec_report) && cli->format != OUTPUT_JSON)
        fprintf(stderr, T("%s passed, %zu failed\n", "%s通过，%zu 项未通过\n"),
                count_text(pack->specs_passed, "spec", "specs", "项测试").text, pack->specs_failed);
    return code;
}

typedef struct TestValues {
    bool watch;
} TestValues;

static int run_test(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const TestValues *options = values;
    const char *folder = trimmed_folder(arguments[0]);
    if (options->watch && pack_archive_is_named(folder))
        return cli_usage_error(cli, "%s",
                               T("--watch follows a folder, not an archive",
                                 "--watch 只能用于文件夹，不能用于压缩文件"));
    char *beside = family_folder_beside(folder);
    ParentPlaces places = {.beside = beside, .find_store = cli_store_if_any, .context = cli};
    int code;
    if (options->watch) {
        code = cli_watch_pack(cli, folder, &places);
    } else {
        LoadedPack pack;
        ProblemList problems = {0};
        bool good = load(cli, folder, &places, true, &pack, &problems);
        (void)good; // no problem is a good pack
        code = cli_report_test(cli, folder, &pack, &problems);
        problems_free(&problems);
        loaded_pack_free(&pack);
    }
    free(beside);
    return code;
}

typedef struct ListValues {
    bool history;
} ListValues;

static int run_list(Cli *cli, const void *values, char **arguments, int count) {
    const ListValues *list = values;
    const char *pack = count ? arguments[0] : NULL;
    int code;
    if (!cli_open_store(cli, &code) || (pack && !cli_require_pack(cli, pack, &code))) return code;
    OutputTable rows;
    Error error = {0};
    bool good = list->history ? view_activations_rows(cli->store, pack, &rows, &error)
                              : view_pack_versions_rows(cli->store, pack, &rows, &error);
    if (good) return cli_print(cli, &rows, EXIT_DONE);
    output_free(&rows);
    return cli_fail(cli, &error);
}

static const Option test_options[] = {{"watch", OPTION_FLAG, offsetof(TestValues, watch), NULL,
                                       "test again whenever a file is saved, until Ctrl-C",
                                       "每次保存文件后重新测试，按 Ctrl-C 结束"}};
const Command command_pack_test = {
    .name = "pack test",
    .usage = "FOLDER|FILE.zip",
    .english = "check a pack and run its spec/*_spec.lua inside the sandbox",
    .chinese = "检查评估包，并在沙箱内运行其 spec/*_spec.lua",
    .options = test_options,
    .option_count = 1,
    .values_size = sizeof(TestValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_test,
};
static const Option list_options[] = {{"history", OPTION_FLAG, offsetof(ListValues, history), NULL,
                                       "show activations and rollbacks instead",
                                       "改为显示激活和回滚的历史"}};
const Command command_pack_list = {
    .name = "pack list",
    .usage = "[PACK]",
    .english = "list stored versions, all or a pack's, and where each is: stored, active, retired",
    .chinese = "列出已入库的版本（全部或某评估包的）及各自所处阶段：已入库、已激活、已停用",
    .details_english = "An active pack is marked as behind when it carries another version of the "
                       "pack it extends than the one that is active.",
    .details_chinese = "激活的评估包所携带的、其所继承的版本不是激活版本时，标为“未随更新”。",
    .options = list_options,
    .option_count = 1,
    .values_size = sizeof(ListValues),
    .most_arguments = 1,
    .run = run_list,
};
