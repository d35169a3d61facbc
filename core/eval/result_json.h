// A region's results as JSON, with names instead of indexes: for specs, for --format json and for
// the API. Figures are exact; missing ones are left out, so that they read as nil in Lua.
#pragma once

#include <jansson.h>

#include "core/eval/result.h"

// { indicators, plans, assessments, warnings, failures } (new reference).
json_t *result_to_json(const Description *description, const RegionResult *result, int year);
// One plan's { attainment, printed, met, near, unmet, no_data, not_applicable, assessable }, over a
// domain when domain ≥ 0.
json_t *result_plan_to_json(const Description *description, const RegionResult *result, int plan,
                            int domain);
json_t *result_failure_to_json(const Description *description, const RuleFailure *failure);
json_t *result_warning_to_json(const Description *description, const RaisedWarning *warning);
