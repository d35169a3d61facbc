// A pack from a folder: see pack_folder.h.
#include "core/cli/pack_folder.h"

#include <stdio.h>
#include <string.h>

#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "core/cli/figures_text.h"

static const char *trimmed_folder(char *folder) {
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        folder[--length] = '\0';
    return folder;
}

void cli_print_pack_summary(const Cli *cli, const LoadedPack *pack) {
    const Description *description = pack->description;
    size_t objectives = 0, tasks = 0;
    for (size_t i = 0; i < description->indicator_count; i++) {
        tasks += description->indicators[i].is_task;
        objectives +=
            description->indicators[i].is_objective && !description->indicators[i].is_task;
    }
    if (cli->format == OUTPUT_JSON) {
        Buffer out = {0};
        JsonWriter json = {.out = &out};
        json_writer_begin_object(&json);
        json_writer_key(&json, "ok");
        json_writer_boolean(&json, true);
        json_writer_key(&json, "pack");
        json_writer_string(&json, description->id);
        json_writer_key(&json, "version");
        json_writer_string(&json, description->version);
        json_writer_key(&json, "hash");
        json_writer_string(&json, pack->bundle.hash);
        json_writer_key(&json, "state");
        json_writer_string(&json, pack_state_name(pack->state));
        json_writer_key(&json, "indicators");
        json_writer_integer(&json, (int64_t)(description->indicator_count - objectives - tasks));
        json_writer_key(&json, "objectives");
        json_writer_integer(&json, (int64_t)objectives);
        json_writer_key(&json, "tasks");
        json_writer_integer(&json, (int64_t)tasks);
        json_writer_key(&json, "rules");
        json_writer_integer(&json, (int64_t)description->rule_count);
        json_writer_key(&json, "specs_passed");
        json_writer_integer(&json, (int64_t)pack->specs_passed);
        json_writer_end_object(&json);
        puts(out.data);
        buffer_free(&out);
        return;
    }
    printf(T("%s %s (%s): %s, %s, %s, %s, %s, %s, %s: no problems\n",
             "%s %s（%s）：%s、%s、%s、%s、%s、%s、%s，没有问题\n"),
           description->id, description->version, description->title,
           count_text(description->plan_count, "plan", "plans", "个规划").text,
           count_text(description->indicator_count - objectives - tasks, "indicator", "indicators",
                      "个指标")
               .text,
           count_text(objectives, "objective", "objectives", "个定性目标").text,
           count_text(tasks, "task", "tasks", "项任务").text,
           count_text(description->rule_count, "rule", "rules", "条规则").text,
           count_text(description->warning_count, "warning", "warnings", "类预警").text,
           count_text(description->assessment_count, "assessment", "assessments", "项考核").text);
    if (pack->state >= PACK_TESTED)
        printf(T("%s passed\n", "%s通过\n"),
               count_text(pack->specs_passed, "spec", "specs", "项测试").text);
}

int cli_load_pack(Cli *cli, char *argument, bool run_specs, LoadedPack *pack) {
    const char *folder = trimmed_folder(argument);
    ProblemList problems = {0};
    bool good = registry_load_folder(&cli->jobs, folder, run_specs, pack, &problems);
    int code = good ? EXIT_DONE : cli_fail_all(cli, &problems, folder);
    if (!good && cli->format != OUTPUT_JSON)
        fprintf(
            stderr, T("%s: %s; nothing was changed\n", "%s：%s；未作任何改动\n"), folder,
            count_text(problems.count + problems.dropped, "problem", "problems", "处问题").text);
    problems_free(&problems);
    return code;
}
