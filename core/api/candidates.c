// /api/v1/candidates: packs on their way into use, step by step.
#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"
#include "core/api/offer.h"
#include "core/api/pack_body.h"

static json_t *steps_to_json(const Candidate *candidate) {
    json_t *steps = json_array();
    int last = candidate->to_activate ? PACK_ACTIVE : PACK_TESTED;
    for (int s = PACK_SEEN; s <= last; s++) {
        bool reached = candidate->reached_us[s] && (PackState)s <= candidate->state;
        bool failed = !reached && (PackState)s == candidate->failed;
        json_array_append_new(steps, json_pack("{s:s, s:s, s:o}", "state",
                                               pack_state_name((PackState)s), "outcome",
                                               reached  ? "done"
                                               : failed ? "failed"
                                                        : "waiting",
                                               "at",
                                               view_time_to_json(reached  ? candidate->reached_us[s]
                                                                 : failed ? candidate->over_us
                                                                          : 0)));
    }
    return steps;
}

static json_t *followers_to_json(const Candidate *candidate) {
    json_t *rows = json_array();
    for (size_t i = 0; i < candidate->follower_count; i++) {
        const CandidateFollower *follower = &candidate->followers[i];
        json_array_append_new(rows, json_pack("{s:s, s:o, s:b}", "id", follower->id, "version",
                                              view_text_or_null(follower->version), "broken",
                                              follower->broken));
    }
    return rows;
}

static void add_problems(json_t *json, const ProblemList *problems, size_t most) {
    ProblemList told = *problems;
    if (told.count > most) told.count = most;
    const size_t more = problems->count - told.count + problems->dropped;
    json_object_set_new(json, "problems", api_problems_to_json(&told));
    json_object_set_new(json, "more_problems", json_integer((json_int_t)more));
}

static json_t *candidate_to_json(const Candidate *candidate, size_t most_problems) {
    json_t *json = json_pack("{s:I, s:s, s:o, s:b, s:b, s:s}", "id", (json_int_t)candidate->id,
                             "source", candidate_source_name(candidate->source), "who",
                             view_text_to_json(candidate->who), "to_activate",
                             candidate->to_activate, "keep_children", candidate->keep_children,
                             "state", pack_state_name(candidate->state));
    json_object_set_new(json, "origin", view_text_or_null(candidate->origin));
    json_object_set_new(json, "pack", view_text_or_null(candidate->pack));
    json_object_set_new(json, "version", view_text_or_null(candidate->version));
    json_object_set_new(json, "title", view_text_or_null(candidate->title));
    json_object_set_new(json, "hash", view_text_or_null(candidate->hash));
    json_object_set_new(json, "over", json_boolean(candidate->over_us));
    json_object_set_new(json, "good", json_boolean(candidate->good));
    json_object_set_new(json, "changed", json_boolean(candidate->changed));
    json_object_set_new(json, "at_hand", json_boolean(candidate->tested != NULL));
    json_object_set_new(json, "began", view_time_to_json(candidate->reached_us[PACK_SEEN]));
    json_object_set_new(json, "ended", view_time_to_json(candidate->over_us));
    json_object_set_new(json, "steps", steps_to_json(candidate));
    json_object_set_new(json, "specs",
                        json_pack("{s:I, s:I}", "passed", (json_int_t)candidate->specs_passed,
                                  "failed", (json_int_t)candidate->specs_failed));
    json_object_set_new(json, "failed_rules", json_integer((json_int_t)candidate->failed_rules));
    json_object_set_new(json, "followers", followers_to_json(candidate));
    json_object_set_new(json, "language",
                        json_string(candidate->language == LANGUAGE_CHINESE ? "zh" : "en"));
    add_problems(json, &candidate->problems, most_problems);
    return json;
}

json_t *api_candidate_to_json(const Candidate *candidate) {
    return candidate_to_json(candidate, SIZE_MAX);
}

json_t *api_candidate_in_brief(const Candidate *candidate) {
    enum { TOLD_IN_BRIEF = 3 };
    return candidate_to_json(candidate, TOLD_IN_BRIEF);
}

// ---- whom it concerns ---------------------------------------------------------------------------

// Until it is known whose region a pack is of, what is wrong with it is for who offered it; of the
// watched folder, for whoever activates packs.
CandidateAudience api_candidate_audience(const Candidate *candidate) {
    bool from_folder = candidate->source == FROM_FOLDER;
    const char *who = from_folder ? NULL : candidate->who;
    if (*candidate->region)
        return (CandidateAudience){ACTION_PACKS_READ, candidate->region, who, true};
    if (from_folder) return (CandidateAudience){ACTION_PACKS_ACTIVATE, NULL, NULL, false};
    return (CandidateAudience){ACTION_PACKS_READ, REGION_EVERYWHERE, who, false};
}

static bool is_for_caller(const ApiCall *call, const Candidate *candidate) {
    const CandidateAudience audience = api_candidate_audience(candidate);
    return (audience.who && strcmp(audience.who, call->caller.name) == 0 &&
            api_may(call, audience.action, NULL)) ||
           api_may(call, audience.action, audience.region) ||
           (audience.part_is_enough && api_may_part(call, audience.action, audience.region));
}

// ---- reading ------------------------------------------------------------------------------------

static void list(ApiCall *call) {
    const Candidates *candidates = service_candidates(api_service(call));
    const char *pack = api_query(call, "pack");
    json_t *rows = json_array();
    for (size_t i = candidates->count; i-- > 0;)
        if ((!pack || strcmp(candidates->items[i]->pack, pack) == 0) &&
            is_for_caller(call, candidates->items[i]))
            json_array_append_new(rows, api_candidate_in_brief(candidates->items[i]));
    // A pack that was offered need not be active, nor an active one have been offered lately.
    if (!pack || json_array_size(rows) > 0 || api_pack_region(call, pack) ||
        api_pack_called(call, pack))
        api_answer_json(call, 200, json_pack("{s:O}", "candidates", rows));
    json_decref(rows);
}

