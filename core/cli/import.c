// biaochi import: observations or regions from a CSV file, all rows or none.
#include <stdio.h>
#include <string.h>

#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/figures_text.h"
#include "core/cli/progress.h"
#include "core/cli/server_client.h"
#include "core/registry/data_import.h"

typedef struct ImportValues {
    const char *table, *kind;
    bool dry_run;
} ImportValues;

typedef struct Import {
    Cli *cli;
    const char *path;
    const ImportValues *values;
    DataImport data;
    ImportOutcome outcome;
    Progress progress;
} Import;

static void show_progress(size_t rows, void *context) {
    progress_update(context, rows);
}

static void print_replaced(const Import *import) {
    CountText figures =
        count_text(import->outcome.replaced, "real figure", "real figures", "个真实数");
    if (import->values->dry_run)
        fprintf(stderr,
                T("Note: sample data would take the place of %s\n", "注意：样例数据将取代 %s\n"),
                figures.text);
    else
        fprintf(stderr,
                T("Note: sample data took the place of %s; `biaochi samples remove --yes` puts "
                  "them back\n",
                  "注意：样例数据取代了 %s；可用 biaochi samples remove --yes 恢复\n"),
                figures.text);
}

static void print_result(const Import *import, size_t rows) {
    if (import->cli->format == OUTPUT_JSON) {
        Buffer out = {0};
        JsonWriter json = {.out = &out};
        const struct {
            const char *key;
            size_t value;
        } counts[] = {{"rows", rows},
                      {"added", import->outcome.added},
                      {"revised", import->outcome.revised},
                      {"unchanged", import->outcome.unchanged},
                      {"real_replaced_by_samples", import->outcome.replaced}};
        json_writer_begin_object(&json);
        json_writer_put_boolean(&json, "ok", true);
        json_writer_put_boolean(&json, "dry_run", import->values->dry_run);
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            json_writer_put_integer(&json, counts[i].key, (int64_t)counts[i].value);
        }
        json_writer_end_object(&json);
        puts(out.data);
        buffer_free(&out);
        return;
    }
    fprintf(stderr,
            T("%s: %s: %zu added, %zu revised, %zu unchanged%s\n",
              "%s：共 %s，新增 %zu，修订 %zu，未变 %zu%s\n"),
            import->path, count_text(rows, "row", "rows", "行").text, import->outcome.added,
            import->outcome.revised, import->outcome.unchanged,
            import->values->dry_run ? T(" (dry run: nothing was stored)", "（试运行：未入库）")
                                    : "");
    if (import->outcome.replaced) print_replaced(import);
}

static int store_rows(Import *import) {
    Error error = {0};
    size_t rows = data_import_rows(&import->data);
    const ImportStoring how = {.who = cli_who(),
                               .what = import->path,
                               .dry_run = import->values->dry_run,
                               .progress = show_progress,
                               .context = &import->progress};
    progress_begin(&import->progress, T("importing", "导入"), rows);
    bool good =
        data_import_store(import->cli->store, &import->data, &how, &import->outcome, &error);
    progress_end(&import->progress);
    if (!good) return cli_fail(import->cli, &error);
    print_result(import, rows);
    if (!how.dry_run) server_refresh(import->cli);
    return EXIT_DONE;
}

static int refuse(const Import *import, const ProblemList *problems) {
    int code = cli_fail_all(import->cli, problems, NULL);
    size_t read = data_import_rows_read(&import->data);
    if (import->cli->format != OUTPUT_JSON && read > 0)
        fprintf(
            stderr,
            T("%s: %s read, %zu good, %s: nothing was imported\n",
              "%s：读入 %s，合格 %zu 行，有 %s：未导入任何数据\n"),
            import->path, count_text(read, "row", "rows", "行").text,
            data_import_rows(&import->data),
            count_text(problems->count + problems->dropped, "problem", "problems", "处问题").text);
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
    const ImportSource source = {
        .table = table && strcmp(table, "regions") == 0 ? IMPORT_REGIONS : IMPORT_OBSERVATIONS,
        .path = import.path,
        .file = import.path,
        .default_kind = import.values->kind ? observation_kind(import.values->kind) : NULL};
    ProblemList problems = {0};
    bool good = data_import_read(cli->store, &source, &import.data, &problems);
    code = good ? store_rows(&import) : refuse(&import, &problems);
    data_import_free(&import.data);
    problems_free(&problems);
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
    .chinese = "从 CSV 导入监测值或行政区划，要么全部导入，要么一行不导",
    .details_english =
        "The file is UTF-8 (with or without a byte order mark) or GB18030, its columns in any order:\n"
        "  observations  region, indicator, year, value [, breakdown, kind, source, note]\n"
        "  regions       code, name, parent, level\n"
        "or by their Chinese names. A value \"withdrawn\" takes a figure back.",
    .details_chinese = "文件编码为 UTF-8（可带 BOM）或 GB18030，列的顺序不限：\n"
                       "  监测值    行政区划代码，指标，年份，数值［，分组，性质，来源，说明］\n"
                       "  行政区划  代码，名称，上级，层级\n"
                       "也可用英文列名。数值写“撤回”表示撤回原值。",
    .options = options,
    .option_count = 3,
    .values_size = sizeof(ImportValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
