// POST /api/v1/refresh: looks at what other programs stored, and answers when readers see it.
#include <stdlib.h>

#include "core/api/api_inside.h"

typedef struct Refreshing {
    ApiCall *call;
    ProblemList problems;
    bool good, changed;
} Refreshing;

static void look(Desk *desk, void *context) {
    Refreshing *refreshing = context;
    refreshing->good = desk_look(desk, &refreshing->changed, &refreshing->problems);
}

static void answer(void *context) {
    Refreshing *refreshing = context;
    if (refreshing->good || refreshing->problems.count == 0)
        api_answer_json(refreshing->call, 200,
                        json_pack("{s:b, s:o}", "changed", refreshing->changed, "problems",
                                  api_problems_to_json(&refreshing->problems)));
    else
        api_fail_all(refreshing->call, &refreshing->problems);
    problems_free(&refreshing->problems);
    free(refreshing);
}

static void refresh(ApiCall *call) {
    Refreshing *refreshing = memory_new(1, sizeof *refreshing);
    refreshing->call = call;
    if (!api_at_desk(call, look, answer, refreshing)) free(refreshing);
}

static const ApiRoute routes[] = {
    {{"POST", "/api/v1/refresh", 0}, refresh, ACTION_PACKS_ACTIVATE, API_ANYWHERE}};
const ApiResource api_refresh = {routes, sizeof routes / sizeof *routes};
