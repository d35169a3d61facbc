// The properties: what must hold of the results of one world, or of two that differ in one figure.
//
// Scores, rates and levels are those everybody reads (tally.h), never computed anew. One thread.
#pragma once

#include "core/check/space.h"
#include "core/eval/result.h"

typedef enum Property {
    PROPERTY_RULES,       // no rule raises an error, whatever the figures
    PROPERTY_BOUNDS,      // scores stay within 0 and the points
    PROPERTY_MONOTONE,    // better figures never lower a score or an attainment rate, but of items
                          // that say why they may
    PROPERTY_CLIFF,       // a smallest change moves no score by more than is declared
    PROPERTY_MISSING,     // a missing figure never raises a score or a rate, or clears a warning
    PROPERTY_DETERMINISM, // the same figures give the same bytes
    PROPERTY_COUNT
} Property;

// Whether a call was stopped: each such call costs as much as thousands of others.
bool outcome_is_over_budget(CallOutcome outcome);

const char *property_name(Property property); // "rules", "bounds" …

typedef enum AboutKind {
    ABOUT_RULE,
    ABOUT_ITEM,
    ABOUT_TOTAL,
    ABOUT_ATTAINMENT,
    ABOUT_WARNING,
    ABOUT_VETO, // its rule is `rule`
    ABOUT_BYTES
} AboutKind;

// What a finding is about; indexes as in the description, -1 for none.
typedef struct About {
    Property property;
    AboutKind kind;
    int rule, assessment, item, unit, plan, domain, warning, subject;
} About;
// About no rule, score, rate or warning: what a finding's place is filled in from.
extern const About about_nothing;

// Whether two findings say the same of the same rule, and of the same subject of it.
bool about_same_rule(const About *left, const About *right);
bool about_equal(const About *left, const About *right);

typedef struct Finding {
    About about;
    double first, second; // the score or rate in the two worlds; of bounds the score
    double allowed;       // of a cliff and of bounds
    CallOutcome outcome;  // of a rule that failed
    char message[512];    // likewise; what the rule gave, of bounds
} Finding;

// Called for each finding; false stops the search.
typedef bool (*FindingVisitor)(const Finding *finding, void *context);

// A world's results with its figures.
typedef struct Outcome {
    const RegionResult *result;
    const Lane *lane;
} Outcome;

typedef struct Comparison {
    const Space *space;
    int year;
    bool of_units; // what units get is compared, and nothing else
    FindingVisitor visit;
    void *context;
} Comparison;

void compare_rules(const Comparison *comparison, const Outcome *outcome);
void compare_bounds(const Comparison *comparison, const Outcome *outcome);

// Which of two worlds is better: 1 the second, -1 the first, 0 neither or nobody can say. No
// indicator may be further from its target in the better one.
int compare_direction(const Comparison *comparison, const Outcome *first, const Outcome *second);
void compare_monotone(const Comparison *comparison, const Outcome *worse, const Outcome *better);

// Whether a step in the column is so small that a person would not call it a change: its last
// printed digit, and of figures without decimals a hundredth at most.
bool compare_is_tiny(const Column *column, double first, double second);
// Points an item may move by; `first` and `second` NULL: as far as the item alone says.
void compare_cliffs(const Comparison *comparison, const Outcome *first, const Outcome *second);
// The most an item's score differs by, of the items that have no cliff declared that allows it;
// for looking where a cliff may be.
bool compare_may_hide_cliff(const Comparison *comparison, const Outcome *first,
                            const Outcome *second);

void compare_missing(const Comparison *comparison, const Outcome *missing, const Outcome *reported);
