// POST /api/v1/refresh: looks at what other programs stored, and answers when readers see it.
#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"

typedef struct Refreshing {
    ApiCall *call;
    ProblemList problems; // of packs
    int64_t door_version;
    DoorContents contents; // where `loaded`
    Error error;           // of the accounts
    bool good, changed, loaded;
} Refreshing;

static void answer(Refreshing *refreshing) {
    if (refreshing->error.code)
        api_fail(refreshing->call, &refreshing->error);
    else if (refreshing->good || refreshing->problems.count == 0)
        api_answer_json(refreshing->call, 200,
                        json_pack("{s:b, s:o}", "changed", refreshing->changed, "problems",
                                  api_problems_to_json(&refreshing->problems)));
    else
        api_fail_all(refreshing->call, &refreshing->problems);
    problems_free(&refreshing->problems);
    free(refreshing);
}

// ---- accounts ----------------------------------------------------------------------------------

static void look_at_accounts(Store *store, void *context) {
    Refreshing *refreshing = context;
    int64_t version;
    if (!store_accounts_version(store, &version, &refreshing->error)) return;
    if (version > refreshing->door_version || refreshing->changed)
        refreshing->loaded = door_read(store, &refreshing->contents, &refreshing->error);
}

static void accounts_seen(void *context) {
    Refreshing *refreshing = context;
    if (refreshing->loaded) {
        api_load_door(refreshing->call->api, &refreshing->contents);
        refreshing->changed = true;
    }
    answer(refreshing);
}

// Rights hang on regions too, which are known to the door when the call is answered.
static void begin_accounts(Refreshing *refreshing) {
    refreshing->door_version = door_version(refreshing->call->api->options.door);
    if (api_at_door(refreshing->call, look_at_accounts, accounts_seen, refreshing)) return;
    problems_free(&refreshing->problems);
    free(refreshing);
}

// ---- figures and packs -------------------------------------------------------------------------

static void look(Desk *desk, void *context) {
    Refreshing *refreshing = context;
    refreshing->good = desk_look(desk, &refreshing->changed, &refreshing->problems);
}

static void seen(void *context) {
    begin_accounts(context);
}

static void refresh(ApiCall *call) {
    const char *of = api_query(call, "of");
    if (of && strcmp(of, "accounts") != 0) {
        api_failf(call, ERROR_USAGE, "%s",
                  T("\"of\" can only be accounts; leave it out to refresh everything",
                    "“of”只能为 accounts；不填则全部刷新"));
        return;
    }
    Refreshing *refreshing = memory_new(1, sizeof *refreshing);
    refreshing->call = call;
    if (of)
        begin_accounts(refreshing);
    else if (!api_at_desk(call, look, seen, refreshing))
        free(refreshing);
}

static const ApiRoute routes[] = {
    {{"POST", "/api/v1/refresh?of", 0}, refresh, ACTION_PACKS_ACTIVATE, API_ANYWHERE}};
const ApiResource api_refresh = {routes, sizeof routes / sizeof *routes};
