// The report of a verification: see audit.h.
#include <stdarg.h>
#include <stdlib.h>

#include "core/audit/audit_inside.h"
#include "core/base/text.h"

void audit_report_add(AuditReport *report, AuditWhat what, int64_t id, const char *format, ...) {
    if (id > 0 && (report->first_broken == 0 || id < report->first_broken))
        report->first_broken = id;
    if (report->count == AUDIT_FINDINGS_KEPT) {
        report->dropped++;
        return;
    }
    ARRAY_RESERVE(report->findings, report->count, report->capacity);
    AuditFinding *finding = &report->findings[report->count++];
    *finding = (AuditFinding){.what = what, .id = id};
    va_list arguments;
    va_start(arguments, format);
    text_format_list(finding->message, sizeof finding->message, format, arguments);
    va_end(arguments);
}

void audit_report_free(AuditReport *report) {
    free(report->findings);
    *report = (AuditReport){0};
}

const char *audit_what_name(AuditWhat what) {
    switch (what) {
        case AUDIT_HASH: return "hash";
        case AUDIT_LINK: return "link";
        case AUDIT_NUMBER: return "number";
        case AUDIT_BEGINNING: return "beginning";
        case AUDIT_END: return "end";
        case AUDIT_EXPECTED: return "expected";
        case AUDIT_DETAIL: return "detail";
        case AUDIT_OBSERVATIONS: return "observations";
        case AUDIT_ACTIVATION: return "activation";
        case AUDIT_RUN: return "run";
        case AUDIT_RESULTS: return "results";
        case AUDIT_PACK: return "pack";
        case AUDIT_ROUND: return "round";
    }
    return "unknown";
}
