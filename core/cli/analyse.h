// What the subcommands of `biaochi analyse` share. One thread.
#pragma once

#include "core/analysis/analysis.h"
#include "core/cli/command.h"

// Prints why there is no analysis. Gives the exit code that fits.
int analyse_fail(const Cli *cli, const AnalysisFailure *failure);
// Says that it rests on sample data: with the tables, or beside csv on standard error. Nothing when
// there are none.
void analyse_note_samples(const Cli *cli, size_t count);
// A cell with a part of 1 in per cent, to one place: "37.5".
void analyse_percent_cell(OutputTable *table, double part);
