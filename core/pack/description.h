// What a pack says, as the host and the worker both read it: plain data, no code.
//
// A worker runs the pack and sends its description as JSON (made by scripts/std/declare.lua);
// description_parse turns that JSON, which is not trusted, into these structs, resolves every
// name a rule takes, and runs the lints. The worker parses the same JSON with the same function,
// so that indexes mean the same on both sides.
//
// Everything is owned by the description's arena and immutable after the parse; a description may
// be read from any thread. Indexes are used instead of pointers: -1 means none.
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/map.h"
#include "core/base/memory.h"
#include "core/pack/conventions.h"
#include "core/pack/metric.h"
#include "core/stats/forecast.h"

typedef enum TargetKind {
    TARGET_AT_LEAST,
    TARGET_AT_MOST,
    TARGET_ABOVE,
    TARGET_BELOW,
    TARGET_AROUND,
    TARGET_WITHIN,
    TARGET_KEEPS_AT_LEAST,
    TARGET_RISES,
    TARGET_FALLS,
    TARGET_SLOWS,
    TARGET_NARROWS,
    TARGET_NOT_BELOW,
    TARGET_NOT_ABOVE,
    TARGET_EVIDENCE,
    TARGET_ALL_OF,
    TARGET_ANY_OF,
    TARGET_KIND_COUNT
} TargetKind;

const char *target_kind_name(TargetKind kind);

typedef enum TargetPer { PER_YEAR, PER_TERM, PER_PLAN } TargetPer;

typedef struct Target Target;
struct Target {
    TargetKind kind;
    double value, tolerance;                 // value: NaN where the kind has none
    double low, high, outer_low, outer_high; // within
    TargetPer per;                           // rises, falls, narrows
    int years;                               // length of a term
    // not_below, not_above: the other's index in `series`, its breakdown (-1: the total), and the
    // line to be kept: the other's value times `times`, `tolerance` to the easier side of it.
    int series, breakdown;
    double times;
    double part, whole;  // at_least written as a ratio: what people read; NaN otherwise
    const Target *parts; // all_of, any_of
    size_t part_count;
};

enum { MAX_TARGET_SETS = 8 };

typedef struct TargetSet {
    const char *id; // "own", "nation" …
    Target target;
} TargetSet;

typedef struct YearValue {
    int year;
    double value;
} YearValue;

// Something that has a value per region, year and breakdown.
typedef enum SeriesKind { SERIES_INDICATOR, SERIES_DATA, SERIES_FACT } SeriesKind;

typedef struct Series {
    SeriesKind kind;
    const char *id, *title, *unit;
    int digits;
    bool additive;        // its breakdowns add up to the whole
    double default_value; // of a fact; NaN for none
    int better;           // of data and facts: 1 higher is better, -1 lower, 0 not said
    int indicator;        // index in `indicators`, -1 for data and facts
    const char *file;
    int line;
} Series;

typedef struct Indicator {
    const char *id, *title, *unit;
    const char *lead;         // the lead unit's title
    int series, plan, domain; // domain: index in the plan's domains
    bool is_objective;        // judged by evidence; so is a task
    bool is_task;
    const TargetSet *target_sets; // the first is the one that counts
    size_t target_set_count;
    const YearValue *milestones; // ascending by year
    size_t milestone_count;
    double baseline; // NaN when the observation of the baseline year gives it
    int formula;     // rule, or -1
    bool additive;   // its breakdowns add up to the whole
    bool partial;    // the formula is called although inputs are missing
    // A rate's events and those they happen among, as indexes in `series`, -1 when not declared;
    // the rate is `per` times events by those.
    int counts, among;
    double per;
    ForecastMethod forecast;
    int digits;
    const char *const *applies_to; // region codes; count 0: everywhere
    size_t applies_to_count;
    Conventions conventions;
    const char *source; // where it stands in the document, as text
    const char *file;
    int line;
} Indicator;

typedef struct Domain {
    const char *id, *title;
    const int *indicators; // indexes
    size_t indicator_count;
} Domain;

typedef struct Plan {
    const char *id, *title;
    int first_year, last_year, baseline_year;
    const Domain *domains;
    size_t domain_count;
    const int *indicators; // indexes, in order of the domains
    size_t indicator_count;
    Conventions conventions;
    const int *terms; // years in which a term of office begins, ascending
    size_t term_count;
    const char *file;
    int line;
} Plan;

typedef struct NamedText {
    const char *id, *title;
    const char *file;
    int line;
} NamedText;

// Where a rule stands decides what names mean.
typedef enum RulePlace {
    PLACE_FORMULA,
    PLACE_INDICATOR,
    PLACE_PLAN,
    PLACE_REGION,
    PLACE_ITEM
} RulePlace;

typedef enum InputKind {
    INPUT_METRIC,   // of `indicator`, or of the one judged when -1
    INPUT_STATUS,   // likewise
    INPUT_ON_TRACK, // likewise
    INPUT_SERIES,   // likewise: all years
    INPUT_VALUE,    // this year's value of `series` in `breakdown`
    INPUT_PLAN,     // a figure of `plan` (and `domain`), or of the plan judged when -1
    INPUT_POINTS,
    INPUT_YEAR,
    INPUT_PLAN_START,
    INPUT_PLAN_END,
    INPUT_PLAN_PACE,
} InputKind;

