// Explaining a figure: from an item, plan, indicator or warning down to each observation's revision
// and each rule's file and line.
//
// One region is evaluated again with every rule call noted, so the tree shows what the rules were
// really given. A node is { title, value?, id?, rule? { file, line, owner }, observation? { region,
// indicator, breakdown, year, value, revision, data_version, kind, source, note, entered_by,
// entered_at }, children? [nodes] }; values are texts as printed.
#pragma once

#include "core/registry/runs.h"

typedef struct ExplainRequest {
    const LoadedPack *pack;
    const char *region; // code
    const char *item;   // an item, assessment, plan, "plan.domain", indicator, data item, fact or warning
    const char *unit;   // for assessments of units; NULL otherwise
    int year;
    int64_t data_version;
    const json_t *regions; // of a run's identity; NULL for the regions as they are
} ExplainRequest;

// The tree (new reference); NULL with problems: an unknown item (with the nearest one), a region the
// pack does not evaluate, a worker that failed.
json_t *explain_build(const JobHost *host, Store *store, const ExplainRequest *request, ProblemList *problems);
// Whether the pack has something of that name.
bool explain_knows(const Description *description, const char *item);
