// The command line: finding the command, parsing its options, running it.
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/auth/rights.h"
#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/base/nearest.h"
#include "core/base/plain_text.h"
#include "core/base/text.h"
#include "core/cli/command.h"
#include "core/cli/help.h"
#include "core/eval/evaluate.h"

static const Command *const commands[] = {
    &command_init,
    &command_import,
    &command_export_observations,
    &command_export_regions,
    &command_export_pack,
    &command_evaluate,
    &command_explain,
    &command_replay,
    &command_runs,
    &command_warnings,
    &command_bench,
    &command_pack_new,
    &command_pack_check,
    &command_pack_test,
    &command_pack_list,
    &command_pack_activate,
    &command_pack_rollback,
    &command_pack_retire,
    &command_pack_year,
    &command_pack_diff,
    &command_pack_show,
    &command_pack_coverage,
    &command_analyse_weights,
    &command_analyse_differences,
    &command_analyse_warnings,
    &command_analyse_data,
    &command_samples_list,
    &command_samples_remove,
    &command_round_open,
    &command_round_list,
    &command_round_show,
    &command_round_advance,
    &command_round_withdraw,
    &command_serve,
    &command_user_add,
    &command_user_list,
    &command_user_show,
    &command_user_grant,
    &command_user_revoke,
    &command_user_reset_password,
    &command_user_disable,
    &command_user_enable,
    &command_user_unlock,
    &command_user_sessions,
    &command_user_token_add,
    &command_user_token_list,
    &command_user_token_revoke,
    &command_audit_list,
    &command_audit_verify,
    &command_audit_export,
    &command_backup,
    &command_restore,
};
enum {
    COMMANDS = sizeof commands / sizeof commands[0],
    USUAL_DEADLINE_MS = 60000,
    EARLIEST_YEAR = 1900,
    LATEST_YEAR = 2200,
    MOST_COMMAND_WORDS = 3,
    MOST_COMMAND_NAME = 200,
};

typedef struct CommonValues {
    const char *workspace, *format, *lang, *worker;
    long deadline_ms;
    bool help, version;
} CommonValues;

#define COMMON(name, kind, field, placeholder, english, chinese)                                   \
    { name, kind, offsetof(CommonValues, field), placeholder, english, chinese }

static const Option common_options[] = {
    COMMON("workspace", OPTION_TEXT, workspace, "DIR",
           "folder of the workspace (default: $BIAOCHI_WORKSPACE, else the current folder)",
           "工作区文件夹（默认 $BIAOCHI_WORKSPACE，否则为当前文件夹）"),
    COMMON("format", OPTION_TEXT, format, "table|json|csv",
           "how results are printed (default: table)", "输出格式（默认 table）"),
    COMMON("lang", OPTION_TEXT, lang, "zh|en", "language of messages (default: from the locale)",
           "消息语言（默认取自系统区域设置）"),
    COMMON("worker", OPTION_TEXT, worker, "PROGRAM",
           "run workers with this program, to put a debugger around them",
           "用该程序运行工作进程（供调试）"),
    COMMON("deadline-ms", OPTION_INTEGER, deadline_ms, "N",
           "kill a worker whose answer takes so long (default: 60000)",
           "工作进程每次应答的最长时间，毫秒（默认 60000）"),
    COMMON("help", OPTION_FLAG, help, NULL, "show this help", "显示帮助"),
    COMMON("version", OPTION_FLAG, version, NULL, "show the program's version", "显示程序版本"),
};
enum { COMMON_OPTIONS = sizeof common_options / sizeof common_options[0] };

static const HelpTopics topics = {commands, COMMANDS, common_options, COMMON_OPTIONS};

int cli_print(const Cli *cli, OutputTable *table, int exit_code) {
    output_print(table, cli->format, stdout);
    output_free(table);
    return exit_code;
}

void cli_print_json(json_t *json) {
    enum { FLAGS = JSON_INDENT(2) | JSON_REAL_PRECISION(15) | JSON_SORT_KEYS };
    char *text = json ? json_dumps(json, FLAGS) : NULL;
    json_decref(json);
    if (text) {
        output_write(text, strlen(text), stdout);
        output_write("\n", 1, stdout);
    } else {
        output_fail(stdout, EILSEQ); // a text in it is no UTF-8
    }
    free(text);
}

// ---- the workspace -----------------------------------------------------------------------------

const char *cli_database_path(const Cli *cli, Buffer *path) {
    buffer_clear(path);
    buffer_printf(path, "%s/biaochi.db", cli->workspace);
    return path->data;
}

void cli_name_actor(Cli *cli) {
    snprintf(cli->who, sizeof cli->who, "%s", cli_who());
    store_act_as(&(StoreActor){.who = cli->who, .means = "cli"});
}

