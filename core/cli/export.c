// biaochi export observations|regions|pack: what is in the workspace, as files.
#include <stdio.h>
#include <string.h>

#include "core/base/json_writer.h"
#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/export_file.h"
#include "core/cli/figures_text.h"
#include "core/io/csv_export.h"
#include "core/io/pack_archive.h"
#include "core/registry/region_scope.h"
#include "core/registry/runs.h"

typedef struct ExportValues {
    const char *pack, *region;
    long year;
    bool all_revisions, for_excel;
} ExportValues;

// What was asked for, read from the workspace.
typedef struct ExportScope {
    RegionScope regions;
    PackList packs; // the one asked for, if any
} ExportScope;

static const Description *description_of(const ExportScope *scope) {
    return scope->packs.count ? scope->packs.items[0].description : NULL;
}

static bool read_scope(Cli *cli, const ExportValues *values, ExportScope *scope, int *code) {
    Error error = {0};
    RegionNames names = {0};
    Map covered = {0};
    bool known = !values->region || (region_names_read(cli->store, &names, &error) &&
                                     cli_require_region(cli, &names, values->region, code));
    region_names_free(&names);
    if (!known) {
        if (error.code) *code = cli_fail(cli, &error);
        return false;
    }
    bool good =
        (!values->pack || registry_load_active(cli->store, values->pack, &scope->packs, &error)) &&
        region_scope_read(cli->store, values->region, &scope->regions, &error) &&
        (!values->pack || run_read_covered(cli->store, description_of(scope), &covered, &error));
    if (good && values->pack) region_scope_keep(&scope->regions, &covered);
    map_free(&covered);
    if (!good) *code = cli_fail(cli, &error);
    return good;
}

static void free_scope(ExportScope *scope) {
    region_scope_free(&scope->regions);
    pack_list_free(&scope->packs);
}

static bool wants_indicator(const char *indicator, void *context) {
    return description_series(context, indicator) >= 0;
}

static bool wants_region(const char *code, void *context) {
    return region_scope_has(context, code);
}

// Nothing is said of what went to standard output: it may be a file's text already.
static void say_done(const Cli *cli, const char *path, size_t rows) {
    if (!path) return;
    if (cli->format != OUTPUT_JSON) {
        fprintf(stderr, T("%s: %s\n", "%s：%s\n"), path,
                count_text(rows, "row", "rows", "行").text);
        return;
    }
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    json_writer_begin_object(&json);
    json_writer_put_boolean(&json, "ok", true);
    json_writer_put_string(&json, "file", path);
    json_writer_put_integer(&json, "rows", (int64_t)rows);
    json_writer_end_object(&json);
    puts(out.data);
    buffer_free(&out);
}

static bool export_rows(const Cli *cli, const ExportValues *values, ExportScope *scope,
                        const CsvTarget *target, bool observations, size_t *rows, Error *error) {
    if (!observations)
        return csv_export_regions(cli->store, wants_region, &scope->regions, target, rows, error);
    bool all = !values->pack && !values->region;
    const ObservationExport what = {.regions = all ? NULL : scope->regions.codes,
                                    .region_count = scope->regions.count,
                                    .year = (int)values->year,
                                    .all_revisions = values->all_revisions,
                                    .wants = values->pack ? wants_indicator : NULL,
                                    .context = (void *)description_of(scope)};
    return csv_export_observations(cli->store, &what, target, rows, error);
}

static int export_csv(Cli *cli, const ExportValues *values, const char *path, bool observations) {
    ExportScope scope = {0};
    ExportFile file;
    Error error = {0};
    size_t rows = 0;
    int code;
    if (!path && cli->format == OUTPUT_JSON)
        return cli_usage_error(cli, "%s",
                               T("--format json tells how an export to a FILE went: name one",
                                 "--format json 用于报告导出到文件的结果：请指定文件"));
    if (!cli_open_store(cli, &code)) return code;
    if (!read_scope(cli, values, &scope, &code)) {
        free_scope(&scope);
        return code;
    }
    bool good = export_file_open(&file, path, &error);
    if (good) {
        const CsvTarget target = {
            .sink = export_file_write, .context = &file, .for_spreadsheet = values->for_excel};
        good = export_rows(cli, values, &scope, &target, observations, &rows, &error);
        good = export_file_close(&file, good, &error);
    }
    free_scope(&scope);
    bool reader_left = !good && error.code == ERROR_CANCELLED; // `| head` is no error
    if (!good && !reader_left) return cli_fail(cli, &error);
    if (good) say_done(cli, path, rows);
    return EXIT_DONE;
}

static int run_observations(Cli *cli, const void *values, char **arguments, int count) {
    return export_csv(cli, values, count ? arguments[0] : NULL, true);
}

static int run_regions(Cli *cli, const void *values, char **arguments, int count) {
    return export_csv(cli, values, count ? arguments[0] : NULL, false);
}

// ---- packs -------------------------------------------------------------------------------------

static void say_pack(const Cli *cli, const LoadedPack *pack, const Bundle *own, const char *path) {
    const Description *description = pack->description;
    if (cli->format == OUTPUT_JSON) {
        json_t *json = json_pack("{s:b, s:s, s:s, s:s, s:s, s:I}", "ok", 1, "file", path, "pack",
                                 description->id, "version", description->version, "hash",
                                 pack->bundle.hash, "files", (json_int_t)own->count);
        char *text = json_dumps(json, JSON_INDENT(2));
        puts(text);
        free(text);
        json_decref(json);
        return;
    }
    fprintf(stderr, T("%s: %s %s (%.12s), %s\n", "%s：%s %s（%.12s），%s\n"), path, description->id,
            description->version, pack->bundle.hash,
            count_text(own->count, "file", "files", "个文件").text);
    if (description->parent_count > 0)
        fprintf(stderr,
                T("It extends %s %s, which is not in it.\n", "它继承 %s %s，后者不在文件内。\n"),
                description->parents[0].id, description->parents[0].version);
}

