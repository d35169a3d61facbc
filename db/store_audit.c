// The audit log, written: see store.h, and store_inside.h for how changes are noted.
//
// A row's hash is the SHA-256 of its fields in the order previous_hash, id, at_us, who, means,
// address, action, subject, detail, each written as a netstring: the length of its bytes in decimal
// digits, ":", the bytes, ",". Numbers are decimal digits, NULL is the empty text. So anybody can
// work it out from an export with a few lines of any language.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "db/store_inside.h"

// The first row has nothing before it but the name of what it begins.
#define ORIGIN "Biaochi audit log 1"
// In place of who, where nobody said.
#define UNKNOWN "unknown"

enum { GATHERED_IN_FULL = 20 };

static const char *const all_means[] = {"cli", "web", "api", "token", "system"};

// ---- hashing -----------------------------------------------------------------------------------

static void append_field(Buffer *bytes, const char *text) {
    buffer_printf(bytes, "%zu:%s,", text ? strlen(text) : 0, text ? text : "");
}

static void append_number(Buffer *bytes, int64_t number) {
    char digits[24];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    append_field(bytes, digits);
}

void store_audit_hash(const StoreAuditRow *row, char hash[HASH_TEXT_SIZE]) {
    Buffer bytes = {0};
    append_field(&bytes, row->previous_hash);
    append_number(&bytes, row->id);
    append_number(&bytes, row->at_us);
    append_field(&bytes, row->who);
    append_field(&bytes, row->means);
    append_field(&bytes, row->address);
    append_field(&bytes, row->action);
    append_field(&bytes, row->subject);
    append_field(&bytes, row->detail);
    hash_bytes(bytes.data, bytes.length, hash);
    buffer_free(&bytes);
}

void store_audit_origin(char hash[HASH_TEXT_SIZE]) {
    hash_bytes(ORIGIN, strlen(ORIGIN), hash);
}

// ---- noting ------------------------------------------------------------------------------------

static char *copy_text(const char *text) {
    return text && *text ? memory_copy_string(text) : NULL;
}

static TransactionNote *add_note(TransactionNotes *notes, const char *action, const char *subject) {
    ARRAY_RESERVE(notes->items, notes->count, notes->capacity);
    TransactionNote *note = &notes->items[notes->count++];
    *note = (TransactionNote){.action = memory_copy_string(action), .subject = copy_text(subject)};
    return note;
}

void transaction_note_change(StoreTransaction *transaction, const char *action, const char *subject,
                             const char *detail) {
    add_note(&transaction->notes, action, subject)->detail = copy_text(detail);
}

static TransactionNote *gathering_note(TransactionNotes *notes, const char *action) {
    for (size_t i = notes->count; i-- > 0;)
        if (notes->items[i].gathered > 0 && strcmp(notes->items[i].action, action) == 0)
            return &notes->items[i];
    return NULL;
}

void transaction_note_one_of(StoreTransaction *transaction, const char *action, const char *subject,
                             const char *detail) {
    TransactionNote *note = gathering_note(&transaction->notes, action);
    if (!note) note = add_note(&transaction->notes, action, subject);
    if (++note->gathered > GATHERED_IN_FULL) return;
    if (note->gathered == 2) {
        free(note->subject);
        note->subject = NULL;
    }
    if (note->gathered > 1) buffer_text(&note->rows, ",");
    buffer_text(&note->rows, detail);
}

void transaction_note_who(StoreTransaction *transaction, const char *who) {
    if (!transaction->notes.who) transaction->notes.who = copy_text(who);
}

