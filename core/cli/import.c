// biaochi import: observations or regions from a CSV file, all rows or none.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/figures_text.h"
#include "core/cli/progress.h"
#include "core/io/csv_table.h"
#include "core/io/observation_csv.h"
#include "core/io/region_csv.h"
#include "core/io/text_decode.h"
#include "core/registry/registry.h"
#include "core/registry/sample_removal.h"

enum { FIRST_YEAR = 1949, LAST_YEAR = 2100 };

typedef struct ImportValues {
    const char *table, *kind;
    bool dry_run;
} ImportValues;

typedef struct Import {
    Cli *cli;
    const char *path;
    const ImportValues *values;
    ImportVocabulary vocabulary;
    CsvTable csv;
    ObservationCsv observations;
    RegionCsv regions;
    size_t added, revised, unchanged;
    int64_t data_version; // that was made; 0 for none
    size_t replaced;      // real figures whose place a sample took
    Progress progress;
} Import;

// ---- what the file may speak of ----------------------------------------------------------------

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

static bool read_vocabulary(Import *import, Error *error) {
    import_vocabulary_init(&import->vocabulary, FIRST_YEAR, LAST_YEAR);
    return store_read_regions(import->cli->store, add_region, &import->vocabulary, error) &&
           store_read_pack_versions(import->cli->store, true, add_pack_words, &import->vocabulary,
                                    error);
}

// ---- writing -----------------------------------------------------------------------------------

static void count_change(Import *import, StoreChange change) {
    if (change == STORE_ADDED) import->added++;
    if (change == STORE_REVISED) import->revised++;
    if (change == STORE_UNCHANGED) import->unchanged++;
}

static bool roll_back_dry_run(const Import *import, Error *error) {
    return !import->values->dry_run || error_set(error, ERROR_CANCELLED, "dry run");
}

static bool write_observations(StoreTransaction *transaction, void *context, Error *error) {
    Import *import = context;
    if (!store_describe_change(transaction, cli_who(), import->path, error)) return false;
    for (size_t i = 0; i < import->observations.count; i++) {
        StoreChange change;
        if (!store_put_observation(transaction, &import->observations.rows[i], &change, error))
            return false;
        count_change(import, change);
        progress_update(&import->progress, i + 1);
    }
    import->data_version = store_transaction_version(transaction);
    return roll_back_dry_run(import, error);
}

static bool holds_samples(const ObservationCsv *observations) {
    for (size_t i = 0; i < observations->count; i++)
        if (strcmp(observations->rows[i].kind, "sample") == 0) return true;
    return false;
}

// Made-up figures must not take the place of real ones without a word.
static bool count_replaced(Import *import, Error *error) {
    if (import->revised == 0 || !holds_samples(&import->observations)) return true;
    return sample_count_replaced(import->cli->store, import->data_version, &import->replaced,
                                 error);
}

static bool write_regions(StoreTransaction *transaction, void *context, Error *error) {
    Import *import = context;
    for (size_t i = 0; i < import->regions.count; i++) {
        bool changed;
        const StoreRegion *region = &import->regions.rows[i];
        size_t place;
        bool known =
            name_index_find(&import->vocabulary.regions, region->code, &place) == NAME_FOUND;
        if (!store_put_region(transaction, region, &changed, error)) return false;
        count_change(import, !changed ? STORE_UNCHANGED : known ? STORE_REVISED : STORE_ADDED);
        progress_update(&import->progress, i + 1);
    }
    return roll_back_dry_run(import, error);
}

static void print_result(const Import *import, size_t rows) {
    if (import->cli->format == OUTPUT_JSON) {
        Buffer out = {0};
        JsonWriter json = {.out = &out};
        const struct {
            const char *key;
            size_t value;
        } counts[] = {{"rows", rows},
                      {"added", import->added},
                      {"revised", import->revised},
                      {"unchanged", import->unchanged},
                      {"real_replaced_by_samples", import->replaced}};
        json_writer_begin_object(&json);
        json_writer_key(&json, "ok");
        json_writer_boolean(&json, true);
        json_writer_key(&json, "dry_run");
        json_writer_boolean(&json, import->values->dry_run);
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            json_writer_key(&json, counts[i].key);
            json_writer_integer(&json, (int64_t)counts[i].value);
        }
        json_writer_end_object(&json);
        puts(out.data);
        buffer_free(&out);
        return;
    }
    fprintf(stderr,
            T("%s: %s: %zu added, %zu revised, %zu unchanged%s\n",
              "%s：共 %s，新增 %zu，修订 %zu，未变 %zu%s\n"),
            import->path, count_text(rows, "row", "rows", "行").text, import->added,
            import->revised, import->unchanged,
            import->values->dry_run ? T(" (dry run: nothing was stored)", "（试运行：未入库）")
                                    : "");
    if (import->replaced)
        fprintf(stderr,
                T("Note: sample data took the place of %s; `biaochi samples remove --yes` puts "
                  "them back\n",
                  "注意：样例数据取代了 %s；可用 biaochi samples remove --yes 恢复\n"),
                count_text(import->replaced, "real figure", "real figures", "个真实数").text);
}

