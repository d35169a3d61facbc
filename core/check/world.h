// A world: the observations of a few made-up regions, as a spec gives them to evaluate { … }.
//
// Places: 0 is the pack's own region, 1 its first child, which is judged in its stead where the
// pack is about children, and the others are that child's siblings. One thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { PLACE_OWN = 0, PLACE_CHILD = 1, PLACES_WITHOUT_PEERS = 2, PLACES_MOST = 5 };

typedef struct Observation {
    int column; // index in the space's columns
    int place, year;
    double value;
} Observation;

typedef struct World {
    Observation *items; // owned
    size_t count, capacity;
    int subject;   // the place that is judged
    size_t number; // of the situation it was made up for; copies keep it
} World;

void world_add(World *world, Observation observation);
// A copy without the observations from … to − 1.
World world_without(const World *world, size_t from, size_t to);
World world_copy(const World *world);
void world_free(World *world);
// The index of an observation of that column, place and year; -1 when there is none.
int world_find(const World *world, int column, int place, int year);
// Takes an observation out and gives its value; NaN when there is none.
double world_take(World *world, int column, int place, int year);

// One of two worlds that differ in one figure: the common observations and that figure, missing
// where it is NaN.
typedef struct Lane {
    const World *common;
    Observation varied; // column -1: nothing is varied
} Lane;
