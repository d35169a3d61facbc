// Evaluating the active packs, as `biaochi evaluate` and the API do: all see the same data. The
// loop's thread.
#pragma once

#include "core/registry/runs.h"

typedef struct EvaluationQuery {
    int year; // 0: of each pack the newest with data
    const char *who;
    bool from_revisions; // see RunRequest
} EvaluationQuery;

// How one pack came out.
typedef struct Evaluation {
    const LoadedPack *pack;
    const Run *run;              // NULL when it could not be evaluated
    bool found;                  // the run was stored before
    const ProblemList *problems; // why it could not be
} Evaluation;

// Told of each pack before and after it is evaluated; `begins` may be NULL. What is handed over
// lives until the function returns.
typedef struct EvaluationObserver {
    void (*begins)(const LoadedPack *pack, void *context);
    void (*ended)(const Evaluation *evaluation, void *context);
    void *context;
} EvaluationObserver;

// Evaluates and stores each pack, or finds its stored run. False only when the store cannot be
// read; what one pack cannot do is told of it.
MUST_CHECK bool evaluation_of_packs(const JobHost *host, Store *store, const PackList *packs,
                                    const EvaluationQuery *query,
                                    const EvaluationObserver *observer, Error *error);
// Leaves only the packs that evaluate a region; ERROR_NOT_FOUND when none does.
MUST_CHECK bool evaluation_keep_packs_of(Store *store, const char *region, PackList *packs,
                                         Error *error);
