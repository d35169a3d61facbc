// A pack version that several readers hold at once, each as long as it needs it.
//
// What is under way ends on the version it began with: it pins that version, and the last one to
// release it frees it. A pinned pack never changes, so any thread may read, share or release it.
#pragma once

#include "core/registry/registry.h"

typedef struct PinnedPack PinnedPack;

// Takes the pack over; one pin.
PinnedPack *pinned_pack_new(LoadedPack *pack);
PinnedPack *pinned_pack_share(PinnedPack *pinned);
void pinned_pack_release(PinnedPack *pinned); // NULL is allowed
const LoadedPack *pinned_pack(const PinnedPack *pinned);
