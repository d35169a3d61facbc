// A store's log read from end to end: see audit.h.
#include "core/audit/audit_inside.h"
#include "core/base/language.h"

typedef struct Verifying {
    AuditChain chain;
    AuditVouched *vouched;
} Verifying;

static bool take_row(const StoreAuditRow *row, void *context, Error *error) {
    Verifying *verifying = context;
    audit_chain_take(&verifying->chain, row);
    return audit_vouched_take(verifying->vouched, row, error);
}

// The counter says how many rows were written, whatever is left of them. Others may write while the
// log is read: what they add is there after, not before.
static void check_last(AuditReport *report, const StoreAuditHead *before,
                       const StoreAuditHead *after) {
    if (report->head_id < before->given_out)
        audit_report_add(
            report, AUDIT_END, report->head_id + 1,
            T("Rows %lld to %lld are missing at the end", "末尾缺少第 %lld 至 %lld 行"),
            (long long)report->head_id + 1, (long long)before->given_out);
    if (report->head_id > after->given_out)
        audit_report_add(report, AUDIT_END, report->head_id,
                         T("There is a row %lld, though only %lld were given out",
                           "存在第 %lld 行，但编号只发放到 %lld"),
                         (long long)report->head_id, (long long)after->given_out);
}

static bool verify_rows(Store *store, Verifying *verifying, Error *error) {
    const StoreAuditQuery all = {0};
    AuditReport *report = verifying->chain.report;
    StoreAuditHead before, after;
    if (!store_read_audit_head(store, &before, error) ||
        !store_read_audit(store, &all, take_row, verifying, error) ||
        !store_read_audit_head(store, &after, error))
        return false;
    check_last(report, &before, &after);
    audit_chain_end(&verifying->chain);
    return audit_vouched_end(verifying->vouched, error);
}

bool audit_verify(Store *store, const AuditHead *expected, AuditReport *report, Error *error) {
    *report = (AuditReport){0};
    Verifying verifying = {.chain = {.report = report, .expected = expected},
                           .vouched = audit_vouched_new(store, report, error)};
    bool good = verifying.vouched && verify_rows(store, &verifying, error);
    audit_vouched_free(verifying.vouched);
    return good;
}
