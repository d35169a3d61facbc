// Comparing the results of two versions of a pack: see impact.h.
#include "core/analysis/impact.h"

#include <stdlib.h>
#include <string.h>

#include "core/analysis/impact_inside.h"

// ---- pairs -------------------------------------------------------------------------------------

static void pair_plans(Comparison *comparison) {
    const Description *before = impact_description(comparison->report, IMPACT_BEFORE);
    const Description *after = impact_description(comparison->report, IMPACT_AFTER);
    comparison->plans =
        memory_new(before->plan_count + after->plan_count, sizeof *comparison->plans);
    comparison->plan_pairs[IMPACT_BEFORE] = memory_new(before->plan_count, sizeof(int));
    comparison->plan_pairs[IMPACT_AFTER] = memory_new(after->plan_count, sizeof(int));
    for (size_t p = 0; p < after->plan_count; p++) {
        int same = description_plan(before, after->plans[p].id);
        int pair = (int)comparison->plan_count++;
        comparison->plans[pair].declared[IMPACT_AFTER] = &after->plans[p];
        comparison->plan_pairs[IMPACT_AFTER][p] = pair;
        if (same < 0) continue;
        comparison->plans[pair].declared[IMPACT_BEFORE] = &before->plans[same];
        comparison->plan_pairs[IMPACT_BEFORE][same] = pair;
    }
    for (size_t p = 0; p < before->plan_count; p++) {
        if (description_plan(after, before->plans[p].id) >= 0) continue;
        comparison->plan_pairs[IMPACT_BEFORE][p] = (int)comparison->plan_count;
        comparison->plans[comparison->plan_count++].declared[IMPACT_BEFORE] = &before->plans[p];
    }
}

static void pair_indicators(Comparison *comparison) {
    ImpactReport *report = comparison->report;
    const Description *before = impact_description(comparison->report, IMPACT_BEFORE);
    const Description *after = impact_description(comparison->report, IMPACT_AFTER);
    report->indicators =
        memory_new(before->indicator_count + after->indicator_count, sizeof *report->indicators);
    comparison->indicator_pairs[IMPACT_BEFORE] = memory_new(before->indicator_count, sizeof(int));
    comparison->indicator_pairs[IMPACT_AFTER] = memory_new(after->indicator_count, sizeof(int));
    for (size_t i = 0; i < after->indicator_count; i++) {
        const Indicator *indicator = &after->indicators[i];
        int same = description_indicator(before, indicator->id);
        int pair = (int)report->indicator_count++;
        report->indicators[pair] = (ImpactIndicatorSum){
            .id = indicator->id,
            .title = indicator->title,
            .declared = {same >= 0 ? &before->indicators[same] : NULL, indicator}};
        comparison->indicator_pairs[IMPACT_AFTER][i] = pair;
        if (same >= 0) comparison->indicator_pairs[IMPACT_BEFORE][same] = pair;
    }
    for (size_t i = 0; i < before->indicator_count; i++) {
        const Indicator *indicator = &before->indicators[i];
        if (description_indicator(after, indicator->id) >= 0) continue;
        comparison->indicator_pairs[IMPACT_BEFORE][i] = (int)report->indicator_count;
        report->indicators[report->indicator_count++] = (ImpactIndicatorSum){
            .id = indicator->id, .title = indicator->title, .declared = {indicator, NULL}};
    }
}

static int find_warning(const Description *description, const char *id) {
    for (size_t i = 0; i < description->warning_count; i++)
        if (strcmp(description->warnings[i].id, id) == 0) return (int)i;
    return -1;
}

static void pair_warnings(ImpactReport *report, const Description *before,
                          const Description *after) {
    report->warnings =
        memory_new(before->warning_count + after->warning_count, sizeof *report->warnings);
    for (size_t i = 0; i < after->warning_count; i++) {
        const Warning *warning = &after->warnings[i];
        int same = find_warning(before, warning->id);
        report->warnings[report->warning_count++] =
            (ImpactWarningSum){.id = warning->id,
                               .title = warning->title,
                               .declared = {same >= 0 ? &before->warnings[same] : NULL, warning}};
    }
    for (size_t i = 0; i < before->warning_count; i++) {
        const Warning *warning = &before->warnings[i];
        if (find_warning(after, warning->id) < 0)
            report->warnings[report->warning_count++] = (ImpactWarningSum){
                .id = warning->id, .title = warning->title, .declared = {warning, NULL}};
    }
}

