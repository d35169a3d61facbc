// Packs that there are not: see pack_names.h.
#include "core/pack/pack_names.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/nearest.h"

void pack_names_add(PackNames *names, const char *id) {
    ARRAY_RESERVE(names->names, names->count, names->capacity);
    names->names[names->count++] = arena_string(&names->arena, id);
}

bool pack_names_has(const PackNames *names, const char *id) {
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->names[i], id) == 0) return true;
    return false;
}

const char *pack_names_nearest(const PackNames *names, const char *id) {
    return nearest_name(id, names->names, names->count);
}

bool pack_names_refuse(const PackNames *names, const char *id, Error *error) {
    const char *near = pack_names_nearest(names, id);
    error_set(error, ERROR_NOT_FOUND,
              T("no active pack is called \"%s\"", "没有名为“%s”的已激活评估包"), id);
    if (near) return error_hint(error, T("did you mean \"%s\"?", "是否应为“%s”？"), near);
    return error_hint(error, "%s",
                      T("the list of packs shows what is there", "已有的评估包见评估包列表"));
}

void pack_names_free(PackNames *names) {
    free(names->names);
    arena_free(&names->arena);
    *names = (PackNames){0};
}
