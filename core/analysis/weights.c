// Places under other points: see weights.h.
#include "core/analysis/weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"

// What is gathered from the run.
typedef struct Gathering {
    const WeightsRequest *request;
    const Assessment *assessment;
    int *leaves; // indexes of items
    double *points;
    size_t leaf_count;
    WeightsSubject *subjects;
    double *shares; // [subject][leaf]
    size_t count, capacity;
} Gathering;

static void find_leaves(Gathering *gathering) {
    const Assessment *assessment = gathering->assessment;
    gathering->leaves = memory_new(assessment->item_count, sizeof *gathering->leaves);
    gathering->points = memory_new(assessment->item_count, sizeof *gathering->points);
    for (size_t i = 0; i < assessment->item_count; i++) {
        if (!assessed_is_leaf(&assessment->items[i])) continue;
        gathering->points[gathering->leaf_count] = assessment->items[i].points;
        gathering->leaves[gathering->leaf_count++] = (int)i;
    }
}

static void add_subject(Gathering *gathering, const char *region, RegionResult *result,
                        const AssessmentResult *results) {
    const Description *description = gathering->request->description;
    AssessmentTotal total = tally_assessment(description, results, &result->arena);
    bool on_printed = description->conventions.rank_on == RANK_ON_PRINTED;
    size_t before = gathering->capacity;
    ARRAY_RESERVE(gathering->subjects, gathering->count, gathering->capacity);
    if (gathering->capacity != before)
        gathering->shares = memory_resize(
            gathering->shares, gathering->capacity * gathering->leaf_count + 1, sizeof(double));
    double *shares = gathering->shares + gathering->count * gathering->leaf_count;
    for (size_t i = 0; i < gathering->leaf_count; i++)
        shares[i] = assessed_share(description, results, (size_t)gathering->leaves[i]);
    gathering->subjects[gathering->count++] = (WeightsSubject){
        .region = region, .unit = results->unit, .score = on_printed ? total.printed : total.total};
}

static bool gather(Gathering *gathering, Error *error) {
    const WeightsRequest *request = gathering->request;
    const Run *run = request->run;
    ResultLayout *layout = layout_new(request->description, run->year, false);
    bool good = true;
    for (size_t r = 0; r < run->region_count && good; r++) {
        RegionResult result;
        const ResultBytes *bytes = &run->regions[r].bytes;
        good = result_decode(bytes->data, bytes->length, layout, &result, error);
        for (size_t i = 0; good && i < result.assessment_count; i++)
            if (result.assessments[i].assessment == request->assessment)
                add_subject(gathering, run->regions[r].code, &result, &result.assessments[i]);
        if (good) result_free(&result);
    }
    layout_free(layout);
    if (!good || gathering->count >= 2) return good;
    error_set(error, ERROR_NOT_FOUND,
              T("pack \"%s\": \"%s\" gives no places for %d: %zu assessed, two are needed",
                "评估包“%s”：“%s”%d 年无名次可言：考核对象 %zu 个，至少需要两个"),
              run->pack, gathering->assessment->id, run->year, gathering->count);
    return false;
}

static int32_t *rank_subjects(const Gathering *gathering) {
    double *scores = memory_new(gathering->count, sizeof *scores);
    int32_t *ranks = memory_new(gathering->count, sizeof *ranks);
    for (size_t s = 0; s < gathering->count; s++)
        scores[s] = gathering->subjects[s].score;
    rank_values(scores, gathering->count, true, gathering->request->description->conventions.ties,
                ranks);
    for (size_t s = 0; s < gathering->count; s++)
        gathering->subjects[s].rank = ranks[s];
    free(scores);
    return ranks;
}

// The position in the run makes the order of equals total.
static int by_rank(const void *left, const void *right) {
    const WeightsSubject *a = left, *b = right;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    int by_region = strcmp(a->region, b->region);
    return by_region ? by_region : (a->unit > b->unit) - (a->unit < b->unit);
}

static bool is_more_influential(const WeightInfluence *candidate, const WeightInfluence *than) {
    if (isnan(candidate->influence)) return false;
    return isnan(than->influence) || candidate->influence > than->influence;
}

// Stable, so that equals stay in the pack's order.
static void sort_items(WeightsReport *report) {
    for (size_t i = 1; i < report->item_count; i++) {
        WeightInfluence influence = report->influences[i];
        int item = report->items[i];
        size_t at = i;
        for (; at > 0 && is_more_influential(&influence, &report->influences[at - 1]); at--) {
            report->influences[at] = report->influences[at - 1];
            report->items[at] = report->items[at - 1];
        }
        report->influences[at] = influence;
        report->items[at] = item;
    }
}

static void try_weights(const Gathering *gathering, WeightsReport *report) {
    const WeightsRequest *request = gathering->request;
    const Conventions *conventions = &request->description->conventions;
    int32_t *ranks = rank_subjects(gathering);
    RankSpread *spreads = memory_new(gathering->count, sizeof *spreads);
    bool on_printed = conventions->rank_on == RANK_ON_PRINTED;
    WeightTrial trial = {.item_count = gathering->leaf_count,
                         .subject_count = gathering->count,
                         .points = gathering->points,
                         .shares = gathering->shares,
                         .redistributed = conventions->inapplicable == INAPPLICABLE_REDISTRIBUTED,
                         .ranks = ranks,
                         .ties = conventions->ties,
                         .digits = on_printed ? conventions->digits : WEIGHTS_ON_EXACT,
                         .rounding = conventions->rounding,
                         .draw = request->draw,
                         .spread = request->spread,
                         .runs = request->runs,
                         .seed = request->seed};
    report->influences = memory_new(gathering->leaf_count, sizeof *report->influences);
    report->outcome = weight_sensitivity(&trial, spreads, report->influences);
    for (size_t s = 0; s < gathering->count; s++)
        gathering->subjects[s].spread = spreads[s];
    free(spreads);
    free(ranks);
}

bool weights_analyse(const WeightsRequest *request, WeightsReport *report, Error *error) {
    Gathering gathering = {.request = request,
                           .assessment = &request->description->assessments[request->assessment]};
    *report = (WeightsReport){0};
    find_leaves(&gathering);
    bool good = gather(&gathering, error);
    if (good) {
        try_weights(&gathering, report);
        qsort(gathering.subjects, gathering.count, sizeof *gathering.subjects, by_rank);
    }
    report->subjects = gathering.subjects;
    report->subject_count = gathering.count;
    report->items = gathering.leaves;
    report->item_count = gathering.leaf_count;
    free(gathering.points);
    free(gathering.shares);
    if (good)
        sort_items(report);
    else
        weights_free(report);
    return good;
}

void weights_free(WeightsReport *report) {
    free(report->subjects);
    free(report->items);
    free(report->influences);
    *report = (WeightsReport){0};
}
