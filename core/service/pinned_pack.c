// A pack version held by several: see pinned_pack.h.
#include "core/service/pinned_pack.h"

#include <stdatomic.h>
#include <stdlib.h>

struct PinnedPack {
    LoadedPack pack;
    atomic_size_t pins;
};

PinnedPack *pinned_pack_new(LoadedPack *pack) {
    PinnedPack *pinned = memory_new(1, sizeof *pinned);
    pinned->pack = *pack;
    pinned->pins = 1;
    *pack = (LoadedPack){0};
    return pinned;
}

PinnedPack *pinned_pack_share(PinnedPack *pinned) {
    atomic_fetch_add(&pinned->pins, 1);
    return pinned;
}

void pinned_pack_release(PinnedPack *pinned) {
    if (!pinned || atomic_fetch_sub(&pinned->pins, 1) > 1) return;
    loaded_pack_free(&pinned->pack);
    free(pinned);
}

const LoadedPack *pinned_pack(const PinnedPack *pinned) {
    return &pinned->pack;
}
