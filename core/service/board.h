// The board: what readers see of every active pack, at hand in memory.
//
// The home loop owns it and nobody else looks at it, so reading takes no lock and no database. A
// pack's results are put up whole when it is activated or evaluated anew, and changed region by
// region when figures change; both are made ready on the desk's thread and put up in one step, so
// that a reader sees the results of one version and one run, never of two.
#pragma once

#include "core/eval/overview.h"
#include "core/eval/standing.h"
#include "core/registry/live.h"
#include "core/service/pinned_pack.h"

typedef struct BoardRegion {
    const char *code;
    int parent;   // its place among these, -1 when the parent is not there
    Buffer bytes; // canonical results; empty when it is not evaluated
} BoardRegion;

// Where all regions stand, by assessment.
typedef struct BoardRanks {
    const int32_t *of_regions; // by region, and for each by assessment; 0: none
    const int32_t *ranked;     // by assessment: how many regions have a place
} BoardRanks;
typedef struct KeptRanks KeptRanks;

// Which rules failed, in how many regions.
typedef struct BoardFailures {
    uint32_t *regions; // by rule
    uint32_t *told;    // the same when somebody was told of it last
    size_t rules;      // that failed, counted once a region
    size_t in_regions; // where any did
} BoardFailures;

// One active pack with its results. Made on any thread, owned by whoever has it.
typedef struct BoardPack {
    PinnedPack *version;
    const Description *description;
    char own_hash[HASH_TEXT_SIZE]; // of its own files, without those of packs it extends
    Error problem;                 // why there are no results; ERROR_NONE when there are
    ResultLayout *layout;          // NULL without results, and all that follows is empty
    int year;
    bool year_is_fixed; // see registry/pack_year.h
    int64_t run, data_version;
    char result_hash[HASH_TEXT_SIZE];
    BoardRegion *regions;
    uint32_t region_count;
    Map by_code;          // → place in `regions`
    Standings *standings; // by assessment
    KeptRanks *ranks;     // see board_ranks
    Overview overview;    // what regions attained and are warned of
    BoardFailures failures;
    Samples samples;   // what of all this rests on sample data
    uint64_t revision; // of the board, when this last changed
    Arena arena;
} BoardPack;

// Copies what `live` has; NULL: there are no results, for that reason. Pins the version.
BoardPack *board_pack_new(PinnedPack *version, const Live *live, const Error *problem);
void board_pack_free(BoardPack *pack); // NULL is allowed
// A region's record, or NULL when it is not evaluated.
const uint8_t *board_record(const BoardPack *pack, uint32_t region);
// Counted once, when first asked for after results changed; good until they change again.
BoardRanks board_ranks(const BoardPack *pack);
// The place of a region, or -1.
int board_find_region(const BoardPack *pack, const char *code);

// A failure of a rule.
typedef struct BoardFailure {
    const char *region; // code
    const RuleFailure *failure;
    RegionResult result; // owns the failure: free with result_free
} BoardFailure;

// Results of some regions that came out otherwise, and sample data that came or went.
typedef struct BoardChange {
    char pack[BUNDLE_MAX_ID + 1], pack_hash[HASH_TEXT_SIZE], result_hash[HASH_TEXT_SIZE];
    int64_t run, data_version;
    struct {
        uint32_t region;
        Buffer bytes;
    } * regions;
    size_t count;
    SampleChange *samples;
    size_t sample_count;
} BoardChange;

// The first failure of the rule, among the regions that changed where `change` is not NULL. False,
// and there is nothing to free, when there is none.
MUST_CHECK bool board_failure_find(const BoardPack *pack, const BoardChange *change, int rule,
                                   BoardFailure *found);

// What the last put changed in `live`.
BoardChange *board_change_new(const Live *live);
void board_change_free(BoardChange *change);

// A region as the workspace knows it.
typedef struct BoardPlace {
    const char *code, *name, *level;
    int parent; // -1 for a root
    bool has_children;
} BoardPlace;

typedef struct BoardPlaces {
    BoardPlace *items; // in order of code
    size_t count, capacity;
    uint64_t revision; // of the board, when these were put up
    Map by_code;
    Arena arena;
} BoardPlaces;

// Reads all regions. Any thread.
MUST_CHECK bool board_places_read(Store *store, BoardPlaces **out, Error *error);
void board_places_free(BoardPlaces *places); // NULL is allowed

// A pack that was taken out of service: what is to be known of it.
typedef struct BoardRetired {
    char pack[BUNDLE_MAX_ID + 1], hash[HASH_TEXT_SIZE]; // of the version that was active
    char *title, *version, *region;                     // of that version; owned
} BoardRetired;

// Copies what the store says of a version. Any thread.
BoardRetired *board_retired_new(const StorePackVersion *version);
void board_retired_free(BoardRetired *retired); // NULL is allowed

typedef struct Board {
    BoardPack **packs; // in order of id
    size_t count, capacity;
    BoardRetired **retired; // none of which is among `packs`
    size_t retired_count, retired_capacity;
    uint64_t revision; // counts whatever is put up
    BoardPlaces *places;
} Board;

void board_free(Board *board);
const BoardPack *board_find(const Board *board, const char *pack); // NULL: no such active pack
// NULL: it was not taken out of service.
const BoardRetired *board_find_retired(const Board *board, const char *pack);
// Puts up a pack in the place of its former version, or of its retirement. Takes it over.
void board_put(Board *board, BoardPack *pack);
// Takes a pack down; takes over what is left to be known of it.
void board_retire(Board *board, BoardRetired *retired);
// False, and nothing happens, when another version or a later run was put up since: that one has it
// all.
bool board_apply(Board *board, const BoardChange *change);
void board_put_places(Board *board, BoardPlaces *places); // takes them over
// NULL when the workspace has no such region.
const BoardPlace *board_place(const Board *board, const char *code);
