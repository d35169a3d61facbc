// biaochi user add, list and show: accounts as the command line has them.
#include "core/cli/user.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "core/cli/server_client.h"
#include "core/cli/terminal.h"

// ---- what all share ----------------------------------------------------------------------------

bool user_open(Cli *cli, UserCommand *command, int *exit_code) {
    *command = (UserCommand){
        .cli = cli, .settings = auth_settings_usual(), .caller = caller_local(cli_login())};
    if (!cli_open_store(cli, exit_code)) return false;
    command->call = (AuthCall){.store = cli->store,
                               .settings = &command->settings,
                               .caller = &command->caller,
                               .now_us = clock_now_us()};
    return true;
}

static const char *state_of(const Account *account, int64_t now_us) {
    if (account->disabled_at_us != 0) return "disabled";
    return account_is_locked(account, now_us) ? "locked" : "active";
}

static const char *state_title(const Account *account, int64_t now_us) {
    if (account->disabled_at_us != 0) return T("disabled", "停用");
    return account_is_locked(account, now_us) ? T("locked", "锁定") : T("active", "正常");
}

static const char *password_state(const UserCommand *command, const Account *account) {
    bool as_table = command->cli->format == OUTPUT_TABLE;
    if (account_one_time_is_over(account, &command->settings, command->call.now_us))
        return as_table ? T("to be reset", "须重置") : "over";
    if (account_must_change_password(account, &command->settings, command->call.now_us))
        return as_table ? T("to be changed", "须修改") : "must_change";
    return as_table ? T("in force", "有效") : "in_force";
}

static size_t open_sessions(const UserCommand *command, const Account *account) {
    size_t count = 0;
    for (size_t i = 0; i < account->session_count; i++)
        count += !session_is_over(&account->sessions[i], &command->settings, command->call.now_us);
    return count;
}

static size_t open_tokens(const UserCommand *command, const Account *account) {
    size_t count = 0;
    for (size_t i = 0; i < account->token_count; i++)
        count += !token_is_over(&account->tokens[i], command->call.now_us);
    return count;
}

// "office@150802 reporter@150802/health"; in words "office in 150802, reporter in 150802/health".
static void write_grants(const Account *account, bool in_words, Buffer *out) {
    for (size_t i = 0; i < account->grant_count; i++) {
        const Grant *grant = &account->grants[i];
        const char *slash = grant->unit[0] ? "/" : "";
        bool everywhere = strcmp(grant->region, REGION_EVERYWHERE) == 0;
        if (!in_words)
            buffer_printf(out, "%s%s@%s%s%s", i ? " " : "", role_name(grant->role), grant->region,
                          slash, grant->unit);
        else
            buffer_printf(out, T("%s%s in %s%s%s", "%s%s（%s%s%s）"), i ? T(", ", "、") : "",
                          role_title(grant->role),
                          everywhere ? T("the whole workspace", "全工作区") : grant->region, slash,
                          grant->unit);
    }
}

static void add_row(const UserCommand *command, OutputTable *table, const Account *account) {
    const int64_t now_us = command->call.now_us;
    Buffer grants = {0};
    write_grants(account, command->cli->format == OUTPUT_TABLE, &grants);
    output_text(table, account->name);
    output_text(table, account->title[0] ? account->title : NULL);
    output_text(table, grants.data);
    output_text(table, command->cli->format == OUTPUT_TABLE ? state_title(account, now_us)
                                                            : state_of(account, now_us));
    output_text(table, password_state(command, account));
    output_time(table, account->logged_in_at_us);
    output_text(table, account->logged_in_from[0] ? account->logged_in_from : NULL);
    output_integer(table, (int64_t)open_sessions(command, account));
    output_integer(table, (int64_t)open_tokens(command, account));
    buffer_free(&grants);
}

