// Rows of the store to CSV: see csv_export.h.
#include "core/io/csv_export.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/base/language.h"
#include "core/io/csv_table.h"

enum { PIECE_BYTES = 64 * 1024, TIME_SIZE = 32 };

typedef struct Export {
    const CsvTarget *target;
    Buffer text; // not handed out yet
    CsvWriter csv;
    size_t rows;
    const ObservationExport *observations;
    bool (*wants_region)(const char *code, void *context);
    void *context;
} Export;

// ---- pieces ------------------------------------------------------------------------------------

static bool hand_out(Export *export, size_t at_least, Error *error) {
    const CsvTarget *target = export->target;
    if (export->text.length < at_least || export->text.length == 0) return true;
    bool good = target->sink(export->text.data, export->text.length, target->context, error);
    buffer_clear(&export->text);
    return good;
}

// `names` are pairs of English and Chinese.
static void begin(Export *export, const CsvTarget *target, const char *const (*names)[2],
                  size_t count) {
    export->target = target;
    export->csv.out = &export->text;
    if (target->for_spreadsheet) buffer_text(&export->text, "\xEF\xBB\xBF");
    bool chinese = target->for_spreadsheet && language_is_chinese();
    for (size_t i = 0; i < count; i++)
        csv_write_field(&export->csv, names[i][chinese]);
    csv_end_row(&export->csv);
}

static bool end_row(Export *export, Error *error) {
    csv_end_row(&export->csv);
    export->rows++;
    return hand_out(export, PIECE_BYTES, error);
}

// Hands out what is left, where all went well.
static bool end(Export *export, bool good, size_t *rows, Error *error) {
    good = good && hand_out(export, 0, error);
    *rows = export->rows;
    buffer_free(&export->text);
    return good;
}

static void put_text(Export *export, const char *text) {
    if (export->target->for_spreadsheet)
        csv_write_text_for_spreadsheet(&export->csv, text);
    else
        csv_write_field(&export->csv, text);
}

static void put_integer(Export *export, int64_t value) {
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)value);
    csv_write_field(&export->csv, digits);
}

// "2026-11-22T08:30:00Z"
static void put_time(Export *export, int64_t epoch_us) {
    char text[TIME_SIZE];
    time_t seconds = (time_t)(epoch_us / 1000000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    csv_write_field(&export->csv, text);
}

// ---- observations ------------------------------------------------------------------------------

static const char *const observation_columns[][2] = {
    {"region", "行政区划代码"}, {"indicator", "指标"},
    {"breakdown", "分组"},      {"year", "年份"},
    {"value", "数值"},          {"kind", "性质"},
    {"source", "来源"},         {"note", "说明"},
    {"revision", "修订号"},     {"data_version", "数据版本"},
    {"entered_at", "填报时间"}, {"entered_by", "填报人"},
};
enum { ALL_COLUMNS = 12, IMPORTED_COLUMNS = 8 };

static bool put_observation(const StoreObservation *row, void *context, Error *error) {
    Export *export = context;
    const ObservationExport *what = export->observations;
    if ((what->year && row->year != what->year) ||
        (what->wants && !what->wants(row->indicator, what->context)))
        return true;
    csv_write_field(&export->csv, row->region);
    csv_write_field(&export->csv, row->indicator);
    csv_write_field(&export->csv, row->breakdown);
    put_integer(export, row->year);
    const char *value = row->value_text ? row->value_text : "";
    csv_write_field(&export->csv, *value ? value : "withdrawn");
    csv_write_field(&export->csv, row->kind);
    put_text(export, row->source);
    put_text(export, row->note);
    if (what->all_revisions) {
        put_integer(export, row->revision);
        put_integer(export, row->data_version);
        put_time(export, row->entered_at_us);
        put_text(export, row->entered_by);
    }
    return end_row(export, error);
}

static bool put_observations(Store *store, Export *export, int64_t as_of, Error *error) {
    const ObservationExport *what = export->observations;
    StoreObservationQuery query = {
        .indicator = what->indicator, .as_of = as_of, .all_revisions = what->all_revisions};
    bool good = true;
    if (!what->regions)
        return store_read_observations(store, &query, put_observation, export, error);
    for (size_t i = 0; i < what->region_count && good; i++) {
        query.region = what->regions[i];
        good = store_read_observations(store, &query, put_observation, export, error);
    }
    return good;
}

bool csv_export_observations(Store *store, const ObservationExport *what, const CsvTarget *target,
                             size_t *rows, Error *error) {
    Export export = {.observations = what};
    int64_t as_of = what->as_of; // of all regions, also those that are read later
    bool good = as_of || store_read_data_version(store, &as_of, error);
    begin(&export, target, observation_columns,
          what->all_revisions ? ALL_COLUMNS : IMPORTED_COLUMNS);
    good = good && put_observations(store, &export, as_of, error);
    return end(&export, good, rows, error);
}

// ---- regions -----------------------------------------------------------------------------------

static bool put_region(const StoreRegion *region, void *context, Error *error) {
    Export *export = context;
    if (export->wants_region && !export->wants_region(region->code, export->context)) return true;
    csv_write_field(&export->csv, region->code);
    put_text(export, region->name);
    csv_write_field(&export->csv, region->parent);
    csv_write_field(&export->csv, region->level);
    return end_row(export, error);
}

bool csv_export_regions(Store *store, bool (*wants)(const char *code, void *context), void *context,
                        const CsvTarget *target, size_t *rows, Error *error) {
    static const char *const columns[][2] = {
        {"code", "代码"}, {"name", "名称"}, {"parent", "上级"}, {"level", "层级"}};
    Export export = {.wants_region = wants, .context = context};
    begin(&export, target, columns, sizeof columns / sizeof *columns);
    bool good = store_read_regions(store, put_region, &export, error);
    return end(&export, good, rows, error);
}
