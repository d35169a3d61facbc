// Loading the pack in a folder that was named on the command line.
#pragma once

#include "core/cli/command.h"
#include "core/registry/registry.h"

// Checks the pack, with `run_specs` tests it; problems are printed. Gives the exit code; the pack
// is to be freed with loaded_pack_free in any case.
int cli_load_pack(Cli *cli, char *folder, bool run_specs, LoadedPack *pack);