static void pair_assessments(Comparison *comparison) {
    ImpactReport *report = comparison->report;
    const Description *before = impact_description(comparison->report, IMPACT_BEFORE);
    const Description *after = impact_description(comparison->report, IMPACT_AFTER);
    report->assessments =
        memory_new(before->assessment_count + after->assessment_count, sizeof *report->assessments);
    comparison->assessment_pairs[IMPACT_BEFORE] = memory_new(before->assessment_count, sizeof(int));
    comparison->assessment_pairs[IMPACT_AFTER] = memory_new(after->assessment_count, sizeof(int));
    for (size_t i = 0; i < after->assessment_count; i++) {
        const Assessment *assessment = &after->assessments[i];
        int same = description_assessment(before, assessment->id);
        int pair = (int)report->assessment_count++;
        report->assessments[pair] = (ImpactAssessmentSum){
            .id = assessment->id,
            .title = assessment->title,
            .declared = {same >= 0 ? &before->assessments[same] : NULL, assessment}};
        comparison->assessment_pairs[IMPACT_AFTER][i] = pair;
        if (same >= 0) comparison->assessment_pairs[IMPACT_BEFORE][same] = pair;
    }
    for (size_t i = 0; i < before->assessment_count; i++) {
        const Assessment *assessment = &before->assessments[i];
        if (description_assessment(after, assessment->id) >= 0) continue;
        comparison->assessment_pairs[IMPACT_BEFORE][i] = (int)report->assessment_count;
        report->assessments[report->assessment_count++] = (ImpactAssessmentSum){
            .id = assessment->id, .title = assessment->title, .declared = {assessment, NULL}};
    }
}

static const json_t *description_json(const ImpactSide *side) {
    return side->described ? side->described : side->pack->description_json;
}

static void begin(Comparison *comparison, ImpactReport *report) {
    const LoadedPack *before = report->sides[IMPACT_BEFORE].pack;
    const LoadedPack *after = report->sides[IMPACT_AFTER].pack;
    *comparison = (Comparison){.report = report};
    difference_read(description_json(&report->sides[IMPACT_BEFORE]),
                    description_json(&report->sides[IMPACT_AFTER]), &report->differences);
    bool other_std = strcmp(before->std.hash, after->std.hash) != 0;
    report->cause_count = report->differences.count + other_std;
    report->causes = memory_new(report->cause_count, sizeof *report->causes);
    for (size_t i = 0; i < report->differences.count; i++)
        report->causes[i].difference = &report->differences.items[i];
    pair_plans(comparison);
    pair_indicators(comparison);
    pair_warnings(report, before->description, after->description);
    pair_assessments(comparison);
    causes_init(&comparison->causes, comparison);
    comparison->by_region = causes_new_set(&comparison->causes);
}

static void end(Comparison *comparison) {
    for (int s = 0; s < SIDES; s++) {
        free(comparison->indicator_pairs[s]);
        free(comparison->plan_pairs[s]);
        free(comparison->assessment_pairs[s]);
    }
    free(comparison->plans);
    free(comparison->by_region);
    causes_free(&comparison->causes);
}

// ---- regions -----------------------------------------------------------------------------------

ImpactBecause impact_keep(Comparison *comparison, const uint64_t *set) {
    causes_join(&comparison->causes, comparison->by_region, set);
    return causes_keep(&comparison->causes, &comparison->report->arena, set);
}

static void close_region(Comparison *comparison) {
    for (int s = 0; s < SIDES; s++)
        if (comparison->present[s]) result_free(&comparison->results[s]);
    arena_free(&comparison->arena);
}

static bool open_side(Comparison *comparison, int side, const struct RunRegion *region,
                      Error *error) {
    comparison->present[side] = false;
    if (!region) return true;
    const ResultLayout *layout = comparison->report->sides[side].layout;
    const ResultBytes *bytes = &region->bytes;
    if (!result_decode(bytes->data, bytes->length, layout, &comparison->results[side], error))
        return false;
    comparison->present[side] = true;
    comparison->records[side] = result_record(layout, bytes->data, bytes->length);
    return true;
}

