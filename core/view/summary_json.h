// What a dashboard says first of a pack's results: how its plans stand over the regions, what is
// warned of, who stands best and worst. Written as JSON from what is kept by region (overview.h,
// standing.h), for answers made while others wait. Any thread, as long as nobody changes what is
// handed over.
#pragma once

#include "core/base/json_writer.h"
#include "core/eval/overview.h"
#include "core/eval/standing.h"
#include "core/registry/samples.h"

enum { SUMMARY_SHOWN = 5 }; // regions named as the best, and as the worst

typedef struct SummarySource {
    const Overview *overview;
    const Standings *standings; // by assessment; those of units are passed over
    const bool *included;       // by region: whether it may be told of; NULL: all
    const Samples *samples;     // of the same regions; NULL: nothing is marked
    int own;                    // the pack's own region; -1: it is not among them
    const char *(*code)(size_t region, const void *context);
    const char *(*name)(size_t region, const void *context); // may give NULL
    const void *context;
} SummarySource;

// Writes { regions, failed_rules, failed_regions, sample_observations, sample_regions, plans,
// warnings, assessments }:
// - regions: how many of those included are evaluated;
// - failed_rules, failed_regions: rules that failed, counted once a region, and in how many
//   regions: what they would have given is missing from what follows;
// - sample_observations, sample_regions: how many of those regions' observations are sample data,
//   and in how many regions;
// - plans, those in force in the year: { id, title, own, mean, met, near, unmet, no_data,
//   not_applicable, best, worst }. The counts are sums over the regions; `own` is { attainment,
//   printed, met, near, unmet, no_data, not_applicable, assessable } of the pack's own region, null
//   where it has none; `mean` is that of the attainment rates; best and worst are [{ code, name,
//   attainment, printed }];
// - warnings: { red, orange, yellow, blue, regions }, the last how many regions are warned;
// - assessments: { id, title, assessed, mean, grades: [{ name, regions }], best, worst }, with best
//   and worst [{ code, name, total, printed, grade, rank }] and the grades from the best down.
// Where they rest on sample data, `own` and the regions named as best or worst have
// `sample_observations`; `sample_regions` of a plan or an assessment is how many regions' rates or
// totals do.
// Rates are parts of 1 and means exact; null where there is nothing to tell. At most SUMMARY_SHOWN
// are named, of equal ones the first region as the better, and nobody both as best and as worst.
void view_summary_write(const SummarySource *source, JsonWriter *json);
