// The chain of hashes: see audit_inside.h.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/audit/audit_inside.h"
#include "core/base/language.h"

bool audit_head_parse(const char *text, AuditHead *head, Error *error) {
    const size_t digits = HASH_TEXT_SIZE - 1, length = strspn(text, "0123456789abcdef");
    char *end = NULL;
    *head = (AuditHead){0};
    errno = 0;
    if (length == digits && text[digits] == '@') head->id = strtoll(text + digits + 1, &end, 10);
    bool good = length == digits &&
                (text[digits] == '\0' || (end && *end == '\0' && errno == 0 && head->id > 0));
    if (!good)
        return error_set(error, ERROR_USAGE,
                         T("“%s” is no head of an audit log: give its hash of 64 hexadecimal "
                           "digits, or HASH@ID",
                           "“%s”不是审计日志的末行标记：应为 64 位十六进制哈希值，或“哈希值@编号”"),
                         text);
    memcpy(head->hash, text, digits);
    return true;
}

// ---- one row after the other -------------------------------------------------------------------

static void add_missing(const AuditChain *chain, int64_t first, int64_t last) {
    if (first == last)
        audit_report_add(chain->report, AUDIT_NUMBER, first,
                         T("Row %lld is missing", "缺少第 %lld 行"), (long long)first);
    else
        audit_report_add(chain->report, AUDIT_NUMBER, first,
                         T("Rows %lld to %lld are missing", "缺少第 %lld 至 %lld 行"),
                         (long long)first, (long long)last);
}

static void check_first(const AuditChain *chain, const StoreAuditRow *row) {
    char origin[HASH_TEXT_SIZE];
    store_audit_origin(origin);
    if (row->id > 1)
        add_missing(chain, 1, row->id - 1);
    else if (strcmp(row->previous_hash, origin) != 0 || strcmp(row->action, "log.begin") != 0)
        audit_report_add(chain->report, AUDIT_BEGINNING, row->id, "%s",
                         T("The first row is not how a log of this program begins",
                           "首行不是本程序审计日志的起始行"));
}

static void check_successor(const AuditChain *chain, const StoreAuditRow *row) {
    const int64_t before = chain->report->head_id;
    if (row->id <= before)
        audit_report_add(chain->report, AUDIT_NUMBER, row->id,
                         T("Row %lld comes after row %lld", "第 %lld 行出现在第 %lld 行之后"),
                         (long long)row->id, (long long)before);
    else if (row->id != before + 1)
        add_missing(chain, before + 1, row->id - 1);
    else if (strcmp(row->previous_hash, chain->report->head_hash) != 0)
        audit_report_add(chain->report, AUDIT_LINK, row->id,
                         T("Row %lld does not carry on row %lld: the hash it gives for the row "
                           "before is another",
                           "第 %lld 行与第 %lld 行不衔接：所记的前一行哈希值不符"),
                         (long long)row->id, (long long)before);
}

static void check_hash(const AuditChain *chain, const StoreAuditRow *row) {
    char hash[HASH_TEXT_SIZE];
    store_audit_hash(row, hash);
    if (strcmp(hash, row->hash) != 0)
        audit_report_add(chain->report, AUDIT_HASH, row->id,
                         T("Row %lld was altered: its fields do not give its hash",
                           "第 %lld 行已被改动：按其内容算出的哈希值不符"),
                         (long long)row->id);
}

// Clocks are put right by a little all the time, and two programs may write at once.
static void look_at_time(AuditChain *chain, const StoreAuditRow *row) {
    const int64_t slack_us = INT64_C(60) * 1000000;
    AuditReport *report = chain->report;
    if (row->at_us < chain->before_us - slack_us && report->times_back++ == 0)
        report->first_time_back = row->id;
    chain->before_us = row->at_us;
}

void audit_chain_take(AuditChain *chain, const StoreAuditRow *row) {
    AuditReport *report = chain->report;
    const AuditHead *expected = chain->expected;
    if (report->rows == 0)
        check_first(chain, row);
    else
        check_successor(chain, row);
    check_hash(chain, row);
    look_at_time(chain, row);
    if (expected && (expected->id == 0 || expected->id == row->id) &&
        strcmp(expected->hash, row->hash) == 0)
        chain->found = true;
    report->rows++;
    report->head_id = row->id;
    snprintf(report->head_hash, sizeof report->head_hash, "%s", row->hash);
}

void audit_chain_end(const AuditChain *chain) {
    const AuditHead *expected = chain->expected;
    if (chain->report->rows == 0)
        audit_report_add(chain->report, AUDIT_BEGINNING, 0, "%s",
                         T("The log has no rows", "审计日志没有任何记录"));
    if (!expected || chain->found) return;
    if (expected->id == 0)
        audit_report_add(chain->report, AUDIT_EXPECTED, 0,
                         T("No row has the expected hash %s: the log was cut or written anew",
                           "没有哈希值为 %s 的行：日志被截断或重写"),
                         expected->hash);
    else
        audit_report_add(chain->report, AUDIT_EXPECTED, expected->id,
                         T("Row %lld with the expected hash %s is not there: the log was cut or "
                           "written anew",
                           "没有编号为 %lld、哈希值为 %s 的行：日志被截断或重写"),
                         (long long)expected->id, expected->hash);
}
