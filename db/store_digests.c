// Digests of what the tables hold, for the audit log: see store.h.
//
// The digest of a data version is a chain. It begins with the row of data_change; then, in the
// order of their numbers, each region that the version changed adds its code and the digest of its
// revisions of that version, which are taken in the order of the table's key. So a put can keep it
// up as it goes, and one pass over the table gives those of many versions again.
#include <stdlib.h>

#include "core/base/language.h"
#include "db/store_inside.h"

typedef uint8_t Chain[DIGEST_BYTES];

static void begin_version(Digest *digest, const StoreDataChange *change, Chain chain) {
    digest_integer(digest, change->data_version);
    digest_text(digest, change->who);
    digest_text(digest, change->what);
    digest_integer(digest, change->changed_at_us);
    digest_end(digest, chain);
}

// A series is named where it begins: a year is never 0, so the 0 before tells a name from a figure.
static void add_revision(Digest *digest, const StoreObservation *observation, bool new_series) {
    if (new_series) {
        digest_small(digest, 0);
        digest_text(digest, observation->indicator);
        digest_text(digest, observation->breakdown);
    }
    digest_small(digest, (uint32_t)observation->year);
    digest_small(digest, (uint32_t)observation->revision);
    digest_real(digest, observation->value);
    digest_text(digest, observation->value_text);
    digest_text(digest, observation->kind);
    digest_text(digest, observation->source);
    digest_text(digest, observation->note);
}

// Ends `revisions`, all of a region's, and adds them to the chain.
static void add_region(Digest *digest, const char *code, Digest *revisions, Chain chain) {
    Chain of_region;
    digest_end(revisions, of_region);
    digest_bytes(digest, chain);
    digest_text(digest, code);
    digest_bytes(digest, of_region);
    digest_end(digest, chain);
}

// ---- rows read ---------------------------------------------------------------------------------

// The columns of STATEMENT_DIGEST_OBSERVATIONS.
enum { COLUMN_REGION, COLUMN_CODE, COLUMN_VERSION, COLUMN_SERIES };

static StoreObservation revision_of(Rows *rows) {
    return (StoreObservation){.indicator = rows_text(rows, 4),
                              .breakdown = rows_text(rows, 5),
                              .year = (int)rows_integer(rows, 6),
                              .revision = (int)rows_integer(rows, 7),
                              .value = rows_real(rows, 8),
                              .value_text = rows_text(rows, 9),
                              .kind = observation_kind_name(rows_integer(rows, 10)),
                              .source = rows_text(rows, 11),
                              .note = rows_text(rows, 12)};
}

// A data version whose digest is being made, or several taken as one.
typedef struct Version {
    Chain chain;
    bool exists;
    bool touched;      // has revisions of the region being read
    Digest *revisions; // owned; those; NULL before the first
    int64_t series;    // of the last of them
} Version;

typedef struct Scan {
    int64_t first;     // data version of versions[0]
    Version *versions; // owned
    size_t count;      // 1 where all are taken as one
    size_t *touched;   // owned: places of the versions that are
    size_t touched_count;
    int64_t region; // number; 0 before the first
    Buffer code;
    Digest *digest;   // owned
    size_t revisions; // read
} Scan;

static void scan_begin(Scan *scan, int64_t first, size_t count) {
    *scan = (Scan){.first = first,
                   .versions = memory_new(count, sizeof *scan->versions),
                   .count = count,
                   .touched = memory_new(count, sizeof *scan->touched),
                   .digest = digest_new()};
}

static void scan_free(Scan *scan) {
    for (size_t i = 0; i < scan->count; i++)
        digest_free(scan->versions[i].revisions);
    free(scan->versions);
    free(scan->touched);
    buffer_free(&scan->code);
    digest_free(scan->digest);
}

static void end_region(Scan *scan) {
    for (size_t i = 0; i < scan->touched_count; i++) {
        Version *version = &scan->versions[scan->touched[i]];
        add_region(scan->digest, scan->code.data, version->revisions, version->chain);
        version->touched = false;
    }
    scan->touched_count = 0;
}

static void begin_region(Scan *scan, int64_t region, const char *code) {
    if (scan->region != 0) end_region(scan);
    scan->region = region;
    buffer_clear(&scan->code);
    buffer_text(&scan->code, code);
}

