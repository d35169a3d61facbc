// Contributions of items to the difference of two scores: see differences.h.
#include "core/analysis/differences.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/differences_inside.h"
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/registry/explain.h"

// One side, opened.
typedef struct Opened {
    const DifferenceSide *side;
    const Assessment *assessment;
    ResultLayout *layout;
    Assessed assessed;
} Opened;

// ---- opening -----------------------------------------------------------------------------------

static bool unknown_unit(const Description *description, const char *unit, Error *error) {
    const char **names = memory_new(2 * description->unit_count, sizeof *names);
    for (size_t u = 0; u < description->unit_count; u++) {
        names[2 * u] = description->units[u].id;
        names[2 * u + 1] = description->units[u].title;
    }
    error_set(error, ERROR_NOT_FOUND,
              T("pack \"%s\" has no unit \"%s\"", "评估包“%s”中没有成员单位“%s”"), description->id,
              unit);
    const char *near = nearest_name(unit, names, 2 * description->unit_count);
    if (near) error_hint(error, T("did you mean \"%s\"?", "是否应为“%s”？"), near);
    free(names);
    return false;
}

// −1 for the region itself.
static bool find_unit(const Description *description, const Assessment *assessment,
                      const char *unit, int *index, Error *error) {
    *index = -1;
    if (!unit && assessment->of != OF_UNIT) return true;
    if (!unit) {
        error_set(error, ERROR_NOT_FOUND,
                  T("\"%s\" assesses units, not regions", "“%s”的对象是成员单位，不是行政区划"),
                  assessment->id);
        return error_hint(error, "%s", T("name one with --unit", "请用 --unit 指定"));
    }
    for (size_t u = 0; u < description->unit_count; u++)
        if (strcmp(description->units[u].id, unit) == 0 ||
            strcmp(description->units[u].title, unit) == 0)
            *index = (int)u;
    if (*index < 0) return unknown_unit(description, unit, error);
    return assessment->of == OF_UNIT ||
           error_set(error, ERROR_NOT_FOUND,
                     T("\"%s\" assesses regions, not units", "“%s”的对象是行政区划，不是成员单位"),
                     assessment->id);
}

static bool open_side(const char *id, const DifferenceSide *side, Opened *opened, Error *error) {
    const Description *description = side->pack->description;
    int index = description_assessment(description, id), unit;
    *opened = (Opened){.side = side};
    if (index < 0) {
        error_set(error, ERROR_NOT_FOUND,
                  T("pack \"%s\" %s has no assessment \"%s\"", "评估包“%s”%s 中没有考核“%s”"),
                  description->id, description->version, id);
        return false;
    }
    opened->assessment = &description->assessments[index];
    opened->layout = layout_new(description, side->run->year, false);
    return find_unit(description, opened->assessment, side->unit, &unit, error) &&
           assessed_read(side->run, opened->layout, index, side->region, unit, &opened->assessed,
                         error);
}

static void close_side(Opened *opened) {
    if (opened->layout) {
        assessed_free(&opened->assessed);
        layout_free(opened->layout);
    }
}

// ---- items -------------------------------------------------------------------------------------

static int find_item(const Assessment *assessment, const char *id) {
    for (size_t i = 0; i < assessment->item_count; i++)
        if (strcmp(assessment->items[i].id, id) == 0) return (int)i;
    return -1;
}

static int find_difference(const DifferencesReport *report, const char *id) {
    for (size_t i = 0; i < report->item_count; i++)
        if (strcmp(report->items[i].id, id) == 0) return (int)i;
    return -1;
}

static void take_side(ItemDifference *difference, const Opened *opened, int side) {
    int index = find_item(opened->assessment, difference->id);
    if (index < 0) return;
    difference->present[side] = true;
    difference->states[side] = opened->assessed.results->items[index].state;
    difference->scores[side] = opened->assessed.total.item_scores[index];
    difference->points[side] = opened->assessed.total.item_points[index];
}

static bool is_leaf_in(const Opened *opened, const char *id) {
    int index = find_item(opened->assessment, id);
    return index >= 0 && assessed_is_leaf(&opened->assessment->items[index]);
}

// What an item holds on one side is inside its score where it holds nothing on the other.
static void list_item(DifferencesReport *report, const Opened opened[SIDES],
                      const Assessment *assessment, const Item *item) {
    const char *above = item->parent >= 0 ? assessment->items[item->parent].id : NULL;
    int parent = above ? find_difference(report, above) : -1;
    bool inside = above && (parent < 0 || report->items[parent].leaf);
    if (inside || find_difference(report, item->id) >= 0) return;
    ItemDifference *difference = &report->items[report->item_count++];
    *difference = (ItemDifference){.id = arena_string(&report->arena, item->id),
                                   .title = arena_string(&report->arena, item->title),
                                   .parent = parent,
                                   .depth = parent >= 0 ? report->items[parent].depth + 1 : 0,
                                   .leaf = is_leaf_in(&opened[0], item->id) ||
                                           is_leaf_in(&opened[1], item->id)};
    for (int s = 0; s < SIDES; s++)
        take_side(difference, &opened[s], s);
}

