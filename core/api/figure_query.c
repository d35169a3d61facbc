// What a request asks of figures: see figure_query.h.
#include "core/api/figure_query.h"

#include <string.h>

#include "core/registry/runs.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200 };

static bool take_pack(ApiCall *call, FigureQuery *query) {
    const char *id = api_query(call, "pack");
    if (!id) return true;
    const BoardPack *pack = api_pack_called(call, id);
    if (pack) query->pack = pinned_pack_share(pack->version);
    return pack != NULL;
}

// Of a region without others below it nothing need be looked up: reading all regions, and twice
// where rights are judged, takes a hundred times as long as the figures themselves.
static void take_leaf(const ApiCall *call, FigureQuery *query) {
    const BoardPlace *place =
        query->region ? board_place(service_board(api_service(call)), query->region) : NULL;
    if (place && !place->has_children && api_may(call, query->action, query->region))
        region_scope_of_leaf(query->region, &query->scope);
}

bool figure_query_take(ApiCall *call, Action action, FigureQuery *query) {
    const char *region = api_query(call, "region");
    *query = (FigureQuery){.region = region,
                           .indicator = api_query(call, "indicator"),
                           .action = action,
                           .caller = call->caller,
                           .everywhere = api_may(call, action, REGION_EVERYWHERE)};
    if (region && !api_may_part(call, action, region) && !api_require(call, action, region))
        return false;
    take_leaf(call, query);
    return api_query_integer(call, "year", FIRST_YEAR, LAST_YEAR, &query->year) &&
           api_query_integer(call, "as_of", 1, INT64_MAX, &query->as_of) &&
           api_query_boolean(call, "all_revisions", &query->all_revisions) &&
           take_pack(call, query);
}

// The regions of the scope that are not the caller's are left out. The tree of regions is read
// anew: that of the door is the home loop's.
static bool keep_own(Store *store, FigureQuery *query, Error *error) {
    RegionTree *tree;
    Map own = {0};
    if (query->everywhere) return true;
    if (!region_tree_read(store, &tree, error)) return false;
    for (size_t i = 0; i < query->scope.count; i++)
        if (rights_allow(&query->caller, query->action, query->scope.codes[i], tree))
            map_put(&own, query->scope.codes[i], 0);
    region_scope_keep(&query->scope, &own);
    map_free(&own);
    region_tree_free(tree);
    return true;
}

static bool read_scope(Store *store, FigureQuery *query, Error *error) {
    return query->scope.count > 0 ||
           (region_scope_read(store, query->region, &query->scope, error) &&
            keep_own(store, query, error));
}

bool figure_query_read(Store *store, FigureQuery *query, Error *error) {
    Map covered = {0};
    bool good = (query->as_of || store_read_data_version(store, &query->as_of, error)) &&
                read_scope(store, query, error);
    if (good && query->pack) {
        good = run_read_covered(store, pinned_pack(query->pack)->description, &covered, error);
        if (good) region_scope_keep(&query->scope, &covered);
        map_free(&covered);
    }
    return good;
}

bool figure_query_wants(const char *indicator, void *context) {
    const FigureQuery *query = context;
    return (!query->indicator || strcmp(query->indicator, indicator) == 0) &&
           (!query->pack ||
            description_series(pinned_pack(query->pack)->description, indicator) >= 0);
}

void figure_query_free(FigureQuery *query) {
    region_scope_free(&query->scope);
    pinned_pack_release(query->pack);
    *query = (FigureQuery){0};
}
