// Printing help: see help.h.
#include "core/cli/help.h"

#include <stdio.h>
#include <string.h>

#include "core/base/language.h"

static const char *const exit_lines[][2] = {
    {"0  all went well", "0  成功"},
    {"1  something was found wrong: rows, a pack, a spec, a rule, a replay that differs, the audit log",
     "1  发现问题：数据行、评估包、测试、规则有误，重算结果不一致，或审计日志被改动"},
    {"2  the command line is wrong", "2  命令行有误"},
    {"3  the workspace or its database cannot be used", "3  工作区或数据库无法使用"},
    {"4  a worker process died, hung or broke the protocol", "4  工作进程崩溃、挂起或违反协议"},
    {"5  the operating system refused", "5  操作系统拒绝"},
    {"6  what was asked for does not exist", "6  请求的对象不存在"},
};

static void print_option(const Option *option) {
    char left[64];
    snprintf(left, sizeof left, "--%s%s%s", option->name, option->placeholder ? " " : "",
             option->placeholder ? option->placeholder : "");
    printf("  %-26s %s\n", left, T(option->english, option->chinese));
}

static void print_common(const HelpTopics *topics) {
    puts(T("\nOptions of every command:", "\n通用选项："));
    for (size_t i = 0; i < topics->common_count; i++)
        print_option(&topics->common[i]);
    puts(T("\nExit codes:", "\n退出码："));
    for (size_t i = 0; i < sizeof exit_lines / sizeof exit_lines[0]; i++)
        printf("  %s\n", T(exit_lines[i][0], exit_lines[i][1]));
}

static const struct {
    const char *name, *english, *chinese;
} variables[] = {
    {"BIAOCHI_WORKSPACE", "the workspace's folder, where --workspace is not given",
     "工作区文件夹（未指定 --workspace 时）"},
    {"BIAOCHI_LANG", "zh or en, the language of messages; without it the locale's",
     "消息语言：zh 或 en，默认取自系统区域设置"},
    {"BIAOCHI_USER", "who you are, for the audit log; without it who ran sudo, else the login name",
     "记入审计日志的操作人；默认为执行 sudo 的用户，否则为登录名"},
};

static void print_variables(void) {
    puts(T("\nEnvironment:", "\n环境变量："));
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        printf("  %-26s %s\n", variables[i].name, T(variables[i].english, variables[i].chinese));
}

bool help_is_of_group(const Command *command, const char *group) {
    size_t length = strlen(group);
    return strncmp(command->name, group, length) == 0 && command->name[length] == ' ';
}

// The commands of a group; NULL for all.
static void print_commands(const HelpTopics *topics, const char *group) {
    for (size_t i = 0; i < topics->command_count; i++) {
        const Command *command = topics->commands[i];
        if (group && !help_is_of_group(command, group)) continue;
        printf("  %-20s %s\n", command->name, T(command->english, command->chinese));
    }
    puts(T("\n`biaochi COMMAND --help` explains one command.",
           "\nbiaochi 命令 --help 可查看单个命令的说明。"));
}

void help_command(const HelpTopics *topics, const Command *command) {
    printf("biaochi %s%s%s\n\n%s\n", command->name, *command->usage ? " " : "", command->usage,
           T(command->english, command->chinese));
    const char *details = T(command->details_english, command->details_chinese);
    if (details) printf("\n%s\n", details);
    if (command->option_count) puts(T("\nOptions:", "\n选项："));
    for (size_t i = 0; i < command->option_count; i++)
        print_option(&command->options[i]);
    print_common(topics);
}

void help_program(const HelpTopics *topics) {
    puts(T("biaochi (标尺) — monitor and assess development plans by region packs\n\n"
           "Usage: biaochi COMMAND [OPTIONS]\n\nCommands:",
           "biaochi（标尺）——以评估包监测评估发展规划\n\n用法：biaochi 命令 [选项]\n\n命令："));
    print_commands(topics, NULL);
    print_common(topics);
    print_variables();
}

bool help_is_group(const HelpTopics *topics, const char *group) {
    for (size_t i = 0; i < topics->command_count; i++)
        if (help_is_of_group(topics->commands[i], group)) return true;
    return false;
}

void help_group(const HelpTopics *topics, const char *group) {
    printf(T("Usage: biaochi %s COMMAND [OPTIONS]\n\nCommands:\n",
             "用法：biaochi %s 命令 [选项]\n\n命令：\n"),
           group);
    print_commands(topics, group);
    print_common(topics);
}
