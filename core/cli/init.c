// biaochi init: makes a workspace.
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "core/base/language.h"
#include "core/cli/command.h"

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
    if (good)
        fprintf(stderr, T("workspace ready: %s (schema %d)\n", "工作区就绪：%s（结构版本 %d）\n"),
                path.data, store_schema_version());
    buffer_free(&path);
    return good ? EXIT_DONE : cli_fail(cli, &error);
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
