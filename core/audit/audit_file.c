// The log in a file, written and looked at again: see audit.h.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/audit/audit_inside.h"
#include "core/audit/audit_json.h"
#include "core/base/language.h"
#include "core/base/whole_file.h"

// People's doings: not for everybody on the machine.
enum { FILE_RIGHTS = 0640 };

// ---- writing -----------------------------------------------------------------------------------

typedef struct Exporting {
    const char *path;
    WholeFile file;
    Buffer line;
    int64_t rows;
    AuditHead *head; // of the last row
} Exporting;

static bool error_of_file(const char *path, Error *error) {
    error_set_errno(error, errno, "%s", path);
    return false;
}

static bool open_new(Exporting *exporting, Error *error) {
    Error own = {0};
    if (whole_file_open(&exporting->file, exporting->path, WHOLE_FILE_NEW, FILE_RIGHTS, &own))
        return true;
    if (own.code == ERROR_CONFLICT)
        error_hint(&own, "%s",
                   T("Name a new file: an older export may be needed as evidence",
                     "请另取文件名：以前的导出可能要留作证据"));
    if (error) *error = own;
    return false;
}

static bool export_row(const StoreAuditRow *row, void *context, Error *error) {
    Exporting *exporting = context;
    JsonWriter json = {.out = &exporting->line, .compact = true};
    buffer_clear(&exporting->line);
    audit_row_write(row, &json);
    buffer_text(&exporting->line, "\n");
    exporting->rows++;
    exporting->head->id = row->id;
    snprintf(exporting->head->hash, sizeof exporting->head->hash, "%s", row->hash);
    return whole_file_write(&exporting->file, exporting->line.data, exporting->line.length, error);
}

bool audit_put_export(StoreTransaction *transaction, const char *where, int64_t rows,
                      const AuditHead *last, Error *error) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "rows", rows);
    json_writer_put_integer(&json, "head_id", last->id);
    json_writer_put_string(&json, "head_hash", last->hash);
    json_writer_end_object(&json);
    const StoreAuditEntry entry = {
        .action = "audit.export", .subject = where, .detail = detail.data};
    bool good = store_put_audit(transaction, &entry, error);
    buffer_free(&detail);
    return good;
}

static bool note_export(StoreTransaction *transaction, void *context, Error *error) {
    const Exporting *exporting = context;
    return audit_put_export(transaction, exporting->path, exporting->rows, exporting->head, error);
}

bool audit_export(Store *store, const char *path, AuditHead *head, Error *error) {
    const StoreAuditQuery all = {0};
    Exporting exporting = {.path = path, .head = head};
    *head = (AuditHead){0};
    if (!open_new(&exporting, error)) return false;
    bool good = store_read_audit(store, &all, export_row, &exporting, error);
    good = whole_file_close(&exporting.file, good, error);
    buffer_free(&exporting.line);
    if (!good) return false;
    good = store_write(store, note_export, &exporting, error);
    if (!good) unlink(path);
    return good;
}

// ---- looking at it again -----------------------------------------------------------------------

static bool take_line(AuditChain *chain, const char *text, size_t length, Error *error) {
    StoreAuditRow row;
    AuditLine *line = audit_line_read(text, length, &row, error);
    if (!line) return false;
    audit_chain_take(chain, &row);
    audit_line_free(line);
    return true;
}

static bool take_lines(AuditChain *chain, const char *path, FILE *file, Error *error) {
    char *text = NULL;
    size_t capacity = 0;
    int line = 0;
    bool good = true;
    for (ssize_t length; good && (length = getline(&text, &capacity, file)) >= 0;) {
        line++;
        good = take_line(chain, text, (size_t)length, error) || error_at(error, path, line, 0);
    }
    if (good && ferror(file)) good = error_of_file(path, error);
    free(text);
    return good;
}

bool audit_verify_file(const char *path, const AuditHead *expected, AuditReport *report,
                       Error *error) {
    AuditChain chain = {.report = report, .expected = expected};
    *report = (AuditReport){0};
    FILE *file = fopen(path, "re");
    if (!file) return error_of_file(path, error);
    bool good = take_lines(&chain, path, file, error);
    fclose(file);
    if (good) audit_chain_end(&chain);
    return good;
}
