// Everything a pack declares as one list, in the order it was declared: what a person lists,
// compares and checks against a document.
//
// It is read off the description's JSON as it stands, without knowing what each field means, so
// that a new kind of declaration needs nothing here but its place. The JSON must have passed
// description_parse and must outlive the list.
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/memory.h"

typedef struct PackNode {
    const char *kind; // "indicator", "item", "clause" …
    const char *id;   // with its holder's where ids are unique only there: "women.health"
    const char *title, *file;
    int line;
    bool inherited; // as a pack that this one extends declared it
    const json_t *json;
} PackNode;

typedef struct PackNodes {
    PackNode *items;
    size_t count, capacity;
    const json_t *parents; // of the description
    Arena arena;           // the ids
} PackNodes;

void pack_nodes_read(const json_t *description, PackNodes *nodes);
void pack_nodes_free(PackNodes *nodes);

// Whether a file that a description names is of one of the packs listed: `parents` is the
// description's.
bool pack_file_is_carried(const json_t *parents, const char *file);

// Whether a node's member says something of the node itself: not its name, its place, what it
// holds, how it is printed, or the number of a rule.
bool pack_node_says(const char *key);
// Whether the member is the number of a rule.
bool pack_node_is_rule(const char *key);
// Whether the member names other nodes.
bool pack_node_links(const char *key);
