// Two scores of stored runs taken apart, with the inputs that differ: see differences.h.
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
        return error_hint(error, "%s", T("name one of the units", "请指定一个成员单位"));
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

static void take_items(DifferencesReport *report, const Opened opened[SIDES]) {
    ItemSide sides[SIDES];
    for (int s = 0; s < SIDES; s++)
        sides[s] =
            (ItemSide){opened[s].assessment, opened[s].assessed.results, &opened[s].assessed.total};
    report->items = differences_of_items(sides, &report->arena, &report->item_count);
}

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
    report->difference = differences_billionths(report->sides[0].total) -
                         differences_billionths(report->sides[1].total);
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
        take_items(report, opened);
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
