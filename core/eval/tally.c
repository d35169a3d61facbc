// Counts, rates, totals and grades: see tally.h.
#include "core/eval/tally.h"

#include <math.h>

Status tally_counted_status(const Indicator *indicator, const Plan *plan, Status status,
                            double reach_year) {
    if (indicator->is_objective && !plan->conventions.count_evidence) return STATUS_NOT_APPLICABLE;
    // What is near has less far to go than what is unmet: it must not count for less.
    bool open = status == STATUS_UNMET || status == STATUS_NEAR;
    bool expected = plan->conventions.expected_counts && open && reach_year <= plan->last_year;
    return expected ? STATUS_MET : status;
}

static void tally_count(AttainmentCounts *counts, Status counted) {
    switch (counted) {
        case STATUS_MET: counts->met++; break;
        case STATUS_NEAR: counts->near_met++; break;
        case STATUS_UNMET: counts->unmet++; break;
        case STATUS_NO_DATA: counts->no_data++; break;
        case STATUS_NOT_APPLICABLE:
        case STATUS_COUNT: counts->not_applicable++; break;
    }
}

AttainmentCounts tally_counts(const Description *description, const IndicatorResult *indicators,
                              int plan_index, int domain) {
    const Plan *plan = &description->plans[plan_index];
    const int *members = domain >= 0 ? plan->domains[domain].indicators : plan->indicators;
    size_t count = domain >= 0 ? plan->domains[domain].indicator_count : plan->indicator_count;
    AttainmentCounts counts = {0};
    for (size_t i = 0; i < count; i++) {
        const IndicatorResult *result = &indicators[members[i]];
        tally_count(&counts, tally_counted_status(&description->indicators[members[i]], plan,
                                                  (Status)result->statuses[0],
                                                  result->metrics[METRIC_REACH_YEAR]));
    }
    return counts;
}

AttainmentCounts tally_record(const ResultLayout *layout, const uint8_t *record, int plan_index) {
    const Description *description = layout->description;
    const Plan *plan = &description->plans[plan_index];
    AttainmentCounts counts = {0};
    for (size_t i = 0; i < plan->indicator_count; i++) {
        int index = plan->indicators[i];
        Status status = (Status)record[layout->statuses[index]];
        // Only what is open may count for more than it is, and only then is the year looked at.
        bool open = status == STATUS_UNMET || status == STATUS_NEAR;
        double reach_year = open && plan->conventions.expected_counts
                                ? result_metric(layout, record, index, METRIC_REACH_YEAR)
                                : NAN;
        tally_count(&counts, tally_counted_status(&description->indicators[index], plan, status,
                                                  reach_year));
    }
    return counts;
}

AttainmentCounts tally_counts_of_set(const Description *description,
                                     const IndicatorResult *indicators, int plan_index, int domain,
                                     int set) {
    const Plan *plan = &description->plans[plan_index];
    const int *members = domain >= 0 ? plan->domains[domain].indicators : plan->indicators;
    size_t count = domain >= 0 ? plan->domains[domain].indicator_count : plan->indicator_count;
    AttainmentCounts counts = {0};
    if (set == 0) return tally_counts(description, indicators, plan_index, domain);
    for (size_t i = 0; i < count; i++) {
        int place = description_target_set(description, members[i], set);
        if (place >= 0) tally_count(&counts, (Status)indicators[members[i]].statuses[place]);
    }
    return counts;
}

double tally_attainment(const Plan *plan, AttainmentCounts counts) {
    return attainment_rate(counts, plan->conventions.near_counts,
                           plan->conventions.no_data == NO_DATA_UNMET);
}

double tally_attainment_percent(const Plan *plan, AttainmentCounts counts) {
    return attainment_percent(counts, plan->conventions.near_counts,
                              plan->conventions.no_data == NO_DATA_UNMET);
}

int tally_assessable(const Plan *plan, AttainmentCounts counts) {
    return counts.met + counts.near_met + counts.unmet +
           (plan->conventions.no_data == NO_DATA_UNMET ? counts.no_data : 0);
}

