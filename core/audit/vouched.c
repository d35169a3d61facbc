// What the log vouches for, held against the tables: see audit_inside.h.
//
// Data versions, activations and runs are numbered in the order of the log. Their digests are
// gathered from its rows in windows of consecutive numbers; when one is full the store gives those
// of the same numbers as the tables are now.
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/audit/audit_inside.h"
#include "core/base/language.h"
#include "core/base/map.h"

enum {
    KINDS = 3,
    // Each number has a row of the log: those that go further than its rows do, even if as many as
    // these were taken out of it, are somebody's invention and not looked for one by one.
    MOST_MISSING = 1 << 20,
};

typedef struct Expected {
    int64_t row; // of the log; 0 where no row says anything of the number
    char digest[HASH_TEXT_SIZE];
    bool seen; // in the tables
} Expected;

typedef struct Window {
    StoreDigestKind kind;
    AuditReport *report;
    int64_t begun;     // the first number that the log knows of
    int64_t first;     // number of entries[0]
    int64_t newest;    // in the tables, or further on in what was read of the log since
    Expected *entries; // owned; STORE_DIGESTS_AT_ONCE of them
} Window;

// A pack version as it is stored now.
typedef struct StoredPack {
    char digest[HASH_TEXT_SIZE], hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE];
    char *name; // owned: "pack version" for messages
    int64_t stored_at_us;
    int64_t row; // that said last what it is; 0 for none
    bool same;   // as that row says
} StoredPack;

struct AuditVouched {
    Store *store;
    AuditReport *report;
    int64_t head_before; // newest row of the log before it was read
    bool began;          // the first row could be read
    int64_t began_at_us;
    int64_t packs_before;  // pack versions that there were when the log began
    int64_t first_run;     // that the log knows of
    Window windows[KINDS]; // by StoreDigestKind
    Map rounds;            // that are published; see rounds.c
    Map packs_by_key;      // → index into packs
    StoredPack *packs;     // owned
    size_t pack_count, pack_capacity;
};

// ---- what is said of a number ------------------------------------------------------------------

static AuditWhat what_of(StoreDigestKind kind) {
    switch (kind) {
        case STORE_DATA_VERSIONS: return AUDIT_OBSERVATIONS;
        case STORE_ACTIVATIONS: return AUDIT_ACTIVATION;
        case STORE_RUNS: return AUDIT_RUN;
    }
    return AUDIT_DETAIL;
}

typedef struct NumberName {
    char text[64];
} NumberName;

static NumberName name_of(StoreDigestKind kind, int64_t number) {
    NumberName name;
    const char *format = "%lld";
    switch (kind) {
        case STORE_DATA_VERSIONS:
            format = T("What was put as data version %lld", "数据版本 %lld 的监测值");
            break;
        case STORE_ACTIVATIONS: format = T("Activation %lld", "启用记录 %lld"); break;
        case STORE_RUNS: format = T("Run %lld", "运行 %lld"); break;
    }
    snprintf(name.text, sizeof name.text, format, (long long)number);
    return name;
}

static void add_otherwise(AuditReport *report, AuditWhat what, int64_t row, const char *name) {
    audit_report_add(report, what, row,
                     T("%s is not what row %lld says it was", "%s与第 %lld 行所记不符"), name,
                     (long long)row);
}

static void add_gone(AuditReport *report, AuditWhat what, int64_t row, const char *name) {
    audit_report_add(
        report, what, row,
        T("%s is gone, though row %lld tells of it", "%s已不存在，而第 %lld 行有其记录"), name,
        (long long)row);
}

static void add_untold(AuditReport *report, AuditWhat what, const char *name) {
    audit_report_add(report, what, 0, T("%s is there, though no row tells of it", "%s没有日志记录"),
                     name);
}

// ---- windows of numbers ------------------------------------------------------------------------

static bool compare(int64_t number, const char digest[HASH_TEXT_SIZE], void *context,
                    Error *error) {
    Window *window = context;
    Expected *expected = &window->entries[number - window->first];
    const NumberName name = name_of(window->kind, number);
    (void)error;
    expected->seen = true;
    if (expected->row == 0)
        add_untold(window->report, what_of(window->kind), name.text);
    else if (strcmp(expected->digest, digest) != 0)
        add_otherwise(window->report, what_of(window->kind), expected->row, name.text);
    return true;
}

