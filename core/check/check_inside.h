// What the files of a property check share; included by core/check/*.c only.
#pragma once

#include "core/check/check.h"
#include "core/check/generate.h"
#include "core/check/shrink.h"
#include "core/check/stage.h"

// One figure varied in one situation.
typedef struct Case {
    World world; // without the figure
    int column, year;
    double rungs[MOST_RUNGS]; // its values, ascending
    size_t rung_count;
    bool with_missing, wild;
} Case;

// Two values of a figure far apart whose scores differ by more than a last digit may make them
// differ: somewhere between them a cliff may be.
typedef struct Gap {
    World world; // a copy
    Observation varied;
    double first, second;
} Gap;

enum { GAPS_OF_A_COLUMN = 6 };

typedef struct Gaps {
    Gap *items;
    size_t count, capacity;
    unsigned char *followed; // by column: gaps of it so far
} Gaps;

typedef struct Checking {
    const CheckRequest *request;
    CheckReport *report;
    ProblemList *problems;
    size_t situations, cases_in_all;
    Stage *stage, *small, *plain;
    size_t known; // examples that earlier years have shown
    bool of_units, compared_bytes, over_budget;
    Gaps gaps;
    const Lane *first, *second; // compared just now; the second NULL: one alone
} Checking;

// Keeps the first counter-example of its kind.
bool checking_note(const Finding *finding, void *context);
Comparison checking_comparison(Checking *checking, const Lane *first, const Lane *second);

// gaps.c
void gaps_add(Checking *checking, const Lane *low, double second);
// Halves the gaps until each is a smallest step or hides nothing.
MUST_CHECK bool gaps_follow(Checking *checking);
void gaps_free(Gaps *gaps);

// bytes.c
// Compares the bytes of worlds with those of one worker, without kernels, in the other order.
MUST_CHECK bool check_bytes(Checking *checking, const Lane *lanes, size_t count);
// The first of the lanes whose bytes differ; `count` when none does.
size_t first_difference(const Buffer *left, const Buffer *right, size_t count);

// explain_failure.c
// Finds out what a rule gave that it must not give: one beyond its points is out of bounds.
MUST_CHECK bool explain_failure(const CheckRequest *request, const Space *space,
                                CounterExample *example, ProblemList *problems);
