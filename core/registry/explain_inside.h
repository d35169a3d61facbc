// What the files of explanations share: the explainer, the rule calls it noted, and nodes.
//
// Only core/registry/explain*.c include this. A node is made where it stands in the tree, so that
// the tree can be cut at any point: explain_grow gives NULL once the tree is full, and every
// function here takes a NULL node and does nothing with it. Nodes given are borrowed.
#pragma once

#include "core/eval/tally.h"
#include "core/registry/explain.h"
#include "core/registry/samples.h"

enum { EXPLAIN_MAX_DEPTH = 60, EXPLAIN_MAX_NODES = 50000, EXPLAIN_MAX_SUBJECTS = 20 };

// What a rule was called for; -1 where that does not apply.
typedef struct TraceKey {
    int rule, year, indicator, plan, assessment, item, unit;
} TraceKey;

typedef struct NotedCall {
    TraceKey key;
    const json_t *trace; // see core/eval/trace_json.h
} NotedCall;

typedef struct SeenObservation {
    int series;
    StoreObservation row; // texts in the arena
} SeenObservation;

// How far an indicator or a plan was told in this tree.
typedef enum Telling {
    NOT_TOLD,
    BEING_TOLD, // what is made now stands below it
    TOLD
} Telling;

typedef struct Explainer {
    const ExplainRequest *request;
    const Description *description;
    ResultLayout *layout;
    RegionResult result;
    json_t *traces; // owns what the calls point to
    NotedCall *calls;
    size_t call_count;
    SeenObservation *observations;
    size_t observation_count, observation_capacity;
    Telling *indicators; // by indicator
    Telling *plans;      // by plan and domain, see explain_tree.c
    size_t node_count;
    bool full;
    int depth;        // of indicators and plans below each other
    Samples samples;  // read where rules take figures of other regions
    bool asks_figure; // an indicator or a plan is asked for: its raised warnings belong to the tree
    Arena arena;
} Explainer;

// ---- nodes (explain_node.c) --------------------------------------------------------------------

json_t *explain_grow(Explainer *explainer, json_t *parent, const char *title);
void explain_set_text(json_t *node, const char *key, const char *text); // NULL sets nothing
void explain_set_figure(json_t *node, double value, int digits, Rounding rounding,
                        const char *unit);
void explain_set_rule(json_t *node, const Rule *rule);
// A rule's argument or result as text; numbers are written into `out`.
const char *explain_value_text(const json_t *value, char out[DECIMAL_TEXT_SIZE]);
// NULL when the rule was not called for that.
const json_t *explain_find_call(const Explainer *explainer, TraceKey key);

// All observations of a series' total up to the year explained, and the default a fact fell back
// to.
void explain_add_history(Explainer *explainer, json_t *node, int series);
// A node with the figure the engine took for the year: that of the breakdown (-1: the total) or of
// the unit (-1: none), else the fact's default.
void explain_add_series(Explainer *explainer, json_t *parent, int series, int breakdown, int unit);

// ---- the tree (explain_tree.c, explain_warning.c) ----------------------------------------------

// Puts the rule, what it was given and what it gave on the node; with sources, below each input
// what it was made from.
void explain_add_rule(Explainer *explainer, json_t *node, TraceKey key, bool with_sources);
void explain_add_indicator(Explainer *explainer, json_t *parent, int indicator);
void explain_add_plan(Explainer *explainer, json_t *parent, int plan,
                      int domain); // domain -1: all of it
void explain_add_assessment(Explainer *explainer, json_t *parent, const AssessmentResult *assessed);
void explain_add_item(Explainer *explainer, json_t *parent, const AssessmentResult *assessed,
                      int item);
// The warning with every subject it was raised for, or else those it was not raised for.
void explain_add_warning(Explainer *explainer, json_t *parent, int warning);
// The warnings raised for an indicator or a plan.
void explain_add_raised(Explainer *explainer, json_t *node, WarningSubject on, int subject);

// ---- sample data (explain_samples.c) -----------------------------------------------------------

// Reads the samples of other regions, where rules take figures of them.
MUST_CHECK bool explain_read_samples(Explainer *explainer, Store *store, const RunData *data,
                                     Error *error);
// Notes on an input's node the samples of other regions that its metric rests on.
void explain_note_others(const Explainer *explainer, json_t *node, int indicator, Metric metric);
// Notes on every node of a finished tree how many different sample observations stand below it,
// where it is not none.
void explain_mark_samples(json_t *tree);
