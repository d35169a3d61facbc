// Loading the pack in a folder that was named on the command line.
#pragma once

#include "core/cli/command.h"
#include "core/registry/family.h"

// Checks the pack, with `run_specs` tests it; problems are printed. Gives the exit code; the pack
// is to be freed with loaded_pack_free in any case. Packs that it extends are those in the folders
// beside it, else the workspace's active ones.
int cli_load_pack(Cli *cli, char *folder, bool run_specs, LoadedPack *pack);
// The same with the packs that it extends from those places.
int cli_load_pack_from(Cli *cli, char *folder, const ParentPlaces *places, bool run_specs,
                       LoadedPack *pack);
// The workspace's store where there is one that can be opened, else NULL: for ParentPlaces, with
// the Cli as context.
Store *cli_store_if_any(void *context);
