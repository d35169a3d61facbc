// What `biaochi bench` prints: a table for people, one JSON object, or rows of CSV. One thread.
//
// Both print in the chosen format and give the exit code: findings when results differ or a
// contender failed.
#pragma once

#include "core/bench/bench.h"
#include "core/cli/command.h"

int bench_print(const Cli *cli, const BenchReport *report);
// Measurements of nations of several sizes, the smallest first, and how their times grow.
int bench_print_growth(const Cli *cli, const BenchReport *reports, size_t count);
// Says what is not installed, failed or found something else.
void bench_print_problems(const BenchReport *report);
