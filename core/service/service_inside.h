// What service*.c share; included nowhere else.
#pragma once

#include <stdatomic.h>

#include "core/run/file_watch.h"
#include "core/service/service.h"

// A folder below the watched one, and the pack it held when it was last offered.
typedef struct WatchedPack {
    char hash[HASH_TEXT_SIZE];       // of its own files, or of what is wrong; "" to be offered anew
    char seen[HASH_TEXT_SIZE];       // the same when it was last looked at
    int64_t saved_after;             // the last activation before that was first seen
    char missing[BUNDLE_MAX_ID + 1]; // the pack for want of which it failed; or ""
    bool offered;                    // and not over yet
    bool saved_since;                // while it was
    uint64_t board_revision;         // when it was offered
    int conflicts;                   // one after the other
} WatchedPack;

struct Service {
    ServiceOptions options; // its texts are owned
    uv_loop_t *home;
    Store *store;
    WorkQueue *desk_queue, *side_queue, *door_queue;
    struct ServiceJob *side_jobs; // waiting or at work
    Desk *desk;
    Board board;
    Candidates candidates;
    bool ready;
    atomic_bool closing; // the side queue's jobs look at it too
    uv_timer_t look;
    bool looking;
    FileWatch *watch; // NULL without a watched folder
    bool watch_fails; // it is tried again from time to time; packs are looked for all the same
    int64_t watch_tried_ms;
    bool scanning;
    bool scan_again;       // something was saved while scanning
    bool scan_wanted;      // too much waited to scan, or to take what was found
    bool knows_activated;  // the first scan is over, which left out what was active before
    Map watched_by_folder; // → place in `watched`
    WatchedPack *watched;
    size_t watched_count, watched_capacity;
    int handles_left;
    WorkQueueDone closed;
    void *closed_context;
};

// The calling thread acts for that actor from now on; NULL: for the program itself.
void acting_begin(const StoreActor *actor);

void service_tell(Service *service, const ServiceEvent *event);
void service_report(Service *service, const ProblemList *problems);
// Begins to watch the folder of packs, if there is one. That it cannot be watched is a problem that
// is told, and keeps nobody from what is active.
void service_watch(Service *service);
void service_watch_if_failed(Service *service); // again, when it is time
void service_unwatch(Service *service);
// Scans the folder if that could not be done when it was to be.
void service_scan_if_wanted(Service *service);
// Another version of a pack answers: packs of the watched folder that failed for want of it are
// tried again.
void service_try_children(Service *service, const char *parent);
// A pack of the watched folder came to its end.
void service_watched_ended(Service *service, const Candidate *candidate);
void service_forget_watched(Service *service);
