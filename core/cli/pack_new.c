// biaochi pack new: a pack to start from, made from the template inside this program.
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/embedded.h"
#include "core/base/language.h"
#include "core/cli/command.h"

static const char TEMPLATE_FOLDER[] = "plugins/_template/";

typedef struct NewValues {
    const char *region, *title, *folder;
} NewValues;

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

static bool write_template(const char *folder, const char *const markers[][2], Error *error) {
    size_t prefix = strlen(TEMPLATE_FOLDER);
    bool good = true;
    for (size_t i = 0; i < embedded_file_count && good; i++) {
        if (strncmp(embedded_files[i].path, TEMPLATE_FOLDER, prefix) != 0) continue;
        Buffer path = {0}, text = {0};
        buffer_printf(&path, "%s/%s", folder, embedded_files[i].path + prefix);
        replace_all(&text, embedded_files[i].bytes, markers);
        good = write_file(path.data, &text, error);
        buffer_free(&path);
        buffer_free(&text);
    }
    return good;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const NewValues *options = values;
    const char *id = arguments[0], *region = options->region ? options->region : "150802";
    if (!good_id(id))
        return cli_usage_error(
            cli,
            T("\"%s\" is no id: small letters, digits and _, beginning with a letter",
              "“%s”不是合格的标识：小写字母、数字和 _，以字母开头"),
            id);
    if (strspn(region, "0123456789") != strlen(region) || strlen(region) < 6 || strlen(region) > 12)
        return cli_usage_error(
            cli,
            T("region \"%s\" is no code of 6 to 12 digits", "行政区划代码“%s”不是 6 至 12 位数字"),
            region);
    const char *title = options->title ? options->title : id;
    if (strpbrk(title, "\"\\\n"))
        return cli_usage_error(cli, "%s",
                               T("the title must not contain quotes, backslashes or line breaks",
                                 "名称中不能有引号、反斜杠或换行"));
    Buffer folder = {0};
    buffer_printf(&folder, "%s/%s", options->folder ? options->folder : ".", id);
    struct stat about;
    Error error = {0};
    int code = EXIT_DONE;
    const char *const markers[][2] = {
        {"@ID@", id}, {"@TITLE@", title}, {"@REGION@", region}, {NULL, NULL}};
    if (stat(folder.data, &about) == 0) {
        error_set(&error, ERROR_CONFLICT,
                  T("%s is there already; nothing was changed", "%s 已存在；未作任何改动"),
                  folder.data);
        code = cli_fail(cli, &error);
    } else if (!write_template(folder.data, markers, &error)) {
        code = cli_fail(cli, &error);
    } else {
        fprintf(
            stderr,
            T("made %s; next: biaochi pack test %s\n", "已创建 %s；下一步：biaochi pack test %s\n"),
            folder.data, folder.data);
    }
    buffer_free(&folder);
    return code;
}

static const Option options[] = {
    {"region", OPTION_TEXT, offsetof(NewValues, region), "CODE",
     "code of the region (default: 150802)", "行政区划代码（默认 150802）"},
    {"title", OPTION_TEXT, offsetof(NewValues, title), "TEXT",
     "name shown to people (default: the id)", "显示名称（默认同标识）"},
    {"dir", OPTION_TEXT, offsetof(NewValues, folder), "DIR",
     "where to make the pack's folder (default: here)", "在哪个文件夹下创建（默认当前文件夹）"}};

const Command command_pack_new = {
    .name = "pack new",
    .usage = "ID [OPTIONS]",
    .english = "make a pack to start from, with data and a spec",
    .chinese = "新建评估包，附数据和测试",
    .options = options,
    .option_count = 3,
    .values_size = sizeof(NewValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
