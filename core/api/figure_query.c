// What a request asks of figures: see figure_query.h.
#include "core/api/figure_query.h"

#include <string.h>

#include "core/registry/runs.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200 };

static bool take_pack(ApiCall *call, FigureQuery *query) {
    const char *id = api_query(call, "pack");
    if (!id) return true;
    const BoardPack *pack = board_find(service_board(api_service(call)), id);
    if (pack) query->pack = pinned_pack_share(pack->version);
    if (!pack && !service_is_ready(api_service(call)))
        api_fail_busy(call);
    else if (!pack)
        api_failf(call, ERROR_NOT_FOUND,
                  T("no active pack is called \"%s\"", "没有名为“%s”的已激活评估包"), id);
    return pack != NULL;
}

bool figure_query_take_regions(ApiCall *call, FigureQuery *query) {
    *query = (FigureQuery){.region = api_query(call, "region"),
                           .indicator = api_query(call, "indicator"),
                           .may_read_all = true};
    return api_query_integer(call, "year", FIRST_YEAR, LAST_YEAR, &query->year) &&
           api_query_integer(call, "as_of", 1, INT64_MAX, &query->as_of) &&
           api_query_boolean(call, "all_revisions", &query->all_revisions) &&
           take_pack(call, query);
}

bool figure_query_take(ApiCall *call, FigureQuery *query) {
    if (!figure_query_take_regions(call, query)) return false;
    query->caller = call->caller;
    query->may_read_all = api_may(call, ACTION_DATA_READ, REGION_EVERYWHERE);
    return !query->region || api_may_part(call, ACTION_DATA_READ, query->region) ||
           api_require(call, ACTION_DATA_READ, query->region);
}

// Leaves the regions whose figures the caller may read.
static bool keep_allowed(Store *store, FigureQuery *query, Error *error) {
    RegionTree *tree;
    Map allowed = {0};
    if (query->may_read_all) return true;
    if (!region_tree_read(store, &tree, error)) return false;
    for (size_t i = 0; i < query->scope.count; i++) {
        const char *code = query->scope.codes[i];
        if (rights_allow(&query->caller, ACTION_DATA_READ, code, tree))
            (void)map_put(&allowed, code, 1);
    }
    region_scope_keep(&query->scope, &allowed);
    region_tree_free(tree);
    map_free(&allowed);
    return true;
}

bool figure_query_read(Store *store, FigureQuery *query, Error *error) {
    Map covered = {0};
    bool good = (query->as_of || store_read_data_version(store, &query->as_of, error)) &&
                region_scope_read(store, query->region, &query->scope, error) &&
                keep_allowed(store, query, error);
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
