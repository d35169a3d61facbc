// Loading the pack in a folder, or a ZIP archive, that was named on the command line.
#pragma once

#include "core/cli/command.h"
#include "core/registry/family.h"

// Checks the pack, with `run_specs` tests it; problems are printed. A name that ends with ".zip" is
// an archive's. Gives the exit code; the pack is to be freed with loaded_pack_free in any case.
// Packs that it extends are those in the folders beside it, else the workspace's active ones.
int cli_load_pack(Cli *cli, char *folder, bool run_specs, LoadedPack *pack);
// The same with the packs that it extends from those places.
int cli_load_pack_from(Cli *cli, char *folder, const ParentPlaces *places, bool run_specs,
                       LoadedPack *pack);
// The files alone, of a folder or an archive.
MUST_CHECK bool cli_read_bundle(const char *path, Bundle *bundle, ProblemList *problems);
// Prints the problems of a pack and that the rules in force are as they were: a server may have
// stored the version before it failed. Gives the exit code.
int cli_fail_pack(const Cli *cli, const char *folder, const ProblemList *problems);
// The workspace's store where there is one that can be opened, else NULL: for ParentPlaces, with
// the Cli as context.
Store *cli_store_if_any(void *context);

// What `pack test` says of a pack that was tested, or of its problems. Gives the exit code.
int cli_report_test(const Cli *cli, const char *folder, const LoadedPack *pack,
                    const ProblemList *problems);
// Tests the pack, and again whenever it or a folder of a pack that it extends changes, until the
// program is told to end. Gives the exit code.
int cli_watch_pack(Cli *cli, const char *folder, const ParentPlaces *places);
// What a check or test that went well says.
void cli_print_pack_summary(const Cli *cli, const LoadedPack *pack);
