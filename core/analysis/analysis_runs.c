// Analyses of stored runs, weights and differences: see analysis.h.
#include "core/analysis/analysis_inside.h"
#include "core/base/language.h"

// ---- weights -----------------------------------------------------------------------------------

typedef struct Weighing {
    Store *store;
    const WeightsQuery *query;
    WeighedFunction each;
    void *context;
} Weighing;

static bool weigh(const Weighing *weighing, const AnalysedRun *analysed, int assessment,
                  Error *error) {
    const WeightsQuery *query = weighing->query;
    const Description *description = analysed->pack.description;
    const WeightsRequest request = {.run = &analysed->run,
                                    .description = description,
                                    .assessment = assessment,
                                    .draw = query->draw,
                                    .spread = query->spread,
                                    .runs = query->runs,
                                    .seed = query->seed};
    WeightsReport report;
    if (!weights_analyse(&request, &report, error)) return false;
    const Weighed weighed = {&request, &report, &description->assessments[assessment],
                             &analysed->samples};
    weighing->each(&weighed, weighing->context);
    weights_free(&report);
    return true;
}

// All assessments that give places, or the one asked for.
static bool weigh_run(const Weighing *weighing, const AnalysedRun *analysed, Error *error) {
    const Description *description = analysed->pack.description;
    const char *wanted = weighing->query->assessment;
    int only = -1;
    size_t weighed = 0;
    if (wanted && !analysis_find_assessment(description, wanted, &only, error)) return false;
    error_set(error, ERROR_NOT_FOUND, T("pack \"%s\" has no assessment", "评估包“%s”没有考核"),
              description->id);
    for (size_t a = 0; a < description->assessment_count; a++) {
        if (only >= 0 && only != (int)a) continue;
        if (weigh(weighing, analysed, (int)a, error))
            weighed++;
        else if (error->code != ERROR_NOT_FOUND)
            return false;
    }
    return weighed > 0;
}

static bool weigh_pack(void *context, const LoadedPack *pack, ProblemList *problems) {
    const Weighing *weighing = context;
    AnalysedRun analysed;
    Error error = {0};
    bool good = analysed_run_open(weighing->store, pack->description, weighing->query->year,
                                  &analysed, &error);
    if (good) {
        good = weigh_run(weighing, &analysed, &error);
        analysed_run_free(&analysed);
    }
    if (!good) problems_add(problems, &error);
    return good;
}

bool analysis_weights(Store *store, const WeightsQuery *query, WeighedFunction each, void *context,
                      AnalysisFailure *failure) {
    Weighing weighing = {store, query, each, context};
    return analysis_of_packs(store, &query->packs, weigh_pack, &weighing, failure);
}

// ---- differences -------------------------------------------------------------------------------

typedef struct Comparing {
    const JobHost *host;
    Store *store;
    const DifferencesQuery *query;
    DifferencesFunction each;
    void *context;
} Comparing;

static bool are_not_found(const ProblemList *problems, size_t from) {
    for (size_t i = from; i < problems->count; i++)
        if (problems->items[i].code != ERROR_NOT_FOUND) return false;
    return true;
}

// All assessments of both sides, or the one at `only` where that is not negative.
static bool compare_assessments(const Comparing *comparing, const DifferenceSide sides[SIDES],
                                int only, ProblemList *problems) {
    const Description *description = sides[0].pack->description;
    size_t found = 0;
    for (size_t a = 0; a < description->assessment_count; a++) {
        const char *id = description->assessments[a].id;
        size_t before = problems->count;
        DifferencesReport report;
        if (only >= 0 && only != (int)a) continue;
        if (differences_analyse(comparing->host, comparing->store, id, sides, &report, problems)) {
            comparing->each(id, &report, comparing->context);
            differences_free(&report);
            found++;
        } else if (!are_not_found(problems, before)) {
            return false;
        }
    }
    return found > 0;
}

static bool compare_runs(const Comparing *comparing, const AnalysedRun runs[SIDES],
                         ProblemList *problems) {
    const Description *description = runs[0].pack.description;
    const DifferencesQuery *query = comparing->query;
    Error error = {0};
    int only = -1;
    DifferenceSide sides[SIDES];
    for (int s = 0; s < SIDES; s++)
        sides[s] = (DifferenceSide){.run = &runs[s].run,
                                    .pack = &runs[s].pack,
                                    .region = query->regions[s],
                                    .samples_seen = &runs[s].samples,
                                    .unit = query->unit};
    if (query->assessment &&
        !analysis_find_assessment(description, query->assessment, &only, &error)) {
        problems_add(problems, &error);
        return false;
    }
    if (description->assessment_count == 0)
        problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                      T("pack \"%s\" has no assessment", "评估包“%s”没有考核"), description->id);
    return compare_assessments(comparing, sides, only, problems);
}

static bool compare_pack(void *context, const LoadedPack *pack, ProblemList *problems) {
    const Comparing *comparing = context;
    AnalysedRun runs[SIDES] = {{.run = {0}}};
    Error error = {0};
    bool good = true;
    for (int s = 0; s < SIDES && good; s++)
        good = analysed_run_open(comparing->store, pack->description, comparing->query->years[s],
                                 &runs[s], &error);
    if (good)
        good = compare_runs(comparing, runs, problems);
    else
        problems_add(problems, &error);
    analysed_run_free(&runs[0]);
    analysed_run_free(&runs[1]);
    return good;
}

bool analysis_differences(const JobHost *host, Store *store, const DifferencesQuery *query,
                          DifferencesFunction each, void *context, AnalysisFailure *failure) {
    Comparing comparing = {host, store, query, each, context};
    return analysis_of_packs(store, &query->packs, compare_pack, &comparing, failure);
}
