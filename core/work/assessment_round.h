// Assessment rounds (考核轮次): one assessment of a pack, for one year, on its way from
// self-assessment to published figures.
//
// A round is known by the ids of its pack and its assessment, never by a version, so it stays open
// whatever version is activated or gone back to; work/open_rounds.h refuses versions that do
// not declare what it is about. While it is open its figures are those of the version that is
// active; publishing pins a run, and its figures are the round's for good. Each function that
// changes a round is one transaction, for any thread but the store's writer; what is read is read
// on any thread.
#pragma once

#include "core/pack/bundle.h"
#include "db/store.h"

typedef enum RoundKind {
    ROUND_ANNUAL,  // 年度
    ROUND_MIDTERM, // 中期
    ROUND_FINAL,   // 终期
    ROUND_KIND_COUNT
} RoundKind;

// Where a round is (考核轮次所处阶段).
typedef enum RoundState {
    ROUND_SELF_ASSESSMENT, // with those who are assessed (自评)
    ROUND_VERIFICATION,    // with the checkers (核验)
    ROUND_REVIEW,          // with the office that opened it (审核)
    ROUND_PUBLISHED,       // with everybody: its figures are those of its run (公布)
    ROUND_WITHDRAWN,       // with nobody, for the reason that was given (撤销)
    ROUND_STATE_COUNT
} RoundState;

enum {
    ROUND_ID_SIZE = BUNDLE_MAX_ID + 1, // of a pack's or an assessment's id
    ROUND_WHO_SIZE = 128,
    ROUND_MOST_REASON = 500, // characters
    ROUND_FIRST_YEAR = 1900,
    ROUND_LAST_YEAR = 2200,
};

// A round as it was read; a value, for any thread.
typedef struct AssessmentRound {
    int64_t id;
    char pack[ROUND_ID_SIZE], assessment[ROUND_ID_SIZE];
    int year;
    RoundKind kind;
    RoundState state;
    int64_t run;                        // whose figures are published; 0 before
    int64_t opened_at_us, closed_at_us; // the latter 0 while it is open
    char opened_by[ROUND_WHO_SIZE];
    int64_t changes; // so far
} AssessmentRound;

// Names as the store, the API and the command line have them ("self_assessment", "annual" …), and
// as people read them. From a name that there is not: the count.
const char *round_state_name(RoundState state);
const char *round_kind_name(RoundKind kind);
const char *round_state_title(RoundState state);
const char *round_kind_title(RoundKind kind);
RoundState round_state_from_name(const char *name);
RoundKind round_kind_from_name(const char *name);
// ERROR_USAGE with the names there are unless it is one.
MUST_CHECK bool round_kind_parse(const char *name, RoundKind *kind, Error *error);
MUST_CHECK bool round_state_parse(const char *name, RoundState *state, Error *error);

// Whether one state may follow on another: the one table of it.
bool round_may_follow(RoundState from, RoundState to);
// What comes after it on the way to publication; ROUND_STATE_COUNT: nothing.
RoundState round_next_state(RoundState state);
bool round_state_is_open(RoundState state);

typedef struct RoundOpening {
    const char *pack, *assessment;
    int year;
    RoundKind kind;
    const char *who;
} RoundOpening;

// Opens a round in self-assessment. ERROR_NOT_FOUND when the pack has no active version or that one
// declares no such assessment (with the nearest one), ERROR_CONFLICT when one for the same pack,
// assessment, year and kind is open, ERROR_INPUT for a year that is in no plan of
// the pack; a final round may be of the year after the end of one.
MUST_CHECK bool round_open(Store *store, const RoundOpening *opening, AssessmentRound *round,
                           Error *error);

typedef struct RoundStep {
    const char *pack; // NULL: whichever has the round
    int64_t id;
    RoundState to;      // ROUND_STATE_COUNT: the next one
    const char *reason; // of a withdrawal
    const char *who;
} RoundStep;

// Takes a round to a state. ERROR_NOT_FOUND when there is no such round; ERROR_CONFLICT when that
// state may not follow on the one it is in; ERROR_INPUT for a withdrawal without a reason, or with
// one that is no plain text or is too long. Publishing pins the run of round_find_run:
// ERROR_NOT_FOUND with advice when there is none, ERROR_CONFLICT with advice when figures that it
// would have came since (figures_since.h).
MUST_CHECK bool round_step(Store *store, const RoundStep *step, AssessmentRound *round,
                           Error *error);

// `pack` NULL: whichever has it. ERROR_NOT_FOUND when there is none.
MUST_CHECK bool round_read(Store *store, const char *pack, int64_t id, AssessmentRound *round,
                           Error *error);
// The run whose figures a round has: of a published one the run that was pinned, of one that is
// open the newest run that the active version made for its year, 0 where it has made none, this
// program cannot read it, or the round was withdrawn.
MUST_CHECK bool round_find_run(Store *store, const AssessmentRound *round, int64_t *run,
                               Error *error);
// From a row of the store.
void round_from_row(const StoreRound *row, AssessmentRound *round);
