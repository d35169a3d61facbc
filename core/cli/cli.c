// The command line: finding the command, parsing its options, printing help and errors.
#include <errno.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/base/utf8.h"
#include "core/cli/command.h"
#include "core/cli/terminal.h"

static const Command *const commands[] = {
    &command_init,       &command_import,    &command_evaluate,      &command_explain,
    &command_replay,     &command_runs,      &command_warnings,      &command_pack_new,
    &command_pack_check, &command_pack_test, &command_pack_list,     &command_pack_activate,
    &command_pack_rollback,
};
enum { COMMANDS = sizeof commands / sizeof commands[0], MOST_PRINTED = 25 };

typedef struct CommonValues {
    const char *workspace, *format, *lang, *worker;
    long deadline_ms;
    bool help;
} CommonValues;

#define COMMON(name, kind, field, placeholder, english, chinese)                                   \
    { name, kind, offsetof(CommonValues, field), placeholder, english, chinese }

static const Option common_options[] = {
    COMMON("workspace", OPTION_TEXT, workspace, "DIR",
           "folder of the workspace (default: $BIAOCHI_WORKSPACE, else the current folder)",
           "工作区文件夹（默认 $BIAOCHI_WORKSPACE，否则为当前文件夹）"),
    COMMON("format", OPTION_TEXT, format, "table|json|csv", "how results are printed (default: table)",
           "输出格式（默认 table）"),
    COMMON("lang", OPTION_TEXT, lang, "zh|en", "language of messages (default: from the locale)",
           "消息语言（默认取自系统区域设置）"),
    COMMON("worker", OPTION_TEXT, worker, "PROGRAM",
           "run workers with this program, to put a debugger around them", "用该程序运行工作进程（供调试）"),
    COMMON("deadline-ms", OPTION_INTEGER, deadline_ms, "N", "kill a worker after so long (default: 60000)",
           "工作进程的最长时间，毫秒（默认 60000）"),
    COMMON("help", OPTION_FLAG, help, NULL, "show this help", "显示帮助"),
};
enum { COMMON_OPTIONS = sizeof common_options / sizeof common_options[0] };

static const char *const exit_lines[][2] = {
    {"0  all went well", "0  成功"},
    {"1  something was found wrong: rows, a pack, a spec, a rule, a replay that differs",
     "1  发现问题：数据行、评估包、测试、规则有误，或重算结果不一致"},
    {"2  the command line is wrong", "2  命令行有误"},
    {"3  the workspace or its database cannot be used", "3  工作区或数据库无法使用"},
    {"4  a worker process died, hung or broke the protocol", "4  工作进程崩溃、挂起或违反协议"},
    {"5  the operating system refused", "5  操作系统拒绝"},
    {"6  what was asked for does not exist", "6  所求之物不存在"},
};

// ---- help --------------------------------------------------------------------------------------

static void print_option(const Option *option) {
    char left[64];
    snprintf(left, sizeof left, "--%s%s%s", option->name, option->placeholder ? " " : "",
             option->placeholder ? option->placeholder : "");
    printf("  %-26s %s\n", left, T(option->english, option->chinese));
}

static void print_common_help(void) {
    puts(T("\nOptions of every command:", "\n通用选项："));
    for (size_t i = 0; i < COMMON_OPTIONS; i++)
        print_option(&common_options[i]);
    puts(T("\nExit codes:", "\n退出码："));
    for (size_t i = 0; i < sizeof exit_lines / sizeof exit_lines[0]; i++)
        printf("  %s\n", T(exit_lines[i][0], exit_lines[i][1]));
}

static void print_command_help(const Command *command) {
    printf("biaochi %s %s\n\n%s\n", command->name, command->usage, T(command->english, command->chinese));
    const char *details = T(command->details_english, command->details_chinese);
    if (details) printf("\n%s\n", details);
    if (command->option_count) puts(T("\nOptions:", "\n选项："));
    for (size_t i = 0; i < command->option_count; i++)
        print_option(&command->options[i]);
    print_common_help();
}

static void print_help(void) {
    puts(T("biaochi (标尺) — monitor and assess development plans by region packs\n\n"
           "Usage: biaochi COMMAND [OPTIONS]\n\nCommands:",
           "biaochi（标尺）——以评估包监测评估发展规划\n\n用法：biaochi 命令 [选项]\n\n命令："));
    for (size_t i = 0; i < COMMANDS; i++)
        printf("  %-16s %s\n", commands[i]->name, T(commands[i]->english, commands[i]->chinese));
    puts(T("\n`biaochi COMMAND --help` explains one command.", "\nbiaochi 命令 --help 可查看单个命令的说明。"));
    print_common_help();
}

