// The audit log, written: see store.h, and store_inside.h for how changes are noted.
//
// A row's hash is the SHA-256 of its fields in the order previous_hash, id, at_us, who, means,
// address, action, subject, detail, each written as a netstring: the length of its bytes in decimal
// digits, ":", the bytes, ",". Numbers are decimal digits, NULL is the empty text. So anybody can
// work it out from an export with a few lines of any language.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "db/store_inside.h"

// The first row has nothing before it but the name of what it begins.
#define ORIGIN "Biaochi audit log 1"
// In place of who, where nobody said.
#define UNKNOWN "unknown"

// Changes of a kind that a row lists; the others are only counted.
enum { LISTED = 20 };

static const char *const all_means[] = {"cli", "web", "api", "token", "system"};

// ---- hashing -----------------------------------------------------------------------------------

enum { MOST_DIGITS = 21 }; // of 64 bits, with a sign and the NUL

// The text of the number, which ends where `digits` does.
static const char *print_number(int64_t number, char digits[MOST_DIGITS]) {
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    char *at = digits + MOST_DIGITS - 1;
    *at = '\0';
    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (number < 0) *--at = '-';
    return at;
}

static void append_field(Buffer *bytes, const char *text) {
    char digits[MOST_DIGITS];
    const size_t length = text ? strlen(text) : 0;
    buffer_text(bytes, print_number((int64_t)length, digits));
    buffer_append(bytes, ":", 1);
    if (length > 0) buffer_append(bytes, text, length);
    buffer_append(bytes, ",", 1);
}

static void append_number(Buffer *bytes, int64_t number) {
    char digits[MOST_DIGITS];
    append_field(bytes, print_number(number, digits));
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

// Plain text, so that a row can be shown and exported as it was hashed.
static char *copy_text(const char *text) {
    if (!text || !*text) return NULL;
    char *copy = memory_copy_string(text);
    plain_text_clean(copy);
    return copy;
}

static TransactionNote *add_note(TransactionNotes *notes, const char *action, const char *subject) {
    ARRAY_RESERVE(notes->items, notes->count, notes->capacity);
    TransactionNote *note = &notes->items[notes->count++];
    *note = (TransactionNote){.action = copy_text(action), .subject = copy_text(subject)};
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
    if (++note->gathered > LISTED) return;
    if (note->gathered == 2) {
        free(note->subject);
        note->subject = NULL;
    }
    if (note->gathered > 1) buffer_text(&note->rows, ",");
    buffer_text(&note->rows, detail);
}

void transaction_note_nothing(StoreTransaction *transaction) {
    transaction->notes.unasked = true;
}

void transaction_note_who(StoreTransaction *transaction, const char *who) {
    TransactionNotes *notes = &transaction->notes;
    if (!notes->who) notes->who = copy_text(who);
}

static bool check_means(const char *means, Error *error) {
    if (!text_is_given(means, T("By what means a change is made", "更改途径"), error)) return false;
    for (size_t i = 0; i < COUNT_OF(all_means); i++)
        if (strcmp(means, all_means[i]) == 0) return true;
    return error_set(error, ERROR_INPUT,
                     T("“%s” is no means of making a change", "更改途径“%s”无法识别"), means);
}

bool store_audit_by(StoreTransaction *transaction, const StoreActor *actor, Error *error) {
    if (!text_is_given(actor->who, T("Who makes a change", "更改人"), error) ||
        !check_means(actor->means, error))
        return false;
    free(transaction->notes.actor);
    transaction->notes.actor = store_actor_copy(actor);
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
    free(notes->actor);
    free(notes->who);
}

// ---- observations ------------------------------------------------------------------------------

void transaction_note_data_version(StoreTransaction *transaction) {
    add_note(&transaction->notes, "observations.put", NULL)->is_of_figures = true;
}

bool transaction_lists_figures(const StoreTransaction *transaction) {
    return transaction->figures.added + transaction->figures.revised < LISTED;
}

static const char *or_null(const char *text) {
    return text && *text ? text : NULL;
}

void transaction_list_figure(StoreTransaction *transaction, const StoreObservation *observation,
                             StoreChange change) {
    TransactionFigures *figures = &transaction->figures;
    const bool listed = transaction_lists_figures(transaction);
    JsonWriter json = {.out = &figures->listed, .compact = true};
    if (change == STORE_REVISED)
        figures->revised++;
    else
        figures->added++;
    if (!listed) return;
    if (figures->listed.length > 0) buffer_text(&figures->listed, ",");
    json_writer_begin_object(&json);
    json_writer_put_string(&json, "region", observation->region);
    json_writer_put_string(&json, "indicator", observation->indicator);
    json_writer_put_string(&json, "breakdown", observation->breakdown);
    json_writer_put_integer(&json, "year", observation->year);
    json_writer_put_string(&json, "old",
                           change == STORE_REVISED ? or_null(figures->before.data) : NULL);
    json_writer_put_string(&json, "new", or_null(observation->value_text));
    json_writer_end_object(&json);
}

// The code of the only region that was changed; NULL where there are several.
static const char *only_region(const TransactionNumbers *numbers) {
    const char *code = NULL;
    for (size_t i = 0; i < numbers->region_count; i++) {
        if (!numbers->regions[i].changed) continue;
        if (code) return NULL;
        code = numbers->regions[i].code;
    }
    return code;
}

// An array whose members were written before, with commas between them.
static void write_list(JsonWriter *json, const char *key, const Buffer *members) {
    json_writer_key(json, key);
    json_writer_begin_array(json);
    buffer_append(json->out, members->data, members->length);
    json_writer_end_array(json);
}

static bool describe_figures(StoreTransaction *transaction, TransactionNote *note, Error *error) {
    const TransactionFigures *figures = &transaction->figures;
    char digest[HASH_TEXT_SIZE];
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    if (!transaction_version_digest(transaction, digest, error)) return false;
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "data_version", transaction->data_version);
    json_writer_put_string(&json, "what", transaction->what);
    json_writer_put_integer(&json, "added", (int64_t)figures->added);
    json_writer_put_integer(&json, "revised", (int64_t)figures->revised);
    json_writer_put_string(&json, "digest", digest);
    write_list(&json, "figures", &figures->listed);
    json_writer_end_object(&json);
    note->detail = detail.data;
    note->subject = copy_text(only_region(&transaction->numbers));
    return true;
}

