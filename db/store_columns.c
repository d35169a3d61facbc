// The columns beside the revisions, written and read: see store.h, and columns.h for their bytes.
//
// What is read is fixed by a data version first. Observations are never overwritten, so whatever is
// committed meanwhile, revisions up to that version stay what they were, and columns that are newer
// are recognized and passed over: no reading needs a snapshot of its own.
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "db/store_inside.h"

// ---- from revisions ----------------------------------------------------------------------------

static bool error_damaged(int64_t region, Error *error) {
    error_set(error, ERROR_STORE,
              T("The database is damaged: an observation of region number %lld has no series or "
                "year that could be",
                "数据库已损坏：编号为 %lld 的行政区划有一条监测值的指标编号或年份无效"),
              (long long)region);
    return error_hint(error, T("Keep a copy of the file and restore the latest backup",
                               "请保留该文件的副本，并用最近的备份恢复"));
}

// Takes the revisions of a region that are being read; `*possible` is false when one of them has no
// series or year that could be. Closes the rows.
static bool take_revisions(Rows *rows, ColumnsBuilder *builder, bool *possible) {
    *possible = true;
    columns_builder_begin(builder);
    while (*possible && rows_next(rows))
        *possible = columns_builder_add(builder, rows_integer(rows, 0), rows_integer(rows, 1),
                                        rows_real(rows, 2));
    if (*possible) columns_builder_finish(builder);
    return rows_close(rows);
}

static bool build(Rows *rows, ColumnsBuilder *builder, int64_t region, Error *error) {
    bool possible;
    if (!take_revisions(rows, builder, &possible)) return false;
    return possible || error_damaged(region, error);
}

// ---- what is stored ----------------------------------------------------------------------------

// A row of STATEMENT_COLUMNS_OF_…
typedef struct ColumnsRow {
    int64_t region;
    const char *code;
    int64_t newest;         // data version of the newest revision; 0 when there is none
    int64_t stored_version; // of the columns; 0 when there are none
    int64_t checksum;
    const void *bytes; // NULL when not stored or not wanted
    size_t length;
} ColumnsRow;

static ColumnsRow columns_row(Rows *rows) {
    ColumnsRow row = {.region = rows_integer(rows, 0),
                      .code = rows_text(rows, 1),
                      .newest = rows_integer(rows, 2),
                      .stored_version = rows_integer(rows, 3),
                      .checksum = rows_integer(rows, 4)};
    row.bytes = rows_bytes(rows, 5, &row.length);
    return row;
}

typedef enum Belief {
    COLUMNS_BELIEVED,
    COLUMNS_NOT_STORED, // because they span too many years
    COLUMNS_NEWER,      // than what is asked for
    COLUMNS_STALE,      // missing, or not of the newest revision
    COLUMNS_DAMAGED,
} Belief;

// `columns` may point into the builder's bytes: those of the row need not be aligned.
static Belief check_columns(const ColumnsRow *row, uint32_t series_known, int64_t as_of,
                            ColumnsBuilder *builder, Columns *columns) {
    const void *bytes = row->bytes;
    if (row->stored_version > as_of) return COLUMNS_NEWER;
    if (row->stored_version != row->newest) return COLUMNS_STALE;
    if (columns_checksum(bytes, row->length, row->region, row->newest) != row->checksum)
        return COLUMNS_DAMAGED;
    if (row->length == 0) return COLUMNS_NOT_STORED;
    if ((uintptr_t)bytes % sizeof(double) != 0) {
        columns_builder_copy(builder, bytes, row->length);
        bytes = builder->bytes;
    }
    return columns_parse(bytes, row->length, series_known, columns) ? COLUMNS_BELIEVED
                                                                    : COLUMNS_DAMAGED;
}

// ---- writing -----------------------------------------------------------------------------------

void transaction_note_figure(TransactionRegion *region, int64_t series, int64_t year,
                             double value) {
    if (region->change_count > CHANGES_NOTED) return;
    ARRAY_RESERVE(region->changes, region->change_count, region->change_capacity);
    region->changes[region->change_count++] = (ColumnsCell){(uint32_t)series, (int32_t)year, value};
}