static void take_row(Scan *scan, Rows *rows) {
    const int64_t region = rows_integer(rows, COLUMN_REGION);
    const int64_t data_version = rows_integer(rows, COLUMN_VERSION);
    if (region != scan->region) begin_region(scan, region, rows_text(rows, COLUMN_CODE));
    const size_t place = scan->count == 1 ? 0 : (size_t)(data_version - scan->first);
    Version *version = &scan->versions[place];
    if (!version->revisions) version->revisions = digest_new();
    if (!version->touched) scan->touched[scan->touched_count++] = place;
    const StoreObservation revision = revision_of(rows);
    const int64_t series = rows_integer(rows, COLUMN_SERIES);
    add_revision(version->revisions, &revision, !version->touched || version->series != series);
    version->series = series;
    version->touched = version->exists = true;
    scan->revisions++;
}

// Closes the rows.
static bool scan_rows(Scan *scan, Rows *rows) {
    while (rows_next(rows))
        take_row(scan, rows);
    if (scan->region != 0) end_region(scan);
    return rows_close(rows);
}

// ---- data versions -----------------------------------------------------------------------------

static bool begin_versions(Scan *scan, Store *store, const DriverValue range[2], Error *error) {
    Rows rows;
    rows_open(&rows, store, STATEMENT_DIGEST_CHANGES, range, 2, error);
    while (rows_next(&rows)) {
        const StoreDataChange change = {.data_version = rows_integer(&rows, 0),
                                        .who = rows_text(&rows, 1),
                                        .what = rows_text(&rows, 2),
                                        .changed_at_us = rows_integer(&rows, 3)};
        Version *version = &scan->versions[change.data_version - scan->first];
        begin_version(scan->digest, &change, version->chain);
        version->exists = true;
    }
    return rows_close(&rows);
}

static bool give_versions(const Scan *scan, StoreDigestFunction each, void *context, Error *error) {
    char digest[HASH_TEXT_SIZE];
    for (size_t i = 0; i < scan->count; i++) {
        if (!scan->versions[i].exists) continue;
        digest_print(scan->versions[i].chain, digest);
        if (!each(scan->first + (int64_t)i, digest, context, error)) return false;
    }
    return true;
}

static bool read_versions(Store *store, int64_t first, int64_t last, StoreDigestFunction each,
                          void *context, Error *error) {
    const DriverValue range[] = {driver_integer(first), driver_integer(last)};
    Scan scan;
    Rows rows;
    scan_begin(&scan, first, (size_t)(last - first) + 1);
    bool good = begin_versions(&scan, store, range, error);
    if (good) {
        rows_open(&rows, store, STATEMENT_DIGEST_OBSERVATIONS, range, COUNT_OF(range), error);
        good = scan_rows(&scan, &rows) && give_versions(&scan, each, context, error);
    }
    scan_free(&scan);
    return good;
}

// Closes the rows.
static bool digest_as_one(Rows *rows, size_t *revisions, char digest[HASH_TEXT_SIZE]) {
    Scan scan;
    scan_begin(&scan, 0, 1);
    bool good = scan_rows(&scan, rows);
    digest_print(scan.versions[0].chain, digest);
    *revisions = scan.revisions;
    scan_free(&scan);
    return good;
}

bool transaction_digest_before(StoreTransaction *transaction, int64_t last, size_t *revisions,
                               char digest[HASH_TEXT_SIZE], Error *error) {
    const DriverValue range[] = {driver_integer(INT64_MIN), driver_integer(last)};
    Rows rows;
    rows_open_in(&rows, transaction, STATEMENT_DIGEST_OBSERVATIONS, range, COUNT_OF(range), error);
    return digest_as_one(&rows, revisions, digest);
}

bool store_read_digest_before(Store *store, int64_t last, size_t *revisions,
                              char digest[HASH_TEXT_SIZE], Error *error) {
    const DriverValue range[] = {driver_integer(INT64_MIN), driver_integer(last)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_DIGEST_OBSERVATIONS, range, COUNT_OF(range), error);
    return digest_as_one(&rows, revisions, digest);
}

