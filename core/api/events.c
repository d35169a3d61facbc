// /api/v1/events: server-sent events of what happens, as it happens.
//
// Events count from 1 and the last ones are kept, so that a reader who was away for a while gets
// what it missed; one that was away for longer, or from another start of the server, is told to
// read everything anew. A comment now and then finds readers who have left.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"

enum { EVENTS_KEPT = 512, MOST_STREAMS = 512, RETRY_MS = 2000 };

typedef struct Reader {
    HttpStream *stream;
    struct EventHub *hub;
} Reader;

struct EventHub {
    Buffer kept[EVENTS_KEPT]; // by id modulo their number: as they are sent
    uint64_t last_id;
    Reader **readers;
    size_t count, capacity;
};

EventHub *event_hub_new(void) {
    return memory_new(1, sizeof(EventHub));
}

void event_hub_free(EventHub *hub) {
    for (size_t i = 0; i < EVENTS_KEPT; i++)
        buffer_free(&hub->kept[i]);
    free(hub->readers);
    free(hub);
}

// A reader that is too slow closes, and leaves the list, while it is being told.
static void send_all(EventHub *hub, const Buffer *bytes) {
    for (size_t i = hub->count; i-- > 0;)
        if (i < hub->count)
            (void)http_stream_send(hub->readers[i]->stream, bytes->data, bytes->length);
}

static void publish(Api *api, const char *type, json_t *data) {
    EventHub *hub = api->events;
    Buffer *event = &hub->kept[++hub->last_id % EVENTS_KEPT];
    char *text = json_dumps(data, JSON_COMPACT | JSON_REAL_PRECISION(17));
    buffer_clear(event);
    buffer_printf(event, "id: %s-%llu\nevent: %s\ndata: ", api->boot,
                  (unsigned long long)hub->last_id, type);
    buffer_text(event, text);
    buffer_text(event, "\n\n");
    free(text);
    json_decref(data);
    send_all(hub, event);
}

// ---- what is told -------------------------------------------------------------------------------

static json_t *pack_event(const BoardPack *pack) {
    return json_pack("{s:s, s:s, s:s, s:I, s:i, s:I}", "pack", pack->description->id, "version",
                     pack->description->version, "hash", pinned_pack(pack->version)->bundle.hash,
                     "run", (json_int_t)pack->run, "year", pack->year, "data_version",
                     (json_int_t)pack->data_version);
}

static json_t *version_event(const ServiceEvent *event) {
    json_t *json = pack_event(event->pack);
    json_object_set_new(json, "retired",
                        event->retired ? json_string(event->retired) : json_null());
    return json;
}

static json_t *results_event(const ServiceEvent *event) {
    json_t *json = pack_event(event->pack), *regions = json_array();
    for (size_t i = 0; i < event->change->count; i++)
        json_array_append_new(
            regions, json_string(event->pack->regions[event->change->regions[i].region].code));
    json_object_set_new(json, "regions", regions);
    return json;
}

static json_t *warnings_event(const DeskWarnings *warnings) {
    json_t *steps = json_array();
    for (size_t i = 0; i < warnings->count; i++) {
        const WarningStep *step = &warnings->steps[i];
        json_array_append_new(steps, json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s, s:s?}", "event",
                                               step->event, "id", (json_int_t)step->id, "region",
                                               step->region, "warning", step->warning, "title",
                                               step->title, "subject", step->subject, "level",
                                               step->level, "message", step->message));
    }
    return json_pack("{s:s, s:o}", "pack", warnings->pack, "steps", steps);
}

void api_take_event(Api *api, const ServiceEvent *event) {
    switch (event->kind) {
        case EVENT_READY: publish(api, "ready", json_object()); break;
        case EVENT_PACK: publish(api, "pack", version_event(event)); break;
        case EVENT_RESULTS: publish(api, "results", results_event(event)); break;
        case EVENT_CANDIDATE:
            publish(api, "candidate", api_candidate_to_json(event->candidate));
            break;
        case EVENT_WARNINGS: publish(api, "warnings", warnings_event(event->warnings)); break;
        case EVENT_PLACES: publish(api, "regions", json_object()); break;
    }
}

void api_beat(Api *api) {
    Buffer comment = {0};
    buffer_text(&comment, ":\n\n");
    send_all(api->events, &comment);
    buffer_free(&comment);
}

// ---- readers ------------------------------------------------------------------------------------

static void stream_closed(HttpStream *stream, void *context) {
    Reader *reader = context;
    EventHub *hub = reader->hub;
    (void)stream;
    for (size_t i = 0; i < hub->count; i++) {
        if (hub->readers[i] != reader) continue;
        hub->readers[i] = hub->readers[--hub->count];
        break;
    }
    free(reader);
}

// What the reader missed since the event it names; false: it must read everything anew.
static bool append_missed(const Api *api, const char *last, Buffer *out) {
    const EventHub *hub = api->events;
    size_t boot_length = strlen(api->boot);
    if (strncmp(last, api->boot, boot_length) != 0 || last[boot_length] != '-') return false;
    char *end;
    unsigned long long id = strtoull(last + boot_length + 1, &end, 10);
    if (*end || id > hub->last_id || hub->last_id - id > EVENTS_KEPT) return false;
    for (; id < hub->last_id; id++) {
        const Buffer *event = &hub->kept[(id + 1) % EVENTS_KEPT];
        buffer_append(out, event->data, event->length);
    }
    return true;
}

static void open_stream(ApiCall *call) {
    Api *api = call->api;
    EventHub *hub = api->events;
    if (hub->count >= MOST_STREAMS) {
        api_fail_busy(call);
        return;
    }
    const char *last = http_request_header(call->request, "Last-Event-ID");
    Buffer begin = {0};
    buffer_printf(&begin, "retry: %d\n\n", RETRY_MS);
    if (last && !append_missed(api, last, &begin))
        buffer_text(&begin, "event: reset\ndata: {}\n\n");
    HttpAnswer answer = {.status = 200, .type = "text/event-stream; charset=utf-8"};
    http_answer_header(&answer, "Cache-Control", "no-store");
    http_answer_header(&answer, "X-Accel-Buffering", "no");
    Reader *reader = memory_new(1, sizeof *reader);
    reader->hub = hub;
    ARRAY_RESERVE(hub->readers, hub->count, hub->capacity);
    hub->readers[hub->count++] = reader;
    reader->stream = http_stream_open(call->request, &answer, stream_closed, reader);
    (void)http_stream_send(reader->stream, begin.data, begin.length);
    buffer_free(&begin);
}

static const ApiRoute routes[] = {{{"GET", "/api/v1/events", 0}, open_stream, false}};
const ApiResource api_events = {routes, sizeof routes / sizeof *routes};
