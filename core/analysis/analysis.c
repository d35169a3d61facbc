// What the analyses share: see analysis.h and analysis_inside.h.
#include "core/analysis/analysis.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/analysis/analysis_inside.h"
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/eval/evaluate.h"

void analysis_failure_free(AnalysisFailure *failure) {
    problems_free(&failure->problems);
    *failure = (AnalysisFailure){0};
}

// ---- runs --------------------------------------------------------------------------------------

bool analysed_run_open(Store *store, const Description *description, int year,
                       AnalysedRun *analysed, Error *error) {
    *analysed = (AnalysedRun){0};
    if (!run_find_latest(store, description, year, &analysed->run, error)) {
        if (error->code == ERROR_NOT_FOUND && year)
            error_hint(error, T("evaluate %d first", "请先评估 %d 年"), year);
        return false;
    }
    const Run *run = &analysed->run;
    if (run->engine_version != ENGINE_VERSION) {
        error_set(error, ERROR_CONFLICT,
                  T("run %lld of pack \"%s\" was made by engine %d, this program has engine %d",
                    "评估包“%2$s”的运行 %1$lld 由引擎 %3$d 产生，本程序为引擎 %4$d"),
                  (long long)run->id, run->pack, run->engine_version, ENGINE_VERSION);
        error_hint(error, T("evaluate %d again to compute it anew", "请重新评估 %d 年"), run->year);
    } else if (run_load_pack(store, run, &analysed->pack, error) &&
               samples_read(store, analysed->pack.description, run, &analysed->samples, error)) {
        return true;
    }
    analysed_run_free(analysed);
    return false;
}

void analysed_run_free(AnalysedRun *analysed) {
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

// False with the failure when one of the packs failed, or none had anything to analyse.
static bool analyse_loaded(const PackList *packs, const AnalysedPacks *wanted,
                           AnalysisFunction each, void *context, AnalysisFailure *failure) {
    size_t analysed = 0;
    for (size_t i = 0; i < packs->count; i++) {
        ProblemList problems = {0};
        const Description *description = packs->items[i].description;
        if (wanted->wants && !wanted->wants(description, wanted->context)) continue;
        bool good = each(context, &packs->items[i], &problems);
        bool failed = !good && !are_all_not_found(&problems);
        analysed += good;
        if (failed) {
            problems_free(&failure->problems);
            failure->problems = problems;
            snprintf(failure->pack, sizeof failure->pack, "%s", description->id);
            return false;
        }
        for (size_t p = 0; p < problems.count; p++)
            problems_add(&failure->problems, &problems.items[p]);
        problems_free(&problems);
    }
    return analysed > 0;
}

bool analysis_of_packs(Store *store, const AnalysedPacks *wanted, AnalysisFunction each,
                       void *context, AnalysisFailure *failure) {
    PackList packs;
    Error error = {0};
    *failure = (AnalysisFailure){0};
    if ((wanted->pack && !registry_require_pack(store, wanted->pack, &error)) ||
        !registry_load_active(store, wanted->pack, &packs, &error)) {
        problems_add(&failure->problems, &error);
        return false;
    }
    bool good = analyse_loaded(&packs, wanted, each, context, failure);
    pack_list_free(&packs);
    return good;
}

bool analysis_find_assessment(const Description *description, const char *id, int *index,
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

bool analysis_count_samples(Store *store, const Description *description, int year, size_t *count,
                            Error *error) {
    SampleCounting counting = {.description = description};
    const StoreCountQuery query = {.kind = "sample", .last_year = year};
    bool good = run_read_covered(store, description, &counting.covered, error) &&
                store_count_observations(store, &query, count_sample, &counting, error);
    map_free(&counting.covered);
    *count = counting.count;
    return good;
}
