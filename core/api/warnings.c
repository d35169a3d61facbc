// /api/v1/warnings: what was raised, its history, and who knows of it.
#include <stdlib.h>
#include <string.h>

#include "core/api/question.h"
#include "core/base/plain_text.h"
#include "core/base/utf8.h"
#include "core/registry/pack_year.h"
#include "core/registry/region_scope.h"
#include "core/registry/registry.h"
#include "core/view/region_names.h"

// ---- reading ------------------------------------------------------------------------------------

enum { USUAL_WARNINGS = 100, MOST_WARNINGS = 1000 };

// A page of warnings, or one of them with its history. It is made aside with all its texts, since
// they may be many; titles are as the versions say that are active when it is asked.
typedef struct WarningsQuestion {
    ApiQuestion question;
    const char *pack;   // NULL: any
    const char *region; // with those in it, of a page; NULL: any
    int64_t id;         // this one alone; 0: a page of them
    int64_t year;       // 0: any
    WarningLevel least; // this one and worse
    bool open_only;
    const char *after_region; // what is read next stands after `after_id` of it; NULL: the first
    int64_t after_id;
    int64_t limit;
    PinnedPack **packs; // the active ones
    size_t pack_count;
    RegionNames names;
    RegionScope scope; // the region asked for, and those in it
} WarningsQuestion;

static void release_reading(ApiQuestion *question) {
    WarningsQuestion *asked = (WarningsQuestion *)question;
    for (size_t i = 0; i < asked->pack_count; i++)
        pinned_pack_release(asked->packs[i]);
    free(asked->packs);
    region_names_free(&asked->names);
    region_scope_free(&asked->scope);
}

static WarningsQuestion *reading_new(ApiCall *call) {
    const Board *board = service_board(api_service(call));
    WarningsQuestion *asked = api_question_new(call, sizeof *asked);
    asked->question.release = release_reading;
    asked->packs = memory_new(board->count, sizeof *asked->packs);
    asked->pack_count = board->count;
    for (size_t i = 0; i < board->count; i++)
        asked->packs[i] = pinned_pack_share(board->packs[i]->version);
    return asked;
}

// A pack may call a warning otherwise today than when it was raised; NULL: it has none of that id.
static const char *title_of(const WarningsQuestion *asked, const StoreWarning *warning) {
    for (size_t i = 0; i < asked->pack_count; i++) {
        const Description *description = pinned_pack(asked->packs[i])->description;
        if (strcmp(description->id, warning->pack) != 0) continue;
        for (size_t w = 0; w < description->warning_count; w++)
            if (strcmp(description->warnings[w].id, warning->warning) == 0)
                return description->warnings[w].title;
    }
    return NULL;
}

static json_t *warning_to_json(const WarningsQuestion *asked, const StoreWarning *warning) {
    return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
                     "id", (json_int_t)warning->id, "pack", warning->pack, "region",
                     warning->region, "warning", warning->warning, "subject", warning->subject,
                     "state", warning->state, "level", warning->level, "year", warning->year,
                     "message", view_text_to_json(warning->message), "acknowledged_by",
                     view_text_to_json(warning->acknowledged_by), "raised_at",
                     view_time_to_json(warning->raised_at_us), "acknowledged_at",
                     view_time_to_json(warning->acknowledged_at_us), "cleared_at",
                     view_time_to_json(warning->cleared_at_us), "title",
                     view_text_to_json(title_of(asked, warning)), "name",
                     view_text_to_json(region_names_get(&asked->names, warning->region)));
}

// A part of the page.
typedef struct WarningPage {
    WarningsQuestion *asked;
    json_t *rows;
    int64_t read; // rows of the store, the caller's or not, since `read` was 0
    bool is_full; // and there is another page
} WarningPage;

static void note_place(WarningsQuestion *asked, const StoreWarning *warning) {
    if (!asked->after_region || strcmp(asked->after_region, warning->region) != 0)
        asked->after_region = arena_string(&asked->question.arena, warning->region);
    asked->after_id = warning->id;
}

static bool is_wanted(const WarningsQuestion *asked, const StoreWarning *warning) {
    return level_from_name(warning->level) >= asked->least &&
           (!asked->region || asked->id || region_scope_has(&asked->scope, warning->region)) &&
           api_question_may(&asked->question, ACTION_WARNINGS_READ, warning->region);
}

// Warnings of regions that are not the caller's are left out.
static bool add_warning(const StoreWarning *warning, void *context, Error *error) {
    (void)error;
    WarningPage *page = context;
    WarningsQuestion *asked = page->asked;
    page->read++;
    note_place(asked, warning);
    if (page->is_full || !is_wanted(asked, warning)) return true;
    page->is_full = (int64_t)json_array_size(page->rows) == asked->limit;
    if (!page->is_full) json_array_append_new(page->rows, warning_to_json(asked, warning));
    return true;
}

