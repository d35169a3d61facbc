// Packs from folder to active version: read, checked, tested, stored, activated, rolled back.
//
// Each step that fails leaves everything as it was and says all it found. Checking and testing
// happen in workers; storing and activating in one transaction.
#pragma once

#include "core/base/map.h"
#include "core/eval/job.h"
#include "db/store.h"

// Where a pack version is on its way (评估包版本的状态).
typedef enum PackState {
    PACK_SEEN,    // its folder was read
    PACK_CHECKED, // it loads and passes the lints
    PACK_TESTED,  // its specs pass
    PACK_STORED,  // its bytes and description are in the store
    PACK_ACTIVE,  // runs use it
    PACK_RETIRED, // runs used it until another version was activated or gone back to
    PACK_STATE_COUNT
} PackState;
const char *pack_state_name(PackState state); // "seen" …

// A pack on its way, or one from the store. Free with loaded_pack_free.
typedef struct LoadedPack {
    PackState state;
    int64_t reached_us[PACK_STATE_COUNT]; // when it came to each state; 0 where it did not here
    Bundle bundle, std;
    Description *description;
    json_t *description_json;
    json_t *spec_report; // NULL before it was tested
    size_t specs_passed, specs_failed;
    char
        missing[BUNDLE_MAX_ID + 1]; // the pack it extends that was not found or not readable; or ""
} LoadedPack;

// ERROR_NOT_FOUND with advice when the workspace has no such region.
MUST_CHECK bool registry_region_is_known(Store *store, const char *code, Error *error);
// Reads and checks a folder; with `run_specs` tests it too. Packs that it extends are those in the
// folders beside it (family.h knows other places). False when there are problems; the
// state says how far it came, and a failed spec is a problem of its own.
MUST_CHECK bool registry_load_folder(const JobHost *host, const char *folder, bool run_specs,
                                     LoadedPack *pack, ProblemList *problems);
// Stores a tested pack and activates nothing: runs may be made with it.
MUST_CHECK bool registry_store(Store *store, LoadedPack *pack, Error *error);
// Stores a tested pack and makes it the active version, with its units and plans.
MUST_CHECK bool registry_activate(Store *store, LoadedPack *pack, const char *who, bool *changed,
                                  Error *error);
// A stored version with a stored std.
MUST_CHECK bool registry_load_stored(Store *store, const char *hash, const char *std_hash,
                                     const char *description_json, LoadedPack *pack, Error *error);
// The stored version of a pack whose hash begins with `start`, or the active one where that is
// NULL. ERROR_NOT_FOUND when there is none; ERROR_CONFLICT when several begin so.
MUST_CHECK bool registry_load_version(Store *store, const char *pack_id, const char *start,
                                      LoadedPack *pack, Error *error);

// Whether any version of a pack is stored; else ERROR_NOT_FOUND with the nearest one.
MUST_CHECK bool registry_require_pack(Store *store, const char *id, Error *error);

// Puts the hashes of all versions that were ever active into `activated` (zeroed; the caller frees
// it, also after a failure).
MUST_CHECK bool registry_read_activated(Store *store, Map *activated, Error *error);
// Where a stored version is: stored, active or retired.
PackState registry_version_state(const StorePackVersion *version, const Map *activated);

typedef struct PackList {
    LoadedPack *items;
    size_t count, capacity;
} PackList;
// The active versions, or only the one with that id; ERROR_NOT_FOUND when there is none.
MUST_CHECK bool registry_load_active(Store *store, const char *only_id, PackList *packs,
                                     Error *error);
void pack_list_free(PackList *packs);
void loaded_pack_free(LoadedPack *pack);
// What workers are given of it; borrows from the pack.
PackCode loaded_pack_code(const LoadedPack *pack);
