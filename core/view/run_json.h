// A run as programs are told it: with its results, or only which run it is. Pure functions over
// what the caller holds; one thread.
#pragma once

#include <jansson.h>

#include "core/view/run_view.h"

// The run with the results of the regions that the view carries, by code (new reference). Each is a
// tree of some hundred nodes: for one region at a time on the server see region_json.h.
json_t *view_run_json(const RunView *view, const RunTotals *totals);
// Which run it is and what making it took, without results (new reference); `found`: it was stored
// before and nothing was computed.
json_t *view_run_name_json(const Run *run, bool found);
