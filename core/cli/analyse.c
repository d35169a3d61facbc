// The common ground of `biaochi analyse`: see analyse.h.
#include "core/cli/analyse.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/cli/figures_text.h"
#include "core/eval/evaluate.h"

// ---- runs --------------------------------------------------------------------------------------

bool analyse_open_run(const Cli *cli, const char *pack, int year, AnalysedRun *analysed,
                      Error *error) {
    *analysed = (AnalysedRun){0};
    if (!run_find_latest(cli->store, pack, year, &analysed->run, error)) {
        if (error->code == ERROR_NOT_FOUND && year)
            error_hint(
                error,
                T("run `biaochi evaluate --year %d` first", "请先运行 biaochi evaluate --year %d"),
                year);
        return false;
    }
    const Run *run = &analysed->run;
    if (run->engine_version != ENGINE_VERSION) {
        error_set(error, ERROR_CONFLICT,
                  T("run %lld of pack \"%s\" was made by engine %d, this program has engine %d",
                    "评估包“%2$s”的运行 %1$lld 由引擎 %3$d 产生，本程序为引擎 %4$d"),
                  (long long)run->id, run->pack, run->engine_version, ENGINE_VERSION);
        error_hint(error,
                   T("run `biaochi evaluate --year %d` to compute it anew",
                     "请运行 biaochi evaluate --year %d 重新评估"),
                   run->year);
    } else if (run_load_pack(cli->store, run, &analysed->pack, error) &&
               samples_read(cli->store, analysed->pack.description, run, &analysed->samples,
                            error)) {
        return true;
    }
    analyse_free_run(analysed);
    return false;
}

void analyse_free_run(AnalysedRun *analysed) {
    samples_free(&analysed->samples);
    loaded_pack_free(&analysed->pack);
    run_free(&analysed->run);
    *analysed = (AnalysedRun){0};
}

// ---- packs -------------------------------------------------------------------------------------

static bool are_all_not_found(const ProblemList *problems) {
    for (size_t i = 0; i < problems->count; i++)
        if (problems->items[i].code != ERROR_NOT_FOUND) return false;
    return problems->count > 0;
}

static int analyse_loaded(Cli *cli, const PackList *packs, AnalyseFunction each, void *context) {
    ProblemList passed_over = {0};
    size_t analysed = 0;
    int code = EXIT_DONE;
    for (size_t i = 0; i < packs->count && code == EXIT_DONE; i++) {
        ProblemList problems = {0};
        if (each(context, &packs->items[i], &problems))
            analysed++;
        else if (!are_all_not_found(&problems))
            code = cli_fail_all(cli, &problems, packs->items[i].description->id);
        for (size_t p = 0; p < problems.count; p++)
            problems_add(&passed_over, &problems.items[p]);
        problems_free(&problems);
    }
    if (code == EXIT_DONE && analysed == 0) code = cli_fail_all(cli, &passed_over, NULL);
    problems_free(&passed_over);
    return code;
}

int analyse_packs(Cli *cli, const char *pack_id, AnalyseFunction each, void *context) {
    int code;
    if (!cli_open_store(cli, &code) || (pack_id && !cli_require_pack(cli, pack_id, &code)))
        return code;
    PackList packs;
    Error error = {0};
    if (!registry_load_active(cli->store, pack_id, &packs, &error)) return cli_fail(cli, &error);
    code = analyse_loaded(cli, &packs, each, context);
    pack_list_free(&packs);
    return code;
}

bool analyse_find_assessment(const Description *description, const char *id, int *index,
                             Error *error) {
    *index = description_assessment(description, id);
    if (*index >= 0) return true;
    const char **names = memory_new(description->assessment_count, sizeof *names);
    for (size_t a = 0; a < description->assessment_count; a++)
        names[a] = description->assessments[a].id;
    error_set(error, ERROR_NOT_FOUND,
              T("pack \"%s\" has no assessment \"%s\"", "评估包“%s”中没有考核“%s”"),
              description->id, id);
    const char *near = nearest_name(id, names, description->assessment_count);
    if (near)
        error_hint(error, T("did you mean \"%s\"?", "是否应为“%s”？"), near);
    else if (description->assessment_count)
        error_hint(error, T("it has \"%s\"", "现有考核如“%s”"), names[0]);
    free(names);
    return false;
}

// ---- samples -----------------------------------------------------------------------------------

typedef struct SampleCounting {
    const Description *description;
    Map covered;
    size_t count;
} SampleCounting;

static bool count_sample(const StoreCount *row, void *context, Error *error) {
    (void)error;
    SampleCounting *counting = context;
    if (description_series(counting->description, row->indicator) >= 0 &&
        map_get(&counting->covered, row->region) != MAP_MISSING)
        counting->count += row->observations;
    return true;
}

bool analyse_count_samples(const Cli *cli, const Description *description, int year, size_t *count,
                           Error *error) {
    SampleCounting counting = {.description = description};
    const StoreCountQuery query = {.kind = "sample", .last_year = year};
    bool good = run_read_covered(cli->store, description, &counting.covered, error) &&
                store_count_observations(cli->store, &query, count_sample, &counting, error);
    map_free(&counting.covered);
    *count = counting.count;
    return good;
}

void analyse_note_samples(const Cli *cli, size_t count) {
    if (count == 0 || cli->format == OUTPUT_JSON) return;
    fprintf(cli->format == OUTPUT_TABLE ? stdout : stderr,
            T("Note: rests on sample data, not published figures: %s.\n",
              "注意：依据样例数据 %s，并非公布数。\n"),
            count_text(count, "observation", "observations", "个监测值").text);
}

// ---- output ------------------------------------------------------------------------------------

json_t *analyse_run_json(const Run *run) {
    return json_pack("{s:b, s:s, s:s, s:I, s:i, s:I, s:s}", "ok", true, "pack", run->pack,
                     "pack_hash", run->pack_hash, "run", (json_int_t)run->id, "year", run->year,
                     "data_version", (json_int_t)run->data_version, "result_hash",
                     run->result_hash);
}

void analyse_print_json(json_t *json) {
    json_dumpf(json, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(15) | JSON_SORT_KEYS);
    putchar('\n');
    json_decref(json);
}

json_t *analyse_number(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

void analyse_percent_cell(OutputTable *table, double part) {
    figure_cell(table, part * 100, 1, ROUNDING_HALF_UP);
}
