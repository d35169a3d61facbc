// Packs as rows: stored versions, activations, what a pack declares, and the clauses of its source.
// One thread; where a store is given it is read.
#pragma once

#include "core/pack/coverage.h"
#include "core/pack/nodes.h"
#include "core/registry/registry.h"
#include "core/view/output_table.h"

// Free all rows with output_free, also after a failure.

// The stored versions, all or a pack's (NULL: all), by pack and time.
MUST_CHECK bool view_pack_versions_rows(Store *store, const char *pack, OutputTable *rows,
                                        Error *error);
// What was activated and rolled back, oldest first.
MUST_CHECK bool view_activations_rows(Store *store, const char *pack, OutputTable *rows,
                                      Error *error);
// What the pack declares with its fields in words, or only what is of a kind (NULL: all).
void view_nodes_rows(const PackNodes *nodes, const char *kind, OutputTable *rows);
// Whether the pack declares anything of a kind; else ERROR_NOT_FOUND with the nearest one.
MUST_CHECK bool view_nodes_require_kind(const PackNodes *nodes, const char *kind, Error *error);
// The clauses, and what in the pack carries each.
void view_coverage_rows(const Coverage *coverage, OutputTable *rows);
// ERROR_PACK: the pack declares no document, so that there is nothing to cover. Gives false.
bool view_coverage_refuse(const Description *description, Error *error);
