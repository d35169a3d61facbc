// biaochi backup and restore: the database as one file, and back.
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/audit/audit.h"
#include "core/auth/login.h"
#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "core/cli/command.h"
#include "db/store_backup.h"

// ---- the audit log's words ---------------------------------------------------------------------

typedef struct LogEntry {
    const char *action, *file;
    const AuditHead *head; // of the log in the backup; NULL: not told
    int64_t sessions;      // that were ended; -1: not told
} LogEntry;

static bool put_entry(StoreTransaction *transaction, void *context, Error *error) {
    const LogEntry *entry = context;
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_string(&json, "file", entry->file);
    if (entry->head) json_writer_put_integer(&json, "head_id", entry->head->id);
    if (entry->head) json_writer_put_string(&json, "head_hash", entry->head->hash);
    if (entry->sessions >= 0) json_writer_put_integer(&json, "sessions", entry->sessions);
    json_writer_end_object(&json);
    const StoreAuditEntry row = {.action = entry->action, .detail = detail.data};
    bool good = store_put_audit(transaction, &row, error);
    buffer_free(&detail);
    return good;
}

// ---- backup ------------------------------------------------------------------------------------

static bool note_backup(Cli *cli, const char *path, Error *error) {
    LogEntry entry = {.action = "database.backup", .file = path, .sessions = -1};
    return store_write(cli->store, put_entry, &entry, error);
}

static int tell_backup(const Cli *cli, const char *path) {
    struct stat about;
    int64_t bytes = stat(path, &about) == 0 ? about.st_size : 0;
    if (cli->format == OUTPUT_TABLE) {
        printf(T("backed up to %s: %.1f MB, checked\n", "已备份到 %s：%.1f MB，检查无误\n"), path,
               (double)bytes / 1e6);
        puts(T("Keep it where the server cannot reach it: it holds all figures, and the hashes of "
               "passwords.",
               "请存放到服务器以外的地方：其中有全部数据和密码的哈希值。"));
        return EXIT_DONE;
    }
    if (cli->format == OUTPUT_JSON) {
        cli_print_json(
            json_pack("{s:b, s:s, s:I}", "ok", 1, "file", path, "bytes", (json_int_t)bytes));
        return EXIT_DONE;
    }
    static const OutputColumn columns[] = {{.name = "file"},
                                           {.name = "bytes", .kind = OUTPUT_INTEGER}};
    OutputTable row;
    output_init(&row, columns, sizeof columns / sizeof *columns);
    output_text(&row, path);
    output_integer(&row, bytes);
    return cli_print(cli, &row, EXIT_DONE);
}

static int run_backup(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    Error error = {0};
    int code;
    if (!cli_open_store(cli, &code)) return code;
    bool good =
        store_backup(cli->store, arguments[0], &error) && note_backup(cli, arguments[0], &error);
    return good ? tell_backup(cli, arguments[0]) : cli_fail(cli, &error);
}

const Command command_backup = {
    .name = "backup",
    .usage = "FILE [OPTIONS]",
    .english = "copy the database into a new file, while others work with it",
    .chinese = "将数据库备份为一个新文件，备份时可继续使用",
    .details_english =
        "The file is whole or not there, checked, and readable for its owner alone. It holds all\n"
        "of the workspace: figures, packs with their history, accounts, the audit log.",
    .details_chinese =
        "备份文件要么完整要么不存在，经过检查，且仅所有者可读。其中包括工作区的全部内容：\n"
        "监测值、评估包及其历史、账号和审计日志。",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_backup,
};

// ---- restore -----------------------------------------------------------------------------------

typedef struct Restore {
    const char *file;
    AuditHead head;
    int64_t sessions;
} Restore;

static bool check_log(Store *store, Restore *restore, Error *error) {
    AuditReport report;
    bool good = audit_verify(store, NULL, &report, error);
    if (good && report.count > 0) {
        good = error_set(error, ERROR_CONFLICT,
                         T("the backup is not what was written: %s", "备份与写入时不符：%s"),
                         report.findings[0].message);
        error_hint(error, "%s", T("use another backup", "请改用其他备份"));
    }
    restore->head.id = report.head_id;
    memcpy(restore->head.hash, report.head_hash, sizeof restore->head.hash);
    audit_report_free(&report);
    return good;
}

typedef struct Preparation {
    Store *store;
    Restore *restore;
} Preparation;

static bool write_preparation(StoreTransaction *transaction, void *context, Error *error) {
    const Preparation *preparation = context;
    Restore *restore = preparation->restore;
    // A cookie of the day of the backup must not open what was locked since.
    if (!logout_everybody(transaction, preparation->store, &restore->sessions, error)) return false;
    LogEntry entry = {.action = "database.restore",
                      .file = restore->file,
                      .head = &restore->head,
                      .sessions = restore->sessions};
    return put_entry(transaction, &entry, error);
}

static bool prepare(Store *copy, void *context, Error *error) {
    Preparation preparation = {copy, context};
    return check_log(copy, context, error) &&
           store_write(copy, write_preparation, &preparation, error);
}

static int tell_restore(const Cli *cli, const Restore *restore, const char *former) {
    if (cli->format == OUTPUT_TABLE) {
        printf(
            T("restored from %s; %lld sessions were ended\n", "已从 %s 恢复，结束了 %lld 个会话\n"),
            restore->file, (long long)restore->sessions);
        if (former) printf(T("the database before is %s\n", "原数据库保留为 %s\n"), former);
        puts(
            T("Accounts, passwords and API tokens are those of the day of the backup: look through "
              "`biaochi user list`.",
              "账号、密码和 API 令牌均为备份当时的状态，请用 `biaochi user list` 检查。"));
        return EXIT_DONE;
    }
    if (cli->format == OUTPUT_JSON) {
        cli_print_json(json_pack("{s:b, s:s, s:s?, s:I}", "ok", 1, "file", restore->file, "former",
                                 former, "sessions_ended", (json_int_t)restore->sessions));
        return EXIT_DONE;
    }
    static const OutputColumn columns[] = {
        {.name = "file"}, {.name = "former"}, {.name = "sessions_ended", .kind = OUTPUT_INTEGER}};
    OutputTable row;
    output_init(&row, columns, sizeof columns / sizeof *columns);
    output_text(&row, restore->file);
    output_text(&row, former);
    output_integer(&row, restore->sessions);
    return cli_print(cli, &row, EXIT_DONE);
}

static int run_restore(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    Buffer path = {0}, former = {0};
    Restore restore = {.file = arguments[0]};
    Error error = {0};
    cli_name_actor(cli);
    bool good = store_restore(cli_database_path(cli, &path), restore.file, prepare, &restore,
                              &former, &error);
    int code = good ? tell_restore(cli, &restore, former.length ? former.data : NULL)
                    : cli_fail(cli, &error);
    buffer_free(&path);
    buffer_free(&former);
    return code;
}

const Command command_restore = {
    .name = "restore",
    .usage = "FILE [OPTIONS]",
    .english = "put a backup in the place of the database; end the server first",
    .chinese = "用备份恢复数据库；请先停止服务器",
    .details_english =
        "The backup is checked, its audit log verified, and brought to this version's schema. All\n"
        "sessions in it are ended. The database before stays beside it under a name with the date;\n"
        "where something is wrong, nothing is changed.",
    .details_chinese = "先检查备份、验证其审计日志，并升级到本版本的结构；备份中的会话全部结束。\n"
                       "原数据库以带日期的名称保留在旁边；如有任何问题，则不作任何更改。",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_restore,
};
