// Evaluating versions of packs over the same data: see impact.h.
#include "core/analysis/impact.h"
#include "core/base/language.h"
#include "core/registry/family.h"

// ---- two versions ------------------------------------------------------------------------------

static bool codes_compare(const LoadedPack *const packs[SIDES]) {
    const json_t *before = json_object_get(packs[0]->description_json, "rule_code");
    const json_t *after = json_object_get(packs[1]->description_json, "rule_code");
    return before && json_equal(before, after);
}

// A version that was checked by another version of Lua, or by a program that did not tell rules'
// code apart, is described once more. Where that fails rules are compared by their places.
static json_t *describe(const JobHost *host, const LoadedPack *pack) {
    PackJob job = {.kind = JOB_DESCRIBE, .pack = loaded_pack_code(pack)};
    jobs_run(host, &job, 1);
    json_t *described = job.good ? json_incref(job.description_json) : NULL;
    job_free(&job);
    return described;
}

static ImpactSide side_of(const ImpactAnalysis *analysis, int side, const LoadedPack *pack) {
    return (ImpactSide){.pack = pack,
                        .described = analysis->described[side],
                        .layout = analysis->layouts[side],
                        .regions = analysis->runs[side].regions,
                        .region_count = analysis->runs[side].region_count};
}

static bool evaluate(const JobHost *host, Store *store, const ImpactRequest *request,
                     ImpactAnalysis *analysis, ProblemList *problems) {
    const LoadedPack *packs[SIDES] = {request->before, request->after};
    RunRequest asked = {.year = request->year, .who = request->who};
    for (int s = 0; s < SIDES; s++) {
        Run *run = &analysis->runs[s];
        asked.pack = packs[s];
        if (!run_evaluate_aside(host, store, &asked, run, problems)) return false;
        analysis->layouts[s] = layout_new(packs[s]->description, run->year, false);
        asked.year = run->year; // the other sees the same data
        asked.data_version = run->data_version;
    }
    for (int s = 0; s < SIDES && !codes_compare(packs); s++)
        analysis->described[s] = describe(host, packs[s]);
    return true;
}

bool impact_analyse(const JobHost *host, Store *store, const ImpactRequest *request,
                    ImpactAnalysis *analysis, ProblemList *problems) {
    Error error = {0};
    *analysis = (ImpactAnalysis){0};
    bool good = evaluate(host, store, request, analysis, problems);
    if (good) {
        ImpactSide before = side_of(analysis, IMPACT_BEFORE, request->before);
        ImpactSide after = side_of(analysis, IMPACT_AFTER, request->after);
        good = impact_compare(&before, &after, &analysis->report, &error) &&
               impact_find_rounds(store, &analysis->report, &error);
        if (!good) problems_add(problems, &error);
    }
    if (!good) impact_analysis_free(analysis);
    return good;
}

void impact_analysis_free(ImpactAnalysis *analysis) {
    impact_free(&analysis->report);
    for (int s = 0; s < SIDES; s++) {
        json_decref(analysis->described[s]);
        layout_free(analysis->layouts[s]);
        run_free(&analysis->runs[s]);
    }
    *analysis = (ImpactAnalysis){0};
}

// ---- a pack and those that extend it ------------------------------------------------------------

// With the active version of the same pack.
static bool compare_with_active(const JobHost *host, Store *store, const ImpactFamily *family,
                                const LoadedPack *after, ProblemList *problems) {
    LoadedPack before;
    ImpactAnalysis analysis;
    Error error = {0};
    if (!registry_load_version(store, after->description->id, NULL, &before, &error)) {
        if (error.code == ERROR_NOT_FOUND)
            error_hint(&error, "%s",
                       T("there is nothing to compare with: all that it says is new",
                         "没有可对照的版本：激活后一切均为新增"));
        problems_add(problems, &error);
        return false;
    }
    ImpactRequest request = {
        .before = &before, .after = after, .year = family->year, .who = family->who};
    bool good = impact_analyse(host, store, &request, &analysis, problems);
    if (good) {
        family->take(&analysis.report, family->context);
        impact_analysis_free(&analysis);
    }
    loaded_pack_free(&before);
    return good;
}

static bool compare_follower(const JobHost *host, Store *store, const ImpactFamily *family,
                             const Follower *follower, ProblemList *problems) {
    ProblemList own = {0};
    for (size_t i = 0; i < follower->problems.count; i++)
        problems_add(problems, &follower->problems.items[i]);
    if (follower->problems.count + follower->problems.dropped > 0) return false;
    bool good = compare_with_active(host, store, family, &follower->pack, &own) ||
                (own.count > 0 && own.items[0].code == ERROR_NOT_FOUND);
    for (size_t i = 0; i < own.count && !good; i++)
        problems_add(problems, &own.items[i]);
    problems_free(&own);
    return good;
}

bool impact_analyse_family(const JobHost *host, Store *store, const ImpactFamily *family,
                           ProblemList *problems) {
    FollowerList followers;
    Error error = {0};
    if (!compare_with_active(host, store, family, family->pack, problems)) return false;
    if (!family_follow(host, store, family->pack, &followers, &error)) {
        problems_add(problems, &error);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < followers.count; i++)
        good &= compare_follower(host, store, family, &followers.items[i], problems);
    follower_list_free(&followers);
    return good;
}