bool cli_open_store(Cli *cli, int *exit_code) {
    if (cli->store) return true;
    cli_name_actor(cli);
    Buffer path = {0};
    Error error = {0};
    bool good = store_open(cli_database_path(cli, &path), STORE_OPEN, &cli->store, &error);
    buffer_free(&path);
    if (!good) *exit_code = cli_fail(cli, &error);
    return good;
}

// Of a variable of the environment; NULL where it is not set, or empty.
static const char *named_by(const char *variable) {
    const char *name = getenv(variable);
    return name && *name ? name : NULL;
}

// An installed workspace belongs to an account of its own, which everybody becomes by sudo.
const char *cli_login(void) {
    static char login[CLI_LOGIN_SIZE];
    const struct passwd *user = getpwuid(getuid());
    const char *name = named_by("BIAOCHI_USER");
    if (!name) name = named_by("SUDO_USER");
    if (!name) name = user ? user->pw_name : "unknown";
    char *plain = memory_copy_string(name);
    plain_text_clean_line(plain);
    text_copy(login, sizeof login, plain);
    free(plain);
    return login;
}

_Static_assert((int)CLI_WHO_SIZE == (int)ACCOUNT_NAME_SIZE &&
                   CLI_LOGIN_SIZE == CLI_WHO_SIZE - (sizeof "local:" - 1),
               "a login name has its place in a caller's");

const char *cli_who(void) {
    static Caller caller;
    caller = caller_local(cli_login());
    return caller.name;
}

// ---- parsing -----------------------------------------------------------------------------------

static const Option *find_option(const Option *options, size_t count, const char *name,
                                 size_t length) {
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
    if (option->kind == OPTION_TEXT || option->kind == OPTION_LIST) {
        *(const char **)field = text;
        return true;
    }
    char *end;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0') return false;
    if (option->kind == OPTION_YEAR && (number < EARLIEST_YEAR || number > LATEST_YEAR))
        return false;
    *(long *)field = number;
    return true;
}

static int bad_value(const Cli *cli, const Option *option, const char *text) {
    if (option->kind == OPTION_YEAR)
        return cli_usage_error(cli,
                               T("--%s takes a year from %d to %d, not \"%s\"",
                                 "--%s 应为 %d 至 %d 之间的年份，而不是“%s”"),
                               option->name, EARLIEST_YEAR, LATEST_YEAR, text);
    return cli_usage_error(cli,
                           T("--%s takes a whole number, not \"%s\"", "--%s 应为整数，而不是“%s”"),
                           option->name, text);
}

static int unknown_option(const Cli *cli, const char *name) {
    const char *names[64];
    size_t count = 0;
    for (size_t i = 0; i < COMMON_OPTIONS; i++)
        names[count++] = common_options[i].name;
    for (size_t i = 0; cli->command && i < cli->command->option_count && count < 64; i++)
        names[count++] = cli->command->options[i].name;
    const char *near = nearest_name(name, names, count);
    if (near)
        return cli_usage_error(
            cli, T("unknown option --%s (did you mean --%s?)", "未知选项 --%s（是否应为 --%s？）"),
            name, near);
    return cli_usage_error(cli, T("unknown option --%s", "未知选项 --%s"), name);
}

// Takes one option and its value; leaves `*at` on the last word used.
static int take_option(Cli *cli, int count, char **words, int *at, CommonValues *common,
                       void *values) {
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
    bool followed = *at + 1 < count && strncmp(words[*at + 1], "--", 2) != 0;
    if (option->kind == OPTION_LIST && !text) text = followed ? words[++*at] : "";
    if (option->kind != OPTION_FLAG && !text) {
        if (*at + 1 >= count)
            return cli_usage_error(cli, T("--%s needs a value", "--%s 缺少值"), option->name);
        text = words[++*at];
    }
    // The last one winning, an address or a proxy would be left out without a word.
    if (target == values && option->kind == OPTION_TEXT &&
        *(const char **)((char *)values + option->offset))
        return cli_usage_error(cli, T("--%s is given twice", "--%s 给出了两次"), option->name);
    return set_option(option, target, text) ? EXIT_DONE : bad_value(cli, option, text);
}

static void join_words(int count, char **words, char out[MOST_COMMAND_NAME]) {
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < count && used < MOST_COMMAND_NAME; i++)
        used +=
            (size_t)snprintf(out + used, MOST_COMMAND_NAME - used, "%s%s", i ? " " : "", words[i]);
}

