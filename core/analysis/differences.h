// Where the difference of two scores comes from: the contribution of each item, and the inputs of
// its rules that differ.
//
// Two subjects of one run, or one subject in the runs of two years. An item's contribution is what
// it counts for on the first side less what it counts for on the second, with the points of items
// that do not apply already dealt with by the conventions. It is split without rest into
// - the part from scoring: (share₁ − share₂)·(points₁ + points₂)/2, and
// - the part from points: (points₁ − points₂)·(share₁ + share₂)/2,
// where the points are those the item could bring on each side and the share is what part of them
// it did. Where it could bring none on one side it has no share of its own there and is given the
// other side's, so that the whole contribution is one of points.
//
// Contributions sum exactly. They are kept as whole billionths of a point, the precision to which
// scores are freed of binary noise; what single roundings leave of the difference of the totals
// (less than one billionth an item) is put to the largest of the contributions that have more than
// six digits behind the point, or of all where none has. An item that holds others
// contributes the sum of theirs. A veto sets the grade, not the score: it contributes nothing and
// is told beside it. One thread.
#pragma once

#include "core/analysis/assessed.h"
#include "core/registry/samples.h"

enum { SIDES = 2, BILLIONTHS = 1000000000 };

// An input of an item's rules that was not the same; values as printed, NULL where the rule has no
// such input or was not called.
typedef struct ChangedInput {
    const char *name;
    const char *values[SIDES];
} ChangedInput;

typedef struct ItemDifference {
    const char *id, *title;
    int parent; // index in the report, −1 at the top
    int depth;
    bool leaf;
    bool present[SIDES];     // whether that side's pack has it
    ItemState states[SIDES]; // of a leaf that is present
    double scores[SIDES], points[SIDES];
    int64_t contribution, from_scoring, from_points; // billionths of a point
    ChangedInput *inputs;                            // of a leaf
    size_t input_count;
} ItemDifference;

// One side of a score: what items there are, what they got, and what that counts for.
typedef struct ItemSide {
    const Assessment *assessment;
    const AssessmentResult *results;
    const AssessmentTotal *total;
} ItemSide;

// Takes two scores apart, without inputs: the first side's items, then those that only the second
// has. Parents stand before what they hold. Free the array; texts are in the arena.
ItemDifference *differences_of_items(const ItemSide sides[SIDES], Arena *arena, size_t *count);
// Points as whole billionths.
int64_t differences_billionths(double points);

// An indicator that stood otherwise, of a plan that the assessment's rules count in.
typedef struct StatusDifference {
    const char *id, *title, *plan; // the plan's id
    Status statuses[SIDES];
    double values[SIDES]; // NaN for none
    int digits;
    Rounding rounding;
} StatusDifference;

typedef struct DifferenceSide {
    const Run *run;
    const LoadedPack *pack; // that the run was made with
    const char *region;
    const char *unit;            // id; NULL for the region itself
    const Samples *samples_seen; // by the run
    // Filled:
    double total, printed;
    const char *grade, *veto; // NULL for none
    size_t samples;           // sample observations that the score rests on
} DifferenceSide;

// Free with differences_free.
typedef struct DifferencesReport {
    DifferenceSide sides[SIDES];
    const char *title;     // of the assessment, in the first side's pack
    ItemDifference *items; // parents before what they hold, siblings by size of contribution
    size_t item_count;
    StatusDifference *statuses; // in the first side's order
    size_t status_count;
    int64_t difference; // of the totals, billionths of a point
    bool same_pack;     // both sides were scored by the same version
    Arena arena;
} DifferencesReport;

double differences_points(int64_t billionths);

// Analyses the assessment of that id; sides give run, pack, region and unit. Explains both sides
// through the engine, so that inputs are those of the stored runs. False with problems:
// ERROR_NOT_FOUND when a side has no such assessment or is not assessed by it, what explain_build
// says.
MUST_CHECK bool differences_analyse(const JobHost *host, Store *store, const char *assessment,
                                    const DifferenceSide sides[SIDES], DifferencesReport *report,
                                    ProblemList *problems);
void differences_free(DifferencesReport *report);
