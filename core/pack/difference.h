// What a pack says otherwise than the one it extends, or a version otherwise than another one,
// declaration by declaration and field by field.
//
// Rules are the same when they do the same, wherever they stand: the descriptions tell their code
// apart (core/lua/rule_code.c). Where they do not, or by another version of Lua, rules are the same
// that stand at the same place.
//
// Both descriptions must have passed description_parse; the list borrows from them. Pure; any
// thread.
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/base/memory.h"

typedef enum DifferenceKind { NODE_ADDED, NODE_REMOVED, NODE_CHANGED } DifferenceKind;
const char *difference_kind_name(DifferenceKind kind); // "added", "removed", "changed"

// One declaration that was added or removed, or one field of one that was changed.
typedef struct Difference {
    DifferenceKind change;
    const char *kind, *id, *title;
    const char *field;            // NULL unless changed
    const json_t *before, *after; // its values; NULL where it has none, or the places speak for it
    // Of a rule: where it stands, "nation/pack.lua:12". Of a `domain`: which it stands in. Else
    // NULL.
    const char *place_before, *place_after;
    // Of a rule whose own code is the same: what it uses that is not, "limits, steps". Else NULL.
    const char *uses;
    const char *where; // in the pack that extends; NULL where it does not say
} Difference;

typedef struct DifferenceList {
    Difference *items; // kind by kind
    size_t count, capacity;
    size_t added, removed, changed; // declarations
    Arena arena;
} DifferenceList;

void difference_read(const json_t *parent, const json_t *child, DifferenceList *list);
void difference_free(DifferenceList *list);
