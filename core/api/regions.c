// /api/v1/regions: the regions of the workspace.
#include "core/api/api_inside.h"

static json_t *place_to_json(const BoardPlaces *places, const BoardPlace *place) {
    return json_pack("{s:s, s:s, s:s, s:o}", "code", place->code, "name", place->name, "level",
                     place->level, "parent",
                     place->parent >= 0 ? json_string(places->items[place->parent].code)
                                        : json_null());
}

static void list(ApiCall *call) {
    const BoardPlaces *places = service_board(api_service(call))->places;
    if (!places) {
        api_fail_busy(call);
        return;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < places->count; i++)
        json_array_append_new(rows, place_to_json(places, &places->items[i]));
    api_answer_json(call, 200, json_pack("{s:o}", "regions", rows));
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/regions", 0}, list, ACTION_REGIONS_READ, API_ANYWHERE}};
const ApiResource api_regions = {routes, sizeof routes / sizeof *routes};
