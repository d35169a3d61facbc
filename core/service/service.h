// A workspace kept live: its queues, its board, packs on their way, and who is told what happens.
//
// Readers look at the board, on the home loop. Whatever changes goes to the desk's queue, one thing
// after the other; whatever merely takes long goes to the side queue. A queue that has too much
// waiting refuses, so that the asker is told to come back. All functions are for the home loop's
// thread, but for service_store and service_tell_home, which say so.
#pragma once

#include "core/registry/family.h"
#include "core/service/candidate.h"
#include "core/service/desk.h"

typedef struct Service Service;

typedef enum ServiceEventKind {
    EVENT_READY,     // all active packs have been evaluated
    EVENT_PACK,      // another version of a pack answers, or its results were evaluated anew
    EVENT_RESULTS,   // some regions' results came out otherwise
    EVENT_CANDIDATE, // a pack on its way came further, or to its end
    EVENT_PLACES,    // regions were read anew
    EVENT_WARNINGS,  // warnings were raised, cleared, changed their level or were acknowledged
    EVENT_ROUND,     // an assessment round was opened, advanced or withdrawn
    EVENT_RETIRED,   // a pack is out of service; told at the start too
} ServiceEventKind;

typedef struct ServiceEvent {
    ServiceEventKind kind;
    const BoardPack *pack;        // of EVENT_PACK and EVENT_RESULTS, as it is on the board now
    const char *retired;          // of EVENT_PACK: hash of the version it replaced; NULL: the same
    const char *retired_version;  // and its number
    const BoardChange *change;    // of EVENT_RESULTS
    const Candidate *candidate;   // of EVENT_CANDIDATE
    const DeskWarnings *warnings; // of EVENT_WARNINGS
    const AssessmentRound *round; // of EVENT_ROUND
    const BoardRetired *gone;     // of EVENT_RETIRED
} ServiceEvent;

typedef struct ServiceOptions {
    const char *database;     // of an existing workspace
    const char *packs_folder; // watched: packs in the folders below it; NULL for none
    const char *worker_program;
    int workers; // of a pack, and threads of the side queue; at least 1
    int64_t deadline_ms;
    size_t most_waiting; // jobs for the desk, for the side queue and for the door, each
    int64_t look_ms;     // how often to look what other processes stored; 0: every 500 ms
    // What went on that nobody asked for: a watched pack that fails, a pack that cannot be loaded.
    void (*problem)(const Error *error, void *context);
    // A line that says how packs and the watched folder stand; the problems of a pack that it says
    // is refused follow.
    void (*notice)(const char *line, void *context);
    void (*event)(const ServiceEvent *event, void *context);
    void *context;
} ServiceOptions;

// Opens the store and begins to evaluate; EVENT_READY comes when that is done. A store that cannot
// be read then is a problem, and tried again.
MUST_CHECK bool service_open(uv_loop_t *home, const ServiceOptions *options, Service **out,
                             Error *error);
// Ends what is under way at the desk, calls evaluations beside it off, refuses what comes, and ends
// packs that are still waiting to be checked; then `closed` (may be NULL), and the service is gone.
void service_close(Service *service, WorkQueueDone closed, void *context);

bool service_is_ready(const Service *service);
// Whether what only somebody who asked would hear of is not worth beginning. On any thread.
bool service_is_closing(const Service *service);
const Board *service_board(const Service *service);
Store *service_store(const Service *service); // any thread
const Candidates *service_candidates(const Service *service);

// Work on the desk's thread, in order. `actor` is copied: what the work stores is on his behalf;
// NULL for the program itself. False when too much waits already.
typedef void (*DeskWork)(Desk *desk, void *context);
MUST_CHECK bool service_at_desk(Service *service, const StoreActor *actor, DeskWork work,
                                WorkQueueDone done, void *context);
// Work beside it, on one of several threads; `host` is good for jobs, evaluations and checks, and
// calls evaluations off when the service closes. One actor may have a third of what there is room
// for, waiting or at work; the program itself all of it.
typedef void (*AsideWork)(const JobHost *host, Store *store, void *context);
MUST_CHECK bool service_aside(Service *service, const StoreActor *actor, AsideWork work,
                              WorkQueueDone done, void *context);
// From within such work, on its thread: has the home loop call `done`, before the work's own.
void service_tell_home(Service *service, WorkQueueDone done, void *context);

// Short work that must not wait behind what takes long: logins, changes of accounts; one after the
// other. Never refused without an actor.
typedef void (*DoorWork)(Store *store, void *context);
MUST_CHECK bool service_at_door(Service *service, const StoreActor *actor, DoorWork work,
                                WorkQueueDone done, void *context);

typedef struct ServiceLoad {
    size_t desk_waiting, aside_waiting, aside_working;
} ServiceLoad;
ServiceLoad service_load(const Service *service);

// A pack to be checked, and activated if that is asked for and nothing is wrong.
typedef struct Offer {
    CandidateSource source;
    const char *folder;      // to be read; or
    Bundle *bundle;          // taken over
    const StoreActor *actor; // copied
    bool activate, keep_children;
    // Of FROM_FOLDER: the last activation before it was saved. If somebody chose another version of
    // it since, that stands.
    int64_t saved_after;
    // Asked on the home loop once the pack is known to be good, before it is activated; NULL: yes.
    bool (*allow)(const Candidate *candidate, void *asker, Error *error);
    void *asker; // freed with free() when the candidate is over; not when NULL was given back
    void (*done)(const Candidate *candidate, void *context); // NULL for none
    void *context;
} Offer;
// NULL when too much waits already; then nothing was taken over.
MUST_CHECK const Candidate *service_offer(Service *service, const Offer *offer);
