// On whose behalf something is done, kept for later: copies of StoreActor. Included by db/*.c only.
#pragma once

#include "db/store.h"

// A copy of the calling thread's actor; NULL for nobody.
StoreActor *store_acting(void);