bool store_audit_by(StoreTransaction *transaction, const StoreActor *actor, Error *error) {
    TransactionNotes *notes = &transaction->notes;
    if (!text_is_given(actor->who, T("Who makes a change", "更改人"), error) ||
        !text_is_given(actor->means, T("By what means a change is made", "更改途径"), error))
        return false;
    size_t means = 0;
    while (means < COUNT_OF(all_means) && strcmp(actor->means, all_means[means]) != 0)
        means++;
    if (means == COUNT_OF(all_means))
        return error_set(error, ERROR_INPUT,
                         T("“%s” is no means of making a change", "更改途径“%s”无法识别"),
                         actor->means);
    free(notes->who);
    free(notes->means);
    free(notes->address);
    notes->who = memory_copy_string(actor->who);
    notes->means = memory_copy_string(actor->means);
    notes->address = copy_text(actor->address);
    return true;
}

bool store_put_audit(StoreTransaction *transaction, const StoreAuditEntry *entry, Error *error) {
    if (!text_is_given(entry->action, T("The action of an audit entry", "审计记录的操作"), error))
        return false;
    transaction_note_change(transaction, entry->action, entry->subject, entry->detail);
    return true;
}

void transaction_notes_free(TransactionNotes *notes) {
    for (size_t i = 0; i < notes->count; i++) {
        free(notes->items[i].action);
        free(notes->items[i].subject);
        free(notes->items[i].detail);
        buffer_free(&notes->items[i].rows);
    }
    free(notes->items);
    free(notes->who);
    free(notes->means);
    free(notes->address);
}

// ---- writing -----------------------------------------------------------------------------------

// The hash of the newest row, which the next one carries on.
static bool read_head(StoreTransaction *transaction, char hash[HASH_TEXT_SIZE], Error *error) {
    Rows rows;
    rows_open_in(&rows, transaction, STATEMENT_READ_AUDIT_HEAD, NULL, 0, error);
    if (rows_next(&rows))
        snprintf(hash, HASH_TEXT_SIZE, "%s", rows_text(&rows, 1));
    else
        store_audit_origin(hash);
    return rows_close(&rows);
}

static void finish_gathering(TransactionNote *note) {
    if (note->gathered == 0) return;
    Buffer detail = {0};
    buffer_printf(&detail, "{\"count\":%zu,\"rows\":[%s]}", note->gathered, note->rows.data);
    note->detail = detail.data;
}

// `head` is the hash of the row before and becomes that of this one.
static bool put_row(StoreTransaction *transaction, const TransactionNote *note, int64_t at_us,
                    char head[HASH_TEXT_SIZE], Error *error) {
    const TransactionNotes *notes = &transaction->notes;
    char hash[HASH_TEXT_SIZE];
    StoreAuditRow row = {.at_us = at_us,
                         .who = notes->who ? notes->who : UNKNOWN,
                         .means = notes->means ? notes->means : all_means[0],
                         .address = notes->address,
                         .action = note->action,
                         .subject = note->subject,
                         .detail = note->detail,
                         .previous_hash = head};
    if (!transaction_next_number(transaction, "audit", &row.id, error)) return false;
    store_audit_hash(&row, hash);
    const DriverValue values[] = {driver_integer(row.id),         driver_integer(row.at_us),
                                  driver_text(row.who),           driver_text(row.means),
                                  driver_text(row.address),       driver_text(row.action),
                                  driver_text(row.subject),       driver_text(row.detail),
                                  driver_text(row.previous_hash), driver_text(hash)};
    if (!transaction_run(transaction, STATEMENT_PUT_AUDIT, values, COUNT_OF(values), NULL, error))
        return false;
    memcpy(head, hash, HASH_TEXT_SIZE);
    return true;
}

bool transaction_write_audit(StoreTransaction *transaction, Error *error) {
    TransactionNotes *notes = &transaction->notes;
    const int64_t at_us = clock_now_us();
    char head[HASH_TEXT_SIZE];
    if (notes->count == 0) return true;
    if (!read_head(transaction, head, error)) return false;
    for (size_t i = 0; i < notes->count; i++) {
        finish_gathering(&notes->items[i]);
        if (!put_row(transaction, &notes->items[i], at_us, head, error)) return false;
    }
    return true;
}
