// Reading and storing imported rows: see data_import.h.
#include "core/registry/data_import.h"

#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/io/csv_table.h"
#include "core/io/text_decode.h"
#include "core/pack/description.h"

// ---- what a file may speak of ------------------------------------------------------------------

static bool add_region(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    import_vocabulary_add_region(context, region->code, region->name, region->parent);
    return true;
}

static bool add_pack_words(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    ImportVocabulary *vocabulary = context;
    json_t *json = json_loads(version->description, 0, NULL);
    ProblemList problems = {0};
    Description *description = description_parse(json, &problems);
    for (size_t i = 0; description && i < description->series_count; i++) {
        const Series *series = &description->series[i];
        bool derived =
            series->indicator >= 0 && description->indicators[series->indicator].formula >= 0;
        if (derived)
            import_vocabulary_add_derived(vocabulary, series->id, series->title);
        else
            import_vocabulary_add_indicator(vocabulary, series->id, series->title);
    }
    for (size_t i = 0; description && i < description->breakdown_count; i++)
        import_vocabulary_add_breakdown(vocabulary, description->breakdowns[i].id,
                                        description->breakdowns[i].title);
    description_free(description);
    problems_free(&problems);
    json_decref(json);
    return true;
}

static bool read_vocabulary(Store *store, ImportVocabulary *vocabulary, Error *error) {
    import_vocabulary_init(vocabulary, DATA_FIRST_YEAR, clock_year());
    return store_read_regions(store, add_region, vocabulary, error) &&
           store_read_pack_versions(store, true, add_pack_words, vocabulary, error);
}

// Every row would be told that its indicator is unknown.
static bool has_indicators(const ImportVocabulary *vocabulary, const char *file,
                           ProblemList *problems) {
    if (vocabulary->indicators.count > 0 || vocabulary->derived.count > 0) return true;
    problems_addf(problems, ERROR_INPUT, file, 0, 0, "%s",
                  T("no pack is active: nothing says which indicators there are",
                    "尚未激活评估包，无从知道有哪些指标"));
    problems_hint(
        problems, "%s",
        T("activate a pack first, then import its figures", "请先激活评估包，再导入其数据"));
    return false;
}

// ---- reading -----------------------------------------------------------------------------------

static bool read_text(const ImportSource *source, Buffer *text, Error *error) {
    if (source->path) return text_decode_file(source->path, 0, text, NULL, error);
    if (source->length <= TEXT_DEFAULT_LIMIT_BYTES)
        return text_decode(source->bytes, source->length, source->file, text, NULL, error);
    error_set(error, ERROR_LIMIT, T("the file is longer than %d bytes", "文件超过 %d 字节"),
              TEXT_DEFAULT_LIMIT_BYTES);
    return error_at(error, source->file, 0, 0);
}

bool data_import_take(Store *store, const ImportSource *source, const CsvTable *table,
                      DataImport *import, ProblemList *problems) {
    const ObservationCsvOptions options = {.vocabulary = &import->vocabulary,
                                           .file = source->file,
                                           .default_kind = source->default_kind};
    Error error = {0};
    *import = (DataImport){.table = source->table};
    if (!read_vocabulary(store, &import->vocabulary, &error)) {
        problems_add(problems, &error);
        return false;
    }
    if (source->table == IMPORT_REGIONS)
        return region_csv_read(table, &import->vocabulary, source->file, &import->regions,
                               problems);
    return has_indicators(&import->vocabulary, source->file, problems) &&
           observation_csv_read(table, &options, &import->observations, problems);
}

// Before the rows are read: of a file that is something else they may be many.
static bool check_header(const ImportSource *source, const Buffer *text, ProblemList *problems) {
    CsvTable table;
    Error error = {0};
    if (!csv_table_read_header(text->data, text->length, source->file, &table, &error)) {
        problems_add(problems, &error);
        return false;
    }
    bool good = source->table == IMPORT_REGIONS
                    ? region_csv_check_header(&table, source->file, problems)
                    : observation_csv_check_header(&table, source->file, problems);
    csv_table_free(&table);
    return good;
}

