// Assessment rounds as rows and as JSON, the same for the command line and the API: those there
// are, and one with its history and the figures it has. One thread; the store is read.
#pragma once

#include "core/view/output_table.h"
#include "core/view/stored_run.h"
#include "core/work/assessment_round.h"

// { id, pack, assessment, year, kind, state, next, run, opened_at, opened_by, closed_at }: times in
// UTC, null where there is none (new reference).
json_t *round_json(const AssessmentRound *round);

typedef struct RoundRowsQuery {
    const char *pack; // NULL: all
    int64_t id;       // 0: all
    bool open_only;
    bool for_people; // states and kinds by their titles
} RoundRowsQuery;
// By pack, the newest first. Free the rows with output_free, also after a failure.
MUST_CHECK bool round_rows(Store *store, const RoundRowsQuery *query, OutputTable *rows,
                           Error *error);

// A round with its history and its figures. Free with round_view_free.
typedef struct RoundView {
    AssessmentRound round;
    json_t *history;    // [{ state, at, who, reason, run }], oldest first
    StoredRun *figures; // of round_find_run; NULL: there are none that can be shown,
    Error problem;      // for this reason
    int assessment;     // index in the figures' description
} RoundView;

// ERROR_NOT_FOUND when there is no such round; `pack` NULL: whichever has it.
MUST_CHECK bool round_view_read(Store *store, const char *pack, int64_t id, RoundView *view,
                                Error *error);
void round_view_free(RoundView *view);
// The members of round_json, `history`, and `figures`: { run, data_version, pack_version,
// pack_hash, ranking } or null, then `problem` says why (new reference).
json_t *round_view_json(const RoundView *view);
// A round's history as rows for people, oldest first. Free them with output_free, also after a
// failure.
MUST_CHECK bool round_history_rows(Store *store, const AssessmentRound *round, OutputTable *rows,
                                   Error *error);
