// biaochi init: makes a workspace.
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "core/base/language.h"
#include "core/cli/command.h"

static int tell_as_row(const Cli *cli, const char *path) {
    static const OutputColumn columns[] = {{.name = "database"},
                                           {.name = "schema", .kind = OUTPUT_INTEGER}};
    OutputTable row;
    output_init(&row, columns, sizeof columns / sizeof *columns);
    output_text(&row, path);
    output_integer(&row, store_schema_version());
    return cli_print(cli, &row, EXIT_DONE);
}

static int tell(const Cli *cli, const char *path) {
    if (cli->format == OUTPUT_CSV) return tell_as_row(cli, path);
    if (cli->format == OUTPUT_JSON)
        cli_print_json(json_pack("{s:b, s:s, s:i}", "ok", 1, "database", path, "schema",
                                 store_schema_version()));
    else
        fprintf(stderr, T("workspace ready: %s (schema %d)\n", "工作区就绪：%s（结构版本 %d）\n"),
                path, store_schema_version());
    return EXIT_DONE;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)arguments, (void)count;
    if (mkdir(cli->workspace, 0777) != 0 && errno != EEXIST) {
        Error error = {0};
        error_set_errno(&error, errno, T("cannot make the folder %s", "无法创建文件夹 %s"),
                        cli->workspace);
        return cli_fail(cli, &error);
    }
    Buffer path = {0};
    Error error = {0};
    bool good = store_open(cli_database_path(cli, &path), STORE_CREATE, &cli->store, &error);
    int code = good ? tell(cli, path.data) : cli_fail(cli, &error);
    buffer_free(&path);
    return code;
}

const Command command_init = {
    .name = "init",
    .usage = "[OPTIONS]",
    .english = "make a workspace with its database",
    .chinese = "创建工作区及其数据库",
    .details_english =
        "A workspace that is there already is left as it is, or brought to this version's schema.",
    .details_chinese = "已有的工作区保持不变，必要时升级到本版本的结构。",
    .run = run,
};
