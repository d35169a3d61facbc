// What the files that make a Description share; included by core/pack/description*.c, inputs.c and
// lint*.c only. While it is made the description is mutable, so the const of description.h is cast
// away here and nowhere else.
#pragma once

#include "core/pack/description.h"

typedef struct Maker {
    Description *description;
    ProblemList *problems;
    bool declared_with_problems; // std found some already; what follows from them is not repeated
    const json_t *removed;    // what the pack removed of what it inherits: { kind, id, file, line }
    const json_t *pack_terms; // of the pack, for plans that declare none
} Maker;

// description_read.c: texts, numbers and indexes out of untrusted JSON: a missing or mistyped
// member gives the default.
const char *maker_text(Maker *maker, const json_t *node, const char *key, const char *missing);
double maker_number(const json_t *node, const char *key, double missing);
int maker_integer(const json_t *node, const char *key, int missing);
size_t maker_size(const json_t *array);
// A rule's number, or -1 when there is none of that number.
int maker_rule(Maker *maker, const json_t *node, const char *key);

// Whether all texts and names in it are without control characters; each that is not is a problem
// at its node's place, or the one given.
bool maker_texts_are_plain(Maker *maker, const json_t *node, const char *file, int line);

// Whether a member is exactly that text, and which of the names it is (`missing` when none).
bool maker_is(const json_t *node, const char *key, const char *wanted);
int maker_choice(const json_t *node, const char *key, const char *const *names, int count,
                 int missing);
// Zeroed memory of the description, at least one element.
void *maker_array(Maker *maker, size_t count, size_t size);
// The texts of an array; members that are no texts are passed over.
const char *const *maker_texts(Maker *maker, const json_t *list, size_t *count);
// `item "annual.targets"`, for messages.
const char *maker_owner(Maker *maker, const char *kind, const char *id);

// hints.c: what was probably meant by a name that nothing has. Sets the hint of the problem added
// last: where the pack removed what has that name, or the nearest of `names`; false when neither,
// or when no hints are left after so many problems.
bool maker_hints_are_left(const Maker *maker);
bool maker_hint_name(Maker *maker, const char *wanted, const char *const *names, size_t count);
// The same among the series, or only the indicators.
bool maker_hint_series(Maker *maker, const char *wanted, bool only_indicators);
bool maker_hint_plan(Maker *maker, const char *wanted);
bool maker_hint_unit(Maker *maker, const char *wanted);

// description_targets.c
void description_parse_targets(Maker *maker, const json_t *node, Indicator *indicator);
// What indicators name of others in their targets and counts, which may be declared later: looked
// up when all are known.
void description_resolve_targets(Maker *maker, const json_t *plans);

// description_rules.c; the plans and series come first, since rules name them.
void description_parse_warnings(Maker *maker, const json_t *list);
void description_parse_assessments(Maker *maker, const json_t *list);

// description_series.c; the plans come first, with the indicators.
void description_parse_series(Maker *maker, const json_t *list);
// description_figures.c
// Years in which a term of office begins: the plan's own, else the pack's.
void description_parse_terms(Maker *maker, const json_t *node, Plan *plan);
// The events of a rate and what they happen among; the series come first.
void description_resolve_counts(Maker *maker, const json_t *node, Indicator *indicator);
// A term of office as the period of a plan or an indicator needs terms.
void description_check_periods(Maker *maker);
// The names of all target sets, in the order in which they are met.
void description_collect_set_names(Maker *maker);

// inputs.c: gives meaning to every parameter of every rule and message.
typedef struct InputScope {
    RulePlace place;
    int indicator; // owner of a formula, else -1
    int plan;      // what plan figures without suffix mean, or -1
} InputScope;
// Resolves the names of a rule; unknown ones become problems at the rule's line.
void inputs_resolve_rule(Maker *maker, int rule, InputScope scope, const char *owner);
// The same for one name; false when it means nothing there.
bool inputs_resolve(Maker *maker, const char *name, InputScope scope, const char *file, int line,
                    Input *input);

// "id" or "id_BREAKDOWN": the series, and the breakdown or -1; false when there is none.
bool inputs_resolve_series(const Description *description, const char *name, int *series,
                           int *breakdown);

// Whether the name means something in some place without any series of that name being declared.
bool inputs_is_reserved(const Description *description, const char *name);

// lint.c: everything that can be wrong although each part is well formed.
void lint_description(Maker *maker);
// lint_targets.c: of one indicator's targets and milestones; lint_scheme.c: of plans and
// assessments.
void lint_targets(Maker *maker, const Indicator *indicator);
void lint_scheme(Maker *maker);
// Orders the formulas; a cycle is a problem.
void lint_formula_order(Maker *maker);
