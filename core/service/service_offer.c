// Packs that are offered: checked and tested aside, activated at the desk. See service.h.
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/service/service_inside.h"
#include "core/work/open_rounds.h"

typedef struct Offering {
    Service *service;
    Candidate *candidate;
    Bundle bundle;
    bool has_bundle;
    LoadedPack pack;
    FollowerList followers;
    int64_t saved_after; // as of Offer
    int64_t begun;       // the last activation before the pack was read
    int64_t activation;  // and when it was active
    ProblemList problems;
    bool good, changed, overtaken;
    Obstacle obstacle;
    WorkspaceMark mark; // before the pack was read
    PackState failed;   // as of Candidate
    Buffer impact;
    StoreActor *actor; // owned
    bool (*allow)(const Candidate *candidate, void *asker, Error *error);
    void *asker; // owned
} Offering;

static void offering_free(Offering *offering) {
    bundle_free(&offering->bundle);
    loaded_pack_free(&offering->pack);
    follower_list_free(&offering->followers);
    problems_free(&offering->problems);
    buffer_free(&offering->impact);
    free(offering->actor);
    free(offering->asker);
    free(offering);
}

static void tell(const Offering *offering) {
    service_tell(offering->service,
                 &(ServiceEvent){.kind = EVENT_CANDIDATE, .candidate = offering->candidate});
}

// ---- on the home loop ---------------------------------------------------------------------------

static void note_followers(Offering *offering) {
    Candidate *candidate = offering->candidate;
    const FollowerList *followers = &offering->followers;
    candidate->followers =
        arena_new(&candidate->arena, followers->count, sizeof *candidate->followers);
    for (size_t i = 0; i < followers->count; i++) {
        const Follower *follower = &followers->items[i];
        const Description *description = follower->pack.description;
        candidate->followers[i] = (CandidateFollower){
            .id = arena_string(&candidate->arena, follower->id),
            .version = arena_string(&candidate->arena, description ? description->version : ""),
            .broken = follower->problems.count > 0};
    }
    candidate->follower_count = followers->count;
}

static void hand_on_problems(Offering *offering) {
    for (size_t i = 0; i < offering->problems.count; i++)
        problems_add(&offering->candidate->problems, &offering->problems.items[i]);
    offering->candidate->problems.dropped += offering->problems.dropped;
    problems_free(&offering->problems);
    offering->problems = (ProblemList){0};
}

static void end(Offering *offering) {
    Candidate *candidate = offering->candidate;
    Service *service = offering->service;
    hand_on_problems(offering);
    candidate->changed = offering->changed;
    candidate->activation = offering->activation;
    candidate->obstacle = offering->obstacle;
    candidate->mark = offering->mark;
    candidate->failed = offering->failed;
    if (offering->impact.length)
        candidates_put_impact(&service->candidates, candidate, offering->impact.data);
    if (offering->good && !candidate->to_activate)
        candidates_keep_tested(&service->candidates, candidate, &offering->pack);
    candidate_end(candidate, offering->good);
    if (candidate->source == FROM_FOLDER) service_watched_ended(service, candidate);
    tell(offering);
    offering_free(offering);
}

// ---- at the desk --------------------------------------------------------------------------------

static void activate(WorkQueue *queue, uv_loop_t *loop, void *context) {
    Offering *offering = context;
    const Candidate *candidate = offering->candidate;
    FollowerList none = {.seen = INT64_MAX, .begun = offering->begun};
    (void)queue, (void)loop;
    offering->followers.begun = offering->begun;
    acting_begin(offering->actor);
    offering->good =
        desk_activate(offering->service->desk, &offering->pack,
                      candidate->keep_children ? &none : &offering->followers, candidate->who,
                      &offering->changed, &offering->impact, &offering->problems);
    // Who meets somebody else's activation was not kept from storing anything.
    if (!offering->good && problems_have(&offering->problems, ERROR_CONFLICT))
        offering->failed = PACK_ACTIVE;
    Error ignored = {0};
    if (!store_last_activation(offering->service->store, &offering->activation, &ignored))
        offering->activation = offering->begun;
    store_act_as(NULL);
}

static void activated(void *context) {
    Offering *offering = context;
    Candidate *candidate = offering->candidate;
    const BoardPack *now = board_find(&offering->service->board, candidate->pack);
    candidate_take_state(candidate, &offering->pack);
    if (offering->good && now) candidate->failed_rules = now->failures.rules;
    end(offering);
}

// ---- aside --------------------------------------------------------------------------------------

// What would break is among the problems.
static bool try_followers(const JobHost *host, Store *store, Offering *offering) {
    Error error = {0};
    if (!family_follow(host, store, &offering->pack, &offering->followers, &error)) {
        problems_add(&offering->problems, &error);
        return false;
    }
    if (offering->candidate->keep_children) return true;
    for (size_t i = 0; i < offering->followers.count; i++)
        for (size_t k = 0; k < offering->followers.items[i].problems.count; k++)
            problems_add(&offering->problems, &offering->followers.items[i].problems.items[k]);
    return offering->followers.broken == 0;
}

static void refuse_stopping(ProblemList *problems) {
    problems_addf(
        problems, ERROR_CANCELLED, NULL, 0, 0, "%s",
        T("the server stops; the pack was not checked", "服务器正在停止，评估包未经检查"));
    problems_hint(problems, "%s",
                  T("nothing was changed; offer it again", "未作任何改动；请重新提交"));
}

