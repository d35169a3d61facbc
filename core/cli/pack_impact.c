// biaochi pack diff --impact: see pack_impact.h.
#include "core/cli/pack_impact.h"

#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/pack_folder.h"
#include "core/cli/progress.h"
#include "core/view/impact_json.h"
#include "core/view/problems_json.h"

enum { REGIONS_SHOWN = 10 };

// All that is printed of one invocation.
typedef struct Output {
    Cli *cli;
    const PackDiffValues *values;
    RegionNames names;
    OutputTable rows; // of --format csv
    Buffer text;      // of --format json
    JsonWriter json;
    Progress progress;
    size_t compared;
} Output;

// ---- output ------------------------------------------------------------------------------------

static void begin_output(Output *output) {
    output->json.out = &output->text;
    if (output->cli->format == OUTPUT_CSV) impact_rows_begin(&output->rows);
    if (output->cli->format != OUTPUT_JSON) return;
    json_writer_begin_object(&output->json);
    json_writer_key(&output->json, "impacts");
    json_writer_begin_array(&output->json);
}

static void put_report(const ImpactReport *report, void *context) {
    Output *output = context;
    progress_end(&output->progress); // of this evaluation
    const PackDiffValues *values = output->values;
    size_t most = values->regions > 0 ? (size_t)values->regions : REGIONS_SHOWN;
    bool all = values->regions == 0 && output->cli->format != OUTPUT_TABLE;
    ImpactPrint print = {report, &output->names, values->region,
                         all || values->region ? report->changed_count : most};
    switch (output->cli->format) {
        case OUTPUT_TABLE:
            if (output->compared > 0) putchar('\n');
            impact_print(&print);
            break;
        case OUTPUT_CSV: impact_rows_add(&output->rows, &print); break;
        case OUTPUT_JSON: {
            ImpactView view = {&output->names, print.most_regions, print.region};
            view_impact_write(report, &view, &output->json);
            break;
        }
    }
    output->compared++;
}

static void put_problems(JsonWriter *json, const ProblemList *problems) {
    json_writer_key(json, "problems");
    json_writer_begin_array(json);
    for (size_t i = 0; i < problems->count; i++)
        view_problem_write(&problems->items[i], json);
    json_writer_end_array(json);
}

static int end_output(Output *output, const ProblemList *problems) {
    bool good = problems->count == 0;
    int code = good ? EXIT_DONE : cli_exit_code(problems);
    if (output->cli->format == OUTPUT_CSV) code = cli_print(output->cli, &output->rows, code);
    if (output->cli->format == OUTPUT_JSON) {
        json_writer_end_array(&output->json);
        json_writer_put_boolean(&output->json, "ok", good);
        put_problems(&output->json, problems);
        json_writer_end_object(&output->json);
        puts(output->text.data);
    } else if (!good) {
        code = cli_fail_all(output->cli, problems, NULL);
    }
    return code;
}

static void free_output(Output *output) {
    output_free(&output->rows);
    buffer_free(&output->text);
    region_names_free(&output->names);
}

// ---- comparing ---------------------------------------------------------------------------------

static int load(Cli *cli, char **arguments, int count, LoadedPack *pack) {
    Error error = {0};
    const ParentPlaces places = {.store = cli->store};
    *pack = (LoadedPack){0};
    if (count == 1) return cli_load_pack_from(cli, arguments[0], &places, false, pack);
    if (registry_load_version(cli->store, arguments[0], arguments[1], pack, &error))
        return EXIT_DONE;
    return cli_fail(cli, &error);
}

static bool know_region(Output *output, int *code) {
    Error error = {0};
    if (!region_names_read(output->cli->store, &output->names, &error)) {
        *code = cli_fail(output->cli, &error);
        return false;
    }
    return !output->values->region ||
           cli_require_region(output->cli, &output->names, output->values->region, code);
}

static int compare_all(Output *output, const LoadedPack *pack) {
    Cli *cli = output->cli;
    ProblemList problems = {0};
    ImpactFamily family = {.pack = pack,
                           .year = (int)output->values->year,
                           .who = cli_who(),
                           .take = put_report,
                           .context = output};
    begin_output(output);
    progress_begin(&output->progress, pack->description->title, 0);
    progress_listen_for_interrupt();
    cli->jobs.progress = progress_goes_on;
    cli->jobs.progress_context = &output->progress;
    bool good = impact_analyse_family(&cli->jobs, cli->store, &family, &problems);
    progress_end(&output->progress);
    // What is said of some packs stands, also where another one would break.
    int code = good || output->compared > 0 ? end_output(output, &problems)
                                            : cli_fail_all(cli, &problems, NULL);
    problems_free(&problems);
    return code;
}

int cli_pack_impact(Cli *cli, const PackDiffValues *values, char **arguments, int count) {
    Output output = {.cli = cli, .values = values};
    LoadedPack pack = {0};
    int code;
    if (!cli_open_store(cli, &code)) return code;
    if (know_region(&output, &code)) {
        code = load(cli, arguments, count, &pack);
        if (code == EXIT_DONE) code = compare_all(&output, &pack);
        loaded_pack_free(&pack);
    }
    free_output(&output);
    return code;
}
