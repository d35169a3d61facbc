// Packs as JSON: what one is, what of it is of a kind, what it says otherwise than another. Pure
// functions over what the caller holds; one thread.
#pragma once

#include <jansson.h>

#include "core/base/json_writer.h"
#include "core/pack/difference.h"
#include "core/pack/nodes.h"
#include "core/registry/registry.h"

// How many there are of what a pack declares.
typedef struct PackCounts {
    size_t indicators, objectives, tasks; // each counted as one of the three
    size_t rules;                         // that are called: not those that were overridden
} PackCounts;
PackCounts view_pack_counts(const Description *description);

// { ok: true, pack, version, hash, state, indicators, objectives, tasks, rules, specs_passed }
void view_pack_summary_write(const LoadedPack *pack, JsonWriter *json);
// The declarations of a kind as the description has them (new reference).
json_t *view_nodes_json(const PackNodes *nodes, const char *kind);
// { pack, version, extends, extends_version, differences, added, removed, changed } (new
// reference).
json_t *view_difference_json(const Description *parent, const Description *child,
                             const DifferenceList *list);
