// biaochi pack coverage: the source document's clauses, and what in the pack carries each.
#include <stdio.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/pack_folder.h"
#include "core/view/pack_rows.h"

static int print_coverage(Cli *cli, const Coverage *coverage) {
    OutputTable rows;
    view_coverage_rows(coverage, &rows);
    bool whole = coverage->carried == coverage->wanted;
    int code = cli_print(cli, &rows, whole ? EXIT_DONE : EXIT_FINDINGS);
    fprintf(cli->format == OUTPUT_TABLE ? stdout : stderr,
            T("%zu of %zu clauses carried\n", "%zu / %zu 条已落实\n"), coverage->carried,
            coverage->wanted);
    return code;
}

static int no_document(const Cli *cli, const LoadedPack *pack) {
    Error error = {0};
    view_coverage_refuse(pack->description, &error);
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