typedef enum PlanFigure {
    FIGURE_ATTAINMENT,
    FIGURE_MET,
    FIGURE_NEAR,
    FIGURE_UNMET,
    FIGURE_NO_DATA,
    FIGURE_ASSESSABLE,
    FIGURE_COUNT
} PlanFigure;

typedef struct Input {
    const char *name;
    InputKind kind;
    Metric metric;
    PlanFigure figure;
    int indicator, series, plan, domain;
    int set;       // status, figures of a plan: index in `set_names`, 0 for the set that counts
    int breakdown; // index in `breakdowns`; -1: not broken down, or by the unit assessed
} Input;

typedef struct Rule {
    const char *file;
    int line;
    RulePlace place;
    const Input *inputs;
    size_t input_count;
    const char *owner; // "indicator maternal_mortality", "item annual.targets" … for messages
} Rule;

typedef enum WarningSubject { ON_INDICATOR, ON_PLAN, ON_REGION } WarningSubject;

typedef struct Warning {
    const char *id, *title;
    WarningSubject on;
    int level;           // rule
    const char *message; // with {input} in braces; NULL for none
    const Input *message_inputs;
    size_t message_input_count;
    int hold;        // years in a row
    const int *only; // indexes of indicators or plans; count 0: all
    size_t only_count;
    const char *file;
    int line;
} Warning;

typedef struct Item {
    const char *id, *title;
    double points;
    double cliff;         // most points a smallest change of one input may move; NaN: not said
    const char *may_fall; // why a better figure may lower the score; NULL: it must not
    int score, applies;   // rules, or -1; score is -1 for an item that holds others
    int parent;           // index in the assessment's items, -1 at the top
    int depth;
    const char *file;
    int line;
} Item;

enum { MAX_VETOES = 200 }; // of one assessment

typedef struct Veto {
    const char *id, *title;
    int when; // rule
    int grade;
    const char *file;
    int line;
} Veto;

typedef struct Grade {
    double from;
    const char *name;
} Grade;

typedef enum AssessmentOf { OF_REGION, OF_SELF, OF_CHILDREN, OF_UNIT } AssessmentOf;

typedef struct Assessment {
    const char *id, *title;
    AssessmentOf of;
    const bool *of_units; // by unit, whether it is assessed; NULL: all
    double points;
    int plan;          // what `attainment` without suffix means; -1: the pack's only plan, if one
    const Item *items; // parents before their children
    size_t item_count;
    const Veto *vetoes;
    size_t veto_count;
    const Grade *grades; // best first
    size_t grade_count;
    const char *file;
    int line;
} Assessment;

typedef enum Covers { COVERS_SELF, COVERS_CHILDREN, COVERS_SUBTREE } Covers;

// A pack that this one extends, as it carries it.
typedef struct ParentPack {
    const char *id, *version, *title;
} ParentPack;

typedef struct Description {
    Arena arena;
    const char *id, *title, *region, *version, *source;
    const ParentPack *parents; // the one it extends, then the one that extends …
    size_t parent_count;
    Covers covers;
    uint32_t figures; // bits of the metrics kept although no rule names them
    Conventions conventions;
    const NamedText *units;
    size_t unit_count;
    const NamedText *breakdowns; // built in, declared, then the units in their order
    const char *const *splits;   // by breakdown: what it is a part of, NULL for none
    size_t breakdown_count;
    const Series *series; // indicators first, then data and facts
    size_t series_count;
    const Indicator *indicators; // series[i] belongs to indicators[i]
    size_t indicator_count;
    const Plan *plans;
    size_t plan_count;
    const Warning *warnings;
    size_t warning_count;
    const Assessment *assessments;
    size_t assessment_count;
    const Rule *rules;
    size_t rule_count;
    const int *formula_order; // indicators with a formula, each after what it needs
    size_t formula_count;
    const char *const *set_names; // of target sets, each once; the first is "own"
    size_t set_count;
    Map series_by_id, plan_by_id;
} Description;

// Reads the JSON and checks everything about it. Problems of the pack go to `problems`; NULL when
// there was any. Free with description_free.
Description *description_parse(const json_t *json, ProblemList *problems);
void description_free(Description *description);
// Whether a pack describes itself as it did when it was checked. What tells its rules' code apart
// may differ: it depends on the version of Lua.
bool description_is_as_checked(const json_t *checked, const json_t *described);

// The index of a series, indicator, plan or assessment by id; -1 when there is none.
int description_series(const Description *description, const char *id);
int description_indicator(const Description *description, const char *id);
int description_plan(const Description *description, const char *id);
// The place of a target set among the indicator's own; -1 where it has none of that name. What
// counts is set 0, whatever its name.
int description_target_set(const Description *description, int indicator, int set);
int description_assessment(const Description *description, const char *id);
// The index of an item; −1 when there is none.
int assessment_item(const Assessment *assessment, const char *id);
// Whether an assessment of units is about that one.
bool assessment_is_of_unit(const Assessment *assessment, size_t unit);