// What was saved before somebody chose another version of it, or went back, does not undo that.
static bool is_not_overtaken(Store *store, Offering *offering) {
    Error error = {0};
    if (offering->candidate->source != FROM_FOLDER) return true;
    if (!family_was_chosen_since(store, &offering->pack, offering->saved_after,
                                 &offering->overtaken, &error)) {
        problems_add(&offering->problems, &error);
        return false;
    }
    if (!offering->overtaken) return true;
    problems_addf(
        &offering->problems, ERROR_CONFLICT, NULL, 0, 0,
        T("another version of pack %s was activated or gone back to, or the pack was taken "
          "out of service, after this one was saved",
          "评估包 %s 在此版本保存之后已激活其他版本、已回退或已停用"),
        offering->pack.description->id);
    problems_hint(&offering->problems, "%s",
                  T("nothing was changed; to have this one after all, save it again or activate "
                    "it by name",
                    "未作任何改动；如仍需启用此版本，请重新保存，或指定该版本予以激活"));
    return false;
}

// Asked again when it is activated; here, so that what will be refused is not evaluated first, and
// because it is known here what would have to change.
static bool meets_no_obstacle(Store *store, Offering *offering) {
    const Description *description = offering->pack.description;
    Error error = {0};
    if (!registry_region_is_known(store, description->region, &error)) {
        offering->obstacle = OBSTACLE_REGION;
        problems_add(&offering->problems, &error);
        return false;
    }
    bool good = open_rounds_allow(store, description, &error);
    for (size_t i = 0; good && !offering->candidate->keep_children && i < offering->followers.count;
         i++)
        good = open_rounds_allow(store, offering->followers.items[i].pack.description, &error);
    if (good) return true;
    offering->obstacle = OBSTACLE_ROUNDS;
    problems_add(&offering->problems, &error);
    return false;
}

// Whether a pack that is good may become active, as far as can be told beside the desk.
static bool may_become_active(const JobHost *host, Store *store, Offering *offering) {
    if (is_not_overtaken(store, offering) && try_followers(host, store, offering) &&
        meets_no_obstacle(store, offering))
        return true;
    offering->failed = PACK_ACTIVE;
    return false;
}

// What a folder's files are called in messages: with the folder's name before them, because many
// packs have a pack.lua.
static void show_folder(Offering *offering) {
    const char *folder = offering->candidate->origin, *slash = strrchr(folder, '/');
    ProblemList *problems = &offering->problems;
    if (offering->candidate->source != FROM_FOLDER || !slash || problems->count == 0) return;
    bool is_about_folder = strcmp(problems->items[0].file, folder) == 0;
    if (!is_about_folder) family_show_pack(problems, slash + 1, &offering->pack.bundle);
}

static void check(const JobHost *host, Store *store, void *context) {
    Offering *offering = context;
    const Candidate *candidate = offering->candidate;
    if (offering->service->closing) {
        refuse_stopping(&offering->problems);
        return;
    }
    Error error = {0};
    if (!store_last_activation(store, &offering->begun, &error) ||
        !workspace_mark_read(store, &offering->mark, &error)) {
        problems_add(&offering->problems, &error);
        return;
    }
    // What is to be active is built on what is active, whatever lies beside it.
    const ParentPlaces places = {.store = store};
    offering->good = offering->has_bundle
                         ? family_load_bundle(host, &offering->bundle, &places, true,
                                              &offering->pack, &offering->problems)
                         : family_load_folder(host, candidate->origin, &places, true,
                                              &offering->pack, &offering->problems);
    show_folder(offering);
    if (offering->good && candidate->to_activate)
        offering->good = may_become_active(host, store, offering);
}

static bool is_allowed(Offering *offering) {
    Error error = {0};
    if (!offering->allow || offering->allow(offering->candidate, offering->asker, &error))
        return true;
    problems_add(&offering->problems, &error);
    return false;
}

static void checked(void *context) {
    Offering *offering = context;
    candidate_take_pack(offering->candidate, &offering->pack);
    offering->candidate->overtaken = offering->overtaken;
    note_followers(offering);
    if (offering->good && offering->candidate->to_activate && !is_allowed(offering)) {
        offering->good = false;
        offering->failed = PACK_ACTIVE;
    }
    if (!offering->good || !offering->candidate->to_activate) {
        end(offering);
        return;
    }
    tell(offering);
    work_queue_post_always(offering->service->desk_queue, activate, activated, offering);
}

const Candidate *service_offer(Service *service, const Offer *offer) {
    Offering *offering = memory_new(1, sizeof *offering);
    Candidate *candidate = candidates_add(&service->candidates, offer->source,
                                          offer->folder ? offer->folder : "", offer->actor->who);
    candidate->to_activate = offer->activate;
    candidate->keep_children = offer->keep_children;
    candidate->done = offer->done;
    candidate->done_context = offer->context;
    *offering = (Offering){.service = service, .candidate = candidate};
    if (offer->bundle) offering->bundle = *offer->bundle;
    offering->has_bundle = offer->bundle != NULL;
    offering->actor = store_actor_copy(offer->actor);
    offering->saved_after = offer->saved_after;
    offering->allow = offer->allow;
    offering->asker = offer->asker;
    if (!service_aside(service, offer->actor, check, checked, offering)) {
        candidates_take_back(&service->candidates, candidate);
        free(offering->actor);
        free(offering);
        return NULL;
    }
    if (offer->bundle) *offer->bundle = (Bundle){0};
    tell(offering);
    return candidate;
}