// ---- beginning ---------------------------------------------------------------------------------

bool transaction_begin_audit(StoreTransaction *transaction, int schema_before, Error *error) {
    int64_t data_version = 0, counts[4] = {0};
    size_t revisions;
    char digest[HASH_TEXT_SIZE];
    Rows rows;
    if (!transaction_find_number(transaction, STATEMENT_READ_VERSION, NULL, 0, &data_version,
                                 error))
        return false;
    rows_open_in(&rows, transaction, STATEMENT_COUNT_ALL, NULL, 0, error);
    if (rows_next(&rows))
        for (int i = 0; i < 4; i++)
            counts[i] = rows_integer(&rows, i);
    if (!rows_close(&rows) ||
        !transaction_digest_before(transaction, data_version, &revisions, digest, error))
        return false;
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "schema", store_schema_version());
    json_writer_put_integer(&json, "schema_before", schema_before);
    json_writer_put_integer(&json, "data_version", data_version);
    json_writer_put_integer(&json, "observations", (int64_t)revisions);
    json_writer_put_string(&json, "digest", digest);
    json_writer_put_integer(&json, "regions", counts[0]);
    json_writer_put_integer(&json, "pack_versions", counts[1]);
    json_writer_put_integer(&json, "activation", counts[2]);
    json_writer_put_integer(&json, "run", counts[3]);
    json_writer_end_object(&json);
    transaction_note_change(transaction, "log.begin", NULL, detail.data);
    buffer_free(&detail);
    return true;
}

// ---- writing -----------------------------------------------------------------------------------

