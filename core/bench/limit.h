// The limit: the same work as a pack's, written by hand in C for this one job.
//
// Columns by year, two threads or as many as asked for, loops that the compiler vectorises; no
// rules, no conventions, nothing that could be changed without compiling. What an evaluation costs
// above this is the price of rules that can be. Results are equal to the engine's to the last bit
// (core/eval/figures.c, judge.c, tally.c and core/stats, for the pack of nation_files.h).
#pragma once

#include "core/bench/generate.h"
#include "core/bench/results.h"

// The parts of the work, timed apart.
typedef enum LimitPhase {
    LIMIT_JUDGING,     // statuses, progress, counts by domain
    LIMIT_FORECASTING, // least squares lines
    LIMIT_VOLATILITY,
    LIMIT_WARNING, // levels
    LIMIT_SCORING, // scores and ranks
    LIMIT_PHASES
} LimitPhase;

// Computes all results of the current year with so many threads, the caller's among them. Adds to
// `phase_ms` (may be NULL) what each phase took, summed over the threads.
void limit_compute(const Nation *nation, int threads, Results *results,
                   double phase_ms[LIMIT_PHASES]);
