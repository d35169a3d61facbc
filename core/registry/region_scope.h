// The regions that a question is about: one with all below it, or all.
//
// A copy of what the store says when it is read. One thread builds it; many may read it.
#pragma once

#include "core/base/map.h"
#include "core/base/memory.h"
#include "db/store.h"

// Free with region_scope_free.
typedef struct RegionScope {
    const char **codes; // ascending
    size_t count;
    Map places; // code → its place
    Arena arena;
} RegionScope;

// `top` is the highest region, NULL for all there are. ERROR_NOT_FOUND when it is not there.
MUST_CHECK bool region_scope_read(Store *store, const char *top, RegionScope *scope, Error *error);
// One region that has none below it, without asking the store; `code` is borrowed.
void region_scope_of_leaf(const char *code, RegionScope *scope);
// Leaves only what is in `covered` too, whose keys are codes (run_read_covered).
void region_scope_keep(RegionScope *scope, const Map *covered);
bool region_scope_has(const RegionScope *scope, const char *code);
void region_scope_free(RegionScope *scope);
