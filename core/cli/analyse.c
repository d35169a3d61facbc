// The common ground of `biaochi analyse`: see analyse.h.
#include "core/cli/analyse.h"

#include <stdio.h>

#include "core/base/language.h"
#include "core/cli/figures_text.h"

int analyse_fail(const Cli *cli, const AnalysisFailure *failure) {
    return cli_fail_all(cli, &failure->problems, failure->pack[0] ? failure->pack : NULL);
}

void analyse_note_samples(const Cli *cli, size_t count) {
    if (count == 0 || cli->format == OUTPUT_JSON) return;
    fprintf(cli->format == OUTPUT_TABLE ? stdout : stderr,
            T("Note: rests on sample data, not published figures: %s.\n",
              "注意：依据样例数据 %s，并非公布数。\n"),
            count_text(count, "observation", "observations", "个监测值").text);
}

void analyse_percent_cell(OutputTable *table, double part) {
    figure_cell(table, part * 100, 1, ROUNDING_HALF_UP);
}
