// /api/v1/packs/{pack}/rounds: assessment rounds, from their opening to published figures.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/question.h"
#include "core/view/round_view.h"

// The {round} of the path; false: it is none, and the call is answered.
static bool take_id(ApiCall *call, int64_t *id) {
    char *end;
    const char *text = api_parameter(call, "round");
    *id = strtoll(text, &end, 10);
    if (end != text && !*end && *id > 0) return true;
    api_failf(call, ERROR_NOT_FOUND,
              T("there is no assessment round %s", "没有编号为 %s 的考核轮次"), text);
    return false;
}

// ---- reading ------------------------------------------------------------------------------------

typedef struct RoundQuestion {
    ApiQuestion question;
    const char *pack;
    int64_t round;
    bool open_only;
} RoundQuestion;

static bool add_round(const StoreRound *row, void *context, Error *error) {
    (void)error;
    AssessmentRound round;
    round_from_row(row, &round);
    json_array_append_new(context, round_json(&round));
    return true;
}

static void read_rounds(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    const RoundQuestion *asked = (const RoundQuestion *)question;
    const StoreRoundQuery query = {.pack = asked->pack, .open_only = asked->open_only};
    json_t *rows = json_array();
    Error error = {0};
    if (store_read_rounds(store, &query, add_round, rows, &error))
        question->answer = json_pack("{s:s, s:O}", "pack", asked->pack, "rounds", rows);
    else
        api_question_fail(question, &error);
    json_decref(rows);
}

static void read_round(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    const RoundQuestion *asked = (const RoundQuestion *)question;
    RoundView view;
    Error error = {0};
    if (!api_question_read_regions(question, store)) return;
    if (!round_view_read(store, asked->pack, asked->round, &view, &error)) {
        api_question_fail(question, &error);
        return;
    }
    if (view.figures) api_question_narrow(question, &view.figures->view);
    question->answer = round_view_json(&view);
    round_view_free(&view);
}

// Published rounds of a pack that is out of service are read too.
static RoundQuestion *question_about(ApiCall *call) {
    if (!api_known_pack(call)) return NULL;
    RoundQuestion *asked = api_question_new(call, sizeof *asked);
    asked->pack = api_question_parameter(&asked->question, "pack");
    return asked;
}

static void list(ApiCall *call) {
    bool open_only = false;
    if (!api_query_boolean(call, "open", &open_only)) return;
    RoundQuestion *asked = question_about(call);
    if (!asked) return;
    asked->open_only = open_only;
    api_question_ask(&asked->question, read_rounds);
}

static void show(ApiCall *call) {
    int64_t id;
    RoundQuestion *asked = take_id(call, &id) ? question_about(call) : NULL;
    if (!asked) return;
    asked->round = id;
    api_question_ask(&asked->question, read_round);
}

// ---- changing -----------------------------------------------------------------------------------

// One change of a round at the desk; the texts are the body's and the call's.
typedef struct Changing {
    ApiCall *call;
    json_t *body;
    bool opens;
    RoundOpening opening; // what is asked for, one of the two
    RoundStep step;
    AssessmentRound round;
    Error error;
    bool good;
} Changing;

static void changing_free(Changing *changing) {
    json_decref(changing->body);
    free(changing);
}

static void change(Desk *desk, void *context) {
    Changing *changing = context;
    changing->good =
        changing->opens
            ? desk_open_round(desk, &changing->opening, &changing->round, &changing->error)
            : desk_step_round(desk, &changing->step, &changing->round, &changing->error);
}

static void changed(void *context) {
    Changing *changing = context;
    if (changing->good)
        api_answer_json(changing->call, changing->opens ? 201 : 200, round_json(&changing->round));
    else
        api_fail(changing->call, &changing->error);
    changing_free(changing);
}

// How a body is read: one with a member that must be given, or one whose members all may be
// missing.
typedef bool (*ReadBody)(ApiCall *call, const char *const *members, json_t **body);

// NULL: the call is answered.
static Changing *changing_new(ApiCall *call, ReadBody read, const char *const *members) {
    json_t *body;
    if (!api_pack(call) || !read(call, members, &body)) return NULL;
    Changing *changing = memory_new(1, sizeof *changing);
    *changing = (Changing){.call = call, .body = body};
    return changing;
}

