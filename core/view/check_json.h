// What `pack check --properties` found as JSON. Pure; one thread.
#pragma once

#include <jansson.h>

#include "core/check/check.h"

// { ok, pack, version, seed, cases, situations, properties, without_better, may_fall,
// counter_examples } (new reference).
json_t *view_check_json(const CheckReport *report, const CheckRequest *request);