int user_print(const UserCommand *command, const Account *accounts, size_t count,
               const char *password) {
    const OutputColumn columns[] = {
        {.name = "name", .title = T("account", "账号")},
        {.name = "title", .title = T("name", "姓名")},
        {.name = "grants", .title = T("roles", "角色")},
        {.name = "state", .title = T("state", "状态")},
        {.name = "password", .title = T("password", "密码")},
        {.name = "logged_in_at", .title = T("last login", "最近登录"), .kind = OUTPUT_TIME},
        {.name = "logged_in_from", .title = T("from", "来自")},
        {.name = "sessions", .title = T("sessions", "会话"), .kind = OUTPUT_INTEGER},
        {.name = "tokens", .title = T("tokens", "令牌"), .kind = OUTPUT_INTEGER},
        {.name = "one_time_password_until",
         .title = T("one-time password until", "一次性密码有效期至"),
         .kind = OUTPUT_TIME},
        {.name = "one_time_password", .title = T("one-time password", "一次性密码")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns - (password ? 0 : 2));
    for (size_t i = 0; i < count; i++) {
        add_row(command, &table, &accounts[i]);
        if (!password) continue;
        output_time(&table, account_one_time_until_us(&accounts[i], &command->settings));
        output_text(&table, password);
    }
    return cli_print(command->cli, &table, EXIT_DONE);
}

int user_finish(const UserCommand *command, bool good, Account *account, const char *password,
                const Error *error) {
    if (!good) return cli_fail(command->cli, error);
    int code = user_print(command, account, 1, password);
    account_free(account);
    server_refresh_accounts(command->cli);
    return code;
}

void user_say_one_time(const UserCommand *command) {
    if (command->cli->format != OUTPUT_TABLE) return;
    fprintf(stderr,
            T("The password is for the first login: it must be changed then, within %lld days.\n",
              "该密码仅供首次登录使用，登录后须即修改；%lld 天内未修改即失效。\n"),
            (long long)(command->settings.one_time_lasts_us / 86400 / 1000000));
}

bool user_take_grant(const UserCommand *command, const GrantValues *values, Grant *grant,
                     int *exit_code) {
    const char *region = values->region ? values->region : REGION_EVERYWHERE;
    const char *unit = values->unit ? values->unit : "";
    Error error = {0};
    *grant = (Grant){0};
    if (!values->role) {
        *exit_code = cli_usage_error(command->cli, "%s", T("--role is missing", "缺少 --role"));
        return false;
    }
    if (!role_parse(values->role, &grant->role, &error)) {
        *exit_code = cli_fail(command->cli, &error);
        return false;
    }
    if (strlen(region) >= sizeof grant->region || strlen(unit) >= sizeof grant->unit) {
        *exit_code = cli_usage_error(
            command->cli, "%s", T("--region or --unit is too long", "--region 或 --unit 过长"));
        return false;
    }
    snprintf(grant->region, sizeof grant->region, "%s", region);
    snprintf(grant->unit, sizeof grant->unit, "%s", unit);
    return true;
}

// ---- passwords ---------------------------------------------------------------------------------

static bool read_line(char out[PASSWORD_MOST_BYTES + 2], Error *error) {
    if (!fgets(out, PASSWORD_MOST_BYTES + 2, stdin))
        return error_set(error, ERROR_INPUT, "%s",
                         T("there is no password on standard input", "标准输入中没有密码"));
    size_t length = strcspn(out, "\n");
    if (out[length] == '\n') {
        out[length] = '\0';
        return true;
    }
    return feof(stdin) || error_set(error, ERROR_INPUT,
                                    T("the password is longer than %d bytes", "密码超过 %d 字节"),
                                    PASSWORD_MOST_BYTES);
}

static bool ask(const char *question, char out[PASSWORD_MOST_BYTES + 2], Error *error) {
    fputs(question, stderr);
    if (!terminal_hide_typing(STDIN_FILENO)) return read_line(out, error);
    bool good = read_line(out, error);
    terminal_show_typing();
    putc('\n', stderr);
    return good;
}

static bool ask_twice(char out[PASSWORD_MOST_BYTES + 2], Error *error) {
    char again[PASSWORD_MOST_BYTES + 2];
    bool good =
        ask(T("New password: ", "新密码："), out, error) &&
        ask(T("Once more: ", "再次输入："), again, error) &&
        (strcmp(out, again) == 0 ||
         error_set(error, ERROR_INPUT, "%s", T("the two passwords differ", "两次输入的密码不同")));
    explicit_bzero(again, sizeof again);
    return good;
}

bool user_read_password(char out[PASSWORD_MOST_BYTES + 2], Error *error) {
    bool is_asked = terminal_width(STDIN_FILENO) > 0;
    bool good = is_asked ? ask_twice(out, error) : read_line(out, error);
    if (!good) explicit_bzero(out, PASSWORD_MOST_BYTES + 2);
    return good;
}

// ---- add ---------------------------------------------------------------------------------------

typedef struct AddValues {
    GrantValues grant;
    const char *title;
    bool password_stdin;
} AddValues;

static int run_add(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const AddValues *add = values;
    char password[PASSWORD_MOST_BYTES + 2];
    UserCommand command;
    Account account;
    Grant grant;
    Error error = {0};
    int code;
    if (!user_open(cli, &command, &code) || !user_take_grant(&command, &add->grant, &grant, &code))
        return code;
    if (!add->password_stdin)
        password_generate(password);
    else if (!user_read_password(password, &error))
        return cli_fail(cli, &error);
    const NewAccount new = {.name = arguments[0],
                            .title = add->title,
                            .password = password,
                            .grants = &grant,
                            .grant_count = 1};
    bool good = accounts_add(&command.call, &new, &account, &error);
    code = user_finish(&command, good, &account, add->password_stdin ? NULL : password, &error);
    if (good) user_say_one_time(&command);
    explicit_bzero(password, sizeof password);
    return code;
}

// ---- list --------------------------------------------------------------------------------------

static int run_list(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)arguments, (void)count;
    UserCommand command;
    AccountList list;
    Error error = {0};
    int code;
    if (!user_open(cli, &command, &code)) return code;
    if (!account_list_read(cli->store, &list, &error)) return cli_fail(cli, &error);
    code = user_print(&command, list.items, list.count, NULL);
    account_list_free(&list);
    return code;
}

