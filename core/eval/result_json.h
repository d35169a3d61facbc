// A region's results as JSON, with names instead of indexes: for specs, for --format json and for
// the API. Figures are exact; missing ones are left out, so that they read as nil in Lua.
#pragma once

#include <jansson.h>

#include "core/eval/result.h"

// { year, indicators, plans, assessments, warnings, failures } (new reference).
json_t *result_to_json(const Description *description, const RegionResult *result, int year);
