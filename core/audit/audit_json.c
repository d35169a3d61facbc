// Rows and reports as JSON: see audit_json.h.
#include "core/audit/audit_json.h"

#include <jansson.h>
#include <stdlib.h>

#include "core/base/language.h"

// ---- writing -----------------------------------------------------------------------------------

// 0 stands for none.
static void write_id(JsonWriter *json, const char *key, int64_t id) {
    json_writer_key(json, key);
    if (id == 0)
        json_writer_null(json);
    else
        json_writer_integer(json, id);
}

void audit_row_write(const StoreAuditRow *row, JsonWriter *json) {
    json_writer_begin_object(json);
    json_writer_put_integer(json, "id", row->id);
    json_writer_put_integer(json, "at_us", row->at_us);
    json_writer_put_string(json, "who", row->who);
    json_writer_put_string(json, "means", row->means);
    json_writer_put_string(json, "address", row->address);
    json_writer_put_string(json, "action", row->action);
    json_writer_put_string(json, "subject", row->subject);
    json_writer_put_string(json, "detail", row->detail);
    json_writer_put_string(json, "previous_hash", row->previous_hash);
    json_writer_put_string(json, "hash", row->hash);
    json_writer_end_object(json);
}

static void write_finding(const AuditFinding *finding, JsonWriter *json) {
    json_writer_begin_object(json);
    json_writer_put_string(json, "what", audit_what_name(finding->what));
    write_id(json, "id", finding->id);
    json_writer_put_string(json, "message", finding->message);
    json_writer_end_object(json);
}

static void write_head(const AuditReport *report, JsonWriter *json) {
    json_writer_key(json, "head");
    if (report->head_id == 0) {
        json_writer_null(json);
        return;
    }
    json_writer_begin_object(json);
    json_writer_put_integer(json, "id", report->head_id);
    json_writer_put_string(json, "hash", report->head_hash);
    json_writer_end_object(json);
}

void audit_report_write(const AuditReport *report, JsonWriter *json) {
    json_writer_begin_object(json);
    json_writer_put_boolean(json, "ok", report->count == 0);
    json_writer_put_integer(json, "rows", report->rows);
    write_id(json, "first_broken", report->first_broken);
    json_writer_put_integer(json, "times_back", report->times_back);
    write_id(json, "first_time_back", report->first_time_back);
    write_head(report, json);
    json_writer_key(json, "findings");
    json_writer_begin_array(json);
    for (size_t i = 0; i < report->count; i++)
        write_finding(&report->findings[i], json);
    json_writer_end_array(json);
    json_writer_put_integer(json, "more_findings", (int64_t)report->dropped);
    json_writer_end_object(json);
}

// ---- reading -----------------------------------------------------------------------------------

// What a line holds is what the tree of its JSON holds.
struct AuditLine {
    json_t *object;
};

static bool take_integer(const json_t *object, const char *key, int64_t *out) {
    const json_t *value = json_object_get(object, key);
    *out = json_integer_value(value);
    return json_is_integer(value);
}

// `needed` texts must be there, the others may be null.
static bool take_text(const json_t *object, const char *key, bool needed, const char **out) {
    const json_t *value = json_object_get(object, key);
    *out = json_string_value(value);
    return json_is_string(value) || (!needed && json_is_null(value));
}

static bool take_row(const json_t *object, StoreAuditRow *row) {
    return json_is_object(object) && take_integer(object, "id", &row->id) &&
           take_integer(object, "at_us", &row->at_us) &&
           take_text(object, "who", true, &row->who) &&
           take_text(object, "means", true, &row->means) &&
           take_text(object, "address", false, &row->address) &&
           take_text(object, "action", true, &row->action) &&
           take_text(object, "subject", false, &row->subject) &&
           take_text(object, "detail", false, &row->detail) &&
           take_text(object, "previous_hash", true, &row->previous_hash) &&
           take_text(object, "hash", true, &row->hash);
}

AuditLine *audit_line_read(const char *text, size_t length, StoreAuditRow *row, Error *error) {
    json_t *object = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    if (take_row(object, row)) {
        AuditLine *line = memory_new(1, sizeof *line);
        line->object = object;
        return line;
    }
    json_decref(object);
    error_set(error, ERROR_INPUT, "%s",
              T("This is no row of an exported audit log", "这不是导出的审计日志中的一行"));
    return NULL;
}

void audit_line_free(AuditLine *line) {
    if (!line) return;
    json_decref(line->object);
    free(line);
}
