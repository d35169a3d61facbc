// Packs that extend others: where the packs they extend are found, and what becomes of them when
// one of those is activated anew.
//
// A pack names the pack it extends, so what it needs is known only when it is run: a worker says
// which files are missing, they are added to the bundle, and it is run again. From then on the
// bundle stands for itself: what it carries is what it was checked with.
#pragma once

#include "core/base/map.h"
#include "core/registry/registry.h"

enum { MOST_PARENTS = 8 };

// Where the packs that a pack extends are looked for, in this order.
typedef struct ParentPlaces {
    const LoadedPack *given; // a pack at hand; or NULL
    const char *beside;      // folder in which packs have folders called like their ids; or NULL
    Store *store;            // a workspace's active packs; or NULL
    // Gives that store, or NULL, when it is first needed; NULL where `store` is all there is.
    Store *(*find_store)(void *context);
    void *context;
} ParentPlaces;

// The folder in which a pack's folder lies; free it.
char *family_folder_beside(const char *folder);

// As registry_load_folder, with the packs it extends from those places.
MUST_CHECK bool family_load_folder(const JobHost *host, const char *folder,
                                   const ParentPlaces *places, bool run_specs, LoadedPack *pack,
                                   ProblemList *problems);
// The same for a bundle, which is taken over.
MUST_CHECK bool family_load_bundle(const JobHost *host, Bundle *bundle, const ParentPlaces *places,
                                   bool run_specs, LoadedPack *pack, ProblemList *problems);
// The pack that `pack` extends, as it is carried: described in a worker. False with problems; a
// pack that extends none is ERROR_NOT_FOUND.
MUST_CHECK bool family_load_parent(const JobHost *host, const LoadedPack *pack, LoadedPack *parent,
                                   ProblemList *problems);
// Finds a pack by id at those places, checked. Problems name the nearest pack there is.
MUST_CHECK bool family_find(const JobHost *host, const char *id, const ParentPlaces *places,
                            LoadedPack *pack, ProblemList *problems);

// ---- a parent's new version ---------------------------------------------------------------------

// What becomes of one active pack that extends the one to be activated.
typedef struct Follower {
    char id[BUNDLE_MAX_ID + 1];
    LoadedPack pack;      // rebuilt on the new version; its state says how far it came
    ProblemList problems; // what would break; files are shown with the pack's id before them
} Follower;

typedef struct FollowerList {
    Follower *items; // parents before their children
    size_t count, capacity;
    size_t broken; // of them
    int64_t seen;  // the last activation before they were read
    int64_t begun; // and before the pack itself was; as `seen` where nobody says otherwise
} FollowerList;

// Rebuilds all active packs that extend `pack`, and those that extend them, on it, and checks and
// tests each; those that carry it already are left out. False only when the store cannot be read.
MUST_CHECK bool family_follow(const JobHost *host, Store *store, const LoadedPack *pack,
                              FollowerList *followers, Error *error);
void follower_list_free(FollowerList *followers);
// Has problems name the pack's own files as "name/pack.lua", as those of packs it extends are
// named; a problem that names no file is left as it is.
void family_show_pack(ProblemList *problems, const char *name, const Bundle *bundle);

// Activates a tested pack and, where `followers` is not NULL, all of them, in one transaction.
// ERROR_CONFLICT, and nothing is changed, when meanwhile another version of the pack it extends was
// activated, or with `followers` one of it or of a pack that extends it since those were read, or
// one of it since it was itself.
MUST_CHECK bool family_activate(Store *store, LoadedPack *pack, FollowerList *followers,
                                const char *who, bool *changed, Error *error);

// Whether somebody chose other files of its own for the pack than it had active at `since`
// (store_last_activation), by activating another version, going back or retiring it: `pack`, which
// is older than that, would undo it unawares. A version that only follows the pack it extends is no
// such choice, nor is one with the files of `pack`.
MUST_CHECK bool family_was_chosen_since(Store *store, const LoadedPack *pack, int64_t since,
                                        bool *chosen, Error *error);

// The active packs that carry another version of the pack they extend than its active one, by id:
// left behind, or rolled back alone. What a later version of that pack takes along again.
MUST_CHECK bool family_read_behind(Store *store, Map *behind, Error *error);

typedef struct PackIds {
    const char **items; // in the arena
    size_t count, capacity;
    Arena arena;
} PackIds;
// The active packs that extend `pack` itself: each carries its files and needs no active version of
// it. Free the list with pack_ids_free, also after a failure.
MUST_CHECK bool family_read_extending(Store *store, const char *pack, PackIds *extending,
                                      Error *error);
void pack_ids_free(PackIds *ids);

// A pack that goes back, and from which version to which.
typedef struct FamilyMove {
    const char *id;
    char from[HASH_TEXT_SIZE], to[HASH_TEXT_SIZE]; // `from` "" where the pack was retired
    LoadedPack pack; // the version it goes back to; may be taken over, as long as it lives on
    const Description *description; // of that version
} FamilyMove;

// What rolling a pack back means for it and the packs that extend it.
typedef struct FamilyRollBack {
    FamilyMove *moves; // the pack, then those that go back with it, parents before their children
    size_t count, capacity;
    const char **kept; // ids of those that extend it and keep what they carry
    size_t kept_count, kept_capacity;
    int64_t seen; // the last activation before anything was read
    Arena arena;  // of the ids
} FamilyRollBack;

// Finds what going back means: with the pack goes every active pack that carries the version it
// leaves and whose own version before carries the one it goes back to. Nothing is changed. Free the
// plan with family_roll_back_free; false with errors: there is no earlier version, one of those to
// go back to cannot be read any more, or an open assessment round refuses it.
MUST_CHECK bool family_plan_roll_back(Store *store, const char *pack_id, FamilyRollBack *plan,
                                      Error *error);
// Goes back as planned, in one transaction. ERROR_CONFLICT as for family_activate.
MUST_CHECK bool family_roll_back(Store *store, const FamilyRollBack *plan, const char *who,
                                 Error *error);
void family_roll_back_free(FamilyRollBack *plan);
