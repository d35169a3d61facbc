// Explaining a figure that a person named: by which pack, and of which run, is found. The loop's
// thread.
#pragma once

#include "core/registry/explain.h"

typedef struct ExplainQuery {
    const char *region; // code
    const char *item;   // see ExplainRequest
    const char *unit;   // for assessments of units; NULL otherwise
    const char *pack;   // NULL: the active one that evaluates the region and knows the item
    int year;           // 0: the pack's (pack_year.h)
    int64_t run;        // 0: the pack's newest for the year, else the data as they are
} ExplainQuery;

// Free with explanation_free.
typedef struct Explanation {
    json_t *tree, *conventions;
    char *pack, *version; // id and version
    char pack_hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE];
    int64_t run; // 0 when there is none and the data were explained as they are
    int64_t data_version;
    int year;
} Explanation;

// Of the active packs (all, or the query's) those of the region itself are tried first, and those
// that know the item before those that do not. Problems: what explain_build says of each pack
// tried; ERROR_NOT_FOUND when there is no such pack or run; ERROR_CONFLICT when several evaluate
// the region and know the item, and neither pack nor run says which is meant.
MUST_CHECK bool explain_find(const JobHost *host, Store *store, const ExplainQuery *query,
                             Explanation *explanation, ProblemList *problems);
void explanation_free(Explanation *explanation);
