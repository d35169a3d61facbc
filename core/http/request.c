// A request and what may be asked of it: see message.h.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/http/inside.h"

HttpRequest *request_new(HttpConnection *connection, const char *target) {
    HttpServer *server = connection->daemon->server;
    HttpRequest *request = memory_new(1, sizeof *request);
    request->server = server;
    request->connection = connection;
    request->id = ++server->last_id;
    request->began_us = clock_now_us();
    request->began_ns = clock_monotonic_ns();
    request->peer = connection->peer;
    http_request_name_address(request, connection->peer.address);
    request->target = memory_copy_string(target);
    request->target_place = target;
    request->method = request->parsed.path = "-"; // until they are read
    return request;
}

void request_drop_body(HttpRequest *request) {
    budget_let_go(request, HELD_BODY);
    buffer_free(&request->body);
}

void request_free(HttpRequest *request) {
    if (request->release_data) request->release_data(request->data);
    buffer_free(&request->body);
    free(request->target);
    free(request->room);
    free(request->user);
    free(request);
}

Refusal refusal_of(int status, const char *code, const char *message, const char *hint) {
    Refusal refusal = {.status = status, .code = code};
    text_copy(refusal.message, sizeof refusal.message, message);
    text_copy(refusal.hint, sizeof refusal.hint, hint);
    return refusal;
}

void request_refuse(HttpRequest *request, int status, const char *code, const char *message,
                    const char *hint) {
    if (request->refusal.status) return;
    request->refusal = refusal_of(status, code, message, hint);
    request_drop_body(request);
}

void request_refuse_and_close(HttpRequest *request, int status, const char *code,
                              const char *message, const char *hint) {
    if (request->refusal.closes) return;
    request->refusal = refusal_of(status, code, message, hint);
    request->refusal.closes = true;
    request_drop_body(request);
}

const char *http_request_method(const HttpRequest *request) {
    return request->method;
}

const char *http_request_path(const HttpRequest *request) {
    return request->parsed.path;
}

const char *http_request_query(const HttpRequest *request, const char *name) {
    for (size_t i = 0; i < request->parsed.query_count; i++)
        if (strcmp(request->parsed.queries[i].name, name) == 0)
            return request->parsed.queries[i].value;
    return NULL;
}

void http_request_each_query(const HttpRequest *request,
                             void (*each)(const char *name, const char *value, void *context),
                             void *context) {
    for (size_t i = 0; i < request->parsed.query_count; i++)
        each(request->parsed.queries[i].name, request->parsed.queries[i].value, context);
}

const char *http_request_header(const HttpRequest *request, const char *name) {
    for (size_t i = 0; i < request->header_count; i++)
        if (strcasecmp(request->headers[i].name, name) == 0) return request->headers[i].value;
    return NULL;
}

const char *http_request_last_header(const HttpRequest *request, const char *name) {
    for (size_t i = request->header_count; i-- > 0;)
        if (strcasecmp(request->headers[i].name, name) == 0) return request->headers[i].value;
    return NULL;
}

bool http_request_takes_gzip(const HttpRequest *request) {
    return http_accepts_gzip(http_request_header(request, "Accept-Encoding"));
}

Language http_request_language(const HttpRequest *request) {
    const char *accepted = http_request_header(request, "Accept-Language");
    double chinese = http_language_weight(accepted, "zh");
    double english = http_language_weight(accepted, "en");
    if (chinese > english) return LANGUAGE_CHINESE;
    if (english > chinese) return LANGUAGE_ENGLISH;
    return language_now();
}

const char *http_request_cookie(const HttpRequest *request, const char *name) {
    for (size_t i = 0; i < request->cookie_count; i++)
        if (strcmp(request->cookies[i].name, name) == 0) return request->cookies[i].value;
    return NULL;
}

const char *http_request_body(const HttpRequest *request, size_t *length) {
    *length = request->body.length;
    return request->body.data ? request->body.data : "";
}

bool http_request_is_abandoned(const HttpRequest *request) {
    return request->is_abandoned;
}

const HttpPeer *http_request_peer(const HttpRequest *request) {
    return &request->peer;
}

void http_request_put(HttpRequest *request, void *data, void (*release)(void *data)) {
    if (request->release_data) request->release_data(request->data);
    request->data = data;
    request->release_data = release;
}

void *http_request_data(const HttpRequest *request) {
    return request->data;
}

void http_request_name_address(HttpRequest *request, const char *address) {
    snprintf(request->client, sizeof request->client, "%s", address);
    network_of(request->client, request->network);
}

void http_request_name_user(HttpRequest *request, const char *name) {
    free(request->user);
    request->user = memory_copy_string(name);
}
