// What service*.c share; included nowhere else.
#pragma once

#include "core/run/file_watch.h"
#include "core/service/service.h"
#include "db/actor.h"

struct Service {
    ServiceOptions options; // its texts are owned
    uv_loop_t *home;
    Store *store;
    Lane *desk_lane, *side_lane, *door_lane;
    Desk *desk;
    Board board;
    Candidates candidates;
    bool ready, closing;
    uv_timer_t look;
    bool looking;
    FileWatch *watch; // NULL without a watched folder
    bool scanning, scan_again;
    Map seen_packs; // folder → place in `seen_hashes`
    char (*seen_hashes)[HASH_TEXT_SIZE];
    size_t seen_count, seen_capacity;
    int handles_left;
    LaneDone closed;
    void *closed_context;
};

// The calling thread acts for that actor from now on.
void acting_begin(const Actor *actor);

void service_tell(Service *service, const ServiceEvent *event);
void service_report(Service *service, const ProblemList *problems);
// Begins to watch the folder of packs, if there is one.
MUST_CHECK bool service_watch(Service *service, Error *error);
void service_unwatch(Service *service);
// A pack was activated: packs of the watched folder that failed for want of it are tried again.
void service_try_children(Service *service, const char *parent);