static bool build_current(StoreTransaction *transaction, int64_t region, ColumnsBuilder *builder,
                          Error *error) {
    const DriverValue key[] = {driver_integer(region), driver_integer(INT64_MAX)};
    Rows rows;
    rows_open_in(&rows, transaction, STATEMENT_REVISIONS_OF_REGION, key, COUNT_OF(key), error);
    return build(&rows, builder, region, error);
}

// The columns as they were before the transaction, with its changes; `*merged` is false when they
// are not there or not believed.
static bool merge_changes(StoreTransaction *transaction, TransactionRegion *region,
                          ColumnsBuilder *builder, bool *merged, Error *error) {
    const int64_t before = transaction->data_version - 1;
    const DriverValue key[] = {driver_integer(before), driver_integer(before),
                               driver_integer(region->number)};
    Rows rows;
    *merged = false;
    columns_builder_begin(builder);
    rows_open_in(&rows, transaction, STATEMENT_COLUMNS_OF_NUMBER, key, COUNT_OF(key), error);
    if (rows_next(&rows)) {
        const ColumnsRow row = columns_row(&rows);
        Columns columns = {0};
        *merged = row.newest == 0 ||
                  check_columns(&row, UINT32_MAX, before, builder, &columns) == COLUMNS_BELIEVED;
        if (*merged)
            columns_builder_merge(builder, &columns, region->changes, region->change_count);
    }
    if (!rows_close(&rows)) return false;
    if (*merged) columns_builder_finish(builder);
    return true;
}

static bool build_changed(StoreTransaction *transaction, TransactionRegion *region,
                          ColumnsBuilder *builder, Error *error) {
    bool merged = false;
    if (region->change_count <= CHANGES_NOTED &&
        !merge_changes(transaction, region, builder, &merged, error))
        return false;
    return merged || build_current(transaction, region->number, builder, error);
}

// What is stored of a region: its columns, or nothing when they span too many years.
static DriverValue stored_columns(const ColumnsBuilder *builder) {
    const ColumnsHeader *header = (const ColumnsHeader *)builder->bytes;
    if (header->year_count > COLUMNS_STORED_YEARS) return (DriverValue){.kind = DRIVER_NULL};
    return driver_bytes(builder->bytes, builder->length);
}

static int64_t checksum_of(DriverValue columns, int64_t region, int64_t data_version) {
    return columns_checksum(columns.bytes, columns.length, region, data_version);
}

static bool put_columns(StoreTransaction *transaction, int64_t region, int64_t data_version,
                        DriverValue columns, int64_t checksum, Error *error) {
    const DriverValue row[] = {driver_integer(region), driver_integer(data_version),
                               driver_integer(checksum), columns};
    return transaction_run(transaction, STATEMENT_PUT_COLUMNS, row, COUNT_OF(row), NULL, error);
}

bool transaction_write_columns(StoreTransaction *transaction, Error *error) {
    const TransactionNumbers *numbers = &transaction->numbers;
    const int64_t version = transaction->data_version;
    ColumnsBuilder builder = {0};
    bool good = true;
    for (size_t i = 0; good && i < numbers->region_count; i++) {
        TransactionRegion *region = &numbers->regions[i];
        if (!region->changed) continue;
        good = build_changed(transaction, region, &builder, error);
        if (!good) break;
        const DriverValue columns = stored_columns(&builder);
        good = put_columns(transaction, region->number, version, columns,
                           checksum_of(columns, region->number, version), error);
    }
    columns_builder_free(&builder);
    return good;
}

static bool same_bytes(const ColumnsRow *row, DriverValue columns) {
    return row->length == columns.length &&
           (row->length == 0 || memcmp(row->bytes, columns.bytes, row->length) == 0);
}

