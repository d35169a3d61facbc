// The warnings of stored runs as rows, the severest first. One thread; the store is read.
#pragma once

#include "core/registry/runs.h"
#include "core/view/output_table.h"
#include "core/view/region_names.h"

typedef struct WarningRowsQuery {
    const PackList *packs;    // the active ones, or those of them that are wanted
    const RegionNames *names; // of all regions
    const char *region;       // NULL for all
    int year;                 // 0: of each pack the newest run
    WarningLevel least;       // this level and worse
    bool for_people;          // levels by their titles
} WarningRowsQuery;

// Of each pack the newest run; a pack without one that this program can read is passed over, and
// `passed_over` (the caller frees it) gets a line that says why. ERROR_NOT_FOUND when there is no
// run at all or the region is in none, ERROR_CONFLICT when the only ones are another engine's.
// Free the rows with output_free, also after a failure.
MUST_CHECK bool view_warning_rows(Store *store, const WarningRowsQuery *query, OutputTable *rows,
                                  Buffer *passed_over, Error *error);
