// Packs that are taken out of service: see desk.h.
#include <string.h>

#include "core/service/desk_inside.h"
#include "core/work/pack_retirement.h"

static void drop(Desk *desk, const char *id) {
    for (size_t i = 0; i < desk->count; i++) {
        if (strcmp(pinned_pack(desk->packs[i]->version)->description->id, id) != 0) continue;
        desk_pack_free(desk->packs[i]);
        desk->packs[i] = desk->packs[--desk->count];
        return;
    }
}

static bool take_version(const StorePackVersion *version, void *context, Error *error) {
    Desk *desk = context;
    (void)error;
    if (!version->retired || map_get(&desk->retired, version->pack) == 1) return true;
    map_put(&desk->retired, version->pack, 1);
    drop(desk, version->pack);
    desk_tell(desk, (Notice){.retired = board_retired_new(version)});
    return true;
}

bool desk_take_retired(Desk *desk, Error *error) {
    return store_read_pack_versions(desk->options.store, false, take_version, desk, error);
}

bool desk_retire(Desk *desk, const char *pack, const char *who, char hash[HASH_TEXT_SIZE],
                 PackIds *kept, Error *error) {
    Store *store = desk->options.store;
    PackRetirement done = {0};
    *kept = (PackIds){0};
    if (!family_read_extending(store, pack, kept, error) ||
        !pack_retire(store, pack, who, &done, error))
        return false;
    memcpy(hash, done.hash, sizeof done.hash);
    desk_tell_warnings(desk, pack, done.warnings);
    pack_retirement_free(&done);
    // It is retired, whatever can be read of it now: what could not is told with the next look.
    Error later = {0};
    if (!desk_take_retired(desk, &later)) desk->last_activation = 0;
    return true;
}