// ---- errors ------------------------------------------------------------------------------------

static int exit_code_of(ErrorCode code) {
    switch (code) {
        case ERROR_NONE: return EXIT_DONE;
        case ERROR_USAGE: return EXIT_USAGE;
        case ERROR_INPUT:
        case ERROR_PACK:
        case ERROR_LIMIT:
        case ERROR_CONFLICT: return EXIT_FINDINGS;
        case ERROR_STORE: return EXIT_STORE;
        case ERROR_WORKER: return EXIT_WORKER;
        case ERROR_NOT_FOUND: return EXIT_NOT_FOUND;
        case ERROR_CANCELLED:
        case ERROR_SYSTEM: return EXIT_SYSTEM;
    }
    return EXIT_SYSTEM;
}

// "plugins/x/pack.lua:12: message" and, on its own line, what to do.
static void print_problem(const Error *error, const char *folder) {
    bool inside = folder && error->file[0] && error->file[0] != '/' && strcmp(folder, error->file) != 0;
    if (inside) fprintf(stderr, "%s/", folder);
    terminal_print(stderr, error->file);
    if (error->file[0]) putc(':', stderr);
    if (error->line) fprintf(stderr, "%d:", error->line);
    if (error->column) fprintf(stderr, "%d:", error->column);
    if (error->file[0]) putc(' ', stderr);
    terminal_print(stderr, error->message);
    if (error->hint[0]) fputs("\n    → ", stderr);
    terminal_print(stderr, error->hint);
    putc('\n', stderr);
}

static void write_problem(JsonWriter *json, const Error *error) {
    json_writer_begin_object(json);
    json_writer_key(json, "code");
    json_writer_string(json, error_code_name(error->code));
    json_writer_key(json, "message");
    json_writer_string(json, error->message);
    json_writer_key(json, "file");
    json_writer_string(json, error->file[0] ? error->file : NULL);
    json_writer_key(json, "line");
    if (error->line)
        json_writer_integer(json, error->line);
    else
        json_writer_null(json);
    json_writer_key(json, "column");
    if (error->column)
        json_writer_integer(json, error->column);
    else
        json_writer_null(json);
    json_writer_key(json, "hint");
    json_writer_string(json, error->hint[0] ? error->hint : NULL);
    json_writer_end_object(json);
}

static void print_problems_json(const ProblemList *problems) {
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    json_writer_begin_object(&json);
    json_writer_key(&json, "ok");
    json_writer_boolean(&json, false);
    json_writer_key(&json, "problems");
    json_writer_begin_array(&json);
    for (size_t i = 0; i < problems->count; i++)
        write_problem(&json, &problems->items[i]);
    json_writer_end_array(&json);
    json_writer_key(&json, "more_problems");
    json_writer_integer(&json, (int64_t)problems->dropped);
    json_writer_end_object(&json);
    puts(out.data);
    buffer_free(&out);
}

int cli_fail_all(const Cli *cli, const ProblemList *problems, const char *folder) {
    if (cli->format == OUTPUT_JSON) {
        print_problems_json(problems);
    } else {
        size_t shown = problems->count < MOST_PRINTED ? problems->count : MOST_PRINTED;
        for (size_t i = 0; i < shown; i++)
            print_problem(&problems->items[i], folder);
        size_t more = problems->count - shown + problems->dropped;
        if (more)
            fprintf(stderr, T("… and %zu more; --format json lists up to 1000\n", "……另有 %zu 处；--format json 最多列出 1000 处\n"), more);
    }
    int worst = EXIT_FINDINGS;
    for (size_t i = 0; i < problems->count; i++) {
        int code = exit_code_of(problems->items[i].code);
        if (code != EXIT_FINDINGS) worst = code;
    }
    return worst;
}

int cli_fail(const Cli *cli, const Error *error) {
    ProblemList problems = {0};
    problems_add(&problems, error);
    int code = cli_fail_all(cli, &problems, NULL);
    problems_free(&problems);
    return code;
}

