// A run as programs are told it: with its results, or only which run it is. Pure functions over
// what the caller holds; one thread.
#pragma once

#include <jansson.h>

#include "core/view/run_view.h"

// The run without its regions (new reference): what names it, how it was made, who was silent.
json_t *view_run_head_json(const RunView *view, const RunTotals *totals);
// The results of the run's region at a place, with what of them rests on sample data (new
// reference); NULL when the stored bytes are damaged. A tree of some thousand nodes: for answers
// made while others wait see region_json.h.
json_t *view_run_region_json(const RunView *view, size_t place);
// Both: the regions that the view carries, by code (new reference).
json_t *view_run_json(const RunView *view, const RunTotals *totals);
// Which run it is and what making it took, without results (new reference); `found`: it was stored
// before and nothing was computed.
json_t *view_run_name_json(const Run *run, bool found);
