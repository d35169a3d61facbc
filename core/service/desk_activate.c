// Versions that become active, and those that are gone back to: see desk.h.
#include <stdlib.h>
#include <string.h>

#include "core/service/desk_inside.h"
#include "core/work/open_rounds.h"

typedef struct Opening {
    Desk *desk;
    DeskPack **packs; // the pack, then its followers
    size_t count;
} Opening;

static void opening_free(Opening *opening) {
    for (size_t i = 0; i < opening->count; i++)
        desk_pack_free(opening->packs[i]);
    free(opening->packs);
}

// Evaluates a stored version beside the active one; takes it over.
static bool open_version(Opening *opening, LoadedPack *pack, ProblemList *problems) {
    return desk_pack_open(opening->desk, pinned_pack_new(pack), 0,
                          &opening->packs[opening->count++], problems);
}

// Stores and opens a version. What was taken over is left to be read.
static bool open_new(Opening *opening, LoadedPack *pack, ProblemList *problems) {
    Error error = {0};
    if (!registry_store(opening->desk->options.store, pack, &error)) {
        problems_add(problems, &error);
        return false;
    }
    bool good = open_version(opening, pack, problems);
    *pack = *pinned_pack(opening->packs[opening->count - 1]->version); // lent, until hide_lent
    return good;
}

// How far it came is left to be told.
static void hide_lent(const Opening *opening, LoadedPack *pack, FollowerList *followers) {
    for (size_t i = 0; i < opening->count; i++) {
        LoadedPack *lent = i == 0 ? pack : &followers->items[i - 1].pack;
        LoadedPack left = {.state = lent->state};
        memcpy(left.reached_us, lent->reached_us, sizeof left.reached_us);
        *lent = left;
    }
}

static bool open_all(Opening *opening, LoadedPack *pack, FollowerList *followers,
                     ProblemList *problems) {
    size_t follower_count = followers ? followers->count : 0;
    opening->packs = memory_new(1 + follower_count, sizeof *opening->packs);
    if (!open_new(opening, pack, problems)) return false;
    for (size_t i = 0; i < follower_count; i++)
        if (!open_new(opening, &followers->items[i].pack, problems)) return false;
    return true;
}

// Asked again in the transaction; here, so that nothing is stored of a version that is refused.
static bool rounds_allow(const Desk *desk, const LoadedPack *pack, const FollowerList *followers,
                         ProblemList *problems) {
    Store *store = desk->options.store;
    Error error = {0};
    bool good = open_rounds_allow(store, pack->description, &error);
    for (size_t i = 0; followers && i < followers->count && good; i++)
        good = open_rounds_allow(store, followers->items[i].pack.description, &error);
    if (!good) problems_add(problems, &error);
    return good;
}

// The rules taken answer before it is told what they changed.
static void take_all(Opening *opening, Buffer *impact) {
    JsonWriter json = {.out = impact, .compact = true};
    DeskPack **former = memory_new(opening->count, sizeof *former);
    for (size_t i = 0; i < opening->count; i++)
        former[i] = desk_take(opening->desk, opening->packs[i]);
    json_writer_begin_array(&json);
    for (size_t i = 0; i < opening->count; i++) {
        desk_tell_impact(opening->desk, former[i], opening->packs[i], &json);
        desk_pack_free(former[i]);
    }
    json_writer_end_array(&json);
    free(former);
    opening->count = 0;
}

bool desk_activate(Desk *desk, LoadedPack *pack, FollowerList *followers, const char *who,
                   bool *changed, Buffer *impact, ProblemList *problems) {
    Opening opening = {.desk = desk};
    Error error = {0};
    bool good = rounds_allow(desk, pack, followers, problems) &&
                open_all(&opening, pack, followers, problems);
    if (good) {
        good = family_activate(desk->options.store, pack, followers, who, changed, &error);
        if (!good) problems_add(problems, &error);
    }
    hide_lent(&opening, pack, followers);
    if (good) take_all(&opening, impact);
    opening_free(&opening);
    return good;
}

static bool open_former(Opening *opening, FamilyRollBack *plan, ProblemList *problems) {
    opening->packs = memory_new(plan->count, sizeof *opening->packs);
    for (size_t i = 0; i < plan->count; i++) {
        plan->moves[i].pack.state = PACK_ACTIVE;
        if (!open_version(opening, &plan->moves[i].pack, problems)) return false;
    }
    return true;
}

bool desk_roll_back(Desk *desk, const char *pack, const char *who, FamilyRollBack *done,
                    Buffer *impact, ProblemList *problems) {
    Opening opening = {.desk = desk};
    Error error = {0};
    bool good = family_plan_roll_back(desk->options.store, pack, done, &error) &&
                open_former(&opening, done, problems) &&
                family_roll_back(desk->options.store, done, who, &error);
    if (error.code != ERROR_NONE) problems_add(problems, &error);
    if (good)
        take_all(&opening, impact);
    else
        family_roll_back_free(done);
    opening_free(&opening);
    return good;
}
