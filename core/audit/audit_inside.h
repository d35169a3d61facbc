// What the files of this room share; included nowhere else.
#pragma once

#include "core/audit/audit.h"

void audit_report_add(AuditReport *report, AuditWhat what, int64_t id, const char *format, ...)
    FORMAT(4, 5);

// ---- the chain (chain.c) -----------------------------------------------------------------------

// The rows of a log as they come, each held against the one before.
typedef struct AuditChain {
    AuditReport *report;
    const AuditHead *expected; // NULL for none
    bool found;                // the expected one
} AuditChain;

void audit_chain_take(AuditChain *chain, const StoreAuditRow *row);
// No more rows come.
void audit_chain_end(const AuditChain *chain);

// ---- what the log vouches for (vouched.c) ------------------------------------------------------

typedef struct AuditVouched AuditVouched;

// Before the log is read: notes how far the tables go. NULL on failure.
AuditVouched *audit_vouched_new(Store *store, AuditReport *report, Error *error);
void audit_vouched_free(AuditVouched *vouched); // NULL is allowed
MUST_CHECK bool audit_vouched_take(AuditVouched *vouched, const StoreAuditRow *row, Error *error);
// No more rows come.
MUST_CHECK bool audit_vouched_end(AuditVouched *vouched, Error *error);

// ---- results (results.c) -----------------------------------------------------------------------

// Of whole runs from that one on, and of the newest run that builds on each.
MUST_CHECK bool audit_check_results(Store *store, int64_t first_run, AuditReport *report,
                                    Error *error);
