// Impact before activation: what another version of a pack would change in the results of the same
// data, and because of which of its rules.
//
// Both versions are evaluated over the same observations for the same year, and their results
// compared: scores, grades, places and vetoes of every region and unit assessed, values and
// statuses of indicators, warnings raised, rules that fail. What differs between the versions
// themselves is read off their descriptions (pack/difference.h); each such difference is a possible
// cause. A change is traced to its causes without calling a rule again:
// - what its own declaration says otherwise (code, points, target, limit …) is a cause of it;
// - an input of its rule that is another figure than before passes on the causes of that figure:
//   an indicator's those of its formula, targets and conventions, a plan's those of the statuses
//   that it counts otherwise.
// All inputs are in the records or follow from them, so what is traced is what the rules were
// given. A place passes on nothing: others' scores may move it alone, and then it says so.
//
// impact_compare is pure, for any thread that owns the report; impact_analyse runs the loop of its
// JobHost. What a report points to is borrowed from both sides, but for what lies in its arena.
#pragma once

#include "core/analysis/differences.h"
#include "core/pack/difference.h"
#include "core/registry/runs.h"
#include "core/work/assessment_round.h"

enum { IMPACT_BEFORE, IMPACT_AFTER }; // indexes of everything that has SIDES

// One version with its results.
typedef struct ImpactSide {
    const LoadedPack *pack;
    const json_t *described;         // by this program's version of Lua; NULL: as the pack has it
    const ResultLayout *layout;      // of its description, for the year
    const struct RunRegion *regions; // in order of code
    size_t region_count;
} ImpactSide;

// How the versions differ in one declaration, or in one field of it.
typedef struct ImpactCause {
    const Difference *difference; // NULL: the program's library (std) is another one
    size_t regions;               // whose results it has a part in changing
} ImpactCause;

// Indexes of a report's causes, ascending; none where a change could not be traced.
typedef struct ImpactBecause {
    const uint32_t *causes;
    size_t count;
} ImpactBecause;

// An item that counts for something else. What a side's version does not have is NULL and 0.
typedef struct ImpactItem {
    const char *id, *title;
    const Item *declared[SIDES];
    ItemState states[SIDES];
    double scores[SIDES], points[SIDES]; // as they count, see differences.h
    // After less before, in billionths of a point; see differences.h.
    int64_t contribution, from_scoring, from_points;
    ChangedInput *inputs; // of its rules, that are other figures now: before and after
    size_t input_count;
    ImpactBecause because;
} ImpactItem;

// A region's or a unit's score that is another one, has another grade or another place.
typedef struct ImpactScore {
    const char *region;            // code
    const char *unit, *unit_title; // NULL for the region itself
    int assessment;                // index in the report's
    bool present[SIDES];           // whether it is assessed
    double totals[SIDES], printed[SIDES];
    int32_t ranks[SIDES]; // 0 where it has none
    const char *grades[SIDES];
    const Veto *vetoes[SIDES];
    const ImpactItem *items; // leaves that count for something else
    size_t item_count;
    bool by_others; // nothing of its own changed: others' scores moved it to another place
    ImpactBecause because;
} ImpactScore;

// An indicator of both versions that has another value or stands otherwise in a region.
typedef struct ImpactIndicator {
    const char *region;
    int indicator; // index in the report's
    double values[SIDES];
    Status statuses[SIDES];
    ChangedInput *inputs; // of its formula
    size_t input_count;
    ImpactBecause because;
} ImpactIndicator;

// A warning that would be raised, cleared or get another level.
typedef struct ImpactWarning {
    const char *region;
    int warning;                         // index in the report's
    const char *subject, *subject_title; // the indicator or plan; NULL for the region
    WarningLevel levels[SIDES];
    ChangedInput *inputs;
    size_t input_count;
    ImpactBecause because;
} ImpactWarning;

// ---- summed up ---------------------------------------------------------------------------------

typedef struct ImpactAssessmentSum {
    const char *id, *title;
    const Assessment *declared[SIDES];
    size_t subjects[SIDES];                     // assessed
    size_t gained, lost, moved;                 // scores, places
    size_t vetoes_struck, vetoes_off;           // subjects vetoed now alone, and no longer
    const ImpactScore *most_gained, *most_lost; // NULL when nobody did
    const char **grades; // names on either side, best first; the last is NULL: no grade
    size_t grade_count;  // with it
    // [before × grade_count + after]: subjects assessed by both, also where nothing changes.
    size_t *moves;
} ImpactAssessmentSum;

typedef struct ImpactIndicatorSum {
    const char *id, *title;
    const Indicator *declared[SIDES];
    size_t values;                            // regions with another value
    size_t moves[STATUS_COUNT][STATUS_COUNT]; // [before][after]: regions
} ImpactIndicatorSum;