// The command that most of the words name, at most three of them.
static const Command *find_command(int count, char **words, int *words_used) {
    char name[MOST_COMMAND_NAME];
    for (*words_used = count < MOST_COMMAND_WORDS ? count : MOST_COMMAND_WORDS; *words_used > 0;
         --*words_used) {
        join_words(*words_used, words, name);
        for (size_t i = 0; i < COMMANDS; i++)
            if (strcmp(commands[i]->name, name) == 0) return commands[i];
    }
    return NULL;
}

static int missing_subcommand(const Cli *cli, const char *group) {
    char list[200] = "";
    size_t prefix = strlen(group) + 1, used = 0;
    for (size_t i = 0; i < COMMANDS; i++) {
        if (!help_is_of_group(commands[i], group) || used >= sizeof list) continue;
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used ? T(", ", "、") : "",
                                 commands[i]->name + prefix);
    }
    Error error = {0};
    error_set(&error, ERROR_USAGE, T("%s needs a subcommand: %s", "%s 需要子命令：%s"), group,
              list);
    error_hint(&error, T("biaochi %s --help explains them", "参见 biaochi %s --help"), group);
    return cli_fail(cli, &error);
}

static int unknown_command(const Cli *cli, int count, char **words) {
    const char *names[COMMANDS];
    char name[MOST_COMMAND_NAME];
    int taken = 1;
    join_words(taken, words, name);
    while (taken < count && help_is_group(&topics, name))
        join_words(++taken, words, name);
    if (help_is_group(&topics, name)) return missing_subcommand(cli, name);
    for (size_t i = 0; i < COMMANDS; i++)
        names[i] = commands[i]->name;
    Error error = {0};
    error_set(&error, ERROR_USAGE, T("unknown command \"%s\"", "未知命令“%s”"), name);
    const char *near = nearest_name(name, names, COMMANDS);
    if (near)
        error_hint(&error, T("did you mean biaochi %s?", "是否应为 biaochi %s？"), near);
    else
        error_hint(&error, "%s",
                   T("biaochi --help lists the commands", "biaochi --help 列出全部命令"));
    return cli_fail(cli, &error);
}

static int apply_common(Cli *cli, const CommonValues *common) {
    if (common->lang) {
        bool chinese = strcmp(common->lang, "zh") == 0;
        if (!chinese && strcmp(common->lang, "en") != 0)
            return cli_usage_error(
                cli, T("--lang is zh or en, not \"%s\"", "--lang 应为 zh 或 en，而不是“%s”"),
                common->lang);
        language_set(chinese ? LANGUAGE_CHINESE : LANGUAGE_ENGLISH);
    }
    Error error = {0};
    if (common->format && !output_format_parse(common->format, &cli->format, &error))
        return cli_fail(cli, &error);
    if (common->deadline_ms <= 0)
        return cli_usage_error(cli, "%s",
                               T("--deadline-ms must be above 0", "--deadline-ms 须大于 0"));
    const char *workspace = common->workspace ? common->workspace : getenv("BIAOCHI_WORKSPACE");
    cli->workspace = workspace && *workspace ? workspace : ".";
    cli->jobs.worker_program = common->worker;
    cli->jobs.deadline_ms = common->deadline_ms;
    return EXIT_DONE;
}

static int run_command(Cli *cli, const void *values, char **arguments, int count) {
    const Command *command = cli->command;
    if (count > command->most_arguments)
        return cli_usage_error(cli,
                               T("\"%s\" is one argument too many; usage: biaochi %s %s",
                                 "多余的参数“%s”；用法：biaochi %s %s"),
                               arguments[command->most_arguments], command->name, command->usage);
    if (count < command->least_arguments)
        return cli_usage_error(cli, T("usage: biaochi %s %s", "用法：biaochi %s %s"), command->name,
                               command->usage);
    uv_loop_init(&cli->loop);
    cli->jobs.loop = &cli->loop;
    cli->jobs.parallel = (int)uv_available_parallelism();
    store_act_as(&(StoreActor){.who = cli_who(), .means = "cli"});
    int code = command->run(cli, values, arguments, count);
    store_close(cli->store);
    uv_run(&cli->loop, UV_RUN_DEFAULT);
    uv_loop_close(&cli->loop);
    return code;
}

// What `biaochi help [COMMAND]` and `biaochi pack --help` ask for.
static int show_help(Cli *cli, int count, char **words) {
    int words_used;
    char name[MOST_COMMAND_NAME];
    const Command *command = find_command(count, words, &words_used);
    join_words(count, words, name);
    if (command)
        help_command(&topics, command);
    else if (help_is_group(&topics, name))
        help_group(&topics, name);
    else if (count > 0)
        return unknown_command(cli, count, words);
    else
        help_program(&topics);
    return EXIT_DONE;
}

