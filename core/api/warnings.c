// /api/v1/warnings: what was raised, its history, and who knows of it.
#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"
#include "core/api/question.h"
#include "core/base/plain_text.h"
#include "core/base/utf8.h"
#include "core/registry/region_scope.h"
#include "core/registry/registry.h"

// Texts of a warning are read by the versions that are active: a pack may call it otherwise today.
static const char *title_of(const Board *board, const char *pack_id, const char *warning) {
    const BoardPack *pack = board_find(board, pack_id);
    for (size_t w = 0; pack && w < pack->description->warning_count; w++)
        if (strcmp(pack->description->warnings[w].id, warning) == 0)
            return pack->description->warnings[w].title;
    return NULL;
}

typedef struct Reading {
    ApiCall *call;
    char *pack, *region; // NULL: any
    int64_t id;          // 0: any
    int year;            // 0: any
    WarningLevel least;  // this one and worse
    bool open_only, with_history;
    json_t *rows; // made aside; titles are added on the loop
    Error error;
    bool good;
} Reading;

static void reading_free(Reading *reading) {
    json_decref(reading->rows);
    free(reading->pack);
    free(reading->region);
    free(reading);
}

// ---- aside -------------------------------------------------------------------------------------

static bool add_warning(const StoreWarning *warning, void *context, Error *error) {
    (void)error;
    Reading *reading = context;
    if (level_from_name(warning->level) < reading->least) return true;
    json_t *json = json_pack(
        "{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s?, s:s?}", "id", (json_int_t)warning->id,
        "pack", warning->pack, "region", warning->region, "warning", warning->warning, "subject",
        warning->subject, "state", warning->state, "level", warning->level, "year", warning->year,
        "message", warning->message, "acknowledged_by", warning->acknowledged_by);
    json_object_set_new(json, "raised_at", view_time_to_json(warning->raised_at_us));
    json_object_set_new(json, "acknowledged_at", view_time_to_json(warning->acknowledged_at_us));
    json_object_set_new(json, "cleared_at", view_time_to_json(warning->cleared_at_us));
    json_array_append_new(reading->rows, json);
    return true;
}

static bool add_event(const StoreWarningEvent *event, void *context, Error *error) {
    (void)error;
    json_array_append_new(context, json_pack("{s:s, s:o, s:s, s:s, s:o, s:s?}", "event",
                                             event->event, "at", view_time_to_json(event->at_us),
                                             "level", event->level, "who", event->who, "run",
                                             event->run ? json_integer(event->run) : json_null(),
                                             "note", event->note));
    return true;
}

// Of one region; NULL: of all.
static bool read_of(Store *store, const char *region, Reading *reading, Error *error) {
    const StoreWarningQuery query = {.pack = reading->pack,
                                     .region = region,
                                     .id = reading->id,
                                     .year = reading->year,
                                     .open_only = reading->open_only};
    return store_read_warnings(store, &query, add_warning, reading, error);
}

// Of the region asked for and those in it.
static bool read_below(Store *store, Reading *reading, Error *error) {
    RegionScope scope;
    bool good = region_scope_read(store, reading->region, &scope, error);
    for (size_t i = 0; good && i < scope.count; i++)
        good = read_of(store, scope.codes[i], reading, error);
    region_scope_free(&scope);
    return good;
}

static void read_warnings(const JobHost *host, Store *store, void *context) {
    Reading *reading = context;
    (void)host;
    Error *error = &reading->error;
    reading->rows = json_array();
    reading->good =
        (!reading->pack || registry_require_pack(store, reading->pack, error)) &&
        (reading->region && !reading->id ? read_below(store, reading, error)
                                         : read_of(store, reading->region, reading, error));
    if (!reading->good || !reading->with_history || json_array_size(reading->rows) == 0) return;
    json_t *history = json_array();
    json_object_set_new(json_array_get(reading->rows, 0), "history", history);
    reading->good = store_read_warning_events(store, reading->region, reading->id, add_event,
                                              history, &reading->error);
}

// ---- answers -----------------------------------------------------------------------------------

static void add_title(const Board *board, json_t *row) {
    const char *region = json_string_value(json_object_get(row, "region"));
    const char *title = title_of(board, json_string_value(json_object_get(row, "pack")),
                                 json_string_value(json_object_get(row, "warning")));
    const BoardPlace *place = board_place(board, region);
    json_object_set_new(row, "title", title ? json_string(title) : json_null());
    json_object_set_new(row, "name", place ? json_string(place->name) : json_null());
}

// Warnings of regions that are not the caller's.
static void leave_out(const ApiCall *call, json_t *rows) {
    for (size_t i = json_array_size(rows); i-- > 0;)
        if (!api_may(call, ACTION_WARNINGS_READ,
                     json_string_value(json_object_get(json_array_get(rows, i), "region"))))
            json_array_remove(rows, i);
}

enum { MOST_WRITTEN_AT_HOME = 100 }; // rows; to write and compress more holds up the loop

static void only_write(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host, (void)store, (void)question; // its answer is there
}

static void answer_list(Reading *reading) {
    size_t count = json_array_size(reading->rows);
    json_t *body = json_pack("{s:o}", "warnings", reading->rows);
    reading->rows = NULL; // the body's
    if (count <= MOST_WRITTEN_AT_HOME) {
        api_answer_json(reading->call, 200, body);
        return;
    }
    ApiQuestion *question = api_question_new(reading->call, sizeof *question);
    question->answer = body;
    api_question_ask(question, only_write);
}