static void send_to_desk(Changing *changing, bool good) {
    if (!good || !api_at_desk(changing->call, change, changed, changing)) changing_free(changing);
}

// A member that must be a text; NULL where it may be missing and is. False: the call is answered.
static bool take_text(const Changing *changing, const char *name, bool needed, const char **text) {
    Error error = {0};
    if (api_member_text(changing->body, name, needed, text, &error)) return true;
    api_fail(changing->call, &error);
    return false;
}

static bool take_year(Changing *changing) {
    const json_t *year = json_object_get(changing->body, "year");
    json_int_t value = json_integer_value(year);
    if (json_is_integer(year) && value >= ROUND_FIRST_YEAR && value <= ROUND_LAST_YEAR) {
        changing->opening.year = (int)value;
        return true;
    }
    Error error = {0};
    char should[64];
    snprintf(should, sizeof should,
             T("must be a whole number from %d to %d", "应为 %d 至 %d 的整数"), ROUND_FIRST_YEAR,
             ROUND_LAST_YEAR);
    api_member_refuse(changing->body, "year", should, &error);
    api_fail(changing->call, &error);
    return false;
}

static bool take_kind(Changing *changing) {
    const char *kind;
    Error error = {0};
    if (!take_text(changing, "kind", false, &kind)) return false;
    if (!kind || round_kind_parse(kind, &changing->opening.kind, &error)) return true;
    api_fail(changing->call, &error);
    return false;
}

static bool take_state(Changing *changing) {
    const char *to;
    Error error = {0};
    changing->step.to = ROUND_STATE_COUNT;
    if (!take_text(changing, "to", false, &to)) return false;
    if (!to || round_state_parse(to, &changing->step.to, &error)) return true;
    api_fail(changing->call, &error);
    return false;
}

static void open_round(ApiCall *call) {
    static const char *const members[] = {"assessment", "year", "kind", NULL};
    Changing *changing = changing_new(call, api_body_object, members);
    if (!changing) return;
    changing->opens = true;
    changing->opening = (RoundOpening){.pack = api_parameter(call, "pack"), .who = call->actor.who};
    send_to_desk(changing, take_text(changing, "assessment", true, &changing->opening.assessment) &&
                               take_year(changing) && take_kind(changing));
}

static Changing *step_new(ApiCall *call, ReadBody read, const char *const *members) {
    int64_t id;
    Changing *changing = take_id(call, &id) ? changing_new(call, read, members) : NULL;
    if (changing)
        changing->step =
            (RoundStep){.pack = api_parameter(call, "pack"), .id = id, .who = call->actor.who};
    return changing;
}

static void advance(ApiCall *call) {
    static const char *const members[] = {"to", NULL};
    Changing *changing = step_new(call, api_body_optional, members);
    if (changing) send_to_desk(changing, take_state(changing));
}

static void withdraw(ApiCall *call) {
    static const char *const members[] = {"reason", NULL};
    Changing *changing = step_new(call, api_body_object, members);
    if (!changing) return;
    changing->step.to = ROUND_WITHDRAWN;
    send_to_desk(changing, take_text(changing, "reason", true, &changing->step.reason));
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/packs/{pack}/rounds?open", 0}, list, ACTION_ROUNDS_READ, API_PART_OF_PACK},
    {{"POST", "/api/v1/packs/{pack}/rounds", API_SMALL_BODY},
     open_round,
     ACTION_ROUNDS_CHANGE,
     API_PACK},
    {{"GET", "/api/v1/packs/{pack}/rounds/{round}", 0}, show, ACTION_ROUNDS_READ, API_PART_OF_PACK},
    {{"POST", "/api/v1/packs/{pack}/rounds/{round}/advance", API_SMALL_BODY},
     advance,
     ACTION_ROUNDS_CHANGE,
     API_PACK},
    {{"POST", "/api/v1/packs/{pack}/rounds/{round}/withdraw", API_TEXT_BODY},
     withdraw,
     ACTION_ROUNDS_CHANGE,
     API_PACK},
};
const ApiResource api_rounds = {routes, sizeof routes / sizeof *routes};
