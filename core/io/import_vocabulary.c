// Lookup by id or by a name that is not shared: see import_vocabulary.h.
#include "core/io/import_vocabulary.h"

#include <stdlib.h>

#include "core/base/nearest.h"
#include "db/store.h"

static void reserve(NameIndex *index) {
    if (index->count < index->capacity) return;
    index->capacity = index->capacity ? index->capacity * 2 : 32;
    index->ids = memory_resize(index->ids, index->capacity, sizeof *index->ids);
    index->names = memory_resize(index->names, index->capacity, sizeof *index->names);
    index->shared = memory_resize(index->shared, index->capacity, sizeof *index->shared);
}

size_t name_index_add(NameIndex *index, const char *id, const char *name) {
    int64_t known = map_get(&index->by_id, id);
    if (known != MAP_MISSING) return (size_t)known;

    reserve(index);
    size_t place = index->count++;
    index->ids[place] = arena_string(&index->arena, id);
    index->names[place] = arena_string(&index->arena, name);
    index->shared[place] = false;
    map_put(&index->by_id, id, (int64_t)place);
    if (!name) return place;

    int64_t bearer = map_get(&index->by_name, name);
    if (bearer == MAP_MISSING)
        map_put(&index->by_name, name, (int64_t)place);
    else
        index->shared[bearer] = true;
    return place;
}

NameMatch name_index_find(const NameIndex *index, const char *text, size_t *place) {
    int64_t found = map_get(&index->by_id, text);
    if (found != MAP_MISSING) {
        *place = (size_t)found;
        return NAME_FOUND;
    }
    found = map_get(&index->by_name, text);
    if (found == MAP_MISSING) return NAME_UNKNOWN;
    *place = (size_t)found;
    return index->shared[found] ? NAME_AMBIGUOUS : NAME_FOUND;
}

const char *name_index_nearest(const NameIndex *index, const char *text) {
    const char *candidates[2] = {nearest_name(text, index->names, index->count),
                                 nearest_name(text, index->ids, index->count)};
    return nearest_name(text, candidates, 2);
}

void name_index_free(NameIndex *index) {
    free(index->ids);
    free(index->names);
    free(index->shared);
    map_free(&index->by_id);
    map_free(&index->by_name);
    arena_free(&index->arena);
    *index = (NameIndex){0};
}

void import_vocabulary_init(ImportVocabulary *vocabulary, int first_year, int last_year) {
    *vocabulary = (ImportVocabulary){.first_year = first_year, .last_year = last_year};
    name_index_add(&vocabulary->breakdowns, STORE_NO_BREAKDOWN, "合计");
}

void import_vocabulary_add_region(ImportVocabulary *vocabulary, const char *code, const char *name,
                                  const char *parent) {
    NameIndex *regions = &vocabulary->regions;
    size_t known = regions->count;
    size_t place = name_index_add(regions, code, name);
    if (place < known) return;
    ARRAY_RESERVE(vocabulary->region_parents, place, vocabulary->region_parent_capacity);
    vocabulary->region_parents[place] = arena_string(&regions->arena, parent);
}

void import_vocabulary_add_indicator(ImportVocabulary *vocabulary, const char *id,
                                     const char *title) {
    name_index_add(&vocabulary->indicators, id, title);
}

void import_vocabulary_add_derived(ImportVocabulary *vocabulary, const char *id,
                                   const char *title) {
    name_index_add(&vocabulary->derived, id, title);
}

void import_vocabulary_add_breakdown(ImportVocabulary *vocabulary, const char *id,
                                     const char *title) {
    name_index_add(&vocabulary->breakdowns, id, title);
}

void import_vocabulary_free(ImportVocabulary *vocabulary) {
    name_index_free(&vocabulary->regions);
    name_index_free(&vocabulary->indicators);
    name_index_free(&vocabulary->derived);
    name_index_free(&vocabulary->breakdowns);
    free(vocabulary->region_parents);
    *vocabulary = (ImportVocabulary){0};
}
