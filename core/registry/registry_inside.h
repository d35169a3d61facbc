// What registry.c and family*.c share; included nowhere else.
#pragma once

#include "core/registry/registry.h"

// Puts a tested pack with its std.
MUST_CHECK bool registry_put_version(StoreTransaction *transaction, const LoadedPack *pack,
                                     Error *error);
// Puts a tested pack with its std, units and plans, and makes it the active version.
MUST_CHECK bool registry_put_active(StoreTransaction *transaction, const LoadedPack *pack,
                                    const char *who, bool *changed, Error *error);
MUST_CHECK bool registry_read_bundle(Store *store, const char *hash, Bundle *bundle, Error *error);
// Notes that a pack came to a state, now.
void loaded_pack_reach(LoadedPack *pack, PackState state);
