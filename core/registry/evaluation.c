// The active packs one after the other: see evaluation.h.
#include "core/registry/evaluation.h"

#include "core/base/language.h"

static void evaluate_one(const JobHost *host, Store *store, const RunRequest *request,
                         const EvaluationObserver *observer) {
    Run run;
    ProblemList problems = {0};
    Evaluation evaluation = {.pack = request->pack, .problems = &problems};
    if (observer->begins) observer->begins(request->pack, observer->context);
    if (run_evaluate(host, store, request, &run, &evaluation.found, &problems))
        evaluation.run = &run;
    observer->ended(&evaluation, observer->context);
    if (evaluation.run) run_free(&run);
    problems_free(&problems);
}

bool evaluation_of_packs(const JobHost *host, Store *store, const PackList *packs,
                         const EvaluationQuery *query, const EvaluationObserver *observer,
                         Error *error) {
    RunRequest request = {
        .year = query->year, .who = query->who, .from_revisions = query->from_revisions};
    if (!store_read_data_version(store, &request.data_version, error)) return false;
    for (size_t i = 0; i < packs->count; i++) {
        request.pack = &packs->items[i];
        evaluate_one(host, store, &request, observer);
    }
    return true;
}

bool evaluation_keep_packs_of(Store *store, const char *region, PackList *packs, Error *error) {
    size_t kept = 0;
    bool good = true;
    for (size_t i = 0; i < packs->count; i++) {
        Map covered = {0};
        good = good && run_read_covered(store, packs->items[i].description, &covered, error);
        if (map_get(&covered, region) != MAP_MISSING)
            packs->items[kept++] = packs->items[i];
        else
            loaded_pack_free(&packs->items[i]);
        map_free(&covered);
    }
    packs->count = kept;
    return good && (kept > 0 || error_set(error, ERROR_NOT_FOUND,
                                          T("no active pack evaluates region %s",
                                            "没有已激活的评估包评估行政区划 %s"),
                                          region));
}
