// A map from text to a number that is not negative; the usual value is an index into an array.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct MapSlot MapSlot;
typedef struct Map {
    MapSlot *slots; // owned
    size_t count, capacity;
} Map;

enum { MAP_MISSING = -1 };

// The value stored under the key, or MAP_MISSING.
int64_t map_get(const Map *map, const char *key);
// Stores the value (≥ 0) under a copy of the key; returns what was there before, or MAP_MISSING.
int64_t map_put(Map *map, const char *key, int64_t value);
// The key in one of the places below `capacity`, in no order; NULL where there is none.
const char *map_key(const Map *map, size_t place);
void map_free(Map *map);
