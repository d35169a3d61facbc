// Routes as a tree of segments: see router.h.
#include "core/http/router.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

typedef struct Node Node;
struct Node {
    char *segment;            // literal, owned; NULL for a name
    Node **children;          // literal ones
    Node *named;              // the child for any segment
    const HttpRoute **routes; // that end here
    size_t child_count, child_capacity, route_count, route_capacity;
};

struct HttpRouter {
    Node *root;
};

static _Noreturn void wrong_pattern(const HttpRoute *route, const char *what) {
    fprintf(stderr, "biaochi: route %s %s: %s\n", route->method, route->pattern, what);
    abort();
}

static void free_node(Node *node) {
    if (!node) return;
    for (size_t i = 0; i < node->child_count; i++)
        free_node(node->children[i]);
    free_node(node->named);
    free(node->children);
    free(node->routes);
    free(node->segment);
    free(node);
}

static Node *find_literal(const Node *node, const char *segment, size_t length) {
    for (size_t i = 0; i < node->child_count; i++)
        if (strncmp(node->children[i]->segment, segment, length) == 0 &&
            node->children[i]->segment[length] == '\0')
            return node->children[i];
    return NULL;
}

static Node *literal_child(Node *node, const char *segment, size_t length) {
    Node *found = find_literal(node, segment, length);
    if (found) return found;
    found = memory_new(1, sizeof *found);
    found->segment = memory_new(length + 1, 1);
    memcpy(found->segment, segment, length);
    ARRAY_RESERVE(node->children, node->child_count, node->child_capacity);
    node->children[node->child_count++] = found;
    return found;
}

static Node *child_for(Node *node, const char *segment, size_t length, const HttpRoute *route) {
    bool opens = segment[0] == '{', closes = length > 2 && segment[length - 1] == '}';
    if (length == 0 && segment != route->pattern + 1) wrong_pattern(route, "an empty segment");
    if (opens != closes || memchr(segment + opens, '{', length - opens))
        wrong_pattern(route, "a name that is not a whole segment");
    if (!opens) return literal_child(node, segment, length);
    if (!node->named) node->named = memory_new(1, sizeof *node->named);
    return node->named;
}

static void add(Node *node, const HttpRoute *route) {
    size_t names = 0;
    if (route->pattern[0] != '/') wrong_pattern(route, "it does not begin with a slash");
    for (const char *segment = route->pattern; segment; segment = strchr(segment, '/')) {
        segment++;
        names += *segment == '{';
        node = child_for(node, segment, strcspn(segment, "/?"), route);
    }
    if (names > HTTP_MOST_PARAMETERS) wrong_pattern(route, "too many names");
    for (size_t i = 0; i < node->route_count; i++)
        if (strcmp(node->routes[i]->method, route->method) == 0)
            wrong_pattern(route, "it cannot be told from another");
    ARRAY_RESERVE(node->routes, node->route_count, node->route_capacity);
    node->routes[node->route_count++] = route;
}

HttpRouter *http_router_new(const HttpRoute *const *routes, size_t count) {
    HttpRouter *router = memory_new(1, sizeof *router);
    router->root = memory_new(1, sizeof *router->root);
    for (size_t i = 0; i < count; i++)
        add(router->root, routes[i]);
    return router;
}

void http_router_free(HttpRouter *router) {
    if (!router) return;
    free_node(router->root);
    free(router);
}

// ---- finding -----------------------------------------------------------------------------------

typedef struct Search {
    const char *method;
    char *allowed; // of 64 bytes
    size_t allowed_length;
} Search;

static void note_allowed(Search *search, const char *method) {
    size_t length = strlen(method);
    // The same method on two paths that match is told once.
    const char *there = strstr(search->allowed, method);
    if (there && (there[length] == ',' || there[length] == '\0')) return;
    if (search->allowed_length + length + 3 > 64) return;
    search->allowed_length +=
        (size_t)snprintf(search->allowed + search->allowed_length, 64 - search->allowed_length,
                         "%s%s", search->allowed_length ? ", " : "", method);
}

static const HttpRoute *route_here(const Node *node, Search *search) {
    const HttpRoute *found = NULL;
    for (size_t i = 0; i < node->route_count; i++) {
        note_allowed(search, node->routes[i]->method);
        if (strcmp(node->routes[i]->method, search->method) == 0) found = node->routes[i];
    }
    return found;
}

// `path` stands behind the slash that this node's children begin with.
static const HttpRoute *find_below(const Node *node, const char *path, Search *search) {
    size_t length = strcspn(path, "/");
    const Node *next[] = {find_literal(node, path, length), length ? node->named : NULL};
    for (size_t i = 0; i < 2; i++) {
        if (!next[i]) continue;
        const HttpRoute *found = path[length] ? find_below(next[i], path + length + 1, search)
                                              : route_here(next[i], search);
        if (found) return found;
    }
    return NULL;
}

static bool take_parameters(const HttpRoute *route, const char *path, HttpParameters *out) {
    char *room = out->room;
    const char *pattern = route->pattern;
    out->count = 0;
    while (*pattern && *pattern != '?') {
        size_t name_length = strcspn(++pattern, "/?"), length = strcspn(++path, "/");
        if (*pattern == '{') {
            size_t needed = name_length - 2 + 1 + length + 1;
            if (needed > sizeof out->room - (size_t)(room - out->room)) return false;
            char *name = room, *value = room + name_length - 1;
            memcpy(name, pattern + 1, name_length - 2);
            name[name_length - 2] = '\0';
            memcpy(value, path, length);
            value[length] = '\0';
            out->items[out->count].name = name;
            out->items[out->count++].value = value;
            room += needed;
        }
        pattern += name_length;
        path += length;
    }
    return true;
}

const HttpRoute *http_router_find(const HttpRouter *router, const char *method, const char *path,
                                  HttpParameters *parameters, char allowed[64]) {
    Search search = {.method = method, .allowed = allowed};
    allowed[0] = '\0';
    parameters->count = 0;
    if (path[0] != '/') return NULL;
    const HttpRoute *found = find_below(router->root, path + 1, &search);
    if (found && !take_parameters(found, path, parameters)) {
        allowed[0] = '\0';
        return NULL;
    }
    return found;
}

bool http_route_takes(const HttpRoute *route, const char *name) {
    const char *at = strchr(route->pattern, '?');
    for (; at; at = strchr(at, '&')) {
        size_t length = strcspn(++at, "&");
        if (length == strlen(name) && memcmp(at, name, length) == 0) return true;
    }
    return false;
}

const char *http_parameter(const HttpParameters *parameters, const char *name) {
    for (size_t i = 0; i < parameters->count; i++)
        if (strcmp(parameters->items[i].name, name) == 0) return parameters->items[i].value;
    return NULL;
}