static void answer(void *context) {
    Reading *reading = context;
    ApiCall *call = reading->call;
    size_t i;
    json_t *row;
    leave_out(call, reading->rows);
    json_array_foreach(reading->rows, i, row) add_title(service_board(api_service(call)), row);
    if (!reading->good)
        api_fail(call, &reading->error);
    else if (reading->with_history && json_array_size(reading->rows) == 0)
        api_failf(call, ERROR_NOT_FOUND,
                  T("region %s has no warning %lld", "行政区划 %s 没有编号为 %lld 的预警"),
                  reading->region, (long long)reading->id);
    else if (reading->with_history)
        api_answer_json(call, 200, json_incref(json_array_get(reading->rows, 0)));
    else
        answer_list(reading);
    reading_free(reading);
}

static void begin_reading(ApiCall *call, const Reading *what) {
    Reading *reading = memory_new(1, sizeof *reading);
    *reading = *what;
    reading->call = call;
    if (!api_aside(call, read_warnings, answer, reading)) reading_free(reading);
}

static bool take_level(ApiCall *call, WarningLevel *least) {
    const char *name = api_query(call, "level");
    if (!name) return true;
    *least = level_from_name(name);
    if (*least != LEVEL_NONE && *least != LEVEL_COUNT) return true;
    api_failf(call, ERROR_USAGE,
              T("level takes blue, yellow, orange or red, not \"%s\"",
                "level 应为 blue、yellow、orange 或 red，而不是“%s”"),
              name);
    return false;
}

static void list(ApiCall *call) {
    enum { FIRST_YEAR = 1900, LAST_YEAR = 2200 };
    bool open = true;
    int64_t year = 0;
    WarningLevel least = LEVEL_NONE;
    if (!api_query_boolean(call, "open", &open) ||
        !api_query_integer(call, "year", FIRST_YEAR, LAST_YEAR, &year) || !take_level(call, &least))
        return;
    begin_reading(call, &(Reading){.pack = memory_copy_string(api_query(call, "pack")),
                                   .region = memory_copy_string(api_query(call, "region")),
                                   .year = (int)year,
                                   .least = least,
                                   .open_only = open});
}

// The {warning} of the path; false: it is none, and the call is answered.
static bool take_id(ApiCall *call, int64_t *id) {
    char *end;
    const char *text = api_parameter(call, "warning");
    *id = strtoll(text, &end, 10);
    if (end != text && !*end && *id > 0) return true;
    api_failf(call, ERROR_NOT_FOUND, T("there is no warning %s", "没有编号为 %s 的预警"), text);
    return false;
}

static void show(ApiCall *call) {
    int64_t id;
    if (!take_id(call, &id)) return;
    begin_reading(call, &(Reading){.region = memory_copy_string(api_parameter(call, "region")),
                                   .id = id,
                                   .with_history = true});
}

// ---- acknowledging -----------------------------------------------------------------------------

enum { MOST_NOTE_CHARACTERS = 2000 };

typedef struct Acknowledging {
    ApiCall *call;
    int64_t id;
    json_t *body;
    ProblemList problems;
    bool good;
} Acknowledging;

static void acknowledge(Desk *desk, void *context) {
    Acknowledging *job = context;
    const ApiCall *call = job->call;
    job->good = desk_acknowledge(
        desk, api_parameter(call, "pack"), api_parameter(call, "region"), job->id, call->actor.who,
        json_string_value(json_object_get(job->body, "note")), &job->problems);
}

static void acknowledging_free(Acknowledging *job) {
    json_decref(job->body);
    problems_free(&job->problems);
    free(job);
}

static void acknowledged(void *context) {
    Acknowledging *job = context;
    if (job->good)
        api_answer_json(
            job->call, 200,
            json_pack("{s:I, s:s}", "id", (json_int_t)job->id, "state", "acknowledged"));
    else
        api_fail_all(job->call, &job->problems);
    acknowledging_free(job);
}

static bool check_note(const Acknowledging *job) {
    const json_t *note = json_object_get(job->body, "note");
    const char *text = json_string_value(note);
    if (!note || json_is_null(note)) return true;
    if (text && plain_text(text, json_string_length(note)) &&
        utf8_count(text) <= MOST_NOTE_CHARACTERS)
        return true;
    api_failf(job->call, ERROR_USAGE,
              T("\"note\" must be a text of at most %d characters, none of them control characters",
                "“note”应为不超过 %d 个字符、不含控制字符的文本"),
              MOST_NOTE_CHARACTERS);
    return false;
}

static void begin_acknowledging(ApiCall *call) {
    static const char *const members[] = {"note", NULL};
    int64_t id;
    json_t *body;
    if (!take_id(call, &id) || !api_body_optional(call, members, &body)) return;
    Acknowledging *job = memory_new(1, sizeof *job);
    *job = (Acknowledging){.call = call, .id = id, .body = body};
    if (!check_note(job) || !api_at_desk(call, acknowledge, acknowledged, job))
        acknowledging_free(job);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/warnings?level&open&pack&region&year", 0},
     list,
     ACTION_WARNINGS_READ,
     API_ANYWHERE},
    {{"GET", "/api/v1/warnings/{region}/{warning}", 0}, show, ACTION_WARNINGS_READ, API_REGION},
    {{"POST", "/api/v1/packs/{pack}/warnings/{region}/{warning}/acknowledgement", API_TEXT_BODY},
     begin_acknowledging,
     ACTION_WARNINGS_ACKNOWLEDGE,
     API_REGION},
};
const ApiResource api_warnings = {routes, sizeof routes / sizeof *routes};
