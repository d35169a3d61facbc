// `evaluate { … }` of a pack's specs: a small dataset from a table, the whole evaluation over it,
// the results as a table. Runs inside the worker with the pack's own rules.
#pragma once

#include <jansson.h>

#include "core/eval/evaluate.h"

typedef struct SpecContext {
    const Description *description;
    RuleCaller caller;
} SpecContext;

// A SandboxEvaluate: `context` is a SpecContext. The request is { year, observations, regions }
// as plugins/README.md says; the result has the shape of result_to_json with `regions` by code.
json_t *spec_evaluate_request(void *context, const json_t *request, Error *error);
