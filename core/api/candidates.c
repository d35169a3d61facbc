// /api/v1/candidates: packs on their way into use, step by step.
#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"

static json_t *steps_to_json(const Candidate *candidate) {
    json_t *steps = json_array();
    int last = candidate->to_activate ? PACK_ACTIVE : PACK_TESTED;
    for (int s = PACK_SEEN; s <= last; s++) {
        // The step that failed is the one after the state that was reached last.
        bool reached = candidate->reached_us[s] && (PackState)s <= candidate->state;
        bool failed = !reached && candidate->over_us && !candidate->good &&
                      (PackState)s == candidate->state + 1;
        json_array_append_new(steps, json_pack("{s:s, s:s, s:o}", "state",
                                               pack_state_name((PackState)s), "outcome",
                                               reached  ? "done"
                                               : failed ? "failed"
                                                        : "waiting",
                                               "at",
                                               api_time_to_json(reached  ? candidate->reached_us[s]
                                                                : failed ? candidate->over_us
                                                                         : 0)));
    }
    return steps;
}

static json_t *followers_to_json(const Candidate *candidate) {
    json_t *rows = json_array();
    for (size_t i = 0; i < candidate->follower_count; i++) {
        const CandidateFollower *follower = &candidate->followers[i];
        json_array_append_new(rows, json_pack("{s:s, s:s, s:b}", "id", follower->id, "version",
                                              follower->version, "broken", follower->broken));
    }
    return rows;
}

static json_t *text_or_null(const char *text) {
    return *text ? json_string(text) : json_null();
}

json_t *api_candidate_to_json(const Candidate *candidate) {
    json_t *json = json_pack("{s:I, s:s, s:s, s:b, s:b, s:s}", "id", (json_int_t)candidate->id,
                             "source", candidate_source_name(candidate->source), "who",
                             candidate->who, "to_activate", candidate->to_activate, "keep_children",
                             candidate->keep_children, "state", pack_state_name(candidate->state));
    json_object_set_new(json, "origin", text_or_null(candidate->origin));
    json_object_set_new(json, "pack", text_or_null(candidate->pack));
    json_object_set_new(json, "version", text_or_null(candidate->version));
    json_object_set_new(json, "title", text_or_null(candidate->title));
    json_object_set_new(json, "hash", text_or_null(candidate->hash));
    json_object_set_new(json, "over", json_boolean(candidate->over_us));
    json_object_set_new(json, "good", json_boolean(candidate->good));
    json_object_set_new(json, "changed", json_boolean(candidate->changed));
    json_object_set_new(json, "began", api_time_to_json(candidate->reached_us[PACK_SEEN]));
    json_object_set_new(json, "ended", api_time_to_json(candidate->over_us));
    json_object_set_new(json, "steps", steps_to_json(candidate));
    json_object_set_new(json, "specs",
                        json_pack("{s:I, s:I}", "passed", (json_int_t)candidate->specs_passed,
                                  "failed", (json_int_t)candidate->specs_failed));
    json_object_set_new(json, "followers", followers_to_json(candidate));
    json_object_set_new(json, "problems", api_problems_to_json(&candidate->problems));
    return json;
}

static void list(ApiCall *call) {
    const Candidates *candidates = service_candidates(api_service(call));
    const char *pack = api_query(call, "pack");
    json_t *rows = json_array();
    for (size_t i = candidates->count; i-- > 0;)
        if (!pack || strcmp(candidates->items[i]->pack, pack) == 0)
            json_array_append_new(rows, api_candidate_to_json(candidates->items[i]));
    api_answer_json(call, 200, json_pack("{s:o}", "candidates", rows));
}

static void show(ApiCall *call) {
    char *end;
    const char *text = api_parameter(call, "candidate");
    unsigned long long id = strtoull(text, &end, 10);
    const Candidate *candidate =
        *end ? NULL : candidates_find(service_candidates(api_service(call)), id);
    if (candidate)
        api_answer_json(call, 200, api_candidate_to_json(candidate));
    else
        api_failf(call, ERROR_NOT_FOUND,
                  T("there is no candidate %s", "没有编号为 %s 的候选评估包"), text);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/candidates", 0}, list, ACTION_PACKS_READ, API_ANYWHERE},
    {{"GET", "/api/v1/candidates/{candidate}", 0}, show, ACTION_PACKS_READ, API_ANYWHERE},
};
const ApiResource api_candidates = {routes, sizeof routes / sizeof *routes};
