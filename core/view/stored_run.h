// A stored run ready to be shown: read whole, with the pack it used and all that a view of it
// lends. One thread; the store is read.
#pragma once

#include "core/view/run_view.h"

typedef struct StoredRun {
    Run run;
    LoadedPack pack;
    RegionNames names;
    Samples samples;
    ResultLayout *layout;
    RunView view; // of all regions, or of one alone; points to what stands above
} StoredRun;

// `region` NULL: all. ERROR_NOT_FOUND when there is no such run or region, ERROR_CONFLICT when
// another engine than this program's made the run, whose results it cannot read. Free with
// stored_run_free.
MUST_CHECK bool stored_run_open(Store *store, int64_t id, const char *region, StoredRun **out,
                                Error *error);
void stored_run_free(StoredRun *stored); // NULL is allowed
