// What service*.c share; included nowhere else.
#pragma once

#include <stdatomic.h>

#include "core/base/map.h"
#include "core/run/file_watch.h"
#include "core/service/service.h"

// A folder below the watched one, what it holds, and how far that has come.
typedef struct WatchedPack {
    char *folder;              // owned
    char hash[HASH_TEXT_SIZE]; // of the pack's own files, or of what is wrong; "": it is not there
    char save[HASH_TEXT_SIZE]; // what tells one save from the next: which files, written when
    char pack[BUNDLE_MAX_ID + 1], version[BUNDLE_MAX_ID + 1]; // that it holds; "": not known yet
    bool wanted;  // saved, and not yet held against what is active
    bool offered; // and not over yet
    bool refused; // as it is now
    char offered_hash[HASH_TEXT_SIZE];
    int64_t saved_after;             // the last activation before it was found saved
    char missing[BUNDLE_MAX_ID + 1]; // the pack for want of which it failed; or ""
    Obstacle obstacle;               // what it was refused for that may pass,
    WorkspaceMark mark;              // and the workspace of then
    uint64_t board_revision;         // when it was offered
    int conflicts;                   // one after the other
} WatchedPack;

// Lines that say how things stand, each for as long as it does.
typedef struct Notices {
    char **items; // owned
    size_t count, capacity;
} Notices;

// ---- what the watched folder holds (service_scan.c)
// ----------------------------------------------

typedef struct ScannedPack {
    char *folder;
    char hash[HASH_TEXT_SIZE], save[HASH_TEXT_SIZE];          // as of WatchedPack
    char pack[BUNDLE_MAX_ID + 1], version[BUNDLE_MAX_ID + 1]; // of a version that was active; or ""
} ScannedPack;

typedef struct FolderScan {
    Service *service;
    bool first;         // versions that were active before are to be recognized
    bool good;          // it was read, and they were
    bool is_there;      // the folder
    int64_t begun;      // the last activation before the folder was read
    ScannedPack *packs; // in order of folder
    size_t count, capacity;
    Notices ignored; // what lies there and is no pack
} FolderScan;

// A job of the side queue, over a FolderScan.
void folder_scan_run(const JobHost *host, Store *store, void *scan);
void folder_scan_free(FolderScan *scan);

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
    Notices ignored; // by the last scan
    Notices told;    // how things stood when that was said last
    int handles_left;
    WorkQueueDone closed;
    void *closed_context;
};

// The calling thread acts for that actor from now on; NULL: for the program itself.
void acting_begin(const StoreActor *actor);

void service_tell(Service *service, const ServiceEvent *event);
void service_report(Service *service, const ProblemList *problems);
void service_notice(Service *service, const char *format, ...) FORMAT(2, 3);
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
// Whether packs of the watched folder were refused for what may pass.
bool service_has_obstacles(const Service *service);
// The workspace is like that now: packs that were refused for what has changed are tried again.
void service_try_obstructed(Service *service, const WorkspaceMark *now);
// A pack of the watched folder came to its end: what is wrong is told, unless it is tried again.
void service_watched_ended(Service *service, const Candidate *candidate);
void service_forget_watched(Service *service);

// ---- how the watched folder and what is active stand to each other (service_standing.c)
// ----------

void notices_add(Notices *notices, const char *format, ...) FORMAT(2, 3);
void notices_free(Notices *notices);
// The active version of what the folder holds, where it holds just that; else NULL.
const BoardPack *service_active_in(const Service *service, const WatchedPack *known);
// Says what is otherwise than it was when this was last looked at: folders that hold something else
// than what is active, packs that lie in two folders, what is not used.
void service_tell_standing(Service *service);
// A folder went away.
void service_tell_gone(Service *service, const WatchedPack *gone);
// Tells of rules that failed in more regions than was told last; `change` as of board_failure_find
// (service_failures.c).
void service_tell_failures(Service *service, const BoardPack *pack, const BoardChange *change);
// A pack of the folder was refused.
void service_tell_refused(Service *service, const WatchedPack *known, const Candidate *candidate);
