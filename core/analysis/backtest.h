// Back-test of warnings on indicators: what they would have said in past years, and what came.
//
// For each past year the pack is evaluated by the same engine as ever, over the data up to that
// year alone: later years are not in its dataset. The figures are those known today; it is years
// that are hidden, not revisions.
//
// A case is a region, an indicator and a year in which the indicator has a value. It has a due
// year:
// - with a horizon of n years: n years after the case's;
// - without: the next year after the case's in which the indicator is due, a milestone's or the
//   plan's last.
// The event is that the indicator is not met in its due year: unmet, or near-met where the plan's
// conventions do not count that as met. It is judged as the pack judges that year; in a milestone's
// year also where the pack judges by final targets the milestone is held against the value (for
// targets at_least, at_most, above and below; others are due only in the plan's last year then).
// A case whose due year has no data yet is pending, one whose indicator cannot be judged in its due
// year is unknown: neither is counted among the outcomes.
//
//                    event          no event
//     warned         hit            false alarm
//     not warned     miss           silence
//
// Lead time belongs to events, not to cases: an event (region, indicator, due year) was warned of
// when its last case was; its lead is the due year less the first year of the unbroken run of
// warned years that ends there. What flickered and went out gave no lead. The run holds the cases
// of this due year; with a horizon also earlier ones that were false alarms then, but it ends where
// a warning was a hit: what stays unmet for years is not foreseen the longer.
//
// All regions are pooled. One thread.
#pragma once

#include "core/registry/runs.h"

// Fewer than these are too few to judge a rule by.
enum { BACKTEST_FEWEST_YEARS = 3, BACKTEST_FEWEST_EVENTS = 5 };

typedef struct BacktestRequest {
    const LoadedPack *pack;
    int warning;               // index; −1: every warning on indicators
    int first_year, last_year; // of the cases; 0: as far as data goes
    int horizon;               // 0: until the indicator is due
    const char *who;
} BacktestRequest;

typedef struct BacktestCounts {
    size_t hits, misses, false_alarms, silences; // cases
    size_t pending, unknown;                     // cases without an outcome
    size_t events, warned_events;                // due years in which an indicator was not met
    size_t lead_sum;                             // years, over the events warned of
    int due_years;                               // different ones with an outcome
} BacktestCounts;

// Of the cases warned, how many were followed by the event; of those followed by it, how many were
// warned. NaN when there are none.
double backtest_precision(const BacktestCounts *counts);
double backtest_recall(const BacktestCounts *counts);
// Mean over the events warned of, in years; NaN when there are none.
double backtest_lead(const BacktestCounts *counts);
// Cases that have an outcome.
size_t backtest_cases(const BacktestCounts *counts);

typedef enum BacktestVerdict {
    BACKTEST_FAIR,       // enough to go by
    BACKTEST_NO_CASE,    // nothing with an outcome
    BACKTEST_FEW_YEARS,  // outcomes from fewer than BACKTEST_FEWEST_YEARS due years
    BACKTEST_FEW_EVENTS, // fewer than BACKTEST_FEWEST_EVENTS events
} BacktestVerdict;
// The first of these that is true of the counts, from no case at all to too few events.
BacktestVerdict backtest_verdict(const BacktestCounts *counts);
const char *backtest_verdict_name(BacktestVerdict verdict); // "fair", "no_case" …
// Whether there is anything to say: a case, with an outcome or without.
bool backtest_has_case(const BacktestCounts *counts);

// One warning. `levels[l]`: warned means at least that level; LEVEL_NONE stands for LEVEL_BLUE,
// that is any. See backtest_shows_level.
typedef struct WarningBacktest {
    int warning;
    BacktestCounts levels[LEVEL_COUNT];
    size_t raised[LEVEL_COUNT]; // cases by level, with an outcome or not
    size_t failures;            // calls of its rule that failed: they warned of nothing
    BacktestCounts *indicators; // by indicator of the description, any level
} WarningBacktest;

// Levels that were never raised say nothing of their own.
bool backtest_shows_level(const WarningBacktest *test, WarningLevel level);

// Free with backtest_free.
typedef struct BacktestReport {
    int first_year, last_year; // of the cases
    int newest_year;           // of the data
    int evaluated_years;       // that had data
    WarningBacktest *warnings;
    size_t warning_count;
    size_t left_out; // warnings asked for that are on plans or the region: they have no such event
} BacktestReport;

// False with problems: what run_evaluate_aside says, ERROR_USAGE when the warning asked for is not
// on indicators or the years are in the wrong order, ERROR_NOT_FOUND when no year has data or the
// pack has no warning on indicators.
MUST_CHECK bool backtest_run(const JobHost *host, Store *store, const BacktestRequest *request,
                             BacktestReport *report, ProblemList *problems);
void backtest_free(BacktestReport *report);
