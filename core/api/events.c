// /api/v1/events: server-sent events of what happens, as it happens.
//
// Events count from 1 and the last ones are kept, so that a reader who was away for a while gets
// what it missed; one that was away for longer, or from another start of the server, is told to
// read everything anew. A comment now and then finds readers who have left.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/access.h"
#include "core/api/api_inside.h"
#include "core/base/clock.h"

enum { EVENTS_KEPT = 512, MOST_STREAMS = 512, RETRY_MS = 2000 };

typedef struct Reader {
    HttpStream *stream;
    struct EventHub *hub;
    Caller caller; // as of the last beat
} Reader;

// An event as it is sent, and to whom.
typedef struct Event {
    Action action;
    char region[REGION_CODE_SIZE]; // "": wherever
    Buffer whole;
    Buffer part; // for who has the right in part of the region only; empty: the same
} Event;

struct EventHub {
    Event kept[EVENTS_KEPT]; // by id modulo their number
    uint64_t last_id;
    Reader **readers;
    size_t count, capacity;
};

EventHub *event_hub_new(void) {
    return memory_new(1, sizeof(EventHub));
}

void event_hub_free(EventHub *hub) {
    for (size_t i = 0; i < EVENTS_KEPT; i++) {
        buffer_free(&hub->kept[i].whole);
        buffer_free(&hub->kept[i].part);
    }
    free(hub->readers);
    free(hub);
}

// What of the event is for the caller; NULL: nothing.
static const Buffer *part_for(const Api *api, const Event *event, const Caller *caller) {
    const RegionTree *regions = door_regions(api->options.door);
    const char *region = *event->region ? event->region : NULL;
    if (!rights_allow_part(caller, event->action, region, regions)) return NULL;
    bool whole = event->part.length == 0 || rights_allow(caller, event->action, region, regions);
    return whole ? &event->whole : &event->part;
}

// A reader that is too slow closes, and leaves the list, while it is being told.
static void send_all(const Api *api, const Event *event) {
    const EventHub *hub = api->events;
    for (size_t i = hub->count; i-- > 0;) {
        if (i >= hub->count) continue;
        const Buffer *bytes = part_for(api, event, &hub->readers[i]->caller);
        if (bytes) (void)http_stream_send(hub->readers[i]->stream, bytes->data, bytes->length);
    }
}

static void write_event(const Api *api, const char *type, json_t *data, Buffer *out) {
    char *text = json_dumps(data, JSON_COMPACT | JSON_REAL_PRECISION(17));
    buffer_clear(out);
    buffer_printf(out, "id: %s-%llu\nevent: %s\ndata: ", api->boot,
                  (unsigned long long)api->events->last_id, type);
    buffer_text(out, text);
    buffer_text(out, "\n\n");
    free(text);
    json_decref(data);
}

// `region` NULL: wherever; `part` NULL: the same as the whole. Takes both over.
static void publish(Api *api, const char *type, Action action, const char *region, json_t *whole,
                    json_t *part) {
    EventHub *hub = api->events;
    Event *event = &hub->kept[++hub->last_id % EVENTS_KEPT];
    event->action = action;
    snprintf(event->region, sizeof event->region, "%s", region ? region : "");
    write_event(api, type, whole, &event->whole);
    buffer_clear(&event->part);
    if (part) write_event(api, type, part, &event->part);
    send_all(api, event);
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

// Who may read of part of the regions is told that there is something to read.
static void publish_warnings(Api *api, const DeskWarnings *warnings) {
    const BoardPack *pack = board_find(service_board(api->options.service), warnings->pack);
    publish(api, "warnings", ACTION_WARNINGS_READ,
            pack ? pack->description->region : REGION_EVERYWHERE, warnings_event(warnings),
            json_pack("{s:s, s:n}", "pack", warnings->pack, "steps"));
}

void api_take_event(Api *api, const ServiceEvent *event) {
    switch (event->kind) {
        case EVENT_READY:
            publish(api, "ready", ACTION_RESULTS_READ, NULL, json_object(), NULL);
            break;
        case EVENT_PACK:
            publish(api, "pack", ACTION_PACKS_READ, event->pack->description->region,
                    version_event(event), NULL);
            break;
        case EVENT_RESULTS:
            publish(api, "results", ACTION_RESULTS_READ, event->pack->description->region,
                    results_event(event), NULL);
            break;
        case EVENT_CANDIDATE:
            publish(api, "candidate", ACTION_PACKS_READ, NULL,
                    api_candidate_to_json(event->candidate), NULL);
            break;
        case EVENT_WARNINGS: publish_warnings(api, event->warnings); break;
        case EVENT_PLACES:
            api->regions_changed = true;
            publish(api, "regions", ACTION_REGIONS_READ, NULL, json_object(), NULL);
            break;
    }
}

void api_recheck_readers(Api *api) {
    const EventHub *hub = api->events;
    const int64_t now_us = clock_now_us();
    for (size_t i = hub->count; i-- > 0;)
        if (i < hub->count && !door_recheck(api->options.door, &hub->readers[i]->caller, now_us))
            http_stream_close(hub->readers[i]->stream);
}

void api_beat(Api *api) {
    const EventHub *hub = api->events;
    api_recheck_readers(api);
    for (size_t i = hub->count; i-- > 0;)
        if (i < hub->count) (void)http_stream_send(hub->readers[i]->stream, ":\n\n", 3);
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
static bool append_missed(const Api *api, const Caller *caller, const char *last, Buffer *out) {
    const EventHub *hub = api->events;
    size_t boot_length = strlen(api->boot);
    if (strncmp(last, api->boot, boot_length) != 0 || last[boot_length] != '-') return false;
    char *end;
    unsigned long long id = strtoull(last + boot_length + 1, &end, 10);
    if (*end || id > hub->last_id || hub->last_id - id > EVENTS_KEPT) return false;
    for (; id < hub->last_id; id++) {
        const Buffer *bytes = part_for(api, &hub->kept[(id + 1) % EVENTS_KEPT], caller);
        if (bytes) buffer_append(out, bytes->data, bytes->length);
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
    if (last && !append_missed(api, &call->caller, last, &begin))
        buffer_text(&begin, "event: reset\ndata: {}\n\n");
    HttpAnswer answer = {.status = 200, .type = "text/event-stream; charset=utf-8"};
    http_answer_header(&answer, "Cache-Control", "no-store");
    http_answer_header(&answer, "X-Accel-Buffering", "no");
    access_add_headers(call, &answer);
    Reader *reader = memory_new(1, sizeof *reader);
    reader->hub = hub;
    reader->caller = call->caller;
    ARRAY_RESERVE(hub->readers, hub->count, hub->capacity);
    hub->readers[hub->count++] = reader;
    reader->stream = http_stream_open(call->request, &answer, stream_closed, reader);
    (void)http_stream_send(reader->stream, begin.data, begin.length);
    buffer_free(&begin);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/events", 0}, open_stream, ACTION_RESULTS_READ, API_ANYWHERE}};
const ApiResource api_events = {routes, sizeof routes / sizeof *routes};
