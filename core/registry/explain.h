// Explaining a figure: from an item, plan, indicator or warning down to each observation's revision
// and each rule's file and line.
//
// One region is evaluated again with every rule call noted, so the tree shows what the rules were
// really given. What is computed must be, byte for byte, what the run holds; else nothing is shown.
// An indicator or a plan is told in full once in a tree, where it first comes up; later it is named
// with its value and "see_above". A tree has 50,000 nodes at most; where it was cut, a node says
// so.
//
// A node is { title, value?, id?, detail?, rule? { file, line, owner }, result?, error?,
// declared? { file, line }, observation? { region, indicator, breakdown, year, value?, revision,
// data_version, kind, source?, note?, entered_by, entered_at }, see_above?: true,
// sample_observations? (how many of what it was made from are sample data), children?: [nodes] }.
// Values are texts as printed; `result` is what the rule gave, before it was rounded, capped or
// scaled; `error` says why it gave nothing. The loop's thread.
#pragma once

#include "core/registry/runs.h"

typedef struct ExplainRequest {
    const LoadedPack *pack;
    const char *region; // code
    const char
        *item; // an item, assessment, plan, "plan.domain", indicator, data item, fact or warning
    const char *unit; // for assessments of units; NULL otherwise
    int year;
    int64_t data_version;
    const Run
        *run; // the stored run to explain, with that year and data version; NULL when there is none
} ExplainRequest;

// The tree (new reference); NULL with problems: an unknown item (with the nearest one), a region
// the pack does not evaluate or that reported nothing for the year, a worker that failed, and
// ERROR_CONFLICT when the run holds something else than its rules give now.
json_t *explain_build(const JobHost *host, Store *store, const ExplainRequest *request,
                      ProblemList *problems);
// Whether the pack has something of that name.
bool explain_knows(const Description *description, const char *item);
