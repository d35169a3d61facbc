// Evaluating two versions of a pack over the same data: see impact.h.
#include "core/analysis/impact.h"

static ImpactSide side_of(const LoadedPack *pack, const ResultLayout *layout, const Run *run) {
    return (ImpactSide){
        .pack = pack, .layout = layout, .regions = run->regions, .region_count = run->region_count};
}

bool impact_analyse(const JobHost *host, Store *store, const ImpactRequest *request,
                    ImpactAnalysis *analysis, ProblemList *problems) {
    const LoadedPack *packs[SIDES] = {request->before, request->after};
    RunRequest asked = {.pack = request->before, .year = request->year, .who = request->who};
    bool good = true;
    *analysis = (ImpactAnalysis){0};
    for (int s = 0; s < SIDES && good; s++) {
        asked.pack = packs[s];
        good = run_evaluate_aside(host, store, &asked, &analysis->runs[s], problems);
        if (!good) break;
        analysis->layouts[s] = layout_new(packs[s]->description, analysis->runs[s].year, false);
        asked.year = analysis->runs[s].year; // the other sees the same data
        asked.data_version = analysis->runs[s].data_version;
    }
    if (good) {
        Error error = {0};
        ImpactSide before = side_of(packs[0], analysis->layouts[0], &analysis->runs[0]);
        ImpactSide after = side_of(packs[1], analysis->layouts[1], &analysis->runs[1]);
        good = impact_compare(&before, &after, &analysis->report, &error);
        if (!good) problems_add(problems, &error);
    }
    if (!good) impact_analysis_free(analysis);
    return good;
}

void impact_analysis_free(ImpactAnalysis *analysis) {
    impact_free(&analysis->report);
    for (int s = 0; s < SIDES; s++) {
        layout_free(analysis->layouts[s]);
        run_free(&analysis->runs[s]);
    }
    *analysis = (ImpactAnalysis){0};
}
