// Any bytes through the whole way of an import: decoding, CSV, and the checks of both row kinds.
//
// Built by clang with -fsanitize=fuzzer,address,undefined from this file, core/base/*.c and
// core/io/*.c, with libcsv; seeds are in tests/fuzz/corpus/observation_csv. Besides memory errors
// it aborts when a stage's promise does not hold.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"
#include "core/io/csv_table.h"
#include "core/io/observation_csv.h"
#include "core/io/region_csv.h"
#include "core/io/text_decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds, const char *promise) {
    if (holds) return;
    fprintf(stderr, "promise broken: %s\n", promise);
    abort();
}

static const ImportVocabulary *vocabulary(void) {
    static ImportVocabulary built;
    if (built.last_year) return &built;
    import_vocabulary_init(&built, 2010, 2030);
    import_vocabulary_add_region(&built, "000000", "全国", NULL);
    import_vocabulary_add_region(&built, "150802", "临河区", "000000");
    import_vocabulary_add_region(&built, "110105", "朝阳区", "000000");
    import_vocabulary_add_region(&built, "220104", "朝阳区", "000000");
    import_vocabulary_add_indicator(&built, "maternal_mortality", "孕产妇死亡率");
    import_vocabulary_add_indicator(&built, "enrolment", "毛入园率");
    import_vocabulary_add_breakdown(&built, "female", "女");
    return &built;
}

static void check_problems(const ProblemList *problems, bool good) {
    require(good == (problems->count == 0), "good means without problems");
    for (size_t i = 0; i < problems->count; i++) {
        const Error *problem = &problems->items[i];
        require(problem->message[0], "a problem says what is wrong");
        require(utf8_valid(problem->message, strlen(problem->message), NULL), "messages are UTF-8");
        require(utf8_valid(problem->hint, strlen(problem->hint), NULL), "hints are UTF-8");
    }
}

static void check_observations(const CsvTable *table) {
    ProblemList problems = {0};
    ObservationCsv observations;
    ObservationCsvOptions options = {.vocabulary = vocabulary(), .file = "f.csv"};
    bool good = observation_csv_read(table, &options, &observations, &problems);
    check_problems(&problems, good);
    require(observations.rows_read == table->row_count, "all rows are read");
    for (size_t i = 0; i < observations.count; i++) {
        const StoreObservation *row = &observations.rows[i];
        require(row->year >= 2010 && row->year <= 2030, "years are in range");
        require(row->region && row->indicator && row->breakdown && row->kind, "rows are complete");
        require((row->value == row->value) == (row->value_text[0] != '\0'), "value and text agree");
    }
    observation_csv_free(&observations);
    problems_free(&problems);
}

static void check_regions(const CsvTable *table) {
    ProblemList problems = {0};
    RegionCsv regions;
    bool good = region_csv_read(table, vocabulary(), "f.csv", &regions, &problems);
    check_problems(&problems, good);
    region_csv_free(&regions);
    problems_free(&problems);
}

static void write_row(CsvWriter *writer, const CsvRow *row) {
    for (size_t i = 0; i < row->count; i++)
        csv_write_field(writer, csv_row_field(row, i));
    csv_end_row(writer);
}

static void require_same_row(const CsvRow *a, const CsvRow *b) {
    require(a->count == b->count, "a row is read back with its fields");
    for (size_t i = 0; i < a->count; i++)
        require(strcmp(csv_row_field(a, i), csv_row_field(b, i)) == 0,
                "a field is read back as written");
}

static void check_written_table(const CsvTable *table) {
    Buffer text = {0};
    CsvWriter writer = {.out = &text};
    CsvTable again;
    write_row(&writer, &table->header);
    for (size_t i = 0; i < table->row_count; i++)
        write_row(&writer, &table->rows[i]);
    require(csv_table_read(text.data, text.length, NULL, &again, NULL), "what is written is read");
    require_same_row(&table->header, &again.header);
    require(table->row_count == again.row_count, "all rows are read back");
    for (size_t i = 0; i < table->row_count; i++)
        require_same_row(&table->rows[i], &again.rows[i]);
    csv_table_free(&again);
    buffer_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    Buffer text = {0};
    Error error = {0};
    CsvTable table;
    if (!text_decode(bytes, length, "f.csv", &text, NULL, &error)) {
        require(error.code == ERROR_INPUT && error.line > 0 && error.column > 0,
                "what cannot be decoded is told with its place");
        buffer_free(&text);
        return 0;
    }
    require(utf8_valid(text.data, text.length, NULL), "decoded text is UTF-8");
    if (csv_table_read(text.data, text.length, "f.csv", &table, &error)) {
        check_written_table(&table);
        check_observations(&table);
        check_regions(&table);
        csv_table_free(&table);
    } else {
        require(error.line > 0 && error.message[0], "a CSV error is told with its line");
    }
    buffer_free(&text);
    return 0;
}
