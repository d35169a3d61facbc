// Whether the audit log, and what it vouches for, is still what was written.
//
// Every row of the log carries the hash of the row before, so that a row which was altered, taken
// out, put in or moved shows from there on. Beyond the log itself, the rows that say what was put
// carry digests of it: data versions with all their observations, runs, activations and stored pack
// versions are read again and compared. The columns that evaluations read are made again from the
// observations. Results are held against the hash of their run, those of whole runs and of the
// newest that builds on each (`biaochi replay` computes any run again).
// Memory does not grow with the log, only by a little for each whole run and each pack version.
//
// What cannot be seen without help: who may write the database file can also take rows off the end,
// together with the counter and what they say, or write a whole new chain. Against that a head (id
// and hash of a row) is noted down somewhere else and expected later.
//
// Any thread; the store is only read, and may be written meanwhile.
#pragma once

#include "db/store.h"

enum { AUDIT_FINDINGS_KEPT = 1000 };

typedef enum AuditWhat {
    AUDIT_HASH,         // a row's fields do not give its hash
    AUDIT_LINK,         // a row does not carry on the row before
    AUDIT_NUMBER,       // rows are missing, or there twice, or out of order
    AUDIT_BEGINNING,    // the log does not begin as every log does
    AUDIT_END,          // rows are missing at the end: more were given out
    AUDIT_EXPECTED,     // no row has the hash that was noted down
    AUDIT_DETAIL,       // a row does not say what rows of its kind say
    AUDIT_OBSERVATIONS, // the observations are not those that were put, or not what is evaluated
    AUDIT_ACTIVATION,   // an activation is not the one that was made
    AUDIT_RUN,          // a run is not the one that was put
    AUDIT_RESULTS,      // results of a run are not those that were put with it
    AUDIT_PACK,         // a pack version is not the one that was stored
    AUDIT_ROUND,        // a published assessment round is not the one that was published
} AuditWhat;

typedef struct AuditFinding {
    AuditWhat what;
    int64_t id;        // of the row of the log that it is about; 0 for none
    char message[400]; // in the language of messages
} AuditFinding;

typedef struct AuditReport {
    int64_t rows;         // of the log, looked at
    int64_t first_broken; // the smallest id among the findings; 0 for none
    int64_t head_id;      // of the last row; 0 where there is none
    char head_hash[HASH_TEXT_SIZE];
    // Rows that are more than a minute older than the row before: the clock was set back there, or
    // had been ahead. That is no finding, but times around it are not to be relied on.
    int64_t times_back;
    int64_t first_time_back; // id of the first; 0 for none
    AuditFinding *findings;  // owned; in the order they were found
    size_t count, capacity;
    size_t dropped; // findings beyond AUDIT_FINDINGS_KEPT
} AuditReport;

// A head that was noted down before.
typedef struct AuditHead {
    int64_t id; // 0: of any row
    char hash[HASH_TEXT_SIZE];
} AuditHead;

// Reads "HASH" or "HASH@ID". ERROR_USAGE when it is neither.
MUST_CHECK bool audit_head_parse(const char *text, AuditHead *head, Error *error);

// Looks at the log and at what it vouches for; `expected` NULL for no head. True however much was
// found; false when the database could not be read. Free the report in either case.
MUST_CHECK bool audit_verify(Store *store, const AuditHead *expected, AuditReport *report,
                             Error *error);
// The same for the rows of an export (audit_export), without the tables.
MUST_CHECK bool audit_verify_file(const char *path, const AuditHead *expected, AuditReport *report,
                                  Error *error);
void audit_report_free(AuditReport *report);

// Writes the whole log to a new file, a row a line as audit_row_write does, and puts an entry
// "audit.export" into the log, which tells how far the file goes. ERROR_CONFLICT when there is such
// a file already; on failure none is left.
MUST_CHECK bool audit_export(Store *store, const char *path, AuditHead *head, Error *error);

// The entry "audit.export" for rows handed out up to `last`, to a file or to "api".
MUST_CHECK bool audit_put_export(StoreTransaction *transaction, const char *where, int64_t rows,
                                 const AuditHead *last, Error *error);

// The stable name of a finding's kind: "hash", "link" …
const char *audit_what_name(AuditWhat what);