bool store_read_last_revision(Store *store, int64_t *version, Error *error) {
    return store_find_number(store, STATEMENT_LAST_REVISION, NULL, 0, version, error);
}

bool store_read_newest(Store *store, StoreDigestKind kind, int64_t *number, Error *error) {
    static const StatementId statements[] = {[STORE_DATA_VERSIONS] = STATEMENT_READ_VERSION,
                                             [STORE_ACTIVATIONS] = STATEMENT_LAST_ACTIVATION,
                                             [STORE_RUNS] = STATEMENT_LAST_RUN};
    return store_find_number(store, statements[kind], NULL, 0, number, error);
}

// ---- a transaction's data version --------------------------------------------------------------

static bool follows(const TransactionRegion *region, int64_t series, int64_t year,
                    int64_t revision) {
    if (series != region->last_series) return series > region->last_series;
    if (year != region->last_year) return year > region->last_year;
    return revision > region->last_revision;
}

void transaction_digest_figure(TransactionRegion *region, int64_t series,
                               const StoreObservation *observation) {
    if (!region->digest) region->digest = digest_new();
    region->disordered =
        region->disordered || !follows(region, series, observation->year, observation->revision);
    if (region->disordered) return;
    add_revision(region->digest, observation, series != region->last_series);
    region->last_series = series;
    region->last_year = observation->year;
    region->last_revision = observation->revision;
}

// What did not come in order is read back.
static bool read_back(StoreTransaction *transaction, TransactionRegion *region, Error *error) {
    const DriverValue values[] = {driver_integer(transaction->data_version),
                                  driver_integer(transaction->data_version),
                                  driver_integer(region->number)};
    int64_t last_series = 0;
    Chain unfinished;
    Rows rows;
    digest_end(region->digest, unfinished);
    rows_open_in(&rows, transaction, STATEMENT_DIGEST_OBSERVATIONS_OF_REGION, values,
                 COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreObservation revision = revision_of(&rows);
        const int64_t series = rows_integer(&rows, COLUMN_SERIES);
        add_revision(region->digest, &revision, series != last_series);
        last_series = series;
    }
    return rows_close(&rows);
}

static int by_number(const void *left, const void *right) {
    const TransactionRegion *one = *(TransactionRegion *const *)left;
    const TransactionRegion *other = *(TransactionRegion *const *)right;
    return (one->number > other->number) - (one->number < other->number);
}

// The regions that were changed, in the order of their numbers.
static TransactionRegion **changed_regions(const TransactionNumbers *numbers, size_t *count) {
    TransactionRegion **regions = memory_new(numbers->region_count, sizeof *regions);
    *count = 0;
    for (size_t i = 0; i < numbers->region_count; i++)
        if (numbers->regions[i].digest) regions[(*count)++] = &numbers->regions[i];
    qsort(regions, *count, sizeof *regions, by_number);
    return regions;
}

bool transaction_version_digest(StoreTransaction *transaction, char digest[HASH_TEXT_SIZE],
                                Error *error) {
    const StoreDataChange change = {transaction->data_version, transaction->who, transaction->what,
                                    transaction->changed_at_us};
    Digest *chaining = digest_new();
    Chain chain;
    size_t count;
    TransactionRegion **regions = changed_regions(&transaction->numbers, &count);
    bool good = true;
    begin_version(chaining, &change, chain);
    for (size_t i = 0; good && i < count; i++) {
        good = !regions[i]->disordered || read_back(transaction, regions[i], error);
        if (good) add_region(chaining, regions[i]->code, regions[i]->digest, chain);
    }
    digest_print(chain, digest);
    digest_free(chaining);
    free(regions);
    return good;
}

// ---- single rows -------------------------------------------------------------------------------

static void print_and_free(Digest *digest, char out[HASH_TEXT_SIZE]) {
    Chain bytes;
    digest_end(digest, bytes);
    digest_print(bytes, out);
    digest_free(digest);
}

void activation_digest(const ActivationRow *row, char out[HASH_TEXT_SIZE]) {
    Digest *digest = digest_new();
    digest_integer(digest, row->id);
    digest_text(digest, row->pack);
    digest_text(digest, row->hash);
    digest_integer(digest, row->below);
    digest_text(digest, row->action);
    digest_text(digest, row->who);
    digest_integer(digest, row->at_us);
    print_and_free(digest, out);
}

