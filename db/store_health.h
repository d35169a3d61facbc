// How the database does: whether it takes what is written, what room it has.
//
// A part of the interface that store.h is, for whoever tells an operator. Any thread.
#pragma once

#include "db/store.h"

// How writing goes, of this process alone.
typedef struct StoreHealth {
    uint64_t written, failed; // transactions that changed something; that the database failed
    bool failing;             // the database failed the last one of these
    int64_t failed_at_us;     // the last that it failed; 0: none
    Error error;              // of that one
} StoreHealth;
void store_health(Store *store, StoreHealth *out); // any thread

// Whether the database at the store's location is the one that was opened: false once somebody has
// moved another over it, or removed it. Asks the file system. Any thread.
bool store_is_in_place(const Store *store);

typedef struct StoreSpace {
    int64_t database_bytes, log_bytes; // its files; the log is the write-ahead log
    int64_t free_bytes;                // of the disk they are on, for this user
} StoreSpace;
// Asks the file system, not the database. Any thread. ERROR_STORE when a file is not there.
MUST_CHECK bool store_read_space(const Store *store, StoreSpace *out, Error *error);