// Compares what has been gathered, up to `last` at most, and begins the next window behind it.
static bool flush(Window *window, Store *store, int64_t last, Error *error) {
    const int64_t end = window->first + STORE_DIGESTS_AT_ONCE - 1;
    if (last > end) last = end;
    if (!store_read_digests(store, window->kind, window->first, last, compare, window, error))
        return false;
    for (int64_t number = window->first; number <= last; number++) {
        const Expected *expected = &window->entries[number - window->first];
        if (expected->row == 0 || expected->seen) continue;
        const NumberName name = name_of(window->kind, number);
        add_gone(window->report, what_of(window->kind), expected->row, name.text);
    }
    memset(window->entries, 0, STORE_DIGESTS_AT_ONCE * sizeof *window->entries);
    window->first = last + 1;
    return true;
}

// Whether the tables go as far: what others put meanwhile has a row that may be read already.
static bool is_there(Window *window, Store *store, int64_t number, bool *there, Error *error) {
    int64_t newest = window->newest;
    bool good = number <= newest || store_read_newest(store, window->kind, &newest, error);
    *there = number <= newest;
    if (*there && number > window->newest) window->newest = number;
    return good;
}

// Whether a log of as many rows could tell of the number.
static bool could_be_told(const Window *window, int64_t number) {
    return number - window->begun < window->report->rows + MOST_MISSING;
}

static bool expect(Window *window, Store *store, int64_t number, const char *digest, int64_t row,
                   Error *error) {
    const NumberName name = name_of(window->kind, number);
    bool there;
    if (!is_there(window, store, number, &there, error)) return false;
    if (!there) {
        add_gone(window->report, what_of(window->kind), row, name.text);
        return true;
    }
    if (number < window->first || !could_be_told(window, number)) {
        add_otherwise(window->report, what_of(window->kind), row, name.text);
        return true;
    }
    while (number >= window->first + STORE_DIGESTS_AT_ONCE)
        if (!flush(window, store, INT64_MAX, error)) return false;
    Expected *expected = &window->entries[number - window->first];
    expected->row = row;
    snprintf(expected->digest, sizeof expected->digest, "%s", digest);
    return true;
}

static bool end_window(Window *window, Store *store, Error *error) {
    int64_t last = window->newest;
    if (!could_be_told(window, last)) {
        const NumberName name = name_of(window->kind, last);
        add_untold(window->report, what_of(window->kind), name.text);
        last = window->begun + window->report->rows;
    }
    while (window->first <= last)
        if (!flush(window, store, last, error)) return false;
    return true;
}

// ---- pack versions -----------------------------------------------------------------------------

static void pack_key(Buffer *key, const char *pack, const char *hash) {
    buffer_clear(key);
    buffer_printf(key, "%s %s", pack, hash);
}

static bool take_pack(const StorePackVersion *version, void *context, Error *error) {
    AuditVouched *vouched = context;
    Buffer key = {0}, name = {0};
    (void)error;
    ARRAY_RESERVE(vouched->packs, vouched->pack_count, vouched->pack_capacity);
    StoredPack *pack = &vouched->packs[vouched->pack_count];
    buffer_printf(&name, T("Pack %s %s", "评估包 %s %s"), version->pack, version->version);
    *pack = (StoredPack){.name = name.data, .stored_at_us = version->stored_at_us};
    snprintf(pack->hash, sizeof pack->hash, "%s", version->hash);
    snprintf(pack->std_hash, sizeof pack->std_hash, "%s", version->std_hash);
    store_pack_version_digest(version, pack->digest);
    pack_key(&key, version->pack, version->hash);
    map_put(&vouched->packs_by_key, key.data, (int64_t)vouched->pack_count++);
    buffer_free(&key);
    return true;
}

// A row that came after the tables were looked at may tell of what they did not have yet.
static void expect_pack(AuditVouched *vouched, const StoreAuditRow *row, const char *hash,
                        const char *digest) {
    const bool later = row->id > vouched->head_before;
    Buffer key = {0};
    pack_key(&key, row->subject, hash);
    const int64_t index = map_get(&vouched->packs_by_key, key.data);
    buffer_free(&key);
    if (index == MAP_MISSING) {
        if (!later) add_gone(vouched->report, AUDIT_PACK, row->id, hash);
        return;
    }
    StoredPack *pack = &vouched->packs[index];
    const bool same = strcmp(pack->digest, digest) == 0;
    pack->same = later ? pack->same || same : same;
    pack->row = row->id;
}

