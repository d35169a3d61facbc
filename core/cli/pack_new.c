// biaochi pack new: a pack to start from, made from the template inside this program.
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/embedded.h"
#include "core/base/language.h"
#include "core/cli/pack_folder.h"

static const char TEMPLATE_FOLDER[] = "plugins/_template/";
static const char CHILD_TEMPLATE_FOLDER[] = "plugins/_template_child/";

typedef struct NewValues {
    const char *region, *title, *folder, *extends;
} NewValues;

// A declaration of the parent that the template names.
typedef struct Shown {
    const char *kind, *list, *id, *title; // borrowed from the parent
} Shown;

// What the templates' markers stand for, and where the pack is made.
typedef struct NewPack {
    Buffer folder, id; // the folder with the id
    const char *region, *title;
    LoadedPack parent; // without a description where there is none
    Shown shown;
} NewPack;

static void replace_all(Buffer *out, const char *text, const char *const markers[][2]) {
    while (*text) {
        const char *with = NULL;
        for (size_t i = 0; markers[i][0] && !with; i++) {
            if (strncmp(text, markers[i][0], strlen(markers[i][0])) != 0) continue;
            with = markers[i][1];
            text += strlen(markers[i][0]);
        }
        if (with)
            buffer_text(out, with);
        else
            buffer_append(out, text++, 1);
    }
}

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

static bool good_id(const char *id) {
    if (!islower((unsigned char)*id) || strlen(id) > 64) return false;
    return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(id);
}

static bool write_template(const char *template_folder, const char *folder,
                           const char *const markers[][2], Error *error) {
    size_t prefix = strlen(template_folder);
    bool good = true;
    for (size_t i = 0; i < embedded_file_count && good; i++) {
        if (strncmp(embedded_files[i].path, template_folder, prefix) != 0) continue;
        Buffer path = {0}, text = {0};
        buffer_printf(&path, "%s/%s", folder, embedded_files[i].path + prefix);
        replace_all(&text, embedded_files[i].bytes, markers);
        good = write_file(path.data, &text, error);
        buffer_free(&path);
        buffer_free(&text);
    }
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
    if (!good_id(pack->id.data))
        return cli_usage_error(
            cli,
            T("\"%s\" is no id: small letters, digits and _, beginning with a letter",
              "“%s”不是合格的标识：小写字母、数字和 _，以字母开头"),
            argument ? argument : pack->id.data);
    bool whole = slash && argument[0] == '/';
    buffer_printf(&pack->folder, "%s%s%.*s%s",
                  whole             ? ""
                  : options->folder ? options->folder
                                    : ".",
                  whole ? "" : "/", slash ? (int)(slash + 1 - argument) : 0, slash ? argument : "",
                  pack->id.data);
    return EXIT_DONE;
}

static int check_values(const Cli *cli, const NewValues *options, const char *argument,
                        NewPack *pack) {
    const char *region = pack->region = options->region ? options->region : "150802";
    if (!argument && !(options->extends && options->region))
        return cli_usage_error(cli, "%s",
                               T("an ID is missing; only with --extends and --region there is a "
                                 "name without one",
                                 "缺少 ID；只有同时给出 --extends 和 --region 时才可不写"));
    if (options->extends && !options->region)
        return cli_usage_error(cli, "%s",
                               T("--extends needs --region CODE: the region the new pack is for",
                                 "用 --extends 时须用 --region 写明新评估包的行政区划代码"));
    if (strspn(region, "0123456789") != strlen(region) || strlen(region) < 6 || strlen(region) > 12)
        return cli_usage_error(
            cli,
            T("region \"%s\" is no code of 6 to 12 digits", "行政区划代码“%s”不是 6 至 12 位数字"),
            region);
    if (options->extends && !good_id(options->extends))
        return cli_usage_error(cli,
                               T("--extends takes the id of a pack, not \"%s\"",
                                 "--extends 应为评估包的标识，而不是“%s”"),
                               options->extends);
    int code = name_pack(cli, options, argument, pack);
    if (code != EXIT_DONE) return code;
    pack->title = options->title ? options->title : pack->id.data;
    if (strpbrk(pack->title, "\"\\\n"))
        return cli_usage_error(cli, "%s",
                               T("the title must not contain quotes, backslashes or line breaks",
                                 "名称中不能有引号、反斜杠或换行"));
    return EXIT_DONE;
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

// What the template shows of the parent: something to override.
static void fill_in_parent(NewPack *pack) {
    const Description *parent = pack->parent.description;
    for (size_t i = 0; i < parent->indicator_count; i++) {
        const Indicator *shown = &parent->indicators[i];
        if (shown->is_objective) continue;
        pack->shown = (Shown){"indicator", "indicators", shown->id, shown->title};
        return;
    }
    const Plan *plan = parent->plan_count > 0 ? &parent->plans[0] : NULL;
    if (plan) pack->shown = (Shown){"plan", "plans", plan->id, plan->title};
    if (plan || parent->assessment_count == 0) return;
    const Assessment *assessment = &parent->assessments[0];
    pack->shown = (Shown){"assessment", "assessments", assessment->id, assessment->title};
}

static int write_pack(const Cli *cli, NewPack *pack) {
    const Description *parent = pack->parent.description;
    const char *const markers[][2] = {
        {"@ID@", pack->id.data},
        {"@TITLE@", pack->title},
        {"@REGION@", pack->region},
        {"@PARENT@", parent ? parent->id : ""},
        {"@PARENT_TITLE@", parent ? parent->title : ""},
        {"@KIND@", pack->shown.kind},
        {"@LIST@", pack->shown.list},
        {"@SHOWN@", pack->shown.id},
        {"@SHOWN_TITLE@", pack->shown.title},
        {NULL, NULL},
    };
    Error error = {0};
    if (!write_template(parent ? CHILD_TEMPLATE_FOLDER : TEMPLATE_FOLDER, pack->folder.data,
                        markers, &error))
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
        fill_in_parent(pack);
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