static void count_causes(Comparison *comparison) {
    ImpactReport *report = comparison->report;
    ImpactBecause because = causes_keep(&comparison->causes, &report->arena, comparison->by_region);
    for (size_t i = 0; i < because.count; i++)
        report->causes[because.causes[i]].regions++;
}

static void note_region(Comparison *comparison, size_t first_indicator, size_t first_warning) {
    ImpactReport *report = comparison->report;
    ImpactRegion *region = &report->regions[report->region_count++];
    *region = (ImpactRegion){.code = comparison->region,
                             .present = {comparison->present[0], comparison->present[1]},
                             .first_indicator = first_indicator,
                             .indicator_count = report->indicator_change_count - first_indicator,
                             .first_warning = first_warning,
                             .warning_count = report->warning_change_count - first_warning};
}

static bool compare_region(Comparison *comparison, const struct RunRegion *const regions[SIDES],
                           Error *error) {
    ImpactReport *report = comparison->report;
    size_t first_indicator = report->indicator_change_count;
    size_t first_warning = report->warning_change_count;
    causes_clear(&comparison->causes, comparison->by_region);
    comparison->present[IMPACT_AFTER] = false;
    bool good = open_side(comparison, IMPACT_BEFORE, regions[IMPACT_BEFORE], error) &&
                open_side(comparison, IMPACT_AFTER, regions[IMPACT_AFTER], error);
    if (good) {
        impact_compare_scores(comparison);
        impact_compare_indicators(comparison);
        impact_compare_warnings(comparison);
        impact_compare_failures(comparison);
        impact_count_gone(comparison);
        note_region(comparison, first_indicator, first_warning);
        count_causes(comparison);
    }
    close_region(comparison);
    return good;
}

// Both sides are in order of code.
static bool compare_regions(Comparison *comparison, Error *error) {
    ImpactReport *report = comparison->report;
    size_t at[SIDES] = {0, 0};
    const ImpactSide *before = &report->sides[IMPACT_BEFORE], *after = &report->sides[IMPACT_AFTER];
    report->regions =
        memory_new(before->region_count + after->region_count, sizeof *report->regions);
    bool good = true;
    while (good) {
        const struct RunRegion *left =
            at[0] < before->region_count ? &before->regions[at[0]] : NULL;
        const struct RunRegion *right = at[1] < after->region_count ? &after->regions[at[1]] : NULL;
        if (!left && !right) break;
        int order = !left ? 1 : !right ? -1 : strcmp(left->code, right->code);
        const struct RunRegion *regions[SIDES] = {order <= 0 ? left : NULL,
                                                  order >= 0 ? right : NULL};
        comparison->region = order <= 0 ? left->code : right->code;
        for (int s = 0; s < SIDES; s++)
            at[s] += regions[s] != NULL;
        good = compare_region(comparison, regions, error);
    }
    return good;
}

const Description *impact_description(const ImpactReport *report, int side) {
    return report->sides[side].pack->description;
}

bool impact_compare(const ImpactSide *before, const ImpactSide *after, ImpactReport *report,
                    Error *error) {
    Comparison comparison;
    *report = (ImpactReport){.sides = {*before, *after}, .year = after->layout->year};
    begin(&comparison, report);
    impact_list_gone(&comparison);
    bool good = compare_regions(&comparison, error);
    if (good) {
        impact_finish_scores(report);
        impact_sum_up(report);
    }
    end(&comparison);
    if (!good) impact_free(report);
    return good;
}

void impact_free(ImpactReport *report) {
    for (size_t i = 0; i < report->assessment_count; i++) {
        free(report->assessments[i].grades);
        free(report->assessments[i].moves);
    }
    difference_free(&report->differences);
    free(report->causes);
    free(report->gone);
    free(report->rounds);
    free(report->failures);
    free(report->assessments);
    free(report->indicators);
    free(report->warnings);
    free(report->scores);
    free(report->indicator_changes);
    free(report->warning_changes);
    free(report->regions);
    arena_free(&report->arena);
    *report = (ImpactReport){0};
}