// Reading a blob holds its bytes against its hash.
static void check_blob(AuditVouched *vouched, const StoredPack *pack, const char *hash) {
    Buffer bytes = {0};
    Error error = {0};
    if (!store_read_blob(vouched->store, hash, &bytes, &error))
        audit_report_add(vouched->report, AUDIT_PACK, pack->row, "%s: %s", pack->name,
                         error.message);
    buffer_free(&bytes);
}

static void check_packs(AuditVouched *vouched) {
    int64_t before = 0;
    for (size_t i = 0; i < vouched->pack_count; i++) {
        const StoredPack *pack = &vouched->packs[i];
        check_blob(vouched, pack, pack->hash);
        check_blob(vouched, pack, pack->std_hash);
        const bool is_older = pack->stored_at_us <= vouched->began_at_us;
        before += pack->row == 0 && is_older;
        if (pack->row == 0 && !is_older)
            add_untold(vouched->report, AUDIT_PACK, pack->name);
        else if (pack->row != 0 && !pack->same)
            add_otherwise(vouched->report, AUDIT_PACK, pack->row, pack->name);
    }
    if (before > vouched->packs_before)
        audit_report_add(vouched->report, AUDIT_PACK, 1,
                         T("%lld pack versions are older than the log, though there were %lld when "
                           "it began",
                           "有 %lld 个评估包版本早于日志，而日志起始时只有 %lld 个"),
                         (long long)before, (long long)vouched->packs_before);
}

// ---- the rows ----------------------------------------------------------------------------------

static const char *text_of(const json_t *detail, const char *key) {
    const char *text = json_string_value(json_object_get(detail, key));
    return text ? text : "";
}

static int64_t integer_of(const json_t *detail, const char *key) {
    return json_integer_value(json_object_get(detail, key));
}

static bool check_before(AuditVouched *vouched, const StoreAuditRow *row, const json_t *detail,
                         Error *error) {
    const int64_t last = integer_of(detail, "data_version");
    char digest[HASH_TEXT_SIZE];
    size_t revisions;
    if (!store_read_digest_before(vouched->store, last, &revisions, digest, error)) return false;
    if (strcmp(digest, text_of(detail, "digest")) != 0)
        audit_report_add(vouched->report, AUDIT_OBSERVATIONS, row->id,
                         T("The observations from before the log, up to data version %lld, are not "
                           "those it began with",
                           "日志起始之前（数据版本 %lld 及以前）的监测值与起始时不符"),
                         (long long)last);
    return true;
}

static void add_unclear(AuditReport *report, int64_t row) {
    audit_report_add(report, AUDIT_DETAIL, row,
                     T("Row %lld does not say what was done", "第 %lld 行没有说明所作的更改"),
                     (long long)row);
}

// The last number that there was when the log began: 0 where that cannot be what the row says.
static int64_t last_before(const AuditVouched *vouched, const Window *window,
                           const StoreAuditRow *row, const json_t *last) {
    const int64_t number = json_integer_value(last);
    if (json_is_integer(last) && number >= 0 && number <= window->newest) return number;
    add_unclear(vouched->report, row->id);
    return 0;
}

static bool begin(AuditVouched *vouched, const StoreAuditRow *row, const json_t *detail,
                  Error *error) {
    static const char *const keys[KINDS] = {[STORE_DATA_VERSIONS] = "data_version",
                                            [STORE_ACTIVATIONS] = "activation",
                                            [STORE_RUNS] = "run"};
    if (vouched->began) return true;
    vouched->began = true;
    vouched->began_at_us = row->at_us;
    vouched->packs_before = integer_of(detail, "pack_versions");
    for (int i = 0; i < KINDS; i++) {
        Window *window = &vouched->windows[i];
        window->begun = 1 + last_before(vouched, window, row, json_object_get(detail, keys[i]));
        window->first = window->begun;
    }
    vouched->first_run = vouched->windows[STORE_RUNS].first;
    return check_before(vouched, row, detail, error);
}

typedef struct Vouching {
    const char *action;
    StoreDigestKind kind;
    const char *key; // of the number in the detail
} Vouching;

static const Vouching *vouching_of(const char *action) {
    static const Vouching vouchings[] = {
        {"observations.put", STORE_DATA_VERSIONS, "data_version"},
        {"pack.activate", STORE_ACTIVATIONS, "activation"},
        {"pack.retire", STORE_ACTIVATIONS, "activation"},
        {"pack.rollback", STORE_ACTIVATIONS, "activation"},
        {"run.put", STORE_RUNS, "run"},
    };
    for (size_t i = 0; i < sizeof vouchings / sizeof *vouchings; i++)
        if (strcmp(action, vouchings[i].action) == 0) return &vouchings[i];
    return NULL;
}

