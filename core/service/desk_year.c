// The year whose results a pack shows: see desk.h.
#include "core/base/language.h"
#include "core/registry/pack_year.h"
#include "core/service/desk_inside.h"

static DeskPack *find(const Desk *desk, const char *pack, ProblemList *problems) {
    DeskPack *found = desk_find(desk, pack);
    if (!found)
        problems_addf(problems, ERROR_NOT_FOUND, NULL, 0, 0,
                      T("no active pack is called \"%s\"", "没有名为“%s”的激活评估包"), pack);
    return found;
}

// Readers would lose what they see.
static bool has_results(const DeskPack *pack, ProblemList *problems) {
    if (!pack->live) problems_add(problems, &pack->problem);
    return pack->live != NULL;
}

bool desk_set_year(Desk *desk, const char *pack, int year, const char *who, int *shown,
                   ProblemList *problems) {
    DeskPack *former = find(desk, pack, problems), *next = NULL;
    Error error = {0};
    if (!former) return false;
    bool good = desk_pack_open(desk, pinned_pack_share(former->version),
                               year ? year : RUN_NEWEST_YEAR, &next, problems) &&
                has_results(next, problems);
    if (good && !pack_year_set(desk->options.store, pack, year, who, &error)) {
        problems_add(problems, &error);
        good = false;
    }
    if (!good) {
        desk_pack_free(next);
        return false;
    }
    *shown = live_run(next->live)->year;
    desk_pack_free(desk_take(desk, next));
    return true;
}
