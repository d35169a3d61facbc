// Blobs, pack versions and the history of their activation: see store.h.
//
// The history is a stack that is never cut: every row of the table is the top of a stack and names
// the row below it. Activating puts a row on the current one; rolling back appends a row that says
// what the row below said and stands on what that one stood on. Retiring a pack puts a row on the
// current one that says that nothing is active; a version that is activated then stands on what was
// below. So the newest row always says what is active, and nothing is ever changed or lost.
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "db/store_inside.h"

// ---- blobs -------------------------------------------------------------------------------------

static void note_blob(StoreTransaction *transaction, const char *kind, const char *hash,
                      size_t length) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_string(&json, "hash", hash);
    json_writer_put_string(&json, "kind", kind);
    json_writer_put_integer(&json, "bytes", (int64_t)length);
    json_writer_end_object(&json);
    transaction_note_one_of(transaction, "blobs.put", hash, detail.data);
    buffer_free(&detail);
}

bool store_put_blob(StoreTransaction *transaction, const char *kind, const void *bytes,
                    size_t length, char hash[HASH_TEXT_SIZE], Error *error) {
    if (strcmp(kind, "pack") != 0 && strcmp(kind, "std") != 0)
        return error_set(error, ERROR_USAGE, T("“%s” is no kind of blob", "没有“%s”这种数据块"),
                         kind);
    hash_bytes(bytes, length, hash);
    const DriverValue values[] = {driver_text(hash), driver_text(kind),
                                  driver_bytes(bytes, length)};
    bool inserted;
    if (!transaction_insert(transaction, STATEMENT_PUT_BLOB, values, COUNT_OF(values), &inserted,
                            error))
        return false;
    if (inserted) note_blob(transaction, kind, hash, length);
    return true;
}

static bool append_checked(const void *bytes, size_t length, const char *hash, Buffer *out,
                           Error *error) {
    char found[HASH_TEXT_SIZE];
    hash_bytes(bytes, length, found);
    if (strcmp(found, hash) != 0) {
        error_set(error, ERROR_STORE,
                  T("The stored bytes of %s have been altered: their hash is now %s",
                    "存储的内容 %s 已被改动：其散列值现为 %s"),
                  hash, found);
        return error_hint(error,
                          T("Restore the latest backup, or store the pack again from its files",
                            "请用最近的备份恢复，或用原文件重新存入评估包"));
    }
    buffer_append(out, bytes, length);
    return true;
}

bool store_read_blob(Store *store, const char *hash, Buffer *out, Error *error) {
    const DriverValue values[] = {driver_text(hash)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_BLOB, values, COUNT_OF(values), error);
    if (rows_next(&rows)) {
        size_t length;
        const void *bytes = rows_bytes(&rows, 0, &length);
        rows_accept(&rows, append_checked(bytes, length, hash, out, error));
    } else if (rows.good) {
        rows_accept(&rows,
                    error_set(error, ERROR_NOT_FOUND,
                              T("Nothing is stored under %s", "没有以 %s 存储的内容"), hash));
    }
    return rows_close(&rows);
}

// ---- pack versions -----------------------------------------------------------------------------

static bool check_pack_version(const StorePackVersion *version, Error *error) {
    return text_is_given(version->pack, T("A pack's id", "评估包标识"), error) &&
           text_is_given(version->version, T("A pack's version", "评估包版本"), error) &&
           text_is_given(version->hash, T("A pack's hash", "评估包散列值"), error) &&
           text_is_given(version->std_hash, T("The hash of a pack's std", "评估包标准库散列值"),
                         error) &&
           text_is_given(version->title, T("A pack's title", "评估包名称"), error) &&
           text_is_given(version->region, T("A pack's region", "评估包所属行政区划"), error) &&
           text_is_given(version->description, T("A pack's description", "评估包说明"), error);
}

static void note_pack_version(StoreTransaction *transaction, const StorePackVersion *version) {
    char digest[HASH_TEXT_SIZE];
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    store_pack_version_digest(version, digest);
    json_writer_begin_object(&json);
    json_writer_put_string(&json, "version", version->version);
    json_writer_put_string(&json, "hash", version->hash);
    json_writer_put_string(&json, "std_hash", version->std_hash);
    json_writer_put_string(&json, "title", version->title);
    json_writer_put_string(&json, "region", version->region);
    json_writer_put_string(&json, "digest", digest);
    json_writer_end_object(&json);
    transaction_note_change(transaction, "pack.store", version->pack, detail.data);
    buffer_free(&detail);
}

