// biaochi pack retire: a pack is taken out of service.
#include <stdio.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/server_client.h"
#include "core/registry/family.h"
#include "core/work/pack_retirement.h"

// What was done; borrowed.
typedef struct Retired {
    const char *pack, *hash; // of the version that was active
    const json_t *kept;      // ids of packs that extend it
    bool by_server;
} Retired;

static void say(const Retired *retired) {
    size_t i;
    const json_t *id;
    fprintf(stderr,
            T("%s is out of service; version %.12s was active until now, and its warnings are "
              "cleared\n",
              "%s 已停用；此前激活的版本为 %.12s，其预警已解除\n"),
            retired->pack, retired->hash);
    json_array_foreach(retired->kept, i, id)
        fprintf(stderr,
                T("%s, which extends it, keeps the files of it that it carries\n",
                  "继承它的 %s 仍用其携带的内容\n"),
                json_string_value(id));
    if (retired->by_server) server_say_it_answers();
}

static void print_row(const Cli *cli, const Retired *retired) {
    static const OutputColumn columns[] = {{.name = "pack"}, {.name = "hash"}, {.name = "kept"}};
    OutputTable row;
    Buffer kept = {0};
    size_t i;
    const json_t *id;
    buffer_text(&kept, "");
    json_array_foreach(retired->kept, i, id)
        buffer_printf(&kept, "%s%s", i ? " " : "", json_string_value(id));
    output_init(&row, columns, sizeof columns / sizeof *columns);
    output_text(&row, retired->pack);
    output_text(&row, retired->hash);
    output_text(&row, kept.data);
    buffer_free(&kept);
    (void)cli_print(cli, &row, EXIT_DONE);
}

static void tell(const Cli *cli, const Retired *retired) {
    switch (cli->format) {
        case OUTPUT_TABLE: say(retired); break;
        case OUTPUT_CSV: print_row(cli, retired); break;
        case OUTPUT_JSON:
            cli_print_json(json_pack("{s:b, s:s, s:s, s:b, s:O}", "ok", 1, "pack", retired->pack,
                                     "hash", retired->hash, "by_server", retired->by_server, "kept",
                                     retired->kept));
            break;
    }
}

static int retire_there(Cli *cli, const char *pack) {
    ProblemList problems = {0};
    Buffer path = {0};
    json_t *answer;
    int code = EXIT_DONE;
    buffer_printf(&path, "/api/v1/packs/%s/retire", pack);
    const ServerCall call = {.method = "POST", .path = path.data};
    if (server_call(cli, &call, &answer, &problems))
        tell(cli, &(Retired){.pack = pack,
                             .hash = json_string_value(json_object_get(answer, "hash")),
                             .kept = json_object_get(answer, "kept"),
                             .by_server = true});
    else
        code = cli_fail_all(cli, &problems, NULL);
    json_decref(answer);
    buffer_free(&path);
    problems_free(&problems);
    return code;
}

static int retire_here(Cli *cli, const char *pack) {
    PackIds extending;
    PackRetirement done = {0};
    Error error = {0};
    int code = EXIT_DONE;
    if (family_read_extending(cli->store, pack, &extending, &error) &&
        pack_retire(cli->store, pack, cli_who(), &done, &error)) {
        json_t *kept = json_array();
        for (size_t i = 0; i < extending.count; i++)
            json_array_append_new(kept, json_string(extending.items[i]));
        tell(cli, &(Retired){.pack = pack, .hash = done.hash, .kept = kept});
        json_decref(kept);
    } else {
        code = cli_fail(cli, &error);
    }
    pack_retirement_free(&done);
    pack_ids_free(&extending);
    return code;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    const char *pack = arguments[0];
    int code;
    if (!cli_open_store(cli, &code) || !cli_require_pack(cli, pack, &code)) return code;
    return server_is_there(cli) ? retire_there(cli, pack) : retire_here(cli, pack);
}

const Command command_pack_retire = {
    .name = "pack retire",
    .usage = "PACK",
    .english = "take a pack out of service: it is evaluated no more, and its warnings are cleared",
    .chinese = "停用评估包：不再评估，其预警随之解除",
    .details_english =
        "Versions, runs, published rounds and the history stay readable. It is refused while\n"
        "assessment rounds of the pack are open. Packs that extend it carry its files and stay as\n"
        "they are; a new version of them asks for it to be active again. `pack rollback` makes the\n"
        "version active again that was; so does `pack activate`, or a change saved in its watched\n"
        "folder. What that folder holds already does not, however often the server is started.",
    .details_chinese =
        "各版本、运行、已公布的考核和历史仍可查看。该评估包有进行中的考核轮次时不能停用。继承它的\n"
        "评估包自带其文件，不受影响；但要激活它们的新版本，须先恢复该评估包。`pack rollback` 恢复\n"
        "停用前的版本；`pack activate`，或在所监视的文件夹中保存改动，也可使其重新启用。文件夹中已有的\n"
        "内容不会自行启用，重启服务器也是如此。",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
