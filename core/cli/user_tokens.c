// biaochi user sessions, and user token add, list and revoke.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/auth/tokens.h"
#include "core/base/language.h"
#include "core/cli/server_client.h"
#include "core/cli/user.h"

#define DAY_US (INT64_C(86400) * 1000000)

// The account of that name, or all.
static bool read_accounts(const UserCommand *command, const char *name, AccountList *list,
                          Error *error) {
    Store *store = command->cli->store;
    *list = (AccountList){0};
    if (!name) return account_list_read(store, list, error);
    Account account;
    if (!account_read(store, name, &account, error)) return false;
    ARRAY_RESERVE(list->items, list->count, list->capacity);
    list->items[list->count++] = account;
    return true;
}

// ---- sessions ----------------------------------------------------------------------------------

typedef struct SessionsValues {
    long end;
    bool end_all;
} SessionsValues;

static int print_sessions(const UserCommand *command, const AccountList *list) {
    const OutputColumn columns[] = {
        {.name = "account", .title = T("account", "账号")},
        {.name = "session", .title = T("session", "会话"), .kind = OUTPUT_INTEGER},
        {.name = "began_at", .title = T("began", "开始时间"), .kind = OUTPUT_TIME},
        {.name = "seen_at", .title = T("last used", "最近使用"), .kind = OUTPUT_TIME},
        {.name = "address", .title = T("address", "地址")},
        {.name = "client", .title = T("client", "客户端")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < list->count; i++) {
        const Account *account = &list->items[i];
        for (size_t s = 0; s < account->session_count; s++) {
            const Session *session = &account->sessions[s];
            if (session_is_over(session, &command->settings, command->call.now_us)) continue;
            output_text(&table, account->name);
            output_integer(&table, session->id);
            output_time(&table, session->began_at_us);
            output_time(&table, session->seen_at_us);
            output_text(&table, session->address[0] ? session->address : NULL);
            output_text(&table, session->client[0] ? session->client : NULL);
        }
    }
    return cli_print(command->cli, &table, EXIT_DONE);
}

static int run_sessions(Cli *cli, const void *values, char **arguments, int count) {
    const SessionsValues *sessions = values;
    const char *name = count ? arguments[0] : NULL;
    UserCommand command;
    AccountList list;
    Account account;
    Error error = {0};
    int code;
    bool ends = sessions->end != 0 || sessions->end_all;
    if (ends && (!name || sessions->end < 0 || (sessions->end && sessions->end_all)))
        return cli_usage_error(
            cli, "%s",
            T("give an account's name, and either --end with a session's number or --end-all",
              "请指明账号，并使用 --end 会话编号 或 --end-all 之一"));
    if (!user_open(cli, &command, &code)) return code;
    if (ends) {
        if (!accounts_end_session(&command.call, name, sessions->end, &account, &error))
            return cli_fail(cli, &error);
        account_free(&account);
        server_refresh_accounts(cli);
    }
    if (!read_accounts(&command, name, &list, &error)) return cli_fail(cli, &error);
    code = print_sessions(&command, &list);
    account_list_free(&list);
    return code;
}

// ---- tokens ------------------------------------------------------------------------------------

typedef struct TokenValues {
    const char *name, *scopes, *region;
    long days;
} TokenValues;

static const char *state_of(const Token *token, int64_t now_us) {
    if (token->revoked_at_us) return "revoked";
    return token_is_over(token, now_us) ? "expired" : "active";
}

static const char *state_title(const Token *token, int64_t now_us) {
    if (token->revoked_at_us) return T("revoked", "已撤销");
    return token_is_over(token, now_us) ? T("expired", "已过期") : T("active", "有效");
}

static void add_token_row(const UserCommand *command, OutputTable *table, const Account *account,
                          const Token *token) {
    const int64_t now_us = command->call.now_us;
    char scopes[SCOPES_TEXT_SIZE];
    scopes_text(token->scopes, scopes);
    output_text(table, account->name);
    output_integer(table, token->id);
    output_text(table, token->name);
    output_text(table, scopes);
    output_text(table, command->cli->format == OUTPUT_TABLE &&
                               strcmp(token->region, REGION_EVERYWHERE) == 0
                           ? T("as its owner", "同账号")
                           : token->region);
    output_text(table, command->cli->format == OUTPUT_TABLE ? state_title(token, now_us)
                                                            : state_of(token, now_us));
    output_time(table, token->created_at_us);
    output_time(table, token->expires_at_us);
    output_time(table, token->used_at_us);
}

// The tokens of the accounts; only the one named by `id`, with its text, when that is not 0.
static int print_tokens(const UserCommand *command, const Account *accounts, size_t count,
                        int64_t id, const char *text) {
    const OutputColumn columns[] = {
        {.name = "account", .title = T("account", "账号")},
        {.name = "token", .title = T("token", "令牌"), .kind = OUTPUT_INTEGER},
        {.name = "name", .title = T("name", "名称")},
        {.name = "scopes", .title = T("scopes", "权限范围")},
        {.name = "region", .title = T("region", "区划")},
        {.name = "state", .title = T("state", "状态")},
        {.name = "created_at", .title = T("created", "创建时间"), .kind = OUTPUT_TIME},
        {.name = "expires_at", .title = T("expires", "失效时间"), .kind = OUTPUT_TIME},
        {.name = "used_at", .title = T("last used", "最近使用"), .kind = OUTPUT_TIME},
        {.name = "text", .title = T("text (shown only now)", "令牌内容（仅显示一次）")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns - (id ? 0 : 1));
    for (size_t i = 0; i < count; i++)
        for (size_t t = 0; t < accounts[i].token_count; t++) {
            if (id && accounts[i].tokens[t].id != id) continue;
            add_token_row(command, &table, &accounts[i], &accounts[i].tokens[t]);
            if (id) output_text(&table, text);
        }
    return cli_print(command->cli, &table, EXIT_DONE);
}

static int run_token_add(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const TokenValues *add = values;
    char text[SECRET_TEXT_SIZE];
    UserCommand command;
    Account account;
    Error error = {0};
    int64_t id;
    int code;
    if (!add->name || !add->scopes)
        return cli_usage_error(cli, "%s",
                               T("--name and --scopes are needed", "缺少 --name 或 --scopes"));
    if (add->days < 0 || add->days > 100000)
        return cli_usage_error(cli, "%s", T("--days must be above 0", "--days 须大于 0"));
    NewToken token = {.name = add->name, .region = add->region};
    if (!user_open(cli, &command, &code)) return code;
    token.lasts_us = add->days ? add->days * DAY_US : command.settings.token_lasts_us;
    if (!scopes_parse(add->scopes, &token.scopes, &error) ||
        !tokens_add(&command.call, arguments[0], &token, &account, &id, text, &error))
        return cli_fail(cli, &error);
    code = print_tokens(&command, &account, 1, id, text);
    account_free(&account);
    server_refresh_accounts(cli);
    return code;
}

static int run_token_list(Cli *cli, const void *values, char **arguments, int count) {
    (void)values;
    UserCommand command;
    AccountList list;
    Error error = {0};
    int code;
    if (!user_open(cli, &command, &code)) return code;
    if (!read_accounts(&command, count ? arguments[0] : NULL, &list, &error))
        return cli_fail(cli, &error);
    code = print_tokens(&command, list.items, list.count, 0, NULL);
    account_list_free(&list);
    return code;
}

static int run_token_revoke(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    UserCommand command;
    Account account;
    Error error = {0};
    char *end;
    int code;
    errno = 0;
    long long id = strtoll(arguments[1], &end, 10);
    if (errno != 0 || *end != '\0' || id < 1)
        return cli_usage_error(
            cli, T("a token is named by its number, not \"%s\"", "令牌以编号指明，而不是“%s”"),
            arguments[1]);
    if (!user_open(cli, &command, &code)) return code;
    if (!tokens_revoke(&command.call, arguments[0], id, &account, &error))
        return cli_fail(cli, &error);
    code = print_tokens(&command, &account, 1, 0, NULL);
    account_free(&account);
    server_refresh_accounts(cli);
    return code;
}

static const Option session_options[] = {{"end", OPTION_INTEGER, offsetof(SessionsValues, end),
                                          "SESSION", "end this session, then list the others",
                                          "先结束该会话，再列出其余"},
                                         {"end-all", OPTION_FLAG, offsetof(SessionsValues, end_all),
                                          NULL, "end them all", "结束所列的全部会话"}};

const Command command_user_sessions = {
    .name = "user sessions",
    .usage = "[NAME] [OPTIONS]",
    .english = "list the open sessions of one account or of all, or end them",
    .chinese = "列出一个或全部账号的会话，也可结束会话",
    .options = session_options,
    .option_count = 2,
    .values_size = sizeof(SessionsValues),
    .most_arguments = 1,
    .run = run_sessions,
};

static const Option token_options[] = {
    {"name", OPTION_TEXT, offsetof(TokenValues, name), "TEXT", "what it is for", "用途"},
    {"scopes", OPTION_TEXT, offsetof(TokenValues, scopes), "LIST",
     "what it may do, separated by commas: read, data, evaluate, packs, audit, metrics",
     "权限范围，以英文逗号分隔：read、data、evaluate、packs、audit、metrics"},
    {"region", OPTION_TEXT, offsetof(TokenValues, region), "CODE",
     "region where it holds, with all below it (default: wherever its owner's roles do)",
     "生效的行政区划及其下级（默认同账号）"},
    {"days", OPTION_INTEGER, offsetof(TokenValues, days), "N",
     "days until it expires (default and maximum: 366)", "有效天数（默认且至多 366）"}};

const Command command_user_token_add = {
    .name = "user token add",
    .usage = "NAME --name TEXT --scopes LIST [OPTIONS]",
    .english = "make an API token for an account; the token itself is printed only this once",
    .chinese = "为账号生成访问令牌，令牌内容仅输出一次",
    .details_english =
        "A token may what its scopes cover and its owner's roles allow:\n"
        "  read      see regions, data, results, warnings, rounds and packs; explain, replay, analyse\n"
        "  data      enter and import data, remove sample data, acknowledge warnings\n"
        "  evaluate  evaluate; open, advance and withdraw assessment rounds\n"
        "  packs     check, activate and roll back packs; import regions\n"
        "  audit     read and export the audit log\n"
        "  metrics   read the server's metrics",
    .details_chinese =
        "令牌的权限为其权限范围与所有者角色的交集：\n"
        "  read      查看区划、数据、结果、预警、考核轮次和评估包，结果依据、重算与分析\n"
        "  data      填报和导入数据，移除样例数据，确认预警\n"
        "  evaluate  运行评估，开启、推进和撤销考核轮次\n"
        "  packs     检查、激活和回退评估包，导入行政区划\n"
        "  audit     查看和导出审计日志\n"
        "  metrics   查看服务器运行指标",
    .options = token_options,
    .option_count = 4,
    .values_size = sizeof(TokenValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_token_add,
};

const Command command_user_token_list = {
    .name = "user token list",
    .usage = "[NAME]",
    .english = "list the API tokens of one account or of all",
    .chinese = "列出一个或全部账号的访问令牌",
    .most_arguments = 1,
    .run = run_token_list,
};

const Command command_user_token_revoke = {
    .name = "user token revoke",
    .usage = "NAME TOKEN",
    .english = "revoke an API token: it stops working at once",
    .chinese = "撤销访问令牌，立即失效",
    .least_arguments = 2,
    .most_arguments = 2,
    .run = run_token_revoke,
};