bool store_put_pack_version(StoreTransaction *transaction, const StorePackVersion *version,
                            bool *changed, Error *error) {
    const DriverValue values[] = {
        driver_text(version->pack),        driver_text(version->hash),
        driver_text(version->version),     driver_text(version->std_hash),
        driver_text(version->title),       driver_text(version->region),
        driver_text(version->description), driver_integer(clock_now_us())};
    bool differs;
    if (!check_pack_version(version, error)) return false;
    if (transaction_run(transaction, STATEMENT_PUT_PACK_VERSION, values, COUNT_OF(values), &differs,
                        error)) {
        if (differs) note_pack_version(transaction, version);
        if (changed) *changed = differs;
        return true;
    }
    return transaction_refused(transaction, ERROR_NOT_FOUND, error,
                               T("Pack %s %s: its files or its std are not stored yet (%s, %s)",
                                 "评估包 %s %s 的文件或标准库尚未存入数据库（%s，%s）"),
                               version->pack, version->version, version->hash, version->std_hash);
}

static bool retires(const char *action) {
    return strcmp(action, "retire") == 0;
}

static bool give_versions(Rows *rows, StorePackFunction each, void *context, Error *error) {
    while (rows_next(rows)) {
        const char *made_so = rows_text(rows, 8); // NULL: another version's row is the newest
        const StorePackVersion version = {.pack = rows_text(rows, 0),
                                          .version = rows_text(rows, 1),
                                          .hash = rows_text(rows, 2),
                                          .std_hash = rows_text(rows, 3),
                                          .title = rows_text(rows, 4),
                                          .region = rows_text(rows, 5),
                                          .description = rows_text(rows, 6),
                                          .stored_at_us = rows_integer(rows, 7),
                                          .active = made_so && !retires(made_so),
                                          .retired = made_so && retires(made_so)};
        rows_accept(rows, each(&version, context, error));
    }
    return rows_close(rows);
}

bool store_read_pack_versions(Store *store, bool only_active, StorePackFunction each, void *context,
                              Error *error) {
    Rows rows;
    rows_open(&rows, store,
              only_active ? STATEMENT_READ_ACTIVE_VERSIONS : STATEMENT_READ_PACK_VERSIONS, NULL, 0,
              error);
    return give_versions(&rows, each, context, error);
}

// ---- activation --------------------------------------------------------------------------------

typedef struct Activation {
    int64_t id; // 0 when there is none
    char hash[HASH_TEXT_SIZE];
    int64_t below; // 0 at the bottom
    bool retired;  // it says that nothing is active
} Activation;

static void copy_hash(char out[HASH_TEXT_SIZE], const char *hash) {
    snprintf(out, HASH_TEXT_SIZE, "%s", hash);
}

// The newest row; `id` is 0 when nothing was ever active.
static bool read_active(StoreTransaction *transaction, const char *pack, Activation *active,
                        Error *error) {
    const DriverValue values[] = {driver_text(pack)};
    Rows rows;
    *active = (Activation){0};
    rows_open_in(&rows, transaction, STATEMENT_READ_ACTIVE, values, COUNT_OF(values), error);
    if (rows_next(&rows)) {
        active->id = rows_integer(&rows, 0);
        copy_hash(active->hash, rows_text(&rows, 1));
        active->below = rows_integer(&rows, 2);
        active->retired = retires(rows_text(&rows, 3));
    }
    return rows_close(&rows);
}

static bool read_activation(StoreTransaction *transaction, const char *pack, int64_t id,
                            Activation *activation, Error *error) {
    const DriverValue values[] = {driver_text(pack), driver_integer(id)};
    Rows rows;
    *activation = (Activation){.id = id};
    rows_open_in(&rows, transaction, STATEMENT_READ_ACTIVATION, values, COUNT_OF(values), error);
    if (rows_next(&rows)) {
        copy_hash(activation->hash, rows_text(&rows, 0));
        activation->below = rows_integer(&rows, 1);
    }
    return rows_close(&rows);
}