// ---- show --------------------------------------------------------------------------------------

static void write_member(JsonWriter *json, const char *key, const char *text) {
    json_writer_put_string(json, key, *text ? text : NULL);
}

static void write_time(JsonWriter *json, const char *key, int64_t at_us) {
    char when[CLOCK_UTC_SIZE];
    clock_format_utc(at_us, when);
    write_member(json, key, at_us ? when : "");
}

static void show_as_json(const UserCommand *command, const Account *account) {
    const int64_t now_us = command->call.now_us;
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    json_writer_begin_object(&json);
    write_member(&json, "name", account->name);
    write_member(&json, "title", account->title);
    write_member(&json, "state", state_of(account, now_us));
    write_time(&json, "created_at", account->created_at_us);
    write_member(&json, "created_by", account->created_by);
    write_time(&json, "disabled_at", account->disabled_at_us);
    write_time(&json, "password_changed_at", account->password_changed_at_us);
    json_writer_put_boolean(&json, "must_change_password",
                            account_must_change_password(account, &command->settings, now_us));
    write_time(&json, "one_time_password_until",
               account_one_time_until_us(account, &command->settings));
    write_time(&json, "logged_in_at", account->logged_in_at_us);
    write_member(&json, "logged_in_from", account->logged_in_from);
    json_writer_put_integer(&json, "failures", account->failures);
    write_time(&json, "locked_until", account->locked_until_us);
    json_writer_put_integer(&json, "sessions", (int64_t)open_sessions(command, account));
    json_writer_put_integer(&json, "tokens", (int64_t)open_tokens(command, account));
    json_writer_key(&json, "grants");
    json_writer_begin_array(&json);
    for (size_t i = 0; i < account->grant_count; i++) {
        json_writer_begin_object(&json);
        write_member(&json, "role", role_name(account->grants[i].role));
        write_member(&json, "region", account->grants[i].region);
        write_member(&json, "unit", account->grants[i].unit);
        json_writer_end_object(&json);
    }
    json_writer_end_array(&json);
    json_writer_end_object(&json);
    puts(out.data);
    buffer_free(&out);
}

static void show_fact(const char *title, const char *text) {
    printf(T("%s: ", "%s："), title);
    terminal_print(stdout, *text ? text : "-");
    putchar('\n');
}

static void show_time(const char *title, int64_t at_us) {
    char when[32];
    clock_format(at_us, when, sizeof when);
    show_fact(title, at_us ? when : "");
}

static void show_facts(const UserCommand *command, const Account *account) {
    const int64_t now_us = command->call.now_us;
    const int64_t one_time_until_us = account_one_time_until_us(account, &command->settings);
    show_fact(T("account", "账号"), account->name);
    show_fact(T("name", "姓名"), account->title);
    show_fact(T("state", "状态"), state_title(account, now_us));
    show_time(T("created", "创建时间"), account->created_at_us);
    show_fact(T("by", "创建人"), account->created_by);
    show_time(T("password changed", "密码修改时间"), account->password_changed_at_us);
    if (account_one_time_is_over(account, &command->settings, now_us))
        puts(T("the one-time password is no longer valid: reset it",
               "一次性密码已失效，须重置密码"));
    else if (one_time_until_us)
        show_time(T("the password must be changed at the next login, before",
                    "下次登录须修改密码，截止时间"),
                  one_time_until_us);
    else if (account_must_change_password(account, &command->settings, now_us))
        puts(T("the password must be changed at the next login", "下次登录须修改密码"));
    show_time(T("last login", "最近登录"), account->logged_in_at_us);
    show_fact(T("from", "来自"), account->logged_in_from);
    if (account_is_locked(account, now_us))
        show_time(T("locked until", "锁定至"), account->locked_until_us);
    if (account->failures > 0)
        printf(T("wrong passwords since the last login: %d\n", "最近登录后输错密码次数：%d\n"),
               account->failures);
    putchar('\n');
}

