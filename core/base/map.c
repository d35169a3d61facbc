// Open addressing: see map.h.
//
// Keys come from strangers, in imported files and requests. With a hash that everybody can work out
// they could be chosen so that all meet in one place, and 200,000 of them took half a minute; so it
// is SipHash under a key that each process has by chance. Nobody can ask a map for its order, hence
// nothing that is computed depends on it.
#include "core/base/map.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "core/base/memory.h"

struct MapSlot {
    char *key; // NULL when free
    uint64_t hash;
    int64_t value;
};

// The sixteen random bytes that the kernel gives each program it starts: they are there without a
// system call, so in a jailed worker too, and the same for all threads. A fuzzer goes by how often
// each branch is taken, and is to go the same way again.
static const unsigned char *hash_key(void) {
#ifdef FUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
    return (const unsigned char *)"the same key now";
#else
    return (const unsigned char *)getauxval(AT_RANDOM);
#endif
}

static uint64_t hash_of(const char *key) {
    _Static_assert(crypto_shorthash_KEYBYTES == 16, "AT_RANDOM has as many");
    unsigned char bytes[crypto_shorthash_BYTES];
    uint64_t hash;
    crypto_shorthash(bytes, (const unsigned char *)key, strlen(key), hash_key());
    memcpy(&hash, bytes, sizeof hash);
    return hash;
}

static MapSlot *find_slot(MapSlot *slots, size_t capacity, uint64_t hash, const char *key) {
    for (size_t at = hash & (capacity - 1);; at = (at + 1) & (capacity - 1)) {
        MapSlot *slot = &slots[at];
        if (!slot->key || (slot->hash == hash && strcmp(slot->key, key) == 0)) return slot;
    }
}

int64_t map_get(const Map *map, const char *key) {
    if (map->count == 0) return MAP_MISSING;
    MapSlot *slot = find_slot(map->slots, map->capacity, hash_of(key), key);
    return slot->key ? slot->value : MAP_MISSING;
}

static void grow(Map *map) {
    size_t capacity = map->capacity ? map->capacity * 2 : 16;
    MapSlot *slots = memory_new(capacity, sizeof *slots);
    for (size_t i = 0; i < map->capacity; i++) {
        MapSlot *old = &map->slots[i];
        if (old->key) *find_slot(slots, capacity, old->hash, old->key) = *old;
    }
    free(map->slots);
    map->slots = slots;
    map->capacity = capacity;
}

int64_t map_put(Map *map, const char *key, int64_t value) {
    if ((map->count + 1) * 4 > map->capacity * 3) grow(map);
    uint64_t hash = hash_of(key);
    MapSlot *slot = find_slot(map->slots, map->capacity, hash, key);
    if (slot->key) {
        int64_t before = slot->value;
        slot->value = value;
        return before;
    }
    *slot = (MapSlot){.key = memory_copy_string(key), .hash = hash, .value = value};
    map->count++;
    return MAP_MISSING;
}

const char *map_key(const Map *map, size_t place) {
    return map->slots[place].key;
}

void map_free(Map *map) {
    for (size_t i = 0; i < map->capacity; i++)
        free(map->slots[i].key);
    free(map->slots);
    *map = (Map){0};
}