typedef struct ImpactWarningSum {
    const char *id, *title;
    const Warning *declared[SIDES];
    size_t raised, cleared, risen, sunk; // times; the last two to another level
} ImpactWarningSum;

// A declaration that is gone and to which open work may be tied: a warning being dealt with, an
// assessment under way, an indicator being reported.
typedef struct ImpactGone {
    const Difference *difference;
    // Regions that have something of it now: it is raised, scored, or has data there. None are
    // counted for a unit.
    size_t regions;
} ImpactGone;

// An open round of the pack whose figures would be others. While its assessment is gone the version
// cannot become active (work/open_rounds.h).
typedef struct ImpactRound {
    AssessmentRound round;
    bool gone;      // the version after does not declare its assessment
    size_t changed; // subjects with another score, grade or place
} ImpactRound;

// A rule that fails in regions where it did not.
typedef struct ImpactFailure {
    const Rule *rule; // of the version after
    CallOutcome outcome;
    const char *message; // of the first; "" for none
    const char *region;  // the first
    size_t regions;
} ImpactFailure;

// What changes in one region. Empty ranges where nothing does.
typedef struct ImpactRegion {
    const char *code;
    bool present[SIDES]; // whether it has results
    size_t first_score, score_count;
    size_t first_indicator, indicator_count;
    size_t first_warning, warning_count;
} ImpactRegion;

// Free with impact_free.
typedef struct ImpactReport {
    ImpactSide sides[SIDES];
    int year;
    DifferenceList differences;
    ImpactCause *causes; // one a difference, in their order; then one for std where it differs
    size_t cause_count;
    ImpactGone *gone;
    size_t gone_count;
    ImpactRound *rounds; // none before impact_find_rounds
    size_t round_count;
    ImpactFailure *failures;
    size_t failure_count;
    ImpactAssessmentSum *assessments;
    size_t assessment_count;
    ImpactIndicatorSum *indicators;
    size_t indicator_count;
    ImpactWarningSum *warnings;
    size_t warning_count;
    ImpactScore *scores; // by region
    size_t score_count, score_capacity;
    ImpactIndicator *indicator_changes; // by region
    size_t indicator_change_count, indicator_change_capacity;
    ImpactWarning *warning_changes; // by region
    size_t warning_change_count, warning_change_capacity;
    ImpactRegion *regions; // in order of code, changed or not
    size_t region_count;
    size_t changed_count; // regions with a change
    Arena arena;
} ImpactReport;

// How a side's pack describes itself.
const Description *impact_description(const ImpactReport *report, int side);

// Compares results at hand. Both sides must outlive the report. ERROR_WORKER when bytes are
// damaged.
MUST_CHECK bool impact_compare(const ImpactSide *before, const ImpactSide *after,
                               ImpactReport *report, Error *error);
void impact_free(ImpactReport *report);
// Adds the open rounds that a compared change touches. Any thread.
MUST_CHECK bool impact_find_rounds(Store *store, ImpactReport *report, Error *error);
// Whether nothing changes: no result, no rule that fails, nothing gone.
bool impact_is_none(const ImpactReport *report);
// Whether the region has a change.
bool impact_region_changes(const ImpactRegion *region);
// The regions with a change, those changed most first: by their largest change of a score, then by
// warnings, statuses and values changed. Free the array of `changed_count` indexes.
size_t *impact_most_changed(const ImpactReport *report);

// ---- over the data of a workspace --------------------------------------------------------------

// Two versions evaluated. Free with impact_analysis_free.
typedef struct ImpactAnalysis {
    Run runs[SIDES];
    ResultLayout *layouts[SIDES];
    json_t *described[SIDES]; // NULL where it need not be
    ImpactReport report;
} ImpactAnalysis;

typedef struct ImpactRequest {
    const LoadedPack *before, *after; // must outlive the analysis
    int year;                         // 0: the newest with data of the version before
    const char *who;
} ImpactRequest;

// Evaluates both over the data as it is and compares. Nothing is stored. False with the problems of
// run_evaluate_aside.
MUST_CHECK bool impact_analyse(const JobHost *host, Store *store, const ImpactRequest *request,
                               ImpactAnalysis *analysis, ProblemList *problems);
void impact_analysis_free(ImpactAnalysis *analysis);

// What activating a pack would do: takes the comparison of it with its active version, then those
// of the active packs that extend it and would follow it (registry/family.h).
typedef struct ImpactFamily {
    const LoadedPack *pack; // checked
    int year;               // 0: of each the newest with data
    const char *who;
    void (*take)(const ImpactReport *report, void *context);
    void *context;
} ImpactFamily;

// False with problems when the pack cannot be compared, for want of an active version or of data
// (ERROR_NOT_FOUND), or when one that follows would break (ERROR_PACK), which stops no other. One
// that follows and has no data is passed over.
MUST_CHECK bool impact_analyse_family(const JobHost *host, Store *store, const ImpactFamily *family,
                                      ProblemList *problems);