static bool rebuild_region(StoreTransaction *transaction, const ColumnsRow *row,
                           ColumnsBuilder *builder, size_t *rebuilt, Error *error) {
    if (row->newest == 0) return true;
    if (!build_current(transaction, row->region, builder, error)) return false;
    const DriverValue columns = stored_columns(builder);
    const int64_t checksum = checksum_of(columns, row->region, row->newest);
    if (row->stored_version == row->newest && row->checksum == checksum && same_bytes(row, columns))
        return true;
    ++*rebuilt;
    return put_columns(transaction, row->region, row->newest, columns, checksum, error);
}

static void note_rebuilding(StoreTransaction *transaction, size_t regions) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "regions", (int64_t)regions);
    json_writer_end_object(&json);
    transaction_note_change(transaction, "columns.rebuild", NULL, detail.data);
    buffer_free(&detail);
}

bool transaction_rebuild_columns(StoreTransaction *transaction, size_t *rebuilt, Error *error) {
    const DriverValue all[] = {driver_integer(INT64_MAX), driver_integer(INT64_MAX),
                               driver_integer(1), driver_integer(0)};
    ColumnsBuilder builder = {0};
    Rows rows;
    *rebuilt = 0;
    rows_open_in(&rows, transaction, STATEMENT_COLUMNS_OF_PART, all, COUNT_OF(all), error);
    while (rows_next(&rows)) {
        const ColumnsRow row = columns_row(&rows);
        rows_accept(&rows, rebuild_region(transaction, &row, &builder, rebuilt, error));
    }
    columns_builder_free(&builder);
    if (!rows_close(&rows)) return false;
    if (*rebuilt > 0) note_rebuilding(transaction, *rebuilt);
    return true;
}

// ---- reading -----------------------------------------------------------------------------------

typedef struct ColumnsReading {
    Store *store;
    StoreColumnsFunction each;
    void *context;
    int64_t as_of;
    uint32_t series_known; // greatest number
    bool from_revisions;
    ColumnsBuilder builder;
    StoreColumnsReport report;
} ColumnsReading;

static bool hand_out(ColumnsReading *reading, const ColumnsRow *row, const Columns *columns,
                     Error *error) {
    if (columns->series_count == 0) return true;
    const StoreColumns handed = {.region = row->code,
                                 .first_year = columns->first_year,
                                 .year_count = columns->year_count,
                                 .series = columns->series,
                                 .series_count = columns->series_count,
                                 .values = columns->values};
    reading->report.regions++;
    return reading->each(&handed, reading->context, error);
}

static bool read_revisions(ColumnsReading *reading, const ColumnsRow *row, Error *error) {
    const DriverValue key[] = {driver_integer(row->region), driver_integer(reading->as_of)};
    ColumnsBuilder *builder = &reading->builder;
    Columns columns;
    Rows rows;
    rows_open(&rows, reading->store, STATEMENT_REVISIONS_OF_REGION, key, COUNT_OF(key), error);
    if (!build(&rows, builder, row->region, error)) return false;
    if (!columns_parse(builder->bytes, builder->length, reading->series_known, &columns))
        return error_damaged(row->region, error);
    return hand_out(reading, row, &columns, error);
}

static bool read_region(ColumnsReading *reading, const ColumnsRow *row, Error *error) {
    if (row->newest == 0) return true;
    if (reading->from_revisions) return read_revisions(reading, row, error);
    Columns columns;
    const Belief belief =
        check_columns(row, reading->series_known, reading->as_of, &reading->builder, &columns);
    if (belief == COLUMNS_BELIEVED) return hand_out(reading, row, &columns, error);
    reading->report.stale += belief == COLUMNS_STALE;
    reading->report.damaged += belief == COLUMNS_DAMAGED;
    return read_revisions(reading, row, error);
}

// The data version comes first: all series its observations have are known afterwards.
static bool begin_reading(ColumnsReading *reading, const StoreColumnsQuery *query, Error *error) {
    int64_t newest = 0, series = 0;
    if (!store_read_data_version(reading->store, &newest, error) ||
        !store_find_number(reading->store, STATEMENT_COUNT_SERIES, NULL, 0, &series, error))
        return false;
    reading->as_of = query->as_of > 0 && query->as_of < newest ? query->as_of : newest;
    reading->series_known = (uint32_t)series;
    reading->report.data_version = reading->as_of;
    return true;
}

