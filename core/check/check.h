// Property checks of a pack: data is made up, the pack is run over it, and the results compared.
//
// Nothing is scored here: every figure comes from the engine, with workers and kernels as in any
// run. What does not hold is told by the smallest world found in which it does not. Everything
// follows from the seed: the same pack, seed and number of cases give the same report.
#pragma once

#include "core/check/compare.h"
#include "core/eval/job.h"

typedef struct CheckRequest {
    const JobHost *host; // its progress is told of cases; false cancels
    const PackCode *pack;
    uint64_t seed;
    size_t cases; // situations for each figure; 0 for as many as take a few seconds
} CheckRequest;

// One property that does not hold, in as few observations as were found to show it.
typedef struct CounterExample {
    Finding finding;
    World common;         // what both worlds have
    Observation varied;   // in which they differ; column -1: there is one world only
    double first, second; // its value in each; NaN where it is missing
    int year;
    bool of_units;
} CounterExample;

typedef struct CheckReport {
    Space space;
    size_t cases, worlds;
    size_t checked[PROPERTY_COUNT]; // results, or pairs of them
    CounterExample *examples;       // by property, file and line
    size_t example_count, example_capacity;
} CheckReport;

// False when the pack could not be run; `problems` say why. The report is to be freed either way.
MUST_CHECK bool check_properties(const CheckRequest *request, CheckReport *report,
                                 ProblemList *problems);
void check_report_free(CheckReport *report);
// How many counter-examples against a property were found.
size_t check_example_count(const CheckReport *report, Property property);
// The seed that is taken when none is asked for.
enum { CHECK_DEFAULT_SEED = 1 };