int cli_usage_error(const Cli *cli, const char *format, ...) {
    Error error = {0};
    char text[900];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    error_set(&error, ERROR_USAGE, "%s", text);
    if (cli->command)
        error_hint(&error, T("see biaochi %s --help", "参见 biaochi %s --help"), cli->command->name);
    return cli_fail(cli, &error);
}

int cli_print(const Cli *cli, OutputTable *table, int exit_code) {
    Error error = {0};
    errno = 0;
    bool good = output_print(table, cli->format, stdout, &error);
    bool reader_left = !good && errno == EPIPE; // `| head` is no error
    output_free(table);
    return good || reader_left ? exit_code : cli_fail(cli, &error);
}

// ---- the workspace -----------------------------------------------------------------------------

const char *cli_database_path(const Cli *cli, Buffer *path) {
    buffer_clear(path);
    buffer_printf(path, "%s/biaochi.db", cli->workspace);
    return path->data;
}

bool cli_open_store(Cli *cli, int *exit_code) {
    if (cli->store) return true;
    Buffer path = {0};
    Error error = {0};
    bool good = store_open(cli_database_path(cli, &path), STORE_OPEN, &cli->store, &error);
    buffer_free(&path);
    if (!good) *exit_code = cli_fail(cli, &error);
    return good;
}

const char *cli_who(void) {
    const struct passwd *user = getpwuid(getuid());
    const char *named = getenv("BIAOCHI_USER");
    return named && *named ? named : user ? user->pw_name : "unknown";
}

// ---- parsing -----------------------------------------------------------------------------------

static const Option *find_option(const Option *options, size_t count, const char *name, size_t length) {
    for (size_t i = 0; i < count; i++)
        if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0)
            return &options[i];
    return NULL;
}

static bool set_option(const Option *option, void *values, const char *text) {
    void *field = (char *)values + option->offset;
    if (option->kind == OPTION_FLAG) {
        *(bool *)field = true;
        return true;
    }
    if (option->kind == OPTION_TEXT) {
        *(const char **)field = text;
        return true;
    }
    char *end;
    errno = 0;
    *(long *)field = strtol(text, &end, 10);
    return errno == 0 && end != text && *end == '\0';
}

static int unknown_option(const Cli *cli, const char *name) {
    const char *names[64];
    size_t count = 0;
    for (size_t i = 0; i < COMMON_OPTIONS; i++)
        names[count++] = common_options[i].name;
    for (size_t i = 0; cli->command && i < cli->command->option_count && count < 64; i++)
        names[count++] = cli->command->options[i].name;
    const char *near = nearest_name(name, names, count);
    if (near) return cli_usage_error(cli, T("unknown option --%s (did you mean --%s?)", "未知选项 --%s（是否应为 --%s？）"), name, near);
    return cli_usage_error(cli, T("unknown option --%s", "未知选项 --%s"), name);
}

// Takes one option and its value; leaves `*at` on the last word used.
static int take_option(Cli *cli, int count, char **words, int *at, CommonValues *common, void *values) {
    const char *name = words[*at] + 2, *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const Option *option = find_option(common_options, COMMON_OPTIONS, name, length);
    void *target = common;
    if (!option && cli->command) {
        option = find_option(cli->command->options, cli->command->option_count, name, length);
        target = values;
    }
    if (!option) return unknown_option(cli, name);
    const char *text = equals ? equals + 1 : NULL;
    if (option->kind == OPTION_FLAG && text)
        return cli_usage_error(cli, T("--%s takes no value", "--%s 不带值"), option->name);
    if (option->kind != OPTION_FLAG && !text) {
        if (*at + 1 >= count) return cli_usage_error(cli, T("--%s needs a value", "--%s 缺少值"), option->name);
        text = words[++*at];
    }
    if (!set_option(option, target, text))
        return cli_usage_error(cli, T("--%s takes a whole number, not \"%s\"", "--%s 应为整数，而不是 \"%s\""), option->name, text);
    return EXIT_DONE;
}

static const Command *find_command(const char *first, const char *second, int *words_used) {
    char name[64];
    snprintf(name, sizeof name, "%s %s", first, second ? second : "");
    for (size_t i = 0; i < COMMANDS; i++) {
        *words_used = 2;
        if (second && strcmp(commands[i]->name, name) == 0) return commands[i];
        *words_used = 1;
        if (strcmp(commands[i]->name, first) == 0) return commands[i];
    }
    return NULL;
}

