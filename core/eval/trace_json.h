// One rule call as JSON: { rule, year, region, indicator, plan, assessment, item, veto, warning,
// unit, arguments, result, error }, indexes as in the description, −1 for none. Made by workers for
// explanations; explain.c checks every index before use.
#pragma once

#include <jansson.h>

#include "core/eval/evaluate.h"

json_t *trace_to_json(const Description *description, const RuleTrace *trace);