double tally_figure(const Plan *plan, AttainmentCounts counts, PlanFigure figure) {
    switch (figure) {
        case FIGURE_ATTAINMENT: return tally_attainment(plan, counts);
        case FIGURE_MET: return counts.met;
        case FIGURE_NEAR: return counts.near_met;
        case FIGURE_UNMET: return counts.unmet;
        case FIGURE_NO_DATA: return counts.no_data;
        case FIGURE_ASSESSABLE: return tally_assessable(plan, counts);
        case FIGURE_COUNT: break;
    }
    return NAN;
}

static bool holds_items(const Assessment *assessment, size_t item) {
    return item + 1 < assessment->item_count && assessment->items[item + 1].parent == (int)item;
}

// Points of the leaves that apply and of all leaves.
static void sum_points(const Assessment *assessment, const AssessmentResult *assessed,
                       double *applicable, double *all) {
    *applicable = *all = 0;
    for (size_t i = 0; i < assessment->item_count; i++) {
        if (holds_items(assessment, i)) continue;
        *all += assessment->items[i].points;
        if (assessed->items[i].state != ITEM_NOT_APPLICABLE)
            *applicable += assessment->items[i].points;
    }
}

// 60 × 0.24 is 14.399999999999999 in binary; as a decimal figure it is 14.4.
static double clean(double value) {
    return decimal_round(value, 9, ROUNDING_HALF_UP);
}

static int grade_of(const Assessment *assessment, const AssessmentResult *assessed,
                    const AssessmentTotal *total) {
    if (!(total->maximum > 0)) return -1;
    if (assessed->veto >= 0) return assessment->vetoes[assessed->veto].grade;
    double comparable = clean(total->printed * assessment->points / total->maximum);
    for (size_t g = 0; g < assessment->grade_count; g++)
        if (comparable >= assessment->grades[g].from) return (int)g;
    return (int)assessment->grade_count - 1;
}

// The points and score of an item that holds no others, before they are scaled.
static void leaf_points(const Item *item, const ItemResult *result, const Conventions *conventions,
                        double *points, double *score) {
    bool inapplicable = result->state == ITEM_NOT_APPLICABLE;
    bool full = inapplicable && conventions->inapplicable == INAPPLICABLE_FULL;
    *points = inapplicable && !full ? 0 : item->points;
    *score = full ? item->points : result->score;
}

AssessmentTotal tally_assessment(const Description *description, const AssessmentResult *assessed,
                                 Arena *arena) {
    const Assessment *assessment = &description->assessments[assessed->assessment];
    const Conventions *conventions = &description->conventions;
    size_t count = assessment->item_count;
    AssessmentTotal total = {.item_scores = arena_new(arena, count + 1, sizeof(double)),
                             .item_points = arena_new(arena, count + 1, sizeof(double))};
    double applicable, all;
    sum_points(assessment, assessed, &applicable, &all);
    for (size_t i = count; i-- > 0;) {
        const Item *item = &assessment->items[i];
        if (!holds_items(assessment, i))
            leaf_points(item, &assessed->items[i], conventions, &total.item_points[i],
                        &total.item_scores[i]);
        if (item->parent >= 0) {
            total.item_points[item->parent] += total.item_points[i];
            total.item_scores[item->parent] += total.item_scores[i];
        } else {
            total.maximum += total.item_points[i];
            total.total += total.item_scores[i];
        }
    }
    // Each figure is scaled once, after it was summed.
    bool spread = conventions->inapplicable == INAPPLICABLE_REDISTRIBUTED && applicable > 0;
    double numerator = spread ? all : 1, denominator = spread ? applicable : 1;
    for (size_t i = 0; i < count; i++) {
        total.item_points[i] = clean(total.item_points[i] * numerator / denominator);
        total.item_scores[i] = clean(total.item_scores[i] * numerator / denominator);
    }
    total.maximum = clean(total.maximum * numerator / denominator);
    total.total = clean(total.total * numerator / denominator);
    total.printed = decimal_round(total.total, conventions->digits, conventions->rounding);
    total.grade = grade_of(assessment, assessed, &total);
    return total;
}
