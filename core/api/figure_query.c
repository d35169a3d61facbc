// What a request asks of figures: see figure_query.h.
#include "core/api/figure_query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/nearest.h"
#include "core/registry/pack_year.h"
#include "core/registry/runs.h"

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

// Whether an active pack declares the indicator; otherwise the one it was probably meant to be.
static void find_indicator(const ApiCall *call, FigureQuery *query) {
    const Board *board = service_board(api_service(call));
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    query->undeclared = query->indicator != NULL;
    for (size_t i = 0; query->undeclared && i < board->count; i++) {
        const Description *description = board->packs[i]->description;
        query->undeclared = description_series(description, query->indicator) < 0;
        for (size_t s = 0; s < description->series_count; s++) {
            ARRAY_RESERVE(names, count, capacity);
            names[count++] = description->series[s].id;
        }
    }
    const char *nearest = query->undeclared ? nearest_name(query->indicator, names, count) : NULL;
    snprintf(query->nearest, sizeof query->nearest, "%s", nearest ? nearest : "");
    free(names);
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
    find_indicator(call, query);
    return api_query_integer(call, "year", PACK_FIRST_YEAR, PACK_LAST_YEAR, &query->year) &&
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

static bool take_first(const StoreObservation *row, void *context, Error *error) {
    (void)row;
    *(bool *)context = true;
    return error_set(error, ERROR_CANCELLED, "one is enough");
}

static bool require_indicator(Store *store, const FigureQuery *query, Error *error) {
    const StoreObservationQuery any = {.indicator = query->indicator, .as_of = query->as_of};
    bool found = false;
    Error own = {0};
    if (!query->undeclared) return true;
    if (!store_read_observations(store, &any, take_first, &found, &own) && !found) {
        *error = own;
        return false;
    }
    if (found) return true;
    error_set(error, ERROR_NOT_FOUND, T("unknown indicator \"%.80s\"", "指标“%.80s”不存在"),
              query->indicator);
    if (query->nearest[0])
        return error_hint(error, T("did you mean \"%s\"?", "是否应为“%s”？"), query->nearest);
    return error_hint(error, "%s",
                      T("GET /api/v1/packs/{pack}/nodes lists what an active pack declares",
                        "已激活评估包声明的内容可由 GET /api/v1/packs/{pack}/nodes 查看"));
}

// The newest data version, or that one which was asked for.
static bool find_version(Store *store, FigureQuery *query, Error *error) {
    int64_t newest;
    if (!store_read_data_version(store, &newest, error)) return false;
    if (query->as_of > newest)
        return error_set(error, ERROR_NOT_FOUND,
                         T("there is no data version %lld yet: the newest is %lld",
                           "尚无数据版本 %lld，最新为 %lld"),
                         (long long)query->as_of, (long long)newest);
    if (!query->as_of) query->as_of = newest;
    return true;
}

bool figure_query_read(Store *store, FigureQuery *query, Error *error) {
    Map covered = {0};
    bool good = find_version(store, query, error) && require_indicator(store, query, error) &&
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
