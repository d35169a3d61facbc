// POST /api/v1/packs/{pack}/activate and /api/v1/candidates/{candidate}/activate: packs whose files
// are at hand already, a stored version or a candidate that passed its tests, are offered to be
// activated. They are checked and tested again, because what they are built on may have changed.
#include <stdlib.h>

#include "core/api/given_version.h"
#include "core/api/offer.h"
#include "core/base/language.h"

typedef struct Activating {
    ApiCall *call;
    OfferWishes wishes;
    PinnedPack *tested; // a candidate's; NULL: the version that the body names
    Bundle bundle;
    Error error;
    bool good;
} Activating;

static void activating_free(Activating *activating) {
    bundle_free(&activating->bundle);
    pinned_pack_release(activating->tested);
    free(activating);
}

// Without the files of packs it extends: those are taken from the active versions.
static bool read_stored(Store *store, Activating *activating) {
    const ApiCall *call = activating->call;
    GivenVersion given;
    LoadedPack pack = {0};
    bool good = given_version_read_stored(call, &given, &activating->error) &&
                registry_load_version(store, api_parameter(call, "pack"), given.hash, &pack,
                                      &activating->error);
    if (good) bundle_own(&pack.bundle, &activating->bundle);
    loaded_pack_free(&pack);
    return good;
}

static void read_files(const JobHost *host, Store *store, void *context) {
    Activating *activating = context;
    (void)host;
    activating->good = activating->tested || read_stored(store, activating);
    if (activating->tested)
        bundle_own(&pinned_pack(activating->tested)->bundle, &activating->bundle);
}

static void files_were_read(void *context) {
    Activating *activating = context;
    if (activating->good)
        api_offer(activating->call, &activating->bundle, &activating->wishes);
    else
        api_fail(activating->call, &activating->error);
    activating_free(activating);
}

// Takes over the pin, if any.
static void begin(ApiCall *call, PinnedPack *tested) {
    Activating *activating = memory_new(1, sizeof *activating);
    *activating = (Activating){.call = call, .wishes = {.activate = true}, .tested = tested};
    if (!api_offer_wishes(call, &activating->wishes) ||
        !api_aside(call, read_files, files_were_read, activating))
        activating_free(activating);
}

// A pack that is out of service comes back so.
static void activate_version(ApiCall *call) {
    if (api_known_pack(call)) begin(call, NULL);
}

static void refuse_candidate(ApiCall *call, const Candidate *candidate) {
    Error error = {0};
    if (!candidate->over_us)
        error_set(&error, ERROR_CONFLICT,
                  T("candidate %llu is still being tested", "候选评估包 %llu 仍在测试"),
                  (unsigned long long)candidate->id);
    else if (candidate->to_activate || !candidate->good)
        error_set(
            &error, ERROR_CONFLICT,
            T("candidate %llu is %s: only one that passed its tests, and was not to be "
              "activated, can be activated",
              "候选评估包 %llu 处于“%s”：只有已通过测试、提交时未要求激活的候选评估包可以激活"),
            (unsigned long long)candidate->id, pack_state_name(candidate->state));
    else
        error_set(&error, ERROR_CONFLICT,
                  T("the files of candidate %llu are no longer at hand; send them again",
                    "候选评估包 %llu 的文件已不再保留，请重新提交"),
                  (unsigned long long)candidate->id);
    api_fail(call, &error);
}

static void activate_candidate(ApiCall *call) {
    const Candidate *candidate = api_candidate(call);
    if (!candidate ||
        (*candidate->region && !api_require(call, ACTION_PACKS_ACTIVATE, candidate->region)))
        return;
    if (candidate->tested)
        begin(call, pinned_pack_share(candidate->tested));
    else
        refuse_candidate(call, candidate);
}

static const ApiRoute routes[] = {
    {{"POST", "/api/v1/packs/{pack}/activate?keep_children&wait", API_SMALL_BODY},
     activate_version,
     ACTION_PACKS_ACTIVATE,
     API_PACK},
    {{"POST", "/api/v1/candidates/{candidate}/activate?keep_children&wait", 0},
     activate_candidate,
     ACTION_PACKS_ACTIVATE,
     API_ANYWHERE},
};
const ApiResource api_activate = {routes, sizeof routes / sizeof *routes};