// The store knows no rights, so what it is asked for is a page and one more, and then more of what
// follows until the page is full.
static bool read_page(Store *store, WarningPage *page, Error *error) {
    const WarningsQuestion *asked = page->asked;
    bool one_region = asked->id || asked->scope.count == 1;
    StoreWarningQuery query = {.pack = asked->pack,
                               .region = one_region ? asked->region : NULL,
                               .id = asked->id,
                               .year = (int)asked->year,
                               .open_only = asked->open_only,
                               .limit = asked->limit + 1};
    for (bool all = false; !all && !page->is_full;) {
        query.after_region = asked->after_region;
        query.after_id = asked->after_id;
        page->read = 0;
        if (!store_read_warnings(store, &query, add_warning, page, error)) return false;
        all = page->read < query.limit;
        query.limit = MOST_WARNINGS;
    }
    return true;
}

static bool add_event(const StoreWarningEvent *event, void *context, Error *error) {
    (void)error;
    json_array_append_new(context,
                          json_pack("{s:s, s:o, s:s, s:o, s:o, s:o}", "event", event->event, "at",
                                    view_time_to_json(event->at_us), "level", event->level, "who",
                                    view_text_to_json(event->who), "run",
                                    event->run ? json_integer(event->run) : json_null(), "note",
                                    view_text_to_json(event->note)));
    return true;
}

static bool add_history(Store *store, const WarningPage *page, Error *error) {
    const WarningsQuestion *asked = page->asked;
    if (json_array_size(page->rows) == 0)
        return error_set(error, ERROR_NOT_FOUND,
                         T("region %s has no warning %lld", "行政区划 %s 没有编号为 %lld 的预警"),
                         asked->region, (long long)asked->id);
    json_t *history = json_array();
    json_object_set_new(json_array_get(page->rows, 0), "history", history);
    return store_read_warning_events(store, asked->region, asked->id, add_event, history, error);
}

static json_t *next_after(const WarningPage *page) {
    if (!page->is_full) return json_null();
    const json_t *last = json_array_get(page->rows, json_array_size(page->rows) - 1);
    return json_sprintf("%s,%lld", json_string_value(json_object_get(last, "region")),
                        (long long)json_integer_value(json_object_get(last, "id")));
}

// That what is asked about is there.
static bool find_subjects(Store *store, WarningsQuestion *asked, Error *error) {
    return region_names_read(store, &asked->names, error) &&
           (!asked->pack || registry_require_pack(store, asked->pack, error)) &&
           (!asked->region || asked->id ||
            region_scope_read(store, asked->region, &asked->scope, error));
}

static void read_warnings(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    WarningsQuestion *asked = (WarningsQuestion *)question;
    WarningPage page = {.asked = asked, .rows = json_array()};
    Error error = {0};
    if (!api_question_read_regions(question, store)) {
        json_decref(page.rows);
        return;
    }
    bool good = find_subjects(store, asked, &error) && read_page(store, &page, &error) &&
                (!asked->id || add_history(store, &page, &error));
    if (!good)
        api_question_fail(question, &error);
    else if (asked->id)
        question->answer = json_incref(json_array_get(page.rows, 0));
    else
        question->answer =
            json_pack("{s:O, s:o}", "warnings", page.rows, "next_after", next_after(&page));
    json_decref(page.rows);
}

// "150802,3", as a page gave it; false: it is none, and the call is answered.
static bool take_after(WarningsQuestion *asked) {
    const char *after = api_question_query(&asked->question, "after");
    if (!after) return true;
    char *comma = strchr(after, ','), *end;
    if (comma) asked->after_id = strtoll(comma + 1, &end, 10);
    if (comma && end != comma + 1 && !*end && asked->after_id > 0) {
        *comma = '\0';
        asked->after_region = after;
        return true;
    }
    api_failf(asked->question.call, ERROR_USAGE,
              T("after takes what the page before gave as next_after, not \"%s\"",
                "after 应为上一页给出的 next_after，而不是“%s”"),
              after);
    return false;
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
    WarningsQuestion *asked = reading_new(call);
    asked->pack = api_question_query(&asked->question, "pack");
    asked->region = api_question_query(&asked->question, "region");
    asked->open_only = true;
    asked->limit = USUAL_WARNINGS;
    if (api_query_boolean(call, "open", &asked->open_only) &&
        api_query_integer(call, "year", PACK_FIRST_YEAR, PACK_LAST_YEAR, &asked->year) &&
        api_query_integer(call, "limit", 1, MOST_WARNINGS, &asked->limit) &&
        take_level(call, &asked->least) && take_after(asked))
        api_question_ask(&asked->question, read_warnings);
    else
        api_question_drop(&asked->question);
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
    WarningsQuestion *asked = reading_new(call);
    asked->region = api_question_parameter(&asked->question, "region");
    asked->id = id;
    asked->limit = 1;
    api_question_ask(&asked->question, read_warnings);
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
    {{"GET", "/api/v1/warnings?after&level&limit&open&pack&region&year", 0},
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
