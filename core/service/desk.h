// The desk: where everything that changes passes, one after the other.
//
// It keeps every active pack evaluated (registry/live.h), stores figures and brings the results up
// to date, activates versions and rolls them back, and tells the home loop what readers are to see
// (board.h). It works on the one thread of its queue; only the listener's functions are called on
// the home loop, in the order in which things happened.
#pragma once

#include "core/registry/family.h"
#include "core/run/work_queue.h"
#include "core/service/board.h"
#include "core/work/assessment_round.h"
#include "core/work/warning_book.h"

typedef struct Desk Desk;

// Warnings of a pack that were raised, cleared and so on together.
typedef struct DeskWarnings {
    const char *pack;
    WarningStep *steps;
    size_t count;
    Arena arena;
} DeskWarnings;
void desk_warnings_free(DeskWarnings *warnings);

// What readers are to see; each function takes over what it is given.
typedef struct DeskListener {
    void (*pack)(BoardPack *pack, void *context);
    void (*change)(BoardChange *change, void *context);
    void (*places)(BoardPlaces *places, void *context);
    void (*warnings)(DeskWarnings *warnings, void *context);
    void (*round)(AssessmentRound *round, void *context);  // that was opened or changed; free it
    void (*retired)(BoardRetired *retired, void *context); // a pack taken out of service
    void *context;
} DeskListener;

typedef struct DeskOptions {
    WorkQueue *queue; // of one thread
    Store *store;
    const char *worker_program; // as of JobHost
    int workers;                // of a pack, at most
    int64_t deadline_ms;
    // When to try again what failed for a reason that may pass (a worker that could not be started,
    // a busy store), the first time; then after twice as long each time, an hour at most. 0: 10 s.
    int64_t retry_ms;
    DeskListener listener;
} DeskOptions;

// Makes an idle desk; everything lent must outlive it. Any thread.
Desk *desk_new(const DeskOptions *options);

// ---- on the queue's thread ---------------------------------------------------------------------

// `loop` is the thread's: all functions run it until they are done.

// Loads all active packs and evaluates them. A pack that cannot be loaded or evaluated is a problem
// and has no results; the others have. False only when the store cannot be read.
MUST_CHECK bool desk_begin(Desk *desk, uv_loop_t *loop, ProblemList *problems);
// Takes what other processes stored since: activations, figures, regions; and tries again, now and
// then, what failed for a reason that may have passed. Cheap when there is nothing. `*changed` (may
// be NULL) says whether there was.
MUST_CHECK bool desk_look(Desk *desk, bool *changed, ProblemList *problems);

typedef struct DeskOutcome {
    size_t changed;        // observations that say something new
    size_t packs, regions; // packs with results that came out otherwise, and regions in all
    uint64_t rule_calls;
    bool whole; // a pack was evaluated anew as a whole
} DeskOutcome;
// As live_put for all active packs; one that had no results may get them. False, and nothing was
// stored, with that problem. A pack that cannot be evaluated with figures that were stored is a
// problem of its own, unless figures are all it lacks.
MUST_CHECK bool desk_put(Desk *desk, const LivePut *put, DeskOutcome *outcome,
                         ProblemList *problems);

// Stores a tested pack, evaluates it over the live figures, and makes it and its followers (NULL:
// they keep what they carry) active in one transaction; then readers see them. Of each pack that it
// comes to it takes over all but how far that came, and when; what is left is the caller's to free
// in any case. False, and the active versions are as they
// were, with problems of a version that cannot be evaluated, or of family_activate. `impact` is
// appended to: a JSON array of what the results changed, an object a pack (view/impact_json.h).
MUST_CHECK bool desk_activate(Desk *desk, LoadedPack *pack, FollowerList *followers,
                              const char *who, bool *changed, Buffer *impact,
                              ProblemList *problems);
// The same for the version that was active before, with those that go back with it: evaluated, made
// active in one transaction, then readers see them. Free `done` with family_roll_back_free; on
// false it is empty, and problems are as of desk_activate or family_plan_roll_back.
MUST_CHECK bool desk_roll_back(Desk *desk, const char *pack, const char *who, FamilyRollBack *done,
                               Buffer *impact, ProblemList *problems);
// Takes a pack out of service: in one transaction it has no active version any more and its
// warnings are cleared, then readers see it no more. Packs that extend it carry its files and stay:
// `kept` has their ids; free it with pack_ids_free, also on false. Errors of pack_retire.
MUST_CHECK bool desk_retire(Desk *desk, const char *pack, const char *who,
                            char hash[HASH_TEXT_SIZE], PackIds *kept, Error *error);
// As pack_year_set: evaluated for that year, stored, then readers see it. False, and the results
// are as they were, also when nobody reported for it (ERROR_NOT_FOUND). `*shown` is the year then.
MUST_CHECK bool desk_set_year(Desk *desk, const char *pack, int year, const char *who, int *shown,
                              ProblemList *problems);
// Notes that somebody knows of a warning of the active pack. Errors of warning_book_acknowledge.
MUST_CHECK bool desk_acknowledge(Desk *desk, const char *pack, const char *region, int64_t id,
                                 const char *who, const char *note, ProblemList *problems);
// As round_open and round_step, and readers are told.
MUST_CHECK bool desk_open_round(Desk *desk, const RoundOpening *opening, AssessmentRound *round,
                                Error *error);
MUST_CHECK bool desk_step_round(Desk *desk, const RoundStep *step, AssessmentRound *round,
                                Error *error);
// Lets all workers go and frees the desk.
void desk_end(Desk *desk);
