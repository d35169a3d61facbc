// The API under /api/v1: calls, their answers, and the jobs that work them out.
//
// A resource is a file with a table of routes; a route's handler decodes, asks the service and
// answers, and what takes long it hands to a queue. A call lives as long as its request: until it
// was answered. Answers are in the language the client asks for. For the home loop's thread, but
// for the work of jobs.
#pragma once

#include <jansson.h>

#include "core/auth/door.h"
#include "core/base/language.h"
#include "core/http/router.h"
#include "core/http/server.h"
#include "core/service/service.h"
#include "core/view/json_text.h"

typedef struct Api Api;
typedef struct ApiCall ApiCall;

// Where the caller must have the right to a route's action before the handler is called.
typedef enum ApiPlace {
    API_ANYWHERE,     // somewhere: the handler asks again (api_require) where it knows where, or
                      // shows what is allowed alone (api_may)
    API_EVERYWHERE,   // in the whole workspace: what is shown belongs to no region
    API_REGION,       // in the path's {region}
    API_PACK,         // in the whole region of the path's {pack}
    API_PART_OF_PACK, // in part of it: the handler leaves out what is not allowed
    API_KNOWN,        // no right: whoever has shown who he is
    API_OPEN,         // nor that
} ApiPlace;

// The largest body of a route that takes a few members, and of one with a text among them: a
// character may be written as \uXXXX, twice for the rare ones.
enum { API_SMALL_BODY = 4096, API_TEXT_BODY = 32 * 1024 };

typedef struct ApiRoute {
    HttpRoute http; // first: the router finds this struct by it. A parameter of the query that its
                    // pattern does not name is refused before the handler is called, and so is a
                    // body where its largest is 0
    void (*handle)(ApiCall *call);
    Action action; // ACTION_NONE for API_KNOWN and API_OPEN, and for no other
    ApiPlace place;
} ApiRoute;

typedef struct ApiResource {
    const ApiRoute *routes;
    size_t count;
} ApiResource;

struct ApiCall {
    Api *api;
    HttpRequest *request;
    const ApiRoute *route;
    HttpParameters parameters;
    char methods[64]; // without a route: those that the path has
    Language language;
    Caller caller;
    StoreActor actor; // the same, for the audit log; its texts live as long as the call
    char etag[HTTP_ETAG_SIZE];
    char address[ADDRESS_SIZE]; // of the client, also behind the proxy that is trusted
    char cookie[160];           // the answer's Set-Cookie; "" for none
    bool challenge;             // the answer says how to show who one is
    // Of a request with a large body: what its headers were found to be good for.
    bool expected; // the body was waited for: the caller had the right to send it
    Error refusal; // or why not
};

typedef struct ApiOptions {
    Service *service;
    Door *door;          // loaded
    const char *version; // of the program
    AddressList proxies; // whose word about their clients is taken
    // What went wrong that nobody asked for.
    void (*problem)(const Error *error, void *context);
    void *context;
} ApiOptions;

Api *api_new(const ApiOptions *options);
void api_free(Api *api); // every event stream must have ended

// For the server: what it asks of whoever answers.
bool api_expect_body(HttpRequest *request, size_t declared, size_t *most, void *api);
bool api_is_probe(const HttpRequest *request);
void api_handle(HttpRequest *request, void *api);
void api_refuse(HttpAnswer *answer, const char *code, const char *message, const char *hint,
                void *api);
// For the service: tells the streams of events.
void api_take_event(Api *api, const ServiceEvent *event);
// To be called every API_BEAT_MS: finds streams whose reader has left or may read no more.
enum { API_BEAT_MS = 15000 };
void api_beat(Api *api);
// To be called every API_KEEP_MS: writes down what the door learned, and has it learn what other
// processes changed.
enum { API_KEEP_MS = 1000 };
void api_keep_door(Api *api);
// The same for the last time, when no request is left; then calls `closed`. The service must be
// open until then.
void api_close_door(Api *api, void (*closed)(void *context), void *context);
// The server is known after the API is made; for its statistics.
void api_set_server(Api *api, const HttpServer *server);
// No request is to be begun any more that a load balancer could send elsewhere.
void api_set_draining(Api *api);

// ---- for resources ------------------------------------------------------------------------------

Service *api_service(const ApiCall *call);

const char *api_parameter(const ApiCall *call, const char *name); // of the path; never NULL
const char *api_query(const ApiCall *call, const char *name);     // NULL: not given
// False when it was given and is no whole number from `least` to `most`: the call is answered.
// Not given, `*value` is left alone.
MUST_CHECK bool api_query_integer(ApiCall *call, const char *name, int64_t least, int64_t most,
                                  int64_t *value);
MUST_CHECK bool api_query_boolean(ApiCall *call, const char *name, bool *value);
// The body as a JSON object (new reference) that has no other members than those named: one that is
// misspelt would not be missed by anybody. `members` ends with NULL. False: it is none, and the
// call is answered.
MUST_CHECK bool api_body_object(ApiCall *call, const char *const *members, json_t **body);
// The same where no member need be given: no body is an object without any.
MUST_CHECK bool api_body_optional(ApiCall *call, const char *const *members, json_t **body);
// Any JSON, and an object as above, on any thread: for bodies so large that decoding them would
// hold up the loop. The call is not answered.
MUST_CHECK bool api_body_parse(const ApiCall *call, json_t **body, Error *error);
MUST_CHECK bool api_body_parse_object(const ApiCall *call, const char *const *members,
                                      json_t **body, Error *error);
// A member of the body that must be a text; one that is missing or null gives NULL, which is wrong
// where it is needed. False: the call is not answered.
MUST_CHECK bool api_member_text(const json_t *body, const char *name, bool needed,
                                const char **text, Error *error);
