// Stored runs and a replay as rows. One thread; the store is read.
#pragma once

#include "core/registry/runs.h"
#include "core/view/output_table.h"

// The stored runs, all or a pack's (NULL: all), newest first; `*foreign` counts those of another
// engine, whose results this program cannot read. Free the rows with output_free, also after a
// failure.
MUST_CHECK bool view_runs_rows(Store *store, const char *pack, OutputTable *rows, size_t *foreign,
                               Error *error);
// What to do about a run of another engine.
const char *view_evaluate_again(void);

// One row: the stored run beside what computing it again gave.
void view_replay_rows(const Run *stored, const Run *again, bool same, OutputTable *rows);