static bool write_pack(const LoadedPack *pack, const Bundle *own, const char *path, Error *error) {
    Buffer archive = {0};
    ExportFile file;
    bool good = pack_archive_write(own, pack->description->id, &archive, error) &&
                export_file_open(&file, path, error);
    if (good) {
        good = export_file_write(archive.data, archive.length, &file, error);
        good = export_file_close(&file, good, error);
    }
    buffer_free(&archive);
    return good;
}

static int run_pack(Cli *cli, const void *values, char **arguments, int count) {
    (void)values;
    const char *id = arguments[0], *start = count == 3 ? arguments[1] : NULL;
    const char *path = arguments[count - 1];
    LoadedPack pack;
    Bundle own;
    Error error = {0};
    int code;
    if (!pack_archive_is_named(path))
        return cli_usage_error(
            cli,
            T("the file's name must end with .zip, not \"%s\"", "文件名应以 .zip 结尾，而不是“%s”"),
            path);
    if (!cli_open_store(cli, &code) || !cli_require_pack(cli, id, &code)) return code;
    if (!registry_load_version(cli->store, id, start, &pack, &error)) return cli_fail(cli, &error);
    bundle_own(&pack.bundle, &own);
    code = EXIT_DONE;
    if (write_pack(&pack, &own, path, &error))
        say_pack(cli, &pack, &own, path);
    else
        code = cli_fail(cli, &error);
    bundle_free(&own);
    loaded_pack_free(&pack);
    return code;
}

// ---- the commands ------------------------------------------------------------------------------

#define EXPORT_OPTION(name, kind, field, placeholder, english, chinese)                            \
    { name, kind, offsetof(ExportValues, field), placeholder, english, chinese }

// The first three are those of regions.
static const Option options[] = {
    EXPORT_OPTION("pack", OPTION_TEXT, pack, "ID",
                  "only what this active pack declares, in its regions",
                  "只限该已激活评估包声明的数据和区划"),
    EXPORT_OPTION("region", OPTION_TEXT, region, "CODE", "only this region and those below it",
                  "只限该行政区划及其下级"),
    EXPORT_OPTION("for-excel", OPTION_FLAG, for_excel, NULL,
                  "for a spreadsheet: with a byte order mark, headers in the language of "
                  "messages, and no formulas",
                  "供电子表格打开：带 BOM，表头用消息语言，不含公式"),
    EXPORT_OPTION("year", OPTION_YEAR, year, "YEAR", "only this year's figures", "只限该年数据"),
    EXPORT_OPTION("all-revisions", OPTION_FLAG, all_revisions, NULL,
                  "every revision ever entered, with who entered it and when",
                  "列出全部修订，注明填报人和时间"),
};

const Command command_export_observations = {
    .name = "export observations",
    .usage = "[FILE.csv] [OPTIONS]",
    .english = "write the figures as CSV, to a file or to standard output",
    .chinese = "以 CSV 导出监测值，写入文件或标准输出",
    .details_english =
        "`biaochi import` reads the file back to the same figures, kinds, sources and notes. A file made\n"
        "with --all-revisions is a record and cannot be imported. With --for-excel a source or note that\n"
        "a spreadsheet would take for a formula gets an apostrophe before it, which an import keeps. An\n"
        "existing FILE is replaced once the new one is complete.",
    .details_chinese =
        "用 biaochi import 可将文件导回，数值、性质、来源和说明均不变。--all-revisions 为记录，\n"
        "不供导入。加 --for-excel 时，来源和说明中会被电子表格当作公式的文字前加一个撇号，导入时\n"
        "保留。文件已存在时，在新文件写完后将其取代。",
    .options = options,
    .option_count = 5,
    .values_size = sizeof(ExportValues),
    .most_arguments = 1,
    .run = run_observations,
};

const Command command_export_regions = {
    .name = "export regions",
    .usage = "[FILE.csv] [OPTIONS]",
    .english = "write the administrative regions as CSV",
    .chinese = "以 CSV 导出行政区划",
    .details_english = "`biaochi import --table regions` reads the file back.",
    .details_chinese = "可用 biaochi import --table regions 导回。",
    .options = options,
    .option_count = 3,
    .values_size = sizeof(ExportValues),
    .most_arguments = 1,
    .run = run_regions,
};

const Command command_export_pack = {
    .name = "export pack",
    .usage = "PACK [HASH] FILE.zip",
    .english =
        "write a stored pack as a ZIP archive: the active version, or the one with that hash",
    .chinese = "以 ZIP 导出已入库的评估包：激活的版本，或指定哈希的版本",
    .details_english =
        "The first digits of the hash are enough, as `pack list` prints them. `pack check`, `pack test` and\n"
        "`pack activate` take the archive as they take a folder; the same version always gives the same\n"
        "bytes. The packs that it extends are not part of it.",
    .details_chinese =
        "哈希可只写前几位，见 pack list。pack check、test、activate 可直接使用该文件，与文件夹相同；\n"
        "同一版本导出的字节总相同。所继承的评估包不在其中。",
    .least_arguments = 2,
    .most_arguments = 3,
    .run = run_pack,
};
