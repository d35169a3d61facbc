// What the analyses of core/analysis/analysis.h find as JSON, and whom they speak of. Pure
// functions over what the caller holds; all trees are new references. One thread.
#pragma once

#include <jansson.h>

#include "core/analysis/analysis.h"
#include "core/view/region_names.h"

// Whom a place is of: a region's code or a unit's id, what it is called, and on how many samples
// its score rests.
const char *weighed_code(const Weighed *weighed, const WeightsSubject *subject);
const char *weighed_name(const Weighed *weighed, const WeightsSubject *subject,
                         const RegionNames *names);
size_t weighed_samples(const Weighed *weighed, const WeightsSubject *subject);

// The run, the method, how often places changed, subjects and items.
json_t *view_weights_json(const Weighed *weighed, const RegionNames *names);
// Both sides, the difference, what each item adds to it, and indicators that stood otherwise.
json_t *view_differences_json(const char *assessment, const DifferencesReport *report,
                              const RegionNames *names);
// One of the report's warnings: counts of all levels, by level and by indicator.
json_t *view_backtest_json(const Backtested *tested, const WarningBacktest *test);
// Findings, and how many of each kind there are of how many looked at.
json_t *view_data_json(const Description *description, const QualityReport *report,
                       const RegionNames *names);