static int unknown_command(const Cli *cli, const char *first, const char *second) {
    const char *names[COMMANDS];
    char name[200];
    bool pack = strcmp(first, "pack") == 0;
    snprintf(name, sizeof name, "%s%s%s", first, pack && second ? " " : "", pack && second ? second : "");
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i]->name;
    Error error = {0};
    if (pack && !second)
        error_set(&error, ERROR_USAGE, "%s", T("pack needs a subcommand: new, check, test, list, activate or rollback",
                                               "pack 需要子命令：new、check、test、list、activate 或 rollback"));
    else
        error_set(&error, ERROR_USAGE, T("unknown command \"%s\"", "未知命令 \"%s\""), name);
    const char *near = nearest_name(name, names, COMMANDS);
    if (near)
        error_hint(&error, T("did you mean biaochi %s?", "是否应为 biaochi %s?"), near);
    else
        error_hint(&error, "%s", T("biaochi --help lists the commands", "biaochi --help 列出全部命令"));
    return cli_fail(cli, &error);
}

static int apply_common(Cli *cli, const CommonValues *common) {
    if (common->lang) {
        bool chinese = strcmp(common->lang, "zh") == 0;
        if (!chinese && strcmp(common->lang, "en") != 0)
            return cli_usage_error(cli, T("--lang is zh or en, not \"%s\"", "--lang 应为 zh 或 en，而不是 \"%s\""), common->lang);
        language_set(chinese ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH);
    }
    Error error = {0};
    if (common->format && !output_format_parse(common->format, &cli->format, &error)) return cli_fail(cli, &error);
    if (common->deadline_ms < 0)
        return cli_usage_error(cli, "%s", T("--deadline-ms must be above 0", "--deadline-ms 须大于 0"));
    const char *workspace = common->workspace ? common->workspace : getenv("BIAOCHI_WORKSPACE");
    cli->workspace = workspace && *workspace ? workspace : ".";
    cli->jobs.worker_program = common->worker;
    cli->jobs.deadline_ms = common->deadline_ms;
    return EXIT_DONE;
}

static int run_command(Cli *cli, const void *values, char **arguments, int count) {
    const Command *command = cli->command;
    if (count < command->least_arguments || count > command->most_arguments)
        return cli_usage_error(cli, T("usage: biaochi %s %s", "用法：biaochi %s %s"), command->name, command->usage);
    uv_loop_init(&cli->loop);
    cli->jobs.loop = &cli->loop;
    cli->jobs.parallel = (int)uv_available_parallelism();
    int code = command->run(cli, values, arguments, count);
    store_close(cli->store);
    uv_run(&cli->loop, UV_RUN_DEFAULT);
    uv_loop_close(&cli->loop);
    return code;
}

int cli_main(int count, char **words) {
    language_set_from_environment();
    Cli cli = {.workspace = "."};
    int first = 1;
    // The language and the like may stand before the command too.
    CommonValues common = {0};
    while (first < count && strncmp(words[first], "--", 2) == 0) {
        int code = take_option(&cli, count, words, &first, &common, NULL);
        if (code != EXIT_DONE) return code;
        first++;
    }
    int code = apply_common(&cli, &common);
    if (code != EXIT_DONE) return code;
    if (first >= count || common.help) {
        print_help();
        return first >= count && !common.help ? EXIT_USAGE : EXIT_DONE;
    }
    int words_used;
    cli.command = find_command(words[first], first + 1 < count ? words[first + 1] : NULL, &words_used);
    if (!cli.command) return unknown_command(&cli, words[first], first + 1 < count ? words[first + 1] : NULL);

    void *values = memory_new(1, cli.command->values_size);
    char **arguments = memory_new((size_t)count, sizeof *arguments);
    int argument_count = 0;
    bool only_arguments = false;
    for (int at = first + words_used; at < count && code == EXIT_DONE; at++) {
        if (!only_arguments && strcmp(words[at], "--") == 0)
            only_arguments = true;
        else if (!only_arguments && strncmp(words[at], "--", 2) == 0)
            code = take_option(&cli, count, words, &at, &common, values);
        else
            arguments[argument_count++] = words[at];
    }
    if (code == EXIT_DONE) code = apply_common(&cli, &common);
    if (code == EXIT_DONE && common.help)
        print_command_help(cli.command);
    else if (code == EXIT_DONE)
        code = run_command(&cli, values, arguments, argument_count);
    free(arguments);
    free(values);
    return code;
}
