// biaochi audit list, verify and export: who did what, and whether that is still what was written.
#include <stdio.h>
#include <string.h>

#include "core/audit/audit_json.h"
#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/figures_text.h"

enum { LISTED = 100 };

// ---- list --------------------------------------------------------------------------------------

typedef struct ListValues {
    const char *since, *until, *who, *action, *subject;
    long from, to, limit;
    bool all;
} ListValues;

static int bad_time(const Cli *cli, const char *name, const char *text) {
    return cli_usage_error(cli,
                           T("--%s is a day or a time as 2026-11-22 or \"2026-11-22 08:30\", not "
                             "\"%s\"",
                             "--%s 应为日期或时间，如 2026-11-22 或“2026-11-22 08:30”，而不是“%s”"),
                           name, text);
}

static int make_query(const Cli *cli, const ListValues *values, StoreAuditQuery *query) {
    int64_t unused;
    if (values->from < 0 || values->to < 0 || values->limit < 0)
        return cli_usage_error(
            cli, "%s",
            T("--from, --to and --limit must be above 0", "--from、--to 和 --limit 须大于 0"));
    *query = (StoreAuditQuery){.first_id = values->from,
                               .last_id = values->to,
                               .who = values->who,
                               .action = values->action,
                               .subject = values->subject,
                               .newest_first = true,
                               .limit = values->all     ? 0
                                        : values->limit ? values->limit
                                                        : LISTED};
    if (values->since && !clock_parse(values->since, &query->since_us, &unused))
        return bad_time(cli, "since", values->since);
    if (values->until && !clock_parse(values->until, &unused, &query->until_us))
        return bad_time(cli, "until", values->until);
    return EXIT_DONE;
}

typedef struct Listing {
    OutputFormat format;
    OutputTable table;
    Buffer action;
    Buffer text; // of a detail, or the JSON of all rows
    JsonWriter json;
} Listing;

static void list_as_table(Listing *listing, const StoreAuditRow *row) {
    const bool in_words = listing->format == OUTPUT_TABLE;
    OutputTable *table = &listing->table;
    buffer_clear(&listing->text);
    buffer_text(&listing->text, "");
    buffer_clear(&listing->action);
    if (in_words) audit_detail_text(row->detail, &listing->text);
    if (in_words) audit_action_text(row->action, &listing->action);
    output_integer(table, row->id);
    output_time(table, row->at_us);
    output_text(table, row->who);
    output_text(table, row->means);
    output_text(table, row->address);
    output_text(table, in_words ? listing->action.data : row->action);
    output_text(table, row->subject);
    output_text(table, in_words ? listing->text.data : row->detail);
    if (!in_words) output_text(table, row->hash);
}

static bool list_row(const StoreAuditRow *row, void *context, Error *error) {
    Listing *listing = context;
    (void)error;
    if (listing->format == OUTPUT_JSON)
        audit_row_write(row, &listing->json);
    else
        list_as_table(listing, row);
    return true;
}

static int print_list(Cli *cli, const StoreAuditQuery *query) {
    const OutputColumn columns[] = {
        {.name = "id", .title = T("row", "编号"), .kind = OUTPUT_INTEGER},
        {.name = "at", .title = T("time", "时间"), .kind = OUTPUT_TIME},
        {.name = "who", .title = T("who", "操作人")},
        {.name = "means", .title = T("means", "途径")},
        {.name = "address", .title = T("address", "地址")},
        {.name = "action", .title = T("action", "操作")},
        {.name = "subject", .title = T("subject", "对象")},
        {.name = "detail", .title = T("detail", "内容")},
        {.name = "hash", .title = T("hash", "哈希值")}};
    Listing listing = {.format = cli->format};
    Error error = {0};
    // Hashes are for programs.
    output_init(&listing.table, columns,
                sizeof columns / sizeof *columns - (cli->format == OUTPUT_TABLE));
    listing.json.out = &listing.text;
    if (cli->format == OUTPUT_JSON) json_writer_begin_array(&listing.json);
    bool good = store_read_audit(cli->store, query, list_row, &listing, &error);
    if (cli->format == OUTPUT_JSON) json_writer_end_array(&listing.json);
    int code = EXIT_DONE;
    if (!good)
        code = cli_fail(cli, &error);
    else if (cli->format == OUTPUT_JSON)
        puts(listing.text.data);
    else
        code = cli_print(cli, &listing.table, EXIT_DONE);
    output_free(&listing.table);
    buffer_free(&listing.action);
    buffer_free(&listing.text);
    return code;
}