static int store_rows(Import *import, StoreWriteFunction write, size_t rows) {
    Error error = {0};
    progress_begin(&import->progress, T("importing", "导入"), rows);
    bool good = store_write(import->cli->store, write, import, &error);
    progress_end(&import->progress);
    bool dry = import->values->dry_run && !good && error.code == ERROR_CANCELLED;
    if (!good && !dry) return cli_fail(import->cli, &error);
    if (good && !count_replaced(import, &error)) return cli_fail(import->cli, &error);
    print_result(import, rows);
    return EXIT_DONE;
}

static int refuse(Import *import, const ProblemList *problems, size_t read, size_t good) {
    int code = cli_fail_all(import->cli, problems, NULL);
    if (import->cli->format != OUTPUT_JSON)
        fprintf(
            stderr,
            T("%s: %s read, %zu good, %s: nothing was imported\n",
              "%s：读入 %s，合格 %zu 行，有 %s：未导入任何数据\n"),
            import->path, count_text(read, "row", "rows", "行").text, good,
            count_text(problems->count + problems->dropped, "problem", "problems", "处问题").text);
    return code;
}

static int import_rows(Import *import) {
    ProblemList problems = {0};
    int code;
    if (import->values->table && strcmp(import->values->table, "regions") == 0) {
        bool good = region_csv_read(&import->csv, &import->vocabulary, import->path,
                                    &import->regions, &problems);
        code = good ? store_rows(import, write_regions, import->regions.count)
                    : refuse(import, &problems, import->regions.rows_read, import->regions.count);
        region_csv_free(&import->regions);
    } else {
        ObservationCsvOptions options = {.vocabulary = &import->vocabulary, .file = import->path};
        options.default_kind = import->values->kind ? observation_kind(import->values->kind) : NULL;
        bool good = observation_csv_read(&import->csv, &options, &import->observations, &problems);
        code = good ? store_rows(import, write_observations, import->observations.count)
                    : refuse(import, &problems, import->observations.rows_read,
                             import->observations.count);
        observation_csv_free(&import->observations);
    }
    problems_free(&problems);
    return code;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    Import import = {.cli = cli, .path = arguments[0], .values = values};
    const char *table = import.values->table;
    if (table && strcmp(table, "observations") != 0 && strcmp(table, "regions") != 0)
        return cli_usage_error(cli,
                               T("--table is observations or regions, not \"%s\"",
                                 "--table 应为 observations 或 regions，而不是“%s”"),
                               table);
    if (import.values->kind && !observation_kind(import.values->kind))
        return cli_usage_error(
            cli,
            T("--kind is reported, stated, derived, estimated or sample, not \"%s\"",
              "--kind 应为 reported、stated、derived、estimated 或 sample，而不是“%s”"),
            import.values->kind);
    int code;
    if (!cli_open_store(cli, &code)) return code;
    Buffer text = {0};
    Error error = {0};
    bool good =
        text_decode_file(import.path, 0, &text, NULL, &error) &&
        csv_table_read(text.data ? text.data : "", text.length, import.path, &import.csv, &error) &&
        read_vocabulary(&import, &error);
    code = good ? import_rows(&import) : cli_fail(cli, &error);
    import_vocabulary_free(&import.vocabulary);
    csv_table_free(&import.csv);
    buffer_free(&text);
    return code;
}

static const Option options[] = {
    {"table", OPTION_TEXT, offsetof(ImportValues, table), "TABLE",
     "observations (default) or regions", "observations（默认）或 regions"},
    {"kind", OPTION_TEXT, offsetof(ImportValues, kind), "KIND",
     "kind of rows that give none: reported, stated, derived, estimated, sample",
     "未注明性质的行按此性质：reported、stated、derived、estimated、sample"},
    {"dry-run", OPTION_FLAG, offsetof(ImportValues, dry_run), NULL,
     "check and count, store nothing", "只检查和计数，不入库"}};

const Command command_import = {
    .name = "import",
    .usage = "FILE.csv [OPTIONS]",
    .english = "import observations or regions from CSV, all rows or none",
    .chinese = "从 CSV 导入观测值或行政区划，要么全部导入，要么一行不导",
    .details_english =
        "The file is UTF-8 (with or without a byte order mark) or GB18030, its columns in any order:\n"
        "  observations  region, indicator, year, value [, breakdown, kind, source, note]\n"
        "  regions       code, name, parent, level\n"
        "or by their Chinese names. A value \"withdrawn\" takes a figure back.",
    .details_chinese = "文件编码为 UTF-8（可带 BOM）或 GB18030，列的顺序不限：\n"
                       "  观测值    行政区划代码，指标，年份，数值［，分组，性质，来源，说明］\n"
                       "  行政区划  代码，名称，上级，层级\n"
                       "也可用英文列名。数值写“撤回”表示撤回原值。",
    .options = options,
    .option_count = 3,
    .values_size = sizeof(ImportValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
