// A run as tables: plans, indicators, assessments and ranking, warnings, rules that failed.
// One thread.
#pragma once

#include "core/cli/command.h"
#include "core/cli/region_names.h"
#include "core/registry/runs.h"

typedef struct RunView {
    const Cli *cli;
    const Run *run;
    const Description *description;
    const RegionNames *names;
    const char *region; // the region shown in full
    bool found;         // the run was stored before
    bool all;           // also indicators without data
    size_t sample_count; // observations of kind "sample" of the region shown, up to the run's year
} RunView;

// Prints for people. False when the region has no results in the run.
bool run_print_tables(const RunView *view);
// The run with all its results as JSON (new reference).
json_t *run_print_json(const RunView *view);
// Rows of one CSV table: every indicator of every region.
extern const OutputColumn run_indicator_columns[];
enum { RUN_INDICATOR_COLUMNS = 16 };
void run_print_indicator_rows(const RunView *view, OutputTable *table);
// How many rule calls failed.
size_t run_count_failures(const RunView *view);
