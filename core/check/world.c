// Observations of a world: see world.h.
#include "core/check/world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

void world_add(World *world, Observation observation) {
    ARRAY_RESERVE(world->items, world->count, world->capacity);
    world->items[world->count++] = observation;
}

World world_without(const World *world, size_t from, size_t to) {
    World copy = {.subject = world->subject, .number = world->number};
    for (size_t i = 0; i < world->count; i++)
        if (i < from || i >= to) world_add(&copy, world->items[i]);
    return copy;
}

World world_copy(const World *world) {
    return world_without(world, 0, 0);
}

void world_free(World *world) {
    free(world->items);
    *world = (World){0};
}

int world_find(const World *world, int column, int place, int year) {
    for (size_t i = 0; i < world->count; i++) {
        const Observation *item = &world->items[i];
        if (item->column == column && item->place == place && item->year == year) return (int)i;
    }
    return -1;
}

double world_take(World *world, int column, int place, int year) {
    int found = world_find(world, column, place, year);
    if (found < 0) return NAN;
    double value = world->items[found].value;
    world->count--;
    memmove(world->items + found, world->items + found + 1,
            (world->count - (size_t)found) * sizeof *world->items);
    return value;
}
