// What can be varied of a pack: the observed figures its rules and targets depend on, with the
// values at which something may change, and the years and regions in which it is tried.
//
// Made once from a description, immutable afterwards.
#pragma once

#include "core/check/world.h"
#include "core/pack/description.h"

enum { MOST_NUMBERS = 12, MOST_YEARS = 8, MADE_CODE_SIZE = 20 };

// One observed figure: a series in a breakdown.
typedef struct Column {
    int series, breakdown; // breakdown -1: the total
    int digits;
    double step;  // one in the last printed digit
    int better;   // as declared: 1, -1, 0 not said
    bool of_unit; // a unit's fact, see space_unit_of
    bool derives; // no score, warning or veto names it: it counts through formulas alone
    double numbers[MOST_NUMBERS]; // targets, milestones, tolerances' ends
    size_t number_count;
} Column;

typedef struct Space {
    const Description *description;
    Column *columns; // owned
    size_t column_count;
    int years[MOST_YEARS]; // that are evaluated
    size_t year_count;
    bool has_peers; // a rule names a place among peers or the parent's value
    bool judges_own, judges_child;
    bool has_units;                          // an assessment of units
    char codes[PLACES_MOST][MADE_CODE_SIZE]; // by place
    size_t place_count;
} Space;

void space_init(Space *space, const Description *description);
void space_free(Space *space);
// The unit that stands for all that an assessment is about; -1 when it is about no units.
int space_unit_of(const Description *description, int assessment);
// "screening" or "screening.female", as specs name it.
void space_column_name(const Space *space, int column, char *text, size_t size);
// The plan a column's indicator is in; -1 for data and facts.
int space_column_plan(const Space *space, int column);
// Whether a column's indicator applies to the region at a place.
bool space_applies(const Space *space, int column, int place);
// The column of the input of a rule about a subject; -1 when it is no observed figure.
int space_find(const Space *space, int series, int breakdown);
// Whether it is a figure of which nobody says whether more or less is better, though a rule names
// it.
bool space_lacks_direction(const Space *space, size_t column);