void run_digest(const StoreRun *run, char out[HASH_TEXT_SIZE]) {
    Digest *digest = digest_new();
    digest_integer(digest, run->id);
    digest_integer(digest, run->base);
    digest_text(digest, run->pack);
    digest_text(digest, run->pack_hash);
    digest_text(digest, run->std_hash);
    digest_integer(digest, run->engine_version);
    digest_text(digest, run->conventions);
    digest_integer(digest, run->data_version);
    digest_text(digest, run->round);
    digest_integer(digest, run->year);
    digest_text(digest, run->who);
    digest_integer(digest, run->started_at_us);
    digest_integer(digest, run->finished_at_us);
    digest_integer(digest, run->region_count);
    digest_text(digest, run->result_hash);
    print_and_free(digest, out);
}

void store_pack_version_digest(const StorePackVersion *version, char out[HASH_TEXT_SIZE]) {
    Digest *digest = digest_new();
    digest_text(digest, version->pack);
    digest_text(digest, version->version);
    digest_text(digest, version->hash);
    digest_text(digest, version->std_hash);
    digest_text(digest, version->title);
    digest_text(digest, version->region);
    digest_text(digest, version->description);
    print_and_free(digest, out);
}

static void digest_activation_row(Rows *rows, char digest[HASH_TEXT_SIZE]) {
    const ActivationRow row = {.id = rows_integer(rows, 0),
                               .pack = rows_text(rows, 1),
                               .hash = rows_text(rows, 2),
                               .below = rows_integer(rows, 3),
                               .action = rows_text(rows, 4),
                               .who = rows_text(rows, 5),
                               .at_us = rows_integer(rows, 6)};
    activation_digest(&row, digest);
}

static void digest_run_row(Rows *rows, char digest[HASH_TEXT_SIZE]) {
    const StoreRun run = {.id = rows_integer(rows, 0),
                          .base = rows_integer(rows, 1),
                          .pack = rows_text(rows, 2),
                          .pack_hash = rows_text(rows, 3),
                          .std_hash = rows_text(rows, 4),
                          .engine_version = (int)rows_integer(rows, 5),
                          .conventions = rows_text(rows, 6),
                          .data_version = rows_integer(rows, 7),
                          .round = rows_text(rows, 8),
                          .year = (int)rows_integer(rows, 9),
                          .who = rows_text(rows, 10),
                          .started_at_us = rows_integer(rows, 11),
                          .finished_at_us = rows_integer(rows, 12),
                          .region_count = rows_integer(rows, 13),
                          .result_hash = rows_text(rows, 14)};
    run_digest(&run, digest);
}

static bool read_rows(Store *store, StoreDigestKind kind, int64_t first, int64_t last,
                      StoreDigestFunction each, void *context, Error *error) {
    const DriverValue range[] = {driver_integer(first), driver_integer(last)};
    const bool are_runs = kind == STORE_RUNS;
    char digest[HASH_TEXT_SIZE];
    Rows rows;
    rows_open(&rows, store, are_runs ? STATEMENT_DIGEST_RUNS : STATEMENT_DIGEST_ACTIVATIONS, range,
              COUNT_OF(range), error);
    while (rows_next(&rows)) {
        if (are_runs)
            digest_run_row(&rows, digest);
        else
            digest_activation_row(&rows, digest);
        rows_accept(&rows, each(rows_integer(&rows, 0), digest, context, error));
    }
    return rows_close(&rows);
}

bool store_read_digests(Store *store, StoreDigestKind kind, int64_t first, int64_t last,
                        StoreDigestFunction each, void *context, Error *error) {
    if (last < first) return true;
    if (last - first >= STORE_DIGESTS_AT_ONCE)
        return error_set(error, ERROR_USAGE,
                         T("store_read_digests was asked for more than %d at once",
                           "store_read_digests 一次最多读取 %d 个"),
                         STORE_DIGESTS_AT_ONCE);
    return kind == STORE_DATA_VERSIONS ? read_versions(store, first, last, each, context, error)
                                       : read_rows(store, kind, first, last, each, context, error);
}