static int run_list(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    StoreAuditQuery query;
    int code = make_query(cli, values, &query);
    if (code != EXIT_DONE || !cli_open_store(cli, &code)) return code;
    return print_list(cli, &query);
}

static const Option list_options[] = {
    {"since", OPTION_TEXT, offsetof(ListValues, since), "TIME",
     "not before this day or time: 2026-11-22, \"2026-11-22 08:30\"",
     "不早于该日期或时间：2026-11-22、“2026-11-22 08:30”"},
    {"until", OPTION_TEXT, offsetof(ListValues, until), "TIME", "not after this day or time",
     "不晚于该日期或时间"},
    {"who", OPTION_TEXT, offsetof(ListValues, who), "NAME",
     "only what this account did; local:NAME for who ran the command line",
     "只看该账号的操作；命令行操作人写作 local:名称"},
    {"action", OPTION_TEXT, offsetof(ListValues, action), "WORD",
     "only actions that begin with it: observations.put, pack, login",
     "只看以此开头的操作：observations.put、pack、login"},
    {"subject", OPTION_TEXT, offsetof(ListValues, subject), "ID",
     "only what was done to this pack, region or account", "只看对该评估包、行政区划或账号的操作"},
    {"from", OPTION_INTEGER, offsetof(ListValues, from), "ROW", "from this row on", "从该编号起"},
    {"to", OPTION_INTEGER, offsetof(ListValues, to), "ROW", "up to this row", "到该编号为止"},
    {"limit", OPTION_INTEGER, offsetof(ListValues, limit), "N",
     "list at most N rows (default: 100)", "最多列出的行数（默认 100）"},
    {"all", OPTION_FLAG, offsetof(ListValues, all), NULL, "list every row", "列出全部"}};

const Command command_audit_list = {
    .name = "audit list",
    .usage = "[OPTIONS]",
    .english = "list the audit log: who did what, newest first",
    .chinese = "列出审计日志：何人何时做了什么，最近的在前",
    .details_english =
        "Who ran the command line is local:NAME, also where the running server did the work. What\n"
        "concerns several at once, as an import of figures does, names no subject: to find imports\n"
        "that a region was in, list --action observations.put, or `biaochi export observations\n"
        "--all-revisions`, which tells who put each figure.",
    .details_chinese =
        "在命令行操作的人记作 local:名称，由运行中的服务器代办的也一样。一次涉及多个对象的操作\n"
        "（如导入监测值）不记对象：要查某地的导入，请用 --action observations.put，\n"
        "或用 biaochi export observations --all-revisions 查看每个数由谁录入。",
    .options = list_options,
    .option_count = sizeof list_options / sizeof *list_options,
    .values_size = sizeof(ListValues),
    .run = run_list,
};

// ---- verify ------------------------------------------------------------------------------------

typedef struct VerifyValues {
    const char *expect, *file;
} VerifyValues;

