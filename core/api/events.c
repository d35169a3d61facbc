// /api/v1/events: server-sent events of what happens, as it happens.
//
// Events count from 1 and the last ones are kept, so that a reader who was away for a while gets
// what it missed; one that was away for longer, or from another start of the server, is told to
// read everything anew. What is too long for a stream is told in brief: there is something to read.
// How far an evaluation is passes by, and is not kept. A comment now and then finds readers who
// have left.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/access.h"
#include "core/api/api_inside.h"
#include "core/base/clock.h"
#include "core/view/round_view.h"

enum {
    EVENTS_KEPT = 512,
    MOST_STREAMS = 512,
    MOST_STREAMS_OF_ONE = 32, // account
    RETRY_MS = 2000,
    LARGEST_EVENT = 32 * 1024,   // bytes
    LARGEST_MISSED = 128 * 1024, // of all together; a stream holds twice as many
};

typedef struct Reader {
    HttpStream *stream;
    struct EventHub *hub;
    Caller caller; // as of the last beat
} Reader;

// An event as it is sent, and to whom.
typedef struct Event {
    Action action;
    char region[REGION_CODE_SIZE]; // "": wherever
    char who[ACCOUNT_NAME_SIZE];   // who is told besides, whatever his rights; "": nobody
    Buffer whole;
    Buffer part;  // for who has the right in part of the region only; empty: the same
    bool no_part; // there is nothing for him
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
    if (*event->who && strcmp(event->who, caller->name) == 0 &&
        rights_allow(caller, event->action, NULL, regions))
        return &event->whole;
    if (rights_allow(caller, event->action, region, regions)) return &event->whole;
    if (event->no_part || !rights_allow_part(caller, event->action, region, regions)) return NULL;
    return event->part.length ? &event->part : &event->whole;
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

static void write_data(const char *type, const json_t *data, Buffer *out) {
    buffer_printf(out, "event: %s\ndata: ", type);
    view_json_append(out, data);
    buffer_text(out, "\n\n");
}

static void write_event(const Api *api, const char *type, const json_t *data, Buffer *out) {
    buffer_free(out); // most events are short: no room is kept for the longest there was
    buffer_printf(out, "id: %s-%llu\n", api->boot, (unsigned long long)api->events->last_id);
    write_data(type, data, out);
}

// Who is told, and what. `brief` stands for a whole that is too long; NULL: it never is.
typedef struct News {
    const char *type;
    Action action;
    const char *region; // NULL: wherever
    const char *who;    // told besides; NULL: nobody
    bool no_part;       // who has the right in part of the region only is not told
    bool brief_in_part; // he is told the brief
    json_t *whole, *brief;
} News;

// Takes both texts over.
static void publish(Api *api, const News *news) {
    EventHub *hub = api->events;
    Event *event = &hub->kept[++hub->last_id % EVENTS_KEPT];
    event->action = news->action;
    snprintf(event->region, sizeof event->region, "%s", news->region ? news->region : "");
    snprintf(event->who, sizeof event->who, "%s", news->who ? news->who : "");
    write_event(api, news->type, news->whole, &event->whole);
    if (news->brief && event->whole.length > LARGEST_EVENT)
        write_event(api, news->type, news->brief, &event->whole);
    event->no_part = news->no_part;
    buffer_clear(&event->part);
    if (news->brief_in_part) write_event(api, news->type, news->brief, &event->part);
    send_all(api, event);
    json_decref(news->whole);
    json_decref(news->brief);
}

// ---- what is told -------------------------------------------------------------------------------

static json_t *pack_event(const BoardPack *pack) {
    return json_pack("{s:s, s:s, s:s, s:I, s:i, s:I, s:I}", "pack", pack->description->id,
                     "version", pack->description->version, "hash",
                     pinned_pack(pack->version)->bundle.hash, "run", (json_int_t)pack->run, "year",
                     pack->year, "data_version", (json_int_t)pack->data_version, "failed_rules",
                     (json_int_t)pack->failures.rules);
}

static json_t *version_event(const ServiceEvent *event) {
    json_t *json = pack_event(event->pack);
    json_object_set_new(json, "retired",
                        event->retired ? json_string(event->retired) : json_null());
    return json;
}

// Those too where figures became or ceased to be sample data and nothing else changed.
static json_t *changed_regions(const BoardPack *pack, const BoardChange *change) {
    bool *changed = memory_new(pack->region_count, sizeof *changed);
    json_t *codes = json_array();
    for (size_t i = 0; i < change->count; i++)
        changed[change->regions[i].region] = true;
    for (size_t i = 0; i < change->sample_count; i++)
        changed[change->samples[i].region] = true;
    for (uint32_t r = 0; r < pack->region_count; r++)
        if (changed[r]) json_array_append_new(codes, json_string(pack->regions[r].code));
    free(changed);
    return codes;
}

static json_t *results_event(const ServiceEvent *event) {
    json_t *json = pack_event(event->pack);
    json_object_set_new(json, "regions", changed_regions(event->pack, event->change));
    return json;
}

static json_t *warnings_event(const DeskWarnings *warnings) {
    json_t *steps = json_array();
    for (size_t i = 0; i < warnings->count; i++) {
        const WarningStep *step = &warnings->steps[i];
        json_array_append_new(
            steps, json_pack("{s:s, s:I, s:s, s:s, s:o, s:s, s:s, s:o}", "event", step->event, "id",
                             (json_int_t)step->id, "region", step->region, "warning", step->warning,
                             "title", view_text_to_json(step->title), "subject", step->subject,
                             "level", step->level, "message", view_text_to_json(step->message)));
    }
    return json_pack("{s:s, s:o}", "pack", warnings->pack, "steps", steps);
}

static const char *region_of(const Api *api, const char *id) {
    const BoardPack *pack = board_find(service_board(api->options.service), id);
    const BoardRetired *retired = board_find_retired(service_board(api->options.service), id);
    return pack ? pack->description->region : retired ? retired->region : REGION_EVERYWHERE;
}

static void publish_retired(Api *api, const BoardRetired *retired) {
    publish(api, &(News){.type = "retired",
                         .action = ACTION_PACKS_READ,
                         .region = retired->region,
                         .whole = json_pack("{s:s, s:s, s:s}", "pack", retired->pack, "version",
                                            retired->version, "hash", retired->hash)});
}

// Who may read of part of the regions is told that there is something to read.
static void publish_warnings(Api *api, const DeskWarnings *warnings) {
    publish(api, &(News){.type = "warnings",
                         .action = ACTION_WARNINGS_READ,
                         .region = region_of(api, warnings->pack),
                         .brief_in_part = true,
                         .whole = warnings_event(warnings),
                         .brief = json_pack("{s:s, s:n}", "pack", warnings->pack, "steps")});
}

static void publish_round(Api *api, const AssessmentRound *round) {
    publish(api, &(News){.type = "round",
                         .action = ACTION_ROUNDS_READ,
                         .region = region_of(api, round->pack),
                         .whole = round_json(round)});
}

static void publish_results(Api *api, const ServiceEvent *event) {
    json_t *brief = pack_event(event->pack);
    json_object_set_new(brief, "regions", json_null());
    publish(api, &(News){.type = "results",
                         .action = ACTION_RESULTS_READ,
                         .region = event->pack->description->region,
                         .whole = results_event(event),
                         .brief = brief});
}

static void count_candidate(Api *api, const Candidate *candidate) {
    if (candidate->over_us == 0) return;
    if (candidate->good)
        api->counts.candidates_good++;
    else
        api->counts.candidates_failed++;
}

static void publish_candidate(Api *api, const Candidate *candidate) {
    const CandidateAudience audience = api_candidate_audience(candidate);
    publish(api, &(News){.type = "candidate",
                         .action = audience.action,
                         .region = audience.region,
                         .who = audience.who,
                         .no_part = !audience.part_is_enough,
                         .whole = api_candidate_to_json(candidate),
                         .brief = api_candidate_in_brief(candidate)});
}

void api_take_event(Api *api, const ServiceEvent *event) {
    switch (event->kind) {
        case EVENT_READY:
            publish(
                api,
                &(News){.type = "ready", .action = ACTION_RESULTS_READ, .whole = json_object()});
            break;
        case EVENT_PACK:
            publish(api, &(News){.type = "pack",
                                 .action = ACTION_PACKS_READ,
                                 .region = event->pack->description->region,
                                 .whole = version_event(event)});
            break;
        case EVENT_RESULTS: publish_results(api, event); break;
        case EVENT_CANDIDATE:
            count_candidate(api, event->candidate);
            publish_candidate(api, event->candidate);
            break;
        case EVENT_WARNINGS: publish_warnings(api, event->warnings); break;
        case EVENT_ROUND: publish_round(api, event->round); break;
        case EVENT_RETIRED: publish_retired(api, event->gone); break;
        case EVENT_PLACES:
            api->regions_changed = true;
            publish(
                api,
                &(News){.type = "regions", .action = ACTION_REGIONS_READ, .whole = json_object()});
            break;
    }
}

void api_tell_progress(Api *api, const char *pack, const char *region, size_t done, size_t total) {
    Event event = {.action = ACTION_RESULTS_READ};
    json_t *data = json_pack("{s:s, s:I, s:I}", "pack", pack, "done", (json_int_t)done, "total",
                             (json_int_t)total);
    snprintf(event.region, sizeof event.region, "%s", region);
    write_data("progress", data, &event.whole);
    send_all(api, &event);
    buffer_free(&event.whole);
    json_decref(data);
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
    // More than a stream holds would cut the reader off, who would come back and ask for it again.
    return out->length <= LARGEST_MISSED;
}

// It has an id, or the reader would ask for what it missed again and again.
static void append_reset(const Api *api, Buffer *out) {
    buffer_printf(out, "id: %s-%llu\nevent: reset\ndata: {}\n\n", api->boot,
                  (unsigned long long)api->events->last_id);
}

static size_t streams_of(const EventHub *hub, const Caller *caller) {
    size_t own = 0;
    for (size_t i = 0; i < hub->count; i++)
        own += strcmp(hub->readers[i]->caller.name, caller->name) == 0;
    return own;
}

// False: the call is answered.
static bool find_room(ApiCall *call) {
    const EventHub *hub = call->api->events;
    bool is_full = hub->count >= MOST_STREAMS;
    if (!is_full && streams_of(hub, &call->caller) < MOST_STREAMS_OF_ONE) return true;
    call->api->refused.streams++;
    if (is_full)
        api_fail_busy(call);
    else
        api_fail_streams(call, MOST_STREAMS_OF_ONE);
    return false;
}

static void open_stream(ApiCall *call) {
    Api *api = call->api;
    EventHub *hub = api->events;
    if (!find_room(call)) return;
    const char *last = http_request_header(call->request, "Last-Event-ID");
    Buffer begin = {0}, missed = {0};
    buffer_printf(&begin, "retry: %d\n\n", RETRY_MS);
    if (last && append_missed(api, &call->caller, last, &missed))
        buffer_append(&begin, missed.data, missed.length);
    else if (last)
        append_reset(api, &begin);
    buffer_free(&missed);
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