static void note_activation(StoreTransaction *transaction, const ActivationRow *row,
                            const char *hash_before) {
    char digest[HASH_TEXT_SIZE];
    Buffer action = {0}, detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    activation_digest(row, digest);
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "activation", row->id);
    json_writer_put_string(&json, "hash", row->hash);
    json_writer_put_string(&json, "hash_before", *hash_before ? hash_before : NULL);
    json_writer_put_string(&json, "digest", digest);
    json_writer_end_object(&json);
    transaction_note_who(transaction, row->who);
    buffer_printf(&action, "pack.%s", row->action);
    transaction_note_change(transaction, action.data, row->pack, detail.data);
    buffer_free(&action);
    buffer_free(&detail);
}

// Sets the row's id and time.
static bool append_activation(StoreTransaction *transaction, ActivationRow *row,
                              const char *hash_before, Error *error) {
    if (!transaction_next_number(transaction, "activation", &row->id, error)) return false;
    row->at_us = clock_now_us();
    const DriverValue values[] = {driver_text(row->pack),    driver_integer(row->id),
                                  driver_text(row->hash),    driver_optional(row->below),
                                  driver_text(row->action),  driver_text(row->who),
                                  driver_integer(row->at_us)};
    if (!transaction_run(transaction, STATEMENT_PUT_ACTIVATION, values, COUNT_OF(values), NULL,
                         error))
        return false;
    note_activation(transaction, row, hash_before);
    return true;
}

static bool is_stored(StoreTransaction *transaction, const char *pack, const char *hash,
                      Error *error) {
    const DriverValue values[] = {driver_text(pack), driver_text(hash)};
    bool found;
    if (!transaction_run(transaction, STATEMENT_FIND_PACK_VERSION, values, COUNT_OF(values), &found,
                         error))
        return false;
    if (found) return true;
    error_set(error, ERROR_NOT_FOUND,
              T("Pack %s has no stored version %s", "评估包 %s 没有已存储的版本 %s"), pack, hash);
    return error_hint(error, T("the list of packs shows the versions that are stored",
                               "已存储的版本见评估包列表"));
}

// What a version activated on `active` stands on. In the place of a retirement it stands on what
// was active until then, or, where it is that version come back, on what that one stood on: going
// back must not lead from a version to itself, or to nothing.
static bool find_below(StoreTransaction *transaction, const char *pack, const char *hash,
                       const Activation *active, int64_t *below, Error *error) {
    Activation earlier;
    *below = active->id;
    if (!active->retired) return true;
    if (!read_activation(transaction, pack, active->below, &earlier, error)) return false;
    *below = strcmp(earlier.hash, hash) == 0 ? earlier.below : earlier.id;
    return true;
}

bool store_activate_pack(StoreTransaction *transaction, const char *pack, const char *hash,
                         const char *who, bool *changed, Error *error) {
    Activation active;
    ActivationRow row = {.pack = pack, .hash = hash, .action = "activate", .who = who};
    if (!text_is_given(who, T("Who activates a pack", "启用评估包的人"), error) ||
        !is_stored(transaction, pack, hash, error) ||
        !read_active(transaction, pack, &active, error) ||
        !find_below(transaction, pack, hash, &active, &row.below, error))
        return false;
    bool differs = active.retired || strcmp(active.hash, hash) != 0;
    if (changed) *changed = differs;
    return !differs ||
           append_activation(transaction, &row, active.retired ? "" : active.hash, error);
}

bool store_roll_back_pack(StoreTransaction *transaction, const char *pack, const char *who,
                          char hash[HASH_TEXT_SIZE], Error *error) {
    Activation active, earlier;
    if (!text_is_given(who, T("Who rolls a pack back", "回退评估包的人"), error) ||
        !read_active(transaction, pack, &active, error))
        return false;
    if (!active.below)
        return error_set(
            error, ERROR_NOT_FOUND,
            T("Pack %s has no earlier version to go back to", "评估包 %s 没有可以回退到的更早版本"),
            pack);
    if (!read_activation(transaction, pack, active.below, &earlier, error)) return false;
    ActivationRow row = {.pack = pack,
                         .hash = earlier.hash,
                         .below = earlier.below,
                         .action = "rollback",
                         .who = who};
    if (!append_activation(transaction, &row, active.retired ? "" : active.hash, error))
        return false;
    copy_hash(hash, earlier.hash);
    return true;
}

