// What follows from a region's results: counts, attainment rates, totals and grades.
//
// Pure functions over results that are there; used by workers (rules name these figures) and by
// the host (which derives them rather than believe them). Any thread.
#pragma once

#include "core/eval/result.h"
#include "core/stats/attainment.h"

// Counts over a plan, or over one of its domains (domain ≥ 0), by the plan's conventions:
// objectives shown by evidence are left out when they do not count, and an unmet or near-met
// indicator that is forecast to reach its target in time counts as met when expected_counts says
// so.
AttainmentCounts tally_counts(const Description *description, const IndicatorResult *indicators,
                              int plan, int domain);
// The same over a plan, read off a region's record.
AttainmentCounts tally_record(const ResultLayout *layout, const uint8_t *record, int plan);
// The same judged by another target set (an index in the description's set_names): indicators
// without a target in it are passed over, objectives and forecasts play no part.
AttainmentCounts tally_counts_of_set(const Description *description,
                                     const IndicatorResult *indicators, int plan, int domain,
                                     int set);
// The attainment rate as a fraction and in per cent; NaN when nothing is assessable.
double tally_attainment(const Plan *plan, AttainmentCounts counts);
double tally_attainment_percent(const Plan *plan, AttainmentCounts counts);
int tally_assessable(const Plan *plan, AttainmentCounts counts);

// A figure of a plan or domain as rules name it; NaN where it has none.
double tally_figure(const Plan *plan, AttainmentCounts counts, PlanFigure figure);
// What an indicator counts as, given its status and the year its forecast reaches the target.
Status tally_counted_status(const Indicator *indicator, const Plan *plan, Status status,
                            double reach_year);

typedef struct AssessmentTotal {
    double total;   // points earned; exact, not rounded
    double printed; // the same at the printed precision
    double maximum; // points that could be earned
    int grade;      // index; -1 when the assessment has no grades or nothing applies
    double *item_scores,
        *item_points; // by item: as they count after the inapplicable ones are dealt with
} AssessmentTotal;

// Sums the items by the conventions and finds the grade; where inapplicable items are taken off the
// total, the grades' limits shrink with it. Sums are freed of binary noise, so that truncation
// shows 14.4 and not 14.39. The arrays are in the arena.
AssessmentTotal tally_assessment(const Description *description, const AssessmentResult *assessed,
                                 Arena *arena);