static int print_findings(Cli *cli, const AuditReport *report, int exit_code) {
    const OutputColumn columns[] = {
        {.name = "what", .title = T("kind", "类别")},
        {.name = "id", .title = T("row", "编号"), .kind = OUTPUT_INTEGER},
        {.name = "message", .title = T("what is wrong", "问题")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < report->count; i++) {
        const AuditFinding *finding = &report->findings[i];
        output_text(&table, audit_what_name(finding->what));
        if (finding->id)
            output_integer(&table, finding->id);
        else
            output_missing(&table);
        output_text(&table, finding->message);
    }
    return cli_print(cli, &table, exit_code);
}

static void print_whole(const AuditReport *report, bool in_file) {
    printf(T("the audit log is whole: %s\n", "审计日志完好：共 %s\n"),
           count_text((size_t)report->rows, "row", "rows", "行").text);
    if (report->times_back)
        printf(
            T("the clock was set back before %s, first before row %lld: times around them are not "
              "to be relied on\n",
              "时钟曾被调慢：%s的时间早于前一行，首见于第 %lld 行，其前后的时间不可尽信\n"),
            count_text((size_t)report->times_back, "row", "rows", "行").text,
            (long long)report->first_time_back);
    printf(T("head: %s@%lld\n", "末行：%s@%lld\n"), report->head_hash, (long long)report->head_id);
    if (!in_file)
        puts(T("Note the head down outside this machine: `biaochi audit verify --expect HEAD` then "
               "proves that nothing up to it was cut off or written anew.",
               "请将末行标记抄存于本机之外：日后用 biaochi audit verify --expect 末行标记 "
               "即可证明此前的记录未被截断或重写。"));
}

static int print_report(Cli *cli, const AuditReport *report, bool in_file) {
    const int code = report->count == 0 ? EXIT_DONE : EXIT_FINDINGS;
    if (cli->format == OUTPUT_JSON) {
        Buffer out = {0};
        JsonWriter json = {.out = &out};
        audit_report_write(report, &json);
        puts(out.data);
        buffer_free(&out);
        return code;
    }
    if (cli->format == OUTPUT_CSV) return print_findings(cli, report, code);
    if (code == EXIT_DONE) {
        print_whole(report, in_file);
        return code;
    }
    int printed = print_findings(cli, report, code);
    if (report->first_broken)
        fprintf(stderr,
                T("the audit log is not what was written, from row %lld on\n",
                  "审计日志与写入时不符，始于第 %lld 行\n"),
                (long long)report->first_broken);
    else
        fputs(T("the audit log is not what was written\n", "审计日志与写入时不符\n"), stderr);
    return printed;
}

static int run_verify(Cli *cli, const void *chosen, char **arguments, int count) {
    (void)arguments, (void)count;
    const VerifyValues *values = chosen;
    AuditHead head, *expected = values->expect ? &head : NULL;
    AuditReport report;
    Error error = {0};
    int code;
    if (expected && !audit_head_parse(values->expect, expected, &error))
        return cli_fail(cli, &error);
    if (!values->file && !cli_open_store(cli, &code)) return code;
    bool good = values->file ? audit_verify_file(values->file, expected, &report, &error)
                             : audit_verify(cli->store, expected, &report, &error);
    code = good ? print_report(cli, &report, values->file != NULL) : cli_fail(cli, &error);
    audit_report_free(&report);
    return code;
}

static const Option verify_options[] = {
    {"expect", OPTION_TEXT, offsetof(VerifyValues, expect), "HASH[@ROW]",
     "a head that was noted down: nothing up to it may be missing",
     "以前抄存的末行标记：此前的记录不得缺少"},
    {"file", OPTION_TEXT, offsetof(VerifyValues, file), "FILE",
     "look at this export instead of the workspace", "验证导出的文件，而不是工作区"}};

const Command command_audit_verify = {
    .name = "audit verify",
    .usage = "[--expect HASH[@ROW]] [--file FILE]",
    .english = "prove that the audit log, and the data it tells of, are as they were written",
    .chinese = "验证审计日志及其所记数据与写入时一致",
    .details_english =
        "Follows the chain of hashes from the first row to the last, and holds observations, runs,\n"
        "activations and pack versions against the digests that the log keeps of them.\n"
        "Rows cut off the end by somebody who may write the database file show only against a head\n"
        "that was noted down elsewhere.",
    .details_chinese =
        "从首行到末行逐行核对哈希链，并将监测值、运行、激活记录和评估包版本与日志所存的摘要比对。\n"
        "能够改写数据库文件的人若截去末尾的记录，只有与另处抄存的末行标记比对才能发现。",
    .options = verify_options,
    .option_count = sizeof verify_options / sizeof *verify_options,
    .values_size = sizeof(VerifyValues),
    .run = run_verify,
};

// ---- export ------------------------------------------------------------------------------------

static int run_export(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    AuditHead head;
    Error error = {0};
    int code;
    if (!cli_open_store(cli, &code)) return code;
    if (!audit_export(cli->store, arguments[0], &head, &error)) return cli_fail(cli, &error);
    if (cli->format == OUTPUT_JSON)
        printf("{ \"ok\": true, \"rows\": %lld, \"head\": { \"id\": %lld, \"hash\": \"%s\" } }\n",
               (long long)head.id, (long long)head.id, head.hash);
    else
        fprintf(stderr,
                T("%s: rows up to %lld\nhead: %s@%lld\n", "%s：截至第 %lld 行\n末行：%s@%lld\n"),
                arguments[0], (long long)head.id, head.hash, (long long)head.id);
    return EXIT_DONE;
}

const Command command_audit_export = {
    .name = "audit export",
    .usage = "FILE",
    .english = "write the whole audit log to a file, a row a line, with its hashes",
    .chinese = "将全部审计日志连同哈希值导出到文件，每行一条",
    .details_english =
        "Each line is a JSON object. hash is the SHA-256 of previous_hash, id, at_us, who, means,\n"
        "address, action, subject and detail, in this order, each written as the number of its bytes,\n"
        "\":\", the bytes and \",\"; null counts as empty. The export is itself logged.",
    .details_chinese =
        "每行一个 JSON 对象。hash 是依次将 previous_hash、id、at_us、who、means、address、action、\n"
        "subject、detail 各写作“字节数:内容,”后的 SHA-256；null 视为空。导出本身也记入日志。",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_export,
};