static void open_regions(Rows *rows, const ColumnsReading *reading, const StoreColumnsQuery *query,
                         DriverValue values[4], Error *error) {
    values[0] = driver_integer(reading->as_of);
    values[1] = driver_integer(reading->from_revisions ? 0 : reading->as_of);
    if (query->region) {
        values[2] = driver_text(query->region);
        rows_open(rows, reading->store, STATEMENT_COLUMNS_OF_REGION, values, 3, error);
        return;
    }
    values[2] = driver_integer(query->parts > 1 ? query->parts : 1);
    values[3] = driver_integer(query->parts > 1 ? query->part : 0);
    rows_open(rows, reading->store, STATEMENT_COLUMNS_OF_PART, values, 4, error);
}

bool store_read_columns(Store *store, const StoreColumnsQuery *query, StoreColumnsFunction each,
                        void *context, StoreColumnsReport *report, Error *error) {
    ColumnsReading reading = {
        .store = store, .each = each, .context = context, .from_revisions = query->from_revisions};
    DriverValue values[4];
    Rows rows;
    if (!begin_reading(&reading, query, error)) return false;
    open_regions(&rows, &reading, query, values, error);
    while (rows_next(&rows)) {
        const ColumnsRow row = columns_row(&rows);
        rows_accept(&rows, read_region(&reading, &row, error));
    }
    columns_builder_free(&reading.builder);
    if (!rows_close(&rows)) return false;
    if (report) *report = reading.report;
    return true;
}

// ---- holding against the revisions -------------------------------------------------------------

// Whether the columns that are believed are what the revisions give; of a region of which nobody is
// said to have put anything, whether there are none.
static bool compare_region(ColumnsReading *reading, const ColumnsRow *row, bool *same,
                           Error *error) {
    // Columns that came after the reading began have all revisions up to their own version.
    const int64_t as_of =
        row->stored_version > reading->as_of ? row->stored_version : reading->as_of;
    const DriverValue key[] = {driver_integer(row->region), driver_integer(as_of)};
    ColumnsBuilder *builder = &reading->builder;
    Columns columns;
    Rows rows;
    *same = true;
    if (row->newest != 0 &&
        check_columns(row, UINT32_MAX, INT64_MAX, builder, &columns) != COLUMNS_BELIEVED)
        return true;
    rows_open(&rows, reading->store, STATEMENT_REVISIONS_OF_REGION, key, COUNT_OF(key), error);
    if (!take_revisions(&rows, builder, same)) return false;
    if (*same)
        *same = row->newest == 0 ? ((const ColumnsHeader *)builder->bytes)->series_count == 0
                                 : same_bytes(row, stored_columns(builder));
    return true;
}

bool store_check_columns(Store *store, StoreRegionCodeFunction each, void *context, Error *error) {
    const DriverValue all[] = {driver_integer(INT64_MAX), driver_integer(INT64_MAX),
                               driver_integer(1), driver_integer(0)};
    ColumnsReading reading = {.store = store};
    Rows rows;
    if (!store_read_data_version(store, &reading.as_of, error)) return false;
    rows_open(&rows, store, STATEMENT_COLUMNS_OF_PART, all, COUNT_OF(all), error);
    while (rows_next(&rows)) {
        const ColumnsRow row = columns_row(&rows);
        bool same;
        rows_accept(&rows, compare_region(&reading, &row, &same, error) &&
                               (same || each(row.code, context, error)));
    }
    columns_builder_free(&reading.builder);
    return rows_close(&rows);
}

bool store_read_series(Store *store, StoreSeriesFunction each, void *context, Error *error) {
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_SERIES, NULL, 0, error);
    while (rows_next(&rows)) {
        const StoreSeries series = {.number = (uint32_t)rows_integer(&rows, 0),
                                    .indicator = rows_text(&rows, 1),
                                    .breakdown = rows_text(&rows, 2)};
        rows_accept(&rows, each(&series, context, error));
    }
    return rows_close(&rows);
}
