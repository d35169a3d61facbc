// The version of a pack that is active, as the store has it: what rounds need to know of it. Any
// thread; within a transaction, what was committed before it.
#pragma once

#include "core/pack/description.h"
#include "db/store.h"

// Its hash. ERROR_NOT_FOUND when the pack has no active version.
MUST_CHECK bool active_version_find(Store *store, const char *pack, char hash[HASH_TEXT_SIZE],
                                    Error *error);
// What it says; free with description_free. ERROR_STORE when this program does not understand it.
MUST_CHECK bool active_version_read(Store *store, const char *pack, Description **out,
                                    Error *error);
