// Packs on their way into use while the server runs: where each is, since when, and what is wrong.
//
// A candidate comes from the watched folder, an upload, the API or the command line. It is read,
// checked and tested in the side queue, with the active packs that extend it, and, if it is to be
// activated, stored, evaluated and activated on the desk. Whatever fails leaves everything as it
// was and says all that was found. For the home loop's thread.
#pragma once

#include "core/base/language.h"
#include "core/service/obstacle.h"
#include "core/service/pinned_pack.h"

typedef enum CandidateSource { FROM_FOLDER, FROM_UPLOAD, FROM_COMMAND } CandidateSource;
const char *candidate_source_name(CandidateSource source); // "folder", "upload", "command"

typedef struct CandidateFollower {
    const char *id, *version; // `version` "" when it could not be checked
    bool broken;
} CandidateFollower;

typedef struct Candidate {
    uint64_t id;
    CandidateSource source;
    const char *origin, *who; // the folder or ""; on whose behalf
    Language language;        // of its problems: that of whoever offered it
    bool to_activate, keep_children;
    // What it turned out to be; "" before it was checked.
    const char *pack, *version, *title, *region;
    char hash[HASH_TEXT_SIZE];
    const char *missing;                  // the pack it extends that is not active; or ""
    Obstacle obstacle;                    // what it was refused for that may pass
    WorkspaceMark mark;                   // of the workspace before it was checked
    PackState state;                      // how far it came
    PackState failed;                     // the step that failed; PACK_SEEN: none did
    int64_t reached_us[PACK_STATE_COUNT]; // when, by state; 0: not
    int64_t over_us;                      // when there was nothing more to do; 0: under way
    bool good;                            // once over: all that was asked for was done
    bool changed;                         // it was not active before
    bool overtaken;                       // another version was chosen after this was saved
    int64_t activation;                   // the last one there was when it was active
    ProblemList problems;
    size_t specs_passed, specs_failed;
    size_t failed_rules;          // once active, over the live figures: as of BoardFailures
    CandidateFollower *followers; // active packs that extend it
    size_t follower_count;
    // JSON: what its results changed, an object a pack (view/impact_json.h); NULL: not activated,
    // or so long ago that it was forgotten.
    char *impact;
    // As it was tested, of one that was not to be activated: its files are at hand. NULL: they are
    // not, or so long ago that they were forgotten.
    PinnedPack *tested;
    void (*done)(const struct Candidate *candidate, void *context); // once it is over; or NULL
    void *done_context;
    Arena arena;
} Candidate;

enum {
    CANDIDATES_KEPT = 200,
    CANDIDATE_PROBLEMS_KEPT = 100, // of each; those beyond are counted
    IMPACT_BYTES_KEPT = 16 * 1024 * 1024,
    TESTED_BYTES_KEPT = 64 * 1024 * 1024, // of files
};

typedef struct Candidates {
    Candidate **items; // newest last; by pointer: those under way are held by jobs
    size_t count, capacity;
    uint64_t last_id; // ids count on from here
} Candidates;

// A candidate under way, in the list; the oldest that is over goes when there are too many.
Candidate *candidates_add(Candidates *candidates, CandidateSource source, const char *origin,
                          const char *who);
// One that could not be begun.
void candidates_take_back(Candidates *candidates, Candidate *candidate);
const Candidate *candidates_find(const Candidates *candidates, uint64_t id); // NULL: none
void candidates_free(Candidates *candidates);
// Notes what a candidate of the list changed; of older ones that is forgotten when all together is
// too much.
void candidates_put_impact(Candidates *candidates, Candidate *candidate, const char *impact);

// Takes over the pack that a candidate of the list turned out to be; of older ones that is
// forgotten when all together is too much.
void candidates_keep_tested(Candidates *candidates, Candidate *candidate, LoadedPack *pack);

// Takes what is known of a pack once it was checked; the pack stays the caller's.
void candidate_take_pack(Candidate *candidate, const LoadedPack *pack);
// Takes how far the pack came, and when.
void candidate_take_state(Candidate *candidate, const LoadedPack *pack);
// There is nothing more to do. The step that failed is the one after the state it reached, unless
// it is noted already.
void candidate_end(Candidate *candidate, bool good);
