// biaochi pack new: a pack to start from, made from the template inside this program.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/language.h"
#include "core/cli/pack_folder.h"
#include "core/registry/pack_template.h"

typedef struct NewValues {
    const char *region, *title, *folder, *extends;
} NewValues;

// What the templates are filled in with, and where the pack is made.
typedef struct NewPack {
    Buffer folder, id; // the folder with the id
    const char *region, *title;
    LoadedPack parent; // without a description where there is none
} NewPack;

// Makes the folders that lead to a path.
static bool make_folders(char *path, Error *error) {
    for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        bool good = mkdir(path, 0777) == 0 || errno == EEXIST;
        if (!good)
            error_set_errno(error, errno, T("cannot make the folder %s", "无法创建文件夹 %s"),
                            path);
        *at = '/';
        if (!good) return false;
    }
    return true;
}

static bool write_file(char *path, const Buffer *text, Error *error) {
    if (!make_folders(path, error)) return false;
    FILE *file = fopen(path, "wx");
    if (!file) return error_set_errno(error, errno, T("cannot write %s", "无法写入 %s"), path);
    bool good = fwrite(text->data, 1, text->length, file) == text->length;
    good = fclose(file) == 0 && good;
    return good || error_set_errno(error, errno, T("cannot write %s", "无法写入 %s"), path);
}

static bool write_in_folder(const char *name, const Buffer *text, void *context, Error *error) {
    Buffer path = {0};
    buffer_printf(&path, "%s/%s", (const char *)context, name);
    bool good = write_file(path.data, text, error);
    buffer_free(&path);
    return good;
}

// "plugins/xian" is the pack xian in the folder plugins; without an id it is called after its
// parent and its region.
static int name_pack(const Cli *cli, const NewValues *options, const char *argument,
                     NewPack *pack) {
    const char *slash = argument ? strrchr(argument, '/') : NULL;
    const char *id = slash ? slash + 1 : argument;
    if (id)
        buffer_text(&pack->id, id);
    else
        buffer_printf(&pack->id, "%s_%s", options->extends, pack->region);
    if (argument && strstr(argument, ".."))
        return cli_usage_error(cli, "%s",
                               T("the pack's folder is named from here on or with a whole path, "
                                 "without \"..\"; --dir DIR takes any folder",
                                 "评估包的文件夹不能用“..”表示；可用 --dir 文件夹 指定位置"));
    bool whole = slash && argument[0] == '/';
    buffer_printf(&pack->folder, "%s%s%.*s%s",
                  whole             ? ""
                  : options->folder ? options->folder
                                    : ".",
                  whole ? "" : "/", slash ? (int)(slash + 1 - argument) : 0, slash ? argument : "",
                  pack->id.data);
    return EXIT_DONE;
}

static PackTemplate template_of(const NewPack *pack) {
    return (PackTemplate){.id = pack->id.data,
                          .title = pack->title,
                          .region = pack->region,
                          .parent = pack->parent.description};
}

static int check_values(const Cli *cli, const NewValues *options, const char *argument,
                        NewPack *pack) {
    if (!argument && !(options->extends && options->region))
        return cli_usage_error(cli, "%s",
                               T("an ID is missing; only with --extends and --region there is a "
                                 "name without one",
                                 "缺少 ID；只有同时给出 --extends 和 --region 时才可不写"));
    if (options->extends && !options->region)
        return cli_usage_error(cli, "%s",
                               T("--extends needs --region CODE: the region the new pack is for",
                                 "用 --extends 时须用 --region 写明新评估包的行政区划代码"));
    if (options->extends && !pack_template_id_is_good(options->extends))
        return cli_usage_error(cli,
                               T("--extends takes the id of a pack, not \"%s\"",
                                 "--extends 应为评估包的标识，而不是“%s”"),
                               options->extends);
    pack->region = options->region;
    pack->title = options->title;
    int code = name_pack(cli, options, argument, pack);
    if (code != EXIT_DONE) return code;
    const PackTemplate template = template_of(pack);
    Error error = {0};
    return pack_template_check(&template, &error) ? EXIT_DONE
                                                  : cli_usage_error(cli, "%s", error.message);
}

// The parent is found where the new pack will find it: beside it, else in the workspace.
static int find_parent(Cli *cli, const char *id, NewPack *pack) {
    ProblemList problems = {0};
    char *beside = family_folder_beside(pack->folder.data);
    ParentPlaces places = {.beside = beside, .find_store = cli_store_if_any, .context = cli};
    bool good = family_find(&cli->jobs, id, &places, &pack->parent, &problems);
    int code = good ? EXIT_DONE : cli_fail_all(cli, &problems, beside);
    free(beside);
    problems_free(&problems);
    return code;
}

static int write_pack(const Cli *cli, NewPack *pack) {
    const PackTemplate template = template_of(pack);
    Error error = {0};
    if (!pack_template_each(&template, write_in_folder, pack->folder.data, &error))
        return cli_fail(cli, &error);
    fprintf(stderr,
            T("made %s; next: biaochi pack test %s\n", "已创建 %s；下一步：biaochi pack test %s\n"),
            pack->folder.data, pack->folder.data);
    return EXIT_DONE;
}

static int make(Cli *cli, const NewValues *options, const char *argument, NewPack *pack) {
    int code = check_values(cli, options, argument, pack);
    if (code != EXIT_DONE) return code;
    struct stat about;
    if (pack->folder.data && stat(pack->folder.data, &about) == 0) {
        Error error = {0};
        error_set(&error, ERROR_CONFLICT,
                  T("%s is there already; nothing was changed", "%s 已存在；未作任何改动"),
                  pack->folder.data);
        return cli_fail(cli, &error);
    }
    if (options->extends) {
        code = find_parent(cli, options->extends, pack);
        if (code != EXIT_DONE) return code;
    }
    return write_pack(cli, pack);
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    NewPack pack = {0};
    int code = make(cli, values, count ? arguments[0] : NULL, &pack);
    loaded_pack_free(&pack.parent);
    buffer_free(&pack.folder);
    buffer_free(&pack.id);
    return code;
}

static const Option options[] = {
    {"region", OPTION_TEXT, offsetof(NewValues, region), "CODE",
     "code of the region (default: 150802; --extends needs it)",
     "行政区划代码（默认 150802；用 --extends 时必填）"},
    {"title", OPTION_TEXT, offsetof(NewValues, title), "TEXT",
     "name shown to people (default: the id)", "显示名称（默认同标识）"},
    {"dir", OPTION_TEXT, offsetof(NewValues, folder), "DIR",
     "where to make the pack's folder (default: here)", "在哪个文件夹下创建（默认当前文件夹）"},
    {"extends", OPTION_TEXT, offsetof(NewValues, extends), "PACK",
     "build on this pack: one beside it, else an active one",
     "继承该评估包：相邻文件夹中的，否则已激活的"}};

const Command command_pack_new = {
    .name = "pack new",
    .usage = "[FOLDER/]ID [OPTIONS]",
    .english = "make a pack to start from, with data and a spec",
    .chinese = "新建评估包，附数据和测试",
    .details_english =
        "With --extends the pack holds what differs from that pack only; without an ID it "
        "is called after that pack and the region.",
    .details_chinese =
        "用 --extends 时，评估包只写与所继承者的不同之处；不写标识时，以所继承者和区划代码命名。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(NewValues),
    .least_arguments = 0,
    .most_arguments = 1,
    .run = run,
};