// The first side's items, then those that only the second one's pack has.
static void list_items(DifferencesReport *report, const Opened opened[SIDES]) {
    size_t most = opened[0].assessment->item_count + opened[1].assessment->item_count;
    report->items = memory_new(most, sizeof *report->items);
    for (int side = 0; side < SIDES; side++) {
        const Assessment *assessment = opened[side].assessment;
        for (size_t i = 0; i < assessment->item_count; i++)
            list_item(report, opened, assessment, &assessment->items[i]);
    }
}

// ---- indicators --------------------------------------------------------------------------------

static void mark_plans(const Opened *opened, const Rule *rule, bool *counted) {
    for (size_t i = 0; i < rule->input_count; i++) {
        const Input *input = &rule->inputs[i];
        int plan = input->plan >= 0 ? input->plan : opened->assessment->plan;
        if (input->kind == INPUT_PLAN && plan >= 0) counted[plan] = true;
    }
}

// The plans in which a rule of the assessment counts indicators.
static bool *counted_plans(const Opened *opened) {
    const Description *description = opened->layout->description;
    bool *counted = memory_new(description->plan_count, sizeof *counted);
    for (size_t i = 0; i < opened->assessment->item_count; i++) {
        const Item *item = &opened->assessment->items[i];
        if (item->score >= 0) mark_plans(opened, &description->rules[item->score], counted);
        if (item->applies >= 0) mark_plans(opened, &description->rules[item->applies], counted);
    }
    return counted;
}

// By the id of the first side's indicator; both packs must have it.
static void compare_statuses(DifferencesReport *report, const Opened opened[SIDES], size_t index) {
    const Description *first = opened[0].layout->description;
    const Indicator *indicator = &first->indicators[index];
    int other = description_indicator(opened[1].layout->description, indicator->id);
    if (other < 0) return;
    const IndicatorResult *results[SIDES] = {&opened[0].assessed.result.indicators[index],
                                             &opened[1].assessed.result.indicators[other]};
    if (results[0]->statuses[0] == results[1]->statuses[0]) return;
    StatusDifference *difference = &report->statuses[report->status_count++];
    *difference = (StatusDifference){.id = indicator->id,
                                     .title = indicator->title,
                                     .plan = first->plans[indicator->plan].id,
                                     .digits = indicator->digits,
                                     .rounding = indicator->conventions.rounding};
    for (int s = 0; s < SIDES; s++) {
        difference->statuses[s] = (Status)results[s]->statuses[0];
        difference->values[s] = results[s]->metrics[METRIC_VALUE];
    }
}

static void list_statuses(DifferencesReport *report, const Opened opened[SIDES]) {
    const Description *description = opened[0].layout->description;
    bool *counted = counted_plans(&opened[0]);
    report->statuses =
        arena_new(&report->arena, description->indicator_count + 1, sizeof *report->statuses);
    for (size_t i = 0; i < description->indicator_count; i++)
        if (counted[description->indicators[i].plan]) compare_statuses(report, opened, i);
    free(counted);
}

// ---- contributions -----------------------------------------------------------------------------

static int64_t billionths(double points) {
    return llround(points * BILLIONTHS);
}

static void split_leaf(ItemDifference *item) {
    double shares[SIDES];
    for (int side = 0; side < SIDES; side++)
        shares[side] = item->points[side] > 0 ? item->scores[side] / item->points[side] : NAN;
    for (int side = 0; side < SIDES; side++)
        if (isnan(shares[side])) shares[side] = isnan(shares[1 - side]) ? 0 : shares[1 - side];
    double by_points = (item->points[0] - item->points[1]) * (shares[0] + shares[1]) / 2;
    item->contribution = billionths(item->scores[0]) - billionths(item->scores[1]);
    item->from_points = billionths(by_points);
    item->from_scoring = item->contribution - item->from_points;
}

// Whether a contribution shows by its digits that it was rounded.
static bool is_long(const ItemDifference *item) {
    return item->contribution % 1000 != 0;
}

static bool takes_rest_before(const ItemDifference *candidate, const ItemDifference *than) {
    if (!than || is_long(candidate) != is_long(than)) return !than || is_long(candidate);
    return llabs(candidate->contribution) > llabs(than->contribution);
}

// What roundings of single items left goes where it is least seen.
static void put_rest(DifferencesReport *report) {
    ItemDifference *taker = NULL;
    int64_t rest = report->difference;
    for (size_t i = 0; i < report->item_count; i++) {
        ItemDifference *item = &report->items[i];
        if (!item->leaf) continue;
        rest -= item->contribution;
        if (takes_rest_before(item, taker)) taker = item;
    }
    if (!taker) return;
    taker->contribution += rest;
    taker->from_scoring += rest;
}

