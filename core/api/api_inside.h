// What api.c and the resources that look behind it share; included nowhere else.
#pragma once

#include "core/api/api.h"

typedef struct EventHub EventHub;
typedef struct KeptBodies KeptBodies;

// Calls that were answered 503 (one account's streams: 429), by what was full.
typedef struct ApiRefusals {
    uint64_t desk, aside, door, streams;
} ApiRefusals;

struct Api {
    ApiOptions options;
    HttpRouter *router;
    const HttpServer *server;
    EventHub *events;
    HttpBody *openapi; // what describes the API
    KeptBodies *kept;
    char boot[17]; // of this process, for tags: results count anew with every start
    ApiRefusals refused;
    bool draining;
    bool regions_changed;               // since the door read them
    bool keeping_door;                  // a job is at it
    bool last_look_taken;               // by a job: nothing follows it
    void (*door_closed)(void *context); // NULL: the door is not to be closed yet
    void *door_closed_context;
};

KeptBodies *kept_bodies_new(void);
void kept_bodies_free(KeptBodies *kept);

EventHub *event_hub_new(void);
// How far the evaluation of a pack is, in regions, for who may read its results. It is told to
// those who listen now, and not kept.
void api_tell_progress(Api *api, const char *pack, const char *region, size_t done, size_t total);
void event_hub_free(EventHub *hub);
HttpBody *openapi_body_new(void);
// After accounts changed: streams end whose reader may read no more.
void api_recheck_readers(Api *api);
// After accounts were read anew: the door knows of them from now on, and so do streams. Takes them
// over.
void api_load_door(Api *api, DoorContents *contents);
// The same after a change of one account.
void api_apply_account(Api *api, Account *account);
