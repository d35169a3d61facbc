// Which figures a request is about: what its query says, and the regions that follow from it.
//
// ?region= (with those below it), ?pack= (what that active pack declares, in its regions),
// ?indicator=, ?year=, ?all_revisions=true, ?as_of= (data version). Taken on the home loop, read on
// the queued job; the pack is pinned as long as the query lives.
#pragma once

#include "core/api/api.h"
#include "core/io/csv_export.h"
#include "core/registry/region_scope.h"
#include "core/service/pinned_pack.h"

enum { FIGURE_NAME_SIZE = 128 };

typedef struct FigureQuery {
    const char *region, *indicator; // of the request; NULL when not asked for
    PinnedPack *pack;               // likewise
    int64_t year, as_of;            // 0: any; the newest
    bool all_revisions;
    bool undeclared; // no active pack declares the indicator: there may be figures of before
    char nearest[FIGURE_NAME_SIZE]; // indicator that was probably meant then; "" for none
    Action action;                  // that the caller must be allowed in a region of the scope
    Caller caller;
    bool everywhere;   // he is, in all of them
    RegionScope scope; // of figure_query_read; one that is known before is not read
} FigureQuery;

// `action` is what is to be done with the figures. False: something of it is wrong, or the caller
// has no right in the region asked for, and the call is answered. Free with figure_query_free.
MUST_CHECK bool figure_query_take(ApiCall *call, Action action, FigureQuery *query);
// Finds the regions that are asked for and the caller's, and the data version where none was asked
// for. ERROR_NOT_FOUND where there is no such region, indicator or data version. In a queued job.
MUST_CHECK bool figure_query_read(Store *store, FigureQuery *query, Error *error);
// Whether figures of that indicator are asked for; `context` is the query.
bool figure_query_wants(const char *indicator, void *context);
void figure_query_free(FigureQuery *query);
