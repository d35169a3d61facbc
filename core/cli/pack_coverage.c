// biaochi pack coverage: the source document's clauses, and what in the pack carries each.
#include "core/pack/coverage.h"

#include <stdio.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/pack_folder.h"

static const char *state_of(const ClauseCoverage *clause) {
    if (clause->background) return "background";
    if (clause->carrier_count == 0) return "missing";
    return clause->missing_count ? "incomplete" : "carried";
}

static void add_row(OutputTable *table, const ClauseCoverage *clause) {
    Buffer carriers = {0}, missing = {0};
    for (size_t i = 0; i < clause->carrier_count; i++)
        buffer_printf(&carriers, "%s%s %s", i ? ", " : "", clause->carriers[i]->kind,
                      clause->carriers[i]->id);
    for (size_t i = 0; i < clause->missing_count; i++)
        buffer_printf(&missing, "%s%s", i ? ", " : "", clause->missing[i]);
    const json_t *json = clause->clause->json;
    output_text(table, clause->document);
    output_text(table, clause->clause->id);
    output_text(table, json_string_value(json_object_get(json, "at")));
    output_text(table, clause->clause->title);
    output_text(table, state_of(clause));
    output_text(table, clause->background ? json_string_value(json_object_get(json, "background"))
                                          : carriers.data);
    output_text(table, missing.data);
    buffer_free(&carriers);
    buffer_free(&missing);
}

static int print_coverage(Cli *cli, const Coverage *coverage) {
    const OutputColumn columns[] = {
        {.name = "document", .title = T("document", "文件")},
        {.name = "clause", .title = T("clause", "条款")},
        {.name = "at", .title = T("at", "位置")},
        {.name = "title", .title = T("title", "内容")},
        {.name = "state", .title = T("state", "状态")},
        {.name = "carried_by", .title = T("carried by", "落实于")},
        {.name = "missing", .title = T("figures missing", "缺少的数字")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < coverage->count; i++)
        add_row(&table, &coverage->clauses[i]);
    bool whole = coverage->carried == coverage->wanted;
    int code = cli_print(cli, &table, whole ? EXIT_DONE : EXIT_FINDINGS);
    fprintf(cli->format == OUTPUT_TABLE ? stdout : stderr,
            T("%zu of %zu clauses carried\n", "%zu / %zu 条已落实\n"), coverage->carried,
            coverage->wanted);
    return code;
}

static int no_document(const Cli *cli, const LoadedPack *pack) {
    Error error = {0};
    error_set(&error, ERROR_PACK,
              T("pack \"%s\" declares no document", "评估包“%s”没有声明 document"),
              pack->description->id);
    if (pack->description->parent_count > 0)
        error_hint(
            &error,
            T("it extends \"%s\", whose document `biaochi pack coverage` of that pack checks",
              "它继承“%s”；对那个评估包运行 pack coverage，即检查其依据文件"),
            pack->description->parents[0].id);
    else
        error_hint(
            &error, "%s",
            T("list the source's clauses: document \"plan\" { title = … } { clause \"g1\" { … } }",
              "请列出依据文件的条款：document \"plan\" { title = … } { clause \"g1\" { … } }"));
    return cli_fail(cli, &error);
}

static int run_coverage(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
    LoadedPack pack;
    int code = cli_load_pack(cli, arguments[0], false, &pack);
    if (code == EXIT_DONE) {
        PackNodes nodes;
        Coverage coverage;
        pack_nodes_read(pack.description_json, &nodes);
        coverage_read(&nodes, &coverage);
        code = coverage.count ? print_coverage(cli, &coverage) : no_document(cli, &pack);
        coverage_free(&coverage);
        pack_nodes_free(&nodes);
    }
    loaded_pack_free(&pack);
    return code;
}

const Command command_pack_coverage = {
    .name = "pack coverage",
    .usage = "FOLDER|FILE.zip",
    .english = "list the source document's clauses and what in the pack carries each",
    .chinese = "列出依据文件的各条款及其在评估包中的落实",
    .details_english =
        "A clause is carried when some declaration names it in `source` and every figure the clause "
        "states is found in a field of those declarations. Fails when a clause is not carried.",
    .details_chinese =
        "某声明以 source 指明一条，且该条写明的数字都见于这些声明的字段，即为已落实。有未落实的条款时以失败退出。",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_coverage,
};