static int show_grants(const UserCommand *command, const Account *account) {
    const bool as_table = command->cli->format == OUTPUT_TABLE;
    const OutputColumn columns[] = {{.name = "role", .title = T("role", "角色")},
                                    {.name = "region", .title = T("region", "区划")},
                                    {.name = "name", .title = T("name", "名称")},
                                    {.name = "unit", .title = T("unit", "成员单位")}};
    RegionNames names;
    OutputTable table;
    Error error = {0};
    if (!region_names_read(command->cli->store, &names, &error))
        return cli_fail(command->cli, &error);
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < account->grant_count; i++) {
        const Grant *grant = &account->grants[i];
        bool everywhere = strcmp(grant->region, REGION_EVERYWHERE) == 0;
        output_text(&table, as_table ? role_title(grant->role) : role_name(grant->role));
        output_text(&table, grant->region);
        output_text(&table, everywhere ? T("the whole workspace", "全工作区")
                                       : region_names_get(&names, grant->region));
        output_text(&table, grant->unit[0] ? grant->unit : NULL);
    }
    region_names_free(&names);
    return cli_print(command->cli, &table, EXIT_DONE);
}

static int run_show(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    UserCommand command;
    Account account;
    Error error = {0};
    int code;
    if (!user_open(cli, &command, &code)) return code;
    if (!account_read(cli->store, arguments[0], &account, &error)) return cli_fail(cli, &error);
    if (cli->format == OUTPUT_TABLE) show_facts(&command, &account);
    if (cli->format == OUTPUT_JSON)
        show_as_json(&command, &account);
    else
        code = show_grants(&command, &account);
    account_free(&account);
    return cli->format == OUTPUT_JSON ? EXIT_DONE : code;
}

static const Option add_options[] = {
    {"role", OPTION_TEXT, offsetof(AddValues, grant.role), "ROLE",
     "reporter, office, analyst, leader, evaluator, administrator, security_administrator, auditor",
     "reporter、office、analyst、leader、evaluator、administrator、security_administrator、auditor"},
    {"region", OPTION_TEXT, offsetof(AddValues, grant.region), "CODE",
     "region where the role holds, with all below it (default: the whole workspace)",
     "生效的行政区划及其下级（默认全工作区）"},
    {"unit", OPTION_TEXT, offsetof(AddValues, grant.unit), "ID", "the reporter's unit",
     "填报员所属的成员单位"},
    {"title", OPTION_TEXT, offsetof(AddValues, title), "NAME", "the person's name", "姓名"},
    {"password-stdin", OPTION_FLAG, offsetof(AddValues, password_stdin), NULL,
     "read the first password from standard input; on a terminal, ask for it",
     "从标准输入读取初始密码；在终端上则提示输入"}};

const Command command_user_add = {
    .name = "user add",
    .usage = "NAME --role ROLE [OPTIONS]",
    .english = "make an account, with a one-time password that is printed",
    .chinese = "添加账号，并输出一次性密码",
    .details_english =
        "The password must be changed at the first login. Until then it opens nothing but that, and\n"
        "after 7 days not even that: reset it. Administrators of the system, security administrators\n"
        "and auditors are different accounts, and the latter two have no other role.",
    .details_chinese = "首次登录须修改密码，修改前不能进行其他操作；7 天内未修改即失效，须重置。\n"
                       "系统管理员、安全管理员、审计管理员须分设账号，后两者不得兼任其他角色。",
    .options = add_options,
    .option_count = 5,
    .values_size = sizeof(AddValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_add,
};

const Command command_user_list = {
    .name = "user list",
    .usage = "",
    .english = "list the accounts",
    .chinese = "列出账号",
    .run = run_list,
};

const Command command_user_show = {
    .name = "user show",
    .usage = "NAME",
    .english = "show an account and its roles",
    .chinese = "查看账号及其角色",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_show,
};
