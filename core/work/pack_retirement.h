// A pack that is taken out of service (停用): none of its versions is active any more.
//
// What is stored stays: versions, runs, rounds, the history of its warnings, and how it was
// activated. Its open warnings are cleared, since nothing vouches for them any more. Packs that
// extend it carry its files, so they are as they were. For the thread that writes.
#pragma once

#include "core/work/warning_book.h"

typedef struct PackRetirement {
    char hash[HASH_TEXT_SIZE]; // of the version that was active
    WarningBook *warnings;     // its steps are the warnings that were cleared
} PackRetirement;

// Retires the pack and clears its warnings in one transaction. ERROR_NOT_FOUND when it has no
// active version; ERROR_CONFLICT while rounds of it are open. Free `done` with
// pack_retirement_free; on false it is empty.
MUST_CHECK bool pack_retire(Store *store, const char *pack, const char *who, PackRetirement *done,
                            Error *error);
void pack_retirement_free(PackRetirement *done);