static void print_version(void) {
    printf(T("biaochi %s (schema %d, engine %d)\n", "biaochi %s（结构版本 %d，引擎 %d）\n"),
           BIAOCHI_VERSION, store_schema_version(), ENGINE_VERSION);
}

// Errors on the command line are in the language it asks for, wherever --lang stands.
static void take_language(int count, char **words) {
    for (int i = 1; i < count; i++) {
        bool apart = strcmp(words[i], "--lang") == 0 && i + 1 < count;
        const char *name = apart                                  ? words[i + 1]
                           : strncmp(words[i], "--lang=", 7) == 0 ? words[i] + 7
                                                                  : "";
        if (strcmp(name, "zh") == 0) language_set(LANGUAGE_CHINESE);
        if (strcmp(name, "en") == 0) language_set(LANGUAGE_ENGLISH);
    }
}

// Takes the options and leaves the other words in `arguments`.
static int take_words(Cli *cli, int count, char **words, CommonValues *common, void *values,
                      char **arguments, int *argument_count) {
    bool only_arguments = false;
    int code = EXIT_DONE;
    *argument_count = 0;
    for (int at = 0; at < count && code == EXIT_DONE; at++) {
        if (!only_arguments && strcmp(words[at], "--") == 0)
            only_arguments = true;
        else if (!only_arguments && strncmp(words[at], "--", 2) == 0)
            code = take_option(cli, count, words, &at, common, values);
        else
            arguments[(*argument_count)++] = words[at];
    }
    return code == EXIT_DONE ? apply_common(cli, common) : code;
}

// The words behind "help".
static int run_help(Cli *cli, int count, char **words, CommonValues *common, char **arguments) {
    int argument_count;
    int code = take_words(cli, count, words, common, NULL, arguments, &argument_count);
    if (code != EXIT_DONE) return code;
    return show_help(cli, argument_count, arguments);
}

// Words that begin with no command.
static int run_no_command(Cli *cli, int count, char **words) {
    int before_options = 1;
    while (before_options < count && strncmp(words[before_options], "--", 2) != 0)
        before_options++;
    for (int i = before_options; i < count; i++)
        if (strcmp(words[i], "--help") == 0) return show_help(cli, before_options, words);
    return unknown_command(cli, before_options, words);
}

static int run_words(Cli *cli, int count, char **words, CommonValues *common) {
    int words_used, argument_count;
    char **arguments = memory_new((size_t)count, sizeof *arguments);
    void *values = NULL;
    int code;
    cli->command = find_command(count, words, &words_used);
    if (cli->command) {
        values = memory_new(1, cli->command->values_size);
        code = take_words(cli, count - words_used, words + words_used, common, values, arguments,
                          &argument_count);
        if (code == EXIT_DONE && common->help)
            help_command(&topics, cli->command);
        else if (code == EXIT_DONE && common->version)
            print_version();
        else if (code == EXIT_DONE)
            code = run_command(cli, values, arguments, argument_count);
    } else if (strcmp(words[0], "help") == 0) {
        code = run_help(cli, count - 1, words + 1, common, arguments);
    } else {
        code = run_no_command(cli, count, words);
    }
    free(arguments);
    free(values);
    return code;
}

static int run_program(Cli *cli, int count, char **words) {
    int first = 1;
    // The language and the like may stand before the command too.
    CommonValues common = {.deadline_ms = USUAL_DEADLINE_MS};
    while (first < count && strncmp(words[first], "--", 2) == 0) {
        int code = take_option(cli, count, words, &first, &common, NULL);
        if (code != EXIT_DONE) return code;
        first++;
    }
    int code = apply_common(cli, &common);
    if (code != EXIT_DONE) return code;
    if (common.version) {
        print_version();
        return EXIT_DONE;
    }
    if (first < count && !common.help) return run_words(cli, count - first, words + first, &common);
    help_program(&topics);
    return common.help ? EXIT_DONE : EXIT_USAGE;
}

// Most answers are then written whole, at one place, which can say why when that fails.
static void buffer_output(void) {
    static char room[1 << 16];
    if (!isatty(STDOUT_FILENO)) setvbuf(stdout, room, _IOFBF, sizeof room);
}

int cli_main(int count, char **words) {
    Cli cli = {.workspace = "."};
    Error error = {0};
    buffer_output();
    language_set_from_environment();
    take_language(count, words);
    int code = run_program(&cli, count, words);
    if (output_end(stdout, &error) || (code != EXIT_DONE && code != EXIT_FINDINGS)) return code;
    cli.format = OUTPUT_TABLE; // on standard error: JSON goes where nothing can be written
    return cli_fail(&cli, &error);
}
