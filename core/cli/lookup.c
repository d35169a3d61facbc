// Whether a pack or a region that a person named is in the workspace: see command.h.
#include "core/cli/command.h"
#include "core/registry/registry.h"

bool cli_require_pack(const Cli *cli, const char *id, int *exit_code) {
    Error error = {0};
    bool good = registry_require_pack(cli->store, id, &error);
    if (!good) *exit_code = cli_fail(cli, &error);
    return good;
}

bool cli_require_region(const Cli *cli, const RegionNames *names, const char *code,
                        int *exit_code) {
    Error error = {0};
    bool good = region_names_require(names, code, &error);
    if (!good) *exit_code = cli_fail(cli, &error);
    return good;
}
