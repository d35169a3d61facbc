// Rows of the audit log and reports of its verification as JSON, the same for the command line, for
// exports and for the API. Pure; one thread.
#pragma once

#include "core/audit/audit.h"
#include "core/base/json_writer.h"

// { id, at_us, who, means, address, action, subject, detail, previous_hash, hash }: address and
// subject null for none; detail is the text as it was hashed, JSON in a string, or null.
void audit_row_write(const StoreAuditRow *row, JsonWriter *json);
// { ok, rows, first_broken, times_back, first_time_back, head: { id, hash },
// findings: [{ what, id, message }], more_findings }: first_* and the ids are null for none, head
// for an empty log.
void audit_report_write(const AuditReport *report, JsonWriter *json);

// What was done, for a table for people: the action, in Chinese behind what it is called.
void audit_action_text(const char *action, Buffer *out);
// The detail in a few words for people, in the language of messages: what it counts and names,
// hashes shortened, lists left out. Empty for none.
void audit_detail_text(const char *detail, Buffer *out);

// One line of an export. The texts live as long as `line` is held.
typedef struct AuditLine AuditLine;
// NULL when it is no row, with what is wrong with it.
AuditLine *audit_line_read(const char *text, size_t length, StoreAuditRow *row, Error *error);
void audit_line_free(AuditLine *line); // NULL is allowed