static bool tells_of_publication(const StoreAuditRow *row) {
    return strcmp(row->action, "round.published") == 0;
}

static bool take_detail(AuditVouched *vouched, const StoreAuditRow *row, const json_t *detail,
                        Error *error) {
    const Vouching *vouching = vouching_of(row->action);
    const char *digest = text_of(detail, "digest");
    if (strcmp(row->action, "log.begin") == 0) return begin(vouched, row, detail, error);
    if (!vouched->began) return true;
    if (tells_of_publication(row))
        return audit_rounds_take(vouched->store, &vouched->rounds, row, detail, vouched->report,
                                 error);
    if (!vouching) {
        expect_pack(vouched, row, text_of(detail, "hash"), digest);
        return true;
    }
    return expect(&vouched->windows[vouching->kind], vouched->store,
                  integer_of(detail, vouching->key), digest, row->id, error);
}

bool audit_vouched_take(AuditVouched *vouched, const StoreAuditRow *row, Error *error) {
    const bool is_of_pack = strcmp(row->action, "pack.store") == 0;
    if (!is_of_pack && !vouching_of(row->action) && !tells_of_publication(row) &&
        strcmp(row->action, "log.begin") != 0)
        return true;
    json_t *detail = json_loads(row->detail ? row->detail : "", 0, NULL);
    bool good = true;
    if (json_is_object(detail) && (!is_of_pack || row->subject))
        good = take_detail(vouched, row, detail, error);
    else
        add_unclear(vouched->report, row->id);
    json_decref(detail);
    return good;
}

// Observations of data versions that nobody was given.
static bool check_beyond(AuditVouched *vouched, Error *error) {
    int64_t last, newest;
    if (!store_read_last_revision(vouched->store, &last, error) ||
        !store_read_data_version(vouched->store, &newest, error))
        return false;
    const NumberName name = name_of(STORE_DATA_VERSIONS, last);
    if (last > newest) add_untold(vouched->report, AUDIT_OBSERVATIONS, name.text);
    return true;
}

bool audit_vouched_end(AuditVouched *vouched, Error *error) {
    if (!vouched->began) return true; // the chain has told already
    for (int i = 0; i < KINDS; i++)
        if (!end_window(&vouched->windows[i], vouched->store, error)) return false;
    check_packs(vouched);
    return check_beyond(vouched, error) &&
           audit_check_columns(vouched->store, vouched->report, error) &&
           audit_rounds_end(vouched->store, &vouched->rounds, vouched->report, error) &&
           audit_check_results(vouched->store, vouched->first_run, vouched->report, error);
}

static bool look_at_tables(AuditVouched *vouched, Error *error) {
    StoreAuditHead head;
    if (!store_read_audit_head(vouched->store, &head, error)) return false;
    vouched->head_before = head.id;
    for (int i = 0; i < KINDS; i++)
        if (!store_read_newest(vouched->store, vouched->windows[i].kind,
                               &vouched->windows[i].newest, error))
            return false;
    return audit_rounds_note(vouched->store, &vouched->rounds, error) &&
           store_read_pack_versions(vouched->store, false, take_pack, vouched, error);
}

AuditVouched *audit_vouched_new(Store *store, AuditReport *report, Error *error) {
    AuditVouched *vouched = memory_new(1, sizeof *vouched);
    vouched->store = store;
    vouched->report = report;
    for (int i = 0; i < KINDS; i++)
        vouched->windows[i] =
            (Window){.kind = (StoreDigestKind)i,
                     .report = report,
                     .first = 1,
                     .entries = memory_new(STORE_DIGESTS_AT_ONCE, sizeof(Expected))};
    if (look_at_tables(vouched, error)) return vouched;
    audit_vouched_free(vouched);
    return NULL;
}

void audit_vouched_free(AuditVouched *vouched) {
    if (!vouched) return;
    map_free(&vouched->rounds);
    for (int i = 0; i < KINDS; i++)
        free(vouched->windows[i].entries);
    for (size_t i = 0; i < vouched->pack_count; i++)
        free(vouched->packs[i].name);
    free(vouched->packs);
    map_free(&vouched->packs_by_key);
    free(vouched);
}
