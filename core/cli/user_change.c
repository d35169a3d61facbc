// biaochi user grant, revoke, reset-password, disable, enable, unlock.
#include <stdio.h>

#include "core/base/language.h"
#include "core/cli/user.h"

#include <string.h>

static int run_grant(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    UserCommand command;
    Account account;
    Grant grant;
    Error error = {0};
    int code;
    if (!user_open(cli, &command, &code) || !user_take_grant(&command, values, &grant, &code))
        return code;
    bool good = accounts_grant(&command.call, arguments[0], &grant, &account, &error);
    return user_finish(&command, good, &account, NULL, &error);
}

static int run_revoke(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    UserCommand command;
    Account account;
    Grant grant;
    Error error = {0};
    int code;
    if (!user_open(cli, &command, &code) || !user_take_grant(&command, values, &grant, &code))
        return code;
    bool good = accounts_revoke(&command.call, arguments[0], &grant, &account, &error);
    return user_finish(&command, good, &account, NULL, &error);
}

typedef struct ResetValues {
    bool password_stdin;
} ResetValues;

static int run_reset(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const ResetValues *reset = values;
    char password[PASSWORD_MOST_BYTES + 2];
    UserCommand command;
    Account account;
    Error error = {0};
    int code;
    if (!user_open(cli, &command, &code)) return code;
    if (!reset->password_stdin)
        password_generate(password);
    else if (!user_read_password(password, &error))
        return cli_fail(cli, &error);
    bool good = accounts_reset_password(&command.call, arguments[0], password, &account, &error);
    code = user_finish(&command, good, &account, reset->password_stdin ? NULL : password, &error);
    if (good) user_say_one_time(&command);
    explicit_bzero(password, sizeof password);
    return code;
}

typedef bool (*AccountFunction)(const AuthCall *call, const char *name, Account *out, Error *error);

static int run_simple(Cli *cli, const char *name, AccountFunction change) {
    UserCommand command;
    Account account;
    Error error = {0};
    int code;
    if (!user_open(cli, &command, &code)) return code;
    bool good = change(&command.call, name, &account, &error);
    return user_finish(&command, good, &account, NULL, &error);
}

static int run_disable(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    return run_simple(cli, arguments[0], accounts_disable);
}

static int run_enable(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    return run_simple(cli, arguments[0], accounts_enable);
}

static int run_unlock(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    return run_simple(cli, arguments[0], accounts_unlock);
}

static const Option grant_options[] = {
    {"role", OPTION_TEXT, offsetof(GrantValues, role), "ROLE",
     "reporter, office, analyst, leader, evaluator, administrator, security_administrator, auditor",
     "reporter、office、analyst、leader、evaluator、administrator、security_administrator、auditor"},
    {"region", OPTION_TEXT, offsetof(GrantValues, region), "CODE",
     "region where the role holds, with all below it (default: the whole workspace)",
     "生效的行政区划及其下级（默认全工作区）"},
    {"unit", OPTION_TEXT, offsetof(GrantValues, unit), "ID", "the reporter's unit",
     "填报员所属的成员单位"}};

const Command command_user_grant = {
    .name = "user grant",
    .usage = "NAME --role ROLE [OPTIONS]",
    .english = "give an account a role; ends its sessions",
    .chinese = "授予账号角色，并结束其会话",
    .options = grant_options,
    .option_count = 3,
    .values_size = sizeof(GrantValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_grant,
};

const Command command_user_revoke = {
    .name = "user revoke",
    .usage = "NAME --role ROLE [OPTIONS]",
    .english = "take a role from an account; ends its sessions",
    .chinese = "收回账号的角色，并结束其会话",
    .options = grant_options,
    .option_count = 3,
    .values_size = sizeof(GrantValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_revoke,
};

static const Option reset_options[] = {
    {"password-stdin", OPTION_FLAG, offsetof(ResetValues, password_stdin), NULL,
     "read the password from standard input; on a terminal, ask for it",
     "从标准输入读取密码；在终端上则提示输入"}};

const Command command_user_reset_password = {
    .name = "user reset-password",
    .usage = "NAME [OPTIONS]",
    .english = "give an account a one-time password; ends its sessions and a lock",
    .chinese = "将账号的密码重置为一次性密码，结束其会话并解除锁定",
    .details_english =
        "The password must be changed at the next login, within 7 days. A lock by wrong passwords\n"
        "ends. The account's API tokens stay valid: where somebody else may have had the password,\n"
        "look at `biaochi user token list` too.",
    .details_chinese = "下次登录须修改密码，7 天内未修改即失效。因输错密码造成的锁定随即解除。\n"
                       "账号的访问令牌仍然有效：若密码可能已被他人知悉，\n"
                       "请一并查看 biaochi user token list。",
    .options = reset_options,
    .option_count = 1,
    .values_size = sizeof(ResetValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_reset,
};

const Command command_user_disable = {
    .name = "user disable",
    .usage = "NAME",
    .english = "disable an account: its sessions end, its tokens stop working",
    .chinese = "停用账号：会话结束，令牌失效",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_disable,
};

const Command command_user_enable = {
    .name = "user enable",
    .usage = "NAME",
    .english = "enable a disabled account again",
    .chinese = "启用已停用的账号",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_enable,
};

const Command command_user_unlock = {
    .name = "user unlock",
    .usage = "NAME",
    .english = "unlock an account that wrong passwords have locked",
    .chinese = "解锁因输错密码被锁定的账号",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_unlock,
};