static bool read_table(const ImportSource *source, CsvTable *table, ProblemList *problems) {
    Buffer text = {0};
    Error error = {0};
    bool good = read_text(source, &text, &error);
    if (good && !check_header(source, &text, problems)) {
        buffer_free(&text);
        return false;
    }
    good = good && csv_table_read(text.data, text.length, source->file, table, &error);
    buffer_free(&text);
    if (!good) problems_add(problems, &error);
    return good;
}

bool data_import_read(Store *store, const ImportSource *source, DataImport *import,
                      ProblemList *problems) {
    CsvTable table = {0};
    *import = (DataImport){.table = source->table};
    bool good = read_table(source, &table, problems) &&
                data_import_take(store, source, &table, import, problems);
    csv_table_free(&table);
    return good;
}

size_t data_import_rows_read(const DataImport *import) {
    return import->table == IMPORT_REGIONS ? import->regions.rows_read
                                           : import->observations.rows_read;
}

size_t data_import_rows(const DataImport *import) {
    return import->table == IMPORT_REGIONS ? import->regions.count : import->observations.count;
}

void data_import_free(DataImport *import) {
    observation_csv_free(&import->observations);
    region_csv_free(&import->regions);
    import_vocabulary_free(&import->vocabulary);
    *import = (DataImport){0};
}

// ---- storing -----------------------------------------------------------------------------------

typedef struct Storing {
    const DataImport *import;
    const ImportStoring *how;
    ImportOutcome *outcome;
    bool tried; // a dry run came to its end
} Storing;

static void count_change(Storing *storing, StoreChange change, size_t rows) {
    ImportOutcome *outcome = storing->outcome;
    if (change == STORE_ADDED) outcome->added++;
    if (change == STORE_REVISED) outcome->revised++;
    if (change == STORE_UNCHANGED) outcome->unchanged++;
    if (storing->how->progress) storing->how->progress(rows, storing->how->context);
}

static bool write_observations(StoreTransaction *transaction, Storing *storing, Error *error) {
    const ObservationCsv *observations = &storing->import->observations;
    if (!store_describe_change(transaction, storing->how->who, storing->how->what, error))
        return false;
    for (size_t i = 0; i < observations->count; i++) {
        StoreChange change;
        if (!store_put_observation(transaction, &observations->rows[i], &change, error))
            return false;
        count_change(storing, change, i + 1);
    }
    storing->outcome->data_version = store_transaction_version(transaction);
    storing->outcome->replaced = store_transaction_real_replaced(transaction);
    return true;
}

static bool write_regions(StoreTransaction *transaction, Storing *storing, Error *error) {
    const DataImport *import = storing->import;
    for (size_t i = 0; i < import->regions.count; i++) {
        const StoreRegion *region = &import->regions.rows[i];
        size_t place;
        bool changed;
        bool known =
            name_index_find(&import->vocabulary.regions, region->code, &place) == NAME_FOUND;
        if (!store_put_region(transaction, region, &changed, error)) return false;
        count_change(storing,
                     !changed ? STORE_UNCHANGED
                     : known  ? STORE_REVISED
                              : STORE_ADDED,
                     i + 1);
    }
    return true;
}

static bool write_rows(StoreTransaction *transaction, void *context, Error *error) {
    Storing *storing = context;
    bool good = storing->import->table == IMPORT_REGIONS
                    ? write_regions(transaction, storing, error)
                    : write_observations(transaction, storing, error);
    if (!good || !storing->how->dry_run) return good;
    storing->tried = true; // what was written is rolled back
    return error_set(error, ERROR_CANCELLED, "dry run");
}

bool data_import_store(Store *store, const DataImport *import, const ImportStoring *how,
                       ImportOutcome *outcome, Error *error) {
    Storing storing = {.import = import, .how = how, .outcome = outcome};
    Error own = {0};
    *outcome = (ImportOutcome){0};
    bool good = store_write(store, write_rows, &storing, &own);
    if (storing.tried) {
        outcome->data_version = 0;
        return true;
    }
    if (!good && error) *error = own;
    return good;
}
