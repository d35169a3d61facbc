// What a file may speak of: the regions, indicators, breakdowns and years an import accepts.
//
// The caller fills it from the store and the active packs and hands it to observation_csv and
// region_csv. Ids and names are copied. Building belongs to one thread; a finished vocabulary may
// be read from several.
#pragma once

#include <stddef.h>

#include "core/base/map.h"
#include "core/base/memory.h"

// Ids that a file may give, each also by its name where that name is not shared.
typedef struct NameIndex {
    const char **ids;   // in order of adding
    const char **names; // of the same place; NULL when the id has none
    size_t count, capacity;
    Map by_id, by_name; // to the place; a name leads to the first id that bears it
    bool *shared;       // by place: another id bears this place's name as well
    Arena arena;
} NameIndex;

typedef enum NameMatch {
    NAME_FOUND,
    NAME_UNKNOWN,
    NAME_AMBIGUOUS, // several ids bear the name: one of them must be given by its id
} NameMatch;

// Adds an id and its name (NULL for none). A known id keeps its first name.
// Returns the id's place.
size_t name_index_add(NameIndex *index, const char *id, const char *name);
// Looks up an id or, failing that, a name. `*place` is set when found and, for an ambiguous name,
// to the first id that bears it.
NameMatch name_index_find(const NameIndex *index, const char *text, size_t *place);
// The known id or name closest to the text, or NULL; see nearest_name.
const char *name_index_nearest(const NameIndex *index, const char *text);
void name_index_free(NameIndex *index);

typedef struct ImportVocabulary {
    NameIndex regions;           // code, name
    const char **region_parents; // by place: the parent's code, or NULL
    size_t region_parent_capacity;
    NameIndex indicators; // ids and titles of the active packs' indicators, data items and facts
    NameIndex derived;    // ids and titles of indicators that a formula gives: not to be entered
    NameIndex breakdowns; // ids and titles; STORE_NO_BREAKDOWN is there from the start
    int first_year, last_year; // both acceptable
} ImportVocabulary;

void import_vocabulary_init(ImportVocabulary *vocabulary, int first_year, int last_year);
// `parent` is a code, or NULL for a root.
void import_vocabulary_add_region(ImportVocabulary *vocabulary, const char *code, const char *name,
                                  const char *parent);
void import_vocabulary_add_indicator(ImportVocabulary *vocabulary, const char *id,
                                     const char *title);
// An indicator that a formula gives; one that another pack has entered may be entered all the same.
void import_vocabulary_add_derived(ImportVocabulary *vocabulary, const char *id, const char *title);
void import_vocabulary_add_breakdown(ImportVocabulary *vocabulary, const char *id,
                                     const char *title);
void import_vocabulary_free(ImportVocabulary *vocabulary);
