// What the subcommands of `biaochi analyse` share: the runs they look at, assessments by name,
// JSON.
//
// Analyses look at stored runs, each with the pack version it was made with, and store nothing. One
// thread.
#pragma once

#include "core/cli/command.h"
#include "core/registry/samples.h"

// A stored run with its pack. Free with analyse_free_run.
typedef struct AnalysedRun {
    Run run;
    LoadedPack pack;
    Samples samples; // that the run saw; of this object's run, so that it must not be moved
} AnalysedRun;

// The newest run of a pack for a year (0: any). ERROR_NOT_FOUND when there is none, ERROR_CONFLICT
// when another engine made it.
MUST_CHECK bool analyse_open_run(const Cli *cli, const char *pack, int year, AnalysedRun *analysed,
                                 Error *error);
void analyse_free_run(AnalysedRun *analysed);

// Analyses one pack. What is not there (ERROR_NOT_FOUND) is told only when it is so for all packs.
typedef bool (*AnalyseFunction)(void *context, const LoadedPack *pack, ProblemList *problems);
// Calls `each` for the active packs, or the one named. EXIT_DONE when it was good for one of them
// at least and not found for the others; else the problems are printed.
MUST_CHECK int analyse_packs(Cli *cli, const char *pack_id, AnalyseFunction each, void *context);

// The index of an assessment; ERROR_NOT_FOUND with the nearest one.
MUST_CHECK bool analyse_find_assessment(const Description *description, const char *id, int *index,
                                        Error *error);
// Sample data among the observations of the pack's regions up to a year, as they are now.
MUST_CHECK bool analyse_count_samples(const Cli *cli, const Description *description, int year,
                                      size_t *count, Error *error);
// Says so: with the tables, or beside csv on standard error. Nothing when there are none.
void analyse_note_samples(const Cli *cli, size_t count);
// What every analysis of a run says of it, as members of a new object.
json_t *analyse_run_json(const Run *run);
// Prints and releases it.
void analyse_print_json(json_t *json);
// Null for NaN.
json_t *analyse_number(double value);
// A cell with a part of 1 in per cent, to one place: "37.5".
void analyse_percent_cell(OutputTable *table, double part);
