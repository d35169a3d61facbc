// biaochi pack show: everything a pack declares, for people and for programs.
#include <stdio.h>
#include <stdlib.h>

#include "core/cli/command.h"
#include "core/cli/pack_folder.h"
#include "core/view/pack_json.h"
#include "core/view/pack_rows.h"

typedef struct ShowValues {
    const char *kind;
} ShowValues;

static int print_json(const PackNodes *nodes, json_t *description, const char *kind) {
    json_t *shown = kind ? view_nodes_json(nodes, kind) : json_incref(description);
    char *text = json_dumps(shown, JSON_INDENT(2) | JSON_SORT_KEYS);
    puts(text ? text : "null");
    free(text);
    json_decref(shown);
    return EXIT_DONE;
}

static int print_nodes(Cli *cli, const PackNodes *nodes, const char *kind) {
    OutputTable rows;
    view_nodes_rows(nodes, kind, &rows);
    return cli_print(cli, &rows, EXIT_DONE);
}

static int run_show(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const ShowValues *show = values;
    LoadedPack pack;
    int code = cli_load_pack(cli, arguments[0], false, &pack);
    if (code == EXIT_DONE) {
        PackNodes nodes;
        Error error = {0};
        pack_nodes_read(pack.description_json, &nodes);
        if (show->kind && !view_nodes_require_kind(&nodes, show->kind, &error))
            code = cli_fail(cli, &error);
        else if (cli->format == OUTPUT_JSON)
            code = print_json(&nodes, pack.description_json, show->kind);
        else
            code = print_nodes(cli, &nodes, show->kind);
        pack_nodes_free(&nodes);
    }
    loaded_pack_free(&pack);
    return code;
}

static const Option options[] = {
    {"kind", OPTION_TEXT, offsetof(ShowValues, kind), "KIND",
     "only what is of this kind: indicator, task, unit, clause …",
     "只列这一种：indicator、task、unit、clause 等"},
};

const Command command_pack_show = {
    .name = "pack show",
    .usage = "FOLDER|FILE.zip",
    .english = "list everything a pack declares, with its fields, source and line",
    .chinese = "列出评估包声明的全部内容，连同各字段、依据和所在行",
    .details_english = "With --format json the whole description is printed as the host holds it.",
    .details_chinese = "加 --format json 时，按主机所持的形式打印整个描述。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(ShowValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_show,
};
