// Loading a pack from a folder for a subcommand, and what is said of one that went well.
#pragma once

#include "core/cli/command.h"
#include "core/registry/registry.h"

// Reads, checks and with `run_specs` tests the folder; prints what is wrong. Gives the exit code.
// Slashes behind the folder's name are cut off. Free with loaded_pack_free either way.
int pack_load_folder(Cli *cli, char *folder, bool run_specs, LoadedPack *pack);
void pack_print_summary(const Cli *cli, const LoadedPack *pack);
