// What keeps a pack from becoming active for now: see obstacle.h.
#include "core/service/obstacle.h"

#include <string.h>

#include "core/base/memory.h"

static bool note_round(const StoreRound *round, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%s %lld\n", round->pack, (long long)round->id);
    return true;
}

bool workspace_mark_read(Store *store, WorkspaceMark *mark, Error *error) {
    const StoreRoundQuery open = {.open_only = true};
    Buffer rounds = {0};
    bool good = store_read_region_version(store, &mark->regions, error) &&
                store_read_rounds(store, &open, note_round, &rounds, error);
    if (good) hash_bytes(rounds.data, rounds.length, mark->rounds);
    buffer_free(&rounds);
    return good;
}

bool workspace_mark_differs(const WorkspaceMark *then, const WorkspaceMark *now,
                            Obstacle obstacle) {
    if (obstacle == OBSTACLE_REGION) return then->regions != now->regions;
    return obstacle == OBSTACLE_ROUNDS && strcmp(then->rounds, now->rounds) != 0;
}
