// Which route a method and a path are for.
//
// A pattern is "/api/v1/packs/{pack}/versions/{hash}": a name in braces takes one segment that is
// not empty. A literal segment goes before a name. Behind "?" stand the parameters of the query
// that the route takes: "/api/v1/runs?pack&limit". Immutable once made: any thread may ask.
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct HttpRoute {
    const char *method, *pattern;
    size_t largest_body; // bytes; 0: the server's usual limit
} HttpRoute;

enum { HTTP_MOST_PARAMETERS = 6 };

typedef struct HttpParameters {
    struct {
        const char *name, *value; // in `room`
    } items[HTTP_MOST_PARAMETERS];
    size_t count;
    char room[512];
} HttpParameters;

typedef struct HttpRouter HttpRouter;

// Routes by pointer, so that they may stand at the head of larger structs. Two that cannot be told
// apart, or a malformed pattern, are programming errors: aborts. The routes must outlive it.
HttpRouter *http_router_new(const HttpRoute *const *routes, size_t count);
void http_router_free(HttpRouter *router);

// The route, or NULL: then `allowed` is what the path would take ("GET, PUT"), "" when there is no
// such path. A value longer than `room` has no route.
const HttpRoute *http_router_find(const HttpRouter *router, const char *method, const char *path,
                                  HttpParameters *parameters, char allowed[64]);
// Whether the route takes a parameter of that name in the query.
bool http_route_takes(const HttpRoute *route, const char *name);
// The value of the parameter, or NULL.
const char *http_parameter(const HttpParameters *parameters, const char *name);
