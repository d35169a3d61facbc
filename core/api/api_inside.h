// What api.c and the resources that look behind it share; included nowhere else.
#pragma once

#include "core/api/api.h"

typedef struct EventHub EventHub;

struct Api {
    ApiOptions options;
    HttpRouter *router;
    const HttpServer *server;
    EventHub *events;
    char boot[17]; // of this process, for tags: results count anew with every start
    bool draining;
};

EventHub *event_hub_new(void);
void event_hub_free(EventHub *hub);
