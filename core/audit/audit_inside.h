// What the files of this room share; included nowhere else.
#pragma once

#include <jansson.h>

#include "core/audit/audit.h"
#include "core/base/map.h"

void audit_report_add(AuditReport *report, AuditWhat what, int64_t id, const char *format, ...)
    FORMAT(4, 5);

// ---- the chain (chain.c) -----------------------------------------------------------------------

// The rows of a log as they come, each held against the one before.
typedef struct AuditChain {
    AuditReport *report;
    const AuditHead *expected; // NULL for none
    bool found;                // the expected one
    int64_t before_us;         // when the row before was written
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

// ---- assessment rounds (rounds.c) --------------------------------------------------------------

// Before the log is read: puts the rounds that are published into `rounds` (the caller frees it).
MUST_CHECK bool audit_rounds_note(Store *store, Map *rounds, Error *error);
// A row that tells of a publication.
MUST_CHECK bool audit_rounds_take(Store *store, Map *rounds, const StoreAuditRow *row,
                                  const json_t *detail, AuditReport *report, Error *error);
// No more rows come: of which published ones none told.
MUST_CHECK bool audit_rounds_end(Store *store, const Map *rounds, AuditReport *report,
                                 Error *error);

// ---- columns (columns.c) -----------------------------------------------------------------------

// Whether evaluations read what the observations say.
MUST_CHECK bool audit_check_columns(Store *store, AuditReport *report, Error *error);

// ---- results (results.c) -----------------------------------------------------------------------

// Of whole runs from that one on, and of the newest run that builds on each.
MUST_CHECK bool audit_check_results(Store *store, int64_t first_run, AuditReport *report,
                                    Error *error);
