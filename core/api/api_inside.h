// What api.c and the resources that look behind it share; included nowhere else.
#pragma once

#include "core/api/api.h"

typedef struct EventHub EventHub;
typedef struct KeptBodies KeptBodies;

// Calls that were answered 503 (one account's streams: 429), by what was full.
typedef struct ApiRefusals {
    uint64_t desk, aside, door, streams;
} ApiRefusals;

// What whoever runs the server wants to be told of.
typedef struct ApiCounts {
    uint64_t logins_failed, lockouts, throttled; // wrong passwords; what came of them
    uint64_t candidates_good, candidates_failed;
    uint64_t faults[ERROR_BUSY + 1]; // calls answered 500, by the error's code
} ApiCounts;

// Faults that were told of, so that one of which many calls die is one line of the log.
typedef struct ApiFaults {
    bool store_failing; // and that was said
    bool store_gone;    // likewise
    int64_t said_ms;    // when the last fault of another kind was; 0: never
    char said[128];     // the beginning of its message
} ApiFaults;

struct Api {
    ApiOptions options;
    HttpRouter *router;
    const HttpServer *server;
    EventHub *events;
    HttpBody *openapi; // what describes the API
    KeptBodies *kept;
    char boot[17]; // of this process, for tags: results count anew with every start
    ApiRefusals refused;
    ApiCounts counts;
    ApiFaults faults;
    int64_t began_us;
    bool draining;
    bool regions_changed;               // since the door read them
    bool keeping_door;                  // a job is at it
    bool last_look_taken;               // by a job: nothing follows it
    void (*door_closed)(void *context); // NULL: the door is not to be closed yet
    void *door_closed_context;
};

// Something failed that is no caller's doing: has it told of, unless it was a moment ago.
void api_note_fault(Api *api, const Error *error);
// Tells when the database begins to refuse what is written, and when it takes it again.
void api_look_at_store(Api *api);
// What stands in the place of a fault for whoever has not shown who he is: no paths, no insides.
Error api_fault_for_strangers(const Error *error);
void api_write_metrics(const Api *api, Buffer *out);

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
