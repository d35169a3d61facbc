// "Did you mean …" for the names in a description: see description_inside.h.
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/pack/description_inside.h"

// Comparing a name with thousands of others takes long; who made this many mistakes has enough
// hints.
enum { MOST_HINTS = 50 };

// "mortality" was removed, and so were "women.law" and what "mortality_progress" would be.
static bool names_removed(const char *wanted, const char *removed) {
    const char *dot = strrchr(removed, '.'), *id = dot ? dot + 1 : removed;
    size_t length = strlen(id);
    if (strcmp(wanted, removed) == 0) return true;
    return strncmp(wanted, id, length) == 0 && (wanted[length] == '\0' || wanted[length] == '_');
}

static bool hint_removed(Maker *maker, const char *wanted) {
    size_t index;
    const json_t *removed;
    json_array_foreach(maker->removed, index, removed) {
        const char *id = json_string_value(json_object_get(removed, "id"));
        const char *file = json_string_value(json_object_get(removed, "file"));
        if (!id || !file || !names_removed(wanted, id)) continue;
        problems_hint(maker->problems, T("it was removed at %s:%d", "已在 %s:%d 删除"), file,
                      maker_integer(removed, "line", 0));
        return true;
    }
    return false;
}

bool maker_hints_are_left(const Maker *maker) {
    return maker->problems->count <= MOST_HINTS;
}

bool maker_hint_name(Maker *maker, const char *wanted, const char *const *names, size_t count) {
    if (!maker_hints_are_left(maker)) return false;
    if (hint_removed(maker, wanted)) return true;
    const char *near = nearest_name(wanted, names, count);
    if (near) problems_hint(maker->problems, T("did you mean '%s'?", "是否应为 '%s'？"), near);
    return near != NULL;
}

bool maker_hint_series(Maker *maker, const char *wanted, bool only_indicators) {
    const Description *description = maker->description;
    const char **names = memory_new(description->series_count, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < description->series_count; i++)
        if (!only_indicators || description->series[i].indicator >= 0)
            names[count++] = description->series[i].id;
    bool hinted = maker_hint_name(maker, wanted, names, count);
    free(names);
    return hinted;
}

bool maker_hint_plan(Maker *maker, const char *wanted) {
    const Description *description = maker->description;
    const char **names = memory_new(description->plan_count, sizeof *names);
    for (size_t i = 0; i < description->plan_count; i++)
        names[i] = description->plans[i].id;
    bool hinted = maker_hint_name(maker, wanted, names, description->plan_count);
    free(names);
    return hinted;
}

bool maker_hint_unit(Maker *maker, const char *wanted) {
    const Description *description = maker->description;
    const char **names = memory_new(2 * description->unit_count, sizeof *names);
    for (size_t i = 0; i < description->unit_count; i++) {
        names[i] = description->units[i].id;
        names[description->unit_count + i] = description->units[i].title;
    }
    bool hinted = maker_hint_name(maker, wanted, names, 2 * description->unit_count);
    free(names);
    return hinted;
}