// Says that a member must be that ("must be a text"), or, where it is not there, that it is
// missing. Always false.
bool api_member_refuse(const json_t *body, const char *name, const char *should, Error *error);

// Answers; what is handed over is taken over.
void api_answer_json(ApiCall *call, int status, json_t *body);
void api_answer_bytes(ApiCall *call, int status, const char *type, Buffer *bytes);
// A body that many calls share, or that was made aside.
void api_answer_shared(ApiCall *call, const char *type, HttpBody *body);
// For work aside: the body of an answer to the call, compressed where its client takes that, so
// that the loop need not. Takes the bytes over.
HttpBody *api_make_body(const ApiCall *call, Buffer *bytes);
// A file to be saved under that name, of ASCII letters, digits, '.', '-' and '_'.
void api_answer_file(ApiCall *call, const char *type, const char *name, HttpBody *body);
// For what takes long to write, and is the same for all who may ask for it: kept until the board
// changes, by `name`, the path's {pack} and language. False: none is kept; write it, and answer
// with api_answer_keeping. `type` is not copied.
MUST_CHECK bool api_answer_kept(ApiCall *call, const char *name);
void api_answer_keeping(ApiCall *call, const char *name, const char *type, Buffer *bytes);
// The error in the one shape: { "error": { code, message, where, hint }, "problems": […] }. The
// status follows from the code.
void api_fail(ApiCall *call, const Error *error);
void api_fail_all(ApiCall *call, const ProblemList *problems); // at least one
// What a list of rows may have wrong is cut at so many (ProblemList's limit): a thousand take the
// loop ten milliseconds to say.
enum { API_MOST_PROBLEMS = 200 };
// The same with a member more, which is taken over.
void api_fail_with(ApiCall *call, const ProblemList *problems, const char *name, json_t *more);
void api_failf(ApiCall *call, ErrorCode code, const char *format, ...) FORMAT(3, 4);
// Too much waits already: 503 with Retry-After.
void api_fail_busy(ApiCall *call);
// The client has tried too often: 429 with Retry-After.
void api_fail_later(ApiCall *call, int64_t retry_us);
// The account has that many event streams open, which is the most: 429.
void api_fail_streams(ApiCall *call, int most);

// Says what the answer's tag would be; true when the client has that already, and the call is
// answered.
MUST_CHECK bool api_is_fresh(ApiCall *call, const char *tag);
// The tag of what a pack's results, and the workspace's regions, are now.
MUST_CHECK bool api_pack_is_fresh(ApiCall *call, const BoardPack *pack);

// Whether the caller may do that there (NULL: anywhere), or in part of it: to leave out what is not
// for him.
bool api_may(const ApiCall *call, Action action, const char *region);
bool api_may_part(const ApiCall *call, Action action, const char *region);
// False when he may not: the call is answered.
MUST_CHECK bool api_require(ApiCall *call, Action action, const char *region);
// For a question about one region, about all of an active pack's, or, with neither, about all there
// are: the right is asked for just there. False: the call is answered.
MUST_CHECK bool api_require_about(ApiCall *call, Action action, const char *region,
                                  const char *pack);
// The region of the pack of that id, active or out of service; NULL: there is none.
const char *api_pack_region(const ApiCall *call, const char *pack);

// The active pack of the path's {pack}, or NULL and the call is answered.
const BoardPack *api_pack(ApiCall *call);
// The same for one that the query names.
const BoardPack *api_pack_called(ApiCall *call, const char *id);
// The region of the path's {pack}, active or out of service, or NULL and the call is answered.
const char *api_known_pack(ApiCall *call);
// The same for one with results, and the place of the path's {region} among them.
const BoardPack *api_pack_results(ApiCall *call);
int api_region(ApiCall *call, const BoardPack *pack); // -1: answered

// Work for the call, away from the loop; `done` must answer. False when too much waits: the call is
// answered, and `context` is still the caller's.
MUST_CHECK bool api_aside(ApiCall *call, AsideWork work, WorkQueueDone done, void *context);
// For work aside that begins: whether it is not worth doing, since the server stops or, of a GET,
// the client has left meanwhile. It is then to fail with the error.
MUST_CHECK bool api_is_in_vain(const ApiCall *call, Error *error);
MUST_CHECK bool api_at_desk(ApiCall *call, DeskWork work, WorkQueueDone done, void *context);
MUST_CHECK bool api_at_door(ApiCall *call, DoorWork work, WorkQueueDone done, void *context);

// An error, and a list of problems, as JSON (new reference).
json_t *api_error_to_json(const Error *error);
json_t *api_problems_to_json(const ProblemList *problems);
json_t *api_candidate_to_json(const Candidate *candidate);
json_t *api_candidate_in_brief(const Candidate *candidate); // with the first of its problems alone
// Whom a candidate concerns: whoever may do that in that region (NULL: somewhere), or in part of
// it, and who offered it (NULL: nobody).
typedef struct CandidateAudience {
    Action action;
    const char *region, *who;
    bool part_is_enough;
} CandidateAudience;
CandidateAudience api_candidate_audience(const Candidate *candidate);
json_t *api_grant_to_json(const ApiCall *call, const Grant *grant);
json_t *api_session_to_json(const Session *session, bool is_own);
json_t *api_token_to_json(const Token *token, int64_t now_us);

// The resources, one file each.
extern const ApiResource api_accounts, api_activate, api_analyses, api_audit, api_candidates,
    api_events, api_explanations, api_exports, api_figures, api_health, api_impact, api_imports,
    api_observations, api_openapi, api_pack_contents, api_pack_files, api_pack_versions, api_packs,
    api_properties, api_refresh, api_regions, api_results, api_rounds, api_runs, api_samples,
    api_session, api_tokens, api_warnings;