static void contribute(DifferencesReport *report) {
    for (size_t i = 0; i < report->item_count; i++)
        if (report->items[i].leaf) split_leaf(&report->items[i]);
    put_rest(report);
    for (size_t i = report->item_count; i-- > 0;) {
        const ItemDifference *item = &report->items[i];
        if (item->parent < 0) continue;
        ItemDifference *parent = &report->items[item->parent];
        parent->contribution += item->contribution;
        parent->from_points += item->from_points;
        parent->from_scoring += item->from_scoring;
    }
}

// ---- order -------------------------------------------------------------------------------------

// The largest child of `parent` that was not taken yet, -1 when there is none; the first of equals.
static int largest_left(const DifferencesReport *report, int parent, const bool *taken) {
    int largest = -1;
    for (size_t i = 0; i < report->item_count; i++) {
        const ItemDifference *item = &report->items[i];
        if (taken[i] || item->parent != parent) continue;
        if (largest < 0 || llabs(item->contribution) > llabs(report->items[largest].contribution))
            largest = (int)i;
    }
    return largest;
}

typedef struct Sorting {
    const DifferencesReport *report;
    ItemDifference *sorted;
    size_t count;
    bool *taken;
} Sorting;

// `parent` as it was, `place` where it is now.
static void sort_below(Sorting *sorting, int parent, int place) {
    for (int next; (next = largest_left(sorting->report, parent, sorting->taken)) >= 0;) {
        int here = (int)sorting->count++;
        sorting->taken[next] = true;
        sorting->sorted[here] = sorting->report->items[next];
        sorting->sorted[here].parent = place;
        sort_below(sorting, next, here);
    }
}

static void sort_items(DifferencesReport *report) {
    Sorting sorting = {.report = report,
                       .sorted = memory_new(report->item_count, sizeof *sorting.sorted),
                       .taken = memory_new(report->item_count, sizeof *sorting.taken)};
    sort_below(&sorting, -1, -1);
    free(sorting.taken);
    free(report->items);
    report->items = sorting.sorted;
}

// ---- all of it ---------------------------------------------------------------------------------

static void take_totals(DifferencesReport *report, const Opened opened[SIDES]) {
    for (int s = 0; s < SIDES; s++) {
        const AssessmentTotal *total = &opened[s].assessed.total;
        const Assessment *assessment = opened[s].assessment;
        int veto = opened[s].assessed.results->veto;
        report->sides[s] = *opened[s].side;
        report->sides[s].total = total->total;
        report->sides[s].printed = total->printed;
        report->sides[s].grade = total->grade >= 0 ? assessment->grades[total->grade].name : NULL;
        report->sides[s].samples = samples_behind_item(
            opened[s].side->samples_seen, opened[s].assessed.region,
            opened[s].assessed.results->assessment, -1, opened[s].assessed.results->unit);
        report->sides[s].veto = veto >= 0 ? assessment->vetoes[veto].title : NULL;
    }
    report->title = opened[0].assessment->title;
    report->difference = billionths(report->sides[0].total) - billionths(report->sides[1].total);
    report->same_pack =
        strcmp(report->sides[0].run->pack_hash, report->sides[1].run->pack_hash) == 0 &&
        strcmp(report->sides[0].run->std_hash, report->sides[1].run->std_hash) == 0;
}

static bool explain_sides(const JobHost *host, Store *store, const char *assessment,
                          DifferencesReport *report, ProblemList *problems) {
    json_t *trees[SIDES] = {NULL};
    bool good = true;
    for (int s = 0; s < SIDES && good; s++) {
        const DifferenceSide *side = &report->sides[s];
        ExplainRequest request = {.pack = side->pack,
                                  .region = side->region,
                                  .item = assessment,
                                  .unit = side->unit,
                                  .year = side->run->year,
                                  .data_version = side->run->data_version,
                                  .run = side->run};
        trees[s] = explain_build(host, store, &request, problems);
        good = trees[s] != NULL;
    }
    if (good) differences_compare_inputs(report, (const json_t *const *)trees);
    for (int s = 0; s < SIDES; s++)
        json_decref(trees[s]);
    return good;
}

bool differences_analyse(const JobHost *host, Store *store, const char *assessment,
                         const DifferenceSide sides[SIDES], DifferencesReport *report,
                         ProblemList *problems) {
    Opened opened[SIDES] = {{NULL}};
    Error error = {0};
    *report = (DifferencesReport){0};
    bool good = open_side(assessment, &sides[0], &opened[0], &error) &&
                open_side(assessment, &sides[1], &opened[1], &error);
    if (good) {
        take_totals(report, opened);
        list_items(report, opened);
        contribute(report);
        sort_items(report);
        list_statuses(report, opened);
    } else {
        problems_add(problems, &error);
    }
    close_side(&opened[0]);
    close_side(&opened[1]);
    good = good && explain_sides(host, store, assessment, report, problems);
    if (!good) differences_free(report);
    return good;
}

double differences_points(int64_t billionths) {
    return (double)billionths / BILLIONTHS;
}

void differences_free(DifferencesReport *report) {
    free(report->items);
    arena_free(&report->arena);
    *report = (DifferencesReport){0};
}
