// Whether a pack or a region that a person named is in the workspace: see command.h.
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/cli/command.h"

typedef struct PackNames {
    Arena arena;
    const char **names;
    size_t count, capacity;
} PackNames;

static bool add_pack(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    PackNames *packs = context;
    ARRAY_RESERVE(packs->names, packs->count, packs->capacity);
    packs->names[packs->count++] = arena_string(&packs->arena, version->pack);
    return true;
}

static bool find_pack(const PackNames *packs, const char *id, Error *error) {
    for (size_t i = 0; i < packs->count; i++)
        if (strcmp(packs->names[i], id) == 0) return true;
    error_set(error, ERROR_NOT_FOUND,
              T("there is no pack \"%s\" in this workspace", "工作区中没有评估包“%s”"), id);
    const char *near = nearest_name(id, packs->names, packs->count);
    if (near) return error_hint(error, T("did you mean \"%s\"?", "是否应为“%s”？"), near);
    return error_hint(
        error, "%s",
        T("`biaochi pack list` shows what is there", "biaochi pack list 可查看已有的评估包"));
}

bool cli_require_pack(const Cli *cli, const char *id, int *exit_code) {
    PackNames packs = {0};
    Error error = {0};
    bool good = store_read_pack_versions(cli->store, false, add_pack, &packs, &error) &&
                find_pack(&packs, id, &error);
    if (!good) *exit_code = cli_fail(cli, &error);
    free(packs.names);
    arena_free(&packs.arena);
    return good;
}

// The code of the region whose code or name is nearest; NULL when none is near.
static const char *nearest_region(const RegionNames *names, const char *wanted) {
    const char *code = nearest_name(wanted, names->codes, names->count);
    if (code) return code;
    const char *name = nearest_name(wanted, names->names, names->count);
    for (size_t i = 0; name && i < names->count; i++)
        if (names->names[i] == name) return names->codes[i];
    return NULL;
}

bool cli_require_region(const Cli *cli, const RegionNames *names, const char *code,
                        int *exit_code) {
    if (map_get(&names->by_code, code) != MAP_MISSING) return true;
    Error error = {0};
    const char *near = nearest_region(names, code);
    error_set(&error, ERROR_NOT_FOUND,
              T("region %s is not in the workspace", "工作区中没有行政区划 %s"), code);
    if (near)
        error_hint(&error,
                   T("did you mean %s (%s)? Regions are named by their codes",
                     "是否应为 %s（%s）？行政区划以代码指明"),
                   near, region_names_get(names, near));
    else
        error_hint(&error, "%s",
                   T("regions are named by their codes, such as 150800",
                     "请用代码指明行政区划，如 150800"));
    *exit_code = cli_fail(cli, &error);
    return false;
}