// The hash of the newest row, which the next one carries on.
static bool read_head(StoreTransaction *transaction, char hash[HASH_TEXT_SIZE], Error *error) {
    Rows rows;
    store_audit_origin(hash);
    rows_open_in(&rows, transaction, STATEMENT_LAST_AUDIT_HASH, NULL, 0, error);
    if (rows_next(&rows)) snprintf(hash, HASH_TEXT_SIZE, "%s", rows_text(&rows, 0));
    return rows_close(&rows);
}

// What could only be said when the transaction was through.
static bool finish_note(StoreTransaction *transaction, TransactionNote *note, Error *error) {
    if (note->is_of_figures) return describe_figures(transaction, note, error);
    if (note->gathered == 0) return true;
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "count", (int64_t)note->gathered);
    write_list(&json, "rows", &note->rows);
    json_writer_end_object(&json);
    note->detail = detail.data;
    return true;
}

// `head` is the hash of the row before and becomes that of this one.
static bool put_row(StoreTransaction *transaction, const TransactionNote *note, int64_t at_us,
                    char head[HASH_TEXT_SIZE], Error *error) {
    const TransactionNotes *notes = &transaction->notes;
    const StoreActor actor = notes->actor ? *notes->actor : (StoreActor){.who = notes->who};
    char hash[HASH_TEXT_SIZE];
    StoreAuditRow row = {.at_us = at_us,
                         .who = actor.who ? actor.who : UNKNOWN,
                         .means = actor.means ? actor.means : all_means[0],
                         .address = actor.address,
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
        TransactionNote *note = &notes->items[i];
        if (!finish_note(transaction, note, error)) return false;
        if (note->detail) plain_text_clean(note->detail); // also one put together here
        if (!put_row(transaction, note, at_us, head, error)) return false;
    }
    return true;
}

// ---- reading -----------------------------------------------------------------------------------

bool store_read_audit_head(Store *store, StoreAuditHead *head, Error *error) {
    Rows rows;
    *head = (StoreAuditHead){0};
    rows_open(&rows, store, STATEMENT_AUDIT_HEAD, NULL, 0, error);
    if (rows_next(&rows)) {
        const char *hash = rows_text(&rows, 1);
        head->id = rows_integer(&rows, 0);
        snprintf(head->hash, sizeof head->hash, "%s", hash ? hash : "");
        head->given_out = rows_integer(&rows, 2);
    }
    return rows_close(&rows);
}

// A damaged database may lack what the schema asks for.
static const char *or_empty(const char *text) {
    return text ? text : "";
}

static int64_t or_last(int64_t bound) {
    return bound ? bound : INT64_MAX;
}

bool store_read_audit(Store *store, const StoreAuditQuery *query, StoreAuditFunction each,
                      void *context, Error *error) {
    const DriverValue values[] = {
        driver_integer(query->first_id), driver_integer(or_last(query->last_id)),
        driver_integer(query->since_us), driver_integer(or_last(query->until_us)),
        driver_text(query->who),         driver_text(query->action),
        driver_text(query->subject),     driver_integer(or_last(query->limit))};
    Rows rows;
    rows_open(&rows, store,
              query->newest_first ? STATEMENT_READ_AUDIT_BACKWARDS : STATEMENT_READ_AUDIT, values,
              COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreAuditRow row = {.id = rows_integer(&rows, 0),
                                   .at_us = rows_integer(&rows, 1),
                                   .who = or_empty(rows_text(&rows, 2)),
                                   .means = or_empty(rows_text(&rows, 3)),
                                   .address = rows_text(&rows, 4),
                                   .action = or_empty(rows_text(&rows, 5)),
                                   .subject = rows_text(&rows, 6),
                                   .detail = rows_text(&rows, 7),
                                   .previous_hash = or_empty(rows_text(&rows, 8)),
                                   .hash = or_empty(rows_text(&rows, 9))};
        rows_accept(&rows, each(&row, context, error));
    }
    return rows_close(&rows);
}
