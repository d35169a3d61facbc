// Which region lies in which: what rights are judged by.
//
// A copy of the regions' codes and parents, immutable once read: any thread may ask.
#pragma once

#include "db/store.h"

// Stands for the whole workspace where a region is named: every region, known or not, lies in it.
#define REGION_EVERYWHERE "*"

typedef struct RegionTree RegionTree;

// All regions of the store; blocks. Free with region_tree_free.
MUST_CHECK bool region_tree_read(Store *store, RegionTree **out, Error *error);
void region_tree_free(RegionTree *tree); // NULL is allowed
bool region_tree_has(const RegionTree *tree, const char *region);
// Whether the region is `ancestor` or lies in it, at whatever depth. A region that is not known
// lies in itself and REGION_EVERYWHERE alone; REGION_EVERYWHERE lies in nothing but itself.
bool region_tree_within(const RegionTree *tree, const char *region, const char *ancestor);