const Candidate *api_candidate(ApiCall *call) {
    char *end;
    const char *text = api_parameter(call, "candidate");
    unsigned long long id = strtoull(text, &end, 10);
    const Candidate *candidate =
        *end ? NULL : candidates_find(service_candidates(api_service(call)), id);
    if (candidate && is_for_caller(call, candidate)) return candidate;
    api_failf(call, ERROR_NOT_FOUND, T("there is no candidate %s", "没有编号为 %s 的候选评估包"),
              text);
    return NULL;
}

static void show(ApiCall *call) {
    const Candidate *candidate = api_candidate(call);
    if (candidate) api_answer_json(call, 200, api_candidate_to_json(candidate));
}

// What its results changed, as it was written when it became active.
static void show_impact(ApiCall *call) {
    const Candidate *candidate = api_candidate(call);
    // It holds scores of all the pack's regions; of a pack that could not be read there are none.
    if (!candidate ||
        (candidate->impact && !api_require(call, ACTION_RESULTS_READ, candidate->region)))
        return;
    Buffer out = {0};
    buffer_printf(&out, "{\"candidate\":%llu,\"impact\":%s}\n", (unsigned long long)candidate->id,
                  candidate->impact ? candidate->impact : "null");
    api_answer_bytes(call, 200, "application/json; charset=utf-8", &out);
}

// ---- offering ----------------------------------------------------------------------------------

// The call is answered when there is nothing more to do; a client that does not wait has its
// answer.
static void offered(const Candidate *candidate, void *context) {
    ApiCall *call = context;
    if (candidate->good)
        api_answer_json(call, 200, api_candidate_to_json(candidate));
    else
        api_fail_with(call, &candidate->problems, "candidate", api_candidate_to_json(candidate));
}

// Whoever offered the pack, who may have left by the time it is known whose it is.
typedef struct Asker {
    const Door *door;
    Caller caller;
} Asker;

static bool may_activate(const Candidate *candidate, void *context, Error *error) {
    const Asker *asker = context;
    return rights_require(&asker->caller, ACTION_PACKS_ACTIVATE, candidate->region,
                          door_regions(asker->door), error);
}

bool api_offer_wishes(ApiCall *call, OfferWishes *wishes) {
    wishes->wait = true;
    return api_query_boolean(call, "keep_children", &wishes->keep_children) &&
           api_query_boolean(call, "wait", &wishes->wait);
}

// A pack that is read aside before it is offered.
typedef struct Upload {
    ApiCall *call;
    OfferWishes wishes;
    bool good;
    Bundle bundle;
    ProblemList problems;
} Upload;

static void upload_free(Upload *upload) {
    bundle_free(&upload->bundle);
    problems_free(&upload->problems);
    free(upload);
}

static void read_upload(const JobHost *host, Store *store, void *context) {
    Upload *upload = context;
    Error error = {0};
    (void)host, (void)store;
    if (api_is_in_vain(upload->call, &error))
        problems_add(&upload->problems, &error);
    else
        upload->good = pack_body_read(upload->call, &upload->bundle, &upload->problems);
}

void api_offer(ApiCall *call, Bundle *bundle, const OfferWishes *wishes) {
    Asker *asker = memory_new(1, sizeof *asker);
    *asker = (Asker){.door = call->api->options.door, .caller = call->caller};
    const HttpPeer *peer = http_request_peer(call->request);
    const Offer what = {.source = peer->local ? FROM_COMMAND : FROM_UPLOAD,
                        .bundle = bundle,
                        .actor = &call->actor,
                        .activate = wishes->activate,
                        .keep_children = wishes->keep_children,
                        .allow = may_activate,
                        .asker = asker,
                        .done = wishes->wait ? offered : NULL,
                        .context = call};
    const Candidate *candidate = service_offer(api_service(call), &what);
    if (!candidate) {
        free(asker);
        call->api->refused.aside++;
        api_fail_busy(call);
    } else if (!wishes->wait) {
        api_answer_json(call, 202, api_candidate_to_json(candidate));
    }
}

static void upload_was_read(void *context) {
    Upload *upload = context;
    if (upload->good)
        api_offer(upload->call, &upload->bundle, &upload->wishes);
    else
        api_fail_all(upload->call, &upload->problems);
    upload_free(upload);
}

static void offer(ApiCall *call) {
    Upload *upload = memory_new(1, sizeof *upload);
    upload->call = call;
    if (!api_query_boolean(call, "activate", &upload->wishes.activate) ||
        !api_offer_wishes(call, &upload->wishes) ||
        (upload->wishes.activate && !api_require(call, ACTION_PACKS_ACTIVATE, NULL)) ||
        !api_aside(call, read_upload, upload_was_read, upload))
        upload_free(upload);
}

static const ApiRoute routes[] = {
    {{"POST", "/api/v1/candidates?activate&keep_children&wait", LARGEST_PACK_BODY},
     offer,
     ACTION_PACKS_CHECK,
     API_ANYWHERE},
    {{"GET", "/api/v1/candidates?pack", 0}, list, ACTION_PACKS_READ, API_ANYWHERE},
    {{"GET", "/api/v1/candidates/{candidate}", 0}, show, ACTION_PACKS_READ, API_ANYWHERE},
    {{"GET", "/api/v1/candidates/{candidate}/impact", 0},
     show_impact,
     ACTION_RESULTS_READ,
     API_ANYWHERE},
};
const ApiResource api_candidates = {routes, sizeof routes / sizeof *routes};
