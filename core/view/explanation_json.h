// An explanation as JSON. Pure; one thread.
#pragma once

#include <jansson.h>

#include "core/registry/explain_query.h"

// { pack, pack_hash, std_hash, region, data_version, year, run?, conventions, tree } (new
// reference); the tree's nodes are described in core/registry/explain.h.
json_t *view_explanation_json(const Explanation *explanation, const char *region);
