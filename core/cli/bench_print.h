// What `biaochi bench` prints: a table for people, one JSON object, or rows of CSV. One thread.
#pragma once

#include "core/bench/bench.h"
#include "core/cli/command.h"

// Prints in the chosen format; gives the exit code: findings when results differ or a contender
// failed.
int bench_print(const Cli *cli, const BenchReport *report);
