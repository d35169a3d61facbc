// What the subcommands of `biaochi round` share. One thread.
#pragma once

#include "core/cli/command.h"
#include "core/work/assessment_round.h"

// The number of a round on the command line; 0: it is none, and the error is printed.
int64_t round_argument(const Cli *cli, const char *text, int *exit_code);
// Prints the round as it is now, a row or an object, and gives the exit code.
int round_print(const Cli *cli, int64_t id);