bool store_retire_pack(StoreTransaction *transaction, const char *pack, const char *who,
                       char hash[HASH_TEXT_SIZE], Error *error) {
    Activation active;
    if (!text_is_given(who, T("Who retires a pack", "停用评估包的人"), error) ||
        !read_active(transaction, pack, &active, error))
        return false;
    if (!active.id || active.retired)
        return error_set(error, ERROR_NOT_FOUND,
                         T("Pack %s has no active version", "评估包 %s 没有已激活的版本"), pack);
    ActivationRow row = {
        .pack = pack, .hash = active.hash, .below = active.id, .action = "retire", .who = who};
    if (!append_activation(transaction, &row, active.hash, error)) return false;
    copy_hash(hash, active.hash);
    return true;
}

bool store_find_active_pack(StoreTransaction *transaction, const char *pack,
                            char hash[HASH_TEXT_SIZE], Error *error) {
    Activation active;
    bool good = read_active(transaction, pack, &active, error);
    copy_hash(hash, active.retired ? "" : active.hash);
    return good;
}

bool store_last_activation(Store *store, int64_t *id, Error *error) {
    Rows rows;
    *id = 0;
    rows_open(&rows, store, STATEMENT_LAST_ACTIVATION, NULL, 0, error);
    if (rows_next(&rows)) *id = rows_integer(&rows, 0);
    return rows_close(&rows);
}

bool store_read_activated_since(StoreTransaction *transaction, int64_t id, StorePackFunction each,
                                void *context, Error *error) {
    const DriverValue values[] = {driver_integer(id)};
    Rows rows;
    rows_open_in(&rows, transaction, STATEMENT_ACTIVATED_SINCE, values, COUNT_OF(values), error);
    return give_versions(&rows, each, context, error);
}

bool store_read_activations(Store *store, const char *pack, StoreActivationFunction each,
                            void *context, Error *error) {
    const DriverValue values[] = {driver_text(pack)};
    Rows rows;
    rows_open(&rows, store, pack ? STATEMENT_ACTIVATIONS_OF_PACK : STATEMENT_READ_ACTIVATIONS,
              values, pack ? COUNT_OF(values) : 0, error);
    while (rows_next(&rows)) {
        const StoreActivation activation = {.pack = rows_text(&rows, 0),
                                            .hash = rows_text(&rows, 1),
                                            .version = rows_text(&rows, 2),
                                            .who = rows_text(&rows, 3),
                                            .action = rows_text(&rows, 4),
                                            .at_us = rows_integer(&rows, 5),
                                            .id = rows_integer(&rows, 6)};
        rows_accept(&rows, each(&activation, context, error));
    }
    return rows_close(&rows);
}

// ---- years -------------------------------------------------------------------------------------

enum { LAST_YEAR = 9999 };

static void note_year(StoreTransaction *transaction, const char *pack, int year, const char *who) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_key(&json, "year");
    if (year)
        json_writer_integer(&json, year);
    else
        json_writer_null(&json);
    json_writer_end_object(&json);
    transaction_note_who(transaction, who);
    transaction_note_change(transaction, "pack.year", pack, detail.data);
    buffer_free(&detail);
}

bool store_set_pack_year(StoreTransaction *transaction, const char *pack, int year, const char *who,
                         bool *changed, Error *error) {
    const DriverValue values[] = {driver_text(pack), driver_optional(year)};
    Rows rows;
    int before = 0;
    if (!text_is_given(who, T("Who sets a pack's year", "设定评估包年度的人"), error)) return false;
    if (year < 0 || year > LAST_YEAR)
        return error_set(error, ERROR_USAGE, T("%d is no year of a pack", "%d 不是评估包的年度"),
                         year);
    rows_open_in(&rows, transaction, STATEMENT_READ_PACK_YEAR, values, 1, error);
    if (rows_next(&rows)) before = (int)rows_integer(&rows, 0);
    if (!rows_close(&rows)) return false;
    if (changed) *changed = year != before;
    if (year == before) return true;
    note_year(transaction, pack, year, who);
    return transaction_run(transaction, STATEMENT_SET_PACK_YEAR, values, COUNT_OF(values), NULL,
                           error);
}

bool store_read_pack_year(Store *store, const char *pack, int *year, Error *error) {
    const DriverValue values[] = {driver_text(pack)};
    Rows rows;
    *year = 0;
    rows_open(&rows, store, STATEMENT_READ_PACK_YEAR, values, COUNT_OF(values), error);
    if (rows_next(&rows)) *year = (int)rows_integer(&rows, 0); // NULL reads as 0
    return rows_close(&rows);
}
